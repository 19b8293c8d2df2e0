"""Watching folders: whatever way a file is saved, one signal comes once it can be read; reading it brings none."""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.events import (
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
)

from pokin_dsl.edge.location import SETTINGS
from pokin_dsl.edge.observing import Observing
from pokin_dsl.edge.settling import EXACT, Settling, Stage
from pokin_dsl.model.naming import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from watchdog.events import FileSystemEvent

    from pokin_dsl.edge.observing import Heard

_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".ico")
_INPUTS = (SUFFIX, ".tsv", ".j2", ".css", ".js", ".json", ".woff", ".woff2", *_PICTURES)
# Hidden files, backups and locks of editors that bear an ending of ours: .#x.pokin, #x.pokin, ~$x.pokin.
_LITTER = (".", "#", "~")
# A folder counts where a file of one of these names in it would.
_LIKELY = ("a" + SUFFIX, "a.css")

# How often followed folders are looked at: one that was missing or renamed may come back without an event.
_BEAT = 1.0
# git holds this file while it writes a checkout; one that is older was left behind by a crash.
_CHECKOUT = Path(".git", "index.lock")
_LONGEST_CHECKOUT = 10.0


def may_be_input(path: Path) -> bool:
    """Say whether a site may be made from a file, by its name alone; what editors leave lying about is refused."""
    return not path.name.startswith(_LITTER) and (path.name == SETTINGS or path.suffix in _INPUTS)


class Watch:
    """Watches folders on threads of its own, and calls ``settled`` with the absolute paths that were touched.

    ``counts`` says whether a file (absolute path) may be an input. The paths are files that count, and folders where
    anything below may have changed. ``settled`` is called on a thread of the watch, never twice at the same time; it
    may call ``follow`` and ``stop``.
    """

    def __init__(
        self,
        settled: Callable[[frozenset[Path]], None],
        counts: Callable[[Path], bool],
        *,
        polling: bool = False,
    ) -> None:
        self._settled = settled
        self._counts = counts
        self._lock = threading.RLock()
        self._stopped = False
        self._wanted: dict[Path, bool] = {}
        self._links: dict[Path, frozenset[Path]] = {}
        self._heard: queue.SimpleQueue[Heard | None] = queue.SimpleQueue()
        self._observing = Observing(self._heard.put, polling=polling)
        self._settling = Settling(EXACT)
        self._beat = self._held = time.monotonic()
        self._thread = threading.Thread(target=self._listen, name="pokin-watch", daemon=True)

    @property
    def polling(self) -> str:
        """Why folders are looked through at intervals, a sentence for people; empty where the system tells."""
        return self._observing.polling

    def follow(self, folders: Mapping[Path, bool]) -> None:
        """Watch exactly these folders (absolute; True: with all below): what changes after this call is told.

        A folder that is missing is waited for; of a file that is a link, the file that it leads to is watched too.
        """
        with self._lock:
            changed, self._wanted = folders != self._wanted, dict(folders)
            self._arrange(links=changed)
            if not self._stopped and not self._thread.is_alive():
                self._thread.start()

    def stop(self) -> None:
        """End all threads; a signal under way is waited for (not where it calls this itself), and none comes after."""
        with self._lock:
            self._stopped = True
            self._observing.end()
            self._heard.put(None)
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    # -- telling --

    def _listen(self) -> None:
        while not self._stopped:
            try:
                self._go_on()
            except Exception:  # noqa: BLE001 - a bug in one rebuild must be seen, and must not end the watch
                threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), self._thread)))

    def _go_on(self) -> None:
        heard = self._next()
        if heard:
            self._note(heard)
            return
        due, now = self._due(), time.monotonic()
        if due is not None and due <= now and not self._stopped:
            self._settled(self._settling.take())
        if self._beat <= now:
            self._beat = now + _BEAT
            self._arrange()

    def _next(self) -> Heard | None:
        """Give what was heard next; nothing where it is time to tell, or to look at the folders."""
        with suppress(queue.Empty):
            return self._heard.get_nowait()
        due = self._due()
        wake = self._beat if due is None else min(self._beat, due)
        with suppress(queue.Empty):
            return self._heard.get(timeout=max(0.0, wake - time.monotonic()))
        return None

    def _due(self) -> float | None:
        """Say when to tell: once all is quiet, and not before a checkout is over and its last events have come."""
        due, now = self._settling.due, time.monotonic()
        if due is None:
            return None
        if due <= now and self._checking_out():
            self._held = now + self._settling.times.written
        return max(due, self._held)

    def _checking_out(self) -> bool:
        """Say whether git is writing the files of a followed folder right now."""
        for folder in {above for wanted in self._wanted for above in (wanted, *wanted.parents)}:
            with suppress(OSError):
                if time.time() - (folder / _CHECKOUT).stat().st_mtime < _LONGEST_CHECKOUT:
                    return True
        return False

    # -- hearing --

    def _note(self, heard: Heard) -> None:
        self._settling.times = self._observing.times
        source, closings = heard.source, self._settling.times.closings
        if heard.event.is_directory:
            self._note_folder(heard)
        elif isinstance(heard.event, (FileMovedEvent, FileDeletedEvent)):
            self._touch(source, Stage.VANISHED, heard.at)
            self._touch(heard.destination, Stage.COMPLETE, heard.at)
            if source and not closings and not source.suffix and not source.name.isdigit():
                # Windows does not tell whether what is gone was a folder; vim tries out a file called 4913.
                self._note_folder(heard)
        elif source:
            born = closings and isinstance(heard.event, FileCreatedEvent)
            stage = _stage(heard.event, source) if closings else Stage.WRITTEN
            if stage:
                self._touch(source, stage, heard.at, born=born)

    def _touch(self, path: Path | None, stage: Stage, at: float, *, born: bool = False) -> None:
        if path is None:
            return
        own = [path] if self._is_followed(path) else []
        for name in filter(self._counts, (*own, *self._links.get(path, ()))):
            self._settling.note(name, stage, at, born=born)
            if name == path and path.is_symlink() and path.resolve() not in self._links:
                self._arrange(links=True)

    def _note_folder(self, heard: Heard) -> None:
        """Note a folder that came, went or was renamed; it may be a followed one, or have followed ones below."""
        paths = [path for path in (heard.source, heard.destination) if path]
        moved_out = isinstance(heard.event, DirMovedEvent) and not heard.destination
        if moved_out or (isinstance(heard.event, DirDeletedEvent) and heard.source == heard.folder):
            # What was observed below is not below any more, but would be told under its old name for ever.
            with self._lock:
                self._observing.renew(heard.folder)
        if moved_out or any(folder.is_relative_to(path) for folder in self._wanted for path in paths):
            self._arrange()
        for path in paths:
            if path in self._wanted or (self._is_followed(path, deep=True) and self._may_hold_inputs(path)):
                self._settling.note(path, Stage.WRITTEN, heard.at)

    def _is_followed(self, path: Path, *, deep: bool = False) -> bool:
        """Say whether a path lies in a followed folder (one that is followed with all below), and nowhere hidden."""
        return any(
            path.is_relative_to(folder)
            and (below or (not deep and path.parent == folder))
            and not any(part.startswith(".") for part in path.relative_to(folder).parts)
            for folder, below in self._wanted.items()
        )

    def _may_hold_inputs(self, folder: Path) -> bool:
        return any(self._counts(folder / name) for name in _LIKELY)

    # -- arranging --

    def _arrange(self, *, links: bool = False) -> None:
        with self._lock:
            if self._stopped:
                return
            if links:
                self._links = _links(self._wanted, self._counts)
            self._observing.arrange({target.parent: False for target in self._links} | self._wanted)


