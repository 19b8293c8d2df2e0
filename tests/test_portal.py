"""Many trees: the first page, the pages of organisations, and who supports whom between trees."""

from __future__ import annotations

import posixpath
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.portal import portal_texts
from pokin_dsl.site.bipartite import MOST_LINES, Party, Tie, bipartite, legible_at_once
from pokin_dsl.site.organisations import organisations, pages_of, readable
from pokin_dsl.site.portal_page import MOST_CARDS
from tests.pages import links, made, parsed, rendered, section, table_rows, text_of, with_class
from tests.sites import compiled, site_files

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

HEALTH = """pokin: 1
judul: Pohon Kinerja Dinas Kesehatan
instansi: Dinas Kesehatan
tahap: 3

outcome [sehat] Meningkatnya Derajat Kesehatan
  kondisi [gizi] Meningkatnya Status Gizi Balita
    @mendukung kabupaten:stunting
    @crosscutting Pemerintah Kabupaten: anggaran (disetujui)
    @crosscutting Puskesmas Harapan: pemantauan tumbuh kembang
    @crosscutting Tim Penggerak <PKK>: kader "posyandu" (menunggu)
"""
REGENCY = """pokin: 1
judul: Pohon Kinerja Kabupaten
instansi: Pemerintah Kabupaten
tahap: 3

outcome [maju] Terwujudnya Kabupaten yang Maju
  kondisi [stunting] Menurunnya Prevalensi Stunting
    @crosscutting Dinas Kesehatan: data balita (disetujui)
    @crosscutting Dinas Kesehatan: layanan gizi (ditolak)
"""
CLINIC = """pokin: 1
judul: Pohon Kinerja Puskesmas Harapan
instansi: Puskesmas Harapan
tahap: 3

outcome [puskesmas] Meningkatnya Mutu Puskesmas
  kondisi [posyandu] Meningkatnya Cakupan Posyandu
    @lihat dinas-kesehatan:gizi
"""
SMALL = "judul: {}\ninstansi: {}\noutcome Terwujudnya Layanan yang Baik\n"
REGION = {
    "kabupaten.pokin": REGENCY,
    "dinas-kesehatan.pokin": HEALTH,
    "dinas-kesehatan/harapan.pokin": CLINIC,
    "pendidikan/sd-10.pokin": SMALL.format("SD 10", "SD 10"),
    "pendidikan/sd-9.pokin": SMALL.format("SD 9", "SD 9"),
    "bkpsdm/bidang/mutasi.pokin": SMALL.format("Mutasi", "BKPSDM Contoh"),
}


@pytest.fixture(scope="module")
def region() -> dict[str, str]:
    return rendered(REGION)


def headings(root: ET.Element, level: str) -> list[str]:
    return [text_of(heading) for heading in root.iter(level)]


# -- organisations -----------------------------------------------------------------------------------------------------


def test_folders_are_organisations_with_names_that_people_know() -> None:
    groups = organisations(compiled(REGION).trees)
    told = [(g.folder, " / ".join((*g.within, g.nama)), [tree.nama for tree in g.trees]) for g in groups]
    assert told == [
        ("", "", ["kabupaten"]),
        ("bkpsdm/bidang", "BKPSDM / BKPSDM Contoh", ["bkpsdm/bidang/mutasi"]),
        ("dinas-kesehatan", "Dinas Kesehatan", ["dinas-kesehatan", "dinas-kesehatan/harapan"]),
        ("pendidikan", "Pendidikan", ["pendidikan/sd-9", "pendidikan/sd-10"]),
    ]
    assert readable("opd/dinas-pemberdayaan-masyarakat-dan-desa") == "Dinas Pemberdayaan Masyarakat dan Desa"
    assert readable("uptd-dpmd") == "UPTD DPMD"


