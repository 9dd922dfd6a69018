"""Documents in, findings out: who said what, how many, what happened, what may happen, where and when.

Each text is parsed once, in a worker; every finding carries evidence into the stored text. This room must never fetch, read a clock,
write a file, or state anything the text does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from briefing.errors import TaskFailed
from briefing.models import Config, Document, DocumentRow, Drop, Extracted, Findings, Isolate

__all__ = ["VERSION", "extract", "version"]

VERSION = "1"
"""Of the rules and lexicons: a change of what is found must change it, for the archive keeps findings by this version."""
BATCH_CHARACTERS = 40_000
START_SECONDS = 60.0
"""What loading the model may take on a slow machine, on top of the limit for the documents."""


def version(config: Config) -> str:
    """Names what findings depend on besides the text: our rules, the model, the user's own knowledge and risk table."""
    given = json.dumps([config.model, {row: dict(cells) for row, cells in config.risk_matrix.items()}], sort_keys=True).encode()
    knowledge = [path.read_bytes() for path in config.knowledge if path.is_file()]
    digest = hashlib.sha256(b"|".join([given, *knowledge])).hexdigest()
    return f"{VERSION}-{digest[:12]}"


def extract(documents: Sequence[Document], isolate: Isolate, config: Config) -> Extracted:
    """Findings of each document, in the order given.

    Documents in another language than ``config.languages`` and those that repeat another one have none. A document that cannot be parsed
    within the limits has none either, and a row that says why; it never costs another document its findings.
    """
    wanted = [document for document in documents if document.language in config.languages and document.duplicate_of is None]
    found: dict[str, Findings] = {}
    rows: list[DocumentRow] = []
    batches = list(_batches(wanted))
    outcomes = _read(batches, isolate, config)
    for batch, outcome in zip(batches, outcomes, strict=True):
        if isinstance(outcome, TaskFailed) and len(batch) > 1:
            singles = _read([[document] for document in batch], isolate, config)
        else:
            singles = iter([outcome] if isinstance(outcome, TaskFailed) else [[one] for one in outcome])
        for document, single in zip(batch, singles, strict=True):
            if isinstance(single, TaskFailed):
                rows.append(_failed(document, single))
            else:
                found[document.id] = single[0]
    return Extracted(findings=tuple(found.get(d.id) or Findings(document_id=d.id) for d in documents), rows=tuple(rows))


def _batches(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """Runs of documents of about equal size: large enough for the parser, small enough to share among workers."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read(batches: Sequence[Sequence[Document]], isolate: Isolate, config: Config) -> Iterator[list[Findings] | TaskFailed]:
    from briefing.extraction.worker import Settings, find

    settings, limits = Settings.of(config), config.limits
    tasks = ((settings, tuple(batch)) for batch in batches)
    return isolate.map(find, tasks, seconds=START_SECONDS + limits.seconds, megabytes=limits.megabytes)


def _failed(document: Document, failure: TaskFailed) -> DocumentRow:
    return DocumentRow(
        name=document.name,
        source=document.source.name,
        title=document.title,
        document_id=document.id,
        drop=Drop.FAILED,
        reason=f"the text could not be analysed: {failure}",
    )
