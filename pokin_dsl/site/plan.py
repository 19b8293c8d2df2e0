"""Where the boxes of a picture stand, in pixels: the places, and the measures that all layouts share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

BOX_WIDTH = 216
NOTE_WIDTH = 184
"""Width of a box that shows a csf."""
COLUMN_GAP = 18
"""Least room between boxes side by side."""
LINK_GAP = 30
"""Room between two rows, for the lines."""
STACK_GAP = 14
"""Room between boxes that hang below each other."""
RAIL_INDENT = 20
"""How far hanging boxes stand to the right of their parent's left side."""
RAIL_OFFSET = 9
"""How far the rail on which they hang stands to the right of that side."""
MARGIN = 3

Children = tuple[tuple[int, ...], ...]
"""The children of each box, in written order."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box stands, in pixels from the left and the top of the picture."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """The middle of the box, from the left of the picture."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Plan:
    """A picture in pixels: its size, its places in the order of the boxes, the children of each.

    The boxes `hung` hang below their parent, on a rail at their left; all others stand in rows, `row_of` each.
    `rentang` is the depth (the top is 0) from which siblings that have children hang too. A column taller than `limit`
    is broken into several side by side.
    """

    width: int
    height: int
    places: tuple[Place, ...]
    children: Children
    hung: frozenset[int]
    row_of: tuple[int, ...]
    rentang: int
    limit: int | None = None

    def heads_column(self, parent: int) -> bool:
        """Whether the children of this box hang below it."""
        below = self.children[parent]
        return bool(below) and below[0] in self.hung

    def columns_below(self, head: int) -> list[list[Place]]:
        """Give the places of the boxes that hang directly below a head, column after column."""
        below = [self.places[child] for child in self.children[head]]
        return [list(column) for _, column in groupby(below, key=lambda place: place.x)]


@lru_cache(maxsize=512)
def children_of(count: int, links: tuple[tuple[int, int], ...]) -> Children:
    """Give the children of each box by the links of a picture."""
    below: list[list[int]] = [[] for _ in range(count)]
    for parent, child in links:
        below[parent].append(child)
    return tuple(map(tuple, below))


@lru_cache(maxsize=512)
def stacked(children: Children) -> frozenset[int]:
    """Give the leaves that stand in a stack: two or more siblings, none of which has children."""
    return frozenset(
        child for below in children if len(below) > 1 and not any(children[child] for child in below) for child in below
    )


def columns(count: int, links: tuple[tuple[int, int], ...]) -> int:
    """Return how many columns so many boxes take side by side; a stack is one."""
    children = children_of(count, links)
    piled = stacked(children)
    loose = sum(not below and box not in piled for box, below in enumerate(children))
    return loose + sum(bool(below) and below[0] in piled for below in children)
