"""A tree as JSON: the whole model with what is derived from it, in the shape of ``pohon-1.schema.json``.

Keys are the words of the model. What an author left out is left out here too: an absent key means "not written",
never an empty text. Everything stands in written order.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.model.nilai import Angka, Batas, Nilai, Pecahan, Persen, Rentang
from pokin_dsl.model.query import jabatan_bersama, pemegang, walk
from pokin_dsl.model.tree import Outcome
from pokin_dsl.syntax.vocabulary import NODE_KINDS

if TYPE_CHECKING:
    from decimal import Decimal

    from pokin_dsl.model.places import Letak
    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.tree import Catatan, Deret, Indikator, Jabatan, Simpul, Tambahan, Titik
    from pokin_dsl.rules.checked import Checked

SCHEMA = "statis/pohon-1.schema.json"
"""Where the published JSON Schema stands, from the root of the site."""

Json = dict[str, object]

_encode = json.JSONEncoder(ensure_ascii=False).encode


def pohon_json(checked: Checked) -> bytes:
    """Give a tree as JSON: UTF-8, one fact a line, indented by one space, a final newline; same tree, same bytes.

    Amounts are texts in plain decimal notation (``"82.10"``), so that no reader rounds them; ``teks`` beside them is
    what the author wrote.
    """
    return (_laid_out(_pohon(checked), "") + "\n").encode()


@dataclass(frozen=True, slots=True)
class _Context:
    """What the parts of one tree are looked up in."""

    peta: Peta
    letak: Letak
    bersama: frozenset[str]


def _pohon(checked: Checked) -> Json:
    pohon, peta = checked.pohon, checked.peta
    context = _Context(peta, checked.resolved.letak, frozenset(j.id for j in jabatan_bersama(pohon)))
    return _written(
        {
            "$schema": "../" * (pohon.nama.count("/") + 1) + SCHEMA,
            "nama": pohon.nama,
            "judul": pohon.judul,
            "instansi": pohon.instansi,
            "daerah": pohon.daerah,
            "periode": {"awal": pohon.periode[0], "akhir": pohon.periode[1]} if pohon.periode else None,
            "nomenklatur": pohon.nomenklatur,
            "tahap": pohon.tahap,
            "tahap_tertulis": pohon.tahap_tertulis,
            "jumlah": _jumlah(peta),
            "berkas": [document.source.path for document in checked.documents],
        },
    ) | {
        "jabatan": [_jabatan(jabatan, context) for jabatan in pohon.jabatan],
        "akar": [_simpul(simpul, context) for simpul in pohon.akar],
    }


def _jumlah(peta: Peta) -> Json:
    kinds = Counter(simpul.jenis for simpul in walk(peta.pohon))
    counts: Json = {kind: kinds[kind] for kind in NODE_KINDS}
    return counts | {"indikator": len(peta.indikator), "jabatan": len(peta.jabatan)}


def _jabatan(jabatan: Jabatan, context: _Context) -> Json:
    atasan = context.peta.atasan.get(jabatan.id)
    own: Json = {
        "id": jabatan.id,
        "teks": jabatan.teks,
        "letak": _letak(jabatan.id, context),
        "atasan": atasan.id if atasan else None,
        "bersama": jabatan.id in context.bersama,
        "di_luar": jabatan.di_luar,
        "pejabat": jabatan.pejabat,
        "nip": jabatan.nip,
        "eselon": jabatan.eselon,
        "plt": jabatan.plt,
        "catatan": _catatan(jabatan.catatan),
        "tambahan": _tambahan(jabatan.tambahan),
    }
    return _written(own, keep=("teks",)) | {"bawahan": [_jabatan(below, context) for below in jabatan.bawahan]}


def _simpul(simpul: Simpul, context: _Context) -> Json:
    own = {"jenis": simpul.jenis, "id": simpul.id, "teks": simpul.teks, "letak": _letak(simpul.id, context)}
    written = _written(own | _turunan(simpul, context) | _dasar(simpul) | _isi(simpul), keep=("teks",))
    return written | {
        "indikator": [_indikator(indikator, simpul, context) for indikator in simpul.indikator],
        "anak": [_simpul(anak, context) for anak in simpul.anak],
    }


def _turunan(simpul: Simpul, context: _Context) -> Json:
    turunan = context.peta.turunan[simpul.id]
    induk = context.peta.induk.get(simpul.id)
    return {
        "induk": induk.id if induk else None,
        "rujukan": turunan.rujukan,
        "jenjang": turunan.jenjang,
        "jenjang_tertulis": bool(simpul.jenjang),
        "komponen": turunan.komponen,
        "komponen_tertulis": bool(simpul.komponen),
        "nomor": turunan.nomor or None,
    }


def _dasar(simpul: Simpul) -> Json:
    if not isinstance(simpul, Outcome):
        return {}
    return {"mandat": simpul.mandat, "permasalahan": simpul.permasalahan, "ekspektasi": simpul.ekspektasi}


def _isi(simpul: Simpul) -> Json:
    kode = simpul.kode
    return {
        "unit": simpul.unit,
        "pk": simpul.pk,
        "tanpa_pk": simpul.tanpa_pk,
        "kode": _written({"jenis": kode.jenis, "kode": kode.kode, "nama": kode.nama}) if kode else None,
        "pagu": _deret(simpul.pagu),
        "crosscutting": [
            _written({"instansi": c.instansi, "teks": c.teks, "status": c.status}) for c in simpul.crosscutting
        ],
        "mendukung_indikator": simpul.mendukung_indikator,
        "mendukung": simpul.mendukung,
        "lihat": simpul.lihat,
        "alias": simpul.alias,
        "tag": simpul.tag,
        "varian": [{"tahap": v.tahap, "teks": v.teks} for v in simpul.varian],
        "catatan": _catatan(simpul.catatan),
        "abaikan": [{"kode": a.kode, "alasan": a.alasan} for a in simpul.abaikan],
        "cek": [{"trik": c.trik, "teks": c.teks} for c in simpul.cek],
        "tambahan": _tambahan(simpul.tambahan),
    }


def _indikator(indikator: Indikator, simpul: Simpul, context: _Context) -> Json:
    return _written(
        {
            "id": indikator.id,
            "teks": indikator.teks,
            "letak": _letak(indikator.id, context),
            "arah": indikator.arah,
            "definisi": indikator.definisi,
            "rumus": indikator.rumus,
            "sumber": indikator.sumber,
            "frekuensi": indikator.frekuensi,
            "iku": indikator.iku,
            "satuan": indikator.satuan,
            "awal": _deret(indikator.awal),
            "target": _deret(indikator.target),
            "realisasi": _deret(indikator.realisasi),
            "pk": indikator.pk,
            "tanpa_pk": indikator.tanpa_pk,
            "pemegang": pemegang(simpul, indikator),
            "catatan": _catatan(indikator.catatan),
            "tambahan": _tambahan(indikator.tambahan),
        },
        keep=("teks",),
    )


def _letak(id_: str, context: _Context) -> Json | None:
    tempat = context.letak.get(id_)
    return {"berkas": tempat.source.path, "baris": tempat.line(tempat.block).number} if tempat else None


def _deret(deret: Deret) -> list[Json]:
    return [_titik(titik) for titik in deret]


def _titik(titik: Titik) -> Json:
    nilai = titik.nilai
    own: Json = {"kunci": titik.kunci} if titik.kunci else {}
    return own | {"jenis": type(nilai).__name__.lower(), "teks": nilai.teks} | _besaran(nilai)


def _besaran(nilai: Nilai) -> Json:
    if isinstance(nilai, Angka | Persen):
        return {"nilai": _plain(nilai.besar)}
    if isinstance(nilai, Batas):
        return {"tanda": nilai.tanda, "nilai": _plain(nilai.besar)}
    if isinstance(nilai, Rentang):
        return {"bawah": _plain(nilai.bawah), "atas": _plain(nilai.atas)}
    if isinstance(nilai, Pecahan):
        return {"pembilang": _plain(nilai.pembilang), "penyebut": _plain(nilai.penyebut)}
    return {}


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def _catatan(notes: tuple[Catatan, ...]) -> list[Json]:
    return [{"teks": note.teks, "markdown": note.markdown} for note in notes]


def _tambahan(extensions: tuple[Tambahan, ...]) -> list[Json]:
    return [{"nama": extension.nama, "nilai": extension.nilai} for extension in extensions]


def _written(parts: Json, *, keep: tuple[str, ...] = ()) -> Json:
    """Leave out what was not written: nothing, an empty text or list, a flag that is not set."""
    return {key: part for key, part in parts.items() if key in keep or part not in (None, "", (), [], False)}


def _laid_out(part: object, margin: str) -> str:
    """Print the tree, and what has an id, with one key a line; all else, such as a whole series, on one line."""
    inner = margin + " "
    if isinstance(part, dict) and ("id" in part or "akar" in part):
        lines = (f"{inner}{_encode(key)}: {_laid_out(value, inner)}" for key, value in part.items())
        return "{\n" + ",\n".join(lines) + f"\n{margin}}}"
    if isinstance(part, list) and part and isinstance(part[0], dict) and "id" in part[0]:
        return "[\n" + ",\n".join(inner + _laid_out(one, inner) for one in part) + f"\n{margin}]"
    return _encode(part)
