"""What earlier builds of a workspace made, in one SQLite file of the user's cache folder: bytes by their origin."""

from __future__ import annotations

import os
import sqlite3
import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from pokin_dsl.edge import shelf
from pokin_dsl.edge.location import SurroundingsError
from pokin_dsl.edge.program import program_fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

T = TypeVar("T")
FOLDER_VARIABLE = "POKIN_CACHE"
_OFF = "none"
_COMPRESSION = 1
_MOST_WAITING = 128 * 1024 * 1024
_WORTH_A_SECOND_THREAD = 500
_DIGITS = 32


class Cache:
    """Remembers bytes by key, and notes by name; without a file, or when it fails, it remembers nothing.

    Nothing here raises for the sake of the file: a build without its cache is only slower.
    """

    def __init__(self, file: Path | None = None) -> None:
        """Open the file, which is made anew where it is broken or of another shape; None is a cache that is off."""
        self._file = file
        self._connection: sqlite3.Connection | None = None
        # Values of different programs stand beside each other: a server may still run what has just been replaced.
        self._program = ""
        self._used: set[str] = set()
        self._fresh: dict[str, bytes] = {}
        self._waiting = 0
        if file is not None:
            with suppress(OSError, sqlite3.Error):
                self._program = program_fingerprint()[:_DIGITS]
                self._connection = shelf.opened(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def on(self) -> bool:
        """Say whether anything can be remembered."""
        return self._connection is not None

    def recall(self, keys: Collection[str]) -> dict[str, bytes]:
        """Give what is known of these keys; that some of them are not is nothing unusual."""
        places = {self._program + key: key for key in keys}
        known = {place: self._fresh[place] for place in places if place in self._fresh}
        nothing: dict[str, bytes] = {}
        found = self._safely(lambda connection: shelf.values(connection, places.keys() - known.keys()), nothing)
        known |= {place: content for place, value in found.items() if (content := _unpacked(value)) is not None}
        self._used.update(known)
        return {places[place]: content for place, content in known.items()}

    def keep(self, values: Mapping[str, bytes]) -> None:
        """Remember these values; they reach the file when many have come together, at the latest with ``flush``."""
        if not self.on:
            return
        fresh = {self._program + key: value for key, value in values.items()}
        self._fresh |= fresh
        self._waiting += sum(map(len, fresh.values()))
        if self._waiting > _MOST_WAITING:
            self.flush()

    def flush(self) -> None:
        """Write what is still to be written: each transaction waits for the disk, so there are few of them."""
        fresh, self._fresh, self._waiting = self._fresh, {}, 0
        if fresh and self.on:
            rows = _packed(list(fresh.items()))
            self._safely(lambda connection: shelf.put_values(connection, rows), None)

    def trim(self) -> None:
        """End a build: what neither it nor the one before it has used is forgotten."""
        self.flush()
        used, self._used = self._used, set()
        self._safely(lambda connection: shelf.end_turn(connection, used), None)

    def note(self, name: str) -> bytes | None:
        """Give the note of this name."""
        value = self._safely(lambda connection: shelf.note(connection, name), None)
        return None if value is None else _unpacked(value)

    def put_note(self, name: str, content: bytes) -> None:
        """Write the note of this name anew; only the latest few notes stay."""
        value = zlib.compress(content, _COMPRESSION)
        self._safely(lambda connection: shelf.put_note(connection, name, value), None)

    def close(self) -> None:
        """Write what is still to be written, and let go of the file."""
        self.flush()
        self._let_go()

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

    def _safely(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Do some work on the file; at the first trouble go on without it, and take away a file that is broken."""
        if self._connection is None:
            return otherwise
        try:
            return work(self._connection)
        except (OSError, sqlite3.Error) as trouble:
            self._let_go()
            if self._file is not None and shelf.broken(trouble):
                shelf.remove(self._file)
            return otherwise


NO_CACHE = Cache()


def open_cache(root: Path) -> Cache:
    """Open what is remembered of the workspace with this root (resolved).

    It never lies in the workspace, where a pull request could bring a poisoned one along.

    Raises:
        SurroundingsError: POKIN_CACHE names a folder in the workspace, or one that is no absolute path.
    """
    folder = _folder(root)
    if folder is None:
        return NO_CACHE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return NO_CACHE
    return Cache(folder / (sha256(os.fsencode(root)).hexdigest()[:_DIGITS] + shelf.SUFFIX))


def _folder(root: Path) -> Path | None:
    """Give the folder of all caches; None where there shall be none."""
    chosen = os.environ.get(FOLDER_VARIABLE, "")
    if chosen == _OFF:
        return None
    if not chosen:
        usual = _usual_folder()
        return None if usual is None or usual.is_relative_to(root) else usual
    folder = Path(chosen)
    if not folder.is_absolute():
        raise SurroundingsError(f"{FOLDER_VARIABLE} harus berupa jalur lengkap sebuah folder, atau {_OFF}.")
    if folder.resolve().is_relative_to(root):
        raise SurroundingsError(
            f"{FOLDER_VARIABLE} menunjuk ke dalam ruang kerja {root.name}. Pilih folder di luarnya, atau {_OFF}."
        )
    return folder


def _usual_folder() -> Path | None:
    import platformdirs  # noqa: PLC0415 - 6 ms, and not needed where the folder is chosen

    folder = Path(platformdirs.user_cache_dir("pokin", appauthor=False))
    return folder.resolve() if folder.is_absolute() else None  # without a home it would be relative to where we are


def _packed(rows: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Compress values; many by two threads beside each other, since compressing does not hold the interpreter."""
    if len(rows) < _WORTH_A_SECOND_THREAD:
        return _packed_part(rows)
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - 10 ms, for large builds only

    half = len(rows) // 2
    with ThreadPoolExecutor(max_workers=2) as pool:
        return [row for part in pool.map(_packed_part, (rows[:half], rows[half:])) for row in part]


def _packed_part(rows: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    return [(place, zlib.compress(value, _COMPRESSION)) for place, value in rows]


def _unpacked(value: bytes) -> bytes | None:
    """Give what was compressed; a value that is damaged, which its check sum tells, is none."""
    try:
        return zlib.decompress(value)
    except zlib.error:
        return None
