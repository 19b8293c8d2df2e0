"""Git as we ask it: only to read, whatever a repository would have it run; and plain words when it cannot."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.edge import git as asked
from pokin_dsl.edge.git import GitError, commit, merge_base, repository
from pokin_dsl.edge.location import located_around
from pokin_dsl.edge.snapshot import snapshot
from pokin_dsl.edge.versions import resolution, tree_addresses, version_at, version_on_disk, version_since
from pokin_dsl.syntax.vocabulary import MOST_CHARACTERS
from tests.command import pokin
from tests.repositories import TREE, commit_all, git, new_repository

if TYPE_CHECKING:
    from pathlib import Path

unix = pytest.mark.skipif(sys.platform == "win32", reason="programs here are shell scripts")
HOOKS = (
    "pre-commit",
    "post-checkout",
    "post-index-change",
    "reference-transaction",
    "fsmonitor-watchman",
    "pre-auto-gc",
)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return new_repository(tmp_path / "kerja")


def _trap(tmp_path: Path) -> tuple[Path, Path]:
    """Give a program that leaves a mark when it is run, and the mark."""
    program, mark = tmp_path / "jebakan", tmp_path / "tanda"
    program.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{mark}'\nexit 0\n", "utf-8")
    program.chmod(0o755)
    return program, mark


def _poison(repo: Path, program: Path) -> None:
    """Put the program everywhere git would run it."""
    further = repo / ".git" / "lagi"
    further.write_text(f"[diff]\n\texternal = {program}\n[core]\n\tpager = {program}\n", "utf-8")
    config = f"""
[core]
	fsmonitor = {program}
	hooksPath = {repo / ".git" / "hooks"}
	sshCommand = {program}
	askPass = {program}
	gitProxy = {program}
	alternateRefsCommand = {program}
	attributesFile = {repo / "atribut"}
	worktree = {repo.parent}
[include]
	path = lagi
[diff "jahat"]
	textconv = {program}
	command = {program}
[filter "jahat"]
	clean = {program}
	smudge = {program}
	required = true
[alias]
	rev-parse = !{program}
	ls-tree = !{program}
	cat-file = !{program}
[credential]
	helper = !{program}
[gpg]
	program = {program}
[log]
	showSignature = true
[protocol]
	allow = always
[protocol "ext"]
	allow = always
[extensions]
	partialClone = asal
[remote "asal"]
	url = ext::{program}
	promisor = true
