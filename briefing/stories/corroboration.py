"""Who stands behind a story: independent publishers, the credibility of the information, and how confident one may be.

Comes in: the documents of a story, the origin of each text, its conflicts and events. Goes out: grades with reasons in words, each
of which is a count the reader can check.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.models import Conflict, Document, Event, EventStatus, Reliability, independent_publishers
from briefing.stories.clustering import is_comment
from briefing.stories.conflicts import main_event

__all__ = ["Standing", "standing"]

_JUDGED = (Reliability.A, Reliability.B, Reliability.C)


@dataclass(frozen=True)
class Standing:
    """``credibility`` is the second half of the Admiralty grade (1–6), ``confidence`` one of low, moderate, high."""

    publishers: tuple[str, ...]
    credibility: int
    credibility_reasons: tuple[str, ...]
    confidence: str
    confidence_reasons: tuple[str, ...]


def standing(documents: Sequence[Document], origins: Mapping[str, str], events: Sequence[Event], conflicts: Sequence[Conflict]) -> Standing:
    """Grades of one story. Comments count for nothing, a text counts once whoever reprints it."""
    reports = [document for document in documents if not is_comment(document)]
    publishers = independent_publishers((document.source.owner, origins[document.id]) for document in reports)
    best = min((document.source.reliability for document in reports), default=Reliability.F)
    count = _count(len(publishers), "independent publisher")
    differ = tuple(f"figures for {conflict.measure} differ" for conflict in conflicts)
    repeats = _repeats(reports, origins)
    credibility, why = _credibility(publishers, best, events, reports, differ)
    confidence = _confidence(len(publishers), credibility, bool(differ))
    single = ("single source",) if len(publishers) < 2 else ()
    return Standing(
        publishers=publishers,
        credibility=credibility,
        credibility_reasons=(*why, *repeats),
        confidence=confidence,
        confidence_reasons=(count, *single, *differ, *repeats),
    )


def _credibility(
    publishers: Sequence[str], best: Reliability, events: Sequence[Event], reports: Sequence[Document], differ: tuple[str, ...]
) -> tuple[int, tuple[str, ...]]:
    """1 confirmed by others, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged."""
    denied = _denial(events, reports)
    if denied is not None:
        equal = denied <= best
        return (5 if equal else 4), (f"denied by {'an equal or better' if equal else 'a lesser'} source",)
    count = _count(len(publishers), "independent publisher")
    if len(publishers) >= 2 and not differ:
        return 1, (f"{count} agree",)
    if len(publishers) >= 2:
        return 2, (f"{count} report it", *differ)
    if best in _JUDGED:
        return 3, (f"not confirmed: {count}, reliability {best}", *differ)
    return 6, (f"cannot be judged: {count}, reliability {best}", *differ)


def _denial(events: Sequence[Event], reports: Sequence[Document]) -> Reliability | None:
    """The best reliability among the documents in which the story's event is denied."""
    about = main_event(events)
    if about is None:
        return None
    reliability = {document.id: document.source.reliability for document in reports}
    denials = [event for event in events if event.status is EventStatus.DENIED and event.type is about.type]
    documents = {evidence.document_id for event in denials for evidence in event.evidence} - {e.document_id for e in about.evidence}
    return min((reliability[document] for document in documents if document in reliability), default=None)


def _confidence(publishers: int, credibility: int, differ: bool) -> str:
    if credibility in (4, 5) or publishers < 2:
        return "low"
    return "high" if publishers >= 3 and not differ else "moderate"


def _repeats(reports: Sequence[Document], origins: Mapping[str, str]) -> tuple[str, ...]:
    """ "3 documents carry one text of Orven Wire", for each text that counts once."""
    carried: dict[str, set[str]] = {}
    for document in reports:
        carried.setdefault(origins[document.id], set()).add(document.source.owner)
    return tuple(f"{len(owners)} publishers carry one text of {origin}" for origin, owners in carried.items() if len(owners) > 1)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
