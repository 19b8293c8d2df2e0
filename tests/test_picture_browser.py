"""The picture as a tool, in a real browser: zoom, pan, folding, focus, highlight, links of support, keys, address."""

from __future__ import annotations

import random
import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pokin_dsl.site.plan import children_of
from pokin_dsl.site.tidy import choices, fitting_plan
from tests.browser import lent, problems_of
from tests.sites import on_disk, seed_texts, site_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page, ViewportSize

    from pokin_dsl.site.plan import Children

    _Matrix = Sequence[float]

pytestmark = pytest.mark.browser
SUPPORT = """\
pokin: 1
judul: Pohon Dukungan
instansi: Kecamatan Uji

outcome [utama] Terwujudnya Pelayanan yang Baik
  kondisi [layanan] Meningkatnya Pelayanan
    @unit Seksi Pelayanan
    antara [loket] Terselenggaranya Loket
      operasional [antrean] Terlaksananya Antrean
        @mendukung aman
      operasional [survei] Terlaksananya Survei
  kondisi [aman] Meningkatnya Keamanan
    antara [ronda] Terselenggaranya Ronda
      operasional [jadwal] Terlaksananya Jadwal Ronda
        @mendukung loket
      operasional [latihan] Terlaksananya Latihan
"""
WIDE = "\n".join(
    (
        "pokin: 1\njudul: Pohon Lebar\ninstansi: Kecamatan Uji\n\noutcome [utama] Terwujudnya Pelayanan yang Baik",
        *(
            f"  kondisi [k{n}] Meningkatnya Pelayanan {n}\n    antara [a{n}] Terselenggaranya Loket {n}"
            for n in range(24)
        ),
        *(f"    antara [b{n}] Terselenggaranya Pos {n}" for n in range(2)),
        "",
    )
)
DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("situs")
    return on_disk(site_files({**seed_texts(), "dukung.pokin": SUPPORT, "lebar.pokin": WIDE}), root)


@pytest.fixture
def page(opened: tuple[Page, list[str]]) -> Iterator[Page]:
    with lent(*opened, DESK) as page:
        page.set_default_timeout(5000)
        page.emulate_media(reduced_motion="reduce")
        yield page


def _open(page: Page, folder: Path, state: str = "", path: str = "kecamatan/index.html") -> None:
    page.goto("about:blank")
    page.goto((folder / path).as_uri() + (f"#gambar={state}" if state else ""))


def _seen(page: Page) -> list[str]:
    """Give the ids of the boxes that are shown, in the order of the picture."""
    ids: list[str] = page.locator(".kotak").evaluate_all(
        "all => all.filter((k) => k.checkVisibility()).map((k) => k.dataset.id)"
    )
    return ids


def _state(page: Page) -> str:
    text: str = page.evaluate("decodeURIComponent(location.hash.replace('#gambar=', ''))")
    return text


def _scale(page: Page) -> float:
    scale: float = page.evaluate("document.querySelector('svg.pohon').getBoundingClientRect().width")
    return scale / float(str(page.locator("svg.pohon").get_attribute("width")))


def _box(page: Page, id_: str) -> Locator:
    return page.locator(f".kotak[data-id='{id_}']")


