"""How closely the front page is set so that it stays one page.

In: a brief and its paper. Out: one of four densities, the length to which quotations are cut there, and how many changes and people
fit; the rest follows on the next page. The estimate counts printed lines, so that no page has to be laid out twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from briefing.models import Brief, KeyActor
from briefing.rendering.words import Words

__all__ = ["DENSITIES", "Density", "Front", "front"]


@dataclass(frozen=True, slots=True)
class Density:
    """``name`` is a class of the page's body; ``room`` in characters; ``lines`` fit on A4, each of ``width`` characters."""

    name: str
    room: int
    lines: int
    width: int


@dataclass(frozen=True, slots=True)
class Front:
    """The front page: its density and how many changes and people stand on it."""

    name: str
    room: int
    changes: int
    people: int

    @property
    def excerpt(self) -> int:
        """Most characters of a risk's sentence; a longer one gives way to the risk's own words."""
        return _excerpt(self.room)


def _excerpt(room: int) -> int:
    return room * 5 // 4


# Lines measured with the fonts of the theme situation at 257 mm: at most 5.0, 4.4, 3.8 and 3.6 mm each, headings and gaps included.
DENSITIES = (
    Density("roomy", room=240, lines=51, width=105),
    Density("normal", room=150, lines=58, width=112),
    Density("dense", room=95, lines=67, width=122),
    Density("full", room=60, lines=70, width=132),
)
_LETTER = 0.93
_LEAST_CHANGES, _LEAST_PEOPLE = 4, 2


def front(brief: Brief, paper: str = "A4") -> Front:
    """The roomiest density at which everything fits; at the closest one, as many changes and people as fit."""
    share = _LETTER if paper == "Letter" else 1.0
    changes, people = len(brief.changes), len(brief.key_actors)
    for at in DENSITIES:
        if lines(brief, at, changes, people) <= at.lines * share:
            return Front(at.name, at.room, changes, people)
    at = DENSITIES[-1]
    while lines(brief, at, changes, people) > at.lines * share and (changes > _LEAST_CHANGES or people > _LEAST_PEOPLE):
        if changes > _LEAST_CHANGES and (changes >= people or people <= _LEAST_PEOPLE):
            changes -= 1
        else:
            people -= 1
    return Front(at.name, at.room, changes, people)


def lines(brief: Brief, at: Density, changes: int, people: int) -> int:
    """About how many lines the front page takes."""
    half = at.width // 2 - 4

    def rows(length: int, width: int = at.width) -> int:
        return max(1, ceil(length / width))

    top = 9 + 2 * brief.exercise + bool(brief.subtitle)
    bottom_line = 2 + sum(rows(int(len(line.text) * 1.25) + 12) for line in brief.bottom_line)
    judgements = 2 + sum(rows(len(item.text) + 60) for item in brief.judgements) + (not brief.judgements)
    figures = 2 + 4 * ceil(len(brief.key_figures) / 4) if brief.key_figures else 0
    left = 2 + sum(rows(min(len(item.headline), at.room) + 24 + 40 * len(item.deltas[:2]), half) for item in brief.changes[:changes])
    right = 2 + sum(rows(len(Words.excerpt(item.risk, _excerpt(at.room))) + 40, half) for item in brief.top_risks)
    actors = [rows(_actor(actor, at.room), half) for actor in brief.key_actors[:people]]
    beside = 2 + sum(max(actors[index : index + 2]) for index in range(0, len(actors), 2)) if actors else 0
    return top + bottom_line + judgements + figures + max(left, right) + beside + 3


def _actor(actor: KeyActor, room: int) -> int:
    quote = actor.said or actor.did
    role = len(actor.role.quote) if actor.role else 0
    place = len(actor.affiliation.quote) if actor.affiliation else 0
    aliases = min(50, len(", ".join(actor.aliases[:3]))) if room > 100 else 0
    return len(actor.name) + 22 + min(60, role) + min(40, place) + aliases + (min(room, len(quote.quote)) + 10 if quote else 0)
