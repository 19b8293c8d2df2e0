"""Where a workspace lies: its root, its tree files, the bytes of a file in it; cheap to import, nothing is parsed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.model.naming import SUFFIX
from pokin_dsl.syntax.vocabulary import MOST_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SETTINGS = "pokin.toml"
TREES = "trees"
THEME = "tema"


class SurroundingsError(Exception):
    """Something outside the trees stands in the way; its text is for the user, and the exit code is 2."""


@dataclass(frozen=True, slots=True)
class Location:
    """The root of a workspace and the files asked for.

    ``addresses`` maps each file that may be a tree (path relative to the root) to its path below ``trees/``.
    """

    root: Path
    addresses: dict[str, str]


def locate(paths: Iterable[Path], start: Path) -> Location:
    """Find the workspace around the given files and folders, or around ``start`` where none are given.

    Raises:
        SurroundingsError: a path does not exist, holds no tree, or belongs to another workspace than the first.
    """
    asked = [path.resolve() for path in paths]
    for path in asked:
        if not path.exists():
            raise SurroundingsError(f'"{path.name}" tidak ditemukan. Periksa nama dan letaknya.')
    root = _root(asked[0] if asked else start.resolve(), given=bool(asked))
    addresses: dict[str, str] = {}
    for path in asked or [root]:
        if not path.is_relative_to(root):
            raise SurroundingsError(f'"{path.name}" berada di luar ruang kerja {root.name}. Jalankan terpisah.')
        addresses |= _addresses(path, root)
    if not addresses:
        where = ", ".join(path.name for path in asked) or root.name
        raise SurroundingsError(f"Tidak ada berkas {SUFFIX} di {where}. Buat yang pertama dengan: pokin init")
    return Location(root, addresses)


def located_around(place: Path) -> Location:
    """Find the workspace around a folder or file with all its trees, though there be none.

    Where there is no workspace the folder is one of its own.
    """
    root = _root(place.resolve(), given=True)
    return Location(root, _addresses(root, root))


def load_bytes(root: Path, path: str) -> bytes | None:
    """Load one file; one that is absent, unreadable, or a link out of the workspace is None.

    Of a file that is too large no more is read than it takes to tell.
    """
    file = root / path
    try:
        real = file.resolve(strict=True)
        if not real.is_file() or not real.is_relative_to(root.resolve()):
            return None
        with real.open("rb") as stream:
            return stream.read(MOST_CHARACTERS + 1)
    except (OSError, ValueError):
        return None


def theme_paths(root: Path) -> tuple[str, ...]:
    """Give the files of a workspace's theme by their path relative to the root; hidden ones are none of it."""
    folder = root / THEME
    found = (file.relative_to(root).as_posix() for file in folder.rglob("*") if file.is_file())
    return tuple(sorted(path for path in found if is_of_theme(path)))


def is_of_theme(path: str) -> bool:
    """Say whether a path of the workspace is a file of its theme."""
    return path.startswith(f"{THEME}/") and not any(part.startswith(".") for part in path.split("/"))


def _root(path: Path, *, given: bool) -> Path:
    """Give the nearest folder upwards that is a workspace; a path that stands in none is a workspace of its own."""
    folder = path if path.is_dir() else path.parent
    for candidate in (folder, *folder.parents):
        if (candidate / SETTINGS).is_file() or (candidate / TREES).is_dir():
            return candidate
    if not given:
        raise SurroundingsError(
            f"Folder ini bukan ruang kerja pokin: tidak ada {SETTINGS} atau folder {TREES}. Mulai dengan: pokin init",
        )
    return folder


def _addresses(path: Path, root: Path) -> dict[str, str]:
    """Give the tree files of a file or folder with their paths below ``trees/``."""
    trees = root / TREES
    base = trees if trees.is_dir() else root
    if path == root:
        path = base
    files = [path] if path.is_file() else sorted(_tree_files(path))
    return {
        file.relative_to(root).as_posix(): file.relative_to(base if file.is_relative_to(base) else root).as_posix()
        for file in files
    }


def _tree_files(folder: Path) -> Iterable[Path]:
    for file in folder.rglob(f"*{SUFFIX}"):
        parts = file.relative_to(folder).parts
        if file.is_file() and not any(part.startswith(".") for part in parts):
            yield file
