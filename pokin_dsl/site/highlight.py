"""A source with its words coloured: the blocks of a document tell what each stretch of a line is."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from pokin_dsl.syntax.nodes import HERE, AnnotationLine, BrokenLine, HeaderLine, IncludeLine, NodeLine
from pokin_dsl.syntax.parse import walk
from pokin_dsl.syntax.vocabulary import INCLUDE, INDIKATOR
from pokin_dsl.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pokin_dsl.syntax.nodes import Block, Branch, Document, Shift

Piece = tuple[int, int, str]
"""Start and end in the source's text, and the class that says what stands there."""

_SERIES = ("awal", "target", "realisasi")
_REFERRING = ("pk", "mendukung", "lihat", "alias")


def highlighted_lines(document: Document) -> list[str]:
    """Give every line of a document as HTML, from the first on; those of a branch are remembered by it."""
    source = document.source
    loose, branches = _loose_and_branches((*document.headers, *document.blocks))
    marks = _marks(source, loose)
    html: list[str] = []
    for branch, shift in branches:
        html += _lines(source, marks, range(len(html) + 1, shift.lines + 1))
        html += _branch_lines(source, branch, shift)
    return html + list(_lines(source, marks, range(len(html) + 1, len(source.line_starts) + 1)))


@dataclass(frozen=True, slots=True)
class _Marks:
    """What stands where, by line: coloured pieces, and the indentation of lines that a raw note may follow."""

    pieces: dict[int, list[Piece]] = field(default_factory=dict)
    notes: dict[int, int] = field(default_factory=dict)


_KNOWN: WeakKeyDictionary[Branch, tuple[str, ...]] = WeakKeyDictionary()


def _branch_lines(source: Source, branch: Branch, shift: Shift) -> tuple[str, ...]:
    known = _KNOWN.get(branch)
    if known is None:
        text = source.text[shift.characters : shift.characters + branch.extent.characters]
        part = Source(source.path, text)
        lines = branch.extent.lines + (not text.endswith("\n"))
        known = _KNOWN[branch] = tuple(_lines(part, _marks(part, walk((branch.block,))), range(1, lines + 1)))
    return known


def _loose_and_branches(blocks: tuple[Block, ...]) -> tuple[list[Block], list[tuple[Branch, Shift]]]:
    """Give the blocks that are part of no branch, and the branches with their places, both in written order."""
    loose: list[Block] = []
    branches: list[tuple[Branch, Shift]] = []
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        if block.branch is not None and block.branch.extent is not HERE:
            branches.append((block.branch, block.shift))
            continue
        loose.append(block.placed())
        waiting.extend(reversed(loose[-1].children))
    return loose, branches


def _marks(source: Source, blocks: Iterable[Block]) -> _Marks:
    marks = _Marks()
    for block in blocks:
        line = block.line
        if line.note:
            marks.notes[line.number] = line.indent
        for start, end, kind in _pieces(block):
            if end > start:
                span = line.span(start, end)
                number = line.number if not line.joins else source.position(span.start).line
                marks.pieces.setdefault(number, []).append((span.start, span.end, kind))
        for _, offset in line.joins:
            number = source.position(offset).line
            marks.pieces.setdefault(number, []).append(_bar(source.text, source.line_starts[number - 1]))
    return marks


def _lines(source: Source, marks: _Marks, numbers: Iterable[int]) -> Iterator[str]:
    note = -1
    for number in numbers:
        text = source.line_text(number)
        content = text.strip()
        if number in marks.notes:
            note = marks.notes[number]
        elif note >= 0 and content and len(text) - len(text.lstrip()) <= note:
            note = -1
        elif note >= 0:
            yield _span("k-catatan", text) if content else ""
            continue
        if number in marks.pieces:
            yield _coloured(text, source.line_starts[number - 1], sorted(marks.pieces[number]))
        elif content.startswith("#"):
            yield _span("k-komentar", text)
        else:
            yield escape(text)


def _coloured(text: str, start: int, pieces: list[Piece]) -> str:
    parts: list[str] = []
    at = 0
    for first, last, kind in pieces:
        begin, end = max(first - start, at), min(last - start, len(text))
        if end > begin:
            parts += (escape(text[at:begin]), _span(kind, text[begin:end]))
            at = end
    parts.append(escape(text[at:]))
    return "".join(parts)


def _span(kind: str, text: str) -> str:
    return f'<span class="{kind}">{escape(text)}</span>'


def _bar(text: str, line_start: int) -> Piece:
    at = text.index("|", line_start)
    return at, at + 1, "k-tanda"


def _pieces(block: Block) -> Iterator[Piece]:
    """Give what is what in a logical line, in characters of its content."""
    sentence = block.sentence
    if isinstance(sentence, NodeLine):
        yield 0, len(sentence.kind), "k-kata"
        if sentence.id:
            yield sentence.id_at, sentence.id_at + len(sentence.id) + 2, "k-id"
    elif isinstance(sentence, AnnotationLine):
        yield from _annotation(sentence)
    elif isinstance(sentence, HeaderLine):
        yield 0, len(sentence.key) + 1, "k-kepala"
    elif isinstance(sentence, IncludeLine):
        yield 0, len(INCLUDE), "k-kata"
        yield sentence.text_at, sentence.text_at + len(sentence.text), "k-rujukan"
    elif isinstance(sentence, BrokenLine):
        yield 0, len(block.line.content), "k-rusak"


def _annotation(sentence: AnnotationLine) -> Iterator[Piece]:
    yield 0, len(sentence.name) + 1, "k-anotasi"
    head_end = sentence.head_at + len(sentence.head)
    if sentence.head and sentence.name == INDIKATOR:
        yield sentence.head_at, head_end + 2, "k-id"
    elif sentence.head and sentence.name in _SERIES:
        yield sentence.head_at - 1, head_end + 1, "k-satuan"
    elif sentence.head:
        yield sentence.head_at, head_end, "k-rujukan"
    if sentence.name in _REFERRING:
        yield sentence.text_at, sentence.text_at + len(sentence.text), "k-rujukan"
    for point in sentence.points:
        value_at = point.end - len(point.value)
        if point.key:
            yield point.start, point.start + len(point.key), "k-kunci"
        yield value_at, point.end, "k-nilai"
