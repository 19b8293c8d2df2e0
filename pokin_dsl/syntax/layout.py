"""Indentation to outline: physical lines to logical lines, logical lines to blocks.

Stateless between calls; every oddity of indentation becomes a finding, and the line still finds a place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Edit, Fix, Severity
from pokin_dsl.syntax.nodes import AnnotationLine, Block, BrokenLine, HeaderLine, LogicalLine, NodeLine, Sentence
from pokin_dsl.syntax.vocabulary import ANNOTATIONS, CHILDREN, INDIKATOR, MOST_DEPTH, MOST_LINE_CHARACTERS
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

STEP = 2
_LONE_NOTE = "@catatan"
_NOTE_LENGTH = len(_LONE_NOTE)
# An indicator and what belongs to it may stand below the deepest node.
_ANNOTATED = 2
# A whole file in steps of four spaces is one habit, not five hundred mistakes.
_HABIT_LINES = 8


@dataclass(slots=True)
class _Draft:
    """A logical line while its continuations, or the raw block under it, are still being read."""

    number: int
    start: int
    indent: int
    content: str
    comments: tuple[str, ...]
    joins: list[tuple[int, int]] = field(default_factory=list)
    note: list[str] = field(default_factory=list)

    def finished(self) -> LogicalLine:
        return LogicalLine(
            self.number,
            self.start,
            self.indent,
            self.content,
            self.comments,
            tuple(self.joins),
            _dedented(self.note) if self.note else "",
        )


@dataclass(frozen=True, slots=True)
class Lines:
    """What the first pass gives: logical lines, comments after the last, offsets of raw note lines, findings.

    ``cut`` holds the numbers of lines that were too long to be read whole.
    """

    lines: tuple[LogicalLine, ...]
    tail: tuple[str, ...]
    raw: tuple[Span, ...]
    cut: frozenset[int]
    diagnostics: tuple[Diagnostic, ...]


def logical_lines(source: Source, text: str) -> Lines:
    """Join continuations, collect comments and raw note blocks; ``text`` is the source's with spaces made plain.

    ``text`` has the length of ``source.text``, so that offsets are those of the source.
    """
    drafts: list[_Draft] = []
    diagnostics: list[Diagnostic] = []
    comments: list[str] = []
    raw: list[Span] = []
    tabbed: list[tuple[Span, int]] = []
    cut: set[int] = set()
    note: _Draft | None = None
    offset = 0
    for number, line in enumerate(text.split("\n"), 1):
        start, offset = offset, offset + len(line) + 1
        content = line.strip()
        if not content:
            if note:
                note.note.append("")
            continue
        margin = len(line) - len(line.lstrip())
        indent = margin if "\t" not in line[:margin] else _tab_width(line[:margin])
        if note and indent > note.indent:
            note.note.append(" " * indent + content if "\t" in line[:margin] else line.rstrip())
            raw.append(Span(start, start + len(line)))
            continue
        note = None
        first = content[0]
        if first == "#":
            comments.append(content)
            raw.append(Span(start, start + len(line)))
            continue
        if "\t" in line[:margin]:
            tabbed.append((Span(start, start + margin), indent))
        if len(content) > MOST_LINE_CHARACTERS:
            diagnostics.append(_long(source, start + margin, len(content)))
            content = content[:MOST_LINE_CHARACTERS]
            cut.add(number)
        if first == "|":
            problem = None if number in cut else _continue(source, drafts, content, start + margin, indent)
            if problem:
                diagnostics.append(problem)
            continue
        draft = _Draft(number, start + margin, indent, content.replace("\t", " "), tuple(comments))
        comments.clear()
        drafts.append(draft)
        note = draft if first == "@" and _opens_note(content) else None
    found = (*diagnostics, *_tab_findings(source, tabbed))
    return Lines(tuple(d.finished() for d in drafts), tuple(comments), tuple(raw), frozenset(cut), found)


def outline(
    source: Source,
    lines: Iterable[LogicalLine],
    read_sentence: Callable[[str], Sentence],
) -> tuple[tuple[Block, ...], tuple[Block, ...], tuple[Diagnostic, ...]]:
    """Read each line and put it under the nearest less indented node, indicator or position.

    Returns the headers, the blocks at the top, and the findings of indentation and depth.
    """
    builder = _Outline(source)
    for line in lines:
        builder.add(line, read_sentence(line.content))
    return builder.finished()


@dataclass(slots=True)
class _Frame:
    line: LogicalLine | None
    sentence: Sentence | None
    indent: int
    children: list[Block] = field(default_factory=list)
    shift: list[LogicalLine] | None = None


class _Outline:
    """The stack of open levels while the outline grows; used for one file, then thrown away."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.stack = [_Frame(None, None, -STEP)]
        self.headers: list[Block] = []
        self.shifted: list[tuple[int, int, list[LogicalLine]]] = []
        self.diagnostics: list[Diagnostic] = []
        self.too_deep = -1
        self.begun = False

    def add(self, line: LogicalLine, sentence: Sentence) -> None:
        """Place one line."""
        indent = line.indent
        if self.too_deep >= 0:
            if indent >= self.too_deep:
                return
            self.too_deep = -1
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
        if len(stack) > MOST_DEPTH and len(stack) > MOST_DEPTH + (
            _ANNOTATED if type(sentence) is AnnotationLine else 0
        ):
            self.too_deep = indent
            self.diagnostics.append(_deep(self.source, line))
            return
        shift = self._odd(line, parent) if indent != (len(stack) - 1) * STEP else None
        if _opens_level(sentence):
            stack.append(_Frame(line, sentence, indent, [], shift))
        else:
            parent.children.append(Block(sentence, line))

    def finished(self) -> tuple[tuple[Block, ...], tuple[Block, ...], tuple[Diagnostic, ...]]:
        """Close what is open and tell of the odd indents."""
        while len(self.stack) > 1:
            self._close()
        return tuple(self.headers), tuple(self.stack[0].children), (*self.diagnostics, *self._indent_findings())

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
        self.shifted.append((step, len(self.stack) - 1, group))
        return group

    def _indent_findings(self) -> list[Diagnostic]:
        steps = Counter(step for step, depth, _ in self.shifted if depth)
        habit, times = steps.most_common(1)[0] if steps else (0, 0)
        if times < _HABIT_LINES:
            habit = 0
        usual = [(depth, group) for step, depth, group in self.shifted if habit and depth and step == habit]
        others = [one for one in self.shifted if not (habit and one[1] and one[0] == habit)]
        found = [_habit(self.source, habit, usual)] if usual else []
        return found + [self._odd_finding(step, depth, group) for step, depth, group in others]

    def _odd_finding(self, step: int, depth: int, group: list[LogicalLine]) -> Diagnostic:
        first, want = group[0], depth * STEP
        by = first.indent - want
        edits = tuple(_reindent(self.source, line, line.indent - by) for line in group if line.indent >= by)
        where = f"{want} spasi" if want else "di tepi kiri"
        message = f"Baris ini menjorok {first.indent} spasi, padahal tempatnya {where}."
        hint = f"Jadikan {want} spasi: dua spasi untuk tiap tingkat." if want else "Mulai baris ini dari tepi kiri."
        if step < STEP:
            hint = f"Sejajarkan dengan baris setingkat di atasnya, atau jadikan {want} spasi bila memang di bawahnya."
        # One space more than the parent may have meant a sibling as well as a child: no safe fix.
        fix = Fix(f"jadikan {want} spasi", edits, safe=step > STEP)
        span = Span(first.start - _margin(self.source, first), first.start)
        return Diagnostic("P002", Severity.GALAT, self.source.path, span, message, hint, fix=fix)


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


