"""``pokin check --fix``: safe fixes put in round by round, shown as a difference, written at the end or not at all."""

from __future__ import annotations

import difflib
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.edge.building import compile_workspace
from pokin_dsl.edge.location import SETTINGS, SurroundingsError, load_bytes
from pokin_dsl.edge.refusals import refusal
from pokin_dsl.report.plain import safe
from pokin_dsl.rules.fixes import fixed
from pokin_dsl.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.edge.workspace import Workspace
    from pokin_dsl.pipeline import Compilation

MOST_ROUNDS = 50
_BOM = "\ufeff"
# A file that could not be decoded, or was not read whole, must not be written back.
UNTOUCHED = ("P008", "P011")
# As git and editors count them; str.splitlines also ends lines at characters that stand within texts.
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Fixing:
    """What safe fixes do: texts before and after by path, the findings mended, and what remains to be said.

    A byte order mark that stands in a file is part of both texts here: it stays.
    """

    before: dict[str, str]
    after: dict[str, str]
    mended: tuple[Diagnostic, ...]
    remaining: Compilation

    def difference(self) -> Iterator[str]:
        """Give the lines of a unified difference, file by file."""
        return differences(self.before, self.after)


def fix_workspace(workspace: Workspace, selected: Callable[[tuple[Diagnostic, ...]], tuple[Diagnostic, ...]]) -> Fixing:
    """Put in the safe fixes of the selected findings until none is left; nothing is written."""
    compilation = compile_workspace(workspace)
    before = {path: source.text for path, source in compilation.sources.items() if path != SETTINGS}
    texts = dict(before)
    mended: list[Diagnostic] = []
    for _ in range(MOST_ROUNDS):
        broken = {finding.source for finding in compilation.diagnostics if finding.code in UNTOUCHED}
        found = tuple(finding for finding in selected(compilation.diagnostics) if finding.source not in broken)
        changed, done = fixed(texts, found)
        if not changed:
            break
        texts |= changed
        mended += done
        compilation = compile_workspace(workspace, {path: Source(path, text) for path, text in texts.items()})
    marks = {path: _mark(workspace.root, path) for path, text in texts.items() if text != before[path]}
    after = {path: mark + texts[path] for path, mark in marks.items()}
    return Fixing(
        {path: marks.get(path, "") + text for path, text in before.items()}, after, tuple(mended), compilation
    )


def write_fixed(root: Path, fixing: Fixing) -> None:
    """Write the mended files, each in one atomic replacement.

    Raises:
        SurroundingsError: a file cannot be written; those before it are mended, none is damaged.
    """
    for path, text in fixing.after.items():
        replace_file(root, path, text.encode("utf-8"))


def _mark(root: Path, path: str) -> str:
    """Give the byte order mark of a file, or nothing where it has none."""
    return _BOM if (load_bytes(root, path) or b"").startswith(_BOM.encode()) else ""


def replace_file(root: Path, path: str, content: bytes) -> None:
    """Write one file of a workspace in one atomic replacement; who may read and run it stays.

    Written is what is read: behind a link within the workspace the file that it leads to, and the link stays.

    Raises:
        SurroundingsError: it cannot be written, or is not in the workspace; it is what it was.
    """
    target = (root / path).resolve()
    if not target.is_relative_to(root.resolve()):
        raise SurroundingsError(f'"{path}" berada di luar ruang kerja ini.')
    staged = target.with_name(target.name + ".pokin-baru")
    try:
        _stage(staged, content, target)
        os.replace(staged, target)  # noqa: PTH105 - the atomic call by its own name
    except OSError as error:
        with suppress(OSError):
            staged.unlink(missing_ok=True)
        raise SurroundingsError(f'"{path}" tidak dapat ditulis: {refusal(error)}.') from error


def _stage(staged: Path, content: bytes, target: Path) -> None:
    """Write beside a file what is to take its place, for the same people to read."""
    # What lies there already may be a link that leads anywhere: it is taken away, never written through.
    staged.unlink(missing_ok=True)
    with staged.open("xb") as stream:
        if target.exists():
            shutil.copymode(target, staged)
        stream.write(content)


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Give the lines of a unified difference of texts by path, file by file."""
    for path, text in after.items():
        old, new = physical_lines(before[path]), physical_lines(text)
        for line in difflib.unified_diff(old, new, path, path):
            whole = line.endswith("\n")
            yield line if whole else line + "\n"
            if not whole:
                yield "\\ Tanpa baris baru di akhir berkas\n"


def physical_lines(text: str) -> list[str]:
    """Give the lines of a text, each with its end."""
    return _LINES.findall(text)


def printable(lines: Iterable[str], *, terminal: bool) -> str | bytes:
    """Give lines, such as those of a difference, as they are printed.

    For a terminal, which would obey what a text may hold, each is made harmless; tabs stay, for they may be what
    changes. For all else the bytes stay what they are, so that ``patch`` can put a difference in.
    """
    if terminal:
        return "".join([_harmless(line.removesuffix("\n")) + "\n" for line in lines])
    return "".join(lines).encode("utf-8", "surrogateescape")


def _harmless(line: str) -> str:
    return "\t".join(map(safe, line.split("\t")))
