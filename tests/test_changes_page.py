"""The page of changes, the marks on all other pages, and the page as one file: pokin text in, parsed HTML out."""

from __future__ import annotations

import posixpath
import re
import subprocess
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hypothesis import given, settings

from pokin_dsl.edge.package import built_in_look, rulebook
from pokin_dsl.model.diff.changes import Moved
from pokin_dsl.pipeline import build, changes_html
from pokin_dsl.site.change_parts import MOST_PICTURES
from pokin_dsl.site.changes_page import changes_page
from pokin_dsl.site.changes_picture import changes_pictures
from pokin_dsl.site.comparison import Compared, Former
from pokin_dsl.site.frame import portal_frame
from pokin_dsl.site.pictures import MOST_BOXES
from pokin_dsl.site.placeholder import fill
from pokin_dsl.site.press import nobody
from pokin_dsl.site.site import SiteSettings
from pokin_dsl.site.urls import NOWHERE
from tests.command import pokin
from tests.pages import links, parsed, section, table_rows, text_of, with_class
from tests.sites import compiled, seed_texts
from tests.support import pokin_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from xml.etree import ElementTree as ET

    from pokin_dsl.site.site import Page
    from tests.support import Tree

HEAD = """judul: Pohon

jabatan [camat] Camat
  jabatan [kasi] Kasi Pelayanan
  jabatan [seksi] Kasi Data
"""
BEFORE = f"""{HEAD}
outcome [hasil] Terwujudnya Tata Kelola
  @pk camat
  kondisi [layanan] Meningkatnya Layanan Warga
    @indikator [ikm] Indeks Kepuasan
      @target (indeks) 2026=83 2027=84
    @pk kasi
    operasional [laporan] Tersusunnya Laporan
      @pagu 2026=Rp5.000.000
      @pk seksi
    operasional [loket] Tersedianya Loket
      @pk seksi
    operasional [antrean] Tertatanya Antrean
  kondisi [data] Membaiknya Data Warga
    operasional [pendataan] Terdatanya Warga
  kondisi [aman] Terjaganya Ketertiban
    operasional [ronda] Terlaksananya Ronda
"""
AFTER = f"""{HEAD}
outcome [hasil] Terwujudnya Tata Kelola
  @pk camat
  kondisi [layanan] Meningkatnya Mutu Layanan Warga
    @indikator [ikm] Indeks Kepuasan
      @target (indeks) 2026=85 2027=84
    @pk seksi
    operasional [laporan] Tersusunnya Laporan
      @pagu 2026=Rp7.500.000
      @pk seksi
    operasional [antrean] Tertatanya Antrean
    antara [aduan] Tertanganinya Aduan
      operasional [tindak] Terselesaikannya Tindak Lanjut
  kondisi [data] Membaiknya Data Warga
    operasional [pendataan] Terdatanya Warga
    operasional [loket] Tersedianya Loket
      @pk seksi
  kondisi [aman] Terjaganya Ketertiban
    operasional [ronda] Terlaksananya Ronda
"""


def comparison(before: Mapping[str, str], after: Mapping[str, str]) -> Compared:
    former = Former("main@1a2b3c", {tree.nama: tree.peta for tree in compiled(before).trees})
    return Compared(former, {tree.nama: tree.peta for tree in compiled(after).trees})


def compared(before: str, after: str) -> Compared:
    return comparison({"a.pokin": before}, {"a.pokin": after})


def page_of(found: Compared) -> Page:
    return changes_page(found, portal_frame(SiteSettings("Portal Uji"), rules=False))


def shown(before: str, after: str) -> ET.Element:
    page = page_of(compared(before, after))
    return parsed(fill(built_in_look().renderer.render(page), {}))


def card(root: ET.Element, anchor: str) -> ET.Element:
    return next(e for e in root.iter("article") if e.get("id") == anchor)


def site(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, bytes]:
    former = Former("main@1a2b3c", {tree.nama: tree.peta for tree in compiled(before).trees})
    return build(compiled(after), SiteSettings("Portal Uji"), built_in_look(), nobody, rulebook(), former=former)


