"""Holds look-alikes apart: two quakes, two strikes of one war, that differ in town or day.

Comes in: findings of documents. Goes out: a profile per document, and whether two profiles speak of different events.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from briefing.models import Document, Event, EventStatus, EventType, Evidence, Findings, Part, Place, PlacePrecision, Precision

__all__ = ["Profile", "differ", "event_days", "in_other_towns", "profile"]

LEAD = 600
"""Characters of the text in which a report says what, where and when."""
_EXACT = (PlacePrecision.SETTLEMENT, PlacePrecision.FACILITY)
_DAYS = (Precision.MINUTE, Precision.HOUR, Precision.PART_OF_DAY, Precision.DAY)


@dataclass(frozen=True)
class Profile:
    """What, where and when, as far as the beginning of a document says. ``elsewhere`` are all towns it names."""

    types: frozenset[EventType] = frozenset()
    towns: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()


def profile(document: Document, findings: Findings) -> Profile:
    """The profile of one document; empty when nothing was found."""
    current = [event for event in findings.events if event.status is EventStatus.ACTUAL and _early(event.evidence[0])]
    towns = _towns(event.place for event in current) or _towns(place for place in findings.places if _early(place.evidence))
    return Profile(
        types=frozenset(event.type for event in current),
        towns=towns,
        elsewhere=_towns(findings.places) | towns,
        days=frozenset(day for event in current for day in event_days(event)),
    )


def differ(one: Profile, other: Profile) -> bool:
    """True when both report an event of one type, but in towns the other never names, or on days the other never gives."""
    if not one.types & other.types:
        return False
    return in_other_towns(one, other) or bool(one.days and other.days and not one.days & other.days)


def in_other_towns(one: Profile, other: Profile) -> bool:
    """True when each says where it happened, and neither names the towns of the other."""
    return bool(one.towns and other.towns and not (one.towns & other.elsewhere or other.towns & one.elsewhere))


def event_days(event: Event) -> tuple[str, ...]:
    """The local dates (ISO 8601) an event's time covers, when it is known to the day; at most three."""
    when = event.when
    if when is None or when.start is None or when.precision not in _DAYS:
        return ()
    last = when.end - timedelta(microseconds=1) if when.end and when.end > when.start else when.start
    span = min((last.date() - when.start.date()).days, 2)
    return tuple((when.start + timedelta(days=day)).date().isoformat() for day in range(span + 1))


def _towns(places: Iterable[Place | None]) -> frozenset[str]:
    return frozenset(place.name.casefold() for place in places if place and place.precision in _EXACT)


def _early(evidence: Evidence) -> bool:
    return evidence.part is Part.TITLE or evidence.start < LEAD
