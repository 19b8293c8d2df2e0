"""Where a workspace lies: its root, its tree files, the bytes of a file in it; cheap to import, nothing is parsed."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pokin_dsl.edge.refusals import refusal
from pokin_dsl.model.naming import SUFFIX
from pokin_dsl.syntax.vocabulary import MOST_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
        SurroundingsError: a path does not exist, holds no tree, belongs to another workspace than the first, or a
            folder cannot be looked into.
    """
    asked = [_real(path) for path in paths]
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
        real = Path(os.path.realpath(file, strict=True))
        if not real.is_file() or not real.is_relative_to(root.resolve()):
            return None
        with real.open("rb") as stream:
            return stream.read(MOST_CHARACTERS + 1)
    except (OSError, ValueError):
        return None


def settings_bytes(root: Path) -> bytes | None:
    """Give what ``pokin.toml`` holds, None where there is none; settings are trusted, so that they may be a link.

    Raises:
        SurroundingsError: it is there and cannot be read; without it all would look and weigh otherwise.
    """
    path = root / SETTINGS
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SurroundingsError(f"{SETTINGS} bukan berkas biasa, jadi tidak dapat dibaca.")
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SurroundingsError(f"{SETTINGS} tidak dapat dibaca: {refusal(error)}.") from error


def theme_paths(root: Path) -> tuple[str, ...]:
    """Give the files of a workspace's theme by their path relative to the root; hidden ones are none of it.

    Raises:
        SurroundingsError: one of its folders cannot be looked into.
    """
    return tuple(sorted(file.relative_to(root).as_posix() for file in _files(root / THEME)))


def is_of_theme(path: str) -> bool:
    """Say whether a path of the workspace is a file of its theme."""
    return path.startswith(f"{THEME}/") and not any(part.startswith(".") for part in path.split("/"))


def _real(path: Path) -> Path:
    """Give where a path leads in truth; one that leads nowhere is told."""
    real = Path(os.path.realpath(path))
    try:
        real.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SurroundingsError(f'"{path.name}" tidak ditemukan. Periksa nama dan letaknya.') from error
    except OSError as error:
        raise SurroundingsError(f'"{path.name}" tidak dapat dibaca: {refusal(error)}.') from error
    return real


def _root(path: Path, *, given: bool) -> Path:
    """Give the nearest folder upwards that is a workspace; a path that stands in none is a workspace of its own."""
    folder = path if path.is_dir() else path.parent
    for candidate in (folder, *folder.parents):
        if _is_there(candidate / SETTINGS, stat.S_ISREG) or _is_there(candidate / TREES, stat.S_ISDIR):
            return candidate
    if not given:
        raise SurroundingsError(
            f"Folder ini bukan ruang kerja pokin: tidak ada {SETTINGS} atau folder {TREES}. Mulai dengan: pokin init",
        )
    return folder


def _is_there(path: Path, kind: Callable[[int], bool]) -> bool:
    """Say whether a path is of a kind; one that may not be looked at is not (pathlib raises before Python 3.14)."""
    try:
        return kind(path.stat().st_mode)
    except OSError:
        return False


def _addresses(path: Path, root: Path) -> dict[str, str]:
    """Give the tree files of a file or folder with their paths below ``trees/``."""
    trees = root / TREES
    base = trees if _is_there(trees, stat.S_ISDIR) else root
    if path == root:
        path = base
    files = [path] if path.is_file() else sorted(file for file in _files(path) if file.name.endswith(SUFFIX))
    return {
        file.relative_to(root).as_posix(): file.relative_to(base if file.is_relative_to(base) else root).as_posix()
        for file in files
    }


def _files(folder: Path) -> Iterator[Path]:
    """Give all that is below a folder and no folder itself, readable or not; what is hidden is left out."""
    for place, folders, files in os.walk(folder, onerror=_refused):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in files if not name.startswith("."))


def _refused(error: OSError) -> None:
    """Tell of a folder that cannot be looked into: what is in it would be missing without a word."""
    if not isinstance(error, FileNotFoundError):
        name = Path(error.filename).name
        raise SurroundingsError(f'Folder "{name}" tidak dapat dibaca: {refusal(error)}.') from error
