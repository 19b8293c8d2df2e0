"""The canonical form: what it looks like, what it never changes, and what the command does to files."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pokin_dsl.edge import formatting as module
from pokin_dsl.edge.formatting import STANDARD_INPUT, Formatting, FormError, format_bytes, format_workspace
from pokin_dsl.edge.package import starter_files
from pokin_dsl.edge.workspace import open_workspace
from pokin_dsl.model.resolve import resolve
from pokin_dsl.rules.fixes import fixed
from pokin_dsl.syntax.canonical import Form, canonical
from tests.command import pokin_bytes
from tests.support import any_text, pokin_tree, read_bytes, read_tree, samples, unescaped

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.model.resolve import Resolved
    from pokin_dsl.model.tree import Pohon
    from pokin_dsl.syntax.nodes import Document
    from tests.support import Piece, Tree

ROOT = Path(__file__).resolve().parent.parent
CASES = sorted((ROOT / "tests" / "cases" / "fmt").glob("*.md"))
HEADER = "pokin: 1\njudul: Uji\n"

usual = settings(deadline=None, max_examples=60)


def formatting(data: str | bytes) -> Formatting:
    return format_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "replace"), {})


def formatted(data: str | bytes) -> str:
    """Format a text that can be formatted."""
    done = formatting(data)
    assert not done.left
    return done.after.get(STANDARD_INPUT, done.before[STANDARD_INPUT])


# -- the form, by example ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_form(path: Path) -> None:
    before, after = (unescaped(sample.body) for sample in samples(path.read_text("utf-8")))
    assert formatted(before) == after
    assert formatted(after) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Hanya komentar", "# Hanya komentar\n"),
        ("# a\n" * 9, "# a\n" * 9),
        ("\n \n", ""),
        ("pokin: 1\n\n", "pokin: 1\n"),
        ("", ""),
    ],
)
def test_the_form_of_next_to_nothing(before: str, after: str) -> None:
    assert formatted(before) == after
    assert formatted(after) == after


def test_a_text_that_cannot_be_read_is_left_with_its_reasons() -> None:
    done = formatting("judul: Uji\n\tkondsi A\n\n\n\tcsf B\n")
    assert done.after == {}
    assert [(d.code, done.sources[path].position(d.span.start).line) for path, ds in done.left.items() for d in ds] == [
        ("P003", 2)
    ]
    assert formatting(b"judul: Uji\noutcome \xff\n").left[STANDARD_INPUT][0].code == "P008"


def test_a_rule_that_the_workspace_switched_off_is_not_put_in() -> None:
    text = f"{HEADER}\noutcome 1. Terwujudnya A\n"
    assert format_bytes(text.encode(), {"P014": None}).after == {}
    assert format_bytes(text.encode(), {}).after == {STANDARD_INPUT: text.replace("1. ", "")}


# -- what holds for all texts ------------------------------------------------------------------------------------------


def mended(text: str) -> str:
    """Put in the safe fixes of reading, and compose letters."""
    for _ in range(20):
        document, findings = read_bytes(text.encode())
        source = document.source
        text = unicodedata.normalize(
            "NFC", fixed({source.path: source.text}, findings)[0].get(source.path, source.text)
        )
    return text


def tree(text: str) -> Pohon:
    return read_tree(text).pohon


def comments(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip().startswith("#")]


@usual
@given(any_text)
@example("outcome A\n  @indikator B\n    antara C\n  antara D\n  @indikator E\n    antara F\n")
@example("outcome A\n  @indikator B\n    sertakan c.pokin\n  @indikator D\n")
@example("outcome A\n  kondisi B\n    @subkegiatan 7.01 C\n    @program 7.01 D\n")
@example("outcome A\n  @indikator B\n    @target (a) 2025=\u0338\n")
@example("outcome A\n  jabatan B\n    outcome C\n      @pk D\n  @pk E\n")
def test_any_text_is_left_or_formatted_once_and_for_all(text: str) -> None:
    done = formatting(text)
    if done.left:
        assert done.after == {}
        return
    text = text.encode("utf-8", "replace").decode()
    new = done.after.get(STANDARD_INPUT, text)
    assert tree(new) == tree(mended(text))
    assert (new, new[-1:]) == (unicodedata.normalize("NFC", new), "\n" if new else "")
    again = formatting(new)
    assert (again.left, again.after) == ({}, {})


@usual
@given(pokin_tree())
def test_a_valid_tree_stays_the_same(tree_: Tree) -> None:
    text = tree_.text()
    new = formatted(text)
    assert tree(new) == tree(unicodedata.normalize("NFC", text))
    assert formatted(new) == new


@usual
@given(pokin_tree(), st.randoms(use_true_random=False), st.integers(0, 4))
def test_comments_stay_above_their_lines(tree_: Tree, chance: random.Random, indent: int) -> None:
    lines = formatted(tree_.text()).splitlines()
    for at in sorted(chance.choices(range(len(lines) + 1), k=6), reverse=True):
        lines.insert(at, " " * indent + f"# ulasan {chance.random()}")
    text = "\n".join(lines)
    new = formatted(text)
    assert comments(new) == comments(text)
    assert above(new) == above(text)
    assert [line for line in new.split("\n") if not line.strip().startswith("#")] == [
        *(line for line in lines if not line.strip().startswith("#")),
        "",
    ]


def above(text: str) -> list[tuple[str, str]]:
    """Give each comment with the next line that is none."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    rest = [next((line for line in lines[at:] if not line.startswith("#")), "") for at in range(len(lines))]
    return [(line, below) for line, below in zip(lines, rest, strict=True) if line.startswith("#")]


