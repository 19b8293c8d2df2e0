"""Each way of saving gives exactly one signal, when the file can be read whole; litter and reading give none."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.edge import watch as watching
from pokin_dsl.edge.watch import Watch, may_be_input
from tests.listening import NEW, OLD, PATIENCE, Listener, Signal, in_place, linux_only, renamed_over

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = NEW + "".join(f"  kondisi Kondisi ke-{n}\n" for n in range(20_000))

pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")  # pytest undoes the module's own


# -- ways of saving ----------------------------------------------------------------------------------------------------


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
