"""What is printed of the stories, and how much is not.

Comes in: stories, best first, and the caps. Goes out: the printed ones, and per section how many items were left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from briefing.models import Caps, Change, ChangeLine, Edition, Evidence, KeyFigure, Measure, Past, RiskKind, Story, TopRisk
from briefing.models.vocabularies import Level

__all__ = ["changes", "cut_to", "evidence_of", "key_figures", "printed", "top_risks"]

T = TypeVar("T")

_TIERS: Mapping[Measure, int] = {
    Measure.KILLED: 0,
    Measure.MISSING: 1,
    Measure.ABDUCTED: 1,
    Measure.WOUNDED: 1,
    Measure.DISPLACED: 2,
    Measure.DETAINED: 2,
    Measure.PEOPLE: 3,
    Measure.INCIDENTS: 4,
    Measure.MATERIEL: 5,
    Measure.AREA: 5,
    Measure.MONEY: 5,
    Measure.SHARE: 6,
    Measure.OTHER: 6,
}
"""Human cost first."""
_LEVELS = (Level.EXTREME, Level.HIGH, Level.MEDIUM, Level.LOW, Level.UNRATED)
_CHANGES = (Change.CORRECTED, Change.UPDATED, Change.NEW, Change.CLOSED, Change.UNCHANGED)


def cut_to(items: Sequence[T], most: int) -> tuple[tuple[T, ...], int]:
    """The first ``most`` items, and how many are left out."""
    kept = tuple(items[: max(most, 0)])
    return kept, len(items) - len(kept)


def printed(stories: Sequence[Story], caps: Caps) -> tuple[tuple[Story, ...], Counter[str]]:
    """The stories within the caps, each with its lists within the caps; what is cut, by section."""
    kept, left = cut_to(stories, caps.stories)
    cut = Counter({"stories": left})
    shown = []
    for story in kept:
        figures, cut_figures = cut_to(story.figures, caps.figures_per_story)
        statements, cut_statements = cut_to(story.statements, caps.statements_per_story)
        events, cut_events = cut_to(story.events, caps.events_per_story)
        risks, cut_risks = cut_to(story.risks, caps.risks_per_story)
        cut.update(figures=cut_figures, statements=cut_statements, events=cut_events, risks=cut_risks)
        known = {figure.id for figure in figures}
        events = tuple(event.model_copy(update={"outcomes": tuple(i for i in event.outcomes if i in known)}) for event in events)
        summary, _ = cut_to(story.summary, caps.sentences_per_story)
        shown.append(
            story.model_copy(
                update={"summary": summary, "figures": figures, "statements": statements, "events": events, "risks": risks},
            )
        )
    return tuple(shown), cut


def key_figures(stories: Sequence[Story]) -> list[KeyFigure]:
    """One figure per fact, largest human cost first: no part of a total, nothing of the past, no vague word beside a number. The first
    figure of each measure of a story comes before the second of any."""
    found = []
    for place, story in enumerate(stories):
        differing = [{figure.id for figure in conflict.figures} for conflict in story.conflicts]
        current = [f for f in story.figures if not f.part_of_total and not f.background]
        current = [f for i, f in enumerate(current) if not any({f.id, first.id} <= group for first in current[:i] for group in differing)]
        counted = {figure.measure for figure in current if figure.number is not None}
        said: set[tuple[Measure, float, str | None]] = set()
        for figure in current:
            fact = (figure.measure, figure.least, figure.unit)
            if fact not in said and (figure.number is not None or figure.measure not in counted):
                further = any(measure is figure.measure for measure, *_ in said)
                said.add(fact)
                found.append((further, _TIERS[figure.measure], -figure.least, place, KeyFigure(story_id=story.id, figure=figure)))
    return [key for *_, key in sorted(found, key=lambda row: row[:4])]


def top_risks(stories: Sequence[Story]) -> list[TopRisk]:
    """Highest level first; the first risk of each story before the second of any; a toll that may rise comes last."""
    found = [
        ((risk.kind is RiskKind.CASUALTIES_MAY_RISE, _LEVELS.index(risk.level), place, rank), TopRisk(story_id=story.id, risk=risk))
        for rank, story in enumerate(stories)
        for place, risk in enumerate(story.risks)
    ]
    return [risk for _, risk in sorted(found, key=lambda row: row[0])]


def changes(stories: Sequence[Story], past: Past, edition: Edition, window_days: int) -> list[ChangeLine]:
    """What changed since the last issue, corrections first. Empty for a first issue and for a one-off brief."""
    if edition.one_off or past.cut_off is None:
        return []
    issues = {known.id: known.issue for known in reversed(past.stories)}
    lines = [
        ChangeLine(story_id=s.id, change=s.change, headline=s.headline.quote, deltas=s.deltas, issue=issues.get(s.id)) for s in stories
    ]
    return sorted(lines + _closed(stories, past, edition, window_days), key=lambda line: _CHANGES.index(line.change))


def _closed(stories: Sequence[Story], past: Past, edition: Edition, window_days: int) -> list[ChangeLine]:
    """Known stories that nothing was heard of for the whole window, in the issue in which that became true."""
    from datetime import timedelta

    told = {story.id for story in stories}
    lines = []
    for known in past.stories:
        if known.id in told or known.last_seen is None or past.cut_off is None:
            continue
        told.add(known.id)
        if past.cut_off < known.last_seen + timedelta(days=window_days) <= edition.period.end:
            lines.append(ChangeLine(story_id=known.id, change=Change.CLOSED, headline=known.headline, issue=known.issue))
    return lines


def evidence_of(story: Story) -> tuple[Evidence, ...]:
    """All evidence of a story, in the order in which it is printed."""
    findings = (*story.figures, *story.events, *story.statements, *story.risks)
    conflicting = (figure for conflict in story.conflicts for figure in conflict.figures)
    return (story.headline, *story.summary, *(e for finding in (*findings, *conflicting) for e in finding.evidence))
