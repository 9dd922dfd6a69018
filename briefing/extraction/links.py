"""Ties findings together once all of them are there; the last component.

Comes in: the workspace with figures, statements, events and risks. Goes out: the same findings, where a figure or risk inside what someone
said names its source, and an event names the figures of its own sentence that say what it cost. Findings are replaced, never changed.
"""

# No postponed annotations here: spaCy reads those of the factory when it builds the pipeline.

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from briefing.extraction.givers import givers
from briefing.extraction.parsed import Parsed, parsed
from briefing.models import Event, Evidence, Figure, Finding, Measure, Statement

__all__ = ["create"]

_COST = (Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.DETAINED, Measure.ABDUCTED, Measure.DISPLACED)
_ADDING = re.compile(r"(?:Another|A further|At least another)\s|\S+(?:\s\S+){0,3}\s(?:others|more)\b")
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "this", "that", "these", "those", "him", "her", "them"})


class Links:
    """Replaces figures, events and risks of a workspace by linked ones."""

    def __call__(self, doc: Doc) -> Doc:
        work = parsed(doc)
        given = [_Said(one.start, one.end, work.cite(*one.source)) for one in givers(doc)] if work.figures else []
        said = _said(work, _Text(doc, given))
        sources = _attributions(said, [_span(finding) for finding in work.risks])
        work.figures[:] = _continued(_given(work.figures, sorted((*said, *given), key=_order)), said)
        work.risks[:] = [
            risk.model_copy(update={"attributed_to": sources[_span(risk)]})
            if risk.attributed_to is None and _span(risk) in sources
            else risk
            for risk in work.risks
        ]
        work.events[:] = _with_outcomes(work.events, work.figures)
        return doc


@Language.factory("briefing_links")
def create(nlp: Language, name: str) -> Links:
    """The component ``briefing_links``."""
    return Links()


@dataclass(frozen=True, slots=True)
class _Said:
    """A stretch of content and who said it."""

    start: int
    end: int
    source: Evidence


class _Text:
    """Where the sentences begin, which people are named, and who gave figures so far."""

    def __init__(self, doc: Doc, given: Sequence[_Said]) -> None:
        self._starts = [sent.start_char for sent in doc.sents]
        self._persons = sorted((entity.start_char, entity.end_char) for entity in doc.ents if entity.label_ == "PERSON")
        self._named: dict[int, Evidence] = {}
        for one in given:
            self.note(one.source)

    def note(self, source: Evidence) -> None:
        """Remembers the last named source of its sentence."""
        if source.quote.lower() not in _PRONOUNS:
            self._named[self.sentence(source.start)] = source

    def sentence(self, position: int) -> int:
        return bisect_right(self._starts, position) - 1

    def just_named(self, pronoun: Evidence) -> Evidence | None:
        """The source of the sentence before, when it may be the one "he", "she" or "it" stands for."""
        found = self._named.get(self.sentence(pronoun.start) - 1)
        word = pronoun.quote.lower()
        if found is None or word not in ("he", "she", "it"):
            return None
        first = bisect_left(self._persons, (found.start, 0))
        person = first < len(self._persons) and self._persons[first][1] <= found.end
        return found if person == (word != "it") else None


def _order(said: _Said) -> tuple[int, int]:
    """By where it begins; of two that begin together the wider one comes first."""
    return said.start, -said.end


def _said(work: Parsed, text: _Text) -> list[_Said]:
    """The contents of the statements that have a source, in order."""
    found = []
    for statement in work.statements:
        source = _source(work, statement, text)
        if source is not None:
            text.note(source)
            found += [_Said(content.start, content.end, source) for content in statement.content]
    return sorted(found, key=_order)


def _source(work: Parsed, statement: Statement, text: _Text) -> Evidence | None:
    """The source as written; for a pronoun the nearest place before it where the speaker is named."""
    if not statement.source:
        return None
    source = statement.source[0]
    if source.quote.lower() not in _PRONOUNS:
        return source
    if statement.speaker is None:
        return text.just_named(source) or source
    return _named_before(work, statement.speaker, source.start) or source


