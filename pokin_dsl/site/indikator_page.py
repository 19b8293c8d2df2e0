"""The page of all indicators of a tree: one table, with the targets of each year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.query import pemegang
from pokin_dsl.site import urls
from pokin_dsl.site.lookups import count, years
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from pokin_dsl.model.tree import Indikator, Simpul
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Lookups


def indikator_page(lookups: Lookups, frame: TreeFrame) -> Page:
    """Make the page; columns that would stand empty in the whole table are left out."""
    indicators = [indikator for indikator, _ in lookups.peta.indikator.values()]
    keys = sorted({titik.kunci for indikator in indicators for titik in indikator.target})
    groups = [_group(lookups, simpul, keys) for simpul in lookups.peta.simpul.values() if simpul.indikator]
    context: Context = {
        **frame.page("Indikator", "indikator"),
        "kelompok": groups,
        "tahun": keys,
        "ada_satuan": any(indikator.satuan for indikator in indicators),
        "ada_awal": any(indikator.awal for indikator in indicators),
        "ada_pk": any(row["pemegang"] for group in groups for row in group["indikator"]),
        "jumlah": count(len(indicators)),
        "jumlah_kinerja": count(len(groups)),
        "jumlah_iku": count(sum(indikator.iku for indikator in indicators)),
    }
    return Page(urls.in_tree(lookups.name, urls.INDICATORS), "indikator.html.j2", context)


def _group(lookups: Lookups, simpul: Simpul, keys: list[str]) -> dict[str, list[Context]]:
    rows = [_row(lookups, simpul, indikator, keys) for indikator in simpul.indikator]
    return {**lookups.links[simpul.id], "indikator": rows}  # type: ignore[dict-item]  # a link with its rows


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
