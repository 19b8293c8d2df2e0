"""Outlines that are the same are the same tree: for lines in any order, and never too strict for the canonical form."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from pokin_dsl.model.resolve import resolve
from pokin_dsl.model.sameness import same_meaning
from pokin_dsl.syntax.canonical import canonical
from tests.support import any_text, pokin_tree, read_bytes

if TYPE_CHECKING:
    from pokin_dsl.model.tree import Pohon
    from pokin_dsl.syntax.nodes import Document
    from tests.support import Tree

usual = settings(deadline=None, max_examples=400)
FRAGMENT = "trees/b.pokin"
_LINES = (
    *("outcome Terwujudnya A", "csf Belum B", "kondisi C", "kondisi [cc] C", "antara D", "operasional E", "jabatan F"),
    *("@indikator G", "@indikator [gg] G", "@indikator H", "sertakan b.pokin", "kondsi I", "Sasaran: J"),
    *("@pk F", "@pk K", "@pk -", "@mandat L", "@mandat M", "@unit N", "@tag O", "@tag P", "@alias qq", "@alias cc"),
    *("@satuan %", "@satuan indeks", "@awal 3", "@awal (indeks) 2024=3", "@target (%) 2026=2 2025=1", "@target 2025=7"),
    *(
        "@target (indeks) 2025=1 2025=4",
        "@realisasi 2025=5",
        "@pagu 2026=1",
        "@pagu 2027=3 2026=2",
        "@iku",
        "@arah naik",
    ),
    *("@program 7.01 R", "@kegiatan 7.02 S", "@subkegiatan 7.03 T", "@x-a satu", "@x-b dua", "@x-a tiga"),
    *("@mendukung gg", "@mendukung cc", "@lihat cc", "@lihat qq", "@catatan [[cc]]", "@catatan U", "@varian tahap-3 V"),
    *("@varian tahap-3 W", "@crosscutting X: y", "@crosscutting Z: y (disetujui)", "@komponen A", "@komponen B"),
    *("@jenjang B", "@pejabat C", "@pejabat D", "@plt", "@abaikan P305 E", "@cek trik-1.1 F, G", "@tagret 2025=1"),
    *("@catatan\n{}  satu\n{}    dua", "@definisi H", "@definisi I", "1. J", "kondisi 2. K"),
)
_HEADERS = st.lists(st.sampled_from(("pokin: 1", "judul: A", "judul: B", "tahap: 3", "tahap: 9", "periode: 2025-2029")))
lines = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(_LINES)), min_size=1, max_size=20)


def outline(steps: list[tuple[int, str]], rise: int = 0) -> str:
    """Write lines one below another: each so many levels up from the deepest place where it may stand."""
    depth, written = rise, []
    for up, line in steps:
        margin = "  " * max(depth - up, 0)
        written.append(margin + line.replace("{}", margin))
        depth = max(depth - up, 0) + (line[0] != "@" or line.startswith("@indikator"))
    return "\n".join(written) + "\n"


def shuffled(text: str, chance: random.Random) -> str:
    """Exchange some lines that stand below the same one, each with all that stands below it."""
    rows = text.splitlines()
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(rows))
        below = _end(rows, at)
        if below < len(rows) and _margin(rows[below]) == _margin(rows[at]):
            end = _end(rows, below)
            rows[at:end] = rows[below:end] + rows[at:below]
    return "\n".join(rows) + "\n"


def _margin(row: str) -> int:
    return len(row) - len(row.lstrip())


def _end(rows: list[str], at: int) -> int:
    return next((n for n in range(at + 1, len(rows)) if _margin(rows[n]) <= _margin(rows[at])), len(rows))


def read(text: str, path: str = "trees/uji.pokin") -> Document:
    return read_bytes(text.encode("utf-8", "replace"), path)[0]


def trees(text: str, fragment: str) -> tuple[Pohon, Pohon]:
    """Give the tree of a text that may include a fragment, and that of the fragment as a tree of its own."""
    document, part = read(text), read(fragment, FRAGMENT)
    return resolve("uji", document, {FRAGMENT: part})[0].pohon, resolve("b", part, {})[0].pohon


@usual
@given(_HEADERS, lines, lines, st.randoms(use_true_random=False))
@example(
    [],
    [(0, "outcome Terwujudnya A"), (0, "@indikator G"), (0, "@target (%) 2026=2 2025=1"), (0, "@satuan indeks")],
    [(0, "@indikator H")],
    random.Random(1),
)
def test_outlines_that_are_the_same_are_one_tree(
    headers: list[str], steps: list[tuple[int, str]], part: list[tuple[int, str]], chance: random.Random
) -> None:
    text, fragment = "\n".join(headers) + "\n" + outline(steps), outline(part)
    other, other_fragment = shuffled(text, chance), shuffled(fragment, chance)
    same = same_meaning(read(text), read(other)) and same_meaning(read(fragment), read(other_fragment))
    event(f"same: {same}, in other words: {(text, fragment) != (other, other_fragment)}")
    if same:
        assert trees(text, fragment) == trees(other, other_fragment)


@usual
@given(any_text, st.randoms(use_true_random=False))
def test_any_text_and_its_lines_in_another_order(text: str, chance: random.Random) -> None:
    other = shuffled(text + "\n", chance)
    if same_meaning(read(text), read(other)):
        assert trees(text, "") == trees(other, "")


@usual
@given(pokin_tree(), st.randoms(use_true_random=False))
def test_the_canonical_form_shows_without_a_model_that_it_is_the_same(tree: Tree, chance: random.Random) -> None:
    document = read(shuffled(tree.text(), chance))
    assert same_meaning(document, read(canonical(document).text))


HEAD = "pokin: 1\njudul: A\n\noutcome B\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("  @mandat L\n  @pk K\n", "  @pk  K\n  @mandat   L\n"),
        (
            "  @indikator C\n    @awal 3\n    @target (%) 2026=2 2025=1\n",
            "  @indikator C\n    @target (%) 2025=1 2026=2\n    @awal 3\n",
        ),
        ("  @indikator C\n    @target 2025=1\n    @satuan %\n", "  @indikator C\n    @target (%) 2025=1\n"),
        ("  kondisi C\n  @indikator D\n  kondisi E\n", "  @indikator D\n  kondisi C\n  kondisi E\n"),
        ("  @catatan\n      satu\n        dua\n", "  @catatan\n    satu\n      dua\n"),
        ("  kondisi C\n    @pagu 2025=1\n    @program 7 D\n", "  kondisi C\n    @program 7 D\n    @pagu 2025=1\n"),
    ],
)
def test_what_the_model_reads_as_the_same(one: str, other: str) -> None:
    assert same_meaning(read(HEAD + one), read(HEAD + other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("  @pk K\n  @pk L\n", "  @pk L\n  @pk K\n"),
        (
            "  @indikator C\n    @target (%) 2025=1\n    @awal (x) 3\n",
            "  @indikator C\n    @awal (x) 3\n    @target (%) 2025=1\n",
        ),
        ("  @indikator C\n    @target 2025=1\n", "  @indikator C\n    @target 2025=2\n"),
        (
            "  @indikator C\n    @target 2025=1\n  @indikator D\n",
            "  @indikator C\n  @indikator D\n    @target 2025=1\n",
        ),
        ("  kondisi C\n    @program 7 D\n    @kegiatan 7 E\n", "  kondisi C\n    @kegiatan 7 E\n    @program 7 D\n"),
        ("  @x-a satu\n  @x-b dua\n", "  @x-b dua\n  @x-a satu\n"),
        ("  kondisi C\n  kondisi D\n", "  kondisi D\n  kondisi C\n"),
        ("  @indikator C\n  sertakan b.pokin\n", "  sertakan b.pokin\n  @indikator C\n"),
        ("  @indikator C\n    kondisi D\n  kondisi E\n", "  kondisi E\n  @indikator C\n    kondisi D\n"),
        ("  @catatan\n    satu\n      dua\n", "  @catatan\n    satu\n    dua\n"),
        ("  @mandat L\n", "  @mandat L\n  @mandat L\n"),
    ],
)
def test_what_may_be_another_tree(one: str, other: str) -> None:
    assert not same_meaning(read(HEAD + one), read(HEAD + other))
