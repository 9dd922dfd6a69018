"""Which story comes first, and why.

Comes in: finished stories with their watch-list hits. Goes out: the same stories, best first, each with its points and the reasons in
words. The points stand in ``tables/severity.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import log10

from briefing.models import Change, EventStatus, Level, Story
from briefing.stories.conflicts import main_figures
from briefing.stories.tables import points

__all__ = ["ranked"]

_LEVELS = (Level.EXTREME, Level.HIGH, Level.MEDIUM, Level.LOW)
_MOST_PUBLISHERS = 4

_Reason = tuple[float, str]


def ranked(stories: Sequence[Story], hits: Mapping[str, Sequence[str]], per_source: int) -> tuple[Story, ...]:
    """Best first; equal points by newest report, then by id. Of the stories one publisher alone has, those beyond ``per_source``
    follow all others."""
    newest = max((story.last_seen for story in stories if story.last_seen), default=None)
    weighed = [_weighed(story, _reasons(story, hits.get(story.id, ()), newest)) for story in stories]
    seen: dict[str, int] = {}
    capped = []
    for story in sorted(weighed, key=_order):
        alone = story.publishers[0] if len(story.publishers) == 1 else None
        if alone is not None:
            seen[alone] = seen.get(alone, 0) + 1
            if seen[alone] > per_source:
                story = _weighed(story, [(points()["other"]["over_cap"], f"more than {per_source} stories of {alone} alone")])
        capped.append(story)
    return tuple(sorted(capped, key=_order))


def _weighed(story: Story, reasons: Sequence[_Reason]) -> Story:
    total = story.rank + sum(value for value, _ in reasons)
    ordered = sorted(reasons, key=lambda reason: -abs(reason[0]))
    return story.model_copy(update={"rank": round(total, 2), "reasons": (*story.reasons, *(words for _, words in ordered))})


def _order(story: Story) -> tuple[float, float, str]:
    return -story.rank, -(story.last_seen.timestamp() if story.last_seen else 0.0), story.id


def _reasons(story: Story, hits: Sequence[str], newest: datetime | None) -> list[_Reason]:
    return [*_harm(story), *_event(story), *_risk(story), *_standing(story, hits), *_age(story, newest)]


def _harm(story: Story) -> list[_Reason]:
    """The gravest human cost, in the words of the report."""
    table = points()["measures"]
    reasons = []
    for measure, figure in main_figures(story.figures, story.events, story.documents).items():
        least = max(figure.least, 1.0)
        reasons.append((table[measure] * (1.0 + log10(least)), f"{figure.evidence[0].quote} {measure}"))
    return sorted(reasons, reverse=True)[:2]


def _event(story: Story) -> list[_Reason]:
    table = points()["events"]
    actual = [(table[event.type], _named(event.type)) for event in story.events if event.status is EventStatus.ACTUAL]
    planned = [(table[event.type] / 2, f"planned {_named(event.type)}") for event in story.events if event.status is EventStatus.PLANNED]
    return sorted({*actual, *planned}, key=lambda reason: (-reason[0], reason[1]))[:1]


def _named(event_type: str) -> str:
    return "security event" if event_type == "other" else event_type.replace("_", " ")


def _risk(story: Story) -> list[_Reason]:
    if not story.risks:
        return []
    words = "unrated risk" if story.level is Level.UNRATED else f"{story.level} risk"
    return [(points()["levels"][story.level], words)]


def _standing(story: Story, hits: Sequence[str]) -> list[_Reason]:
    other = points()["other"]
    reasons = [(other["watch"], f"watch-list: {', '.join(hits)}")] if hits else []
    count = len(story.publishers)
    if count > 1:
        reasons.append((other["publisher"] * (min(count, _MOST_PUBLISHERS) - 1), f"{count} independent publishers"))
    if story.change in (Change.NEW, Change.UPDATED, Change.CORRECTED):
        reasons.append((other[story.change], str(story.change)))
    return reasons


def _age(story: Story, newest: datetime | None) -> list[_Reason]:
    if newest is None or story.last_seen is None:
        return []
    days = int((newest - story.last_seen).total_seconds() // 86_400)
    return [(points()["other"]["day"] * days, f"{days} day{'' if days == 1 else 's'} older than the newest report")] if days else []