def _fold(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def _scrolled(page: Page) -> list[float]:
    at: list[float] = page.locator(".papan .gambar").evaluate("f => [f.scrollLeft, f.scrollTop]")
    return at


def test_the_first_view_is_legible(page: Page, folder: Path) -> None:
    _open(page, folder)
    assert len(_seen(page)) == 22
    assert 0.8 <= _scale(page) <= 1
    frame = page.locator(".papan .gambar").bounding_box()
    for side in page.locator(".kotak").all():
        box = side.bounding_box()
        assert frame is not None
        assert box is not None
        assert frame["x"] <= box["x"] <= frame["x"] + frame["width"] - box["width"]
        assert frame["y"] <= box["y"] <= frame["y"] + frame["height"] - box["height"]
    assert _state(page) == ""
    _open(page, folder, path="glenmore/index.html")
    assert _scale(page) >= 0.6
    assert page.locator(".kotak-outcome").first.evaluate(_INSIDE)
    # All of Glenmore would be too small to read: the leaves are there for the asking.
    assert page.get_by_role("combobox", name="Buka").input_value() == "4"
    assert 10 < len(_seen(page)) < 51
    assert page.locator("svg.pohon").evaluate(
        "g => g.getBoundingClientRect().width <= g.closest('.gambar').clientWidth"
    )


_INSIDE = """k => {
  const [b, f] = [k, k.closest(".gambar")].map((e) => e.getBoundingClientRect());
  return b.left >= f.left && b.right <= f.right && b.top >= f.top - 1 && b.bottom <= f.bottom;
}"""


def test_zoom_by_buttons_keys_wheel_and_pinch(page: Page, folder: Path) -> None:
    _open(page, folder)
    first = _scale(page)
    page.get_by_role("button", name="Perbesar gambar").click()
    assert _scale(page) == pytest.approx(first * 1.25, rel=0.01)
    page.get_by_role("button", name="Perkecil gambar").click()
    page.get_by_role("button", name="Ukuran asli").click()
    assert _scale(page) == pytest.approx(1)
    page.get_by_role("button", name="Utuh", exact=True).click()
    frame = page.locator(".papan .gambar")
    assert frame.evaluate("f => f.scrollWidth <= f.clientWidth && f.scrollHeight <= f.clientHeight")
    assert _state(page) == "skala:muat"
    frame.focus()
    for key, wanted in (("1", 1.0), ("+", 1.25), ("-", 1.0)):
        page.keyboard.press(key)
        assert _scale(page) == pytest.approx(wanted, rel=0.01)
    before = _scrolled(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert _scrolled(page) != before
    frame.scroll_into_view_if_needed()
    box = _box(page, "trantibum").bounding_box()
    assert box is not None
    at = box["x"] + 20, box["y"] + 20
    page.mouse.move(*at)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    page.wait_for_function("() => document.querySelector('.skala').dataset.pSkala !== '100%'")
    grown = _box(page, "trantibum").bounding_box()
    assert grown is not None
    factor = _scale(page)
    assert factor > 1.2
    assert grown["x"] + 20 * factor == pytest.approx(at[0], abs=3)  # what was under the pointer stays there
    assert grown["y"] + 20 * factor == pytest.approx(at[1], abs=3)
    page.evaluate("window.scrollTo(0, 0)")
    page.mouse.wheel(0, 200)  # without Ctrl it is the page that scrolls
    page.wait_for_function("() => scrollY > 0")
    assert _scale(page) == pytest.approx(factor)
    frame.evaluate(_PINCH)
    assert _scale(page) == pytest.approx(factor * 1.5, rel=0.02)


_PINCH = """f => {
  const { left, top } = f.getBoundingClientRect();
  const touch = (identifier, x) => new Touch({ identifier, target: f, clientX: left + x, clientY: top + 100 });
  const say = (type, ...touches) =>
    f.dispatchEvent(new TouchEvent(type, { touches, bubbles: true, cancelable: true }));
  say("touchstart", touch(1, 100), touch(2, 200));
  say("touchmove", touch(1, 75), touch(2, 225));
  say("touchend");
}"""


def test_dragging_pans_and_does_not_follow_the_link(page: Page, folder: Path) -> None:
    _open(page, folder, "skala:200;pusat:600,300")
    page.locator(".papan").scroll_into_view_if_needed()
    before, address = _scrolled(page), page.url.partition("#")[0]
    box = _box(page, "trantibum").locator(".latar")
    box.scroll_into_view_if_needed()
    before = _scrolled(page)
    at = box.bounding_box()
    assert at is not None
    x, y = at["x"] + at["width"] / 2, at["y"] + 30
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y - 32, steps=4)
    page.mouse.up()
    assert _scrolled(page) == pytest.approx([before[0] + 40, before[1] + 32], abs=1)
    assert page.url.partition("#")[0] == address
    page.wait_for_function("() => location.hash.includes('pusat')")
    page.mouse.click(x - 40, y - 32)  # a click is a link again
    page.wait_for_url("**/kinerja/trantibum.html")


def test_branches_fold_and_the_address_tells(page: Page, folder: Path) -> None:
    _open(page, folder)
    whole = page.locator("svg.pohon").evaluate("s => s.outerHTML")
    fold = _fold(page, "Lipat cabang Meningkatnya Penyelenggaraan Pemerintahan Desa")
    fold.scroll_into_view_if_needed()
    size = fold.bounding_box()
    assert size is not None
    assert min(size["width"], size["height"]) >= 24
    foot = size["y"]
    assert fold.get_attribute("aria-expanded") == "true"
    fold.click()
    assert _fold(page, "Buka cabang Meningkatnya Penyelenggaraan Pemerintahan Desa (6 kotak)").inner_text() == "+6"
    assert len(_seen(page)) == 16
    assert _state(page) == "tingkat:0;lipat:pemdes"
    folded = _fold(page, "Buka cabang Meningkatnya Penyelenggaraan").bounding_box()
    assert folded is not None
    assert folded["y"] == pytest.approx(foot, abs=1)  # what was clicked stays under the pointer
    size_now = page.locator("svg.pohon").evaluate("s => [s.getAttribute('viewBox'), s.getAttribute('width')]")
    assert size_now[0].split()[2] == size_now[1]
    assert int(size_now[1]) < 1268
    _fold(page, "Buka cabang Meningkatnya Penyelenggaraan").click()
    assert _state(page) == ""
    assert _without_marks(page.locator("svg.pohon").evaluate("s => s.outerHTML")) == _without_marks(whole)
    page.get_by_role("combobox", name="Buka").select_option(label="sampai tingkat 3: Kondisi")
    assert len(_seen(page)) == 9
    assert _state(page) == "tingkat:3"
    _fold(page, "Buka cabang Meningkatnya Fasilitasi Pelayanan").click()
    assert _state(page) == "tingkat:3;buka:pelayanan"
    page.reload()
    assert len(_seen(page)) == 10
    page.get_by_role("combobox", name="Buka").select_option(label="semua cabang")
    assert len(_seen(page)) == 22


def _without_marks(svg: str) -> str:
    return svg.replace(' tabindex="0"', ' tabindex="-1"')


def test_a_branch_stands_alone_under_its_trail(page: Page, folder: Path) -> None:
    _open(page, folder)
    _box(page, "pemberdayaan").hover()
    page.get_by_role("button", name="Fokus ke cabang Meningkatnya Fasilitasi Pemberdayaan").click()
    seen = _seen(page)
    assert seen[:3] == ["tata-kelola", "isu-pemberdayaan", "pemberdayaan"]
    assert len(seen) == 6
    trail = page.get_by_role("navigation", name="Jejak ke outcome")
    assert trail.get_by_role("listitem").all_inner_texts()[-1] == "Meningkatnya Fasilitasi Pemberdayaan Masyarakat"
    assert _state(page) == "fokus:pemberdayaan"
    assert page.get_by_role("status").inner_text() == "Cabang Meningkatnya Fasilitasi Pemberdayaan Masyarakat: 6 kotak."
    trail.get_by_role("button", name="Terwujudnya Tata Kelola").click()
    assert len(_seen(page)) == 22
    assert _state(page) == "fokus:tata-kelola"
    page.get_by_role("button", name="Tampilkan seluruh pohon").click()
    assert _state(page) == ""
    assert not trail.is_visible()
    _open(page, folder, "fokus:tidak-ada;lipat:hilang,pemdes;sorot:pk.entah;tingkat:x;skala:-3;%E0%A4%A:1")
    assert len(_seen(page)) == 16  # unknown ids are passed over, the known one is folded


def test_highlight_by_position_unit_and_level(page: Page, folder: Path) -> None:
    _open(page, folder)
    choose = page.get_by_role("combobox", name="Sorot")
    assert choose.locator("optgroup").evaluate_all("all => all.map((g) => g.label)") == ["Jabatan", "Unit", "Jenjang"]
    choose.select_option(label="PK Kasi Trantibum")
    status = page.locator(".kabar-gambar")
    assert status.inner_text() == "1 kinerja: PK Kasi Trantibum"
    assert page.locator(".kotak.sorot").count() == 1
    assert page.locator(".kotak.samar").count() == 21
    assert _box(page, "trantibum").locator(".latar").evaluate("r => getComputedStyle(r).strokeWidth") == "5px"
    assert _state(page) == "sorot:pk.kasi-trantibum"
    page.emulate_media(
        forced_colors="active"
    )  # colours say nothing: the band is full or hollow, the line thick or dotted
    lit, faded = (page.locator(f".kotak.{look}").first.evaluate(_LOOK) for look in ("sorot", "samar"))
    assert (lit["width"], lit["dashes"]) == ("5px", "none")
    assert (faded["width"], faded["opacity"]) == ("1.5px", "1")
    assert faded["dashes"] != "none"
    assert faded["band"] == faded["ground"] == lit["ground"] != lit["band"]
    page.emulate_media(forced_colors="none")
    level = page.get_by_role("button", name="Kondisi operasional")
    level.click()
    assert level.get_attribute("aria-pressed") == "true"
    assert status.inner_text() == "8 kinerja: Kondisi operasional"
    _fold(page, "Lipat cabang Meningkatnya Penyelenggaraan Pemerintahan Desa").click()
    assert status.inner_text() == "8 kinerja: Kondisi operasional, 4 di antaranya tidak tampak"
    level.click()
    assert status.inner_text() == ""
    assert page.locator(".kotak.samar").count() == 0
    unit = choose.locator("optgroup[label=Unit] option").first
    choose.select_option(label=unit.inner_text())
    page.reload()
    assert status.inner_text().endswith(f"kinerja: {unit.inner_text()}")
    page.go_back()
    _open(page, folder)
    page.evaluate("location.hash = '#gambar=sorot:jenjang.csf'")
    page.wait_for_function("() => document.querySelectorAll('.kotak.sorot').length === 4")


_LOOK = """k => {
  const [edge, band] = [".latar", ".pita"].map((part) => getComputedStyle(k.querySelector(part)));
  const { strokeWidth: width, strokeDasharray: dashes, fill: ground } = edge;
  return { width, dashes, ground, band: band.fill, opacity: getComputedStyle(k).opacity };
}"""


def test_support_across_branches_shows_on_demand(page: Page, folder: Path) -> None:
    _open(page, folder, path="dukung/index.html")
    drawn = page.locator(".hubungan .putus")
    assert drawn.count() == 0
    _box(page, "antrean").hover()
    assert str(drawn.get_attribute("d")).count("M") == 1
    _box(page, "latihan").hover()
    assert drawn.count() == 0
    _box(page, "aman").focus()
    assert str(drawn.get_attribute("d")).count("M") == 1
    switch = page.get_by_role("button", name="Tampilkan hubungan")
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    assert str(drawn.get_attribute("d")).count("M") == 2
    assert page.locator(".hubungan .panah").count() == 1
    _fold(page, "Lipat cabang Terselenggaranya Loket").click()  # its head now stands for the folded box
    assert str(drawn.get_attribute("d")).count("M") == 2
    _open(page, folder)
    assert not switch.is_visible()  # nothing in this tree supports another branch


def test_everything_by_keyboard(page: Page, folder: Path) -> None:
    _open(page, folder)

    def focused() -> str:
        text: str = page.evaluate("document.activeElement.dataset.id ?? document.activeElement.ariaLabel")
        return text

    page.locator(".papan .gambar").focus()
    page.keyboard.press("Tab")
    assert focused() == "tata-kelola"  # one box is a stop, then its buttons
    for key, wanted in (
        ("ArrowDown", "isu-pelayanan"),
        ("ArrowRight", "isu-pemberdayaan"),
        ("ArrowRight", "isu-kondusifitas"),
        ("ArrowDown", "trantibum"),
        ("ArrowUp", "isu-kondusifitas"),
        ("ArrowLeft", "isu-pemberdayaan"),
        ("ArrowDown", "pemberdayaan"),
    ):
        page.keyboard.press(key)
        assert focused() == wanted
        assert page.locator(":focus").evaluate(_INSIDE)
    page.keyboard.press(" ")
    assert _state(page) == "tingkat:0;lipat:pemberdayaan"
    page.keyboard.press(" ")
    page.keyboard.press("Tab")
    assert focused() == "Lipat cabang Meningkatnya Fasilitasi Pemberdayaan Masyarakat"
    page.keyboard.press("Enter")
    assert focused() == "Buka cabang Meningkatnya Fasilitasi Pemberdayaan Masyarakat (3 kotak)"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused() == "Fokus ke cabang Meningkatnya Fasilitasi Pemberdayaan Masyarakat"
    page.keyboard.press("Enter")
    assert _state(page) == "fokus:pemberdayaan"
    assert focused() == "pemberdayaan"
    for key, wanted in (  # in a column the keys go as in a list
        ("ArrowDown", "pembermas"),
        ("ArrowDown", "musrenbang"),
        ("ArrowDown", "sdm-keluarga"),
        ("ArrowUp", "musrenbang"),
        ("ArrowLeft", "pembermas"),
    ):
        page.keyboard.press(key)
        assert focused() == wanted
    page.keyboard.press("Escape")
    assert _state(page) == ""
    page.keyboard.press("f")
    assert _state(page).startswith("fokus:")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kinerja/*.html")


def test_full_screen_and_back(page: Page, folder: Path) -> None:
    _open(page, folder)
    page.get_by_role("button", name="Layar penuh").click()
    board = page.locator(".papan")
    page.wait_for_function("() => document.fullscreenElement !== null")
    size = board.bounding_box()
    assert size is not None
    assert (size["x"], size["y"], size["width"]) == (0, 0, DESK["width"])
    frame = page.locator(".papan .gambar")
    frame.hover()
    before = _scale(page)
    page.mouse.wheel(0, -120)
    grown = "parseFloat(document.querySelector('.kanvas').style.width) / 1268"
    page.wait_for_function(f"() => Math.abs({grown} - {before}) > .05")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.fullscreenElement === null")
    assert not board.evaluate("b => b.hasAttribute('data-p-penuh')")
    page.evaluate("() => { document.documentElement.requestFullscreen = () => Promise.reject(new TypeError()); }")
    page.get_by_role("button", name="Layar penuh").click()  # denied: the board covers the window all the same
    assert board.bounding_box() == size
    page.evaluate("document.activeElement.blur()")  # as in Safari, where a click on a button does not focus it
    page.keyboard.press("Escape")
    assert not board.evaluate("b => b.hasAttribute('data-p-penuh')")


def test_full_screen_prints_as_any_other_view(page: Page, folder: Path) -> None:
    _open(page, folder)
    before = _printed(page)
    assert sum(text.startswith("KONDISI OPERASIONAL") for text, *_ in before) == 8
    page.get_by_role("button", name="Layar penuh").click()
    page.wait_for_function("() => document.fullscreenElement !== null")
    assert _printed(page) == before


def _printed(page: Page) -> list[tuple[str, int, int, int]]:
    """Give the texts of the printed page, each with its sheet and where it stands on it."""
    from pypdf import PdfReader

    found: list[tuple[str, int, int, int]] = []
    for number, sheet in enumerate(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages):

        def note(text: str, now: _Matrix, text_now: _Matrix, *_: object, number: int = number) -> None:
            x, y = text_now[4:]
            a, b, c, d, e, f = now
            if text.strip():
                found.append((text.strip(), number, round(a * x + c * y + e), round(b * x + d * y + f)))

        sheet.extract_text(visitor_text=note)
    return found


def test_the_link_to_a_view_can_be_copied(browser: Browser, folder: Path) -> None:
    context = browser.new_context(viewport=DESK, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    _open(page, folder, "fokus:trantibum")
    page.get_by_role("button", name="Salin tautan").click()
    page.get_by_text("Tautan ke tampilan ini disalin.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    page.get_by_role("button", name="Salin tautan").click()
    field = page.get_by_label("Tautan ke tampilan ini")
    field.wait_for()
    assert page.evaluate("getSelection().toString()") == field.input_value() == page.url
    context.close()


def test_a_swap_of_the_page_keeps_the_view(page: Page, folder: Path) -> None:
    _open(page, folder, "lipat:pemdes;sorot:jenjang.csf;skala:150;pusat:500,200")
    before = [_seen(page), _scale(page), _scrolled(page), page.get_by_role("status").inner_text()]
    fold = _fold(page, "Buka cabang Meningkatnya Penyelenggaraan")
    fold.focus()
    page.evaluate(_SWAP)
    assert [_seen(page), _scale(page), _scrolled(page), page.get_by_role("status").inner_text()] == before
    assert fold.count() == 1
    page.evaluate("document.dispatchEvent(new Event('pokin:halaman'))")  # also where nothing was put back
    assert [_seen(page), _scale(page), _scrolled(page), page.get_by_role("status").inner_text()] == before
    fold.click()
    assert len(_seen(page)) == 22
    legend = page.locator("[data-jenjang=csf]")
    legend.evaluate("li => { li.dataset.jenjang = 'antara'; }")  # another level took its place in the tree
    page.evaluate(_SWAP)
    legend = page.locator("[data-jenjang=antara]").first
    legend.get_by_role("button").click()
    assert _state(page).startswith("sorot:jenjang.antara;")
    _open(page, folder, "fokus:pemdes")
    said = "Cabang Meningkatnya Penyelenggaraan Pemerintahan Desa: 9 kotak."
    assert page.get_by_role("status").inner_text() == said
    page.evaluate(_SWAP)
    assert page.get_by_role("status").inner_text() == said


_SWAP = """() => {
  const html = document.documentElement.outerHTML.replace(/ style="[^"]*"/g, "");
  const page = new DOMParser().parseFromString(html, "text/html");
  const svg = page.querySelector("svg.pohon");
  for (const node of page.querySelectorAll("[data-p-naskah]:not(button)")) node.remove();
  for (const node of svg.querySelectorAll("[display]")) node.removeAttribute("display");
  svg.removeAttribute("data-tata");
  document.querySelector(".kanvas").replaceChildren(svg);
  document.dispatchEvent(new Event("pokin:halaman"));
}"""


def test_paper_shows_what_the_reader_sees_at_its_size(page: Page, folder: Path) -> None:
    _open(page, folder, "tingkat:3;skala:250")
    page.emulate_media(media="print")
    svg = page.locator("svg.pohon")
    width, style = svg.evaluate("s => [Number(s.getAttribute('width')), getComputedStyle(s).width]")
    assert float(style.removesuffix("px")) <= width
    assert page.locator(".lapis").is_hidden()
    assert page.locator(".alat-gambar").is_hidden()
    assert len(_seen(page)) == 9


def test_without_scripts_the_whole_picture_stands(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto((folder / "glenmore/index.html").as_uri())
    assert page.get_by_role("button").count() == 0
    assert page.locator(".papan .gambar").bounding_box() is not None
    assert page.locator("svg.pohon").bounding_box()["width"] > 1000  # type: ignore[index]  # it is there
    context.close()


@pytest.mark.parametrize("path", ["kecamatan/index.html", "kecamatan/kinerja/pemdes.html", "glenmore/index.html"])
def test_a_phone_can_use_it(browser: Browser, folder: Path, path: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce")
    page = context.new_page()
    _open(page, folder, path=path)
    for closed in page.get_by_text("Pilihan", exact=True).all():
        assert page.locator(".papan .gambar").evaluate("f => f.getBoundingClientRect().top + scrollY") < PHONE["height"]
        closed.click()
    page.evaluate("document.dispatchEvent(new Event('pokin:halaman'))")  # what the reader has opened stays open
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    sizes = page.locator(".papan button:visible, .papan select").evaluate_all(
        "all => all.map((b) => b.getBoundingClientRect()).map((b) => Math.min(b.width, b.height))"
    )
    assert min(sizes) >= 24
    assert _scale(page) >= 0.6
    choices = page.locator(".papan select").all()
    page.set_viewport_size(DESK)
    for choice in choices:
        expect(choice).to_be_visible()
    page.set_viewport_size(PHONE)
    for choice in choices:
        expect(choice).to_be_hidden()
    context.close()


def test_fingers_scroll_the_picture_and_pinch_it(browser: Browser, folder: Path) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(5000)
    problems = problems_of(page)
    _open(page, folder, "tingkat:0;skala:100")
    fingers = _Fingers(page)
    page.locator(".papan .gambar").evaluate("f => f.scrollIntoView({ block: 'center' })")
    height = page.evaluate("scrollY")
    left, top = _scrolled(page)
    fingers.stroke([(180, 400)], [(80, 400)])  # one finger goes over the picture, both ways
    fingers.stroke([(180, 400)], [(180, 200)])
    page.wait_for_function(_SCROLLED, arg=[left + 60, top + 150, height])
    assert page.evaluate("scrollY") == height
    for _ in range(4):  # and at its end over the page
        fingers.stroke([(180, 550)], [(180, 150)])
    page.wait_for_function(_SCROLLED, arg=[left + 60, top + 700, height + 150])
    page.evaluate("height => scrollTo(0, height)", height)

    page.locator(".papan .gambar").evaluate("f => f.scrollTo(300, 300)")
    before = [_scale(page), *_under(page, 180, 400)]
    fingers.stroke([(150, 400), (210, 400)], [(120, 400), (240, 400)])
    assert _scale(page) == pytest.approx(before[0] * 2, rel=0.02)
    assert _under(page, 180, 400) == pytest.approx(before[1:], abs=2)  # what was between the fingers stays there
    fingers.stroke([(120, 350), (240, 350)], [(150, 400), (210, 400)])  # pinched and moved at once
    assert _scale(page) == pytest.approx(before[0], rel=0.02)
    assert _under(page, 180, 400) == pytest.approx([before[1], before[2] - 25], abs=3)
    assert page.evaluate("[visualViewport.scale, scrollY]") == [1, height]
    assert len(_seen(page)) == 22
    _box(page, "pemberdayaan").tap()  # a finger that stays where it is follows the link
    page.wait_for_url("**/kinerja/*.html")
    assert problems == []
    context.close()


_SCROLLED = """([left, top, height]) => {
  const { scrollLeft, scrollTop } = document.querySelector(".papan .gambar");
  return scrollLeft > left && scrollTop > top && scrollY >= height;
}"""


# What scripts have scrolled, the part of the browser that scrolls under fingers knows when it has been painted.
_PAINTED = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => done(Date.now() / 1000)));
})"""


class _Fingers:
    """Fingers on the glass, as the browser itself is told of them."""

    def __init__(self, page: Page) -> None:
        self.page, self.session = page, page.context.new_cdp_session(page)

    def stroke(self, start: Sequence[tuple[float, float]], end: Sequence[tuple[float, float]]) -> None:
        """Put fingers down, move them, hold them still for half a second (so that nothing swings on), lift them."""
        steps, now = 16, float(self.page.evaluate(_PAINTED))
        self._say("touchStart", start, now)
        for step in (*range(1, steps + 1), 3 * steps):
            way = min(step, steps) / steps
            at = [(x + (p - x) * way, y + (q - y) * way) for (x, y), (p, q) in zip(start, end, strict=True)]
            self._say("touchMove", at, now + step / 64)
        self._say("touchEnd", [], now + 1)

    def _say(self, kind: str, points: Sequence[tuple[float, float]], when: float) -> None:
        touches = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
        event = {"type": kind, "touchPoints": touches, "timestamp": when}
        self.session.send("Input.dispatchTouchEvent", event)


def _under(page: Page, x: float, y: float) -> list[float]:
    """Give the point of the picture at a place of the window."""
    left, top = page.locator("svg.pohon").evaluate("s => [s.getBoundingClientRect().x, s.getBoundingClientRect().y]")
    return [(x - left) / _scale(page), (y - top) / _scale(page)]


def test_the_browser_lays_out_as_python_does(page: Page, folder: Path) -> None:
    chance = random.Random(6)
    trees = [_random_tree(chance, count) for count in (1, 2, 3, 5, 8, 13, 21, 34, 55, 120) for _ in range(4)]
    trees += [_wide_tree(chance, count) for count in (8, 13, 21, 34, 55, 120, 400) for _ in range(4)]
    pictures = "".join(_board(children, sizes) for children, sizes in trees)
    _open(page, folder)
    page.evaluate(
        """pictures => {
          document.querySelector(".papan").outerHTML = pictures;
          document.dispatchEvent(new Event("pokin:halaman"));
          for (const levels of document.querySelectorAll("[data-alat=tingkat]")) {
            levels.append(new Option("semua, ditata di sini", "999", true, true));
            levels.dispatchEvent(new Event("change", { bubbles: true }));
          }
        }""",
        pictures,
    )
    placed = page.locator("svg.pohon").evaluate_all(
        """all => all.map((svg) => [svg.getAttribute("viewBox"), ...[...svg.querySelectorAll(".kotak")]
          .map((k) => k.getAttribute("transform"))])"""
    )
    assert len(placed) == len(trees)
    plans = [fitting_plan(*tree) for tree in trees]
    assert sum(plan.limit is not None for plan in plans) > 10
    for found, plan, (children, _) in zip(placed, plans, trees, strict=True):
        assert len(set(choices(children))) >= 1
        assert found == [f"0 0 {plan.width} {plan.height}", *(f"translate({p.x} {p.y})" for p in plan.places)]


def test_the_browser_draws_lines_as_python_does(page: Page, folder: Path) -> None:
    for tree in ("kecamatan", "glenmore", "dukung", "lebar"):
        drawn = re.search(r'class="garis"[^>]* d="([^"]+)"', (folder / tree / "index.html").read_text("utf-8"))
        _open(page, folder, "tingkat:99", path=f"{tree}/index.html")
        assert drawn
        assert page.locator(".garis").get_attribute("d") == drawn[1]


def test_many_siblings_stand_in_several_columns(page: Page, folder: Path) -> None:
    _open(page, folder, path="lebar/index.html")
    whole = page.locator(".garis").get_attribute("d")
    lefts = page.locator(".kotak-kondisi").evaluate_all(_LEFTS)
    assert lefts == sorted(lefts)
    assert len(set(lefts)) > 3
    assert _scale(page) >= 0.6
    _fold(page, "Lipat cabang Meningkatnya Pelayanan 0").click()
    assert _box(page, "a0").is_hidden()
    assert len(set(page.locator(".kotak-kondisi").evaluate_all(_LEFTS))) > 3
    _fold(page, "Buka cabang Meningkatnya Pelayanan 0").click()
    assert page.locator(".garis").get_attribute("d") == whole
    page.set_viewport_size(PHONE)  # a narrow frame is scrolled down one column
    _open(page, folder, path="lebar/index.html")
    assert len(set(page.locator(".kotak-kondisi").evaluate_all(_LEFTS))) == 1


_LEFTS = "all => all.map((k) => Number(/-?[\\d.]+/.exec(k.getAttribute('transform'))[0]))"


def _random_tree(chance: random.Random, count: int) -> tuple[Children, list[tuple[int, int]]]:
    bushy = chance.choice((1, 3, 8))
    children = [child for child in range(1, count) if chance.random() > 0.02]
    links = tuple((max(0, child - chance.randint(1, bushy)), child) for child in children)
    return children_of(count, links), _random_sizes(chance, count)


def _wide_tree(chance: random.Random, count: int) -> tuple[Children, list[tuple[int, int]]]:
    """Give a tree with many siblings, whose columns break on a screen."""
    spread = chance.choice((3, 8, 30))
    links = tuple((chance.randrange(1 + child // spread), child) for child in range(1, count))
    return children_of(count, links), _random_sizes(chance, count)


def _random_sizes(chance: random.Random, count: int) -> list[tuple[int, int]]:
    return [(chance.choice((184, 216)), chance.randint(30, 140)) for _ in range(count)]


def _board(children: Children, sizes: Sequence[tuple[int, int]]) -> str:
    """Give a picture with all its boxes in one place, and a choice of levels, so that the browser lays it out."""
    parents = {child: parent for parent, below in enumerate(children) for child in below}
    boxes = "".join(
        f'<a href="#" class="kotak kotak-antara" transform="translate(0 0)" data-n="{n}" data-id="b-{n}"'
        + (f' data-i="{parents[n]}"' if n in parents else "")
        + f'><rect class="latar" width="{width}" height="{height}"/></a>'
        for n, (width, height) in enumerate(sizes)
    )
    return (
        '<div class="papan"><div class="alat-gambar" hidden><span class="skala"></span>'
        '<select data-alat="tingkat"></select><select data-alat="sorot"><option></option></select></div>'
        '<div class="gulir gambar">'
        f'<div class="kanvas"><svg class="pohon" width="9" height="9" data-rentang="1">{boxes}</svg></div></div></div>'
    )
