"""Findings as JSON in the shape of ``temuan-1.schema.json``, and what the other machine formats share with it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pokin_dsl import __version__
from pokin_dsl.diagnostics import Severity
from pokin_dsl.rules.registry import BY_CODE
from pokin_dsl.text import Position

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pokin_dsl.diagnostics import Diagnostic, Fix
    from pokin_dsl.text import Source, Span

SCHEMA = "temuan-1.schema.json"
"""The published JSON Schema, by the name of its file; the site holds it in ``statis/``."""

Json = dict[str, object]

_START = Position(1, 1)
_NOT_ASCII = re.compile("[^\x00-\x7e]")
_DEPTH = 2  # the lines of the JSON: one for each key, one for each finding
_encode = json.JSONEncoder(ensure_ascii=False).encode


def temuan_json(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source], trees: int) -> str:
    """Give all findings as JSON, one a line, after how many there are of each severity in how many trees.

    A key that is absent was not written: an empty hint, no labels, no fix, no subject.
    """
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    summary = {"pohon": trees} | {severity.value: counts[severity] for severity in Severity}
    found = (_finding(diagnostic, sources) for diagnostic in diagnostics)
    return laid_out({"skema": SCHEMA, "versi": __version__, "ringkasan": summary, "temuan": found}, _DEPTH)


def extent(path: str, span: Span, sources: Mapping[str, Source]) -> tuple[Position, Position]:
    """Give the first place of a span and the one behind it; in a file that was not read, the start of the file."""
    source = sources.get(path)
    return (source.position(span.start), source.position(span.end)) if source else (_START, _START)


def rule_name(code: str) -> str:
    """Give the name of the rule behind a code; the code itself where no rule has it."""
    rule = BY_CODE.get(code)
    return rule.name if rule else code


def laid_out(value: object, depth: int) -> str:
    """Print JSON in ASCII alone, which survives every pipe and code page; the outer ``depth`` levels one part a line.

    A long list within those levels may come as an iterator, so that one part at a time is held. A half of a surrogate
    pair, which a file's name may hold but no JSON should, becomes U+FFFD.
    """
    return _NOT_ASCII.sub(_escaped, _broken(value, depth, "") + "\n")


def _finding(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> Json:
    found: Json = {
        "kode": diagnostic.code,
        "keparahan": diagnostic.severity.value,
        "aturan": rule_name(diagnostic.code),
        **_place(diagnostic.source, diagnostic.span, sources),
        "pesan": diagnostic.message,
    }
    if diagnostic.hint:
        found["saran"] = diagnostic.hint
    if diagnostic.subject:
        found["subjek"] = diagnostic.subject
    if diagnostic.labels:
        found["label"] = [_place(at.source, at.span, sources) | {"teks": at.text} for at in diagnostic.labels]
    if diagnostic.fix:
        found["perbaikan"] = _fix(diagnostic.fix, sources)
    return found


def _fix(fix: Fix, sources: Mapping[str, Source]) -> Json:
    edits = [_place(edit.source, edit.span, sources) | {"pengganti": edit.replacement} for edit in fix.edits]
    return {"judul": fix.title, "aman": fix.safe, "suntingan": edits}


def _place(path: str, span: Span, sources: Mapping[str, Source]) -> Json:
    start, end = extent(path, span, sources)
    return {"berkas": path, "rentang": {"awal": _point(span.start, start), "akhir": _point(span.end, end)}}


def _point(offset: int, position: Position) -> Json:
    return {"offset": offset, "baris": position.line, "kolom": position.column}


def _broken(value: object, depth: int, margin: str) -> str:
    inner = margin + " "
    if depth and value and isinstance(value, dict):
        parts = (f"{inner}{_encode(key)}: {_broken(part, depth - 1, inner)}" for key, part in value.items())
        return "{\n" + ",\n".join(parts) + f"\n{margin}}}"
    if depth and isinstance(value, list | Iterator):
        lines = ",\n".join(inner + _broken(part, depth - 1, inner) for part in value)
        return f"[\n{lines}\n{margin}]" if lines else "[]"
    return _encode(value)


def _escaped(match: re.Match[str]) -> str:
    r"""Give ``\uXXXX`` for a character, twice beyond U+FFFF."""
    units = match[0].encode("utf-16-be", "surrogatepass")
    if "\ud800" <= match[0] <= "\udfff":
        return "\\ufffd"
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
