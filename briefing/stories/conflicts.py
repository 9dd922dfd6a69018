"""Figures that disagree, side by side.

Comes in: the merged figures and events of one story and its documents, newest first. Goes out: conflicts, each sorted from lowest to
highest with the newest marked. Nothing is added up and nothing averaged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefing.models import Conflict, Event, EventStatus, Figure, Measure, Part, PlacePrecision, Qualifier
from briefing.stories.counted import counted_class
from briefing.stories.tolls import is_added, is_freed, is_older, is_part, is_remaining

__all__ = ["MEASURES", "conflicts", "main_event", "main_figures"]

MEASURES = (Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.ABDUCTED, Measure.DETAINED, Measure.DISPLACED)
"""What an event has one true number of. Two numbers of vessels or per cents are mostly of two different things."""

_EXACT = (PlacePrecision.SETTLEMENT, PlacePrecision.FACILITY)


def main_event(events: Sequence[Event]) -> Event | None:
    """The event the story is about: the current one that most documents report, in headlines first."""
    current = [event for event in events if event.status in (EventStatus.ACTUAL, EventStatus.PLANNED)]
    return max(current, key=lambda event: (len(event.evidence), _in_title(event), -current.index(event)), default=None)


def conflicts(figures: Sequence[Figure], events: Sequence[Event], newest_first: Sequence[str]) -> tuple[Conflict, ...]:
    """Each measure and class of counted for which reports give different numbers."""
    recency = {document: -place for place, document in enumerate(newest_first)}
    found = []
    for measure in MEASURES:
        for members in _by_class(_tolls(figures, events, measure, newest_first)):
            if len({figure.number for figure in members}) > 1:
                ordered = sorted(members, key=lambda figure: (figure.least, figure.high or 0.0, figure.id))
                newest = max(range(len(ordered)), key=lambda i: (_newest(ordered[i], recency), i))
                found.append(Conflict(measure=measure, figures=tuple(ordered), newest=newest))
    return tuple(found)


def main_figures(figures: Sequence[Figure], events: Sequence[Event], newest_first: Sequence[str]) -> dict[Measure, Figure]:
    """The figure of each measure that stands for the story: from the newest report, of anyone before a class, most reported."""
    recency = {document: -place for place, document in enumerate(newest_first)}
    chosen = {}
    for measure in MEASURES:
        members = _tolls(figures, events, measure, newest_first) or [f for f in figures if _counts(f, measure) and not is_part(f)]
        if members:
            order = {figure.id: -place for place, figure in enumerate(members)}
            newest = max(
                members,
                key=lambda f: (counted_class(f) == "people", _newest(f, recency), f.number is not None, len(f.evidence), order[f.id]),
            )
            chosen[measure] = _fulfilled(newest, members, recency)
    return chosen


def _fulfilled(bound: Figure, members: Sequence[Figure], recency: Mapping[str, int]) -> Figure:
    """For a lower bound ("at least 22") the newest higher number of the same people that it does not contradict ("23")."""
    if bound.qualifier not in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        return bound
    higher = [f for f in members if counted_class(f) == counted_class(bound) and f.least > bound.least]
    return max(higher, key=lambda figure: (_newest(figure, recency), figure.least), default=bound)


def _tolls(figures: Sequence[Figure], events: Sequence[Event], measure: Measure, documents: Sequence[str]) -> list[Figure]:
    """For each document and class its own toll: one linked to the main event before others, the first in reading order; and what
    another source in the same document says instead. What a document calls older is no toll of it, nor of those before it."""
    about = main_event(events)
    linked = set(about.outcomes) if about else set()
    elsewhere = {figure for event in events if about and _other_place(event, about) for figure in event.outcomes} - linked
    candidates = [f for f in figures if _counts(f, measure) and f.number is not None and f.id not in elsewhere]
    candidates = [f for f in candidates if not _is_article(f)] or candidates
    chosen: dict[str, Figure] = {}
    outdated: set[tuple[str, float | None]] = set()
    for document in documents:
        mine = [figure for figure in candidates if any(evidence.document_id == document for evidence in figure.evidence)]
        for members in _by_class(mine):
            current, older = _current(members, document)
            outdated |= {(counted_class(figure), figure.number) for figure in older}
            current = [figure for figure in current if (counted_class(figure), figure.number) not in outdated]
            if not current:
                continue
            first = min(current, key=lambda figure: (figure.id not in linked, *_position(figure, document)))
            chosen[first.id] = first
            chosen |= {figure.id: figure for figure in current if _said_by_another(figure, first)}
            if is_remaining(first, _mention(first, document)):
                outdated |= {(counted_class(figure), figure.number) for figure in candidates if figure is not first}
    return [figure for figure in candidates if figure.id in chosen]


def _is_article(figure: Figure) -> bool:
    """ "A worker died": one of the dead, beside any number."""
    return figure.evidence[0].quote.casefold() in ("a", "an")


def _current(members: Sequence[Figure], document: str) -> tuple[list[Figure], list[Figure]]:
    """The whole tolls of one document, and the older ones it has a newer one for."""
    whole = [figure for figure in members if not _is_partial(figure, members, document)]
    older = [figure for figure in whole if is_older(figure, _mention(figure, document))]
    current = [figure for figure in whole if figure not in older]
    return (current, older) if current else (whole, [])


def _is_partial(figure: Figure, members: Sequence[Figure], document: str) -> bool:
    """A part of others; "another 12" only where the document has counted the same before."""
    at = _mention(figure, document)
    if is_part(figure, at):
        return True
    place = _position(figure, document)
    return is_added(figure, at) and any(_position(other, document) < place for other in members if other is not figure)


def _counts(figure: Figure, measure: Measure) -> bool:
    return figure.measure is measure and not figure.part_of_total and not figure.background and not is_freed(figure)


def _by_class(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(counted_class(figure), []).append(figure)
    yield from groups.values()


def _said_by_another(figure: Figure, first: Figure) -> bool:
    said, heard = figure.attributed_to, first.attributed_to
    return said is not None and heard is not None and said.quote.casefold() != heard.quote.casefold()


def _other_place(event: Event, about: Event) -> bool:
    """True for another town; "in Niger" may be the same place said more widely."""
    if event.place is None or about.place is None or event.place.precision not in _EXACT or about.place.precision not in _EXACT:
        return False
    return event.place.name.casefold() != about.place.name.casefold()


def _position(figure: Figure, document: str) -> tuple[bool, int]:
    """Where the figure stands in the document, the text before the headline: a headline rounds."""
    evidence = figure.evidence[_mention(figure, document)]
    return evidence.part is Part.TITLE, evidence.start


def _mention(figure: Figure, document: str) -> int:
    return next(at for at, evidence in enumerate(figure.evidence) if evidence.document_id == document)


def _newest(figure: Figure, recency: Mapping[str, int]) -> int:
    return max(recency.get(evidence.document_id, -len(recency)) for evidence in figure.evidence)


def _in_title(event: Event) -> bool:
    return any(evidence.part is Part.TITLE for evidence in event.evidence)
