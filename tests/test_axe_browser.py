"""axe in a real browser, on the richest page of every kind and on what opens there, in every look, wide and narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from tests.access import COLOURS, STANDARDS, boxes, forgive_searching, resize, violations
from tests.browser import lent
from tests.rich import looked_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Look = tuple[Literal["light", "dark"], Literal["none", "active"]]
LIGHT: Look = ("light", "none")
DARK: Look = ("dark", "none")
FORCED: Look = ("light", "active")
FORCED_DARK: Look = ("dark", "active")
# At 200 % zoom a page is as narrow as it is on half of a screen.
DESKTOP, ZOOMED, PHONE = (1280, 900), (640, 450), (320, 740)
JUDGED: tuple[tuple[tuple[int, int], tuple[Look, ...]], ...] = (
    (DESKTOP, (LIGHT, DARK, FORCED)),
    (PHONE, (LIGHT, DARK, FORCED_DARK)),
    (ZOOMED, (LIGHT,)),
)


def search(page: Page) -> None:
    page.get_by_role("button", name="Cari").click()
    page.keyboard.type("pelayanan")
    expect(page.get_by_role("dialog").get_by_role("option").first).to_be_visible()


def help_with_the_picture(page: Page) -> None:
    page.locator(".bantuan-gambar > summary").click()


def relations_in_the_picture(page: Page) -> None:
    page.get_by_role("button", name="Tampilkan hubungan").click()


def focus_in_the_picture(page: Page) -> None:
    page.goto(f"{page.url}#gambar=fokus:pelayanan")
    expect(page.get_by_role("navigation", name="Jejak ke outcome")).to_be_visible()


def whole_screen(page: Page) -> None:
    page.get_by_role("button", name="Layar penuh").click()


def agreement(page: Page) -> None:
    page.goto(f"{page.url}#{page.locator('.lembar-perjanjian').first.get_attribute('id')}")


# What a reader can open on the page of a template, and where it opens; axe judges that part after each as well. Append
# what a script adds.
OPENED: Mapping[str, tuple[tuple[Callable[[Page], object], str], ...]] = {
    "beranda.html.j2": ((search, "dialog.cari"),),
    "pohon.html.j2": (
        (help_with_the_picture, ".papan"),
        (relations_in_the_picture, ".papan"),
        (focus_in_the_picture, ".papan"),
        (whole_screen, ".papan"),
    ),
    "jabatan.html.j2": ((agreement, ".lembar-perjanjian:target"),),
}


@pytest.fixture
def page(opened: tuple[Page, list[str]]) -> Iterator[Page]:
    with lent(*opened) as page:
        yield page
        forgive_searching(*opened)


def judged(page: Page, part: str = "") -> str:
    """Let axe judge the page (or a part) as it is, in every look and at every width; give what it finds, and where.

    Where a look changes colours alone, its colours alone are judged.
    """
    found: list[str] = []
    for size, looks in JUDGED:
        resize(page, size)
        seen = set[str]()
        for scheme, forced in looks:
            page.emulate_media(color_scheme=scheme, forced_colors=forced)
            now = boxes(page)
            asked = COLOURS if now in seen else STANDARDS
            found += [f"{size[0]} px, {scheme}, forced colours {forced}: {w}" for w in violations(page, asked, part)]
            seen.add(now)
    return "\n".join(found)


@pytest.mark.parametrize(("template", "path"), looked_at())
def test_axe_finds_nothing(page: Page, rich_folder: Path, template: str, path: str) -> None:
    page.goto((rich_folder / path).as_uri())
    assert not judged(page)
    for open_it, part in OPENED.get(template, ()):
        page.goto((rich_folder / path).as_uri())
        resize(page, DESKTOP)
        open_it(page)
        assert not judged(page, part), open_it
