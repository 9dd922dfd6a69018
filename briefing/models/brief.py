"""The brief: complete data. Every format is rendered from it alone, and ``brief.json`` is exactly this."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from briefing.models.documents import Evidence
from briefing.models.findings import Figure, Risk
from briefing.models.report import DocumentRow, SourceRow
from briefing.models.stories import Delta, Story
from briefing.models.value import Value
from briefing.models.vocabularies import Change, DocumentKind, EntityType, Marking, Precision, Reliability

SCHEMA_VERSION = "1.0"


class Period(Value):
    """Half-open interval ``[start, end)``, aware, in the zone of the brief."""

    start: datetime
    end: datetime


class Edition(Value):
    """Which issue is being made: decided by the pipeline from configuration and clock before anything is composed."""

    id: str
    """``<brief>-<local date>``, e.g. ``daily-2026-03-03``."""
    date: str
    """Local date of the cut-off, ISO 8601."""
    issue: int | None = None
    """Empty for a one-off brief."""
    period: Period
    prepared_at: datetime
    timezone: str
    one_off: bool = False


class Line(Value):
    """A sentence of the brief with the evidence it was composed from; each name and number in it stands in that evidence."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    story_id: str | None = None


class Judgement(Value):
    """An analyst's own judgement from ``notes.yaml``: printed as *assessed*, by name, never composed by a machine."""

    text: str
    analyst: str
    confidence: str | None = None
    story_id: str | None = None


class ChangeLine(Value):
    """A story's change since the last issue, in one line."""

    story_id: str
    change: Change
    headline: str
    deltas: tuple[Delta, ...] = ()
    issue: int | None = None


class KeyFigure(Value):
    story_id: str
    figure: Figure


class KeyActor(Value):
    """A person or group the day turns on."""

    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    role: Evidence | None = None
    affiliation: Evidence | None = None
    did: Evidence | None = None
    """The sentence of what they did, when they are the actor of an event."""
    said: Evidence | None = None
    """What they said, when they are a speaker."""
    reports: int = 1
    """In how many independent publishers' reports."""
    story_ids: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class TopRisk(Value):
    story_id: str
    risk: Risk


class CitedDocument(Value):
    """A document of the brief's source list; ``number`` is its reference "[3]"."""

    number: int
    id: str
    source_id: str
    source: str
    publisher: str
    title: str
    url: str | None = None
    published_at: datetime | None = None
    published_precision: Precision = Precision.UNKNOWN
    published_from: str | None = None
    language: str = "en"
    kind: DocumentKind = DocumentKind.NEWS
    reliability: Reliability = Reliability.F
    wire: str | None = None
    labels: tuple[str, ...] = ()
    duplicate_of: str | None = None
    sha256: str
    story_ids: tuple[str, ...] = ()


class Coverage(Value):
    """What was asked and read, what was kept, and why the rest was not."""

    sources_asked: int = 0
    sources_answered: int = 0
    sources_empty: int = 0
    sources_failed: int = 0
    documents_read: int = 0
    documents_kept: int = 0
    dropped: dict[str, int] = Field(default_factory=dict)
    """Documents not kept, by reason; sums to read − kept."""
    source_rows: tuple[SourceRow, ...] = ()
    document_rows: tuple[DocumentRow, ...] = ()
    """Rows of the documents not kept, or kept with notes."""
    sentences_refused: int = 0
    """Composed sentences the grounding gate dropped."""
    cut: dict[str, int] = Field(default_factory=dict)
    """How many items of a section the caps left out ("stories": 7)."""
    warnings: tuple[str, ...] = ()


class Methodology(Value):
    software: str
    model: str
    versions: dict[str, str] = Field(default_factory=dict)
    legends: dict[str, tuple[tuple[str, str], ...]] = Field(default_factory=dict)
    """Tables by title: rows of (term, meaning)."""
    limits: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()


class MapPoint(Value):
    name: str
    latitude: float
    longitude: float
    story_ids: tuple[str, ...] = ()


class Brief(Value):
    """One issue. All datetimes are aware and in ``timezone``."""

    schema_version: str = SCHEMA_VERSION
    id: str
    """``<brief>-<local date>``, e.g. ``daily-2026-03-03``; with ``-r2`` for a revision."""
    title: str
    subtitle: str | None = None
    organisation: str | None = None
    issue: int | None = None
    """Empty for a one-off brief."""
    date: str
    """Local date of the cut-off, ISO 8601."""
    period: Period
    cut_off: datetime
    prepared_at: datetime
    timezone: str
    language: str = "en"
    marking: Marking | None = None
    exercise: bool = False
    """True when a source declares itself exercise material: printed beside the marking."""
    paper: str = "A4"
    date_format: Literal["iso", "dtg"] = "iso"
    theme: str = "situation"
    one_off: bool = False
    """True for a brief made from paths alone: no issue number, no changes section."""
    bottom_line: tuple[Line, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    judgement_note: str | None = None
    changes: tuple[ChangeLine, ...] = ()
    key_figures: tuple[KeyFigure, ...] = ()
    key_actors: tuple[KeyActor, ...] = ()
    top_risks: tuple[TopRisk, ...] = ()
    stories: tuple[Story, ...] = ()
    documents: tuple[CitedDocument, ...] = ()
    history: dict[str, tuple[tuple[str, float], ...]] = Field(default_factory=dict)
    coordinates: tuple[MapPoint, ...] = ()
    charts: dict[str, str] = Field(default_factory=dict)
    coverage: Coverage
    methodology: Methodology


class Artifact(Value):
    """A rendered file: ``name`` inside the issue folder, bytes, and what the renderer had to replace."""

    name: str
    format: str
    media_type: str
    content: bytes
    notes: tuple[str, ...] = ()


class Receipt(Value):
    """What a deliverer did with the artifacts."""

    deliverer: str
    target: str
    delivered: bool
    reason: str | None = None
    files: tuple[str, ...] = ()
