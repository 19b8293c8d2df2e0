"""The site in a real browser, straight from the folder: links followed, no console error, no sideways scrolling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import tab
from tests.sites import on_disk, seed_site

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PAGES = (
    "index.html",
    *(f"kecamatan/{name}.html" for name in ("index", "tahap-1", "tahap-2", "tahap-3", "tahap-4", "tahap-5")),
    *(
        f"kecamatan/{name}.html"
        for name in ("indikator", "pemeriksaan", "daftar-periksa", "sumber", "jabatan/index", "jabatan/pelaksana")
    ),
    *(f"kecamatan/kinerja/{name}.html" for name in ("tata-kelola", "isu-pelayanan", "pemdes")),
    *(f"glenmore/{name}.html" for name in ("index", "tahap-5", "indikator", "sumber", "kinerja/penunjang")),
    *(f"aturan/{name}.html" for name in ("index", "P106")),
)


@pytest.fixture(scope="module")
def opened(browser: Browser) -> tuple[Page, list[str]]:
    page, problems = tab(browser)
    page.on(
        "request",
        lambda r: problems.append(f"left the site: {r.url}") if not r.url.startswith(("file:", "about:")) else None,
    )
    return page, problems


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("situs #1 %41")  # characters that a careless address would break on
    return on_disk(seed_site(), root)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_with_its_look(page: Page, folder: Path, path: str) -> None:
    page.goto((folder / path).as_uri())
    assert page.locator("h1").count() == 1
    font = page.evaluate("getComputedStyle(document.body).fontFamily")
    assert "Arial" in font or "Liberation Sans" in font


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_never_scrolls_a_page_sideways(page: Page, folder: Path, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((folder / path).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_reader_walks_from_the_front_page_to_a_position_and_back(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="Pohon Kinerja Kecamatan", exact=True).first.click()
    page.get_by_role("link", name="Tahap 5").first.click()
    page.get_by_role("link", name="PK Kasi Pembermas").first.click()
    assert page.locator("h1").inner_text().strip() == "Kasi Pembermas"
    page.get_by_role("link", name="Meningkatnya Fasilitasi Pemberdayaan Masyarakat").first.click()
    assert "Meningkatnya Fasilitasi Pemberdayaan Masyarakat" in page.locator("h1").inner_text()
    page.get_by_role("link", name="Terwujudnya Tata Kelola Pemerintah Kecamatan yang Baik").first.click()
    assert page.url.endswith("/kecamatan/kinerja/tata-kelola.html")


def test_a_box_of_the_picture_is_a_link(page: Page, folder: Path) -> None:
    page.goto((folder / "kecamatan/index.html").as_uri())
    page.locator("svg.pohon a.kotak-operasional").first.click()
    assert "/kecamatan/kinerja/" in page.url


def test_what_is_written_of_a_kinerja_is_marked_in_the_source(page: Page, folder: Path) -> None:
    page.goto((folder / "kecamatan" / "kinerja" / "pemdes.html").as_uri())
    page.get_by_role("link", name="Lihat di sumber").click()
    line = page.locator(".baris", has=page.locator("#s-pemdes"))
    expect(line).to_contain_text("kondisi [pemdes]")
    assert line.evaluate("line => { const box = line.getBoundingClientRect(); return 0 <= box.top && box.top < 900 }")
    marked = line.evaluate("line => getComputedStyle(line).backgroundColor")
    assert marked != page.locator(".baris").first.evaluate("line => getComputedStyle(line).backgroundColor")


def test_the_site_reads_without_scripts(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "kecamatan/index.html").as_uri())
    assert page.get_by_role("link", name="Terlaksananya Peningkatan Kualitas SDM Keluarga").first.is_visible()
    context.close()


def test_paper_keeps_tables_as_tables(page: Page, folder: Path) -> None:
    page.set_viewport_size({"width": 680, "height": 960})  # the width of A4 between its margins
    page.emulate_media(media="print")
    page.goto((folder / "kecamatan/tahap-5.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
    assert page.evaluate("getComputedStyle(document.querySelector('tbody tr')).breakInside") == "avoid"
    assert not page.locator("nav").first.is_visible()
