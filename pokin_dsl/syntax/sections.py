"""A text cut into sections that are read once and remembered, and the outline that they make together.

A section begins with a line that stands far to the left, and the comments and blank lines above it; so an edit makes
one section new, and all others are known already. A first reading and a later one are the same code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pokin_dsl.syntax.characters import has_replacements, has_typography, plain_text
from pokin_dsl.syntax.layout import Outline
from pokin_dsl.syntax.lines import NONE, STEP, Lines, logical_lines
from pokin_dsl.syntax.markers import has_markers
from pokin_dsl.syntax.nodes import HERE, Block, Branch, HeaderLine, IncludeLine, LogicalLine, NodeLine, Sentence, Shift
from pokin_dsl.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ReadSentence = Callable[[str], Sentence]

# A tree is cut at its csf and kondisi; a section that is longer is cut at what stands deeper.
_DEPTHS = (4, 6, 8, 10)
_LONG = 1 << 15
# In characters: enough for 500 trees of 100 nodes beside one of 10,000. Each costs 9 bytes with all that is read of it.
_MOST_REMEMBERED = 20_000_000
# What a section costs beside its text, in characters, so that a million tiny ones are not thought to be nothing.
_COST = 200
_TOLD = (HeaderLine, IncludeLine)


@dataclass(frozen=True, slots=True)
class Section:
    """What a stretch of text holds, as if it were a file of its own.

    ``ends`` counts the line ends; ``forbidden`` and ``pasted`` say that it may hold characters of P009, P010 and P015.
    ``branch`` is all of its lines as one block, where they make one without any oddity.
    """

    lines: Lines
    length: int
    ends: int
    forbidden: bool
    pasted: bool
    branch: Branch | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A section where it stands in the file."""

    section: Section
    shift: Shift

    def span(self) -> Span:
        """Give its place in the source."""
        return Span(self.shift.characters, self.shift.characters + self.section.length)


def read_sections(text: str, read_sentence: ReadSentence) -> tuple[Placed, ...]:
    """Read a text section by section, each only if it is not remembered."""
    if has_markers(text):
        # What a marker hides may reach from one section into another.
        return (in_one_piece(text),)
    sections: list[Placed] = []
    ends, note = 0, NONE
    for start, end in _stretches(text, 0, len(text), _DEPTHS):
        section = _remembered(text[start:end], read_sentence)
        if 0 <= note < section.lines.first:
            # The text was cut within a raw note. That is rare, and hostile text could make it happen at every line.
            return (*sections[:-1], in_one_piece(text, sections[-1].shift))
        sections.append(Placed(section, Shift(start, ends) if start else HERE))
        ends += section.ends
        note = section.lines.note
    return tuple(sections)


def in_one_piece(text: str, shift: Shift = HERE) -> Placed:
    """Read a text, from a place in it on, as one section, without looking for a branch and without remembering it."""
    return Placed(_read(text[shift.characters :], None), shift)


def outline(sections: Sequence[Placed], read_sentence: ReadSentence) -> tuple[Outline, tuple[str, ...]]:
    """Place all sections under each other: those that are a branch as a whole, the others line by line.

    Returns the outline and the comments after the last line.
    """
    growing = Outline()
    comments: tuple[str, ...] = ()
    for one, after in zip(sections, (*sections[1:], None), strict=True):
        lines = one.section.lines
        branch = one.section.branch
        if branch is None or comments or _goes_on(branch, after) or not growing.take(branch, one.shift):
            for line in _with_comments(lines.lines, comments):
                growing.add(line.moved(one.shift), read_sentence(line.content))
        # Only the first section can be without lines.
        comments = lines.tail
    return growing, comments


def is_marked(sentence: Sentence) -> bool:
    """Say whether a reader of the whole file must know of a line, wherever it stands: see ``Branch``."""
    return type(sentence) in _TOLD or bool(sentence.mistakes)


def forget() -> None:
    """Forget all sections, as if nothing had been read."""
    _MEMORY.forget()


