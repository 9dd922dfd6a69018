"""Finds the wordings that raise a possible harm: plans, threats, warnings, fears, expectations, vulnerabilities.

Comes in: a parse. Goes out: ``Hedge`` objects, the wording with the word that names the harm. The words are ``lexicons/risks.yaml``; most count
only when what they speak of is harm ("could destroy" but not "could meet").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Doc, Token

from briefing.extraction.harm import below, harmful, words
from briefing.extraction.syntax import is_negated
from briefing.models import RiskKind

__all__ = ["Hedge", "find"]

_COMPLEMENTS = frozenset({"of", "to", "from", "that", "for", "over", "about", "against"})
_POSE = frozenset({"pose", "raise", "create", "face", "run", "carry", "represent", "present", "mean", "bring", "increase", "remain", "be", "heighten", "fuel", "issue",
     "consider", "deem", "view", "regard", "see", "become", "constitute", "call"})
_PAST_HARM = frozenset({"dead", "missing", "lost"})


@dataclass(frozen=True, slots=True)
class Hedge:
    """The wording ``start``–``end`` (tokens), the word it hangs on, the head of what may happen, and how clearly it is a risk (1–3)."""

    kind: RiskKind
    start: int
    end: int
    head: Token
    event: Token
    strength: int


Rule = Callable[[Token], Hedge | None]


def find(doc: Doc) -> list[Hedge]:
    """Every hedge of the text, in order of its first word."""
    rules = _rules()
    found = [hedge for token in doc for rule in rules.get(token.lemma_.lower(), ()) if (hedge := rule(token)) is not None]
    found.extend(_phrases(doc))
    return sorted(found, key=lambda hedge: (hedge.start, -hedge.strength))


@lru_cache(maxsize=1)
def _rules() -> dict[str, tuple[Rule, ...]]:
    """Rules by lemma."""
    by_class: tuple[tuple[str, Rule], ...] = (
        ("threat_nouns", _threat_noun),
        ("fear_nouns", _fear_noun),
        ("warning_nouns", _warning_noun),
        ("vulnerability_nouns", _vulnerability_noun),
        ("risk_nouns", _risk_noun),
        ("open_nouns", _open_noun),
        ("plan_verbs", _plan_verb),
        ("threat_verbs", _threat_verb),
        ("warning_verbs", _warning_verb),
        ("fear_verbs", _fear_verb),
        ("expectation_verbs", _expectation_verb),
        ("risk_verbs", _risk_verb),
        ("continuation_verbs", _continuation_verb),
        ("vulnerability_adjectives", _vulnerability_adjective),
        ("likely_adjectives", _likely_adjective),
        ("possible_adjectives", _possible_adjective),
        ("grave_adjectives", _grave_adjective),
        ("modals", _modal),
        ("rise", _rise),
    )
    out: dict[str, tuple[Rule, ...]] = {}
    for name, rule in by_class:
        for word in words()[name]:
            out[word] = (*out.get(word, ()), rule)
    return out


def _hedge(kind: RiskKind, head: Token, event: Token, strength: int, start: int | None = None, end: int | None = None) -> Hedge:
    first = head.i if start is None else start
    return Hedge(kind, first, head.i + 1 if end is None else end, head, event, strength)


def _named(noun: Token, kind: RiskKind, strength: int) -> Hedge | None:
    """A noun that is a risk by itself, when it says of what, or that somebody poses it."""
    if noun.pos_ != "NOUN" or noun.dep_ == "compound" or _no(noun):
        return None
    above = noun.head
    complement = _complement(noun)
    posed = above.pos_ in ("VERB", "AUX") and above.lemma_.lower() in _POSE
    if posed and is_negated(above):
        return None
    if complement is None and not posed and not any(child.dep_ == "relcl" or child.lower_ == "posed" for child in noun.children):
        return None
    end = noun.i + 1
    if end < noun.sent.end and noun.doc[end].lower_ in _COMPLEMENTS:
        end += 1
    return _hedge(kind, noun, complement or noun, strength, end=end)


def _complement(noun: Token) -> Token | None:
    """What the noun is about: "of war", "that it may fall", "to attack"."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in _COMPLEMENTS:
            return next((below_it for below_it in child.children if below_it.dep_ in ("pobj", "pcomp")), None)
        if child.dep_ in ("acl", "ccomp", "relcl") and child.tag_ != "VBN":
            return child
    # "As the prospect grows of war".
    if noun.dep_ == "nsubj":
        for child in noun.head.rights:
            if child.dep_ == "prep" and child.lower_ == "of":
                return next((below_it for below_it in child.children if below_it.dep_ in ("pobj", "pcomp")), None)
    return None


