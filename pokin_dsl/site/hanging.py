"""Boxes that hang below a head: their branches, and how these stand in one column or in several side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.site.plan import COLUMN_GAP, RAIL_INDENT, RAIL_OFFSET, STACK_GAP

if TYPE_CHECKING:
    from collections.abc import Sequence


Branch = tuple[int, int]
"""A box that hangs directly below a head, with all below it: its height, and how far it reaches to the right.

The reach is measured from the left of its column, RAIL_INDENT to the left of the box.
"""


@dataclass(frozen=True, slots=True)
class Stand:
    """How the branches of a head stand: left and top of the column's place for each, from the left and top of all.

    `middle` is where the head's middle stands above them, from their left.
    """

    spots: tuple[tuple[int, int], ...]
    middle: int
    width: int
    height: int


def stand(branches: Sequence[Branch], head: int, limit: int | None) -> Stand:
    """Set the branches of a head, half of whose width is `head`, into columns no taller than the limit, if they can."""
    if limit is None or _total(branches) <= limit + STACK_GAP:
        return _side_by_side([branches], head)
    room = limit + STACK_GAP
    fewest = len(_broken(branches, room))
    return _side_by_side(_broken(branches, room, fewest), head)


def _broken(branches: Sequence[Branch], room: int, count: int = 1) -> list[list[Branch]]:
    """Fill columns, each to its share of what is left for so many, or until the next branch has no room."""
    rest = _total(branches)
    columns: list[list[Branch]] = [[]]
    filled = 0
    for branch in branches:
        step = branch[0] + STACK_GAP
        if filled and (filled * count >= rest or filled + step > room):
            rest, count, filled = rest - filled, max(1, count - 1), 0
            columns.append([])
        columns[-1].append(branch)
        filled += step
    return columns


def _total(branches: Sequence[Branch]) -> int:
    """Return the height of branches in one column, with the room below the last."""
    return sum([height + STACK_GAP for height, _ in branches])


def _side_by_side(columns: Sequence[Sequence[Branch]], head: int) -> Stand:
    spots: list[tuple[int, int]] = []
    lefts: list[int] = []
    right = -COLUMN_GAP
    bottom = 0
    for column in columns:
        left, top = right + COLUMN_GAP, -STACK_GAP
        lefts.append(left)
        for height, reach in column:
            spots.append((left, top + STACK_GAP))
            top += STACK_GAP + height
            right = max(right, left + reach)
        bottom = max(bottom, top)
    middle = head if len(columns) == 1 else _middle(lefts, right)
    return Stand(tuple(spots), middle, right, bottom)


def _middle(lefts: Sequence[int], right: int) -> int:
    """Return the middle above several columns, on a rail where one is near."""
    middle = (RAIL_INDENT + right) // 2
    rails = [left + RAIL_OFFSET for left in lefts]
    return next((rail for rail in rails if abs(rail - middle) < RAIL_INDENT), middle)
