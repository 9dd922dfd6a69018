"""How closely the front page must be set to stay one page.

In: a brief. Out: one of four densities and the length to which quotations on the front page are cut. The estimate counts printed
lines at each density's own line length, so that no page has to be laid out twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from briefing.models import Brief

__all__ = ["Density", "density"]


@dataclass(frozen=True, slots=True)
class Density:
    """``name`` is a class of the page's body; ``room`` is in characters; ``lines`` is what fits on the page at ``width`` characters."""

    name: str
    room: int
    lines: int
    width: int


# Measured on A4 with the fonts of the situation theme, with a tenth of the page to spare.
DENSITIES = (
    Density("roomy", room=240, lines=52, width=105),
    Density("normal", room=150, lines=58, width=112),
    Density("dense", room=95, lines=66, width=122),
    Density("full", room=60, lines=74, width=132),
)


def density(brief: Brief) -> Density:
    """The roomiest density at which the front page fits, or the closest one."""
    return next((item for item in DENSITIES if _lines(brief, item) <= item.lines), DENSITIES[-1])


def _lines(brief: Brief, at: Density) -> int:
    def rows(length: int, width: int = at.width) -> int:
        return max(1, ceil(length / width))

    half = at.width // 2 - 4
    top = 9 + 2 * brief.exercise + bool(brief.subtitle)
    bottom_line = 2 + sum(rows(int(len(line.text) * 1.25) + 12) for line in brief.bottom_line)
    judgements = 2 + sum(rows(len(item.text) + 60) for item in brief.judgements) + (not brief.judgements)
    figures = 2 + 4 * ceil(len(brief.key_figures) / 4) if brief.key_figures else 0
    changes = 2 + sum(rows(min(len(item.headline), at.room) + 24 + 40 * len(item.deltas[:2]), half) for item in brief.changes)
    risks = 2 + sum(rows(min(len(item.risk.evidence[0].quote), at.room) + 40, half) for item in brief.top_risks)
    people = 0
    if brief.key_actors:
        people = 2 + sum(
            rows(len(actor.name) + 40 + min(60, len(actor.role.quote) if actor.role else 0))
            - 1
            + rows(min(at.room, len((actor.said or actor.did).quote)) + 60 if actor.said or actor.did else 60)  # type: ignore[union-attr]
            for actor in brief.key_actors
        )
    return top + bottom_line + judgements + figures + max(changes, risks) + people + 3
