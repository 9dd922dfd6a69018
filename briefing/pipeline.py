"""The only module that wires the rooms together: collect → prepare → extract → group → compose → render → deliver."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from briefing import edition as editions
from briefing.archive import Archive, open_archive
from briefing.errors import NothingUsable
from briefing.models import (
    Artifact,
    ArtifactRow,
    Brief,
    Config,
    DeliverySettings,
    Document,
    DocumentRow,
    Drop,
    Edition,
    Fetch,
    Findings,
    Isolate,
    Past,
    Receipt,
    RunReport,
    Story,
)

__all__ = ["Built", "Outcome", "Surroundings", "build", "publish", "run"]


@dataclass(frozen=True)
class Surroundings:
    """What comes from outside: the workers, the network, and who is told how far the run is."""

    isolate: Isolate
    fetch: Fetch
    tell: Callable[[str], None] = lambda verb: None


@dataclass(frozen=True)
class Built:
    """A composed brief with everything it stands on."""

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


def run(config: Config, at: datetime, outside: Surroundings, *, since: datetime | None = None, until: datetime | None = None) -> Outcome:
    """Makes, stores and delivers the issue due at ``at``; an issue once stored is frozen and only delivered again.

    Sources given on the command line (``explicit``) make a one-off brief: no archive, no number, no changes section.
    NothingUsable when files were given and none could be read; ConfigurationError and its kin when nothing can be made.
    """
    _fail_early(config)
    if any(source.explicit for source in config.sources):
        built = build(config, at, outside, since=since, until=until)
        if not built.documents:
            raise NothingUsable(_why_nothing(built.report))
        return publish(built, config, outside)
    due = editions.daily(config, at, since, None, 0)
    with open_archive(config.archive or _state_file(config)) as archive:
        stored = archive.issue(config.brief, due.date)
        if stored:
            documents = archive.documents(cited.id for cited in stored.documents)
            return publish(Built(stored, documents), config, outside, frozen=True)
        return publish(build(config, at, outside, since=since, archive=archive), config, outside, archive=archive)


def build(
    config: Config,
    at: datetime,
    outside: Surroundings,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    archive: Archive | None = None,
) -> Built:
    """Everything up to the composed brief; writes nothing."""
    from briefing import brief as room
    from briefing import extraction, sources, stories, text

    watch = _Watch(outside.tell)
    explicit = any(source.explicit for source in config.sources)
    due = None if explicit else _due(config, at, since, archive)
    past = archive.past(config.brief, due.date) if archive and due else Past()
    period = due.period if due else None
    isolate, limits = outside.isolate, config.limits

    with watch("collect"):
        asked = editions.dated(config.sources, due.date) if due else config.sources
        collected = sources.collect(asked, period, outside.fetch, isolate, limits, config.root)
    with watch("prepare"):
        prepared = text.prepare(
            collected.items,
            isolate,
            limits,
            languages=config.languages,
            outlets=config.outlets,
            window=period,
            at=at,
            max_age_hours=config.max_age_hours,
        )
        documents, reported = _unreported(prepared.documents, archive.reported(config.brief, due.date) if archive and due else {})
    with watch("extract"):
        findings, failed = _findings(config, documents, outside, archive)
    with watch("group"):
        grouped = stories.group(documents, findings, past, config.grouping, config.watch)
    rows = (*collected.documents, *_without(prepared.rows, reported, failed, grouped.rows), *reported, *failed, *grouped.rows)
    report = RunReport(sources=collected.sources, documents=rows, timings=watch.seconds)
    with watch("compose"):
        due = due or editions.one_off(config, at, since, until, documents)
        brief = room.compose(due, grouped.stories, documents, report, past, config, versions=_versions(config, extraction.VERSION))
    return Built(brief, tuple(documents), tuple(findings), grouped.stories, report)


def publish(
    built: Built, config: Config, outside: Surroundings, *, archive: Archive | None = None, frozen: bool = False, theme: str | None = None
) -> Outcome:
    """Renders, stores (with ``archive``) and delivers a brief. A format or a delivery that fails is a row; the rest is written."""
    from briefing import delivery, extraction, rendering, stories
    from briefing.proof import evidence_file

    watch = _Watch(outside.tell)
    brief = built.brief
    with watch("render"):
        artifacts, rows = rendering.render(
            brief, config.formats, theme=theme, roots=config.theme_roots, isolate=outside.isolate, limits=config.limits
        )
    if archive and brief.issue is not None:
        known = stories.remember(built.stories, brief.issue)
        archive.record(
            config.brief, brief, documents=built.documents, findings=built.findings, version=extraction.version(config), stories=known
        )
    with watch("deliver"):
        files: Sequence[Artifact] = (*artifacts, evidence_file(brief, built.documents, artifacts))
        targets = (DeliverySettings(kind="folder", path=config.output), *config.delivery)
        receipts = [delivery.deliver(brief.id, files, target) for target in targets]
        if archive and brief.issue is not None:
            for receipt in receipts:
                archive.record_receipt(config.brief, brief.date, receipt)
    report = built.report.model_copy(
        update={"artifacts": _artifact_rows(rows, receipts), "timings": {**built.report.timings, **watch.seconds}}
    )
    return Outcome(brief, receipts[0].files, report, _exit_code(report, brief, frozen), frozen)


def _fail_early(config: Config) -> None:
    """An unknown format or theme is an error before anything is fetched or parsed."""
    from briefing.rendering.registry import check
    from briefing.rendering.themes import chain

    for name in config.formats:
        check(name)
    chain(config.theme, config.theme_roots)


def _due(config: Config, at: datetime, since: datetime | None, archive: Archive | None) -> Edition:
    if archive is None:
        return editions.daily(config, at, since, None, 1)
    date = editions.cut_off(config, at).date().isoformat()
    return editions.daily(config, at, since, archive.past(config.brief, date).cut_off, archive.next_number(config.brief))


def _findings(
    config: Config, documents: Sequence[Document], outside: Surroundings, archive: Archive | None
) -> tuple[tuple[Findings, ...], tuple[DocumentRow, ...]]:
    """Findings of every document in order; those an earlier run extracted by the same rules come from the archive."""
    from briefing import extraction

    known = archive.findings((document.id for document in documents), extraction.version(config)) if archive else {}
    unknown = [document for document in documents if document.id not in known]
    extracted = extraction.extract(unknown, outside.isolate, config)
    found = {**known, **{one.document_id: one for one in extracted.findings}}
    return tuple(found[document.id] for document in documents), extracted.rows


def _unreported(documents: Sequence[Document], reported: Mapping[str, int]) -> tuple[tuple[Document, ...], tuple[DocumentRow, ...]]:
    """A document that an earlier issue used is not news again."""
    rows = tuple(
        DocumentRow(
            name=document.name,
            source=document.source.name,
            title=document.title,
            document_id=document.id,
            drop=Drop.REPORTED,
            reason=f"already used in issue {reported[document.id]}",
        )
        for document in documents
        if document.id in reported
    )
    return tuple(document for document in documents if document.id not in reported), rows


def _without(rows: Sequence[DocumentRow], *later: Sequence[DocumentRow]) -> tuple[DocumentRow, ...]:
    """The rows of documents that no later room dropped: each document ends in exactly one row."""
    dropped = {row.document_id for group in later for row in group if row.document_id}
    return tuple(row for row in rows if row.document_id is None or row.document_id not in dropped)


def _artifact_rows(rows: Sequence[ArtifactRow], receipts: Sequence[Receipt]) -> tuple[ArtifactRow, ...]:
    failed = (
        ArtifactRow(format=receipt.deliverer, path=receipt.target, written=False, reason=receipt.reason)
        for receipt in receipts
        if not receipt.delivered
    )
    return (*rows, *failed)


def _exit_code(report: RunReport, brief: Brief, frozen: bool) -> int:
    if any(not row.written for row in report.artifacts):
        return 1
    return 69 if not frozen and brief.coverage.sources_asked and not brief.coverage.sources_answered else 0


def _why_nothing(report: RunReport) -> str:
    reasons = [f"{row.name}: {row.reason}" for row in report.documents if row.reason]
    reasons += [f"{row.source}: {row.reason}" for row in report.sources if row.reason]
    return "none of the given files could be used: " + ("; ".join(reasons) or "they hold no text")


def _state_file(config: Config) -> Path:
    """The archive of a configuration without ``archive:``: in the user's state folder, one per configuration folder."""
    import hashlib

    from platformdirs import user_state_path

    key = hashlib.sha256(str(config.root).encode()).hexdigest()[:12]
    return user_state_path("briefing") / f"{config.brief}-{key}.sqlite"


def _versions(config: Config, rules: str) -> dict[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    from briefing import __version__

    found = {"security-briefing": __version__, "rules": rules}
    for package in ("spacy", config.model.replace("_", "-"), "weasyprint"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


class _Watch:
    """Seconds by verb, for the run report alone."""

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
