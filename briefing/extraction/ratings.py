"""Likelihood, impact and level of a risk, each with its basis in words.

Comes in: the words of a risk. Goes out: a ``Likelihood`` when the text uses a term of the probability lexicon or a named rule applies, an
``Impact`` when its words name scale, weapon, target or kind of harm, and the ``Level`` of the 25-cell matrix. Nothing is ever guessed: what
the words do not support is None, and the level then ``unrated``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from briefing.errors import ConfigurationError
from briefing.extraction.lexicon import pairs
from briefing.models import Impact, Level, Likelihood

__all__ = ["impact", "level", "likelihood", "shipped_matrix"]

Matrix = Mapping[str, Mapping[str, Level]]
_LONGEST = 3


@lru_cache(maxsize=1)
def shipped_matrix() -> dict[str, dict[str, Level]]:
    """Likelihood → impact → level. ConfigurationError when a cell is missing or no level."""
    rows = pairs("matrix")
    out: dict[str, dict[str, Level]] = {}
    for row in Likelihood:
        cells = rows.get(row, {})
        for column in Impact:
            if cells.get(column) not in [known.value for known in Level if known is not Level.UNRATED]:
                raise ConfigurationError(f"matrix.yaml: {row} × {column} must be low, medium, high or extreme")
        out[row] = {column: Level(cells[column]) for column in Impact}
    return out


def level(likelihood: Likelihood | None, impact: Impact | None, matrix: Matrix | None = None) -> Level:
    """The cell of the matrix; ``unrated`` without both coordinates. An empty ``matrix`` means the shipped one; a cell that a user's matrix
    leaves out is unrated."""
    if likelihood is None or impact is None:
        return Level.UNRATED
    return (matrix or shipped_matrix()).get(likelihood, {}).get(impact, Level.UNRATED)


def likelihood(lemmas: Sequence[str]) -> tuple[Likelihood, str] | None:
    """From the lemmas of a risk: its likelihood and the basis; the first term counts, the longest at its place ("very likely")."""
    words = _checked("likelihood", Likelihood)
    rules = _checked("rules", Likelihood)
    for phrase in _phrases(lemmas):
        if phrase in words:
            return Likelihood(words[phrase]), f'the text says "{phrase}"'
        if phrase in rules:
            return Likelihood(rules[phrase]), f'rule: said to be "{phrase}"'
    return None


def impact(lemmas: Sequence[str]) -> tuple[Impact, str] | None:
    """From the lemmas of a risk: the gravest impact its words name, and which word of which class named it."""
    order = list(Impact)
    best: tuple[Impact, str] | None = None
    for phrase in _phrases(lemmas):
        for name in ("scale", "weapon", "target", "harm"):
            found = _checked(name, Impact).get(phrase)
            if found is not None and (best is None or order.index(Impact(found)) > order.index(best[0])):
                best = (Impact(found), f'{name}: "{phrase}"')
    return best


def _phrases(lemmas: Sequence[str]) -> Iterator[str]:
    """Every run of up to three words, longer ones first at each place."""
    for at in range(len(lemmas)):
        for size in range(min(_LONGEST, len(lemmas) - at), 0, -1):
            yield " ".join(lemmas[at : at + size])


@lru_cache(maxsize=8)
def _checked(name: str, kind: type[Likelihood] | type[Impact]) -> Mapping[str, str]:
    """One class of ``ratings.yaml``, its meanings checked."""
    words = pairs("ratings").get(name, {})
    for word, meaning in words.items():
        if meaning not in list(kind):
            raise ConfigurationError(f"ratings.yaml: {name}: `{word}` is rated `{meaning}`; known are {', '.join(kind)}")
    return words
