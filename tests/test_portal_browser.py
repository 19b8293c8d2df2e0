"""Many trees in a real browser: filtered while typing, sorted, readable on a phone; ties in every colour scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.portal import portal_texts
from tests.sites import on_disk, site_files

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
TREES = 45
_ORDER = "rows => rows.filter(r => !r.hidden && !r.closest('tbody').hidden).map(r => r.cells[0].innerText.trim())"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a site of many trees; one of them is at an earlier stage, and one is written worse than the others."""
    texts = {path.replace("dinas-uji-2", "badan-uji"): text for path, text in portal_texts(TREES)}
    texts["dinas-uji-1/unit-3.pokin"] = texts["dinas-uji-1/unit-3.pokin"].replace("tahap: 3", "tahap: 2")
    texts["badan-uji/unit-4.pokin"] += "    @pk tidak-ada\n    @pk siapa-itu\n    @pk entah\n"
    root = tmp_path_factory.mktemp("banyak")
    return on_disk(site_files(texts), root)


def rows(page: Page) -> list[str]:
    found: list[str] = page.locator(".tabel-portal tbody tr:not(.kelompok)").evaluate_all(_ORDER)
    return found


def groups(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".tabel-portal tbody:not([hidden]) h2").all_inner_texts()]


def test_trees_are_filtered_and_sorted(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    assert len(rows(page)) == TREES
    field, order, said = page.get_by_label("Saring pohon"), page.get_by_label("Urutkan"), page.get_by_role("status")
    field.fill("UNIT  uji 4")
    assert rows(page) == [f"Pohon Kinerja Unit Uji {n}" for n in (40, 41, 42, 43, 44, 4, 14, 24, 34)]
    assert said.inner_text() == f"9 dari {TREES} pohon"
    field.fill("badan")
    assert groups(page) == ["Badan Uji"]
    assert page.locator(".lompatan li:visible").count() == 1
    # The preview swaps the page in place: what the script has hidden comes back, and is hidden again.
    page.evaluate("for (const e of document.querySelectorAll('tbody')) e.hidden = false")
    page.evaluate("document.dispatchEvent(new Event('pokin:halaman'))")
    assert groups(page) == ["Badan Uji"]
    field.fill("tidak ada yang begini")
    assert rows(page) == []
    assert said.inner_text() == "Tidak ada pohon yang cocok."
    field.fill("")
    assert said.inner_text() == ""
    order.select_option("temuan")
    assert rows(page)[0] == "Pohon Kinerja Unit Uji 44"
    assert groups(page)[0] == "Badan Uji"
    order.select_option("tahap")
    assert rows(page)[0] == "Pohon Kinerja Unit Uji 23"
    assert groups(page) == ["Dinas Uji 1", "Badan Uji", "Dinas Uji 0"]
    order.select_option("")
    assert rows(page) == [f"Pohon Kinerja Unit Uji {n}" for n in range(40, 45)] + [
        f"Pohon Kinerja Unit Uji {n}" for n in range(40)
    ]


def test_nothing_needs_the_script(browser: Browser, folder: Path) -> None:
    opened = browser.new_page(java_script_enabled=False)
    opened.goto((folder / "index.html").as_uri())
    assert opened.get_by_label("Saring pohon").is_hidden()
    opened.get_by_role("navigation", name="Organisasi").get_by_role("link", name="Badan Uji").click()
    opened.get_by_role("link", name="Pohon Kinerja Unit Uji 44").click()
    assert opened.locator("h1").inner_text() == "Pohon Kinerja Unit Uji 44"
    opened.close()


def test_a_phone_reads_rows_as_cards_and_never_scrolls_sideways(page: Page, folder: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    for path in ("index.html", "dinas-uji-1/index.html", "crosscutting.html"):
        page.goto((folder / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.goto((folder / "index.html").as_uri())
    row = page.locator(".tabel-portal tbody tr:not(.kelompok)").first
    assert row.evaluate("r => getComputedStyle(r.cells[1], '::before').content") == '"Tahap "'
    assert row.evaluate("r => r.cells[0].offsetTop < r.cells[1].offsetTop")


def test_the_picture_of_ties_leads_on_and_shows_in_every_scheme(page: Page, folder: Path) -> None:
    page.goto((folder / "crosscutting.html").as_uri())
    strokes = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        strokes.add(page.locator(".kait .jalur").first.evaluate("p => getComputedStyle(p).stroke"))
    assert len(strokes) == 2
    page.emulate_media(forced_colors="active")
    seen = page.locator(".kait .jalur").evaluate_all("ps => [...new Set(ps.map(p => getComputedStyle(p).stroke))]")
    assert len(seen) == 1
    page.emulate_media(forced_colors="none")
    page.locator(".kaitan a").filter(has_text="Dinas Uji 1").first.click()
    assert page.url.endswith("index.html#o-dinas-uji-1")
