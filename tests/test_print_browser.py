"""On paper, by a real browser: the sheet that was chosen, nothing cut, nothing of the screen, vectors only."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.browser import DESKTOP
from tests.rich import kinds, rich_site, written
from tests.sites import on_disk, seed_texts, site_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from pypdf import PageObject, PdfReader

pytestmark = pytest.mark.browser
SHEETS = {
    "a4-tegak": (210, 297),
    "a4-lanskap": (297, 210),
    "f4-tegak": (215, 330),
    "f4-lanskap": (330, 215),
    "a3-tegak": (297, 420),
    "a3-lanskap": (420, 297),
}
_EDGE = (13, 8)  # millimetres that pages, and sheets of a picture, leave free
_ROWS = 30  # of a table that ends where the signatures below it no longer fit
_ONE_TABLE = ("tahap.html.j2", "indikator.html.j2")
_SHEETS_OF_THEIR_OWN = ("jabatan.html.j2", "cetak.html.j2")  # documents that begin a sheet each, and pictures
# For each box the sheets that show it whole, and what the sheets are: their names, and what their margins say.
_SEEN = """() => {
  const sumber = [...document.querySelectorAll(".lembar-tunggal .kotak")].map((kotak) => {
    const [x, y] = kotak.getAttribute("transform").match(/-?[\\d.]+/g).map(Number);
    const { width, height } = kotak.querySelector(".latar");
    return { n: kotak.dataset.n, x, y, lebar: width.baseVal.value, tinggi: height.baseVal.value };
  });
  const lembar = [...document.querySelectorAll(".lembaran .lembar")].map((satu) => {
    const bagian = satu.querySelector(".bagian");
    const [x, y, lebar, tinggi] = bagian.getAttribute("viewBox").split(" ").map(Number);
    const utuh = sumber.filter((k) => k.x >= x - 0.01 && k.y >= y - 0.01
      && k.x + k.lebar <= x + lebar + 0.01 && k.y + k.tinggi <= y + tinggi + 0.01).map(({ n }) => n);
    const disalin = new Set([...bagian.querySelectorAll(".kotak")].map((k) => k.dataset.n));
    const teks = [...satu.querySelectorAll("svg > text")].map((t) => t.textContent);
    return { utuh: utuh.filter((n) => disalin.has(n)), teks, skala: bagian.getAttribute("width") / lebar };
  });
  return { semua: sumber.map(({ n }) => n), lembar };
}"""


_CHOOSE = """sheet => {
  localStorage.setItem("pokin-kertas", sheet);
  document.dispatchEvent(new Event("pokin:kertas"));
}"""


def _big_tree(branches: int = 6, groups: int = 7, leaves: int = 7) -> str:
    """Write a tree of some 350 nodes whose branches differ in depth and length."""
    lines = ["pokin: 1", "judul: Pohon Besar", "outcome [akar] Terwujudnya Hasil"]
    for b in range(branches):
        lines.append(f"  kondisi [k-{b}] Meningkatnya Kondisi Nomor {b} yang Diperlukan")
        for g in range(groups - b % 3):
            lines.append(f"    antara [k-{b}-{g}] Terselenggaranya Bagian {g} dari Kondisi {b}")
            lines.append(f"      @indikator Persentase bagian {g} yang terselenggara sesuai standar" if g % 2 else "")
            lines += [f"      operasional Terlaksananya Kegiatan {b}.{g}.{n}" for n in range(leaves + g % 4)]
    return "\n".join(filter(None, lines)) + "\n"


_LOW = """pokin: 1
judul: Pohon Rendah
outcome Terwujudnya Hasil
  kondisi Meningkatnya Kondisi Satu
    operasional Terlaksananya Kegiatan Satu
  kondisi Meningkatnya Kondisi Dua
    operasional Terlaksananya Kegiatan Dua
  kondisi Meningkatnya Kondisi Tiga
    operasional Terlaksananya Kegiatan Tiga
