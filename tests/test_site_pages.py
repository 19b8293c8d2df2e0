"""The pages of a site: what each says, that all is linked both ways, what a picture holds at most."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from pokin_dsl.edge.package import built_in_look, rulebook
from pokin_dsl.model.query import Peta, pemegang
from pokin_dsl.site.lookups import look_up
from pokin_dsl.site.pages import make_site
from pokin_dsl.site.pictures import MOST_LOCAL
from pokin_dsl.site.placeholder import fill, placeholder
from pokin_dsl.site.site import SiteSettings
from tests.pages import links, made, parsed, rendered, section, table_rows, text_of, with_class
from tests.sites import compiled, seed_texts

if TYPE_CHECKING:
    from pokin_dsl.model.tree import Indikator, Simpul
    from pokin_dsl.site.diagram import Picture
    from pokin_dsl.site.site import Site

_DINKES = """pokin: 1
judul: Pohon Kinerja Dinas Kesehatan
instansi: Dinas  Kesehatan
periode: 2025-2027

jabatan [kadis] Kepala Dinas
  @pejabat dr. Sri Rahayu
  @nip 1970
  jabatan [kabid] Kepala Bidang
    @plt
    @pejabat Budi
jabatan [pelaksana] Pelaksana

outcome [sehat] Meningkatnya Derajat Kesehatan
  @indikator [uhh] Usia Harapan Hidup
    @definisi Rata-rata umur
    @iku
    @awal 2024=71,20
    @target (tahun) 2025=71,4 2026=71,6
    @realisasi 2025=71,35
  @pk kadis
  csf [isu] Masih Tingginya Angka Kematian Ibu
    @unit Bidang Kesmas
    kondisi [ibu] Meningkatnya Kesehatan Ibu
      @indikator [linakes] Persentase Persalinan
        @pk kabid
      @indikator [stunting] Prevalensi Stunting
        @pk pelaksana
      @crosscutting Pemerintah Kecamatan: pendataan balita (disetujui)
      @crosscutting Dinas Sosial: bantuan
      @mendukung kecamatan:ikm
      @lihat posyandu
      @alias kia
      @varian tahap-3 Meningkatnya Kesehatan Ibu dan Anak
      @x-urusan wajib
      @abaikan P110 disepakati
      antara [layanan] Terselenggaranya Layanan
        @mendukung linakes
        @kegiatan 1.02.02 Penyediaan Layanan
        operasional [posyandu] Terlaksananya Posyandu
          @pk pelaksana
          @pk Bidan Desa
          @pagu 2025=Rp1.500.000 2026=Rp2.000.000
        operasional [kelas] Terlaksananya Kelas Ibu
          @pk -
          @pagu 2025=Rp500.000
