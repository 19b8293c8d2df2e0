"""What the system denies: it is told with its reason, no tree is left out without a word, and the last site stays."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.edge.location import SurroundingsError
from pokin_dsl.edge.workspace import open_workspace
from tests.command import command, pokin

if TYPE_CHECKING:
    from pathlib import Path

TREE = "pokin: 1\njudul: Pohon Kinerja Kecamatan\n\noutcome Terwujudnya Pelayanan Publik Kecamatan yang Prima\n"
NO_LINKS = pytest.mark.skipif(sys.platform == "win32", reason="only administrators may make links there")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "kerja"
    (folder / "trees" / "dinas").mkdir(parents=True)
    (folder / "trees" / "kecamatan.pokin").write_text(TREE, "utf-8")
    return folder


def built(root: Path, *words: str) -> tuple[int, str]:
    done = pokin("build", *words, folder=root, POKIN_CACHE="none")
    return done.returncode, done.stdout + done.stderr


@NO_LINKS
@pytest.mark.parametrize("target", ["../../luar.pokin", "tiada.pokin", "tautan.pokin"])
def test_a_tree_that_cannot_be_opened_is_told_and_the_last_site_stays(root: Path, target: str) -> None:
    assert built(root)[0] == 0
    before = (root / "output" / "index.html").read_bytes()
    (root.parent / "luar.pokin").write_text(TREE.replace("Kecamatan", "Rahasia"), "utf-8")
    (root / "trees" / "tautan.pokin").symlink_to(target)
    code, told = built(root)
    assert (code, "galat[P021] Berkas ini tidak dapat dibuka" in told, "Rahasia" in told) == (1, True, False)
    assert "--> trees/tautan.pokin" in told
    assert (root / "output" / "index.html").read_bytes() == before
    code, told = built(root, "--force")
    assert (code, "Situs diterbitkan" in told) == (1, True)
    assert "P021" in (root / "output" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("emptied", ["kecamatan.pokin", "dinas/bagian.pokin"])
@pytest.mark.parametrize("left", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", "\u00a0\n".encode()])
def test_a_file_that_lost_its_content_leaves_the_last_site(root: Path, emptied: str, left: bytes) -> None:
    (root / "trees" / "dinas.pokin").write_text(TREE.replace("Kecamatan", "Dinas") + "  sertakan dinas/bagian.pokin\n")
    (root / "trees" / "dinas" / "bagian.pokin").write_text("pokin: 1\n\nkondisi Meningkatnya Pelayanan\n", "utf-8")
    assert built(root)[0] == 0
    before = {path: path.read_bytes() for path in (root / "output").rglob("*.html")}
    (root / "trees" / emptied).write_bytes(left)
    code, told = built(root)
    assert (code, told.count("galat["), f"--> trees/{emptied}" in told) == (1, 1, True)
    assert "galat[P022] Berkas ini kosong" in told
    assert {path: path.read_bytes() for path in (root / "output").rglob("*.html")} == before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are Unicode")
def test_a_name_that_no_page_could_show_is_told(root: Path) -> None:
    with open(os.fsencode(root / "trees") + b"/desa\xff.pokin", "wb") as stream:
        stream.write(TREE.encode())
    code, told = built(root, "--force")
    assert (code, "galat[P021] Nama berkas atau foldernya bukan UTF-8" in told) == (1, True)
    assert "Situs diterbitkan" in told


def test_a_folder_that_cannot_be_looked_into_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def denied(path: str) -> object:
        if str(path).endswith("dinas"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr("os.scandir", denied)
    with pytest.raises(SurroundingsError, match='Folder "dinas" tidak dapat dibaca: Anda tidak mempunyai izin'):
        open_workspace([], root)


@NO_LINKS
def test_settings_that_cannot_be_read_are_told(root: Path) -> None:
    (root / "pokin.toml").symlink_to(root / "pokin.toml")
    assert built(root) == (2, "pokin.toml tidak dapat dibaca: tautannya berputar tanpa ujung.\n")
    (root / "pokin.toml").unlink()
    (root / "pokin.toml").mkdir()
    assert built(root) == (2, "pokin.toml bukan berkas biasa, jadi tidak dapat dibaca.\n")


def test_a_file_of_another_encoding_is_told_once(root: Path) -> None:
    (root / "trees" / "kecamatan.pokin").write_bytes(TREE.encode("utf-16"))
    code, told = built(root)
    assert (code, told.count("galat["), "disimpan sebagai UTF-16" in told) == (1, 1, True)


def test_an_output_folder_is_named_however_it_is_given(root: Path) -> None:
    code, told = built(root, "-o", ".")
    assert (code, told.startswith('Folder "kerja" berisi berkas')) == (2, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("merge", "satu", "dua"), "Argumen wajib belum ditulis: MASUK."),
        (("pr",), "Argumen wajib belum ditulis: REVISI."),
        (("serve", "--port", "delapan"), "Nilai untuk --port harus berupa bilangan bulat."),
    ],
)
def test_wrong_usage_names_what_is_wrong(root: Path, words: tuple[str, ...], told: str) -> None:
    done = pokin(*words, folder=root)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, told)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of another kind")
def test_a_reader_that_goes_away_is_no_finding(root: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command("check"), cwd=root, stdout=writing, stderr=subprocess.PIPE, check=False, timeout=120)
    os.close(writing)
    assert (done.returncode, done.stderr) == (2, b"")
