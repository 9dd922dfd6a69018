"""Whom or what a figure counts, and in which words: what two figures are compared by.

Comes in: figures. Goes out: the class of what is counted, and the wording of the quantity.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Figure, Measure
from briefing.stories.tables import counted_classes
from briefing.stories.tables import words as knowledge
from briefing.stories.words import tokens

__all__ = ["counted_class", "same_kind", "wording"]

_PERSONS = (Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.DETAINED, Measure.ABDUCTED, Measure.DISPLACED, Measure.PEOPLE)
_IRREGULAR = {"children": "child", "lives": "life", "schoolchildren": "schoolchild"}


def counted_class(figure: Figure) -> str:
    """The class of the last noun of what is counted ("civilians in the old town" → people); the word itself when it is in none."""
    head = _head([word.lower() for word in tokens(figure.counted.quote)] if figure.counted else [])
    if not head:
        return "people" if figure.measure in _PERSONS else ""
    return counted_classes().get(head, head)


def same_kind(one: str, other: str) -> bool:
    """True when two classes may be the same people: one class, or anyone and an occupation that is no party ("12 people", "12 miners")."""
    return one == other or ("people" in (one, other) and not ({one, other} - {"people"}) & set(counted_classes().values()))


def _head(words: Sequence[str]) -> str:
    """The last noun before what describes it, singular; of "the number of dead" it is "dead"."""
    end = next((i for i, word in enumerate(words) if word in knowledge()["head_end"] and i), len(words))
    head = _singular(words[end - 1]) if words else ""
    if head not in knowledge()["quantity"]:
        return head
    rest = words[end + 1 :]
    end = next((i for i, word in enumerate(rest) if word in knowledge()["head_end"] and i), len(rest))
    return _singular(rest[end - 1]) if rest else ""


def wording(figure: Figure) -> str:
    """What makes two figures one fact: numbers, unit and qualifier; the words themselves when there is no number."""
    if figure.number is None:
        return " ".join(figure.evidence[0].quote.lower().split())
    return f"{figure.value} {figure.low} {figure.high} {figure.unit} {figure.qualifier}"


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
