"""Frozen value objects and closed vocabularies. Everything that flows between rooms is one of these."""

from briefing.models.brief import (
    SCHEMA_VERSION,
    Artifact,
    Brief,
    ChangeLine,
    CitedDocument,
    Coverage,
    Judgement,
    KeyActor,
    KeyFigure,
    Line,
    MapPoint,
    Methodology,
    Period,
    Receipt,
    TopRisk,
)
from briefing.models.documents import Document, Evidence, Paragraph, RawItem, Source
from briefing.models.findings import Entity, Event, Figure, Finding, Findings, Place, Risk, Statement, When
from briefing.models.report import ArtifactRow, Collected, DocumentRow, Extracted, Prepared, RunReport, SourceRow
from briefing.models.settings import Caps, Config, DeliverySettings, GroupingSettings, Limits, SourceSettings, WatchList
from briefing.models.stories import Conflict, Delta, KnownStory, Past, Story
from briefing.models.value import Value
from briefing.models.vocabularies import (
    Change,
    DocumentKind,
    Drop,
    EntityType,
    EventStatus,
    EventType,
    Impact,
    Level,
    Likelihood,
    Marking,
    Measure,
    Part,
    PlacePrecision,
    Polarity,
    Precision,
    Qualifier,
    Reliability,
    RiskKind,
    Stance,
    StatementKind,
)

__all__ = [name for name in dir() if name[0].isupper()]
