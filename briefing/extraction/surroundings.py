"""The clause around a word, and which time or place of it belongs to the word: the nearest one in the same clause.

Comes in: a token, or places and times as found. Goes out: a character range, or one of those found, or None. Nothing is taken from
another sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from spacy.tokens import Token

from briefing.models import Evidence

__all__ = ["clause", "nearest"]

Found = TypeVar("Found")


def clause(token: Token) -> tuple[int, int]:
    """Character range of the clause: everything below the verb that governs the token, else its sentence."""
    head = token
    while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
        head = head.head
    first, last = head.left_edge, head.right_edge
    return first.idx, last.idx + len(last.text)


def nearest(candidates: Sequence[Found], position: int, start: int, end: int, evidence: Callable[[Found], Evidence]) -> Found | None:
    """The candidate within ``[start, end)`` whose characters stand closest to ``position``; the earlier one when two are as close."""
    inside = [found for found in candidates if start <= evidence(found).start and evidence(found).end <= end]
    return min(inside, key=lambda found: abs(evidence(found).start - position), default=None)
