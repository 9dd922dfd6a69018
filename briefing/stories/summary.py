"""Headline and Situation of a story, in the words of its documents.

Comes in: the documents of a story, their sentences and its merged findings. Goes out: the leading documents first, a headline, and two
to four whole sentences, verbatim. No word is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefing.models import Document, Event, EventStatus, Evidence, Figure, Findings, Measure, Part, Reliability, Risk, RiskKind, Statement
from briefing.stories.clustering import is_comment
from briefing.stories.merging import Merged
from briefing.stories.tables import words as knowledge
from briefing.stories.words import stem, tokens

__all__ = ["headline", "leading", "situation"]

MOST, USUAL, FEWEST = 4, 3, 2
MOST_WORDS, LONG = 100, 115
"""Of all sentences together: with a fourth one, and with a third one."""
DOCUMENTS = 5
"""Sentences come from so many leading documents."""
LEAD_BIAS = 0.05
"""Each sentence further down counts a little less: reports put first what matters."""
OTHER_DOCUMENT = 0.8
FIRST = 2.5
"""The first sentence is what the reporter would say if there were one."""
TITLE = 8.0
"""What a sentence is worth that repeats every word of the title; a toll is worth 3."""
SHORT = 30.0
"""Words added to the length of a sentence before its worth is divided by it: the higher, the less a short one gains."""
UNRESOLVED = 0.15
"""What a sentence is worth that starts with a word pointing backwards."""
REPEATS = 0.45
"""Share of common words from which a sentence says again what another has said."""
ENOUGH = 0.1
"""A third or fourth sentence must bring this part of what the first brought."""
OLD, DOUBTFUL = 0.6, 0.6
"""What a report is worth as the leading one that is a day older than the newest, or of a source that is not usually reliable."""
_POOR = (Reliability.D, Reliability.E)
_HUMAN = (Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.ABDUCTED, Measure.DISPLACED, Measure.DETAINED)


@dataclass(frozen=True)
class _Sentence:
    evidence: Evidence
    words: tuple[str, ...]
    stems: frozenset[str]
    place: int
    """Its position in its document, from 0."""
    leader: bool
    """True in the leading document."""
    on_topic: float = 0.0
    """Share of the words of its document's title that it repeats."""


_Fact = tuple[float, tuple[Evidence, ...]]


def leading(documents: Sequence[Document], found: Mapping[str, Findings], merged: Merged) -> list[Document]:
    """Reports first, by what their title and first sentences tell of the story and how new they are."""
    facts = _facts(merged)
    newest = max((d.published_at for d in documents if d.published_at), default=None)

    def told(document: Document) -> float:
        end = found[document.id].sentences[2][1] if len(found[document.id].sentences) > 2 else len(document.text)
        weight = sum(w for w, evidence in facts if any(_within(e, document.id, 0, end) for e in evidence))
        old = newest and document.published_at and (newest - document.published_at).total_seconds() > 86_400
        return weight * (OLD if old else 1.0) * (DOUBTFUL if document.source.reliability in _POOR else 1.0)

    scores = {document.id: told(document) for document in documents}
    return sorted(documents, key=lambda d: (is_comment(d), d.duplicate_of is not None, _asks(d), -scores[d.id], -_stamp(d), d.id))


def headline(documents: Sequence[Document], found: Mapping[str, Findings]) -> Evidence | None:
    """The title of the leading document that has one, else its first sentence; None when nothing stands in any of them."""
    for document in documents:
        title = document.title
        if title.strip():
            start = len(title) - len(title.lstrip())
            return document.cite(start, start + len(title.strip()), Part.TITLE)
    for document in documents:
        for start, end in found[document.id].sentences:
            return document.cite(start, end)
    return None