# -- every way of writing one tree -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Habit:
    """How an author writes: a step of indentation, the end of a line, what stands before the text and within."""

    step: str
    end: str
    mark: str
    form: Literal["NFC", "NFD"]
    spaces: str


_FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
habits = st.builds(
    Habit,
    st.sampled_from(("  ", "    ", "\t")),
    st.sampled_from(("\n", "\r\n")),
    st.sampled_from(("", "\ufeff")),
    st.sampled_from(_FORMS),
    st.sampled_from((" ", "\u00a0")),
)


@usual
@given(pokin_tree(), habits, st.randoms(use_true_random=False))
def test_every_way_of_writing_a_tree_ends_in_one_text(tree_: Tree, habit: Habit, chance: random.Random) -> None:
    lines = list(reversed(tree_.header)) if chance.random() < 1 / 2 else list(tree_.header)
    for piece in (*tree_.positions, *tree_.outcomes):
        lines += untidy(piece, chance)
    text = "".join(written(line, habit) + habit.end * chance.choice((1, 1, 1, 2, 4)) for line in lines)
    assert formatted((habit.mark + text).encode()) == formatted(tree_.text())


def untidy(piece: Piece, chance: random.Random) -> list[str]:
    """Write a branch with its annotations anywhere among its nodes, each kind of thing in its own order."""
    word = "@indikator" if piece.kind == "indikator" else piece.kind
    given_id = f" [{piece.id}]" if piece.id else ""
    escape = "\\" if piece.text[0] in "[@|#" else ""
    rows = [[[annotation]] for annotation in piece.annotations]
    rows.append([untidy(indicator, chance) for indicator in piece.indicators])
    rows.append([untidy(child, chance) for child in piece.children])
    lines = [f"{word}{given_id} {escape}{piece.text}"]
    while rows := [row for row in rows if row]:
        lines += ["\x00" + line for line in chance.choice(rows).pop(0)]
    return lines


def written(line: str, habit: Habit) -> str:
    text = line.lstrip("\x00")
    depth = len(line) - len(text)
    return habit.step * depth + unicodedata.normalize(habit.form, text).replace(" ", habit.spaces)


# -- files -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted((ROOT / "trees").rglob("*.pokin")), ids=lambda path: path.name)
def test_the_real_trees_are_in_canonical_form(path: Path) -> None:
    assert formatting(path.read_bytes()).after == {}


def test_a_new_workspace_is_in_canonical_form() -> None:
    trees = {path: text for path, text in starter_files().items() if path.endswith(".pokin")}
    assert trees
    assert {path: formatting(text).after for path, text in trees.items()} == {path: {} for path in trees}


MESSY = "judul: Uji\noutcome A\n  @pk x\n  @mandat M\n  sertakan bagian/b.pokin\n"
TIDY = "pokin: 1\njudul: Uji\n\noutcome A\n  @mandat M\n  @pk x\n  sertakan bagian/b.pokin\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "trees" / "bagian").mkdir(parents=True)
    (tmp_path / "trees" / "uji.pokin").write_bytes(b"\xef\xbb\xbf" + MESSY.replace("\n", "\r\n").encode())
    (tmp_path / "trees" / "bagian" / "b.pokin").write_text("pokin: 1\n\ncsf B\n\n  kondisi C\n", "utf-8")
    return tmp_path


