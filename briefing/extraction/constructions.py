"""The constructions in which English attributes words to somebody, in the order they are tried.

Comes in: a ``View`` of the text and one cue. Goes out: what the cue reports, by the first construction that fits, or None.
"""

from __future__ import annotations

from collections.abc import Callable

from briefing.extraction.claims import Claim, VerbCue, verb_cue
from briefing.extraction.clausal import (
    after_that,
    clause_after,
    colon,
    impersonal,
    misread_clause,
    quotation_after,
    relative_gap,
    trailing,
    unpunctuated,
)
from briefing.extraction.clauses import View
from briefing.extraction.complements import call_to_act, command, evaluated, infinitive, naming, order, passive, topic, verdict
from briefing.extraction.cues import Cue
from briefing.extraction.noun_cues import noun_clause, noun_infinitive, noun_topic
from briefing.extraction.sources import is_nobody

__all__ = ["claim"]

_WITH_SOURCE: tuple[Callable[[VerbCue], Claim | None], ...] = (
    command,
    order,
    relative_gap,
    clause_after,
    passive,
    trailing,
    call_to_act,
    infinitive,
    naming,
    verdict,
    evaluated,
    topic,
    quotation_after,
    colon,
    unpunctuated,
    misread_clause,
    after_that,
)
_WITHOUT_SOURCE: tuple[Callable[[VerbCue], Claim | None], ...] = (impersonal, passive)
_NOUNS: tuple[Callable[[View, Cue], Claim | None], ...] = (noun_clause, noun_infinitive, noun_topic)


def claim(view: View, cue: Cue) -> Claim | None:
    """What ``cue`` reports, by the first construction that fits; None when it reports nothing."""
    if cue.token.pos_ == "NOUN":
        return next((found for build in _NOUNS if (found := build(view, cue))), None)
    verb = verb_cue(view, cue)
    if verb.noun is not None and is_nobody(verb.noun):
        return None
    builders = _WITHOUT_SOURCE if verb.source is None else _WITH_SOURCE
    return next((found for build in builders if (found := build(verb))), None)
