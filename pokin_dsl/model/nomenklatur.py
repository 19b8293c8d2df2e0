"""Official lists of programmes, activities and sub-activities: a code, what it is, its official name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from pokin_dsl.model.memory import NAMED
from pokin_dsl.model.query import walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.model.tree import Kode, Pohon, Simpul

ANY_URUSAN = "X.XX"
"""What official lists write before codes that every urusan has, such as ``X.XX.01``."""

_WORD = re.compile(r"\w+")
_PREFIX = re.compile(r"\A(?:program|kegiatan|sub kegiatan|subkegiatan) ")
_KINDS = {"program": "program", "kegiatan": "kegiatan", "sub": "subkegiatan", "subkegiatan": "subkegiatan"}


@dataclass(frozen=True, slots=True)
class Butir:
    """One entry of a list; ``jenis`` is program, kegiatan or subkegiatan, the last three are empty where not given."""

    jenis: str
    kode: str
    nama: str
    kinerja: str = ""
    indikator: str = ""
    satuan: str = ""


@dataclass(frozen=True, slots=True)
class Nomenklatur:
    """A list by code. No list is complete: a code that it lacks is worth an info, not more."""

    butir: Mapping[str, Butir] = field(default_factory=dict)

    def cari(self, kode: str) -> Butir | None:
        """Find the entry of a code, or the one that every urusan has."""
        return self.butir.get(kode) or self.butir.get(ANY_URUSAN + kode[len(ANY_URUSAN) :])

    def nama(self, kode: str) -> str:
        """Give the official name of a code, or an empty text."""
        butir = self.cari(kode)
        return butir.nama if butir else ""


def read_nomenklatur(text: str) -> tuple[Nomenklatur, int]:
    """Read a list from tab-separated text: level, kode, nomenklatur, kinerja, indikator, satuan.

    Lines that begin with ``#`` and the head line are passed over. Returns the list and the number of the first line
    that is no entry (0 where all are); the entries around it are kept.
    """
    butir: dict[str, Butir] = {}
    wrong = 0
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith(("#", "level\t")):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        jenis = _KINDS.get(cells[0].lower().replace(" ", ""), "")
        if len(cells) < 3 or not jenis or not cells[1] or not cells[2]:  # noqa: PLR2004 - level, code, name
            wrong = wrong or number
            continue
        butir.setdefault(cells[1], Butir(jenis, *cells[1:6]))
    return Nomenklatur(butir), wrong


Named = tuple["Simpul", Nomenklatur, "Simpul"]
"""A node, the list that was asked, and the node with what was found there."""


@lru_cache(maxsize=1 << 14)
def folded(nama: str) -> str:
    """Fold an official name: no case, no punctuation, single spaces, no word before it that only says what it is."""
    return _PREFIX.sub("", " ".join(_WORD.findall(nama.casefold())))


def with_names(pohon: Pohon, daftar: Nomenklatur) -> Pohon:
    """Fill in the official names that an author left out; what nothing is filled into stays the same object.

    What was filled into the same object in the last reading comes to the same object again.
    """
    if not any(simpul.kode and not simpul.kode.nama for simpul in walk(pohon)):
        return pohon
    naming = _Naming(daftar, NAMED.get(pohon.nama) or {})
    akar = tuple(naming.named(simpul) for simpul in pohon.akar)
    NAMED.keep(pohon.nama, naming.done)
    return pohon if _same(akar, pohon.akar) else replace(pohon, akar=akar)


class _Naming:
    """Fills in names; ``known`` holds by identity what the last reading had, with its list and what came of it."""

    def __init__(self, daftar: Nomenklatur, known: Mapping[int, Named]) -> None:
        self._daftar = daftar
        self._known = known
        self.done: dict[int, Named] = {}

    def named(self, simpul: Simpul) -> Simpul:
        """Give a branch with its names."""
        known = self._known.get(id(simpul))
        if known is None or known[0] is not simpul or known[1] is not self._daftar:
            known = (simpul, self._daftar, self._filled(simpul))
        if simpul.anak or known[2] is not simpul:
            self.done[id(simpul)] = known
        return known[2]

    def _filled(self, simpul: Simpul) -> Simpul:
        anak = tuple([self.named(child) for child in simpul.anak]) if simpul.anak else ()
        kode = _named_code(simpul.kode, self._daftar) if simpul.kode else None
        if kode is simpul.kode and _same(anak, simpul.anak):
            return simpul
        return replace(simpul, anak=anak, kode=kode)


def _named_code(kode: Kode, daftar: Nomenklatur) -> Kode:
    butir = None if kode.nama else daftar.cari(kode.kode)
    return replace(kode, nama=butir.nama) if butir and butir.jenis == kode.jenis else kode


def _same(one: tuple[Simpul, ...], other: tuple[Simpul, ...]) -> bool:
    return all(a is b for a, b in zip(one, other, strict=True))
