"""Which documents repeat one text: wire copy, reprints, edited versions.

Comes in: documents. Goes out: pairs that share their text, and the origin of each document of a story. MinHash only proposes pairs;
each is verified by counting equal word shingles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from briefing.models import Document
from briefing.stories.words import shingles

__all__ = ["origins", "reprint_pairs", "shared"]

PERMUTATIONS = 128
BANDS = 32
"""128 values in 32 bands of 4 propose nine in ten of the pairs that share half their shingles."""
SEED = 7
FEWEST = 8
"""Texts with fewer shingles are too short to tell a reprint from a set phrase."""
COMPARED_ALL = 120
"""In a story of up to so many documents every pair is compared, so that a reprint cut to a third is found too."""


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the shorter text's shingles that the longer has: 1.0 for a text cut short. 0.0 when either is too short to tell."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= FEWEST else 0.0


def reprint_pairs(documents: Sequence[Document], least: float) -> list[tuple[int, int]]:
    """Pairs of indices (lower first, sorted) of texts that are one: MinHash candidates, verified by text."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(least, PERMUTATIONS, BANDS)
    sets = [shingles(document.text) for document in documents]
    pairs = []
    for key, words in enumerate(sets):
        if len(words) < FEWEST:
            continue
        signature = RMinHash(PERMUTATIONS, SEED)
        signature.update(list(words))
        pairs += [(other, key) for other in index.query(signature) if shared(sets[other], words) >= least]
        index.insert(key, signature)
    return sorted(pairs)


def origins(documents: Sequence[Document], least: float) -> dict[str, str]:
    """Where the text of each document of one story comes from, by document id.

    Documents of one origin: those marked as a repetition of another, with the same wire agency, or that share ``least`` of their
    text. The origin is called after the agency, else after the owner of the earliest document (the documents come in that order).
    """
    parent = list(range(len(documents)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for one, other in _same_text(documents, least):
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    agencies: dict[int, str] = {}
    for i, document in enumerate(documents):
        if document.wire:
            agencies.setdefault(root(i), document.wire)
    named = {}
    for i, document in enumerate(documents):
        first = root(i)
        if first in agencies:
            named[document.id] = agencies[first]
        else:
            named[document.id] = documents[first].source.owner
    return named


def _same_text(documents: Sequence[Document], least: float) -> Iterator[tuple[int, int]]:
    by_id = {document.id: i for i, document in enumerate(documents)}
    by_agency: dict[str, int] = {}
    for i, document in enumerate(documents):
        original = by_id.get(document.duplicate_of or "")
        if original is not None:
            yield i, original
        if document.wire:
            yield i, by_agency.setdefault(document.wire.casefold(), i)
    for i, document in enumerate(documents):
        agency = by_agency.get(document.source.owner.casefold())
        if agency is not None:
            yield i, agency
    yield from _shared_text(documents, least)


def _shared_text(documents: Sequence[Document], least: float) -> Iterable[tuple[int, int]]:
    if len(documents) > COMPARED_ALL:
        return reprint_pairs(documents, least)
    sets = [shingles(document.text) for document in documents]
    return [(i, j) for i, j in combinations(range(len(documents)), 2) if shared(sets[i], sets[j]) >= least]
