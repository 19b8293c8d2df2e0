"""Questions to a tree: who stands above whom, what a level is called, who holds what, who answers to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.model.index import Index
from pokin_dsl.model.memory import PIECES
from pokin_dsl.model.tree import Antara, Indikator, Jabatan, Kondisi, Operasional, Pohon, Simpul

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pokin_dsl.model.derived import Turunan


@dataclass(frozen=True, slots=True)
class Peta:
    """A tree with the look-ups that its pages and rules share; all mappings are in written order, by id."""

    pohon: Pohon
    simpul: Mapping[str, Simpul]
    induk: Mapping[str, Simpul]
    indikator: Mapping[str, tuple[Indikator, Simpul]]
    jabatan: Mapping[str, Jabatan]
    atasan: Mapping[str, Jabatan]
    turunan: Mapping[str, Turunan]
    alias: Mapping[str, str]


def peta(pohon: Pohon) -> Peta:
    """Index a tree; linear in its size, and quick for the branches that were the same objects when last indexed."""
    index = Index(PIECES.get(pohon.nama) or {})
    for nomor, akar in enumerate(pohon.akar, 1):
        index.add(akar, nomor)
    PIECES.keep(pohon.nama, index.pieces)
    jabatan: dict[str, Jabatan] = {}
    atasan: dict[str, Jabatan] = {}
    for position in walk_jabatan(pohon):
        jabatan[position.id] = position
        atasan.update((bawahan.id, position) for bawahan in position.bawahan)
    whole = index.whole
    return Peta(pohon, whole.simpul, whole.induk, whole.indikator, jabatan, atasan, whole.turunan, whole.alias)


def walk(pohon: Pohon) -> Iterator[Simpul]:
    """Give every node in written order, parents first."""
    return branches(pohon.akar)


def branches(tops: Sequence[Simpul]) -> Iterator[Simpul]:
    """Give some nodes, each with all below it, in written order, parents first."""
    waiting = list(reversed(tops))
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.anak))


def walk_jabatan(pohon: Pohon) -> Iterator[Jabatan]:
    """Give every position in written order, superiors first."""
    waiting = list(reversed(pohon.jabatan))
    while waiting:
        position = waiting.pop()
        yield position
        waiting.extend(reversed(position.bawahan))


def rantai(peta: Peta, id_: str) -> tuple[Simpul, ...]:
    """Give the ancestors of a node, the top one first."""
    chain: list[Simpul] = []
    above = peta.induk.get(id_)
    while above:
        chain.append(above)
        above = peta.induk.get(above.id)
    return tuple(reversed(chain))


def rumusan(simpul: Simpul, tahap: int) -> str:
    """Give a node's wording in the document of one stage."""
    return next((v.teks for v in simpul.varian if v.tahap == tahap), simpul.teks)


def bernomor(peta: Peta, simpul: Simpul, tahap: int = 5) -> str:
    """Give a node's wording as the tables print it: a kondisi with its number."""
    teks = rumusan(simpul, tahap)
    return f"{peta.turunan[simpul.id].nomor}. {teks}" if isinstance(simpul, Kondisi) else teks


def pemegang(simpul: Simpul, indikator: Indikator | None) -> tuple[str, ...]:
    """Give the positions that answer for a performance by one indicator: the indicator's own, else the node's."""
    if indikator is not None and (indikator.pk or indikator.tanpa_pk):
        return indikator.pk
    return simpul.pk


def semua_pemegang(simpul: Simpul) -> tuple[str, ...]:
    """Give all positions that answer for a node, by itself or by any of its indicators, each once."""
    own = (id_ for indikator in simpul.indikator for id_ in indikator.pk)
    return tuple(dict.fromkeys((*simpul.pk, *own)))


def kepala(pohon: Pohon) -> Jabatan | None:
    """Give the head of the unit: the first top-level position of the outline."""
    return next((j for j in pohon.jabatan if not j.di_luar), None)


def jabatan_bersama(pohon: Pohon) -> tuple[Jabatan, ...]:
    """Give the shared positions: further top-level ones without subordinates, whose superior depends on the work."""
    first = kepala(pohon)
    return tuple(j for j in pohon.jabatan if j is not first and not j.bawahan)


def pengampuan(peta: Peta) -> dict[str, tuple[tuple[Simpul, tuple[Indikator, ...]], ...]]:
    """Give what every position answers for: performances in written order, each with the indicators that are its own.

    One walk over the tree for all positions; one that answers for nothing is absent.
    """
    held: dict[str, list[tuple[Simpul, tuple[Indikator, ...]]]] = {}
    for simpul in peta.simpul.values():
        for id_ in semua_pemegang(simpul):
            mine = tuple(i for i in simpul.indikator if id_ in pemegang(simpul, i))
            if mine or not simpul.indikator:
                held.setdefault(id_, []).append((simpul, mine))
    return {id_: tuple(performances) for id_, performances in held.items()}


def atasan_kinerja(peta: Peta, jabatan: str, simpul: Simpul) -> tuple[tuple[str, ...], Simpul | None]:
    """Find to whom a shared position answers for one performance, and through which performance of theirs.

    Going up from the node, at each ancestor the holders of the indicator that the branch supports, else all of its
    holders; the first found wins. The position itself is never its own superior.
    """
    branch = simpul
    above = peta.induk.get(simpul.id)
    while above:
        supported = [i for i in above.indikator if i.id in branch.mendukung_indikator]
        by_indicator = tuple(dict.fromkeys(p for i in supported for p in pemegang(above, i)))
        holders = tuple(p for p in by_indicator or semua_pemegang(above) if p != jabatan)
        if holders:
            return holders, above
        branch, above = above, peta.induk.get(above.id)
    return (), None


def cabang_menurut_indikator(simpul: Simpul) -> tuple[tuple[Indikator | None, tuple[Simpul, ...]], ...]:
    """Give a performance's indicators in order, each with the branches that the tables print after its row.

    A branch follows the first indicator of its parent that it supports; those that support none follow the last row.
    A performance without indicators has one row, with no indicator.
    """
    if not simpul.indikator:
        return ((None, simpul.anak),)
    own = {i.id for i in simpul.indikator}
    groups: dict[str, list[Simpul]] = {id_: [] for id_ in own}
    free: list[Simpul] = []
    for anak in simpul.anak:
        first = next((id_ for id_ in anak.mendukung_indikator if id_ in own), None)
        (groups[first] if first else free).append(anak)
    last = simpul.indikator[-1]
    return tuple((i, (*groups[i.id], *(free if i is last else ()))) for i in simpul.indikator)


def keterangan(simpul: Simpul) -> str:
    """Give what table 3 calls a condition: kondisi antara or kondisi operasional."""
    return (
        "kondisi operasional"
        if isinstance(simpul, Operasional)
        else "kondisi antara"
        if isinstance(simpul, Antara)
        else ""
    )
