"""Indentation to outline: logical lines to blocks, one by one or a remembered branch at a time.

Every oddity of indentation becomes a finding, and the line still finds a place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Edit, Fix, Severity
from pokin_dsl.syntax.lines import HABIT_LINES, NONE, STEP
from pokin_dsl.syntax.nodes import AnnotationLine, Block, BrokenLine, HeaderLine, LogicalLine, NodeLine, Sentence
from pokin_dsl.syntax.vocabulary import ANNOTATIONS, CHILDREN, INDIKATOR, MOST_DEPTH
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from pokin_dsl.syntax.nodes import Branch, Shift

# An indicator and what belongs to it may stand below the deepest node.
_ANNOTATED = 2


_Shifted = tuple[int, int, list[LogicalLine]]
"""Lines that are off their column together: the step of the first, its depth, the lines."""


@dataclass(slots=True)
class _Frame:
    line: LogicalLine | None
    sentence: Sentence | None
    indent: int
    children: list[Block] = field(default_factory=list)
    shift: list[LogicalLine] | None = None


class Outline:
    """The stack of open levels while an outline grows; used for one stretch of text, then thrown away.

    ``level`` is how many levels are open around what is added: 0 for a whole file.
    """

    def __init__(self, level: int = 0) -> None:
        self.level = level
        self.stack = [_Frame(None, None, (level - 1) * STEP)]
        self.headers: list[Block] = []
        self.shifted: list[_Shifted] = []
        self.deep: list[LogicalLine] = []
        self.too_deep = NONE
        self.begun = False

    @property
    def is_plain(self) -> bool:
        """Say whether all that was added stands at its column and within the depth limit, and is no header."""
        return not (self.shifted or self.deep or self.headers)

    def add(self, line: LogicalLine, sentence: Sentence) -> None:
        """Place one line."""
        indent = line.indent
        if self._is_beyond(indent):
            return
        stack = self.stack
        while stack[-1].indent >= indent:
            self._close()
        if indent - stack[-1].indent < STEP and _cannot_hold(stack[-1].sentence, sentence):
            # One space too many, and only a sibling can be meant.
            self._close()
        parent = stack[-1]
        if len(stack) == 1 and not self.begun and _is_header(sentence):
            self.headers.append(Block(sentence, line))
            if indent:
                self._odd(line, parent)
            return
        self.begun = self.begun or type(sentence) is not BrokenLine
        depth = self.level + len(stack)
        if depth > MOST_DEPTH and depth > MOST_DEPTH + (_ANNOTATED if type(sentence) is AnnotationLine else 0):
            self.too_deep = indent
            self.deep.append(line)
            return
        shift = self._odd(line, parent) if indent != (depth - 1) * STEP else None
        if _opens_level(sentence):
            stack.append(_Frame(line, sentence, indent, [], shift))
        else:
            parent.children.append(Block(sentence, line))

    def take(self, branch: Branch, shift: Shift) -> bool:
        """Place a branch as a whole, as adding its lines would; only where its head and what holds it stand right.

        The branch is closed: the next line must not stand deeper than its head. Gives False where it was not placed.
        """
        head = branch.block
        indent = head.line.indent
        if self._is_beyond(indent):
            return False
        stack = self.stack
        while stack[-1].indent >= indent:
            self._close()
        if indent != (self.level + len(stack) - 1) * STEP or indent - stack[-1].indent != STEP:
            return False
        self.begun = True
        stack[-1].children.append(Block(head.sentence, head.line, head.children, shift, branch))
        return True

    def finished(self) -> tuple[Block, ...]:
        """Close what is open and give the blocks at the top."""
        while len(self.stack) > 1:
            self._close()
        return tuple(self.stack[0].children)

    def findings(self, source: Source) -> tuple[Diagnostic, ...]:
        """Tell of branches that are too deep and of odd indents."""
        return (*(_deep(source, line) for line in self.deep), *_indent_findings(source, self.shifted))

    def _is_beyond(self, indent: int) -> bool:
        """Say whether a line stands below one that was too deep."""
        if 0 <= self.too_deep <= indent:
            return True
        self.too_deep = NONE
        return False

    def _close(self) -> None:
        frame = self.stack.pop()
        if frame.line is not None and frame.sentence is not None:
            self.stack[-1].children.append(Block(frame.sentence, frame.line, tuple(frame.children)))

    def _odd(self, line: LogicalLine, parent: _Frame) -> list[LogicalLine]:
        """Remember a line that does not stand at its level's column; it shares the finding of an odd parent.

        So do lines at the top with each other: a file that stands indented as a whole is one mistake.
        """
        step = line.indent - parent.indent
        if step == STEP and parent.shift is not None:
            parent.shift.append(line)
            return parent.shift
        group = [line]
        if parent.line is None:
            if parent.shift and parent.shift[0].indent == line.indent:
                parent.shift.append(line)
                return parent.shift
            parent.shift = group
        self.shifted.append((step, self.level + len(self.stack) - 1, group))
        return group


def _cannot_hold(above: Sentence | None, below: Sentence) -> bool:
    """Say whether a line may surely not stand under another one."""
    if isinstance(above, NodeLine):
        owner = above.kind
    elif isinstance(above, AnnotationLine):
        owner = above.name
    else:
        return False
    if isinstance(below, NodeLine):
        return below.kind not in CHILDREN.get(owner, ())
    return isinstance(below, AnnotationLine) and owner not in ANNOTATIONS.get(below.name, (owner,))


def _is_header(sentence: Sentence) -> bool:
    """Say whether a line is a header or a misspelt one, which must not push the headers below it out of place."""
    if type(sentence) is HeaderLine:
        return True
    return type(sentence) is BrokenLine and sentence.mistakes[0].code == "P005"


def _opens_level(sentence: Sentence) -> bool:
    if isinstance(sentence, NodeLine):
        return True
    if isinstance(sentence, AnnotationLine):
        return sentence.name == INDIKATOR
    return isinstance(sentence, BrokenLine) and not sentence.text.startswith("@")


def _indent_findings(source: Source, shifted: list[_Shifted]) -> list[Diagnostic]:
    steps = Counter(step for step, depth, _ in shifted if depth)
    habit, times = steps.most_common(1)[0] if steps else (0, 0)
    if times < HABIT_LINES:
        habit = 0
    usual = [(depth, group) for step, depth, group in shifted if habit and depth and step == habit]
    others = [one for one in shifted if not (habit and one[1] and one[0] == habit)]
    found = [_habit(source, habit, usual)] if usual else []
    return found + [_odd_finding(source, *one) for one in others]


def _odd_finding(source: Source, step: int, depth: int, group: list[LogicalLine]) -> Diagnostic:
    first, want = group[0], depth * STEP
    by = first.indent - want
    edits = tuple(_reindent(source, line, line.indent - by) for line in group if line.indent >= by)
    where = f"{want} spasi" if want else "di tepi kiri"
    message = f"Baris ini menjorok {first.indent} spasi, padahal tempatnya {where}."
    hint = f"Jadikan {want} spasi: dua spasi untuk tiap tingkat." if want else "Mulai baris ini dari tepi kiri."
    if step < STEP:
        hint = f"Sejajarkan dengan baris setingkat di atasnya, atau jadikan {want} spasi bila memang di bawahnya."
    # One space more than the parent may have meant a sibling as well as a child: no safe fix.
    fix = Fix(f"jadikan {want} spasi", edits, safe=step > STEP)
    span = Span(first.start - _margin(source, first), first.start)
    return Diagnostic("P002", Severity.GALAT, source.path, span, message, hint, fix=fix)


def _margin(source: Source, line: LogicalLine) -> int:
    return line.start - source.line_starts[line.number - 1]


def _reindent(source: Source, line: LogicalLine, columns: int) -> Edit:
    return Edit(source.path, Span(line.start - _margin(source, line), line.start), " " * columns)


def _deep(source: Source, line: LogicalLine) -> Diagnostic:
    message = f"Cabang ini lebih dalam dari {MOST_DEPTH} tingkat; baris ini dan turunannya tidak dibaca."
    hint = "Pindahkan cabang ini lebih dekat ke outcome."
    return Diagnostic("P012", Severity.GALAT, source.path, line.whole(), message, hint)


def _habit(source: Source, step: int, groups: list[tuple[int, list[LogicalLine]]]) -> Diagnostic:
    edits: list[Edit] = []
    for depth, group in groups:
        by = group[0].indent - depth * STEP
        edits.extend(_reindent(source, line, line.indent - by) for line in group)
    first = groups[0][1][0]
    message = f"Berkas ini memakai {step} spasi untuk tiap tingkat, padahal seharusnya {STEP}."
    hint = f"Ubah indentasi seluruh berkas menjadi {STEP} spasi tiap tingkat."
    span = Span(first.start - _margin(source, first), first.start)
    fix = Fix(hint.removesuffix(".").lower(), tuple(edits), safe=step > STEP)
    return Diagnostic("P002", Severity.GALAT, source.path, span, message, hint, fix=fix)
