"""Where the boxes of a picture stand: the question to the engine, its answer, the plan in pixels.

The engine is asked for the shape of the tree only. Its answer gives each box a column (the middle
of the box) and a row; how tall a row is follows from the boxes that stand in it.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pokin_dsl.site.plan import (
    BOX_WIDTH,
    COLUMN_GAP,
    LINK_GAP,
    MARGIN,
    RAIL_INDENT,
    STACK_GAP,
    Children,
    Place,
    Plan,
    children_of,
    stacked,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pokin_dsl.site.diagram import Picture

ROOM = BOX_WIDTH + RAIL_INDENT
"""What the engine keeps free for each box: a stack stands a little to the right of its parent."""

_COLUMN = ROOM + COLUMN_GAP
_POINTS_PER_INCH = 72
_FARTHEST = 10_000_000.0
_ASK_GRAPH = {
    "ordering": "out",  # siblings in written order
    "splines": "none",  # the links are drawn here, not there
    "nodesep": f"{COLUMN_GAP / _POINTS_PER_INCH:g}",
    "ranksep": "0.5",
}
_ASK_NODE = {
    "shape": "box",
    "fixedsize": "true",
    "label": "",
    "width": f"{ROOM / _POINTS_PER_INCH:g}",
    "height": "0.5",
}
_ASK_EDGE = {"arrowhead": "none"}
_STRAIGHT = "100"
_NODE_NAME = re.compile(r"n(0|[1-9][0-9]{0,7})")


@dataclass(frozen=True, slots=True)
class Layout:
    """The engine's answer for one picture: the middle of each box, x to the right and y upwards."""

    spots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """The children of each box, and which boxes stand in a stack below their parent."""

    children: Children
    stacked: frozenset[int]

    def heads_stack(self, parent: int) -> bool:
        """Whether the children of this box stand in a stack."""
        below = self.children[parent]
        return bool(below) and below[0] in self.stacked


def dot_text(picture: Picture) -> str:
    """Return the question to the engine: one graph, which begins on a line of its own.

    Pictures of the same shape differ only in what stands before the first brace.
    """
    import graphviz  # noqa: PLC0415 - it takes 20 ms, and where no page changed nothing is asked

    text: str = graphviz.Digraph(
        picture.name,
        graph_attr=_ASK_GRAPH,
        node_attr=_ASK_NODE,
        edge_attr=_ASK_EDGE,
        body=_body(len(picture.boxes), picture.links),
    ).source
    return text


def read_layouts(output: str) -> dict[str, Layout]:
    """Read the engine's answer (json0, one object per graph) for a batch, by the graphs' names.

    What is broken, cut off, incomplete or beyond all measure is left out.
    """
    found: dict[str, Layout] = {}
    for answer in _answers(output):
        name, layout = answer.get("name"), _layout(answer.get("objects"))
        if isinstance(name, str) and layout is not None:
            found.setdefault(name, layout)
    return found


def plan_of(picture: Picture, layout: Layout, sizes: Sequence[tuple[int, int]]) -> Plan | None:
    """Return the picture in pixels, for boxes of these widths and heights; None if the layout does not fit it."""
    shape = _shape(len(picture.boxes), picture.links)
    if not layout.spots or len(layout.spots) != len(picture.boxes):
        return None
    levels = {y: row for row, y in enumerate(sorted({y for _, y in layout.spots}, reverse=True))}
    row_of = tuple(levels[y] for _, y in layout.spots)
    rows: list[list[int]] = [[] for _ in levels]
    for box, row in enumerate(row_of):
        rows[row].append(box)
    if not _fits(shape, layout, row_of, rows):
        return None
    middles = _centred(shape, layout, rows)
    tops = _tops(shape, row_of, rows, [height for _, height in sizes])
    left = min(middles) - ROOM / 2 - MARGIN
    places = tuple(_place(shape, box, round(x - left), (tops[box], sizes[box])) for box, x in enumerate(middles))
    return Plan(
        max(place.x + place.width for place in places) + MARGIN,
        max(place.y + place.height for place in places) + MARGIN,
        places,
        shape.children,
        shape.stacked,
        row_of,
        rentang=len(levels),
    )


