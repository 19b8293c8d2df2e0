"""What tests ask of a page about access: axe, where the focus goes and how it looks, contrast, what is cut off."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
# The rules of axe that look at colours; all others look at what is there, whether it is seen, and where.
COLOURS = ("color-contrast", "link-in-text-block")


def resize(page: Page, size: tuple[int, int]) -> None:
    """Give the window another size, and let the page's scripts hear of it."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def forgive_searching(page: Page, problems: list[str]) -> None:
    """Take out what the 404 page does on purpose: it asks for the static files in every folder above it."""
    if page.url.endswith("/404.html"):
        problems[:] = [p for p in problems if "ERR_FILE_NOT_FOUND" not in p and "/statis/" not in p]


def violations(page: Page, asked: tuple[str, ...] = STANDARDS, part: str = "") -> list[str]:
    """Give what axe finds wrong with a page (or a part) as it is now, by standards or rules, each with its selector."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
        _asked(page, "withPlainFrames()")
    return _asked(page, f"axeFinds({list(asked)}, {part!r})")


def boxes(page: Page) -> str:
    """Give what is seen of a page and where: as long as that is the same, only the rules of colours can differ."""
    _prepare(page)
    return str(page.evaluate("akses.boxes()"))


def walk(page: Page) -> tuple[int, int, list[str]]:
    """Press Tab through a page: how many things have the focus in turn, how many should, and which come out of order.

    It is pressed once more than there are things that should have the focus.
    """
    _prepare(page)
    should = int(page.evaluate("akses.start()"))
    for _ in range(should + 1):
        page.keyboard.press("Tab")
    stops = _asked(page, "walked()")
    return len(stops), should, [step for step in stops if step != "on"]


def unseen_focus(page: Page) -> list[str]:
    """Give what shows its focus not at all, too faintly, or where it cannot be seen."""
    page.keyboard.press("Tab")  # from here on the browser shows where the focus is
    return _asked(page, "unseenFocus()")


def faint_in_pictures(page: Page) -> list[str]:
    """Give lines and edges below 3:1 and texts below 4.5:1 in the pictures of a page."""
    return _asked(page, "faintInPictures()")


def space(page: Page) -> None:
    """Space all text as far as WCAG 1.4.12 asks for."""
    _asked(page, "space()")


def cut_off(page: Page) -> list[str]:
    """Give the boxes that cut off a part of their text."""
    return _asked(page, "cutOff()")


def sideways(page: Page) -> list[str]:
    """Give what makes a page wider than its window."""
    return _asked(page, "sideways()")


def moving(page: Page) -> list[str]:
    """Give what moves for longer than an instant."""
    return _asked(page, "moving()")


def _asked(page: Page, question: str) -> list[str]:
    _prepare(page)
    return [str(one) for one in page.evaluate(f"akses.{question}") or ()]


def _prepare(page: Page) -> None:
    if not page.evaluate("'akses' in window"):
        page.evaluate((Path(__file__).parent / "access.js").read_text("utf-8"))


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
