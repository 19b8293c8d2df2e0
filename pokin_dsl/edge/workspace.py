"""Opening a workspace: where it lies, and what its settings say."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.edge.appearance import Appearance, Files, read_appearance
from pokin_dsl.edge.lists import LISTS_TABLE, list_on_disk, read_lists
from pokin_dsl.edge.location import SETTINGS, Location, load_bytes, locate, settings_bytes, theme_paths
from pokin_dsl.edge.look_settings import LOGO
from pokin_dsl.edge.look_settings import TABLES as LOOK_TABLES
from pokin_dsl.edge.rule_settings import RULES_TABLE, read_severities
from pokin_dsl.suggestion import nearest
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from pokin_dsl.model.nomenklatur import Nomenklatur

_KEYS = ("judul", "keluaran")
# Read by ``look_settings``.
_ELSEWHERE = (LOGO, *LOOK_TABLES)
_TABLES = (*_ELSEWHERE, RULES_TABLE, LISTS_TABLE)
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
_TWICE = ("Cannot overwrite", "Cannot declare", "Duplicate inline table key")
_ONCE = "Gabungkan keduanya, atau hapus salah satu."
_AS_TOML = 'Tulis satu pengaturan per baris, misalnya judul = "Pohon Kinerja Kecamatan".'
_DEFAULT_TITLE = "Pohon Kinerja"
_DEFAULT_OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder of trees: its root, what ``pokin.toml`` says, and the files asked for.

    ``addresses`` maps each file that may be a tree (path relative to the root) to its path below ``trees/``;
    ``severities`` are the weights that it gives to rules, None for off; ``lists`` are the official lists that it adds;
    ``appearance`` is what it says of the look of its site.
    """

    root: Path
    judul: str
    keluaran: Path
    addresses: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]
    settings_source: Source | None = None
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    lists: Mapping[str, Nomenklatur] = field(default_factory=dict)
    appearance: Appearance = field(default_factory=Appearance)


def open_workspace(paths: Iterable[Path], start: Path) -> Workspace:
    """Open the workspace around the given files and folders, or around ``start`` where none are given.

    Raises:
        SurroundingsError: a path does not exist, holds no tree, or belongs to another workspace than the first.
    """
    return open_located(locate(paths, start))


def open_located(location: Location) -> Workspace:
    """Open a workspace that has been found: read its settings, and the lists that they name."""
    root = location.root
    files = Files(partial(load_bytes, root), theme_paths(root))
    return opened(location, settings_bytes(root), partial(list_on_disk, root), files)


def opened(location: Location, settings: bytes | None, load: Callable[[str], bytes], files: Files) -> Workspace:
    """Give the workspace that this content of ``pokin.toml`` makes.

    ``load`` gives its lists, as ``list_on_disk`` does; ``files`` is where logos and the theme are had from.
    """
    source = Source(SETTINGS, "" if settings is None else settings.decode("utf-8-sig", "replace"))
    table, broken = _toml(source)
    values, strange = read_settings(source, table)
    severities, unknown = read_severities(source, table.get(RULES_TABLE, {}))
    lists, unread = read_lists(load, source, table.get(LISTS_TABLE, {}))
    appearance, odd = read_appearance(files, source, table)
    title = values.get("judul", _DEFAULT_TITLE)
    return Workspace(
        location.root,
        title,
        location.root / values.get("keluaran", _DEFAULT_OUTPUT),
        location.addresses,
        (*broken, *strange, *unknown, *unread, *odd),
        None if settings is None else source,
        severities,
        lists,
        replace(appearance, settings=replace(appearance.settings, judul=title)),
    )


def in_the_look_of(workspace: Workspace, other: Workspace) -> Workspace:
    """Give a workspace as it is, but with the settings and the theme of another: what its site runs and looks like.

    Its own findings stay, also those about its own settings.
    """
    return replace(
        workspace,
        judul=other.judul,
        keluaran=other.keluaran,
        severities=other.severities,
        appearance=other.appearance,
    )


def _toml(source: Source) -> tuple[dict[str, object], tuple[Diagnostic, ...]]:
    try:
        return tomllib.loads(source.text), ()
    except tomllib.TOMLDecodeError as error:
        return {}, (_unreadable(source, str(error)),)


def _unreadable(source: Source, said: str) -> Diagnostic:
    """Tell the line at which reading stopped; the reader names it in its sentence, or says that the file ended."""
    found = _AT_LINE.search(said)
    end = source.line_starts[int(found[1])] if found and int(found[1]) < len(source.line_starts) else len(source.text)
    written = source.text[:end].rstrip()
    start = written.rfind("\n") + 1
    span = Span(start + len(written[start:]) - len(written[start:].lstrip()), len(written))
    rest = f"jadi tidak satu pun isi {SETTINGS} dipakai."
    if said.startswith(_TWICE):
        return _finding(source, span, f"Baris ini mengulang yang sudah ditulis di atasnya, {rest}", _ONCE)
    return _finding(source, span, f"Baris ini tidak terbaca, {rest}", _AS_TOML)


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
