"""Recognises what the lines around a text are: running title, date line, headline, byline, source line, markings.

Comes in: blocks with their line breaks. Goes out: a ``Layout``, whose paragraphs are the body alone. The shape of a briefing item is known
as a whole, in whatever file it came:

    Situation, Facts and Events       running title, of the product and not of the item
    03.03.2026                        date line, day first
    Two guards die at Dorra depot     headline
    (paragraphs)
    Source: harbour-post.example      source line
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from briefing.text.cleaning import folded, is_boilerplate
from briefing.text.credits import agency, byline, source_line
from briefing.text.dates import alone
from briefing.text.reading import Block, Dated
from briefing.text.wordlists import lists

__all__ = ["Layout", "headline_like", "is_running_title", "recognised", "same_title"]

HEAD_LINES = 16
TAIL_LINES = 10
LONGEST_HEADLINE = 220
WRAPPED = 160
"""Text whose lines are longer than this was not wrapped by hand: each line is a paragraph."""

_LABEL = re.compile(
    r"^(title|headline|date|published|publication date|published on|issued|updated|last updated|author|byline|url|link|read online"
    r"|view online|web version|permalink|language|kind|marking|classification)\s*:\s*(\S.*)$",
    re.IGNORECASE,
)
_DATED_LABELS = frozenset({"date", "published", "publication date", "published on", "issued"})
_ADDRESS_LABELS = frozenset({"url", "link", "read online", "view online", "web version", "permalink"})
_TLP = re.compile(r"^\W*TLP:\s?(CLEAR|WHITE|GREEN|AMBER\+STRICT|AMBER|RED)\W*$", re.IGNORECASE)
_STAFF = re.compile(r"^\(?(?:additional )?(?:reporting|editing|writing|compiled|edited|written) by\b", re.IGNORECASE)
_ENDS = re.compile(r"^\W*(?:ends?|30|###|eom)\W*$", re.IGNORECASE)
_ADDRESS_LINE = re.compile(
    r"^(?:(?:read|view|open|see|find)(?: (?:this|the|it|full|story|article|report|item|more))*"
    r" (?:online|on the web|in (?:your|a|the) browser)|web version|permalink)"
    r"\s*[:–—-]?\s*<?(https?://[^\s<>]+)>?$",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"^credit\s*:\s*(\S.{1,60})$", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s[|·•–—-]\s")
_EDITION = re.compile(r"^(?:(?:no|nr|vol|issue|edition|page|p)\b\.?\s*\d{1,6}|[a-z]+ edition)$", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[•◦▪‣*–-]|\d{1,2}[.)]) ")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    block: int
    heading: bool


@dataclass(slots=True)
class Layout:
    """The body's paragraphs and what the lines around it say. ``whole`` is true when the shape of a briefing item was recognised."""

    paragraphs: tuple[str, ...] = ()
    titles: list[str] = field(default_factory=list)
    own_title: str = ""
    whole: bool = False
    dates: list[Dated] = field(default_factory=list)
    updated: str = ""
    byline: str = ""
    source: str = ""
    url: str = ""
    wire: str = ""
    language: str = ""
    kind: str = ""
    marking: str = ""
    exercise: bool = False
    masthead: str = ""
    """A line above the headline that is the name of an outlet."""

    @property
    def title(self) -> str:
        return self.own_title or (self.titles[0] if self.titles else "")


def recognised(blocks: Sequence[Block]) -> Layout:
    """The layout of ``blocks``. Lines that are not recognised stay in the body, in order."""
    layout = Layout()
    lines = _lines(blocks)
    start = _head(lines, layout)
    end = _tail(lines, start, layout)
    if len(layout.titles) > 1 and is_running_title(layout.titles[0]):
        layout.whole = bool(layout.dates)
        layout.titles.pop(0)
    layout.paragraphs = tuple(part for part in _paragraphs(lines[start:end]) if not _is_address_line(part, layout))
    return layout


def headline_like(line: str) -> bool:
    """Short, without a full stop at its end, and with a letter in it."""
    return (
        1 < len(line) <= LONGEST_HEADLINE
        and line.count(" ") < 32
        and not line.endswith((".", ":", ";", ","))
        and not _BULLET.match(line)
        and any(character.isalpha() for character in line)
    )


