"""Before and after in one picture: what changed with all above it, what did not change folded into a number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pokin_dsl.model.diff.changes import Moved, Ref
from pokin_dsl.model.tree import Csf, Kondisi, Outcome
from pokin_dsl.site.atlas import level_label
from pokin_dsl.site.change_parts import MOST_PICTURES
from pokin_dsl.site.comparison import GONE, MOVED, NEW, removed_anchors
from pokin_dsl.site.diagram import Box, Picture
from pokin_dsl.site.lookups import count
from pokin_dsl.site.pictures import MOST_BOXES, MOST_COLUMNS
from pokin_dsl.site.plan import columns
from pokin_dsl.site.union import HERE, LEFT, REMOVED, Spot, Union
from pokin_dsl.syntax.vocabulary import INDIKATOR, JABATAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pokin_dsl.site.comparison import Differences, Marks

_FOLDING = {NEW, GONE}
_SAFE = str.maketrans({"-": "_m", "/": "_s"})


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of a tree that changed, and how many changed branches have none."""

    pictures: tuple[Picture, ...]
    left_out: int


NO_PICTURES = Pictures((), 0)


def changes_pictures(tree: Differences, marks: Marks, address: Callable[[Ref], str]) -> Pictures:
    """Draw one picture of the whole tree if it is not too much for one, else one for each branch that changed.

    ``address`` gives the page of a node, or an empty text; a box that differs leads to where the page tells of it. A
    tree that is there on one side only, or whose nodes are all as they were, has no picture.
    """
    if tree.before is None or tree.after is None:
        return NO_PICTURES
    drawing = _Drawing(tree, marks, address)
    return drawing.pictures() if drawing.differs else NO_PICTURES


class _Drawing:
    """The pictures of one tree while they are made."""

    def __init__(self, tree: Differences, marks: Marks, address: Callable[[Ref], str]) -> None:
        self._tree, self._marks, self._address = tree, marks, address
        self._union = Union(tree)
        self._removed = removed_anchors(tree)

    def pictures(self) -> Pictures:
        """Go down from the whole tree until what is below a place fits."""
        tops = self._union.below.get(None, [])
        whole = self._fitting(tops)
        if whole is not None:
            return Pictures((self._named(whole, 0),), 0)
        found: list[Picture] = []
        waiting = [spot for spot in reversed(tops) if spot in self._kept]
        while waiting and len(found) < MOST_PICTURES:
            spot = waiting.pop()
            picture = self._fitting([spot])
            if picture is not None:
                found.append(self._named(picture, len(found)))
            else:
                waiting += [below for below in reversed(self._union.below.get(spot, [])) if below in self._kept]
        return Pictures(tuple(found), len(waiting))

    @property
    def differs(self) -> bool:
        """Say whether there is anything to be shown."""
        return bool(self._kinds)

    # -- what is shown -------------------------------------------------------------------------------------------------

    @cached_property
    def _kinds(self) -> Mapping[Spot, str]:
        """Give how the places differ that do."""
        marks = {Spot(HERE, id_): mark.kind for id_, mark in self._marks.items()}
        found = ((spot, marks.get(spot, "") if spot.where == HERE else spot.where) for spot in self._union.order)
        return {spot: kind for spot, kind in found if kind}

    @cached_property
    def _kept(self) -> frozenset[Spot]:
        """Give the places that differ and all above them."""
        kept: set[Spot] = set()
        for spot in reversed(self._union.order):
            above = self._union.above[spot]
            if spot in self._kinds or spot in kept:
                kept.add(spot)
                kept |= {above} if above else set()
        return frozenset(kept)

    @cached_property
    def _of_one_kind(self) -> frozenset[Spot]:
        """Give the places at which, and below which, everything is new, or everything was removed."""
        mixed: set[Spot] = set()
        for spot in reversed(self._union.order):
            above, kind = self._union.above[spot], self._kinds.get(spot, "")
            if above and (spot in mixed or kind != self._kinds.get(above, "")):
                mixed.add(above)
        return frozenset(s for s, kind in self._kinds.items() if kind in _FOLDING and s not in mixed)

    def _fitting(self, tops: Sequence[Spot]) -> Picture | None:
        """Draw some places with all above and below; if that is too much, new and removed branches as one box each."""
        alone = self._union.simpul(tops[0]) if len(tops) == 1 else None
        widest = MOST_COLUMNS if alone is None or isinstance(alone, Outcome | Csf) else MOST_BOXES
        for folding in (False, True):
            draft = _Draft(self, folding=folding)
            if draft.fill(tops) and columns(len(draft.boxes), tuple(draft.links)) <= widest:
                return Picture("", self._title(tops), tuple(draft.boxes), tuple(draft.links))
        return None

    def _title(self, tops: Sequence[Spot]) -> str:
        if len(tops) == 1 and self._union.above[tops[0]] is not None:
            return f"Perubahan pada cabang: {self._union.simpul(tops[0]).teks}"
        return f"Perubahan pada pohon: {self._tree.title}"

    def _named(self, picture: Picture, nth: int) -> Picture:
        name = f"{self._tree.name.translate(_SAFE)}_u{nth}"
        return Picture(name, picture.title, picture.boxes, picture.links)

    # -- boxes ---------------------------------------------------------------------------------------------------------

    def box(self, spot: Spot, *, folded: bool) -> Box:
        """Draw one place; folded with the number of those below it."""
        simpul, peta = self._union.simpul(spot), self._union.peta(spot)
        kind = self._kinds.get(spot, "")
        href = self._anchor(spot) if kind else self._address(Ref(simpul.id, simpul.jenis, simpul.teks))
        label = level_label(peta, simpul, self._tree.levels) if peta else simpul.jenis
        more = self._union.performances(self._union.below.get(spot, ())) if folded else 0
        words = self._words(spot) if kind else ""
        what = (f"{spot.where}-{simpul.id}", simpul.jenis, label, simpul.teks, (), (), href)
        return Box(*what, focus=False, more=more, mark=kind, mark_words=words)

    def _anchor(self, spot: Spot) -> str:
        anchor = self._removed.get(spot.id, "") if spot.where == REMOVED else self._marks[spot.id].anchor
        return f"#{anchor}" if anchor else ""

    def _words(self, spot: Spot) -> str:
        if spot.where == REMOVED:
            return "Dihapus"
        moved = self._moves.get(spot.id)
        if spot.where == LEFT:
            return f"Dipindahkan ke {self._place(moved.new)}" if moved else "Dipindahkan"
        mark = self._marks[spot.id]
        if mark.kind != MOVED or moved is None:
            return mark.words
        changed = f"; diubah: {', '.join(mark.facts)}" if mark.facts else ""
        return f"Dipindahkan dari {self._place(moved.old)}{changed}"

    @cached_property
    def _moves(self) -> Mapping[str, Moved]:
        moves = (change for change in self._tree.changes if isinstance(change, Moved))
        return {change.thing.new_id: change for change in moves if change.thing.jenis not in (INDIKATOR, JABATAN)}

    def _place(self, ref: Ref | None) -> str:
        if ref is None:
            return "tingkat teratas"
        peta = self._tree.after
        simpul = peta.simpul.get(ref.id) if peta else None
        if peta and isinstance(simpul, Kondisi) and simpul.teks == ref.teks:
            return level_label(peta, simpul, self._tree.levels)
        return f"“{ref.teks}”"

    # -- for the draft -------------------------------------------------------------------------------------------------

    def chain(self, spot: Spot) -> list[Spot]:
        """Give what a place stands below, the top one first."""
        chain: list[Spot] = []
        above = self._union.above[spot]
        while above is not None:
            chain.append(above)
            above = self._union.above[above]
        return chain[::-1]

    def below(self, spot: Spot | None) -> tuple[list[Spot], int]:
        """Give what is shown below a place, and how many performances are not."""
        return self.parted(self._union.below.get(spot, []))

    def parted(self, spots: Iterable[Spot]) -> tuple[list[Spot], int]:
        """Part places into those that are shown, and the number of performances at and below the others."""
        spots = list(spots)
        shown = [spot for spot in spots if spot in self._kept]
        return shown, self._union.performances(spot for spot in spots if spot not in self._kept)

    def is_one(self, spot: Spot) -> bool:
        """Say whether all at and below a place is new, or all was removed."""
        return spot in self._of_one_kind


