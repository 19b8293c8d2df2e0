"""Safe fixes: what they change, that they settle, and what they never touch."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pokin_dsl.diagnostics import Diagnostic, Edit, Fix, Severity
from pokin_dsl.edge.fixing import fix_workspace, printable, replace_file, write_fixed
from pokin_dsl.edge.location import SurroundingsError
from pokin_dsl.edge.workspace import open_workspace
from pokin_dsl.rules.fixes import fixed
from pokin_dsl.rules.selection import Selection
from pokin_dsl.text import Span
from tests.command import command, pokin_bytes
from tests.sites import compiled
from tests.support import any_text

if TYPE_CHECKING:
    from pokin_dsl.edge.fixing import Fixing

ROOT = Path(__file__).resolve().parent.parent
MESSY = (
    "judul: Uji\n\noutcome Terwujudnya “Layanan”\n\t@mandat a\n"
    "  Csf Belum Optimalnya A\n        kondisi 1. Meningkatnya A\n"
)
CLEAN = (
    'pokin: 1\njudul: Uji\n\noutcome Terwujudnya "Layanan"\n  @mandat a\n'
    "  csf Belum Optimalnya A\n    kondisi Meningkatnya A\n"
)


def fixing(root: Path, data: bytes, selection: Selection | None = None) -> Fixing:
    (root / "trees").mkdir(exist_ok=True)
    (root / "trees" / "uji.pokin").write_bytes(data)
    return fix_workspace(open_workspace([], root), (selection or Selection()).of)


def finding(start: int, end: int, text: str, *, safe: bool = True) -> Diagnostic:
    fix = Fix("uji", (Edit("a", Span(start, end), text),), safe)
    return Diagnostic("P001", Severity.GALAT, "a", Span(start, end), "Uji.", fix=fix)


def test_all_safe_fixes_are_put_in_and_nothing_is_left(tmp_path: Path) -> None:
    done = fixing(tmp_path, MESSY.encode())
    assert done.after == {"trees/uji.pokin": CLEAN}
    assert [d for d in done.remaining.diagnostics if d.fix and d.fix.safe] == []
    assert (tmp_path / "trees/uji.pokin").read_text("utf-8") == MESSY
    write_fixed(tmp_path, done)
    assert (tmp_path / "trees/uji.pokin").read_text("utf-8") == CLEAN
    assert fixing(tmp_path, CLEAN.encode()).after == {}


def test_line_ends_and_byte_order_mark_stay(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + MESSY.replace("\n", "\r\n").encode()
    write_fixed(tmp_path, fixing(tmp_path, data))
    written = (tmp_path / "trees/uji.pokin").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\r\n") >= MESSY.count("\n")
    assert written.removeprefix(b"\xef\xbb\xbf").decode().replace("\r\n", "\n") == CLEAN


def test_a_file_that_was_not_read_whole_is_left_alone(tmp_path: Path) -> None:
    assert fixing(tmp_path, MESSY.encode() + b"# \xff\n").after == {}


def test_only_selected_rules_are_mended(tmp_path: Path) -> None:
    done = fixing(tmp_path, MESSY.encode(), Selection(("P014",)))
    assert done.after["trees/uji.pokin"] == MESSY.replace("1. Meningkatnya", "Meningkatnya")
    assert {d.code for d in done.mended} == {"P014"}


def test_the_difference_names_the_file_and_its_lines(tmp_path: Path) -> None:
    lines = list(fixing(tmp_path, MESSY.encode()).difference())
    assert lines[:2] == ["--- trees/uji.pokin\n", "+++ trees/uji.pokin\n"]
    assert "-\t@mandat a\n" in lines
    assert "+  @mandat a\n" in lines


def test_fixes_that_meet_wait_and_unsafe_ones_are_never_put_in() -> None:
    texts, mended = fixed({"a": "0123456789"}, [finding(2, 5, "x"), finding(4, 6, "y"), finding(6, 7, "z", safe=False)])
    assert (texts, len(mended)) == ({"a": "01x56789"}, 1)
    texts, mended = fixed({"a": "01"}, [finding(1, 1, "x"), finding(1, 1, "y"), finding(2, 2, "z")])
    assert (texts, len(mended)) == ({"a": "0x1z"}, 2)


def test_a_fix_of_several_edits_is_put_in_whole_or_not_at_all() -> None:
    edits = tuple(Edit("a", Span(start, start + 2), "-") for start in (0, 4, 8))
    whole = Diagnostic("P002", Severity.GALAT, "a", Span(0, 2), "Uji.", fix=Fix("uji", edits))
    texts, _ = fixed({"a": "0123456789"}, [finding(8, 9, "x"), whole])
    assert texts == {"a": "01234567x9"}


@given(any_text)
def test_fixes_settle_on_any_text(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    for _ in range(10):
        result = compiled({"uji.pokin": text})
        changed, _ = fixed({path: source.text for path, source in result.sources.items()}, result.diagnostics)
        if not changed:
            return
        text = changed["trees/uji.pokin"]
    raise AssertionError(text)


def test_a_pasted_line_break_between_two_words_becomes_a_space(tmp_path: Path) -> None:
    data = CLEAN.replace("Meningkatnya A", "Meningkatnya\u000bA \u2028B").encode()
    assert fixing(tmp_path, data).after["trees/uji.pokin"] == CLEAN.replace("Meningkatnya A", "Meningkatnya A B")


# -- the difference, printed -------------------------------------------------------------------------------------------

_OBEYED = {chr(c) for c in (*range(32), *range(127, 160), 0x061C, *range(0x200B, 0x2010), *range(0x2028, 0x202F))}


@given(st.lists(st.text(st.sampled_from("a\t\r\x1b[31m\x07\u202e\u200b\ufeff\x9b\ud800")).map("-{}\n".format)))
def test_a_terminal_gets_nothing_that_it_would_obey(lines: list[str]) -> None:
    shown = printable(lines, terminal=True)
    assert isinstance(shown, str)
    assert _OBEYED.intersection(shown) <= {"\n", "\t"}
    assert shown.count("\n") == len(lines)


def test_a_program_gets_the_bytes_and_a_terminal_sees_the_tabs() -> None:
    lines = ["-\toutcome \x1b[2J\u202eA\r\n", "+  outcome A\n"]
    assert printable(lines, terminal=False) == "-\toutcome \x1b[2J\u202eA\r\n+  outcome A\n".encode()
    assert printable(lines, terminal=True) == "-\toutcome \ufffd[2J\ufffdA\ufffd\n+  outcome A\n"


HOSTILE = "pokin: 1\njudul: Uji\n\noutcome Terwujudnya \x1b[2J\u202eA\n\t@mandat a\n"
MENDED = "pokin: 1\njudul: Uji\n\noutcome Terwujudnya [2JA\n  @mandat a\n"


ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PATH": "", "TERM": "xterm"}


@pytest.mark.parametrize("words", [("fmt", "--diff"), ("check", "--diff"), ("fmt", "-", "--diff"), ("fmt", "-")])
def test_commands_print_nothing_to_a_terminal_that_it_would_obey(tmp_path: Path, words: tuple[str, ...]) -> None:
    pty = pytest.importorskip("pty")
    (tmp_path / "trees").mkdir()
    tree = tmp_path / "trees" / "uji.pokin"
    # What is left alone comes out of ``fmt -`` as it went in.
    tree.write_text(HOSTILE + ("  kondsi B" if words == ("fmt", "-") else "# akhir"), "utf-8")
    ours, theirs = pty.openpty()
    with tree.open("rb") as stream:
        streams = {"stdin": stream, "stdout": theirs, "stderr": subprocess.DEVNULL}
        subprocess.run(command(*words), cwd=tmp_path, env=ENVIRONMENT, check=False, **streams)
    os.close(theirs)
    shown = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert "outcome Terwujudnya \ufffd[2J\ufffdA\r\n" in shown
    assert ("# akhir\r\n\\ Tanpa baris baru" in shown) == ("--diff" in words)
    assert _OBEYED.intersection(shown) <= {"\n", "\r", "\t"}


@pytest.mark.skipif(not shutil.which("patch"), reason="needs the patch command")
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("name", ["fmt", "check"])
def test_a_piped_difference_can_be_put_in_by_patch(tmp_path: Path, name: str, mark: str) -> None:
    (tmp_path / "trees").mkdir()
    tree = tmp_path / "trees" / "uji.pokin"
    tree.write_bytes((mark + HOSTILE + "# akhir").replace("\n", "\r\n").encode())
    difference = pokin_bytes(name, "--diff", folder=tmp_path).stdout
    subprocess.run(["patch", "-p0", "--binary"], cwd=tmp_path, input=difference, check=True, capture_output=True)
    mended = mark + (MENDED + "# akhir").replace("\n", "\r\n")
    assert tree.read_bytes().decode() == (MENDED + "# akhir\n" if name == "fmt" else mended)


# -- writing -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a workspace with one file, beside which there is something outside of it."""
    (tmp_path / "kerja" / "trees").mkdir(parents=True)
    (tmp_path / "kerja" / "trees" / "a.pokin").write_text("lama", "utf-8")
    (tmp_path / "luar.pokin").write_text("luar", "utf-8")
    return tmp_path / "kerja"