def edited(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def seed_edited() -> dict[str, str]:
    texts = seed_texts()
    texts["kecamatan.pokin"] = edited(
        texts["kecamatan.pokin"],
        ("jabatan [kasi-trantibum] Kasi Trantibum", "jabatan [kasi-trantibum] Kasi Ketertiban"),
        ("      @pk kasi-pembermas\n", "      @pk kasi-yankessos\n"),
        ("[laksana] Terlaksananya Pelayanan di", "[laksana] Terlaksananya Layanan Prima di"),
        ("        @mendukung tertib-keu\n", "        @mendukung tertib-keu\n        operasional Terdatanya Aset\n"),
        ("          @indikator [jumlah-keluarga] Jumlah Keluarga yang Ditingkatkan Kualitas SDMnya\n", ""),
    )
    texts["glenmore.pokin"] = edited(
        texts["glenmore.pokin"],
        ("@target (Indeks) 2026=91 2027=92", "@target (Indeks) 2026=91,5 2027=93"),
        ("operasional Tersedianya Mebel", "operasional Tersedianya Mebel Kantor Kecamatan"),
    )
    return texts


# -- the page ----------------------------------------------------------------------------------------------------------


def test_the_first_lines_say_since_when_and_how_much() -> None:
    root = shown(BEFORE, AFTER)
    assert text_of(next(root.iter("h1"))) == "Perubahan sejak main@1a2b3c"
    said = text_of(next(with_class(root, "kalimat-perubahan")))
    assert said.startswith("2 kinerja ditambahkan, 1 kinerja dipindahkan, 1 rumusan diubah")
    assert said.endswith("menyentuh PK 2 jabatan.")
    toc = next(with_class(root, "daftar-isi-perubahan"))
    assert [text for _, text in links(toc)] == [
        "Pohon",
        "Kondisi: Meningkatnya Mutu Layanan Warga",
        "Kondisi: Membaiknya Data Warga",
    ]


def test_a_statement_is_shown_once_with_its_words_marked() -> None:
    found = card(shown(BEFORE, AFTER), "u.a.layanan")
    title = next(found.iter("h4"))
    assert text_of(title) == "Meningkatnya ditambahkan: Mutu, Layanan Warga"
    assert [text_of(ins) for ins in title.iter("ins")] == ["ditambahkan: Mutu,"]
    assert "~ Diubah: rumusan, PK, target Kondisi 1" in text_of(found)
    assert "PK kondisi diserahkan dari Kasi Pelayanan kepada Kasi Data" in text_of(found)


def test_values_stand_side_by_side_with_their_difference() -> None:
    root = shown(BEFORE, AFTER)
    target, pagu = (next(card(root, f"u.a.{id_}").iter("table")) for id_ in ("layanan", "laporan"))
    assert table_rows(target) == [["Semula", "83"], ["Menjadi", "85"], ["Selisih", "+2"]]
    assert table_rows(pagu) == [["Semula", "Rp5.000.000"], ["Menjadi", "Rp7.500.000"], ["Selisih", "+Rp2.500.000"]]


def test_what_was_moved_tells_both_places_and_what_was_removed_where_it_stood() -> None:
    moved = card(shown(BEFORE, AFTER), "u.a.loket")
    assert "Semula di: Kondisi 1 Meningkatnya Mutu Layanan Warga Kini di: Kondisi 2 Membaiknya Data" in text_of(moved)
    gone = card(shown(AFTER, BEFORE), "h.a.aduan")
    assert "\N{MINUS SIGN} Dihapus" in text_of(gone)
    assert "Dahulu di bawah Kondisi 1 Meningkatnya Layanan Warga" in text_of(gone)
    assert "Beserta 1 kinerja di bawahnya Kondisi operasional Terselesaikannya Tindak Lanjut" in text_of(gone)
    # What is no more has no page, what it stood below has.
    assert {href for href, _ in links(gone)} == {"a/kinerja/layanan.html"}


def test_positions_whose_agreement_is_touched_lead_to_what_touches_it() -> None:
    held = section(
        next(e for e in shown(BEFORE, AFTER).iter("section") if e.get("aria-label", "").startswith("PK")), "PK"
    )
    assert links(held) == [
        ("a/jabatan/kasi.html", "Kasi Pelayanan"),
        ("#u.a.layanan", "Meningkatnya Mutu Layanan Warga"),
        ("a/jabatan/seksi.html", "Kasi Data"),
        ("#u.a.layanan", "Meningkatnya Mutu Layanan Warga"),
        ("#u.a.laporan", "Tersusunnya Laporan"),
        ("#u.a.loket", "Tersedianya Loket"),
    ]


def test_nothing_changed_is_said_so() -> None:
    root = shown(BEFORE, BEFORE.replace("    operasional", "    # komentar\n    operasional"))
    assert text_of(next(with_class(root, "kalimat-perubahan"))) == "Tidak ada perubahan makna."
    assert not [*root.iter("article")]


def test_trees_come_and_go_as_a_whole() -> None:
    found = comparison({"lama.pokin": "judul: Lama\noutcome Satu\n"}, {"baru.pokin": "judul: Baru\noutcome Dua\n"})
    root = parsed(fill(built_in_look().renderer.render(page_of(found)), {}))
    assert "Pohon ditambahkan 1 kinerja" in text_of(section(root, "Baru"))
    assert "Pohon dihapus 1 kinerja" in text_of(section(root, "Lama"))


def test_hostile_texts_stay_texts() -> None:
    root = shown(BEFORE, BEFORE.replace("Tersedianya Loket", '<script>alert(1)</script> & "Loket"'))
    assert '<script>alert(1)</script> & "Loket"' in text_of(card(root, "u.a.loket"))
    assert all((e.get("src") or "").startswith("statis/") for e in root.iter("script"))


@settings(max_examples=20, deadline=None)
@given(pokin_tree(), pokin_tree())
def test_any_two_versions_make_a_valid_page_whose_anchors_are_all_there(one: Tree, other: Tree) -> None:
    found = compared(one.text(), other.text())
    root = parsed(fill(built_in_look().renderer.render(page_of(found)), {}))
    ids = Counter(e.get("id") for e in root.iter() if e.get("id"))
    assert [id_ for id_, number in ids.items() if number > 1] == []
    assert [href for href, _ in links(root) if href.startswith("#") and href[1:] not in ids] == []
    told = sum(len(card.entries) for tree in found.trees.values() for part in tree.sections for card in part.cards)
    inside = sum(
        len(entry.inside)
        for tree in found.trees.values()
        for part in tree.sections
        for card in part.cards
        for entry in card.entries
    )
    assert told + inside == len(found.changes)


# -- the picture -------------------------------------------------------------------------------------------------------


def drawn(found: Compared) -> list[tuple[str, str, str]]:
    tree = found.trees["a"]
    pictures = changes_pictures(tree, found.marks["a"], lambda _: "").pictures
    return [(box.mark, box.statement, box.mark_words) for picture in pictures for box in picture.boxes]


def test_one_picture_holds_before_and_after() -> None:
    assert drawn(compared(BEFORE, AFTER)) == [
        ("", "Terwujudnya Tata Kelola", ""),
        ("ubah", "Meningkatnya Mutu Layanan Warga", "Diubah: rumusan, PK, target"),
        ("ubah", "Tersusunnya Laporan", "Diubah: pagu"),
        ("asal", "Tersedianya Loket", "Dipindahkan ke Kondisi 2"),
        ("baru", "Tertanganinya Aduan", "Ditambahkan"),
        ("baru", "Terselesaikannya Tindak Lanjut", "Ditambahkan"),
        ("", "", "1 kinerja tidak berubah"),
        ("", "Membaiknya Data Warga", ""),
        ("pindah", "Tersedianya Loket", "Dipindahkan dari Kondisi 1"),
        ("", "", "1 kinerja tidak berubah"),
        ("", "", "2 kinerja tidak berubah"),
    ]


def test_what_was_removed_stays_where_it_was() -> None:
    found = drawn(compared(BEFORE, BEFORE.replace("    operasional [loket] Tersedianya Loket\n      @pk seksi\n", "")))
    assert ("lama", "Tersedianya Loket", "Dihapus") in found


def test_the_list_beside_a_picture_says_the_same() -> None:
    content = site({"a.pokin": BEFORE}, {"a.pokin": AFTER})["perubahan.html"].decode()
    root = parsed(content)
    twin = text_of(next(with_class(root, "kembaran-gambar")))
    boxes = [box for box in with_class(root, "kotak") if box.get("data-n")]
    assert len(boxes) == 11
    statements = [text_of(name) for box in boxes for name in with_class(box, "nama")]
    assert len(statements) == 8
    assert [statement for statement in statements if statement not in twin] == []
    for title in (text_of(title) for box in boxes for title in box.iter("{http://www.w3.org/2000/svg}title")):
        for line in re.split(r" (?=(?:Outcome|Kondisi)[^:]*: )|: (?=[A-Z])", title):
            assert line in twin, line


def test_marks_are_told_apart_without_colour() -> None:
    content = site({"a.pokin": BEFORE}, {"a.pokin": AFTER})["perubahan.html"].decode()
    outlines = {}
    for kind in ("baru", "lama", "pindah", "asal", "ubah"):
        sample = re.search(rf'contoh-beda.*?beda-{kind}">(.*?)</svg>', content)
        assert sample, kind
        outlines[kind] = re.sub(r"#[0-9a-f]{6}", "", sample[1])
    assert len(set(outlines.values())) == 5


def test_pictures_stay_small_whatever_changes() -> None:
    rows = [
        f"  kondisi [k{n}] Kondisi Nomor {n}\n"
        + "".join(f"    operasional [o{n}-{m}] Kegiatan {n} {m}\n" for m in range(9))
        for n in range(40)
    ]
    before = HEAD + "\noutcome [hasil] Hasil\n" + "".join(rows)
    found = compared(before, before.replace(" Kegiatan ", " Pekerjaan "))
    pictures = changes_pictures(found.trees["a"], found.marks["a"], lambda _: "")
    assert max(len(picture.boxes) for picture in pictures.pictures) <= MOST_BOXES
    assert (len(pictures.pictures), pictures.left_out) == (MOST_PICTURES, 40 - MOST_PICTURES)
    assert len({picture.name for picture in pictures.pictures}) == MOST_PICTURES


@settings(max_examples=30, deadline=None)
@given(pokin_tree(), pokin_tree())
def test_every_node_that_differs_is_in_the_picture(one: Tree, other: Tree) -> None:
    found = compared(one.text(), other.text())
    if "a" not in found.trees:
        return
    tree = found.trees["a"]
    pictures = changes_pictures(tree, found.marks["a"], lambda _: "")
    boxes = [box for picture in pictures.pictures for box in picture.boxes]
    if pictures.left_out or any(box.level != "lagi" and box.more for box in boxes):
        return
    nodes = [c.thing for c in found.changes if c.thing.jenis not in ("indikator", "jabatan", "pohon")]
    expected = {(f"lama-{t.old_id}" if not t.new_id else f"ada-{t.new_id}") for t in nodes}
    expected |= {
        f"asal-{c.thing.new_id}"
        for c in found.changes
        if isinstance(c, Moved) and c.thing.jenis not in ("indikator", "jabatan")
    }
    assert expected <= {box.key for box in boxes}
    for box in boxes:
        assert not box.mark or box.key in expected or "indikator" in box.mark_words or box.mark == "ubah"


# -- the other pages ---------------------------------------------------------------------------------------------------


def test_a_node_says_that_it_changed_and_leads_to_its_change() -> None:
    files = site({"a.pokin": BEFORE}, {"a.pokin": AFTER})
    said = {
        id_: [text_of(e) for e in with_class(parsed(files[f"a/kinerja/{id_}.html"].decode()), "perubahan-ini")]
        for id_ in ("layanan", "loket", "aduan", "tindak", "ronda")
    }
    assert said == {
        "layanan": ["~ Diubah sejak main@1a2b3c: rumusan, PK, target. Lihat perubahannya"],
        "loket": ["→ Dipindahkan sejak main@1a2b3c. Lihat perubahannya"],
        "aduan": ["+ Ditambahkan sejak main@1a2b3c. Lihat perubahannya"],
        "tindak": ["+ Ditambahkan sejak main@1a2b3c. Lihat perubahannya"],
        "ronda": [],
    }
    assert 'href="../../perubahan.html#u.a.aduan"' in files["a/kinerja/tindak.html"].decode()
    assert "beda-ubah" in files["a/pohon.svg"].decode()


def test_a_site_without_comparison_knows_nothing_of_it() -> None:
    files = build(compiled({"a.pokin": AFTER}), SiteSettings("Portal Uji"), built_in_look(), nobody, rulebook())
    assert "perubahan.html" not in files
    for path, content in files.items():
        if path.endswith((".html", ".svg")):
            assert not re.search(rb"beda-(baru|lama|pindah|asal|ubah)|perubahan(\.html|-)", content), path


def test_every_link_of_a_compared_site_is_alive() -> None:
    files = site(seed_texts(), seed_edited())
    roots = {
        path: parsed(content.decode()) for path, content in files.items() if path.endswith(".html") and path != NOWHERE
    }
    ids = {path: {e.get("id") for e in root.iter()} for path, root in roots.items()}
    dead, counted = [], 0
    for path, root in roots.items():
        assert not [e for e in root.iter() if e.get("style")], path
        for e in root.iter():
            for href in filter(None, (e.get("href"), e.get("src"))):
                link = urlsplit(href)
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link.path)) if link.path else path
                counted += 1
                if target not in files or (link.fragment and target in ids and link.fragment not in ids[target]):
                    dead.append((path, href))
    assert dead == []
    assert counted > 3000


