"""Invented reports and what a reader finds in them, for the tests of the rooms behind the extraction.

report = news("a", "Blast in Orven kills 12", "A blast killed 12 people in Orven on Monday.")
reading = Reading(report)
reading.event("blast", EventType.EXPLOSION, place="Orven")
reading.figure("12", 12, Measure.KILLED, counted="people")
reading.findings()
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta

from briefing.models import (
    Document,
    DocumentKind,
    Entity,
    EntityType,
    Event,
    EventStatus,
    EventType,
    Evidence,
    Figure,
    Findings,
    Level,
    Measure,
    Part,
    Place,
    PlacePrecision,
    Precision,
    Qualifier,
    Reliability,
    Risk,
    RiskKind,
    Source,
    Statement,
    StatementKind,
    When,
)

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)


def news(
    name: str,
    title: str,
    text: str,
    *,
    outlet: str = "Orven Gazette",
    owner: str | None = None,
    reliability: Reliability = Reliability.F,
    hours: float | None = 0,
    kind: DocumentKind = DocumentKind.NEWS,
    wire: str | None = None,
    labels: tuple[str, ...] = (),
    duplicate_of: str | None = None,
) -> Document:
    """A document published ``hours`` after Monday, 2 March 2026, 08:00 UTC (None: undated)."""
    return Document(
        id=name,
        source=Source(id=outlet.lower(), name=outlet, publisher=owner, reliability=reliability),
        name=f"{name}.txt",
        title=title,
        text=text,
        published_at=None if hours is None else MONDAY + timedelta(hours=hours),
        published_precision=Precision.UNKNOWN if hours is None else Precision.MINUTE,
        kind=kind,
        wire=wire,
        labels=labels,
        duplicate_of=duplicate_of,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


class Reading:
    """Findings of one document, cited by their words: the first occurrence in the text, or in the title with ``title=True``."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._found: dict[str, list[object]] = {name: [] for name in ("entities", "figures", "statements", "events", "risks", "places")}

    def cite(self, words: str, *, title: bool = False) -> Evidence:
        stored = self.document.title if title else self.document.text
        start = stored.index(words)
        return self.document.cite(start, start + len(words), Part.TITLE if title else Part.TEXT)

    def sentence(self, evidence: Evidence) -> Evidence:
        if evidence.part is Part.TITLE:
            return self.document.cite(0, len(self.document.title), Part.TITLE)
        start, end = next((s, e) for s, e in sentences(self.document.text) if s <= evidence.start < e)
        return self.document.cite(start, end)

    def place(self, name: str, *, precision: PlacePrecision = PlacePrecision.SETTLEMENT, at: tuple[float, float] | None = None) -> Place:
        place = Place(
            evidence=self.cite(name),
            name=name,
            country="KE",
            latitude=at[0] if at else None,
            longitude=at[1] if at else None,
            precision=precision,
        )
        self._found["places"].append(place)
        return place

    def event(
        self,
        trigger: str,
        kind: EventType,
        *,
        status: EventStatus = EventStatus.ACTUAL,
        place: str | None = None,
        at: tuple[float, float] | None = None,
        day: datetime | None = None,
        actor: str | None = None,
        outcomes: tuple[Figure, ...] = (),
        title: bool = False,
    ) -> Event:
        evidence = self.cite(trigger, title=title)
        event = Event(
            evidence=(evidence,),
            context=(self.sentence(evidence),),
            type=kind,
            status=status,
            actor=self.cite(actor) if actor else None,
            place=self.place(place, at=at) if place else None,
            when=When(evidence=evidence, start=day, end=day + timedelta(days=1), precision=Precision.DAY) if day else None,
            outcomes=tuple(figure.id for figure in outcomes),
        )
        self._found["events"].append(event)
        return event

    def figure(
        self,
        words: str,
        value: float | None,
        measure: Measure,
        *,
        counted: str | None = None,
        qualifier: Qualifier = Qualifier.EXACTLY,
        by: str | None = None,
        part_of_total: bool = False,
        title: bool = False,
    ) -> Figure:
        evidence = self.cite(words, title=title)
        figure = Figure(
            evidence=(evidence,),
            context=(self.sentence(evidence),),
            value=value,
            measure=measure,
            qualifier=qualifier,
            counted=self.cite(counted, title=title) if counted else None,
            attributed_to=self.cite(by) if by else None,
            part_of_total=part_of_total,
        )
        self._found["figures"].append(figure)
        return figure

    def statement(self, source: str, cue: str, content: str, *, speaker: str | None = None) -> Statement:
        parts = [self.cite(source), self.cite(cue), self.cite(content)]
        whole = self.document.cite(min(e.start for e in parts), max(e.end for e in parts))
        statement = Statement(
            evidence=(whole,),
            context=(self.sentence(whole),),
            source=(parts[0],),
            cue=(parts[1],),
            content=(parts[2],),
            kind=StatementKind.INDIRECT,
            speaker=speaker or source,
        )
        self._found["statements"].append(statement)
        return statement

    def risk(self, clause: str, *, kind: RiskKind = RiskKind.WARNING, level: Level = Level.UNRATED) -> Risk:
        evidence = self.cite(clause)
        risk = Risk(evidence=(evidence,), context=(self.sentence(evidence),), kind=kind, level=level)
        self._found["risks"].append(risk)
        return risk

    def entity(self, name: str, kind: EntityType, *, aliases: tuple[str, ...] = (), role: str | None = None) -> Entity:
        evidence = self.cite(name)
        entity = Entity(
            evidence=(evidence,),
            context=(self.sentence(evidence),),
            name=name,
            type=kind,
            aliases=aliases,
            role=self.cite(role) if role else None,
        )
        self._found["entities"].append(entity)
        return entity

    def findings(self) -> Findings:
        lists = {name: tuple(found) for name, found in self._found.items()}
        return Findings(document_id=self.document.id, sentences=sentences(self.document.text), **lists)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Ranges that end with a full stop, question mark or exclamation mark."""
    return tuple(match.span() for match in re.finditer(r"[^\s.!?][^.!?]*[.!?]", text))
