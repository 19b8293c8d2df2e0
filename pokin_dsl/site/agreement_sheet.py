"""A position's performance agreement as a sheet to be signed: statement, annex, and only what the tree knows.

Statement and annex follow the attachment of PermenPANRB 53/2014. What is not known (a name, the place, the day) is
empty here; the template prints a dotted line for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.query import atasan_kinerja
from pokin_dsl.site.lookups import years

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pokin_dsl.model.tree import Indikator, Jabatan, Simpul
    from pokin_dsl.site.frame import Context
    from pokin_dsl.site.lookups import Held, Lookups

_NOBODY = {"jabatan": "", "nama": "", "nip": ""}


def agreement_sheets(lookups: Lookups, jabatan: Jabatan) -> list[Context]:
    """Give a position's sheets: one, or for a shared position one for each superior; none where it holds nothing."""
    held = lookups.held.get(jabatan.id, ())
    if not held:
        return []
    if jabatan.id in lookups.shared:
        parts = _by_superior(lookups, jabatan, held)
        return [_sheet(lookups, jabatan, lookups.peta.jabatan.get(id_), part) for id_, part in parts.items()]
    return [_sheet(lookups, jabatan, lookups.peta.atasan.get(jabatan.id), held)]


def _by_superior(lookups: Lookups, jabatan: Jabatan, held: Held) -> dict[str, Held]:
    """Give what a shared position holds by the superior to whom it answers for it; the empty id stands for nobody."""
    parts: dict[str, list[tuple[Simpul, tuple[Indikator, ...]]]] = {}
    for simpul, indicators in held:
        superiors, _ = atasan_kinerja(lookups.peta, jabatan.id, simpul)
        for id_ in superiors or ("",):
            parts.setdefault(id_, []).append((simpul, indicators))
    return {id_: tuple(part) for id_, part in parts.items()}


def _sheet(lookups: Lookups, jabatan: Jabatan, superior: Jabatan | None, held: Held) -> Context:
    keys = sorted({t.kunci for _, indicators in held for i in indicators for t in i.target})
    programmes = list(_coded(held))
    budgets = [(simpul, pagu) for simpul in programmes if (pagu := lookups.pagu(simpul))]
    spans = sorted({key for _, pagu in budgets for key in pagu.years})
    amounts = {simpul.id: pagu.years for simpul, pagu in budgets}
    return {
        "kesatu": _party(jabatan),
        "kedua": _party(superior) if superior else _NOBODY,
        "bersama": jabatan.id in lookups.shared,
        "unit": list(filter(None, (lookups.pohon.instansi, lookups.pohon.daerah))),
        "tahun": keys[0] if len(keys) == 1 else "",
        "kolom": keys,
        "sasaran": [_objective(nomor, *one, keys) for nomor, one in enumerate(held, 1)],
        "kolom_anggaran": spans,
        "program": [_programme(simpul, amounts.get(simpul.id, {}), spans) for simpul in programmes],
    }


def _party(jabatan: Jabatan) -> Mapping[str, str]:
    acting = "Plt. " if jabatan.plt else ""
    return {"jabatan": acting + jabatan.teks, "nama": jabatan.pejabat, "nip": jabatan.nip}


def _objective(nomor: int, simpul: Simpul, indicators: tuple[Indikator, ...], keys: Sequence[str]) -> Context:
    targets = [(indikator, years(indikator.target)) for indikator in indicators]
    return {
        "nomor": nomor,
        "teks": simpul.teks,
        "indikator": [
            {"teks": indikator.teks, "satuan": indikator.satuan, "target": [target.get(key, "") for key in keys]}
            for indikator, target in targets
        ],
    }


def _coded(held: Held) -> Iterator[Simpul]:
    """Give the topmost nodes with an official code at or below what is held, each once, in written order."""
    met: set[str] = set()
    waiting = [simpul for simpul, _ in reversed(held)]
    while waiting:
        simpul = waiting.pop()
        if simpul.id in met:
            continue
        met.add(simpul.id)
        if simpul.kode:
            yield simpul
        else:
            waiting.extend(reversed(simpul.anak))


def _programme(simpul: Simpul, amounts: Mapping[str, str], spans: Sequence[str]) -> Context:
    kode = simpul.kode
    return {
        "kode": kode.kode if kode else "",
        "nama": (kode.nama if kode else "") or simpul.teks,
        "nilai": [amounts.get(span, "") for span in spans],
    }
