"""The sources of a workspace while they are being written: read again, at the cost of what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.edge.location import load_bytes
from pokin_dsl.edge.package import read_sentence
from pokin_dsl.pipeline import Reading, only, reached, read
from pokin_dsl.syntax.characters import decode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.text import Source


class Sources:
    """What was last read of a workspace, with the bytes that it was read from: only bytes decide what has changed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._contents: dict[str, bytes | None] = {}
        self._reading = Reading()

    @property
    def paths(self) -> Collection[str]:
        """Give the paths of all files that were asked for, absent ones too, relative to the root."""
        return self._contents.keys()

    def read_again(self, roots: Collection[str]) -> Reading:
        """Read the files that may be trees and all that they include; with nothing changed, give the same object."""
        now = {path: load_bytes(self._root, path) for path in self._contents}
        if now == self._contents and reached(self._reading, roots) == now.keys():
            return self._reading
        same = {path for path, content in now.items() if content is not None and content == self._contents[path]}
        reading = only(self._reading, same)
        self._contents = {path: self._contents[path] for path in same}
        reading = self._read(reading, [path for path in roots if path not in same])
        while reading.missing:
            reading = self._read(reading, reading.missing)
        self._reading = self._without_rest(reading, roots)
        return self._reading

    def _read(self, before: Reading, paths: Iterable[str]) -> Reading:
        loaded: dict[str, tuple[Source, tuple[Diagnostic, ...]] | None] = {}
        for path in paths:
            content = self._contents[path] = load_bytes(self._root, path)
            loaded[path] = None if content is None else decode(path, content)
        return read(before, loaded, read_sentence())

    def _without_rest(self, reading: Reading, roots: Collection[str]) -> Reading:
        """Leave out what no tree asks for any more."""
        live = reached(reading, roots)
        self._contents = {path: content for path, content in self._contents.items() if path in live}
        return reading if reading.documents.keys() <= live else only(reading, live)