def test_an_organisation_has_a_page_unless_a_tree_has_its_address(region: dict[str, str]) -> None:
    assert sorted(pages_of(compiled(REGION).trees)) == ["bkpsdm", "bkpsdm/bidang", "pendidikan"]
    page = parsed(region["pendidikan/index.html"])
    assert headings(page, "h1") == ["Pendidikan"]
    assert [href for href, _ in links(page) if "sd-" in href and "pemeriksaan" not in href] == [
        "../pendidikan/sd-9/index.html",
        "../pendidikan/sd-10/index.html",
    ]
    assert ("../index.html", "Semua pohon") in links(page)
    inner = parsed(region["bkpsdm/bidang/index.html"])
    assert [text for _, text in links(inner)][2:4] == ["Semua pohon", "BKPSDM"]
    assert headings(parsed(region["dinas-kesehatan/index.html"]), "h1") == ["Pohon Kinerja Dinas Kesehatan"]


def test_the_first_page_tells_what_there_is(region: dict[str, str]) -> None:
    page = parsed(region["index.html"])
    figures = {
        text_of(d.findall("dt")[0]): text_of(d.findall("dd")[0]) for d in page.iter("div") if d.find("dt") is not None
    }
    assert (figures["Pohon"], figures["Organisasi"], figures["Kinerja"]) == ("6", "3", "9")
    reached = [text_of(li) for ol in with_class(page, "capaian") for li in ol.iter("li")]
    assert [text.partition(": ")[2] for text in reached] == ["3 pohon", "0 pohon", "3 pohon", "0 pohon", "0 pohon"]
    assert [h.replace("\u203a", "/") for h in headings(page, "h2")[1:]] == [
        "Tingkat teratas",
        "BKPSDM / BKPSDM Contoh",
        "Dinas Kesehatan",
        "Pendidikan",
    ]
    jumps = [href for nav in with_class(page, "lompatan") for href, _ in links(nav)]
    assert jumps == ["#o-", "#o-bkpsdm_bidang", "#o-dinas-kesehatan", "#o-pendidikan"]
    assert {jump[1:] for jump in jumps} <= {e.get("id") for e in page.iter()}
    assert ("crosscutting.html", "Crosscutting antarpohon") in links(page)


def test_one_tree_has_neither_overview_nor_organisations() -> None:
    page = parsed(rendered({"sd.pokin": SMALL.format("SD", "SD")})["index.html"])
    assert list(with_class(page, "ikhtisar")) == []
    assert list(with_class(page, "lompatan")) == []
    assert "crosscutting.html" not in {href for href, _ in links(page)}
    assert "crosscutting.html" not in made({"sd.pokin": SMALL.format("SD", "SD")}).pages


@pytest.fixture(scope="module")
def many() -> dict[str, str]:
    return rendered(dict(portal_texts(60)))


def test_many_trees_are_rows_with_totals(many: dict[str, str]) -> None:
    page = parsed(many["index.html"])
    (table,) = with_class(page, "tabel-portal")
    rows = table_rows(table)
    assert len(rows) == 63
    groups = [row for row in rows if row[1].endswith("pohon")]
    assert [row[0] for row in groups] == ["Dinas Uji 0", "Dinas Uji 1", "Dinas Uji 2"]
    trees = [row for row in rows if row not in groups]
    for column in (2, 3, 4):
        assert sum(int(row[column]) for row in trees) == sum(int(row[column]) for row in groups)
    (foot,) = table.iter("tfoot")
    assert [text_of(cell) for cell in foot[0]][:5] == ["Seluruhnya", "", "1.320", "60", "60"]
    assert [row[0] for row in trees[:12]] == [f"Pohon Kinerja Unit Uji {n}" for n in range(12)]
    assert len(many["dinas-uji-1/index.html"]) < len(many["index.html"])
    assert len(table_rows(next(iter(with_class(parsed(many["dinas-uji-1/index.html"]), "tabel-portal"))))) == 20


