"""The five tables of the kecamatan, as rendered, against the source text, row by row (domain.md section 1)."""

from __future__ import annotations

import re
from functools import cache

from tests.pages import links, parsed, rendered, table_rows
from tests.sites import ROOT, seed_texts

_SOURCE = (ROOT / "tests" / "data" / "kecamatan-tahapan.txt").read_text("utf-8")


@cache
def pages() -> dict[str, str]:
    return rendered({"kecamatan.pokin": seed_texts()["kecamatan.pokin"]})


def table(stage: int) -> tuple[list[str], list[list[str]]]:
    root = parsed(pages()[f"kecamatan/tahap-{stage}.html"])
    (element,) = root.iter("table")
    return ["".join(th.itertext()) for th in element.findall("thead/tr/th")], table_rows(element)


def source_rows(head: str, nth: int = 0) -> list[list[str]]:
    """Give the rows below a head line of the source; an empty first cell repeats the one above."""
    lines = _SOURCE.split("\n")
    start = [n for n, line in enumerate(lines) if line.strip().startswith(head)][nth] + 1
    rows: list[list[str]] = []
    for line in lines[start:]:
        if not line.strip():
            break
        cells = [cell.strip() for cell in line.split("\t")]
        rows.append([cells[0] or rows[-1][0], *cells[1:]])
    return rows


def folded(text: str) -> str:
    """Fold the columns that the source writes unevenly: "Tahap2", "kinerja taktikal immediate"."""
    return re.sub(r"[\s()]", "", text).casefold().removeprefix("kinerja")


def test_stage_1_is_the_outcome_and_where_it_comes_from() -> None:
    heads, rows = table(1)
    assert heads == ["Mandat", "Permasalahan", "Ekspektasi", "Outcome"]
    (row,) = rows
    assert f"Masyarakat mengekspektasi {row[2]}" in _SOURCE
    assert (row[0], row[1]) == ("", "")
    assert row[3] == _SOURCE.split("Tahap 1 Menentukan outcome Pemerintah Kecamatan")[1].split("\n")[2]


def test_stage_2_is_the_source_row_by_row() -> None:
    heads, rows = table(2)
    assert heads == ["No", "CSF", "Kondisi yang diperlukan", "Seksi"]
    assert [row[:3] for row in rows] == source_rows("CSF Tata Kelola")
    sections = _SOURCE.split("Seksi Pelayanan & Kessos")[1].split("Tahap 3")[0]
    listed = re.findall(r"Seksi \w+", "Seksi Pelayanan" + sections)
    assert re.findall(r"Seksi \w+", " ".join(row[3] for row in rows)) == listed
    assert rows[0][3] == "Seksi Pelayanan & Kessos"
    assert rows[3][3] == "Seksi Pemerintahan dan Seksi Pembangunan"


def test_stage_3_is_the_source_row_by_row() -> None:
    heads, rows = table(3)
    assert heads == ["CSF (dalam bahasa kondisi)", "Kondisi yang diperlukan", "Keterangan"]
    assert rows == source_rows("CSF yang sudah dirubah")
    assert len(rows) == 13


def test_stages_4_and_5_are_the_source_row_by_row() -> None:
    for stage, width in ((4, 4), (5, 6)):
        heads, rows = table(stage)
        expected = [[*row, *[""] * (width - len(row))] for row in source_rows("Rujukan Tahapan", stage - 4)]
        assert len(heads) == width
        assert [row[1:3] for row in rows] == [row[1:3] for row in expected]
        for column in (0, *range(3, width)):
            assert [folded(row[column]) for row in rows] == [folded(row[column]) for row in expected], heads[column]
        assert len(rows) == 19


def test_cells_of_the_tables_lead_to_their_pages() -> None:
    found = links(parsed(pages()["kecamatan/tahap-5.html"]))
    for expected in (
        ("kinerja/pemdes.html", "4. Meningkatnya Penyelenggaraan Pemerintahan Desa"),
        ("kinerja/pemdes.html#indikator-tertib-keu", "Persentase Desa yang Tertib Administrasi Keuangan"),
        ("jabatan/kasi-pembangunan.html", "PK Kasi Pembangunan"),
    ):
        assert expected in found


def test_a_stage_that_the_tree_has_not_reached_says_so_and_shows_what_is_there() -> None:
    text = "pokin: 1\njudul: Awal\ntahap: 2\noutcome Hasil\n  csf Masih Kurang\n    kondisi Meningkatnya Satu\n"
    html = rendered({"awal.pokin": text})
    assert "baru sampai Tahap 2" in html["awal/tahap-3.html"]
    assert "baru sampai" not in html["awal/tahap-2.html"]
    (found,) = parsed(html["awal/tahap-3.html"]).iter("table")
    assert table_rows(found) == [["1. Meningkatnya Satu", "", ""]]
