"""What stands below one thing put into one row: like things in their order, unlike ones where such things stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.merge.knots import OURS
from pokin_dsl.model.merge.lists import in_one_order, with_added
from pokin_dsl.model.merge.strands import rank_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pokin_dsl.model.merge.knots import Knot


def ordered(rows: Sequence[Sequence[Knot]], side: int, some: Sequence[Knot]) -> list[Knot]:
    """Give like things in one order of base, ours and theirs; where these contradict each other, in that of a side."""
    base, ours, theirs = rows
    common = in_one_order(base, ours, theirs)
    if common is None:
        kept = set(base) & set(ours) & set(theirs)
        common = [one for one in (ours if side == OURS else theirs) if one in kept]
    found = with_added(common, ours, theirs)
    known = set(found)
    return found + [one for one in some if one not in known]


def laid_out(skeleton: Sequence[Knot], groups: dict[str, list[Knot]]) -> list[Knot]:
    """Put groups of like things into the places that such things have in a row; what has none, by its rank."""
    result: list[Knot] = []
    inside = set(skeleton)
    queues = {group: iter([one for one in some if one in inside]) for group, some in groups.items()}
    result = [next(queues[one.group]) for one in skeleton]
    for some in groups.values():
        before: Knot | None = None
        for one in some:
            if one not in inside:
                result.insert(_spot(result, one, before, some), one)
                inside.add(one)
            before = one
    return result


def _spot(result: Sequence[Knot], one: Knot, before: Knot | None, some: Sequence[Knot]) -> int:
    if before is not None:
        return result.index(before) + 1
    after = next((other for other in some if other is not one and other in result), None)
    if after is not None:
        return result.index(after)
    rank = _rank(one)
    return max((at + 1 for at, other in enumerate(result) if _rank(other) <= rank), default=0)


def _rank(knot: Knot) -> int:
    return rank_of(next(strand for strand in knot.strands if strand is not None))
