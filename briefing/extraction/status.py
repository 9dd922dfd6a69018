"""Did it happen: the status of an event mention.

Comes in: the trigger token, the time of the mention and the publication day. Goes out: an ``EventStatus``: denied before planned before
hypothetical before historical; what nothing speaks against is actual.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache

from spacy.tokens import Token

from briefing.extraction.lexicon import load
from briefing.extraction.participants import light_verbs
from briefing.models import EventStatus, When

__all__ = ["status"]

# A time that ends this long before publication is background.
_BACKGROUND = timedelta(days=31)
_CLIMB = 6
# Edges on which what is said above is said of the event too. A subject is not among them: "the attack could delay the vote" says nothing
# of whether it was made.
_THROUGH = frozenset(
    {"dobj", "pobj", "prep", "xcomp", "ccomp", "acl", "pcomp", "conj", "attr", "appos", "dep", "compound", "nsubjpass", "agent"}
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_HAD = frozenset({"had", "'d", "’d"})


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load("status").items()}


def status(head: Token, when: When | None, published: datetime | None) -> EventStatus:
    """The status of the event that ``head`` (verb or noun) names."""
    words = _words()
    frame = list(_frame(head, words))
    if _denied(head, frame, words):
        return EventStatus.DENIED
    past = _past(when, published)
    if not past and _planned(head, frame, words):
        return EventStatus.PLANNED
    if _hypothetical(head, frame, words):
        return EventStatus.HYPOTHETICAL
    if past or ((when is None or when.end is None) and _background(head, frame, words)):
        return EventStatus.HISTORICAL
    return EventStatus.ACTUAL


def _frame(head: Token, words: dict[str, frozenset[str]]) -> Iterator[Token]:
    """The words above that say whether it happened, nearest first."""
    token = head
    for _ in range(_CLIMB):
        above = token.head
        # "Plans to vote after the attack": what stands after "after" has happened, whatever is said above.
        if above.i == token.i or (token.dep_ in ("prep", "mark") and token.lower_ in words["happened"]):
            return
        # "An attack may follow" speaks of the attack, "an attack may delay the vote" does not.
        passing = token.dep_ in _THROUGH or (token.dep_ == "nsubj" and above.lemma_.lower() in words["occurs"])
        if not passing and not (token.dep_ == "advcl" and token.tag_ == "VB"):
            return
        yield above
        token = above


def _denied(head: Token, frame: list[Token], words: dict[str, frozenset[str]]) -> bool:
    negated = any(child.dep_ == "neg" or (child.dep_ == "det" and child.lower_ == "no") for child in head.children)
    if any(child.dep_ in _SUBJECTS and child.lower_ in words["nobody"] for child in head.lefts):
        return True
    near = frame[:2]
    # "Refused to back the raid": the raid was made; only the support of it was not.
    if len(near) == 2 and head.dep_ == "dobj" and near[0].dep_ == "xcomp" and near[0].lemma_.lower() not in light_verbs():
        near = near[:1]
    return negated or any(token.lemma_.lower() in words["denied"] for token in near) or _no_sign(frame, words)


def _no_sign(frame: list[Token], words: dict[str, frozenset[str]]) -> bool:
    """ "No evidence of an attack", "no sign that the army had withdrawn"."""
    return any(
        token.lemma_.lower() in words["signs"]
        and any(child.dep_ in ("det", "neg") and child.lower_ in ("no", "not") for child in token.lefts)
        for token in frame[:3]
    )


def _planned(head: Token, frame: list[Token], words: dict[str, frozenset[str]]) -> bool:
    if any(child.lemma_.lower() in words["planned_modifiers"] for child in head.lefts):
        return True
    # A headline: "Army to strike rebel camps".
    if head.dep_ == "ROOT" and head.tag_ == "VB" and any(child.tag_ == "TO" for child in head.lefts):
        return True
    if _has_aux(head, _FUTURE) or (frame and head.dep_ in ("dobj", "nsubjpass", "nsubj") and _has_aux(frame[0], _FUTURE)):
        return True
    # Said of what somebody intends, as its object or infinitive: "plans to attack", "preparations for an assault".
    return any(token.lemma_.lower() in words["planned"] for token in frame[:3]) and head.dep_ not in _SUBJECTS and head.tag_ != "VBD"


def _hypothetical(head: Token, frame: list[Token], words: dict[str, frozenset[str]]) -> bool:
    if any(child.lower_ in words["hypothetical_modifiers"] for child in head.lefts):
        return True
    for token in (head, *frame[:3]):
        if _has_aux(token, words["modals"]) or any(
            child.dep_ == "mark" and child.lower_ in words["conditions"] for child in token.children
        ):
            return True
        if token is not head and token.lemma_.lower() in words["hypothetical"]:
            return True
    # "An attack was possible".
    if head.dep_ == "nsubj" and any(child.dep_ == "acomp" and child.lemma_.lower() in words["hypothetical"] for child in head.head.rights):
        return True
    # "As the prospect grows of war": the noun stands before the verb, what it is of after it.
    if len(frame) > 1 and frame[0].lower_ == "of" and frame[1].pos_ == "VERB":
        above = next((child for child in frame[1].lefts if child.dep_ == "nsubj"), None)
        return above is not None and above.lemma_.lower() in words["hypothetical"]
    return False


def _lasted(head: Token) -> bool:
    """ "A decades-long insurgency"."""
    return head.pos_ in ("NOUN", "PROPN") and any(
        below.lemma_.lower() in ("decade", "century", "decades") for child in head.lefts for below in (child, *child.children)
    )


def _origin(head: Token, words: dict[str, frozenset[str]]) -> bool:
    """In a sentence that tells how a war began, all is background: "The revolt began with protests"."""
    verb = head
    for _ in range(_CLIMB):
        if verb.lemma_.lower() in words["begins"] and verb.tag_ in ("VBD", "VBN"):
            told = next((child for child in verb.lefts if child.dep_ in _SUBJECTS), None)
            return told is not None and told.i != head.i and told.lemma_.lower() in words["wars"]
        if verb.head.i == verb.i:
            return False
        verb = verb.head
    return False


def _has_aux(token: Token, forms: frozenset[str]) -> bool:
    return token.pos_ in ("VERB", "AUX") and any(child.dep_ == "aux" and child.lower_ in forms for child in token.lefts)


def _past(when: When | None, published: datetime | None) -> bool:
    return when is not None and when.end is not None and published is not None and when.end < published - _BACKGROUND


def _background(head: Token, frame: list[Token], words: dict[str, frozenset[str]]) -> bool:
    if _lasted(head) or _origin(head, words):
        return True
    for token in (head, *frame[:2]):
        if any(child.lower_ in words["historical_modifiers"] for child in token.children):
            return True
        if token is not head and token.lemma_.lower() in words["historical"]:
            return True
    clause = next((token for token in (head, *frame) if token.pos_ in ("VERB", "AUX")), None)
    if clause is None or not any(child.lower_ in _HAD and child.dep_ == "aux" for child in clause.lefts):
        return False
    # "said it had taken the town" is the perfect of reported speech.
    while clause.dep_ == "conj" and clause.head.pos_ in ("VERB", "AUX"):
        clause = clause.head
    return clause.dep_ not in ("ccomp", "parataxis") and not any(child.dep_ in ("ccomp", "parataxis") for child in clause.children)
