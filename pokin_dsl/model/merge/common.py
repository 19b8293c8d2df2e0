"""The branches that are the same in three versions of a file: taken as a whole, they are most of a large tree."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pokin_dsl.model.merge.strands import branch_end, branch_text, physical_lines
from pokin_dsl.syntax.nodes import AnnotationLine, Block, NodeLine
from pokin_dsl.syntax.vocabulary import INDIKATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pokin_dsl.syntax.nodes import Document


def common_branches(documents: Sequence[Document]) -> frozenset[str]:
    """Give the texts of the largest branches that stand exactly once in each version, wherever that is."""
    lines = [physical_lines(document) for document in documents]
    rows = [[block.placed() for block in document.blocks] for document in documents]
    found: set[str] = set()
    while all(rows):
        keyed = [_keyed(row, of) for row, of in zip(rows, lines, strict=True)]
        counted = [Counter([text for text, _ in row]) for row in keyed]
        same = {text for text, times in counted[0].items() if times == 1 and all(row[text] == 1 for row in counted)}
        found |= same
        rows = [
            [below.placed() for text, block in row if text not in same for below in block.children] for row in keyed
        ]
    return frozenset(found)


def _keyed(blocks: Sequence[Block], lines: Sequence[str]) -> list[tuple[str, Block]]:
    """Give the nodes and indicators of a row, each with its text."""
    some = [block for block in blocks if _is_branch(block)]
    return [(branch_text(lines, block.line.number - 1, branch_end(block, lines)), block) for block in some]


def _is_branch(block: Block) -> bool:
    sentence = block.sentence
    return isinstance(sentence, NodeLine) or (isinstance(sentence, AnnotationLine) and sentence.name == INDIKATOR)
