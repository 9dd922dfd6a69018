"""Whom or what a figure counts, and how large it is: what two figures are compared by.

Comes in: figures. Goes out: the class of what is counted, and the number to sort by.
"""

from __future__ import annotations

import re

from briefing.models import Figure, Measure
from briefing.stories.tables import counted_classes
from briefing.stories.words import tokens

__all__ = ["counted_class", "floor", "number", "wording"]

_HEAD_END = frozenset(
    "of in from at on near with who that which linked held living including among by for after during to under believed accused".split()
)
_PERSONS = (Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.DETAINED, Measure.ABDUCTED, Measure.DISPLACED, Measure.PEOPLE)
_VAGUE = {"dozen": 12.0, "score": 20.0, "hundred": 100.0, "thousand": 1_000.0, "million": 1_000_000.0}
"""ACLED's habit for words (dozens from 12, hundreds from 100): for sorting only, never printed and never a value."""
_IRREGULAR = {"men": "man", "women": "woman", "children": "child", "bodies": "body", "lives": "life", "policemen": "policeman"}


def counted_class(figure: Figure) -> str:
    """The class of the last noun of what is counted ("civilians in the old town" → people); the word itself when it is in none."""
    words = [word.lower() for word in tokens(figure.counted.quote)] if figure.counted else []
    end = next((i for i, word in enumerate(words) if word in _HEAD_END and i), len(words))
    head = _singular(words[end - 1]) if words else ""
    if not head:
        return "people" if figure.measure in _PERSONS else ""
    return counted_classes().get(head, head)


def number(figure: Figure) -> float | None:
    """The figure as one number: its value, else the lower end of its range; None for vague words."""
    return next((n for n in (figure.value, figure.low, figure.high) if n is not None), None)


def floor(figure: Figure) -> float:
    """The least the figure can mean, for sorting."""
    known = number(figure)
    if known is not None:
        return known
    words = [word.lower().removesuffix("s") for word in re.findall(r"[^\W\d_]+", figure.evidence[0].quote)]
    found = [_VAGUE[word] for word in words if word in _VAGUE]
    if len(found) > 1:  # "tens of thousands" is no list word here, "hundreds of thousands" multiplies
        return found[0] * found[1]
    tens = 10.0 if "ten" in words and found else 1.0
    return found[0] * tens if found else 0.0


def wording(figure: Figure) -> str:
    """What makes two figures one fact: numbers, unit and qualifier; the words themselves when there is no number."""
    if number(figure) is None:
        return " ".join(figure.evidence[0].quote.lower().split())
    return f"{figure.value} {figure.low} {figure.high} {figure.unit} {figure.qualifier}"


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
