"""Official lists of programmes, activities and sub-activities: a code, what it is, its official name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

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

    def nama(self, kode: str) -> str:
        """Give the official name of a code, or an empty text."""
        return self.butir[kode].nama if kode in self.butir else ""


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
