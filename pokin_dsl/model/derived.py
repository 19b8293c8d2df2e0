"""What follows from a node's place in its tree: stage reference, level, planning component, number."""

from __future__ import annotations

from dataclasses import dataclass

from pokin_dsl.model.tree import Csf, Kondisi, Operasional, Outcome, Simpul

_ORDINALS = (
    "pertama kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh".split()  # noqa: SIM905 - reads as the words
)
_RUJUKAN = {"outcome": "Tahap 1", "csf": "Tahap 2", "kondisi": "Tahap 2", "antara": "Tahap 3", "operasional": "Tahap 3"}
_JENJANG = {
    "outcome": "Kinerja strategis SKPD",
    "csf": "",
    "kondisi": "Kinerja strategis",
    "antara": "Kinerja taktikal (immediate)",
    "operasional": "Kinerja operasional",
}
_KOMPONEN_KODE = {"program": "Sasaran program", "kegiatan": "Sasaran kegiatan", "subkegiatan": "Sasaran sub kegiatan"}


@dataclass(frozen=True, slots=True)
class Turunan:
    """What follows from a node's place: stage reference, level, planning component, its number, its depth.

    ``nomor`` counts kondisi within their top outcome and outcomes within the tree, from 1; 0 for all others.
    ``outcome`` is the number of the top outcome above, ``kedalaman`` 0 for a top node.
    """

    rujukan: str
    jenjang: str
    komponen: str
    nomor: int
    outcome: int
    kedalaman: int


def turunan(simpul: Simpul, nomor: int, outcome: int, kedalaman: int) -> Turunan:
    """Derive all from a node, its number, that of its top outcome, and its depth."""
    return Turunan(
        _RUJUKAN[simpul.jenis],
        simpul.jenjang or _JENJANG[simpul.jenis],
        simpul.komponen or _komponen(simpul, nomor),
        nomor,
        outcome,
        kedalaman,
    )


def ke(nomor: int) -> str:
    """Give an ordinal as planning documents write it: pertama, kedua, ..., kesepuluh, ke-11."""
    return _ORDINALS[nomor - 1] if 1 <= nomor <= len(_ORDINALS) else f"ke-{nomor}"


def _komponen(simpul: Simpul, nomor: int) -> str:
    if simpul.kode:
        return _KOMPONEN_KODE[simpul.kode.jenis]
    if isinstance(simpul, Outcome):
        return "" if any(isinstance(anak, Outcome) for anak in simpul.anak) else "Tujuan SKPD"
    if isinstance(simpul, Csf):
        return ""
    if isinstance(simpul, Kondisi):
        return f"Sasaran {ke(nomor)}"
    return "Sasaran sub kegiatan" if isinstance(simpul, Operasional) else "Sasaran kegiatan"
