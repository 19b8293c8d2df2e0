"""What reading gives: the sentence of each line, the outline that indentation makes of them, the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from pokin_dsl.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Mistake:
    """A finding about one line; ``start`` and ``end`` count characters from the beginning of its sentence.

    ``replacement``, where given, mends the span; ``safe`` says that it cannot change what the author meant.
    """

    code: str
    severity: Severity
    start: int
    end: int
    message: str
    hint: str = ""
    replacement: str | None = None
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Point:
    """One ``key=value`` of a series as written; the key is empty for a value that stands alone."""

    key: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """``kunci: nilai``."""

    key: str
    text: str
    text_at: int
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeLine:
    """``JENIS [id] teks``; the id is empty where none is written."""

    kind: str
    id: str
    id_at: int
    text: str
    text_at: int
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class IncludeLine:
    """``sertakan jalur``."""

    text: str
    text_at: int
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotationLine:
    """``@nama kepala isi``; ``head`` is what the name expects first.

    The head is the id of an indicator, the unit of a series, a code, a partner, a stage, a rule or a trik; ``points``
    is the series of ``@awal``, ``@target``, ``@realisasi`` and ``@pagu``.
    """

    name: str
    head: str
    head_at: int
    text: str
    text_at: int
    points: tuple[Point, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that cannot be read; ``meant`` is what it most likely was to begin with, so that its branch is kept."""

    meant: str
    text: str
    mistakes: tuple[Mistake, ...]


Sentence = HeaderLine | NodeLine | IncludeLine | AnnotationLine | BrokenLine


@dataclass(frozen=True, slots=True)
class Shift:
    """How far something stands from where its lines say: characters and lines."""

    characters: int = 0
    lines: int = 0

    def plus(self, further: Shift) -> Shift:
        """Give this shift and a further one as one."""
        if further is HERE:
            return self
        return Shift(self.characters + further.characters, self.lines + further.lines)


HERE = Shift()


@dataclass(frozen=True, slots=True)
class LogicalLine:
    """A line with its continuations joined: ``content`` without indentation, ``start`` its offset in the source.

    ``joins`` maps offsets in ``content`` to offsets in the source, one pair for each continuation line.
    ``note`` is the raw block under a lone ``@catatan``, common indentation removed.
    """

    number: int
    start: int
    indent: int
    content: str
    comments: tuple[str, ...] = ()
    joins: tuple[tuple[int, int], ...] = ()
    note: str = ""

    def moved(self, by: Shift) -> LogicalLine:
        """Give the line where it stands once it has been moved with all around it."""
        if by is HERE:
            return self
        return LogicalLine(
            self.number + by.lines,
            self.start + by.characters,
            self.indent,
            self.content,
            self.comments,
            tuple((at, offset + by.characters) for at, offset in self.joins) if self.joins else (),
            self.note,
        )

    def span(self, start: int, end: int) -> Span:
        """Give the place in the source of a range of ``content``."""
        if not self.joins:
            return Span(self.start + start, self.start + end)
        return Span(self._offset(start), self._offset(max(end - 1, start)) + 1)

    def _offset(self, at: int) -> int:
        begin, base = 0, self.start
        for joined, offset in self.joins:
            if at >= joined:
                begin, base = joined, offset
        return base + at - begin

    def word(self, length: int) -> Span:
        """Give the span of a first word that is so long when written right; a misspelt one may be shorter."""
        return self.span(0, min(length, len(self.content)))

    def whole(self) -> Span:
        """Give the span of the line's own text, without its continuations."""
        first = self.joins[0][0] - 1 if self.joins else len(self.content)
        return Span(self.start, self.start + first)


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the outline with the lines that belong to it.

    ``shift`` is how far this block with all below it has moved, as a whole, from where their lines say. ``branch`` is
    what it was read as where that was remembered from one reading to the next.
    """

    sentence: Sentence
    line: LogicalLine
    children: tuple[Block, ...] = ()
    shift: Shift = HERE
    branch: Branch | None = None

    def placed(self) -> Block:
        """Give the block with its line where it stands in the file; what is below it is moved in its turn."""
        shift = self.shift
        if shift is HERE:
            return self
        below = tuple(Block(b.sentence, b.line, b.children, shift.plus(b.shift), b.branch) for b in self.children)
        return Block(self.sentence, self.line.moved(shift), below)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Branch:
    """A block read once for all places where its text may stand; lines and offsets count from its own beginning.

    It equals itself alone, so that what is made of it can be remembered by it. ``marked`` are those of its lines, as
    blocks without children, of which a reader of the whole file must know: with mistakes, headers, includes.
    ``extent`` is how far its text, with the comments above it, moves what follows.
    """

    block: Block
    marked: tuple[Block, ...] = ()
    extent: Shift = HERE


@dataclass(frozen=True, slots=True)
class Document:
    """The outline of one file: the lines before the first block, the blocks, the comments after the last."""

    source: Source
    headers: tuple[Block, ...]
    blocks: tuple[Block, ...]
    tail: tuple[str, ...] = ()
