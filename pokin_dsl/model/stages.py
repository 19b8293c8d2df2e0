"""The five stage tables as values: the rows that officials print, each row still knowing its node.

Columns and order are those of the source method (PermenPANRB 89/2021 as taught for a kecamatan); see docs/bahasa.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.model.query import Peta, bernomor, branches, cabang_menurut_indikator, keterangan, pemegang, rumusan
from pokin_dsl.model.tree import Antara, Csf, Indikator, Kondisi, Operasional, Outcome, Simpul

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KOLOM = {
    1: ("Mandat", "Permasalahan", "Ekspektasi", "Outcome"),
    2: ("No", "CSF", "Kondisi yang diperlukan", "Seksi"),
    3: ("CSF (dalam bahasa kondisi)", "Kondisi yang diperlukan", "Keterangan"),
    4: ("Rujukan Tahapan", "Kinerja", "Indikator Kinerja", "Keterangan"),
    5: ("Rujukan Tahapan", "Kinerja", "Indikator Kinerja", "Keterangan", "Komponen Perencanaan", "PK"),
}


@dataclass(frozen=True, slots=True)
class BarisTahap1:
    """An outcome and its sources."""

    outcome: Simpul
    mandat: tuple[str, ...]
    permasalahan: tuple[str, ...]
    ekspektasi: tuple[str, ...]
    teks: str


@dataclass(frozen=True, slots=True)
class BarisTahap2:
    """A csf with one of the conditions that it asks for; ``csf`` is None for a kondisi straight under an outcome."""

    nomor: int
    csf: Csf | None
    teks_csf: str
    kondisi: Kondisi | None
    teks_kondisi: str
    seksi: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BarisTahap3:
    """A condition of stage 3 under its kondisi; ``simpul`` is None where a kondisi has nothing below it yet."""

    kondisi: Kondisi
    teks_kondisi: str
    simpul: Simpul | None
    teks: str
    keterangan: str


@dataclass(frozen=True, slots=True)
class BarisKinerja:
    """A performance by one indicator (stages 4 and 5); ``pk`` holds ids of positions."""

    simpul: Simpul
    indikator: Indikator | None
    rujukan: str
    kinerja: str
    teks_indikator: str
    keterangan: str
    komponen: str
    pk: tuple[str, ...]


def tahap_1(peta: Peta) -> Iterator[BarisTahap1]:
    """Give one row per outcome."""
    for simpul in peta.simpul.values():
        if isinstance(simpul, Outcome):
            yield BarisTahap1(simpul, simpul.mandat, simpul.permasalahan, simpul.ekspektasi, rumusan(simpul, 1))


def tahap_2(peta: Peta) -> Iterator[BarisTahap2]:
    """Give one row per csf and kondisi; No is the number of the outcome."""
    for simpul in peta.simpul.values():
        nomor = peta.turunan[simpul.id].outcome
        if isinstance(simpul, Csf):
            teks = rumusan(simpul, 2)
            conditions = [anak for anak in simpul.anak if isinstance(anak, Kondisi)]
            for kondisi in conditions:
                seksi = kondisi.unit or simpul.unit
                yield BarisTahap2(nomor, simpul, teks, kondisi, bernomor(peta, kondisi, 2), seksi)
            if not conditions:
                yield BarisTahap2(nomor, simpul, teks, None, "", simpul.unit)
        elif isinstance(simpul, Kondisi) and not isinstance(peta.induk.get(simpul.id), Csf):
            yield BarisTahap2(nomor, None, "", simpul, bernomor(peta, simpul, 2), simpul.unit)


def tahap_3(peta: Peta, simpul: Iterable[Simpul] | None = None) -> Iterator[BarisTahap3]:
    """Give one row per antara and operasional, in one group per kondisi; of all, or of those among some nodes."""
    for kondisi in peta.simpul.values() if simpul is None else simpul:
        if isinstance(kondisi, Kondisi):
            teks = bernomor(peta, kondisi, 3)
            below = [s for s in branches(kondisi.anak) if isinstance(s, Antara | Operasional)]
            for anak in below:
                yield BarisTahap3(kondisi, teks, anak, rumusan(anak, 3), keterangan(anak))
            if not below:
                yield BarisTahap3(kondisi, teks, None, "", "")


def tahap_4_5(peta: Peta, tahap: int, cabang: Iterable[Simpul] | None = None) -> Iterator[BarisKinerja]:
    """Give one row per performance and indicator, each row followed by the branches that support its indicator.

    The rows are those of some branches, by their heads, or of the whole tree.
    """
    for akar in peta.pohon.akar if cabang is None else cabang:
        yield from _performances(peta, akar, tahap)


def teks_pk(peta: Peta, pk: tuple[str, ...]) -> str:
    """Print who holds an agreement as the tables do: "PK Kasi Pembermas", several joined by "dan"."""
    return " dan ".join(f"PK {peta.jabatan[id_].teks}" for id_ in pk)


def _performances(peta: Peta, simpul: Simpul, tahap: int) -> Iterator[BarisKinerja]:
    for indikator, below in cabang_menurut_indikator(simpul):
        if not isinstance(simpul, Csf):
            yield _performance(peta, simpul, indikator, tahap)
        for anak in below:
            yield from _performances(peta, anak, tahap)


def _performance(peta: Peta, simpul: Simpul, indikator: Indikator | None, tahap: int) -> BarisKinerja:
    turunan = peta.turunan[simpul.id]
    return BarisKinerja(
        simpul,
        indikator,
        turunan.rujukan,
        bernomor(peta, simpul, tahap),
        indikator.teks if indikator else "",
        turunan.jenjang,
        turunan.komponen,
        pemegang(simpul, indikator),
    )
