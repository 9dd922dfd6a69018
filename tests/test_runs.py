"""How a run ends: pure decisions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefing.models import (
    ArtifactRow,
    Brief,
    Coverage,
    Document,
    DocumentRow,
    Drop,
    Methodology,
    Period,
    Receipt,
    RunReport,
    Source,
    SourceRow,
)
from briefing.runs import Stopwatch, artifact_rows, exit_code, one_row_each, unreported, why_nothing


def brief(asked: int, answered: int) -> Brief:
    now = datetime(2026, 3, 2, 6, tzinfo=UTC)
    return Brief(
        id="daily-2026-03-02",
        title="t",
        date="2026-03-02",
        period=Period(start=now, end=now),
        cut_off=now,
        prepared_at=now,
        timezone="UTC",
        coverage=Coverage(sources_asked=asked, sources_answered=answered),
        methodology=Methodology(software="s", model="m"),
    )


@pytest.mark.parametrize(
    ("asked", "answered", "written", "frozen", "code"),
    [
        (5, 4, True, False, 0),
        (5, 0, True, False, 69),
        (0, 0, True, False, 69),
        (5, 5, False, False, 1),
        (5, 0, False, False, 1),
        (5, 0, True, True, 0),
    ],
)
def test_exit_codes(asked: int, answered: int, written: bool, frozen: bool, code: int) -> None:
    report = RunReport(artifacts=(ArtifactRow(format="pdf", written=written),))
    assert exit_code(report, brief(asked, answered), frozen=frozen) == code


def test_each_document_has_one_row_the_latest() -> None:
    first = (DocumentRow(name="a", source="s", document_id="1"), DocumentRow(name="b", source="s", document_id="2"))
    unread = (DocumentRow(name="c", source="s", drop=Drop.UNREADABLE, reason="binary"),)
    later = (DocumentRow(name="b", source="s", document_id="2", drop=Drop.NOT_RELEVANT, reason="sport"),)
    assert one_row_each(unread, first, later) == (*unread, first[0], *later)


def test_what_was_read_for_an_earlier_issue_is_no_news() -> None:
    documents = [Document(id=name, source=Source(id="s", name="s"), name=name, text="x", sha256="") for name in ("a", "b")]
    fresh, rows = unreported(documents, {"b": 3, "z": 1})
    assert [document.id for document in fresh] == ["a"]
    assert [(row.document_id, row.drop, row.reason) for row in rows] == [("b", Drop.REPORTED, "already read for issue 3")]


def test_a_failed_delivery_is_a_row() -> None:
    rows = artifact_rows((), [Receipt(deliverer="folder", target="out", delivered=False, reason="disk full")])
    assert [(row.format, row.written, row.reason) for row in rows] == [("folder", False, "disk full")]


def test_nothing_usable_names_each_file() -> None:
    report = RunReport(
        sources=(SourceRow(source="feed", reason="refused"),),
        documents=(DocumentRow(name="a.pdf", source="s", drop=Drop.UNREADABLE, reason="encrypted"),),
    )
    assert why_nothing(report) == "none of the given files could be used: a.pdf: encrypted; feed: refused"


def test_the_stopwatch_tells_and_measures() -> None:
    told: list[str] = []
    watch = Stopwatch(told.append)
    with watch("collect"):
        pass
    assert told == list(watch.seconds) == ["collect"]
