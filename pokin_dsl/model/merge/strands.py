"""One version of a file as strands: each line of its outline with the very text that it was read from.

Merging works on these and not on the model, because what nobody changed must stay letter by letter: comments, blank
lines, the author's own breaks. The model only says which strand is which.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Severity
from pokin_dsl.model.diff.parts import meant
from pokin_dsl.syntax.nodes import (
    HERE,
    AnnotationLine,
    Block,
    BrokenLine,
    HeaderLine,
    IncludeLine,
    LogicalLine,
    NodeLine,
    Sentence,
)
from pokin_dsl.syntax.vocabulary import ANNOTATIONS, INDIKATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pokin_dsl.model.merge.knots import Knot
    from pokin_dsl.syntax.nodes import Document

UNIT = "satuan"
# The annotations that may say the unit of their indicator.
UNIT_SAYERS = (UNIT, "awal", "target", "realisasi")
NODES = "simpul"
# What a thing has once: two different ones, written by two sides, contradict each other.
_ONCE = frozenset(
    [
        *("arah", "definisi", "rumus", "sumber", "frekuensi", "iku", "satuan", "awal", "target", "realisasi", "pagu"),
        *("komponen", "jenjang", "pejabat", "nip", "eselon", "plt"),
    ]
)
_CODES = frozenset(["program", "kegiatan", "subkegiatan"])
_RANKS = {name: rank for rank, name in enumerate(ANNOTATIONS)}
_NO_LINE = LogicalLine(0, 0, -2, "")


@dataclass(slots=True, eq=False)
class Strand:
    """A line of one version: the physical lines above it (comments, blank ones), its own, and what stands below it.

    ``knot`` says what it is the same as in the other versions. A ``whole`` one is a branch that is the same in all of
    them: all of its lines are its own, and nothing is below it. The strand of a whole file has no sentence.
    """

    sentence: Sentence | None
    line: LogicalLine
    parent: Strand | None
    above: Sequence[str] = ()
    own: Sequence[str] = ()
    below: list[Strand] = field(default_factory=list)
    knot: Knot | None = None
    whole: bool = False
    said: dict[str, str] | None = None

    @property
    def facts(self) -> dict[str, str]:
        """Give what the line says, fact by fact; the unit of an indicator's series is no fact of one line."""
        if self.said is None:
            broken = isinstance(self.sentence, BrokenLine)
            self.said = {"baris": self.content} if broken else _facts(self.sentence, self.line)
        return self.said

    @property
    def content(self) -> str:
        """Give the text that all facts are read from: with a note, and of a broken line with all that goes with it."""
        if isinstance(self.sentence, BrokenLine):
            return branch_text(self.own, 0, len(self.own))
        return f"{self.line.content}\n{self.line.note}" if self.line.note else self.line.content

    @property
    def unit(self) -> str:
        """Give the unit that the line says, if it says one."""
        sentence = self.sentence
        if not isinstance(sentence, AnnotationLine) or sentence.name not in UNIT_SAYERS:
            return ""
        return meant(sentence.text if sentence.name == UNIT else sentence.head)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a file; ``tail`` are the physical lines after its last strand, ``by_line`` finds strands.

    ``document`` is the one that was taken apart, of each whole branch only the first line.
    """

    root: Strand
    tail: tuple[str, ...]
    by_line: dict[int, Strand]
    document: Document


def version(document: Document, common: frozenset[str] = frozenset()) -> Version:
    """Take a document apart, but for the ``common`` branches.

    Every physical line of it goes into exactly one strand, or into the tail.
    """
    taking = _Taking(physical_lines(document), common)
    blocks = taking.take((*document.headers, *document.blocks), taking.root)
    headers = tuple([block for block in blocks if isinstance(block.sentence, HeaderLine)])
    others = tuple([block for block in blocks if not isinstance(block.sentence, HeaderLine)])
    tail = tuple(taking.lines[taking.at :])
    return Version(taking.root, tail, taking.by_line, replace(document, headers=headers, blocks=others))


def physical_lines(document: Document) -> list[str]:
    """Give the lines of a file as they stand, without their ends."""
    return [line.removesuffix("\r") for line in document.source.text.split("\n")]


def group_of(strand: Strand) -> str:
    """Give among which of its siblings the place of a strand means something."""
    sentence = strand.sentence
    if isinstance(sentence, AnnotationLine):
        if sentence.name in _CODES:
            return "kode"
        return f"varian {sentence.head}" if sentence.name == "varian" else sentence.name
    return f"{sentence.key}:" if isinstance(sentence, HeaderLine) else NODES


def is_single(group: str) -> bool:
    """Say whether a thing has at most one of a group."""
    return group in _ONCE or group == "kode" or group.startswith("varian ") or group.endswith(":")


def rank_of(strand: Strand) -> int:
    """Give where a strand stands among unlike siblings in the canonical form."""
    sentence = strand.sentence
    if isinstance(sentence, HeaderLine):
        return -1
    return _RANKS.get(sentence.name, len(_RANKS)) if isinstance(sentence, AnnotationLine) else len(_RANKS) + 1


def is_part(strand: Strand) -> bool:
    """Say whether a strand is a node, position or indicator."""
    sentence = strand.sentence
    if isinstance(sentence, AnnotationLine):
        return sentence.name == INDIKATOR
    return isinstance(sentence, NodeLine)


def is_opaque(sentence: Sentence | None) -> bool:
    """Say whether a line is taken as a whole, because not all of it could be read."""
    if sentence is None or isinstance(sentence, BrokenLine):
        return True
    return any(mistake.severity is Severity.GALAT for mistake in sentence.mistakes)


def _facts(sentence: Sentence | None, line: LogicalLine) -> dict[str, str]:
    if sentence is None:
        return {}
    if is_opaque(sentence) or isinstance(sentence, BrokenLine):
        return {"baris": meant(line.content) + "\n" + line.note}
    if isinstance(sentence, NodeLine):
        return {"jenis": sentence.kind, "id": sentence.id, "teks": meant(sentence.text)}
    if isinstance(sentence, HeaderLine | IncludeLine):
        return {"teks": meant(sentence.text)}
    return _annotation_facts(sentence, line)


def _annotation_facts(sentence: AnnotationLine, line: LogicalLine) -> dict[str, str]:
    if sentence.name == INDIKATOR:
        return {"id": sentence.head, "teks": meant(sentence.text)}
    if sentence.points and len({point.key for point in sentence.points}) == len(sentence.points):
        series = {point.key: point.value for point in sentence.points}
        return series if sentence.name in UNIT_SAYERS else {"kepala": sentence.head, **series}
    if sentence.name == UNIT:
        return {}
    # A code, a partner, a stage or a rule means nothing without what is said of it: all of the line is one fact.
    return {"isi": f"@{sentence.name} {sentence.head}\n{line.note or meant(sentence.text)}"}


class _Taking:
    """The strands while they are taken; ``at`` is the first physical line that is not yet in one."""

    def __init__(self, lines: Sequence[str], common: frozenset[str]) -> None:
        self.lines = lines
        self.common = common
        self.heads = frozenset([text.split("\n", 1)[0] for text in common])
        self.at = 0
        self.root = Strand(None, _NO_LINE, None)
        self.by_line: dict[int, Strand] = {}

    def take(self, blocks: Sequence[Block], parent: Strand) -> tuple[Block, ...]:
        """Take blocks apart; gives them without what is below a whole branch."""
        placed = [block.placed() for block in blocks]
        if parent is self.root:
            placed.sort(key=lambda block: block.line.number)
        return tuple([self._take(block, parent) for block in placed])

    def _take(self, block: Block, parent: Strand) -> Block:
        line = block.line
        start = line.number - 1
        strand = Strand(block.sentence, line, parent, self.lines[self.at : start])
        parent.below.append(strand)
        self.by_line[line.number] = strand
        whole = self._whole_end(block, start)
        if whole or isinstance(block.sentence, BrokenLine):
            # What stands below a line that cannot be read goes with it: nobody knows whose it is.
            self.at = whole or branch_end(block, self.lines)
            strand.own, strand.whole = self.lines[start : self.at], bool(whole)
            return Block(block.sentence, line) if whole else block
        self.at = line_end(line, self.lines)
        strand.own = self.lines[start : self.at]
        return Block(block.sentence, line, self.take(block.children, strand)) if block.children else block

    def _whole_end(self, block: Block, start: int) -> int:
        """Give the end of a branch that is the same in all versions, else 0."""
        if self.lines[start].lstrip() not in self.heads:
            return 0
        end = branch_end(block, self.lines)
        return end if branch_text(self.lines, start, end) in self.common else 0


def line_end(line: LogicalLine, lines: Sequence[str]) -> int:
    """Give the physical line behind a logical one, with its continuations or the note below it."""
    if line.note:
        return line.number + line.note.count("\n") + 1
    end = line.number
    for _ in line.joins:
        end += 1
        while not lines[end - 1].lstrip().startswith("|") or lines[end - 1].strip() == "|":
            end += 1
    return end


def branch_end(block: Block, lines: Sequence[str]) -> int:
    """Give the physical line behind a placed block and all that stands below it."""
    shift = HERE
    while block.children:
        block = block.children[-1]
        shift = shift.plus(block.shift)
    return line_end(block.line.moved(shift), lines)


def branch_text(lines: Sequence[str], start: int, end: int) -> str:
    """Give some lines as they would stand at the left edge."""
    text = "\n".join(lines[start:end])
    margin = len(text) - len(text.lstrip())
    return text[margin:].replace("\n" + text[:margin], "\n") if margin else text
