"""The run report: one row per source, document and artifact. A failure is a row here, never a crash and never silence."""

from __future__ import annotations

from pydantic import Field

from briefing.models.documents import Document, RawItem
from briefing.models.findings import Findings
from briefing.models.value import Value
from briefing.models.vocabularies import Drop


class SourceRow(Value):
    """One source of the run. ``asked`` but not ``answered`` means it failed, for ``reason``."""

    source: str
    asked: bool = True
    answered: bool = False
    items: int = 0
    reason: str | None = None
    warning: str | None = None
    """Something the reader should know of a source that did answer ("3 entries without a link")."""


class DocumentRow(Value):
    """One item that was read. ``drop`` is empty for a kept one; ``reason`` is one line: what, where, what to do."""

    name: str
    source: str
    title: str = ""
    document_id: str | None = None
    drop: Drop | None = None
    reason: str | None = None
    notes: tuple[str, ...] = ()


class ArtifactRow(Value):
    format: str
    path: str | None = None
    written: bool = False
    reason: str | None = None
    notes: tuple[str, ...] = ()


class Collected(Value):
    """What ``sources.collect`` returns."""

    items: tuple[RawItem, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    """Rows of items that could not even be read (unreadable file, unknown format)."""


class Prepared(Value):
    """What ``text.prepare`` returns: kept documents in a stable order, and a row for every item."""

    documents: tuple[Document, ...] = ()
    rows: tuple[DocumentRow, ...] = ()


class Extracted(Value):
    """What ``extraction.extract`` returns: findings in the order of the documents; a failed document has a row and empty findings."""

    findings: tuple[Findings, ...] = ()
    rows: tuple[DocumentRow, ...] = ()


class RunReport(Value):
    """Everything a run did and did not do. ``timings`` are seconds by verb and never enter the brief."""

    sources: tuple[SourceRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    artifacts: tuple[ArtifactRow, ...] = ()
    warnings: tuple[str, ...] = ()
    timings: dict[str, float] = Field(default_factory=dict)
