"""Builds the stories: the verb of this room.

Comes in: documents, their findings and what earlier issues said. Goes out: stories, best first, and a row for each document that
belongs to none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.models import (
    Change,
    Document,
    DocumentRow,
    Drop,
    EventStatus,
    Findings,
    Grouped,
    GroupingSettings,
    KnownStory,
    Level,
    Part,
    Past,
    RiskKind,
    Story,
    WatchList,
)
from briefing.stories.closing import has_ended
from briefing.stories.clustering import by_time, cluster, is_foreign
from briefing.stories.conflicts import MEASURES, conflicts, main_figures
from briefing.stories.corrections import corrections
from briefing.stories.corroboration import standing
from briefing.stories.memory import change_since, continued, story_id
from briefing.stories.merging import Merged, merge
from briefing.stories.ranking import ranked
from briefing.stories.relevance import irrelevant, watch_hits
from briefing.stories.reprints import origins
from briefing.stories.summary import headline, leading, situation

__all__ = ["group"]

_LEVELS = (Level.EXTREME, Level.HIGH, Level.MEDIUM, Level.LOW, Level.UNRATED)
_STATUS = (EventStatus.ACTUAL, EventStatus.PLANNED, EventStatus.HYPOTHETICAL, EventStatus.DENIED, EventStatus.HISTORICAL)


def group(documents: Sequence[Document], findings: Sequence[Findings], past: Past, settings: GroupingSettings, watch: WatchList) -> Grouped:
    """One story per real-world event, ranked, and a "not relevant" row per document of what is no matter for the brief.

    Documents whose text was not analysed (another language, a failed extraction) form no story and get no row. The order of the input
    makes no difference.
    """
    found = {one.document_id: one for one in findings}
    read = [document for document in documents if document.id in found and _was_read(document, found[document.id])]
    by_id = {document.id: document for document in read}
    hits: dict[str, tuple[str, ...]] = {}
    stories: list[Story] = []
    rows: dict[str, DocumentRow] = {}
    for members in _members(read, found, settings):
        merged = merge(members, found)
        seen = watch_hits(members, watch)
        why = irrelevant(members, found, merged, seen)
        story = None if why else _story(members, found, merged, settings)
        if story is None:
            rows |= {document.id: _left_out(document, why or "no title and no sentence") for document in members}
            continue
        hits[story.id] = seen
        stories.append(story)
    known = continued(stories, past, settings.window_days)
    hits = {known[name].id if name in known else name: seen for name, seen in hits.items()}
    changed = [_changed(story, known.get(story.id), by_id, found) for story in stories]
    ordered = tuple(rows[document.id] for document in documents if document.id in rows)
    return Grouped(stories=ranked(changed, hits, settings.per_source), rows=ordered)


def _was_read(document: Document, findings: Findings) -> bool:
    return not is_foreign(document) and bool(findings.sentences or findings.events or findings.risks or findings.figures)


def _members(documents: Sequence[Document], found: Mapping[str, Findings], settings: GroupingSettings) -> list[list[Document]]:
    """The documents of each cluster, oldest first."""
    labels = cluster(documents, [found[document.id] for document in documents], settings)
    label = {document.id: name for document, name in zip(documents, labels, strict=True)}
    groups: dict[str, list[Document]] = {}
    for document in by_time(documents):
        groups.setdefault(label[document.id], []).append(document)
    return list(groups.values())


def _story(members: Sequence[Document], found: Mapping[str, Findings], merged: Merged, settings: GroupingSettings) -> Story | None:
    """The story of one cluster (its documents oldest first); None when no headline can be cited."""
    order = leading(members, found, merged)
    title = headline(order, found)
    if title is None:
        return None
    merged = merge(order, found)
    newest_first = sorted(members, key=lambda d: (d.published_at is None, -(d.published_at.timestamp() if d.published_at else 0.0), d.id))
    ids = tuple(document.id for document in newest_first)
    sources = origins(members, settings.reprint)
    differ = conflicts(merged.figures, merged.events, ids)
    graded = standing(members, sources, merged.events, differ)
    times = [document.published_at for document in members if document.published_at]
    return Story(
        id=story_id(members[0].id),
        headline=title,
        summary=situation(order, found, merged),
        documents=ids,
        publishers=graded.publishers,
        origins=sources,
        **_ordered(merged, ids),
        conflicts=differ,
        credibility=graded.credibility,
        credibility_reasons=graded.credibility_reasons,
        confidence=graded.confidence,
        confidence_reasons=graded.confidence_reasons,
        first_seen=min(times, default=None),
        last_seen=max(times, default=None),
        level=min((risk.level for risk in merged.risks), key=_LEVELS.index, default=Level.UNRATED),
    )


def _ordered(merged: Merged, newest_first: Sequence[str]) -> dict[str, object]:
    """What weighs most first: caps cut from the end. Of the figures of a measure the one that stands for the story leads."""
    human = {measure: place for place, measure in enumerate(MEASURES)}
    main = {figure.id for figure in main_figures(merged.figures, merged.events, newest_first).values()}
    return {
        "figures": tuple(
            sorted(
                merged.figures,
                key=lambda f: (
                    f.background,
                    f.part_of_total,
                    human.get(f.measure, len(human)),
                    f.id not in main,
                    -len(f.evidence),
                    -f.least,
                ),
            )
        ),
        "statements": tuple(sorted(merged.statements, key=lambda s: (s.evidence[0].part is Part.TITLE, not s.source, -len(s.evidence)))),
        "events": tuple(sorted(merged.events, key=lambda e: (_STATUS.index(e.status), -len(e.evidence)))),
        "risks": tuple(
            sorted(
                merged.risks,
                key=lambda r: (r.kind is RiskKind.CASUALTIES_MAY_RISE, _LEVELS.index(r.level), -len(r.evidence)),
            )
        ),
        "entities": tuple(sorted(merged.entities, key=lambda e: -len(e.evidence))),
        "places": merged.places,
    }


def _changed(story: Story, known: KnownStory | None, documents: Mapping[str, Document], found: Mapping[str, Findings]) -> Story:
    if known is None:
        return story.model_copy(update={"change": Change.NEW})
    newest_first = [documents[name] for name in story.documents]
    taken_back = corrections(story, known, newest_first, found)
    change, deltas = change_since(story, known, corrected=taken_back, ended=has_ended(newest_first, found))
    return story.model_copy(update={"id": known.id, "change": change, "deltas": deltas})


def _left_out(document: Document, reason: str) -> DocumentRow:
    return DocumentRow(
        name=document.name,
        source=document.source.name,
        title=document.title,
        document_id=document.id,
        drop=Drop.NOT_RELEVANT,
        reason=reason,
    )
