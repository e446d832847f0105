"""Joins what is most alike, step by step, until no two groups are alike enough."""

from bisect import insort
from collections.abc import Mapping
from heapq import heapify, heappop, heappush


def average_link(
    size: int, alike: Mapping[tuple[int, int], float], *, least: float
) -> list[list[int]]:
    """Return the numbers 0 to `size` - 1 in groups, each in ascending order, by their first number.

    Two groups are joined, the most alike first, while the mean likeness of their members is at
    least `least`, which must be positive; pairs that are not listed have a likeness of 0. Equal
    likenesses are joined in the order of their numbers, so that the result is always the same.

    Source: agglomerative clustering with average linkage (UPGMA; Sokal & Michener, 1958).
    """
    groups = {number: [number] for number in range(size)}
    sums: list[dict[int, float]] = [{} for _ in range(size)]
    for (a, b), likeness in alike.items():
        sums[a][b] = sums[b][a] = likeness
    heap = [(-likeness, a, b) for (a, b), likeness in alike.items() if likeness >= least]
    heapify(heap)
    while heap:
        negative, a, b = heappop(heap)
        if b not in sums[a] or -negative != _mean(groups, sums, a, b):
            continue  # one of the two has been joined to another since
        _join(groups, sums, a, b)
        for other in sums[a]:
            if (mean := _mean(groups, sums, a, other)) >= least:
                heappush(heap, (-mean, min(a, other), max(a, other)))
    return list(groups.values())


def _mean(groups: dict[int, list[int]], sums: list[dict[int, float]], a: int, b: int) -> float:
    return sums[a][b] / (len(groups[a]) * len(groups[b]))


def _join(groups: dict[int, list[int]], sums: list[dict[int, float]], a: int, b: int) -> None:
    """Make `b` part of `a`, and the likenesses of `b` those of `a`."""
    for member in groups.pop(b):
        insort(groups[a], member)
    for other, likeness in sums[b].items():
        del sums[other][b]
        if other != a:
            sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + likeness
    sums[b] = {}
