"""The condition of the trees, as the preview tells it in every open page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.edge.preview.news import Problem, State
from pokin_dsl.site import urls
from pokin_dsl.site.findings_page import excerpt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pokin_dsl.pipeline import Compilation
    from pokin_dsl.text import Source, Span


def condition_of(compilation: Compilation, *, current: bool) -> State:
    """Give the state; ``current`` says whether the pages show what is written now."""
    found = compilation.diagnostics
    wrong = [finding for finding in found if finding.severity is Severity.GALAT]
    return State(
        tuple(_problem(finding, compilation.sources) for finding in wrong),
        _count(found, Severity.PERINGATAN),
        _count(found, Severity.INFO),
        _findings_page(compilation),
        current,
        partial=current and not compilation.publishable,
    )


def obstacle(message: str, before: State) -> State:
    """Give the state when something outside the trees stands in the way; what was known of them stays."""
    problem = Problem("", "", 0, 0, message, "")
    return State((problem,), before.warnings, before.remarks, before.findings_page, current=False)


def _count(found: Sequence[Diagnostic], severity: Severity) -> int:
    return sum(finding.severity is severity for finding in found)


def _findings_page(compilation: Compilation) -> str:
    """Give the page of findings of the first tree that has any; the front page where only the workspace has."""
    name = next((tree.nama for tree in compilation.trees if tree.diagnostics), "")
    if name:
        return urls.in_tree(name, urls.FINDINGS)
    return urls.INDEX if compilation.general else ""


def _problem(finding: Diagnostic, sources: Mapping[str, Source]) -> Problem:
    labels = tuple(f"{label.text}: {_place(label.source, label.span, sources)}" for label in finding.labels)
    source = sources.get(finding.source)
    if source is None:
        return Problem(finding.code, finding.source, 0, 0, finding.message, finding.hint, labels=labels)
    position = source.position(finding.span.start)
    parts = excerpt(source, finding.span)
    shown = parts["awal"], parts["tanda"], parts["akhir"]
    place = position.line, position.column
    return Problem(finding.code, finding.source, *place, finding.message, finding.hint, shown, labels)


def _place(path: str, span: Span, sources: Mapping[str, Source]) -> str:
    source = sources.get(path)
    return f"{path} baris {source.position(span.start).line}" if source else path
