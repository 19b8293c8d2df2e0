"""Which trees of a workspace have another name now: those that kept most of their statements."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.model.query import Peta

MOST_TREES = 16
"""A statement that stands in more of the trees in question tells none of them apart."""


def renamed_trees(before: Mapping[str, Peta], after: Mapping[str, Peta]) -> dict[str, str]:
    """Give old and new names of trees that kept at least half of their statements, the most alike first."""
    gone = {name: _statements(before[name]) for name in sorted(before.keys() - after.keys())}
    come = {name: _statements(after[name]) for name in sorted(after.keys() - before.keys())}
    scored = [
        (-common / max(len(gone[old]), len(come[new])), old, new) for (old, new), common in _common(gone, come).items()
    ]
    renamed: dict[str, str] = {}
    for score, old, new in sorted(scored):
        if score <= -1 / 2 and old not in renamed and new not in renamed.values():
            renamed[old] = new
    return renamed


def _statements(peta: Peta) -> frozenset[str]:
    return frozenset(simpul.teks for simpul in peta.simpul.values())


def _common(gone: Mapping[str, frozenset[str]], come: Mapping[str, frozenset[str]]) -> Counter[tuple[str, str]]:
    """Count the statements that an old and a new tree share, by an index of statements."""
    where: dict[str, list[str]] = {}
    for name, statements in come.items():
        for statement in statements:
            where.setdefault(statement, []).append(name)
    return Counter(
        (old, new)
        for old, statements in gone.items()
        for statement in statements
        if len(where.get(statement, ())) <= MOST_TREES
        for new in where.get(statement, ())
    )
