"""Three versions made one: nothing lost, nothing doubled, nothing wrong without a word, few questions to people."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.trees import tree_text
from pokin_dsl.edge.merging import merge_bytes
from pokin_dsl.model.diff.versions import changes
from pokin_dsl.model.merge.lists import aligned, in_one_order
from pokin_dsl.model.merge.threeway import Labels, Merged, merge
from tests.command import pokin_bytes
from tests.merge_histories import CLEAN, CONFLICT, NEEDLESS, RIGHT, WRONG, History, history, judged
from tests.merge_trees import Thing, read, taken, written
from tests.support import DATA, ROOT, any_text, pokin_tree, read_sentence, read_tree, samples

if TYPE_CHECKING:
    from pathlib import Path

CASES = sorted((DATA / "merge").glob("*.md"))
UPDATE = os.environ.get("POKIN_UPDATE") == "1"
HISTORIES = 320
BASE = """pokin: 1
judul: Pohon

outcome [hasil] Terwujudnya Tata Kelola yang Baik
  @indikator [ikm] Indeks Kepuasan
    @target (indeks) 2026=80 2027=81

  csf [isu] Belum Optimalnya Pelayanan
    kondisi [layanan] Meningkatnya Pelayanan
      operasional [warga] Terlaksananya Pelayanan Warga
