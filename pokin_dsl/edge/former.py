"""The former version that a site is compared with: the trees of the workspace as they were in a revision of git."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.edge.building import collector_off
from pokin_dsl.edge.versions import resolution, unread, version_since
from pokin_dsl.site.comparison import Former

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class FormerVersion:
    """A former version, and how many findings keep it from being whole."""

    former: Former
    unread: int


def former_version(root: Path, revision: str, paths: Collection[str] | None = None) -> FormerVersion:
    """Read the workspace at ``root`` as it was in a revision; of ``paths`` alone, where they are given.

    Raises:
        GitError: there is no such revision, or no repository.
    """
    with collector_off():
        version = version_since(root, revision)
        made = resolution(version)
    trees = {
        name: tree.peta for name, tree in made.trees.items() if paths is None or tree.documents[0].source.path in paths
    }
    return FormerVersion(Former(version.name, trees), unread(made))