"""


def _tall_tree() -> str:
    """Write a tree whose picture is taller than wide however it is laid out: a chain, whose last holds a long table."""
    lines = ["pokin: 1", "judul: Pohon Tinggi", "tahap: 5", "jabatan [kepala] Kepala", "outcome Terwujudnya Hasil"]
    lines += [f"{'  ' * depth}kondisi Meningkatnya Kondisi ke-{depth}" for depth in range(1, 7)]
    lines += ["  " * 7 + "operasional [dasar] Terlaksananya Kegiatan", "  " * 8 + "@pk kepala"]
    lines += ["  " * 8 + f"@indikator Jumlah laporan nomor {number} yang disusun" for number in range(_ROWS)]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("situs cetak")
    trees = {**seed_texts(), "besar.pokin": _big_tree(), "tinggi.pokin": _tall_tree(), "lebar.pokin": _LOW}
    written(rich_site(), root / "lengkap")
    return on_disk(site_files(trees), root)


def _printed(page: Page) -> PdfReader:
    from pypdf import PdfReader

    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))


def _flaws(page: Page, template: str, sheet: str) -> list[str]:
    """Tell what is wrong with the sheets of a page, as far as it can be told without eyes."""
    pdf = _printed(page)
    *whole, last = written_at = [_letters(one) for one in pdf.pages]
    flaws = [f"{size} is no {sheet}" for size in _sizes(pdf) if sorted(size) != sorted(SHEETS[sheet])]
    flaws += ["an empty last sheet"] if not last else []
    if template not in _SHEETS_OF_THEIR_OWN:
        flaws += [f"sheet {n} is half empty" for n, places in enumerate(whole, 1) if min(y for _, y in places) > 0.5]
    edge = _EDGE[template == "cetak.html.j2"] / max(SHEETS[sheet])
    flaws += ["letters in the margin" for places in written_at if not all(edge < x < 1 - edge > y for x, y in places)]
    head = page.locator("thead th").first.text_content() if template in _ONE_TABLE else None
    flaws += ["no head" for one in pdf.pages if head and head not in " ".join(one.extract_text().split())]
    return flaws if template == "cetak.html.j2" else flaws + _too_wide(page, sheet)


def _letters(sheet: PageObject) -> list[tuple[float, float]]:
    """Give where texts begin on a sheet, but for its foot, as parts of its width and (from below) of its height."""
    found: list[tuple[float, float]] = []
    width, height = (float(side) for side in (sheet.mediabox.width, sheet.mediabox.height))
    foot = 16 / 25.4 * 72

    def note(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        x, y = cm[4] + tm[4] * cm[0], cm[5] + tm[5] * cm[3]
        if text.strip() and y > foot:
            found.append((x / width, y / height))

    sheet.extract_text(visitor_text=note)
    return found


def _too_wide(page: Page, sheet: str) -> list[str]:
    """Tell whether something is wider than a sheet; the browser would print it all smaller, without a word."""
    if not page.locator("link[href$='cetak.css']").count():
        return ["no style sheet for paper"]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round((SHEETS[sheet][0] - 28) / 25.4 * 96), "height": 900})
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.emulate_media(media="null")
    page.set_viewport_size(DESKTOP)
    return [f"{wide} px wider than the sheet"] if wide > 0 else []


def _sizes(pdf: PdfReader) -> list[tuple[int, int]]:
    """Give the sizes of the sheets in millimetres."""
    boxes = [page.mediabox for page in pdf.pages]
    return [(round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) for box in boxes]


def _open(page: Page, folder: Path, path: str, state: str = "") -> None:
    page.goto("about:blank")
    page.goto((folder / path).as_uri() + state)


def test_every_kind_of_page_fills_its_sheets_and_stays_within_them(browser: Browser, folder: Path) -> None:
    page = browser.new_page(
        viewport=DESKTOP
    )  # its own: 404.html looks for its style sheets in folders that are not there
    found = []
    for template, path, sheets in _looked_at():
        _open(page, folder, path)
        for sheet in sheets:
            page.evaluate(_CHOOSE, sheet)
            if template == "cetak.html.j2":
                page.reload()
            given = sheet if page.locator("html[data-p-kertas]").count() else "a4-tegak"  # 404.html remembers nothing
            found += [f"{path}, {sheet}: {flaw}" for flaw in _flaws(page, template, given)]
    page.evaluate("localStorage.clear()")
    page.close()
    assert found == []


def _looked_at() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Give each kind of page on an upright sheet and one that lies, of two papers; each of the six has its turns."""
    sheets = tuple(SHEETS)
    for number, (template, path) in enumerate(kinds().items()):
        yield template, f"lengkap/{path}", (sheets[number % 6], sheets[(number + 3) % 6])
    yield "tahap.html.j2", "lengkap/lengkap/tahap-3.html", ("a4-tegak",)
    yield "kinerja.html.j2", "kecamatan/kinerja/urusan-pemerintahan.html", ("a4-lanskap",)
    yield "pohon.html.j2", "kecamatan/index.html", ("a4-lanskap",)


