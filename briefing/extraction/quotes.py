"""Quotation marks of every style. Comes in: a text. Goes out: its quotations in text order, none inside another.

Quotations never run over a line break: a quotation of several paragraphs is one per paragraph, as print repeats the opening mark.
One pass, linear time, whatever the text holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Quotation", "quotations"]

_MARK = re.compile(r"``|''|[\"“”„‟«»‘’‚‹›']|\n")
_OPENS = {"“": "double", "„": "double", "‟": "double", "``": "double", "«": "guillemet", "‘": "single", "‚": "single", "‹": "angle"}
_CLOSES = {"”": "double", "''": "double", "»": "guillemet", "’": "single", "›": "angle"}
_MARKS_AND_STOPS = frozenset(".,;:!?)’”'\"")
_ENDS = frozenset(".!?")
_SHORTEST_UNCLOSED = 8


@dataclass(frozen=True, slots=True)
class Quotation:
    """``text[start:end]`` with its marks, ``text[inner_start:inner_end]`` without. An unclosed one ends with its paragraph."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True


@dataclass(slots=True)
class _Opening:
    start: int
    inner: int
    style: str
    straight: bool


def quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations of ``text`` that hold at least one letter or digit."""
    return tuple(found for found in _scan(text) if any(map(str.isalnum, text[found.inner_start : found.inner_end])))


def _scan(text: str) -> Iterator[Quotation]:
    opening: _Opening | None = None
    for match in _MARK.finditer(text):
        mark, start, end = match.group(), match.start(), match.end()
        if mark == "\n":
            unclosed = _unclosed(text, opening, start)
            opening = None
            if unclosed:
                yield unclosed
        elif opening is None:
            opening = _opened(text, mark, start, end)
        elif _opens_again(text, opening, mark, start, end):
            unclosed = _unclosed(text, opening, start)
            opening = _Opening(start, end, "double", mark == '"')
            if unclosed:
                yield unclosed
        elif _closes(text, opening, mark, start, end):
            yield Quotation(opening.start, end, opening.inner, start)
            opening = None
        elif opening.style == "single":  # an apostrophe taken for a mark gives way to a real one
            opening = _opened(text, mark, start, end, doubles_only=True) or opening
    unclosed = _unclosed(text, opening, len(text))
    if unclosed:
        yield unclosed


def _opened(text: str, mark: str, start: int, end: int, *, doubles_only: bool = False) -> _Opening | None:
    """Does the mark open a quotation where none is open."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if mark == "'":
        opens = not doubles_only and not before.isalnum() and before not in _MARKS_AND_STOPS and after.isalpha()
        return _Opening(start, end, "single", True) if opens else None
    if mark in ('"', "''"):
        closing = (before.isalnum() or before in _MARKS_AND_STOPS) and bool(before) and not after.isalnum()
        return None if before.isalnum() or closing else _Opening(start, end, "double", mark == '"')
    if mark in ("»", "›") and not before.isalnum() and after.isalnum():  # »German style«
        return _Opening(start, end, "guillemet" if mark == "»" else "angle", True)
    style = _OPENS.get(mark)
    if style is None or (style in ("single", "angle") and (doubles_only or before.isalnum())):
        return None
    return _Opening(start, end, style, False)


def _opens_again(text: str, opening: _Opening, mark: str, start: int, end: int) -> bool:
    """Does a mark open a quotation while one is open: the earlier was never closed, as where paragraphs have been run together."""
    if opening.style != "double" or mark not in ("“", '"') or text[opening.start] != mark:
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    return mark == "“" or (before.isspace() and after.isalnum() and text[start - 2 : start - 1] in _ENDS)


def _closes(text: str, opening: _Opening, mark: str, start: int, end: int) -> bool:
    """Does the mark close the open quotation. An apostrophe inside a word never does."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if mark == '"':
        return opening.style == "double"
    if mark == "'":
        return opening.style == "single" and opening.straight and not after.isalnum() and not before.isspace()
    if mark == "“":  # closes „German“ quotations only
        return text[opening.start] == "„"
    if mark == "«":
        return opening.style == "guillemet" and opening.straight
    if mark == "‹":
        return opening.style == "angle" and opening.straight
    style = _CLOSES.get(mark)
    if style == "single":
        return opening.style == "single" and not after.isalnum()
    return style is not None and style == opening.style


def _unclosed(text: str, opening: _Opening | None, end: int) -> Quotation | None:
    """The quotation that was still open at the end of its paragraph; a stray mark is none."""
    if opening is None or opening.style in ("single", "angle"):
        return None
    inner_end = opening.inner + len(text[opening.inner : end].rstrip())
    if inner_end - opening.inner < _SHORTEST_UNCLOSED:
        return None
    return Quotation(opening.start, inner_end, opening.inner, inner_end, closed=False)
