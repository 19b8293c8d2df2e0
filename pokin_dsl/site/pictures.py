"""Trees to pictures of bounded size: the overview of a tree, the branch of a kondisi, the surroundings of a node."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from pokin_dsl.model.query import branches, rantai, semua_pemegang
from pokin_dsl.model.tree import Antara, Operasional, Simpul
from pokin_dsl.site.diagram import Box, Picture, Ties
from pokin_dsl.site.plan import columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pokin_dsl.site.lookups import Lookups

ANCHOR = "gambar-pohon"
"""The id of the picture of a whole tree in its page."""
MOST_BOXES = 60
"""Boxes that people can take in on one picture."""
MOST_OF_ALL = 1200
"""Boxes of the picture of a whole tree; it is there to be moved about in, folded and printed over several sheets."""
MOST_OF_BRANCH = 120
"""Boxes of the picture of a kondisi's whole branch."""
MOST_COLUMNS = 8
"""Columns of an overview that a projector shows side by side, readably."""
MOST_LOCAL = 12
"""Boxes of the picture of a node's surroundings, without the boxes "dan n lagi"."""
_MOST_ABOVE = 7
_NEAREST_ABOVE = 5
_SAFE = str.maketrans({"-": "_m", "/": "_s"})


def overview_name(lookups: Lookups) -> str:
    """Name the picture of the whole tree; no two pictures of a site share a name."""
    return lookups.name.translate(_SAFE) + "_p"


def node_name(lookups: Lookups, simpul: Simpul) -> str:
    """Name the picture on a node's page."""
    return f"{lookups.name.translate(_SAFE)}_k{simpul.id.translate(_SAFE)}"


def overview(lookups: Lookups) -> Picture:
    """Draw the whole tree, or of a very large one the upper levels as far as they fit."""
    draft = _Draft(lookups)
    nodes = _all_below(lookups.pohon.akar, MOST_OF_ALL)
    if nodes is None:
        _add_upper_levels(draft)
    else:
        at: dict[str, int] = {}
        for simpul in nodes:
            above = lookups.peta.induk.get(simpul.id)
            at[simpul.id] = draft.add(simpul, at[above.id] if above else None)
    picture = draft.picture(overview_name(lookups), f"Pohon kinerja: {lookups.pohon.judul}")
    return replace(picture, anchor=ANCHOR)


def _add_upper_levels(draft: _Draft) -> None:
    """Add level by level as far as they fit."""
    lookups = draft.lookups
    level = draft.add_level([(None, lookups.pohon.akar)], least=1)
    while level:
        parents = [(index, simpul.anak) for index, simpul in level if simpul.anak]
        needed = any(not isinstance(anak, Antara | Operasional) for _, anak_ in parents for anak in anak_)
        level = draft.add_level(parents, least=1) if needed else draft.add_level_if_readable(parents)


def branch(lookups: Lookups, kondisi: Simpul) -> Picture | None:
    """Draw a kondisi with what it supports and everything below it; nothing where that is too much for one picture."""
    above = rantai(lookups.peta, kondisi.id)
    nodes = _all_below(kondisi.anak, MOST_OF_BRANCH - len(above) - 1)
    if nodes is None or len(above) > _MOST_ABOVE:
        return None
    draft = _Draft(lookups, "../")
    at = {kondisi.id: draft.add(kondisi, draft.add_chain(above), focus=True)}
    for simpul in nodes:
        at[simpul.id] = draft.add(simpul, at[lookups.peta.induk[simpul.id].id])
    return draft.picture(node_name(lookups, kondisi), f"Cabang: {kondisi.teks}")


def local(lookups: Lookups, simpul: Simpul) -> Picture:
    """Draw a node with the chain above it and its own children."""
    draft = _Draft(lookups, "../")
    focus = draft.add(simpul, draft.add_chain(rantai(lookups.peta, simpul.id)), focus=True)
    draft.add_some(focus, simpul.anak, MOST_LOCAL - len(draft.boxes))
    return draft.picture(node_name(lookups, simpul), f"Letak dalam pohon: {simpul.teks}")


