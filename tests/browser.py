"""A real Chromium for tests: found on the PATH, required in CI, elsewhere skipped with a reason."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

_CUT_SHORT = "net::ERR_ABORTED"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
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


def problems_of(page: Page) -> list[str]:
    """Note from now on what a page complains about; a request that the next click cut short is no complaint."""
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("requestfailed", lambda r: problems.append(f"failed: {r.url}") if r.failure != _CUT_SHORT else None)
    return problems
