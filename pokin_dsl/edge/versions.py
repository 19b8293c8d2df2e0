"""A workspace as it is on disk, as it was in a revision, or as a file or folder alone: two of them to be compared."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import stops_publication
from pokin_dsl.edge.appearance import Files
from pokin_dsl.edge.building import in_workspace
from pokin_dsl.edge.disk import read_files
from pokin_dsl.edge.git import commit, merge_base, repository
from pokin_dsl.edge.lists import OutsideError
from pokin_dsl.edge.location import (
    SETTINGS,
    TREES,
    Location,
    SurroundingsError,
    is_of_theme,
    load_bytes,
    locate,
    located_around,
)
from pokin_dsl.edge.package import built_in_lists
from pokin_dsl.edge.snapshot import snapshot
from pokin_dsl.edge.workspace import Workspace, open_located, opened
from pokin_dsl.model.naming import SUFFIX
from pokin_dsl.pipeline import Compilation, Reading, compile_trees, resolve_trees

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pokin_dsl.edge.git import Commit, Repository
    from pokin_dsl.edge.snapshot import Snapshot
    from pokin_dsl.model.nomenklatur import Nomenklatur
    from pokin_dsl.pipeline import Resolution

HERE = "berkas di folder ini"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a workspace: a name for people, its settings of that time, and what was read of its files.

    ``settings`` and ``addresses`` are those of the version; ``workspace.root`` is where the workspace lies today.
    """

    name: str
    workspace: Workspace
    reading: Reading


def version_on_disk(location: Location, name: str = HERE) -> Version:
    """Read the trees of a workspace as they are."""
    workspace = open_located(location)
    return Version(name, workspace, read_files(partial(load_bytes, location.root), location.addresses))


def version_at(found: Repository, at: Commit, root: Path) -> Version:
    """Read the trees of the workspace at ``root`` as they were in a commit; nothing is checked out.

    A workspace that was not there yet is one without trees.

    Raises:
        GitError: the commit cannot be read.
    """
    with snapshot(found, at, _folder(found, root)) as files:
        location = Location(root, tree_addresses(files.oids))
        workspace = _opened(location, files)
        return Version(at.name, workspace, read_files(files.load, location.addresses))


def version_since(place: Path, revision: str, *, common: bool = False) -> Version:
    """Read the workspace around a folder as it was in a revision, or in the ``common`` origin of that and of HEAD.

    Raises:
        GitError: there is no such revision, or no repository.
    """
    root = located_around(place).root
    found = repository(root)
    at = commit(found, revision)
    return version_at(found, merge_base(found, at, commit(found, "HEAD")) if common else at, root)


def settings_at(found: Repository, at: Commit, root: Path) -> Workspace:
    """Give what the settings of a workspace were in a commit, without reading its trees.

    Raises:
        GitError: the commit cannot be read.
    """
    with snapshot(found, at, _folder(found, root)) as files:
        return _opened(Location(root, {}), files)


def settings_since(place: Path, revision: str) -> Workspace:
    """Give what the settings and the theme of the workspace around a folder were in a revision.

    Raises:
        GitError: there is no such revision, or no repository.
    """
    root = located_around(place).root
    found = repository(root)
    return settings_at(found, commit(found, revision), root)


def version_alone(path: Path) -> Version:
    """Read a file, or the trees of a folder, as a version of its own; trees are named by their place in that folder.

    Raises:
        SurroundingsError: it does not exist or holds no tree.
    """
    location = locate([path], path)
    folder = path.resolve()
    base = location.root / TREES if (location.root / TREES).is_dir() else location.root
    if folder.is_dir() and folder.is_relative_to(base):
        below = folder.relative_to(location.root)
        location = replace(
            location,
            addresses={file: Path(file).relative_to(below).as_posix() for file in location.addresses},
        )
    return version_on_disk(location, str(path))


def tree_addresses(paths: Iterable[str]) -> dict[str, str]:
    """Give the files among these paths of a workspace that may be trees, with their paths below ``trees/``.

    The same choice as on disk: with a folder ``trees`` only what is in it, and nothing whose name begins with a dot.
    """
    all_paths = tuple(paths)
    base = f"{TREES}/" if any(path.startswith(f"{TREES}/") for path in all_paths) else ""
    return {
        path: path.removeprefix(base)
        for path in sorted(all_paths)
        if path.startswith(base) and path.endswith(SUFFIX) and not _is_hidden(path.removeprefix(base))
    }


def resolution(version: Version) -> Resolution:
    """Make the models of a version; that is all that comparing needs, no rule is asked."""
    workspace = version.workspace
    return resolve_trees(version.reading, workspace.addresses, _lists(workspace))


def compilation(version: Version) -> Compilation:
    """Make the models of a version and check them, as ``building.compile_workspace`` does."""
    workspace = version.workspace
    return in_workspace(compile_trees(version.reading, workspace.addresses, _lists(workspace)), workspace)


def unread(made: Resolution) -> int:
    """Count the findings by which the models of a version are not all that their authors wrote."""
    found = (*made.general, *(finding for tree in made.trees.values() for finding in tree.diagnostics))
    return sum(stops_publication(finding) for finding in dict.fromkeys(found))


def _lists(workspace: Workspace) -> Mapping[str, Nomenklatur]:
    return {**built_in_lists(), **workspace.lists}


def _opened(location: Location, files: Snapshot) -> Workspace:
    theme = tuple(path for path in sorted(files.oids) if is_of_theme(path))
    return opened(location, files.load(SETTINGS), partial(_list_of, files), Files(files.load, theme))


def _folder(found: Repository, root: Path) -> str:
    """Give the path of a workspace within its repository."""
    real = root.resolve()
    if not real.is_relative_to(found.top):
        raise SurroundingsError(f'Ruang kerja "{root.name}" berada di luar repositori git.')
    return real.relative_to(found.top).as_posix()


def _list_of(files: Snapshot, path: str) -> bytes:
    """Load a list of official names as it was, under the terms of ``lists.list_on_disk``."""
    plain = posixpath.normpath(path)
    if plain.startswith(("/", "../")) or plain == "..":
        raise OutsideError
    content = files.load(plain)
    if content is None:
        raise FileNotFoundError(path)
    return content


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))