# -- one file ----------------------------------------------------------------------------------------------------------


def alone(before: str, after: str) -> str:
    return changes_html(compared(before, after), built_in_look())


def test_the_page_stands_alone() -> None:
    content = alone(BEFORE, AFTER)
    root = parsed(content)
    assert [*root.iter("script")] == [*root.iter("link")] == [*root.iter("img")] == []
    ids = {e.get("id") for e in root.iter()}
    assert [href for href, _ in links(root) if href[:1] != "#" or href[1:] not in ids] == []
    assert content.count("<svg") == 6
    style = re.search(r"<style>(.*?)</style>", content, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    policy = next(meta.get("content") or "" for meta in root.iter("meta") if meta.get("http-equiv"))
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_two_files_of_different_names_are_two_versions_of_one_tree() -> None:
    before, after = (compiled({name: text}).trees[0] for name, text in (("x.pokin", BEFORE), ("y.pokin", AFTER)))
    from pokin_dsl.model.diff.versions import changes

    former = Former("x.pokin", {before.nama: before.peta})
    found = Compared(former, {after.nama: after.peta}, "y.pokin", changes(before.peta, after.peta))
    content = changes_html(found, built_in_look())
    assert "Perubahan dari x.pokin ke y.pokin" in content
    assert "Dipindahkan ke Kondisi 2" in content


# -- the command -------------------------------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.email=uji@contoh.id", "-c", "user.name=Uji")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_a_build_compares_with_a_revision_and_the_next_one_does_not(tmp_path: Path) -> None:
    tree = tmp_path / "trees" / "a.pokin"
    tree.parent.mkdir()
    tree.write_text(BEFORE, "utf-8")
    git(tmp_path, "init", "-b", "main", ".")
    git(tmp_path, "add", "trees")
    git(tmp_path, "commit", "-m", "awal")
    tree.write_text(AFTER, "utf-8")
    page = tmp_path / "output" / "perubahan.html"
    plain = pokin("build", folder=tmp_path)
    assert (plain.returncode, page.exists()) == (0, False)
    built = pokin("build", "--compare", "main", folder=tmp_path)
    assert (built.returncode, built.stderr) == (0, "")
    assert re.search(r"Perubahan sejak main@[0-9a-f]{7}: output[/\\]perubahan.html", built.stdout)
    assert "Meningkatnya" in page.read_text("utf-8")
    again = pokin("build", "--compare", "main", folder=tmp_path)
    assert (again.returncode, page.exists()) == (0, True)
    assert (pokin("build", folder=tmp_path).returncode, page.exists()) == (0, False)
    unknown = pokin("build", "--compare", "cabang-lain", folder=tmp_path)
    assert (unknown.returncode, "cabang-lain" in unknown.stderr) == (2, True)
