"""The browser's side of the preview in a real Chromium: swapping pages in place, errors, the line to the server."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from pokin_dsl.edge.preview.news import Problem, State
from tests.previews import Stage, running
from tests.sites import seed_site, site_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.previews import Running

pytestmark = pytest.mark.browser

TREE = """\
judul: Pohon Uji
jabatan [camat] Camat

outcome [layanan] Meningkatnya Kualitas Layanan
  @pk camat
  csf [prosedur] Belum Optimalnya Prosedur
    kondisi [antre] Tertatanya Antrean
      kondisi [nomor] Terpasangnya Nomor Antrean
      kondisi [loket] Bertambahnya Loket
      kondisi [papan] Terpasangnya Papan Petunjuk
    kondisi [kursi] Tersedianya Kursi Tunggu
  csf [warga] Belum Kuatnya Peran Warga
    kondisi [forum] Berjalannya Forum Warga
    kondisi [survei] Terlaksananya Survei Kepuasan
"""
HOME = "uji/index.html"
# A server that is away cannot be noticed without such a line in the console.
LINE_DOWN = re.compile(r"WebSocket connection to 'ws://127\.0\.0\.1:\d+/_pokin/kabar' failed")

MISREAD = Problem(
    "P003",
    "trees/uji.pokin",
    6,
    3,
    'Kata kunci "kondsi" tidak dikenal.',
    "Mungkin maksudnya kondisi.",
    ("  ", "kondsi", " Tertatanya Antrean"),
)
DANGLING = Problem(
    "P101",
    "trees/uji.pokin",
    5,
    7,
    'Rujukan "camt" tidak menunjuk apa pun.',
    "",
    ("  @pk ", "camt", ""),
    ("Lihat baris 2.",),
)


@cache
def site(text: str = TREE) -> Mapping[str, bytes]:
    return site_files({"uji.pokin": text})


def reworded(old: str, new: str) -> Mapping[str, bytes]:
    assert old in TREE
    return site(TREE.replace(old, new))


def page_of(main: str) -> str:
    """Give a page as the templates make one, with some content."""
    html = site()[HOME].decode()
    before, _, rest = html.partition('<main class="wadah" id="isi">')
    return f'{before}<main class="wadah" id="isi">{main}</main>{rest.partition("</main>")[2]}'


@pytest.fixture
def stage() -> Stage:
    return Stage(site())


@pytest.fixture
def server(stage: Stage) -> Iterator[Running]:
    with running(stage) as started:
        yield started


@dataclass
class Tabs:
    """Tabs of one window; what goes wrong in any of them fails the test, but for what is expected."""

    server: Running
    context: BrowserContext
    expected: list[re.Pattern[str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def open(self, path: str = HOME) -> Page:
        """Open a page, and wait until it and the server have greeted each other."""
        page = self.context.new_page()
        page.on("console", lambda m: self.problems.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        greeted = len(self.server.stage.watched)
        with page.expect_websocket() as line:
            page.goto(self.server.address + path)
        if not line.value.is_closed() and len(self.server.stage.watched) == greeted:
            line.value.wait_for_event("framereceived")
        page.evaluate("window.sejakDibuka = true")  # a reload would forget it
        return page

    def unexpected(self) -> list[str]:
        return [text for text in self.problems if not any(pattern.search(text) for pattern in self.expected)]


@pytest.fixture
def tabs(browser: Browser, server: Running) -> Iterator[Tabs]:
    context = browser.new_context(viewport={"width": 1000, "height": 600})
    opened = Tabs(server, context)
    yield opened
    context.close()
    assert opened.unexpected() == []


def not_reloaded(page: Page) -> bool:
    return bool(page.evaluate("window.sejakDibuka === true"))


def remember_flashes(page: Page) -> None:
    """Write down what flashes, for however short a time: its text (of a box its title) and how it looks."""
    page.evaluate(
        """() => {
          window.berkilat = [];
          new MutationObserver((all) => all.map((r) => r.target).forEach((e) => e.hasAttribute("data-p-kilat") &&
            berkilat.push({
              text: (e.querySelector("title") ?? e).textContent,
              box: e instanceof SVGElement ? e.getAttribute("href") : "",
              motion: getComputedStyle(e).animationName,
              outline: getComputedStyle(e).outlineStyle,
            }))).observe(document, { subtree: true, attributeFilter: ["data-p-kilat"] });
        }"""
    )


def flashes(page: Page) -> list[dict[str, str]]:
    """Give what has flashed, when all of it is over."""
    expect(page.locator("[data-p-kilat]")).to_have_count(0)
    seen: list[dict[str, str]] = page.evaluate("window.berkilat")
    return seen


# ------------------------------------------------------------------------------------------------------- swapping


def test_only_what_changed_is_touched_and_flashes_once(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open("uji/kinerja/antre.html")
    remember_flashes(page)
    page.evaluate(
        """() => {
          window.disentuh = new Set();
          new MutationObserver((all) => all.forEach((r) => r.attributeName !== "data-p-kilat" &&
            !r.target.matches?.(".kanvas") &&
            disentuh.add((r.target.nodeType === 3 ? r.target.parentElement : r.target).closest("a, h1, text, title, li")
              ?.textContent ?? r.target.nodeName)))
            .observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
        }"""
    )
    stage.publish(reworded("Bertambahnya Loket", "Bertambahnya Loket Layanan"))
    changed = page.get_by_role("link", name="Bertambahnya Loket Layanan")
    expect(changed.last).to_be_visible()
    touched = page.evaluate("[...window.disentuh]")
    assert touched
    assert all("Loket" in text for text in touched), touched
    assert not_reloaded(page)
    seen = flashes(page)
    assert any(flash["box"] for flash in seen)
    assert any(not flash["box"] for flash in seen)
    assert all("Bertambahnya Loket Layanan" in flash["text"] for flash in seen), seen


def test_in_a_picture_the_box_flashes_and_no_line(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open()
    remember_flashes(page)
    stage.publish(
        reworded("Berjalannya Forum Warga", "Berjalannya Forum Warga Setiap Bulan dengan Hasil yang Tercatat")
    )
    expect(page.get_by_role("link", name="Hasil yang Tercatat").last).to_be_attached()
    assert [flash["box"] for flash in flashes(page) if flash["box"]] == ["kinerja/forum.html"]


def test_without_motion_a_still_outline_comes_and_goes(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open()
    page.emulate_media(reduced_motion="reduce")
    remember_flashes(page)
    stage.publish(reworded("Tersedianya Kursi Tunggu", "Tersedianya Bangku"))
    expect(page.get_by_role("link", name="Tersedianya Bangku").last).to_be_attached()
    seen = flashes(page)
    assert {flash["motion"] for flash in seen} == {"none"}
    assert {flash["outline"] for flash in seen if not flash["box"]} == {"solid"}


def test_moved_rows_keep_their_elements(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open()
    page.evaluate(
        "document.querySelectorAll('.garis-besar li').forEach((li) => (li.semula = li.querySelector('a').href))"
    )
    nomor = "      kondisi [nomor] Terpasangnya Nomor Antrean\n"
    papan = "      kondisi [papan] Terpasangnya Papan Petunjuk\n"
    stage.publish(site(TREE.replace(nomor, "").replace(papan, papan + nomor)))
    rows = page.locator(".garis-besar li.daun")
    expect(rows.nth(2)).to_contain_text("Nomor Antrean")
    kept = "all => all.every((li) => li.semula === li.querySelector('a').href)"
    assert page.locator(".garis-besar li").evaluate_all(kept)


def test_what_the_reader_did_to_the_page_stays(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open()
    page.set_viewport_size({"width": 500, "height": 500})
    for _ in range(4):  # until the picture is wider than its frame
        page.get_by_role("button", name="Perbesar gambar").click()
    frame = page.locator(".gulir.gambar")
    frame.evaluate("f => (f.scrollLeft = 77)")
    page.locator("details", has_text="Tertatanya Antrean").last.locator("summary").first.click(
        position={"x": 9, "y": 12}
    )
    page.get_by_role("link", name="Survei Kepuasan").last.focus()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#j-garis'))")
    page.evaluate("window.scrollBy(0, document.querySelector('#j-garis').getBoundingClientRect().top - 60)")
    top = page.locator("#j-garis").evaluate("h => h.getBoundingClientRect().top")
    stage.publish(reworded("Tersedianya Kursi Tunggu", "Tersedianya Kursi Tunggu yang Nyaman"))
    expect(page.get_by_role("link", name="Kursi Tunggu yang Nyaman").last).to_be_attached()
    assert frame.evaluate("f => f.scrollLeft") == 77
    assert page.locator(".garis-besar details:not([open])").count() == 1
    assert page.evaluate("document.activeElement.textContent") == "Terlaksananya Survei Kepuasan"
    assert page.evaluate("getSelection().toString()") == "Pohon sebagai daftar"
    assert abs(page.locator("#j-garis").evaluate("h => h.getBoundingClientRect().top") - top) <= 1


def test_what_scripts_have_made_stays_in_place_and_in_use(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open("uji/tahap-4.html")
    page.get_by_text("Saring dan urutkan").click()
    page.get_by_label("Cari dalam tabel").fill("ber")
    order = page.locator("th .urut").first
    order.press("Enter")
    order.press("Enter")
    rows = page.locator("tbody tr")
    shown = rows.all_inner_texts()
    assert 1 < len(shown) < site()["uji/tahap-4.html"].decode().partition("<tbody>")[2].count("<tr")
    remember_flashes(page)
    page.evaluate("() => { window.berpindah = 0; addEventListener('focusin', () => (berpindah += 1)); }")
    stage.publish(reworded("Bertambahnya Loket", "Bertambahnya Loket Layanan"))
    expect(page.get_by_role("link", name="Bertambahnya Loket Layanan")).to_be_visible()
    assert rows.all_inner_texts() == [
        text.replace("Bertambahnya Loket", "Bertambahnya Loket Layanan") for text in shown
    ]
    assert {flash["text"] for flash in flashes(page)} == {"3. Bertambahnya Loket Layanan"}
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
    expect(order).to_be_focused()
    page.keyboard.press("/")
    page.locator("#cari-kata").fill("loket")
    expect(page.locator(".cari [role=option]")).to_have_count(1)
    before = page.evaluate("berpindah")
    stage.publish(reworded("Bertambahnya Loket", "Berlipatnya Loket"))
    expect(rows.filter(has_text="Berlipatnya Loket")).to_have_count(1)
    expect(page.locator("#cari-kata")).to_be_focused()
    assert page.evaluate("berpindah") == before
    for made in (".alat-tabel", "dialog.cari[open]", ".buka-cari:not([hidden])"):
        expect(page.locator(made)).to_have_count(1)


PARAGRAPHS = "".join(f'<p id="p-{n}x">Alinea {n}</p>' for n in range(60))


def test_the_place_that_is_read_stays_where_it_is(tabs: Tabs, stage: Stage) -> None:
    stage.files[HOME] = page_of(PARAGRAPHS).encode()
    page = tabs.open()
    page.evaluate("window.scrollTo(0, 700)")
    read = page.locator("#p-40x")
    top = read.evaluate("p => p.getBoundingClientRect().top")
    stage.show(HOME, page_of("<h2>Baru</h2>" * 9 + PARAGRAPHS))
    expect(page.get_by_text("Baru")).to_have_count(9)
    assert abs(read.evaluate("p => p.getBoundingClientRect().top") - top) <= 1
    assert page.evaluate("scrollY") > 700
    page.get_by_role("button", name="Perubahan di atas").click()
    expect(page.get_by_text("Baru").first).to_be_in_viewport()


@pytest.mark.parametrize(
    "paths",
    [
        ("kecamatan/tahap-5.html", "kecamatan/sumber.html", "kecamatan/indikator.html"),
        ("kecamatan/cetak.html", "kecamatan/pemeriksaan.html"),
    ],
)
def test_any_page_can_become_any_other(tabs: Tabs, stage: Stage, paths: tuple[str, ...]) -> None:
    stage.files = dict(seed_site())
    page = tabs.open("kecamatan/index.html")
    _remember_swaps(page)
    for shown in (*paths, "glenmore/index.html", *reversed(paths), "kecamatan/index.html"):
        html = seed_site()[shown].decode()
        stage.show("kecamatan/index.html", html)
        title = re.search("<title>(.*)</title>", html)
        assert title is not None
        expect(page).to_have_title(title[1])
        assert _without_scripts(page, "swapped") == _without_scripts(page, _parsed(html))
        expect(page.locator(".alat-tabel")).to_have_count(html.count("data-tabel="))  # its script has come with it
        expect(page.locator(".lembaran")).to_have_count(html.count("<form"))


def _remember_swaps(page: Page) -> None:
    """Keep what stands there when a page has been swapped and no script has seen it yet."""
    page.evaluate(
        """() => window.addEventListener("pokin:halaman", () => {
          window.swapped = { body: document.body.cloneNode(true) };
        }, true)"""
    )


def _parsed(html: str) -> str:
    return f"new DOMParser().parseFromString({json.dumps(html)}, 'text/html')"


def _without_scripts(page: Page, document: str) -> str:
    """Give a document's body without what is left to scripts: what they have added, and attributes that they rule."""
    text: str = page.evaluate(
        """() => {
          const body = DOCUMENT.body.cloneNode(true);
          for (const e of body.querySelectorAll("[data-p-naskah]"))
            e.replaceWith(...(e.dataset.pNaskah === "bungkus" ? e.childNodes : []));
          for (const e of body.querySelectorAll("*")) {
            e.removeAttribute("style");
            if (e.matches(".kotak")) e.removeAttribute("tabindex");
            if (e.dataset.pTanpa) e.removeAttribute(e.dataset.pTanpa);
            if (e.matches(".alat-gambar, .atur-cetak, [data-cetak], .saring-pohon")) e.removeAttribute("hidden");
            if (e.matches("[role=status]")) e.replaceChildren();
            for (const { name } of [...e.attributes]) if (name.startsWith("data-p-")) e.removeAttribute(name);
            if (e.matches("details")) e.removeAttribute("open");
            if (e.matches(".gulir")) e.removeAttribute("tabindex");
            e.classList.remove("bisa-digeser");
          }
          return body.innerHTML;
        }""".replace("DOCUMENT", document)
    )
    return text


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(
        st.sampled_from(("section", "div", "ul")), st.sampled_from(("", ' id="a"', ' id="b"', ' class="c"')), children
    ).map(lambda parts: "<{0}{1}>{2}</{0}>".format(*parts))


