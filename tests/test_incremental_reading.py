"""Reading by sections: the same as in one piece whatever the text, and nothing that stayed the same is read again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.trees import tree_text
from pokin_dsl.site.highlight import highlighted_lines
from pokin_dsl.syntax.nodes import IncludeLine
from pokin_dsl.syntax.parse import include_blocks, parse, walk
from pokin_dsl.syntax.sections import forget, in_one_piece, read_sections
from pokin_dsl.text import Source
from tests.support import ROOT, any_text, pokin_tree, read_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.syntax.nodes import Block, Branch, Document
    from tests.support import Tree

HEADER = "pokin: 1\njudul: Pohon\n"
TOO_DEEP = "".join("  " * n + "antara A\n" for n in range(70))
_SECTIONS = "pokin_dsl.syntax.parse.read_sections"
_LONG = "pokin_dsl.syntax.sections._LONG"
# What makes a line belong to the one above or below it, beside plain lines and what is wrong with them.
_LINES = (
    *(
        "outcome A",
        "  csf B",
        "    kondisi [k] C",
        "      antara D",
        "        operasional E",
        "    kondisi F",
        "  csf G",
    ),
    *("      @indikator I", "        @target (%) 2025=1 2026=2", "    @unit X", "      @pk camat", "@mandat M"),
    *(
        "  @catatan",
        "  @Catatan:",
        "      @catatan",
        "@catatan",
        "\t@catatan",
        "    @CATATAN :",
        "        baris catatan",
    ),
    *("    kondisi yang dicatat", "      outcome yang dicatat", "        # dalam catatan"),
    *("# komentar", "    # komentar", "        # bukan D", "", "   ", " "),
    *("      | sambungan", "    | sambungan", "        | sambungan", "| sambungan"),
    *("  sertakan x.pokin", "      sertakan y.pokin", "judul: Pohon", "      judul: di dalam", "pokin: 1"),
    *("kondsi salah", "    kndisi salah", "    tujuan H", "      @tagret (%) 2025=1", "* butir", "      * butir"),
    *(
        "\t\tkondisi J",
        "    \tantara K",
        "   csf L",
        "     kondisi M",
        "        kondisi N",
        "            operasional O",
    ),
    *(
        "  csf 1. “Kutip”",
        "    kondisi\u00a0P",
        "      antara Q\u200b",
        "  csf R\x00",
        "    kondisi S\rT",
        "    \x0b# U",
    ),
    *("jabatan [camat] Camat", "  jabatan Kasi", "\ufeffoutcome V", "    kondisi W" + "w" * 10_000),
)
_lines = st.lists(st.one_of(st.sampled_from(_LINES), st.sampled_from(_LINES), any_text), max_size=30)
_texts = st.builds(lambda lines, end: end.join(lines), _lines, st.sampled_from(("\n", "\r\n")))
# A long section is cut once more; here that begins early.
_long = st.sampled_from((30, 200, 1 << 15))

usual = settings(deadline=None, max_examples=60)


def read(text: str) -> tuple[Document, tuple[Diagnostic, ...]]:
    return parse(Source("trees/contoh.pokin", text), read_sentence())


def read_in_one_piece(text: str) -> tuple[Document, tuple[Diagnostic, ...]]:
    with patch(_SECTIONS, lambda whole, _: (in_one_piece(whole),)):
        return read(text)


def shape(block: Block) -> tuple[object, ...]:
    """Give all that a block says and where, without how it was come by."""
    here = block.placed()
    return here.sentence, here.line, tuple(shape(child) for child in here.children)


def seen(document: Document) -> tuple[object, ...]:
    blocks = tuple((block.sentence, block.line) for block in walk(document.blocks))
    shapes = tuple(shape(block) for block in document.blocks)
    return document.source, document.headers, shapes, blocks, document.tail


def assert_as_in_one_piece(text: str) -> None:
    document, findings = read(text)
    expected, expected_findings = read_in_one_piece(text)
    assert seen(document) == seen(expected)
    assert findings == expected_findings


def branches(document: Document) -> list[Branch]:
    """Give the branches of a document in written order."""
    found: list[Branch] = []
    waiting = list(reversed(document.blocks))
    while waiting:
        block = waiting.pop()
        if block.branch is not None:
            found.append(block.branch)
        else:
            waiting.extend(reversed(block.children))
    return found


# -- the same as in one piece ------------------------------------------------------------------------------------------


@usual
@given(st.one_of(_texts, any_text), _long)
def test_any_text_is_read_as_in_one_piece(text: str, long: int) -> None:
    with patch(_LONG, long):
        assert_as_in_one_piece(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("outcome A\n   csf B\n    csf C\n", id="a column that is right by chance only"),
        pytest.param("outcome A\n   csf B\n    kondisi C\n      antara D\n", id="under a head that stands wrong"),
        pytest.param("outcome A\n  csf B\n    kondisi 1. " + "c" * 10_000 + "\n", id="a line that is cut off"),
        pytest.param("      # jauh\noutcome A\n", id="a comment alone before the first head"),
        pytest.param(f"{TOO_DEEP}outcome B\n  csf C\n{TOO_DEEP}", id="too deep, again after a good branch"),
        pytest.param(" kondisi A\n" * 3 + "    kondisi B\n", id="not at the left"),
        pytest.param("kndisi A\njudul: B\n  csf C\njudul: D\n", id="headers among broken lines"),
        pytest.param("outcome A\n  @catatan\n\n    # satu\n  # dua\n  csf B", id="comments in and below a note"),
        pytest.param("a\n\nb\n# c\nd\n" * 3, id="heads of one letter"),
    ],
)
def test_what_depends_on_its_surroundings_is_read_as_in_one_piece(text: str) -> None:
    assert_as_in_one_piece(text)
    assert_as_in_one_piece(HEADER + text)


@usual
@given(pokin_tree(), _long)
def test_a_valid_tree_is_read_as_in_one_piece(tree: Tree, long: int) -> None:
    with patch(_LONG, long):
        assert_as_in_one_piece(tree.text())


@st.composite
def _edited(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """Change one line: take it away, put one before it, replace, indent, outdent, join or split it."""
    if not lines:
        return [draw(st.sampled_from(_LINES))]
    at = draw(st.integers(0, len(lines) - 1))
    line = lines[at]
    cut = draw(st.integers(0, len(line)))
    new = draw(
        st.sampled_from(
            (
                [],
                [draw(st.sampled_from(_LINES)), line],
                [draw(st.sampled_from(_LINES))],
                ["  " + line],
                ["\t" + line],
                [line[draw(st.integers(0, 3)) :]],
                [line + (lines[at + 1] if at + 1 < len(lines) else "")],
                [line[:cut], line[cut:]],
            )
        )
    )
    return [*lines[:at], *new, *lines[at + 1 :]]


@usual
@given(st.data(), st.one_of(_lines, pokin_tree().map(lambda tree: tree.text().split("\n"))), _long)
def test_after_any_edits_a_text_is_read_as_in_one_piece(data: st.DataObject, lines: list[str], long: int) -> None:
    with patch(_LONG, long):
        for _ in range(5):
            assert_as_in_one_piece("\n".join(lines))
            lines = data.draw(_edited(lines))


@pytest.mark.parametrize("name", ["kecamatan", "glenmore"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_trees_of_the_project_are_read_as_in_one_piece(name: str, end: str) -> None:
    assert_as_in_one_piece((ROOT / f"trees/{name}.pokin").read_text("utf-8").replace("\n", end))


@usual
@given(_texts)
def test_a_source_is_coloured_as_in_one_piece(text: str) -> None:
    """But for lines of spaces alone, which may be part of a note or stand behind it."""
    one, other = (highlighted_lines(reader(text)[0]) for reader in (read, read_in_one_piece))
    assert [line if line.strip() else "" for line in one] == [line if line.strip() else "" for line in other]


@usual
@given(_texts)
def test_includes_are_found_where_they_stand(text: str) -> None:
    document, _ = read(text)
    expected = [block.line for block in walk(document.blocks) if isinstance(block.sentence, IncludeLine)]
    assert [block.line for block in include_blocks(document)] == expected


def test_a_raw_note_that_looks_like_a_tree_stays_a_note() -> None:
    text = f"{HEADER}outcome A\n  @catatan\n    kondisi yang dicatat\n\n    # juga dicatat\n  csf B\n    kondisi C\n"
    document, _ = read(text)
    assert [child.line.content for child in document.blocks[0].children] == ["@catatan", "csf B"]
    assert document.blocks[0].children[0].line.note == "kondisi yang dicatat\n\n# juga dicatat"


def test_a_comment_belongs_to_the_line_below_it_however_it_stands() -> None:
    text = f"{HEADER}outcome A\n  csf B\n    kondisi C\n      # kondisi X\n\n  # kondisi Y\n    kondisi D\n# akhir\n"
    document, _ = read(text)
    assert [block.line.comments for block in walk(document.blocks)][-1] == ("# kondisi X", "# kondisi Y")
    assert document.tail == ("# akhir",)


# -- what stayed the same is not read again ----------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_edit_leaves_all_other_branches_as_they_are(end: str) -> None:
    text = tree_text(300).replace("\n", end)
    heads = text.split("    kondisi [k-5]")
    before, after = (branches(read(one)[0]) for one in (text, heads[0] + "    kondisi [k-5] Sangat" + heads[1]))
    assert len(before) == len(after) > 10
    assert [one is two for one, two in zip(before, after, strict=True)].count(False) == 1


def test_a_branch_that_moves_stays_the_same_and_its_lines_say_where_it_is() -> None:
    tree = "outcome A\n  csf B\n    kondisi C\n      antara D\n        | lagi\n    kondisi E\n"
    here, there = (read(top + tree)[0] for top in (HEADER, HEADER + "instansi: Kecamatan\n\n"))
    assert branches(here) == branches(there) != []
    contents = {block.line.content: block.line for block in walk(there.blocks)}
    assert {content: line.number for content, line in contents.items()} == {
        "outcome A": 5,
        "csf B": 6,
        "kondisi C": 7,
        "antara D lagi": 8,
        "kondisi E": 10,
    }
    assert [there.source.text[at:][:4] for line in contents.values() for _, at in line.joins] == ["lagi"]
    assert all(there.source.text[line.start :].startswith(content[:8]) for content, line in contents.items())


def test_two_files_share_what_they_have_in_common() -> None:
    branch = "    kondisi C\n      antara D\n"
    one, two = (read(f"{HEADER}outcome {name}\n  csf {name}\n{branch}")[0] for name in "AB")
    assert branches(one) == branches(two) != []


def test_a_long_branch_is_read_again_in_part() -> None:
    leaves = "".join(f"        operasional Terlaksananya Kegiatan {n}\n" for n in range(500))
    parts = [f"      antara Terselenggaranya Bagian {n}\n{leaves}" for n in range(5)]
    top = f"{HEADER}outcome A\n  csf B\n    kondisi C\n"
    before = branches(read(top + "".join(parts))[0])
    after = branches(read(top + "".join([*parts[:2], parts[2] + "        operasional Baru\n", *parts[3:]]))[0])
    assert [one is two for one, two in zip(before, after, strict=True)] == [True, True, False, True, True]


def test_mistakes_in_a_branch_are_told_wherever_it_stands() -> None:
    tree = "outcome A\n  csf B\n    kondisi C\n      antara 1. “D”\n      @tagret (%) 2025=1\n"
    findings = [read(top + tree)[1] for top in (HEADER, HEADER + "instansi: Kecamatan\n")]
    moved = len("instansi: Kecamatan\n")
    places = [[(f.code, f.span.start - by) for f in found] for found, by in zip(findings, (0, moved), strict=True)]
    assert places[0] == places[1]
    assert [code for code, _ in places[0]] == ["P015", "P014", "P004"]


def test_a_text_that_is_cut_wrong_is_read_in_one_piece_from_there() -> None:
    """Each line below is taken for a head, but is part of a note; it must not be read again for each of them."""
    text = f"{HEADER}outcome A\n  csf B\n\t@catatan\n" + "    kondisi yang dicatat\n" * 1000
    assert len(read_sections(text, read_sentence())) == 4
    assert_as_in_one_piece(text)


# -- memory ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def little_memory() -> Iterator[int]:
    most = 5_000
    forget()
    with patch("pokin_dsl.syntax.sections._MOST_REMEMBERED", most):
        yield most
    forget()


def test_what_nobody_asks_for_is_forgotten_and_what_is_in_use_is_kept(little_memory: int) -> None:
    kept = f"{HEADER}outcome A\n  csf B\n    kondisi C\n"
    first = branches(read(kept)[0])
    lost = branches(read(kept + "    kondisi X\n")[0])[-1]
    for n in range(100):
        read(f"{HEADER}outcome A\n  csf B\n    kondisi {n}{'x' * (little_memory // 10)}\n")
        assert branches(read(kept)[0]) == first
    assert branches(read(kept + "    kondisi X\n")[0])[-1] is not lost


def test_many_threads_may_read_at_once(little_memory: int) -> None:
    texts = [tree_text(60, seed) for seed in range(8)] * 4
    assert len(texts[0]) > little_memory
    with ThreadPoolExecutor(4) as pool:
        read_by_many = [(seen(document), findings) for document, findings in pool.map(read, texts)]
    alone = [(seen(document), findings) for document, findings in map(read_in_one_piece, texts)]
    assert read_by_many == alone


def test_a_source_is_the_same_before_and_after_its_lines_were_asked_for() -> None:
    asked, fresh = Source("a", "b\nc\r\n"), Source("a", "b\nc\r\n")
    assert asked.line_starts == (0, 2, 5)
    assert (asked, hash(asked), repr(asked)) == (fresh, hash(fresh), repr(fresh))
    assert fresh.line_text(2) == "c"
