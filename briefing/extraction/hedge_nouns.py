"""Nouns and adjectives that raise a possible harm, one rule for each class of ``lexicons/risks.yaml``.

Comes in: a token whose lemma is in that class. Goes out: a ``Hedge``, or None when the context makes it none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spacy.tokens import Token

from briefing.extraction.harm import below, harmful, words
from briefing.extraction.hedge import Hedge, hedge, is_perfect
from briefing.extraction.syntax import is_negated
from briefing.models import RiskKind

__all__ = ["RULES"]

_COMPLEMENTS = frozenset({"of", "to", "from", "that", "for", "over", "about", "against"})
_POSE = frozenset(
    {
        "pose",
        "raise",
        "create",
        "face",
        "run",
        "carry",
        "represent",
        "present",
        "mean",
        "bring",
        "increase",
        "remain",
        "be",
        "heighten",
        "fuel",
        "issue",
        "consider",
        "deem",
        "view",
        "regard",
        "see",
        "become",
        "constitute",
        "call",
    }
)


def _named(noun: Token, kind: RiskKind, strength: int) -> Hedge | None:
    """A noun that is a risk by itself, when it says of what, or that somebody poses it."""
    if noun.pos_ != "NOUN" or noun.dep_ == "compound" or _negative(noun):
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
    return hedge(kind, noun, complement or noun, strength, end=end)


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


def _negative(token: Token) -> bool:
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
    if token.pos_ != "NOUN" or _negative(token) or is_negated(token.head):
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
    return hedge(kind, token, complement, 1 if token.lemma_.lower() in ("attempt", "bid") else 3, end=end)


def _vulnerability_adjective(token: Token) -> Hedge | None:
    if token.pos_ not in ("ADJ", "VERB") or is_negated(token) or is_negated(token.head):
        return None
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ == "to":
            what = next((noun for noun in child.children if noun.dep_ in ("pobj", "pcomp")), None)
            if what is not None and (token.lemma_ != "exposed" or below(what)):
                return hedge(RiskKind.VULNERABILITY, token, what, 3, end=child.i + 1)
    if token.lemma_.lower() == "vulnerable" and token.dep_ == "acomp":
        return hedge(RiskKind.VULNERABILITY, token, token, 2)
    return None


def _likely_adjective(token: Token) -> Hedge | None:
    if token.dep_ == "amod" or is_negated(token) or is_negated(token.head):
        return None
    what = next((child for child in token.rights if child.dep_ in ("xcomp", "ccomp", "advcl") and child.tag_ == "VB"), None)
    if what is None:
        return _likely_harm(token)
    if not below(what) or is_perfect(what):
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
    return hedge(kind, token, what, 2 if token.lemma_.lower() == "able" else 3, start, end)


def _likely_harm(token: Token) -> Hedge | None:
    """ "An attack is very likely"."""
    noun = next((child for child in token.head.lefts if child.dep_ == "nsubj"), None)
    if token.dep_ != "acomp" or noun is None or not harmful(noun) or token.lemma_ not in ("likely", "unlikely", "possible", "certain"):
        return None
    first = next((child.i for child in token.lefts if child.dep_ == "advmod"), token.i)
    return hedge(RiskKind.EXPECTATION, token, noun, 3, start=first)


def _possible_adjective(token: Token) -> Hedge | None:
    noun = token.head
    if token.dep_ != "amod" or noun.pos_ not in ("NOUN", "PROPN") or not harmful(noun) or _negative(noun):
        return None
    return hedge(RiskKind.EXPECTATION, token, noun, 2)


def _grave_adjective(token: Token) -> Hedge | None:
    noun = token.head
    if token.dep_ != "amod" or noun.lemma_.lower() not in words()["grave_nouns"] or _negative(noun):
        return None
    return hedge(RiskKind.WARNING, token, noun, 2, end=noun.i + 1)


# Class of risks.yaml → rule.
RULES: Mapping[str, Callable[[Token], Hedge | None]] = {
    "threat_nouns": _threat_noun,
    "fear_nouns": _fear_noun,
    "warning_nouns": _warning_noun,
    "vulnerability_nouns": _vulnerability_noun,
    "risk_nouns": _risk_noun,
    "open_nouns": _open_noun,
    "vulnerability_adjectives": _vulnerability_adjective,
    "likely_adjectives": _likely_adjective,
    "possible_adjectives": _possible_adjective,
    "grave_adjectives": _grave_adjective,
}
