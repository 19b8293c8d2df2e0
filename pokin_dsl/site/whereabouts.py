"""Where the content of a page went that the site no longer has: a new address, another tree, or only the page above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.model.query import rantai
from pokin_dsl.site import urls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.tree import Jabatan, Simpul

_MOST_LINKS = 5
# The folders of the parts of long pages, each with the name of the page that leads to its parts.
_DIVIDED = {
    "sumber": "Sumber",
    "pemeriksaan": "Pemeriksaan",
    "indikator": "Indikator",
    **{f"tahap-{number}": f"Tahap {number}" for number in (3, 4, 5)},
}
Target = tuple[str, str]
"""The text of a link and the path in the site that it leads to."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A sentence for the reader, links to where the content is now, and the one page that has it, if any is sure."""

    message: str
    links: tuple[Target, ...] = ()
    successor: str = ""


def whereabouts(path: str, before: Mapping[str, Peta], now: Mapping[str, Peta]) -> Whereabouts:
    """Say where the content of a page went; ``before`` and ``now`` hold the trees by name, then and today."""
    tree = _tree_of(path, before)
    if not tree:
        return Whereabouts("Halaman ini tidak ada di situs.", (("Semua pohon", urls.INDEX),))
    if tree not in now:
        return _tree_gone(before[tree], before, now)
    place = path.removeprefix(f"{tree}/").removesuffix(".html")
    folder, _, id_ = place.rpartition("/")
    if folder == "kinerja" and id_ in before[tree].simpul:
        return _kinerja_gone(before[tree].simpul[id_], tree, before, now)
    if folder == "jabatan" and id_ in before[tree].jabatan:
        return _jabatan_gone(before[tree].jabatan[id_], tree, before[tree], now[tree])
    if folder in _DIVIDED:
        whole = urls.in_tree(tree, f"{folder}.html")
        return Whereabouts("Isinya sekarang dibagi lain.", ((_DIVIDED[folder], whole),), whole)
    return Whereabouts("Halaman ini sudah tidak ada.", (_first_page(tree, now),))


def _tree_of(path: str, trees: Mapping[str, Peta]) -> str:
    """Give the tree under whose folder a page stands, the longest name where several fit."""
    return max((name for name in trees if path.startswith(f"{name}/")), key=len, default="")


def _tree_gone(peta: Peta, before: Mapping[str, Peta], now: Mapping[str, Peta]) -> Whereabouts:
    """Tell of a tree that is no more; one that is new under the same title is it under another name."""
    titled = (name for name, other in now.items() if name not in before and other.pohon.judul == peta.pohon.judul)
    name = next(titled, "")
    if name:
        message = f"Pohon ini sekarang beralamat di {name}."
        return Whereabouts(message, (_first_page(name, now),), urls.in_tree(name, urls.INDEX))
    return Whereabouts("Pohon ini sudah tidak ada di ruang kerja.", (("Semua pohon", urls.INDEX),))


def _kinerja_gone(gone: Simpul, tree: str, before: Mapping[str, Peta], now: Mapping[str, Peta]) -> Whereabouts:
    same = _in_same_place(gone, before[tree], now[tree])
    if same and same.teks != gone.teks:
        message = "Rumusan kinerja ini diubah, jadi alamat halamannya ikut berganti."
        return _successor(f"{message} Tulis [id] pada barisnya supaya alamatnya tetap.", same, tree)
    for name in (tree, *(other for other in now if other != tree)):
        if found := _of_same_text(gone, before.get(name), now[name]):
            where = "" if name == tree else f" di pohon {now[name].pohon.judul}"
            return _successor(f"Kinerja ini sekarang beralamat lain{where}.", found, name)
    if same:
        return _successor("Alamat halaman kinerja ini berganti.", same, tree)
    heirs = [now[tree].simpul[anak.id] for anak in gone.anak if anak.id in now[tree].simpul][:_MOST_LINKS]
    above = [s for s in reversed(rantai(before[tree], gone.id)) if s.id in now[tree].simpul][:1]
    links = (*(_link(simpul, tree) for simpul in heirs), *(_link(now[tree].simpul[s.id], tree) for s in above))
    message = f"Kinerja “{gone.teks}” sudah tidak ada di pohon."
    message += " Turunannya dan induknya:" if heirs else " Induknya:" if above else ""
    return Whereabouts(message, links or (_first_page(tree, now),))


def _in_same_place(gone: Simpul, before: Peta, now: Peta) -> Simpul | None:
    """Find the new node that stands where an old one stood: below the same parent, in the same place among what is new.

    Nothing where more or fewer are new than are gone. The parent may have a new address itself, as its derived id
    changes with its wording.
    """
    above = before.induk.get(gone.id)
    if above is None:
        olds: Sequence[Simpul] = before.pohon.akar
        news: Sequence[Simpul] = now.pohon.akar
    else:
        parent = now.simpul.get(above.id) or _in_same_place(above, before, now)
        olds, news = above.anak, parent.anak if parent else ()
    lost = [simpul.id for simpul in olds if simpul.id not in now.simpul and simpul.jenis == gone.jenis]
    new = [simpul for simpul in news if simpul.id not in before.simpul and simpul.jenis == gone.jenis]
    return new[lost.index(gone.id)] if len(new) == len(lost) and gone.id in lost else None


def _of_same_text(gone: Simpul, before: Peta | None, now: Peta) -> Simpul | None:
    """Find a node of the same wording that was not there before."""
    known = before.simpul if before else {}
    found = (s for s in now.simpul.values() if s.teks == gone.teks and s.jenis == gone.jenis and s.id not in known)
    return next(found, None)


def _jabatan_gone(gone: Jabatan, tree: str, before: Peta, now: Peta) -> Whereabouts:
    new = [jabatan for jabatan in now.jabatan.values() if jabatan.id not in before.jabatan]
    lost = [jabatan for jabatan in before.jabatan.values() if jabatan.id not in now.jabatan]
    same = next((jabatan for jabatan in new if jabatan.teks == gone.teks), None)
    if same is None and len(new) == len(lost) == 1:
        same = new[0]
    if same is None:
        link = ("Semua jabatan", urls.in_tree(tree, urls.POSITIONS))
        return Whereabouts(f"Jabatan “{gone.teks}” sudah tidak ada di pohon.", (link,))
    address = urls.in_tree(tree, urls.position(same.id))
    return Whereabouts("Alamat halaman jabatan ini berganti.", ((same.teks or same.id, address),), address)


def _successor(message: str, simpul: Simpul, tree: str) -> Whereabouts:
    link = _link(simpul, tree)
    return Whereabouts(message, (link,), link[1])


def _link(simpul: Simpul, tree: str) -> Target:
    return simpul.teks or simpul.id, urls.in_tree(tree, urls.kinerja(simpul.id))


def _first_page(tree: str, now: Mapping[str, Peta]) -> Target:
    return now[tree].pohon.judul, urls.in_tree(tree, urls.INDEX)
