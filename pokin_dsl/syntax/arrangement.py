"""The lines of a document in the order of the canonical form: each with its own comments, annotations in front."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pokin_dsl.syntax.characters import plain_text
from pokin_dsl.syntax.nodes import AnnotationLine, Block, Document, HeaderLine, IncludeLine, LogicalLine, Sentence
from pokin_dsl.syntax.parse import walk
from pokin_dsl.syntax.vocabulary import ANNOTATIONS, HEADERS, INDIKATOR, MOST_LINE_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_RANKS = {name: rank for rank, name in enumerate(ANNOTATIONS)}
# They count as one: of two of them, the first that is written is the node's.
_RANKS |= dict.fromkeys(("program", "kegiatan", "subkegiatan"), _RANKS["program"])
_INDIKATOR_RANK = _RANKS[INDIKATOR]
_UNIT = "satuan"
_SAYING_UNITS = (_UNIT, "awal", "target", "realisasi")
# Where a unit belongs: a baseline alone is no series yet.
_UNIT_CARRIERS = ("target", "realisasi")
_YEAR_IN_UNIT = re.compile(r"\s\d{4}(?:-TW[1-4])?\s*=")
# A comment with a continuation below it; that it may also stand in a note costs time, never meaning.
_INNER_COMMENT = re.compile(r"^[ \t]*#[^\n]*\n\s*\|", re.MULTILINE)


@dataclass(slots=True)
class Entry:
    """A line with the comments above it, those before each of its continuations, and the lines that belong to it."""

    sentence: Sentence
    line: LogicalLine
    comments: tuple[str, ...]
    inner: tuple[tuple[str, ...], ...] = ()
    below: list[Entry] = field(default_factory=list)

    def all_comments(self) -> tuple[str, ...]:
        """Give the comments of the line itself, those between its continuations too."""
        return (*self.comments, *(comment for group in self.inner for comment in group))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A document in canonical order: headers, top blocks in the author's order, comments after the last line."""

    headers: list[Entry]
    blocks: list[Entry]
    tail: tuple[str, ...]


def arranged(document: Document) -> Arrangement:
    """Put the lines of a document into canonical order; what may stand at its top keeps its place."""
    taking = _Taking(document)
    headers = sorted(taking.entries(document.headers, 0), key=_header_rank)
    blocks = taking.entries(document.blocks, 0)
    return Arrangement(headers, blocks, document.tail[taking.tail :])


def written_comments(document: Document) -> Iterator[str]:
    """Give all comments in written order."""
    waiting = [*reversed(document.blocks), *reversed(document.headers)]
    while waiting:
        block = waiting.pop()
        yield from block.line.comments
        waiting.extend(reversed(block.children))
    yield from document.tail


class _Taking:
    """Makes entries of blocks.

    A comment between a line and its continuation was read as one of the next line; it is given back: ``inner`` holds
    by line number what stands before each continuation, ``given`` how many of a line's first comments are not its own.
    """

    def __init__(self, document: Document) -> None:
        self.inner: dict[int, tuple[tuple[str, ...], ...]] = {}
        self.given: dict[int, int] = {}
        self.tail = 0
        if _INNER_COMMENT.search(document.source.text):
            self._find_inner(document)

    def _find_inner(self, document: Document) -> None:
        for block in walk((*document.headers, *document.blocks)):
            line = block.line
            if self.tail:
                self.given[line.number] = self.tail
            groups = _comments_between(document.source.text, line) if line.joins else ()
            self.tail = sum(map(len, groups))
            if self.tail:
                self.inner[line.number] = groups

    def entries(self, blocks: Iterable[Block], moved: int) -> list[Entry]:
        """Give the entries of some blocks, which their owner has moved by so many lines."""
        entries = []
        for block in blocks:
            line = block.line
            by = moved + block.shift.lines
            entry = Entry(block.sentence, line, line.comments)
            if self.inner:
                entry.inner = self.inner.get(line.number + by, ())
                entry.comments = line.comments[self.given.get(line.number + by, 0) :]
            if block.children:
                below = self.entries(block.children, by)
                entry.below = _of_indicator(below) if _is_indicator(entry) else _in_order(below, _RANKS)
            entries.append(entry)
        return entries


