"""Long tables in parts: what of a large tree stands on the table's own page, and what on a page for each branch.

Up to ``MOST_ROWS`` a table is one page. Beyond that its page holds the upper levels, and each performance with anything
below it leads to a page with its branch; a branch that is too long itself is divided in the same way. So a page is
never much longer than the limit, unless one performance has more than that straight below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.model.query import branches, walk
from pokin_dsl.model.tree import Csf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pokin_dsl.model.tree import Pohon, Simpul

MOST_ROWS = 1_000

_Weights = dict[str, int]


@dataclass(frozen=True, slots=True)
class Part:
    """The nodes whose rows stand on one page, in written order, and those of them whose branch has a page of its own.

    ``root`` heads the part; None where the part is, or begins, the whole tree.
    """

    root: Simpul | None
    nodes: tuple[Simpul, ...]
    further: frozenset[str] = frozenset()


def divide(pohon: Pohon) -> Mapping[str, Part]:
    """Give the parts of a tree by the id of their root, that of the whole tree (empty id) first."""
    nodes = tuple(walk(pohon))
    weights = _weights(nodes)
    if sum(weights[akar.id] for akar in pohon.akar) <= MOST_ROWS:
        return {"": Part(None, nodes)}
    parts: dict[str, Part] = {}
    waiting: list[Simpul | None] = [None]
    while waiting:
        root = waiting.pop()
        part = _part(root, pohon.akar if root is None else (root,), weights)
        parts[root.id if root else ""] = part
        waiting += [simpul for simpul in reversed(part.nodes) if simpul.id in part.further]
    return parts


def _weights(nodes: tuple[Simpul, ...]) -> _Weights:
    """Give the number of rows of each node with all below it."""
    weights: _Weights = {}
    for simpul in reversed(nodes):
        weights[simpul.id] = _rows(simpul) + sum(weights[anak.id] for anak in simpul.anak)
    return weights


def _rows(simpul: Simpul) -> int:
    return 0 if isinstance(simpul, Csf) else max(1, len(simpul.indikator))


def _part(root: Simpul | None, heads: Iterable[Simpul], weights: _Weights) -> Part:
    """Give all nodes of a branch that is short enough; else its head, and what stands straight below it."""
    if root is not None and weights[root.id] <= MOST_ROWS:
        return Part(root, tuple(branches((root,))))
    upper: list[Simpul] = []
    for head in heads:
        upper += (head, *_performances(head))
    tops = {head.id for head in heads}
    further = (s.id for s in upper if s.id not in tops and not isinstance(s, Csf) and weights[s.id] > _rows(s))
    return Part(root, tuple(upper), frozenset(further))


def _performances(head: Simpul) -> Iterator[Simpul]:
    """Give what stands straight below a node; below a csf, which has no row, the csf and its conditions."""
    for anak in head.anak:
        yield anak
        if isinstance(anak, Csf):
            yield from _performances(anak)
