"""What becomes of each thing: whether it stays, where it stands, what it says, if the sides are asked one by one.

A plan answers every question for either side: "were ours to decide what both have touched", and "were theirs". Where
the answers are one, nothing is in dispute; where they differ, and only there, is a conflict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.merge.knots import BASE, OURS, SIDES, THEIRS, Knot
from pokin_dsl.model.merge.rows import laid_out, ordered
from pokin_dsl.model.merge.strands import NODES, Strand, is_part, is_single
from pokin_dsl.syntax.vocabulary import INDIKATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pokin_dsl.model.merge.knots import Tangle

_OTHER = {OURS: THEIRS, THEIRS: OURS}
_SERIES = frozenset(["awal", "target", "realisasi"])
_NO_HOLDER = "@pk \n-"


class EntangledError(Exception):
    """The versions cannot be told apart fact by fact; the whole file has to be decided by people."""


class Plan:
    """Answers for the things of a tangle; each is found once."""

    def __init__(self, tangle: Tangle) -> None:
        """Find out what has changed, what stays and where."""
        self.root = tangle.root
        self._knots = list(all_below(tangle.root))
        self._changed: dict[tuple[Knot, int], bool] = {}
        self._present: dict[tuple[Knot, int], bool] = {}
        self._held: dict[tuple[Knot, int], list[Knot]] = {}
        for side in SIDES:
            self._place(side)
            self._check(side)
        for side in SIDES:
            self._drop_copies(side)

    # -- does it stay, and where ---------------------------------------------------------------------------------------

    def held(self, knot: Knot, side: int) -> Sequence[Knot]:
        """Give what stands below a thing, in no order."""
        return self._held.get((knot, side), ())

    def is_present(self, knot: Knot, side: int) -> bool:
        """Say whether a thing stays if this side decides."""
        key = knot, side
        found = self._present.get(key)
        if found is None:
            found = self._present[key] = self._stays(knot, side)
        return found

    def _stays(self, knot: Knot, side: int) -> bool:
        mine = knot.on(side)
        if mine is not None and knot.on(_OTHER[side]) is not None:
            return True
        if knot.on(BASE) is None:
            return mine is not None or self._is_welcome(knot, side)
        if _added_values(knot):
            # One side took all values of a series away, the other put in new ones: these are there, and no others.
            return mine is not None or self._is_welcome(knot, side)
        if mine is None:
            return False
        return self._has_changed(knot, side) or self._goes_with_its_owner(knot, side)

    def _is_welcome(self, knot: Knot, side: int) -> bool:
        """Say whether what the other side has added has an owner here."""
        above = knot.above(_OTHER[side])
        return above is not None and self.is_present(above, side)

    def _goes_with_its_owner(self, knot: Knot, side: int) -> bool:
        """Say whether the other side removed a thing only with its owner, which stays here: then it stays as well."""
        above = knot.above(BASE)
        if above is None or above.on(_OTHER[side]) is not None or knot.above(side) is not above:
            return False
        return self.is_present(above, side)

    def _has_changed(self, knot: Knot, side: int) -> bool:
        """Say whether a side did something with a thing that would be lost if the other removed it."""
        key = knot, side
        found = self._changed.get(key)
        if found is None:
            self._changed[key] = False
            found = self._changed[key] = self._is_touched(knot, side) or self._is_needed(knot, side)
        return found

    def _is_touched(self, knot: Knot, side: int) -> bool:
        base, mine = knot.on(BASE), knot.on(side)
        if base is None or mine is None:
            return mine is not None
        same_place = knot.above(side) is knot.above(BASE)
        same = _says_the_same(base, mine) and set(remarks(mine)) <= set(remarks(base))
        if any(one.knot and one.knot.on(side) is None and not is_part(one) for one in base.below):
            return True
        return not (same_place and same and (knot.group != INDIKATOR or _units(base) == _units(mine)))

    def _is_needed(self, knot: Knot, side: int) -> bool:
        strand = knot.on(side)
        for below in strand.below if strand is not None else ():
            child = below.knot
            if child is not None and self._above(child, side) is knot and self._has_reason(child, side):
                return True
        return False

    def _has_reason(self, child: Knot, side: int) -> bool:
        """Say whether something below a thing keeps it: it was added, has moved in, or was changed itself."""
        if child.on(_OTHER[side]) is not None and child.on(BASE) is not None:
            # The other side has moved it out, or never had it here: then it needs this owner only if this side says so.
            return child.above(side) is not child.above(BASE)
        return self._has_changed(child, side)

    def _above(self, knot: Knot, side: int) -> Knot | None:
        """Give under what a thing is to stand, before it is known whether that stays."""
        base, mine, other = (knot.above(which) for which in (BASE, side, _OTHER[side]))
        if knot.on(side) is None or (knot.on(_OTHER[side]) is not None and knot.on(BASE) is not None and mine is base):
            return other
        return mine

    def _place(self, side: int) -> None:
        for knot in self._knots:
            if knot is self.root or not self.is_present(knot, side):
                continue
            above = self._above(knot, side)
            if above is None or not self.is_present(above, side):
                above = knot.above(side)
            if above is None or not self.is_present(above, side):
                raise EntangledError
            self._held.setdefault((above, side), []).append(knot)

    def _check(self, side: int) -> None:
        """Make sure that everything that stays can be reached from the top: no two things stand below each other."""
        reached = 0
        waiting = [self.root]
        while waiting:
            reached += 1
            waiting.extend(self.held(waiting.pop(), side))
        if reached != sum(self.is_present(knot, side) for knot in self._knots):
            raise EntangledError

    def _drop_copies(self, side: int) -> None:
        """Keep of equal lines of both sides the one that was there, and of contradicting holders one side's."""
        for knot in self._knots:
            held = self._held.get((knot, side))
            if held is None or not _is_mixed(knot):
                continue
            kept = self._without_copies(held, side)
            if any(k.group == "pk" for k in kept):
                kept = self._without_contradiction(knot, kept, side)
            self._held[knot, side] = kept

    def _without_copies(self, held: Iterable[Knot], side: int) -> list[Knot]:
        found: dict[tuple[object, ...], Knot] = {}
        kept = []
        for one in sorted(held, key=lambda one: one.on(BASE) is None):
            key = (one.group, *self.facts(one, side).items())
            if one.group == NODES or one.below or is_single(one.group) or one.group == INDIKATOR:
                kept.append(one)
            elif key not in found or not (one.on(BASE) is None and None in one.strands[OURS:]):
                found[key] = one
                kept.append(one)
        return kept

    def _without_contradiction(self, knot: Knot, kept: list[Knot], side: int) -> list[Knot]:
        """Let one side decide where only both together say that there are holders and that there are none."""
        said = {self.facts(one, side).get("isi") for one in kept if one.group == "pk"}
        if _NO_HOLDER not in said or len(said) == 1:
            return kept
        for each in SIDES:
            strand = knot.on(each)
            own = {s.facts.get("isi") for s in (strand.below if strand else ()) if s.knot and s.knot.group == "pk"}
            if _NO_HOLDER in own and len(own) > 1:
                return kept
        return [one for one in kept if one.group != "pk" or one.on(side) is not None]

    # -- what it says --------------------------------------------------------------------------------------------------

    def facts(self, knot: Knot, side: int) -> dict[str, str]:
        """Give what a line says if this side decides what both have changed; a key that is gone is not there."""
        base, mine, other = knot.on(BASE), knot.on(side), knot.on(_OTHER[side])
        if mine is None or other is None:
            one = mine or other
            return _added_values(knot) or (one.facts if one is not None else {})
        if mine.content == other.content:
            return mine.facts
        before = base.facts if base is not None else {}
        return decided(before, mine.facts, other.facts)

    def unit(self, knot: Knot, side: int) -> str | None:
        """Give the unit of an indicator, or None where a version contradicts itself about it."""
        said = [_units(strand) for strand in knot.strands]
        if any(len(units) > 1 for units in said):
            return None
        base, mine, other = (next(iter(said[which]), "") for which in (BASE, side, _OTHER[side]))
        if knot.on(side) is None:
            return other
        if knot.on(_OTHER[side]) is None:
            return mine
        return other if mine == base else mine

    # -- in which order ------------------------------------------------------------------------------------------------

    def order(self, knot: Knot, side: int, members: Sequence[Knot]) -> list[Knot]:
        """Put some of what stands below a thing in order: like things as the sides have it, unlike ones as ours."""
        inside = set(members)
        base, ours, theirs = (_row(strand, inside) for strand in knot.strands)
        if not ours and not base:
            return theirs or list(members)
        if ours == theirs and len(ours) == len(inside):
            return ours
        groups: dict[str, list[Knot]] = {}
        for one in dict.fromkeys((*ours, *theirs, *members)):
            groups.setdefault(one.group, []).append(one)
        for group, some in groups.items():
            if len(some) > 1:
                like = [[one for one in row if one.group == group] for row in (base, ours, theirs)]
                groups[group] = ordered(like, side, some)
        return laid_out(ours or theirs, groups)

    def is_disputed(self, knot: Knot, members: Sequence[Knot]) -> bool:
        """Say whether the two sides have put what stands below a thing in orders that contradict each other."""
        both = [one for one in members if all(self.is_present(one, side) for side in SIDES)]
        return len(both) > 1 and self.order(knot, OURS, both) != self.order(knot, THEIRS, both)