@pytest.mark.skipif(sys.platform == "win32", reason="mode bits of a file")
@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755, 0o444])
def test_who_may_read_and_run_a_file_stays(root: Path, mode: int) -> None:
    file = root / "trees" / "a.pokin"
    file.chmod(mode)
    replace_file(root, "trees/a.pokin", b"baru")
    assert (file.read_text("utf-8"), stat.S_IMODE(file.stat().st_mode)) == ("baru", mode)


def test_a_link_within_the_workspace_stays_and_its_file_is_written(root: Path) -> None:
    link = root / "trees" / "b.pokin"
    link.symlink_to("a.pokin")
    replace_file(root, "trees/b.pokin", b"baru")
    assert link.is_symlink()
    assert (root / "trees" / "a.pokin").read_text("utf-8") == "baru"
    assert sorted(path.name for path in (root / "trees").iterdir()) == ["a.pokin", "b.pokin"]


def test_no_link_leads_writing_out_of_the_workspace(root: Path) -> None:
    (root / "trees" / "b.pokin").symlink_to(root.parent / "luar.pokin")
    with pytest.raises(SurroundingsError, match="di luar ruang kerja"):
        replace_file(root, "trees/b.pokin", b"baru")
    (root / "trees" / "a.pokin.pokin-baru").symlink_to(root.parent / "luar.pokin")
    replace_file(root, "trees/a.pokin", b"baru")
    assert (root / "trees" / "a.pokin").read_text("utf-8") == "baru"
    assert (root.parent / "luar.pokin").read_text("utf-8") == "luar"


def test_a_file_that_cannot_be_written_stays_and_nothing_is_left_beside_it(root: Path) -> None:
    (root / "trees" / "c.pokin").mkdir()
    with pytest.raises(SurroundingsError, match="tidak dapat ditulis"):
        replace_file(root, "trees/c.pokin", b"baru")
    assert sorted(path.name for path in (root / "trees").iterdir()) == ["a.pokin", "c.pokin"]
