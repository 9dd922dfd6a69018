"""Equal texts and versions of one article."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from briefing.models import Document, Source
from briefing.text.duplicates import Candidate, sorted_out

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def candidate(
    number: int,
    text: str,
    *,
    outlet: str = "Post",
    publisher: str | None = None,
    hours: float = 0,
    key: str | None = None,
    updated: float | None = None,
) -> Candidate:
    document = Document(
        id=f"id{number}",
        source=Source(id=outlet, name=outlet, publisher=publisher),
        name=f"item {number}",
        text=text,
        sha256="0",
        published_at=NOON + timedelta(hours=hours),
    )
    return Candidate(document, number, key, NOON + timedelta(hours=updated) if updated is not None else None)


def test_the_same_text_of_another_publisher_stays_and_says_so() -> None:
    kept, dropped = sorted_out([candidate(2, "TWO died, he said.", outlet="Courier", hours=1), candidate(1, "Two died he said")])
    assert [(one.document.id, one.document.duplicate_of) for one in kept] == [("id1", None), ("id2", "id1")]
    assert dropped == []


def test_the_same_text_of_the_same_publisher_is_dropped() -> None:
    kept, dropped = sorted_out(
        [
            candidate(1, "Two died.", outlet="Post", publisher="Group"),
            candidate(2, "Two died.", outlet="Evening Post", publisher="Group", hours=2),
        ]
    )
    assert [one.number for one in kept] == [1]
    assert [(one.candidate.number, one.reason) for one in dropped] == [(2, "same text as item 1 (Post)")]


def test_the_newest_version_of_an_address_is_kept() -> None:
    kept, dropped = sorted_out([candidate(1, "Two died.", key="k", hours=0), candidate(2, "Three died.", key="k", hours=3)])
    assert [one.number for one in kept] == [2]
    assert dropped[0].reason == "older version of item 2 (Post)"


def test_of_equal_copies_of_an_address_the_first_published_is_kept() -> None:
    kept, dropped = sorted_out(
        [candidate(1, "Two died.", key="k", hours=3), candidate(2, "TWO died", key="k", hours=1), candidate(3, "One died.", key="k")]
    )
    assert [one.number for one in kept] == [2]
    assert [(one.candidate.number, one.reason) for one in dropped] == [
        (1, "same text as item 2 (Post)"),
        (3, "older version of item 2 (Post)"),
    ]


def test_the_time_of_the_last_change_tells_versions_apart() -> None:
    kept, _ = sorted_out([candidate(1, "Three died.", key="k", updated=5), candidate(2, "Two died.", key="k", updated=1)])
    assert [one.number for one in kept] == [1]


def test_different_texts_are_all_kept_oldest_first() -> None:
    kept, dropped = sorted_out([candidate(1, "Two died.", hours=2), candidate(2, "Three died.", hours=1)])
    assert [one.number for one in kept] == [2, 1]
    assert dropped == []


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.integers(0, 2), st.sampled_from([None, "k", "l"])), max_size=12),
    st.randoms(),
)
def test_the_order_of_the_items_does_not_matter(parts: list[tuple[str, str, int, str | None]], chance: random.Random) -> None:
    candidates = [candidate(number, text, outlet=outlet, hours=hours, key=key) for number, (outlet, text, hours, key) in enumerate(parts)]
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    kept, dropped = sorted_out(candidates)
    again, _ = sorted_out(shuffled)
    assert [one.document for one in kept] == [one.document for one in again]
    assert sorted(one.number for one in kept) + sorted(one.candidate.number for one in dropped) != [] or not parts
    assert {one.number for one in kept} | {one.candidate.number for one in dropped} == set(range(len(parts)))
