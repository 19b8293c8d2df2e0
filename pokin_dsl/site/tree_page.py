"""The first page of a tree: its picture, its outline, its figures, and where to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.site import pictures, urls
from pokin_dsl.site.atlas import LEVELS
from pokin_dsl.site.frame import severities
from pokin_dsl.site.lookups import SEVERITIES, count
from pokin_dsl.site.outline import levels_shown, outline
from pokin_dsl.site.placeholder import placeholder
from pokin_dsl.site.site import Page
from pokin_dsl.site.stage_pages import stepper

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.rules.checked import Checked
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Lookups


_METHOD = {"kondisi": " (strategis)", "antara": " (taktikal)"}


def tree_page(lookups: Lookups, frame: TreeFrame) -> Page:
    """Make a tree's first page with its picture."""
    picture = pictures.overview(lookups)
    shown = sum(box.level != "lagi" for box in picture.boxes)
    total = len(lookups.peta.simpul)
    levels = levels_shown(lookups.pohon.akar)
    context: Context = {
        **frame.page(lookups.pohon.judul, "pohon"),
        "angka": list(figures(lookups.checked, lookups.atlas.levels)),
        "pagu": _budget(lookups),
        "langkah": stepper(lookups),
        "tahap_pohon": lookups.pohon.tahap,
        "ringkasan": findings_summary(lookups.checked),
        "gambar_html": placeholder(picture.name),
        "jumlah_gambar": count(shown) if shown < total else "",
        "jumlah": count(total),
        "garis_besar_isi": outline(lookups, lookups.pohon.akar, levels),
        "garis_besar_atas": levels > 0,
        "buka_semua": total <= pictures.MOST_BOXES,
        "crosscutting_href": urls.crosscutting(lookups.name),
        "mitra": [
            {"kinerja": link, "teks": crosscutting.teks, "status": crosscutting.status}
            for link, crosscutting in lookups.referrers.partners
        ],
        "legenda": legend(lookups.atlas.levels),
        "model": urls.MODEL,
        "gambar_href": urls.PICTURE if picture.boxes else "",
        "graf_href": urls.GRAPH,
    }
    return Page(urls.in_tree(lookups.name, urls.INDEX), "pohon.html.j2", context, (picture,))


def legend(levels: Mapping[str, str]) -> list[Mapping[str, str]]:
    """Give the levels with their printed names, and what the method calls those of the middle."""
    return [{"jenis": jenis, "teks": name + _METHOD.get(jenis, "")} for jenis, name in levels.items()]


def figures(checked: Checked, levels: Mapping[str, str] = LEVELS) -> Iterator[Mapping[str, str]]:
    """Count what a tree holds, by kind; ``levels`` are the printed names of levels."""
    found = dict.fromkeys(LEVELS, 0)
    for simpul in checked.peta.simpul.values():
        found[simpul.jenis] += 1
    for jenis, number in found.items():
        if number:
            yield _figure(jenis, levels[jenis], number)
    if checked.peta.indikator:
        yield _figure("", "Indikator", len(checked.peta.indikator), urls.INDICATORS)
    if checked.peta.jabatan:
        yield _figure("", "Jabatan", len(checked.peta.jabatan), urls.POSITIONS)


def findings_summary(checked: Checked) -> list[Mapping[str, str]]:
    """Give the number of findings by severity, without those that are none."""
    found = severities(checked).items()
    return [{"bobot": w, "label": SEVERITIES[w].lower(), "jumlah": count(number)} for w, number in found if number]


def _figure(jenis: str, name: str, number: int, href: str = "") -> Mapping[str, str]:
    return {"jenis": jenis, "nama": name, "jumlah": count(number), "href": href}


def _budget(lookups: Lookups) -> Context | None:
    """Give the budgets of the top nodes, by year; where there are several, each by its name."""
    rows = [(simpul, pagu) for simpul in lookups.pohon.akar if (pagu := lookups.pagu(simpul))]
    if not rows:
        return None
    keys = sorted({key for _, pagu in rows for key in pagu.years})
    return {
        "tahun": keys,
        "baris": [
            {**lookups.links[simpul.id], "nilai": [pagu.years.get(key, "") for key in keys], "sendiri": pagu.own}
            for simpul, pagu in rows
        ],
    }
