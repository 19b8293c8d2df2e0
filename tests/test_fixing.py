"""Safe fixes: what they change, that they settle, and what they never touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from pokin_dsl.diagnostics import Diagnostic, Edit, Fix, Severity
from pokin_dsl.edge.fixing import fix_workspace, write_fixed
from pokin_dsl.edge.workspace import open_workspace
from pokin_dsl.rules.fixes import fixed
from pokin_dsl.rules.selection import Selection
from pokin_dsl.text import Span
from tests.sites import compiled
from tests.support import any_text

if TYPE_CHECKING:
    from pathlib import Path

    from pokin_dsl.edge.fixing import Fixing

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
