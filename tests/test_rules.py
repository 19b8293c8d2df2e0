"""The rules where a case file cannot show it: silence, stages, the table itself, and one report for one mistake."""

from __future__ import annotations

import re

import pytest

from pokin_dsl.diagnostics import Severity, stops_publication
from pokin_dsl.rules.registry import RULES
from tests.support import codes, read_tree

BASE = "pokin: 1\njudul: Pohon\ntahap: {stage}\noutcome [a1] Terwujudnya A\n  @mandat X\n  @ekspektasi Y\n{body}"


def found(body: str, stage: int = 5) -> list[str]:
    return codes(read_tree(BASE.format(stage=stage, body=body)))


# -- the table ---------------------------------------------------------------------------------------------------------


def test_codes_are_given_once_and_in_order() -> None:
    given = [rule.code for rule in RULES]
    assert given == sorted(set(given))
    assert all(re.fullmatch(r"P\d{3}", code) for code in given)


def test_a_name_reads_as_what_is_allowed() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


def test_only_galat_of_reading_and_structure_stop_publication() -> None:
    checked = read_tree(BASE.format(stage=5, body="  @lihat tiada\n  @indikator [i1] I\n    @target 2025=?? 2026=5\n"))
    stopping = {finding.code for finding in checked.diagnostics if stops_publication(finding)}
    assert stopping == {"P103"}
    assert any(f.code == "P206" and f.severity is Severity.GALAT for f in checked.diagnostics)


# -- stages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "first", "body"),
    [
        ("P104", 3, "  csf B\n    kondisi C\n"),
        ("P105", 3, "  kondisi B\n    antara C\n      operasional D\n"),
        ("P109", 2, "  csf B\n"),
        ("P110", 2, "  kondisi B\n"),
        ("P111", 3, "  csf B\n"),
        ("P202", 4, "  @indikator I\n    @target 2025=5\n"),
        ("P207", 4, "  @indikator I\n    @target (%) 2025=105\n"),
        ("P208", 4, "  @indikator I\n    @target (a) 2025=5 2027=6\n"),
    ],
)
def test_a_rule_is_asked_from_its_stage_on(code: str, first: int, body: str) -> None:
    assert [stage for stage in range(1, 6) if code in found(body, stage)] == list(range(first, 6))


# -- silence -----------------------------------------------------------------------------------------------------------


def test_silence_covers_the_node_and_its_indicators_only() -> None:
    body = (
        "  kondisi B\n    @abaikan P202 satuan menyusul\n    @indikator I\n      @target 2025=5\n"
        "    operasional C\n      @indikator J\n        @target 2025=5\n"
    )
    assert found(body).count("P202") == 1
    assert found(body.replace("    @abaikan P202 satuan menyusul\n", "")).count("P202") == 2


def test_silence_on_an_outcome_covers_the_whole_tree_finding_but_not_other_nodes() -> None:
    body = "  csf B\n    kondisi C\n"
    assert {"P104", "P111"} <= set(found(body))
    silent = found("  @abaikan P111 belum perlu\n  @abaikan P104 belum perlu\n" + body)
    assert "P111" not in silent
    assert "P104" in silent


def test_silence_on_a_lower_node_does_not_cover_the_tree() -> None:
    assert "P111" in found("  csf B\n    @abaikan P111 belum perlu\n    kondisi C\n")


def test_silence_needs_a_reason() -> None:
    spoken = found("  csf B\n    kondisi C\n      @abaikan P104\n")
    assert "P007" in spoken
    assert "P104" in spoken


def test_a_position_outside_the_outline_can_be_silenced_but_not_an_unknown_id() -> None:
    body = "  @pk {who}\n  @abaikan P302 tenaga kontrak\njabatan [camat] Camat\n"
    assert "P302" not in found(body.format(who="Tenaga Ahli"))
    assert "P302" in found(body.format(who="tenaga-ahli"))


# -- series ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("series", "finds"),
    [
        ("naik (a) 2025=5 2026=5 2027=6", False),
        ("naik (a) 2025=5 2026=4", True),
        ("turun (a) 2025=5 2026=5 2027=4", False),
        ("turun (a) 2025=5 2026=6", True),
        ("tetap (a) 2025=5 2026=5", False),
        ("tetap (a) 2025=5 2026=6", True),
        ("naik (a) 2025=5 2026=BB 2027=4", True),
        ("naik (a) 2025-TW4=9 2026-TW1=1", False),
        ("naik (a) 2025-TW1=9 2025-TW2=1", True),
        ("naik (a) 2025=100 2025-TW1=25 2026=110", False),
        ("naik (a) 2025=82,10 2026=1.000", False),
    ],
)
def test_a_series_is_held_against_its_direction(series: str, finds: bool) -> None:  # noqa: FBT001 - a table of yes and no
    direction, _, points = series.partition(" ")
    assert ("P207" in found(f"  @indikator I\n    @arah {direction}\n    @target {points}\n")) is finds


@pytest.mark.parametrize(
    ("points", "finds"),
    [
        ("2025=5 2026=6", False),
        ("2025=5 2027=6", True),
        ("2025=0 2027=0", False),
        ("2025=0 2027=1", True),
        ("2025=5 2026=- 2027=6", False),
        ("2025-TW1=5 2027-TW1=6", False),
        ("2025=A 2027=B", True),
    ],
)
def test_a_gap_stands_between_two_years_with_targets(points: str, finds: bool) -> None:  # noqa: FBT001 - a table of yes and no
    assert ("P208" in found(f"  @indikator I\n    @target (a) {points}\n")) is finds


