"""Where the things of a tree stand in their files; only findings and links to the source need to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.model.drafts import moved_line
from pokin_dsl.model.remarks import text_span
from pokin_dsl.syntax.nodes import HERE, AnnotationLine, Block, LogicalLine, Shift

if TYPE_CHECKING:
    from pokin_dsl.model.ids import Ids
    from pokin_dsl.text import Source, Span


@dataclass(frozen=True, slots=True)
class Tempat:
    """Where a node, indicator or position stands: its source and its block with the annotations that it owns.

    ``shift`` is how far they have moved from where their lines say; ``line`` has that in it.
    """

    source: Source
    block: Block
    annotations: tuple[Block, ...]
    shift: Shift = HERE

    def line(self, block: Block) -> LogicalLine:
        """Give the line of its own block, or of one directly below, where it stands."""
        return moved_line(block, self.block, self.shift)

    def span(self) -> Span:
        """Give the span of its statement, or of its line where there is none."""
        return text_span(self.block, self.line(self.block))

    def annotation(self, name: str, nth: int = 0) -> Block | None:
        """Give the nth annotation of a name, or nothing."""
        blocks = [b for b in self.annotations if isinstance(b.sentence, AnnotationLine) and b.sentence.name == name]
        return blocks[nth] if nth < len(blocks) else None


Letak = Mapping[str, Tempat]
"""The places of all that has an id, positions first, in written order."""


class Places(Letak):
    """The places of a tree, each made when it is first asked for."""

    __slots__ = ("_ids", "_made")

    def __init__(self, ids: Ids) -> None:
        """Take the ids of the tree, which know their drafts."""
        self._ids = ids
        self._made: dict[str, Tempat] = {}

    def __getitem__(self, id_: str) -> Tempat:
        """Give the place of a thing; raises KeyError where there is none."""
        made = self._made.get(id_)
        if made is None:
            spot = self._ids.spot(id_)
            draft = spot.draft
            made = self._made[id_] = Tempat(spot.source, draft.block, tuple(draft.annotations), spot.shift)
        return made

    def __iter__(self) -> Iterator[str]:
        """Give all ids in written order."""
        return iter(self._ids.running)

    def __len__(self) -> int:
        """Count the things of the tree."""
        return len(self._ids.running)
