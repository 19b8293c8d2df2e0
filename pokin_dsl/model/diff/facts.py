"""What a node, indicator, position or header states besides its text, made comparable.

Two statements are equal where they mean the same: blanks, curly quotes, the way a number is written and the order of
annotations play no part.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.model.diff.changes import Shifted
from pokin_dsl.model.diff.parts import meant
from pokin_dsl.model.nilai import Angka, Batas, Nilai, Pecahan, Persen, Rentang
from pokin_dsl.model.tree import Indikator, Jabatan, Outcome, Pohon, Simpul

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pokin_dsl.model.diff.changes import Ref
    from pokin_dsl.model.diff.parts import Isi
    from pokin_dsl.model.tree import Deret

OF_AGREEMENT = frozenset(
    ["kode", "satuan", "arah", "definisi", "rumus", "sumber", "frekuensi", "iku", "pejabat", "nip", "eselon", "plt"]
)
"""The facts that an agreement holds, beside statement, level, holders, series and budget; notes and tags are not."""
_BOUNDS = {"≥": ">=", "≤": "<="}


@dataclass(frozen=True, slots=True)
class Entry:
    """One of any number: what it is known by (or empty), its text, and the text by which it is compared."""

    key: str
    teks: str
    meaning: str


def texts(isi: Isi) -> dict[str, str]:
    """Give the facts that a thing states once, by name; empty where it does not."""
    if isinstance(isi, Indikator):
        return {
            "satuan": isi.satuan,
            "arah": isi.arah,
            "definisi": isi.definisi,
            "rumus": isi.rumus,
            "sumber": isi.sumber,
            "frekuensi": isi.frekuensi,
        }
    if isinstance(isi, Jabatan):
        return {"pejabat": isi.pejabat, "nip": isi.nip, "eselon": isi.eselon}
    kode = f"{isi.kode.jenis} {isi.kode.kode} {isi.kode.nama}".strip() if isi.kode else ""
    return {"kode": kode, "komponen": isi.komponen, "jenjang": isi.jenjang}


def header_texts(pohon: Pohon) -> dict[str, str]:
    """Give what a header states, by key; what follows from the content alone is empty."""
    return {
        "judul": "" if pohon.judul == pohon.nama else pohon.judul,
        "instansi": pohon.instansi,
        "daerah": pohon.daerah,
        "periode": "-".join(str(year) for year in pohon.periode),
        "tahap": str(pohon.tahap) if pohon.tahap_tertulis else "",
        "nomenklatur": pohon.nomenklatur,
    }


def entries(isi: Isi, refs: Mapping[str, Ref]) -> dict[str, list[Entry]]:
    """Give the facts that a thing states any number of times; ``refs`` gives what the ids of its tree mean."""
    found = {
        "catatan": [Entry("", note.teks, _note(note.teks)) for note in isi.catatan],
        "tambahan": [_entry(extension.nilai, extension.nama) for extension in isi.tambahan],
    }
    return found | _node_entries(isi, refs) if isinstance(isi, Simpul) else found


def different(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[tuple[str, str, str]]:
    """Give key, old and new text of each entry that is not on both sides; the order plays no part.

    A removed and a new entry with the same key are one that changed, and so are the only two of a list without keys.
    """
    gone, come = _without(old, new), _without(new, old)
    if len(gone) == len(come) == 1 and gone[0].key == come[0].key:
        yield gone[0].key, gone[0].teks, come[0].teks
        return
    for entry in gone:
        heir = next((other for other in come if entry.key and other.key == entry.key), None)
        if heir is not None:
            come.remove(heir)
        yield entry.key, entry.teks, heir.teks if heir else ""
    for entry in come:
        yield entry.key, "", entry.teks


def shifted(old: Deret, new: Deret) -> tuple[Shifted, ...]:
    """Give the values of a series that are not the same on both sides, by year."""
    if old == new:
        return ()
    before, after = _by_key(old), _by_key(new)
    keys = sorted(before.keys() | after.keys())
    return tuple(
        Shifted(key, _written(before.get(key, ())), _written(after.get(key, ())))
        for key in keys
        if [_amount(nilai) for nilai in before.get(key, ())] != [_amount(nilai) for nilai in after.get(key, ())]
    )


def _node_entries(simpul: Simpul, refs: Mapping[str, Ref]) -> dict[str, list[Entry]]:
    supported = (*simpul.mendukung_indikator, *simpul.mendukung)
    found = {
        "unit": [_entry(text) for text in simpul.unit],
        "crosscutting": [
            _entry(c.teks or c.instansi, c.instansi, f" ({c.status})" if c.status else "") for c in simpul.crosscutting
        ],
        "mendukung": [_reference(id_, refs) for id_ in supported],
        "lihat": [_reference(id_, refs) for id_ in simpul.lihat],
        "alias": [_entry(old) for old in simpul.alias],
        "tag": [_entry(tag) for tag in simpul.tag],
        "varian": [_entry(varian.teks, f"tahap {varian.tahap}") for varian in simpul.varian],
        "abaikan": [_entry(ignored.alasan, ignored.kode) for ignored in simpul.abaikan],
        "cek": [_entry(ticked.teks, f"trik {ticked.trik}") for ticked in simpul.cek],
    }
    if isinstance(simpul, Outcome):
        for fact in ("mandat", "permasalahan", "ekspektasi"):
            found[fact] = [_entry(text) for text in getattr(simpul, fact)]
    return found


def _reference(id_: str, refs: Mapping[str, Ref]) -> Entry:
    ref = refs.get(id_)
    return Entry("", ref.teks, ref.id) if ref else Entry("", id_, id_)


def _entry(text: str, key: str = "", end: str = "") -> Entry:
    return Entry(key, text + end, f"{key}\0{meant(text)}{end}")


def _note(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def _without(some: Sequence[Entry], others: Sequence[Entry]) -> list[Entry]:
    known = Counter(entry.meaning for entry in others)
    left = []
    for entry in some:
        if known[entry.meaning]:
            known[entry.meaning] -= 1
        else:
            left.append(entry)
    return left


def _by_key(deret: Deret) -> dict[str, list[Nilai]]:
    values: dict[str, list[Nilai]] = {}
    for titik in deret:
        values.setdefault(titik.kunci, []).append(titik.nilai)
    return values


def _written(values: Sequence[Nilai]) -> str:
    return ", ".join(nilai.teks for nilai in values)


def _amount(nilai: Nilai) -> tuple[object, ...]:
    """Give what a value says, without how it is written: ``1.250`` and ``1250`` are one."""
    kind = type(nilai).__name__
    if isinstance(nilai, Angka | Persen):
        return kind, nilai.besar
    if isinstance(nilai, Batas):
        return kind, _BOUNDS.get(nilai.tanda, nilai.tanda), nilai.besar
    if isinstance(nilai, Rentang):
        return kind, nilai.bawah, nilai.atas
    if isinstance(nilai, Pecahan):
        return kind, nilai.pembilang, nilai.penyebut
    return kind, meant(nilai.teks)
