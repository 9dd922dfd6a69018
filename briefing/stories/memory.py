"""What an earlier issue said of a story, and what has changed since.

Comes in: stories, and the known stories of earlier issues. Goes out: which known story each story continues, its change, and what the
archive should remember of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from math import sqrt

from briefing.models import Change, Delta, EventStatus, Figure, KnownStory, Measure, Past, PlacePrecision, Story
from briefing.stories.conflicts import main_figures
from briefing.stories.corrections import printed_numbers
from briefing.stories.counted import counted_class, same_kind
from briefing.stories.words import stem, tokens

__all__ = ["change_since", "continued", "remember", "story_id", "terms"]

ALIKE = 0.3
"""A story continues a known one from this share of common terms on (geometric mean of both lists)."""
_CUMULATIVE = (Measure.KILLED, Measure.WOUNDED)
"""Counts that can only grow: a lower number corrects what was printed."""
_EXACT = (PlacePrecision.SETTLEMENT, PlacePrecision.FACILITY)


def story_id(first_document: str) -> str:
    """Short id of a new story, from the id of its first document."""
    return "st-" + hashlib.sha256(first_document.encode()).hexdigest()[:8]


def terms(story: Story) -> tuple[str, ...]:
    """Sorted words by which later documents are recognised. Towns, event types and what is counted are marked: ``town:…``."""
    words = {stem(word) for evidence in (story.headline, *story.summary) for word in tokens(evidence.quote) if len(word) > 3}
    words |= {stem(word) for entity in story.entities for word in tokens(entity.name)}
    towns = {f"town:{place.name.casefold()}" for place in story.places if place.precision in _EXACT}
    types = {f"event:{event.type}" for event in story.events if event.status is EventStatus.ACTUAL}
    return tuple(sorted(words | towns | types | _counted(main_figures(story.figures, story.events, story.documents))))


def _counted(figures: dict[Measure, Figure]) -> set[str]:
    """Whom the main figures count: "six guards" held after "4,300 inmates" is no change of a number."""
    return {f"counted:{measure}:{counted_class(figure)}" for measure, figure in figures.items()}


def remember(stories: Sequence[Story], issue: int) -> tuple[KnownStory, ...]:
    """What the archive keeps of the stories of an issue. The content hash covers what was said, not who said it or when."""
    return tuple(_known(story, issue) for story in stories)


def _known(story: Story, issue: int) -> KnownStory:
    figures = main_figures(story.figures, story.events, story.documents)
    words = terms(story)
    return KnownStory(
        id=story.id,
        issue=issue,
        headline=story.headline.quote,
        documents=story.documents,
        terms=words,
        figures={measure.value: figure.evidence[0].quote for measure, figure in figures.items()},
        values={measure.value: value for measure, figure in figures.items() if (value := figure.number) is not None},
        printed=printed_numbers(story.figures),
        closed=story.change is Change.CLOSED,
        last_seen=story.last_seen,
        content_hash=_content_hash(figures, words),
    )


def _content_hash(figures: dict[Measure, Figure], words: Sequence[str]) -> str:
    said = [f"{measure} {figure.value} {figure.low} {figure.high} {figure.qualifier}" for measure, figure in sorted(figures.items())]
    said += [word for word in words if word.startswith(("event:", "town:"))]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def continued(stories: Sequence[Story], past: Past, window_days: float) -> dict[str, KnownStory]:
    """The known story each story continues, by story id: the best pairs first, each known story once."""
    pairs = []
    for story in stories:
        words = terms(story)
        for known in past.stories:
            score = _likeness(story, words, known, window_days)
            if score >= ALIKE:
                pairs.append((-score, story.id, -known.issue, known.id, known))
    found: dict[str, KnownStory] = {}
    used: set[str] = set()
    for _, mine, _, theirs, known in sorted(pairs, key=lambda pair: pair[:4]):
        if mine not in found and theirs not in used:
            found[mine] = known
            used.add(theirs)
    return found


def _likeness(story: Story, words: Sequence[str], known: KnownStory, window_days: float) -> float:
    """1 and more for a shared document; else the share of common terms. 0 when too long ago or in other towns."""
    if set(story.documents) & set(known.documents):
        return 2.0
    if not _in_window(story.first_seen, known.last_seen, window_days):
        return 0.0
    mine, theirs = set(words), set(known.terms)
    towns, others = _towns(mine), _towns(theirs)
    if not mine or not theirs or (towns and others and not towns & others):
        return 0.0
    return len(mine & theirs) / sqrt(len(mine) * len(theirs))


def _towns(words: set[str]) -> set[str]:
    return {word for word in words if word.startswith("town:")}


def _in_window(first: datetime | None, last: datetime | None, days: float) -> bool:
    return first is None or last is None or abs((first - last).total_seconds()) <= days * 86_400


def change_since(
    story: Story, known: KnownStory | None, *, corrected: Sequence[Delta] = (), ended: bool = False
) -> tuple[Change, tuple[Delta, ...]]:
    """How the story stands to the issue that last told it.

    ``corrected`` are the numbers a report takes back, ``ended`` says that its newest report tells of its end; the end comes before the
    correction. A count that fell although it can only grow is a correction too.
    """
    if known is None:
        return Change.NEW, ()
    now = _known(story, known.issue)
    figures = main_figures(story.figures, story.events, story.documents)
    taken = {delta.measure for delta in corrected}
    deltas = tuple(
        Delta(measure=measure, old=known.figures[measure.value], new=figure, issue=known.issue)
        for measure, figure in figures.items()
        if measure not in taken
        and measure.value in known.figures
        and _differs(measure, now, known)
        and not _still_said(measure, story, now, known)
    )
    every = (*corrected, *deltas)
    if ended:
        return (Change.UNCHANGED if known.closed else Change.CLOSED), every
    if corrected or any(_fell(delta.measure, now, known) for delta in deltas):
        return Change.CORRECTED, every
    same = now.content_hash == known.content_hash or set(story.documents) <= set(known.documents)
    more = set(now.figures) - set(known.figures) or _events(now) - _events(known)
    fresh = bool(deltas) or _new_numbers(story, known) or bool(more and not same)
    return (Change.UPDATED if fresh else Change.UNCHANGED), deltas


def _new_numbers(story: Story, known: KnownStory) -> bool:
    """True when another document brings a number that the earlier issue did not print."""
    if not known.printed or set(story.documents) <= set(known.documents):
        return False
    old = {number for _, _, number in known.printed}
    return any(number not in old for measure, _, number in printed_numbers(story.figures) if measure != Measure.OTHER)


def _differs(measure: Measure, now: KnownStory, known: KnownStory) -> bool:
    """By number where both are numbers, else by word; a vague word after a number is no news."""
    new, old = now.values.get(measure.value), known.values.get(measure.value)
    if not _same_people(measure, now, known):
        return False
    if new is not None and old is not None:
        return new != old
    return new is not None or (old is None and now.figures[measure.value].casefold() != known.figures[measure.value].casefold())


def _same_people(measure: Measure, now: KnownStory, known: KnownStory) -> bool:
    """Only a count of the same people can change: nine arrested and two of them released are two counts."""
    prefix = f"counted:{measure}:"
    (mine, theirs) = ([word.removeprefix(prefix) for word in one.terms if word.startswith(prefix)] for one in (now, known))
    return not (mine and theirs) or same_kind(mine[0], theirs[0])


def _fell(measure: Measure, now: KnownStory, known: KnownStory) -> bool:
    return measure in _CUMULATIVE and now.values.get(measure.value, 0.0) < known.values.get(measure.value, 0.0)


def _still_said(measure: Measure, story: Story, now: KnownStory, known: KnownStory) -> bool:
    """A lower count beside one that is as high as before: a disagreement of sources, not a change."""
    tolls = (f for f in story.figures if f.measure is measure and not f.part_of_total and not f.background)
    return _fell(measure, now, known) and any((figure.number or 0.0) >= known.values[measure.value] for figure in tolls)


def _events(known: KnownStory) -> set[str]:
    return {word for word in known.terms if word.startswith("event:")}
