"""Positions and agreements where a case file cannot show it: who stands in line, who is asked, what is told once."""

from __future__ import annotations

import pytest

from tests.support import read_tree

OUTLINE = """\
pokin: 1
judul: Pohon
tahap: 5
jabatan [camat] Camat
  jabatan [sekcam] Sekcam
    jabatan [kasubbag] Kasubbag
  jabatan [kasi-a] Kasi A
  jabatan [kasi-b] Kasi B
jabatan [pelaksana] Pelaksana
jabatan [jf] JF
"""


def told(text: str, code: str) -> list[tuple[str, str]]:
    """Give subject and severity of what one rule says, in the order of the text."""
    return [(d.subject, d.severity.value) for d in read_tree(text).diagnostics if d.code == code]


# -- P303: in line -----------------------------------------------------------------------------------------------------

CHAIN = """\
outcome [oo] Terwujudnya A
  @pk {outcome}
  kondisi [kk] Meningkatnya B
    @pk {kondisi}
    antara [aa] Terselenggaranya C
      operasional [op] Terlaksananya D
        @pk {operasional}
"""


@pytest.mark.parametrize(
    ("outcome", "kondisi", "operasional", "out_of_line"),
    [
        ("camat", "kasi-a", "pelaksana", []),
        ("camat", "camat", "kasi-a", []),
        ("camat", "kasi-a", "kasi-a", []),
        ("camat", "kasubbag", "jf", []),
        ("camat", "-", "kasubbag", []),
        ("camat", "pelaksana", "jf", []),
        ("camat", "kasi-a", "kasi-b", ["op"]),
        ("camat", "kasi-a", "kasubbag", ["op"]),
        ("camat", "kasubbag", "sekcam", ["op"]),
        ("kasi-a", "camat", "-", ["kk"]),
        ("camat", "pelaksana", "kasi-a", ["op"]),
        ("camat", "Tenaga Ahli", "kasi-a", []),
        ("camat", "kasi-a", "Tenaga Ahli", []),
    ],
)
def test_a_holder_stands_below_the_nearest_holder_above(
    outcome: str, kondisi: str, operasional: str, out_of_line: list[str]
) -> None:
    text = OUTLINE + CHAIN.format(outcome=outcome, kondisi=kondisi, operasional=operasional)
    assert [subject for subject, _ in told(text, "P303")] == out_of_line


TWO_HOLDERS = """\
outcome Terwujudnya A
  @pk camat
  kondisi Meningkatnya B
    @indikator [ia] Indeks A
      @pk sekcam
    @indikator [ib] Indeks B
      @pk kasi-b
    operasional [op] Terlaksananya C
      @pk kasubbag
"""


def test_the_supported_indicator_decides_which_holder_is_above() -> None:
    supporting = OUTLINE + TWO_HOLDERS + "      @mendukung {}\n"
    assert told(OUTLINE + TWO_HOLDERS, "P303") == []
    assert told(supporting.format("ia"), "P303") == []
    assert told(supporting.format("ib"), "P303") == [("op", "peringatan")]


def test_out_of_line_points_at_the_holder_that_is_meant() -> None:
    text = OUTLINE + CHAIN.format(outcome="camat", kondisi="kasi-a", operasional="kasi-a\n        @pk Kasi B")
    (finding,) = (d for d in read_tree(text).diagnostics if d.code == "P303")
    assert text[finding.span.start : finding.span.end] == "@pk Kasi B"


# -- P301: asked for a holder ------------------------------------------------------------------------------------------


def test_a_tree_that_names_nobody_is_told_once() -> None:
    bare = "pokin: 1\njudul: Pohon\ntahap: 5\noutcome [oo] Terwujudnya A\n  kondisi [kk] Meningkatnya B\n"
    assert told(bare, "P301") == [("", "info")]
    assert told(bare + "    @pk -\n", "P301") == [("oo", "peringatan")]
    assert told(bare + "    @pk Kasi B\n", "P301") == [("oo", "peringatan")]


def test_of_nested_outcomes_the_lowest_is_asked() -> None:
    text = OUTLINE + "outcome [o1] Terwujudnya A\n  outcome [o2] Terwujudnya B\n    kondisi [kk] Meningkatnya C\n"
    assert [subject for subject, _ in told(text, "P301")] == ["o2", "kk"]


