"""Is a figure a whole toll of now, that others may be compared with?

Comes in: figures with the sentence around them. Goes out: whether the words beside the number make it a part ("six of the wounded",
"another 12"), an older count ("had counted 17"), a count of those let go, or one that is said to be false.
"""

from __future__ import annotations

import re

from briefing.models import Evidence, Figure, Measure
from briefing.stories.cues import has_cue

__all__ = ["is_added", "is_freed", "is_older", "is_part", "is_refuted", "is_remaining"]

_HELD = (Measure.DETAINED, Measure.ABDUCTED)
_OF = re.compile(r"\s+of\s+(?:the|its|their|his|her|our|them|those|these|whom|which)\b", re.IGNORECASE)
_MORE = re.compile(r"\s+(?:more|further|additional|others?)\b", re.IGNORECASE)
_MORE_THAN = re.compile(r"\s+more\s+than\b", re.IGNORECASE)
_DWELL = re.compile(r"\b(?:live|lived|living|dwell)\b", re.IGNORECASE)
_STILL = re.compile(r"\bstill\b", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:another|further|additional|plus)\s+$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:an?\s+\w+\s+of\s+)?$", re.IGNORECASE)
_DIED = re.compile(r"\b(?:died|dead|succumbed)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]\s|[–—()“”\"]|\s-\s|\bbut\b|\bwhile\b")
_BESIDE = 60
"""Characters beside the number that can say whose part it is."""


def is_part(figure: Figure, at: int = 0) -> bool:
    """A part of other people ("nine of the attackers", "two of her patients"), a difference ("two more than the agency"), or people in
    that state since before ("camps where 9,000 displaced live").

    ``at`` is the index of the mention in the figure's evidence, here and below."""
    after = _beside(figure, at)[1]
    if _OF.match(after) or _MORE_THAN.match(after):
        return True
    if figure.measure is Measure.DISPLACED:
        return bool(_DWELL.search(_clause(figure, at)))
    return figure.measure is Measure.WOUNDED and _has_died(figure, at)


def is_added(figure: Figure, at: int = 0) -> bool:
    """Added to a count before it ("another 12", "12 more"): no whole toll where the report has counted the same before."""
    before, after = _beside(figure, at)
    return bool(_ANOTHER.search(before) or _MORE.match(after))


def is_older(figure: Figure, at: int = 0) -> bool:
    """What was said before, in a report that has a newer count: "had counted 17 on Sunday", "up from 12"."""
    before, _ = _beside(figure, at)
    return bool(_FROM.search(before)) or has_cue(_clause(figure, at), "earlier")


def is_refuted(figure: Figure) -> bool:
    """Said to be false in the same sentence."""
    return has_cue(figure.context[0].quote, "refuted")


def is_freed(figure: Figure) -> bool:
    """A count of persons held that tells how many are held no longer."""
    return figure.measure in _HELD and has_cue(_clause(figure, 0), "freed")


def is_remaining(figure: Figure, at: int = 0) -> bool:
    """Who is missing still, after others were found: what earlier reports counted is outdated."""
    return figure.measure is Measure.MISSING and bool(_STILL.search(_clause(figure, at)))


def _has_died(figure: Figure, at: int) -> bool:
    """ "Three wounded men had died": the dead are no count of the wounded."""
    after = _beside(figure, at)[1]
    return len(after.split()) > 1 and bool(_DIED.search(_CLAUSE.split(after)[0][:_BESIDE])) and " and " not in after[:_BESIDE]


def _beside(figure: Figure, at: int) -> tuple[str, str]:
    """The sentence before and after the number."""
    sentence, start, end = _span(figure, at)
    return sentence[:start], sentence[end:]


def _clause(figure: Figure, at: int) -> str:
    """The words between the commas around the number."""
    sentence, start, end = _span(figure, at)
    left = max((match.end() for match in _CLAUSE.finditer(sentence, 0, start)), default=0)
    right = next((match.start() for match in _CLAUSE.finditer(sentence, end)), len(sentence))
    return sentence[left:right]


def _span(figure: Figure, at: int) -> tuple[str, int, int]:
    evidence: Evidence = figure.evidence[at]
    context = figure.context[min(at, len(figure.context) - 1)]
    start = evidence.start - context.start
    return context.quote, max(start, 0), max(start + len(evidence.quote), 0)
