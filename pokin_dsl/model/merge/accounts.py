"""The account of a merge: what was written holds what was planned, and no fact of either side is lost or doubled."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pokin_dsl.model.merge.plan import all_below
from pokin_dsl.model.merge.strands import UNIT, Strand, Version, group_of, is_opaque
from pokin_dsl.model.merge.writing import says_something
from pokin_dsl.syntax.vocabulary import INDIKATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pokin_dsl.model.merge.knots import Knot, Tangle
    from pokin_dsl.model.merge.plan import Plan

Fact = tuple[str, str, str]


def holds_what_is_planned(plan: Plan, side: int, result: Version) -> bool:
    """Say whether a text that was written and read again says what the plan says, line by line in its place."""
    waiting: list[tuple[Knot, Strand]] = [(plan.root, result.root)]
    while waiting:
        knot, strand = waiting.pop()
        planned = plan.order(knot, side, plan.held(knot, side))
        lines = [one for one in planned if one.group != UNIT and says_something(plan, one, side)]
        found = [below for below in strand.below if group_of(below) != UNIT]
        if len(lines) != len(found):
            return False
        if knot.group == INDIKATOR and not _has_its_unit(plan, side, knot, strand):
            return False
        for one, below in zip(lines, found, strict=True):
            if below.facts != plan.facts(one, side):
                return False
            if one.below or below.below:
                waiting.append((one, below))
    return True


def balances(tangle: Tangle, result: Version) -> bool:
    """Say whether each fact is there as often as what both sides did to it allows, counted over the whole file.

    This knows nothing of what was taken for the same thing, so that no wrong guess about that can hide a loss.
    """
    versions = (*tangle.versions, result)
    lines = [Counter(_contents(version.root)) for version in versions]
    same = lines[0].items() & lines[1].items() & lines[2].items() & lines[3].items()
    settled = {content for content, _ in same}
    base, ours, theirs, merged = (Counter(_facts(version.root, settled)) for version in versions)
    agreed = _done_by_both(tangle)
    for fact in base.keys() | ours.keys() | theirs.keys() | merged.keys():
        here, there = ours[fact] - base[fact], theirs[fact] - base[fact]
        least = most = base[fact] + here + there - agreed.get(fact, 0)
        if here > 0 and there > 0:
            # Two like lines that came together below one thing are there once.
            least = min(least, base[fact] + max(here, there))
        if not least <= merged[fact] <= most:
            return False
    return True


def _done_by_both(tangle: Tangle) -> Mapping[Fact, int]:
    """Count what both sides did alike, and so was done once: added, it is one too many, removed, one too few."""
    found: Counter[Fact] = Counter()
    for knot in all_below(tangle.root):
        base, ours, theirs = (set(_said(strand)) if strand is not None else set() for strand in knot.strands)
        if base not in (ours, theirs):
            found.update((ours & theirs) - base)
            found.subtract(base - ours - theirs)
    return found


def _has_its_unit(plan: Plan, side: int, knot: Knot, strand: Strand) -> bool:
    unit = plan.unit(knot, side)
    return unit is None or {below.unit for below in strand.below} - {""} == ({unit} if unit else set())


def _contents(strand: Strand) -> Iterator[str]:
    for below in _walk(strand):
        yield below.content


def _facts(strand: Strand, settled: set[str]) -> Iterator[Fact]:
    for below in _walk(strand):
        if below.content not in settled:
            yield from _said(below)


def _said(strand: Strand) -> Iterator[Fact]:
    group = "?" if is_opaque(strand.sentence) else group_of(strand)
    for key, value in strand.facts.items():
        yield group, key, value


def _walk(strand: Strand) -> Iterable[Strand]:
    waiting = list(strand.below)
    while waiting:
        one = waiting.pop()
        yield one
        waiting += one.below
