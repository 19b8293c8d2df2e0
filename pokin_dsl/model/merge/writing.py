"""A plan as text: what nobody changed as it stands in ours, conflicts between markers, around the smallest lines."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pokin_dsl.model.merge.knots import BASE, OURS, SIDES, THEIRS, Knot
from pokin_dsl.model.merge.pieces import conflict, joined, moved, plain, tail
from pokin_dsl.model.merge.plan import remarks
from pokin_dsl.model.merge.strands import UNIT, UNIT_SAYERS, Strand
from pokin_dsl.syntax.lines import STEP
from pokin_dsl.syntax.nodes import AnnotationLine, NodeLine
from pokin_dsl.syntax.vocabulary import INDIKATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pokin_dsl.model.merge.knots import Tangle
    from pokin_dsl.model.merge.pieces import Piece
    from pokin_dsl.model.merge.plan import Plan

BOTH = BASE
"""Stands for both sides where they differ: what is written then has conflicts."""
# A unit belongs to a series of targets; where there is none, to that of results.
_CARRIERS = ("target", "realisasi")
_ESCAPED = frozenset("[@|#")


def written(tangle: Tangle, plan: Plan, side: int) -> list[Piece]:
    """Write a plan, as one side would decide it or with conflicts (``BOTH``), as physical lines without their ends."""
    writing = _Writing(plan)
    pieces = writing.below(tangle.root, -1, side)
    tails = [list(version.tail) for version in tangle.versions]
    return pieces + list(tail(*tails))


def says_something(plan: Plan, knot: Knot, side: int) -> bool:
    """Say whether a line is left of a thing: a series without a value is none, nor is a unit that is empty."""
    if knot.group == UNIT:
        above = knot.above(OURS) or knot.above(THEIRS)
        return above is None or plan.unit(above, side) != ""
    return knot.group not in UNIT_SAYERS or bool(plan.facts(knot, side))


class _Writing:
    """Writes one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def below(self, knot: Knot, depth: int, side: int) -> list[Piece]:
        """Write what stands below a thing."""
        if side != BOTH:
            members = self.plan.order(knot, side, self.plan.held(knot, side))
            return self._all(members, depth + 1, side) + self._lone_unit(knot, depth + 1, side)
        ours, theirs = (self.plan.held(knot, each) for each in SIDES)
        if not (ours or theirs):
            return self._lone_unit(knot, depth + 1, side)
        members = list(dict.fromkeys((*ours, *theirs)))
        if self.plan.is_disputed(knot, members):
            return self._disputed(knot, depth + 1)
        either = set(ours), set(theirs)
        pieces: list[Piece] = []
        for common, row in groupby(
            self.plan.order(knot, OURS, members), lambda one: one in either[0] and one in either[1]
        ):
            if common:
                pieces += self._all(row, depth + 1, BOTH)
            else:
                pieces += self._one_sided(list(row), either, depth + 1)
        return pieces + self._lone_unit(knot, depth + 1, side)

    def _all(self, members: Iterable[Knot], depth: int, side: int) -> list[Piece]:
        pieces: list[Piece] = []
        for one in members:
            pieces += self._line(one, depth, side)
            if one.below:
                pieces += self.below(one, depth, side)
        return pieces

    def _one_sided(self, row: Sequence[Knot], either: tuple[set[Knot], set[Knot]], depth: int) -> Iterator[Piece]:
        """Write what stands here only if one side decides; like lines of both sides are one conflict."""
        for _, some in groupby(row, lambda one: id(one) if one.below else one.group):
            members = list(some)
            ours = plain(self._all([one for one in members if one in either[0]], depth, OURS))
            theirs = plain(self._all([one for one in members if one in either[1]], depth, THEIRS))
            yield from conflict(ours, theirs)

    def _disputed(self, knot: Knot, depth: int) -> list[Piece]:
        """Write what stands in two orders that contradict each other, as little of it as can be."""
        ours, theirs = (self.plan.order(knot, side, self.plan.held(knot, side)) for side in SIDES)
        start = 0
        while start < min(len(ours), len(theirs)) and ours[start] is theirs[start]:
            start += 1
        end = 0
        while end < min(len(ours), len(theirs)) - start and ours[-1 - end] is theirs[-1 - end]:
            end += 1
        middle = [
            plain(self._all(row[start : len(row) - end], depth, side)) for row, side in ((ours, OURS), (theirs, THEIRS))
        ]
        return [
            *self._all(ours[:start], depth, BOTH),
            *conflict(*middle),
            *self._all(ours[len(ours) - end :], depth, BOTH),
        ]

    # -- one line ------------------------------------------------------------------------------------------------------

    def _line(self, knot: Knot, depth: int, side: int) -> list[Piece]:
        if side != BOTH:
            return list(self._lines(knot, depth, side))
        first, second = knot.on(OURS), knot.on(THEIRS)
        if (
            first
            and second
            and first.own == second.own
            and first.above == second.above
            and knot.group not in UNIT_SAYERS
        ):
            return list(self._lines(knot, depth, OURS))
        ours, theirs = (self._lines(knot, depth, each) for each in SIDES)
        return list(ours) if ours == theirs else list(conflict(ours, theirs))

    def _lines(self, knot: Knot, depth: int, side: int) -> Sequence[str]:
        """Write a line with what stands above it, as one side decides it."""
        if not says_something(self.plan, knot, side):
            return ()
        ours, theirs = knot.on(OURS), knot.on(THEIRS)
        margin = depth * STEP
        chosen = self._chosen(knot, side)
        if chosen is None:
            own: Sequence[str] = [" " * margin + self._composed(knot, side)]
        else:
            own = moved(chosen.own, margin - chosen.line.indent)
        if ours is None or theirs is None or remarks(ours) == remarks(theirs) or _is_kept(knot):
            strand = ours or theirs
            kept = strand is chosen or (chosen is None and not (strand and strand.line.joins))
            if strand is not None and (kept or _same_inner(strand, chosen)):
                return [*moved(strand.above, margin - strand.line.indent), *own]
        return [*self._remarked(knot, own, margin), *own]

    @staticmethod
    def _remarked(knot: Knot, own: Sequence[str], margin: int) -> Iterator[str]:
        """Give the comments of both sides, behind the blank lines that stand above the line in ours."""
        there = knot.on(OURS) or knot.on(THEIRS)
        for line in there.above if there else ():
            if line.strip():
                break
            yield line
        inside = {line.strip() for line in own}
        base, ours, theirs = (remarks(strand) if strand else () for strand in knot.strands)
        if knot.on(OURS) is None or knot.on(THEIRS) is None:
            base, theirs = (), ours or theirs
            ours = ()
        for remark in joined(base, ours, theirs):
            if remark not in inside:
                yield " " * margin + remark

    def _chosen(self, knot: Knot, side: int) -> Strand | None:
        """Give the strand that says all that is to be said, ours first."""
        facts = self.plan.facts(knot, side)
        head = self._head(knot, side)
        for strand in knot.strands[OURS:]:
            if strand is not None and strand.facts == facts and (head is None or strand.unit == head):
                return strand
        return None

    def _composed(self, knot: Knot, side: int) -> str:
        """Write a line that no version has."""
        strand = knot.on(OURS) or knot.on(THEIRS)
        sentence = strand.sentence if strand else None
        facts = self.plan.facts(knot, side)
        head = self._head(knot, side) or facts.get("kepala", "")
        if isinstance(sentence, AnnotationLine) and sentence.name != INDIKATOR:
            if sentence.name == UNIT:
                return f"@{UNIT} {head}"
            series = [f"{key}={facts[key]}" if key else facts[key] for key in sorted(facts) if key != "kepala"]
            return " ".join([f"@{sentence.name}", *([f"({head})"] if head else []), *series])
        if not isinstance(sentence, AnnotationLine | NodeLine):
            raise TypeError(sentence)
        text, given = facts["teks"], facts["id"]
        kind = facts.get("jenis", f"@{INDIKATOR}")
        escaped = "\\" + text if text[:1] in _ESCAPED else text
        return " ".join([kind, *([f"[{given}]"] if given else []), *([escaped] if escaped else [])])

    # -- units ---------------------------------------------------------------------------------------------------------

    def _head(self, knot: Knot, side: int) -> str | None:
        """Give the unit that a line is to say; None where it is not for this line to say one."""
        if knot.group not in UNIT_SAYERS:
            return None
        above = knot.above(OURS) or knot.above(THEIRS)
        unit = self.plan.unit(above, side) if above is not None else None
        strands = [strand for strand in knot.strands[OURS:] if strand is not None]
        if unit is None:
            return strands[0].unit
        if above is None or not unit:
            return ""
        if knot.group == UNIT or any(strand.unit for strand in strands):
            return unit
        return unit if self._carrier(above, side) is knot else ""

    def _carrier(self, above: Knot, side: int) -> Knot | None:
        """Give the series that has to say the unit, where no line says it any more."""
        there = [one for one in self.plan.held(above, side) if one.group in UNIT_SAYERS]
        there = [one for one in there if one.group == UNIT or says_something(self.plan, one, side)]
        if any(one.group == UNIT or any(s.unit for s in one.strands[OURS:] if s) for one in there):
            return None
        return next((one for group in _CARRIERS for one in there if one.group == group), None)

    def _lone_unit(self, knot: Knot, depth: int, side: int) -> list[Piece]:
        """Write the unit of an indicator in a line of its own, where no other line can say it."""
        if knot.group != INDIKATOR or not any(strand and strand.below for strand in knot.strands):
            return []
        ours, theirs = (
            [" " * (depth * STEP) + f"@{UNIT} {unit}"] if (unit := self._unsaid(knot, each)) else [] for each in SIDES
        )
        if side != BOTH:
            return list(ours if side == OURS else theirs)
        return list(ours) if ours == theirs else list(conflict(ours, theirs))

    def _unsaid(self, knot: Knot, side: int) -> str:
        unit = self.plan.unit(knot, side)
        if not unit:
            return ""
        lines = (one for one in self.plan.held(knot, side) if one.group in UNIT_SAYERS)
        return "" if any(self._head(one, side) and says_something(self.plan, one, side) for one in lines) else unit


def _is_kept(knot: Knot) -> bool:
    """Say whether theirs did nothing to the comments of a line."""
    base, theirs = knot.on(BASE), knot.on(THEIRS)
    return base is not None and theirs is not None and remarks(base) == remarks(theirs)


def _same_inner(strand: Strand, chosen: Strand | None) -> bool:
    """Say whether no comment stands within a line that is not the chosen one."""
    comments = [
        line
        for some in (strand, chosen)
        if some and some.line.joins and not some.whole
        for line in some.own
        if line.lstrip()[:1] == "#"
    ]
    return not comments