@dataclass(slots=True)
class _Draft:
    """A picture that grows; ``base`` leads from its page to the folder of the tree."""

    lookups: Lookups
    base: str = ""
    boxes: list[Box] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    shown: dict[int, int] = field(default_factory=dict)
    nodes: dict[int, Simpul] = field(default_factory=dict)

    def add(self, simpul: Simpul, parent: int | None, *, focus: bool = False) -> int:
        """Add a node's box and give its index."""
        box = _box(self.lookups, simpul, self.base)
        index = self._put(_focused(box) if focus else box, parent)
        self.nodes[index] = simpul
        return index

    def add_rest(self, number: int, parent: int | None) -> int:
        """Add the box "dan n lagi"."""
        return self._put(Box(f"lagi-{len(self.boxes)}", "lagi", "", "", (), (), "", focus=False, more=number), parent)

    def add_some(self, parent: int | None, children: Sequence[Simpul], most: int) -> list[tuple[int, Simpul]]:
        """Add the first children, and a box for the rest."""
        added = [(self.add(anak, parent), anak) for anak in children[:most]]
        if len(children) > most:
            self.add_rest(len(children) - most, parent)
        return added

    def add_chain(self, above: Sequence[Simpul]) -> int | None:
        """Add ancestors, the top one first, and give the index of the lowest; a long chain is cut in the middle."""
        parent: int | None = None
        cut = len(above) - _NEAREST_ABOVE if len(above) > _MOST_ABOVE else 0
        for nth, simpul in enumerate(above):
            if 0 < nth < cut:
                parent = self.add_rest(cut - 1, parent) if nth == 1 else parent
                continue
            parent = self.add(simpul, parent)
        return parent

    def add_level(self, parents: Sequence[tuple[int | None, Sequence[Simpul]]], least: int) -> list[tuple[int, Simpul]]:
        """Add the children of a level's nodes, equally many for each as fit; none where fewer than ``least`` would.

        Gives the added nodes where the level is whole, so that the next one may follow.
        """
        sizes = [len(children) for _, children in parents]
        quota = _quota(sizes, MOST_BOXES - len(self.boxes), least)
        if not quota:
            return []
        added = [node for parent, children in parents for node in self.add_some(parent, children, quota)]
        return added if quota >= max(sizes) else []

    def add_level_if_readable(self, parents: Sequence[tuple[int | None, Sequence[Simpul]]]) -> list[tuple[int, Simpul]]:
        """Add a level of which something useful fits, and which does not make the picture too wide; else nothing."""
        boxes, links, shown = len(self.boxes), len(self.links), dict(self.shown)
        added = self.add_level(parents, least=2)
        if columns(len(self.boxes), tuple(self.links)) <= MOST_COLUMNS:
            return added
        del self.boxes[boxes:], self.links[links:]
        self.shown = shown
        self.nodes = {index: simpul for index, simpul in self.nodes.items() if index < boxes}
        return []

    def picture(self, name: str, title: str) -> Picture:
        """Finish; every box but those of the chain above says how many performances below it are left out."""
        return Picture(name, title, tuple(self._with_rest()), tuple(self.links))

    def _put(self, box: Box, parent: int | None) -> int:
        index = len(self.boxes)
        self.boxes.append(box)
        if parent is not None:
            self.links.append((parent, index))
            self.shown[parent] = self.shown.get(parent, 0) + 1
        return index

    def _with_rest(self) -> Iterable[Box]:
        for index, box in enumerate(self.boxes):
            simpul = self.nodes.get(index)
            rest = self.lookups.below(simpul) if simpul and index not in self.shown else 0
            yield _telling(box, rest) if rest else box


def _box(lookups: Lookups, simpul: Simpul, base: str) -> Box:
    """Give a node's box; it is the same on the pages of all its neighbours."""
    key = base + simpul.id
    box = lookups.boxes.get(key)
    if box is None:
        link = lookups.links[simpul.id]
        mark = lookups.marks.get(simpul.id)
        holders = semua_pemegang(simpul)
        box = lookups.boxes[key] = Box(
            simpul.id,
            simpul.jenis,
            link["label"],
            simpul.teks,
            tuple([i.teks for i in simpul.indikator]),
            tuple([lookups.links[id_]["teks"] for id_ in holders]),
            base + link["href"],
            focus=False,
            more=0,
            mark=mark.kind if mark else "",
            mark_words=mark.words if mark else "",
            ties=_ties(lookups, simpul, holders),
        )
    return box


def _ties(lookups: Lookups, simpul: Simpul, holders: tuple[str, ...]) -> Ties:
    """Tell what else a node hangs together with."""
    carried = {id_ for anak in simpul.anak if anak.mendukung_indikator for id_ in anak.mendukung_indikator}
    return Ties(
        holders,
        simpul.unit,
        tuple(_supported_here(lookups, simpul)) if simpul.mendukung else (),
        tuple([link["teks"] for link in lookups.follow(simpul.mendukung)]) if simpul.mendukung else (),
        tuple([(c.instansi, c.status) for c in simpul.crosscutting]),
        _carries(lookups, simpul) if simpul.mendukung_indikator else (),
        any(indikator.id in carried for indikator in simpul.indikator),
        tuple([number for number, indikator in enumerate(simpul.indikator, 1) if indikator.iku]),
    )


def _carries(lookups: Lookups, simpul: Simpul) -> tuple[int, ...]:
    """Give the numbers of the indicators of its parent that a node carries."""
    above = lookups.peta.induk[simpul.id]
    return tuple(n for n, indikator in enumerate(above.indikator, 1) if indikator.id in simpul.mendukung_indikator)


def _supported_here(lookups: Lookups, simpul: Simpul) -> Iterator[str]:
    """Give the nodes of this tree that a node supports besides its parent, themselves or by one of their indicators."""
    peta = lookups.peta
    for reference in simpul.mendukung:
        tree, id_ = lookups.atlas.target(lookups.name, reference) or ("", "")
        owner = peta.indikator[id_][1].id if id_ in peta.indikator else id_
        if tree == lookups.name and owner in peta.simpul:
            yield owner


def _focused(box: Box) -> Box:
    what = (box.key, box.level, box.label, box.statement, box.indicators, box.holders, box.href)
    return Box(*what, focus=True, more=box.more, mark=box.mark, mark_words=box.mark_words, ties=box.ties)


def _telling(box: Box, rest: int) -> Box:
    what = (box.key, box.level, box.label, box.statement, box.indicators, box.holders, box.href)
    return Box(*what, box.focus, rest, box.mark, box.mark_words, box.ties)


def _quota(sizes: Sequence[int], room: int, least: int) -> int:
    """Give how many children each parent may show, so that all of them and the boxes for the rest fit."""
    if not sizes:
        return 0
    for quota in range(min(max(sizes), room), least - 1, -1):
        if sum(size if size <= quota else quota + 1 for size in sizes) <= room:
            return quota
    return 0


def _all_below(tops: Sequence[Simpul], most: int) -> list[Simpul] | None:
    """Give nodes with all below them in written order, parents first; nothing where they are more than ``most``."""
    nodes = list(islice(branches(tops), max(0, most) + 1))
    return nodes if len(nodes) <= most else None
