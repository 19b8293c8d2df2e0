"""Bytes to text and the characters that may not stand in it: encoding, controls, bidi marks, pasted typography."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Edit, Fix, Severity
from pokin_dsl.syntax.vocabulary import MOST_CHARACTERS, MOST_LINES
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Controls but tab, LF and a CR before LF; halves of surrogate pairs; characters that no XML or HTML may hold.
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029"
# Marks that make a line read differently from what it says (Trojan Source), and what is not seen at all.
_BIDI = "\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
# Every space of Unicode but the plain one.
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_QUOTES = {"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'", "\u201a": "'"}
_HIDDEN = re.compile(f"[{_BIDI}]")
# The first only asks, and is many times faster than the second, which tells one run from another.
_SUSPECT = re.compile(f"[{_CONTROL}{_BIDI}]|\r(?!\n|\\Z)")
_FORBIDDEN = re.compile(f"[{_CONTROL}]+|[{_BIDI}]+|(?:\r(?!\n|\\Z))+")
_TYPOGRAPHY = re.compile(f"[{_SPACES}{''.join(_QUOTES)}\t]+")
_SPACE = re.compile(f"[{_SPACES}\r]")
_MARGIN = re.compile(r"[ \t]*")
# What presentations and old word processors put between two lines of one text.
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_BAD_BYTE = "\ufffd"
# A line with more of them is no text that a fix could mend.
_MOST_EDITS = 100


def decode(path: str, data: bytes) -> tuple[Source, tuple[Diagnostic, ...]]:
    """Read the bytes of a file as UTF-8 with or without BOM; what is no UTF-8 becomes U+FFFD and a finding P008.

    A file beyond the size limit is not read at all: its source is empty and the finding is P011.
    """
    too_much = _too_much(data)
    if too_much:
        message = f"Berkas ini terlalu besar ({too_much})."
        hint = "Pecah menjadi beberapa berkas dan gabungkan dengan sertakan."
        return Source(path, ""), (Diagnostic("P011", Severity.GALAT, path, Span(0, 0), message, hint),)
    try:
        return Source(path, data.decode("utf-8-sig")), ()
    except UnicodeDecodeError:
        return _decode_broken(path, data)


def _too_much(data: bytes) -> str:
    if len(data) > MOST_CHARACTERS:
        return f"{len(data)} bita; batasnya {MOST_CHARACTERS}"
    lines = data.count(b"\n")
    return f"{lines} baris; batasnya {MOST_LINES}" if lines > MOST_LINES else ""


def _decode_broken(path: str, data: bytes) -> tuple[Source, tuple[Diagnostic, ...]]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        source = Source(path, "")
        message = "Berkas ini disimpan sebagai UTF-16, bukan UTF-8."
        hint = "Simpan ulang dengan pengodean UTF-8 (di Notepad: Simpan Sebagai, Pengodean: UTF-8)."
        return source, (Diagnostic("P008", Severity.GALAT, path, Span(0, 0), message, hint),)
    source = Source(path, data.decode("utf-8-sig", "replace"))
    at = source.text.index(_BAD_BYTE)
    count = source.text.count(_BAD_BYTE)
    message = "Berkas ini bukan UTF-8: " + ("satu karakter" if count == 1 else f"{count} karakter") + " tidak terbaca."
    hint = "Simpan ulang dengan pengodean UTF-8, lalu perbaiki karakter yang bertanda \ufffd."
    return source, (Diagnostic("P008", Severity.GALAT, path, Span(at, at + 1), message, hint),)


def has_typography(text: str) -> bool:
    """Say whether a text holds what may be pasted typography (P015)."""
    return not (text.isascii() and "\t" not in text) and _TYPOGRAPHY.search(text) is not None


def plain_text(text: str) -> str:
    """Give a text as the reader takes it, of the same length: odd spaces plain, forbidden characters U+FFFD."""
    if _SUSPECT.search(text) is not None:
        text = _FORBIDDEN.sub(lambda found: _BAD_BYTE * len(found[0]), text)
    return _SPACE.sub(" ", text) if not text.isascii() or "\r" in text else text


def has_replacements(plain: str) -> bool:
    """Say whether forbidden characters may have been replaced in a plain text."""
    return _BAD_BYTE in plain


def forbidden_characters(source: Source, stretches: Iterable[Span]) -> tuple[Diagnostic, ...]:
    """Find control characters (P009) and invisible or direction marks (P010); one finding a line and code.

    ``stretches`` are whole lines of the source, in its order; what stands outside of them is not looked at.
    """
    found: dict[tuple[int, str], list[Span]] = {}
    for stretch in stretches:
        for match in _FORBIDDEN.finditer(source.text, stretch.start, stretch.end):
            code = "P010" if _HIDDEN.match(match[0]) else "P009"
            line = bisect_right(source.line_starts, match.start())
            found.setdefault((line, code), []).append(Span(match.start(), match.end()))
    return tuple(_forbidden(source, code, spans) for (_, code), spans in found.items())


def pasted_typography(source: Source, stretches: Iterable[Span], raw: Sequence[Span]) -> tuple[Diagnostic, ...]:
    """Find curly quotes, odd spaces and tabs within a line (P015), but not in comments and raw notes; one a line.

    ``stretches`` are whole lines as above; ``raw`` are the comments and notes in them, in written order.
    """
    raw_starts = [span.start for span in raw]
    found: dict[int, list[Span]] = {}
    line, margin = 0, 0
    for start, end in _typographic(source.text, stretches):
        before = bisect_right(raw_starts, start)
        if before and raw[before - 1].end > start:
            continue
        number = bisect_right(source.line_starts, start)
        if number != line:
            line, margin = number, _margin_end(source, number)
        # Tabs of the indentation are told of by lines.py; at the end of a line they mean nothing.
        at_edge = start < margin or source.text[end : end + 1] in ("", "\r", "\n")
        if not (at_edge and not source.text[start:end].strip("\t")):
            found.setdefault(line, []).append(Span(start, end))
    return tuple(_typography(source, spans) for spans in found.values())


def _typographic(text: str, stretches: Iterable[Span]) -> Iterator[tuple[int, int]]:
    for stretch in stretches:
        for match in _TYPOGRAPHY.finditer(text, stretch.start, stretch.end):
            yield match.span()


def _margin_end(source: Source, line: int) -> int:
    margin = _MARGIN.match(source.text, source.line_starts[line - 1])
    return margin.end() if margin else 0


def _forbidden(source: Source, code: str, spans: list[Span]) -> Diagnostic:
    name = f"U+{ord(source.text[spans[0].start]):04X}"
    if code == "P010":
        message = f"Ada karakter tak terlihat atau pembalik arah tulisan ({name}) di baris ini."
    else:
        message = f"Ada karakter kendali ({name}) di baris ini."
    # A lone CR may have been the end of a line: nothing is said about what should stand there.
    fix = None
    if len(spans) <= _MOST_EDITS and "\r" not in source.text[spans[0].start : spans[-1].end]:
        edits = tuple(Edit(source.path, span, _instead(source.text, span)) for span in spans)
        fix = Fix("ganti dengan spasi" if any(edit.replacement for edit in edits) else "hapus karakter itu", edits)
    hint = "Ganti karakter itu dengan spasi." if _instead(source.text, spans[0]) else "Hapus karakter itu."
    return Diagnostic(code, Severity.GALAT, source.path, spans[0], message, hint, fix=fix)


def _instead(text: str, span: Span) -> str:
    """Give what mends a forbidden character: a space where it broke a line between two words, else nothing."""
    around = text[max(span.start - 1, 0) : span.start] + text[span.end : span.end + 1]
    return " " if text[span.start] in _BREAKS and len(around) == len(around.replace(" ", "")) > 1 else ""


def _typography(source: Source, spans: list[Span]) -> Diagnostic:
    pieces = [source.text[span.start : span.end] for span in spans]
    all_of_them = set("".join(pieces))
    kinds = {
        "tanda kutip lengkung": not all_of_them.isdisjoint(_QUOTES),
        "tab": "\t" in all_of_them,
        "spasi khusus": bool(all_of_them.difference(_QUOTES, "\t")),
    }
    message = f"Ada {' dan '.join(name for name, there in kinds.items() if there)} yang ikut tersalin ke baris ini."
    hint = "Ganti dengan tanda kutip atau spasi biasa dari papan ketik."
    fix = None
    if len(spans) <= _MOST_EDITS:
        plain = ("".join(_QUOTES.get(character, " ") for character in piece) for piece in pieces)
        edits = (Edit(source.path, span, text) for span, text in zip(spans, plain, strict=True))
        fix = Fix("ganti dengan tanda biasa", tuple(edits))
    return Diagnostic("P015", Severity.INFO, source.path, spans[0], message, hint, fix=fix)
