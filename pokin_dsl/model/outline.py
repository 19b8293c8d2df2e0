"""The outline of a whole tree as drafts, and the places in it where lines hang."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pokin_dsl.model.drafts import Draft, Placement, bundle, in_written_order
from pokin_dsl.syntax.nodes import HERE, Block, LogicalLine, Shift

if TYPE_CHECKING:
    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.text import Source


@dataclass(slots=True)
class Outline:
    """A whole tree as drafts: top nodes and top positions in written order, and what was found on the way.

    ``files`` are the fragments that were joined. ``lost`` are ids that stand in lines that could not be read or kept,
    and ``torn`` says that a whole fragment is missing: what refers there is no mistake of its own.
    """

    akar: list[Draft | Placement] = field(default_factory=list)
    jabatan: list[Draft | Placement] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    torn: bool = False

    def parts(self) -> tuple[Placement, ...]:
        """Give the tree in written order, positions first: what was made once, and in bundles all between."""
        parts: list[Placement] = []
        loose: list[Draft] = []
        for item in (*in_written_order(self.jabatan), *in_written_order(self.akar)):
            if loose and (isinstance(item, Placement) or item.source is not loose[0].source):
                parts.append(_loose(loose))
                loose = []
            if isinstance(item, Placement):
                parts.append(item)
            else:
                loose.append(item)
        return (*parts, _loose(loose)) if loose else tuple(parts)


@dataclass(frozen=True, slots=True)
class Where:
    """Where a block hangs: its owner, its source, the files that led here, and how deep the owner stands.

    ``unsure`` says that the owner is in doubt: it is misplaced itself, or a line below it could not be read.
    ``shift`` is how far the block has moved with all around it.
    """

    owner: Draft | None
    source: Source
    trail: tuple[str, ...]
    depth: int
    unsure: bool = False
    shift: Shift = HERE

    def under(self, owner: Draft, *, unsure: bool = False) -> Where:
        """Give the place of what belongs to a node that hangs here."""
        return Where(owner, self.source, self.trail, self.depth + 1, unsure, self.shift)

    def below(self) -> Where:
        """Give the place of what stands below a line that could not be read: its owner is the one above."""
        return replace(self, depth=self.depth + 1, unsure=True)

    def at_top(self) -> Where:
        """Give the top of the tree, seen from here."""
        return replace(self, owner=None, depth=0)

    def line(self, block: Block) -> LogicalLine:
        """Give the line of the block that is placed here."""
        return block.line.moved(self.shift)


def _loose(drafts: list[Draft]) -> Placement:
    return Placement(bundle(drafts), drafts[0].source, HERE, remembered=False)
