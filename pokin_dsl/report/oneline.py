"""Findings one a line, as editors, ``grep`` and log readers take them: ``path:line:column: galat[P302] message``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.report.machine import extent
from pokin_dsl.report.plain import safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.text import Source


def oneline(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> str:
    """Give one line for each finding; no text of a tree can break a line, or begin one as a command of a CI log."""
    return "".join(_line(diagnostic, sources) for diagnostic in diagnostics)


def _line(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> str:
    start, _ = extent(diagnostic.source, diagnostic.span, sources)
    path = safe(diagnostic.source)
    # A line that begins with :: is an order to GitHub's runner.
    path = f"./{path}" if path.lstrip().startswith(":") else path
    hint = f" (saran: {safe(diagnostic.hint)})" if diagnostic.hint else ""
    what = f"{diagnostic.severity.value}[{diagnostic.code}] {safe(diagnostic.message)}"
    return f"{path}:{start.line}:{start.column}: {what}{hint}\n"
