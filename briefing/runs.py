"""What a run is given, what it makes and how it ends: values and pure decisions for ``pipeline.py``."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from briefing.models import ArtifactRow, Brief, Config, Document, DocumentRow, Drop, Fetch, Findings, Isolate, Receipt, RunReport, Story

__all__ = [
    "Built",
    "Outcome",
    "Stopwatch",
    "Surroundings",
    "artifact_rows",
    "exit_code",
    "foreign",
    "is_usable",
    "one_row_each",
    "unreported",
    "versions",
    "why_nothing",
]


@dataclass(frozen=True)
class Surroundings:
    """What comes from outside: the workers, the network, and who is told how far the run is."""

    isolate: Isolate
    fetch: Fetch
    tell: Callable[[str], None] = lambda verb: None


@dataclass(frozen=True)
class Built:
    """A composed brief with everything it stands on. ``findings`` are those worth keeping: of documents whose analysis did not fail."""

    brief: Brief
    documents: tuple[Document, ...]
    findings: tuple[Findings, ...] = ()
    stories: tuple[Story, ...] = ()
    report: RunReport = field(default_factory=RunReport)


@dataclass(frozen=True)
class Outcome:
    """What a run did: ``exit_code`` as in the table of docs/guide.md, ``files`` written, and the whole report."""

    brief: Brief
    files: tuple[str, ...]
    report: RunReport
    exit_code: int
    frozen: bool = False
    """True when the issue had been written before and was only given out again."""


class Stopwatch:
    """Seconds by verb, for the run report alone; tells which verb has begun."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.seconds: dict[str, float] = {}
        self._tell = tell

    @contextmanager
    def __call__(self, verb: str) -> Iterator[None]:
        self._tell(verb)
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[verb] = round(time.perf_counter() - start, 3)


def unreported(documents: Sequence[Document], reported: Mapping[str, int]) -> tuple[tuple[Document, ...], tuple[DocumentRow, ...]]:
    """The documents no earlier issue has read, and a row for each of the others: what was news yesterday is none today."""
    rows = tuple(
        DocumentRow(
            name=document.name,
            source=document.source.name,
            title=document.title,
            document_id=document.id,
            drop=Drop.REPORTED,
            reason=f"already read for issue {reported[document.id]}",
        )
        for document in documents
        if document.id in reported
    )
    return tuple(document for document in documents if document.id not in reported), rows


def one_row_each(*rooms: Sequence[DocumentRow]) -> tuple[DocumentRow, ...]:
    """The rows of several rooms, in order: where two rooms have one for a document, the later room's counts."""
    last = {row.document_id: (number, row) for number, rows in enumerate(rooms) for row in rows if row.document_id}
    return tuple(
        row for number, rows in enumerate(rooms) for row in rows if row.document_id is None or last[row.document_id] == (number, row)
    )


def foreign(documents: Sequence[Document], languages: Sequence[str]) -> tuple[DocumentRow, ...]:
    """A row for each kept document whose language is not read: it is listed, and nothing in it was analysed."""
    note = "not analysed: written in {}; `languages` are " + ", ".join(languages)
    return tuple(
        DocumentRow(name=d.name, source=d.source.name, title=d.title, document_id=d.id, notes=(note.format(d.language),))
        for d in documents
        if d.language not in languages
    )


def is_usable(built: Built, config: Config) -> bool:
    """Was at least one document analysed."""
    sound = {one.document_id for one in built.findings}
    return any(document.id in sound and document.language in config.languages for document in built.documents)


def artifact_rows(rows: Sequence[ArtifactRow], receipts: Sequence[Receipt]) -> tuple[ArtifactRow, ...]:
    """The rows of the renderers, and one for each delivery that failed."""
    failed = (
        ArtifactRow(format=receipt.deliverer, path=receipt.target, written=False, reason=receipt.reason)
        for receipt in receipts
        if not receipt.delivered
    )
    return (*rows, *failed)


def exit_code(report: RunReport, brief: Brief, *, frozen: bool) -> int:
    """1 when a format or a delivery failed, 69 when sources were asked and none answered, else 0."""
    if any(not row.written for row in report.artifacts):
        return 1
    return 69 if not frozen and not brief.coverage.sources_answered else 0


def why_nothing(report: RunReport) -> str:
    """One line for a run whose files were all unusable."""
    reasons = [f"{row.name}: {row.reason or '; '.join(row.notes)}" for row in report.documents if row.reason or row.notes]
    reasons += [f"{row.source}: {row.reason}" for row in report.sources if row.reason]
    return "none of the given files could be used: " + ("; ".join(reasons) or "they hold no text")


def versions(config: Config, rules: str) -> dict[str, str]:
    """Versions for the methodology page, without importing what they belong to."""
    from importlib.metadata import PackageNotFoundError, version

    from briefing import __version__

    found = {"security-briefing": __version__, "rules": rules}
    for package in ("spacy", config.model.replace("_", "-"), "weasyprint"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
