"""The clause around a word, and which time or place of it belongs to the word: the nearest one in the same clause.

Comes in: a parse, a token, or places and times as found. Goes out: a parse with sentences of bounded length, a character range, or one of
those found, or None. Nothing is taken from another sentence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy
from spacy.attrs import HEAD, SENT_START
from spacy.tokens import Doc, Token

from briefing.extraction.syntax import prose
from briefing.models import Evidence

__all__ = ["bounded", "clause", "nearest"]

Found = TypeVar("Found")
_PIECE = 100
"""Tokens of a piece that an endless sentence is cut into."""


def bounded(doc: Doc) -> Doc:
    """The same tokens with every sentence short enough to walk: one that is no prose (see ``syntax.prose``) becomes pieces of 100 tokens,
    and no arc runs from one piece to another. ``doc`` itself when all of it is prose."""
    whole = {sent.start for sent in prose(doc)}
    endless = [sent for sent in doc.sents if sent.start not in whole]
    if not endless:
        return doc
    pieces = numpy.zeros(len(doc), dtype=numpy.int64)
    for sent in endless:
        pieces[sent.start : sent.end] = 1 + numpy.arange(len(sent)) // _PIECE
    index = numpy.arange(len(doc))
    heads = doc.to_array([HEAD]).astype(numpy.int64)
    heads[pieces[index + heads] != pieces] = 0
    starts = doc.to_array([SENT_START]).astype(numpy.int64)
    starts[1:][(pieces[1:] != pieces[:-1]) & (pieces[1:] > 0)] = 1
    copy = doc.copy()
    # The stub asks for a matrix; one attribute comes as a plain column.
    copy.from_array([HEAD], heads.astype(numpy.uint64))  # type: ignore[arg-type]
    copy.from_array([SENT_START], starts.astype(numpy.uint64))  # type: ignore[arg-type]
    return copy


def clause(token: Token) -> tuple[int, int]:
    """Character range of the clause: everything below the verb that governs the token, else its sentence."""
    head = token
    while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
        head = head.head
    first, last = head.left_edge, head.right_edge
    return first.idx, last.idx + len(last.text)


def nearest(candidates: Sequence[Found], position: int, start: int, end: int, evidence: Callable[[Found], Evidence]) -> Found | None:
    """The candidate within ``[start, end)`` whose characters stand closest to ``position``; the earlier one when two are as close.
    The candidates come in text order."""
    low = bisect_left(candidates, start, key=lambda found: evidence(found).start)
    high = bisect_right(candidates, end, key=lambda found: evidence(found).start)
    inside = [found for found in candidates[low:high] if evidence(found).end <= end]
    return min(inside, key=lambda found: abs(evidence(found).start - position), default=None)
