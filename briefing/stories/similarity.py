"""How alike documents are: a sparse list of similar pairs, within a time window.

Comes in: documents in a fixed order. Goes out: (index, index, similarity 0–1), both indices ascending. Words are weighed by TF-IDF;
names count extra.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.models import Document
from briefing.stories.words import content_words, names

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Edge", "similar_pairs"]

Edge = tuple[int, int, float]
NAMES = 0.2
"""Share of the names in the similarity; the words have the rest."""
ROWS = 512
"""Rows multiplied at once: bounds the memory whatever the number of documents."""


def similar_pairs(documents: Sequence[Document], window_days: float, least: float) -> list[Edge]:
    """Pairs from similarity ``least`` on, no further apart than ``window_days``; a document without date is within every window."""
    if len(documents) < 2:
        return []
    days = [document.published_at.timestamp() / 86_400 if document.published_at else None for document in documents]
    order = sorted(range(len(documents)), key=lambda i: (days[i] is not None, days[i] or 0.0, i))
    matrix = _matrix([documents[i] for i in order])
    if matrix is None:
        return []
    undated = sum(day is None for day in days)
    sorted_days = [days[i] for i in order]
    edges = []
    for start in range(0, len(order), ROWS):
        end = min(start + ROWS, len(order))
        first = _first_in_window(sorted_days, start, undated, window_days)
        columns = matrix[first:end]
        block = (matrix[start:end] @ columns.T).tocoo()
        edges += _edges(block, start, first, sorted_days, window_days, least)
        if first > 0 and undated:
            edges += _edges((matrix[start:end] @ matrix[:undated].T).tocoo(), start, 0, sorted_days, window_days, least)
    return sorted((min(order[i], order[j]), max(order[i], order[j]), value) for i, j, value in edges)


def _matrix(documents: Sequence[Document]) -> csr_matrix | None:
    """One row per document, of length 1, so that a product of two rows is their similarity; None when there are no words at all."""
    from math import sqrt

    from scipy.sparse import hstack

    parts = [(_weighed([content_words(d) for d in documents]), 1.0 - NAMES), (_weighed([names(d) for d in documents]), NAMES)]
    weighed = [part * sqrt(weight) for part, weight in parts if part is not None]
    return hstack(weighed, format="csr") if weighed else None


def _weighed(words: list[list[str]]) -> csr_matrix | None:
    """TF-IDF, each row of length 1: counts damped by a logarithm, rare words up (smoothed as if one document had all words). By hand:
    scikit-learn's vectorizer gives the same numbers, but its import takes three times as long as grouping a day of news."""
    from collections import Counter
    from itertools import chain

    import numpy as np
    from scipy.sparse import csr_matrix

    counts = [Counter(row) for row in words]
    column = {word: i for i, word in enumerate(sorted(set(chain.from_iterable(counts))))}
    if not column:
        return None
    lengths = [len(row) for row in counts]
    columns = np.fromiter((column[word] for row in counts for word in row), dtype=np.int32, count=sum(lengths))
    times = np.fromiter((count for row in counts for count in row.values()), dtype=np.float64, count=sum(lengths))
    idf = np.log((1 + len(words)) / (1 + np.bincount(columns, minlength=len(column)))) + 1
    values = (1 + np.log(times)) * idf[columns]
    row_of = np.repeat(np.arange(len(words)), lengths)
    norms = np.sqrt(np.bincount(row_of, weights=values**2, minlength=len(words)))
    return csr_matrix((values / norms[row_of], (row_of, columns)), shape=(len(words), len(column)))


def _first_in_window(days: Sequence[float | None], start: int, undated: int, window_days: float) -> int:
    """The first row that a row from ``start`` on may belong with; rows without date come first of all."""
    from bisect import bisect_left

    day = days[start]
    if day is None:
        return 0
    return bisect_left([d for d in days[undated:] if d is not None], day - window_days) + undated


def _edges(block: csr_matrix, row: int, column: int, days: Sequence[float | None], window_days: float, least: float) -> list[Edge]:
    """The pairs of one product, each once (the later row first), if they are within the window."""
    found = []
    keep = block.data >= least
    for i, j, value in zip(block.row[keep] + row, block.col[keep] + column, block.data[keep], strict=True):
        if j >= i:
            continue
        one, other = days[i], days[j]
        apart = abs(one - other) if one is not None and other is not None else 0.0
        if apart <= window_days:
            found.append((int(i), int(j), min(round(float(value), 6), 1.0)))
    return found
