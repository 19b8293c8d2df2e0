"""Both versions of a tree as one: what was removed stands where it stood, what was moved at both its places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pokin_dsl.model.diff.matching import match
from pokin_dsl.model.diff.parts import SIMPUL, parts
from pokin_dsl.model.query import walk
from pokin_dsl.model.tree import Csf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.tree import Simpul
    from pokin_dsl.site.comparison import Differences

HERE, REMOVED, LEFT = "ada", "lama", "asal"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in both trees: a node that is there now, one that was removed, or where one stood that was moved."""

    where: str
    id: str


class Union:
    """Both versions of a tree that changed; ``below`` gives what stands below each place, None for the top."""

    def __init__(self, tree: Differences) -> None:
        self.tree = tree
        self._old = tree.before.simpul if tree.before else {}
        self._new = tree.after.simpul if tree.after else {}
        self.below: dict[Spot | None, list[Spot]] = {}
        self._lay_new()
        self._weave_old()

    @cached_property
    def above(self) -> Mapping[Spot, Spot | None]:
        """Give what each place stands below."""
        return {spot: parent for parent, spots in self.below.items() for spot in spots}

    @cached_property
    def order(self) -> tuple[Spot, ...]:
        """Give all places, those above first."""
        found: list[Spot] = []
        waiting = list(reversed(self.below.get(None, ())))
        while waiting:
            spot = waiting.pop()
            found.append(spot)
            waiting.extend(reversed(self.below.get(spot, ())))
        return tuple(found)

    def simpul(self, spot: Spot) -> Simpul:
        """Give the node at a place; of one that was moved as it is now."""
        return self._old[spot.id] if spot.where == REMOVED else self._new[spot.id]

    def peta(self, spot: Spot) -> Peta | None:
        """Give the version that the node at a place is of."""
        return self.tree.before if spot.where == REMOVED else self.tree.after

    def performances(self, spots: Iterable[Spot]) -> int:
        """Count the performances at and below some places, as they are now."""
        count, waiting = 0, list(spots)
        while waiting:
            spot = waiting.pop()
            count += spot.where != LEFT and not isinstance(self.simpul(spot), Csf)
            waiting.extend(self.below.get(spot, ()))
        return count

    def _lay_new(self) -> None:
        if self.tree.after is None:
            return
        self.below[None] = [Spot(HERE, simpul.id) for simpul in self.tree.after.pohon.akar]
        for simpul in self._new.values():
            if simpul.anak:
                self.below[Spot(HERE, simpul.id)] = [Spot(HERE, anak.id) for anak in simpul.anak]

    def _weave_old(self) -> None:
        """Put in what is no longer where it was, each behind what it stood behind."""
        if self.tree.before is None:
            return
        there = dict(self._pairs())
        self._weave(None, self.tree.before.pohon.akar, there)
        for simpul in walk(self.tree.before.pohon):
            if simpul.anak:
                self._weave(self._spot_of(simpul, there), simpul.anak, there)

    def _weave(self, above: Spot | None, children: Iterable[Simpul], there: Mapping[str, str]) -> None:
        now = self.below.get(above, [])
        stay = set(now)
        behind: dict[Spot | None, list[Spot]] = {}
        last: Spot | None = None
        for simpul in children:
            spot = self._spot_of(simpul, there)
            if spot in stay:
                last = spot
            else:
                behind.setdefault(last, []).append(Spot(LEFT, spot.id) if spot.where == HERE else spot)
        if behind:
            self.below[above] = [*behind.get(None, ()), *(one for s in now for one in (s, *behind.get(s, ())))]

    def _spot_of(self, simpul: Simpul, there: Mapping[str, str]) -> Spot:
        new = there.get(simpul.id)
        return Spot(REMOVED, simpul.id) if new is None else Spot(HERE, new)

    def _pairs(self) -> Iterator[tuple[str, str]]:
        if self.tree.before is None or self.tree.after is None:
            return
        for old, new in match(parts(self.tree.before.pohon), parts(self.tree.after.pohon)).there.items():
            if old.group == SIMPUL:
                yield old.id, new.id
