"""Each way of saving gives exactly one signal, when the file can be read whole; litter and reading give none."""

from __future__ import annotations

import errno
import os
import queue
import shutil
import struct
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pokin_dsl.edge import observing
from pokin_dsl.edge import watch as watching
from pokin_dsl.edge.remote import NETWORK_FILE_SYSTEMS, file_system, is_share, on_network, remote_by_statfs
from pokin_dsl.edge.settling import BLIND, EXACT, POLLED, Settling, Stage, Times
from pokin_dsl.edge.watch import Watch, may_be_input

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from watchdog.observers.api import BaseObserver

OLD = "pokin: 1\njudul: Lama\n"
NEW = "pokin: 1\njudul: Baru\n\noutcome Meningkatnya pelayanan\n"
LONG = NEW + "".join(f"  kondisi Kondisi ke-{n}\n" for n in range(20_000))
PATIENCE = 20.0

pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")  # pytest undoes the module's own
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="what the system tells differs elsewhere")


# -- listening ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Signal:
    """What was told, by names below the workspace, and what the told files held at that moment."""

    names: frozenset[str]
    texts: dict[str, str]


class Listener:
    """A watch on ``trees/`` of a workspace, and the signals that it gave."""

    def __init__(self, root: Path, *, polling: bool = False) -> None:
        self.root = root
        self.trees = root / "trees"
        self.file = self.trees / "kecamatan.pokin"
        self.trees.mkdir()
        self.file.write_text(OLD, "utf-8")
        self.signals: queue.Queue[Signal] = queue.Queue()
        self.watch = Watch(self._settled, may_be_input, polling=polling)

    def follow(self) -> None:
        self.watch.follow({self.root: False, self.trees: True})

    def _settled(self, paths: frozenset[Path]) -> None:
        texts = {self._name(path): path.read_text("utf-8") for path in paths if path.is_file()}
        self.signals.put(Signal(frozenset(map(self._name, paths)), texts))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def next(self) -> Signal:
        return self.signals.get(timeout=PATIENCE)

    def nothing_more(self) -> None:
        """Prove that no signal is under way: what is saved now is all that the next one tells."""
        (self.root / "penanda.pokin").write_text(NEW, "utf-8")
        assert self.next().names == {"penanda.pokin"}


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait longer between the steps of one save, and look sooner: a busy machine may stop a test half-way."""
    monkeypatch.setattr(observing, "EXACT", replace(EXACT, written=0.3, vanished=0.3))
    monkeypatch.setattr(observing, "POLLED", replace(POLLED, complete=0.3, written=0.3))
    monkeypatch.setattr(observing, "POLLING_INTERVAL", 0.05)


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    made = Listener(tmp_path)
    made.follow()
    yield made
    made.watch.stop()


# -- ways of saving ----------------------------------------------------------------------------------------------------


def in_place(file: Path) -> None:
    file.write_text(NEW, "utf-8")


def long_in_place(file: Path) -> None:
    file.write_text(LONG, "utf-8")


def without_truncating(file: Path) -> None:
    with file.open("r+", encoding="utf-8") as stream:
        stream.write(NEW)
        stream.flush()
        stream.truncate()
        os.fsync(stream.fileno())


def truncated_first(file: Path) -> None:
    file.open("w").close()
    with file.open("a", encoding="utf-8") as stream:
        stream.write(NEW)


def renamed_over(file: Path) -> None:
    staged = file.with_name(".kecamatan.pokin.Xy12")
    staged.write_text(NEW, "utf-8")
    staged.replace(file)


def renamed_over_from_a_name_of_ours(file: Path) -> None:
    staged = file.with_name("kecamatan-baru.pokin")
    staged.write_text(NEW, "utf-8")
    staged.replace(file)


def vim_with_backup(file: Path) -> None:
    swap, trial, backup = (
        file.with_name(".kecamatan.pokin.swp"),
        file.with_name("4913"),
        file.with_name(file.name + "~"),
    )
    swap.write_bytes(b"b0VIM")
    trial.touch()
    trial.unlink()
    file.rename(backup)
    file.write_text(NEW, "utf-8")
    file.chmod(0o644)
    backup.unlink()
    swap.unlink()


def emacs(file: Path) -> None:
    lock, autosave = file.with_name(".#kecamatan.pokin"), file.with_name("#kecamatan.pokin#")
    lock.symlink_to("orang@komputer.1:1")
    autosave.write_text(NEW, "utf-8")
    file.rename(file.with_name(file.name + "~"))
    file.write_text(NEW, "utf-8")
    lock.unlink()
    autosave.unlink()


def word(file: Path) -> None:
    owner, new, old = file.with_name("~$camatan.pokin"), file.with_name("~WRD0001.tmp"), file.with_name("~WRL0002.tmp")
    owner.write_bytes(b"\x05")
    new.write_text(NEW, "utf-8")
    file.rename(old)
    new.rename(file)
    old.unlink()
    owner.unlink()


def deleted_and_created(file: Path) -> None:
    file.unlink()
    file.write_text(NEW, "utf-8")


def in_pieces(file: Path) -> None:
    # The pauses are longer than the wait for a file of which nothing is known, shorter than the limit.
    with file.open("w", encoding="utf-8") as stream:
        for piece in (NEW[:5], NEW[5:9], NEW[9:]):
            stream.write(piece)
            stream.flush()
            time.sleep(0.15)


def linked_into_place(file: Path) -> None:
    staged = file.with_name(".kecamatan.staged")
    staged.write_text(NEW, "utf-8")
    file.unlink()
    file.hardlink_to(staged)
    staged.unlink()


WAYS = (
    *(in_place, long_in_place, without_truncating, truncated_first, renamed_over, renamed_over_from_a_name_of_ours),
    *(vim_with_backup, emacs, word, deleted_and_created, in_pieces, linked_into_place),
)


@linux_only
@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("save", WAYS, ids=lambda way: way.__name__)
def test_saving_gives_one_signal_with_the_whole_content(listener: Listener, save: Callable[[Path], None]) -> None:
    save(listener.file)
    told = listener.next()
    assert told.names == {"trees/kecamatan.pokin"}
    assert told.texts == {"trees/kecamatan.pokin": listener.file.read_text("utf-8")}
    assert told.texts["trees/kecamatan.pokin"].startswith(NEW)
    listener.nothing_more()


@linux_only
def test_a_second_save_gives_a_second_signal(listener: Listener) -> None:
    for title in ("Satu", "Dua", "Tiga"):
        listener.file.write_text(f"pokin: 1\njudul: {title}\n", "utf-8")
        assert title in listener.next().texts["trees/kecamatan.pokin"]
    listener.nothing_more()


@linux_only
def test_a_file_created_moved_and_removed(listener: Listener) -> None:
    outside = listener.root / "simpanan"
    outside.mkdir()
    second, third = listener.trees / "dua.pokin", listener.trees / "tiga.pokin"
    second.write_text(NEW, "utf-8")
    assert listener.next().texts == {"trees/dua.pokin": NEW}
    second.rename(third)
    assert listener.next().names == {"trees/dua.pokin", "trees/tiga.pokin"}
    third.rename(outside / "tiga.pokin")
    assert listener.next().names == {"trees/tiga.pokin"}
    (outside / "tiga.pokin").rename(third)
    assert listener.next().texts == {"trees/tiga.pokin": NEW}
    third.unlink()
    assert listener.next() == Signal(frozenset({"trees/tiga.pokin"}), {})
    listener.nothing_more()


# -- many files at once ------------------------------------------------------------------------------------------------


@linux_only
@pytest.mark.usefixtures("unhurried")
@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_checkout_gives_one_signal(tmp_path: Path) -> None:
    listener = Listener(tmp_path)
    names = [f"trees/desa/pohon-{n:02}.pokin" for n in range(40)]

    def git(*words: str) -> None:
        identity = ("-c", "user.name=Uji", "-c", "user.email=uji@contoh.id", "-c", "commit.gpgsign=false")
        subprocess.run(["git", "-C", str(tmp_path), *identity, *words], check=True, capture_output=True)

    (listener.trees / "desa").mkdir()
    git("init", "-b", "utama")
    for branch, text in (("utama", OLD), ("usulan", NEW)):
        git("checkout", "-B", branch)
        for name in names:
            (tmp_path / name).write_text(text, "utf-8")
        git("add", "trees")
        git("commit", "-m", branch)
    git("checkout", "utama")

    listener.follow()
    try:
        git("checkout", "usulan")
        assert listener.next().texts == dict.fromkeys(names, NEW)
        listener.nothing_more()
    finally:
        listener.watch.stop()


@linux_only
@pytest.mark.usefixtures("unhurried")
def test_a_checkout_that_pauses_between_two_files_gives_one_signal(listener: Listener) -> None:
    lock = listener.root / ".git" / "index.lock"
    lock.parent.mkdir()
    lock.touch()
    listener.file.write_text(NEW, "utf-8")
    time.sleep(0.5)
    (listener.trees / "dua.pokin").write_text(NEW, "utf-8")
    lock.unlink()
    assert listener.next().names == {"trees/kecamatan.pokin", "trees/dua.pokin"}
    listener.nothing_more()


@linux_only
def test_what_a_crashed_checkout_left_does_not_hold_anything_back(listener: Listener) -> None:
    lock = listener.root / ".git" / "index.lock"
    lock.parent.mkdir()
    lock.touch()
    os.utime(lock, (0, 0))
    listener.file.write_text(NEW, "utf-8")
    assert listener.next().names == {"trees/kecamatan.pokin"}


@linux_only
@pytest.mark.usefixtures("unhurried")
def test_an_archive_that_brings_a_folder_gives_one_signal(listener: Listener) -> None:
    archive = listener.root / "pohon.zip"
    names = [f"desa/{letter}/pohon.pokin" for letter in "abcde"]
    with zipfile.ZipFile(archive, "w") as packed:
        for name in names:
            packed.writestr(name, NEW)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(listener.trees)
    told = listener.next()
    assert told.texts.items() <= {f"trees/{name}": NEW for name in names}.items()
    assert "trees/desa" in told.names
    listener.nothing_more()
    (listener.trees / names[0]).write_text(OLD, "utf-8")
    assert listener.next().names == {f"trees/{names[0]}"}


@linux_only
@pytest.mark.usefixtures("unhurried")
def test_a_folder_renamed_moved_out_and_back(listener: Listener) -> None:
    folder, renamed, outside = listener.trees / "desa", listener.trees / "kelurahan", listener.root / "simpanan"
    (outside / "desa").mkdir(parents=True)
    (outside / "desa" / "a.pokin").write_text(NEW, "utf-8")
    (outside / "desa").rename(folder)
    assert {"trees/desa"} <= listener.next().names
    folder.rename(renamed)
    assert {"trees/desa", "trees/kelurahan"} <= listener.next().names
    (renamed / "a.pokin").write_text(OLD, "utf-8")
    assert listener.next().texts == {"trees/kelurahan/a.pokin": OLD}
    renamed.rename(outside / "kelurahan")
    assert {"trees", "trees/kelurahan"} <= listener.next().names
    (outside / "kelurahan" / "a.pokin").write_text(NEW, "utf-8")
    listener.nothing_more()
    (outside / "kelurahan").rename(renamed)
    assert {"trees/kelurahan"} <= listener.next().names
    (renamed / "a.pokin").write_text(OLD, "utf-8")
    assert listener.next().texts == {"trees/kelurahan/a.pokin": OLD}
    listener.nothing_more()


# -- folders that are missing, and links -------------------------------------------------------------------------------


@pytest.mark.usefixtures("unhurried")
def test_a_followed_folder_that_vanishes_is_waited_for(listener: Listener) -> None:
    listener.trees.rename(listener.root / "pohon")
    assert "trees" in listener.next().names
    listener.trees.mkdir()
    assert "trees" in listener.next().names
    listener.file.write_text(NEW, "utf-8")
    assert "trees/kecamatan.pokin" in listener.next().texts
    shutil.rmtree(listener.trees)
    assert "trees" in listener.next().names
    (listener.root / "pohon").rename(listener.trees)
    assert "trees" in listener.next().names
    listener.nothing_more()


def test_a_folder_of_which_no_event_comes_is_found_when_it_appears(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_BEAT", 0.05)
    told: queue.Queue[frozenset[Path]] = queue.Queue()
    watch = Watch(told.put, may_be_input)
    theme = tmp_path / "tidak" / "ada" / "tema"
    watch.follow({theme: True})
    theme.mkdir(parents=True)
    assert told.get(timeout=PATIENCE) == {theme}
    (theme / "gaya.css").write_text("a{}")
    assert told.get(timeout=PATIENCE) == {theme / "gaya.css"}
    watch.stop()


def test_only_what_is_followed_now_is_told(listener: Listener) -> None:
    other = listener.root / "lain"
    other.mkdir()
    listener.nothing_more()
    listener.watch.follow({listener.root: False, other: True})
    listener.file.write_text(NEW, "utf-8")
    (other / "a.pokin").write_text(NEW, "utf-8")
    assert listener.next().names == {"lain/a.pokin"}
    listener.follow()
    (other / "a.pokin").write_text(OLD, "utf-8")
    listener.file.write_text(OLD, "utf-8")
    assert listener.next().names == {"trees/kecamatan.pokin"}
    listener.nothing_more()


@linux_only
@pytest.mark.usefixtures("unhurried")
def test_following_more_or_less_of_a_folder_is_no_change_of_it(listener: Listener) -> None:
    deeper = listener.trees / "desa" / "kota"
    listener.watch.follow({listener.root: True, listener.trees: False})
    listener.follow()
    listener.nothing_more()
    deeper.mkdir(parents=True)
    assert "trees/desa" in listener.next().names
    (deeper / "a.pokin").write_text(NEW, "utf-8")
    assert listener.next().names == {"trees/desa/kota/a.pokin"}


@linux_only
def test_a_linked_file_is_told_by_the_name_of_the_link(tmp_path: Path) -> None:
    listener = Listener(tmp_path)
    (tmp_path / "asli").mkdir()
    real, link, later = tmp_path / "asli" / "bersama.pokin", listener.trees / "a.pokin", listener.trees / "b.pokin"
    real.write_text(OLD, "utf-8")
    link.symlink_to(real)
    listener.follow()
    link.write_text(NEW, "utf-8")
    assert listener.next().texts == {"trees/a.pokin": NEW}
    renamed_over(real)
    assert listener.next().texts == {"trees/a.pokin": NEW}
    (tmp_path / "asli" / "lain.pokin").write_text(NEW, "utf-8")
    listener.nothing_more()
    later.symlink_to(tmp_path / "asli" / "lain.pokin")
    assert listener.next().names == {"trees/b.pokin"}
    (tmp_path / "asli" / "lain.pokin").write_text(OLD, "utf-8")
    assert listener.next().texts == {"trees/b.pokin": OLD}
    listener.watch.stop()


@linux_only
def test_a_folder_that_is_a_link_is_watched_where_it_lies(tmp_path: Path) -> None:
    told: queue.Queue[frozenset[Path]] = queue.Queue()
    (tmp_path / "asli" / "desa").mkdir(parents=True)
    (tmp_path / "trees").symlink_to(tmp_path / "asli")
    watch = Watch(told.put, may_be_input)
    watch.follow({tmp_path / "trees": True})
    (tmp_path / "asli" / "desa" / "a.pokin").write_text(NEW, "utf-8")
    assert told.get(timeout=PATIENCE) == {tmp_path / "trees" / "desa" / "a.pokin"}
    watch.stop()


# -- silence -----------------------------------------------------------------------------------------------------------

LITTER = (
    *(".#kecamatan.pokin", ".kecamatan.pokin.swp", "kecamatan.pokin~", "#kecamatan.pokin#", "4913", "kecamatan.tmp"),
    *("kecamatan.pokin___jb_tmp___", ".goutputstream-AB12CD", "~$camatan.pokin", "desktop.ini", ".DS_Store"),
    *("Thumbs.db", "kecamatan.pokin.pokin-baru", "~syncthing~kecamatan.pokin.tmp", ".hidden.pokin", "catatan.docx"),
)


@linux_only
@pytest.mark.usefixtures("unhurried")
def test_litter_of_editors_gives_no_signal(listener: Listener) -> None:
    for name in LITTER:
        file = listener.trees / name
        file.write_text(NEW, "utf-8")
        file.rename(listener.trees / ".pindah")
        (listener.trees / ".pindah").unlink()
    (listener.trees / ".git").mkdir()
    (listener.trees / ".git" / "a.pokin").write_text(NEW, "utf-8")
    listener.nothing_more()


@linux_only
def test_reading_listing_and_dating_give_no_signal(listener: Listener) -> None:
    for _ in range(100):
        assert listener.file.read_text("utf-8") == OLD
        assert list(listener.trees.rglob("*.pokin")) == [listener.file]
    listener.file.chmod(0o600)
    os.utime(listener.file)
    listener.nothing_more()


@linux_only
@pytest.mark.usefixtures("unhurried")
def test_a_temporary_file_that_is_gone_again_gives_no_signal(listener: Listener) -> None:
    passing = listener.trees / "sementara.pokin"
    with passing.open("w", encoding="utf-8") as stream:
        stream.write(NEW)
        passing.unlink()
    listener.nothing_more()


def test_names_that_may_be_inputs() -> None:
    names = ("a.pokin", "pokin.toml", "daftar.tsv", "kinerja.html.j2", "gaya.css", "pohon.js", "tanda.svg", "peta.json")
    assert all(may_be_input(Path("/ruang") / name) for name in names)
    assert may_be_input(Path("/.simpanan/ruang/a.pokin"))
    assert not any(may_be_input(Path("/ruang") / name) for name in (*LITTER, "lain.toml", "a.html", "trees"))


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


# -- where a folder lies -----------------------------------------------------------------------------------------------

MOUNTS = r"""
21 1 254:0 / / rw,relatime - ext4 /dev/vda rw
22 21 0:20 / /proc rw - proc proc rw
30 21 0:41 / /mnt/dinas rw,relatime shared:7 master:2 - nfs4 server:/dinas rw,vers=4.2
31 21 0:42 / /mnt/c rw,noatime - 9p drvfs rw,aname=drvfs;path=C:\
32 21 0:43 / /mnt/berkas\040bersama rw - cifs //server/berkas rw
33 30 0:44 / /mnt/dinas/setempat rw - xfs /dev/vdb rw
34 21 0:45 / /media/a rw - fuse.sshfs orang@server: rw
35 21 0:46 / /media/b rw - tmpfs tmpfs rw
36 35 0:47 / /media/b rw - smb3 //server/b rw
a line that makes no sense
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/orang/trees", "ext4"),
        ("/mnt/dinas", "nfs4"),
        ("/mnt/dinas/a/b", "nfs4"),
        ("/mnt/dinas2", "ext4"),
        ("/mnt/dinas/setempat/a", "xfs"),
        ("/mnt/c/Users", "9p"),
        ("/mnt/berkas bersama/a", "cifs"),
        ("/media/a/b", "fuse.sshfs"),
        ("/media/b", "smb3"),
    ],
)
def test_the_file_system_of_a_folder(folder: str, kind: str) -> None:
    assert file_system(PurePosixPath(folder), MOUNTS) == kind
    assert (kind in NETWORK_FILE_SYSTEMS) == (kind not in ("ext4", "xfs"))


