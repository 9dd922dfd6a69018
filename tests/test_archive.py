"""The archive: an issue whole or not at all; damage is named."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.archive import open_archive
from briefing.errors import Busy, StoreError
from briefing.models import Brief, CitedDocument, Coverage, Document, Findings, KnownStory, Methodology, Period, Receipt, Source

SOURCE = Source(id="courier", name="Harbour Courier")


def document(number: int) -> Document:
    text = f"Report number {number} of the exercise."
    return Document(id=f"d{number}", source=SOURCE, name=f"{number}.txt", title=f"Report {number}", text=text, sha256=f"{number:064x}")


def brief(date: str, issue: int, documents: list[Document]) -> Brief:
    end = datetime.fromisoformat(f"{date}T06:00:00+00:00")
    cited = tuple(
        CitedDocument(number=n, id=d.id, source_id="courier", source="Harbour Courier", publisher="x", title=d.title, sha256=d.sha256)
        for n, d in enumerate(documents, 1)
    )
    return Brief(
        id=f"daily-{date}",
        title="Situation, Facts and Events",
        issue=issue,
        date=date,
        period=Period(start=end - timedelta(days=1), end=end),
        cut_off=end,
        prepared_at=end,
        timezone="UTC",
        documents=cited,
        coverage=Coverage(),
        methodology=Methodology(software="briefing", model="none"),
    )


def fill(path: Path, date: str, issue: int, documents: list[Document], stories: tuple[KnownStory, ...] = ()) -> None:
    findings = [Findings(document_id=d.id) for d in documents]
    with open_archive(path) as archive:
        archive.record("daily", brief(date, issue, documents), documents=documents, findings=findings, version="1", stories=stories)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "archive.sqlite"


def test_a_first_issue_has_no_past(path: Path) -> None:
    with open_archive(path) as archive:
        assert archive.past("daily", "2026-03-02").issue == 0
        assert archive.next_number("daily") == 1
        assert archive.issue("daily", "2026-03-02") is None


def test_an_issue_comes_back_as_it_was(path: Path) -> None:
    documents = [document(1), document(2)]
    fill(path, "2026-03-02", 1, documents)
    with open_archive(path) as archive:
        stored = archive.issue("daily", "2026-03-02")
        assert stored == brief("2026-03-02", 1, documents)
        assert archive.documents(["d2", "d1", "nowhere"]) == (documents[1], documents[0])
        assert archive.findings(["d1"], "1") == {"d1": Findings(document_id="d1")}
        assert archive.findings(["d1"], "2") == {}


def test_the_past_is_what_stood_before_that_date(path: Path) -> None:
    old = KnownStory(id="s1", issue=1, headline="Old words")
    fill(path, "2026-03-02", 1, [document(1)], (old, KnownStory(id="s2", issue=1, headline="Other")))
    fill(path, "2026-03-03", 2, [document(2)], (KnownStory(id="s1", issue=2, headline="New words"),))
    with open_archive(path) as archive:
        past = archive.past("daily", "2026-03-04")
        assert (past.issue, past.cut_off) == (2, datetime(2026, 3, 3, 6, tzinfo=UTC))
        assert [(story.id, story.headline) for story in past.stories] == [("s1", "New words"), ("s2", "Other")]
        assert archive.past("daily", "2026-03-03").stories[0] == old
        assert archive.past("weekly", "2026-03-04").issue == 0
        assert archive.reported("daily", "2026-03-03") == {"d1": 1}
        assert archive.next_number("daily") == 3


def test_a_date_is_issued_once(path: Path) -> None:
    fill(path, "2026-03-02", 1, [document(1)])
    with pytest.raises(StoreError, match="a second time"):
        fill(path, "2026-03-02", 2, [document(2)])
    with open_archive(path) as archive:
        assert archive.documents(["d2"]) == ()


def test_the_newest_receipt_counts(path: Path) -> None:
    with open_archive(path) as archive:
        for delivered in (False, True):
            receipt = Receipt(deliverer="folder", target="out", delivered=delivered)
            archive.record_receipt("daily", "2026-03-02", receipt)
        assert archive.receipts("daily", "2026-03-02") == (receipt,)


def test_a_second_run_is_told_to_wait(path: Path) -> None:
    with open_archive(path), pytest.raises(Busy, match="another run"), open_archive(path):
        pass


@pytest.mark.parametrize("damage", ["truncate", "garbage"])
def test_a_damaged_archive_is_named(path: Path, damage: str) -> None:
    fill(path, "2026-03-02", 1, [document(n) for n in range(200)])
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] if damage == "truncate" else b"garbage" * 500)
    with pytest.raises(StoreError, match=str(path)), open_archive(path):
        pass


def test_an_empty_file_is_a_new_archive(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with open_archive(path) as archive:
        assert archive.next_number("daily") == 1


def test_a_newer_schema_is_refused_untouched(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer version"), open_archive(path):
        pass