"""
    with (repo / ".git" / "config").open("a", encoding="utf-8") as stream:
        stream.write(config)
    (repo / "atribut").write_text("*.pokin diff=jahat filter=jahat\n", "utf-8")
    for name in HOOKS:
        shutil.copy(program, repo / ".git" / "hooks" / name)


@unix
def test_no_setting_of_a_repository_runs_anything(tmp_path: Path, repo: Path) -> None:
    program, mark = _trap(tmp_path)
    first = git(repo, "rev-parse", "HEAD").strip()
    commit_all(repo, kec=TREE.replace("2026=88", "2026=89"))
    _poison(repo, program)
    done = pokin("diff", f"{first}..HEAD", folder=repo)
    assert (done.returncode, "88 → 89" in done.stdout, done.stderr) == (0, True, "")
    for words in (("diff", first), ("diff", f"{first}...HEAD"), ("diff", "tiada"), ("pr", first)):
        assert pokin(*words, folder=repo).returncode in (0, 2), words
    assert not mark.exists(), mark.read_text("utf-8")
    # The trap is a trap: the user's own git falls into it.
    git(repo, "-C", str(repo), "diff", "HEAD~1", check=False)
    assert mark.exists()


@unix
def test_what_was_not_fetched_is_not_fetched_now(tmp_path: Path, repo: Path) -> None:
    program, mark = _trap(tmp_path)
    oid = git(repo, "rev-parse", "HEAD:trees/kec.pokin").strip()
    commit_all(repo, kec=TREE.replace("2026=88", "2026=89"))
    (repo / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    _poison(repo, program)
    done = pokin("diff", "HEAD~1", folder=repo)
    assert (done.returncode, "tidak ada seluruhnya" in done.stderr) == (2, True)
    assert not mark.exists(), mark.read_text("utf-8")
    git(repo, "cat-file", "-p", oid, check=False)
    assert mark.exists()


@unix
def test_no_variable_of_the_environment_leads_astray(tmp_path: Path, repo: Path) -> None:
    program, mark = _trap(tmp_path)
    other = new_repository(tmp_path / "lain", TREE.replace("Kecamatan", "Dinas"))
    shutil.copy(program, repo / "git")
    path = os.pathsep.join((".", "", os.environ["PATH"]))
    done = pokin(
        *("diff", "HEAD"),
        folder=repo,
        PATH=path,
        GIT_DIR=str(other / ".git"),
        GIT_INDEX_FILE=str(tmp_path / "indeks"),
        GIT_EXTERNAL_DIFF=str(program),
        GIT_PAGER=str(program),
        GIT_CONFIG_COUNT="1",
        GIT_CONFIG_KEY_0="core.fsmonitor",
        GIT_CONFIG_VALUE_0=str(program),
        GIT_TRACE=str(tmp_path / "jejak"),
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not mark.exists()
    assert not (tmp_path / "jejak").exists()


@pytest.mark.parametrize(
    "revision", ["--output=x", "-h", "--help", "--upload-pack=x", "-", "", "a\nb", "a\x00b", "\x1b[31m"]
)
def test_what_could_be_an_option_is_no_revision(repo: Path, revision: str) -> None:
    before = sorted(repo.rglob("*"))
    with pytest.raises(GitError, match="tidak dapat menjadi nama revisi"):
        commit(repository(repo), revision)
    assert sorted(repo.rglob("*")) == before


@pytest.mark.parametrize("words", [("main..--output=x",), ("--output=x", "main..-p"), ("main...--exec=x",)])
def test_neither_is_it_as_a_part_of_a_range(repo: Path, words: tuple[str, ...]) -> None:
    done = pokin("diff", *words, folder=repo)
    assert (done.returncode, done.stdout, "tidak dapat menjadi nama revisi" in done.stderr) == (2, "", True)
    assert not (repo / "x").exists()


# -- names -------------------------------------------------------------------------------------------------------------


def test_a_commit_is_named_as_the_user_named_it(repo: Path) -> None:
    found = repository(repo)
    oid = git(repo, "rev-parse", "HEAD").strip()
    assert commit(found, "main").name == f"main@{oid[:7]}"
    assert commit(found, oid).name == commit(found, oid[:9]).name == oid[:7]
    git(repo, "tag", "-a", "v1", "-m", "satu")
    assert commit(found, "v1").oid == oid


def test_a_revision_that_is_not_there_is_told_with_a_near_one(repo: Path) -> None:
    git(repo, "branch", "usulan-kasi")
    git(repo, "update-ref", "refs/remotes/origin/pusat", "HEAD")
    told = {"mian": "maksudnya main.", "usulan-kas": "maksudnya usulan-kasi.", "pusat": "maksudnya origin/pusat."}
    for word, hint in {**told, "lain-sama-sekali": "git branch --all", "HEAD:trees": "git branch"}.items():
        with pytest.raises(GitError, match="tidak ditemukan") as caught:
            commit(repository(repo), word)
        assert hint in str(caught.value)


def test_a_repository_without_commits_says_so(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    with pytest.raises(GitError, match="belum mempunyai komit"):
        commit(repository(tmp_path), "HEAD")


def test_a_folder_without_repository_says_so(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="tidak berada dalam repositori git"):
        repository(tmp_path)


def test_a_missing_git_says_so(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="Git tidak ditemukan di komputer ini"):
        repository(repo)


@unix
def test_a_git_that_hangs_is_left(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec sleep 60\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(asked, "SECONDS", 0.1)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(GitError, match="tidak menjawab"):
        repository(repo)


@unix
def test_a_repository_of_another_user_is_refused_unless_trusted(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "rumah"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    # Git's own switch for its own tests: take every repository for someone else's.
    monkeypatch.setitem(asked._ENVIRONMENT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(GitError, match="milik pengguna lain") as caught:
        repository(repo)
    assert f"safe.directory {repo.resolve().as_posix()}" in str(caught.value)
    (home / ".gitconfig").write_text(f"[safe]\n\tdirectory = {repo.resolve()}\n", "utf-8")
    assert commit(repository(repo), "main").oid == git(repo, "rev-parse", "HEAD").strip()


def test_a_shallow_clone_says_what_to_fetch(repo: Path, tmp_path: Path) -> None:
    commit_all(repo, kec=TREE.replace("2026=88", "2026=89"))
    clone = tmp_path / "salinan"
    git(tmp_path, "clone", "--quiet", "--depth=1", repo.as_uri(), str(clone))
    with pytest.raises(GitError, match="fetch-depth: 0"):
        commit(repository(clone), "HEAD~1")


def test_histories_without_common_origin_say_so(repo: Path) -> None:
    git(repo, "checkout", "--quiet", "--orphan", "lain")
    commit_all(repo, kec=TREE.replace("Kecamatan", "Dinas"))
    found = repository(repo)
    with pytest.raises(GitError, match="tidak mempunyai asal bersama"):
        merge_base(found, commit(found, "main"), commit(found, "lain"))


# -- contents ----------------------------------------------------------------------------------------------------------


@unix
def test_links_and_submodules_are_not_followed(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "rahasia.pokin").write_text(TREE.replace("Kecamatan", "Rahasia"), "utf-8")
    (repo / "trees" / "tautan.pokin").symlink_to(tmp_path / "rahasia.pokin")
    (repo / "trees" / "lain.pokin").symlink_to("kec.pokin")
    git(repo, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},trees/anak.pokin")
    git(repo, "add", "--all", "trees/tautan.pokin", "trees/lain.pokin")
    git(repo, "commit", "--quiet", "--message", "tautan")
    found = repository(repo)
    assert list(resolution(version_at(found, commit(found, "HEAD"), repo)).trees) == ["kec"]


def test_a_file_that_is_too_large_is_not_read_whole(repo: Path) -> None:
    (repo / "trees" / "besar.pokin").write_bytes(b"#" * (MOST_CHARACTERS + 5000))
    commit_all(repo)
    found = repository(repo)
    with snapshot(found, commit(found, "HEAD"), "trees") as files:
        assert len(files.load("besar.pokin") or b"") == MOST_CHARACTERS + 1
        # What follows is read from where it begins.
        assert files.load("kec.pokin") == TREE.encode()
        assert files.load("tiada.pokin") is None


def test_a_workspace_below_the_top_is_read_alone(repo: Path) -> None:
    inner = repo / "kabupaten" / "kecamatan"
    (inner / "trees").mkdir(parents=True)
    (inner / "trees" / "dalam.pokin").write_text(TREE + "sertakan ../bagian/satu.pokin\n", "utf-8")
    (inner / "bagian").mkdir()
    (inner / "bagian" / "satu.pokin").write_text("outcome [dua] Terwujudnya Hal Kedua\n", "utf-8")
    (inner / "pokin.toml").write_text('judul = "Dalam"\n', "utf-8")
    commit_all(repo)
    shutil.rmtree(inner / "trees")
    (inner / "pokin.toml").write_text("", "utf-8")
    version = version_since(inner, "HEAD")
    assert version.workspace.judul == "Dalam"
    trees = resolution(version).trees
    assert list(trees) == ["dalam"]
    assert "dua" in trees["dalam"].peta.simpul


def test_lists_of_the_revision_fill_in_names(repo: Path) -> None:
    (repo / "pokin.toml").write_text(
        '[nomenklatur]\ndesa = "daftar.tsv"\nluar = "../x.tsv"\ntiada = "t.tsv"\n', "utf-8"
    )
    (repo / "daftar.tsv").write_text("sub\t9.01.01.2.01.0001\tNama Resmi\r\n", "utf-8")
    commit_all(repo)
    (repo / "daftar.tsv").write_text("", "utf-8")
    workspace = version_since(repo, "HEAD").workspace
    assert list(workspace.lists) == ["desa"]
    assert [finding.message.split()[-1] for finding in workspace.diagnostics] == ["kerja.", "t.tsv."]


def test_the_same_files_are_trees_in_a_revision_and_on_disk(repo: Path) -> None:
    for path in ("trees/a/b.pokin", "trees/.c/d.pokin", "trees/.e.pokin", "luar.pokin", "trees/f.txt"):
        (repo / path).parent.mkdir(parents=True, exist_ok=True)
        (repo / path).write_text(TREE, "utf-8")
    commit_all(repo)
    found = repository(repo)
    with snapshot(found, commit(found, "HEAD"), "") as files:
        assert tree_addresses(files.oids) == located_around(repo).addresses
    assert set(located_around(repo).addresses.values()) == {"kec.pokin", "a/b.pokin"}
    assert tree_addresses(["a.pokin", "b/c.pokin"]) == {"a.pokin": "a.pokin", "b/c.pokin": "b/c.pokin"}


def test_a_revision_is_read_as_the_disk_is(repo: Path) -> None:
    now = resolution(version_on_disk(located_around(repo))).trees
    then = resolution(version_since(repo, "HEAD")).trees
    assert {name: tree.pohon for name, tree in now.items()} == {name: tree.pohon for name, tree in then.items()}