def is_running_title(line: str) -> bool:
    """Whether a title names a product ("Situation, Facts and Events", "Daily Security Brief No. 14") and no event."""
    words = re.findall(r"[^\W\d_]+", line[:LONGEST_HEADLINE].casefold())
    words = [word for word in words if word not in lists("layout")["small"]]
    return 2 <= len(words) <= 8 and all(word in lists("layout")["running"] for word in words)


def _lines(blocks: Sequence[Block]) -> list[_Line]:
    lines: list[_Line] = []
    for number, block in enumerate(blocks):
        parts = [line.strip() for line in block.lines]
        parts = [part for part in parts if part]
        if block.heading:
            parts = [" ".join(parts)] if parts else []
        lines.extend(_Line(part, number, block.heading) for part in parts)
    return lines


def _head(lines: list[_Line], layout: Layout) -> int:
    """Reads the lines before the body into ``layout``; returns where the body starts."""
    start = 0
    for position, line in enumerate(lines[:HEAD_LINES]):
        if _said_around(line.text, layout) or _said_in_head(line.text, layout):
            pass
        elif _is_masthead(lines, position, layout):
            layout.masthead = line.text
        elif _room_for_title(layout) and headline_like(line.text) and _stands_alone(lines, position):
            layout.titles.append(line.text)
        elif not is_boilerplate(line.text):
            break
        start = position + 1
    return start


def _room_for_title(layout: Layout) -> bool:
    if layout.own_title:
        return False
    return not layout.titles or (len(layout.titles) == 1 and is_running_title(layout.titles[0]))


def _stands_alone(lines: list[_Line], position: int) -> bool:
    """Whether a line is set apart from the text after it, which there must be."""
    line = lines[position]
    if position + 1 >= len(lines):
        return False
    following = lines[position + 1]
    if following.block != line.block:
        return position == 0 or lines[position - 1].block != line.block or len(line.text) <= 120
    scratch = Layout()
    if _said_around(following.text, scratch) or _said_in_head(following.text, scratch):
        return True
    # A headline directly above its text: clearly shorter than the line below, which starts a sentence.
    first = position == 0 or lines[position - 1].block != line.block
    return first and len(line.text) <= 100 and len(line.text) < 0.7 * len(following.text) and following.text[:1].isupper()


def _is_masthead(lines: list[_Line], position: int, layout: Layout) -> bool:
    """Whether a line names the outlet above the headline, which must follow and may not be set smaller."""
    if layout.titles or layout.masthead or position + 1 >= len(lines):
        return False
    line, following = lines[position], lines[position + 1]
    if line.heading and not following.heading:
        return False
    return _names_outlet(line.text) and headline_like(following.text) and not _names_outlet(following.text)


def _names_outlet(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text) if len(text) <= 60 else []
    if not 1 < len(words) <= 6 or not all(word[0].isupper() or word in ("of", "the", "and") for word in words):
        return False
    named = words[1:] if words[0] == "The" else words
    ends = {named[0], named[-1], *(word for word, after in pairwise(named) if after == "of")}
    return any(word.casefold() in lists("layout")["mastheads"] for word in ends)


def _dated_masthead(text: str) -> tuple[str, str] | None:
    """The outlet and the date of a line that holds both: "The Dorra Courier | Tuesday, 3 March 2026"."""
    parts = [part.strip() for part in _SEPARATOR.split(text)] if len(text) <= 160 else []
    dates = [part for part in parts if alone(part)]
    names = [part for part in parts if part and part not in dates]
    if len(dates) == 1 and names and all(_names_outlet(part) or is_running_title(part) or _EDITION.match(part) for part in names):
        return next((part for part in names if _names_outlet(part)), ""), dates[0]
    return None


def _said_in_head(text: str, layout: Layout) -> bool:
    if alone(text):
        layout.dates.append(Dated(text, "text"))
        return True
    names = byline(text)
    if names:
        layout.byline = layout.byline or names
        return True
    outlet = _dated_masthead(text)
    if outlet:
        layout.masthead = layout.masthead or outlet[0]
        layout.dates.append(Dated(outlet[1], "text"))
        return True
    label = _LABEL.match(text) if len(text) <= 300 else None
    return label is not None and _labelled(label[1].lower(), label[2].strip(), layout)


