"""Times: each form by example, resolved against a Wednesday."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extraction.calendar import Interval, resolve
from briefing.extraction.times import times
from briefing.models import Document, Part, Precision, Source

PUBLISHED = datetime(2026, 3, 4, 14, 30, tzinfo=UTC)
P = Precision


def only(text: str, published: datetime | None = PUBLISHED) -> tuple[str, Interval | None]:
    (match,) = times(text)
    return match.group(), resolve(match, published)


def when(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("text", "words", "start", "end", "precision"),
    [
        ("He said on Sunday that", "on Sunday", when(2026, 3, 1), when(2026, 3, 2), P.DAY),
        ("Wednesday's raid", "Wednesday", when(2026, 3, 4), when(2026, 3, 5), P.DAY),
        ("last Wednesday", "last Wednesday", when(2026, 2, 25), when(2026, 2, 26), P.DAY),
        ("next Monday", "next Monday", when(2026, 3, 9), when(2026, 3, 10), P.DAY),
        ("They will meet on Friday", "on Friday", when(2026, 3, 6), when(2026, 3, 7), P.DAY),
        ("ON SUNDAY", "ON SUNDAY", when(2026, 3, 1), when(2026, 3, 2), P.DAY),
        ("yesterday", "yesterday", when(2026, 3, 3), when(2026, 3, 4), P.DAY),
        ("the day before yesterday", "the day before yesterday", when(2026, 3, 2), when(2026, 3, 3), P.DAY),
        ("two days ago", "two days ago", when(2026, 3, 2), when(2026, 3, 3), P.DAY),
        ("24 November", "24 November", when(2025, 11, 24), when(2025, 11, 25), P.DAY),
        ("November 24, 2021", "November 24, 2021", when(2021, 11, 24), when(2021, 11, 25), P.DAY),
        ("01.01.2025", "01.01.2025", when(2025, 1, 1), when(2025, 1, 2), P.DAY),
        ("2026-03-01", "2026-03-01", when(2026, 3, 1), when(2026, 3, 2), P.DAY),
        ("2026-03-01T10:15Z", "2026-03-01T10:15Z", when(2026, 3, 1, 10, 15), when(2026, 3, 1, 10, 16), P.MINUTE),
        ("early Tuesday", "early Tuesday", when(2026, 3, 3, 3), when(2026, 3, 3, 7), P.PART_OF_DAY),
        ("on Sunday night", "on Sunday night", when(2026, 3, 1, 18), when(2026, 3, 2, 6), P.PART_OF_DAY),
        ("yesterday evening", "yesterday evening", when(2026, 3, 3, 17), when(2026, 3, 3, 23), P.PART_OF_DAY),
        ("last week", "last week", when(2026, 2, 23), when(2026, 3, 2), P.WEEK),
        ("just over a week ago", "just over a week ago", when(2026, 2, 23), when(2026, 3, 2), P.WEEK),
        ("in May", "in May", when(2025, 5, 1), when(2025, 6, 1), P.MONTH),
        ("three months ago", "three months ago", when(2025, 12, 1), when(2026, 1, 1), P.MONTH),
        ("in 2022", "in 2022", when(2022, 1, 1), when(2023, 1, 1), P.YEAR),
        ("last year", "last year", when(2025, 1, 1), when(2026, 1, 1), P.YEAR),
        ("since Friday", "since Friday", when(2026, 2, 27), PUBLISHED, P.RANGE),
        ("the past three days", "the past three days", when(2026, 3, 1), when(2026, 3, 5), P.RANGE),
        ("last weekend", "last weekend", when(2026, 2, 28), when(2026, 3, 2), P.RANGE),
        ("last summer", "last summer", when(2025, 6, 1), when(2025, 9, 1), P.RANGE),
        ("by March 20", "by March 20", None, when(2026, 3, 21), P.RANGE),
        ("before 5 January 2027", "before 5 January 2027", None, when(2027, 1, 5), P.RANGE),
        ("after Monday", "after Monday", when(2026, 3, 3), None, P.RANGE),
        ("two hours ago", "two hours ago", when(2026, 3, 4, 12), when(2026, 3, 4, 13), P.HOUR),
    ],
)
def test_words_name_an_interval(text: str, words: str, start: datetime | None, end: datetime | None, precision: Precision) -> None:
    assert only(text) == (words, Interval(start, end, precision))


@pytest.mark.parametrize("text", ["31 February", "two weeks earlier", "a day later", "the past few days"])
def test_what_cannot_be_settled_keeps_its_words_alone(text: str) -> None:
    assert only(text)[1] is None


@pytest.mark.parametrize(
    ("text", "resolved"), [("on Sunday", False), ("24 November", False), ("last week", False), ("in 2022", True), ("3 May 2021", True)]
)
def test_without_a_publication_date_only_full_dates_resolve(text: str, resolved: bool) -> None:
    assert (only(text, None)[1] is not None) is resolved


@pytest.mark.parametrize(
    "text", ["may be over", "March to the city", "killed 2024 people", "the 1990s", "a second time", "$2020", "sunny", "12.5.3"]
)
def test_no_time_is_invented(text: str) -> None:
    assert list(times(text)) == []


def test_days_are_days_of_the_zone_of_publication() -> None:
    late = datetime(2026, 3, 4, 23, 30, tzinfo=timezone(timedelta(hours=14)))
    interval = only("yesterday", late)[1]
    assert interval is not None
    assert interval.start == datetime(2026, 3, 3, tzinfo=late.tzinfo)
    autumn = only("on Sunday", datetime(2026, 10, 27, 9, tzinfo=ZoneInfo("Europe/Berlin")))[1]
    assert autumn is not None and autumn.start is not None and autumn.end is not None
    assert autumn.end.astimezone(UTC) - autumn.start.astimezone(UTC) == timedelta(hours=25)


def test_the_component_keeps_the_words_of_title_and_text(figures_nlp, document_of) -> None:  # type: ignore[no-untyped-def]
    from briefing.extraction.parsed import Parsed, parsed

    document: Document = document_of(
        "Two men were held on Sunday. A third left later in 2022.", title="Raid on Monday", published_at=PUBLISHED
    )
    assert isinstance(document.source, Source)
    for part, text, words in ((Part.TEXT, document.text, ["on Sunday", "in 2022"]), (Part.TITLE, document.title, ["on Monday"])):
        doc = figures_nlp.make_doc(text)
        doc._.briefing = Parsed(document, part)
        found = parsed(figures_nlp(doc)).times
        assert [time.evidence.quote for time in found] == words
        assert {time.evidence.part for time in found} == {part}
        assert all(time.start is not None and time.start.tzinfo is not None for time in found)


@given(st.text(max_size=200), st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.just(UTC)))
def test_any_text_and_any_date(text: str, published: datetime) -> None:
    for match in times(text):
        resolve(match, published)


PIECES = st.sampled_from(
    [
        "on ",
        "Sunday ",
        "last ",
        "next ",
        "24 ",
        "November ",
        "2022 ",
        "ago ",
        "two ",
        "weeks ",
        "early ",
        "since ",
        "night ",
        "31 ",
        "February ",
        "the ",
        "past ",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_intervals_run_forward(text: str) -> None:
    last = 0
    for match in times(text):
        assert last <= match.start() < match.end()
        last = match.end()
        interval = resolve(match, PUBLISHED)
        if interval is not None and interval.start is not None and interval.end is not None:
            assert interval.start < interval.end


@pytest.mark.parametrize("text", ["last " * 20_000, "May " * 20_000, "on " * 30_000, "1" * 100_000, '"' * 100_000])
def test_long_rows_do_not_hang(text: str) -> None:
    assert sum(1 for _ in times(text)) >= 0
