"""What each kind of change is called and how it is told: for the terminal, for Markdown and for the site alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.model.diff.changes import (
    Added,
    Change,
    HandedOver,
    Listed,
    Marked,
    Moved,
    Readdressed,
    Rebudgeted,
    Ref,
    Releveled,
    Removed,
    Reordered,
    Restated,
    Retargeted,
    Reworded,
    TreeAdded,
    TreeRemoved,
    TreeRenamed,
)
from pokin_dsl.model.diff.wordwise import NEW, OLD, SAME, Piece, pieces
from pokin_dsl.model.tree import Indikator, Simpul
from pokin_dsl.syntax.vocabulary import INDIKATOR, JABATAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pokin_dsl.model.diff.changes import Shifted

KINDS = {
    "outcome": "outcome",
    "csf": "CSF",
    "kondisi": "kondisi",
    "antara": "kondisi antara",
    "operasional": "kondisi operasional",
    INDIKATOR: "indikator",
    JABATAN: "jabatan",
    "pohon": "pohon",
}
FACTS = {
    "kode": "kode",
    "komponen": "komponen perencanaan",
    "jenjang": "jenjang",
    "satuan": "satuan",
    "arah": "arah",
    "definisi": "definisi",
    "rumus": "rumus",
    "sumber": "sumber data",
    "frekuensi": "frekuensi",
    "pejabat": "nama pejabat",
    "nip": "NIP",
    "eselon": "eselon",
    "judul": "judul",
    "instansi": "instansi",
    "daerah": "daerah",
    "periode": "periode",
    "tahap": "tahap",
    "nomenklatur": "daftar nomenklatur",
    "catatan": "catatan",
    "tambahan": "keterangan tambahan",
    "unit": "unit pelaksana",
    "crosscutting": "crosscutting",
    "mendukung": "yang didukung",
    "lihat": "rujukan",
    "alias": "alamat lama",
    "tag": "tag",
    "varian": "rumusan lain",
    "abaikan": "pengabaian aturan",
    "cek": "tanda periksa",
    "mandat": "mandat",
    "permasalahan": "permasalahan",
    "ekspektasi": "ekspektasi",
}
SERIES = {"awal": "kondisi awal", "target": "target", "realisasi": "realisasi"}
ADDED, REMOVED, MOVED, CHANGED = "+", "-", "→", "~"
NOTHING = "(tidak ada)"


@dataclass(frozen=True, slots=True)
class Detail:
    """A line below a change: what it is (``lama``, ``dari``; may be empty) and its text, of which parts are marked."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words: its sign, what happened, to what, and the details; ``subject`` may be empty."""

    sign: str
    lead: str
    subject: str
    details: tuple[Detail, ...] = ()


def told(change: Change) -> Told:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of change
    """Tell one change; of a series without its values, which are shown as rows."""
    kind, teks = KINDS[change.thing.jenis], change.thing.teks
    match change:
        case Added():
            return Told(ADDED, _begun(f"{kind} ditambahkan"), teks, (*_above(change), *_measures(change.isi)))
        case Removed():
            return Told(REMOVED, _begun(f"{kind} dihapus"), teks, (*_above(change), *_measures(change.isi)))
        case Moved():
            return _moved(change, kind)
        case Reordered():
            where = f"sesudah “{change.new.teks}”" if change.new else "paling depan"
            return Told(MOVED, f"Urutan {kind} diubah", teks, (_plain("kini", where),))
        case Reworded():
            lead = "Nama jabatan diubah" if kind == JABATAN else f"Rumusan {kind} diubah"
            return Told(CHANGED, lead, "", old_and_new(change.pieces))
        case Readdressed():
            after = "alamat lama tetap berlaku" if change.kept else "tautan ke alamat lama tidak berlaku lagi"
            return Told(CHANGED, f"Id {kind} diubah", teks, (_plain("", f"{change.old} → {change.new}; {after}"),))
        case Releveled():
            arrow = f"{KINDS[change.old]} → {KINDS[change.new]}"
            return Told(CHANGED, "Jenis kinerja diubah", teks, (_plain("", arrow),))
        case Retargeted():
            return Told(CHANGED, f"{_begun(SERIES[change.deret])} indikator {_verb(change.points)}", teks)
        case Rebudgeted():
            return Told(CHANGED, f"Pagu {kind} {_verb(change.points)}", teks)
        case HandedOver():
            return _handed_over(change, kind)
        case Restated():
            return _restated(change, kind)
        case Listed():
            return _listed(change, kind)
        case Marked():
            return Told(CHANGED, _MARKS[change.fact, change.on], teks)
        case TreeAdded():
            return Told(ADDED, "Pohon ditambahkan", teks, (_plain("", f"{change.kinerja} kinerja"),))
        case TreeRemoved():
            return Told(REMOVED, "Pohon dihapus", teks, (_plain("", f"{change.kinerja} kinerja"),))
        case TreeRenamed():
            return Told(CHANGED, "Nama pohon diubah", teks, (_plain("", f"{change.old} → {change.new}"),))


def old_and_new(found: Sequence[Piece]) -> tuple[Detail, ...]:
    """Give the old and the new text as two lines, each with its own words marked."""
    old = tuple(piece for piece in found if piece.kind != NEW)
    new = tuple(piece for piece in found if piece.kind != OLD)
    return Detail("lama", old), Detail("baru", new)