FRAGMENTS = st.recursive(
    st.sampled_from(
        ("satu", " ", "<p>dua</p>", '<a href="x">tiga</a>', "<b>satu</b>", "<p>empat <i>lima</i></p>", "<br>")
    ),
    lambda inner: _element(st.lists(inner, max_size=5).map("".join)),
    max_leaves=12,
)


def test_after_swapping_the_page_is_the_new_one(tabs: Tabs, stage: Stage) -> None:
    """For any two contents, with ids twice and texts side by side too."""
    page = tabs.open()
    _remember_swaps(page)
    marks = iter(range(10**6))

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(FRAGMENTS, max_size=6).map("".join))
    def swap(content: str) -> None:
        html = page_of(content).replace("<title>", f"<title>{next(marks)} ")
        title = re.search("<title>(.*)</title>", html)
        assert title is not None
        stage.show(HOME, html)
        expect(page).to_have_title(title[1])
        assert _without_scripts(page, "swapped") == _without_scripts(page, _parsed(html))

    swap()
    assert not_reloaded(page)


def test_a_huge_page_that_takes_too_long_is_replaced(tabs: Tabs, stage: Stage) -> None:
    stage.files[HOME] = page_of(PARAGRAPHS * 700).encode()
    page = tabs.open()
    _remember_swaps(page)
    page.evaluate("() => { let now = 0; performance.now = () => (now += 1000); }")
    html = page_of(PARAGRAPHS.replace("Alinea", "Paragraf") * 700)
    assert len(html) > 1_000_000
    stage.show(HOME, html.replace("<title>", "<title>Baru "))
    expect(page).to_have_title(re.compile("Baru"))
    assert _without_scripts(page, "swapped") == _without_scripts(page, _parsed(html))
    assert not_reloaded(page)


