"""What the pages of a long table's parts say of each other: headings, crumbs, and the ways from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.site import urls
from pokin_dsl.site.lookups import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.model.tree import Simpul
    from pokin_dsl.site.atlas import Link
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Lookups
    from pokin_dsl.site.parts import Part

_NO_PART: Mapping[str, object] = {"bagian": None, "seluruhnya": "", "sebelum_bagian": None, "sesudah_bagian": None}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a tree: its title, the tab that it stands under, the address of its own page."""

    title: str
    tab: str
    address: str


def part_frame(lookups: Lookups, frame: TreeFrame, part: Part, table: Table) -> Context:
    """Give the frame of a part's page, its heading, and the ways to the table's own page and to the parts beside it."""
    if part.root is None:
        return {**frame.page(table.title, table.tab), **_NO_PART, "terbagi": bool(part.further)}
    link = lookups.links[part.root.id]
    crumbs = ({"teks": table.title, "href": table.address}, {"teks": link["label"], "href": ""})
    ids = list(lookups.parts)
    at = ids.index(part.root.id)
    return {
        **frame.page(f"{table.title}: {link['teks']}", table.tab, "../", crumbs),
        "bagian": link,
        "terbagi": bool(part.further),
        "seluruhnya": table.address,
        "sebelum_bagian": _neighbour(lookups, ids[at - 1], table),
        "sesudah_bagian": _neighbour(lookups, ids[at + 1] if at + 1 < len(ids) else "", table),
    }


def part_path(lookups: Lookups, part: Part, address: str) -> str:
    """Give the path in the site of the page of a part; that of the whole tree, or its beginning, is the table's own."""
    return urls.in_tree(lookups.name, urls.part(address, part.root.id) if part.root else address)


def below_link(lookups: Lookups, part: Part, simpul: Simpul, address: str) -> Link | None:
    """Give the link from a node's row to the page of its branch, where it has one; ``address`` is that of the table."""
    if simpul.id not in part.further:
        return None
    return {"teks": f"{count(lookups.below(simpul))} kinerja di bawahnya", "href": urls.part(address, simpul.id)}


def level_choices(lookups: Lookups) -> list[Mapping[str, str]]:
    """Give the levels with their printed names, the highest first, as readers choose among them."""
    return [{"kunci": kind, "nama": name} for kind, name in lookups.atlas.levels.items()]


def _neighbour(lookups: Lookups, id_: str, table: Table) -> Link | None:
    return {**lookups.links[id_], "href": urls.part(table.address, id_)} if id_ else None
