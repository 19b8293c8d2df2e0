"""A long source in parts: which lines of which files stand on which page, and the page of each line.

Up to ``MOST_LINES`` all files of a tree are one page, with colours some 500 KB. Beyond that, its page leads to parts,
which begin with a file or at a node of the highest level in reach, and have their address from that.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from pokin_dsl.model.identity import digested, slug
from pokin_dsl.site import urls
from pokin_dsl.site.cuts import cuts
from pokin_dsl.syntax.nodes import NodeLine
from pokin_dsl.syntax.vocabulary import RESERVED_IDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pokin_dsl.syntax.nodes import Block, Document

MOST_LINES = 2_000
_FIRST = "awal"
# What begins with no letter at all; a name that began with _ would be left out by servers that run Jekyll.
_NAMELESS = "bagian"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of one file, both counted from 1; the last is part of it."""

    file: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SourcePart:
    """What stands on one page, and what it begins with; the address is below the tree's folder."""

    address: str
    begins: str
    stretches: tuple[Stretch, ...]


class SourceParts:
    """The parts of a tree's sources: one that is the whole, or several. Files are counted from 1."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.lengths = [line_count(document) for document in documents]
        self._before = list(accumulate(self.lengths, initial=0))
        total = self._before[-1]
        if total <= MOST_LINES:
            self._starts = [0]
            self.parts: tuple[SourcePart, ...] = (SourcePart(urls.SOURCE, "", tuple(self._stretches(0, total))),)
            return
        begun = dict(sorted(dict(self._begun(documents)).items()))
        marks = {at: (rank, key) for at, (rank, key, _) in begun.items()}
        self._starts = cuts(total, marks, MOST_LINES)
        self.parts = tuple(self._named(begun, total))

    @property
    def divided(self) -> bool:
        """Say whether there are several."""
        return len(self.parts) > 1

    def page(self, file: int, line: int) -> str:
        """Give the address of the page on which a line stands."""
        if not self.divided:
            return urls.SOURCE
        at = self._before[file - 1] + min(line, self.lengths[file - 1]) - 1
        return self.parts[bisect_right(self._starts, at) - 1].address

    def _begun(self, documents: Sequence[Document]) -> Iterator[tuple[int, tuple[int, str, str]]]:
        """Give by place what begins there: its rank, its key, its words; a file comes before its first node."""
        for before, document in zip(self._before, documents, strict=False):
            end = line_count(document)
            for at, depth, line in _nodes(document.blocks, end):
                yield before + at, (depth, line.id or line.text, f"{line.kind} {line.text}")
            if before:
                yield before, (-1, document.source.path, document.source.path)

    def _named(self, begun: dict[int, tuple[int, str, str]], total: int) -> Iterator[SourcePart]:
        taken = set(RESERVED_IDS)
        for start, end in zip(self._starts, [*self._starts[1:], total], strict=True):
            _, key, words = begun.get(start, (0, "", "")) if start else (0, _FIRST, "")
            name = slug(key) or _NAMELESS
            if name in taken:
                name = digested(name, (key,), taken.__contains__)
            taken.add(name)
            yield SourcePart(urls.part(urls.SOURCE, name), words, tuple(self._stretches(start, end)))

    def _stretches(self, start: int, end: int) -> Iterator[Stretch]:
        for file, (before, length) in enumerate(zip(self._before, self.lengths, strict=False), 1):
            first, last = max(start - before, 0), min(end - before, length)
            if first < last:
                yield Stretch(file, first + 1, last)


def line_count(document: Document) -> int:
    """Count the lines of a file, at least one; what follows the last line end is none if it is empty."""
    return document.source.text.count("\n") + (not document.source.text.endswith("\n"))


def _nodes(blocks: Sequence[Block], end: int) -> Iterator[tuple[int, int, NodeLine]]:
    """Give where nodes begin, with the comments above them, and how deep; none of those inside a short branch."""
    waiting = [(blocks, 0, 0, end)]
    while waiting:
        below, depth, moved, end = waiting.pop()
        starts = [block.line.number - 1 - len(block.line.comments) + block.shift.lines + moved for block in below]
        for block, start, until in zip(below, starts, [*starts[1:], end], strict=False):
            if isinstance(block.sentence, NodeLine):
                yield start, depth, block.sentence
            if until - start > MOST_LINES // 2:
                waiting.append((block.children, depth + 1, block.shift.lines + moved, until))
