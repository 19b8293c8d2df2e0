"""What ``pokin diff`` compares: what its words on the command line mean, both versions read, their changes."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pokin_dsl.edge.building import collector_off
from pokin_dsl.edge.git import commit, merge_base, repository
from pokin_dsl.edge.location import SurroundingsError, located_around
from pokin_dsl.edge.package import built_in_look
from pokin_dsl.edge.refusals import refusal
from pokin_dsl.edge.versions import HERE, resolution, unread, version_alone, version_at, version_on_disk
from pokin_dsl.model.diff.versions import changes, workspace_changes
from pokin_dsl.pipeline import changes_html
from pokin_dsl.site.comparison import Compared as Differing
from pokin_dsl.site.comparison import Former

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pokin_dsl.edge.versions import Version
    from pokin_dsl.model.diff.changes import Change
    from pokin_dsl.model.query import Peta
    from pokin_dsl.pipeline import Resolution
    from pokin_dsl.rules.checked import Checked

_LATEST = "HEAD"
_COMMON, _RANGE = "...", ".."
_MOST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions: its name for people, its trees, and how many findings keep it from being whole."""

    name: str
    made: Resolution
    unread: int

    @property
    def trees(self) -> dict[str, Peta]:
        """Give the trees by name."""
        return {name: tree.peta for name, tree in self.made.trees.items()}


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions and what changed in meaning from the older to the newer."""

    before: Side
    after: Side
    changes: tuple[Change, ...]


def compare(words: Sequence[str], paths: Sequence[str] | None, start: Path) -> Compared:
    """Compare what the words mean: two files, two folders, or revisions, of which a missing one means the disk.

    ``paths``, those behind ``--``, keep only trees that are made of files there; None says that there was no ``--``,
    and that a word may be a path too. All is relative to the folder ``start``.

    Raises:
        SurroundingsError: something is not there, or the words mean nothing together.
    """
    with collector_off():
        there = [(start / word).exists() for word in words]
        if len(words) == _MOST_WORDS and all(there) and paths is None:
            return _compare_alone(start, *words)
        revisions, further = _told_apart(words, there, paths)
        return _compare_revisions(revisions, [Path(os.path.normpath(start / path)) for path in further], start)


def _told_apart(
    words: Sequence[str], there: Sequence[bool], paths: Sequence[str] | None
) -> tuple[list[str], list[str]]:
    """Tell revisions from paths: with ``--``, all words before it are revisions."""
    if paths is not None or not any(there):
        return list(words), list(paths or ())
    first = there.index(True)
    if not all(there[first:]):
        raise SurroundingsError(f'"{words[-1]}" tidak ditemukan. Periksa nama dan letaknya.')
    return list(words[:first]), list(words[first:])


# -- files and folders -------------------------------------------------------------------------------------------------


def _compare_alone(start: Path, older: str, newer: str) -> Compared:
    old, new = start / older, start / newer
    if old.is_dir() != new.is_dir():
        raise SurroundingsError("Bandingkan berkas dengan berkas, atau folder dengan folder.")
    before, after = _side(version_alone(old), older), _side(version_alone(new), newer)
    if old.is_dir():
        return Compared(before, after, workspace_changes(before.trees, after.trees))
    # Two files are two versions of one tree, whatever their names.
    return Compared(before, after, changes(_only_tree(before), _only_tree(after)))


def _only_tree(side: Side) -> Peta:
    if not side.trees:
        raise SurroundingsError(f'"{side.name}" bukan pohon: tidak memuat judul:.')
    return next(iter(side.trees.values()))


# -- revisions ---------------------------------------------------------------------------------------------------------


def _compare_revisions(words: Sequence[str], paths: Sequence[Path], start: Path) -> Compared:
    place = next((folder for folder in (paths[0], *paths[0].parents) if folder.exists()), start) if paths else start
    location = located_around(place)
    old, new = _both(words)
    found = repository(location.root)
    older = commit(found, old)
    newer = commit(found, new) if new is not None else None
    if any(_COMMON in word for word in words):
        older = merge_base(found, older, newer or commit(found, _LATEST))
    before = _side(version_at(found, older, location.root))
    after = _side(version_at(found, newer, location.root) if newer else version_on_disk(location))
    if paths:
        before, after = _kept(before, after, location.root, paths)
    return Compared(before, after, workspace_changes(before.trees, after.trees))


def _both(words: Sequence[str]) -> tuple[str, str | None]:
    """Give the older and the newer revision; None is what is on disk, and an empty side of a range is HEAD."""
    if len(words) > _MOST_WORDS:
        raise SurroundingsError("Sebutkan paling banyak dua revisi; jalur ditulis sesudah tanda --.")
    if len(words) == _MOST_WORDS:
        return words[0], words[1]
    if not words:
        return _LATEST, None
    for sign in (_COMMON, _RANGE):
        old, found, new = words[0].partition(sign)
        if found:
            return old or _LATEST, new or _LATEST
    return words[0], None


def _kept(before: Side, after: Side, root: Path, paths: Sequence[Path]) -> tuple[Side, Side]:
    """Keep the trees that are made of a file below one of the paths, in either version."""
    real = root.resolve()
    wanted = [_within(real, path) for path in paths]
    names = {
        name
        for side in (before, after)
        for name, tree in side.made.trees.items()
        if any(_is_made_of(tree, path) for path in wanted)
    }
    if not names:
        told = ", ".join(f'"{path.name}"' for path in paths)
        raise SurroundingsError(f"Tidak ada pohon dari {told} di kedua versi. Periksa nama dan letaknya.")
    return _narrowed(before, names), _narrowed(after, names)


def _within(root: Path, path: Path) -> str:
    real = path.parent.resolve() / path.name
    if not real.is_relative_to(root):
        raise SurroundingsError(f'"{path.name}" berada di luar ruang kerja {root.name}. Jalankan terpisah.')
    return real.relative_to(root).as_posix()


def _is_made_of(tree: Checked, path: str) -> bool:
    return any(path in (".", file.source.path) or file.source.path.startswith(f"{path}/") for file in tree.documents)


def _narrowed(side: Side, names: set[str]) -> Side:
    trees = {name: tree for name, tree in side.made.trees.items() if name in names}
    made = replace(side.made, trees=trees)
    return Side(side.name, made, unread(made))


def _side(version: Version, name: str = "") -> Side:
    made = resolution(version)
    return Side(name or version.name, made, unread(made))


def html_report(compared: Compared) -> str:
    """Give the changes as one file of HTML with pictures, which needs no other file."""
    newer = "" if compared.after.name == HERE else compared.after.name
    former = Former(compared.before.name, compared.before.trees)
    told = Differing(former, compared.after.trees, newer, compared.changes)
    return changes_html(told, built_in_look())


def write_report(file: Path, text: str) -> None:
    """Write a report as UTF-8 with LF.

    Raises:
        SurroundingsError: the file cannot be written.
    """
    try:
        file.write_bytes(text.encode("utf-8", "replace"))
    except OSError as error:
        raise SurroundingsError(f'"{file}" tidak dapat ditulis: {refusal(error)}.') from error
