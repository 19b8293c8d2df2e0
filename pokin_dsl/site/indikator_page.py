"""The page of all indicators of a tree: one table, with the targets of each year; of a large tree, a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.query import pemegang
from pokin_dsl.site import urls
from pokin_dsl.site.lookups import count, years
from pokin_dsl.site.part_pages import Table, below_link, level_choices, part_frame, part_path
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pokin_dsl.model.tree import Indikator, Simpul
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Lookups
    from pokin_dsl.site.parts import Part

_TABLE = Table("Indikator", "indikator", urls.INDICATORS)


def indikator_page(lookups: Lookups, frame: TreeFrame, part: Part | None = None) -> Page:
    """Make the page of a tree, or of a part of it; columns that would stand empty in the whole table are left out."""
    part = part or lookups.parts[""]
    measured = [indikator for simpul in part.nodes for indikator in simpul.indikator]
    keys = sorted({titik.kunci for indikator in measured for titik in indikator.target})
    groups = [_group(lookups, part, simpul, keys) for simpul in part.nodes if _has_rows(simpul, part)]
    context: Context = {
        **part_frame(lookups, frame, part, _TABLE),
        "kelompok": groups,
        "tahun": keys,
        "jenjang": level_choices(lookups),
        "berkas": f"indikator-{lookups.name.replace('/', '-')}",
        **_filled(measured, groups),
        **_counts(measured, part.nodes),
        "jumlah_semua": count(len(lookups.peta.indikator)),
    }
    return Page(part_path(lookups, part, _TABLE.address), "indikator.html.j2", context)


def _has_rows(simpul: Simpul, part: Part) -> bool:
    """Say whether a node stands in the table: with its indicators, or as the way to those below it."""
    return bool(simpul.indikator) or simpul.id in part.further


def _filled(measured: Sequence[Indikator], groups: list[Context]) -> dict[str, bool]:
    """Say which of the columns that may be left out hold anything."""
    return {
        "ada_satuan": any(indikator.satuan for indikator in measured),
        "ada_awal": any(indikator.awal for indikator in measured),
        "ada_iku": any(indikator.iku for indikator in measured),
        "ada_unit": any(group["unit"] for group in groups),
        "ada_pk": any(group["ada_pk"] for group in groups),
    }


def _counts(measured: Sequence[Indikator], nodes: Sequence[Simpul]) -> dict[str, str]:
    return {
        "jumlah": count(len(measured)),
        "jumlah_kinerja": count(sum(bool(simpul.indikator) for simpul in nodes)),
        "jumlah_iku": count(sum(indikator.iku for indikator in measured)),
    }


def _group(lookups: Lookups, part: Part, simpul: Simpul, keys: list[str]) -> Context:
    rows = [_row(lookups, simpul, indikator, keys) for indikator in simpul.indikator]
    return {
        **lookups.links[simpul.id],
        "lanjut": below_link(lookups, part, simpul, _TABLE.address),
        "unit": _unit(lookups, simpul),
        "indikator": rows,
        "ada_pk": any(row["pemegang"] for row in rows),
    }


def _unit(lookups: Lookups, simpul: Simpul) -> tuple[str, ...]:
    """Give the units that work on a node: its own, else those of the nearest node above it that names any."""
    above: Simpul | None = simpul
    while above and not above.unit:
        above = lookups.peta.induk.get(above.id)
    return above.unit if above else ()


def _row(lookups: Lookups, simpul: Simpul, indikator: Indikator, keys: list[str]) -> Context:
    target = years(indikator.target)
    return {
        **lookups.links[indikator.id],
        "iku": indikator.iku,
        "satuan": indikator.satuan,
        "awal": [f"{t.nilai.teks} ({t.kunci})" if t.kunci else t.nilai.teks for t in indikator.awal],
        "target": [target.get(key, "") for key in keys],
        "pemegang": lookups.links_to(pemegang(simpul, indikator)),
    }