def situation(documents: Sequence[Document], found: Mapping[str, Findings], merged: Merged) -> tuple[Evidence, ...]:
    """Three or four sentences that together carry the most key findings, in reading order; two where there is no third worth it."""
    candidates = [
        _sentence(document, start, end, place, leader=rank == 0)
        for rank, document in enumerate([d for d in documents if not is_comment(d)][:DOCUMENTS])
        for place, (start, end) in enumerate(found[document.id].sentences)
        if _is_whole(document.text[start:end])
    ]
    facts = _facts(merged)
    carried = [frozenset(i for i, (_, evidence) in enumerate(facts) if any(_inside(e, s.evidence) for e in evidence)) for s in candidates]
    chosen: list[int] = []
    told: set[int] = set()
    first_gain = 0.0
    while len(chosen) < MOST:
        gains = {
            i: _gain(sentence, sum(facts[fact][0] for fact in carried[i] - told), bool(chosen))
            for i, sentence in enumerate(candidates)
            if i not in chosen and not any(_repeats(sentence, candidates[j]) for j in chosen)
        }
        best = max(gains, key=lambda i: (gains[i], -i), default=None)
        if best is None or (len(chosen) >= FEWEST and gains[best] < ENOUGH * first_gain):
            break
        words = sum(len(candidates[i].words) for i in (*chosen, best))
        if len(chosen) >= FEWEST and words > (MOST_WORDS if len(chosen) >= USUAL else LONG):
            break
        first_gain = first_gain or gains[best]
        chosen.append(best)
        told |= carried[best]
    return tuple(candidates[i].evidence for i in sorted(chosen))


def _gain(sentence: _Sentence, weight: float, later: bool) -> float:
    """What a sentence adds: the facts it tells first, less for length, for place, and for a start that points backwards."""
    words = sentence.words
    value = (weight + TITLE * sentence.on_topic + 0.3) * 40.0 / (len(words) + SHORT) / (1.0 + LEAD_BIAS * sentence.place)
    if sentence.place == 0:
        value *= FIRST
    if words[0].lower() in knowledge()["pointing"]:
        value *= UNRESOLVED
    return value if sentence.leader else value * (OTHER_DOCUMENT if later else OTHER_DOCUMENT / 2)


def _facts(merged: Merged) -> list[_Fact]:
    """The weight of each current finding, more when several documents have it, with its evidence."""
    findings: Iterable[Figure | Event | Risk | Statement] = (*merged.figures, *merged.events, *merged.risks, *merged.statements)
    weighed = ((_weight(finding) * (1.0 + 0.25 * min(len(finding.evidence) - 1, 4)), finding.evidence) for finding in findings)
    return [(weight, evidence) for weight, evidence in weighed if weight > 0]


def _weight(finding: Figure | Event | Risk | Statement) -> float:
    if isinstance(finding, Figure):
        if finding.background:
            return 0.0
        return (3.0 if finding.measure in _HUMAN else 1.0) * (0.5 if finding.part_of_total else 1.0)
    if isinstance(finding, Event):
        return {EventStatus.ACTUAL: 2.5, EventStatus.PLANNED: 2.5, EventStatus.DENIED: 1.0}.get(finding.status, 0.0)
    if isinstance(finding, Risk):
        return 0.5 if finding.kind is RiskKind.CASUALTIES_MAY_RISE else 2.0
    return 0.8


def _sentence(document: Document, start: int, end: int, place: int, *, leader: bool) -> _Sentence:
    evidence = document.cite(start, end)
    words = tuple(tokens(evidence.quote))
    stems = frozenset(map(stem, words))
    title = {stem(word) for word in tokens(document.title) if len(word) > 3}
    on_topic = len(title & stems) / len(title) if title else 0.0
    return _Sentence(evidence, words, stems, place, leader, on_topic)


def _is_whole(text: str) -> bool:
    """A sentence that can stand alone: five words or more, with an end, and no question."""
    bare = text.rstrip("\"'”’)» ")
    return bare.endswith((".", "!", "…")) and len(tokens(text)) >= 5


def _repeats(one: _Sentence, other: _Sentence) -> bool:
    return len(one.stems & other.stems) >= REPEATS * min(len(one.stems), len(other.stems))


def _inside(evidence: Evidence, sentence: Evidence) -> bool:
    return _within(evidence, sentence.document_id, sentence.start, sentence.end) and evidence.part is Part.TEXT


def _within(evidence: Evidence, document: str, start: int, end: int) -> bool:
    return evidence.document_id == document and (evidence.part is Part.TITLE or start <= evidence.start < end)


def _asks(document: Document) -> bool:
    """A title that asks tells nothing."""
    return "?" in document.title


def _stamp(document: Document) -> float:
    return document.published_at.timestamp() if document.published_at else 0.0
