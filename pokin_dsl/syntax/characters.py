"""Bytes to text and the characters that may not stand in it: encoding, controls, bidi marks, pasted typography."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Edit, Fix, Severity
from pokin_dsl.syntax.vocabulary import MOST_CHARACTERS
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

# Controls but tab, LF and a CR before LF; halves of surrogate pairs; characters that no XML or HTML may hold.
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029"
# Marks that make a line read differently from what it says (Trojan Source), and what is not seen at all.
_BIDI = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_SPACES = "\u00a0\u2007\u202f"
_QUOTES = {"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'", "\u201a": "'"}
_FORBIDDEN = re.compile(f"[{_CONTROL}{_BIDI}]|\r(?!\n|\\Z)")
_TYPOGRAPHY = re.compile(f"[{_SPACES}{''.join(_QUOTES)}]+")
_BAD_BYTE = "\ufffd"
_PLAIN = str.maketrans(dict.fromkeys(_SPACES, " ") | {"\r": " "})


def decode(path: str, data: bytes) -> tuple[Source, tuple[Diagnostic, ...]]:
    """Read the bytes of a file as UTF-8 with or without BOM; what is no UTF-8 becomes U+FFFD and a finding P008.

    A file beyond the size limit is not read at all: its source is empty and the finding is P011.
    """
    if len(data) > MOST_CHARACTERS:
        message = f"Berkas ini terlalu besar ({len(data)} bita; batasnya {MOST_CHARACTERS})."
        hint = "Pecah menjadi beberapa berkas dan gabungkan dengan sertakan."
        return Source(path, ""), (Diagnostic("P011", Severity.GALAT, path, Span(0, 0), message, hint),)
    try:
        return Source(path, data.decode("utf-8-sig")), ()
    except UnicodeDecodeError:
        return _decode_broken(path, data)


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


def plain_text(source: Source) -> str:
    """Give the text as the reader takes it, of the same length: odd spaces plain, forbidden characters U+FFFD."""
    text = source.text
    if text.isascii() and _FORBIDDEN.search(text) is None:
        return text.replace("\r", " ") if "\r" in text else text
    return _FORBIDDEN.sub(_BAD_BYTE, text).translate(_PLAIN)


def forbidden_characters(source: Source) -> tuple[Diagnostic, ...]:
    """Find control characters (P009) and invisible or direction marks (P010); one finding a line and code."""
    found: dict[tuple[int, str], list[Span]] = {}
    for match in _FORBIDDEN.finditer(source.text):
        code = "P010" if match[0] in _HIDDEN else "P009"
        line = bisect_right(source.line_starts, match.start())
        found.setdefault((line, code), []).append(Span(match.start(), match.end()))
    return tuple(_forbidden(source, code, spans) for (_, code), spans in found.items())


def pasted_typography(source: Source, raw: Sequence[Span]) -> tuple[Diagnostic, ...]:
    """Find curly quotes and non-breaking spaces (P015) outside comments and raw notes; one finding a line."""
    if source.text.isascii():
        return ()
    raw_starts = [span.start for span in raw]
    found: dict[int, list[re.Match[str]]] = {}
    for match in _TYPOGRAPHY.finditer(source.text):
        before = bisect_right(raw_starts, match.start())
        if not before or raw[before - 1].end <= match.start():
            found.setdefault(bisect_right(source.line_starts, match.start()), []).append(match)
    return tuple(_typography(source, matches) for matches in found.values())


_HIDDEN = frozenset(chr(n) for a, b in ((0x202A, 0x202E), (0x2060, 0x2069)) for n in range(a, b + 1)) | set(
    "\u061c\u200b\u200e\u200f\ufeff",
)


def _forbidden(source: Source, code: str, spans: list[Span]) -> Diagnostic:
    name = f"U+{ord(source.text[spans[0].start]):04X}"
    if code == "P010":
        message = f"Ada karakter tak terlihat atau pembalik arah tulisan ({name}) di baris ini."
    else:
        message = f"Ada karakter kendali ({name}) di baris ini."
    fix = Fix("hapus karakter itu", tuple(Edit(source.path, span, "") for span in spans))
    return Diagnostic(code, Severity.GALAT, source.path, spans[0], message, "Hapus karakter itu.", fix=fix)


def _typography(source: Source, matches: list[re.Match[str]]) -> Diagnostic:
    edits = tuple(
        Edit(source.path, Span(m.start(), m.end()), "".join(_QUOTES.get(c, " ") for c in m[0])) for m in matches
    )
    quotes = any(c in _QUOTES for m in matches for c in m[0])
    spaces = any(c not in _QUOTES for m in matches for c in m[0])
    what = " dan ".join(name for name, there in (("tanda kutip lengkung", quotes), ("spasi khusus", spaces)) if there)
    span = Span(matches[0].start(), matches[0].end())
    message = f"Ada {what} yang tersalin dari pengolah kata."
    hint = "Ganti dengan tanda biasa dari papan ketik."
    return Diagnostic("P015", Severity.INFO, source.path, span, message, hint, fix=Fix("ganti dengan tanda biasa", edits))