def test_without_mounts_nothing_is_known() -> None:
    assert not file_system(PurePosixPath("/a"), "")


@pytest.mark.parametrize(
    ("path", "share"),
    [
        (r"\\server\dinas\trees", True),
        ("//server/dinas/trees", True),
        (r"\\?\UNC\server\dinas\trees", True),
        (r"\\wsl$\Ubuntu\home", True),
        (r"C:\Users\orang", False),
        (r"\\?\C:\Users\orang", False),
        (r"\\.\C:\Users", False),
        (r"trees\a", False),
    ],
)
def test_shares_of_windows(path: str, share: bool) -> None:  # noqa: FBT001 - a row of the table
    assert is_share(PureWindowsPath(path)) is share


@pytest.mark.parametrize(
    ("flags", "kind", "remote"),
    [
        (0x1000, b"apfs", False),
        (0x1001, b"hfs", False),
        (0, b"smbfs", True),
        (0, b"nfs", True),
        (0x1000, b"macfuse", True),
    ],
)
def test_what_macos_tells(flags: int, kind: bytes, remote: bool) -> None:  # noqa: FBT001 - a row of the table
    answer = struct.pack("=64xII16s", flags, 0, kind) + bytes(2048)
    assert remote_by_statfs(answer) is remote


def test_the_folder_of_this_test_is_local(tmp_path: Path) -> None:
    assert not on_network(tmp_path)
    assert not on_network(tmp_path / "tidak" / "ada")


