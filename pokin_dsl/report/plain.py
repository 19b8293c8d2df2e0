"""Findings for the terminal: one block each with the line, a caret under the mistake and the next keystroke."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pokin_dsl.text import Source, Span

Segment = tuple[str, str]
"""A style (empty, or a severity's value, ``kode``, ``tempat``, ``garis``, ``saran``) and the text in it."""

WIDTH = 100
# What would move the cursor, hide text or reverse it in a terminal.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_COUNTED = ((Severity.GALAT, "galat"), (Severity.PERINGATAN, "peringatan"), (Severity.INFO, "info"))


def report(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> Iterator[Segment]:
    """Give all findings as styled pieces of text, a blank line between two; texts of the tree are made harmless."""
    for diagnostic in diagnostics:
        yield from _finding(diagnostic, sources)
        yield ("", "\n")


def summary(diagnostics: Sequence[Diagnostic], trees: int) -> str:
    """Give the closing sentence: how many of each severity, or that all is well."""
    what = f"{trees} pohon diperiksa"
    counts = [(sum(d.severity is severity for d in diagnostics), name) for severity, name in _COUNTED]
    told = [f"{count} {name}" for count, name in counts if count]
    return f"{what}: {', '.join(told)}." if told else f"{what}: tidak ada temuan."


def safe(text: str) -> str:
    """Replace what a terminal would obey instead of show; a tab becomes two spaces."""
    return _UNSAFE.sub("\ufffd", text.replace("\t", "  "))


def _finding(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> Iterator[Segment]:
    severity = diagnostic.severity.value
    yield (severity, severity)
    yield ("kode", f"[{diagnostic.code}] ")
    yield ("pesan", safe(diagnostic.message) + "\n")
    yield from _place(diagnostic.source, diagnostic.span, sources, severity, "")
    for label in diagnostic.labels:
        yield from _place(label.source, label.span, sources, "garis", label.text)
    if diagnostic.hint:
        yield ("saran", "  saran: ")
        yield ("", safe(diagnostic.hint) + "\n")


def _place(path: str, span: Span, sources: Mapping[str, Source], style: str, text: str) -> Iterator[Segment]:
    source = sources.get(path)
    if source is None or not source.text:
        yield ("tempat", f"  --> {safe(path)}\n")
        return
    position = source.position(span.start)
    yield ("tempat", f"  --> {safe(path)}:{position.line}:{position.column}\n")
    line = source.line_text(position.line)
    if not line.strip():
        return
    start = position.column - 1
    end = min(start + max(span.end - span.start, 1), max(len(line), start + 1))
    yield from _excerpt(line, start, end, (position.line, style, text))


def _excerpt(line: str, start: int, end: int, mark: tuple[int, str, str]) -> Iterator[Segment]:
    number, style, text = mark
    left = max(0, min(start - WIDTH // 3, len(line) - WIDTH))
    shown = safe(line[left : left + WIDTH])
    before = ("…" if left else "") + safe(line[left:start])
    gutter = " " * len(str(number))
    yield ("garis", f"  {number} | ")
    yield ("", ("…" if left else "") + shown + ("…" if left + WIDTH < len(line) else "") + "\n")
    carets = "^" * max(1, columns(safe(line[start : min(end, left + WIDTH)])))
    yield ("garis", f"  {gutter} | ")
    yield (style, " " * columns(before) + carets + (f" {text}" if text else "") + "\n")


def columns(text: str) -> int:
    """Count the terminal columns of a text: wide characters take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
