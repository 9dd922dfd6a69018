"""Numbers that an earlier issue printed and a later report takes back.

Comes in: the documents of a story with their findings, the story, and what the archive knows of it. Goes out: one delta per number
taken back, with the words that were printed and the figure that is right now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefing.models import Delta, Document, Evidence, Figure, Findings, KnownStory, Measure, Part, Story
from briefing.stories.counted import counted_class, same_kind
from briefing.stories.cues import has_cue
from briefing.stories.tolls import is_part

__all__ = ["corrections", "printed_numbers"]

TELLING = 1000
"""From here on a number is seldom met twice by chance."""
_Printed = tuple[str, str, float]
"""Measure, words and number."""


def printed_numbers(figures: Sequence[Figure]) -> tuple[_Printed, ...]:
    """Every number of now that a story prints, as the archive keeps it."""
    current = (figure for figure in figures if not figure.background)
    found = ((figure.measure.value, figure.evidence[0].quote, figure.number) for figure in current)
    return tuple(dict.fromkeys((measure, words, number) for measure, words, number in found if number is not None))


def corrections(story: Story, known: KnownStory, documents: Sequence[Document], found: Mapping[str, Findings]) -> tuple[Delta, ...]:
    """The numbers of the earlier issue that a document of the story corrects, each once, in order of the documents."""
    old = {number: (measure, words) for measure, words, number in reversed(known.printed)}
    named = {number: measure for measure, _, number in reversed(known.printed) if measure != Measure.OTHER}
    deltas: dict[float, Delta] = {}
    for document in documents:
        for wrong, right in _pairs(document, found[document.id], frozenset(old)):
            number = wrong.number or 0.0
            if number not in deltas and _is_known(number, {wrong.measure, right.measure}, known):
                measure = named.get(number) or (right.measure if right.measure is not Measure.OTHER else wrong.measure)
                shown = _as_merged(right, story)
                deltas[number] = Delta(measure=Measure(measure), old=old[number][1], new=shown, issue=known.issue)
    return tuple(deltas.values())


def _is_known(number: float, measures: set[Measure], known: KnownStory) -> bool:
    """True when the issue printed the number for such a thing; a long number is recognised by itself."""
    return number >= TELLING or any(measure in measures - {Measure.OTHER} for measure, _, printed in known.printed if printed == number)


def _pairs(document: Document, findings: Findings, printed: frozenset[float]) -> Iterator[tuple[Figure, Figure]]:
    """(wrong, right) figures: in one sentence first, then in neighbouring ones; the nearest right one of each wrong one."""
    places = _sentences(document, findings)
    rows = [[figure for figure in findings.figures if figure.number is not None and _inside(figure.evidence[0], one)] for one in places]
    apart: list[tuple[bool, int, int, Figure, Figure]] = []
    for i, place in enumerate(places):
        if not _corrects(place.quote, rows[i], printed):
            continue
        beside = [j for j in (i - 1, i, i + 1) if 0 <= j < len(places) and places[j].part is place.part]
        near = [(j, figure) for j in beside for figure in rows[j]]
        for j, wrong in near:
            for k, right in near:
                if i in (j, k) and wrong.number in printed and right.number not in printed and _alike(wrong, right):
                    apart.append((j != k, abs(right.evidence[0].start - wrong.evidence[0].start), len(apart), wrong, right))
    for *_, wrong, right in sorted(apart, key=lambda row: row[:3]):
        yield wrong, right


def _corrects(sentence: str, figures: Sequence[Figure], printed: frozenset[float]) -> bool:
    """True for a sentence with a cue of correction, or "not" before a number that was printed; one that tells of growth is an update."""
    if has_cue(sentence, "growth"):
        return False
    return has_cue(sentence, "correction") or any(figure.number in printed and _denied(figure) for figure in figures)


def _denied(figure: Figure) -> bool:
    evidence, sentence = figure.evidence[0], figure.context[0]
    return sentence.quote[: max(evidence.start - sentence.start, 0)].rstrip().endswith((" not", " instead of", " rather than"))


def _alike(wrong: Figure, right: Figure) -> bool:
    """Two numbers of one unit that may count the same. "A figure of 9" says nothing of whom; "two digits" count something else."""
    if wrong.unit != right.unit or wrong.number == right.number or is_part(right) or right.part_of_total:
        return False
    classes = {counted_class(figure) for figure in (wrong, right)} - {""}
    if len(classes) < 2 or same_kind(*classes):
        return right.measure is wrong.measure or Measure.OTHER in (right.measure, wrong.measure)
    return wrong.measure is not Measure.OTHER and wrong.measure is right.measure and "people" in classes


def _sentences(document: Document, findings: Findings) -> list[Evidence]:
    title = [document.cite(0, len(document.title), Part.TITLE)] if document.title else []
    return [*title, *(document.cite(start, end) for start, end in findings.sentences)]


def _inside(evidence: Evidence, sentence: Evidence) -> bool:
    return evidence.part is sentence.part and sentence.start <= evidence.start < sentence.end


def _as_merged(figure: Figure, story: Story) -> Figure:
    """The figure as the story lists it, with the evidence of all documents."""
    evidence = figure.evidence[0]
    return next((one for one in story.figures if evidence in one.evidence), figure)
