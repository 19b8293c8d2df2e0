"""The pages of the five stages: the rows of ``model.stages`` as table cells with links and row spans."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pokin_dsl.model.query import bernomor, rantai
from pokin_dsl.model.stages import KOLOM, BarisKinerja, BarisTahap3, tahap_1, tahap_2, tahap_3, tahap_4_5
from pokin_dsl.model.tree import Kondisi
from pokin_dsl.site import urls
from pokin_dsl.site.frame import STAGES
from pokin_dsl.site.part_pages import Table, below_link, level_choices, part_frame, part_path
from pokin_dsl.site.parts import Part
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pokin_dsl.model.tree import Simpul
    from pokin_dsl.site.atlas import Link
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Lookups

Cell = dict[str, object]
Row = dict[str, object]
"""``jenis``, the level of the row's node, and ``sel``, its cells."""

DIVIDED = (3, 4, 5)
"""The stages whose tables go down to the last performance, so that those of large trees have parts."""


def stage_page(lookups: Lookups, frame: TreeFrame, number: int, part: Part | None = None) -> Page:
    """Make the page of a stage, 1 to 5: its table, or a part of it."""
    _, name, purpose = STAGES[number - 1]
    part = part or _first_part(lookups, number)
    table = Table(f"Tahap {number}: {name}", f"tahap-{number}", urls.stage(number))
    context: Context = {
        **part_frame(lookups, frame, part, table),
        "nomor": number,
        "nama": name,
        "maksud": purpose,
        "langkah": stepper(lookups),
        "tahap_pohon": lookups.pohon.tahap,
        "kolom": KOLOM[number],
        "jenjang": level_choices(lookups),
        "berkas": f"tahap-{number}-{lookups.name.replace('/', '-')}",
        "baris": list(_ROWS[number](lookups, part)),
        "sebelum": _step(number - 1),
        "sesudah": _step(number + 1),
    }
    return Page(part_path(lookups, part, table.address), "tahap.html.j2", context)


def stepper(lookups: Lookups) -> list[Mapping[str, object]]:
    """Give the five stages, each with whether the tree has reached it; without an outcome it has reached none."""
    reached = lookups.pohon.tahap if lookups.pohon.akar else 0
    return [
        {"nomor": number, "nama": name, "href": urls.stage(number), "dicapai": number <= reached}
        for number, name, _ in STAGES
    ]


def _step(number: int) -> Mapping[str, str] | None:
    return next(({"teks": f"Tahap {n}: {name}", "href": urls.stage(n)} for n, name, _ in STAGES if n == number), None)


def _first_part(lookups: Lookups, number: int) -> Part:
    """Give what stands on a stage's own page: the whole tree where its table has no parts."""
    part = lookups.parts[""]
    return part if number in DIVIDED else Part(None, part.nodes)


def _stage_1(lookups: Lookups, _part: Part) -> Iterator[Row]:
    for row in tahap_1(lookups.peta):
        sources = (row.mandat, row.permasalahan, row.ekspektasi)
        yield _row("", [*map(_listed, sources), _linked(lookups, row.outcome, row.teks)])


def _stage_2(lookups: Lookups, _part: Part) -> Iterator[Row]:
    rows = tahap_2(lookups.peta)
    for _, group in groupby(rows, key=lambda row: (row.csf or row.kondisi, row.nomor)):
        members = list(group)
        for nth, row in enumerate(members):
            first = [_text(str(row.nomor)), _linked(lookups, row.csf, row.teks_csf)]
            rest = [_linked(lookups, row.kondisi, row.teks_kondisi), _text(" dan ".join(row.seksi))]
            yield _row("", [*_spanning(first, nth, len(members)), *rest])


def _stage_3(lookups: Lookups, part: Part) -> Iterator[Row]:
    for _, group in groupby(_conditions(lookups, part), key=lambda row: row.kondisi.id):
        members = list(group)
        for nth, row in enumerate(members):
            first = [_linked(lookups, row.kondisi, row.teks_kondisi)]
            further = below_link(lookups, part, row.simpul or row.kondisi, urls.stage(3))
            rest = [_linked(lookups, row.simpul, row.teks, further), _text(row.keterangan)]
            jenis = row.simpul.jenis if row.simpul else ""
            yield _row(jenis, [*_spanning(first, nth, len(members)), *rest])


def _conditions(lookups: Lookups, part: Part) -> Iterator[BarisTahap3]:
    """Give the rows of stage 3 in a part; a kondisi whose branch has a page of its own has one row without it."""
    shown = {simpul.id for simpul in part.nodes}
    above = () if part.root is None else rantai(lookups.peta, part.root.id)
    for simpul in (*above, *part.nodes):
        if simpul.id in part.further and isinstance(simpul, Kondisi):
            yield BarisTahap3(simpul, bernomor(lookups.peta, simpul, 3), None, "", "")
        else:
            rows = tahap_3(lookups.peta, (simpul,))
            yield from (row for row in rows if row.simpul is None or row.simpul.id in shown)


def _stage_4(lookups: Lookups, part: Part) -> Iterator[Row]:
    for row in _performances(lookups, part, 4):
        yield _row(row.simpul.jenis, _performance(lookups, part, row, 4))


def _stage_5(lookups: Lookups, part: Part) -> Iterator[Row]:
    for row in _performances(lookups, part, 5):
        holders = [{**link, "teks": f"PK {link['teks']}"} for link in lookups.links_to(row.pk)]
        cells = [*_performance(lookups, part, row, 5), _text(row.komponen)]
        yield _row(row.simpul.jenis, [*cells, _joined(holders)])


def _performances(lookups: Lookups, part: Part, number: int) -> Iterator[BarisKinerja]:
    shown = {simpul.id for simpul in part.nodes}
    rows = tahap_4_5(lookups.peta, number, None if part.root is None else (part.root,))
    return (row for row in rows if row.simpul.id in shown)


def _performance(lookups: Lookups, part: Part, row: BarisKinerja, number: int) -> list[Cell]:
    indicator = [lookups.links[row.indikator.id]] if row.indikator else []
    further = below_link(lookups, part, row.simpul, urls.stage(number))
    kinerja = _linked(lookups, row.simpul, row.kinerja, further)
    return [_text(row.rujukan), kinerja, _joined(indicator), _text(row.keterangan)]


_ROWS: Mapping[int, Callable[[Lookups, Part], Iterator[Row]]] = {
    1: _stage_1,
    2: _stage_2,
    3: _stage_3,
    4: _stage_4,
    5: _stage_5,
}


def _row(jenis: str, cells: list[Cell]) -> Row:
    return {"jenis": jenis, "sel": cells}


def _text(teks: str) -> Cell:
    return _joined([{"teks": teks, "href": ""}] if teks else [])


def _linked(lookups: Lookups, simpul: Simpul | None, teks: str, further: Link | None = None) -> Cell:
    return {**_joined([{**lookups.links[simpul.id], "teks": teks}] if simpul else []), "lanjut": further}


def _joined(parts: Sequence[Mapping[str, str]]) -> Cell:
    """Give a cell of several parts, printed with " dan " between them."""
    return {"isi": parts, "daftar": [], "rentang": 1, "lanjut": None}


def _listed(texts: Iterable[str]) -> Cell:
    listed = list(texts)
    return _text(listed[0]) if len(listed) == 1 else {**_joined([]), "daftar": listed}


def _spanning(cells: list[Cell], nth: int, rows: int) -> list[Cell]:
    """Give cells that span a group's rows: with its first row, and with none of the others."""
    return [] if nth else [{**cell, "rentang": rows} for cell in cells]
