"""Findings: the one shape that feeds the terminal, the machine formats, the site and the editor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pokin_dsl.text import Span


class Severity(Enum):
    """How much a finding weighs, in the words that officials read."""

    GALAT = "galat"
    PERINGATAN = "peringatan"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Give 0 for the gravest, so that sorting by rank puts galat first."""
        return _RANK[self]


_RANK = {Severity.GALAT: 0, Severity.PERINGATAN: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that explains a finding, such as the first of two equal ids."""

    source: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """The replacement of one span of one source."""

    source: str
    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a finding; ``safe`` says that they cannot change what the author meant."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: code, severity, the smallest span that shows it, one sentence that stands alone, the next keystroke.

    ``source`` is the path of a ``Source``; ``subject`` is the id of the node, indicator or position that it is about,
    empty where it is about the text alone.
    """

    code: str
    severity: Severity
    source: str
    span: Span
    message: str
    hint: str = ""
    labels: tuple[Label, ...] = ()
    fix: Fix | None = None
    subject: str = ""


def stops_publication(diagnostic: Diagnostic) -> bool:
    """Say whether a finding leaves the model incomplete, so that the site would show less than the author wrote.

    These are the galat of reading (P0) and of structure (P1): a line that cannot be read, a node where none may stand,
    two things under one id, a reference or an include that leads nowhere; two trees under one address (P905); and what
    was to be a tree and has no title (P906, which is a galat there alone).
    """
    return diagnostic.severity is Severity.GALAT and diagnostic.code.startswith(("P0", "P1", "P905", "P906"))


def in_order(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Sort by source and place, so that a report reads along the text; equal places by code."""
    return tuple(sorted(diagnostics, key=lambda d: (d.source, d.span.start, d.code, d.message)))