"""


def merged(base: str, ours: str, theirs: str) -> Merged:
    return merge((base, ours, theirs), read_sentence())


def edited(*edits: tuple[str, str], text: str = BASE) -> str:
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def same_meaning(one: str, other: str) -> bool:
    return changes(read_tree(one).peta, read_tree(other).peta) == ()


def chosen(text: str, half: int) -> str:
    """Settle every conflict as a planner does who always keeps the first (0) or the second (1) version."""
    pattern = r"^<{7}[^\n]*\n(.*?)^={7}\n(.*?)^>{7}[^\n]*\n"
    return re.sub(pattern, lambda found: found[half + 1], text, flags=re.MULTILINE | re.DOTALL)


# -- by example --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_merge_by_example(path: Path) -> None:
    text = path.read_text("utf-8")
    base, ours, theirs, expected = (sample.body for sample in samples(text))
    result = merged(base, ours, theirs)
    if UPDATE and result.text != expected:
        start = text.rindex("```hasil\n") + len("```hasil\n")
        path.write_text(text[:start] + result.text + "```\n", "utf-8")
    assert result.text == expected or UPDATE
    assert result.by_fact


def test_a_conflict_is_one_finding_and_gone_when_settled() -> None:
    result = merged(BASE, edited(("2026=80", "2026=82")), edited(("2026=80", "2026=85"), ("2027=81", "2027=90")))
    assert result.conflicts == 1
    assert [d.code for d in read_tree(result.text).diagnostics if d.severity.value == "galat"] == ["P020"]
    assert chosen(result.text, 0) == edited(("2026=80 2027=81", "2026=82 2027=90"))
    assert chosen(result.text, 1) == edited(("2026=80 2027=81", "2026=85 2027=90"))


def test_what_nobody_changed_stays_letter_by_letter() -> None:
    odd = edited(
        ("  @indikator [ikm] Indeks Kepuasan\n", "\n\n  # bebas\n  @indikator   [ikm] Indeks\n      | Kepuasan\n"),
        ("      operasional [warga]", "\n\n      operasional   [warga]"),
    )
    ours = odd.replace("2026=80", "2026=82")
    theirs = odd.replace("Meningkatnya Pelayanan", "Meningkatnya Mutu Pelayanan")
    assert merged(odd, ours, theirs).text == ours.replace("Meningkatnya Pelayanan", "Meningkatnya Mutu Pelayanan")


def test_line_ends_and_byte_order_mark_are_those_of_ours() -> None:
    ours = edited(("2026=80", "2026=82")).replace("\n", "\r\n")
    theirs = edited(("2027=81", "2027=90"))
    result = merge_bytes((BASE.encode(), b"\xef\xbb\xbf" + ours.encode(), theirs.encode()), Labels())
    assert result.content.startswith(b"\xef\xbb\xbfpokin: 1\r\n")
    assert result.content[3:].decode() == edited(("2026=80 2027=81", "2026=82 2027=90")).replace("\n", "\r\n")


@pytest.mark.parametrize("broken", ["@indikator [ikm]\n    @tagret 1\n  kondsi X", "csf A\n   kondisi B\n  | lepas"])
def test_a_file_that_cannot_be_read_whole_loses_nothing(broken: str) -> None:
    base = BASE + broken + "\n"
    ours, theirs = base.replace("2026=80", "2026=82"), base.replace("Pelayanan Warga", "Pelayanan Umum")
    result = merged(base, ours, theirs)
    for text, half in ((ours, 0), (theirs, 1)):
        kept = chosen(result.text, half)
        assert kept == text or kept == ours.replace("Pelayanan Warga", "Pelayanan Umum")


def test_bytes_that_are_no_text_of_ours_are_kept() -> None:
    ours, theirs = BASE.encode() + b"# \xff\n", BASE.encode() + b"# \xfe\n"
    result = merge_bytes((BASE.encode(), ours, theirs), Labels("a", "b"))
    assert not result.readable
    assert result.content == BASE.encode() + b"<<<<<<< a\n# \xff\n=======\n# \xfe\n>>>>>>> b\n"
    wide = BASE.encode("utf-16")
    assert merge_bytes((BASE.encode(), wide, theirs), Labels()).content == wide


def test_an_id_that_both_sides_gave_to_different_things_is_asked_about() -> None:
    ours = edited(("  csf [isu]", "  csf [baru] Masih Rendahnya Minat Baca\n\n  csf [isu]"))
    theirs = BASE + "      operasional [baru] Terlaksananya Survei\n"
    assert merged(BASE, ours, theirs).conflicts
    assert merged(BASE, ours, theirs.replace("[baru]", "[lain]")).conflicts == 0


def test_two_that_would_stand_below_each_other_are_asked_about() -> None:
    base = "pokin: 1\njudul: P\n\noutcome [atas] A\n  outcome [satu] B\n  outcome [dua] C\n"
    ours = "pokin: 1\njudul: P\n\noutcome [atas] A\n  outcome [dua] C\n    outcome [satu] B\n"
    theirs = "pokin: 1\njudul: P\n\noutcome [atas] A\n  outcome [satu] B\n    outcome [dua] C\n"
    result = merged(base, ours, theirs)
    assert (chosen(result.text, 0), chosen(result.text, 1)) == (ours, theirs)


# -- what always holds -------------------------------------------------------------------------------------------------


@cache
def bases() -> tuple[Thing, ...]:
    generated = [taken(tree_text(nodes, seed)) for seed, nodes in enumerate((30, 50))]
    real = [taken((ROOT / "trees" / f"{name}.pokin").read_text("utf-8")) for name in ("kecamatan", "glenmore")]
    return (*generated, *real)


@cache
def histories() -> tuple[History, ...]:
    trees = bases()
    return tuple(history(trees[seed % len(trees)], seed) for seed in range(HISTORIES))


def git_merged(texts: tuple[str, str, str], folder: Path) -> str | None:
    paths = [folder / name for name in ("asal", "kami", "mereka")]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    base, ours, theirs = map(str, paths)
    done = subprocess.run(["git", "merge-file", "-p", "-q", ours, base, theirs], capture_output=True, check=False)
    return done.stdout.decode() if done.returncode == 0 else None


def test_generated_histories_are_never_merged_wrong_without_a_word(tmp_path: Path) -> None:
    verdicts = Counter(made.verdict for made in histories())
    assert verdicts[CLEAN] > HISTORIES // 2
    assert verdicts[CONFLICT] > HISTORIES // 20
    ours: Counter[str] = Counter()
    gits: Counter[str] = Counter()
    for made in histories():
        result = merged(*made.texts())
        ours[judged(made, None if result.conflicts else result.text)] += 1
        gits[judged(made, git_merged(made.texts(), tmp_path))] += 1
    assert ours[WRONG] == 0
    assert ours[NEEDLESS] == 0
    # The oracle can tell: line by line there are wrong ones among them.
    assert gits[WRONG] > 0
    assert gits[RIGHT] < ours[RIGHT]


def test_the_oracle_says_the_same_from_either_side() -> None:
    for made in histories():
        assert made.verdict != CLEAN or made.expected.shape() == made.turned.shape()


def test_histories_merge_to_the_same_from_either_side() -> None:
    for made in histories()[::3]:
        base, ours, theirs = made.texts()
        one, other = merged(base, ours, theirs), merged(base, theirs, ours)
        assert bool(one.conflicts) == bool(other.conflicts)
        if not one.conflicts:
            assert read(one.text).shape() == read(other.text).shape()


def test_every_conflict_can_be_settled_for_either_side() -> None:
    asked = [made for made in histories() if made.verdict == CONFLICT]
    for made in asked:
        result = merged(*made.texts())
        assert result.conflicts
        for half in (0, 1):
            settled = read_tree(chosen(result.text, half))
            assert not [d for d in settled.diagnostics if d.code in ("P002", "P003", "P017", "P020", "P102")]


trees = pokin_tree().map(lambda made: taken(made.text()))
# Of two outcomes, one side divides the second one, whose head the other moves below the first.
DIVIDED = """pokin: 1
judul: Pohon

