"""Our own layout of a tree: boxes in rows and hanging columns, packed closely, in whole pixels.

The browser draws a tree again by the same steps when branches are folded (site_templates/static/gambar-tata.js):

1. Walk the tree in written order, parents first; the depth of a top box is 0.
2. A box hangs if its parent hangs, or if it has siblings and either none of them has children or its depth is at least
   `rentang`. All others stand in a row, the row of their depth; an only child so stands straight below its parent.
3. Rows lie below one another, as tall as their tallest box, LINK_GAP apart. A row's top is also where columns begin.
4. A column holds the whole branch below a box in a row: in written order, STACK_GAP apart, each box RAIL_INDENT to the
   right of its parent's left side.
5. From the last box to the first, give each box in a row its outline: its left and right edge, from its middle, in its
   own row and in every row below that its branch reaches. A column has the same edges in all rows that it reaches.
6. Siblings are pushed together from the left until their outlines are COLUMN_GAP apart, then from the right; each
   stands halfway between. The parent stands in the middle between its first and its last child.
7. From the first box to the last, add up; everything moves so that the leftmost edge stands at MARGIN.

All halves are rounded down. The measures are those at the top of `plan.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pokin_dsl.site.plan import COLUMN_GAP, LINK_GAP, MARGIN, RAIL_INDENT, STACK_GAP, Children, Place, Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

SCREEN = 16, 10
"""The sides of the screen that a picture should fill."""

_Size = tuple[int, int]
_Edges = list[int]


@dataclass(frozen=True, slots=True)
class _Forest:
    """A tree, or several: the boxes in written order, parent (-1: none) and depth of each, and which of them hang."""

    children: Children
    order: tuple[int, ...]
    parent: tuple[int, ...]
    depth: tuple[int, ...]
    hung: frozenset[int]

    def heads_column(self, box: int) -> bool:
        """Whether the children of this box hang below it."""
        below = self.children[box]
        return bool(below) and below[0] in self.hung


@dataclass(frozen=True, slots=True)
class _Heights:
    """Tops of rows (and of what is below the last) and of boxes; for each head of a column, how far that reaches."""

    rows: list[int]
    boxes: list[int]
    bottom: dict[int, int]
    reach: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Outline:
    """The left and the right edge of a branch in its own row and in each row below that it reaches."""

    left: _Edges
    right: _Edges


def fitting_plan(children: Children, sizes: Sequence[_Size]) -> Plan:
    """Give the plan that fits a screen at the largest scale; of several, the one in which most hangs.

    `sizes` are width and height of each box; widths are even.
    """
    first, *others = (tidy_plan(children, sizes, rentang) for rentang in choices(children))
    return min((first, *others), key=_extent) if others else first


def tidy_plan(children: Children, sizes: Sequence[_Size], rentang: int) -> Plan:
    """Lay out a tree, or several side by side, in which siblings with children hang from the depth `rentang`."""
    forest = _forest(children, rentang)
    heights = _heights(forest, sizes)
    lefts = _lefts(forest, sizes, heights)
    places = tuple([Place(x, y, *size) for x, y, size in zip(lefts, heights.boxes, sizes, strict=True)])
    width = max([place.x + place.width for place in places]) + MARGIN
    height = max([place.y + place.height for place in places]) + MARGIN
    return Plan(width, height, places, children, forest.hung, forest.depth, rentang)


@lru_cache(maxsize=512)
def choices(children: Children) -> tuple[int, ...]:
    """Give the depths from which siblings may hang that make a difference, and one from which none does."""
    depth = _forest(children, 1).depth
    found = {depth[below[0]] for below in children if len(below) > 1 and any(children[box] for box in below)}
    return (*sorted(found), max(found, default=0) + 1)


def _extent(plan: Plan) -> int:
    """Measure how small a plan must be drawn to fit the screen."""
    return max(plan.width * SCREEN[1], plan.height * SCREEN[0])


@lru_cache(maxsize=512)
def _forest(children: Children, rentang: int) -> _Forest:
    parent, depth = [-1] * len(children), [0] * len(children)
    for box, below in enumerate(children):
        for child in below:
            parent[child] = box
    order: list[int] = []
    hung: set[int] = set()
    waiting = [box for box in reversed(range(len(children))) if parent[box] < 0]
    while waiting:
        box = waiting.pop()
        order.append(box)
        below, step = children[box], depth[box] + 1
        for child in below:
            depth[child] = step
        if box in hung or (len(below) > 1 and (step >= rentang or not any(children[child] for child in below))):
            hung.update(below)
        waiting.extend(reversed(below))
    return _Forest(children, tuple(order), tuple(parent), tuple(depth), frozenset(hung))


def _heights(forest: _Forest, sizes: Sequence[_Size]) -> _Heights:
    """Set the top of each box: rows first, then columns, each of which begins at the row below its head."""
    rows = _row_tops(forest, sizes)
    heights = _Heights(rows, [0] * len(sizes), {}, {})
    head = 0
    for box in forest.order:
        width, height = sizes[box]
        depth = forest.depth[box]
        if box not in forest.hung:
            head, heights.boxes[box] = box, rows[depth]
            continue
        indent = depth - forest.depth[head]
        top = heights.bottom[head] + STACK_GAP if head in heights.bottom else rows[depth - indent + 1]
        heights.boxes[box] = top
        heights.bottom[head] = top + height
        heights.reach[head] = max(heights.reach.get(head, 0), indent * RAIL_INDENT + width)
    return heights


def _row_tops(forest: _Forest, sizes: Sequence[_Size]) -> list[int]:
    tallest: list[int] = []
    for box in forest.order:
        if box not in forest.hung:
            row = forest.depth[box]
            if row == len(tallest):
                tallest.append(0)
            tallest[row] = max(tallest[row], sizes[box][1])
    tops = [MARGIN]
    for height in tallest:
        tops.append(tops[-1] + height + LINK_GAP)
    return tops


def _lefts(forest: _Forest, sizes: Sequence[_Size], heights: _Heights) -> list[int]:
    """Set the left side of each box."""
    outlines: dict[int, _Outline] = {}
    shift = [0] * len(sizes)
    for box in reversed(forest.order):
        if box in forest.hung:
            continue
        half, below = sizes[box][0] // 2, forest.children[box]
        if forest.heads_column(box):
            rows = _rows_reached(heights, forest.depth[box], heights.bottom[box])
            under = _Outline([-half] * rows, [heights.reach[box] - half] * rows)
        else:
            under = _joined(below, outlines, shift)
        outlines[box] = _Outline([-half, *under.left], [half, *under.right])
    tops = [box for box in forest.order if forest.parent[box] < 0]
    whole = _joined(tops, outlines, shift)
    return _added_up(forest, sizes, shift, MARGIN - min(whole.left))


def _rows_reached(heights: _Heights, depth: int, bottom: int) -> int:
    """Count the rows below a depth that something touches which ends there; the lines above a row belong to it."""
    last = depth + 1
    while last + 1 < len(heights.rows) and bottom > heights.rows[last + 1] - LINK_GAP:
        last += 1
    return last - depth


def _joined(boxes: Sequence[int], outlines: dict[int, _Outline], shift: list[int]) -> _Outline:
    """Set siblings side by side, and give their outline, from the middle between the first and the last."""
    parts = [outlines.pop(box) for box in boxes]
    if len(parts) < 2:  # noqa: PLR2004 - nothing is beside it
        return parts[0] if parts else _Outline([], [])
    places = _placed(parts)
    left: _Edges = []
    right: _Edges = []
    for box, part, place in zip(boxes, parts, places, strict=True):
        step = shift[box] = place - places[-1] // 2
        left += [step + edge for edge in part.left[len(left) :]]
        right[: len(part.right)] = [step + edge for edge in part.right]
    return _Outline(left, right)


def _placed(parts: Sequence[_Outline]) -> list[int]:
    """Give the middles of siblings, the first at 0: halfway between pushed to the left and pushed to the right."""
    from_left = _pushed([(part.left, part.right) for part in parts])
    mirrored = [([-edge for edge in part.right], [-edge for edge in part.left]) for part in reversed(parts)]
    from_right = _pushed(mirrored)[::-1]
    return [(near + from_left[-1] - far) // 2 for near, far in zip(from_left, from_right, strict=True)]


def _pushed(parts: Sequence[tuple[_Edges, _Edges]]) -> list[int]:
    """Push outlines together towards the first, which stands at 0."""
    places: list[int] = []
    edge: _Edges = []
    for left, right in parts:
        place = max((there - here for there, here in zip(edge, left, strict=False)), default=-COLUMN_GAP) + COLUMN_GAP
        places.append(place)
        edge[: len(right)] = [place + here for here in right]
    return places


def _added_up(forest: _Forest, sizes: Sequence[_Size], shift: list[int], start: int) -> list[int]:
    middles, lefts = [0] * len(sizes), [0] * len(sizes)
    for box in forest.order:
        parent = forest.parent[box]
        if box in forest.hung:
            lefts[box] = lefts[parent] + RAIL_INDENT
        else:
            middles[box] = (middles[parent] if parent >= 0 else start) + shift[box]
            lefts[box] = middles[box] - sizes[box][0] // 2
    return lefts
