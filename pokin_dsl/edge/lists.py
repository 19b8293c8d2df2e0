"""The table ``[nomenklatur]`` of ``pokin.toml``: official lists that a workspace adds, by the name that headers use."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.model.nomenklatur import Nomenklatur, read_nomenklatur
from pokin_dsl.syntax.mistakes import quoted
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable

LISTS_TABLE = "nomenklatur"
_ROW = "level, kode, dan nomenklatur, dipisah tab"


class OutsideError(Exception):
    """A list lies outside the workspace."""


def list_on_disk(root: Path, path: str) -> bytes:
    """Load a list of the workspace at ``root``.

    Raises:
        OutsideError: it lies outside of the workspace.
        OSError, ValueError: it cannot be opened.
    """
    file = Path(os.path.realpath(root / path))
    if not file.is_relative_to(root.resolve()):
        raise OutsideError
    return file.read_bytes()


def read_lists(
    load: Callable[[str], bytes], source: Source, table: object
) -> tuple[dict[str, Nomenklatur], tuple[Diagnostic, ...]]:
    """Read the lists that ``nama = "jalur/daftar.tsv"`` names, each a file inside the workspace.

    What cannot be read is a finding P901 and is left out; of a list with odd lines the others are kept. ``load`` raises
    as ``list_on_disk`` does.
    """
    if not isinstance(table, dict):
        hint = f'Tulis [{LISTS_TABLE}] di satu baris, lalu misalnya kecamatan = "daftar/kecamatan.tsv" di bawahnya.'
        return {}, (_finding(source, LISTS_TABLE, f'Pengaturan "{LISTS_TABLE}" harus berupa tabel.', hint),)
    lists: dict[str, Nomenklatur] = {}
    problems: list[Diagnostic] = []
    for name, path in table.items():
        daftar, problem = _read_list(load, path)
        if daftar.butir:
            lists[name] = daftar
        if problem:
            message, hint = problem
            problems.append(_finding(source, name, f"Daftar nomenklatur {quoted(name)} {message}.", hint))
    return lists, tuple(problems)


def list_files(source: Source | None) -> tuple[str, ...]:
    """Give the paths of the files that the settings name, read or not."""
    try:
        table = tomllib.loads(source.text).get(LISTS_TABLE) if source else None
    except tomllib.TOMLDecodeError:
        return ()
    return tuple(path for path in table.values() if isinstance(path, str)) if isinstance(table, dict) else ()


def _read_list(load: Callable[[str], bytes], path: object) -> tuple[Nomenklatur, tuple[str, str] | None]:
    """Give a list, and what there is to say of its file: the rest of a sentence, and the hint."""
    nothing = Nomenklatur()
    if not isinstance(path, str) or not path.strip():
        return nothing, ("belum menyebut berkasnya", 'Tulis jalurnya di antara tanda kutip, misalnya "daftar.tsv".')
    try:
        daftar, wrong = read_nomenklatur(_text(load(path)))
    except OutsideError:
        return nothing, ("berada di luar ruang kerja", "Salin berkasnya ke ruang kerja ini, lalu tulis jalurnya.")
    except UnicodeDecodeError:
        return nothing, (f"tidak terbaca: {path} bukan UTF-8", "Simpan ulang berkasnya sebagai UTF-8.")
    except (OSError, ValueError):
        hint = "Periksa nama dan letaknya; jalur dihitung dari folder pokin.toml."
        return nothing, (f"tidak dapat dibuka: {path}", hint)
    if wrong:
        return daftar, (f"tidak terbaca di baris {wrong} berkas {path}", f"Tulis {_ROW}.")
    return daftar, None if daftar.butir else (f"kosong: {path}", f"Isi tiap barisnya dengan {_ROW}.")


def _text(content: bytes) -> str:
    """Decode a list; its lines may end as on any system."""
    return content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _finding(source: Source, word: str, message: str, hint: str) -> Diagnostic:
    written = re.search(rf'^\s*\[?["\']?({re.escape(word)})["\']?\s*[=\]]', source.text, re.MULTILINE)
    span = Span(written.start(1), written.end(1)) if written else Span(0, 0)
    return Diagnostic("P901", Severity.GALAT, source.path, span, message, hint)
