"""The tree as nested lists: the text twin of every picture, and the outline of positions.

The outline of a tree of more than ``MOST_ENTRIES`` nodes shows the upper levels; what is deeper stands on the page of
the node above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.query import semua_pemegang
from pokin_dsl.site.lookups import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pokin_dsl.model.tree import Jabatan, Simpul
    from pokin_dsl.site.lookups import Lookups

MOST_ENTRIES = 800
_FEWEST_LEVELS = 2
_ALL_LEVELS = -1

Entry = dict[str, object]


def outline(lookups: Lookups, nodes: Iterable[Simpul], levels: int = _ALL_LEVELS) -> list[Entry]:
    """Give the entries of nodes: each one's link, indicators, holders and, in ``anak``, the entries below it.

    Where only so many ``levels`` are shown, ``lanjut`` says what stands below the lowest of them.
    """
    return [_nested(lookups, simpul, levels) for simpul in nodes]


def levels_shown(nodes: Sequence[Simpul]) -> int:
    """Give the number of levels, from the top, that an outline of everything shows; -1 where it shows all."""
    shown = levels = 0
    while nodes:
        shown += len(nodes)
        if shown > MOST_ENTRIES and levels >= _FEWEST_LEVELS:
            return levels
        levels += 1
        nodes = [anak for simpul in nodes for anak in simpul.anak]
    return _ALL_LEVELS


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


def _nested(lookups: Lookups, simpul: Simpul, levels: int) -> Entry:
    if levels == 1 and simpul.anak:
        below = lookups.below(simpul)
        return {**_entry(lookups, simpul), "anak": [], "lanjut": f"{count(below)} kinerja di bawahnya"}
    return {**_entry(lookups, simpul), "anak": outline(lookups, simpul.anak, levels - 1), "lanjut": ""}


def _entry(lookups: Lookups, simpul: Simpul) -> Entry:
    below = lookups.below(simpul)
    return {
        **lookups.links[simpul.id],
        "indikator": [indikator.teks for indikator in simpul.indikator],
        "pemegang": lookups.links_to(semua_pemegang(simpul)),
        "jumlah": count(below) if below else "",
    }