def _given(figures: Sequence[Figure], said: Sequence[_Said]) -> list[Figure]:
    """The figures, each with who gives it."""
    sources = _attributions(said, [_span(figure) for figure in figures])
    return [
        figure.model_copy(update={"attributed_to": sources[_span(figure)]}) if _span(figure) in sources else figure for figure in figures
    ]


def _continued(figures: Sequence[Figure], said: Sequence[_Said]) -> list[Figure]:
    """ "The ministry said 12 people were killed. Another 30 were wounded.": a sentence that adds to the toll just given, and that nobody
    else says, goes on with the same source."""
    spoken = {one.start for one in said}
    result: list[Figure] = []
    before: Figure | None = None
    adding: int | None = None
    for figure in figures:
        sentence = figure.context[0]
        if before is not None and before.context[0].end <= sentence.start and _adds(figure, before, spoken):
            adding = sentence.start
        if figure.attributed_to is None and adding == sentence.start and before is not None and figure.measure in _COST:
            figure = figure.model_copy(update={"attributed_to": before.attributed_to})
        result.append(figure)
        before = figure
    return result


def _adds(figure: Figure, before: Figure, spoken: Set[int]) -> bool:
    sentence, span = figure.context[0], figure.evidence[0]
    if before.attributed_to is None or figure.attributed_to is not None or before.measure not in _COST:
        return False
    near = 0 <= sentence.start - before.context[0].end <= 1
    own = any(sentence.start <= start < sentence.end for start in spoken)
    return (
        near
        and not own
        and _ADDING.match(sentence.quote[: span.end - sentence.start + 12]) is not None
        and span.start - sentence.start < 24
    )


def _named_before(work: Parsed, speaker: str, position: int) -> Evidence | None:
    """Where the speaker stands as the source of an earlier statement, as a mention, or at least by name; the last such place."""
    earlier = [s.source[0] for s in work.statements if s.source and s.speaker == speaker and s.source[0].end <= position]
    named = [source for source in earlier if source.quote.lower() not in _PRONOUNS]
    if named:
        return named[-1]
    for entity in work.entities:
        if speaker == entity.name or speaker in entity.aliases:
            mentions = [mention for mention in entity.evidence if mention.part is work.part and mention.end <= position]
            if mentions:
                return max(mentions, key=lambda mention: mention.start)
    start = work.stored.rfind(speaker, 0, position) if speaker else -1
    return work.cite(start, start + len(speaker)) if start >= 0 else None


def _attributions(said: Sequence[_Said], spans: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Evidence]:
    """Span → source of the innermost content that covers most of it. One sweep: contents open and close as the spans move on."""
    found: dict[tuple[int, int], Evidence] = {}
    upcoming = 0
    active: list[_Said] = []
    for start, end in sorted(set(spans)):
        while upcoming < len(said) and said[upcoming].start < end:
            active.append(said[upcoming])
            upcoming += 1
        active = [one for one in active if one.end > start]
        covering = [one for one in active if 2 * (min(one.end, end) - max(one.start, start)) > min(end - start, one.end - one.start)]
        if covering:
            found[start, end] = min(covering, key=lambda one: one.end - one.start).source
    return found


def _span(finding: Finding) -> tuple[int, int]:
    return finding.evidence[0].start, finding.evidence[0].end


def _with_outcomes(events: Sequence[Event], figures: Sequence[Figure]) -> list[Event]:
    """Each event with the casualties of its sentence; where a sentence has several events, with those nearest to its trigger."""
    by_sentence: dict[int, list[int]] = {}
    for number, event in enumerate(events):
        by_sentence.setdefault(event.context[0].start, []).append(number)
    outcomes: dict[int, list[str]] = {}
    for figure in figures:
        rivals = by_sentence.get(figure.context[0].start, ())
        if figure.measure in _COST and rivals:
            nearest = min(rivals, key=lambda number: abs(events[number].evidence[0].start - figure.evidence[0].start))
            outcomes.setdefault(nearest, []).append(figure.id)
    return [
        event.model_copy(update={"outcomes": tuple(dict.fromkeys((*event.outcomes, *outcomes[number])))}) if number in outcomes else event
        for number, event in enumerate(events)
    ]