def joined(names: Iterable[str]) -> str:
    """Join names as a sentence does: "A", "A dan B", "A, B, dan C"; where a name has its own "dan", by "serta"."""
    *first, last = names
    if not first:
        return last
    word = "serta" if any(" dan " in name for name in (*first, last)) else "dan"
    return f"{first[0]} {word} {last}" if len(first) == 1 else f"{', '.join(first)}, {word} {last}"


def series_texts(points: Iterable[Shifted]) -> tuple[tuple[str, str, str], ...]:
    """Give year, old and new value of a series as they are shown."""
    return tuple((point.kunci or "tanpa tahun", point.old or NOTHING, point.new or NOTHING) for point in points)


_MARKS = {
    ("iku", True): "Indikator ditetapkan sebagai IKU",
    ("iku", False): "Indikator tidak lagi menjadi IKU",
    ("plt", True): "Jabatan kini dijabat pelaksana tugas (Plt.)",
    ("plt", False): "Jabatan tidak lagi dijabat pelaksana tugas (Plt.)",
}


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plain(label: str, text: str) -> Detail:
    return Detail(label, (Piece(SAME, text),))


def _verb(points: Sequence[Shifted]) -> str:
    if not any(point.old for point in points):
        return "ditambahkan"
    return "diubah" if any(point.new for point in points) else "dihapus"


def _above(change: Added | Removed) -> tuple[Detail, ...]:
    """Say below what it stands or stood, where its heading does not."""
    thing = change.thing
    if thing.induk is None or thing.induk == thing.cabang:
        return ()
    return (_plain("atasan" if thing.jenis == JABATAN else "di bawah", _name(thing.induk)),)


def _measures(isi: object) -> tuple[Detail, ...]:
    """Give what a new or removed thing is measured by."""
    if isinstance(isi, Simpul):
        return tuple(_plain("indikator", _measured(indikator)) for indikator in isi.indikator)
    if isinstance(isi, Indikator) and isi.target:
        return (_plain("target", _targets(isi)),)
    return ()


def _measured(indikator: Indikator) -> str:
    return f"{indikator.teks}; target {_targets(indikator)}" if indikator.target else indikator.teks


def _targets(indikator: Indikator) -> str:
    values = (f"{point.kunci}: {point.nilai.teks}" if point.kunci else point.nilai.teks for point in indikator.target)
    unit = f" ({indikator.satuan})" if indikator.satuan else ""
    return ", ".join(values) + unit


def _moved(change: Moved, kind: str) -> Told:
    labels = ("atasan lama", "atasan baru") if kind == JABATAN else ("dari", "ke")
    top = "tidak ada" if kind == JABATAN else "tingkat teratas"
    places = (_name(ref) if ref else top for ref in (change.old, change.new))
    details = tuple(_plain(label, place) for label, place in zip(labels, places, strict=True))
    return Told(MOVED, _begun(f"{kind} dipindahkan"), change.thing.teks, details)


def _name(ref: Ref) -> str:
    return ref.teks if ref.jenis == JABATAN else f"{KINDS[ref.jenis]} “{ref.teks}”"


def _handed_over(change: HandedOver, kind: str) -> Told:
    gone = [ref.teks for ref in change.old if ref not in change.new]
    come = [ref.teks for ref in change.new if ref not in change.old]
    stay = [ref.teks for ref in change.new if ref in change.old]
    with_others = f", bersama {joined(stay)}" if stay else ""
    if change.new_none:
        how = f"dari {joined(gone)} menjadi tanpa pemegang" if gone else "sengaja tanpa pemegang"
        lead = f"PK {kind} ditetapkan tanpa pemegang"
    elif gone and come:
        lead, how = f"PK {kind} diserahkan", f"dari {joined(gone)} kepada {joined(come)}{with_others}"
    elif come:
        lead, how = f"Pemegang PK {kind} ditambahkan", f"{joined(come)}{with_others}"
    elif gone:
        remaining = f"; kini {joined(stay)} saja" if stay else "; kini tidak ada pemegangnya"
        lead, how = f"Pemegang PK {kind} dilepas", f"{joined(gone)}{remaining}"
    elif stay:
        lead, how = f"PK {kind} tetap", f"{joined(stay)}, meskipun PK kinerjanya diserahkan"
    else:
        lead, how = f"PK {kind} tidak lagi dinyatakan tanpa pemegang", "belum ada pemegangnya"
    return Told(CHANGED, lead, change.thing.teks, (_plain("", how),))


def _restated(change: Restated, kind: str) -> Told:
    fact = _begun(FACTS[change.fact])
    whose = kind if change.thing.jenis != "pohon" else "pohon"
    subject = "" if change.thing.jenis == "pohon" else change.thing.teks
    return _one_text((f"{fact} {whose}", subject), change.old, change.new)


def _listed(change: Listed, kind: str) -> Told:
    key = f" ({change.key})" if change.key else ""
    return _one_text((f"{_begun(FACTS[change.fact])}{key} {kind}", change.thing.teks), change.old, change.new)


def _one_text(what: tuple[str, str], old: str, new: str) -> Told:
    lead, subject = what
    if not old:
        return Told(CHANGED, f"{lead} ditambahkan", subject, (_plain("", new),))
    if not new:
        return Told(CHANGED, f"{lead} dihapus", subject, (_plain("", old),))
    found = pieces(old, new)
    if any(piece.kind == SAME for piece in found):
        return Told(CHANGED, f"{lead} diubah", subject, old_and_new(found))
    return Told(CHANGED, f"{lead} diubah", subject, (_plain("", f"{old} → {new}"),))
