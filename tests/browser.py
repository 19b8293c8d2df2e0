"""A real Chromium for tests: found on the PATH, required in CI, elsewhere skipped with a reason."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
_FORGET = "location.protocol !== 'about:' && (localStorage.clear(), sessionStorage.clear())"
_CUT_SHORT = "net::ERR_ABORTED"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# What a window costs beside its page: popups of an address bar that nobody sees, a process in reserve. The switch takes
# the place of the one that playwright gives, so the last two lines repeat what of that matters here.
_NEEDLESS = """
WebUIOmniboxPopup WebUIOmniboxAimPopup WebUIOmniboxFullPopup SpareRendererForSitePerProcess
DestroyProfileOnBrowserClose PaintHolding HttpsUpgrades HttpsFirstBalancedModeAutoEnable
AvoidUnnecessaryBeforeUnloadCheckSync ThirdPartyStoragePartitioning OptimizationHints MediaRouter LensOverlay
"""
_FLAGS = (
    f"--disable-features={','.join(_NEEDLESS.split())}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str:
    """Give the browser's path; without one the test is skipped, in CI it fails."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), "")
    if not found and os.environ.get("CI"):
        pytest.fail("Chromium is missing, and in CI the browser tests must run.")
    if not found:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium).")
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a headless browser, and stop it."""
    path = chromium_path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def tab(browser: Browser) -> tuple[Page, list[str]]:
    """Open the page that is lent to each test of a module; give with it what it complains about."""
    page = browser.new_page(viewport=DESKTOP)
    return page, problems_of(page)


@contextmanager
def lent(page: Page, problems: list[str], size: ViewportSize = DESKTOP) -> Iterator[Page]:
    """Lend a page to one test as if it were new, which is cheaper than a new one; it may complain about nothing."""
    problems.clear()
    page.set_viewport_size(size)
    page.emulate_media(media="null", color_scheme="light", forced_colors="none", reduced_motion="no-preference")
    yield page
    page.evaluate(_FORGET)
    page.goto("about:blank")
    assert problems == []


def problems_of(page: Page) -> list[str]:
    """Note from now on what a page complains about; a request that the next click cut short is no complaint."""
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("requestfailed", lambda r: problems.append(f"failed: {r.url}") if r.failure != _CUT_SHORT else None)
    return problems
