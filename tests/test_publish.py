"""Publishing: the folder is ours or refused, failures leave the last site, only our own files go."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.edge import publish as publishing
from pokin_dsl.edge.location import SurroundingsError
from pokin_dsl.edge.publish import MANIFEST, publish

if TYPE_CHECKING:
    from typing import BinaryIO

FIRST = {"index.html": b"satu", "a/kinerja/x.html": b"x", "a/index.html": b"a"}


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def site(folder: Path) -> dict[str, bytes]:
    return {path: content for path, content in contents(folder).items() if path != MANIFEST}


def test_the_folder_holds_exactly_the_site(tmp_path: Path) -> None:
    output = tmp_path / "output"
    assert publish(output, FIRST).written == 3
    assert site(output) == FIRST
    second = {"index.html": b"dua", "a/index.html": b"a", "b/index.html": b"b"}
    done = publish(output, second)
    assert (done.written, done.unchanged, done.removed) == (2, 1, 1)
    assert site(output) == second
    assert not (output / "a" / "kinerja").exists()


def test_an_equal_page_is_not_written_again(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, FIRST)
    before = {path: (output / path).stat().st_ino for path in FIRST}
    publish(output, FIRST | {"index.html": b"lain"})
    after = {path: (output / path).stat().st_ino for path in FIRST}
    assert [path for path in FIRST if before[path] != after[path]] == ["index.html"]


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "skripsi.docx").write_bytes(b"penting")
    with pytest.raises(SurroundingsError, match="bukan buatan pokin"):
        publish(tmp_path, FIRST)
    assert contents(tmp_path) == {"skripsi.docx": b"penting"}


def test_a_strangers_file_in_our_folder_stays(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, FIRST)
    (output / "catatan.txt").write_bytes(b"milik orang")
    publish(output, {"index.html": b"dua"})
    assert site(output) == {"index.html": b"dua", "catatan.txt": b"milik orang"}
    with pytest.raises(SurroundingsError, match="tidak ditimpa"):
        publish(output, {"index.html": b"tiga", "catatan.txt": b"milik kami"})
    assert site(output) == {"index.html": b"dua", "catatan.txt": b"milik orang"}


def test_a_write_that_fails_leaves_the_last_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "output"
    publish(output, FIRST)
    before = contents(output)
    real = publishing.open_anew

    def full_disk(path: Path) -> BinaryIO:
        if path.name.startswith("y.html"):
            raise OSError(28, "No space left on device")
        return real(path)

    monkeypatch.setattr(publishing, "open_anew", full_disk)
    with pytest.raises(SurroundingsError, match="Situs lama tetap ada"):
        publish(output, {"index.html": b"dua", "a/kinerja/y.html": b"y"})
    monkeypatch.undo()
    assert contents(output) == before
    publish(output, {"index.html": b"dua"})
    assert site(output) == {"index.html": b"dua"}


def test_a_page_that_cannot_be_replaced_is_named_and_the_next_build_brings_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "output"
    publish(output, FIRST)
    second = {"index.html": b"dua", "a/index.html": b"b", "a/kinerja/y.html": b"y"}
    replace = os.replace

    def in_use(source: str | Path, target: str | Path) -> None:
        if Path(target) == output.resolve() / "a" / "index.html":
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", in_use)
    with pytest.raises(SurroundingsError, match=r'"a/index\.html" tidak dapat diganti'):
        publish(output, second)
    assert site(output) == {**FIRST, "index.html": b"dua", "a/kinerja/y.html": b"y"}
    monkeypatch.undo()
    publish(output, second)
    assert site(output) == second


def test_new_pages_appear_before_changed_ones_and_removals_come_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "output"
    publish(output, FIRST)
    order: list[str] = []
    replace, remove = os.replace, publishing._remove

    def seen(source: str | Path, target: str | Path) -> None:
        order.append(Path(target).name)
        replace(source, target)

    def seen_removal(base: Path, paths: list[str]) -> None:
        order.extend(f"-{Path(path).name}" for path in paths)
        remove(base, paths)

    monkeypatch.setattr(os, "replace", seen)
    monkeypatch.setattr(publishing, "_remove", seen_removal)
    publish(output, {"index.html": b"dua", "a/index.html": b"a", "baru.html": b"b"})
    pages = [name for name in order if name != MANIFEST]
    assert pages == ["baru.html", "index.html", "-x.html"]


def test_a_link_out_of_the_folder_is_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "luar"
    outside.mkdir()
    output = tmp_path / "output"
    publish(output, {"index.html": b"satu"})
    (output / "a").symlink_to(outside, target_is_directory=True)
    with pytest.raises(SurroundingsError, match="tautan ke luar"):
        publish(output, FIRST)
    assert not list(outside.iterdir())
    assert (output / "index.html").read_bytes() == b"satu"


def test_a_link_where_a_file_is_staged_is_taken_away_and_not_written_through(tmp_path: Path) -> None:
    outside, output = tmp_path / "luar", tmp_path / "output"
    outside.write_bytes(b"penting")
    publish(output, {"index.html": b"satu"})
    for name in ("index.html", "baru.html", MANIFEST):
        (output / f"{name}.pokin-baru").symlink_to(outside)
    publish(output, {"index.html": b"dua", "baru.html": b"b"})
    assert outside.read_bytes() == b"penting"
    assert site(output) == {"index.html": b"dua", "baru.html": b"b"}
    assert not list(output.glob("*.pokin-baru"))


@pytest.mark.parametrize("content", ["", "[]", "{", '{"berkas": 3}'])
def test_a_broken_manifest_is_refused(tmp_path: Path, content: str) -> None:
    output = tmp_path / "output"
    publish(output, FIRST)
    (output / MANIFEST).write_text(content)
    with pytest.raises(SurroundingsError, match="rusak"):
        publish(output, {"index.html": b"dua"})
    assert site(output) == FIRST


def test_a_manifest_cannot_name_files_elsewhere(tmp_path: Path) -> None:
    victim = tmp_path / "penting.txt"
    victim.write_bytes(b"jangan hilang")
    output = tmp_path / "output"
    publish(output, FIRST)
    (output / MANIFEST).write_text('{"berkas": ["../penting.txt", "/etc/passwd", "a/../../penting.txt"]}')
    with pytest.raises(SurroundingsError, match="tidak ditimpa"):
        publish(output, {"index.html": b"dua"})  # what is there is now nobody's
    publish(output, FIRST)
    assert victim.read_bytes() == b"jangan hilang"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(28, "No space left on device"), "diska penuh"),
        (PermissionError(13, "Permission denied"), "Anda tidak mempunyai izin"),
        (OSError(5000, "Kesalahan lain"), "Kesalahan lain"),
        (OSError(), "OSError"),
    ],
)
def test_what_the_system_refuses_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(SurroundingsError) as told:
        publish(tmp_path / "output", FIRST)
    assert str(told.value) == f"Situs tidak dapat ditulis ke output: {reason}."
