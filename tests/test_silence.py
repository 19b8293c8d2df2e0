"""``@abaikan`` where a case file cannot show it: what is kept of the silenced, what never is, what is mended."""

from __future__ import annotations

import pytest

from pokin_dsl.rules.checked import Silenced
from tests.support import read_tree

TREE = """\
pokin: 1
judul: Pohon
tahap: {stage}
jabatan [camat] Camat
  jabatan [kasi] Kasi
outcome [oo] Terwujudnya A
  @mandat X
  @ekspektasi Y
  @crosscutting Bappeda: data
  @indikator Indeks A
  @pk {holder}
{silence}
"""


def found(silence: str, *, holder: str = "camat", stage: int = 5) -> list[str]:
    text = TREE.format(silence=silence, holder=holder, stage=stage)
    told = (d.code for d in read_tree(text).diagnostics)
    return sorted(code for code in told if code in ("P101", "P104", "P302", "P304", "P902"))


def test_what_is_silenced_is_kept_with_its_reason() -> None:
    text = TREE.format(silence="  @abaikan P104 diuraikan tahun depan", holder="camat", stage=5)
    checked = read_tree(text)
    said = "Cabang ini berhenti di outcome, belum sampai kondisi operasional."
    assert checked.silenced == (Silenced("P104", "oo", "diuraikan tahun depan", said),)


def test_a_finding_of_resolving_is_kept_too() -> None:
    text = TREE.format(silence="  @abaikan P302 kontrak", holder="Tenaga Ahli", stage=5)
    assert [(s.code, s.subject, s.reason) for s in read_tree(text).silenced] == [("P302", "oo", "kontrak")]


@pytest.mark.parametrize(
    ("silence", "expected"),
    [
        ("", ["P104", "P304"]),
        ("  @abaikan P104 nanti", ["P304"]),
        ("  @abaikan P304 kosong", ["P104"]),
        ("  @abaikan P104 nanti\n  @abaikan P104 lagi", ["P304", "P902"]),
        ("  @abaikan P101 nanti\n  @abaikan P104 nanti", ["P304", "P902"]),
        ("  @abaikan P902 nanti\n  @abaikan P104 nanti", ["P304", "P902"]),
    ],
)
def test_a_silence_silences_or_is_told(silence: str, expected: list[str]) -> None:
    assert found(silence) == expected


def test_an_unknown_id_of_a_position_stands_and_its_silence_waits() -> None:
    assert found("  @abaikan P302 nanti", holder="tiada") == ["P104", "P302"]


def test_a_silence_waits_for_the_stage_of_its_rule() -> None:
    assert "P902" not in found("  @abaikan P305 nanti", stage=4)
    assert "P902" in found("  @abaikan P305 nanti", stage=5)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("P140", "Mungkin maksudnya P104 (cabang-menggantung)."),
        ("P391", "Mungkin maksudnya P301 (kinerja-tanpa-pk)."),
        ("P777", "Tulis kode seperti pada temuannya."),
    ],
)
def test_an_unknown_code_is_told_with_what_it_may_have_been(written: str, hint: str) -> None:
    text = TREE.format(silence=f"  @abaikan {written} nanti", holder="camat", stage=5)
    (finding,) = (d for d in read_tree(text).diagnostics if d.code == "P902")
    assert finding.hint == hint
    assert text[finding.span.start : finding.span.end] == written


def test_a_misplaced_silence_is_sent_to_the_outcome() -> None:
    text = TREE.format(silence="  kondisi Meningkatnya B\n    @abaikan P304 kosong", holder="camat", stage=5)
    (finding,) = (d for d in read_tree(text).diagnostics if d.code == "P902")
    assert finding.hint == "Temuan P304 mengenai seluruh pohon; pindahkan baris ini ke outcome."