def _stage(event: FileSystemEvent, path: Path) -> Stage | None:
    """Say how far a file has come, on a system that tells when its writer closes it.

    Nothing of a file that is gone: that it vanished was told or will be (one may be deleted before it is closed).
    """
    new = isinstance(event, FileCreatedEvent)
    try:
        empty = path.lstat().st_size == 0
    except OSError:
        return Stage.WRITTEN if new else None
    if isinstance(event, FileClosedEvent):
        # An empty file is hardly what was meant: more follows.
        return Stage.WRITTEN if empty else Stage.COMPLETE
    # One that has content at once is a link, or was found in a new folder: it may have been closed before we listened.
    return Stage.WRITTEN if new and (event.is_synthetic or not empty) else Stage.OPEN


def _links(folders: Mapping[Path, bool], counts: Callable[[Path], bool]) -> dict[Path, frozenset[Path]]:
    """Give the files that links lead to, each with the links that lead there."""
    found: dict[Path, frozenset[Path]] = {}
    for folder, deep in folders.items():
        for link in filter(Path.is_symlink, filter(counts, _files(folder, deep=deep))):
            with suppress(OSError, RuntimeError):
                target = link.resolve()
                found[target] = found.get(target, frozenset()) | {link}
    return found


def _files(folder: Path, *, deep: bool) -> Iterable[Path]:
    for root, folders, names in os.walk(folder):
        yield from (Path(root, name) for name in names)
        folders[:] = [name for name in folders if deep and not name.startswith(".")]
