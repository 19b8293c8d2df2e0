"""Findings as orders to GitHub's runner, which shows them beside the changed lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Severity
from pokin_dsl.report.machine import extent, rule_name
from pokin_dsl.report.plain import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.text import Source

_ORDERS = {Severity.GALAT: "error", Severity.PERINGATAN: "warning", Severity.INFO: "notice"}


def github(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> str:
    """Give one order a line: ``::error file=...,line=...,title=P302 jabatan-asing::message``."""
    return "".join(_annotation(diagnostic, sources) for diagnostic in diagnostics)


def _annotation(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> str:
    start, end = extent(diagnostic.source, diagnostic.span, sources)
    properties = {"file": diagnostic.source, "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:
        # The runner refuses columns of a span of several lines.
        properties |= {"col": str(start.column), "endColumn": str(end.column)}
    properties["title"] = f"{diagnostic.code} {rule_name(diagnostic.code)}"
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = _escaped("\n".join(_lines(diagnostic, sources)))
    return f"::{_ORDERS[diagnostic.severity]} {told}::{message}\n"


def _lines(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> Iterator[str]:
    yield diagnostic.message
    for label in diagnostic.labels:
        start, _ = extent(label.source, label.span, sources)
        yield f"{label.source}:{start.line}:{start.column}: {label.text}"
    if diagnostic.hint:
        yield f"Saran: {diagnostic.hint}"


def _escaped(text: str) -> str:
    return safe(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
