"""The wording that raises a possible harm, as a value. Rules in ``hedge_nouns`` and ``hedge_verbs`` make them, ``hedges`` collects them."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from briefing.models import RiskKind

__all__ = ["Hedge", "hedge", "is_perfect"]


@dataclass(frozen=True, slots=True)
class Hedge:
    """The wording ``start``–``end`` (tokens), the word it hangs on, the head of what may happen, and how clearly it is a risk (1–3)."""

    kind: RiskKind
    start: int
    end: int
    head: Token
    event: Token
    strength: int


def hedge(kind: RiskKind, head: Token, event: Token, strength: int, start: int | None = None, end: int | None = None) -> Hedge:
    """A hedge of the head alone, unless ``start`` or ``end`` say otherwise."""
    first = head.i if start is None else start
    return Hedge(kind, first, head.i + 1 if end is None else end, head, event, strength)


def is_perfect(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "have" for child in verb.lefts)