outcome [satu] Meningkatnya Mutu
outcome [dua] Terwujudnya Layanan
  outcome [tiga] Terwujudnya Kota
  outcome [empat] Meningkatnya Minat
"""
usual = settings(deadline=None, max_examples=40)


@usual
@example(taken(DIVIDED), 19516)
@given(trees, st.integers(0, 1 << 30))
def test_trees_by_chance_are_never_merged_wrong_without_a_word(base: Thing, seed: int) -> None:
    made = history(base, seed)
    assert made.verdict != CLEAN or made.expected.shape() == made.turned.shape()
    result = merged(*made.texts())
    assert judged(made, None if result.conflicts else result.text) != WRONG


@usual
@given(trees, st.integers(0, 1 << 30))
def test_one_side_alone_is_taken_as_it_is(base: Thing, seed: int) -> None:
    text, other, _ = history(base, seed).texts()
    assert merged(text, other, text) == Merged(other, 0)
    assert merged(text, text, other) == Merged(other, 0)
    assert merged(text, other, other) == Merged(other, 0)


@usual
@given(trees, st.integers(0, 1 << 30))
def test_a_side_that_only_changed_the_form_is_as_one_that_did_nothing(base: Thing, seed: int) -> None:
    text, other, _ = history(base, seed).texts()
    loose = text.replace("\n\n", "\n").replace("\n", "\n\n")
    for result in (merged(text, other, loose), merged(text, loose, other)):
        assert result.conflicts == 0
        assert read(result.text).shape() == read(other).shape()


@st.composite
def damaged(draw: st.DrawFn, text: str, name: str) -> tuple[str, list[str]]:
    """Give a text with lines of one author put in, others taken out, doubled and indented as nobody should."""
    lines = text.split("\n")
    marks = []
    for number in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(lines) - 1))
        pad = " " * draw(st.integers(0, 9))
        mark = f"{name} {number}"
        what = draw(st.sampled_from(("@x-catat", "operasional", "#", "@indikator", "@catatan", "kondsi", "|", "@unit")))
        change = draw(st.sampled_from(("put", "put", "put", "take", "double", "indent")))
        if change == "put":
            lines.insert(at, f"{pad}{what} {mark}")
            marks.append(mark)
        elif change == "double":
            lines.insert(at, lines[at])
        elif change == "indent":
            lines[at] = pad + lines[at].lstrip()
        elif name not in lines[at]:
            del lines[at]
            lines = lines or [""]
    return "\n".join(lines), [mark for mark in marks if mark in "\n".join(lines)]


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.just(BASE), any_text), st.data())
def test_of_any_text_no_line_of_either_side_is_lost(base: str, data: st.DataObject) -> None:
    ours, our_marks = data.draw(damaged(base, "milik-kami"))
    theirs, their_marks = data.draw(damaged(base, "milik-mereka"))
    result = merged(base, ours, theirs)
    for mark in (*our_marks, *their_marks):
        assert mark in result.text
    if not result.by_fact and not set("<=>\r") & set(ours + theirs):
        # A marker needs a line end before it, also where the text had none.
        assert [chosen(result.text, half).rstrip("\n") for half in (0, 1)] == [ours.rstrip("\n"), theirs.rstrip("\n")]


@given(st.lists(st.sampled_from("abcde"), unique=True), st.data())
def test_one_order_is_made_of_two(base: list[str], data: st.DataObject) -> None:
    ours, theirs = (data.draw(st.permutations(base)) for _ in range(2))
    assert in_one_order(base, ours, base) == ours
    assert in_one_order(base, base, theirs) == theirs
    assert in_one_order(base, ours, theirs) == in_one_order(base, theirs, ours)
    assert in_one_order(base, ours, base[::-1]) in (None, base[::-1])


def test_what_took_the_place_of_another_is_known() -> None:
    assert aligned(["a", "b", "c"], ["a", "x", "c"]) == {0: 0, 1: 1, 2: 2}
    assert aligned(["a", "b"], ["b", "a"]) == {0: 1, 1: 0}
    assert aligned(["a"], ["a", "b"]) == {0: 0}
    assert aligned(["a", "b", "c", "d"], ["a", "x", "y", "d"]) == {0: 0, 1: 1, 2: 2, 3: 3}


def test_written_and_read_again_a_tree_is_the_same() -> None:
    for base in bases():
        assert read(written(base)).shape() == base.shape()


# -- as a command, and as git's own ------------------------------------------------------------------------------------


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    (tmp_path / "asal").write_text(BASE, "utf-8")
    (tmp_path / "kami").write_text(edited(("2026=80", "2026=82")), "utf-8")
    (tmp_path / "mereka").write_text(edited(("2027=81", "2027=90")), "utf-8")
    return tmp_path


def test_the_command_writes_ours_or_prints(versions: Path) -> None:
    wanted = edited(("2026=80 2027=81", "2026=82 2027=90")).encode()
    before = (versions / "kami").read_bytes()
    done = pokin_bytes("merge", "asal", "kami", "mereka", "--stdout", folder=versions)
    assert (done.returncode, done.stdout, done.stderr) == (0, wanted, b"")
    assert (versions / "kami").read_bytes() == before
    assert pokin_bytes("merge", "asal", "kami", "mereka", folder=versions).returncode == 0
    assert (versions / "kami").read_bytes() == wanted
    assert sorted(path.name for path in versions.iterdir()) == ["asal", "kami", "mereka"]


def test_the_command_tells_of_conflicts_by_the_name_of_the_file(versions: Path) -> None:
    (versions / "mereka").write_text(edited(("2026=80", "2026=90")), "utf-8")
    words = ("merge", "asal", "kami", "mereka", "--path", "trees/a.pokin", "-L", "HEAD", "-L", "cabang")
    done = pokin_bytes(*words, folder=versions)
    assert done.returncode == 1
    assert "trees/a.pokin: satu tempat harus dipilih." in done.stderr.decode()
    assert b"\n<<<<<<< HEAD\n" in (versions / "kami").read_bytes()
    assert b"\n>>>>>>> cabang\n" in (versions / "kami").read_bytes()


def test_what_cannot_be_read_is_2_and_loses_nothing(versions: Path) -> None:
    before = (versions / "kami").read_bytes()
    assert pokin_bytes("merge", "asal", "kami", "tidak-ada", folder=versions).returncode == 2
    assert (versions / "kami").read_bytes() == before
    (versions / "mereka").write_bytes(BASE.encode() + b"\xff\n")
    assert pokin_bytes("merge", "asal", "kami", "mereka", folder=versions).returncode == 2
    assert b"\xff" in (versions / "kami").read_bytes()
    assert b"2026=82" in (versions / "kami").read_bytes()


class Repository:
    """A git repository whose trees are merged by pokin."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "-q", "-b", "main")
        driver = f'"{sys.executable}" -m pokin_dsl merge %O %A %B --path %P'
        for key, value in (("name", "pokin"), ("driver", driver)):
            self.git("config", f"merge.pokin.{key}", value)
        (folder / ".gitattributes").write_text("*.pokin merge=pokin\n", "utf-8")
        self.commit(BASE, "awal")

    @property
    def tree(self) -> Path:
        return self.folder / "pohon.pokin"

    def git(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        author = {f"GIT_{who}_{what}": "uji@contoh.id" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = {
            **os.environ,
            **author,
            "PYTHONPATH": str(ROOT),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_EDITOR": "true",
        }
        done = subprocess.run(
            ["git", *words], cwd=self.folder, env=environment, capture_output=True, check=False, timeout=120
        )
        assert done.returncode == 0 or not check, done.stderr.decode()
        return done

    def commit(self, text: str, message: str) -> None:
        self.tree.write_text(text, "utf-8")
        self.git("add", ".")
        self.git("commit", "-q", "-m", message)

    def branch(self, name: str, text: str) -> None:
        self.git("checkout", "-q", "-b", name, "main")
        self.commit(text, name)


BRANCH = BASE[BASE.index("    kondisi [layanan]") :]
MOVED = edited((BRANCH, "    kondisi [lain] Meningkatnya Minat\n")) + "\n  csf [baru] Masih Rendahnya Minat\n" + BRANCH
REWORDED = edited(("Pelayanan Warga", "Pelayanan bagi Warga"))
BOTH = MOVED.replace("Pelayanan Warga", "Pelayanan bagi Warga")


@pytest.mark.parametrize("how", [("merge", "-q", "mereka"), ("rebase", "-q", "mereka"), ("cherry-pick", "mereka")])
def test_git_merges_rebases_and_picks_by_fact(tmp_path: Path, how: tuple[str, ...]) -> None:
    repository = Repository(tmp_path)
    repository.branch("mereka", REWORDED)
    repository.branch("kami", MOVED)
    repository.git(*how)
    assert repository.tree.read_text("utf-8") == BOTH
    assert not repository.git("status", "--porcelain").stdout


def test_git_stops_at_a_conflict_until_it_is_settled(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.branch("mereka", edited(("2026=80", "2026=90"), ("Pelayanan Warga", "Pelayanan bagi Warga")))
    repository.branch("kami", edited(("2026=80", "2026=82")))
    assert repository.git("merge", "-q", "mereka", check=False).returncode == 1
    assert repository.git("status", "--porcelain").stdout == b"UU pohon.pokin\n"
    text = repository.tree.read_text("utf-8")
    checked = pokin_bytes("check", "pohon.pokin", folder=tmp_path)
    assert checked.returncode == 1
    assert "galat[P020]" in checked.stdout.decode()
    settled = chosen(text, 1)
    assert settled == edited(("2026=80", "2026=90"), ("Pelayanan Warga", "Pelayanan bagi Warga"))
    repository.tree.write_text(settled, "utf-8")
    repository.git("add", "pohon.pokin")
    repository.git("commit", "-q", "--no-edit")
    assert repository.git("show", "HEAD:pohon.pokin").stdout.decode() == settled
