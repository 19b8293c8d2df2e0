"""Crosscutting between trees where a case file cannot show it: which names are near, who is expected to answer."""

from __future__ import annotations

import pytest

from tests.sites import compiled

HERE = """\
pokin: 1
judul: Pohon Kecamatan
instansi: Kecamatan Sukamaju
outcome A
  kondisi B
    @crosscutting {partner}: data {status}
    operasional C
      @crosscutting {partner}: lagi {status}
"""
THERE = """\
pokin: 1
judul: Pohon Mitra
instansi: {unit}
daerah: Kabupaten Contoh
tahap: {stage}
outcome D
  kondisi E
    {answer}
"""


def said(partner: str, unit: str, *, answer: str = "", status: str = "", stage: int = 3) -> list[str]:
    """Give the beginnings of what P601 and P602 say about the first tree."""
    texts = {
        "a.pokin": HERE.format(partner=partner, status=status),
        "b.pokin": THERE.format(unit=unit, answer=answer, stage=stage),
    }
    tree = compiled(texts).trees[0]
    return [" ".join(d.message.split()[:1]) for d in tree.diagnostics if d.code in ("P601", "P602")]


@pytest.mark.parametrize(
    "partner",
    [
        "Dinas Kesehtan",
        "Dinas  Kesehatann",
        "Dinas Kesehatan Kabupaten Contoh",
        "Dinas Kesehatan Kab. Contoh",
        "Kantor Dinas Kesehatan",
    ],
)
def test_a_name_that_is_nearly_a_unit_s_is_told_once(partner: str) -> None:
    assert said(partner, "Dinas Kesehatan") == ["Mitra"]


@pytest.mark.parametrize(
    ("partner", "unit"),
    [
        ("Dinas Pendidikan", "Dinas Kesehatan"),
        ("Dinas Kesehatan", "Dinas Kesehatan Hewan"),
        ("Kecamatan Kalibaru", "Kecamatan Kalipuro"),
        ("Kecamatan Pekalongan Utara", "Kecamatan Pekalongan Timur"),
        ("Kelurahan 1", "Kelurahan 2"),
        ("Bappeda", "Dinas Kesehatan"),
    ],
)
def test_two_units_of_like_names_stay_two(partner: str, unit: str) -> None:
    assert said(partner, unit) == []


@pytest.mark.parametrize(
    ("answer", "status", "stage", "expected"),
    [
        ("", "", 3, ["Pohon"]),
        ("", "(disetujui)", 3, ["Pohon"]),
        ("", "(menunggu)", 3, []),
        ("", "(ditolak)", 3, []),
        ("", "", 2, []),
        ("@crosscutting kecamatan sukamaju: balasan", "", 3, []),
        ("@crosscutting Kecamatan Sukamju: balasan", "", 3, []),
        ("@crosscutting Pohon Kecamatan: balasan", "", 3, []),
        ("@crosscutting Kecamatan Sukasari: balasan", "", 3, ["Pohon"]),
    ],
)
def test_a_partner_s_tree_is_expected_to_answer(answer: str, status: str, stage: int, expected: list[str]) -> None:
    assert said("Dinas Kesehatan", "Dinas Kesehatan", answer=answer, status=status, stage=stage) == expected


def test_another_tree_of_the_own_unit_is_the_unit_itself() -> None:
    assert said("Pemerintah Kecamatan Sukamaju", "Kecamatan Sukamaju") == ["Mitra", "Mitra"]
