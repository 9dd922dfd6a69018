"""The verb of the text room: items to documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
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
            drop = Drop.EMPTY if not item.content.strip() else Drop.UNREADABLE
            rows.append(DocumentRow(name=item.name, source=item.source.name, title=_hinted_title(item), drop=drop, reason=draft.reason))
            continue
        document = _document(item, draft, outlets)
        decision = admitted(
            document, explicit=item.explicit, languages=languages, window=window, at=at, max_age_hours=max_age_hours
        )
        if decision.drop:
            rows.append(_row(document, draft, decision.drop, decision.reason))
            continue
        document = document.model_copy(update={"labels": (*document.labels, *decision.labels)})
        candidates.append(Candidate(document, number, draft.url_key, draft.updated_at))
    kept, dropped = sorted_out(candidates)
    rows += [_row(one.document, drafts[one.number], None, None) for one in kept]
    rows += [_row(one.candidate.document, drafts[one.candidate.number], Drop.DUPLICATE, one.reason) for one in dropped]
    rows.sort(key=lambda row: (row.source, row.name, row.document_id or "", row.title, row.reason or ""))
    return Prepared(documents=tuple(one.document for one in kept), rows=tuple(rows))


def _drafts(items: Sequence[RawItem], isolate: Isolate, limits: Limits) -> list[Draft | Refusal]:
    """One outcome per item. Items of a task that failed are read again one by one, then by their summary."""
    found: list[Draft | Refusal | None] = [None] * len(items)
    again: list[int] = []
    tasks = list(_tasks(items))
    for numbers, outcome in zip(tasks, _read(items, tasks, isolate, limits), strict=True):
        if isinstance(outcome, TaskFailed) and len(numbers) > 1:
            again += numbers
        else:
            _take(numbers, outcome, found)
    for number, outcome in zip(again, _read(items, [[number] for number in again], isolate, limits), strict=True):
        _take([number], outcome, found)
    failed = [number for number, draft in enumerate(found) if isinstance(draft, Refusal) and draft.reason in _overrun(draft)]
    return [draft if draft is not None else Refusal("no answer from its reader") for draft in found]
