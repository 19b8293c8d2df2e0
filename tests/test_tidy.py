"""Our own layout: what holds for every tree, and how a few trees look."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from pokin_dsl.site import tidy
from pokin_dsl.site.diagram import Box, Picture
from pokin_dsl.site.drawing import draw
from pokin_dsl.site.plan import (
    COLUMN_GAP,
    LINK_GAP,
    MARGIN,
    RAIL_INDENT,
    RAIL_OFFSET,
    STACK_GAP,
    Children,
    Place,
    Plan,
    children_of,
)
from pokin_dsl.site.tidy import GAIN, LEAST, choices, fitting_plan, tidy_plan
from tests.test_diagram import boxes_of, lines_of

if TYPE_CHECKING:
    import random

_WIDTH = 216
LIMITS = st.none() | st.integers(30, 900)
"""How tall columns may be; none: as tall as they are."""


@st.composite
def forests(draw_from: st.DrawFn) -> tuple[Children, list[tuple[int, int]]]:
    """Give trees of any shape, often several side by side, with boxes of any height."""
    size = draw_from(st.integers(1, 40))
    reach = draw_from(st.sampled_from([1, 2, 5, 40]))
    tops = draw_from(st.sampled_from([0, 0, 0, 3]))
    parents = [draw_from(st.integers(max(0, box - reach), box - 1)) if box > tops else -1 for box in range(1, size)]
    links = tuple((parent, box) for box, parent in enumerate(parents, 1) if parent >= 0)
    sizes = [(draw_from(st.sampled_from([_WIDTH, 184])), draw_from(st.integers(30, 260))) for _ in range(size)]
    return children_of(size, links), sizes


def overlap(one: Place, other: Place, apart: int = 0) -> bool:
    beside = one.x + one.width + apart <= other.x or other.x + other.width + apart <= one.x
    return not (beside or one.y + one.height <= other.y or other.y + other.height <= one.y)


def extent(plan: Plan) -> int:
    """How small a plan must be drawn to fit a screen."""
    return max(10 * plan.width, 16 * plan.height)


def parents_of(plan: Plan) -> dict[int, int]:
    return {child: box for box, below in enumerate(plan.children) for child in below}


# -- what holds for every tree -----------------------------------------------------------------------------------------


@settings(deadline=None)
@given(forests(), st.integers(1, 6), LIMITS)
def test_boxes_are_apart_and_inside(
    forest: tuple[Children, list[tuple[int, int]]], rentang: int, limit: int | None
) -> None:
    children, sizes = forest
    plan = tidy_plan(children, sizes, rentang, limit)
    assert [(place.width, place.height) for place in plan.places] == sizes
    assert min(place.x for place in plan.places) >= MARGIN
    assert min(place.y for place in plan.places) == MARGIN
    assert max(place.x + place.width for place in plan.places) == plan.width - MARGIN
    assert max(place.y + place.height for place in plan.places) == plan.height - MARGIN
    together = [pair for pair in itertools.combinations(plan.places, 2) if overlap(*pair, COLUMN_GAP)]
    assert not together


@settings(deadline=None)
@given(forests(), st.integers(1, 6), LIMITS)
def test_what_stands_in_a_row_is_level_and_what_hangs_is_indented(
    forest: tuple[Children, list[tuple[int, int]]], rentang: int, limit: int | None
) -> None:
    plan = tidy_plan(*forest, rentang, limit)
    rows = defaultdict(set)
    for box, place in enumerate(plan.places):
        if box not in plan.hung:
            rows[plan.row_of[box]].add(place.y)
    assert all(len(tops) == 1 for tops in rows.values())
    for child, parent in parents_of(plan).items():
        above, below = plan.places[parent], plan.places[child]
        assert below.y >= above.y + above.height + min(STACK_GAP, LINK_GAP)
        if child in plan.hung:
            assert below.x == above.x + RAIL_INDENT or len(plan.columns_below(parent)) > 1
        else:
            assert plan.row_of[child] == plan.row_of[parent] + 1


@settings(deadline=None)
@given(forests(), st.integers(1, 6), LIMITS)
def test_siblings_stand_in_written_order_with_their_parent_in_the_middle(
    forest: tuple[Children, list[tuple[int, int]]], rentang: int, limit: int | None
) -> None:
    plan = tidy_plan(*forest, rentang, limit)
    for box, below in enumerate(plan.children):
        places = [plan.places[child] for child in below]
        if not places:
            continue
        if plan.heads_column(box):
            assert places == sorted(places, key=lambda place: (place.x, place.y))
        else:
            assert [place.middle for place in places] == sorted({place.middle for place in places})
            assert abs(places[0].middle + places[-1].middle - 2 * plan.places[box].middle) <= 1


@settings(deadline=None)
@given(forests(), st.integers(1, 6), LIMITS)
def test_who_hangs_is_decided_by_depth_and_by_siblings(
    forest: tuple[Children, list[tuple[int, int]]], rentang: int, limit: int | None
) -> None:
    plan = tidy_plan(*forest, rentang, limit)
    parents = parents_of(plan)
    for box in range(len(plan.places)):
        siblings = plan.children[parents[box]] if box in parents else ()
        leaves = not any(plan.children[other] for other in siblings)
        several = len(siblings) > 1 and (leaves or plan.row_of[box] >= rentang)
        assert (box in plan.hung) == (parents.get(box) in plan.hung or several)


@settings(deadline=None)
@given(forests(), st.integers(1, 6), st.integers(30, 900))
def test_columns_break_between_branches_and_only_where_they_are_too_tall(
    forest: tuple[Children, list[tuple[int, int]]], rentang: int, limit: int
) -> None:
    whole, broken = tidy_plan(*forest, rentang), tidy_plan(*forest, rentang, limit)
    assert (whole.hung, whole.row_of) == (broken.hung, broken.row_of)
    for head in range(len(forest[0])):
        if head in whole.hung:
            assert len(broken.columns_below(head)) <= 1
        if head in whole.hung or not whole.heads_column(head):
            continue
        top = whole.places[whole.children[head][0]].y
        branches = [_bottom(whole, child) - whole.places[child].y for child in whole.children[head]]
        columns = broken.columns_below(head)
        assert {column[0].y for column in columns} == {top}
        assert (len(columns) == 1) == (_bottom(whole, head) - top <= limit or len(branches) == 1)
        done = 0
        for column in columns:
            heights, done = branches[done : done + len(column)], done + len(column)
            assert len(column) == 1 or sum(heights) + STACK_GAP * (len(column) - 1) <= limit
        if len(columns) > 1:
            right = max(place.x + place.width for child in forest[0][head] for place in _branch(broken, child))
            assert abs(2 * broken.places[head].middle - columns[0][0].x - right) <= 2 * RAIL_INDENT


def _branch(plan: Plan, box: int) -> list[Place]:
    """Give the places of a box and of all below it."""
    return [plan.places[box], *(place for child in plan.children[box] for place in _branch(plan, child))]


def _bottom(plan: Plan, box: int) -> int:
    """Where a branch ends."""
    return max(place.y + place.height for place in _branch(plan, box))


@settings(deadline=None)
@given(forests())
def test_the_plan_that_is_chosen_fits_a_screen_best(forest: tuple[Children, list[tuple[int, int]]]) -> None:
    children, _ = forest
    chosen = fitting_plan(*forest)
    extents = {r: extent(tidy_plan(*forest, r)) for r in choices(children)}
    if chosen.limit is None:
        assert extent(chosen) == min(extents.values())
        assert chosen.rentang == min(r for r, measure in extents.items() if measure == min(extents.values()))
    else:
        assert extent(chosen) * GAIN[0] <= min(extents.values()) * GAIN[1]
        assert chosen == tidy_plan(*forest, chosen.rentang, chosen.limit)
        assert chosen.limit >= LEAST
    every = {tidy_plan(*forest, rentang).places for rentang in range(1, 42)}
    assert every == {tidy_plan(*forest, rentang).places for rentang in choices(children)}


@settings(deadline=None)
@given(
    st.randoms(use_true_random=False), st.sampled_from([2, 4, 9, 60]), st.integers(1, 60), st.sampled_from([30, LEAST])
)
def test_lines_touch_the_borders_of_their_own_boxes_only(
    chance: random.Random, reach: int, size: int, least: int
) -> None:
    texts = ("kata " * chance.randrange(12) for _ in range(size))
    levels = [chance.choice(["outcome", "csf", "kondisi", "lagi"]) for _ in range(size)]
    boxes = tuple(
        Box(str(i), level, "Label", text, (), (), "", focus=False, more=1)
        for i, (level, text) in enumerate(zip(levels, texts, strict=True))
    )
    links = tuple((chance.randrange(max(0, i - reach), i), i) for i in range(1, size))
    with patch.object(tidy, "LEAST", least), patch.object(tidy, "GAIN", (1, 1) if least < LEAST else GAIN):
        svg = draw(Picture("p", "P", boxes, links))
    inner = [(left + 1, top + 1, right - 1, bottom - 1) for left, top, right, bottom in boxes_of(svg)]
    crossing = [
        (line, box)
        for line in lines_of(svg)
        for box in inner
        if line[0] < box[2] and box[0] < line[2] + 0.1 and line[1] < box[3] and box[1] < line[3] + 0.1
    ]
    assert not crossing


# -- some trees --------------------------------------------------------------------------------------------------------


def plan_of(outline: str, rentang: int = 9, limit: int | None = None) -> list[tuple[int, int]]:
    """Lay out an outline of names; give left and top of each box of 216 x 60."""
    chain: list[int] = []
    links: list[tuple[int, int]] = []
    lines = outline.strip("\n").splitlines()
    for box, line in enumerate(lines):
        del chain[(len(line) - len(line.lstrip())) // 2 :]
        links += [(chain[-1], box)] if chain else []
        chain.append(box)
    plan = tidy_plan(children_of(len(lines), tuple(links)), [(_WIDTH, 60)] * len(lines), rentang, limit)
    return [(place.x, place.y) for place in plan.places]


def test_an_only_child_stands_straight_below() -> None:
    assert plan_of("a\n  b\n    c", rentang=1) == [(3, 3), (3, 93), (3, 183)]


def test_two_leaves_hang() -> None:
    assert plan_of("a\n  b\n  c") == [(3, 3), (23, 93), (23, 167)]


def test_a_column_that_is_too_tall_breaks_into_several() -> None:
    """Five of 60 pixels where two have room: two, two, one; the head stands in the middle, or above a rail near it."""
    leaves = "".join(f"\n  {name}" for name in "bcdef")
    left, middle, right = 23, 277, 531
    assert plan_of("a" + leaves, limit=134) == [
        (277, 3),
        *((x, y) for x in (left, middle) for y in (93, 167)),
        (right, 93),
    ]
    assert plan_of("a" + leaves[:-4], limit=134)[0] == (middle - RAIL_INDENT + RAIL_OFFSET - _WIDTH // 2, 3)
    assert plan_of("a" + leaves, limit=356) == plan_of("a" + leaves)


def test_a_branch_that_is_too_tall_alone_leaves_its_neighbours_in_their_columns() -> None:
    branch = "\n  c\n    c1\n    c2\n    c3"
    places = plan_of("a\n  b" + branch + "\n  d\n  e", rentang=1, limit=134)
    assert [x for x, _ in places[1:]] == [23, 277, 297, 297, 297, 551, 551]


def test_siblings_with_children_stand_side_by_side_or_hang() -> None:
    tree = "a\n  b\n    c\n  d"
    assert plan_of(tree) == [(120, 3), (3, 93), (3, 183), (237, 93)]
    assert plan_of(tree, rentang=1) == [(3, 3), (23, 93), (43, 167), (23, 241)]


def test_branches_reach_under_one_another() -> None:
    """A deep branch lies below a neighbour that ends earlier: what is between them is no wider than it must be."""
    places = plan_of("a\n  b\n    c\n      c1\n        e\n        f\n    d\n      d1\n  x\n  y\n    z")
    assert places[8][0] - places[1][0] < places[6][0] + _WIDTH


def test_a_small_branch_stands_halfway_between_large_ones() -> None:
    large = "  {0}\n    {0}1\n      {0}3\n    {0}2\n      {0}4\n"
    places = plan_of("a\n" + large.format("b") + "  m\n" + large.format("c"))
    left, middle, right = places[1][0], places[6][0], places[7][0]
    assert middle - left == right - middle


def test_a_very_deep_tree_and_a_very_wide_one_are_laid_out() -> None:
    deep = children_of(3000, tuple((box, box + 1) for box in range(2999)))
    assert fitting_plan(deep, [(_WIDTH, 40)] * 3000).width == _WIDTH + 2 * MARGIN
    wide = fitting_plan(children_of(3000, tuple((0, box) for box in range(1, 3000))), [(_WIDTH, 40)] * 3000)
    assert 1.5 < wide.width / wide.height < 1.7


def test_a_picture_that_a_screen_can_show_is_not_broken() -> None:
    """Twelve leaves of 46 pixels are no taller than a screen; of 100 they are."""
    children = children_of(13, tuple((0, box) for box in range(1, 13)))
    assert fitting_plan(children, [(_WIDTH, 46)] * 13).limit is None
    broken = fitting_plan(children, [(_WIDTH, 100)] * 13)
    assert [len(column) for column in broken.columns_below(0)] == [6, 6]
