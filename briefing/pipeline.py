"""The only module that wires the rooms together: collect → prepare → extract → group → compose → render → deliver."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from briefing import edition as editions
from briefing.archive import Archive, archive_path, open_archive
from briefing.errors import NothingUsable, OutputError
from briefing.models import Config, DeliverySettings, Document, DocumentRow, Edition, Findings, Past, Period, RunReport
from briefing.runs import (
    Built,
    Outcome,
    Stopwatch,
    Surroundings,
    artifact_rows,
    exit_code,
    foreign,
    is_usable,
    one_row_each,
    unreported,
    versions,
    why_nothing,
)

__all__ = ["build", "publish", "run"]


def run(config: Config, at: datetime, outside: Surroundings, *, since: datetime | None = None, until: datetime | None = None) -> Outcome:
    """Makes, stores and delivers the issue due at ``at``; an issue once stored is frozen and only delivered again.

    Sources given on the command line (``explicit``) make a one-off brief: no archive, no number, no changes section.
    NothingUsable when files were given and none could be read; ConfigurationError and its kin when nothing can be made.
    """
    _fail_early(config)
    if any(source.explicit for source in config.sources):
        built = build(config, at, outside, since=since, until=until)
        if not is_usable(built, config):
            raise NothingUsable(why_nothing(built.report))
        return publish(built, config, outside)
    due = editions.daily(config, at, since, None, 0)
    with open_archive(archive_path(config)) as archive:
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

    watch = Stopwatch(outside.tell)
    explicit = any(source.explicit for source in config.sources)
    due = None if explicit else _due(config, at, since, archive)
    past = archive.past(config.brief, due.date) if archive and due else Past()
    period = due.period if due else (Period(start=since, end=until or at) if since else None)
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
        documents, reported = unreported(prepared.documents, archive.reported(config.brief, due.date) if archive and due else {})
    with watch("extract"):
        findings, failed = _findings(config, documents, outside, archive)
    with watch("group"):
        grouped = stories.group(documents, findings, past, config.grouping, config.watch)
    unread = foreign(documents, config.languages)
    rows = one_row_each(collected.documents, prepared.rows, unread, reported, failed, grouped.rows)
    report = RunReport(sources=collected.sources, documents=rows, timings=watch.seconds)
    with watch("compose"):
        due = due or editions.one_off(config, at, since, until, documents)
        brief = room.compose(due, grouped.stories, documents, report, past, config, versions=versions(config, extraction.VERSION))
    lost = {row.document_id for row in failed}
    sound = tuple(one for one in findings if one.document_id not in lost)
    return Built(brief, tuple(documents), sound, grouped.stories, report)


def publish(
    built: Built, config: Config, outside: Surroundings, *, archive: Archive | None = None, frozen: bool = False, theme: str | None = None
) -> Outcome:
    """Renders, stores (with ``archive``) and delivers a brief. A format or a delivery that fails is a row; the rest is written."""
    from briefing import delivery, extraction, rendering, stories
    from briefing.proof import evidence_file

    watch = Stopwatch(outside.tell)
    brief = built.brief
    with watch("render"):
        formats = tuple(dict.fromkeys((*config.formats, "json")))  # without brief.json nobody could verify the issue
        artifacts, rows = rendering.render(
            brief, formats, theme=theme, roots=config.theme_roots, isolate=outside.isolate, limits=config.limits
        )
    # An issue that read nothing is not frozen: once a source answers, the day shall have its brief.
    kept = archive if brief.coverage.documents_read else None
    if kept and brief.issue is not None:
        known = stories.remember(built.stories, brief.issue)
        kept.record(
            config.brief, brief, documents=built.documents, findings=built.findings, version=extraction.version(config), stories=known
        )
    with watch("deliver"):
        files = (*artifacts, evidence_file(brief, built.documents, artifacts))
        targets = (DeliverySettings(kind="folder", path=config.output), *config.delivery)
        receipts = [delivery.deliver(brief.id, files, target) for target in targets]
        if not receipts[0].delivered:
            raise OutputError(receipts[0].reason or f"{config.output}: was not written")
        if kept and brief.issue is not None:
            for receipt in receipts:
                kept.record_receipt(config.brief, brief.date, receipt)
    report = built.report.model_copy(
        update={"artifacts": artifact_rows(rows, receipts), "timings": {**built.report.timings, **watch.seconds}}
    )
    return Outcome(brief, receipts[0].files, report, exit_code(report, brief, frozen=frozen), frozen)


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
