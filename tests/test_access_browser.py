"""Access in a real browser, on the richest page of every kind: keyboard, focus, lines of pictures, width, spacing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.access import (
    cut_off,
    faint_in_pictures,
    forgive_searching,
    moving,
    resize,
    sideways,
    space,
    unseen_focus,
    walk,
)
from tests.browser import lent
from tests.rich import looked_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

DESKTOP, PHONE, ZOOMED = (1280, 900), (320, 740), (640, 450)


@pytest.fixture
def page(opened: tuple[Page, list[str]]) -> Iterator[Page]:
    with lent(*opened) as page:
        yield page
        forgive_searching(*opened)


@pytest.mark.parametrize("path", [path for _, path in looked_at()])
def test_the_keyboard_reaches_everything_in_order_and_its_place_is_seen(
    page: Page, rich_folder: Path, path: str
) -> None:
    page.goto((rich_folder / path).as_uri())
    stops, could, out_of_order = walk(page)
    assert (stops, out_of_order) == (could, [])
    for scheme, size in (("light", DESKTOP), ("dark", PHONE)):
        resize(page, size)
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert unseen_focus(page) == []
        assert faint_in_pictures(page) == []


@pytest.mark.parametrize("path", [path for _, path in looked_at()])
def test_nothing_is_lost_when_it_is_narrow_zoomed_spaced_or_still(page: Page, rich_folder: Path, path: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto((rich_folder / path).as_uri())
    assert moving(page) == []
    for size in (PHONE, ZOOMED):
        resize(page, size)
        assert sideways(page) == []
    space(page)
    for size in (PHONE, DESKTOP):
        resize(page, size)
        assert sideways(page) == []
        assert cut_off(page) == []


def test_the_first_link_leads_past_the_head(page: Page, rich_folder: Path) -> None:
    page.goto((rich_folder / "lengkap/index.html").as_uri())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Langsung ke isi")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_the_pointer_brings_up_goes_at_escape(page: Page, rich_folder: Path) -> None:
    page.goto((rich_folder / "lengkap/index.html").as_uri())
    page.locator("svg.pohon a.kotak").nth(1).hover()
    brought = page.locator(".fokus-cabang.tampil")
    expect(brought).to_be_visible()
    page.keyboard.press("Escape")
    expect(brought).to_have_count(0)
