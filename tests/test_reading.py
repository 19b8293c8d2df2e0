"""What must hold for every text: reading never raises, points inside the text, and loses nothing that is written."""

from __future__ import annotations

from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pokin_dsl.diagnostics import Severity
from pokin_dsl.model.assemble import include_path
from pokin_dsl.model.query import walk, walk_jabatan
from pokin_dsl.rules.fixes import fixed
from pokin_dsl.syntax.vocabulary import MOST_CHARACTERS, MOST_DEPTH, MOST_LINES
from tests.support import OF_THE_LANGUAGE, Piece, Tree, any_text, codes, pokin_tree, read_bytes, read_tree, walk_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pokin_dsl.model.tree import Jabatan, Simpul
    from pokin_dsl.rules.checked import Checked

HEADER = "pokin: 1\njudul: Pohon\ntahap: 2\n"
# A line can be wrong in several ways at once, but no text may flood its reader.
MOST_FINDINGS_A_LINE = 8

usual = settings(deadline=None, max_examples=100)


# -- any text ----------------------------------------------------------------------------------------------------------


def assert_sound(checked: Checked) -> None:
    """Every finding lies inside its source, says something, and points at things that are there."""
    lengths = {document.source.path: len(document.source.text) for document in checked.documents}
    known = {"", *checked.peta.simpul, *checked.peta.indikator, *checked.peta.jabatan}
    for finding in checked.diagnostics:
        spans = [
            (finding.source, finding.span),
            *((label.source, label.span) for label in finding.labels),
            *((edit.source, edit.span) for edit in (finding.fix.edits if finding.fix else ())),
        ]
        assert all(0 <= span.start <= span.end <= lengths[source] for source, span in spans), finding
        assert finding.message.endswith((".", "?"))
        assert finding.subject in known
    for tempat in checked.resolved.letak.values():
        assert 0 <= tempat.span().start <= tempat.span().end <= lengths[tempat.source.path]


@usual
@given(any_text)
def test_any_text_is_read_checked_and_answered_in_bounds(text: str) -> None:
    checked = read_tree(text)
    assert_sound(checked)
    assert len(checked.diagnostics) <= MOST_FINDINGS_A_LINE * (text.count("\n") + 1) + text.count("=") + 4


@usual
@given(any_text)
def test_any_text_below_a_good_tree_keeps_the_tree(text: str) -> None:
    tree = f"{HEADER}outcome [a1] Terwujudnya A\n  @mandat X\n\n"
    checked = read_tree(tree + text)
    assert checked.peta.simpul["a1"].teks == "Terwujudnya A"
    assert_sound(checked)


@usual
@given(any_text, any_text)
def test_any_text_may_be_a_fragment(text: str, fragment: str) -> None:
    tree = f"{HEADER}outcome [a1] Terwujudnya A\n  sertakan x.pokin\n  sertakan y.pokin\n"
    clean = (piece.encode("utf-8", "replace").decode() for piece in (text, fragment))
    assert_sound(read_tree(tree, dict(zip(("trees/x.pokin", "trees/y.pokin"), clean, strict=True))))


@usual
@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    assert_sound(read_tree(data))


@usual
@given(any_text)
def test_safe_fixes_only_ever_replace_what_they_show(text: str) -> None:
    """Edits of one finding do not overlap, so that they can be made in any order."""
    for finding in read_tree(text).diagnostics:
        spans = sorted((edit.span.start, edit.span.end) for edit in (finding.fix.edits if finding.fix else ()))
        assert all(one[1] <= two[0] for one, two in pairwise(spans))


# -- fixes -------------------------------------------------------------------------------------------------------------