def _comments_between(text: str, line: LogicalLine) -> tuple[tuple[str, ...], ...]:
    """Give the comments before each continuation of a line; ``|`` alone continues nothing."""
    groups: list[tuple[str, ...]] = []
    waiting: list[str] = []
    for physical in plain_text(text[line.start : line.joins[-1][1] + 1]).split("\n")[1:]:
        content = physical.strip()
        if content.startswith("#"):
            waiting.append(content)
        elif content[1:].strip():
            groups.append(tuple(waiting))
            waiting = []
    return tuple(groups)


def _header_rank(entry: Entry) -> int:
    return HEADERS.index(entry.sentence.key) if isinstance(entry.sentence, HeaderLine) else len(HEADERS)


def _is_indicator(entry: Entry) -> bool:
    return isinstance(entry.sentence, AnnotationLine) and entry.sentence.name == INDIKATOR


def _of_indicator(below: list[Entry]) -> list[Entry]:
    """Put what belongs to an indicator in order; of units that contradict each other, the first written is valid."""
    units = _units(below)
    if len(units) > 1:
        return _in_order(below, _RANKS | dict.fromkeys(_SAYING_UNITS, _RANKS[_UNIT]))
    return _with_unit(_in_order(below, _RANKS), next(iter(units), ""))


def _in_order(below: list[Entry], ranks: Mapping[str, int]) -> list[Entry]:
    """Put annotations in front, in the order of their table; all else keeps the author's order."""
    annotations: list[tuple[int, Entry]] = []
    others: list[Entry] = []
    stays = False
    for entry in below:
        sentence = entry.sentence
        if not isinstance(sentence, AnnotationLine):
            # An included file may hold indicators of its own: those written below it stay below it.
            stays = stays or isinstance(sentence, IncludeLine)
            others.append(entry)
            continue
        rank = ranks.get(sentence.name, len(ranks))
        if rank == _INDIKATOR_RANK and (stays or _holds_nodes(entry)):
            # A node that stands below an indicator, where none may, keeps its place among the others.
            stays = True
            others.append(entry)
        else:
            annotations.append((rank, entry))
    annotations.sort(key=_rank)
    return [*(entry for _, entry in annotations), *others]


def _rank(ranked: tuple[int, Entry]) -> int:
    return ranked[0]


def _units(below: Iterable[Entry]) -> set[str]:
    """Give the units that are written."""
    sentences = [s for entry in below if isinstance(s := entry.sentence, AnnotationLine)]
    return {s.text if s.name == _UNIT else s.head for s in sentences if s.name in _SAYING_UNITS} - {""}


def _holds_nodes(entry: Entry) -> bool:
    return any(not isinstance(below.sentence, AnnotationLine) or _holds_nodes(below) for below in entry.below)


def _with_unit(below: list[Entry], unit: str) -> list[Entry]:
    """Fold ``@satuan`` into the parentheses of the series, if there is one and the unit can stand there."""
    alone = [entry for entry in below if isinstance(s := entry.sentence, AnnotationLine) and s.name == _UNIT]
    carrier = _carrier(below) if alone else None
    if carrier is None or not isinstance(carrier.sentence, AnnotationLine) or not _may_fold(unit, carrier):
        return below
    comments = (*(comment for entry in alone for comment in entry.all_comments()), *carrier.comments)
    with_unit = Entry(replace(carrier.sentence, head=unit), carrier.line, comments, carrier.inner)
    return [with_unit if entry is carrier else entry for entry in below if not any(entry is one for one in alone)]


def _may_fold(unit: str, carrier: Entry) -> bool:
    length = len(carrier.line.content) + len(unit) + len(" ()")
    return length <= MOST_LINE_CHARACTERS and not _YEAR_IN_UNIT.search(f"({unit})")


def _carrier(below: Iterable[Entry]) -> Entry | None:
    """Give the series to which a unit belongs."""
    series = {s.name: e for e in below if isinstance(s := e.sentence, AnnotationLine) and s.points}
    return next((series[name] for name in _UNIT_CARRIERS if name in series), None)