def _added_values(knot: Knot) -> dict[str, str]:
    """Give what one side put into a series that the other removed, if it changed no value that was there."""
    base, kept = knot.on(BASE), knot.on(OURS) or knot.on(THEIRS)
    if knot.group not in _SERIES or base is None or kept is None or all(knot.strands[OURS:]):
        return {}
    before, after = base.facts, kept.facts
    if any(after.get(key, value) != value for key, value in before.items()):
        return {}
    return {key: value for key, value in after.items() if key not in before}


def _row(strand: Strand | None, inside: set[Knot]) -> list[Knot]:
    below = strand.below if strand is not None else ()
    return [one.knot for one in below if one.knot is not None and one.knot in inside]


def decided(base: dict[str, str], mine: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """Make one statement of three: each fact as the side has it that changed it, as ``mine`` where both did."""
    if other == base:
        return mine
    if mine == base:
        return other
    if any("baris" in said for said in (base, mine, other)):
        # One of them could not be read: it can be taken or left, but not mixed.
        return mine
    found = {}
    for key in dict.fromkeys((*mine, *other)):
        was, here, there = base.get(key), mine.get(key), other.get(key)
        value = there if here == was else here
        if value is not None:
            found[key] = value
    return found


def remarks(strand: Strand) -> tuple[str, ...]:
    """Give the comments of a line: those above it, and those between it and what continues it."""
    above = [line.strip() for line in strand.above if line.strip()]
    if strand.line.joins and not strand.whole:
        above += [line.strip() for line in strand.own if line.lstrip().startswith("#")]
    return tuple(above)


def all_below(root: Knot) -> Iterable[Knot]:
    """Give a knot and all below it, each once."""
    found = {root: None}
    waiting = [root]
    while waiting:
        for below in waiting.pop().below:
            if below not in found:
                found[below] = None
                waiting.append(below)
    return found


def _says_the_same(one: Strand, other: Strand) -> bool:
    if one.content == other.content:
        return True
    return one.facts == other.facts


def _units(strand: Strand | None) -> dict[str, None]:
    if strand is None:
        return {}
    return dict.fromkeys(unit for below in strand.below if (unit := below.unit))


def _is_mixed(knot: Knot) -> bool:
    """Say whether both sides may have added something below a thing."""
    return any(one.on(BASE) is None for one in knot.below)
