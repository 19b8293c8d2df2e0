"""The pages of the five stages: the rows of ``model.stages`` as table cells with links and row spans."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pokin_dsl.model.stages import KOLOM, tahap_1, tahap_2, tahap_3, tahap_4_5
from pokin_dsl.site import urls
from pokin_dsl.site.frame import STAGES
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pokin_dsl.model.tree import Simpul
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Lookups

Cell = dict[str, object]
Row = dict[str, object]
"""``jenis``, the level of the row's node, and ``sel``, its cells."""


def stage_page(lookups: Lookups, frame: TreeFrame, number: int) -> Page:
    """Make the page of a stage, 1 to 5."""
    _, name, purpose = STAGES[number - 1]
    context: Context = {
        **frame.page(f"Tahap {number}: {name}", f"tahap-{number}"),
        "nomor": number,
        "nama": name,
        "maksud": purpose,
        "langkah": stepper(lookups),
        "tahap_pohon": lookups.pohon.tahap,
        "kolom": KOLOM[number],
        "baris": list(_ROWS[number](lookups)),
        "sebelum": _step(number - 1),
        "sesudah": _step(number + 1),
    }
    return Page(urls.in_tree(lookups.name, urls.stage(number)), "tahap.html.j2", context)


def stepper(lookups: Lookups) -> list[Mapping[str, object]]:
    """Give the five stages, each with whether the tree has reached it."""
    reached = lookups.pohon.tahap
    return [
        {"nomor": number, "nama": name, "href": urls.stage(number), "dicapai": number <= reached}
        for number, name, _ in STAGES
    ]


def _step(number: int) -> Mapping[str, str] | None:
    return next(({"teks": f"Tahap {n}: {name}", "href": urls.stage(n)} for n, name, _ in STAGES if n == number), None)


def _stage_1(lookups: Lookups) -> Iterator[Row]:
    for row in tahap_1(lookups.peta):
        sources = (row.mandat, row.permasalahan, row.ekspektasi)
        yield _row("", [*map(_listed, sources), _linked(lookups, row.outcome, row.teks)])


def _stage_2(lookups: Lookups) -> Iterator[Row]:
    rows = tahap_2(lookups.peta)
    for _, group in groupby(rows, key=lambda row: (row.csf or row.kondisi, row.nomor)):
        members = list(group)
        for nth, row in enumerate(members):
            first = [_text(str(row.nomor)), _linked(lookups, row.csf, row.teks_csf)]
            rest = [_linked(lookups, row.kondisi, row.teks_kondisi), _text(" dan ".join(row.seksi))]
            yield _row("", [*_spanning(first, nth, len(members)), *rest])


def _stage_3(lookups: Lookups) -> Iterator[Row]:
    for _, group in groupby(tahap_3(lookups.peta), key=lambda row: row.kondisi.id):
        members = list(group)
        for nth, row in enumerate(members):
            first = [_linked(lookups, row.kondisi, row.teks_kondisi)]
            rest = [_linked(lookups, row.simpul, row.teks), _text(row.keterangan)]
            jenis = row.simpul.jenis if row.simpul else ""
            yield _row(jenis, [*_spanning(first, nth, len(members)), *rest])


def _stage_4(lookups: Lookups) -> Iterator[Row]:
    for row in tahap_4_5(lookups.peta, 4):
        indicator = [lookups.links[row.indikator.id]] if row.indikator else []
        kinerja = _linked(lookups, row.simpul, row.kinerja)
        yield _row(row.simpul.jenis, [_text(row.rujukan), kinerja, _joined(indicator), _text(row.keterangan)])


def _stage_5(lookups: Lookups) -> Iterator[Row]:
    for row in tahap_4_5(lookups.peta, 5):
        indicator = [lookups.links[row.indikator.id]] if row.indikator else []
        holders = [{**link, "teks": f"PK {link['teks']}"} for link in lookups.links_to(row.pk)]
        kinerja = _linked(lookups, row.simpul, row.kinerja)
        cells = [_text(row.rujukan), kinerja, _joined(indicator), _text(row.keterangan), _text(row.komponen)]
        yield _row(row.simpul.jenis, [*cells, _joined(holders)])


_ROWS = {1: _stage_1, 2: _stage_2, 3: _stage_3, 4: _stage_4, 5: _stage_5}


def _row(jenis: str, cells: list[Cell]) -> Row:
    return {"jenis": jenis, "sel": cells}


def _text(teks: str) -> Cell:
    return _joined([{"teks": teks, "href": ""}] if teks else [])


def _linked(lookups: Lookups, simpul: Simpul | None, teks: str) -> Cell:
    return _joined([{**lookups.links[simpul.id], "teks": teks}] if simpul else [])


def _joined(parts: Sequence[Mapping[str, str]]) -> Cell:
    """Give a cell of several parts, printed with " dan " between them."""
    return {"isi": parts, "daftar": [], "rentang": 1}


def _listed(texts: Iterable[str]) -> Cell:
    listed = list(texts)
    return _text(listed[0]) if len(listed) == 1 else {"isi": [], "daftar": listed, "rentang": 1}


def _spanning(cells: list[Cell], nth: int, rows: int) -> list[Cell]:
    """Give cells that span a group's rows: with its first row, and with none of the others."""
    return [] if nth else [{**cell, "rentang": rows} for cell in cells]
