"""Findings as a Code Quality report of GitLab, which shows them beside the changed lines of a merge request."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Severity
from pokin_dsl.report.machine import extent, laid_out
from pokin_dsl.report.plain import safe
from pokin_dsl.report.sarif import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.report.machine import Json
    from pokin_dsl.text import Source

_WEIGHTS = {Severity.GALAT: "major", Severity.PERINGATAN: "minor", Severity.INFO: "info"}
_DEPTH = 1  # one line for each finding


def gitlab(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> str:
    """Give one object for each finding; equal ones of one file are told apart by their order, as in SARIF."""
    met: Counter[str] = Counter()
    return laid_out([_finding(diagnostic, sources, met) for diagnostic in diagnostics], _DEPTH)


def _finding(diagnostic: Diagnostic, sources: Mapping[str, Source], met: Counter[str]) -> Json:
    mark = fingerprint(diagnostic)
    met[mark] += 1
    start, end = extent(diagnostic.source, diagnostic.span, sources)
    hint = f" Saran: {diagnostic.hint}" if diagnostic.hint else ""
    return {
        "description": safe(diagnostic.message + hint),
        "check_name": diagnostic.code,
        "fingerprint": f"{mark}-{met[mark]}",
        "severity": _WEIGHTS[diagnostic.severity],
        "location": {"path": diagnostic.source, "lines": {"begin": start.line, "end": end.line}},
    }
