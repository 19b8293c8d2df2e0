"""The page from which the picture of a tree is printed: on one sheet, or on several that are joined."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pokin_dsl.site import pictures, urls
from pokin_dsl.site.lookups import count
from pokin_dsl.site.placeholder import placeholder
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.site.diagram import Picture
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Lookups

TITLE = "Cetak gambar"


def print_page(lookups: Lookups, frame: TreeFrame) -> Page:
    """Make the page; its picture is that of the tree's first page, so it is laid out and drawn from one plan.

    Without a script it is one sheet; the script cuts it into several, or to one branch.
    """
    overview = pictures.overview(lookups)
    picture = replace(overview, name=f"{overview.name}c")  # no two pages name a picture alike
    shown = sum(box.level != "lagi" for box in picture.boxes)
    total = len(lookups.peta.simpul)
    context: Context = {
        **frame.page(TITLE, "cetak", crumbs=({"teks": TITLE, "href": ""},)),
        "gambar_html": placeholder(picture.name) if picture.boxes else "",
        "jumlah_gambar": count(shown) if shown < total else "",
        "jumlah": count(total),
        "legenda": legend(picture, lookups.atlas.levels),
    }
    return Page(urls.in_tree(lookups.name, urls.PRINT), "cetak.html.j2", context, (picture,))


def legend(picture: Picture, names: Mapping[str, str]) -> list[Mapping[str, str]]:
    """Give the levels that a picture shows, from the top, by kind and printed name."""
    shown = {box.level for box in picture.boxes}
    return [{"jenis": level, "label": name} for level, name in names.items() if level in shown]
