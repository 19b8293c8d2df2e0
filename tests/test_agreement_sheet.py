"""The agreement sheet of a position: who signs with whom, what is promised, and nothing that the tree does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.edge.package import built_in_look
from pokin_dsl.site.pages import make_site
from pokin_dsl.site.site import KopSurat, SiteSettings
from tests.pages import parsed, rendered, table_rows, text_of, with_class
from tests.sites import compiled

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

_HEAD = """pokin: 1
judul: Pohon Uji
instansi: Kecamatan Uji
tahap: 5

jabatan [camat] Camat
  @pejabat Nama Camat
  @nip 1970
  jabatan [kasi-satu] Kepala Seksi Satu
    @plt
    @pejabat Nama Kasi
  jabatan [kasi-dua] Kepala Seksi Dua
  jabatan [sekcam] Sekretaris
jabatan [pelaksana] Pelaksana

"""
_TREE = """outcome [hasil] Meningkatnya Hasil
  @indikator Nilai hasil
    @target (Nilai) 2026=84
  @pk camat
  kondisi [satu] Meningkatnya Satu
    @indikator Indeks satu
      @target (Indeks) 2026=90
    @indikator Indeks lain
    @pk kasi-satu
    @program 7.01.02 PROGRAM SATU
    @pagu 2026=Rp1.000
    operasional [kerja-satu] Terlaksananya Kerja Satu
      @indikator Jumlah kerja satu
      @pk pelaksana
  kondisi [dua] Meningkatnya Dua
    @indikator Indeks dua
      @target (Indeks) 2026=70 2027=75
    @pk kasi-dua
    antara [tengah] Terselenggaranya Dua
      operasional [kerja-dua] Terlaksananya Kerja Dua
        @indikator Jumlah kerja dua
        @pk pelaksana
"""


def _sheets(position: str, tree: str = _TREE) -> list[ET.Element]:
    root = parsed(rendered({"uji.pokin": _HEAD + tree})[f"uji/jabatan/{position}.html"])
    return list(with_class(root, "lembar-pk"))


def _parties(statement: ET.Element) -> list[list[str]]:
    tables = [table for table in statement.iter("table") if table.get("class") == "pihak"]
    return [[text_of(cell).removeprefix(":").strip() for cell in table.iter("td")] for table in tables]


def test_a_position_signs_with_its_superior() -> None:
    statement, annex = _sheets("kasi-satu")
    assert _parties(statement) == [["Nama Kasi", "Plt. Kepala Seksi Satu"], ["Nama Camat", "Camat"]]
    assert "Perjanjian Kinerja Tahun 2026" in text_of(statement)
    objectives, programmes = (table for table in annex.iter("table"))
    rows = [[text_of(cell) for cell in row.iter("td")] for row in objectives.iter("tr")]
    assert rows[1:] == [["1", "Meningkatnya Satu", "Indeks satu", "Indeks", "90"], ["Indeks lain", "", ""]]
    assert [[cell.strip() for cell in row] for row in table_rows(programmes)] == [
        ["1", "7.01.02 PROGRAM SATU", "Rp1.000", ""]
    ]


def test_what_is_not_known_is_a_dotted_line() -> None:
    statement, _ = _sheets("camat")
    assert _parties(statement) == [["Nama Camat", "Camat"], ["", ""]]
    assert sum(1 for _ in with_class(statement, "titik-titik")) == 2 + 2 + 3  # place and day; party; who signs for it


def test_a_position_of_several_years_has_a_column_for_each_and_writes_the_year_by_hand() -> None:
    statement, annex = _sheets("kasi-dua")
    assert "2026" not in text_of(statement)
    assert [text_of(cell) for cell in next(annex.iter("thead")).iter("th")][4:] == ["Target 2026", "Target 2027"]


def test_the_budget_of_the_head_is_that_of_the_programmes_below() -> None:
    _, annex = _sheets("camat")
    _, programmes = annex.iter("table")
    assert "7.01.02 PROGRAM SATU" in text_of(programmes)


def test_a_shared_position_has_a_sheet_for_each_superior() -> None:
    first, first_annex, second, second_annex = _sheets("pelaksana")
    assert _parties(first)[1] == ["Nama Kasi", "Plt. Kepala Seksi Satu"]
    assert _parties(second)[1] == ["", "Kepala Seksi Dua"]
    promised = [
        [f"Terlaksananya Kerja {n}" in text_of(annex) for n in ("Satu", "Dua")] for annex in (first_annex, second_annex)
    ]
    assert promised == [[True, False], [False, True]]
    assert all("dibuat untuk setiap atasan" in text_of(sheet) for sheet in (first, second))


def test_who_holds_nothing_has_no_sheet() -> None:
    assert _sheets("sekcam") == []


def test_a_letterhead_stands_on_documents_only() -> None:
    look = built_in_look()
    settings = SiteSettings("Portal", kop=KopSurat(("PEMERINTAH UJI", "Jalan Uji & Co."), "statis/logo.svg"))
    site = make_site(compiled({"a/uji.pokin": _HEAD + _TREE}).trees, settings, look.statics)
    heads = {
        path: [text_of(kop) for kop in with_class(parsed(look.renderer.render(make())), "kop")]
        for path, make in site.pages.items()
        if path.startswith("a/uji/")
    }
    one = ["PEMERINTAH UJI Jalan Uji & Co."]
    assert all(heads[f"a/uji/{name}.html"] == one for name in ("tahap-1", "tahap-5", "indikator", "cetak"))
    assert heads["a/uji/jabatan/camat.html"] == one
    assert heads["a/uji/kinerja/satu.html"] == heads["a/uji/index.html"] == []
    images = {
        image.get("src")
        for path in ("a/uji/tahap-1.html", "a/uji/jabatan/camat.html")
        for kop in with_class(parsed(look.renderer.render(site.pages[path]())), "kop")
        for image in kop.iter("img")
    }
    assert images == {"../../statis/logo.svg", "../../../statis/logo.svg"}
