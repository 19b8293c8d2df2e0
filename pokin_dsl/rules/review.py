"""What no program can decide: the triks that people look at together, and which of them a tree says are ticked.

Each trik is quoted letter by letter from the text of the method; the question says what a reviewer answers. A tick
(``@cek trik-1.1 tanggal, oleh``) counts for the node that carries it and its whole branch; a node all of whose children
are ticked is ticked too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.model.query import branches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.model.tree import Cek, Simpul


@dataclass(frozen=True, slots=True)
class Trik:
    """One tip of the method: its number (``1.1``), its text, and the question that a reviewer answers."""

    nomor: str
    teks: str
    tanya: str

    @property
    def tahap(self) -> int:
        """Give the stage that it belongs to, from which it is asked."""
        return int(self.nomor[0])


CHECKLIST: tuple[Trik, ...] = (
    Trik(
        "1.1",
        "Outcome harus dirumuskan dengan kesepakatan bersama",
        "Sudahkah semua yang akan mengerjakan dan merasakannya duduk bersama dan menyepakati outcome ini?",
    ),
    Trik(
        "1.2",
        "Outcome instansi harus menggambarkan hasil yang strategis",
        "Apakah outcome ini perubahan yang dirasakan masyarakat atau pemangku kepentingan, bukan kesibukan instansi?",
    ),
    Trik(
        "1.4",
        "Jika outcome strategis bukan final outcome atau intermediate outcome maka instansi harus melihat kembali"
        " kebenaran dari kinerja outcome tersebut",
        "Apakah ini hasil akhir, atau hasil antara menuju hasil akhir, dan bukan sekadar keluaran?",
    ),
    Trik(
        "2.1",
        "CSF menggambarkan isu faktual",
        "Adakah data atau kejadian yang menunjukkan bahwa isu pada setiap CSF memang nyata?",
    ),
    Trik(
        "2.2",
        "CSF menggambarkan kebutuhan mencapai kinerja dimasa mendatang",
        "Apakah setiap CSF masih menentukan sampai akhir periode, bukan hanya persoalan hari ini?",
    ),
    Trik(
        "2.3",
        "CSF mempertimbang perubahan lingkungan",
        "Sudahkah perubahan aturan, penduduk, teknologi, dan anggaran diperhitungkan dalam memilih CSF?",
    ),
    Trik(
        "2.4",
        "Pastikan CSF adalah sebab atau cara dan outcome adalah akibat atau hasil",
        "Bila isu pada setiap CSF teratasi, apakah outcome memang akan tercapai karenanya?",
    ),
    Trik(
        "3.6",
        "identifikasi adanya crosscutting dengan organisasi lain",
        "Sudahkah ditelusuri kondisi mana yang hanya tercapai bila organisasi lain ikut bekerja?",
    ),
    Trik(
        "3.8",
        "cek lagi siapa tahu alpa menentukan kondisi anantara yang urgen",
        "Bila semua kondisi di bawahnya tercapai, masih adakah kondisi mendesak yang belum tertulis?",
    ),
    Trik(
        "3.9",
        "eliminasi variabel yg tidak memiliki pengaruh besar",
        "Sudahkah kondisi yang pengaruhnya kecil disisihkan?",
    ),
)
"""In the order of the method, the same triks as ``vocabulary.TRIKS``."""

DECIDED: Mapping[str, tuple[str, ...]] = {
    "1.3": ("P112",),
    "3.1": ("P104", "P105"),
    "3.2": ("P501",),
    "3.3": ("P502",),
    "3.4": ("P503",),
    "3.5": ("P503",),
    "3.7": ("P107", "P108"),
}
"""The other triks, with the rules that look after them."""


def settled(top: Simpul) -> frozenset[str]:
    """Give the triks that count as ticked for a whole branch: those of its top, those that all its children have."""
    found: dict[str, frozenset[str]] = {}
    for simpul in reversed(tuple(branches((top,)))):
        below = [found[anak.id] for anak in simpul.anak]
        own = frozenset(cek.trik for cek in simpul.cek)
        found[simpul.id] = own.union(frozenset.intersection(*below)) if below else own
    return found[top.id]


def ticks(top: Simpul) -> Mapping[str, tuple[tuple[Simpul, Cek], ...]]:
    """Give the ticks in a branch with the nodes that carry them, by trik, in written order."""
    found: dict[str, list[tuple[Simpul, Cek]]] = {trik.nomor: [] for trik in CHECKLIST}
    for simpul in branches((top,)):
        for cek in simpul.cek:
            found[cek.trik].append((simpul, cek))
    return {trik: tuple(made) for trik, made in found.items()}
