"""The tree as a value: what officials call the parts of a pohon kinerja, with references already looked up.

Nothing here knows lines or files (``resolve.Letak`` does), so that an unchanged branch is an equal value wherever it
moves in its file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from pokin_dsl.model.nilai import Nilai


@dataclass(frozen=True, slots=True)
class Titik:
    """One value of a series; ``kunci`` is a year (``2026``), a quarter (``2026-TW1``) or empty (year not known)."""

    kunci: str
    nilai: Nilai


Deret = tuple[Titik, ...]


@dataclass(frozen=True, slots=True)
class Catatan:
    """A note: one line of plain text, or a block of Markdown."""

    teks: str
    markdown: bool


@dataclass(frozen=True, slots=True)
class Crosscutting:
    """What another unit contributes; ``status`` is menunggu, disetujui, ditolak or empty."""

    instansi: str
    teks: str
    status: str


@dataclass(frozen=True, slots=True)
class Kode:
    """An official code; ``jenis`` is program, kegiatan or subkegiatan, ``nama`` may be empty."""

    jenis: str
    kode: str
    nama: str


@dataclass(frozen=True, slots=True)
class Varian:
    """The wording that the document of one stage (1 to 5) has instead."""

    tahap: int
    teks: str


@dataclass(frozen=True, slots=True)
class Abaikan:
    """A rule silenced for a node, with the reason given."""

    kode: str
    alasan: str


@dataclass(frozen=True, slots=True)
class Cek:
    """A trik that people have looked at for a node and its branch (``1.1``); ``teks`` says when and who."""

    trik: str
    teks: str


@dataclass(frozen=True, slots=True)
class Tambahan:
    """A free extension ``@x-nama nilai``."""

    nama: str
    nilai: str


@dataclass(frozen=True, slots=True)
class Indikator:
    """A performance indicator; ``pk`` holds ids of positions, ``tanpa_pk`` says "none, on purpose"."""

    id: str
    teks: str
    satuan: str = ""
    awal: Deret = ()
    target: Deret = ()
    realisasi: Deret = ()
    arah: str = ""
    definisi: str = ""
    rumus: str = ""
    sumber: str = ""
    frekuensi: str = ""
    iku: bool = False
    pk: tuple[str, ...] = ()
    tanpa_pk: bool = False
    catatan: tuple[Catatan, ...] = ()
    tambahan: tuple[Tambahan, ...] = ()


@dataclass(frozen=True, slots=True)
class Jabatan:
    """A position with its subordinates; ``di_luar`` marks one that only a ``@pk`` names, outside the outline."""

    id: str
    teks: str
    bawahan: tuple[Jabatan, ...] = ()
    pejabat: str = ""
    nip: str = ""
    eselon: str = ""
    plt: bool = False
    catatan: tuple[Catatan, ...] = ()
    tambahan: tuple[Tambahan, ...] = ()
    di_luar: bool = False


@dataclass(frozen=True, slots=True)
class Simpul:
    """What every node has.

    ``mendukung_indikator`` are the indicators of its own parent that the branch carries, ``mendukung`` all further
    references (``id`` or ``pohon:id``); ``lihat`` likewise are references.
    """

    jenis: ClassVar[str] = ""

    id: str
    teks: str
    anak: tuple[Simpul, ...] = ()
    indikator: tuple[Indikator, ...] = ()
    pk: tuple[str, ...] = ()
    tanpa_pk: bool = False
    unit: tuple[str, ...] = ()
    kode: Kode | None = None
    pagu: Deret = ()
    crosscutting: tuple[Crosscutting, ...] = ()
    mendukung_indikator: tuple[str, ...] = ()
    mendukung: tuple[str, ...] = ()
    lihat: tuple[str, ...] = ()
    alias: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    komponen: str = ""
    jenjang: str = ""
    varian: tuple[Varian, ...] = ()
    catatan: tuple[Catatan, ...] = ()
    abaikan: tuple[Abaikan, ...] = ()
    cek: tuple[Cek, ...] = ()
    tambahan: tuple[Tambahan, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome(Simpul):
    """The result that the unit answers for, with its three sources (stage 1)."""

    jenis: ClassVar[str] = "outcome"

    mandat: tuple[str, ...] = ()
    permasalahan: tuple[str, ...] = ()
    ekspektasi: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Csf(Simpul):
    """A critical success factor: the factual issue on the way from outcome to condition (stage 2)."""

    jenis: ClassVar[str] = "csf"


@dataclass(frozen=True, slots=True)
class Kondisi(Simpul):
    """A condition that is needed (stage 2)."""

    jenis: ClassVar[str] = "kondisi"


@dataclass(frozen=True, slots=True)
class Antara(Simpul):
    """An intermediate condition (stage 3)."""

    jenis: ClassVar[str] = "antara"


@dataclass(frozen=True, slots=True)
class Operasional(Simpul):
    """An operational condition, the leaf of a finished branch (stage 3)."""

    jenis: ClassVar[str] = "operasional"


@dataclass(frozen=True, slots=True)
class Pohon:
    """One tree: its header, its top nodes (outcomes, where nothing is wrong) and its top positions.

    ``nama`` is the address part, lower-case words with ``/`` between folders; ``tahap`` is 1 to 5, given or derived;
    ``periode`` is empty or first and last year.
    """

    nama: str
    judul: str
    akar: tuple[Simpul, ...]
    jabatan: tuple[Jabatan, ...]
    tahap: int
    tahap_tertulis: bool = False
    instansi: str = ""
    daerah: str = ""
    periode: tuple[int, int] | tuple[()] = ()
    nomenklatur: str = ""
