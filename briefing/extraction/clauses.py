"""Arithmetic of token ranges in a text with quotations. Ranges are ``(start, end)`` token indices, end exclusive.

Comes in: a parsed text. Goes out: a ``View`` of it that answers which tokens stand in which quotation and cuts, joins and trims ranges.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from briefing.extraction.parsed import parsed
from briefing.extraction.quotes import Quotation, quotations

__all__ = ["Range", "View", "minus"]

Range = tuple[int, int]

_OUTER = frozenset({",", ";", ":", "-", "–", "—", "--", "...", "…"})


def minus(whole: Range, cuts: Iterable[Range]) -> list[Range]:
    """What is left of ``whole`` without ``cuts``, in order."""
    left, at = [], whole[0]
    for start, end in sorted(cuts):
        if start > at:
            left.append((at, min(start, whole[1])))
        at = max(at, end)
    left.append((at, whole[1]))
    return [(start, end) for start, end in left if start < end]


@dataclass
class View:
    """A ``Doc`` with its quotations as token ranges (marks included)."""

    doc: Doc

    @cached_property
    def text(self) -> str:
        """The stored text (``doc.text`` would be joined from the tokens each time)."""
        return parsed(self.doc).stored

    @cached_property
    def quotes(self) -> tuple[Quotation, ...]:
        return quotations(self.text)

    @cached_property
    def breaks(self) -> list[int]:
        """The tokens that hold a line break, in order."""
        return list(dict.fromkeys(bisect_right(self._offsets, match.start()) - 1 for match in re.finditer("\n", self.text)))

    @cached_property
    def _offsets(self) -> list[int]:
        """The character offset of each token."""
        from spacy.attrs import IDX

        return [int(offset) for offset in self.doc.to_array(IDX).tolist()]

    @cached_property
    def quoted(self) -> list[Range]:
        """Token range of each quotation, marks included."""
        offsets = self._offsets
        return [(bisect_right(offsets, quote.start) - 1, bisect_left(offsets, quote.end)) for quote in self.quotes]

    @cached_property
    def inside(self) -> list[int]:
        """For each token the number of its quotation, or -1."""
        inside = [-1] * len(self.doc)
        for number, (start, end) in enumerate(self.quoted):
            inside[start:end] = [number] * (end - start)
        return inside

    @cached_property
    def sentences(self) -> list[Range]:
        """The range of each sentence (spaCy's ``token.sent`` walks the text each time)."""
        return [(sent.start, sent.end) for sent in self.doc.sents]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_number(self, index: int) -> int:
        """Which sentence the token is in, counted from 0."""
        return bisect_right(self._starts, index) - 1

    def sentence_range(self, number: int) -> Range:
        return self.sentences[number]

    def sentence(self, index: int) -> Range:
        """The range of the sentence around a token."""
        return self.sentences[self.sentence_number(index)]

    def subtree(self, head: Token) -> Range:
        """The stretch from the first to the last token under ``head``, inside its sentence."""
        start, end = self.sentence(head.i)
        return max(head.left_edge.i, start), min(head.right_edge.i + 1, end)

    def characters(self, piece: Range) -> Range:
        """Character range of a token range that is not empty."""
        last = self.doc[piece[1] - 1]
        return self.doc[piece[0]].idx, last.idx + len(last)

    def quotes_between(self, start: int, end: int) -> tuple[Quotation, ...]:
        """The quotations that overlap the characters ``[start, end)``."""
        first = bisect_right(self.quotes, start, key=lambda quote: quote.end)
        last = bisect_left(self.quotes, end, key=lambda quote: quote.start)
        return self.quotes[first:last]

    def is_whole(self, number: int) -> bool:
        """Is the quotation an utterance of its own rather than a few quoted words."""
        start, end = self.quoted[number]
        words = [token for token in self.doc[start:end] if token.is_alpha or token.like_num]
        if not words:
            return False
        last = self.doc[start:end].text.rstrip("\"”’'»“ ")[-1:]
        opens, stops = words[0].text[:1].isupper(), last in ".!?"
        return (len(words) >= 4 and (opens or stops or last == ",")) or (len(words) >= 2 and opens and stops)

    def widened(self, piece: Range, barriers: Iterable[Range] = ()) -> Range:
        """``piece`` with every quotation it cuts into taken whole, up to the next of ``barriers``."""
        start, end = piece
        head, tail = self.inside[start], self.inside[end - 1]
        if head >= 0:
            start = self.quoted[head][0]
        if tail >= 0:
            end = self.quoted[tail][1]
        for low, high in barriers:
            if low >= piece[1]:
                end = min(end, low)
            if high <= piece[0]:
                start = max(start, high)
        return start, end

    def trimmed(self, piece: Range) -> Range:
        """``piece`` without punctuation and white space at its ends, without "that" at its start, without marks that enclose all of it."""
        doc, (start, end) = self.doc, piece
        changed = True
        while changed and start < end:
            before = (start, end)
            while start < end and (doc[start].text in _OUTER or doc[start].is_space or doc[start].text in (".", ")")):
                start += 1
            while end > start and (doc[end - 1].text in _OUTER or doc[end - 1].is_space or doc[end - 1].text == "("):
                end -= 1
            if end - start > 1 and doc[end - 1].text == "." and self.inside[end - 1] < 0:
                end -= 1
            start, end = self._without_marks(start, end)
            if end - start > 1 and doc[start].lower_ == "that" and (doc[start].dep_ == "mark" or doc[start].tag_ in ("IN", "WDT")):
                start += 1
            changed = (start, end) != before
        return start, end

    def _without_marks(self, start: int, end: int) -> Range:
        if end - start < 2 or self.inside[start] < 0 or self.inside[start] != self.inside[end - 1]:
            return self._without_half_marks(start, end)
        first, last = self.quoted[self.inside[start]]
        closed = self.quotes[self.inside[start]].closed
        start += start == first
        end -= closed and end == last
        return start, end

    def _without_half_marks(self, start: int, end: int) -> Range:
        """A closing mark at the start or an opening one at the end belongs to a neighbour."""
        if start < end and self.inside[start] >= 0 and self.quoted[self.inside[start]][1] == start + 1 and _is_mark(self.doc[start]):
            start += 1
        if start < end and self.inside[end - 1] >= 0 and self.quoted[self.inside[end - 1]][0] == end - 1 and _is_mark(self.doc[end - 1]):
            end -= 1
        return start, end

    def has_words(self, piece: Range) -> bool:
        return any(token.is_alpha or token.like_num for token in self.doc[piece[0] : piece[1]])


def _is_mark(token: Token) -> bool:
    return not any(map(str.isalnum, token.text))
