"""``pokin check --fix``: safe fixes put in round by round, shown as a difference, written at the end or not at all."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.edge.building import compile_workspace
from pokin_dsl.edge.workspace import SETTINGS, SurroundingsError, Workspace
from pokin_dsl.rules.fixes import fixed
from pokin_dsl.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.pipeline import Compilation

_MOST_ROUNDS = 50
_BOM = b"\xef\xbb\xbf"
# A file that could not be decoded, or was not read whole, must not be written back.
_UNTOUCHED = ("P008", "P011")


@dataclass(frozen=True, slots=True)
class Fixing:
    """What safe fixes do: texts before and after by path, the findings mended, and what remains to be said."""

    before: dict[str, str]
    after: dict[str, str]
    mended: tuple[Diagnostic, ...]
    remaining: Compilation

    def difference(self) -> Iterator[str]:
        """Give the lines of a unified difference, file by file."""
        for path, text in self.after.items():
            old, new = self.before[path].splitlines(keepends=True), text.splitlines(keepends=True)
            for line in difflib.unified_diff(old, new, path, path):
                yield line if line.endswith("\n") else line + "\n\\ Tanpa baris baru di akhir berkas\n"


def fix_workspace(workspace: Workspace, selected: Callable[[tuple[Diagnostic, ...]], tuple[Diagnostic, ...]]) -> Fixing:
    """Put in the safe fixes of the selected findings until none is left; nothing is written."""
    compilation = compile_workspace(workspace)
    before = {path: source.text for path, source in compilation.sources.items() if path != SETTINGS}
    texts = dict(before)
    mended: list[Diagnostic] = []
    for _ in range(_MOST_ROUNDS):
        broken = {finding.source for finding in compilation.diagnostics if finding.code in _UNTOUCHED}
        found = tuple(finding for finding in selected(compilation.diagnostics) if finding.source not in broken)
        changed, done = fixed(texts, found)
        if not changed:
            break
        texts |= changed
        mended += done
        compilation = compile_workspace(workspace, {path: Source(path, text) for path, text in texts.items()})
    after = {path: text for path, text in texts.items() if text != before[path]}
    return Fixing(before, after, tuple(mended), compilation)


def write_fixed(root: Path, fixing: Fixing) -> None:
    """Write the mended files, each in one atomic replacement; a BOM that was there stays.

    Raises:
        SurroundingsError: a file cannot be written; those before it are mended, none is damaged.
    """
    for path, text in fixing.after.items():
        target = (root / path).resolve()
        try:
            bom = _BOM if target.read_bytes().startswith(_BOM) else b""
            staged = target.with_name(target.name + ".pokin-baru")
            staged.write_bytes(bom + text.encode("utf-8"))
            os.replace(staged, target)  # noqa: PTH105 - the atomic call by its own name
        except OSError as error:
            raise SurroundingsError(f'"{path}" tidak dapat ditulis: {error.strerror or error}.') from error