def mended(text: str) -> str:
    """Make all safe fixes of reading."""
    document, findings = read_bytes(text.encode("utf-8", "surrogatepass"))
    source = document.source
    return fixed({source.path: source.text}, findings)[0].get(source.path, source.text)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("outcome A\n\tcsf B\n\t\tkondisi C\n", "outcome A\n  csf B\n    kondisi C\n"),
        ("outcome A\n   csf B\n     kondisi C\n", "outcome A\n  csf B\n    kondisi C\n"),
        ("outcome A\n   csf B\n       kondisi C\n", "outcome A\n  csf B\n    kondisi C\n"),
        ("outcome A\n  csf B\n   csf C\n     kondisi D\n", "outcome A\n  csf B\n  csf C\n    kondisi D\n"),
        ("  outcome A\n    csf B\n", "outcome A\n  csf B\n"),
        (
            "outcome A\n" + "    csf B\n        kondisi C\n" * 5,
            "outcome A\n" + "  csf B\n    kondisi C\n" * 5,
        ),
        ("outcome “A”\u00a0‘b’\tc\n", "outcome \"A\" 'b' c\n"),
        ("outcome 1. Terwujudnya A\n", "outcome Terwujudnya A\n"),
        ("outcome A\x00\u202eB\u200b\n", "outcome AB\n"),
        ("Outcome: A\n  @Mandat X\n  @ekspektasi: Y\n", "outcome A\n  @mandat X\n  @ekspektasi Y\n"),
        ("outcome[aa A\n", "outcome[aa A\n"),
        ("outcome A\n  @awal Cukup Baik\n", 'outcome A\n  @awal "Cukup Baik"\n'),
        ("outcome A\n  @mandat(x)\n", "outcome A\n  @mandat (x)\n"),
    ],
)
def test_safe_fixes_mend(wrong: str, right: str) -> None:
    assert mended("pokin: 1\njudul: Pohon\n" + wrong) == "pokin: 1\njudul: Pohon\n" + right
    assert mended(mended(wrong)) == mended(wrong)


def test_the_version_and_the_case_of_a_header_are_mended() -> None:
    assert mended("Judul: Pohon\noutcome A\n") == "pokin: 1\njudul: Pohon\noutcome A\n"
    assert mended("judul Pohon\n") == "pokin: 1\njudul: Pohon\n"


@pytest.mark.parametrize(
    "doubtful",
    [
        "outcome A\n  csf B\n   kondisi C\n",
        "outcome [Id Salah] A\n",
        "outcome [index] A\n",
        "outcome A\n  program kerja yang baik\n",
        "outcme A\n",
        "outcome A\n  @mndat X\n",
        "outcome A\rB\n",
        "outcome A\n" + " csf B\n  kondisi C\n" * 8,
    ],
)
def test_what_only_the_author_can_know_is_never_mended(doubtful: str) -> None:
    text = "pokin: 1\njudul: Pohon\n" + doubtful
    assert codes(read_tree(text)) != []
    assert mended(text) == text


@usual
@given(any_text)
def test_mending_any_text_ends(text: str) -> None:
    once = mended(text)
    for _ in range(6):
        once = mended(once)
    assert mended(once) == once


def test_a_line_of_many_bad_characters_is_no_text_to_mend() -> None:
    few, many = (read_bytes(f"judul: {'a' * 3}{chr(0)}{'b' * 3}".encode() + b"x\x00" * n)[1] for n in (50, 500))
    assert [f.fix is not None for f in few if f.code == "P009"] == [True]
    assert [f.fix is not None for f in many if f.code == "P009"] == [False]


# -- valid trees -------------------------------------------------------------------------------------------------------


def shape(nodes: Iterable[Simpul]) -> list[object]:
    """Give kinds, texts, indicators and order of a branch, without ids."""
    return [(node.jenis, node.teks, [i.teks for i in node.indikator], shape(node.anak)) for node in nodes]


def written_shape(pieces: Iterable[Piece]) -> list[object]:
    return [(p.kind, p.text, [i.text for i in p.indicators], written_shape(p.children)) for p in pieces]


def positions_shape(positions: Iterable[Jabatan]) -> list[object]:
    return [(position.teks, positions_shape(position.bawahan)) for position in positions]


def written_positions(pieces: Iterable[Piece]) -> list[object]:
    return [(piece.text, written_positions(piece.children)) for piece in pieces]


@usual
@given(pokin_tree())
def test_all_that_is_written_is_found_again(tree: Tree) -> None:
    checked = read_tree(tree.text())
    assert shape(checked.pohon.akar) == written_shape(tree.outcomes)
    declared = [position for position in checked.pohon.jabatan if not position.di_luar]
    assert positions_shape(declared) == written_positions(tree.positions)


