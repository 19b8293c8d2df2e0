"""What builds remember: it survives, it stays small, and no trouble with its file ever reaches a build."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pokin_dsl.edge import cache as caching
from pokin_dsl.edge import shelf
from pokin_dsl.edge.cache import Cache, open_cache
from pokin_dsl.edge.location import SurroundingsError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ingatan.sqlite"


def kept(file: Path, *keys: str) -> dict[str, bytes]:
    with Cache(file) as cache:
        return cache.recall(keys)


def filled(file: Path, **values: bytes) -> None:
    with Cache(file) as cache:
        cache.keep(values)
        cache.trim()


def test_what_is_kept_is_known_at_once_and_in_the_next_process(file: Path) -> None:
    with Cache(file) as cache:
        cache.keep({"a": b"satu", "b": b""})
        assert cache.recall(["a", "b", "c"]) == {"a": b"satu", "b": b""}
    assert kept(file, "a", "b", "c") == {"a": b"satu", "b": b""}


def test_many_values_come_back_whole(file: Path) -> None:
    values = {f"k{n}": os.urandom(50) * n for n in range(1200)}
    filled(file, **values)
    assert kept(file, *values) == values


def test_what_two_builds_did_not_use_is_forgotten(file: Path) -> None:
    filled(file, a=b"1", b=b"2")
    for _ in range(2):
        with Cache(file) as cache:
            assert cache.recall(["a"]) == {"a": b"1"}
            cache.trim()
    assert kept(file, "a", "b") == {"a": b"1"}


def test_two_sites_built_in_turns_both_stay(file: Path) -> None:
    for _ in range(3):
        filled(file, a=b"1")
        filled(file, b=b"2")
    assert kept(file, "a", "b") == {"a": b"1", "b": b"2"}


KEYS = st.sampled_from("abcd")
STEPS = st.one_of(
    st.tuples(st.just("keep"), st.dictionaries(KEYS, st.binary(max_size=20))),
    st.tuples(st.just("recall"), st.sets(KEYS)),
    st.tuples(st.just("trim"), st.none()),
    st.tuples(st.just("reopen"), st.none()),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(STEPS, max_size=12))
def test_a_value_is_the_last_one_kept_and_stays_while_it_is_used(steps: list[tuple[str, object]]) -> None:
    last: dict[str, bytes] = {}
    used: list[set[str]] = [set(), set()]
    with TemporaryDirectory() as folder:
        cache = Cache(Path(folder) / "x.sqlite")
        for step, what in steps:
            if step == "keep" and isinstance(what, dict):
                cache.keep(what)
                last |= what
                used[-1] |= what.keys()
            elif step == "recall" and isinstance(what, set):
                found = cache.recall(what)
                assert found == {key: last[key] for key in found}
                assert found.keys() >= what & (used[-1] | used[-2])
                used[-1] |= found.keys()
            elif step == "trim":
                cache.trim()
                used.append(set())
            elif step == "reopen":
                cache.trim()  # whoever recalls ends the build, or the next one does not know what was used
                used.append(set())
                cache.close()
                cache = Cache(Path(folder) / "x.sqlite")
        cache.close()


def test_another_program_knows_nothing_of_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(file, a=b"lama")
    with monkeypatch.context() as patch:
        patch.setattr(caching, "program_fingerprint", lambda: "f" * 64)
        assert kept(file, "a") == {}
        filled(file, a=b"baru")
        assert kept(file, "a") == {"a": b"baru"}
    assert kept(file, "a") == {"a": b"lama"}


@pytest.mark.parametrize("content", [b"bukan basis data" * 100, b"SQLite format 3\0" + bytes(200), b""])
def test_a_file_that_is_none_is_made_anew(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    filled(file, a=b"1")
    assert kept(file, "a") == {"a": b"1"}


def test_a_file_of_another_shape_is_made_anew(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE kept (lain)")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    filled(file, a=b"1")
    assert kept(file, "a") == {"a": b"1"}


def serves(file: Path) -> bool:
    filled(file, a=b"1")
    return kept(file, "a") == {"a": b"1"}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 11), st.integers(0, 4095), st.binary(min_size=1, max_size=300))
def test_a_damaged_file_gives_right_values_or_none(page: int, at: int, damage: bytes) -> None:
    values = {f"k{n}": bytes(range(256)) * n for n in range(40)}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "x.sqlite"
        filled(file, **values)
        with file.open("r+b") as stream:
            stream.seek((page * 4096 + at) % file.stat().st_size)
            stream.write(damage)
        with Cache(file) as cache:
            known = cache.recall(values)
            cache.keep({"baru": b"1"})
            cache.trim()
        assert known == {key: values[key] for key in known}
        assert any(serves(file) for _ in range(3))


@pytest.mark.parametrize("trouble", ["PRAGMA query_only = 1", "PRAGMA max_page_count = 1"], ids=["read-only", "full"])
def test_a_disk_that_takes_nothing_costs_only_the_memory(file: Path, trouble: str) -> None:
    filled(file, a=b"1")
    with Cache(file) as cache:
        assert cache._connection is not None
        cache._connection.execute(trouble)
        assert cache.recall(["a"]) == {"a": b"1"}
        cache.keep({"b": os.urandom(100_000)})
        cache.trim()
        assert cache.recall(["b"]) == {}
        cache.put_note("n", b"2")
        assert cache.note("n") is None
    assert kept(file, "a", "b") == {"a": b"1"}


def test_two_at_once_share_the_file(file: Path) -> None:
    with Cache(file) as one, Cache(file) as other:
        one.keep({"a": b"1"})
        other.keep({"b": b"2"})
        one.flush()
        other.flush()
        assert one.recall(["a", "b"]) == other.recall(["a", "b"]) == {"a": b"1", "b": b"2"}
        one.trim()
        other.trim()
    assert kept(file, "a", "b") == {"a": b"1", "b": b"2"}


def test_a_file_that_another_one_holds_is_done_without(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(file, a=b"1")
    monkeypatch.setattr(shelf, "_PATIENCE_SECONDS", 0.0)
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with Cache(file) as cache:
        assert cache.recall(["a"]) == {}
        cache.keep({"b": b"2"})
        cache.trim()
    holder.execute("COMMIT")
    holder.close()
    assert kept(file, "a", "b") == {"a": b"1"}


def test_space_that_lies_idle_is_given_back(file: Path) -> None:
    filled(file, **{f"k{n}": os.urandom(50_000) for n in range(200)})
    large = file.stat().st_size
    for _ in range(2):
        filled(file, a=b"1")
    assert file.stat().st_size < large / 10


def test_only_the_latest_notes_stay(file: Path) -> None:
    with Cache(file) as cache:
        for n in range(20):
            cache.put_note(f"n{n}", b"x")
            cache.put_note("n0", str(n).encode())
        assert cache.note("n0") == b"19"
        assert cache.note("n1") is None
        assert cache.note("n19") == b"x"


def workspace(tmp_path: Path, name: str = "kerja") -> Path:
    (tmp_path / name).mkdir(exist_ok=True)
    return tmp_path / name


def test_each_workspace_has_a_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POKIN_CACHE", str(tmp_path / "ingatan"))
    with open_cache(workspace(tmp_path, "satu")) as one, open_cache(workspace(tmp_path, "dua")) as other:
        one.keep({"a": b"1"})
        one.flush()
        assert other.recall(["a"]) == {}
    assert len(list((tmp_path / "ingatan").iterdir())) == 2


def test_a_workspace_that_was_left_long_ago_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POKIN_CACHE", str(tmp_path / "ingatan"))
    for name, days in (("lama", 100), ("baru", 5)):
        with open_cache(workspace(tmp_path, name)) as cache:
            assert cache._connection is not None
            cache._connection.execute("UPDATE counts SET value = value - ? WHERE name = 'day'", (days,))
    (tmp_path / "ingatan" / "catatan.txt").write_text("bukan milik pokin", "utf-8")
    open_cache(workspace(tmp_path)).close()
    names = {path.suffix: path.stem for path in (tmp_path / "ingatan").iterdir()}
    assert (len(list((tmp_path / "ingatan").glob("*.sqlite"))), ".txt" in names) == (2, True)


def test_it_can_be_turned_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POKIN_CACHE", "none")
    with open_cache(workspace(tmp_path)) as cache:
        cache.keep({"a": b"1"})
        assert (cache.on, cache.recall(["a"])) == (False, {})


@pytest.mark.parametrize("chosen", ["ingatan", "{root}/ingatan", "{root}", "{root}/../kerja/x"])
def test_it_is_never_in_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str) -> None:
    root = workspace(tmp_path)
    monkeypatch.setenv("POKIN_CACHE", chosen.format(root=root))
    with pytest.raises(SurroundingsError, match="POKIN_CACHE"):
        open_cache(root)
    assert list(root.iterdir()) == []


def test_a_link_into_the_workspace_is_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = workspace(tmp_path)
    (tmp_path / "tautan").symlink_to(root)
    monkeypatch.setenv("POKIN_CACHE", str(tmp_path / "tautan" / "ingatan"))
    with pytest.raises(SurroundingsError, match="ruang kerja kerja"):
        open_cache(root)


def test_the_usual_folder_is_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POKIN_CACHE")
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: str(tmp_path / "pengguna"))
    with open_cache(workspace(tmp_path)) as cache:
        assert cache.on
    assert len(list((tmp_path / "pengguna").glob("*.sqlite"))) == 1
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: str(tmp_path / "kerja" / ".cache"))
    assert not open_cache(workspace(tmp_path)).on
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: "~/.cache")
    assert not open_cache(workspace(tmp_path)).on


def test_a_folder_that_cannot_be_made_costs_only_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "berkas").write_text("", "utf-8")
    monkeypatch.setenv("POKIN_CACHE", str(tmp_path / "berkas" / "ingatan"))
    assert not open_cache(workspace(tmp_path)).on
