"""Finding a workspace, its settings and its trees on disk."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.edge.lists import LISTS_TABLE, read_lists
from pokin_dsl.edge.rule_settings import RULES_TABLE, read_severities
from pokin_dsl.model.naming import SUFFIX
from pokin_dsl.suggestion import nearest
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pokin_dsl.model.nomenklatur import Nomenklatur

SETTINGS = "pokin.toml"
TREES = "trees"
_KEYS = ("judul", "keluaran")
_TABLES = (RULES_TABLE, LISTS_TABLE)
_DEFAULT_TITLE = "Pohon Kinerja"
_DEFAULT_OUTPUT = "output"


class SurroundingsError(Exception):
    """Something outside the trees stands in the way; its text is for the user, and the exit code is 2."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder of trees: its root, what ``pokin.toml`` says, and the files asked for.

    ``addresses`` maps each file that may be a tree (path relative to the root) to its path below ``trees/``;
    ``severities`` are the weights that it gives to rules, None for off; ``lists`` are the official lists that it adds.
    """

    root: Path
    judul: str
    keluaran: Path
    addresses: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]
    settings_source: Source | None = None
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    lists: Mapping[str, Nomenklatur] = field(default_factory=dict)


def open_workspace(paths: Iterable[Path], start: Path) -> Workspace:
    """Open the workspace around the given files and folders, or around ``start`` where none are given.

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
    return _with_settings(root, addresses)


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


def _with_settings(root: Path, addresses: dict[str, str]) -> Workspace:
    path = root / SETTINGS
    if not path.is_file():
        return Workspace(root, _DEFAULT_TITLE, root / _DEFAULT_OUTPUT, addresses, ())
    source = Source(SETTINGS, path.read_bytes().decode("utf-8-sig", "replace"))
    table, broken = _toml(source)
    values, strange = read_settings(source, table)
    severities, unknown = read_severities(source, table.get(RULES_TABLE, {}))
    lists, unread = read_lists(root, source, table.get(LISTS_TABLE, {}))
    return Workspace(
        root,
        values.get("judul", _DEFAULT_TITLE),
        root / values.get("keluaran", _DEFAULT_OUTPUT),
        addresses,
        (*broken, *strange, *unknown, *unread),
        source,
        severities,
        lists,
    )


def _toml(source: Source) -> tuple[dict[str, object], tuple[Diagnostic, ...]]:
    try:
        return tomllib.loads(source.text), ()
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", 1)
        start = source.line_starts[min(line, len(source.line_starts)) - 1]
        hint = 'Tulis satu pengaturan per baris, misalnya judul = "Pohon Kinerja Kecamatan".'
        return {}, (_finding(source, Span(start, start), f"{SETTINGS} tidak terbaca sebagai TOML.", hint),)


def read_settings(source: Source, table: Mapping[str, object]) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """Read the plain settings of ``pokin.toml``; what they cannot mean is a finding P901 and is left out."""
    values: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    for key, value in table.items():
        at = max(source.text.find(key), 0)
        span = Span(at, at + len(key))
        if key in _TABLES:
            continue
        if key not in _KEYS:
            near = nearest(key, (*_KEYS, *_TABLES))
            hint = (
                f"Mungkin maksudnya {near}." if near else f"Pengaturan yang dikenal: {', '.join((*_KEYS, *_TABLES))}."
            )
            diagnostics.append(_finding(source, span, f'Pengaturan "{key}" tidak dikenal.', hint))
        elif not isinstance(value, str) or not value.strip():
            hint = f'Tulis teks di antara tanda kutip, misalnya {key} = "...".'
            diagnostics.append(_finding(source, span, f'Pengaturan "{key}" harus berupa teks.', hint))
        else:
            values[key] = value
    return values, tuple(diagnostics)


def _finding(source: Source, span: Span, message: str, hint: str) -> Diagnostic:
    return Diagnostic("P901", Severity.GALAT, source.path, span, message, hint)
