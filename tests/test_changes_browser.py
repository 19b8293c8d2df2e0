"""The page of changes in a real browser: in the site, and alone as one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sites import on_disk, seed_texts
from tests.test_changes_page import AFTER, BEFORE, alone, seed_edited, site

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("situs")
    on_disk(site(seed_texts(), seed_edited()), root)
    (root / "sendiri.html").write_text(alone(BEFORE, AFTER), "utf-8")
    return root


@pytest.mark.parametrize("path", ["perubahan.html", "sendiri.html", "kecamatan/kinerja/laksana.html"])
def test_a_phone_never_scrolls_the_page_sideways(page: Page, folder: Path, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((folder / path).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_reader_goes_from_a_marked_node_to_its_change_and_from_the_picture_too(page: Page, folder: Path) -> None:
    page.goto((folder / "kecamatan/kinerja/laksana.html").as_uri())
    page.get_by_role("link", name="Lihat perubahannya").click()
    card = page.locator(":target")
    assert "Layanan Prima" in (card.locator("h4 ins").text_content() or "")
    page.goto((folder / "perubahan.html").as_uri())
    page.locator('a.kotak[href="#u.kecamatan.laksana"]').click()
    assert page.locator(":target").get_attribute("id") == "u.kecamatan.laksana"


def test_the_page_alone_has_its_look_and_asks_for_nothing_else(page: Page, folder: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "sendiri.html").as_uri())
    assert len(asked) == 1
    ins = page.locator("ins").first
    assert ins.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    assert page.locator("svg.pohon .kotak").count() > 10


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marked_words_can_be_read_on_their_ground(page: Page, folder: Path, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto((folder / "sendiri.html").as_uri())
    colours = page.evaluate(
        """() => ['ins', 'del', '.tanda-beda.beda-baru', '.tanda-beda.beda-ubah', '.tanda-beda.beda-pindah']
        .flatMap(s => document.querySelector(s) ? [document.querySelector(s)] : [])
        .map(e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor])"""
    )
    assert len(colours) >= 4
    for ink, ground in colours:
        assert _contrast(ink, ground) >= 4.5, (ink, ground)


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
