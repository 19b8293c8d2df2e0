"""The gates: one file grows through five stages, and no stage is asked for what a later one adds."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.diagnostics import Severity
from tests.sites import compiled, seed_texts

if TYPE_CHECKING:
    from pokin_dsl.diagnostics import Diagnostic

# What each stage adds to the file of the kecamatan, by the word that a line begins with.
ADDS = {
    1: ("outcome", "@mandat", "@permasalahan", "@ekspektasi", "@varian tahap-1"),
    2: ("csf", "kondisi", "@unit", "@varian tahap-2"),
    3: ("antara", "operasional", "@crosscutting", "@varian tahap-3"),
    4: ("@indikator", "@mendukung", "@target", "@varian tahap-4"),
    5: ("jabatan", "@pk", "@program", "@kegiatan", "@subkegiatan", "@pagu", "@varian tahap-5"),
}
FINISHED = 5
KECAMATAN = seed_texts()["kecamatan.pokin"]


def cut(text: str, stage: int, *, written: int | None = None) -> str:
    """Cut a tree down to what stands in it at one stage, with ``tahap: written`` (that stage, if not given)."""
    kept = []
    dropped = -1
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip())
        if dropped >= 0 and line.strip() and indent > dropped:
            continue
        dropped = indent if _stage_of(line) > stage else -1
        if dropped < 0:
            kept.append(re.sub(r"^tahap: \d", f"tahap: {written or stage}", line))
    return "\n".join(kept) + "\n"


def _stage_of(line: str) -> int:
    words = f"{line.strip()} "
    return next((stage for stage, starts in ADDS.items() for word in starts if words.startswith(f"{word} ")), 0)


@cache
def found(text: str) -> tuple[Diagnostic, ...]:
    return compiled({"kecamatan.pokin": text}).diagnostics


def codes(text: str) -> set[str]:
    return {finding.code for finding in found(text)}


# -- what is not asked -------------------------------------------------------------------------------------------------


def test_the_cuts_are_what_the_stages_add() -> None:
    sizes = [cut(KECAMATAN, stage).count("\n") for stage in range(1, FINISHED + 1)]
    assert sizes == sorted(set(sizes))
    assert cut(KECAMATAN, FINISHED) == KECAMATAN


@pytest.mark.parametrize("stage", range(1, FINISHED))
def test_no_stage_is_asked_for_what_a_later_one_adds(stage: int) -> None:
    later = [word for n, starts in ADDS.items() if n > stage for word in starts]
    named = re.compile(r"(?<![\w@-])(?:" + "|".join(map(re.escape, later)) + r")(?![\w-])", re.IGNORECASE)
    said = [f"{finding.message} {finding.hint}" for finding in found(cut(KECAMATAN, stage))]
    assert [text for text in said if named.search(text)] == []


@pytest.mark.parametrize("stage", range(1, FINISHED + 1))
def test_what_stands_in_its_own_stage_is_never_early(stage: int) -> None:
    assert not codes(cut(KECAMATAN, stage)) & {"P501", "P502", "P503"}


@pytest.mark.parametrize("stage", range(1, FINISHED + 1))
def test_a_good_tree_brings_no_galat_and_no_peringatan_on_its_way(stage: int) -> None:
    assert [finding for finding in found(cut(KECAMATAN, stage)) if finding.severity is not Severity.INFO] == []


# -- what is asked, exactly from its stage on --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "first", "missing"),
    [
        ("P109", 2, r"^    kondisi \[pelayanan\]"),
        ("P104", 3, r"^        operasional \[laksana\]"),
        ("P201", 4, r"^        @indikator \[persen-standar\]"),
        ("P301", 5, r"^      @pk kasi-trantibum"),
    ],
)
def test_what_a_stage_adds_is_asked_exactly_from_it_on(code: str, first: int, missing: str) -> None:
    spoilt = _without(KECAMATAN, missing)
    assert [stage for stage in range(1, FINISHED + 1) if code in codes(cut(spoilt, stage))] == [
        *range(first, FINISHED + 1)
    ]
    assert not any(code in codes(cut(KECAMATAN, stage)) for stage in range(1, FINISHED + 1))


@pytest.mark.parametrize(("code", "done", "times"), [("P104", 2, 4), ("P201", 3, 18), ("P301", 4, 1)])
def test_a_header_that_is_raised_asks_for_what_the_new_stage_adds(code: str, done: int, times: int) -> None:
    raised = cut(KECAMATAN, done, written=done + 1)
    assert sum(finding.code == code for finding in found(raised)) == times
    assert code not in codes(cut(KECAMATAN, done))


def _without(text: str, missing: str) -> str:
    """Leave out a line and all that stands below it."""
    lines = text.splitlines()
    (start,) = (n for n, line in enumerate(lines) if re.match(missing, line))
    indent = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    while end < len(lines) and len(lines[end]) - len(lines[end].lstrip()) > indent:
        end += 1
    return "\n".join([*lines[:start], *lines[end:]]) + "\n"


# -- what comes too early ----------------------------------------------------------------------------------------------

TREE = """\
pokin: 1
judul: Pohon
{header}{positions}outcome [a1] Terwujudnya A
  csf [b1] Belum Optimalnya B
    @unit Seksi X
    @crosscutting Bappeda: data
    kondisi [c1] Meningkatnya C
      @indikator [i1] Persentase I
        @target (%) 2026=5
      @pk -
      @program 7.01.02
      @pagu 2026=Rp1
      antara [d1] Terselenggaranya D
        @mendukung i1
        operasional [e1] Terlaksananya E
          @unit Y
