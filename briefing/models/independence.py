"""How many independent publishers stand behind a claim: the one definition every room counts by.

Comes in: for each report, who owns the outlet and where its text comes from. Goes out: the publishers that count.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["independent_publishers"]


def independent_publishers(reports: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The largest set of owners that can each be given an origin of their own, in order of first report.

    ``reports`` are pairs of (owner, origin). An owner counts once however much it prints, and a wire text counts once whoever
    reprints it: three outlets with one agency text are one, an outlet with its own report beside another's reprint is two.
    """
    offers: dict[str, list[str]] = {}
    for owner, origin in reports:
        origins = offers.setdefault(owner, [])
        if origin not in origins:
            origins.append(origin)
    taken: dict[str, str] = {}
    for owner in offers:
        _give(owner, offers, taken, set())
    counted = set(taken.values())
    return tuple(owner for owner in offers if owner in counted)


def _give(owner: str, offers: dict[str, list[str]], taken: dict[str, str], tried: set[str]) -> bool:
    """Gives ``owner`` an origin, moving another owner to a second origin of its own where that frees one (augmenting path)."""
    for origin in offers[owner]:
        if origin in tried:
            continue
        tried.add(origin)
        holder = taken.get(origin)
        if holder is None or _give(holder, offers, taken, tried):
            taken[origin] = owner
            return True
    return False
