"""Is it a matter for a security brief at all, and does it touch the watch-list.

Comes in: a story with its documents and the watch-list. Goes out: watch-list hits in words, and the reason why a story is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from briefing.models import Document, Event, EventStatus, Findings, Part, WatchList
from briefing.stories.clustering import is_comment
from briefing.stories.conflicts import MEASURES
from briefing.stories.merging import Merged

__all__ = ["irrelevant", "watch_hits"]

_CURRENT = (EventStatus.ACTUAL, EventStatus.PLANNED)


def watch_hits(documents: Sequence[Document], watch: WatchList) -> tuple[str, ...]:
    """The entries of the watch-list that the documents name, as "place Orven", in the order of the list."""
    found = []
    for kind, entries in (("place", watch.places), ("actor", watch.actors), ("route", watch.routes), ("site", watch.sites)):
        for entry in entries:
            pattern = _whole_words(entry)
            if pattern and any(pattern.search(document.title) or pattern.search(document.text) for document in documents):
                found.append(f"{kind} {entry}")
    return tuple(found)


def irrelevant(documents: Sequence[Document], found: Mapping[str, Findings], merged: Merged, hits: Sequence[str]) -> str | None:
    """Why the story is left out, or None: it needs a report, and an event of now, a risk or a hit of the watch-list.

    An event mentioned in passing, without place and without victims, does not make a report of it: "She killed the rumour".
    """
    if all(is_comment(document) for document in documents):
        return "opinion or explainer without a report of the event it is about"
    if hits or merged.risks:
        return None
    victims = any(figure.measure in MEASURES and not figure.background for figure in merged.figures)
    current = [event for event in merged.events if event.status in _CURRENT]
    if any(victims or event.place or _leads(event, found) for event in current):
        return None
    if current:
        return "names a security event only in passing"
    if merged.events:
        return "only recalls, denies or imagines events"
    return "no security event, no risk and nothing of the watch-list"


def _leads(event: Event, found: Mapping[str, Findings]) -> bool:
    """True when some report has the event in its title or its first two sentences."""
    for evidence in event.evidence:
        lead = found[evidence.document_id].sentences[:2]
        if evidence.part is Part.TITLE or any(start <= evidence.start < end for start, end in lead):
            return True
    return False


@lru_cache(maxsize=512)
def _whole_words(entry: str) -> re.Pattern[str] | None:
    words = entry.split()
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE) if words else None
