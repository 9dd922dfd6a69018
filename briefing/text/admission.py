"""Which documents are kept. Pure: the same document, window and clock give the same decision.

What the user named on the command line is never dropped for its date or language; it is labelled instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from briefing.models import Document, Drop, Period, Precision

__all__ = ["AFTER_CUT_OFF", "Decision", "admitted"]

AFTER_CUT_OFF = "published after the cut-off"
"""Not this issue's: the period is half-open. A later issue reads the document again."""

AHEAD = timedelta(hours=12)
"""Clocks and zones differ: a document may be dated so far after the run."""


@dataclass(frozen=True, slots=True)
class Decision:
    """``drop`` and its reason, or the labels of a kept document."""

    drop: Drop | None = None
    reason: str | None = None
    labels: tuple[str, ...] = ()


def admitted(
    document: Document,
    *,
    explicit: bool,
    languages: tuple[str, ...],
    window: Period | None,
    at: datetime | None,
    max_age_hours: int,
) -> Decision:
    """Whether ``document`` is kept. An explicit one is dropped only when it is empty.

    With a window ``[start, end)``, what was published from ``max_age_hours`` before its start on is kept: reports that came in late.
    """
    if not document.text.strip():
        return Decision(Drop.EMPTY, "no text but its title; nothing to read")
    labels: list[str] = []
    for fault in (_language(document, languages), _date(document, window, at, max_age_hours)):
        if fault is None:
            continue
        drop, reason, label = fault
        if not explicit:
            return Decision(drop, reason)
        labels.append(label)
    return Decision(labels=tuple(labels))


def _language(document: Document, languages: tuple[str, ...]) -> tuple[Drop, str, str] | None:
    wanted = {language.casefold().split("-")[0] for language in languages}
    if not wanted or document.language in wanted:
        return None
    return Drop.LANGUAGE, f"written in {document.language}; `languages` are {', '.join(languages)}", f"language: {document.language}"


def _date(document: Document, window: Period | None, at: datetime | None, max_age_hours: int) -> tuple[Drop, str, str] | None:
    published = document.published_at
    if published is None:
        return Drop.UNDATED, "no date in its metadata, text, address or file name; give one", "undated"
    day = published.date().isoformat()
    if at is not None and published > at + AHEAD:
        return Drop.FUTURE, f"dated {day}, after this run; check its date", "future-dated"
    if window is None:
        return None
    oldest = window.start - timedelta(hours=max_age_hours)
    if document.published_precision is Precision.DAY:
        # A day is too early when it has ended, and too late when it begins after the local day of the cut-off.
        early, late = published + timedelta(days=1) <= oldest, published.date() > window.end.date()
    else:
        early, late = published < oldest, published >= window.end
    if late:
        return Drop.FUTURE, AFTER_CUT_OFF, "future-dated"
    if early:
        return Drop.STALE, f"published {day}, more than {max_age_hours} hours before the period", "stale"
    return None
