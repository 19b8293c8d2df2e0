"""The door of the preview: a port of this machine, and what is said when it cannot be had."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass

from pokin_dsl.edge.location import SurroundingsError

DEFAULT_PORT = 17845
"""17-8-45, the day of the proclamation, which nobody has to look up; no common program listens there.

It lies below the ports that systems hand out by themselves, so it is not taken by chance.
"""

_HOST = "127.0.0.1"
_LAST_PORT = 65535
_FIRST_UNPRIVILEGED = 1024
_TRIES = 50
_WAITING = 128
# Windows says so of ports that another program holds for itself alone, or that the system has set aside.
_TAKEN = (errno.EADDRINUSE, errno.EACCES)


class PortError(SurroundingsError):
    """A port cannot be had."""


class PortTakenError(PortError):
    """The port asked for is in use; ``free`` is the next one that is not."""

    def __init__(self, port: int, free: int) -> None:
        super().__init__(
            f"Port {port} sedang dipakai program lain. Port bebas berikutnya: {free}, "
            f"jadi jalankan: pokin serve --port {free}.",
        )
        self.free = free


@dataclass(frozen=True, slots=True)
class Door:
    """A listening socket, its port, and the port that was wanted, which differs where the default one was taken.

    Browsers may knock as soon as there is a door: they wait until somebody serves behind it.
    """

    socket: socket.socket
    port: int
    wanted: int

    @property
    def address(self) -> str:
        """Where the preview is, as one would type it."""
        return f"http://{_HOST}:{self.port}/"


def open_door(port: int | None = None) -> Door:
    """Listen at a port of this machine, seen by this machine alone; without one at the default or the next free one.

    Raises:
        PortTakenError: the port asked for is in use.
        PortError: it is no port, may not be opened, or there is none left.
    """
    if port is None:
        return _first_free(DEFAULT_PORT, DEFAULT_PORT)
    if not 1 <= port <= _LAST_PORT:
        raise PortError(f"Port harus bilangan dari 1 sampai {_LAST_PORT}, bukan {port}.")
    try:
        return Door(_listen(port), port, port)
    except OSError as problem:
        raise _explained(problem, port) from problem


def _explained(problem: OSError, port: int) -> PortError:
    if problem.errno == errno.EACCES and port < _FIRST_UNPRIVILEGED:
        return PortError(
            f"Port {port} hanya boleh dibuka oleh administrator. "
            f"Pakai port {_FIRST_UNPRIVILEGED} ke atas, misalnya: pokin serve --port {DEFAULT_PORT}.",
        )
    if problem.errno not in _TAKEN:
        return PortError(f"Port {port} tidak dapat dibuka: {problem.strerror}.")
    door = _first_free(port + 1, port)
    door.socket.close()
    return PortTakenError(port, door.port)


def _first_free(first: int, wanted: int) -> Door:
    """Open the first port from ``first`` on that is free, among those nearby; else any that the system gives."""
    for port in range(first, min(first + _TRIES, _LAST_PORT + 1)):
        try:
            return Door(_listen(port), port, wanted)
        except OSError:
            continue
    try:
        door = _listen(0)
    except OSError as problem:
        raise PortError(f"Tidak ada port yang dapat dibuka: {problem.strerror}.") from problem
    return Door(door, door.getsockname()[1], wanted)


def _listen(port: int) -> socket.socket:
    """Bind and listen at once, so that nobody can bind the same port in between.

    Elsewhere SO_REUSEADDR lets a server come back at once after it ended; on Windows it would let two programs share a
    port, and its opposite must be asked for.
    """
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR if exclusive is None else exclusive, 1)
        door.bind((_HOST, port))
        door.listen(_WAITING)
    except OSError:
        door.close()
        raise
    return door
