"""The tree as nested lists: the text twin of every picture, and the outline of positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.query import semua_pemegang
from pokin_dsl.site.lookups import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.model.tree import Jabatan
    from pokin_dsl.site.lookups import Lookups

Entry = dict[str, object]


def outline(lookups: Lookups) -> Mapping[str, Entry]:
    """Give every node's entry by id: its link, indicators, holders and, in ``anak``, the entries below it."""
    entries: dict[str, Entry] = {}
    for simpul in reversed(list(lookups.peta.simpul.values())):
        below = lookups.below[simpul.id]
        entries[simpul.id] = {
            **lookups.links[simpul.id],
            "indikator": [indikator.teks for indikator in simpul.indikator],
            "pemegang": lookups.links_to(semua_pemegang(simpul)),
            "jumlah": count(below) if below else "",
            "anak": [entries[anak.id] for anak in simpul.anak],
        }
    return entries


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