def test_signatures_never_stand_alone_on_a_sheet(page: Page, folder: Path) -> None:
    _open(page, folder, "tinggi/jabatan/kepala.html")
    statement, *annex = (p.extract_text() for p in _printed(page).pages)
    assert "Pihak Kedua" in statement
    assert len(annex) == 2, "this many rows leave no room for the signatures"
    assert "Pihak Kesatu" in annex[1]
    assert f"Jumlah laporan nomor {_ROWS - 1}" in " ".join(annex[1].split())


@pytest.mark.parametrize("tree", ["kecamatan", "glenmore", "besar"])
def test_every_box_is_whole_on_a_sheet_however_the_picture_is_cut(page: Page, folder: Path, tree: str) -> None:
    tiled = 0
    for sheet in ("a4-tegak", "f4-lanskap", "a3-tegak"):
        paper, way = sheet.split("-")
        _open(page, folder, f"{tree}/cetak.html", f"#kertas={paper}&arah={way}")
        ways = page.locator("select[name=lebar] option").evaluate_all("all => all.map((o) => o.value)")
        scale = 0.0
        for width in ways[:6]:
            page.locator("select[name=lebar]").select_option(width)
            seen = page.evaluate(_SEEN)
            assert set(seen["semua"]) == {n for one in seen["lembar"] for n in one["utuh"]}, (sheet, width)
            if width:
                tiled += 1
                assert seen["lembar"][0]["skala"] > scale, "more sheets are for larger letters"
                scale = seen["lembar"][0]["skala"]
                names = [one["teks"][0] for one in seen["lembar"]]
                assert names == sorted(set(names))
                assert names[0] == "A1"
    assert tiled > 3


def test_every_way_that_is_offered_makes_letters_larger_than_one_sheet_does(page: Page, folder: Path) -> None:
    for sheet in ("kertas=f4&arah=lanskap", "kertas=a4&arah=lanskap"):
        _open(page, folder, "glenmore/cetak.html", f"#{sheet}")
        single = page.locator(".kabar-cetak").inner_text()
        ways = page.locator("select[name=lebar] option").all_inner_texts()[1:]
        sizes = [float(size.replace(",", ".")) for text in (single, *ways) for size in re.findall(r"([\d,]+) pt", text)]
        assert len(sizes) == len(ways) + 1 > 3
        assert all(larger > smaller * 1.035 for smaller, larger in pairwise(sizes)), ways  # as rounded to a tenth


