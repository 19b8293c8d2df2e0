"""Generated trees: as many nodes as asked for, shaped and worded like real ones, the same text every time."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUBJECTS = [
    "Pelayanan",
    "Pemberdayaan",
    "Ketertiban",
    "Pembangunan",
    "Administrasi",
    "Keuangan",
    "Pengawasan",
    "Pendidikan",
    "Kesehatan",
    "Data",
]
_OBJECTS = ["Masyarakat", "Desa", "Kelurahan", "Keluarga", "Aparatur", "Lembaga", "Wilayah", "Aset", "Dokumen", "Usaha"]
_PLACES = [
    "Tingkat Kecamatan",
    "Wilayah Utara",
    "Wilayah Selatan",
    "Kawasan Pesisir",
    "Pusat Kota",
    "Daerah Perbatasan",
]
_YEARS = range(2026, 2031)
_BRANCHES = 5


def tree_text(nodes: int, seed: int = 1) -> str:
    """Give a tree of exactly so many nodes (at least 4): an outcome, its csf and kondisi, antara, operasional.

    Every performance has an indicator with a series, so that there are about 4.7 lines a node, as in real trees.
    """
    return "\n".join(_lines(nodes, random.Random(seed))) + "\n"


def _lines(nodes: int, chance: random.Random) -> Iterator[str]:
    yield from ("pokin: 1", f"judul: Pohon Uji {nodes} Kinerja", "instansi: Kecamatan Uji", "periode: 2026-2030", "")
    yield "jabatan [kepala] Camat"
    yield from (f"  jabatan [kasi-{n}] Kasi {_SUBJECTS[n % 10]} {n}" for n in range(12))
    yield "jabatan [pelaksana] Pelaksana/JF"
    yield ""
    yield "outcome [utama] Terwujudnya Tata Kelola yang Baik"
    yield from _performance(0, chance, "kepala", 0)
    left, number = nodes - 1, 0
    while left > 0:
        left, number = left - 1, number + 1
        yield ""
        yield f"  csf Belum Optimalnya {_words(number, chance)}"
        if left:
            yield from _kondisi(number, min(left, 1 + _BRANCHES * (1 + _BRANCHES)), chance)
            left -= min(left, 1 + _BRANCHES * (1 + _BRANCHES))


def _kondisi(number: int, nodes: int, chance: random.Random) -> Iterator[str]:
    yield f"    kondisi [k-{number}] Meningkatnya {_words(number, chance)}"
    yield from _performance(4, chance, f"kasi-{number % 12}", number)
    left = nodes - 1
    while left > 0:
        yield f"      antara Terselenggaranya {_words(left * 7 + number, chance)}"
        yield from _performance(6, chance, "", left)
        left -= 1
        for leaf in range(min(left, _BRANCHES)):
            yield f"        operasional Terlaksananya {_words(left * 11 + leaf, chance)}"
            yield from _performance(8, chance, "pelaksana", leaf)
        left -= min(left, _BRANCHES)


def _performance(indent: int, chance: random.Random, holder: str, number: int) -> Iterator[str]:
    pad = " " * (indent + 2)
    yield f"{pad}@indikator Persentase {_words(number, chance)} yang Sesuai Standar"
    yield f"{pad}  @awal {chance.randint(40, 60)},{chance.randint(10, 99)}"
    series = " ".join(f"{year}={chance.randint(60, 100)}" for year in _YEARS)
    yield f"{pad}  @target (%) {series}"
    if holder:
        yield f"{pad}@pk {holder}"


def _words(number: int, chance: random.Random) -> str:
    subject, place = chance.choice(_SUBJECTS), chance.choice(_PLACES)
    return f"{subject} {_OBJECTS[number % 10]} {number} {chance.randint(100, 999)} di {place}"