def texts(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pokin(*words: str, folder: Path, given_text: bytes = b"") -> tuple[int, str, str]:
    done = pokin_bytes("fmt", *words, folder=folder, given=given_text, PATH="")
    return done.returncode, done.stdout.decode("utf-8", "surrogateescape"), done.stderr.decode()


def test_files_and_what_they_include_are_written_in_canonical_form(workspace: Path) -> None:
    code, told, beside = pokin("trees/uji.pokin", folder=workspace)
    assert (code, beside) == (0, "")
    assert told.splitlines() == [
        "Ditulis ulang: trees/uji.pokin",
        "Ditulis ulang: trees/bagian/b.pokin",
        "2 berkas: 2 ditulis ulang dalam bentuk baku.",
    ]
    assert texts(workspace) == {
        "trees/uji.pokin": TIDY.encode(),
        "trees/bagian/b.pokin": b"pokin: 1\n\ncsf B\n  kondisi C\n",
    }
    assert pokin(folder=workspace) == (0, "2 berkas: semuanya sudah dalam bentuk baku.\n", "")
    assert pokin("--check", folder=workspace)[0] == 0


def test_check_and_diff_write_nothing(workspace: Path) -> None:
    before = texts(workspace)
    code, told, _ = pokin("--check", "trees/uji.pokin", folder=workspace)
    assert (code, told) == (
        1,
        "Belum baku: trees/uji.pokin\nBelum baku: trees/bagian/b.pokin\n2 berkas: 2 belum dalam bentuk baku.\n",
    )
    code, told, beside = pokin("--diff", "trees/bagian", folder=workspace)
    assert (code, told) == (
        1,
        "--- trees/bagian/b.pokin\n+++ trees/bagian/b.pokin\n@@ -1,5 +1,4 @@\n pokin: 1\n \n csf B\n-\n   kondisi C\n",
    )
    assert beside == "Belum baku: trees/bagian/b.pokin\n1 berkas: 1 belum dalam bentuk baku.\n"
    assert texts(workspace) == before


def test_a_file_with_a_galat_is_left_and_the_others_are_formatted(workspace: Path) -> None:
    broken = workspace / "trees" / "bagian" / "b.pokin"
    broken.write_text("csf B\n\n  kondsi C\n", "utf-8")
    code, told, _ = pokin(folder=workspace)
    assert code == 1
    assert told == (
        "Ditulis ulang: trees/uji.pokin\n\n"
        'galat[P003] Kata kunci "kondsi" tidak dikenal.\n  --> trees/bagian/b.pokin:3:3\n  3 |   kondsi C\n'
        "    |   ^^^^^^\n  saran: Mungkin maksudnya kondisi.\n\n"
        "Dibiarkan: trees/bagian/b.pokin. Perbaiki dahulu galat ini.\n\n"
        "2 berkas: 1 ditulis ulang dalam bentuk baku, 1 dibiarkan.\n"
    )
    assert broken.read_text("utf-8") == "csf B\n\n  kondsi C\n"
    assert (workspace / "trees" / "uji.pokin").read_text("utf-8") == TIDY


def test_nothing_outside_the_workspace_is_written(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("luar") / "b.pokin"
    outside.write_text("csf B\n\n  kondisi C\n", "utf-8")
    (workspace / "trees" / "bagian" / "b.pokin").unlink()
    (workspace / "trees" / "bagian" / "b.pokin").symlink_to(outside)
    assert pokin("trees/uji.pokin", folder=workspace)[:2] == (
        0,
        "Ditulis ulang: trees/uji.pokin\n1 berkas: 1 ditulis ulang dalam bentuk baku.\n",
    )
    code, told, _ = pokin(folder=workspace)
    assert (code, "Dibiarkan: trees/bagian/b.pokin. Berkas ini tidak dapat dibuka.\n" in told) == (1, True)
    assert outside.read_text("utf-8") == "csf B\n\n  kondisi C\n"


def test_standard_input_to_standard_output(tmp_path: Path) -> None:
    messy = b"\xef\xbb\xbf" + MESSY.replace("\n", "\r\n").encode()
    assert pokin("-", folder=tmp_path, given_text=messy) == (0, TIDY, "")
    assert pokin("-", folder=tmp_path, given_text=TIDY.encode()) == (0, TIDY, "")
    assert pokin("-", "--check", folder=tmp_path, given_text=messy) == (1, "", "Masukan ini belum dalam bentuk baku.\n")
    code, told, beside = pokin("-", folder=tmp_path, given_text=b"judul: Uji\noutcme A \xff")
    assert (code, told) == (1, "judul: Uji\noutcme A \udcff")
    assert "P008" in beside
    assert pokin("-", "a.pokin", folder=tmp_path)[0] == 2


def test_a_form_that_would_change_the_tree_is_refused(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_holders(document: Document) -> Form:
        form = canonical(document)
        return Form(form.text.replace("  @pk x\n", ""), form.comments)

    def without_comments(document: Document) -> Form:
        return Form(canonical(document).text.replace("# penting\n", ""), ())

    monkeypatch.setattr(module, "canonical", without_holders)
    with pytest.raises(FormError, match=r"bentuk baku \"trees/uji\.pokin\" tidak memuat pohon yang sama"):
        format_workspace(open_workspace([], workspace))
    monkeypatch.setattr(module, "canonical", without_comments)
    with pytest.raises(FormError):
        formatting(f"{HEADER}# penting\noutcome A\n")


def test_a_model_is_made_only_where_the_outlines_leave_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(
        name: str, root: Document, documents: Mapping[str, Document]
    ) -> tuple[Resolved, tuple[Diagnostic, ...]]:
        asked.append(name)
        return resolve(name, root, documents)

    monkeypatch.setattr(module, "resolve", counted)
    assert formatted(MESSY.replace("\n", "\r\n")) == TIDY
    assert formatted(f"{HEADER}outcome 1. A\n\t@pk  x\n\t@pk y\n") == f"{HEADER}\noutcome A\n  @pk x\n  @pk y\n"
    assert asked == []
    text = f"{HEADER}\noutcome   1. A\n"
    assert format_bytes(text.encode(), {"P014": None}).after == {STANDARD_INPUT: text.replace("   ", " ")}
    assert asked == [STANDARD_INPUT, STANDARD_INPUT]