"""


@cache
def pages() -> dict[str, str]:
    return rendered({"kab/dinkes.pokin": _DINKES, "kecamatan.pokin": seed_texts()["kecamatan.pokin"]})


def page(path: str) -> str:
    return pages()[f"kab/dinkes/{path}"]


def test_a_kinerja_page_says_why_what_and_who() -> None:
    root = parsed(page("kinerja/ibu.html"))
    assert [text_of(h1) for h1 in root.iter("h1")] == ["Meningkatnya Kesehatan Ibu"]
    facts = {text_of(pair[0]): text_of(pair[1]) for f in with_class(root, "fakta") for pair in f}
    assert facts == {
        "Rujukan tahapan": "Tahap 2",
        "Jenjang": "Kinerja strategis",
        "Komponen perencanaan": "Sasaran pertama",
        "Seksi": "Bidang Kesmas",
    }
    (chain,) = with_class(root, "rantai")
    assert links(chain) == [
        ("../kinerja/isu.html", "Masih Tingginya Angka Kematian Ibu"),
        ("../kinerja/sehat.html", "Meningkatnya Derajat Kesehatan"),
    ]
    place = section(root, "Letak")
    assert ("../kinerja/posyandu.html", "Terlaksananya Posyandu") in links(place)
    assert "Gambar tidak tersedia" in text_of(place)
    measured = section(root, "Indikator kinerja")
    assert ("../jabatan/kabid.html", "Kepala Bidang") in links(measured)
    assert ("../kinerja/layanan.html", "Terselenggaranya Layanan") in links(measured)
    assert "Meningkatnya Kesehatan Ibu dan Anak" in text_of(section(root, "Rumusan pada dokumen"))
    assert table_rows(next(iter(section(root, "Keterangan").iter("table")))) == [["urusan", "wajib"]]
    assert "disepakati" in text_of(section(root, "Aturan"))
    (source,) = with_class(root, "ke-sumber")
    assert links(source) == [("../sumber.html#s-ibu", "Lihat di sumber")]


def test_a_series_is_a_table_with_baseline_target_and_actual() -> None:
    measured = section(parsed(page("kinerja/sehat.html")), "Indikator kinerja")
    (table,) = measured.iter("table")
    assert [text_of(th) for th in table.findall("thead/tr/th")] == ["Uraian", "Satuan", "Awal (2024)", "2025", "2026"]
    assert table_rows(table) == [
        ["Target", "tahun", "71,20", "71,4", "71,6"],
        ["Realisasi", "tahun", "71,20", "71,35", ""],
    ]
    assert "IKU" in text_of(measured)
    assert "Definisi operasional" in text_of(measured)


def test_budgets_are_printed_and_summed_upwards() -> None:
    own = section(parsed(page("kinerja/posyandu.html")), "Pagu")
    assert "jumlah dari turunannya" not in text_of(own)
    for id_ in ("layanan", "ibu", "isu", "sehat"):
        budget = section(parsed(page(f"kinerja/{id_}.html")), "Pagu")
        assert "jumlah dari turunannya" in text_of(budget)
        assert table_rows(next(iter(budget.iter("table")))) == [["Rp2.000.000", "Rp2.000.000"]]


def test_references_are_linked_both_ways_also_between_trees() -> None:
    ibu, posyandu = parsed(page("kinerja/ibu.html")), parsed(page("kinerja/posyandu.html"))
    ikm = "../../../kecamatan/kinerja/tata-kelola.html#indikator-ikm"
    assert (ikm, "Indeks Kepuasan Masyarakat (IKM)") in links(section(ibu, "Hubungan"))
    assert ("../kinerja/posyandu.html", "Terlaksananya Posyandu") in links(section(ibu, "Hubungan"))
    assert ("../kinerja/ibu.html", "Meningkatnya Kesehatan Ibu") in links(section(posyandu, "Hubungan"))
    there = section(parsed(pages()["kecamatan/kinerja/tata-kelola.html"]), "Indikator kinerja")
    assert ("../../kab/dinkes/kinerja/ibu.html", "Meningkatnya Kesehatan Ibu") in links(there)
    crossing = section(ibu, "Crosscutting")
    whole = "../../../crosscutting.html#p-kab_dinkes", "Seluruh crosscutting pohon ini"
    assert links(crossing) == [("../../../kecamatan/index.html", "Pemerintah Kecamatan"), whole]
    assert "pendataan balita disetujui" in text_of(crossing)
    partner = section(parsed(pages()["kecamatan/index.html"]), "Disebut sebagai mitra")
    assert links(partner)[0] == ("../kab/dinkes/kinerja/ibu.html", "Meningkatnya Kesehatan Ibu")


def test_an_old_address_leads_to_the_new_one() -> None:
    root = parsed(page("kinerja/kia.html"))
    refresh = next(m for m in root.iter("meta") if m.get("http-equiv") == "refresh")
    assert (refresh.get("content") or "").endswith("url=../kinerja/ibu.html")
    assert ("../kinerja/ibu.html", "Meningkatnya Kesehatan Ibu") in links(root)


def test_a_jabatan_page_says_what_to_whom_and_why() -> None:
    kabid = parsed(page("jabatan/kabid.html"))
    facts = {text_of(pair[0]): text_of(pair[1]) for f in with_class(kabid, "fakta") for pair in f}
    assert facts["Pejabat"] == "Plt. Budi"
    assert facts["Bertanggung jawab kepada"] == "Kepala Dinas"
    assert "Membawahkan" not in facts
    held = section(kabid, "Yang dipertanggungjawabkan")
    assert [text_of(th) for th in held.iter("th")] == ["No", "Sasaran", "Indikator", "Satuan", "Target"]
    assert table_rows(next(iter(held.iter("table")))) == [
        ["1", "Meningkatnya Kesehatan Ibu", "Persentase Persalinan", "", ""]
    ]
    assert ("../kinerja/sehat.html", "Meningkatnya Derajat Kesehatan") in links(section(kabid, "Mengapa"))
    head = parsed(page("jabatan/kadis.html"))
    assert table_rows(next(iter(head.iter("table"))))[0][3:] == ["tahun", "71,4", "71,6"]
    assert ("../jabatan/kabid.html", "Kepala Bidang") in links(head)


def test_a_shared_position_is_grouped_by_the_performance_of_the_superior() -> None:
    root = parsed(pages()["kecamatan/jabatan/pelaksana.html"])
    groups = [text_of(h3) for h3 in with_class(root, "kepala-kelompok")]
    assert [group.split("untuk")[0].strip() for group in groups] == [
        "Kepada Kasi Pelayanan dan Kessos",
        "Kepada Kasi Pembermas",
        "Kepada Kasi Trantibum",
        "Kepada Kasi Pemerintahan",
        "Kepada Kasi Pembangunan",
    ]
    tables = [table_rows(table) for table in section(root, "Yang dipertanggungjawabkan").iter("table")]
    assert [len(rows) for rows in tables] == [1, 2, 1, 2, 2]


def one_by_one(peta: Peta, jabatan: str) -> tuple[tuple[Simpul, tuple[Indikator, ...]], ...]:
    """Give what one position answers for by asking every node, as the method defines it."""
    held = []
    for simpul in peta.simpul.values():
        mine = tuple(i for i in simpul.indikator if jabatan in pemegang(simpul, i))
        if mine or (jabatan in simpul.pk and not simpul.indikator):
            held.append((simpul, mine))
    return tuple(held)


def test_what_positions_hold_is_found_in_one_walk_as_one_by_one() -> None:
    trees = compiled({"kab/dinkes.pokin": _DINKES, **seed_texts()}).trees
    for lookups in look_up(trees):
        for id_ in lookups.peta.jabatan:
            assert lookups.held.get(id_, ()) == one_by_one(lookups.peta, id_)


def test_positions_are_told_apart_and_missing_ones_explained() -> None:
    root = parsed(page("jabatan/index.html"))
    assert ("../jabatan/kabid.html", "Kepala Bidang") in links(section(root, "Susunan"))
    assert ("../jabatan/pelaksana.html", "Pelaksana") in links(section(root, "Jabatan bersama"))
    assert [text for _, text in links(section(root, "Jabatan di luar susunan"))] == ["Bidan Desa"]
    without = rendered({"glenmore.pokin": seed_texts()["glenmore.pokin"]})["glenmore/jabatan/index.html"]
    assert "belum memuat susunan jabatan" in without


def test_findings_are_grouped_linked_and_marked_on_their_line() -> None:
    text = "pokin: 1\njudul: Uji\noutcome [hasil] Terwujudnya Hasil\n  csf [isu] Masih Kurang\n  @tagret x\n"
    html = rendered({"uji.pokin": text})
    root = parsed(html["uji/pemeriksaan.html"])
    assert [text_of(h2) for h2 in root.iter("h2")][:2] == ["Galat", "Peringatan"]
    galat = next(with_class(root, "temuan"))
    assert "P004 Anotasi yang tidak dikenal" in text_of(galat)
    assert [text_of(mark) for mark in galat.iter("mark")] == ["@tagret"]
    assert ("sumber.html#L5", "Baris 5") in links(galat)
    assert ("kinerja/isu.html", "Masih Kurang") in links(root)
    assert str(galat.get("id")) in html["uji/sumber.html"]
    assert "CSF ini belum diubah" in text_of(parsed(html["uji/kinerja/isu.html"]))


def test_the_source_page_holds_every_file_letter_by_letter() -> None:
    include = "pokin: 1\nkondisi [satu] Meningkatnya Satu\n  @indikator Jumlah\n    | Dua\n    @target (unit) 2025=1\n"
    main = (
        "pokin: 1\njudul: Uji\r\noutcome [a1] Hasil & \\[x]\n  @catatan\n    # bukan komentar\n\n    <b>\n"
        "  sertakan bagian.pokin\n# akhir\n"
    )
    root = parsed(rendered({"uji.pokin": main, "bagian.pokin": include})["uji/sumber.html"])
    first, second = ("".join("".join(line.itertext()) for line in with_class(pre, "baris")) for pre in root.iter("pre"))
    assert first == main.replace("\r\n", "\n")
    assert second == include
    ids = {e.get("id") for e in root.iter()}
    assert {"L1", "L9", "F2-L1", "F2-L5"} <= ids
    assert [text_of(e) for e in with_class(root, "k-satuan")] == ["(unit)"]
    assert [text_of(e) for e in with_class(root, "k-komentar")] == ["# akhir"]


def pictures(site: Site) -> dict[str, Picture]:
    """Give the pictures of all pages by name, no two of one name."""
    found = [picture for make in site.pages.values() for picture in make().pictures]
    assert len({picture.name for picture in found}) == len(found)
    return {picture.name: picture for picture in found}


def _wide(children: int, depth: int) -> str:
    lines = ["pokin: 1", "judul: Lebar", "outcome [puncak] Hasil", "  kondisi [kon] Kondisi"]
    lines += ["  " * (level + 2) + f"antara [dalam-{level}] Dalam {level}" for level in range(depth)]
    lines += ["  " * (depth + 2) + f"operasional [daun-{number}] Daun {number}" for number in range(children)]
    return "\n".join(lines) + "\n"


def test_a_local_picture_holds_twelve_boxes_and_says_how_many_are_left_out() -> None:
    found = pictures(made({"lebar.pokin": _wide(190, 20)}))
    for picture in found.values():
        shown = [box for box in picture.boxes if box.level != "lagi"]
        if picture.name.endswith(("_p", "_pc")):
            continue
        assert len(picture.boxes) <= MOST_LOCAL + 2
        assert len(shown) <= MOST_LOCAL
        assert [box.focus for box in picture.boxes].count(True) == 1
    deepest = found["lebar_kdalam_m19"]
    assert [box.more for box in deepest.boxes if box.level == "lagi"] == [15, 186]
    assert sum(box.level == "operasional" for box in deepest.boxes) == 4
    leaf = found["lebar_kdaun_m0"]
    assert leaf.boxes[-1].focus
    assert leaf.boxes[-1].href == "../kinerja/daun-0.html"


def test_a_big_tree_is_shown_whole_and_so_is_the_branch_of_each_kondisi() -> None:
    text = "pokin: 1\njudul: Besar\noutcome [puncak] Hasil\n"
    for number in range(5):
        text += f"  csf Isu {number}\n    kondisi [kon-{number}] Kondisi {number}\n"
        for middle in range(4):
            text += f"      antara Antara {number} {middle}\n"
            text += "".join(f"        operasional Op {number} {middle} {leaf}\n" for leaf in range(5))
    site = made({"besar.pokin": text})
    overview = site.files["besar/pohon.svg"]()
    levels = {"outcome": 1, "csf": 5, "kondisi": 5, "antara": 20, "operasional": 100}
    assert Counter(box.level for box in overview.boxes) == levels
    assert overview.boxes[0].href == "kinerja/puncak.html"
    (branch,) = site.pages["besar/kinerja/kon-3.html"]().pictures
    assert Counter(box.level for box in branch.boxes) == {
        "outcome": 1,
        "csf": 1,
        "kondisi": 1,
        "antara": 4,
        "operasional": 20,
    }


def test_pictures_are_named_once_and_shown_where_they_belong() -> None:
    site = made({"a.pokin": _wide(2, 1), "a/b.pokin": _wide(2, 1), "a-b.pokin": _wide(2, 1)})
    pages = [make() for make in site.pages.values()]
    drawn = {"pohon.html.j2", "kinerja.html.j2", "cetak.html.j2"}
    assert len(pictures(site)) == sum(page.template in drawn for page in pages)
    renderer = built_in_look().renderer
    for one in pages:
        html = renderer.render(one)
        assert html.count("<!--gambar:") == len(one.pictures)
        for picture in one.pictures:
            assert placeholder(picture.name) in html
            assert "<svg id='x'></svg>" in fill(html, {picture.name: "<svg id='x'></svg>"})


def test_a_site_without_trees_and_a_tree_without_outcome_say_what_to_write() -> None:
    assert "Belum ada pohon kinerja" in rendered({})["index.html"]
    html = rendered({"kosong.pokin": "pokin: 1\njudul: Kosong\n"})
    assert "belum memuat outcome" in html["kosong/index.html"]
    assert "pohon.svg" not in html["kosong/index.html"], "there is no picture of nothing"
    assert "sudah dicapai" not in html["kosong/index.html"]
    for text in html.values():
        parsed(text)


def test_the_deepest_tree_is_rendered_whole() -> None:
    depth = 61
    html = rendered({"dalam.pokin": _wide(1, depth)})
    assert f"dalam-{depth - 1}" in html["dalam/index.html"]
    parsed(html["dalam/index.html"])


def test_the_same_text_gives_the_same_pages() -> None:
    def contexts(site: Site) -> list[str]:
        return [repr(make()) for make in site.pages.values()]

    texts = {"kab/dinkes.pokin": _DINKES, **seed_texts()}
    assert contexts(made(texts)) == contexts(made(dict(reversed(texts.items()))))


# -- one page without the others ---------------------------------------------------------------------------------------


def test_a_page_made_alone_is_the_page_made_among_all_others() -> None:
    trees = compiled({"kab/dinkes.pokin": _DINKES, "kecamatan.pokin": seed_texts()["kecamatan.pokin"]}).trees

    def plan() -> Site:
        return make_site(trees, SiteSettings(), {}, (), rulebook())

    together = {path: make() for path, make in plan().pages.items()}
    assert len(together) > 100
    for path, page in together.items():
        assert page.path == path
        assert plan().pages[path]() == page


def test_a_finding_keeps_its_address_when_another_is_added_before_it() -> None:
    def anchors(text: str) -> set[str]:
        root = parsed(rendered({"uji.pokin": text})["uji/pemeriksaan.html"])
        return {str(finding.get("id")) for finding in with_class(root, "temuan")}

    text = "judul: Uji\noutcome [hasil] Terwujudnya Hasil\n  csf [isu] Kurang\n  csf [lain] Belum\n  @tagret x\n"
    before = anchors(text)
    assert {"temuan-p109-isu", "temuan-p109-lain", "temuan-p004"} <= before
    after = anchors(text.replace("  csf [isu]", "  @tagret x\n  csf [baru] Baru\n  csf [isu]"))
    assert before < after
    assert {"temuan-p109-baru", "temuan-p004_2"} <= after


def test_a_line_added_above_changes_no_page_below() -> None:
    def contexts(text: str) -> dict[str, object]:
        site = made({"dinkes.pokin": text})
        return {path: make() for path, make in site.pages.items() if "/kinerja/" in path or "/jabatan/" in path}

    moved = _DINKES.replace("jabatan [kadis]", "# komentar\n\njabatan [kadis]")
    assert contexts(moved) == contexts(_DINKES)


def test_what_is_written_has_an_anchor_on_its_line() -> None:
    lines = {}
    for line in with_class(parsed(page("sumber.html")), "baris"):
        for anchor in line.iter("span"):
            lines[anchor.get("id")] = text_of(line)
    for id_ in ("kadis", "sehat", "uhh", "isu", "linakes", "posyandu"):
        assert f"[{id_}]" in lines[f"s-{id_}"]
