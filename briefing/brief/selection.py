"""What is printed of the stories, and how much is not.

Comes in: stories, best first, and the caps. Goes out: the printed ones, and per section how many items were left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from briefing.models import Caps, Change, ChangeLine, Edition, Evidence, Figure, KeyFigure, Measure, Past, Risk, RiskKind, Story, TopRisk
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
PER_STORY = 2
"""Key figures and top risks of one story."""
SECOND = 2
"""Tiers by which the second figure of a story stands back."""
ARTICLES = frozenset({"a", "an"})
EMPTY = frozenset(
    {"a", "an", "the", "any", "some", "such", "real", "serious", "great", "risk", "risks", "danger", "dangers", "threat", "threats"}
)
_LEVELS = (Level.EXTREME, Level.HIGH, Level.MEDIUM, Level.LOW, Level.UNRATED)
_CHANGES = (Change.CORRECTED, Change.CLOSED, Change.UPDATED, Change.NEW, Change.UNCHANGED)
"""What a reader of the last issue must unlearn first; new stories stand in the contents anyway."""


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
    """At most two figures a story, of two measures; of a measure that is disputed the lowest and the highest, side by side.

    Human cost first, the best story first; second figures stand back, so that no story fills the page. No part of a total, nothing of the
    past or of a closed story, no vague word beside a number, no bare article and no age ("34" of "a man").
    """
    found: list[tuple[tuple[int, int, int, int], KeyFigure]] = []
    for place, story in enumerate(stories):
        measures = _by_measure(story)[:PER_STORY] if story.change is not Change.CLOSED else []
        for turn, (tier, figures) in enumerate(measures):
            if turn and len(figures) + turn > PER_STORY:
                continue
            order = (tier + turn * SECOND, place, turn)
            found += [((*order, at), KeyFigure(story_id=story.id, figure=figure)) for at, figure in enumerate(figures)]
            if len(figures) >= PER_STORY:
                break
    return [key for _, key in sorted(found, key=lambda row: row[0])]


def _by_measure(story: Story) -> list[tuple[int, tuple[Figure, ...]]]:
    """Per measure its tier and the figure that stands for it: the range where reports differ, else the first with a number. One person
    alone stands back as a second figure does."""
    disputed = {conflict.measure: (conflict.figures[0], conflict.figures[-1]) for conflict in story.conflicts if len(conflict.figures) > 1}
    groups: dict[Measure, tuple[Figure, ...]] = {}
    for figure in sorted(story.figures, key=lambda figure: figure.number is None):
        if not figure.part_of_total and not figure.background and not _is_one(figure):
            groups.setdefault(figure.measure, disputed.get(figure.measure, (figure,)))
    tiers = {measure: _TIERS[measure] + SECOND * (figures[0].number == 1) for measure, figures in groups.items()}
    return sorted(((tiers[measure], figures) for measure, figures in groups.items()), key=lambda row: row[0])


def _is_one(figure: Figure) -> bool:
    """A single person or thing, or an age: no figure of the day."""
    counted = figure.counted.quote.casefold() if figure.counted else ""
    return figure.evidence[0].quote.casefold() in ARTICLES or counted.startswith(("a ", "an "))


def top_risks(stories: Sequence[Story]) -> list[TopRisk]:
    """Highest level first, then the best story first, at most two a story. What names no event and no harm, and a toll that may rise, comes
    last."""
    found = []
    for rank, story in enumerate(stories):
        ordered = sorted(enumerate(story.risks), key=lambda row: (*_weakness(row[1]), row[0]))
        found += [
            ((*_weakness(risk), rank, turn), TopRisk(story_id=story.id, risk=risk)) for turn, (_, risk) in enumerate(ordered[:PER_STORY])
        ]
    return [risk for _, risk in sorted(found, key=lambda row: row[0])]


def _weakness(risk: Risk) -> tuple[bool, bool, int]:
    says_what = any(part and _tells(part) for part in (risk.event, risk.consequence)) or risk.impact is not None
    return risk.kind is RiskKind.CASUALTIES_MAY_RISE, not says_what and risk.level is Level.UNRATED, _LEVELS.index(risk.level)


def _tells(part: Evidence) -> bool:
    """False for "a risk" and "the danger": the word alone is no event."""
    words = [word.strip(".,;:\"“”'").casefold() for word in part.quote.split()]
    return any(word not in EMPTY for word in words)


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
        if known.id in told or known.closed or known.last_seen is None or past.cut_off is None:
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
