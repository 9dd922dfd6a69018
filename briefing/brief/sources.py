"""The source list, the marking and the map points of a brief.

Comes in: all documents of the run and the printed stories. Goes out: cited documents, numbered in order of first citation; the marking
check; the places that can be put on a map.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from briefing.errors import ConfigurationError
from briefing.models import CitedDocument, Document, Evidence, MapPoint, Marking, Place, PlacePrecision, Precision, Story

__all__ = ["check_marking", "cited_documents", "map_points"]

_ON_MAP = (PlacePrecision.FACILITY, PlacePrecision.SETTLEMENT, PlacePrecision.REGION)
_CLOCK = (Precision.MINUTE, Precision.HOUR)


def cited_documents(
    documents: Sequence[Document], evidence: Iterable[Evidence], stories: Sequence[Story], timezone: str
) -> tuple[CitedDocument, ...]:
    """Documents as they are first cited, then the other documents of the stories, then those in another language, which no story
    has: the reader should know they were there."""
    by_id = {document.id: document for document in documents}
    told = [document for story in stories for document in story.documents]
    foreign = [document.id for document in documents if any(label.startswith("language:") for label in document.labels)]
    order = dict.fromkeys((*(one.document_id for one in evidence), *told, *foreign))
    known = [by_id[name] for name in order if name in by_id]
    return tuple(_cited(number, document, stories, ZoneInfo(timezone)) for number, document in enumerate(known, 1))


def _cited(number: int, document: Document, stories: Sequence[Story], zone: ZoneInfo) -> CitedDocument:
    return CitedDocument(
        number=number,
        id=document.id,
        source_id=document.source.id,
        source=document.source.name,
        publisher=document.source.owner,
        title=document.title or document.name,
        url=document.url,
        published_at=_shown(document.published_at, document.published_precision, zone),
        published_precision=document.published_precision,
        published_from=document.published_from,
        language=document.language,
        kind=document.kind,
        reliability=document.source.reliability,
        wire=document.wire,
        labels=document.labels,
        duplicate_of=document.duplicate_of,
        sha256=document.sha256,
        story_ids=tuple(story.id for story in stories if document.id in story.documents),
    )


def _shown(moment: datetime | None, precision: Precision, zone: ZoneInfo) -> datetime | None:
    """A clock time moves into the zone of the brief; a bare date stays the date it is."""
    return moment.astimezone(zone) if moment and precision in _CLOCK else moment


def check_marking(marking: Marking | None, documents: Sequence[Document]) -> None:
    """ConfigurationError when a source is marked higher than the brief (an unmarked brief is lower than any mark)."""
    for document in documents:
        needed = document.source.marking
        if needed is not None and (marking is None or marking.rank < needed.rank):
            mine = f"marked {marking}" if marking else "unmarked"
            source = document.source.name
            raise ConfigurationError(f"marking: the brief is {mine}, source {source} {needed}; set `marking: {needed}` or leave it out")


def map_points(stories: Sequence[Story]) -> tuple[MapPoint, ...]:
    """Places of the stories with one known position: facilities, settlements and regions, each once, in story order."""
    points: dict[tuple[str, float, float], dict[str, None]] = {}
    for story in stories:
        for place in (*(event.place for event in story.events), *story.places):
            if place is not None and _on_map(place):
                points.setdefault((place.name, place.latitude or 0.0, place.longitude or 0.0), {})[story.id] = None
    return tuple(MapPoint(name=name, latitude=lat, longitude=lon, story_ids=tuple(ids)) for (name, lat, lon), ids in points.items())


def _on_map(place: Place) -> bool:
    return not place.ambiguous and place.latitude is not None and place.longitude is not None and place.precision in _ON_MAP
