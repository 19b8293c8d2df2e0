"""Rows of siblings: which entry of one row is which of another, and two new orders of one row made one."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

T = TypeVar("T", bound="Hashable")
# Where both sides gave more siblings than this a new order, people decide: all pairs would have to be looked at.
_MOST_ORDERED = 500


def aligned(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Say which entry after is which entry before: equal ones, then what took the place of another."""
    pairs: dict[int, int] = {}
    where: dict[str, list[int]] = {}
    for index, value in enumerate(after):
        where.setdefault(value, []).append(index)
    for index, value in enumerate(before):
        if where.get(value):
            pairs[index] = where[value].pop(0)
    gone = [index for index in range(len(before)) if index not in pairs]
    come = sorted(set(range(len(after))) - set(pairs.values()))
    if len(gone) == len(come) == 1:
        pairs[gone[0]] = come[0]
        return pairs
    for index in gone:
        for other in come:
            if _same_place(index, other, pairs, len(before), len(after)):
                pairs[index] = other
                come.remove(other)
                break
    return pairs


def _same_place(index: int, other: int, pairs: dict[int, int], before: int, after: int) -> bool:
    first = pairs.get(index - 1) == other - 1 if index else other == 0
    last = pairs.get(index + 1) == other + 1 if index + 1 < before else other + 1 == after
    return first or last


def in_one_order(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> list[T] | None:
    """Order what all three rows hold: each pair as the side has it that turned it round; None where that is a circle.

    No two sides can turn the same pair round differently, so that only three or more can contradict each other.
    """
    common = set(base) & set(ours) & set(theirs)
    rows = [[one for one in row if one in common] for row in (base, ours, theirs)]
    if rows[1] == rows[0] or rows[1] == rows[2]:
        return rows[2]
    if rows[2] == rows[0]:
        return rows[1]
    if len(common) > _MOST_ORDERED:
        return None
    places = [{one: place for place, one in enumerate(row)} for row in rows]
    wins = dict.fromkeys(rows[0], 0)
    for one, other in combinations(rows[0], 2):
        turned = any(place[one] > place[other] for place in places[1:])
        wins[other if turned else one] += 1
    order = sorted(wins, key=lambda one: -wins[one])
    return order if len(set(wins.values())) == len(order) else None


def with_added(row: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> list[T]:
    """Put in what only one side has, each behind what it stands behind there; of two at one place ours is first."""
    result, old = list(row), set(row)
    for side in (ours, theirs):
        known = set(result)
        foreign = known - old - set(side)
        before: T | None = None
        for one in side:
            if one not in known:
                at = 0 if before is None else result.index(before) + 1
                while at < len(result) and result[at] in foreign:
                    at += 1
                result.insert(at, one)
                known.add(one)
            before = one
    return result