@pytest.mark.parametrize("line", ["@pk", "@pk tiada", "@pkk camat", "@pemegang camat"])
def test_a_holder_that_is_told_of_already_is_not_asked_for_again(line: str) -> None:
    text = OUTLINE + "outcome Terwujudnya A\n  @pk camat\n  kondisi Meningkatnya B\n    " + line + "\n"
    checked = read_tree(text)
    assert sum(d.span.start >= text.index(line) for d in checked.diagnostics if d.severity.value == "galat") == 1
    assert told(text, "P301") == []


def test_an_indicator_without_holder_on_purpose_is_not_asked() -> None:
    indicators = "  @indikator [i1] Indeks A\n    @pk camat\n  @indikator [i2] Indeks B\n"
    text = OUTLINE + "outcome Terwujudnya A\n" + indicators
    assert told(text, "P301") == [("i2", "peringatan")]
    assert told(text + "    @pk -\n", "P301") == []


# -- P304: positions without work --------------------------------------------------------------------------------------


def test_idle_positions_are_told_only_where_somebody_holds_and_nothing_is_lost() -> None:
    assert told(OUTLINE + "outcome Terwujudnya A\n", "P304") == []
    held = OUTLINE + "outcome Terwujudnya A\n  @pk camat\n"
    assert [subject for subject, _ in told(held, "P304")] == [
        "sekcam",
        "kasubbag",
        "kasi-a",
        "kasi-b",
        "pelaksana",
        "jf",
    ]
    assert told(held + "  kondisi Meningkatnya B\n    @pk kasi\n", "P304") == []


# -- P205 and P305: one indicator at several places --------------------------------------------------------------------

SAME = """\
outcome Terwujudnya A
  @pk camat
  kondisi Meningkatnya B
    @indikator [i1] Indeks X
    @pk {one}
  kondisi Meningkatnya C
    @indikator [i2] indeks  x
    @pk {two}
"""


@pytest.mark.parametrize(
    ("one", "two", "code"),
    [("kasi-a", "kasi-b", "P305"), ("kasi-a", "kasi-a", "P205"), ("kasi-a", "-", "P205"), ("-", "-", "P205")],
)
def test_a_repeated_indicator_is_told_by_one_rule(one: str, two: str, code: str) -> None:
    checked = read_tree(OUTLINE + SAME.format(one=one, two=two))
    found = [d for d in checked.diagnostics if d.code in ("P205", "P305")]
    assert [(d.code, d.subject) for d in found] == [(code, "i2")]
    assert [label.span for label in found[0].labels] == [checked.resolved.letak["i1"].span()]


def test_a_group_is_told_once_and_a_parent_s_indicator_by_itself() -> None:
    same = "    antara A{n}\n      @indikator [a{n}] Indeks X\n"
    text = "pokin: 1\njudul: P\ntahap: 4\noutcome A\n  kondisi B\n" + "".join(same.format(n=n) for n in range(3))
    assert told(text, "P205") == [("a1", "info")]
    nested = text + "      antara D\n        @indikator [d1] Indeks X\n"
    assert told(nested, "P205") == [("a1", "info"), ("d1", "peringatan")]


def test_the_official_indicator_of_a_sub_activity_may_repeat() -> None:
    leaf = "    operasional {n}\n      @indikator [i{n}] Jumlah Dokumen\n      @{kind} 7.01.01.2.01.000{n} Nama\n"
    text = "pokin: 1\njudul: P\ntahap: 5\noutcome A\n  kondisi B\n"
    assert told(text + "".join(leaf.format(n=n, kind="subkegiatan") for n in (1, 2)), "P205") == []
    assert told(text + "".join(leaf.format(n=n, kind="kegiatan") for n in (1, 2)), "P205") == [("i2", "info")]


@pytest.mark.parametrize(
    ("first", "second", "doubled"),
    [("kasi-a", "kasi-b", True), ("camat", "kasi-a", False), ("kasi-a", "pelaksana", False)],
)
def test_one_performance_of_two_holders_is_doubled_where_they_are_peers(
    first: str,
    second: str,
    doubled: bool,  # noqa: FBT001 - a table of yes and no
) -> None:
    text = OUTLINE + f"outcome A\n  @indikator [i1] Indeks X\n  @indikator Indeks Y\n  @pk {first}\n  @pk {second}\n"
    assert told(text, "P305") == ([("i1", "info")] if doubled else [])
