"""``pokin diff``: which two versions its words mean, its formats, its exit codes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.edge.comparing import compare
from pokin_dsl.edge.location import SurroundingsError
from tests.command import pokin
from tests.repositories import TREE, commit_all, git, new_repository

if TYPE_CHECKING:
    from pathlib import Path

NEWER = TREE.replace("2026=88", "2026=90")
NEWEST = NEWER.replace("Terlayaninya Permohonan di Loket", "Terlayaninya Semua Permohonan di Loket")


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """Three versions: the first commit, ``main`` behind it, and what is on disk."""
    folder = new_repository(tmp_path / "kerja")
    git(folder, "tag", "awal")
    commit_all(folder, kec=NEWER)
    (folder / "trees" / "kec.pokin").write_text(NEWEST, "utf-8")
    return folder


def told(folder: Path, *words: str, paths: tuple[str, ...] | None = None) -> list[str]:
    return [type(change).__name__ for change in compare(words, paths, folder).changes]


# -- which versions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ((), ["Reworded"]),
        (("HEAD",), ["Reworded"]),
        (("HEAD~1",), ["Retargeted", "Reworded"]),
        (("awal", "main"), ["Retargeted"]),
        (("awal..main",), ["Retargeted"]),
        (("awal..",), ["Retargeted"]),
        (("..awal",), ["Retargeted"]),
        (("HEAD..HEAD",), []),
        (("awal", "trees/kec.pokin"), ["Retargeted", "Reworded"]),
        (("trees/kec.pokin",), ["Reworded"]),
    ],
)
def test_words_mean_revisions(repo: Path, words: tuple[str, ...], kinds: list[str]) -> None:
    assert told(repo, *words) == kinds


def test_three_dots_compare_with_the_common_origin(repo: Path) -> None:
    git(repo, "checkout", "--quiet", "--force", "-b", "usulan", "awal")
    commit_all(repo, kec=TREE.replace("2025=1200", "2025=1300"))
    assert told(repo, "main...usulan") == told(repo, "main...") == ["Retargeted"]
    assert told(repo, "main..usulan") == ["Retargeted", "Retargeted"]


def test_paths_keep_the_trees_that_are_made_of_them(repo: Path) -> None:
    other = TREE.replace("Kecamatan", "Dinas")
    (repo / "bagian").mkdir()
    (repo / "bagian" / "satu.pokin").write_text("outcome [dua] Terwujudnya Hal Kedua\n", "utf-8")
    commit_all(repo, kec=TREE, dinas=other + "\nsertakan ../bagian/satu.pokin\n")
    (repo / "trees" / "kec.pokin").unlink()
    (repo / "bagian" / "satu.pokin").write_text("outcome [dua] Terwujudnya Hal Ketiga\n", "utf-8")
    assert told(repo, "HEAD") == ["Reworded", "TreeRemoved"]
    assert told(repo, "HEAD", paths=("trees/kec.pokin",)) == ["TreeRemoved"]
    assert told(repo, "HEAD", paths=("bagian",)) == ["Reworded"]
    assert told(repo / "trees", "HEAD", paths=("dinas.pokin",)) == ["Reworded"]
    assert told(repo, paths=(".",)) == ["Reworded", "TreeRemoved"]
    for path, why in (("tiada.pokin", "Tidak ada pohon dari"), ("../luar.pokin", "di luar ruang kerja")):
        with pytest.raises(SurroundingsError, match=why):
            compare(("HEAD",), ("trees/tiada.pokin", path), repo)


def test_with_the_separator_a_word_is_never_a_path(repo: Path) -> None:
    git(repo, "branch", "trees", "awal")
    assert told(repo, "trees") == ["Reworded"]
    assert told(repo, "trees", paths=()) == ["Retargeted", "Reworded"]
    done = pokin("diff", "--exit-code", "trees", "--", folder=repo)
    assert (done.returncode, "88 → 90" in done.stdout) == (1, True)


def test_two_files_are_two_versions_of_one_tree(tmp_path: Path) -> None:
    (tmp_path / "lama.pokin").write_text(TREE, "utf-8")
    (tmp_path / "baru.pokin").write_text(NEWEST, "utf-8")
    assert told(tmp_path, "lama.pokin", "baru.pokin") == ["Retargeted", "Reworded"]
    assert told(tmp_path, "lama.pokin", "lama.pokin") == []
    (tmp_path / "bagian.pokin").write_text("outcome Sesuatu\n", "utf-8")
    with pytest.raises(SurroundingsError, match="bukan pohon"):
        compare(("lama.pokin", "bagian.pokin"), None, tmp_path)


def test_two_folders_are_compared_tree_by_tree(tmp_path: Path) -> None:
    for folder, text in (("2025", TREE), ("2026", NEWER)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "kec.pokin").write_text(text, "utf-8")
    (tmp_path / "2026" / "baru.pokin").write_text("judul: Baru\noutcome Hal Lain Sama Sekali\n", "utf-8")
    expected = ["TreeAdded", "Retargeted"]
    assert told(tmp_path, "2025", "2026") == expected
    # The same within a workspace, where trees have longer names, and as two workspaces.
    (tmp_path / "a" / "trees").mkdir(parents=True)
    for folder in ("2025", "2026"):
        (tmp_path / folder).rename(tmp_path / "a" / "trees" / folder)
    assert told(tmp_path / "a", "trees/2025", "trees/2026") == expected
    for folder in ("2025", "2026"):
        (tmp_path / folder).mkdir()
        (tmp_path / "a" / "trees" / folder).rename(tmp_path / folder / "trees")
    assert told(tmp_path, "2025", "2026") == expected
    with pytest.raises(SurroundingsError, match="Bandingkan berkas dengan berkas"):
        compare(("2025", "2026/trees/kec.pokin"), None, tmp_path)


def test_a_workspace_that_is_new_is_all_added(repo: Path) -> None:
    inner = repo / "baru"
    (inner / "trees").mkdir(parents=True)
    (inner / "trees" / "x.pokin").write_text(TREE, "utf-8")
    assert told(inner, "HEAD") == ["TreeAdded"]


# -- what is printed ---------------------------------------------------------------------------------------------------


def test_a_change_of_form_alone_prints_nothing(repo: Path) -> None:
    held = "      @pk kasi\n      operasional [loket] Terlayaninya Permohonan di Loket\n"
    later = "      operasional [loket]\n         | Terlayaninya Permohonan di Loket\n"
    text = NEWER.replace(held, later).replace("\n      operasional", "\n\n      operasional")
    text = "# catatan\n" + text + "      # anotasi sesudah bawahannya\n      @pk kasi\n"
    (repo / "trees" / "kec.pokin").write_text(text, "utf-8")
    for form in ("teks", "markdown"):
        done = pokin("diff", "--exit-code", "--format", form, folder=repo)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert json.loads(pokin("diff", "--format", "json", folder=repo).stdout)["perubahan"] == []


def test_formats_and_output(repo: Path) -> None:
    plain = pokin("diff", "awal", folder=repo).stdout
    assert "      2026: 88 → 90 (%)\n" in plain
    assert plain == pokin("diff", "awal", "--format", "text", folder=repo).stdout
    for form, start in (
        ("teks", "Kondisi: "),
        ("markdown", "**1 rumusan diubah"),
        ("html", "<!DOCTYPE"),
        ("json", "{"),
    ):
        shown = pokin("diff", "awal", "--format", form, folder=repo)
        assert (shown.returncode, shown.stdout.startswith(start), shown.stderr) == (0, True, "")
        written = pokin("diff", "awal", "--format", form, "--output", "hasil", folder=repo)
        assert (written.returncode, written.stdout) == (0, "")
        assert (repo / "hasil").read_bytes() == shown.stdout.encode("utf-8")
    assert pokin("diff", "awal", "--output", "tiada/hasil", folder=repo).returncode == 2


def test_the_page_names_both_versions(repo: Path) -> None:
    page = pokin("diff", "awal", "--format", "html", folder=repo).stdout
    assert "<title>Perubahan sejak awal@" in page
    assert "Persentase Permohonan yang Selesai Tepat Waktu" in page
    page = pokin("diff", "awal", "main", "--format", "html", folder=repo).stdout
    assert re.search("<title>Perubahan dari awal@[0-9a-f]{7} ke main@[0-9a-f]{7}</title>", page)
    files = (repo / "lama.pokin", repo / "baru.pokin")
    for file, text in zip(files, (TREE, NEWER), strict=True):
        file.write_text(text, "utf-8")
    page = pokin("diff", "lama.pokin", "baru.pokin", "--format", "html", folder=repo).stdout
    assert "<title>Perubahan dari lama.pokin ke baru.pokin</title>" in page


def test_what_cannot_be_read_is_told_and_the_rest_compared(repo: Path) -> None:
    (repo / "trees" / "kec.pokin").write_text(NEWER.replace("2026=90", "2026=91") + "knodisi x y\n", "utf-8")
    done = pokin("diff", folder=repo)
    assert (done.returncode, "90 → 91" in done.stdout) == (0, True)
    assert done.stderr == (
        "Perhatian: berkas di folder ini memuat 1 galat bacaan; hanya yang terbaca yang dibandingkan.\n"
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("a", "b", "c"), "paling banyak dua revisi"),
        (("tiada",), 'Revisi "tiada" tidak ditemukan'),
        (("trees/kec.pokin", "tiada"), '"tiada" tidak ditemukan'),
    ],
)
def test_wrong_usage_is_told(repo: Path, words: tuple[str, ...], why: str) -> None:
    done = pokin("diff", *words, folder=repo)
    assert (done.returncode, done.stdout, why in done.stderr) == (2, "", True)