def _labelled(label: str, value: str, layout: Layout) -> bool:
    """Takes over a line "Label: value"; False when the value is none for that label."""
    if label in _DATED_LABELS:
        if not alone(value):
            return False
        layout.dates.append(Dated(value, "text"))
    elif label in ("updated", "last updated"):
        if not alone(value):
            return False
        layout.updated = value
    elif label in ("title", "headline"):
        layout.own_title = layout.own_title or value
    elif label in _ADDRESS_LABELS:
        if not value.startswith(("http://", "https://")):
            return False
        layout.url = layout.url or value
    elif label in ("author", "byline"):
        layout.byline = layout.byline or value
    elif label == "language":
        layout.language = layout.language or value
    elif label == "kind":
        layout.kind = layout.kind or value
    else:
        return _marked(value, layout)
    return True


def _said_around(text: str, layout: Layout) -> bool:
    """Lines that may stand before or after a text."""
    named = source_line(text)
    if named:
        if not layout.source:
            layout.source, layout.url = named[0], layout.url or named[1]
        return True
    if _is_exercise(text):
        layout.exercise = True
        return True
    return _marked(text, layout)


def _marked(text: str, layout: Layout) -> bool:
    match = _TLP.match(text) if len(text) <= 40 else None
    if match:
        layout.marking = layout.marking or match[1].upper()
    return match is not None


def _is_exercise(text: str) -> bool:
    if len(text) > 80 or "EXERCISE" not in text:
        return False
    return all(word in lists("layout")["exercise"] for word in re.findall(r"\w+", text.casefold()))


def _tail(lines: list[_Line], start: int, layout: Layout) -> int:
    """Reads the lines after the body into ``layout``; returns where the body ends."""
    end = len(lines)
    while end > start and len(lines) - end < TAIL_LINES:
        text = lines[end - 1].text
        if not (_said_around(text, layout) or _said_in_tail(text, layout) or is_boilerplate(text) or _ENDS.match(text)):
            break
        end -= 1
    return end


def _said_in_tail(text: str, layout: Layout) -> bool:
    credit = agency(text.strip(" ()–—-[]")) if len(text) <= 40 else None
    if credit:
        layout.wire = layout.wire or credit
        return True
    if len(text) <= 300 and _STAFF.match(text):
        return True
    named = _CREDIT.match(text)
    if named and headline_like(named[1]):
        layout.wire = layout.wire or agency(named[1]) or named[1].strip()
        return True
    label = _LABEL.match(text) if len(text) <= 300 else None
    return label is not None and label[1].lower() not in ("title", "headline") and _labelled(label[1].lower(), label[2].strip(), layout)


def _is_address_line(paragraph: str, layout: Layout) -> bool:
    """Takes over "Read online: https://…", which is no part of a text wherever it stands."""
    match = _ADDRESS_LINE.match(paragraph) if len(paragraph) <= 600 else None
    if match:
        layout.url = layout.url or match[1]
    return match is not None


def _paragraphs(lines: list[_Line]) -> list[str]:
    """The body's paragraphs: lines of one block are joined unless a break between them was meant."""
    found: list[list[str]] = []
    for _, group in groupby(lines, key=lambda line: line.block):
        texts = [line.text for line in group]
        width = max(map(len, texts))
        found.append(texts[:1])
        for above, below in pairwise(texts):
            if _break_meant(above, below, width):
                found.append([below])
            else:
                # A word wrapped at its own hyphen keeps it: "US-" + "backed".
                glue = "" if above.endswith("-") and above[-2:-1].isalpha() and below[:1].isalpha() else " "
                found[-1] += (glue, below)
    return ["".join(parts) for parts in found]


def _break_meant(above: str, below: str, width: int) -> bool:
    if width > WRAPPED or _BULLET.match(below) or source_line(below):
        return True
    first_word = below.partition(" ")[0]
    return len(above) + 1 + len(first_word) < 0.9 * width and _SENTENCE_END.search(above[-8:]) is not None


def same_title(one: str, other: str) -> bool:
    """Whether two titles say the same but for punctuation or a site's name at an end."""
    first, second = sorted((folded(one), folded(other)), key=len)
    return bool(first) and (first == second or (len(first) >= 0.5 * len(second) and first in second))