def _no(token: Token) -> bool:
    return any(child.lower_ in ("no", "any", "little", "false") and child.dep_ in ("det", "amod") for child in token.lefts)


def _threat_noun(token: Token) -> Hedge | None:
    return _named(token, RiskKind.ULTIMATUM if token.lemma_ == "ultimatum" else RiskKind.THREAT, 3)


def _fear_noun(token: Token) -> Hedge | None:
    return _named(token, RiskKind.FEAR, 3)


def _warning_noun(token: Token) -> Hedge | None:
    found = _named(token, RiskKind.WARNING, 2)
    return found if found is not None and below(found.event) else None


def _vulnerability_noun(token: Token) -> Hedge | None:
    return _named(token, RiskKind.VULNERABILITY, 2)


def _risk_noun(token: Token) -> Hedge | None:
    return _named(token, RiskKind.EXPECTATION, 3)


def _open_noun(token: Token) -> Hedge | None:
    if token.pos_ != "NOUN" or _no(token) or is_negated(token.head):
        return None
    complement = _complement(token)
    if complement is None or not below(complement):
        return None
    end = token.i + 1
    if end < token.sent.end and token.doc[end].lower_ in _COMPLEMENTS:
        end += 1
    kind = RiskKind.PLAN if token.lemma_.lower() in ("plan", "plot", "preparation", "intention", "bid", "attempt") else RiskKind.EXPECTATION
    if token.lemma_.lower() in ("concern", "worry", "anxiety"):
        kind = RiskKind.FEAR
    return _hedge(kind, token, complement, 1 if token.lemma_.lower() in ("attempt", "bid") else 3, end=end)


def _group(verb: Token) -> tuple[int, int]:
    """The verb with the auxiliaries and adverbs right before it and an infinitive's "to" behind it."""
    start, end = verb.i, verb.i + 1
    while start > verb.sent.start and verb.doc[start - 1].head.i == verb.i and verb.doc[start - 1].dep_ in ("aux", "auxpass", "advmod", "neg"):
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
    return _hedge(kind, verb, what, strength, start, end)


def _plan_verb(token: Token) -> Hedge | None:
    weak = token.lemma_.lower() in ("try", "seek", "want", "attempt")
    if (weak and token.tag_ in ("VBD", "VBN")) or (token.tag_ == "VBN" and token.dep_ == "acl"):
        return None
    return _verb(token, RiskKind.PLAN, 1 if weak else 3)


def _threat_verb(token: Token) -> Hedge | None:
    if token.lemma_.lower() in ("threaten", "menace"):
        if token.pos_ == "VERB" and token.dep_ not in ("amod", "compound") and not is_negated(token):
            start, end = _group(token)
            return _hedge(RiskKind.THREAT, token, _object(token) or token, 3, start, end)
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
    return _hedge(RiskKind.CONTINUATION, token, threat, 3, end=threat.i + 1) if threat is not None else None


def _vulnerability_adjective(token: Token) -> Hedge | None:
    if token.pos_ not in ("ADJ", "VERB") or is_negated(token) or is_negated(token.head):
        return None
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ == "to":
            what = next((noun for noun in child.children if noun.dep_ in ("pobj", "pcomp")), None)
            if what is not None and (token.lemma_ != "exposed" or below(what)):
                return _hedge(RiskKind.VULNERABILITY, token, what, 3, end=child.i + 1)
    if token.lemma_.lower() == "vulnerable" and token.dep_ == "acomp":
        return _hedge(RiskKind.VULNERABILITY, token, token, 2)
    return None