class _Memory:
    """Sections by their reader and text; what nobody asked for while so much else came in is forgotten.

    Two threads may read the same section at once, or forget at once; both only cost a reading.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.young: dict[tuple[ReadSentence, str], Section] = {}
        self.old: dict[tuple[ReadSentence, str], Section] = {}
        self.size = 0

    def find(self, key: tuple[ReadSentence, str]) -> Section | None:
        """Give a section if it is remembered."""
        found = self.young.get(key)
        if found is None and (found := self.old.get(key)) is not None:
            self.keep(key, found)
        return found

    def keep(self, key: tuple[ReadSentence, str], section: Section) -> Section:
        """Remember a section; give the one that is remembered."""
        self.size += section.length + _COST
        if self.size > _MOST_REMEMBERED:
            self.old, self.young, self.size = self.young, {}, 0
        return self.young.setdefault(key, section)


_MEMORY = _Memory()


def _remembered(text: str, read_sentence: ReadSentence) -> Section:
    key = (read_sentence, text)
    found = _MEMORY.find(key)
    return _MEMORY.keep(key, _read(text, read_sentence)) if found is None else found


def _read(text: str, read_sentence: ReadSentence | None) -> Section:
    """Read a section; without a reader of sentences no branch is looked for."""
    plain = plain_text(text)
    lines, ends = logical_lines(plain), text.count("\n")
    marked: list[Block] = []
    block = _one_block(lines, read_sentence, marked) if read_sentence else None
    branch = Branch(block, tuple(marked), Shift(len(text), ends)) if block else None
    return Section(lines, len(text), ends, has_replacements(plain), has_typography(text), branch)


def _one_block(found: Lines, read_sentence: ReadSentence, marked: list[Block]) -> Block | None:
    """Give all lines as one block, where their places in a file would be as here; collect those that are marked."""
    lines = found.lines
    if not lines or type(read_sentence(lines[0].content)) is not NodeLine:
        return None
    level, odd = divmod(lines[0].indent, STEP)
    if odd or (len(lines) > 1 and min([line.indent for line in lines[1:]]) <= lines[0].indent):
        return None
    growing = Outline(level)
    for line in lines:
        sentence = read_sentence(line.content)
        growing.add(line, sentence)
        if is_marked(sentence):
            marked.append(Block(sentence, line))
    block, *others = growing.finished()
    return block if growing.is_plain and not others else None


def _goes_on(branch: Branch, after: Placed | None) -> bool:
    """Say whether the next section may stand below the head of a branch, so that it cannot be closed yet."""
    if after is None:
        return False
    return after.section.lines.lines[0].indent > branch.block.line.indent


def _with_comments(lines: tuple[LogicalLine, ...], comments: tuple[str, ...]) -> tuple[LogicalLine, ...]:
    if not comments or not lines:
        return lines
    return (replace(lines[0], comments=comments + lines[0].comments), *lines[1:])


def _heads(depth: int) -> re.Pattern[str]:
    """Find line ends before a line that stands at most so deep and begins with a word, which is group 2.

    A lone ``@catatan`` is found with its whole raw note, so that no line of the note is taken for a head. What is
    missed or found too much costs time, never meaning.
    """
    note = r"(?i:@catatan)[ \t:]*\r?(?=\n)(?:\n(?:\1[ \t][^\n]*|[ \t\r]*(?=\n)))*"
    return re.compile(rf"\n([ ]{{0,{depth}}})(?:([^\s@#|])|{note})")


_HEADS = {depth: _heads(depth) for depth in _DEPTHS}


def _stretches(text: str, start: int, end: int, depths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cut a text, or a part of it, into stretches of whole lines."""
    for one, two in pairwise((*_cuts(text, start, end, depths[0]), end)):
        if two - one > _LONG and len(depths) > 1:
            yield from _stretches(text, one, two, depths[1:])
        else:
            yield one, two


def _cuts(text: str, start: int, end: int, depth: int) -> Iterator[int]:
    """Give the start of the part, then of every head in it, each with what stands above it."""
    yield start
    before = start - 1
    for found in _HEADS[depth].finditer(text, start, end):
        if found[2]:
            head = found.start() + 1
            at = _above(text, before, head, len(found[1]))
            if at > start:
                yield at
            before = head


def _above(text: str, before: int, at: int, indent: int) -> int:
    """Go up from a head over blank lines and comments that stand no deeper; the line with ``before`` stays out."""
    while at > before + 1:
        start = text.rfind("\n", max(before, 0), at - 1) + 1
        if start <= before or not _belongs_to_head(text[start:at], indent):
            return at
        at = start
    return at


def _belongs_to_head(line: str, indent: int) -> bool:
    content = line.strip()
    return not content or (content[0] == "#" and len(line) - len(line.lstrip()) <= indent)
