"""Whether findings fail a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable


def fails(diagnostics: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Say whether any finding is a galat, or with ``strict`` a galat or peringatan."""
    limit = Severity.PERINGATAN if strict else Severity.GALAT
    return any(diagnostic.severity.rank <= limit.rank for diagnostic in diagnostics)
