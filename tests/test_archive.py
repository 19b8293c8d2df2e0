"""``pokin build --zip``: one archive of just what was published, the same for the same site, and nobody's file lost."""

from __future__ import annotations

import os
import time
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pokin_dsl.cli import pokin
from pokin_dsl.edge.archive import CHECKSUMS, archive
from pokin_dsl.edge.location import SurroundingsError
from pokin_dsl.edge.publish import publish

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

TREE = """pokin: 1
judul: Pohon Uji

outcome [utama] Meningkatnya Pelayanan
  @indikator Indeks Pelayanan
    @target (indeks) 2026=80
"""
SITE = {"index.html": b"satu", "a/kinerja/x.html": b"x" * 9000, "statis/gaya.css": b""}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a workspace in which one stands, with a cache of its own."""
    root = tmp_path / "kerja"
    (root / "trees").mkdir(parents=True)
    (root / "trees" / "uji.pokin").write_text(TREE, "utf-8")
    monkeypatch.setenv("POKIN_CACHE", str(tmp_path / "ingatan"))
    monkeypatch.chdir(root)
    return root


def build(*words: str) -> Result:
    return CliRunner().invoke(pokin, ["build", *words], standalone_mode=False, catch_exceptions=False)


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_it_holds_the_site_in_one_folder_with_checksums(workspace: Path) -> None:
    (workspace / "output").mkdir()
    done = build("--zip")
    (workspace / "output" / "catatan.txt").write_text("milik orang", "utf-8")
    told = build("--zip").output
    held = contents(workspace / "output.zip")
    assert {name.split("/")[0] for name in held} == {"output"}
    sums = held.pop(f"output/{CHECKSUMS}").decode()
    files = {name.removeprefix("output/"): content for name, content in held.items()}
    assert "index.html" in files
    assert "uji/kinerja/utama.html" in files
    assert "404.html" in files
    assert "catatan.txt" not in files
    assert not any(name.startswith(".") for name in files)
    assert all((workspace / "output" / name).read_bytes() == content for name, content in files.items())
    assert sums == "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    digest = sha256((workspace / "output.zip").read_bytes()).hexdigest()
    assert f"SHA-256 arsip: {digest}\n" in done.output
    assert "Arsip: output.zip, " in done.output
    assert "sudah sesuai" in told.splitlines()[-2]


def test_the_same_trees_give_the_same_bytes(workspace: Path) -> None:
    build("--zip")
    first = (workspace / "output.zip").read_bytes()
    (workspace / "output.zip").unlink()
    for file in (workspace / "output").rglob("*.html"):
        os.utime(file, (1, time.time() / 2))
        file.chmod(0o600)
    build("--zip", "--no-cache")
    assert (workspace / "output.zip").read_bytes() == first


@pytest.mark.parametrize("cached", [True, False])
def test_a_build_with_nothing_changed_mends_the_archive(workspace: Path, *, cached: bool) -> None:
    words = ("--zip",) if cached else ("--zip", "--no-cache")
    build(*words)
    target = workspace / "output.zip"
    right, place = target.read_bytes(), target.stat().st_ino
    build(*words)
    assert target.stat().st_ino == place
    target.unlink()
    build(*words)
    assert target.read_bytes() == right
    (workspace / "trees" / "uji.pokin").write_text(TREE.replace("Meningkatnya", "Membaiknya"), "utf-8")
    build()
    assert target.read_bytes() == right
    build(*words)
    assert b"Membaiknya Pelayanan" in contents(target)["output/uji/kinerja/utama.html"]


def test_a_changed_figure_changes_the_date_too(tmp_path: Path) -> None:
    """Servers and copying programs take what has the same size and date for the same."""
    dates = []
    for figure in (b"2025", b"2026"):
        publish(tmp_path / "situs", {**SITE, "index.html": figure})
        with zipfile.ZipFile(archive(tmp_path / "situs").path) as found:
            dates.append({entry.filename.partition("/")[2]: entry.date_time for entry in found.infolist()})
    assert {path for path in dates[0] if dates[0][path] != dates[1][path]} == {"index.html", CHECKSUMS}
    assert all((1980,) <= date < (2010,) and date[5] % 2 == 0 for date in dates[1].values())


def test_damage_in_the_middle_of_an_archive_is_seen(tmp_path: Path) -> None:
    publish(tmp_path / "situs", SITE)
    target = archive(tmp_path / "situs").path
    right = target.read_bytes()
    for place in (60, len(right) // 2):
        target.write_bytes(right[:place] + bytes([right[place] ^ 0xFF]) + right[place + 1 :])
        assert archive(tmp_path / "situs").written
        assert target.read_bytes() == right


def test_what_is_not_ours_is_never_overwritten(tmp_path: Path) -> None:
    publish(tmp_path / "situs", SITE)
    target = tmp_path / "situs.zip"
    target.write_bytes(b"skripsi")
    with pytest.raises(SurroundingsError, match="tidak ditimpa"):
        archive(tmp_path / "situs")
    assert target.read_bytes() == b"skripsi"
    with zipfile.ZipFile(target, "w") as other:
        other.writestr("skripsi.docx", b"penting")
    with pytest.raises(SurroundingsError, match="tidak ditimpa"):
        archive(tmp_path / "situs")
    assert list(contents(target)) == ["skripsi.docx"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    publish(tmp_path / "situs", SITE)
    (tmp_path / "rahasia").write_bytes(b"rahasia")
    (tmp_path / "situs" / "index.html").unlink()
    (tmp_path / "situs" / "index.html").symlink_to(tmp_path / "rahasia")
    with pytest.raises(SurroundingsError, match="tautan"):
        archive(tmp_path / "situs")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rahasia", "situs"]


def test_a_link_where_the_archive_is_staged_is_taken_away_and_not_written_through(tmp_path: Path) -> None:
    publish(tmp_path / "situs", SITE)
    (tmp_path / "luar").write_bytes(b"penting")
    (tmp_path / "situs.zip.pokin-baru").symlink_to(tmp_path / "luar")
    assert archive(tmp_path / "situs").written
    assert (tmp_path / "luar").read_bytes() == b"penting"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["luar", "situs", "situs.zip"]


def test_a_full_disk_leaves_the_last_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path / "situs", SITE)
    right = archive(tmp_path / "situs").path.read_bytes()
    publish(tmp_path / "situs", {**SITE, "index.html": b"dua"})

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(SurroundingsError, match="diska penuh"):
        archive(tmp_path / "situs")
    assert (tmp_path / "situs.zip").read_bytes() == right
    assert sorted(path.name for path in tmp_path.iterdir()) == ["situs", "situs.zip"]


def test_a_build_that_publishes_nothing_archives_nothing(workspace: Path) -> None:
    (workspace / "trees" / "uji.pokin").write_text(TREE + "\nkondsi Salah\n", "utf-8")
    done = build("--zip")
    assert "tidak diterbitkan" in done.output
    assert not (workspace / "output.zip").exists()


def test_a_folder_without_a_site_has_no_archive(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match="belum memuat situs"):
        archive(tmp_path / "situs")


_part = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=8)
_files = st.dictionaries(
    st.tuples(_part, _part).map("/".join).map("{}.html".format), st.binary(max_size=200), min_size=1, max_size=6
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=_files, after=_files)
def test_an_archive_is_always_that_of_the_last_site(
    before: dict[str, bytes], after: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("arsip") / "situs"
    publish(folder, before)
    archive(folder)
    publish(folder, after)
    made = archive(folder)
    held = contents(made.path)
    del held[f"situs/{CHECKSUMS}"]
    assert held == {f"situs/{path}": content for path, content in after.items()}
    assert made.files == len(after)
    assert not archive(folder).written
