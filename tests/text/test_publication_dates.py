"""Dates of publication: what is read, with which precision, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.models import Precision
from briefing.text.dates import alone, in_path, read


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2026-03-03T14:05:00+05:30", "2026-03-03T08:35"),
        ("2026-03-03T14:05:00.123Z", "2026-03-03T14:05"),
        ("2026-03-03 14:05 UTC", "2026-03-03T14:05"),
        ("Tue, 03 Mar 2026 14:05:09 +0100", "2026-03-03T13:05"),
        ("Tue, 03 Mar 2026 14:05:09 EST", "2026-03-03T19:05"),
        ("3 March 2026, 14:05 CET", "2026-03-03T13:05"),
        ("March 3, 2026 at 2:05 p.m. GMT", "2026-03-03T14:05"),
        ("14:05 BST, 3 July 2026", "2026-07-03T13:05"),
        ("031405Z MAR 26", "2026-03-03T14:05"),
        ("3 March 2026 00:30 NPT", "2026-03-02T18:45"),
        ("Published 03.03.2026 12 am UTC", "2026-03-03T00:00"),
        ("1772546700", "2026-03-03T14:05"),
        ("1772546700000", "2026-03-03T14:05"),
    ],
)
def test_a_time_with_a_zone_is_a_minute_in_utc(words: str, expected: str) -> None:
    moment = read(words)
    assert moment is not None
    assert moment.at.isoformat()[:16] == expected
    assert moment.at.tzinfo is UTC
    assert moment.precision is Precision.MINUTE
    assert moment.zoned


@pytest.mark.parametrize(
    "words",
    [
        "2026-03-03",
        "03.03.2026",
        "3. 3. 2026",
        "3rd March 2026",
        "the 3rd of March 2026",
        "Mar 3, 2026",
        "2026/03/03",
        "20260303",
        "3-Mar-2026",
    ],
)
def test_a_date_without_a_time_is_a_day(words: str) -> None:
    moment = read(words)
    assert moment is not None
    assert (moment.at, moment.precision) == (datetime(2026, 3, 3, tzinfo=UTC), Precision.DAY)


def test_dotted_dates_are_day_first() -> None:
    moment = read("04.11.2026")
    assert moment is not None
    assert (moment.at.day, moment.at.month) == (4, 11)


@pytest.mark.parametrize("words", ["03/04/2025", "3-4-2025", "12/11/2026"])
def test_numbers_that_could_be_day_or_month_are_no_date(words: str) -> None:
    assert read(words) is None


@pytest.mark.parametrize(("words", "day", "month"), [("23/04/2025", 23, 4), ("04/23/2025", 23, 4), ("05/05/2025", 5, 5)])
def test_numbers_of_which_one_must_be_the_day_are_a_date(words: str, day: int, month: int) -> None:
    moment = read(words)
    assert moment is not None
    assert (moment.at.day, moment.at.month) == (day, month)


def test_a_time_without_a_zone_is_utc_and_says_so() -> None:
    moment = read("2026-03-03T14:05:00")
    assert moment is not None
    assert moment.at == datetime(2026, 3, 3, 14, 5, tzinfo=UTC)
    assert not moment.zoned


def test_a_zone_with_several_meanings_leaves_the_day() -> None:
    moment = read("3 March 2026 14:05 IST")
    assert moment is not None
    assert moment.precision is Precision.DAY


@pytest.mark.parametrize(
    "words", ["", "a", "may", "12", "soon", "yesterday", "31.02.2026", "2026-13-01", "99.99.9999", "March 2026", "v1.2.2026.4"]
)
def test_nothing_is_invented(words: str) -> None:
    assert read(words) is None


@pytest.mark.parametrize(
    "words", ["Tuesday, 3 March 2026", "Published: 3 March 2026 14:05 GMT", "03.03.2026", "Last updated on 3 March 2026 at 5 pm"]
)
def test_a_date_line_is_a_date_alone(words: str) -> None:
    assert alone(words) is not None


@pytest.mark.parametrize("words", ["On 3 March 2026 the bridge fell", "Budget 2026-03-03 draft", "3 March 2026: two soldiers killed"])
def test_a_sentence_with_a_date_is_no_date_line(words: str) -> None:
    assert alone(words) is None


@pytest.mark.parametrize(
    "path",
    [
        "/world/2026/03/03/dorra-clashes",
        "/2026/mar/03/dorra",
        "2026-03-03 clashes.txt",
        "brief_20260303.pdf",
        "03.03.2026.docx",
        "report-2026-3-3.md",
    ],
)
def test_dates_in_addresses_and_file_names(path: str) -> None:
    moment = in_path(path)
    assert moment is not None
    assert moment.at == datetime(2026, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize("path", ["report 03-04-2026.txt", "item-12345678.txt", "/a/b", "20261399", ""])
def test_paths_without_a_sure_date(path: str) -> None:
    assert in_path(path) is None


@given(st.text(max_size=300))
def test_any_words_give_a_moment_or_none(words: str) -> None:
    moment = read(words)
    assert moment is None or moment.at.tzinfo is UTC
    alone(words)
    in_path(words)


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)), st.integers(-840, 840))
def test_iso_times_survive(local: datetime, offset: int) -> None:
    at = local.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=offset)))
    moment = read(at.isoformat())
    assert moment is not None
    assert moment.at == at
