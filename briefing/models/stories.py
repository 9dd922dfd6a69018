"""One story per real-world event: its documents, merged findings, disagreements and what changed."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from briefing.models.documents import Evidence
from briefing.models.findings import Entity, Event, Figure, Place, Risk, Statement
from briefing.models.report import DocumentRow
from briefing.models.value import Value
from briefing.models.vocabularies import Change, Level, Measure


class Conflict(Value):
    """Figures of one measure about one event that disagree, lowest first. Never summed, never averaged."""

    measure: Measure
    figures: tuple[Figure, ...]
    newest: int
    """Index into ``figures`` of the one from the newest report."""


class Delta(Value):
    """A change of one figure since the last issue."""

    measure: Measure
    old: str
    """The words of the earlier issue ("At least 12")."""
    new: Figure
    issue: int | None = None
    """Number of the issue that printed the old value."""


class Story(Value):
    """``figures``, ``statements``, ``events`` and ``risks`` hold one finding per fact: its evidence lists every document that has it."""

    id: str
    headline: Evidence
    summary: tuple[Evidence, ...] = ()
    """Two to four sentences of the documents, verbatim, in reading order: the Situation."""
    documents: tuple[str, ...]
    """Ids of the documents, newest first."""
    publishers: tuple[str, ...] = ()
    """Independent publishers: one per owner, the same wire text counted once."""
    origins: dict[str, str] = Field(default_factory=dict)
    """Where the text of each document comes from: its owner, or the wire or earlier text it repeats. Two of one origin are one report."""
    figures: tuple[Figure, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    risks: tuple[Risk, ...] = ()
    entities: tuple[Entity, ...] = ()
    places: tuple[Place, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    credibility: int = 6
    """Information credibility 1–6, second half of the Admiralty grade."""
    credibility_reasons: tuple[str, ...] = ()
    confidence: str = "low"
    confidence_reasons: tuple[str, ...] = ()
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    """Publication times of its first and newest document."""
    change: Change = Change.NEW
    deltas: tuple[Delta, ...] = ()
    rank: float = 0.0
    reasons: tuple[str, ...] = ()
    """Why it stands where it stands, in words."""
    level: Level = Level.UNRATED
    """Highest level among its risks."""

    @property
    def single_source(self) -> bool:
        return len(self.publishers) < 2


class KnownStory(Value):
    """What the archive remembers of a story of an earlier issue."""

    id: str
    issue: int
    headline: str
    documents: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """Words, names and places by which later documents are recognised."""
    figures: dict[str, str] = Field(default_factory=dict)
    """Main figure per measure, in the words printed."""
    values: dict[str, float] = Field(default_factory=dict)
    """The same as numbers, where they are numbers."""
    printed: tuple[tuple[str, str, float], ...] = ()
    """Every number of it: (measure, words, number). What a later report takes back is looked up here."""
    closed: bool = False
    """True when its newest report said that it is over."""
    last_seen: datetime | None = None
    content_hash: str = ""


class Grouped(Value):
    """What ``stories.group`` returns: the stories, best first, and a row for each document that belongs to none."""

    stories: tuple[Story, ...] = ()
    rows: tuple[DocumentRow, ...] = ()


class Past(Value):
    """What earlier issues said, newest issue first. Empty for a first issue and for a one-off brief."""

    issue: int = 0
    """Number of the last issue, 0 when there was none."""
    cut_off: datetime | None = None
    stories: tuple[KnownStory, ...] = ()
    history: dict[str, tuple[tuple[str, float], ...]] = Field(default_factory=dict)
    """Past values per key figure, as (local date, value), oldest first: for trends."""
