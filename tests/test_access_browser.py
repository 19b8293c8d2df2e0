"""Access in a real browser, on the richest page of every kind: axe, keyboard, focus, contrast, width, spacing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.access import (
    COLOURS,
    STANDARDS,
    cut_off,
    faint_in_pictures,
    moving,
    sideways,
    space,
    unseen_focus,
    violations,
    walk,
)
from tests.browser import chromium, problems_of
from tests.rich import kinds, rich_site, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import Literal

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LOOKS: tuple[tuple[Literal["light", "dark"], Literal["none", "active"]], ...] = (
    ("light", "none"),
    ("dark", "none"),
    ("light", "active"),
)
DESKTOP, PHONE, ZOOMED = (1280, 900), (320, 740), (640, 450)
# It may be shown at any address, so it looks for the static files in every folder above.
NOWHERE = "/404.html"
# The outcome's page has what a kondisi's has not; the others are the richest of their kind.
MORE = ("lengkap/kinerja/tata-kelola.html",)


def search(page: Page) -> None:
    page.get_by_role("button", name="Cari").click()
    page.keyboard.type("pelayanan")
    expect(page.get_by_role("dialog").get_by_role("option").first).to_be_visible()


def help_with_the_picture(page: Page) -> None:
    page.locator(".bantuan-gambar > summary").click()


def relations_in_the_picture(page: Page) -> None:
    page.get_by_role("button", name="Tampilkan hubungan").click()


def focus_in_the_picture(page: Page) -> None:
    page.goto(f"{page.url}#fokus=pelayanan")
    page.reload()


def whole_screen(page: Page) -> None:
    page.get_by_role("button", name="Layar penuh").click()


def agreement(page: Page) -> None:
    page.goto(f"{page.url}#{page.locator('.lembar-perjanjian').first.get_attribute('id')}")


# What a reader can open on the page of a template; axe judges the page after each as well. Append what a script adds.
OPENED: Mapping[str, tuple[Callable[[Page], object], ...]] = {
    "beranda.html.j2": (search,),
    "pohon.html.j2": (help_with_the_picture, relations_in_the_picture, focus_in_the_picture, whole_screen),
    "jabatan.html.j2": (agreement,),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(rich_site(), tmp_path_factory.mktemp("situs"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    problems = problems_of(opened)
    yield opened
    searching = opened.url.endswith(NOWHERE)
    opened.close()
    assert [p for p in problems if not (searching and ("ERR_FILE_NOT_FOUND" in p or "/statis/" in p))] == []


def pages() -> tuple[tuple[str, str], ...]:
    """Give every page to look at with its template."""
    return (*kinds().items(), *(("kinerja.html.j2", path) for path in MORE))


def resize(page: Page, size: tuple[int, int]) -> None:
    """Give the window another size, and let the page's scripts hear of it."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def judged(page: Page) -> str:
    """Let axe judge the page as it is, in every look and at both widths; give what it finds, and where."""
    found: list[str] = []
    for size in (DESKTOP, PHONE):
        resize(page, size)
        for look in LOOKS:
            page.emulate_media(color_scheme=look[0], forced_colors=look[1])
            asked = STANDARDS if look == LOOKS[0] else COLOURS
            found += [f"{size[0]} px, {look[0]}, forced colours {look[1]}: {w}" for w in violations(page, asked)]
    return "\n".join(found)


@pytest.mark.parametrize(("template", "path"), pages())
def test_axe_finds_nothing(page: Page, folder: Path, template: str, path: str) -> None:
    page.goto((folder / path).as_uri())
    assert not judged(page)
    for open_it in OPENED.get(template, ()):
        page.goto((folder / path).as_uri())
        resize(page, DESKTOP)
        open_it(page)
        assert not judged(page), open_it


@pytest.mark.parametrize("path", [path for _, path in pages()])
def test_the_keyboard_reaches_everything_in_order_and_its_place_is_seen(page: Page, folder: Path, path: str) -> None:
    page.goto((folder / path).as_uri())
    stops, could, out_of_order = walk(page)
    assert (stops, out_of_order) == (could, [])
    for scheme, size in (("light", DESKTOP), ("dark", PHONE)):
        resize(page, size)
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert unseen_focus(page) == []
        assert faint_in_pictures(page) == []


@pytest.mark.parametrize("path", [path for _, path in pages()])
def test_nothing_is_lost_when_it_is_narrow_zoomed_spaced_or_still(page: Page, folder: Path, path: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto((folder / path).as_uri())
    assert moving(page) == []
    for size in (PHONE, ZOOMED):
        resize(page, size)
        assert sideways(page) == []
    space(page)
    for size in (PHONE, DESKTOP):
        resize(page, size)
        assert sideways(page) == []
        assert cut_off(page) == []


def test_the_first_link_leads_past_the_head(page: Page, folder: Path) -> None:
    page.goto((folder / "lengkap/index.html").as_uri())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Langsung ke isi")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
