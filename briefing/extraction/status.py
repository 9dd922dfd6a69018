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
from briefing.models import EventStatus, When

__all__ = ["status"]

# A time that ends this long before publication is background.
_BACKGROUND = timedelta(days=31)
_CLIMB = 6


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load("status").items()}


def status(head: Token, when: When | None, published: datetime | None) -> EventStatus:
    """The status of the event that ``head`` (verb or noun) names."""
    words = _words()
    governors = list(_governors(head))
    for verdict in (_denied, _planned, _hypothetical):
        if found := verdict(head, governors, words):
            return found
    return EventStatus.HISTORICAL if _historical(head, governors, words, when, published) else EventStatus.ACTUAL


def _governors(head: Token) -> Iterator[Token]:
    """The words above, as far as they say whether it happened: not beyond a relative clause or a reported one."""
    token = head
    for _ in range(_CLIMB):
        if token.dep_ in ("relcl", "ROOT", "parataxis") or token.head.i == token.i:
            return
        # An adverbial clause has its own truth: "he spoke while troops attacked".
        if token.dep_ == "advcl" and token.tag_ != "VB":
            return
        token = token.head
        yield token


def _denied(head: Token, governors: list[Token], words: dict[str, frozenset[str]]) -> EventStatus | None:
    negated = any(child.dep_ == "neg" or (child.dep_ == "det" and child.lower_ == "no") for child in head.children)
    if negated or any(token.lemma_.lower() in words["denied"] for token in governors[:4]):
        return EventStatus.DENIED
    return None


def _planned(head: Token, governors: list[Token], words: dict[str, frozenset[str]]) -> EventStatus | None:
    near = (head, *governors[:3])
    if any(child.lemma_.lower() in words["planned_modifiers"] for child in head.children if child.dep_ in ("amod", "compound", "advmod")):
        return EventStatus.PLANNED
    for token in near:
        if token is not head and token.lemma_.lower() in words["planned"]:
            return EventStatus.PLANNED
        if token.pos_ in ("VERB", "AUX") and any(child.dep_ == "aux" and child.lower_ in ("will", "shall", "'ll", "’ll", "wo") for child in token.children):
            return EventStatus.PLANNED
    return None


def _hypothetical(head: Token, governors: list[Token], words: dict[str, frozenset[str]]) -> EventStatus | None:
    for token in (head, *governors[:4]):
        for child in token.children:
            lemma = child.lower_
            if child.dep_ == "aux" and lemma in words["modals"]:
                return EventStatus.HYPOTHETICAL
            if child.dep_ == "mark" and lemma in words["conditions"]:
                return EventStatus.HYPOTHETICAL
            if child.dep_ in ("amod", "advmod") and lemma in words["hypothetical_modifiers"]:
                return EventStatus.HYPOTHETICAL
        if token is not head and token.lemma_.lower() in words["hypothetical"]:
            return EventStatus.HYPOTHETICAL
    return None


def _historical(head: Token, governors: list[Token], words: dict[str, frozenset[str]], when: When | None, published: datetime | None) -> bool:
    if when is not None and when.end is not None and published is not None:
        return when.end < published - _BACKGROUND
    for token in (head, *governors[:2]):
        if any(child.lower_ in words["historical_modifiers"] for child in token.children if child.dep_ in ("amod", "advmod", "compound", "det")):
            return True
        if token is not head and token.lemma_.lower() in words["historical"]:
            return True
    clause = next((token for token in (head, *governors) if token.pos_ in ("VERB", "AUX")), None)
    return clause is not None and any(child.lower_ in ("had", "'d", "’d") and child.dep_ == "aux" for child in clause.children)
