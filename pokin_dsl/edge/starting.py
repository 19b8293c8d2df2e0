"""Writing the files of a new workspace, never over another file; and what git may be told about them, by its user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.edge.location import SurroundingsError
from pokin_dsl.edge.package import starter_files
from pokin_dsl.edge.refusals import refusal
from pokin_dsl.syntax.vocabulary import KINDS

if TYPE_CHECKING:
    from pathlib import Path

ATTRIBUTES = ".gitattributes"
ATTRIBUTES_LINE = "*.pokin diff=pokin merge=pokin text eol=lf"


@dataclass(frozen=True, slots=True)
class Step:
    """Commands for the user to run, or not, and what they are good for."""

    purpose: str
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attributes:
    """What became of ``.gitattributes``: written, or left as it is with a line ``missing`` (empty: none)."""

    written: bool
    missing: str = ""


def start_workspace(folder: Path) -> tuple[str, ...]:
    """Write the starter files into a folder, which is made if absent; give their names.

    Raises:
        SurroundingsError: one of the files is there already, or the folder cannot be written.
    """
    files = starter_files()
    for name in files:
        if (folder / name).exists():
            raise SurroundingsError(f'"{name}" sudah ada di folder itu, jadi tidak ada yang ditulis.')
    for name, text in files.items():
        _write(folder / name, text)
    return tuple(files)


def start_attributes(folder: Path) -> Attributes:
    """Write ``.gitattributes`` into a folder that has none.

    Raises:
        SurroundingsError: there is no such folder, or the file cannot be written.
    """
    if not folder.is_dir():
        raise SurroundingsError(f'Folder "{folder}" tidak ditemukan. Periksa nama dan letaknya.')
    file = folder / ATTRIBUTES
    if not file.exists() and not file.is_symlink():
        _write(file, ATTRIBUTES_LINE + "\n")
        return Attributes(written=True)
    try:
        there = file.read_bytes().decode("utf-8", "replace").splitlines()
    except OSError:
        there = []
    known = any(line.split() == ATTRIBUTES_LINE.split() for line in there)
    return Attributes(written=False, missing="" if known else ATTRIBUTES_LINE)


def git_steps(folder: Path) -> tuple[Step, ...]:
    """Give what switches on git's understanding of trees, one step for each; nothing is run."""
    kinds = "|".join(KINDS)
    check = f"pokin check{_below_top(folder)}"
    return (
        Step(
            "git diff menyebut kinerja tempat baris yang berubah",
            (f'git config diff.pokin.xfuncname "^ *(({kinds}) .*)"',),
        ),
        Step(
            "git merge menggabungkan pohon menurut maknanya, bukan menurut barisnya",
            (
                'git config merge.pokin.name "gabungan pohon kinerja"',
                'git config merge.pokin.driver "pokin merge %O %A %B --path %P"',
            ),
        ),
        Step(
            "git commit ditolak selama pohon masih memuat galat (bila belum ada berkas pre-commit)",
            (
                f"printf '#!/bin/sh\\nexec {check}\\n' > .git/hooks/pre-commit",
                "chmod +x .git/hooks/pre-commit",
            ),
        ),
    )


def _below_top(folder: Path) -> str:
    """Give a space and the path of a workspace that is not the top of its repository: there a hook runs."""
    real = folder.resolve()
    top = next((above for above in (real, *real.parents) if (above / ".git").exists()), real)
    return "" if top == real else f' "{real.relative_to(top).as_posix()}"'


def _write(target: Path, text: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise SurroundingsError(f"Folder tidak dapat ditulis: {refusal(error)}.") from error
