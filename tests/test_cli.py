"""The command as people call it: help, exit codes, what is printed, what is left on disk."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.command import ROOT, pokin, pokin_process

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    assert pokin("init", "kerja", folder=tmp_path).returncode == 0
    return tmp_path / "kerja"


def test_a_new_workspace_passes_and_builds(tmp_path: Path, workspace: Path) -> None:
    checked = pokin_process("check", "--strict", folder=workspace)
    assert (checked.returncode, b"galat" in checked.stdout, checked.stderr) == (0, False, b"")
    built = pokin_process("build", folder=workspace)
    assert (built.returncode, built.stderr) == (0, b"")
    assert b"Situs diterbitkan" in built.stdout
    assert (workspace / "output" / "contoh" / "kinerja" / "literasi.html").is_file()
    again = pokin("init", "kerja", folder=tmp_path)
    assert (again.returncode, "sudah ada" in again.stderr) == (2, True)


def test_init_tells_three_next_steps(tmp_path: Path) -> None:
    for words in (("init", "kerja"), ("init",)):
        folder = tmp_path / words[-1]
        folder.mkdir()
        told = pokin(*words, folder=folder).stdout
        assert [line.strip()[:2] for line in told.splitlines()[3:6]] == ["1.", "2.", "3."]


def test_a_mistake_is_told_and_the_last_site_stays(workspace: Path) -> None:
    pokin("build", folder=workspace)
    page = workspace / "output" / "contoh" / "index.html"
    before = page.read_bytes()
    tree = workspace / "trees" / "contoh.pokin"
    tree.write_text(tree.read_text("utf-8").replace("kondisi [kunjungan]", "kondsi [kunjungan]"), "utf-8")
    broken = pokin("build", folder=workspace)
    assert broken.returncode == 1
    assert "galat[P003]" in broken.stdout
    assert "Mungkin maksudnya kondisi." in broken.stdout
    assert "Situs tidak diterbitkan" in broken.stdout
    assert page.read_bytes() == before
    forced = pokin("build", "--force", folder=workspace)
    assert (forced.returncode, "Situs diterbitkan" in forced.stdout) == (1, True)


def test_a_warning_fails_only_when_strict(workspace: Path) -> None:
    tree = workspace / "trees" / "contoh.pokin"
    lines = tree.read_text("utf-8").splitlines(keepends=True)
    cut = next(n for n, line in enumerate(lines) if "operasional [jadwal]" in line)
    tree.write_text("".join(lines[:cut]), "utf-8")
    assert "peringatan[P104]" in pokin("check", folder=workspace).stdout
    assert pokin("check", folder=workspace).returncode == 0
    assert pokin("check", "--strict", folder=workspace).returncode == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("biuld",), 'Perintah "biuld" tidak dikenal. Mungkin maksudnya build.'),
        (("build", "--froce"), "Pilihan --froce tidak dikenal."),
        (("build", "-o"), "Pilihan -o ditulis tidak lengkap atau berlebih."),
        (("check", "tiada.pokin"), '"tiada.pokin" tidak ditemukan. Periksa nama dan letaknya.'),
        (("check",), "pokin init"),
    ],
)
def test_wrong_usage_is_told_in_indonesian(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    done = pokin(*words, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_an_output_folder_of_others_is_refused(workspace: Path) -> None:
    foreign = workspace / "dokumen"
    foreign.mkdir()
    (foreign / "penting.txt").write_text("isi", "utf-8")
    done = pokin("build", "-o", "dokumen", folder=workspace)
    assert (done.returncode, "bukan buatan pokin" in done.stderr) == (2, True)
    assert [p.name for p in foreign.iterdir()] == ["penting.txt"]


def test_help_and_version(tmp_path: Path) -> None:
    for words in (("--help",), ("build", "--help"), ("check", "-h"), ("init", "--help"), ()):
        done = pokin(*words, folder=tmp_path)
        assert (done.returncode, done.stdout.startswith("Pemakaian: pokin")) == (0, True)
        assert not {"Usage", "Options", "Show this"} & set(done.stdout.split())
    assert pokin("--version", folder=tmp_path).stdout.startswith("pokin 0.")


def test_where_an_engine_is_asked_for_and_missing_that_is_told_and_pictures_are_there(workspace: Path) -> None:
    settings = workspace / "pokin.toml"
    settings.write_text('[gambar]\nmesin = "graphviz"\n', "utf-8")
    built = pokin("build", folder=workspace, POKIN_ENGINE="none")
    assert (built.returncode, "Situs diterbitkan" in built.stdout) == (0, True)
    assert "<svg" in (workspace / "output" / "contoh" / "index.html").read_text("utf-8")
    assert (workspace / "output" / "contoh" / "pohon.svg").is_file()
    assert (workspace / "output" / "contoh" / "pohon.dot").read_text("utf-8").startswith("digraph")
    front = (workspace / "output" / "index.html").read_text("utf-8")
    assert "P903" in front
    assert "Graphviz tidak tersedia" in front
    settings.write_text('[aturan]\nP903 = "mati"\n[gambar]\nmesin = "graphviz"\n', "utf-8")
    pokin("build", folder=workspace, POKIN_ENGINE="none")
    assert "Graphviz tidak tersedia" not in (workspace / "output" / "index.html").read_text("utf-8")


def test_help_is_quick_because_nothing_heavy_is_imported(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv=['pokin','--help']\ntry:\n import pokin_dsl.cli as c; c.main()\nexcept SystemExit: pass\n"
    )
    code += "print([m for m in ('lark','jinja2','rich','markdown_it','graphviz','rapidfuzz') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("words", [(), ("build",), ("serve",)])
def test_help_is_indonesian_down_to_its_brackets(tmp_path: Path, words: tuple[str, ...]) -> None:
    shown = pokin(*words, "--help", folder=tmp_path).stdout
    assert "[PILIHAN]" in shown.splitlines()[0]
    assert not {"OPTIONS", "COMMAND", "ARGS"} & set(re.findall(r"[A-Z]+", shown))
    assert "\n  [" not in shown.partition("Pilihan:")[2]