@usual
@given(pokin_tree())
def test_a_valid_tree_has_no_galat(tree: Tree) -> None:
    checked = read_tree(tree.text())
    assert [f for f in checked.diagnostics if f.severity is Severity.GALAT and f.code in OF_THE_LANGUAGE] == []


@usual
@given(pokin_tree())
def test_written_ids_are_kept_and_ids_are_unique(tree: Tree) -> None:
    checked = read_tree(tree.text())
    nodes = list(walk(checked.pohon))
    for node, piece in zip(nodes, walk_pieces(tree.outcomes), strict=True):
        assert piece.id in ("", node.id)
        for indicator, written in zip(node.indikator, piece.indicators, strict=True):
            assert written.id in ("", indicator.id)
    ids = [
        *(n.id for n in nodes),
        *(i.id for n in nodes for i in n.indikator),
        *(j.id for j in walk_jabatan(checked.pohon)),
    ]
    assert len(ids) == len(set(ids))


def turned(piece: Piece) -> Piece:
    """Give a branch with all siblings in opposite order."""
    return Piece(
        piece.kind,
        piece.text,
        piece.id,
        piece.annotations,
        tuple(reversed(piece.indicators)),
        tuple(turned(child) for child in reversed(piece.children)),
    )


def twins(pieces: tuple[Piece, ...]) -> bool:
    """Say whether two siblings without ids are the same in kind and text: only their order tells them apart."""
    for group in (
        pieces,
        *((*p.indicators, *p.children) for p in walk_pieces(pieces)),
        *(p.children for p in walk_pieces(pieces)),
    ):
        unnamed = [(piece.kind, piece.text) for piece in group if not piece.id]
        if len(unnamed) != len(set(unnamed)):
            return True
    return False


