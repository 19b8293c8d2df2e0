"""Which of a row of siblings have been moved: the fewest whose moving explains the new order."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def moved(places: Sequence[int]) -> frozenset[int]:
    """Give the indexes of those that do not keep their order; ``places`` are the new places in the old order.

    All others are a longest increasing subsequence. The places must differ; the time is n log n.
    """
    ends: list[int] = []
    ends_at: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(ends_at[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        ends_at[length : length + 1] = [index]
    kept: set[int] = set()
    at = ends_at[-1] if ends_at else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return frozenset(range(len(places))) - kept
