"""Where and when: holds look-alikes apart (two quakes, two strikes of one war) and brings reports from one small town together.

Comes in: findings of documents and how alike their words are. Goes out: a profile per document, and the similarity of two documents
when places and days are heard as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

from briefing.models import Document, Event, EventStatus, EventType, Evidence, Findings, Part, Place, PlacePrecision, Precision

__all__ = ["Profile", "event_days", "in_other_towns", "profile", "weighed"]

LEAD = 600
"""Characters of the text in which a report says what, where and when."""
NEAR = 30.0
"""Kilometres within which two towns may be one place: reports name the village, the next town or the district."""
SAME_TOWN = 0.2
"""Added for a town that both reports name and hardly any other does."""
NEXT_DAY = 0.7
"""What is left when the days are one apart: a report of Monday may date Sunday's event by its echo."""
_EARTH = 6371.0
_EXACT = (PlacePrecision.SETTLEMENT, PlacePrecision.FACILITY)
_DAYS = (Precision.MINUTE, Precision.HOUR, Precision.PART_OF_DAY, Precision.DAY)


@dataclass(frozen=True)
class Profile:
    """What, where and when, as far as the beginning of a document says; ``names`` are the towns with those of
    unknown position, ``all_towns`` and ``all_days`` what it names anywhere."""

    types: frozenset[EventType] = frozenset()
    towns: dict[str, Place] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    all_towns: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    all_days: frozenset[str] = frozenset()


def profile(document: Document, findings: Findings) -> Profile:
    """The profile of one document; empty when nothing was found."""
    current = [event for event in findings.events if event.status is EventStatus.ACTUAL and _early(event.evidence[0])]
    early = [place for place in findings.places if _early(place.evidence)]
    towns = _towns(event.place for event in current) or _towns(early)
    return Profile(
        types=frozenset(event.type for event in current),
        towns=towns,
        names=_names(event.place for event in current) or _names(early),
        all_towns=frozenset({**_towns(findings.places), **towns}),
        days=frozenset(day for event in current for day in event_days(event)),
        all_days=frozenset(day for event in findings.events for day in event_days(event)),
    )


def weighed(pairs: Iterable[tuple[int, int, float]], profiles: Sequence[Profile]) -> dict[tuple[int, int], float]:
    """Similarities with places and days heard.

    Two reports of one type of event in other towns, or on days further apart than one, have nothing in common and go. A common town
    adds the more the rarer it is among all documents.
    """
    common = Counter(name for one in profiles for name in one.names)
    found = {}
    for i, j, value in pairs:
        one, other = profiles[i], profiles[j]
        days = _days_apart(one, other)
        if one.types & other.types and (days > 1 or in_other_towns(one, other)):
            continue
        rarity = max((1.0 - common[name] / len(profiles) for name in one.names & other.names), default=0.0)
        found[i, j] = value * NEXT_DAY if one.types & other.types and days else min(value + SAME_TOWN * rarity**2, 1.0)
    return found


def in_other_towns(one: Profile, other: Profile) -> bool:
    """True when each says where it happened, neither names the towns of the other, and all of them are far apart."""
    if not one.towns or not other.towns or one.towns.keys() & other.all_towns or other.towns.keys() & one.all_towns:
        return False
    return all(_far(mine, theirs) for mine in one.towns.values() for theirs in other.towns.values())


def _days_apart(one: Profile, other: Profile) -> int:
    """Days between the nearest events of both; 0 when one names a day of the other anywhere, or gives none."""
    if not one.days or not other.days or one.days & other.all_days or other.days & one.all_days:
        return 0
    return min(abs((date.fromisoformat(mine) - date.fromisoformat(theirs)).days) for mine in one.days for theirs in other.days)


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


def _names(places: Iterable[Place | None]) -> frozenset[str]:
    """Names of towns, and names that several places bear: these have no position, but two reports that name one mean the same."""
    return frozenset(place.name.casefold() for place in places if place and (place.precision in _EXACT or place.ambiguous))


def _early(evidence: Evidence) -> bool:
    return evidence.part is Part.TITLE or evidence.start < LEAD
