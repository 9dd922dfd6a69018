"""Documents about one event, together.

Comes in: documents with their findings (which may be empty). Goes out: one cluster id per document, in their order; the id is that
of the cluster's first document. The order of the input makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from briefing.models import Document, DocumentKind, Findings, GroupingSettings
from briefing.stories.linkage import link
from briefing.stories.lookalikes import in_other_towns, profile, weighed
from briefing.stories.reprints import reprint_pairs
from briefing.stories.similarity import Edge, similar_pairs

__all__ = ["by_time", "cluster", "is_comment", "is_foreign"]

FLOOR = 1 / 3
"""Pairs below this part of the threshold are not worth remembering."""
_LAST = datetime.max.replace(tzinfo=UTC)


def cluster(documents: Sequence[Document], findings: Sequence[Findings], settings: GroupingSettings) -> list[str]:
    """One cluster id per document. A word-for-word repetition goes where its original is; a document in another language stays alone;
    opinion and explainers join a story but never link two."""
    found = {one.document_id: one for one in findings}
    label = {document.id: document.id for document in documents}
    ordered = by_time(documents)
    present = set(label)
    compared = [d for d in ordered if not is_foreign(d) and not (d.duplicate_of in present and d.duplicate_of != d.id)]
    edges = _edges(compared, found, settings)
    reports = [i for i, document in enumerate(compared) if not is_comment(document)]
    for i, group in zip(reports, _link(reports, edges, settings.similarity), strict=True):
        label[compared[i].id] = compared[group].id
    for i, home in _comments(compared, edges, label, settings.similarity):
        label[compared[i].id] = home
    by_id = {document.id: document for document in documents}
    for document in ordered:
        label[document.id] = label[_original(document, by_id)]
    return [label[document.id] for document in documents]


def by_time(documents: Sequence[Document]) -> list[Document]:
    """Oldest first, undated ones last, equal times by id: the one order in which this room works."""
    return sorted(documents, key=lambda document: (document.published_at or _LAST, document.id))


def is_comment(document: Document) -> bool:
    """Opinion and explainers: quoted, but no report of an event."""
    return document.kind in (DocumentKind.OPINION, DocumentKind.EXPLAINER)


def is_foreign(document: Document) -> bool:
    """In a language the extraction does not read."""
    return any(name.startswith("language:") for name in document.labels)


def _edges(documents: Sequence[Document], found: Mapping[str, Findings], settings: GroupingSettings) -> list[Edge]:
    profiles = [profile(d, found[d.id]) if d.id in found else profile(d, Findings(document_id=d.id)) for d in documents]
    alike = similar_pairs(documents, settings.window_days, settings.similarity * FLOOR)
    pairs = weighed(alike, profiles)
    for i, j in reprint_pairs(documents, settings.reprint):
        if _within(documents[i], documents[j], settings.window_days) and not in_other_towns(profiles[i], profiles[j]):
            pairs[i, j] = 1.0
    return [(i, j, value) for (i, j), value in sorted(pairs.items())]


def _link(reports: Sequence[int], edges: Sequence[Edge], least: float) -> Iterator[int]:
    """The group of each report, as the index of its first document."""
    position = {i: at for at, i in enumerate(reports)}
    among = [(position[i], position[j], value) for i, j, value in edges if i in position and j in position]
    return (reports[group] for group in link(len(reports), among, least))


def _comments(documents: Sequence[Document], edges: Sequence[Edge], label: Mapping[str, str], least: float) -> Iterator[tuple[int, str]]:
    """Where each comment belongs: with the report it is most like, when it is like it enough."""
    best: dict[int, tuple[float, str]] = {}
    for i, j, value in edges:
        for comment, report in ((i, j), (j, i)):
            if is_comment(documents[comment]) and not is_comment(documents[report]) and value >= least:
                best[comment] = max(best.get(comment, (0.0, "")), (value, label[documents[report].id]))
    return ((comment, home) for comment, (_, home) in sorted(best.items()))


def _within(one: Document, other: Document, days: float) -> bool:
    if one.published_at is None or other.published_at is None:
        return True
    return abs((one.published_at - other.published_at).total_seconds()) <= days * 86_400


def _original(document: Document, by_id: Mapping[str, Document]) -> str:
    """The document whose text this one repeats, through any chain; itself when that one is not here."""
    seen = {document.id}
    while document.duplicate_of and document.duplicate_of in by_id and document.duplicate_of not in seen:
        document = by_id[document.duplicate_of]
        seen.add(document.id)
    return document.id
