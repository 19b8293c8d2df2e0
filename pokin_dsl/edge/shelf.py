"""The SQLite file of a cache: its tables, what is done in one transaction each, and what becomes of old files."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SUFFIX = ".sqlite"
# The number of the shape of the tables; a file of another shape is made anew.
_SHAPE = 1
_TABLES = (
    "CREATE TABLE kept (place TEXT PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE TABLE seen (place TEXT PRIMARY KEY, turn INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE notes (name TEXT PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE TABLE counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
)
# What a build did not use may be of another tree or folder that is built in turns with this one.
_TURNS = 2
_NOTES = 8
_UNUSED_DAYS = 60
_SECONDS_A_DAY = 86_400
# Another process of the same workspace writes for half a second at most, also a very large site.
_PATIENCE_SECONDS = 5.0
_PAGES_WORTH_SHRINKING = 1_000


def opened(file: Path) -> sqlite3.Connection:
    """Open a file, made anew where it is broken or of another shape.

    Once a day the files of other workspaces that were not opened for long are removed.

    Raises:
        sqlite3.Error, OSError: it cannot be opened or made.
    """
    try:
        return _connected(file)
    except sqlite3.Error as trouble:
        if not broken(trouble):
            raise
        remove(file)
        return _connected(file)


def broken(trouble: Exception) -> bool:
    """Say whether it is the file that is at fault, and not the disk, its rights, or somebody else who works on it."""
    return isinstance(trouble, sqlite3.DatabaseError) and not isinstance(trouble, sqlite3.OperationalError)


def remove(file: Path) -> None:
    """Remove a file with what SQLite may have left beside it."""
    for path in (file, file.with_name(file.name + "-journal")):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def values(connection: sqlite3.Connection, places: Iterable[str]) -> dict[str, bytes]:
    """Give the values that stand at these places."""
    found: dict[str, bytes] = {}
    with _transaction(connection, "DEFERRED"):
        for place in places:
            row = connection.execute("SELECT value FROM kept WHERE place = ?", (place,)).fetchone()
            if row is not None:
                found[place] = row[0]
    return found


def put_values(connection: sqlite3.Connection, rows: list[tuple[str, bytes]]) -> None:
    """Put values at their places; they count as used in the turn that is going on."""
    with _transaction(connection, "IMMEDIATE"):
        turn = _count(connection, "turn") + 1
        connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)
        connection.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", [(place, turn) for place, _ in rows])


def end_turn(connection: sqlite3.Connection, used: Iterable[str]) -> None:
    """Drop what was used neither in this turn nor in the one before it, and give back space that lies idle."""
    with _transaction(connection, "IMMEDIATE"):
        turn = _count(connection, "turn") + 1
        _set_count(connection, "turn", turn)
        connection.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", [(place, turn) for place in used])
        connection.execute("DELETE FROM seen WHERE turn <= ?", (turn - _TURNS,))
        connection.execute("DELETE FROM kept WHERE place NOT IN (SELECT place FROM seen)")
    pages, idle = (connection.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "freelist_count"))
    if pages > _PAGES_WORTH_SHRINKING and idle * 2 > pages:
        connection.execute("VACUUM")


def note(connection: sqlite3.Connection, name: str) -> bytes | None:
    """Give the note of this name."""
    row = connection.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
    return None if row is None else bytes(row[0])


def put_note(connection: sqlite3.Connection, name: str, value: bytes) -> None:
    """Write a note anew, and drop all but the latest few."""
    with _transaction(connection, "IMMEDIATE"):
        connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))
        latest = f"SELECT rowid FROM notes ORDER BY rowid DESC LIMIT {_NOTES}"  # noqa: S608 - a number of ours
        connection.execute(f"DELETE FROM notes WHERE rowid NOT IN ({latest})")  # noqa: S608 - the same


def _connected(file: Path) -> sqlite3.Connection:
    # Whoever uses it from several threads does so one after the other; a transaction never leaves its function.
    connection = sqlite3.connect(file, timeout=_PATIENCE_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        # A cache that a power cut loses is no loss; half a transaction would be, and the journal keeps it out.
        connection.execute("PRAGMA synchronous = NORMAL")
        if connection.execute("PRAGMA user_version").fetchone()[0] != _SHAPE:
            _make_tables(connection)
        with suppress(sqlite3.OperationalError):  # a file that can only be read still serves
            _greet(connection, file)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_tables(connection: sqlite3.Connection) -> None:
    with _transaction(connection, "IMMEDIATE"):
        shape = connection.execute("PRAGMA user_version").fetchone()[0]
        if shape == _SHAPE:  # another process was first
            return
        if shape:
            raise sqlite3.DatabaseError("a cache of another shape")
        for table in _TABLES:
            connection.execute(table)
        connection.execute(f"PRAGMA user_version = {_SHAPE}")


def _greet(connection: sqlite3.Connection, file: Path) -> None:
    """Note that the file is in use; the first time on a day is the time to look at the others."""
    today = int(time.time()) // _SECONDS_A_DAY
    if _count(connection, "day") == today:
        return
    with _transaction(connection, "IMMEDIATE"):
        _set_count(connection, "day", today)
    for other in file.parent.glob(f"*{SUFFIX}"):
        if other != file and _last_day(other, today) < today - _UNUSED_DAYS:
            remove(other)


def _last_day(file: Path, today: int) -> int:
    """Give the day on which a file was last opened; one that cannot be asked just now counts as used today."""
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", timeout=0, uri=True)) as connection:
            return _count(connection, "day")
    except sqlite3.Error as trouble:
        return 0 if broken(trouble) else today


def _count(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute("SELECT value FROM counts WHERE name = ?", (name,)).fetchone()
    return 0 if row is None else int(row[0])


def _set_count(connection: sqlite3.Connection, name: str, value: int) -> None:
    connection.execute("INSERT OR REPLACE INTO counts VALUES (?, ?)", (name, value))


@contextmanager
def _transaction(connection: sqlite3.Connection, kind: str) -> Iterator[None]:
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
