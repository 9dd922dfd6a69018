"""The bottom line: what the reader must know who reads nothing else.

Comes in: the stories of the brief, best first. Goes out: at most as many sentences as asked for, each with its evidence, and how many
the grounding gate refused. Sentences are chosen, not written; a headline stands in where no sentence is short enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.brief.grounding import is_grounded
from briefing.models import EventStatus, Evidence, Line, Part, Story

__all__ = ["bottom_line", "gated", "quiet"]

LONGEST = 55
"""Words of a sentence that can still be read at a glance."""
NOTHING = "No security event, risk or watch-list hit was reported in the period."
SILENCE = "No source answered, so nothing can be said of the period."


def bottom_line(stories: Sequence[Story], most: int) -> tuple[tuple[Line, ...], int]:
    """One sentence per story, best story first; with a single story its gravest risk is the second."""
    lines: list[Line] = []
    refused = 0
    for candidates in _candidates(stories):
        if len(lines) >= most:
            break
        told = {line.text for line in lines}
        passed, failed = gated([line for line in candidates if line.text not in told])
        refused += failed
        lines += passed[:1]
    return tuple(lines), refused


def quiet(sources_asked: int, sources_answered: int) -> Line:
    """The one line of a day without stories."""
    return Line(text=SILENCE if sources_asked and not sources_answered else NOTHING)


def gated(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """The lines that say no more than their evidence, and how many were refused."""
    passed = [line for line in lines if is_grounded(line.text, line.evidence)]
    return passed, len(lines) - len(passed)


def _candidates(stories: Sequence[Story]) -> Iterator[list[Line]]:
    """Per line: sentences to choose from. Of a story the first one that tells of it and is short enough, else its headline."""
    for story in stories:
        short = [evidence for evidence in story.summary if _words(evidence) <= LONGEST]
        telling = [evidence for evidence in short if _tells(evidence, story)] or short
        yield [_line(telling[0] if telling else story.headline, story)]
    if len(stories) == 1:
        yield [_line(risk.context[0], stories[0]) for risk in stories[0].risks if _words(risk.context[0]) <= LONGEST]


def _line(evidence: Evidence, story: Story) -> Line:
    """The quote as a sentence of its own: white space made even, a headline closed with a full stop."""
    text = " ".join(evidence.quote.split())
    if evidence.part is Part.TITLE and not text.endswith((".", "!", "?", "…")):
        text += "."
    return Line(text=text, evidence=(evidence,), story_id=story.id)


def _tells(sentence: Evidence, story: Story) -> bool:
    """True when a current event, figure or risk of the story stands in the sentence."""
    events = (event for event in story.events if event.status in (EventStatus.ACTUAL, EventStatus.PLANNED))
    figures = (figure for figure in story.figures if not figure.background)
    return any(_holds(sentence, evidence) for finding in (*events, *figures, *story.risks) for evidence in finding.evidence)


def _holds(sentence: Evidence, evidence: Evidence) -> bool:
    same = (evidence.document_id, evidence.part) == (sentence.document_id, sentence.part)
    return same and sentence.start <= evidence.start < sentence.end


def _words(evidence: Evidence) -> int:
    return len(evidence.quote.split())