class _Draft:
    """The boxes of one picture while they are put down; ``folding`` shows a branch that is all new as one box."""

    def __init__(self, drawing: _Drawing, *, folding: bool) -> None:
        self._drawing, self._folding = drawing, folding
        self.boxes: list[Box] = []
        self.links: list[tuple[int, int]] = []

    def fill(self, tops: Sequence[Spot]) -> bool:
        """Put down places with all above and below them, unless they are too many."""
        parent: int | None = None
        for above in self._drawing.chain(tops[0]) if tops else ():
            parent = self._put(self._drawing.box(above, folded=False), parent)
        shown, rest = self._drawing.parted(tops)
        waiting: list[tuple[Spot | int, int | None]] = _next(shown, rest, parent)
        while waiting and len(self.boxes) <= MOST_BOXES:
            spot, parent = waiting.pop()
            if isinstance(spot, int):
                self._put(_unchanged(spot, len(self.boxes)), parent)
                continue
            folded = self._folding and self._drawing.is_one(spot)
            index = self._put(self._drawing.box(spot, folded=folded), parent)
            if not folded:
                waiting += _next(*self._drawing.below(spot), index)
        return 0 < len(self.boxes) <= MOST_BOXES

    def _put(self, box: Box, parent: int | None) -> int:
        index = len(self.boxes)
        self.boxes.append(box)
        if parent is not None:
            self.links.append((parent, index))
        return index


def _next(shown: Sequence[Spot], rest: int, parent: int | None) -> list[tuple[Spot | int, int | None]]:
    """Give what comes below a box, the last first."""
    last: list[tuple[Spot | int, int | None]] = [(rest, parent)] if rest else []
    return last + [(spot, parent) for spot in reversed(shown)]


def _unchanged(number: int, nth: int) -> Box:
    words = f"{count(number)} kinerja tidak berubah"
    return Box(f"lagi-{nth}", "lagi", "", "", (), (), "", focus=False, more=number, mark_words=words)
