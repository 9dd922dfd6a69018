"""Which documents are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from briefing.models import Document, Drop, Period, Precision, Source
from briefing.text.admission import Decision, admitted

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
WINDOW = Period(start=START, end=START + timedelta(days=1))


def document(
    published: datetime | None = START, *, text: str = "Two died.", language: str = "en", precision: Precision = Precision.MINUTE
) -> Document:
    return Document(
        id="d",
        source=Source(id="s", name="S"),
        name="n",
        text=text,
        sha256="0",
        language=language,
        published_at=published,
        published_precision=precision,
    )


def decide(one: Document, *, explicit: bool = False, languages: tuple[str, ...] = ("en",)) -> Decision:
    return admitted(one, explicit=explicit, languages=languages, window=WINDOW, at=WINDOW.end, max_age_hours=48)


@pytest.mark.parametrize(
    ("one", "drop", "label"),
    [
        (document(None), Drop.UNDATED, "undated"),
        (document(START - timedelta(hours=49)), Drop.STALE, "stale"),
        (document(START - timedelta(hours=48, minutes=1)), Drop.STALE, "stale"),
        (document(datetime(2026, 2, 27, tzinfo=UTC), precision=Precision.DAY), Drop.STALE, "stale"),
        (document(WINDOW.end + timedelta(hours=13)), Drop.FUTURE, "future-dated"),
        (document(WINDOW.end), Drop.FUTURE, "future-dated"),
        (document(datetime(2026, 3, 4, tzinfo=UTC), precision=Precision.DAY), Drop.FUTURE, "future-dated"),
        (document(language="de"), Drop.LANGUAGE, "language: de"),
    ],
)
def test_what_is_dropped_is_labelled_when_the_user_named_it(one: Document, drop: Drop, label: str) -> None:
    decision = decide(one)
    assert decision.drop is drop
    assert decision.reason
    assert "\n" not in decision.reason
    assert decide(one, explicit=True) == Decision(labels=(label,))


@pytest.mark.parametrize(
    "one",
    [
        document(),
        document(START - timedelta(hours=48)),
        document(WINDOW.end - timedelta(minutes=1)),
        document(datetime(2026, 2, 28, tzinfo=UTC), precision=Precision.DAY),
        document(datetime(2026, 3, 3, tzinfo=UTC), precision=Precision.DAY),
    ],
)
def test_what_is_kept(one: Document) -> None:
    assert decide(one) == Decision()


def test_what_was_published_after_the_cut_off_is_left_for_a_later_issue() -> None:
    late = document(WINDOW.end + timedelta(hours=1))
    assert decide(late).reason == "published after the cut-off"
    following = Period(start=WINDOW.end, end=WINDOW.end + timedelta(days=1))
    assert admitted(late, explicit=False, languages=("en",), window=following, at=following.end, max_age_hours=48) == Decision()


def test_a_day_is_compared_with_the_local_day_of_the_cut_off() -> None:
    east = timezone(timedelta(hours=13))
    window = Period(start=datetime(2026, 3, 2, 6, tzinfo=east), end=datetime(2026, 3, 3, 6, tzinfo=east))  # 2026-03-02 17:00 UTC
    today, tomorrow = (document(datetime(2026, 3, day, tzinfo=UTC), precision=Precision.DAY) for day in (3, 4))
    verdicts = [admitted(one, explicit=False, languages=("en",), window=window, at=None, max_age_hours=48) for one in (today, tomorrow)]
    assert [verdict.drop for verdict in verdicts] == [None, Drop.FUTURE]


def test_an_empty_document_is_always_dropped() -> None:
    assert decide(document(text=" "), explicit=True).drop is Drop.EMPTY


def test_several_labels_stand_together() -> None:
    assert decide(document(None, language="de"), explicit=True).labels == ("language: de", "undated")


def test_languages_are_compared_by_their_primary_subtag() -> None:
    assert decide(document(language="de"), languages=("en-GB", "DE")).drop is None


def test_without_a_window_and_a_clock_only_the_date_itself_counts() -> None:
    old = document(datetime(1999, 1, 1, tzinfo=UTC))
    assert admitted(old, explicit=False, languages=("en",), window=None, at=None, max_age_hours=48) == Decision()