def ids_by_path(nodes: Iterable[Simpul | Jabatan], path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    """Give the way of texts to everything that has an id, with the id, in written order."""
    found: list[tuple[tuple[str, ...], str]] = []
    for node in nodes:
        here = (*path, type(node).__name__ + node.teks)
        found.append((here, node.id))
        found += [((*here, "@" + i.teks), i.id) for i in getattr(node, "indikator", ())]
        found += ids_by_path(getattr(node, "anak", ()) or getattr(node, "bawahan", ()), here)
    return found


@usual
@given(pokin_tree())
def test_derived_ids_do_not_depend_on_the_order_of_siblings(tree: Tree) -> None:
    assume(not twins(tree.outcomes) and not twins(tree.positions))
    other = Tree(tuple(map(turned, reversed(tree.positions))), tuple(map(turned, reversed(tree.outcomes))))
    one, two = read_tree(tree.text()).pohon, read_tree(other.text()).pohon
    assert sorted(ids_by_path((*one.akar, *one.jabatan))) == sorted(ids_by_path((*two.akar, *two.jabatan)))


def test_a_derived_id_never_displaces_a_written_one_or_an_alias() -> None:
    checked = read_tree(
        HEADER + "outcome [aa] Lain\n  @alias terwujudnya-b\n  csf Terwujudnya A\n"
        "  csf Terwujudnya B\n  csf [terwujudnya-a] Yang tertulis\n"
    )
    assert checked.peta.simpul["terwujudnya-a"].teks == "Yang tertulis"
    assert checked.peta.alias == {"terwujudnya-b": "aa"}
    assert [id_[:14] for id_ in checked.peta.simpul] == ["aa", "terwujudnya-a-", "terwujudnya-b-", "terwujudnya-a"]


def test_positions_that_only_pk_names_get_ids_without_order() -> None:
    found = []
    for names in (("Kasi A/B", "Kasi A-B"), ("Kasi A-B", "Kasi A/B")):
        holders = "".join(f"  @pk {name}\n" for name in names)
        pohon = read_tree(f"{HEADER}outcome Terwujudnya A\n{holders}").pohon
        found.append({position.teks: position.id for position in pohon.jabatan})
    assert found[0] == found[1]
    assert all(id_.startswith("kasi-a-b-") for id_ in found[0].values())


_BROKEN = ("kondisi [Id Salah] X", "* butir", "entah apa", "@tagret 2025=", "=", "[", "@", "kondsi", "sertakan", "\x00")


@usual
@given(pokin_tree(), st.sampled_from(_BROKEN), st.integers(0, 10_000))
def test_one_bad_line_never_changes_what_stands_around_it(tree: Tree, bad: str, where: int) -> None:
    """A bad line at the end of a branch, a step deeper than a node that has nothing below it: a leaf."""
    good = read_tree(tree.text()).pohon
    lines = tree.text().split("\n")
    starts = [n for n, line in enumerate(lines) if n > 2 and line.strip() and not line.strip().startswith("@")]
    at = starts[where % len(starts)]
    width = len(lines[at]) - len(lines[at].lstrip())
    end = next((n for n in range(at + 1, len(lines)) if len(lines[n]) - len(lines[n].lstrip()) <= width), len(lines))
    spoilt = read_tree("\n".join([*lines[:end], " " * (width + 2) + bad, *lines[end:]])).pohon
    before, after = ids_by_path((*good.akar, *good.jabatan)), ids_by_path((*spoilt.akar, *spoilt.jabatan))
    rest = iter(after)
    assert all(one in rest for one in before)
    assert len(after) - len(before) <= 1


# -- hostile files -----------------------------------------------------------------------------------------------------


def test_a_line_of_ten_megabytes() -> None:
    checked = read_tree(HEADER + "outcome " + "a" * 10_000_000 + "\noutcome Terwujudnya B\n")
    assert codes(checked).count("P011") == 1
    assert [node.teks[:14] for node in checked.pohon.akar] == ["aaaaaaaaaaaaaa", "Terwujudnya B"]


@pytest.mark.parametrize("piece", ["\x00a", "\u202ea", "\ta", "“a", "=", "[", "( ", "@", "2025= ", " ", "|", "a:", '"'])
def test_a_long_line_of_one_piece_gives_few_findings(piece: str) -> None:
    checked = read_tree(f"{HEADER}outcome Terwujudnya A\n  @indikator B\n    @target 2025=5 {piece * 200_000}\n")
    assert_sound(checked)
    assert len(checked.diagnostics) < 10


@pytest.mark.parametrize("line", ["= ", "2025= ", '2025="', "a ", "26=7 ", "(a) ", "2025=5 "])
def test_a_series_of_one_piece_gives_a_finding_for_each_at_most(line: str) -> None:
    checked = read_tree(f"{HEADER}outcome Terwujudnya A\n  @indikator B\n    @target {line * 500}\n")
    assert len(checked.diagnostics) <= 510


def test_steps_that_never_end_up_to_the_size_of_a_file() -> None:
    lines: list[str] = []
    size = 0
    while size < MOST_CHARACTERS - 20_000:
        lines.append("  " * len(lines) + "outcome A")
        size += len(lines[-1]) + 1
    assert len(lines) > 4_000
    checked = read_tree(HEADER + "\n".join(lines))
    assert codes(checked).count("P012") == 1
    assert len(checked.peta.simpul) == MOST_DEPTH


def test_a_hundred_thousand_lines_one_below_the_other() -> None:
    text = HEADER + "".join(" " * min(n, 150) + "outcome A\n" for n in range(100_000))
    document, findings = read_bytes(text.encode())
    assert len(findings) < 200
    assert len(document.blocks) == 1


def test_a_hundred_thousand_levels_are_refused_as_too_large() -> None:
    _, findings = read_bytes(b"\n".join(b" " * n for n in range(0, 100_000, 10)))
    assert [finding.code for finding in findings] == ["P011"]


def test_too_many_lines_are_refused() -> None:
    _, findings = read_bytes(b"\n" * (MOST_LINES + 1))
    assert [finding.code for finding in findings] == ["P011"]
    _, findings = read_bytes(b"#" * (MOST_CHARACTERS + 1))
    assert [finding.code for finding in findings] == ["P011"]
    _, findings = read_bytes(b"#" * MOST_CHARACTERS)
    assert findings == ()


def test_findings_grow_with_the_lines_and_no_faster() -> None:
    for line in (
        "entah apa",
        "\tkondisi A",
        " kondisi A",
        "@lihat tiada",
        "@pk tiada",
        "\x00",
        "@catatan [[tiada]]",
        "outcome [x] A",
    ):
        few, many = (
            len(read_tree(f"{HEADER}jabatan [camat] Camat\noutcome Terwujudnya A\n" + f"  {line}\n" * n).diagnostics)
            for n in (50, 500)
        )
        assert many <= max(10 * few, 20), line


def test_long_loops_of_support_are_told_in_short() -> None:
    nodes = "".join(f"  csf [n{n}] Belum {n}\n    @mendukung n{n + 1}\n    @mendukung n0\n" for n in range(2_000))
    checked = read_tree(f"{HEADER}outcome Terwujudnya A\n{nodes}  csf [n2000] Belum\n    kondisi C\n")
    loops = [finding for finding in checked.diagnostics if finding.code == "P103"]
    assert len(loops) == 2_000
    assert max(len(finding.message) for finding in loops) < 100


def test_nul_bidi_and_utf_16() -> None:
    assert "P009" in codes(read_tree(HEADER + "outcome A\x00B\n"))
    assert "P010" in codes(read_tree(HEADER + "outcome A\u202eB\n"))
    for encoding in ("utf-16", "utf-16-be"):
        data = "\ufeff".encode(encoding) if encoding == "utf-16-be" else b""
        _, findings = read_bytes(data + HEADER.encode(encoding))
        assert [finding.code for finding in findings] == ["P008"]


def test_invalid_utf_8_keeps_the_rest() -> None:
    checked = read_tree(HEADER.encode() + b"outcome Caf\xe9\n  @mandat X\n  @ekspektasi \xff\xfe\n")
    assert codes(checked) == ["P008"]
    assert [node.teks for node in checked.pohon.akar] == ["Caf\ufffd"]


# -- includes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("bagian/x.pokin", "trees/bagian/x.pokin"),
        ("./x.pokin", "trees/x.pokin"),
        ("../x.pokin", "x.pokin"),
        ("a/../b.pokin", "trees/b.pokin"),
        ("../../x.pokin", None),
        ("a/../../../x.pokin", None),
        ("/etc/x.pokin", None),
        ("~/x.pokin", None),
        ("bagian\\x.pokin", None),
        ("C:/x.pokin", None),
        ("file:x.pokin", None),
        ("../.git/config", None),
        ("x.pokin/..", None),
        ("", None),
    ],
)
def test_where_an_include_may_lead(written: str, meant: str | None) -> None:
    assert include_path("trees/pohon.pokin", written) == meant


