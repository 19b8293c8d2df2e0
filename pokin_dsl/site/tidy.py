"""Our own layout of a tree: boxes in rows and hanging columns, packed closely, in whole pixels.

The browser draws a tree again by the same steps when branches are folded (site_templates/static/gambar-tata.js):

1. Walk the tree in written order, parents first; the depth of a top box is 0.
2. A box hangs if its parent hangs, or if it has siblings and either none of them has children or its depth is at least
   `rentang`. All others stand in a row, the row of their depth; an only child so stands straight below its parent.
3. Rows lie below one another, as tall as their tallest box, LINK_GAP apart. A row's top is also where columns begin.
4. A column holds the branches below a box in a row, its head: in written order, STACK_GAP apart, each box RAIL_INDENT
   to the right of its parent's left side. The column begins at the left side of its head.
5. A column taller than `limit` breaks between branches (hanging.py): as many columns as are needed if each is filled as
   far as it may be. Each then takes branches until it holds its share of what is left, or until the next would pass
   the limit. They stand COLUMN_GAP apart, their head in the middle above their boxes, or above a rail if one is nearer
   to there than RAIL_INDENT.
6. From the last box to the first, give each box in a row its outline: its left and right edge, from its middle, in its
   own row and in every row below that its branch reaches. Columns have the same edges in all rows that they reach.
7. Siblings are pushed together from the left until their outlines are COLUMN_GAP apart, then from the right; each
   stands halfway between. The parent stands in the middle between its first and its last child.
8. From the first box to the last, add up; everything moves so that the leftmost edge stands at MARGIN.

All halves and shares are rounded down. The measures are those at the top of `plan.py`.

Which plan is the best for a screen is chosen in two steps: `rentang` among plans without a limit, then the limit, by
halving, for the last `rentang` whose plan is too tall. Columns are broken only where that pays (GAIN).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pokin_dsl.site.hanging import stand
from pokin_dsl.site.plan import COLUMN_GAP, LINK_GAP, MARGIN, RAIL_INDENT, STACK_GAP, Children, Place, Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pokin_dsl.site.hanging import Branch, Stand

SCREEN = 16, 10
"""The sides of the screen that a picture should fill."""
LEAST = 720
"""The lowest limit that is tried: a column that is no taller is seen at once, and stays in one piece."""
GAIN = 5, 4
"""How much larger a picture must become for its columns to be broken."""
DEPTHS_TRIED = 12
"""From how many depths siblings are tried to hang."""
_STEP = 16

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
    rentang: int


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What is known before anything is placed: tops of rows (and of what is below the last), and what hangs.

    The branches of each head of a column; how far below the top of its branch each box hangs.
    """

    forest: _Forest
    sizes: Sequence[_Size]
    rows: list[int]
    branches: dict[int, list[Branch]]
    drops: list[int]


@dataclass(frozen=True, slots=True)
class _Outline:
    """The left and the right edge of a branch in its own row and in each row below that it reaches."""

    left: _Edges
    right: _Edges


@dataclass(frozen=True, slots=True)
class _Draft:
    """A layout under a limit: how columns stand, how far each box in a row stands from its parent, the size of all."""

    sketch: _Sketch
    limit: int | None
    stands: dict[int, Stand]
    shift: list[int]
    start: int
    width: int
    height: int

    @property
    def extent(self) -> int:
        """How small it must be drawn to fit the screen."""
        return max(self.width * SCREEN[1], self.height * SCREEN[0])

    @property
    def is_tall(self) -> bool:
        """Whether its height is what makes it small."""
        return self.height * SCREEN[0] > self.width * SCREEN[1]


def fitting_plan(children: Children, sizes: Sequence[_Size]) -> Plan:
    """Give the plan that fits a screen at the largest scale; of several, the one in which most hangs.

    `sizes` are width and height of each box; widths are even.
    """
    drafts = [_draft(_sketch(_forest(children, rentang), sizes), None) for rentang in choices(children)]
    best = min(drafts, key=lambda draft: draft.extent)
    tall = [draft for draft in drafts if draft.is_tall]
    broken = _best_broken(tall[-1]) if tall else best
    return _plan(broken if broken.extent * GAIN[0] <= best.extent * GAIN[1] else best)


def tidy_plan(children: Children, sizes: Sequence[_Size], rentang: int, limit: int | None = None) -> Plan:
    """Lay out a tree, or several side by side.

    Siblings with children hang from the depth `rentang`; columns break where they would be taller than the limit.
    """
    return _plan(_draft(_sketch(_forest(children, rentang), sizes), limit))


