"""Which part of one version of a tree is which part of another: by written id, then by text, place and likeness.

Written ids and aliases decide. Derived ids change with the wording, so that where none is written a part is known by
its text, by what stands below it, by its official code, or by a wording near that of one at the same place; each step
looks only at what the steps before have left. No step compares all with all. Whoever swaps the two versions gets the
same pairs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from pokin_dsl.model.diff.marks import (
    aliases,
    all_it_says,
    code,
    grouped,
    is_outside,
    repeated_text,
    series_of,
    text,
    text_and_kind,
)
from pokin_dsl.model.diff.parts import Part, Parts, is_shared, is_written
from pokin_dsl.model.diff.similarity import MOST_PAIRS, Likeness
from pokin_dsl.syntax.vocabulary import INDIKATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

NEAR = 560
"""How near (of 1000) two wordings below the same parent must be to be one, where nothing else speaks for it."""
NEAR_ELSEWHERE = 780
"""The same for two at places that have nothing to do with each other."""
NEAR_WITH_A_WITNESS = 350
_OTHER_KIND = 200
_SAME_SERIES = 250
_SAME_CODE = 300
_WITNESSED = 200
_ENOUGH = 2
# Below one parent all are compared with all up to so many pairs; real parents have a dozen children.
_MOST_SIBLING_PAIRS = 50 * MOST_PAIRS


@dataclass(frozen=True, slots=True)
class Pairing:
    """The parts that are the same, from either side; what is in neither mapping was added or removed."""

    there: Mapping[Part, Part]
    back: Mapping[Part, Part]


def match(before: Parts, after: Parts) -> Pairing:
    """Pair the parts of two versions of a tree; each part is in one pair at most, and its partner in the same group."""
    matching = _Matching(before, after)
    matching.by_id()
    matching.by_alias()
    matching.by_text_found_once()
    matching.drop_contradicted()
    if matching.unfinished():
        matching.by_witnesses()
        matching.by_code()
        matching.below_same_parent()
        matching.by_witnesses()
        matching.by_text()
        matching.by_wording()
        matching.by_witnesses()
        matching.below_same_parent()
    return Pairing(matching.there, matching.back)


class _Matching:
    """The pairs while they are found."""

    def __init__(self, before: Parts, after: Parts) -> None:
        self.before, self.after = before, after
        self.there: dict[Part, Part] = {}
        self.back: dict[Part, Part] = {}
        self.certain: set[Part] = set()
        self._likeness: Likeness | None = None

    @property
    def likeness(self) -> Likeness:
        """Give the nearness of wordings, counted when it is first asked for."""
        if self._likeness is None:
            self._likeness = Likeness(self.before.all, self.after.all)
        return self._likeness

    def pair(self, old: Part, new: Part) -> None:
        """Pair two parts that are in no pair yet."""
        self.there[old] = new
        self.back[new] = old

    def unfinished(self) -> bool:
        """Say whether both sides have parts left."""
        return len(self.there) < min(len(self.before.all), len(self.after.all))

    def left(self) -> tuple[list[Part], list[Part]]:
        """Give what is in no pair."""
        return (
            [part for part in self.before.all if part not in self.there],
            [part for part in self.after.all if part not in self.back],
        )

    # -- what authors say ----------------------------------------------------------------------------------------------

    def by_id(self) -> None:
        """Pair equal ids; a written one is certain, a derived one may be contradicted."""
        after = {part.id: part for part in self.after.all}
        for old in self.before.all:
            new = after.get(old.id)
            if new is None or new.group != old.group:
                continue
            if is_written(old) or is_written(new):
                self.pair(old, new)
                self.certain.add(old)
            elif not is_shared(old):
                self.pair(old, new)

    def by_alias(self) -> None:
        """Pair what has another id now and keeps the old one as an alias, read in either direction."""
        old_by_id = {part.id: part for part in self.before.all}
        new_by_id = {part.id: part for part in self.after.all}
        named: list[tuple[Part | None, Part | None]] = []
        named += [(old_by_id.get(alias), new) for new in self.after.all for alias in aliases(new)]
        named += [(old, new_by_id.get(alias)) for old in self.before.all for alias in aliases(old)]
        for old, new in named:
            if old is None or new is None or old.group != new.group or old in self.there or new in self.back:
                continue
            self.pair(old, new)
            self.certain.add(old)

    # -- what texts say ------------------------------------------------------------------------------------------------

    def by_text_found_once(self) -> None:
        """Pair equal texts of one kind that stand once on either side, wherever they stand."""
        self._pair_found_once(lambda part: (part.group, part.kind, part.wording))

    def by_code(self) -> None:
        """Pair what carries the same official code, found once on either side."""
        self._pair_found_once(code)

    def by_text(self) -> None:
        """Pair the texts that stand more than once, in written order; an indicator's alone says too little."""
        old, new = self.left()
        left, right = grouped(old, repeated_text), grouped(new, repeated_text)
        for key, parts in left.items():
            for pair in zip(parts, right.get(key, ()), strict=False):
                self.pair(*pair)

    def _pair_found_once(self, key: Callable[[Part], object]) -> None:
        old, new = self.left()
        left, right = grouped(old, key), grouped(new, key)
        for what, parts in left.items():
            others = right.get(what, ())
            if len(parts) == len(others) == 1:
                self.pair(parts[0], others[0])

    def drop_contradicted(self) -> None:
        """Part again what only its text made one, where another text has taken its place and all that stood below it.

        "X" became "Y" and kept its branch, while a new "X" stands elsewhere.
        """
        wrong = [
            (old, new)
            for old, new in self.there.items()
            if old not in self.certain and not self._same_parent(old, new) and self._is_contradicted(old, new)
        ]
        for old, new in wrong:
            del self.there[old], self.back[new]

    def _is_contradicted(self, old: Part, new: Part) -> bool:
        heir = _majority(part.parent for part in self._partners(self.before.below.get(old, ()), self.there))
        source = _majority(part.parent for part in self._partners(self.after.below.get(new, ()), self.back))
        return (
            heir not in (None, new) and self._same_parent(old, heir) and self.back.get(heir) not in self.certain
        ) or (source not in (None, old) and self._same_parent(source, new) and source not in self.certain)

    # -- what stands below or above says -------------------------------------------------------------------------------

    def by_witnesses(self) -> None:
        """Pair parts whose branches have most in common, the deepest first: they were reworded, and perhaps moved."""
        for old in reversed(self.before.all):
            if old in self.there or old not in self.before.below:
                continue
            partners = list(self._partners(self.before.below[old], self.there))
            new = _majority((part.parent for part in partners), least=1)
            if new is not None and new.group == old.group and new not in self.back and self._agree(old, new):
                self.pair(old, new)

    def _agree(self, old: Part, new: Part) -> bool:
        partners = list(self._partners(self.after.below[new], self.back))
        common = sum(part.parent is old for part in partners)
        if 2 * common <= len(partners):
            return False
        return (
            common >= _ENOUGH
            or self._same_parent(old, new)
            or self.likeness.of(old.wording, new.wording) >= NEAR_WITH_A_WITNESS
        )

    def below_same_parent(self) -> None:
        """Pair what is left below each pair of parents, from the top: equal texts first, then near ones."""
        for parent in (None, *self.before.all):
            if parent is not None and parent not in self.there:
                continue
            old = [part for part in self.before.below.get(parent, ()) if part not in self.there]
            above = None if parent is None else self.there[parent]
            new = [part for part in self.after.below.get(above, ()) if part not in self.back] if old else []
            if new:
                self._pair_siblings(old, new)

    def _pair_siblings(self, old: Sequence[Part], new: Sequence[Part]) -> None:
        for key in (all_it_says, text_and_kind, text):
            right = grouped((part for part in new if part not in self.back), key)
            for what, parts in grouped((part for part in old if part not in self.there), key).items():
                for pair in zip(parts, right.get(what, ()), strict=False):
                    self.pair(*pair)
        old = [part for part in old if part not in self.there]
        new = [part for part in new if part not in self.back]
        few = len(old) * len(new) <= _MOST_SIBLING_PAIRS
        pairs = product(old, new) if few else iter(set(self.likeness.candidates(old, new)))
        self._pair_nearest(pairs, NEAR)

    def by_wording(self) -> None:
        """Pair near wordings wherever they stand, by an index of words."""
        old, new = self.left()
        if old and new:
            self._pair_nearest(set(self.likeness.candidates(old, new)), NEAR_ELSEWHERE)

    def _pair_nearest(self, pairs: Iterable[tuple[Part, Part]], least: int) -> None:
        """Pair the nearest first; of equally near ones those whose places differ least.

        A position outside the outline is known by its name alone.
        """
        scored = []
        for old, new in pairs:
            if old.group == new.group:
                score = self._score(old, new)
                if score >= least and not (is_outside(old) or is_outside(new)):
                    scored.append((-score, abs(old.place - new.place), old.nth + new.nth, old, new))
        scored.sort(key=lambda found: found[:3])
        for *_, old, new in scored:
            if old not in self.there and new not in self.back:
                self.pair(old, new)

    def _score(self, old: Part, new: Part) -> int:
        score = self.likeness.of(old.wording, new.wording) - _OTHER_KIND * (old.kind != new.kind)
        if old.group == INDIKATOR:
            series = series_of(old)
            return score + _SAME_SERIES if series and series == series_of(new) else score
        if code(old) is not None and code(old) == code(new):
            score += _SAME_CODE
        if any(part.parent is new for part in self._partners(self.before.below.get(old, ()), self.there)):
            score += _WITNESSED
        return score

    def _same_parent(self, old: Part | None, new: Part | None) -> bool:
        if old is None or new is None or old.parent is None or new.parent is None:
            return old is not None and new is not None and old.parent is new.parent
        return self.there.get(old.parent) is new.parent

    @staticmethod
    def _partners(parts: Iterable[Part], pairs: Mapping[Part, Part]) -> Iterator[Part]:
        return (pairs[part] for part in parts if part in pairs)


def _majority(parents: Iterable[Part | None], least: int = _ENOUGH) -> Part | None:
    """Give whom more than half of the parts have as parent, and at least so many."""
    votes = Counter(parents)
    if not votes:
        return None
    parent, count = votes.most_common(1)[0]
    return parent if count >= least and 2 * count > votes.total() else None
