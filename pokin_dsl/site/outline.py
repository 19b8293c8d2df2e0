"""The tree as nested lists: the text twin of every picture, and the outline of positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.query import semua_pemegang
from pokin_dsl.site.lookups import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pokin_dsl.model.tree import Jabatan, Simpul
    from pokin_dsl.site.lookups import Lookups

Entry = dict[str, object]


def outline(lookups: Lookups, nodes: Iterable[Simpul]) -> list[Entry]:
    """Give the entries of nodes: each one's link, indicators, holders and, in ``anak``, the entries below it."""
    return [{**_entry(lookups, simpul), "anak": outline(lookups, simpul.anak)} for simpul in nodes]


def shallow_outline(lookups: Lookups, nodes: Iterable[Simpul]) -> list[Entry]:
    """Give the entries of nodes without those below them."""
    return [_entry(lookups, simpul) for simpul in nodes]


def positions(lookups: Lookups, jabatan: Jabatan) -> Entry:
    """Give a position's entry with those of its subordinates."""
    held = sum(len(indicators) or 1 for _, indicators in lookups.held.get(jabatan.id, ()))
    return {
        **lookups.links[jabatan.id],
        "pejabat": office_holder(jabatan),
        "jumlah": count(held) if held else "",
        "anak": [positions(lookups, bawahan) for bawahan in jabatan.bawahan],
    }


def office_holder(jabatan: Jabatan) -> str:
    """Give who holds the office, acting or not; empty where nobody is named."""
    return f"Plt. {jabatan.pejabat}".strip() if jabatan.plt else jabatan.pejabat


def _entry(lookups: Lookups, simpul: Simpul) -> Entry:
    below = lookups.below(simpul)
    return {
        **lookups.links[simpul.id],
        "indikator": [indikator.teks for indikator in simpul.indikator],
        "pemegang": lookups.links_to(semua_pemegang(simpul)),
        "jumlah": count(below) if below else "",
    }
