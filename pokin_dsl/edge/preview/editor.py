"""Opening a place of a source in the user's editor: the configured one, one that is installed, or the system's."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from pokin_dsl.edge.location import SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VARIABLE = "POKIN_EDITOR"
_FILE, _LINE, _COLUMN = "{berkas}", "{baris}", "{kolom}"
_PLACEHOLDER = re.compile(r"\{(?:berkas|baris|kolom)\}")
_PLACE = f"{_FILE}:{_LINE}:{_COLUMN}"
_KNOWN: Mapping[str, tuple[str, ...]] = {
    "code": ("-g", _PLACE),
    "codium": ("-g", _PLACE),
    "cursor": ("-g", _PLACE),
    "zed": (_PLACE,),
    "zeditor": (_PLACE,),
    "subl": (_PLACE,),
    "gedit": (f"+{_LINE}:{_COLUMN}", _FILE),
    "kate": ("-l", _LINE, "-c", _COLUMN, _FILE),
    "xed": (f"+{_LINE}", _FILE),
    "pluma": (f"+{_LINE}", _FILE),
    "mousepad": ("-l", _LINE, "-c", _COLUMN, _FILE),
    "geany": ("-l", _LINE, "--column", _COLUMN, _FILE),
    "notepad++": (f"-n{_LINE}", f"-c{_COLUMN}", _FILE),
}
_OPENER = {"darwin": ("open", "-t", _FILE), "win32": ("notepad", _FILE)}.get(sys.platform, ("xdg-open", _FILE))
_SUFFIX = ".pokin"
_HOW = f'Atur penyunting Anda, misalnya: pokin serve --editor "code -g {_PLACE}", atau isi variabel {VARIABLE}.'
# The shell of Windows reads these in the arguments of a .cmd file, whatever quotes are around them.
_UNSAFE_IN_BATCH = re.compile(r'[&|<>^%!"\r\n]')
_BATCH = (".bat", ".cmd")
_PATIENCE_SECONDS = 0.5


class EditorError(SurroundingsError):
    """An editor cannot be started; the text says what to do."""


def find_editor(option: str, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Give the command that opens a place, with placeholders; empty where nothing is installed that could.

    An option goes before the environment, that before the editors known here, in their order, and these before what the
    system opens texts with. The workspace's settings have no say: they may come with a stranger's pull request.

    Raises:
        EditorError: the configured command cannot be read, or its program is not there.
    """
    configured = option.strip() or environment.get(VARIABLE, "").strip()
    if configured:
        program, *arguments = read_command(configured, windows=sys.platform == "win32")
        found = _program(program)
        if not found:
            raise EditorError(f'Penyunting "{program}" tidak ditemukan. {_HOW}')
        return (found, *arguments)
    known = {**_KNOWN, _OPENER[0]: _OPENER[1:]}
    return next(((found, *known[name]) for name in known if (found := _program(name))), ())


def read_command(text: str, *, windows: bool) -> tuple[str, ...]:
    """Split a configured command into its parts, as a shell would, but let no shell have it.

    On Windows a backslash is part of a path and an apostrophe part of a name. The mere name of a known editor is
    completed by its own way to name a line, any other command without a place by the file.

    Raises:
        EditorError: a quotation mark is not closed, or there is no command at all.
    """
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    if windows:
        lexer.escape, lexer.quotes = "", '"'
    try:
        parts = tuple(lexer)
    except ValueError:
        raise EditorError(f"Perintah penyunting tidak terbaca: tanda kutip belum ditutup. {_HOW}") from None
    if not parts or not parts[0]:
        raise EditorError(f"Perintah penyunting kosong. {_HOW}")
    if len(parts) == 1:
        return (*parts, *_KNOWN.get(_name(parts[0], windows=windows), (_FILE,)))
    return parts if any(_FILE in part for part in parts) else (*parts, _FILE)


def command_for(editor: Sequence[str], file: Path, line: int, column: int) -> list[str]:
    """Give the command that opens a place: each placeholder filled in, no part split or joined.

    Raises:
        EditorError: no editor is there, or its program would misread the name of the file.
    """
    if not editor:
        raise EditorError(f"Tidak ada penyunting yang ditemukan. {_HOW}")
    name = str(file)
    values = {_FILE: f".{os.sep}{name}" if name.startswith("-") else name, _LINE: str(line), _COLUMN: str(column)}
    command = [editor[0], *(_PLACEHOLDER.sub(lambda found: values[found[0]], part) for part in editor[1:])]
    if command[0].lower().endswith(_BATCH) and any(_UNSAFE_IN_BATCH.search(part) for part in command[1:]):
        raise EditorError(f'Nama berkas "{file.name}" memuat tanda yang tidak aman. Buka sendiri di penyunting Anda.')
    return command


def open_at(editor: Sequence[str], file: Path, line: int, column: int) -> None:
    """Open a file at a line and a column, both from 1, in a program that outlives this one.

    Waits a moment, so that a program which fails at once is told about.

    Raises:
        EditorError: there is no editor, it cannot be started, or it failed at once.
    """
    if editor and _name(editor[0], windows=os.name == "nt") == _OPENER[0] and file.suffix != _SUFFIX:
        # What the system opens other files with may be a program that runs them.
        raise EditorError(f'"{file.name}" bukan berkas {_SUFFIX}; bukalah sendiri. {_HOW}')
    command = command_for(editor, file, line, column)
    try:
        process = _start(command)
    except (OSError, ValueError):
        raise EditorError(f'Penyunting "{_shown(command)}" tidak dapat dijalankan. {_HOW}') from None
    try:
        code = process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        # Somebody must wait for it, else it would stay in the process table when it ends.
        threading.Thread(target=process.wait, name="penyunting", daemon=True).start()
        return
    if code:
        raise EditorError(f'Penyunting "{_shown(command)}" gagal dengan kode {code}. {_HOW}')


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a program away from our terminal: Ctrl-C does not reach it, and it cannot write over our lines."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    return subprocess.Popen(  # noqa: S603 - the user's own command, as a list, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=flags,
    )


def _program(name: str) -> str:
    """Find a program on the PATH, but never one that only the current folder offers."""
    found = shutil.which(name)
    return found if found and (Path(found).is_absolute() or _has_folder(name)) else ""


def _has_folder(name: str) -> bool:
    return Path(name).name != name


def _name(program: str, *, windows: bool) -> str:
    """Give the name of a program as the tables know it."""
    path = PureWindowsPath(program) if windows else PurePosixPath(program)
    return path.stem.lower() if path.suffix.lower() in (*_BATCH, ".exe") else path.name


def _shown(command: Sequence[str]) -> str:
    return Path(command[0]).name