def _place(shape: _Shape, box: int, middle: int, rest: tuple[int, tuple[int, int]]) -> Place:
    """Set a box into the room that was kept for it: one in a stack to the right, so that its rail is at its left."""
    top, (width, height) = rest
    start = middle - BOX_WIDTH // 2
    return Place(start + RAIL_INDENT if box in shape.stacked else start + (BOX_WIDTH - width) // 2, top, width, height)


@lru_cache(maxsize=512)
def _body(count: int, links: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
    """Return the lines for nodes and edges; a stack is a chain that the engine keeps straight."""
    import graphviz  # noqa: PLC0415 - as above

    graph = graphviz.Digraph()
    shape = _shape(count, links)
    for box in range(count):
        graph.node(f"n{box}")
    for parent, children in enumerate(shape.children):
        if shape.heads_stack(parent):
            for upper, lower in pairwise((parent, *children)):
                graph.edge(f"n{upper}", f"n{lower}", weight=_STRAIGHT)
        else:
            for child in children:
                graph.edge(f"n{parent}", f"n{child}")
    return tuple(graph.body)


@lru_cache(maxsize=512)
def _shape(count: int, links: tuple[tuple[int, int], ...]) -> _Shape:
    children = children_of(count, links)
    return _Shape(children, stacked(children))


def _answers(output: str) -> Iterator[Mapping[str, object]]:
    """Give every complete object; after something broken, go on at the next line that opens one."""
    decoder = json.JSONDecoder()
    start = output.find("{")
    while start >= 0:
        try:
            answer, end = decoder.raw_decode(output, start)
        except (ValueError, RecursionError):
            start = output.find("\n{", start + 1)
            start += start >= 0
        else:
            yield answer
            start = output.find("{", end)


def _layout(objects: object) -> Layout | None:
    if not isinstance(objects, list) or not objects:
        return None
    spots: dict[int, tuple[float, float]] = {}
    for item in objects:
        name = _NODE_NAME.fullmatch(str(item.get("name"))) if isinstance(item, dict) else None
        spot = _spot(item.get("pos")) if name else None
        if name is None or spot is None:
            return None
        spots[int(name[1])] = spot
    try:
        return Layout(tuple(spots[box] for box in range(len(objects))))
    except KeyError:
        return None


def _spot(position: object) -> tuple[float, float] | None:
    try:
        x, y = map(float, str(position).split(","))
    except ValueError:
        return None
    near = math.isfinite(x) and math.isfinite(y) and max(abs(x), abs(y)) <= _FARTHEST
    return (x, y) if near else None


def _fits(shape: _Shape, layout: Layout, row_of: Sequence[int], rows: Sequence[Sequence[int]]) -> bool:
    """Whether every child stands below its parent and no two boxes of a row overlap."""
    below = all(row_of[child] > row_of[box] for box, children in enumerate(shape.children) for child in children)
    return below and all(
        right - left >= ROOM for row in rows for left, right in pairwise(sorted(layout.spots[box][0] for box in row))
    )


def _centred(shape: _Shape, layout: Layout, rows: Sequence[Sequence[int]]) -> list[float]:
    """Return the columns, with parents in the middle of their children as far as neighbours allow.

    The engine keeps parents near their children, but takes any place between the middle two as equal.
    """
    columns = [x for x, _ in layout.spots]
    for row in reversed(rows):
        order = sorted(row, key=columns.__getitem__)
        for place, box in enumerate(order):
            children = shape.children[box]
            if not children or shape.heads_stack(box):
                continue
            wanted = (columns[children[0]] + columns[children[-1]]) / 2
            left = columns[order[place - 1]] + _COLUMN if place else -math.inf
            right = columns[order[place + 1]] - _COLUMN if place + 1 < len(order) else math.inf
            columns[box] = min(max(wanted, left), right)
    return columns


def _tops(shape: _Shape, row_of: Sequence[int], rows: Sequence[Sequence[int]], heights: Sequence[int]) -> list[int]:
    """Return the top of each box: rows are aligned, the boxes of a stack follow each other closely.

    A stack may reach deeper than the rows that the engine gave it, so a row begins below every stack that ended above.
    """
    tops = [0] * len(heights)
    stacks: dict[int, list[tuple[int, ...]]] = {}
    for parent, children in enumerate(shape.children):
        if shape.heads_stack(parent):
            stacks.setdefault(row_of[children[0]], []).append(children)
    ends: dict[int, int] = {}
    bottom = 0
    for row, boxes in enumerate(rows):
        plain = [box for box in boxes if box not in shape.stacked]
        if not plain and row not in stacks:
            continue
        bottom = max([bottom, *(end for last, end in ends.items() if last < row)])
        top = bottom + (LINK_GAP if plain else STACK_GAP) if row else MARGIN
        for box in plain:
            tops[box] = top
            bottom = max(bottom, top + heights[box])
        for stack in stacks.get(row, ()):
            last, end = row_of[stack[-1]], _pile(stack, top, tops, heights)
            ends[last] = max(ends.get(last, 0), end)
    return tops


def _pile(stack: Sequence[int], top: int, tops: list[int], heights: Sequence[int]) -> int:
    """Set the boxes of a stack below each other, and return where the last one ends."""
    for box in stack:
        tops[box] = top
        top += heights[box] + STACK_GAP
    return top - STACK_GAP