def test_tiles_print_as_vectors_on_sheets_of_the_chosen_paper(page: Page, folder: Path) -> None:
    _open(page, folder, "besar/cetak.html", "#kertas=f4&arah=lanskap")
    ways = page.locator("select[name=lebar] option").evaluate_all("all => all.map((o) => o.value)")
    width = next(way for way in ways if way.split("x")[0] not in {"", "1"})
    _open(page, folder, "besar/cetak.html", f"#kertas=f4&arah=lanskap&lebar={width}")
    sheets = page.locator(".lembaran .lembar").count()
    pdf = _printed(page)
    assert sheets > 2
    assert _sizes(pdf) == [SHEETS["f4-lanskap"]] * sheets
    texts = [p.extract_text() for p in pdf.pages[:2]]
    assert not any(p.images for p in pdf.pages[:2])
    assert "sambung ke A2" in texts[0]
    assert "A2" in texts[1]
    assert "Pohon Besar" in texts[0]
    assert {"A1", "A2"} <= set(page.locator(".lembar").first.locator(".peta-lembar text").all_text_contents())


def test_a_branch_prints_alone_on_one_sheet(page: Page, folder: Path) -> None:
    _open(page, folder, "kecamatan/cetak.html", "#kertas=a4&arah=tegak&cabang=pemdes")
    pdf = _printed(page)
    (text,) = (p.extract_text() for p in pdf.pages)
    assert "Meningkatnya Penyelenggaraan" in text
    assert "Trantibum" not in text
    subpaths = page.locator(".lembar .garis").get_attribute("d") or ""
    assert subpaths.count("M") >= 6, "the lines of the branch, to each of its six lower boxes"


def test_the_chosen_sheet_is_kept_for_all_pages_and_in_the_address(page: Page, folder: Path) -> None:
    _open(page, folder, "kecamatan/cetak.html")
    page.get_by_label("F4").check()
    page.get_by_label("Lanskap").click()
    assert page.url.endswith("#kertas=f4&arah=lanskap")
    _open(page, folder, "glenmore/tahap-5.html")
    pdf = _printed(page)
    assert set(_sizes(pdf)) == {SHEETS["f4-lanskap"]}
    texts = [p.extract_text() for p in pdf.pages]
    assert len(texts) > 1
    for number, text in enumerate(texts, 1):
        assert "Komponen" in text, "the head of the table is repeated"
        assert f"{number} dari {len(texts)}" in text
        assert "Renstra Kecamatan Glenmore" in text
    assert "Langsung ke isi" not in texts[0]
    assert "Semua pohon" not in texts[0]
    page.evaluate("localStorage.setItem('pokin-kertas', 'a3-tegak')")  # as another tab does, or the page that one left
    assert set(_sizes(_printed(page))) == {SHEETS["a3-tegak"]}


def test_the_sheet_lies_as_the_letters_are_larger_until_someone_says_how(page: Page, folder: Path) -> None:
    ways = {}
    for tree, state in (("kecamatan", ""), ("kecamatan", "#arah=tegak"), ("tinggi", "")):
        _open(page, folder, f"{tree}/cetak.html", state)
        ways[tree, state] = page.locator("input[name=arah]:checked").input_value()
    assert ways == {("kecamatan", ""): "lanskap", ("kecamatan", "#arah=tegak"): "tegak", ("tinggi", ""): "tegak"}
    _open(page, folder, "kecamatan/cetak.html")
    page.locator("select[name=cabang]").select_option("pelayanan")
    page.get_by_label("F4").check()
    assert page.url.endswith("#kertas=f4&arah=tegak&cabang=pelayanan"), "a branch is tall"
    _open(page, folder, "kecamatan/cetak.html")
    assert page.locator("input[name=arah]:checked").input_value() == "lanskap", "nobody chose to stand it upright"
    assert _sizes(_printed(page)) == [SHEETS["f4-lanskap"]]
    page.get_by_label("Tegak").check()
    _open(page, folder, "kecamatan/cetak.html")
    assert _sizes(_printed(page)) == [SHEETS["f4-tegak"]], "what a reader chose is known when the page opens"


def test_branches_are_offered_by_what_they_say_also_where_they_changed(page: Page, tmp_path: Path) -> None:
    _open(page, written(rich_site(), tmp_path), "lengkap/cetak.html")
    offered = page.locator("select[name=cabang] option").all_text_contents()
    assert "Kondisi 1: Meningkatnya Fasilitasi Pelayanan Masyarakat" in offered
    assert not [text for text in offered if text.startswith(("Diubah", "KONDISI"))]


