"""Which issue a run makes: pure decisions from the configuration, the clock and what was issued before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from briefing.errors import UsageError
from briefing.models import Config, Document, Edition, Period, Precision, SourceSettings

__all__ = ["cut_off", "daily", "dated", "one_off"]


def cut_off(config: Config, at: datetime) -> datetime:
    """The last daily cut-off at or before ``at``, in the zone of the brief."""
    zone = ZoneInfo(config.timezone)
    here = at.astimezone(zone)
    hour, minute = map(int, config.cut_off.split(":"))
    today = datetime.combine(here.date(), time(hour, minute), zone)
    return today if today <= here else datetime.combine(here.date() - timedelta(days=1), time(hour, minute), zone)


def daily(config: Config, at: datetime, since: datetime | None, last: datetime | None, number: int) -> Edition:
    """The issue due at ``at``: from the last issue's cut-off (or one local day, or ``since``) to this one, half open.

    Local days of 23 or 25 hours are what they are: the period runs from wall clock to wall clock. UsageError when ``since`` is not
    before the cut-off.
    """
    end = cut_off(config, at)
    day_before = datetime.combine(end.date() - timedelta(days=1), end.time(), end.tzinfo)
    start = since or (last if last and last < end else day_before)
    if start >= end:
        raise UsageError(f"--since {start.isoformat()} is not before the cut-off {end.isoformat()}; choose an earlier time")
    date = end.date().isoformat()
    return Edition(
        id=f"{config.brief}-{date}",
        date=date,
        issue=number,
        period=Period(start=start.astimezone(end.tzinfo), end=end),
        prepared_at=at.astimezone(end.tzinfo),
        timezone=config.timezone,
    )


def one_off(config: Config, at: datetime, since: datetime | None, until: datetime | None, documents: Iterable[Document]) -> Edition:
    """A brief from named files: no number, and the period is the span of the documents' dates unless times are given.

    A day known without its hour counts whole. Without any date the period is the day of ``at``.
    """
    zone = ZoneInfo(config.timezone)
    spans = [_span(document, zone) for document in documents if document.published_at]
    midnight = datetime.combine(at.astimezone(zone).date(), time(), zone)
    end = until.astimezone(zone) if until else max((end for _, end in spans), default=midnight + timedelta(days=1))
    start = since.astimezone(zone) if since else min((start for start, _ in spans), default=midnight)
    if start >= end:
        raise UsageError(f"the period would start at {start.isoformat()} and end at {end.isoformat()}; check --since and --at")
    date = (end - timedelta(microseconds=1)).date().isoformat()
    return Edition(
        id=f"brief-{date}",
        date=date,
        period=Period(start=start, end=end),
        prepared_at=at.astimezone(zone),
        timezone=config.timezone,
        one_off=True,
    )


def dated(sources: Iterable[SourceSettings], date: str) -> tuple[SourceSettings, ...]:
    """The enabled sources, with ``{date}`` in a path or glob replaced by the local date of the issue (folders by day)."""
    return tuple(
        source.model_copy(
            update={
                "glob": source.glob.replace("{date}", date),
                "path": Path(str(source.path).replace("{date}", date)) if source.path else None,
            }
        )
        for source in sources
        if source.enabled
    )


def _span(document: Document, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From first to last moment at which the document may have been published."""
    assert document.published_at is not None  # noqa: S101  (the caller filters)
    if document.published_precision in (Precision.MINUTE, Precision.HOUR):
        moment = document.published_at.astimezone(zone)
        return moment, moment + timedelta(minutes=1)
    day = datetime.combine(document.published_at.date(), time(), zone)
    return day, datetime.combine(day.date() + timedelta(days=1), time(), zone)
