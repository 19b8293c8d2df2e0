"""The watch itself: it stops and leaves nothing, no failure ends it, and it polls where the system tells nothing."""

from __future__ import annotations

import errno
import queue
import shutil
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.edge import observing
from pokin_dsl.edge.settling import EXACT
from pokin_dsl.edge.watch import Watch, may_be_input
from tests.listening import NEW, OLD, PATIENCE, Listener, in_place, linux_only, renamed_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchdog.observers.api import BaseObserver

pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")  # pytest undoes the module's own


# -- the watch itself --------------------------------------------------------------------------------------------------


@linux_only
def test_a_file_that_stays_open_is_told_after_a_while(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observing, "EXACT", replace(EXACT, limit=0.3))
    with listener.file.open("w", encoding="utf-8") as stream:
        stream.write(NEW)
        stream.flush()
        assert listener.next().texts == {"trees/kecamatan.pokin": NEW}


@linux_only
def test_a_signal_waits_for_the_one_before(tmp_path: Path) -> None:
    entered, may_leave = threading.Semaphore(0), threading.Semaphore(0)
    inside: list[int] = []
    most: list[int] = []

    def settled(_: frozenset[Path]) -> None:
        inside.append(1)
        most.append(len(inside))
        entered.release()
        assert may_leave.acquire(timeout=PATIENCE)
        inside.pop()

    watch = Watch(settled, may_be_input)
    watch.follow({tmp_path: True})
    (tmp_path / "a.pokin").write_text(OLD)
    assert entered.acquire(timeout=PATIENCE)
    (tmp_path / "a.pokin").write_text(NEW)
    assert not entered.acquire(timeout=0.2)
    may_leave.release()
    assert entered.acquire(timeout=PATIENCE)
    may_leave.release()
    watch.stop()
    assert most == [1, 1]


@linux_only
def test_a_bug_in_the_rebuild_does_not_end_the_watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: queue.Queue[frozenset[Path]] = queue.Queue()
    seen: queue.Queue[str] = queue.Queue()
    monkeypatch.setattr(threading, "excepthook", lambda given: seen.put(str(given.exc_value)))

    def settled(paths: frozenset[Path]) -> None:
        if tmp_path / "rusak.pokin" in paths:
            raise ValueError("rusak")
        told.put(paths)

    watch = Watch(settled, may_be_input)
    watch.follow({tmp_path: True})
    (tmp_path / "rusak.pokin").write_text(NEW)
    assert seen.get(timeout=PATIENCE) == "rusak"
    (tmp_path / "baik.pokin").write_text(NEW)
    assert told.get(timeout=PATIENCE) == {tmp_path / "baik.pokin"}
    watch.stop()


def handles() -> int:
    """Count what the system has lent to this process for observing."""
    found = 0
    for handle in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found += "inotify" in str(handle.readlink())
    return found


@linux_only
@pytest.mark.parametrize("polling", [False, True])
def test_stopping_leaves_no_thread_and_no_handle(tmp_path: Path, *, polling: bool) -> None:
    threads, lent = set(threading.enumerate()), handles()
    listener = Listener(tmp_path, polling=polling)
    listener.follow()
    assert set(threading.enumerate()) > threads
    assert handles() == lent + (not polling)
    listener.watch.stop()
    listener.watch.stop()
    listener.follow()
    assert set(threading.enumerate()) == threads
    assert handles() == lent


@linux_only
def test_the_signal_may_stop_the_watch_and_follow_other_folders(tmp_path: Path) -> None:
    threads = set(threading.enumerate())
    done = threading.Event()

    def settled(_: frozenset[Path]) -> None:
        watch.follow({tmp_path: False})
        watch.stop()
        done.set()

    watch = Watch(settled, may_be_input)
    watch.follow({tmp_path: True})
    (tmp_path / "a.pokin").write_text(NEW)
    assert done.wait(PATIENCE)
    watch.stop()
    assert set(threading.enumerate()) == threads


def test_a_watch_that_never_followed_anything_stops() -> None:
    Watch(lambda _: None, may_be_input).stop()


# -- looking through at intervals --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("unhurried")
def test_polling_gives_one_signal_for_a_save(tmp_path: Path) -> None:
    listener = Listener(tmp_path, polling=True)
    listener.follow()
    assert listener.watch.polling == "Sesuai permintaan (--polling), perubahan dilihat tiap setengah detik."
    for save in (in_place, renamed_over):
        save(listener.file)
        assert listener.next().texts == {"trees/kecamatan.pokin": NEW}
        listener.file.read_text("utf-8")
    (listener.trees / "4913").touch()
    listener.nothing_more()
    shutil.rmtree(listener.trees)
    assert "trees" in listener.next().names
    listener.trees.mkdir()
    assert "trees" in listener.next().names
    listener.file.write_text(NEW, "utf-8")
    assert "trees/kecamatan.pokin" in listener.next().names
    listener.watch.stop()


def _refuse(number: int) -> Callable[[], BaseObserver]:
    def observer() -> BaseObserver:
        raise OSError(number, "refused")

    return observer


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize(
    ("number", "word"),
    [(errno.ENOSPC, "max_user_watches"), (errno.EMFILE, "max_user_instances"), (errno.EIO, "tidak mengabarkan")],
)
def test_it_polls_where_the_system_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, word: str
) -> None:
    monkeypatch.setattr(observing, "_system_observer", _refuse(number))
    listener = Listener(tmp_path)
    assert not listener.watch.polling
    listener.follow()
    assert word in listener.watch.polling
    assert listener.watch.polling.endswith("perubahan dilihat tiap setengah detik.")
    in_place(listener.file)
    assert listener.next().texts == {"trees/kecamatan.pokin": NEW}
    listener.watch.stop()


@linux_only
@pytest.mark.usefixtures("unhurried")
def test_it_polls_where_some_folders_below_found_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: BaseObserver) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(observing, "_ask_for_room", full)
    lent = handles()
    listener = Listener(tmp_path)
    listener.follow()
    assert "max_user_watches" in listener.watch.polling
    assert handles() == lent
    in_place(listener.file)
    assert "trees/kecamatan.pokin" in listener.next().names
    listener.watch.stop()


def test_it_polls_a_network_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observing, "on_network", lambda folder: folder.name == "trees")
    listener = Listener(tmp_path)
    listener.follow()
    assert listener.watch.polling == "Folder ini berada di jaringan; perubahan dilihat tiap setengah detik."
    listener.watch.stop()
