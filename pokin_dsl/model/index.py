"""The look-ups of a tree, put together from pieces: an unchanged branch brings its own along."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pokin_dsl.model.derived import Turunan, turunan
from pokin_dsl.model.tree import Indikator, Kondisi, Outcome, Simpul

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 128
"""How many nodes a branch has at most whose look-ups are remembered: an edit costs as much as a branch has."""


@dataclass(slots=True)
class Piece:
    """The look-ups of one branch, by id in written order; ``top`` is the node that they are of.

    ``outcome`` and ``depth`` say where it hung. ``kondisi`` are its kondisi with their depth: their numbers in
    ``turunan`` hold only where as many stand before the branch as did then (``before``).
    """

    top: Simpul | None = None
    outcome: int = 0
    depth: int = 0
    before: int = 0
    simpul: dict[str, Simpul] = field(default_factory=dict)
    induk: dict[str, Simpul] = field(default_factory=dict)
    indikator: dict[str, tuple[Indikator, Simpul]] = field(default_factory=dict)
    turunan: dict[str, Turunan] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)
    kondisi: list[tuple[Kondisi, int]] = field(default_factory=list)

    def add(self, simpul: Simpul, outcome: int, depth: int) -> None:
        """Add one node."""
        self.simpul[simpul.id] = simpul
        if simpul.anak:
            self.induk.update([(anak.id, simpul) for anak in simpul.anak])
        if simpul.indikator:
            self.indikator.update([(indikator.id, (indikator, simpul)) for indikator in simpul.indikator])
        if simpul.alias:
            self.alias.update([(old, simpul.id) for old in simpul.alias])
        nomor = outcome if isinstance(simpul, Outcome) and not depth else 0
        if isinstance(simpul, Kondisi):
            self.kondisi.append((simpul, depth))
            nomor = self.before + len(self.kondisi)
        self.turunan[simpul.id] = turunan(simpul, nomor, outcome, depth)

    def join(self, piece: Piece) -> None:
        """Add all of a piece that comes next in written order."""
        self.simpul.update(piece.simpul)
        self.induk.update(piece.induk)
        self.indikator.update(piece.indikator)
        self.turunan.update(piece.turunan)
        self.alias.update(piece.alias)
        before = self.before + len(self.kondisi)
        if piece.before != before:
            for nomor, (kondisi, depth) in enumerate(piece.kondisi, before + 1):
                self.turunan[kondisi.id] = turunan(kondisi, nomor, piece.outcome, depth)
        self.kondisi += piece.kondisi


class Index:
    """Puts the look-ups of a tree together; ``known`` are the pieces of its last reading, ``pieces`` those of this."""

    def __init__(self, known: Mapping[int, Piece]) -> None:
        """Begin without any node."""
        self.whole = Piece()
        self.pieces: dict[int, Piece] = {}
        self._known = known

    def add(self, akar: Simpul, outcome: int) -> None:
        """Add a top node with all below it."""
        # Kondisi are numbered within their top outcome, from 1.
        self.whole.before = -len(self.whole.kondisi)
        self._add(akar, outcome, 0)

    def _add(self, simpul: Simpul, outcome: int, depth: int) -> None:
        if not simpul.anak:
            self.whole.add(simpul, outcome, depth)
            return
        known = self._known.get(id(simpul))
        if known and known.top is simpul and (known.outcome, known.depth) == (outcome, depth):
            self._join(known)
        elif _is_small(simpul):
            self._join(_piece(simpul, outcome, depth, self.whole.before + len(self.whole.kondisi)))
        else:
            self.whole.add(simpul, outcome, depth)
            for anak in simpul.anak:
                self._add(anak, outcome, depth + 1)

    def _join(self, piece: Piece) -> None:
        self.whole.join(piece)
        self.pieces[id(piece.top)] = piece


def _is_small(top: Simpul) -> bool:
    """Say whether a branch is to have a piece of its own."""
    waiting = [top]
    for _ in range(LARGEST):
        waiting.extend(waiting.pop().anak)
        if not waiting:
            return True
    return False


def _piece(top: Simpul, outcome: int, depth: int, before: int) -> Piece:
    piece = Piece(top, outcome, depth, before)
    waiting = [(top, depth)]
    while waiting:
        simpul, at = waiting.pop()
        piece.add(simpul, outcome, at)
        waiting.extend([(anak, at + 1) for anak in reversed(simpul.anak)])
    return piece
