"""Links between all things of all trees, and who refers to whom; addresses are relative to the folder of a tree.

A page below a tree's folder puts its own way up (``base``) in front of every address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pokin_dsl.model.positions import folded
from pokin_dsl.model.tree import Kondisi, Outcome
from pokin_dsl.site import urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.tree import Crosscutting, Simpul
    from pokin_dsl.rules.checked import Checked
    from pokin_dsl.site.site import Jenjang

Link = Mapping[str, str]
"""``teks`` and ``href``; ``jenis`` and ``label``, level and its printed name; ``pohon``, the title of another tree."""

LEVELS = {
    "outcome": "Outcome",
    "csf": "CSF",
    "kondisi": "Kondisi",
    "antara": "Kondisi antara",
    "operasional": "Kondisi operasional",
}


class Links:
    """The links to the things of one tree by id, each made when first asked for; no link for an unknown id."""

    def __init__(self, peta: Peta, levels: Mapping[str, str]) -> None:
        self._peta, self._levels = peta, levels
        self._made: dict[str, Link] = {}

    def __contains__(self, id_: str) -> bool:
        peta = self._peta
        return id_ in peta.simpul or id_ in peta.indikator or id_ in peta.jabatan

    def __getitem__(self, id_: str) -> Link:
        link = self._made.get(id_)
        if link is None:
            link = self._made[id_] = self._make(id_)
        return link

    def get(self, id_: str) -> Link | None:
        """Give a link, or nothing."""
        if id_ not in self:
            return None
        return self[id_]

    def _make(self, id_: str) -> Link:
        peta = self._peta
        if simpul := peta.simpul.get(id_):
            return _link(simpul.teks, urls.kinerja(id_), simpul.jenis, level_label(peta, simpul, self._levels))
        if measured := peta.indikator.get(id_):
            indikator, simpul = measured
            return _link(indikator.teks, urls.indicator(simpul.id, id_), "", "Indikator")
        return _link(peta.jabatan[id_].teks, urls.position(id_), "", "Jabatan")


@dataclass(slots=True)
class Referrers:
    """Who refers to the things of one tree, by the id referred to, and which nodes name the tree as their partner."""

    supporters: dict[str, list[Link]] = field(default_factory=dict)
    viewers: dict[str, list[Link]] = field(default_factory=dict)
    partners: list[tuple[Link, Crosscutting]] = field(default_factory=list)


class Atlas:
    """All trees by name; the links of each by id; which tree a partner's name means; who refers to what.

    ``levels`` are the printed names of levels.
    """

    def __init__(
        self, trees: Mapping[str, Checked], partners: Mapping[str, str], levels: Mapping[str, str] = LEVELS
    ) -> None:
        self.trees = trees
        self.partners = partners
        self.levels = levels
        self.links = {name: Links(tree.peta, levels) for name, tree in trees.items()}

    @cached_property
    def referrers(self) -> Mapping[str, Referrers]:
        """Give every reference turned around, by tree."""
        return _find_referrers(self)

    def target(self, here: str, reference: str) -> tuple[str, str] | None:
        """Find the tree and the id that ``id`` or ``pohon:id`` means, nothing where it leads nowhere."""
        tree, _, id_ = reference.rpartition(":")
        tree = tree or here
        if tree not in self.trees:
            return None
        id_ = self.trees[tree].peta.alias.get(id_, id_)
        return (tree, id_) if id_ in self.links[tree] else None

    def link(self, here: str, there: str, id_: str) -> Link:
        """Give the link from one tree to a thing of another, or of its own."""
        link = self.links[there][id_]
        if here == there:
            return link
        href = urls.to_tree(here, there, link["href"])
        return {**link, "href": href, "pohon": self.trees[there].pohon.judul}

    def follow(self, here: str, reference: str) -> Link | None:
        """Give the link that a reference means, nothing where it leads nowhere."""
        target = self.target(here, reference)
        return self.link(here, *target) if target else None

    def partner(self, here: str, instansi: str) -> str:
        """Give the other tree that a crosscutting partner is; empty where it is none of the site."""
        there = self.partners.get(folded(instansi), here)
        return "" if there == here else there


def level_names(jenjang: Mapping[str, Jenjang]) -> Mapping[str, str]:
    """Give the printed names of levels in a workspace that may have its own."""
    return {kind: (jenjang[kind].label if kind in jenjang else "") or name for kind, name in LEVELS.items()}


def make_atlas(trees: tuple[Checked, ...], levels: Mapping[str, str] = LEVELS) -> Atlas:
    """Index all trees; of two that a partner's name fits, the first is meant, and a unit's name before a title."""
    partners: dict[str, str] = {}
    for tree in trees:
        if tree.pohon.instansi:
            partners.setdefault(folded(tree.pohon.instansi), tree.nama)
    for tree in trees:
        partners.setdefault(folded(tree.pohon.judul), tree.nama)
    return Atlas({tree.nama: tree for tree in trees}, partners, levels)


def level_label(peta: Peta, simpul: Simpul, levels: Mapping[str, str] = LEVELS) -> str:
    """Give the printed name of a node's level; a kondisi, and one of several outcomes, with its number."""
    label, nomor = levels[simpul.jenis], peta.turunan[simpul.id].nomor
    numbered = isinstance(simpul, Kondisi) or (isinstance(simpul, Outcome) and len(peta.pohon.akar) > 1)
    return f"{label} {nomor}" if numbered and nomor else label


def _find_referrers(atlas: Atlas) -> dict[str, Referrers]:
    found = {name: Referrers() for name in atlas.trees}
    for here, tree in atlas.trees.items():
        for simpul in tree.peta.simpul.values():
            for reference in (*simpul.mendukung_indikator, *simpul.mendukung):
                for there, id_ in _targets(atlas, here, reference):
                    found[there].supporters.setdefault(id_, []).append(atlas.link(there, here, simpul.id))
            for reference in simpul.lihat:
                for there, id_ in _targets(atlas, here, reference):
                    found[there].viewers.setdefault(id_, []).append(atlas.link(there, here, simpul.id))
            for crosscutting in simpul.crosscutting:
                if there := atlas.partner(here, crosscutting.instansi):
                    found[there].partners.append((atlas.link(there, here, simpul.id), crosscutting))
    return found


def _targets(atlas: Atlas, here: str, reference: str) -> Iterator[tuple[str, str]]:
    target = atlas.target(here, reference)
    if target:
        yield target


def _link(teks: str, href: str, jenis: str, label: str) -> Link:
    return {"teks": teks or "(belum ditulis)", "href": href, "jenis": jenis, "label": label, "pohon": ""}