def test_a_table_says_on_paper_what_it_leaves_out(page: Page, folder: Path) -> None:
    _open(page, folder, "kecamatan/indikator.html")
    assert "Tabel ini" not in _printed(page).pages[0].extract_text()
    _open(page, folder, "kecamatan/indikator.html", "#tabel=jenjang:antara;urut:kinerja,-;cari:desa")
    (text,) = (" ".join(p.extract_text().split()) for p in _printed(page).pages)
    assert "Tabel ini disaring: memuat “desa”; jenjang Kondisi antara; 2 dari 19 indikator; diurutkan menurut" in text
    assert "kinerja, turun." in text
    assert "Saring dan urutkan" not in text
    assert "Menampilkan" not in text


def test_rows_below_a_cell_that_spans_them_begin_on_the_first_sheet(page: Page, folder: Path) -> None:
    _open(page, folder, "glenmore/tahap-3.html")
    first, *rest = (p.extract_text() for p in _printed(page).pages)
    assert rest
    assert first.count("kondisi operasional") > 5


def test_a_folded_picture_prints_as_it_is_seen_and_says_so(page: Page, folder: Path) -> None:
    _open(page, folder, "kecamatan/index.html", "#gambar=fokus:pelayanan")
    page.locator(".jejak-gambar").wait_for()
    pdf = _printed(page)
    assert _sizes(pdf)[0] == SHEETS["a4-tegak"], "a single branch is tall"
    text = " ".join(pdf.pages[0].extract_text().split())
    assert "kotak; yang lain dilipat" in text


def test_the_front_page_of_a_tree_begins_with_its_picture(page: Page, folder: Path) -> None:
    _open(page, folder, "kecamatan/index.html")
    pdf = _printed(page)
    assert _sizes(pdf)[:2] == [SHEETS["a4-lanskap"], SHEETS["a4-tegak"]]
    first, second = (p.extract_text() for p in pdf.pages[:2])
    assert "Pohon Kinerja Kecamatan" in first
    assert "Penyelenggaraan" in first, "the boxes of the picture"
    assert "Pohon sebagai daftar" in second


def test_below_a_low_picture_the_list_goes_on_on_the_same_sheet(page: Page, folder: Path) -> None:
    _open(page, folder, "lebar/index.html")
    pdf = _printed(page)
    assert _sizes(pdf) == [SHEETS["a4-lanskap"]]
    assert "Pohon sebagai daftar" in pdf.pages[0].extract_text()


def test_a_position_prints_as_its_agreement(page: Page, folder: Path) -> None:
    _open(page, folder, "kecamatan/jabatan/kasi-trantibum.html")
    assert not page.locator(".lembar-pk").first.is_visible()
    page.get_by_role("link", name="Lihat lembar perjanjian").click()
    assert page.locator(".lembar-pk").first.is_visible()
    statement, annex = (p.extract_text() for p in _printed(page).pages)
    assert "Pihak Kedua" in statement
    assert "Persentase Gangguan" in annex
    assert "Yang dipertanggungjawabkan" not in statement + annex


def test_without_scripts_the_picture_prints_on_one_sheet(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "kecamatan/cetak.html").as_uri())
    assert not page.locator(".atur-cetak").is_visible()
    pdf = _printed(page)
    assert _sizes(pdf) == [SHEETS["a4-lanskap"]]
    assert "Trantibum" in pdf.pages[0].extract_text()
    context.close()


def test_choosing_the_sheet_fits_a_narrow_screen(page: Page, folder: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    _open(page, folder, "besar/cetak.html", "#kertas=a3&arah=lanskap")
    page.locator("select[name=lebar]").select_option(index=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.goto((folder / "kecamatan/jabatan/pelaksana.html").as_uri() + "#lembar-perjanjian")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