def test_a_tree_costs_the_first_page_little(many: dict[str, str]) -> None:
    few = rendered(dict(portal_texts(40)))
    assert MOST_CARDS < 40
    assert (len(many["index.html"]) - len(few["index.html"])) / 20 <= 600


# -- crosscutting ------------------------------------------------------------------------------------------------------


def test_ties_are_told_from_both_sides(region: dict[str, str]) -> None:
    page = parsed(region["crosscutting.html"])
    health = section(page, "Pohon Kinerja Dinas Kesehatan")
    (table,) = health.iter("table")
    assert [[" ".join(cell.split()) for cell in row] for row in table_rows(table)] == [
        [
            "Kondisi 1 Meningkatnya Status Gizi Balita",
            "Pemerintah Kabupaten",
            "anggaran",
            "disetujuilihat dari sisi mitra",
        ],
        [
            "Kondisi 1 Meningkatnya Status Gizi Balita",
            "Puskesmas Harapan",
            "pemantauan tumbuh kembang",
            "tanpa status Pohon mitra belum menyebut balik",
        ],
        ["Kondisi 1 Meningkatnya Status Gizi Balita", "Tim Penggerak <PKK>", 'kader "posyandu"', "menunggu"],
    ]
    assert ("dinas-kesehatan/kinerja/gizi.html", "Meningkatnya Status Gizi Balita") in links(health)
    assert ("kabupaten/index.html", "Pemerintah Kabupaten") in links(health)
    assert ("#p-kabupaten", "lihat dari sisi mitra") in links(health)
    assert "Disebut sebagai mitra oleh Pohon Kinerja Kabupaten (2×)." in text_of(health)
    assert "Disebut sebagai mitra oleh Pohon Kinerja Dinas Kesehatan." in text_of(
        section(page, "Pohon Kinerja Puskesmas")
    )
    assert "Tim Penggerak <PKK>" in text_of(section(page, "Mitra tanpa pohon"))
    references = section(page, "Rujukan antarpohon")
    assert ("kabupaten/kinerja/stunting.html", "Menurunnya Prevalensi Stunting") in links(references)
    assert [row[1] for row in table_rows(next(references.iter("table")))] == ["mendukung", "lihat juga"]


def test_pages_of_trees_and_nodes_lead_to_the_ties(region: dict[str, str]) -> None:
    assert "../crosscutting.html#p-dinas-kesehatan" in dict(links(parsed(region["dinas-kesehatan/index.html"])))
    node = links(parsed(region["dinas-kesehatan/kinerja/gizi.html"]))
    assert "../../crosscutting.html#p-dinas-kesehatan" in dict(node)
    assert "../../crosscutting.html#p-dinas-kesehatan_harapan" in dict(
        links(parsed(region["dinas-kesehatan/harapan/index.html"]))
    )


@pytest.mark.parametrize(
    ("line", "stage", "back", "one_sided"),
    [
        ("data", 3, "", True),
        ("data (disetujui)", 3, "", True),
        ("data (menunggu)", 3, "", False),
        ("data (ditolak)", 3, "", False),
        ("data", 2, "", False),
        ("data", 3, "@crosscutting Dinas A: balasan", False),
    ],
)
def test_what_the_partner_should_say_and_does_not_is_marked(
    line: str, stage: int, back: str, *, one_sided: bool
) -> None:
    tree = "judul: Pohon {0}\ninstansi: Dinas {0}\ntahap: {1}\noutcome Terwujudnya X\n  kondisi Meningkatnya Y\n{2}"
    texts = {
        "a.pokin": tree.format("A", 3, f"    @crosscutting Dinas B: {line}\n"),
        "b.pokin": tree.format("B", stage, f"    {back}\n" if back else ""),
    }
    page = rendered(texts)["crosscutting.html"]
    assert ("belum menyebut balik" in page) is one_sided
    assert ("kait-sepihak" in page) is one_sided
    told = any(d.code == "P602" for tree_ in compiled(texts).trees if tree_.nama == "a" for d in tree_.diagnostics)
    assert told is one_sided


