"""``pokin check --fix``: safe fixes put in round by round, shown as a difference, written at the end or not at all."""

from __future__ import annotations

import difflib
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.edge.building import compile_workspace
from pokin_dsl.edge.location import load_bytes
from pokin_dsl.edge.workspace import SETTINGS, SurroundingsError, Workspace
from pokin_dsl.rules.fixes import fixed
from pokin_dsl.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.pipeline import Compilation

MOST_ROUNDS = 50
_BOM = b"\xef\xbb\xbf"
# A file that could not be decoded, or was not read whole, must not be written back.
UNTOUCHED = ("P008", "P011")
# As git and editors count them; str.splitlines also ends lines at characters that stand within texts.
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Fixing:
    """What safe fixes do: texts before and after by path, the findings mended, and what remains to be said."""

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
    after = {path: text for path, text in texts.items() if text != before[path]}
    return Fixing(before, after, tuple(mended), compilation)


def write_fixed(root: Path, fixing: Fixing) -> None:
    """Write the mended files, each in one atomic replacement; a BOM that was there stays.

    Raises:
        SurroundingsError: a file cannot be written; those before it are mended, none is damaged.
    """
    for path, text in fixing.after.items():
        bom = _BOM if (load_bytes(root, path) or b"").startswith(_BOM) else b""
        replace_file(root, path, bom + text.encode("utf-8"))


def replace_file(root: Path, path: str, content: bytes) -> None:
    """Write one file of a workspace in one atomic replacement; through a link, so that the link stays.

    Raises:
        SurroundingsError: it cannot be written, and is what it was.
    """
    target = (root / path).resolve()
    try:
        staged = target.with_name(target.name + ".pokin-baru")
        staged.write_bytes(content)
        os.replace(staged, target)  # noqa: PTH105 - the atomic call by its own name
    except OSError as error:
        raise SurroundingsError(f'"{path}" tidak dapat ditulis: {error.strerror or error}.') from error


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Give the lines of a unified difference of texts by path, file by file."""
    for path, text in after.items():
        old, new = _LINES.findall(before[path]), _LINES.findall(text)
        for line in difflib.unified_diff(old, new, path, path):
            yield line if line.endswith("\n") else line + "\n\\ Tanpa baris baru di akhir berkas\n"
