"""Verbs that raise a possible harm, one rule for each class of ``lexicons/risks.yaml``.

Comes in: a token whose lemma is in that class. Goes out: a ``Hedge``, or None when the context makes it none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from spacy.tokens import Token

from briefing.extraction.harm import below, harmful, words
from briefing.extraction.hedge import Hedge, hedge, is_perfect
from briefing.extraction.syntax import is_negated
from briefing.models import RiskKind

__all__ = ["RULES"]

_PAST_HARM = frozenset({"dead", "missing", "lost"})


def _group(verb: Token) -> tuple[int, int]:
    """The verb with the auxiliaries and adverbs right before it and an infinitive's "to" behind it."""
    start, end = verb.i, verb.i + 1
    while (
        start > verb.sent.start and verb.doc[start - 1].head.i == verb.i and verb.doc[start - 1].dep_ in ("aux", "auxpass", "advmod", "neg")
    ):
        start -= 1
    if end < verb.sent.end and verb.doc[end].tag_ == "TO":
        end += 1
    return start, end


def _object(verb: Token) -> Token | None:
    """What the verb is about: infinitive, clause, object, or "for" and "of" with their noun."""
    for dependency in ("xcomp", "ccomp", "dobj"):
        for child in verb.rights:
            if child.dep_ == dependency:
                return child
    for child in verb.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "about", "against", "over"):
            return next((below_it for below_it in child.children if below_it.dep_ in ("pobj", "pcomp")), None)
        if child.dep_ == "advcl" and any(mark.tag_ == "TO" for mark in child.lefts):
            return child
    return None


def _verb(verb: Token, kind: RiskKind, strength: int, *, needs_harm: bool = True) -> Hedge | None:
    if verb.pos_ != "VERB" or is_negated(verb) or (verb.dep_ == "xcomp" and is_negated(verb.head)):
        return None
    what = _object(verb)
    if what is None or (needs_harm and not below(what)):
        return None
    start, end = _group(verb)
    return hedge(kind, verb, what, strength, start, end)


def _plan_verb(token: Token) -> Hedge | None:
    weak = token.lemma_.lower() in ("try", "seek", "want", "attempt")
    if (weak and token.tag_ in ("VBD", "VBN")) or (token.tag_ == "VBN" and token.dep_ == "acl"):
        return None
    return _verb(token, RiskKind.PLAN, 1 if weak else 3)


def _threat_verb(token: Token) -> Hedge | None:
    if token.lemma_.lower() in ("threaten", "menace"):
        if token.pos_ == "VERB" and token.dep_ not in ("amod", "compound") and not is_negated(token):
            start, end = _group(token)
            return hedge(RiskKind.THREAT, token, _object(token) or token, 3, start, end)
        return None
    return _verb(token, RiskKind.THREAT, 3)


def _warning_verb(token: Token) -> Hedge | None:
    found = _verb(token, RiskKind.WARNING, 2, needs_harm=False)
    if found is None:
        return None
    modal = any(child.dep_ == "aux" and child.lower_ in words()["modals"] for child in found.event.lefts)
    if not modal and not below(found.event):
        return None
    # What the warning says in its own words is the better hedge: "warned that it would likely try".
    return replace(found, strength=1) if modal else found


def _fear_verb(token: Token) -> Hedge | None:
    found = _verb(token, RiskKind.FEAR, 3, needs_harm=token.lemma_.lower() == "worry")
    if found is None or found.event.lower_ in _PAST_HARM or (found.event.dep_ == "dobj" and not below(found.event)):
        return None
    return found


def _expectation_verb(token: Token) -> Hedge | None:
    return _verb(token, RiskKind.EXPECTATION, 3)


def _risk_verb(token: Token) -> Hedge | None:
    if token.tag_ in ("VBD", "VBN"):
        return None
    return _verb(token, RiskKind.EXPECTATION, 3, needs_harm=False)


def _continuation_verb(token: Token) -> Hedge | None:
    if token.tag_ in ("VBD", "VBN") and token.lemma_.lower() != "remain":
        return None
    found = _verb(token, RiskKind.CONTINUATION, 2)
    if found is not None:
        return found
    threat = next((child for child in token.rights if child.dep_ == "attr" and child.lemma_.lower() in words()["threat_nouns"]), None)
    return hedge(RiskKind.CONTINUATION, token, threat, 3, end=threat.i + 1) if threat is not None else None


def _modal(token: Token) -> Hedge | None:
    verb = token.head
    if token.dep_ != "aux" or verb.pos_ not in ("VERB", "AUX") or is_negated(verb) or is_perfect(verb):
        return None
    doer = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if doer is not None and harmful(doer) and verb.lemma_.lower() in words()["light_verbs"]:
        event = doer
    elif below(verb):
        event = verb
    else:
        return None
    end = token.i + 1
    while end < verb.i and token.doc[end].dep_ in ("advmod", "aux", "auxpass") and token.doc[end].head.i == verb.i:
        end += 1
    if verb.lemma_.lower() in words()["plan_verbs"] or (verb.pos_ == "AUX" and end == verb.i):
        end = verb.i + 1
    return hedge(_said_as(verb), token, event, 2, end=end)


def _said_as(verb: Token) -> RiskKind:
    """What the verb or the one above makes of it: a continuation, a warning, a fear, a threat, else an expectation."""
    if verb.lemma_ in ("continue", "persist", "last") or (verb.lemma_ == "go" and any(child.lower_ == "on" for child in verb.rights)):
        return RiskKind.CONTINUATION
    above = verb.head.lemma_.lower() if verb.dep_ == "ccomp" else ""
    if above in words()["warning_verbs"]:
        return RiskKind.WARNING
    if above in words()["fear_verbs"]:
        return RiskKind.FEAR
    return RiskKind.THREAT if above in words()["threat_verbs"] else RiskKind.EXPECTATION


def _rise(token: Token) -> Hedge | None:
    """ "The death toll may rise"."""
    if token.pos_ != "VERB" or token.tag_ != "VB":
        return None
    noun = next((child for child in token.lefts if child.dep_ == "nsubj"), None)
    if noun is None and token.dep_ == "xcomp":
        noun = next((child for child in (*token.head.lefts, *token.head.head.lefts) if child.dep_ in ("nsubj", "nsubjpass")), None)
    if noun is None or noun.lemma_.lower() not in words()["toll"]:
        return None
    start = next((child.i for child in token.lefts if child.dep_ == "aux"), token.i)
    if token.dep_ == "xcomp":
        start = token.head.i
    return Hedge(RiskKind.CASUALTIES_MAY_RISE, min(start, token.i), token.i + 1, token, token, 3)


# Class of risks.yaml → rule.
RULES: Mapping[str, Callable[[Token], Hedge | None]] = {
    "plan_verbs": _plan_verb,
    "threat_verbs": _threat_verb,
    "warning_verbs": _warning_verb,
    "fear_verbs": _fear_verb,
    "expectation_verbs": _expectation_verb,
    "risk_verbs": _risk_verb,
    "continuation_verbs": _continuation_verb,
    "modals": _modal,
    "rise": _rise,
}
