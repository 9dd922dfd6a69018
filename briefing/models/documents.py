"""What was read: sources, raw items, documents, and the evidence that points into them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from briefing.models.value import Value
from briefing.models.vocabularies import DocumentKind, Marking, Part, Precision, Reliability


class Source(Value):
    """An outlet as the user names it. ``publisher`` is the owner: two sources of one publisher are not independent."""

    id: str
    name: str
    kind: str = "file"
    url: str | None = None
    country: str | None = None
    language: str | None = None
    reliability: Reliability = Reliability.F
    publisher: str | None = None
    marking: Marking | None = None

    @property
    def owner(self) -> str:
        return self.publisher or self.name


class RawItem(Value):
    """Bytes as they were collected, before any of them is understood.

    ``hints`` is what the container says of the item (title, author, published, updated, summary, source, language, kind,
    url, id, charset, marking, exercise), as text, untrusted.
    ``explicit`` marks an item the user named on the command line: it is never dropped for its date.
    """

    source: Source
    name: str
    """Relative file name, entry id or URL: how the run report calls it."""
    url: str | None = None
    media_type: str
    content: bytes
    sha256: str
    fetched_at: datetime | None = None
    hints: dict[str, str] = Field(default_factory=dict)
    explicit: bool = False


class Paragraph(Value):
    """Character range of a paragraph in ``Document.text``, end exclusive."""

    start: int
    end: int


class Evidence(Value):
    """A stretch of stored text: ``quote`` equals ``text[start:end]`` of that part of the document, character for character.

    Built by ``Document.cite`` or by the extractor from a parsed document; the length is checked here, the
    characters by ``briefing verify``.
    """

    document_id: str
    part: Part = Part.TEXT
    start: Annotated[int, Field(ge=0)]
    end: int
    quote: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _length_agrees(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"evidence {self.start}:{self.end} does not fit its quote of {len(self.quote)} characters")
        return self


class Document(Value):
    """One article as stored. Offsets of all evidence refer to ``text`` (or ``title``) exactly as it stands here.

    ``published_at`` is aware; ``published_precision`` says whether the hour is known and ``published_from`` how the date was found
    (``feed``, ``metadata``, ``header``, ``dateline``, ``text``, ``file name`` …). ``labels`` are printed beside the document
    ("undated", "stale", "language: de"). ``duplicate_of`` names the document whose text this one repeats word for word.
    """

    id: str
    source: Source
    name: str
    url: str | None = None
    title: str = ""
    byline: str | None = None
    dateline: str | None = None
    published_at: datetime | None = None
    published_precision: Precision = Precision.UNKNOWN
    published_from: str | None = None
    language: str = "en"
    language_from: str = "guess"
    kind: DocumentKind = DocumentKind.NEWS
    text: str
    paragraphs: tuple[Paragraph, ...] = ()
    sha256: str
    """Hash of the stored text (UTF-8)."""
    wire: str | None = None
    """The agency whose copy this is, as recognised in the text ("Reuters")."""
    labels: tuple[str, ...] = ()
    duplicate_of: str | None = None

    def cite(self, start: int, end: int, part: Part = Part.TEXT) -> Evidence:
        """Evidence for ``text[start:end]`` (or the title's characters). ValueError when the range is empty or outside."""
        stored = self.title if part is Part.TITLE else self.text
        if not 0 <= start < end <= len(stored):
            raise ValueError(f"no text at {start}:{end} in the {part} of {self.name} ({len(stored)} characters)")
        return Evidence(document_id=self.id, part=part, start=start, end=end, quote=stored[start:end])
