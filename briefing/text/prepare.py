"""The verb of the text room: items to documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from briefing.errors import TaskFailed
from briefing.models import (
    Document,
    DocumentRow,
    Drop,
    Isolate,
    Limits,
    OutletSettings,
    Paragraph,
    Period,
    Prepared,
    RawItem,
)
from briefing.text.admission import admitted
from briefing.text.cleaning import one_line
from briefing.text.duplicates import Candidate, sorted_out
from briefing.text.language import UNKNOWN
from briefing.text.outlets import source_of
from briefing.text.readers import read_items, read_summary
from briefing.text.reading import Draft, Refusal

__all__ = ["prepare"]

ITEMS_A_TASK = 8
BYTES_A_TASK = 400_000
"""Small items share a task; a larger one has its own, with the whole time limit."""


def prepare(
    items: Sequence[RawItem],
    isolate: Isolate,
    limits: Limits,
    *,
    languages: tuple[str, ...] = ("en",),
    outlets: Sequence[OutletSettings] = (),
    window: Period | None = None,
    at: datetime | None = None,
    max_age_hours: int = 48,
) -> Prepared:
    """Documents of ``items``, oldest first, and a row for each item; neither depends on the order of ``items``.

    ``languages`` are the languages kept, ``window`` and ``max_age_hours`` say what is stale, ``at`` what is dated in the future. Items that
    fail, hang or exceed memory are rows; nothing is raised for them.
    """
    rows: list[DocumentRow] = []
    candidates: list[Candidate] = []
    drafts = _drafts(items, isolate, limits)
    for number, (item, draft) in enumerate(zip(items, drafts, strict=True)):
        if isinstance(draft, Refusal):
            rows.append(_refused(item, draft))
            continue
        document = _document(item, draft, outlets, languages)
        decision = admitted(document, explicit=item.explicit, languages=languages, window=window, at=at, max_age_hours=max_age_hours)
        if decision.drop:
            rows.append(_row(document, draft, decision.drop, decision.reason))
            continue
        document = document.model_copy(update={"labels": (*document.labels, *decision.labels)})
        candidates.append(Candidate(document, number, draft.url_key, draft.updated_at))
    kept, dropped = sorted_out(candidates)
    rows += [_row(one.document, drafts[one.number]) for one in kept]
    rows += [_row(one.candidate.document, drafts[one.candidate.number], Drop.DUPLICATE, one.reason) for one in dropped]
    rows.sort(key=lambda row: (row.source, row.name, row.document_id or "", row.title, row.reason or ""))
    return Prepared(documents=tuple(one.document for one in kept), rows=tuple(rows))


def _drafts(items: Sequence[RawItem], isolate: Isolate, limits: Limits) -> list[Draft | Refusal]:
    """One outcome per item. Items of a task that was ended are read again one by one, then by their summary."""
    found: dict[int, Draft | Refusal] = {}
    alone: list[int] = []
    failed: dict[int, str] = {}
    tasks = list(_tasks(items))
    for numbers, outcome in zip(tasks, _outcomes(items, tasks, isolate, limits), strict=True):
        if not isinstance(outcome, TaskFailed):
            found.update(zip(numbers, outcome, strict=True))
        elif len(numbers) > 1:
            alone += numbers
        else:
            failed[numbers[0]] = one_line(str(outcome))
    for number, outcome in zip(alone, _outcomes(items, [[number] for number in alone], isolate, limits), strict=True):
        if isinstance(outcome, TaskFailed):
            failed[number] = one_line(str(outcome))
        else:
            found[number] = outcome[0]
    # The summary of a page that hung is read in a worker too: it comes from the same hands.
    arguments = [(items[number].model_copy(update={"content": b""}), reason) for number, reason in failed.items()]
    summaries = isolate.map(read_summary, arguments, seconds=limits.seconds, megabytes=limits.megabytes)
    for number, summary in zip(failed, summaries, strict=True):
        found[number] = summary if isinstance(summary, Draft) else Refusal(failed[number], Drop.FAILED)
    return [found[number] for number in range(len(items))]


def _outcomes(
    items: Sequence[RawItem], tasks: Sequence[Sequence[int]], isolate: Isolate, limits: Limits
) -> Iterator[tuple[Draft | Refusal, ...] | TaskFailed]:
    arguments = ((tuple(items[number] for number in numbers),) for numbers in tasks)
    return isolate.map(read_items, arguments, seconds=limits.seconds, megabytes=limits.megabytes)


def _tasks(items: Sequence[RawItem]) -> Iterator[list[int]]:
    """Numbers of the items that are read together."""
    task: list[int] = []
    size = 0
    for number, item in enumerate(items):
        length = len(item.content)
        if task and (len(task) == ITEMS_A_TASK or size + length > BYTES_A_TASK):
            yield task
            task, size = [], 0
        task.append(number)
        size += length
    if task:
        yield task


def _document(item: RawItem, draft: Draft, outlets: Sequence[OutletSettings], languages: tuple[str, ...]) -> Document:
    source = source_of(item.source, draft, outlets, explicit=item.explicit)
    text = draft.text
    labels = [label for label, holds in (("exercise", draft.exercise), ("text cut", draft.cut)) if holds]
    # Neither a path of this machine nor the hour of fetching may change the id.
    identity = json.dumps([source.id, draft.url or "", draft.title, text], ensure_ascii=True)
    return Document(
        id=hashlib.sha256(identity.encode()).hexdigest()[:12],
        source=source,
        name=item.name,
        url=draft.url,
        title=draft.title,
        byline=draft.byline,
        dateline=draft.dateline,
        published_at=draft.published_at,
        published_precision=draft.published_precision,
        published_from=draft.published_from,
        # Too short to guess and not declared: the language asked for.
        language=languages[0] if draft.language == UNKNOWN and languages else draft.language,
        language_from="default" if draft.language == UNKNOWN else draft.language_from,
        kind=draft.kind,
        text=text,
        paragraphs=tuple(_ranges(draft.paragraphs)),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        wire=draft.wire,
        labels=tuple(labels),
    )


def _ranges(paragraphs: Sequence[str]) -> Iterator[Paragraph]:
    start = 0
    for paragraph in paragraphs:
        yield Paragraph(start=start, end=start + len(paragraph))
        start += len(paragraph) + 2


def _refused(item: RawItem, refusal: Refusal) -> DocumentRow:
    title = one_line(item.hints.get("title", ""))
    return DocumentRow(name=item.name, source=item.source.name, title=title, drop=refusal.drop, reason=refusal.reason)


def _row(document: Document, draft: Draft | Refusal, drop: Drop | None = None, reason: str | None = None) -> DocumentRow:
    return DocumentRow(
        name=document.name,
        source=document.source.name,
        title=document.title,
        document_id=document.id,
        drop=drop,
        reason=reason,
        notes=draft.notes if isinstance(draft, Draft) else (),
    )
