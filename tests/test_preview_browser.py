"""The browser's side of the preview in a real Chromium: pages are swapped in place."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from tests.sites import seed_site
from tests.tabs import HOME, TREE, not_reloaded, page_of, reworded, site

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.previews import Stage
    from tests.tabs import Tabs

pytestmark = pytest.mark.browser


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
