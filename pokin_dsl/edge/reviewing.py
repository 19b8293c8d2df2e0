"""What ``pokin pr`` looks at: a workspace as it is, beside what it was where the proposal left the target branch.

The proposal may come from a stranger. So nothing of it runs, and the weights of rules are those of the target branch: a
proposal cannot switch off the rule that it breaks.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pokin_dsl.edge.building import collector_off
from pokin_dsl.edge.formatting import FormError, format_workspace
from pokin_dsl.edge.git import commit, merge_base, repository
from pokin_dsl.edge.location import locate
from pokin_dsl.edge.versions import compilation, settings_at, version_at, version_on_disk
from pokin_dsl.model.diff.versions import workspace_changes
from pokin_dsl.report.review import Review, news
from pokin_dsl.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.edge.versions import Version
    from pokin_dsl.edge.workspace import Workspace
    from pokin_dsl.model.query import Peta
    from pokin_dsl.pipeline import Compilation


def review(start: Path, revision: str) -> Review:
    """Check, compare and look at the form of the workspace around a folder, against a revision.

    Changes and new findings count from the common origin of the revision and HEAD.

    Raises:
        SurroundingsError: there is no workspace, no repository or no such revision.
    """
    with collector_off():
        location = locate((), start)
        found = repository(location.root)
        target = commit(found, revision)
        origin = merge_base(found, target, commit(found, "HEAD"))
        trusted = settings_at(found, target, location.root)
        now = version_on_disk(location)
        weights_differ = now.workspace.severities != trusted.severities
        after = compilation(_weighed(now, trusted))
        before = compilation(_weighed(version_at(found, origin, location.root), trusted))
        odd, unformed = _form(now.workspace)
    old, new = news(before.diagnostics, after.diagnostics)
    within = location.root.resolve().relative_to(found.top).as_posix()
    return Review(
        origin.name if origin is target else f"{target.name}, sejak berpisah di {origin.name}",
        workspace_changes(_trees(before), _trees(after)),
        _placed(new, within),
        _placed(old, within),
        {_path(within, path): Source(_path(within, path), source.text) for path, source in after.sources.items()},
        tuple(_path(within, path) for path in odd),
        unformed=unformed,
        weights_differ=weights_differ,
        torn=not before.publishable,
    )


def _weighed(version: Version, trusted: Workspace) -> Version:
    return replace(version, workspace=replace(version.workspace, severities=trusted.severities))


def _form(workspace: Workspace) -> tuple[tuple[str, ...], bool]:
    """Give the files that are not in canonical form, and whether that could not be told."""
    try:
        return tuple(sorted(format_workspace(workspace).after)), False
    except FormError:
        return (), True


def _trees(compiled: Compilation) -> Mapping[str, Peta]:
    return {tree.nama: tree.peta for tree in compiled.trees}


def _placed(findings: Iterable[Diagnostic], within: str) -> tuple[Diagnostic, ...]:
    """Name files by their place in the repository, as code hosts do, and not in the workspace."""
    return tuple(
        replace(
            finding,
            source=_path(within, finding.source),
            labels=tuple(replace(label, source=_path(within, label.source)) for label in finding.labels),
            fix=None,
        )
        for finding in findings
    )


def _path(within: str, path: str) -> str:
    return (PurePosixPath(within) / path).as_posix()
