"""Having the system tell what happens in folders, and looking through them at intervals where it does not."""

from __future__ import annotations

import errno
import logging
import os
import sys
import time
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.inotify_move_event_grouper import InotifyMoveEventGrouper
from watchdog.observers.polling import PollingObserver

from pokin_dsl.edge.remote import on_network
from pokin_dsl.edge.settling import BLIND, EXACT, POLLED, POLLING_INTERVAL, Times

if sys.platform == "linux":
    from watchdog.observers.inotify import InotifyObserver

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from watchdog.observers.api import BaseObserver, ObservedWatch

# Opening, reading and dating a file are no changes: what is not asked for does not even wake the watch.
_EVENTS: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileMovedEvent, FileDeletedEvent),
    *(DirCreatedEvent, DirMovedEvent, DirDeletedEvent),
]
# watchdog holds everything back for this long while it waits for the other half of a move; half a second unless told.
InotifyMoveEventGrouper.delay = 0.010
# What it has to say of itself is for programmers: without a listener Python would print it, and a folder that is found
# twice in one burst of events is nothing to warn of.
logging.getLogger("watchdog").addHandler(logging.NullHandler())
warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)

_AT_INTERVALS = "perubahan dilihat tiap setengah detik."
_ASKED = f"Sesuai permintaan (--polling), {_AT_INTERVALS}"
_REMOTE = f"Folder ini berada di jaringan; {_AT_INTERVALS}"
_REFUSED = {
    errno.ENOSPC: f"Batas jumlah folder yang dapat diamati (fs.inotify.max_user_watches) tercapai; {_AT_INTERVALS}",
    errno.EMFILE: f"Batas jumlah pengamat berkas (fs.inotify.max_user_instances) tercapai; {_AT_INTERVALS}",
}
_UNABLE = f"Sistem ini tidak mengabarkan perubahan berkas; {_AT_INTERVALS}"


@dataclass(frozen=True, slots=True)
class Heard:
    """An event as the system told it: when, below which followed folder, which lies where in truth."""

    at: float
    event: FileSystemEvent
    folder: Path
    real: Path

    @property
    def source(self) -> Path | None:
        """What was touched; of a move, what it was called before, nothing where it came from elsewhere."""
        return self._path(self.event.src_path)

    @property
    def destination(self) -> Path | None:
        """What a moved file is called now; nothing where it went elsewhere."""
        return self._path(self.event.dest_path)

    def _path(self, told: str | bytes) -> Path | None:
        """Give a path as the followed folder has it, also where that is a link."""
        if not told:
            return None
        path = Path(os.fsdecode(told))
        return self.folder / path.relative_to(self.real) if path.is_relative_to(self.real) else path


@dataclass(frozen=True, slots=True)
class _Place:
    """A followed folder as it was found: which one it is on its disk; a missing one has nothing."""

    deep: bool
    identity: tuple[int, int] | None
    watch: ObservedWatch | None


class _Ear(FileSystemEventHandler):
    """Passes on what is told of one folder."""

    def __init__(self, hear: Callable[[Heard], None], folder: Path, real: Path) -> None:
        self._hear, self._folder, self._real = hear, folder, real

    def dispatch(self, event: FileSystemEvent) -> None:
        self._hear(Heard(time.monotonic(), event, self._folder, self._real))


class Observing:
    """Observes folders, and calls ``hear`` on a thread of its own; a folder that comes or goes is heard as created.

    No two methods may be called at the same time.
    """

    def __init__(self, hear: Callable[[Heard], None], *, polling: bool) -> None:
        self._hear = hear
        self._observer: BaseObserver | None = None
        self._places: dict[Path, _Place] = {}
        self.polling = _ASKED if polling else ""

    @property
    def times(self) -> Times:
        """How long the events that come ask to be waited for."""
        if self.polling:
            return POLLED
        return EXACT if sys.platform == "linux" else BLIND

    def arrange(self, wanted: Mapping[Path, bool]) -> None:
        """Observe exactly these folders (True: with all below), each as it is now; those that are missing not yet."""
        if not self.polling and any(on_network(folder) for folder in wanted if folder not in self._places):
            self._poll(_REMOTE)
        known = self._places.keys() & wanted.keys()
        try:
            self._arrange(wanted)
        except OSError as refused:
            self._places = {folder: place for folder, place in self._places.items() if folder in known}
            self._poll(_REFUSED.get(refused.errno or 0, _UNABLE))
            self._arrange(wanted)

    def renew(self, folder: Path) -> None:
        """Let the next arrangement observe a folder afresh, whatever it was."""
        place = self._places.get(folder)
        if place:
            self._places[folder] = _Place(place.deep, None, place.watch)

    def end(self) -> None:
        """End all threads, and give the system back what it lent."""
        observer, self._observer = self._observer, None
        self._places = {folder: _Place(place.deep, None, None) for folder, place in self._places.items()}
        if observer:
            observer.stop()
            if observer.is_alive():
                observer.join()

    def _poll(self, reason: str) -> None:
        self.end()
        self.polling = reason

    def _arrange(self, wanted: Mapping[Path, bool]) -> None:
        for folder in self._places.keys() - wanted.keys():
            self._drop(self._places.pop(folder))
        for folder, deep in wanted.items():
            before = self._places.get(folder)
            identity = _identity(folder)
            if before and (before.deep, before.identity) == (deep, identity):
                continue
            if before:
                self._drop(before)
            watch = self._observe(folder, deep=deep) if identity else None
            self._places[folder] = _Place(deep, identity if watch else None, watch)
            # One that could not be observed, and still cannot, is no news.
            if before and before.identity != identity and (before.watch or watch):
                real = folder.resolve()
                self._hear(Heard(time.monotonic(), DirCreatedEvent(str(real)), folder, real))

    def _observe(self, folder: Path, *, deep: bool) -> ObservedWatch | None:
        """Observe an existing folder; nothing where it went away meanwhile.

        Raises:
            OSError: the system has no more to lend.
        """
        observer = self._started()
        real = folder.resolve()
        ear = _Ear(self._hear, folder, real)
        try:
            watch = observer.schedule(ear, str(real), recursive=deep, event_filter=_EVENTS)
            if deep and not self.polling:
                _ask_for_room(observer)
        except OSError:
            if self.polling or not real.is_dir():
                return None
            raise
        return watch

    def _started(self) -> BaseObserver:
        if self._observer is None:
            self._observer = PollingObserver(timeout=POLLING_INTERVAL) if self.polling else _system_observer()
            self._observer.start()
        return self._observer

    def _drop(self, place: _Place) -> None:
        if self._observer and place.watch:
            with suppress(KeyError):
                self._observer.unschedule(place.watch)


def _system_observer() -> BaseObserver:
    """Make what the system tells through; on Linux a move of which it knows one half is told as a move too.

    Raises:
        OSError: the system has none left.
    """
    if sys.platform != "linux":
        return Observer()
    return InotifyObserver(generate_full_events=True)


def _ask_for_room(observer: BaseObserver) -> None:
    """Fail where the system can observe no further folder: then it was silent about those below that it left out.

    Raises:
        OSError: the limit is reached.
    """
    if sys.platform == "linux":
        observer.unschedule(observer.schedule(FileSystemEventHandler(), "/", event_filter=[DirDeletedEvent]))


def _identity(folder: Path) -> tuple[int, int] | None:
    """Give what tells a folder from another one that bears its name later; nothing where there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if folder.is_dir() else None
