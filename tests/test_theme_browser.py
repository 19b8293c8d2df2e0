"""Light and dark in a real browser: by system and by switch, from the first frame, on every kind of page."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import problems_of
from tests.previews import Stage, running
from tests.rich import kinds, rich_site, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Literal

    from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = pytest.mark.browser

HOME = "lengkap/index.html"
LIGHT, DARK = "rgb(245, 246, 248)", "rgb(15, 21, 30)"
CHOOSE = "choice => localStorage.setItem('pokin-tema', choice)"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
SCHEME = "getComputedStyle(document.documentElement).colorScheme"
DENY_STORAGE = """
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("ditolak", "SecurityError"); } });
"""
# Notes what the page looks like in the first frame that can be painted, and whether it is shown at all.
FIRST_FRAME = """
addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => {
  const { visibility, colorScheme } = getComputedStyle(document.documentElement);
  window.pertama = [visibility, colorScheme, getComputedStyle(document.body).backgroundColor];
}));
"""
BRIGHTEST = """
async (png) => {
  const picture = new Image();
  picture.src = `data:image/png;base64,${png}`;
  await picture.decode();
  const { width, height } = picture;
  const context = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, width, height).data.reduce((most, v, n) => n % 4 < 3 && v > most ? v : most, 0);
}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(rich_site(), tmp_path_factory.mktemp("situs"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(color_scheme="light")
    yield opened
    opened.close()


def opened(context: BrowserContext, address: Path) -> Page:
    page = context.new_page()
    page.goto(address.as_uri())
    return page


def choose(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name).check()


def brightest(page: Page) -> int:
    """Give the brightest value of any channel that is seen of a page."""
    with_canvas = page.context.new_page()
    found = with_canvas.evaluate(BRIGHTEST, base64.b64encode(page.screenshot()).decode())
    with_canvas.close()
    return int(found)


def test_a_choice_is_seen_at_once_kept_and_followed_by_other_tabs(context: BrowserContext, folder: Path) -> None:
    page, other = opened(context, folder / HOME), opened(context, folder / "index.html")
    problems = problems_of(page)
    group = page.get_by_role("group", name="Warna tampilan")
    expect(group.get_by_role("radio", name="Ikut sistem")).to_be_checked()
    assert page.evaluate(BACKGROUND) == LIGHT

    group.get_by_role("radio", name="Ikut sistem").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(group.get_by_role("radio", name="Gelap")).to_be_checked()
    assert page.evaluate(BACKGROUND) == DARK
    assert page.evaluate(SCHEME) == "dark"
    other.wait_for_function(f"() => {BACKGROUND} === '{DARK}'")
    expect(other.get_by_role("radio", name="Gelap")).to_be_checked()

    page.get_by_role("link", name="Indikator").first.click()
    expect(page.get_by_role("radio", name="Gelap")).to_be_checked()
    assert page.evaluate(BACKGROUND) == DARK
    choose(page, "Terang")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(BACKGROUND) == LIGHT
    choose(page, "Ikut sistem")
    assert page.evaluate(BACKGROUND) == DARK
    page.emulate_media(color_scheme="light")
    assert page.evaluate(BACKGROUND) == LIGHT
    assert problems == []


@pytest.mark.parametrize(("system", "choice"), [("light", "gelap"), ("dark", "terang")])
def test_the_first_frame_has_the_colours_that_were_chosen(
    browser: Browser, folder: Path, system: Literal["light", "dark"], choice: str
) -> None:
    context = browser.new_context(color_scheme=system)
    opened(context, folder / "index.html").evaluate(CHOOSE, choice)
    context.add_init_script(FIRST_FRAME)
    page = opened(context, folder / HOME)
    visibility, scheme, background = page.wait_for_function("() => window.pertama").json_value()
    assert scheme == ("dark" if choice == "gelap" else "light")
    assert visibility == "hidden" or background == (DARK if choice == "gelap" else LIGHT)
    context.close()


def test_nothing_bright_is_seen_while_dark_colours_are_on_their_way(context: BrowserContext, folder: Path) -> None:
    opened(context, folder / "index.html").evaluate(CHOOSE, "gelap")
    on_their_way: list[Route] = []
    context.route("**/gelap.css", lambda route: on_their_way.append(route))  # noqa: PLW0108 - playwright takes no built-in
    page = context.new_page()
    page.goto((folder / HOME).as_uri(), wait_until="domcontentloaded")
    assert brightest(page) < 48
    on_their_way[0].continue_()
    page.wait_for_load_state("load")
    assert page.evaluate(BACKGROUND) == DARK
    assert page.get_by_role("heading", level=1).is_visible()
    assert brightest(page) > 200


def test_a_page_shows_itself_when_dark_colours_never_come(context: BrowserContext, folder: Path) -> None:
    opened(context, folder / "index.html").evaluate(CHOOSE, "gelap")
    context.route("**/gelap.css", lambda route: route.abort())
    assert opened(context, folder / HOME).get_by_role("heading", level=1).is_visible()


def test_paper_stays_white(context: BrowserContext, folder: Path) -> None:
    page = opened(context, folder / HOME)
    choose(page, "Gelap")
    page.emulate_media(media="print")
    assert page.evaluate(SCHEME) == "light"
    assert page.evaluate(BACKGROUND) in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def test_without_storage_the_switch_serves_the_open_page(context: BrowserContext, folder: Path) -> None:
    context.add_init_script(DENY_STORAGE)
    page = context.new_page()
    problems = problems_of(page)
    page.goto((folder / HOME).as_uri())
    choose(page, "Gelap")
    assert page.evaluate(BACKGROUND) == DARK
    assert problems == []


def test_every_kind_of_page_has_the_switch(context: BrowserContext, folder: Path) -> None:
    page = opened(context, folder / HOME)
    choose(page, "Gelap")
    for path in kinds().values():
        page.goto((folder / path).as_uri())
        assert page.evaluate(BACKGROUND) == DARK, path
        if path != "404.html":  # which keeps to the choice, and has none of its own
            expect(page.get_by_role("radio", name="Gelap"), path).to_be_checked()


def test_without_scripts_there_is_no_switch_and_the_system_chooses(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = opened(context, folder / HOME)
    expect(page.locator(".pilih-tema")).to_be_hidden()
    expect(page.locator("body")).to_have_css("background-color", DARK)
    context.close()


def test_the_switch_lives_through_what_a_preview_swaps(context: BrowserContext) -> None:
    files = rich_site()
    stage = Stage(files)
    with running(stage) as server:
        page = context.new_page()
        with page.expect_websocket() as line:
            page.goto(server.address + HOME)
        if not stage.watched:
            line.value.wait_for_event("framereceived")
        choose(page, "Gelap")
        stage.publish({**files, HOME: files[HOME].replace(b'class="pilih-tema"', b'class="lain"')})
        expect(page.locator(".pilih-tema")).to_have_count(0)
        stage.publish(files)
        expect(page.get_by_role("radio", name="Gelap")).to_be_checked()
        assert page.evaluate(BACKGROUND) == DARK
