"""Reading the sources of a workspace, and nothing outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic
from pokin_dsl.edge.location import load_bytes
from pokin_dsl.edge.package import read_sentence
from pokin_dsl.pipeline import Reading, read
from pokin_dsl.syntax.characters import decode
from pokin_dsl.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

NOTHING: Mapping[str, Source] = {}
Loaded = dict[str, tuple[Source, tuple[Diagnostic, ...]] | None]


def read_workspace(root: Path, paths: Iterable[str], instead: Mapping[str, Source] = NOTHING) -> Reading:
    """Read the given files (relative to the root) and all that they include, asking again until nothing is missing.

    ``instead`` holds texts that stand for files on disk, by path.
    """
    return read_files(lambda path: load_bytes(root, path), paths, instead)


def read_files(
    load: Callable[[str], bytes | None], paths: Iterable[str], instead: Mapping[str, Source] = NOTHING
) -> Reading:
    """Read the given files and all that they include, wherever ``load`` has their bytes from; None is no such file."""
    reading = read(Reading(), _load(load, paths, instead), read_sentence())
    while reading.missing:
        reading = read(reading, _load(load, reading.missing, instead), read_sentence())
    return reading


def _load(load: Callable[[str], bytes | None], paths: Iterable[str], instead: Mapping[str, Source]) -> Loaded:
    return {path: (instead[path], ()) if path in instead else _decoded(path, load(path)) for path in paths}


def _decoded(path: str, content: bytes | None) -> tuple[Source, tuple[Diagnostic, ...]] | None:
    return None if content is None else decode(path, content)