@lru_cache(maxsize=512)
def choices(children: Children) -> tuple[int, ...]:
    """Give the depths from which siblings may hang that make a difference, and one from which none does.

    Of a tree deeper than any that people draw only the upper ones are tried, or it would take as many plans as depths.
    """
    depth = _forest(children, 1).depth
    found = {depth[below[0]] for below in children if len(below) > 1 and any(children[box] for box in below)}
    return (*sorted(found)[:DEPTHS_TRIED], max(found, default=0) + 1)


def _best_broken(whole: _Draft) -> _Draft:
    """Halve what the limit may be until the picture is as wide as the screen; give the best that was seen."""
    best = whole
    least, most = LEAST, whole.height if whole.stands else LEAST
    while most - least > _STEP:
        draft = _draft(whole.sketch, (least + most) // 2)
        if draft.extent < best.extent:
            best = draft
        if draft.is_tall:
            most = (least + most) // 2
        else:
            least = (least + most) // 2
    return best


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
    return _Forest(children, tuple(order), tuple(parent), tuple(depth), frozenset(hung), rentang)


def _sketch(forest: _Forest, sizes: Sequence[_Size]) -> _Sketch:
    """Measure the rows, and the branches that hang."""
    branches: dict[int, list[Branch]] = {}
    drops = [0] * len(sizes)
    head = height = reach = 0
    for box in forest.order:
        if box not in forest.hung:
            head = box
            continue
        below = branches.setdefault(head, [])
        if forest.parent[box] == head:
            below.append((0, 0))
            height, reach = -STACK_GAP, 0
        drops[box] = height + STACK_GAP
        height = drops[box] + sizes[box][1]
        reach = max(reach, (forest.depth[box] - forest.depth[head]) * RAIL_INDENT + sizes[box][0])
        below[-1] = height, reach
    return _Sketch(forest, sizes, _row_tops(forest, sizes), branches, drops)


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


def _draft(sketch: _Sketch, limit: int | None) -> _Draft:
    """Set the columns of each head, and set branches side by side."""
    forest, sizes, rows = sketch.forest, sketch.sizes, sketch.rows
    stands = {head: stand(below, sizes[head][0] // 2, limit) for head, below in sketch.branches.items()}
    outlines: dict[int, _Outline] = {}
    shift = [0] * len(sizes)
    for box in reversed(forest.order):
        if box in forest.hung:
            continue
        under = _beneath(sketch, box, stands[box]) if box in stands else _joined(forest.children[box], outlines, shift)
        half = sizes[box][0] // 2
        outlines[box] = _Outline([-half, *under.left], [half, *under.right])
    whole = _joined([box for box in forest.order if forest.parent[box] < 0], outlines, shift)
    start = MARGIN - min(whole.left)
    bottom = max([rows[-1] - LINK_GAP, *(rows[forest.depth[head] + 1] + each.height for head, each in stands.items())])
    return _Draft(sketch, limit, stands, shift, start, start + max(whole.right) + MARGIN, bottom + MARGIN)


def _beneath(sketch: _Sketch, head: int, columns: Stand) -> _Outline:
    """Give the outline of columns; the lines above a row belong to it."""
    row = last = sketch.forest.depth[head] + 1
    bottom = sketch.rows[row] + columns.height
    while last + 1 < len(sketch.rows) and bottom > sketch.rows[last + 1] - LINK_GAP:
        last += 1
    reached = last - row + 1
    return _Outline([-columns.middle] * reached, [columns.width - columns.middle] * reached)


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


def _plan(draft: _Draft) -> Plan:
    forest, sizes = draft.sketch.forest, draft.sketch.sizes
    places = tuple([Place(x, y, *size) for (x, y), size in zip(_spots(draft), sizes, strict=True)])
    shape = forest.children, forest.hung, forest.depth, forest.rentang
    return Plan(draft.width, draft.height, places, *shape, draft.limit)


def _spots(draft: _Draft) -> list[tuple[int, int]]:
    """Add up left and top of each box."""
    sketch = draft.sketch
    forest, rows = sketch.forest, sketch.rows
    middles, spots = [0] * len(sketch.sizes), [(0, 0)] * len(sketch.sizes)
    head = left = top = nth = 0
    for box in forest.order:
        parent, depth = forest.parent[box], forest.depth[box]
        if box not in forest.hung:
            head, nth = box, 0
            middles[box] = (middles[parent] if parent >= 0 else draft.start) + draft.shift[box]
            spots[box] = middles[box] - sketch.sizes[box][0] // 2, rows[depth]
            continue
        if parent == head:
            columns = draft.stands[head]
            left, top = columns.spots[nth]
            left, top, nth = left + middles[head] - columns.middle, top + rows[depth], nth + 1
        spots[box] = left + (depth - forest.depth[head]) * RAIL_INDENT, top + sketch.drops[box]
    return spots