def test_a_gap_of_thousands_of_years_is_told_in_short() -> None:
    checked = read_tree(BASE.format(stage=5, body="  @indikator I\n    @target (a) 1000=5 9999=6\n"))
    (gap,) = (finding for finding in checked.diagnostics if finding.code == "P208")
    assert "1001-9998" in gap.message


@pytest.mark.parametrize(
    ("indicator", "unit", "finds"),
    [
        ("Persentase A", "%", False),
        ("Persentase A", "Persen", False),
        ("Prosentase A", "dokumen", True),
        ("Jumlah A", "dokumen", False),
    ],
)
def test_a_percentage_is_in_percent(indicator: str, unit: str, finds: bool) -> None:  # noqa: FBT001 - a table of yes and no
    assert ("P202" in found(f"  @indikator {indicator}\n    @target ({unit}) 2025=5\n")) is finds


# -- one mistake, one report -------------------------------------------------------------------------------------------

WHOLE = """\
pokin: 1
judul: Pohon
tahap: 5
jabatan [camat] Camat
  jabatan [kasi] Kasi Pelayanan
outcome [a1] Terwujudnya A
  @mandat X
  @ekspektasi Y
  @crosscutting Bappeda: data
  @pk camat
  csf [b1] Belum Optimalnya B
    @unit Seksi A
    kondisi [c1] Meningkatnya C
      @indikator [i1] Jumlah desa
        @target (desa) 2025=5 2026=6
        @arah naik
      @pk kasi
      @alias lama
      operasional [d1] Terlaksananya D
        @mendukung i1
        @lihat a1
      operasional [d2] Terlaksananya E
"""


def test_the_whole_tree_has_nothing_to_say() -> None:
    assert codes(read_tree(WHOLE)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("pokin: 1", "Pokin: 1", "P005"),
        ("pokin: 1", "pokin 1", "P005"),
        ("judul: Pohon", "judl: Pohon", "P005"),
        ("tahap: 5", "tahap: V", "P005"),
        ("jabatan [camat]", "jabtan [camat]", "P003"),
        ("jabatan [camat]", "* jabatan [camat]", "P003"),
        ("  jabatan [kasi]", "  jabatan [Kasi]", "P006"),
        ("outcome [a1]", "Outcome [a1]", "P003"),
        ("outcome [a1]", "Tujuan: [a1]", "P003"),
        ("  @mandat X", "  @mandat", "P007"),
        ("  @mandat X", "  @mandat: X", "P004"),
        ("  @mandat X", "  mandat X", "P003"),
        ("@crosscutting Bappeda: data", "@crosscutting Bappeda", "P007"),
        ("  csf [b1]", "  csf [B_1]", "P006"),
        ("  csf [b1]", "   csf [b1]", "P002"),
        ("  csf [b1]", "\tcsf [b1]", "P001"),
        ("    kondisi [c1]", "     kondisi [c1]", "P002"),
        ("    kondisi [c1]", "    - [c1]", "P003"),
        ("    kondisi [c1]", "    kondisi[c1", "P006"),
        ("      @indikator [i1]", "      @indikatr [i1]", "P004"),
        ("@target (desa)", "@target desa", "P007"),
        ("2025=5", "2025=“lima puluh”", "P015"),
        ("2025=5", "2025=5.5", "P208"),
        ("2026=6", "26=6", "P007"),
        ("2026=6", "2026=??", "P206"),
        ("2026=6", "2026=4", "P207"),
        ("@arah naik", "@arah ke atas", "P007"),
        ("      @pk kasi", "      @pk kas", "P302"),
        ("      @alias lama", "      @alias b1", "P102"),
        ("      operasional [d1]", "      oprasional [d1]", "P003"),
        ("      operasional [d2]", "    operasional [d2]", "P101"),
        ("    kondisi [c1]", "    outcome [c1]", "P101"),
        ("[d2]", "[d1]", "P102"),
        ("@mendukung i1", "@mendukung i2", "P103"),
        ("@lihat a1", "@lihat a1:b", "P103"),
        ("Terlaksananya E", "Meningkatnya C", "P108"),
    ],
)
def test_one_mistake_gives_one_report(right: str, wrong: str, code: str) -> None:
    assert right in WHOLE
    assert codes(read_tree(WHOLE.replace(right, wrong, 1))) == [code]


def test_two_empty_statements_are_not_told_to_be_the_same() -> None:
    assert found("  csf\n    kondisi\n", 2) == ["P007", "P007"]


@pytest.mark.parametrize("line", [n for n, text in enumerate(WHOLE.splitlines()) if n > 4 and "[a1]" not in text])
def test_a_line_that_cannot_be_read_leaves_the_others_as_they_are(line: int) -> None:
    lines = WHOLE.splitlines()
    whole = read_tree(WHOLE).peta
    spoilt = read_tree(
        "\n".join([*lines[:line], " " * (len(lines[line]) - len(lines[line].lstrip())) + "???", *lines[line + 1 :]])
    ).peta
    lost = re.findall(r"\[(\w+)\]", lines[line])
    assert [id_ for id_ in whole.simpul if id_ not in lost] == [id_ for id_ in spoilt.simpul if id_ in whole.simpul]
    assert {id_: node.teks for id_, node in spoilt.simpul.items()}.items() <= {
        id_: node.teks for id_, node in whole.simpul.items()
    }.items()
