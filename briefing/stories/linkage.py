"""Average linkage over a sparse list of similar pairs.

Comes in: the number of items and their similar pairs. Goes out: a group number per item. A pair that is not listed has similarity 0;
a negative one holds its groups apart. Time grows with the pairs, not with the square of the items.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable

__all__ = ["link"]


def link(count: int, edges: Iterable[tuple[int, int, float]], least: float) -> list[int]:
    """Groups: the most alike two are joined first, as long as the average similarity of their members is ``least`` or more.

    The number of a group is its lowest item. Equal similarities are joined in order of item, so the result depends on nothing else.
    """
    near: list[dict[int, float]] = [{} for _ in range(count)]
    for i, j, value in edges:
        near[i][j] = near[j][i] = value
    members = [[i] for i in range(count)]
    heap = [(-value, i, j, 1, 1) for i in range(count) for j, value in near[i].items() if i < j and value >= least]
    heapq.heapify(heap)
    while heap:
        _, i, j, size_i, size_j = heapq.heappop(heap)
        if len(members[i]) != size_i or len(members[j]) != size_j:
            continue  # one of them has grown since, or is gone
        members[i] += members[j]
        members[j] = []
        _join(near, i, j)
        for k, total in near[i].items():
            average = total / (len(members[i]) * len(members[k]))
            if average >= least:
                low, high = min(i, k), max(i, k)
                heapq.heappush(heap, (-average, low, high, len(members[low]), len(members[high])))
    groups = [0] * count
    for group, items in enumerate(members):
        for item in items:
            groups[item] = group
    return groups


def _join(near: list[dict[int, float]], i: int, j: int) -> None:
    """Adds the summed similarities of ``j`` to those of ``i`` and forgets ``j``."""
    del near[i][j]
    for k, total in near[j].items():
        if k == i:
            continue
        del near[k][j]
        near[i][k] = near[k][i] = near[i].get(k, 0.0) + total
    near[j] = {}
