"""Physical lines to logical lines: continuations joined, comments and raw notes kept, oddities remembered.

Offsets and line numbers count from the beginning of the text that is read, which may be a stretch of a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Edit, Fix, Severity
from pokin_dsl.syntax.markers import has_markers, marked_lines
from pokin_dsl.syntax.nodes import LogicalLine
from pokin_dsl.syntax.vocabulary import MOST_LINE_CHARACTERS
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP = 2
# A whole file in steps of four spaces, or indented by tabs, is one habit, not five hundred mistakes.
HABIT_LINES = 8
# What stands for an indentation where there is no line.
NONE = -1
_LONE_NOTE = "@catatan"
_NOTE_LENGTH = len(_LONE_NOTE)


@dataclass(frozen=True, slots=True)
class Oddity:
    """A line that is too long (P011), continues none (P018) or marks a conflict (P020): where it begins, its length."""

    code: str
    at: int
    length: int


@dataclass(frozen=True, slots=True)
class Lines:
    """What a stretch of text holds: logical lines, comments after the last, raw spans of comments and notes.

    ``cut`` holds the numbers of lines that were too long to be read whole, ``tabbed`` the indentations that hold tabs,
    with their width. ``first`` is the indentation of the first line that is not blank, ``note`` that of the line whose
    raw note is still open at the end; both are ``NONE`` where there is no such line.
    """

    lines: tuple[LogicalLine, ...]
    tail: tuple[str, ...]
    raw: tuple[Span, ...]
    cut: frozenset[int]
    tabbed: tuple[tuple[Span, int], ...]
    oddities: tuple[Oddity, ...]
    first: int
    note: int


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


def logical_lines(text: str) -> Lines:
    """Join continuations, collect comments and raw note blocks; ``text`` is as ``plain_text`` gives it."""
    drafts: list[_Draft] = []
    comments: list[str] = []
    raw: list[Span] = []
    tabbed: list[tuple[Span, int]] = []
    cut: set[int] = set()
    note: _Draft | None = None
    offset = 0
    physical, oddities = _physical_lines(text)
    for number, line in enumerate(physical, 1):
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
            oddities.append(Oddity("P011", start + margin, len(content)))
            content = content[:MOST_LINE_CHARACTERS]
            cut.add(number)
        if first == "|":
            odd = None if number in cut else _continue(drafts, content, start + margin, indent)
            if odd:
                oddities.append(odd)
            continue
        draft = _Draft(number, start + margin, indent, content.replace("\t", " "), tuple(comments))
        comments.clear()
        drafts.append(draft)
        note = draft if first == "@" and _opens_note(content) else None
    return Lines(
        tuple(draft.finished() for draft in drafts),
        tuple(comments),
        tuple(raw),
        frozenset(cut),
        tuple(tabbed),
        tuple(oddities),
        _first_indent(text),
        note.indent if note else NONE,
    )


def _physical_lines(text: str) -> tuple[list[str], list[Oddity]]:
    """Cut a text into lines; those that conflict markers hide are blank, so that a note goes on behind them."""
    lines = text.split("\n")
    if not has_markers(text):
        return lines, []
    hidden, told = marked_lines(lines)
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    oddities = [Oddity("P020", starts[number], len(lines[number].rstrip())) for number in told]
    return [" " * len(line) if number in hidden else line for number, line in enumerate(lines)], oddities


def odd_finding(source: Source, odd: Oddity, by: int) -> Diagnostic:
    """Tell of an oddity in a stretch that begins at offset ``by``."""
    at = odd.at + by
    if odd.code == "P018":
        message = "Baris sambungan ini tidak berada di bawah baris yang disambungnya."
        hint = "Letakkan tepat di bawah baris itu, lebih menjorok daripadanya, diawali | dan spasi."
        return Diagnostic("P018", Severity.GALAT, source.path, Span(at, at + odd.length), message, hint)
    if odd.code == "P020":
        message = "Di sini ada dua versi yang belum dipilih (penanda konflik hasil penggabungan)."
        hint = "Hapus versi yang tidak dipakai, lalu hapus baris <<<<<<<, =======, dan >>>>>>>."
        return Diagnostic("P020", Severity.GALAT, source.path, Span(at, at + odd.length), message, hint)
    message = f"Baris ini terlalu panjang ({odd.length} karakter; batasnya {MOST_LINE_CHARACTERS})."
    hint = "Pecah menjadi beberapa baris fakta, atau pindahkan uraiannya ke @catatan."
    return Diagnostic("P011", Severity.GALAT, source.path, Span(at, at + 1), message, hint)


def tab_findings(source: Source, tabbed: Sequence[tuple[Span, int]]) -> list[Diagnostic]:
    """Tell of tabs in the indentation: each line, or a whole file at once where they are its habit."""
    edits = [Edit(source.path, span, " " * indent) for span, indent in tabbed]
    if len(tabbed) < HABIT_LINES:
        return [_tabs(source, "Indentasi baris ini memakai tab.", (edit,)) for edit in edits]
    return [_tabs(source, f"Berkas ini memakai tab untuk indentasi, di {len(tabbed)} baris.", tuple(edits))]


def _tabs(source: Source, message: str, edits: tuple[Edit, ...]) -> Diagnostic:
    fix = Fix("ganti tab dengan spasi", edits)
    hint = "Ganti setiap tab dengan dua spasi."
    return Diagnostic("P001", Severity.GALAT, source.path, edits[0].span, message, hint, fix=fix)


def _opens_note(content: str) -> bool:
    """Say whether a raw block may follow: a lone ``@catatan``, also as it is often misspelt."""
    short = len(content) <= _NOTE_LENGTH + 2
    return short and content[:_NOTE_LENGTH].casefold() == _LONE_NOTE and content[_NOTE_LENGTH:].strip() in ("", ":")


def _first_indent(text: str) -> int:
    start = len(text) - len(text.lstrip())
    return NONE if start == len(text) else _tab_width(text[text.rfind("\n", 0, start) + 1 : start])


def _tab_width(margin: str) -> int:
    return sum(STEP if character == "\t" else 1 for character in margin)


def _dedented(lines: list[str]) -> str:
    while lines and not lines[-1]:
        lines.pop()
    margins = [len(line) - len(line.lstrip(" ")) for line in lines if line]
    common = min(margins, default=0)
    return "\n".join(line[common:] for line in lines)


def _continue(drafts: list[_Draft], content: str, at: int, indent: int) -> Oddity | None:
    text = content[1:].replace("\t", " ").lstrip()
    if not drafts or indent <= drafts[-1].indent or _opens_note(drafts[-1].content):
        return Oddity("P018", at, len(content))
    draft = drafts[-1]
    if text and len(draft.content) + len(text) < MOST_LINE_CHARACTERS:
        draft.joins.append((len(draft.content) + 1, at + len(content) - len(text)))
        draft.content += " " + text
    elif text:
        return Oddity("P011", at, len(draft.content) + len(text))
    return None