def _likely_adjective(token: Token) -> Hedge | None:
    if token.dep_ == "amod" or is_negated(token) or is_negated(token.head):
        return None
    what = next((child for child in token.rights if child.dep_ in ("xcomp", "ccomp", "advcl") and child.tag_ == "VB"), None)
    if what is None or not below(what) or _perfect(what):
        return None
    # "was able to" did it.
    if token.lemma_ == "able" and token.head.tag_ == "VBD":
        return None
    start, end = token.i, token.i + 1
    if end < token.sent.end and token.doc[end].tag_ == "TO":
        end += 1
    if start > token.sent.start and token.doc[start - 1].lemma_ == "be":
        start -= 1
    kind = RiskKind.PLAN if token.lemma_.lower() in ("determined", "ready", "prepared", "willing", "poised") else RiskKind.EXPECTATION
    return _hedge(kind, token, what, 2 if token.lemma_.lower() == "able" else 3, start, end)


def _possible_adjective(token: Token) -> Hedge | None:
    noun = token.head
    if token.dep_ != "amod" or noun.pos_ not in ("NOUN", "PROPN") or not harmful(noun) or _no(noun):
        return None
    return _hedge(RiskKind.EXPECTATION, token, noun, 2)


def _grave_adjective(token: Token) -> Hedge | None:
    noun = token.head
    if token.dep_ != "amod" or noun.lemma_.lower() not in words()["grave_nouns"] or _no(noun):
        return None
    return _hedge(RiskKind.WARNING, token, noun, 2, end=noun.i + 1)


def _modal(token: Token) -> Hedge | None:
    verb = token.head
    if token.dep_ != "aux" or verb.pos_ not in ("VERB", "AUX") or is_negated(verb) or _perfect(verb):
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
    return _hedge(_said_as(verb), token, event, 2, end=end)


def _said_as(verb: Token) -> RiskKind:
    """What the verb above makes of it: a warning, a fear, a threat, else an expectation."""
    above = verb.head.lemma_.lower() if verb.dep_ == "ccomp" else ""
    if above in words()["warning_verbs"]:
        return RiskKind.WARNING
    if above in words()["fear_verbs"]:
        return RiskKind.FEAR
    return RiskKind.THREAT if above in words()["threat_verbs"] else RiskKind.EXPECTATION


def _perfect(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "have" for child in verb.lefts)


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


def _phrases(doc: Doc) -> Iterator[Hedge]:
    """Wordings that count as they stand: "for fear of", "at risk"."""
    known = words().by_first
    for token in doc:
        for phrase in known.get(token.lower_) or known.get(token.lemma_, ()):
            end = token.i + len(phrase)
            if end <= len(doc) and all(word in (doc[token.i + k].lower_, doc[token.i + k].lemma_) for k, word in enumerate(phrase)):
                if token.tag_ not in ("VBD", "VBN"):
                    yield _standing(token, phrase, end)
                break


def _standing(token: Token, phrase: tuple[str, ...], end: int) -> Hedge:
    """A wording as it stands; a modal verb it hangs on is the hedge: "could | put at risk"."""
    doc = token.doc
    event = next((child for child in doc[end - 1].children if child.dep_ in ("pobj", "pcomp")), doc[end - 1])
    kind = RiskKind.VULNERABILITY if phrase[0] in ("at", "in", "under") else RiskKind.EXPECTATION
    for verb in (token, token.head, token.head.head):
        for child in verb.lefts if verb.pos_ in ("VERB", "AUX") else ():
            if child.dep_ == "aux" and child.lower_ in words()["modals"]:
                return Hedge(kind, child.i, child.i + 1, child, event, 3)
    return Hedge(kind, token.i, end, token, event, 3)
