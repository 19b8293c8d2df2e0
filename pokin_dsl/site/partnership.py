"""Who supports whom across trees: every mention of a partner, and every reference from one tree to another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pokin_dsl.model.positions import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.tree import Crosscutting, Simpul
    from pokin_dsl.rules.checked import Checked
    from pokin_dsl.site.atlas import Atlas

AGREED, WAITING, REFUSED, UNSAID, ONE_SIDED, DIRECT = (
    "disetujui",
    "menunggu",
    "ditolak",
    "tanpa-status",
    "sepihak",
    "langsung",
)
GRAVEST_FIRST = (ONE_SIDED, REFUSED, WAITING, UNSAID, AGREED, DIRECT)
"""What a tie may be; of several between the same two the first of these is what a picture shows."""
_OPEN = (WAITING, REFUSED)
# From this stage on a tree is asked for its crosscutting, as in P602.
_STAGE = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """One ``@crosscutting`` of a node: ``there`` is the partner's tree, empty for one outside the site.

    ``one_sided`` says that the partner's tree should mention this one back, and does not.
    """

    here: str
    simpul: Simpul
    crosscutting: Crosscutting
    there: str
    one_sided: bool

    @property
    def state(self) -> str:
        """Give what the tie is: one of ``GRAVEST_FIRST``."""
        return ONE_SIDED if self.one_sided else self.crosscutting.status or UNSAID


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference of a node to a thing of another tree; ``supports`` for ``@mendukung``, else ``@lihat``."""

    here: str
    simpul: Simpul
    there: str
    id: str
    supports: bool


class Partnership:
    """All ties between the trees of a site, found when first asked for."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Give every mention, in the order of the trees."""
        found = [
            (name, simpul, crosscutting, self.atlas.partner(name, crosscutting.instansi))
            for name, tree in self.atlas.trees.items()
            for simpul in tree.peta.simpul.values()
            for crosscutting in simpul.crosscutting
        ]
        said = {(self._unit(here), self._unit(there)) for here, _, _, there in found if there}
        return tuple(
            Mention(here, simpul, crosscutting, there, self._is_one_sided(here, there, crosscutting, said))
            for here, simpul, crosscutting, there in found
        )

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Give every reference from one tree to another; dead ones (P103) are left out."""
        return tuple(
            Reference(name, simpul, target[0], target[1], supports)
            for name, tree in self.atlas.trees.items()
            for simpul in tree.peta.simpul.values()
            for reference, supports in _outward(simpul)
            if (target := self.atlas.target(name, reference)) and target[0] != name
        )

    def _is_one_sided(self, here: str, there: str, crosscutting: Crosscutting, said: set[tuple[str, str]]) -> bool:
        if not there or crosscutting.status in _OPEN:
            return False
        asked = self.atlas.trees[there].pohon.tahap >= _STAGE
        ours, theirs = self._unit(here), self._unit(there)
        return asked and ours != theirs and (theirs, ours) not in said

    def _unit(self, name: str) -> str:
        """Give what a tree's unit is known by: of several trees of one unit it matters not which one says something."""
        return folded(self.atlas.trees[name].pohon.instansi) or f":{name}"


def count_ties(trees: Iterable[Checked]) -> int:
    """Count the mentions of partners and the references between trees; quick, since every plan of a site asks."""
    return sum(_ties(tree.peta) for tree in trees)


def _ties(peta: Peta) -> int:
    return sum(
        len(simpul.crosscutting) + sum(":" in reference for reference in (*simpul.mendukung, *simpul.lihat))
        for simpul in peta.simpul.values()
        if simpul.crosscutting or simpul.mendukung or simpul.lihat
    )


def _outward(simpul: Simpul) -> Iterator[tuple[str, bool]]:
    yield from ((reference, True) for reference in simpul.mendukung if ":" in reference)
    yield from ((reference, False) for reference in simpul.lihat if ":" in reference)


def by_tree(mentions: Iterable[Mention]) -> Mapping[str, tuple[tuple[Mention, ...], tuple[Mention, ...]]]:
    """Give for each tree that has any the mentions in it, and those of it in others."""
    out: dict[str, list[Mention]] = {}
    back: dict[str, list[Mention]] = {}
    for mention in mentions:
        out.setdefault(mention.here, []).append(mention)
        if mention.there:
            back.setdefault(mention.there, []).append(mention)
    return {name: (tuple(out.get(name, ())), tuple(back.get(name, ()))) for name in {**out, **back}}