def _opens_note(content: str) -> bool:
    """Say whether a raw block may follow: a lone ``@catatan``, also as it is often misspelt."""
    short = len(content) <= _NOTE_LENGTH + 2
    return short and content[:_NOTE_LENGTH].casefold() == _LONE_NOTE and content[_NOTE_LENGTH:].strip() in ("", ":")


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


def _tab_width(margin: str) -> int:
    return sum(STEP if character == "\t" else 1 for character in margin)


def _dedented(lines: list[str]) -> str:
    while lines and not lines[-1]:
        lines.pop()
    margins = [len(line) - len(line.lstrip(" ")) for line in lines if line]
    common = min(margins, default=0)
    return "\n".join(line[common:] for line in lines)


def _margin(source: Source, line: LogicalLine) -> int:
    return line.start - source.line_starts[line.number - 1]


def _reindent(source: Source, line: LogicalLine, columns: int) -> Edit:
    return Edit(source.path, Span(line.start - _margin(source, line), line.start), " " * columns)


def _continue(source: Source, drafts: list[_Draft], content: str, at: int, indent: int) -> Diagnostic | None:
    text = content[1:].replace("\t", " ").lstrip()
    if not drafts or indent <= drafts[-1].indent or _opens_note(drafts[-1].content):
        message = "Baris sambungan ini tidak berada di bawah baris yang disambungnya."
        hint = "Letakkan tepat di bawah baris itu, lebih menjorok daripadanya, diawali | dan spasi."
        return Diagnostic("P018", Severity.GALAT, source.path, Span(at, at + len(content)), message, hint)
    draft = drafts[-1]
    if text and len(draft.content) + len(text) < MOST_LINE_CHARACTERS:
        draft.joins.append((len(draft.content) + 1, at + len(content) - len(text)))
        draft.content += " " + text
    elif text:
        return _long(source, at, len(draft.content) + len(text))
    return None


def _tab_findings(source: Source, tabbed: list[tuple[Span, int]]) -> list[Diagnostic]:
    """Tell of tabs in the indentation: each line, or a whole file at once where they are its habit."""
    edits = [Edit(source.path, span, " " * indent) for span, indent in tabbed]
    if len(tabbed) < _HABIT_LINES:
        return [_tabs(source, "Indentasi baris ini memakai tab.", (edit,)) for edit in edits]
    return [_tabs(source, f"Berkas ini memakai tab untuk indentasi, di {len(tabbed)} baris.", tuple(edits))]


def _tabs(source: Source, message: str, edits: tuple[Edit, ...]) -> Diagnostic:
    fix = Fix("ganti tab dengan spasi", edits)
    hint = "Ganti setiap tab dengan dua spasi."
    return Diagnostic("P001", Severity.GALAT, source.path, edits[0].span, message, hint, fix=fix)


def _long(source: Source, at: int, length: int) -> Diagnostic:
    message = f"Baris ini terlalu panjang ({length} karakter; batasnya {MOST_LINE_CHARACTERS})."
    hint = "Pecah menjadi beberapa baris fakta, atau pindahkan uraiannya ke @catatan."
    return Diagnostic("P011", Severity.GALAT, source.path, Span(at, at + 1), message, hint)


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