# -- settling, without a clock -----------------------------------------------------------------------------------------

_A, _B = Path("/trees/a.pokin"), Path("/trees/b.pokin")
_events = st.lists(st.tuples(st.sampled_from((_A, _B)), st.sampled_from(Stage), st.floats(0, 0.5)), min_size=1)


@given(_events, st.sampled_from((EXACT, BLIND, POLLED)))
def test_all_that_was_touched_is_told_once_and_in_time(events: list[tuple[Path, Stage, float]], times: Times) -> None:
    settling = Settling(times)
    now = 0.0
    for path, stage, pause in events:
        now += pause
        settling.note(path, stage, now)
    due = settling.due
    assert due is not None
    assert due <= events[0][2] + times.limit
    assert due >= min(now + times.complete, events[0][2] + times.limit)
    assert settling.take() == {path for path, _, _ in events}
    assert settling.due is None
    assert not settling.take()


@given(_events)
def test_a_file_that_came_and_went_leaves_no_trace(events: list[tuple[Path, Stage, float]]) -> None:
    settling, alone = Settling(EXACT), Settling(EXACT)
    passing = Path("/trees/sementara.pokin")
    now = 0.0
    for path, stage, pause in events:
        now += pause
        settling.note(path, stage, now)
        alone.note(path, stage, now)
    settling.note(passing, Stage.OPEN, now, born=True)
    settling.note(passing, Stage.COMPLETE, now)
    settling.note(passing, Stage.VANISHED, now)
    assert settling.due == alone.due
    assert settling.take() == alone.take()


@pytest.mark.parametrize(
    ("stages", "wait"),
    [
        ([Stage.COMPLETE], EXACT.complete),
        ([Stage.OPEN], EXACT.limit),
        ([Stage.OPEN, Stage.COMPLETE], EXACT.complete),
        ([Stage.VANISHED], EXACT.vanished),
        ([Stage.VANISHED, Stage.OPEN, Stage.COMPLETE], EXACT.complete),
        ([Stage.COMPLETE, Stage.VANISHED], EXACT.vanished),
        ([Stage.WRITTEN], EXACT.written),
    ],
)
def test_how_long_a_file_is_waited_for(stages: list[Stage], wait: float) -> None:
    settling = Settling(EXACT)
    for stage in stages:
        settling.note(_A, stage, 0.0)
    assert settling.due == wait


def test_several_files_at_once_are_waited_for_longer() -> None:
    settling = Settling(EXACT)
    settling.note(_A, Stage.COMPLETE, 0.0)
    settling.note(_B, Stage.COMPLETE, 0.0)
    assert settling.due == EXACT.written
