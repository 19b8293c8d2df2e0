"""Which findings count, and how much: what ``pokin.toml`` says of a rule, what the command line selects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity, stops_publication

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OFF = "mati"
WEIGHTS: dict[str, Severity | None] = {OFF: None, **{severity.value: severity for severity in Severity}}
"""What a workspace may say of a rule, and the severity that it means; None is off."""


def weighed(diagnostics: Iterable[Diagnostic], severities: Mapping[str, Severity | None]) -> tuple[Diagnostic, ...]:
    """Give findings the weight that the workspace chose, and leave out those of rules that are off.

    What stops publication keeps its weight: no setting makes an unreadable line readable.
    """
    kept: list[Diagnostic] = []
    for diagnostic in diagnostics:
        if diagnostic.code not in severities or stops_publication(diagnostic):
            kept.append(diagnostic)
        elif (severity := severities[diagnostic.code]) is not None:
            kept.append(replace(diagnostic, severity=severity))
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Selection:
    """What a command line asks for: codes, or what codes begin with; all where ``select`` is empty."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def of(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Keep the findings whose code begins with one of ``select`` and with none of ``ignore``."""
        return tuple(
            diagnostic
            for diagnostic in diagnostics
            if (not self.select or diagnostic.code.startswith(self.select))
            and not (self.ignore and diagnostic.code.startswith(self.ignore))
        )
