"""Exactly one issue per local date, whatever the zone and the clock change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from briefing.edition import cut_off, daily, one_off
from briefing.errors import UsageError
from briefing.models import Config, Document, Precision, Source

VIENNA = Config(timezone="Europe/Vienna", cut_off="06:00")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def document(published: str | None, precision: Precision = Precision.MINUTE) -> Document:
    at = datetime.fromisoformat(published) if published else None
    source = Source(id="a", name="a")
    return Document(id="x", source=source, name="x", text="x", sha256="", published_at=at, published_precision=precision)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-03T05:00", "2026-03-03T06:00:00+01:00"),
        ("2026-03-03T04:59", "2026-03-02T06:00:00+01:00"),
        ("2026-03-03T22:30", "2026-03-03T06:00:00+01:00"),
    ],
)
def test_the_cut_off_is_the_last_one_that_has_passed(at: str, expected: str) -> None:
    assert cut_off(VIENNA, utc(at)).isoformat() == expected


@pytest.mark.parametrize(("date", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)])
def test_a_day_may_have_23_or_25_hours(date: str, hours: int) -> None:
    edition = daily(VIENNA, utc(f"{date}T12:00"), None, None, 1)
    assert edition.date == date
    assert edition.period.end.astimezone(UTC) - edition.period.start.astimezone(UTC) == timedelta(hours=hours)


@pytest.mark.parametrize("zone", ["Europe/Vienna", "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu", "America/New_York"])
def test_periods_of_a_year_follow_one_another_without_gap(zone: str) -> None:
    config = Config(timezone=zone, cut_off="02:30")
    editions = [daily(config, datetime(2026, 1, 1, 12, tzinfo=ZoneInfo(zone)) + timedelta(days=n), None, None, n) for n in range(365)]
    assert len({edition.date for edition in editions}) == 365
    assert all(a.period.end == b.period.start for a, b in pairwise(editions))


def test_the_period_starts_at_the_last_cut_off_or_at_since() -> None:
    last = utc("2026-02-27T05:00")
    assert daily(VIENNA, utc("2026-03-03T05:00"), None, last, 2).period.start == last
    since = utc("2026-03-01T00:00")
    assert daily(VIENNA, utc("2026-03-03T05:00"), since, last, 2).period.start == since
    with pytest.raises(UsageError, match="not before the cut-off"):
        daily(VIENNA, utc("2026-03-03T05:00"), utc("2026-03-04T00:00"), None, 2)


def test_a_one_off_spans_the_dates_of_its_documents() -> None:
    documents = [document("2025-01-01T00:00+00:00", Precision.DAY), document("2025-01-03T23:30+00:00"), document(None)]
    edition = one_off(VIENNA, utc("2026-01-01T00:00"), None, None, documents)
    assert (edition.period.start.isoformat(), edition.period.end.isoformat()) == ("2025-01-01T00:00:00+01:00", "2025-01-04T00:31:00+01:00")
    assert (edition.issue, edition.one_off, edition.id) == (None, True, "brief-2025-01-04")


def test_a_one_off_of_one_dated_page_is_that_day() -> None:
    edition = one_off(Config(), utc("2026-01-01T00:00"), None, None, [document("2025-01-01T00:00+00:00", Precision.DAY)])
    assert (edition.date, edition.id) == ("2025-01-01", "brief-2025-01-01")


def test_a_one_off_without_dates_is_of_today() -> None:
    assert one_off(Config(), utc("2026-01-05T09:00"), None, None, [document(None)]).date == "2026-01-05"
