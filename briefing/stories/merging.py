"""One finding per fact: what several documents of a story say in common is listed once, with the quote of each.

Comes in: the findings of a story's documents, best document first. Goes out: merged findings whose ``evidence`` and ``context`` hold
one entry per document, the fullest mention first. Comments give statements only.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from briefing.models import Document, Entity, Event, EventStatus, Figure, Finding, Findings, Part, Place, Risk, Statement
from briefing.stories.clustering import is_comment
from briefing.stories.counted import counted_class, wording
from briefing.stories.lookalikes import event_days
from briefing.stories.tolls import is_refuted
from briefing.stories.words import stem, tokens

__all__ = ["Merged", "merge"]

F = TypeVar("F", bound=Finding)
SAME_WORDS = 0.6
"""Share of common words from which two statements of one speaker, or two risks, say the same."""
LONG_AGO = timedelta(days=30)
"""A figure dated so long before its report recalls an earlier event."""


@dataclass(frozen=True)
class Merged:
    """All findings of a story, one per fact, in order of reading."""

    figures: tuple[Figure, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    risks: tuple[Risk, ...]
    entities: tuple[Entity, ...]
    places: tuple[Place, ...]


def merge(documents: Sequence[Document], found: Mapping[str, Findings]) -> Merged:
    """The merged findings of the documents of one story."""
    readings = [(document, found[document.id]) for document in documents if document.id in found]
    reports = [(document, one) for document, one in readings if not is_comment(document)]
    figures = [_placed(figure, one, document) for document, one in reports for figure in one.figures]
    grouped = _grouped(figures, _figure_key, _same_figure)
    merged_id = {figure.id: _merged(group).id for group in grouped for figure in group}
    events = (event for _, one in reports for event in one.events)
    return Merged(
        figures=tuple(
            _merged(group).model_copy(update={"part_of_total": any(figure.part_of_total for figure in group)}) for group in grouped
        ),
        statements=_all(_grouped([s for _, one in readings for s in one.statements], _speaker_key, _same_content)),
        events=tuple(
            event.model_copy(update={"outcomes": tuple(dict.fromkeys(merged_id[i] for i in event.outcomes if i in merged_id))})
            for event in _all(_grouped(events, lambda event: (event.type, event.status), _same_event))
        ),
        risks=_all(_grouped([risk for _, one in reports for risk in one.risks], lambda risk: None, _same_risk)),
        entities=tuple(_named(group) for group in _grouped([e for _, one in readings for e in one.entities], _type_key, _same_name)),
        places=_places([one for _, one in reports]),
    )


def _all(groups: list[list[F]]) -> tuple[F, ...]:
    return tuple(_merged(group) for group in groups)


def _grouped(findings: Iterable[F], key: Callable[[F], Hashable], same: Callable[[F, F], bool]) -> list[list[F]]:
    """Findings of one key that are the ``same`` as the first of their group, in order of their first."""
    groups: list[list[F]] = []
    by_key: dict[Hashable, list[list[F]]] = {}
    for finding in findings:
        candidates = by_key.setdefault(key(finding), [])
        home = next((group for group in candidates if same(group[0], finding)), None)
        if home is None:
            home = []
            candidates.append(home)
            groups.append(home)
        home.append(finding)
    return groups


def _merged(group: Sequence[F]) -> F:
    """The fullest finding, with one piece of evidence per document."""
    best = max(range(len(group)), key=lambda i: (_fullness(group[i]), -i))
    leader = group[best]
    rows = {leader.document_id: (leader.evidence[0], leader.context[0])}
    for finding in group:
        for evidence, context in zip(finding.evidence, finding.context, strict=False):
            rows.setdefault(evidence.document_id, (evidence, context))
    quotes, sentences = zip(*rows.values(), strict=True)
    return leader.model_copy(update={"evidence": quotes, "context": sentences})


def _fullness(finding: Finding) -> int:
    """How much a mention says: its filled fields, and more for the text than for a headline."""
    filled = sum(value not in (None, ()) for value in (getattr(finding, name) for name in type(finding).model_fields))
    return filled + 2 * (finding.evidence[0].part is Part.TEXT)


def _figure_key(figure: Figure) -> Hashable:
    return figure.measure, wording(figure), figure.background


def _same_figure(one: Figure, other: Figure) -> bool:
    """Equal words (the key) for one class of counted, in places that do not differ; another document may say "people" for it."""
    if one.place and other.place and one.place.name.casefold() != other.place.name.casefold():
        return False
    classes = {counted_class(one), counted_class(other)}
    return len(classes) == 1 or ("people" in classes and one.document_id != other.document_id)


def _placed(figure: Figure, findings: Findings, document: Document) -> Figure:
    """The figure, marked as background when it belongs to an earlier event (by its link, its date, or the only event of its sentence) or
    the report calls it false."""
    linked = [event.status for event in findings.events if figure.id in event.outcomes]
    if not linked:
        sentence = figure.context[0]
        linked = [e.status for e in findings.events if (e.context[0].part, e.context[0].start) == (sentence.part, sentence.start)]
    background = bool(linked) and all(status is EventStatus.HISTORICAL for status in linked)
    when = figure.when.end if figure.when else None
    if is_refuted(figure) or (when and document.published_at and document.published_at - when > LONG_AGO):
        background = True
    return figure.model_copy(update={"background": background}) if background != figure.background else figure


def _speaker_key(statement: Statement) -> Hashable:
    named = statement.speaker or (statement.source[0].quote if statement.source else "")
    return " ".join(word.lower() for word in tokens(named))


def _same_content(one: Statement, other: Statement) -> bool:
    return _common(" ".join(e.quote for e in one.content), " ".join(e.quote for e in other.content)) >= SAME_WORDS


def _same_event(one: Event, other: Event) -> bool:
    """Same type and status (the key), in different documents, with places and days that do not contradict each other."""
    if one.document_id == other.document_id:
        return False
    if one.place and other.place and one.place.name.casefold() != other.place.name.casefold():
        return False
    days, others = event_days(one), event_days(other)
    return not (days and others) or bool(set(days) & set(others))


def _same_risk(one: Risk, other: Risk) -> bool:
    return _common(one.evidence[0].quote, other.evidence[0].quote) >= SAME_WORDS


def _common(one: str, other: str) -> float:
    """Share of equal words of two texts (of all their words together)."""
    words, others = {stem(word) for word in tokens(one)}, {stem(word) for word in tokens(other)}
    return len(words & others) / len(words | others) if words and others else 0.0


def _type_key(entity: Entity) -> Hashable:
    return entity.type


def _same_name(one: Entity, other: Entity) -> bool:
    """Equal names, or a full name or abbreviation of one among the aliases of the other; a surname alone proves nothing."""
    mine, theirs = {one.name, *one.aliases}, {other.name, *other.aliases}
    if one.name.casefold() == other.name.casefold():
        return True
    return any(" " in name or name.isupper() for name in mine & theirs)


def _named(group: Sequence[Entity]) -> Entity:
    aliases = dict.fromkeys(alias for entity in group for alias in (entity.name, *entity.aliases))
    merged = _merged(group)
    detail = {
        name: next((value for value in (getattr(merged, name), *(getattr(entity, name) for entity in group)) if value), None)
        for name in ("role", "affiliation")
    }
    others = sorted((alias for alias in aliases if alias != merged.name), key=lambda alias: (-len(alias), alias))
    return merged.model_copy(update={**detail, "aliases": tuple(others)})


def _places(findings: Sequence[Findings]) -> tuple[Place, ...]:
    """Each place once, those named by most documents first."""
    first: dict[tuple[str, str | None], Place] = {}
    counts: dict[tuple[str, str | None], set[str]] = {}
    for one in findings:
        for place in (*one.places, *(event.place for event in one.events if event.place)):
            key = (place.name.casefold(), place.country)
            first.setdefault(key, place)
            counts.setdefault(key, set()).add(place.evidence.document_id)
    order = {key: i for i, key in enumerate(first)}
    return tuple(first[key] for key in sorted(first, key=lambda key: (-len(counts[key]), order[key])))
