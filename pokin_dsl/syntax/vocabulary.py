"""The words of the language: kinds, headers, annotations and where they may stand, reserved ids, limits."""

from __future__ import annotations

import re

VERSION = "1"

# Limits, said in docs/bahasa.md. They hold far beyond any real tree and keep hostile text from exhausting the machine.
MOST_CHARACTERS = 20_000_000
MOST_LINES = 500_000
MOST_LINE_CHARACTERS = 10_000
MOST_DEPTH = 64

JABATAN = "jabatan"
NODE_KINDS = ("outcome", "csf", "kondisi", "antara", "operasional")
KINDS = (*NODE_KINDS, JABATAN)
# The kinds that have indicators: csf names an issue, and an issue is not measured.
PERFORMANCE_KINDS = ("outcome", "kondisi", "antara", "operasional")
INCLUDE = "sertakan"
HEADERS = ("pokin", "judul", "instansi", "daerah", "periode", "tahap", "nomenklatur")

# What each kind may hold; the empty kind is the top of a tree.
CHILDREN: dict[str, tuple[str, ...]] = {
    "": ("outcome", "jabatan"),
    "outcome": ("outcome", "csf", "kondisi"),
    "csf": ("kondisi",),
    "kondisi": ("antara", "operasional"),
    "antara": ("antara", "operasional"),
    "operasional": (),
    "jabatan": ("jabatan",),
}

INDIKATOR = "indikator"
_EVERYWHERE = (*NODE_KINDS, INDIKATOR, JABATAN)
_CODED = ("kondisi", "antara", "operasional")

# Each annotation with the kinds that may carry it, in the order of the canonical form.
ANNOTATIONS: dict[str, tuple[str, ...]] = {
    "mandat": ("outcome",),
    "permasalahan": ("outcome",),
    "ekspektasi": ("outcome",),
    "unit": ("csf", "kondisi"),
    "indikator": PERFORMANCE_KINDS,
    "arah": (INDIKATOR,),
    "definisi": (INDIKATOR,),
    "rumus": (INDIKATOR,),
    "sumber": (INDIKATOR,),
    "frekuensi": (INDIKATOR,),
    "iku": (INDIKATOR,),
    "satuan": (INDIKATOR,),
    "awal": (INDIKATOR,),
    "target": (INDIKATOR,),
    "realisasi": (INDIKATOR,),
    "pk": (*PERFORMANCE_KINDS, INDIKATOR),
    "program": _CODED,
    "kegiatan": _CODED,
    "subkegiatan": _CODED,
    "pagu": _CODED,
    "crosscutting": NODE_KINDS,
    "mendukung": NODE_KINDS,
    "lihat": NODE_KINDS,
    "alias": NODE_KINDS,
    "tag": NODE_KINDS,
    "komponen": NODE_KINDS,
    "jenjang": NODE_KINDS,
    "varian": NODE_KINDS,
    "catatan": _EVERYWHERE,
    "abaikan": NODE_KINDS,
    "cek": NODE_KINDS,
    "pejabat": (JABATAN,),
    "nip": (JABATAN,),
    "eselon": (JABATAN,),
    "plt": (JABATAN,),
}
# Annotations that mean something without a text.
TEXTLESS = frozenset({"iku", "catatan", "plt"})
# Those of them that take no text at all.
MARKS = frozenset({"iku", "plt"})
CROSSCUTTING_STATES = ("menunggu", "disetujui", "ditolak")
DIRECTIONS = ("naik", "turun", "tetap")
STAGES = ("1", "2", "3", "4", "5")
# The triks that people tick with @cek, because no program can decide them; rules/review.py says what each asks.
TRIKS = tuple(f"trik-{n}" for n in ("1.1", "1.2", "1.4", "2.1", "2.2", "2.3", "2.4", "3.6", "3.8", "3.9"))

ID = re.compile(r"[a-z][a-z0-9-]{1,39}")
RESERVED_IDS = frozenset(
    ["index", "aturan", "aset", "statis", "cari", "con", "prn", "aux", "nul"]
    + [f"{device}{n}" for device in ("com", "lpt") for n in range(10)],
)

# What planners write for a keyword, and what they mean by it.
SYNONYMS: dict[str, str] = {
    "tujuan": "outcome",
    "hasil": "outcome",
    "sasaran": "kondisi",
    "isu": "csf",
    "kondisi-antara": "antara",
    "kondisi-operasional": "operasional",
    "taktikal": "antara",
    "posisi": "jabatan",
    "include": "sertakan",
    "impor": "sertakan",
}


def is_good_id(text: str) -> bool:
    """Say whether a text may stand as a written id."""
    return ID.fullmatch(text) is not None and text not in RESERVED_IDS
