"""What the readers hand on: the text of one item in blocks, and what the file itself declares.

A reader gets bytes and gives a ``Reading``; ``assembly.py`` makes a ``Draft`` of it, which holds all of a document but its outlet and
its id. Both cross a process boundary, so they are plain records.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from briefing.models import DocumentKind, Drop, Marking, Precision

__all__ = ["Block", "Dated", "Draft", "Reading", "Refusal", "Unreadable"]


class Unreadable(Exception):
    """The bytes hold no text we can read; the message is one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as the file has it. Its line breaks are kept until the layout is recognised."""

    lines: tuple[str, ...]
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """Words that may be the date of publication, and where they stood (a word for ``Document.published_from``)."""

    words: str
    found: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Blocks in reading order and the file's own declarations; empty strings where it declares nothing.

    ``title`` is a title that only describes (``<title>``, a mail's subject); ``own_title`` one its author set for this text (front
    matter). ``language_sure`` tells a declaration for this text from one for a whole site.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    own_title: str = ""
    byline: str = ""
    dates: tuple[Dated, ...] = ()
    url: str = ""
    outlet: str = ""
    weak_outlet: str = ""
    """A name that counts only when the text itself names no source (sender of a mail, name of a site)."""
    language: str = ""
    language_sure: bool = False
    kind: str = ""
    marking: str = ""
    exercise: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """All of a document that can be told from its item alone."""

    title: str
    paragraphs: tuple[str, ...]
    byline: str | None = None
    dateline: str | None = None
    published_at: datetime | None = None
    published_precision: Precision = Precision.UNKNOWN
    published_from: str | None = None
    updated_at: datetime | None = None
    """Time of the last edit, to tell versions of one article apart."""
    language: str = "en"
    language_from: str = "guess"
    kind: DocumentKind = DocumentKind.NEWS
    wire: str | None = None
    url: str | None = None
    url_key: str | None = None
    """The address without tracking parameters: equal for all versions of one article. Never shown."""
    outlet: str = ""
    marking: Marking | None = None
    exercise: bool = False
    cut: bool = False
    notes: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an item gave no draft, in one line."""

    reason: str
    drop: Drop = Drop.UNREADABLE
