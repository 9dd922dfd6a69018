"""Holds look-alikes apart: two quakes, two strikes of one war, that differ in town or day.

Comes in: findings of documents. Goes out: a profile per document, and whether two profiles speak of different events.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

from briefing.models import Document, Event, EventStatus, EventType, Evidence, Findings, Part, Place, PlacePrecision, Precision

__all__ = ["Profile", "differ", "event_days", "in_other_towns", "profile"]

LEAD = 600
"""Characters of the text in which a report says what, where and when."""
NEAR = 30.0
"""Kilometres within which two towns may be one place: reports name the village, the next town or the district."""
_EARTH = 6371.0
_EXACT = (PlacePrecision.SETTLEMENT, PlacePrecision.FACILITY)
_DAYS = (Precision.MINUTE, Precision.HOUR, Precision.PART_OF_DAY, Precision.DAY)


@dataclass(frozen=True)
class Profile:
    """What, where and when, as far as the beginning of a document says; ``all_towns`` and ``all_days`` are those it names anywhere."""

    types: frozenset[EventType] = frozenset()
    towns: dict[str, Place] = field(default_factory=dict)
    all_towns: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    all_days: frozenset[str] = frozenset()


def profile(document: Document, findings: Findings) -> Profile:
    """The profile of one document; empty when nothing was found."""
    current = [event for event in findings.events if event.status is EventStatus.ACTUAL and _early(event.evidence[0])]
    towns = _towns(event.place for event in current) or _towns(place for place in findings.places if _early(place.evidence))
    return Profile(
        types=frozenset(event.type for event in current),
        towns=towns,
        all_towns=frozenset({**_towns(findings.places), **towns}),
        days=frozenset(day for event in current for day in event_days(event)),
        all_days=frozenset(day for event in findings.events for day in event_days(event)),
    )


def differ(one: Profile, other: Profile) -> bool:
    """True when both report an event of one type, but in towns or on days the other never names."""
    if not one.types & other.types:
        return False
    return in_other_towns(one, other) or _on_other_days(one, other)


def in_other_towns(one: Profile, other: Profile) -> bool:
    """True when each says where it happened, neither names the towns of the other, and all of them are far apart."""
    if not one.towns or not other.towns or one.towns.keys() & other.all_towns or other.towns.keys() & one.all_towns:
        return False
    return all(_far(mine, theirs) for mine in one.towns.values() for theirs in other.towns.values())


def _on_other_days(one: Profile, other: Profile) -> bool:
    return bool(one.days and other.days and not one.days & other.all_days and not other.days & one.all_days)


def _far(one: Place, other: Place) -> bool:
    """Further than ``NEAR`` apart (great circle); False when a position is unknown, which proves nothing."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return False
    north, south = radians(one.latitude), radians(other.latitude)
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(radians(one.longitude - other.longitude) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half))) > NEAR


def event_days(event: Event) -> tuple[str, ...]:
    """The local dates (ISO 8601) an event's time covers, when it is known to the day; at most three."""
    when = event.when
    if when is None or when.start is None or when.precision not in _DAYS:
        return ()
    last = when.end - timedelta(microseconds=1) if when.end and when.end > when.start else when.start
    span = min((last.date() - when.start.date()).days, 2)
    return tuple((when.start + timedelta(days=day)).date().isoformat() for day in range(span + 1))


def _towns(places: Iterable[Place | None]) -> dict[str, Place]:
    return {place.name.casefold(): place for place in places if place and place.precision in _EXACT}


def _early(evidence: Evidence) -> bool:
    return evidence.part is Part.TITLE or evidence.start < LEAD