"""
POSITIONS = "jabatan [camat] Camat\n  @pejabat Budi\n  jabatan [kasi] Kasi X\n"
EARLY = {
    1: ["jabatan", "csf", "@crosscutting", "@indikator", "@pk", "@program", "@pagu", "antara", "@mendukung"],
    2: ["jabatan", "@crosscutting", "@indikator", "@pk", "@program", "@pagu", "antara", "@mendukung"],
    3: ["jabatan", "@indikator", "@pk", "@program", "@pagu", "@mendukung"],
    4: ["jabatan", "@pk", "@program", "@pagu"],
    5: [],
}


def early(stage: int | None) -> list[tuple[str, Severity]]:
    """Give the word at which each line that comes too early begins, and how much that weighs."""
    header = "" if stage is None else f"tahap: {stage}\n"
    text = TREE.format(header=header, positions=POSITIONS)
    lines = text.splitlines()
    at = [
        (text.count("\n", 0, finding.span.start), finding.severity) for finding in found(text) if finding.code == "P501"
    ]
    return [(lines[line].split()[0], severity) for line, severity in at]


@pytest.mark.parametrize("stage", range(1, FINISHED + 1))
def test_each_line_that_opens_a_later_stage_is_told_once(stage: int) -> None:
    assert [word for word, _ in early(stage)] == EARLY[stage]


@pytest.mark.parametrize("stage", range(1, FINISHED))
def test_only_positions_and_planning_weigh_as_galat(stage: int) -> None:
    galat = {word for word, severity in early(stage) if severity is Severity.GALAT}
    assert galat == {"jabatan", "@pk", "@program", "@pagu"}


def test_without_a_header_nothing_is_early() -> None:
    assert early(None) == []


def test_the_annotation_that_is_meant_is_the_one_pointed_at() -> None:
    text = (
        "pokin: 1\njudul: P\ntahap: 2\noutcome A\n  csf B\n    kondisi C\n      @crosscutting X: a\n"
        "      @crosscutting Y: b\n"
    )
    shown = [text[d.span.start : d.span.end] for d in found(text) if d.code == "P501"]
    assert shown == ["@crosscutting X: a", "@crosscutting Y: b"]


def test_a_line_that_is_broken_is_told_as_broken_only() -> None:
    assert codes("pokin: 1\njudul: P\ntahap: 1\noutcome Terwujudnya A\n  @pk\n") & {"P007", "P501"} == {"P007"}


# -- names in statements -----------------------------------------------------------------------------------------------


def statement(text: str, unit: str = "Seksi X", stage: int = 3, instansi: str = "Kecamatan A") -> set[str]:
    """Give which rules speak of a statement before its stage."""
    header = f"pokin: 1\njudul: P\ninstansi: {instansi}\ntahap: {stage}\n"
    return codes(f"{header}outcome Terwujudnya A\n  csf Belum Optimalnya B\n    @unit {unit}\n    kondisi {text}\n") & {
        "P502",
        "P503",
    }


@pytest.mark.parametrize(
    ("text", "unit", "told"),
    [
        ("Meningkatnya Kerja Seksi", "Y", True),
        ("Meningkatnya Kerja KASUBBAG", "Y", True),
        ("Meningkatnya Kerja Sub-Bagian Umum", "Sub-Bagian Umum", True),
        ("Meningkatnya Kerja Bidang Sosial, Budaya", "Bidang Sosial Budaya", True),
        ("Meningkatnya Kerja Bidang Sosial", "Bidang Sosial Budaya", False),
        ("Meningkatnya Seksinya", "Y", False),
        ("Meningkatnya Pemberdayaan Masyarakat", "Pemberdayaan Masyarakat", False),
        ("Meningkatnya Kinerja Sekretariat", "Sekretariat", False),
        ("Meningkatnya Kinerja Unit Kecamatan A", "Unit Kecamatan A", True),
        ("Meningkatnya Kinerja Seksi Tata Kota", "Y", False),
    ],
)
def test_offices_in_statements(text: str, unit: str, told: bool) -> None:  # noqa: FBT001 - a table of yes and no
    instansi = "Seksi Tata Kota" if "Tata Kota" in text else "Kecamatan A"
    assert ("P502" in statement(text, unit, instansi=instansi)) is told
    assert "P502" not in statement(text, unit, stage=5, instansi=instansi)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Meningkatnya 7.01.02.2.04", True),
        ("Meningkatnya X.XX.01", True),
        ("Meningkatnya Dana Rp 5.000", True),
        ("Meningkatnya Dana 5 Miliar", False),
        ("Meningkatnya Layanan sejak 1.02.2025", False),
        ("Meningkatnya Layanan Versi 1.2.3", False),
        ("Terlaksananya KOORDINASI, Kegiatan Pemberdayaan Desa", True),
        ("Terlaksananya Koordinasi Kegiatan Pemberdayaan", False),
        ("Terlaksananya Evaluasi Kelurahan", False),
        ("Meningkatnya Penyelenggaraan Pemerintahan dan Pelayanan Publik", False),
        ("Terlaksananya Program Penyelenggaraan Pemerintahan dan Pelayanan Publik", True),
    ],
)
def test_planning_in_statements(text: str, told: bool) -> None:  # noqa: FBT001 - a table of yes and no
    assert ("P503" in statement(text)) is told
    assert "P503" not in statement(text, stage=5)
