"""When a save is over: single events of files become one set of touched paths, told once all of it is quiet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Stage(Enum):
    """How far a file has come as its last event tells."""

    COMPLETE = auto()
    """Its writer closed it, or a rename brought it into place."""
    WRITTEN = auto()
    """It appeared or changed, and nothing says whether more follows."""
    OPEN = auto()
    """It changed, and its writer will close it."""
    VANISHED = auto()
    """It was removed or renamed away; many editors bring it back at once."""


@dataclass(frozen=True, slots=True)
class Times:
    """How many seconds of quiet each stage asks for; ``limit`` is the longest wait since the first event.

    ``closings`` says whether the system tells that the writer of a file closed it.
    """

    closings: bool
    complete: float
    written: float
    vanished: float
    limit: float


EXACT = Times(
    closings=True,
    # Nothing more is expected; this long only because one save may end in several steps (write, rename, set the date).
    complete=0.010,
    # A disk that is busy makes pauses like this between two pieces.
    written=0.100,
    # An editor that removes before it writes is back sooner; a file really removed may wait that long.
    vanished=0.100,
    # A program that holds a file open for longer writes a journal, not a save.
    limit=2.0,
)
"""Where the system tells that a writer closed a file (Linux)."""

# Without closing events the pauses between the pieces of a save are all that there is to go by.
BLIND = Times(closings=False, complete=0.050, written=0.050, vanished=0.100, limit=2.0)
"""Where the system tells only that a file was changed (macOS, Windows)."""

POLLING_INTERVAL = 0.5
# A file that was away at one look is back at the next one.
POLLED = Times(closings=False, complete=0.050, written=0.050, vanished=POLLING_INTERVAL + 0.1, limit=2.0)
"""Where folders are looked through at intervals."""


@dataclass(frozen=True, slots=True)
class _Touch:
    stage: Stage
    at: float
    born: bool


class Settling:
    """What was touched since the last signal; moments are seconds of any one clock, ``times`` may be changed.

    ``born`` are paths that were not there before: one that vanishes again has never been, so that a temporary file
    leaves no trace whatever its name.
    """

    def __init__(self, times: Times) -> None:
        self.times = times
        self._touched: dict[Path, _Touch] = {}
        self._first = 0.0

    def note(self, path: Path, stage: Stage, at: float, *, born: bool = False) -> None:
        """Note an event of a path that counts."""
        if not self._touched:
            self._first = at
        before = self._touched.get(path)
        born = before.born if before else born
        if born and stage is Stage.VANISHED:
            del self._touched[path]
            return
        self._touched[path] = _Touch(stage, at, born)

    @property
    def due(self) -> float | None:
        """When all of it will have been quiet for long enough; nothing where nothing was touched."""
        if not self._touched:
            return None
        return min(max(map(self._quiet_at, self._touched.values())), self._first + self.times.limit)

    def take(self) -> frozenset[Path]:
        """Give what was touched, and start anew."""
        touched, self._touched = frozenset(self._touched), {}
        return touched

    def _quiet_at(self, touch: _Touch) -> float:
        times = self.times
        if touch.stage is Stage.OPEN:
            return touch.at + times.limit
        if touch.stage is Stage.VANISHED:
            return touch.at + times.vanished
        # Several files at once are a program's doing (a checkout, an archive unpacked), and more may follow.
        alone = len(self._touched) == 1
        return touch.at + (times.complete if touch.stage is Stage.COMPLETE and alone else times.written)
