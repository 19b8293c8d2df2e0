"""``pokin init`` and git: what it writes, and that the commands which it shows do in real git what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.cli.wording import COMMANDS
from pokin_dsl.edge.starting import ATTRIBUTES_LINE, git_steps
from tests.command import pokin
from tests.repositories import TREE, commit_all, git, new_repository

if TYPE_CHECKING:
    from pathlib import Path

unix = pytest.mark.skipif(sys.platform == "win32" or not shutil.which("sh"), reason="the commands are for a shell")


def shell(folder: Path, command: str, *, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command as the user would paste it; ``path`` is a folder with programs that come first."""
    programs = f"{path}{os.pathsep}{os.environ['PATH']}" if path else os.environ["PATH"]
    return subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": programs, "GIT_CONFIG_GLOBAL": os.devnull},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def put_pokin(folder: Path, script: str) -> Path:
    """Make a program ``pokin`` in a folder of its own."""
    folder.mkdir()
    (folder / "pokin").write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (folder / "pokin").chmod(0o755)
    return folder


# -- .gitattributes ----------------------------------------------------------------------------------------------------


def test_attributes_are_written_once_and_never_over_others(tmp_path: Path) -> None:
    first = pokin("init", "kerja", folder=tmp_path)
    file = tmp_path / "kerja" / ".gitattributes"
    assert (first.returncode, ".gitattributes." in first.stdout) == (0, True)
    assert file.read_bytes() == f"{ATTRIBUTES_LINE}\n".encode()
    again = pokin("init", "--git", "kerja", folder=tmp_path)
    assert (again.returncode, "sudah ada" in again.stdout, "Ditulis" in again.stdout) == (0, False, False)
    file.write_text("*.docx binary\n", "utf-8")
    other = pokin("init", "--git", folder=tmp_path / "kerja")
    assert f"Tambahkan baris ini ke dalamnya:\n\n    {ATTRIBUTES_LINE}\n" in other.stdout
    assert file.read_text("utf-8") == "*.docx binary\n"
    file.unlink()
    assert "Ditulis: .gitattributes." in pokin("init", "--git", folder=tmp_path / "kerja").stdout


def test_a_new_workspace_keeps_attributes_that_are_there(tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_text("*.docx binary\n", "utf-8")
    done = pokin("init", folder=tmp_path)
    assert (done.returncode, ATTRIBUTES_LINE in done.stdout) == (0, True)
    assert (tmp_path / ".gitattributes").read_text("utf-8") == "*.docx binary\n"
    assert pokin("init", "tiada", "--git", folder=tmp_path).returncode == 2


# -- what git is told --------------------------------------------------------------------------------------------------


def test_every_command_is_shown_and_none_is_run(tmp_path: Path) -> None:
    new_repository(tmp_path)
    before = {path: path.read_bytes() for path in (tmp_path / ".git").rglob("*") if path.is_file()}
    shown = pokin("init", "--git", folder=tmp_path).stdout
    for step in git_steps(tmp_path):
        assert f"Agar {step.purpose}:\n" in shown
        assert all(f"    {command}\n" in shown for command in step.commands)
    assert {path: path.read_bytes() for path in (tmp_path / ".git").rglob("*") if path.is_file()} == before


@unix
def test_hunk_headers_name_the_node(tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_text(ATTRIBUTES_LINE + "\n", "utf-8")
    new_repository(tmp_path)
    notes = "".join(f"        @catatan Catatan ke-{n} yang menjauhkan baris ini\n" for n in range(6))
    commit_all(tmp_path, kec=TREE + notes)
    (tmp_path / "trees" / "kec.pokin").write_text(TREE + notes.replace("ke-5", "ke-6"), "utf-8")
    header = "operasional [loket] Terlayaninya Permohonan di Loket"
    assert header not in git(tmp_path, "diff", "-U1").split("@@")[2].split("\n")[0]
    for command in git_steps(tmp_path)[0].commands:
        assert shell(tmp_path, command).returncode == 0
    assert git(tmp_path, "diff", "-U1").split("@@")[2].split("\n")[0] == f" {header}"


@unix
def test_git_calls_the_merge_driver(tmp_path: Path) -> None:
    repo = tmp_path / "kerja"
    repo.mkdir()
    (repo / ".gitattributes").write_text(ATTRIBUTES_LINE + "\n", "utf-8")
    new_repository(repo)
    for branch, old, new in (("kiri", "2026=88", "2026=89"), ("kanan", "2025=85", "2025=86")):
        git(repo, "checkout", "--quiet", "-b", branch, "main")
        commit_all(repo, kec=TREE.replace(old, new))
    for command in git_steps(repo)[1].commands:
        assert shell(repo, command).returncode == 0
    asked = tmp_path / "diminta"
    merger = put_pokin(tmp_path / "bin", f'echo "$1 $5 $6" > "{asked}"; echo "judul: Gabungan" > "$3"')
    told = "-c user.name=a -c user.email=a@contoh.test"
    done = shell(repo, f"git {told} merge --no-edit kiri", path=merger)
    assert (done.returncode, asked.read_text("utf-8")) == (0, "merge --path trees/kec.pokin\n"), done.stderr
    assert (repo / "trees" / "kec.pokin").read_text("utf-8") == "judul: Gabungan\n"


@unix
@pytest.mark.parametrize("below", ["", "kab bagian"])
def test_the_check_before_a_commit_refuses_a_tree_with_galat(tmp_path: Path, below: str) -> None:
    repo = tmp_path / "kerja"
    new_repository(repo / below)
    if below:
        (repo / below / ".git").rename(repo / ".git")
    checker = put_pokin(tmp_path / "bin", f'exec "{sys.executable}" -m pokin_dsl "$@"')
    for command in git_steps(repo / below)[2].commands:
        assert shell(repo, command).returncode == 0
    tree = repo / below / "trees" / "kec.pokin"
    commit = "git add --all && git -c user.name=a -c user.email=a@contoh.test commit -q -m x"
    tree.write_text(TREE + "knodisi x\n", "utf-8")
    refused = shell(repo, commit, path=checker)
    assert (refused.returncode, "P003" in refused.stdout + refused.stderr) == (1, True)
    tree.write_text(TREE.replace("2026=88", "2026=89"), "utf-8")
    assert shell(repo, commit, path=checker).returncode == 0


def test_only_commands_that_exist_are_shown(tmp_path: Path) -> None:
    shown = [command for step in git_steps(tmp_path) for command in step.commands]
    named = {name for command in shown for name in re.findall(r"\bpokin (\w+)(?<!kinerja)", command)}
    assert named == {"check", "merge"}
    assert named <= {*COMMANDS, "merge"}
