"""What the parts of the base have become on one side of a merge, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.diff.matching import NEAR, NEAR_WITH_A_WITNESS, match
from pokin_dsl.model.diff.parts import is_written
from pokin_dsl.model.diff.similarity import Likeness
from pokin_dsl.model.merge.strands import group_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pokin_dsl.model.diff.parts import Part, Parts
    from pokin_dsl.model.merge.strands import Strand


class Became:
    """What the strands of the base have become on one side: ``clear``, or ``doubtful`` where only likeness says so."""

    def __init__(self, base: Parts, other: Parts, places: Mapping[Part, Strand], there: Mapping[Part, Strand]) -> None:
        """Pair the parts of two versions, which have these strands; each strand has become one other at most."""
        self._base, self._other, self._places, self._there = base, other, places, there
        self._pairs = match(base, other).there
        self._likeness: Likeness | None = None
        self.clear: dict[Strand, Strand] = {}
        self.doubtful: dict[Strand, Strand] = {}
        for old, new in self._pairs.items():
            if old in places and new in there and not places[old].whole and not there[new].whole:
                found = self.clear if self._is_clear(old, new) else self.doubtful
                found[places[old]] = there[new]

    def take_heirs(self, parts: Iterable[Part]) -> None:
        """Let what is not there any more be what came below the same parent: it may be the same, worded all anew."""
        taken = {id(strand) for found in (self.clear, self.doubtful) for strand in found.values()}
        for old in parts:
            strand = self._places[old]
            if strand in self.clear or strand in self.doubtful:
                continue
            heirs = [one for one in self._siblings_of(old) if _may_be(old, one) and one in self._there]
            heirs = [one for one in heirs if id(self._there[one]) not in taken and not self._there[one].whole]
            if heirs:
                heir = next((one for one in heirs if self._is_kept_in(old, one)), heirs[0])
                found = self.clear if self._is_kept_in(old, heir) else self.doubtful
                found[strand] = self._there[heir]
                taken.add(id(self._there[heir]))

    def _siblings_of(self, old: Part) -> Sequence[Part]:
        """Give what stands below the parent of a part on this side; nothing where the parent is gone."""
        if old.parent is not None and old.parent not in self._pairs:
            return ()
        return self._other.below.get(self._pairs[old.parent] if old.parent is not None else None, ())

    def _is_clear(self, old: Part, new: Part) -> bool:
        if old.wording == new.wording or (is_written(old) and is_written(new)):
            return True
        near = self._nearness(old, new) >= NEAR
        return near or _is_witnessed(old, new, self._base, self._pairs) or self._is_kept_in(old, new)

    def _is_kept_in(self, old: Part, new: Part) -> bool:
        """Say whether wordings with something in common have most of what is said below them in common as well."""
        if self._nearness(old, new) < NEAR_WITH_A_WITNESS:
            return False
        said = _said_below(self._places[old])
        return 2 * len(said & _said_below(self._there[new])) > len(said)

    def _nearness(self, old: Part, new: Part) -> int:
        self._likeness = self._likeness or Likeness(self._base.all, self._other.all)
        return self._likeness.of(old.wording, new.wording)


def _said_below(strand: Strand) -> set[tuple[str, str, str]]:
    """Give the facts of the lines below a strand, each value of a series by itself."""
    return {(group_of(below), key, value) for below in strand.below for key, value in below.facts.items()}


def _may_be(old: Part, new: Part) -> bool:
    """Say whether one thing may have become the other; two that an author named apart are two."""
    return old.group == new.group and old.kind == new.kind and not (is_written(old) and is_written(new))


def _is_witnessed(old: Part, new: Part, base: Parts, pairs: Mapping[Part, Part]) -> bool:
    """Say whether most of what stood below a thing stands below the other."""
    below = base.below.get(old, ())
    return 2 * sum(pairs[part].parent is new for part in below if part in pairs) > len(below) > 0
