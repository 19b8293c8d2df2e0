"""axe in a real browser, on the richest page of every kind and on what opens there, in every look and at two widths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.access import COLOURS, STANDARDS, forgive_searching, resize, violations
from tests.browser import lent
from tests.rich import looked_at, rich_site, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import Literal

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LOOKS: tuple[tuple[Literal["light", "dark"], Literal["none", "active"]], ...] = (
    ("light", "none"),
    ("dark", "none"),
    ("light", "active"),
)
DESKTOP, PHONE = (1280, 900), (320, 740)


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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(rich_site(), tmp_path_factory.mktemp("situs"))


@pytest.fixture
def page(opened: tuple[Page, list[str]]) -> Iterator[Page]:
    with lent(*opened) as page:
        yield page
        forgive_searching(*opened)


def judged(page: Page, part: str = "") -> str:
    """Let axe judge the page (or a part) as it is, in every look and at both widths; give what it finds, and where.

    Where the system gives all colours, no width has its own: those are judged once.
    """
    found: list[str] = []
    for size in (DESKTOP, PHONE):
        resize(page, size)
        for look in LOOKS if size == DESKTOP else LOOKS[:-1]:
            page.emulate_media(color_scheme=look[0], forced_colors=look[1])
            asked = STANDARDS if look == LOOKS[0] else COLOURS
            found += [f"{size[0]} px, {look[0]}, forced colours {look[1]}: {w}" for w in violations(page, asked, part)]
    return "\n".join(found)


@pytest.mark.parametrize(("template", "path"), looked_at())
def test_axe_finds_nothing(page: Page, folder: Path, template: str, path: str) -> None:
    page.goto((folder / path).as_uri())
    assert not judged(page)
    for open_it, part in OPENED.get(template, ()):
        page.goto((folder / path).as_uri())
        resize(page, DESKTOP)
        open_it(page)
        assert not judged(page, part), open_it
