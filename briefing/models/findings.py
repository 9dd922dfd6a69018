"""What was found in one document. No finding can be built without evidence; FIELDS of each are defined in docs/fields.md.

Every text a finding shows (who is counted, who acts, the hedge) is an ``Evidence`` of its own, so that each printed word can be
proved; derived values (numbers, dates, types) follow from the evidence by published rules.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from math import prod
from typing import Annotated, ClassVar

from pydantic import Field, computed_field, model_validator

from briefing.models.documents import Evidence
from briefing.models.value import Value
from briefing.models.vocabularies import (
    EntityType,
    EventStatus,
    EventType,
    Impact,
    Level,
    Likelihood,
    Measure,
    PlacePrecision,
    Polarity,
    Precision,
    Qualifier,
    RiskKind,
    Stance,
    StatementKind,
)

SIZES = {"ten": 10.0, "dozen": 12.0, "score": 20.0, "hundred": 100.0, "thousand": 1_000.0, "million": 1_000_000.0}
"""What vague words are sorted by ("tens of thousands" from 10,000); never a value."""

Evidences = Annotated[tuple[Evidence, ...], Field(min_length=1)]


class Finding(Value):
    """``evidence[0]`` is the span of the finding itself; further ones are the same fact in other documents. ``context`` holds the
    sentence around each evidence, in the same order."""

    prefix: ClassVar[str] = "X"

    evidence: Evidences
    context: Evidences

    @model_validator(mode="before")
    @classmethod
    def _drop_computed_id(cls, data: object) -> object:
        """``id`` is written out for readers of the JSON; read back, it is computed again."""
        if isinstance(data, dict) and "id" in data:
            return {key: value for key, value in data.items() if key != "id"}
        return data

    @computed_field  # type: ignore[prop-decorator]
    @property
    def id(self) -> str:
        """Short and stable: a letter for the kind and a hash of where the finding stands (document, part, offsets)."""
        first = self.evidence[0]
        place = f"{self.prefix} {first.document_id} {first.part} {first.start} {first.end}"
        return f"{self.prefix}-{hashlib.sha256(place.encode()).hexdigest()[:7]}"

    @property
    def document_id(self) -> str:
        return self.evidence[0].document_id


class When(Value):
    """A time as written and, where it can be resolved, the half-open interval ``[start, end)`` it names (aware datetimes)."""

    evidence: Evidence
    start: datetime | None = None
    end: datetime | None = None
    precision: Precision = Precision.UNKNOWN


class Place(Value):
    """A place as written (``evidence.quote``) with its canonical name. ``country`` is ISO 3166-1 alpha-2. An ambiguous name has
    no coordinates."""

    evidence: Evidence
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision = PlacePrecision.UNKNOWN
    ambiguous: bool = False


class Entity(Finding):
    """A person, group, body or place of the document. ``aliases`` are the names the text uses, longest first; ``evidence`` its mentions."""

    prefix: ClassVar[str] = "N"

    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    role: Evidence | None = None
    affiliation: Evidence | None = None


class Figure(Finding):
    """A key figure. ``value`` or ``low``/``high`` are numbers in ``unit``; both are empty for vague quantities ("dozens")."""

    prefix: ClassVar[str] = "F"

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    """ISO currency, "%", or a unit of measurement; empty for counts."""
    qualifier: Qualifier = Qualifier.EXACTLY
    measure: Measure = Measure.OTHER
    counted: Evidence | None = None
    place: Place | None = None
    when: When | None = None
    attributed_to: Evidence | None = None
    """The source of the statement in which the figure stands, as written."""
    part_of_total: bool = False
    """True for "11 children" in "58 people, including 11 children": never a toll of its own."""
    background: bool = False
    """True when it measures an earlier event the text only recalls: never a toll of the story. Known once stories are grouped."""

    @property
    def number(self) -> float | None:
        """The figure as one number: its value, else an end of its range; None for vague words."""
        return next((number for number in (self.value, self.low, self.high) if number is not None), None)

    @property
    def least(self) -> float:
        """The least the figure can mean, for sorting alone: vague words count as ACLED counts them (dozens from 12, hundreds from 100)."""
        if self.number is not None:
            return self.number
        words = self.evidence[0].quote.lower().split()
        sizes = [SIZES[word.strip(".,").removesuffix("s")] for word in words if word.strip(".,").removesuffix("s") in SIZES]
        return prod(sizes) if sizes else 0.0


class Statement(Finding):
    """What a source said. ``evidence[0]`` runs from the first to the last character of source, cue and content."""

    prefix: ClassVar[str] = "S"

    source: tuple[Evidence, ...] = ()
    cue: tuple[Evidence, ...] = ()
    content: Evidences
    quoted: tuple[Evidence, ...] = ()
    """The stretches of the content that stand in quotation marks, without the marks."""
    kind: StatementKind
    speaker: str | None = None
    """Who it is: the canonical name when the source resolves to an entity, else the source's head words; empty when ambiguous."""
    role: Evidence | None = None
    affiliation: Evidence | None = None
    addressee: Evidence | None = None
    stance: Stance = Stance.ASSERTS
    polarity: Polarity = Polarity.POSITIVE
    when: When | None = None


class Event(Finding):
    """A concrete occurrence; ``evidence[0]`` is the trigger."""

    prefix: ClassVar[str] = "E"

    type: EventType
    status: EventStatus
    actor: Evidence | None = None
    target: Evidence | None = None
    place: Place | None = None
    when: When | None = None
    outcomes: tuple[str, ...] = ()
    """Ids of the figures that say what it cost."""


class Risk(Finding):
    """A possible future harm the text raises; ``evidence[0]`` is the clause that expresses it."""

    prefix: ClassVar[str] = "R"

    kind: RiskKind
    hedge: Evidence | None = None
    cause: Evidence | None = None
    event: Evidence | None = None
    consequence: Evidence | None = None
    actor: Evidence | None = None
    target: Evidence | None = None
    place: Place | None = None
    horizon: When | None = None
    attributed_to: Evidence | None = None
    likelihood: Likelihood | None = None
    likelihood_basis: str | None = None
    impact: Impact | None = None
    impact_basis: str | None = None
    level: Level = Level.UNRATED


class Findings(Value):
    """All findings of one document, each list in text order (title first)."""

    document_id: str
    entities: tuple[Entity, ...] = ()
    figures: tuple[Figure, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    risks: tuple[Risk, ...] = ()
    places: tuple[Place, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    """Character ranges of the sentences of the text, in order."""
