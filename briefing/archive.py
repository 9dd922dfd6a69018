"""The SQLite store: documents, findings, stories, issues, receipts. One writer, under a lock.

``open_archive(path)`` hands out an ``Archive``; everything an issue adds is written in one transaction, so the file holds an issue
whole or not at all. Migrations are numbered by ``PRAGMA user_version``.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from briefing.errors import Busy, StoreError
from briefing.models import Brief, Config, Document, Findings, KnownStory, Past, Receipt

__all__ = ["Archive", "archive_path", "open_archive"]

MIGRATIONS = (
    """
    CREATE TABLE documents (
        id TEXT PRIMARY KEY, source TEXT NOT NULL, url TEXT, title TEXT NOT NULL, published_at TEXT,
        sha256 TEXT NOT NULL, record BLOB NOT NULL
    );
    CREATE TABLE findings (
        document_id TEXT NOT NULL, version TEXT NOT NULL, record BLOB NOT NULL, PRIMARY KEY (document_id, version)
    );
    CREATE TABLE issues (
        brief TEXT NOT NULL, date TEXT NOT NULL, number INTEGER NOT NULL, cut_off TEXT NOT NULL, record BLOB NOT NULL,
        PRIMARY KEY (brief, date)
    );
    CREATE TABLE issue_documents (
        brief TEXT NOT NULL, date TEXT NOT NULL, document_id TEXT NOT NULL REFERENCES documents (id),
        PRIMARY KEY (brief, date, document_id)
    );
    CREATE TABLE stories (
        brief TEXT NOT NULL, date TEXT NOT NULL, id TEXT NOT NULL, record BLOB NOT NULL, PRIMARY KEY (brief, date, id)
    );
    CREATE TABLE receipts (
        brief TEXT NOT NULL, date TEXT NOT NULL, deliverer TEXT NOT NULL, target TEXT NOT NULL, record BLOB NOT NULL,
        PRIMARY KEY (brief, date, deliverer, target)
    );
    """,
)
STORIES_KEPT_DAYS = 14
"""A story not heard of for so long is a new one when it comes back."""


class Archive:
    """What earlier issues said. Times are stored as ISO 8601 text, records as compressed JSON."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def past(self, brief: str, before: str) -> Past:
        """What the issues of ``brief`` dated before ``before`` (local date) said; empty for a first issue."""
        last = self._db.execute(
            "SELECT number, cut_off FROM issues WHERE brief = ? AND date < ? ORDER BY date DESC LIMIT 1", (brief, before)
        ).fetchone()
        if last is None:
            return Past()
        number, cut_off = last
        return Past(issue=number, cut_off=datetime.fromisoformat(cut_off), stories=tuple(self._stories(brief, before)), history={})

    def _stories(self, brief: str, before: str) -> Iterator[KnownStory]:
        """Each story as its newest issue left it, newest first."""
        rows = self._db.execute(
            "SELECT id, record FROM stories WHERE brief = ? AND date < ? AND date >= date(?, ?) ORDER BY date DESC, rowid",
            (brief, before, before, f"-{STORIES_KEPT_DAYS} days"),
        )
        seen = set()
        for story_id, record in rows:
            if story_id not in seen:
                seen.add(story_id)
                yield KnownStory.model_validate_json(zlib.decompress(record))

    def next_number(self, brief: str) -> int:
        """The number of the next new issue."""
        (number,) = self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM issues WHERE brief = ?", (brief,)).fetchone()
        return int(number)

    def issue(self, brief: str, date: str) -> Brief | None:
        """The issue once written for that local date; it is frozen."""
        row = self._db.execute("SELECT record FROM issues WHERE brief = ? AND date = ?", (brief, date)).fetchone()
        return Brief.model_validate_json(zlib.decompress(row[0])) if row else None

    def documents(self, ids: Iterable[str]) -> tuple[Document, ...]:
        """The stored documents among ``ids``, in that order."""
        found = []
        for document_id in ids:
            row = self._db.execute("SELECT record FROM documents WHERE id = ?", (document_id,)).fetchone()
            if row:
                found.append(Document.model_validate_json(zlib.decompress(row[0])))
        return tuple(found)

    def reported(self, brief: str, before: str) -> dict[str, int]:
        """Ids of documents that earlier issues already used, with the number of the first such issue."""
        rows = self._db.execute(
            """SELECT d.document_id, min(i.number) FROM issue_documents d JOIN issues i USING (brief, date)
               WHERE brief = ? AND date < ? GROUP BY d.document_id""",
            (brief, before),
        )
        return dict(rows)

    def findings(self, ids: Iterable[str], version: str) -> dict[str, Findings]:
        """Findings extracted earlier by the same version of the pipeline, by document id."""
        found = {}
        for document_id in ids:
            row = self._db.execute("SELECT record FROM findings WHERE document_id = ? AND version = ?", (document_id, version)).fetchone()
            if row:
                found[document_id] = Findings.model_validate_json(zlib.decompress(row[0]))
        return found

    def record(
        self,
        name: str,
        brief: Brief,
        *,
        documents: Sequence[Document],
        findings: Sequence[Findings],
        version: str,
        stories: Sequence[KnownStory],
    ) -> None:
        """Freezes an issue with all it stands on, in one transaction. StoreError when that date has one already."""
        try:
            with self._db:
                self._db.execute(
                    "INSERT INTO issues VALUES (?, ?, ?, ?, ?)",
                    (name, brief.date, brief.issue, brief.cut_off.isoformat(), _packed(brief.model_dump_json())),
                )
                self._db.executemany("INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", map(_document_row, documents))
                self._db.executemany("INSERT INTO issue_documents VALUES (?, ?, ?)", ((name, brief.date, d.id) for d in documents))
                self._db.executemany(
                    "INSERT OR REPLACE INTO findings VALUES (?, ?, ?)",
                    ((f.document_id, version, _packed(f.model_dump_json())) for f in findings),
                )
                self._db.executemany(
                    "INSERT INTO stories VALUES (?, ?, ?, ?)",
                    ((name, brief.date, story.id, _packed(story.model_dump_json())) for story in stories),
                )
        except sqlite3.IntegrityError as error:
            raise StoreError(f"archive: issue {name} {brief.date} cannot be stored a second time ({error})") from error
        except sqlite3.Error as error:
            raise StoreError(f"archive: issue {name} {brief.date} was not stored ({error})") from error

    def record_receipt(self, name: str, date: str, receipt: Receipt) -> None:
        """Remembers a delivery; the newest receipt per deliverer and target counts."""
        with self._db:
            self._db.execute(
                "INSERT OR REPLACE INTO receipts VALUES (?, ?, ?, ?, ?)",
                (name, date, receipt.deliverer, receipt.target, _packed(receipt.model_dump_json())),
            )

    def receipts(self, name: str, date: str) -> tuple[Receipt, ...]:
        rows = self._db.execute("SELECT record FROM receipts WHERE brief = ? AND date = ? ORDER BY deliverer, target", (name, date))
        return tuple(Receipt.model_validate_json(zlib.decompress(record)) for (record,) in rows)


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """The archive at ``path``, made when absent, locked against other runs.

    Busy when another run holds it, StoreError when it is corrupt, newer than this software or cannot be opened.
    """
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_name(path.name + ".lock"))
        with lock.acquire(timeout=0):
            connection = sqlite3.connect(path, isolation_level="IMMEDIATE")
            try:
                _prepare(connection, path)
                yield Archive(connection)
            finally:
                connection.close()
    except Timeout:
        raise Busy(f"archive {path}: another run is at work; try again when it has ended") from None
    except (sqlite3.DatabaseError, OSError) as error:
        raise StoreError(f"archive {path}: cannot be used ({error}); restore a backup or move the file aside") from error


def archive_path(config: Config) -> Path:
    """Where the archive of a configuration is: ``archive:``, else the user's state folder, one file per configuration folder."""
    if config.archive:
        return config.archive
    import hashlib

    from platformdirs import user_state_path

    key = hashlib.sha256(str(config.root).encode()).hexdigest()[:12]
    return user_state_path("briefing") / f"{config.brief}-{key}.sqlite"


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if state != "ok":
        raise StoreError(f"archive {path}: is damaged ({state}); restore a backup or move the file aside")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise StoreError(f"archive {path}: was written by a newer version (schema {version}); update security-briefing")
    for number, statements in enumerate(MIGRATIONS[version:], version + 1):
        connection.executescript(f"BEGIN; {statements} PRAGMA user_version = {number}; COMMIT;")


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode(), 6)


def _document_row(document: Document) -> tuple[str | bytes | None, ...]:
    published = document.published_at.isoformat() if document.published_at else None
    record = _packed(document.model_dump_json())
    return document.id, document.source.name, document.url, document.title, published, document.sha256, record