@usual
@given(st.text(alphabet="./ab\\:~\x00", max_size=20))
def test_an_include_never_leaves_the_workspace(written: str) -> None:
    path = include_path("trees/a/pohon.pokin", written + ".pokin")
    assert path is None or (not path.startswith("/") and ".." not in PurePosixPath(path).parts)


def test_a_chain_of_a_hundred_files_ends_with_a_finding() -> None:
    files = {f"trees/f{n}.pokin": f"pokin: 1\ncsf Belum {n}\nsertakan f{n + 1}.pokin\n" for n in range(100)}
    checked = read_tree(f"{HEADER}outcome [a1] A\n  sertakan f0.pokin\n", files)
    assert codes(checked).count("P012") == 1
    assert 10 < len(checked.peta.simpul) < 20


def test_deep_files_in_a_deep_chain_do_not_exhaust_the_stack() -> None:
    for line in ("? rusak", "antara A", "@indikator A"):
        deep = "pokin: 1\n" + "".join("  " * n + line + "\n" for n in range(60)) + "  " * 60
        files = {f"trees/f{n}.pokin": f"{deep}sertakan f{n + 1}.pokin\n" for n in range(17)}
        assert_sound(read_tree(f"{HEADER}outcome [a1] A\n  sertakan f0.pokin\n", files))


def test_a_fragment_in_two_trees_is_the_same_text() -> None:
    fragment = {"trees/x.pokin": "pokin: 1\ncsf [b1] Belum\n  kondisi C\n"}
    for outcome in ("a1", "a2"):
        checked = read_tree(f"{HEADER}outcome [{outcome}] A\n  sertakan x.pokin\n", fragment)
        assert checked.peta.induk["b1"].id == outcome
        assert checked.resolved.sources == ("trees/contoh.pokin", "trees/x.pokin")