def test_the_picture_shows_every_tie_once_with_its_words(region: dict[str, str]) -> None:
    page = parsed(region["crosscutting.html"])
    (picture,) = (e for e in page.iter() if e.get("class") == "kaitan")
    told = [text_of(next(c for c in g if str(c.tag).endswith("title"))) for g in with_class(picture, "kait")]
    assert sorted(told) == [
        "Pohon Kinerja Dinas Kesehatan mendukung Pohon Kinerja Kabupaten: 1 disetujui, 1 ditolak, 1 rujukan langsung",
        "Pohon Kinerja Kabupaten mendukung Pohon Kinerja Dinas Kesehatan: 1 disetujui",
        "Pohon Kinerja Puskesmas Harapan mendukung Pohon Kinerja Dinas Kesehatan: 1 belum disebut balik",
        "Tim Penggerak <PKK> mendukung Pohon Kinerja Dinas Kesehatan: 1 menunggu",
    ]
    ids = {e.get("id") for e in page.iter()}
    assert {href[1:] for href, _ in links(picture)} <= ids


def test_too_many_trees_are_drawn_as_organisations(many: dict[str, str]) -> None:
    page = parsed(many["crosscutting.html"])
    (picture,) = (e for e in page.iter() if e.get("class") == "kaitan")
    names = {text_of(next(c for c in a if str(c.tag).endswith("title"))) for a in with_class(picture, "pihak")}
    assert names == {"Dinas Uji 0", "Dinas Uji 1", "Dinas Uji 2", "Mitra lain"}
    assert sum("unit-" in href and "kinerja" in href for href, _ in links(page)) == 60 + 12


def test_every_link_of_the_new_pages_leads_somewhere() -> None:
    files = site_files(REGION)
    pages = {path: parsed(content.decode()) for path, content in files.items() if path.endswith(".html")}
    new = {"index.html", "crosscutting.html", "pendidikan/index.html", "bkpsdm/index.html", "bkpsdm/bidang/index.html"}
    for path in sorted(new):
        for element in pages[path].iter():
            for name in ("href", "src"):
                link = urlsplit(element.get(name) or "")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link.path)))
                assert not link.path or target in files, (path, element.get(name))
                if link.fragment:
                    place = pages[target if link.path else path]
                    assert link.fragment in {e.get("id") for e in place.iter()}, (path, element.get(name))


_key = st.integers(0, 40)
_ties = st.dictionaries(st.tuples(_key, _key), st.integers(1, 3), min_size=1, max_size=MOST_LINES)


@given(_ties, st.text(max_size=120))
def test_boxes_never_overlap_and_lines_end_at_their_boxes(found: dict[tuple[int, int], int], text: str) -> None:
    parties = {str(n): Party(str(n), f"{text} {n}", "#x", own=n % 2 == 0) for n in range(41)}
    ties = [Tie(str(a), str(b), "menunggu", number, "") for (a, b), number in found.items()]
    drawn = bipartite(parties, ties)
    assert legible_at_once(ties) == (max(len({t.supporter for t in ties}), len({t.supported for t in ties})) <= 30)
    boxes, lines = drawn["kotak"], drawn["garis"]
    assert isinstance(boxes, list)
    assert isinstance(lines, list)
    assert len(lines) == len(ties)
    for x in {box["x"] for box in boxes}:
        column = sorted((box["y"], box["tinggi"]) for box in boxes if box["x"] == x)
        assert all(y + height < below for (y, height), (below, _) in pairwise(column))
    right = [(box["y"], box["y"] + box["tinggi"]) for box in boxes if box["x"] > 100]
    assert all(any(top < line["y"] < bottom for top, bottom in right) for line in lines)
    assert len({line["y"] for line in lines}) == len(lines)