# ------------------------------------------------------------------------------------------------ errors and badges


def test_errors_are_listed_folded_and_vanish_when_mended(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open()
    title = page.title()
    icon = page.locator("link[rel=icon]").get_attribute("href")
    stage.judge(State((MISREAD, DANGLING), 3, 14, "uji/pemeriksaan.html", current=False))
    panel = page.get_by_role("region", name="Galat")
    expect(panel.get_by_role("heading")).to_have_text("2 galat")
    expect(panel).to_contain_text("Yang tampak di halaman adalah situs terakhir yang utuh.")
    expect(panel.locator("li").first).to_contain_text("Mungkin maksudnya kondisi.")
    expect(panel.locator("mark").first).to_have_text("kondsi")
    expect(panel.locator("mark").first).to_have_css("text-decoration-line", "underline")
    expect(panel.locator("li").last).to_contain_text("Lihat baris 2.")
    expect(page).to_have_title(f"✗ 2 galat · {title}")
    assert str(page.locator("link[rel=icon]").get_attribute("href")).startswith("data:image/svg+xml,")
    assert page.locator("body").is_visible()

    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    badge = page.get_by_role("button", name="2 galat")
    expect(badge).to_be_visible()
    stage.judge(State((MISREAD,), 3, 14, "uji/pemeriksaan.html", current=False))
    expect(page.get_by_role("button", name="1 galat")).to_be_visible()
    stage.judge(State((MISREAD, DANGLING), current=False))
    expect(panel.get_by_role("heading")).to_have_text("2 galat")

    stage.judge(State())
    expect(page.locator(".baik")).to_be_visible()
    expect(panel).to_be_hidden()
    expect(page).to_have_title(title)
    assert page.evaluate("document.querySelector('link[rel=icon]').href").endswith(str(icon).removeprefix("../"))
    expect(page.locator(".baik")).to_be_hidden()


def test_folded_errors_stay_folded_on_the_next_page(tabs: Tabs, stage: Stage) -> None:
    stage.now = State((MISREAD,), current=False)
    page = tabs.open()
    page.get_by_role("button", name="Lipat", exact=True).click()
    expect(page.get_by_role("button", name="1 galat")).to_be_visible()
    page.get_by_role("link", name="Indikator").first.click()
    expect(page).to_have_url(re.compile("indikator"))
    badge = page.get_by_role("button", name="1 galat")
    expect(badge).to_be_visible()
    expect(page.get_by_role("region", name="Galat")).to_be_hidden()
    badge.click()
    expect(page.get_by_role("region", name="Galat").get_by_role("heading")).to_be_focused()


def test_the_list_of_errors_keeps_the_focus_and_scrolls_in_itself(tabs: Tabs, stage: Stage) -> None:
    many = tuple(Problem("P003", "trees/uji.pokin", n, 1, f"Galat ke-{n}.", "") for n in range(1, 31))
    stage.now = State(many, current=False)
    page = tabs.open()
    place = page.get_by_role("button", name="trees/uji.pokin baris 30", exact=True)
    place.focus()
    expect(place).to_be_in_viewport()
    stage.judge(State(many[5:], current=False))
    expect(page.get_by_role("heading", name="25 galat")).to_be_visible()
    expect(place).to_be_focused()
    panel = page.get_by_role("region", name="Galat").bounding_box()
    assert panel is not None
    assert panel["height"] < 600 / 2


def test_a_place_opens_in_the_editor(tabs: Tabs, stage: Stage) -> None:
    stage.now = State((MISREAD,), current=False)
    page = tabs.open()
    place = page.get_by_role("button", name="trees/uji.pokin baris 6")
    with page.expect_response("**/_pokin/buka") as response:
        place.press("Enter")
    assert response.value.status == 200
    assert stage.opened == [("trees/uji.pokin", 6, 3)]
    stage.editor_says = "Penyunting tidak ditemukan. Tulis: pokin serve --editor code."
    tabs.expected.append(re.compile("503"))  # browsers log every failed request
    place.click()
    expect(page.get_by_role("alert")).to_have_text(stage.editor_says)


def test_warnings_are_a_quiet_link_and_nothing_when_there_are_none(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open()
    badge = page.locator(".pil.temuan")
    expect(badge).to_be_hidden()
    stage.judge(State((), 3, 14, "uji/pemeriksaan.html"))
    expect(page.get_by_role("link", name="3 peringatan · 14 info")).to_have_attribute("href", "/uji/pemeriksaan.html")
    stage.judge(State((), 0, 1, "uji/pemeriksaan.html"))
    expect(badge).to_have_text("1 info")
    stage.judge(State())
    expect(badge).to_be_hidden()


def test_a_title_that_changes_keeps_the_state_in_front(tabs: Tabs, stage: Stage) -> None:
    stage.now = State((MISREAD,))
    page = tabs.open()
    expect(page).to_have_title("✗ 1 galat · Pohon Uji")
    stage.publish(reworded("Pohon Uji", "Pohon Baru"))
    expect(page).to_have_title("✗ 1 galat · Pohon Baru")


def test_the_preview_takes_no_room_in_the_page_and_none_on_paper(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open()
    height = page.evaluate("document.documentElement.scrollHeight")
    stage.judge(State((MISREAD, DANGLING), 3, 14, "uji/pemeriksaan.html"))
    expect(page.get_by_role("region", name="Galat")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") == height
    page.emulate_media(media="print")
    expect(page.locator("pokin-pratinjau")).to_be_hidden()
    expect(page.get_by_role("region", name="Galat")).to_be_hidden()


# --------------------------------------------------------------------------------------------- pages that are gone


def test_a_page_that_is_gone_stays_readable_until_it_comes_back(tabs: Tabs, stage: Stage) -> None:
    path = "uji/kinerja/kursi.html"
    page = tabs.open(path)
    stage.lose(path, "Kinerja ini sudah dihapus.")
    notice = page.get_by_role("status")
    expect(notice).to_contain_text("Kinerja ini sudah dihapus.")
    expect(notice.get_by_role("link", name="Semua pohon")).to_have_attribute("href", "/index.html")
    expect(page.locator("html")).to_have_attribute("data-p-hilang", "")
    expect(page.get_by_role("heading", name="Tersedianya Kursi Tunggu").first).to_be_visible()
    stage.find_again(path)
    expect(notice).to_be_empty()
    expect(page.locator("html")).not_to_have_attribute("data-p-hilang", "")


def test_a_page_that_moved_is_followed(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open("uji/kinerja/kursi.html")
    stage.files.update(reworded("[kursi] Tersedianya Kursi", "[tunggu] Tersedianya Ruang"))
    stage.lose("uji/kinerja/kursi.html", "Kinerja ini kini beralamat lain.", "uji/kinerja/tunggu.html")
    notice = page.get_by_role("status")
    expect(notice).to_contain_text("Kinerja ini kini beralamat lain.")
    expect(page.locator("h1")).to_have_text("Tersedianya Ruang Tunggu")
    expect(page).to_have_url(re.compile("/uji/kinerja/tunggu.html$"))
    expect(page.locator("html")).not_to_have_attribute("data-p-hilang", "")
    notice.get_by_role("button", name="Tutup").click()
    expect(notice).to_be_empty()
    stage.publish({**reworded("[kursi] Tersedianya Kursi", "[tunggu] Tersedianya Kamar")})
    expect(page.locator("h1")).to_have_text("Tersedianya Kamar Tunggu")
    assert stage.watched[-1] == "uji/kinerja/tunggu.html"
    assert not_reloaded(page)


# --------------------------------------------------------------------------------------------- the line, the look


def test_a_server_that_comes_back_brings_the_newest(tabs: Tabs, stage: Stage, server: Running) -> None:
    tabs.expected.append(LINE_DOWN)
    page = tabs.open()
    server.stop()
    expect(page.locator(".putus")).to_be_visible()
    stage.publish(reworded("Tersedianya Kursi Tunggu", "Tersedianya Bangku"))
    server.start()
    expect(page.get_by_role("link", name="Tersedianya Bangku").last).to_be_visible()
    expect(page.locator(".putus")).to_be_hidden()
    assert not_reloaded(page)


def test_ten_tabs_all_show_the_newest(tabs: Tabs, stage: Stage) -> None:
    pages = [tabs.open() for _ in range(10)]
    stage.publish(reworded("Tersedianya Kursi Tunggu", "Tersedianya Bangku"))
    for page in pages:
        expect(page.get_by_role("link", name="Tersedianya Bangku").last).to_be_visible()
        assert not_reloaded(page)


def test_a_line_on_which_nothing_is_heard_is_opened_anew(tabs: Tabs, stage: Stage) -> None:
    tabs.context.clock.install()
    page = tabs.open()
    with page.expect_websocket():
        page.clock.run_for(27_000)
    stage.publish(reworded("Tersedianya Kursi Tunggu", "Tersedianya Bangku"))
    expect(page.get_by_role("link", name="Tersedianya Bangku").last).to_be_visible()
    assert not_reloaded(page)


def test_coming_back_to_a_page_by_the_back_button_shows_the_newest(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open()
    page.get_by_role("link", name="Indikator").first.click()
    expect(page).to_have_url(re.compile("indikator"))
    stage.publish(reworded("Tersedianya Kursi Tunggu", "Tersedianya Bangku"))
    page.go_back()
    expect(page.get_by_role("link", name="Tersedianya Bangku").last).to_be_visible()


def test_a_changed_style_replaces_the_old_one_without_a_moment_between(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open()
    sheets = page.locator("head link[rel=stylesheet][href*=gaya]")
    stage.files["statis/gaya.css"] += b"h1 { color: rgb(1, 2, 3); }"
    stage.change_statics("gaya.css")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    expect(sheets).to_have_count(1)
    stage.publish({**stage.files, **{k: v for k, v in reworded("Kursi", "Bangku").items() if k.endswith("html")}})
    expect(page.get_by_role("link", name="Tersedianya Bangku").last).to_be_visible()
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    assert not_reloaded(page)


@pytest.mark.parametrize("name", ["pokin.js", "pratinjau.js"])
def test_a_changed_script_reloads_the_page(tabs: Tabs, stage: Stage, name: str) -> None:
    page = tabs.open()
    with page.expect_event("load"):
        stage.change_statics(name)
    assert not not_reloaded(page)
