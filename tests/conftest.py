"""For all tests: nothing of the user's own is read or written; one browser, and one page to lend, for each module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import chromium, lent, tab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what builds remember in a folder of this run, also for the processes that tests start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POKIN_CACHE", str(tmp_path_factory.mktemp("ingatan")))
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def opened(browser: Browser) -> tuple[Page, list[str]]:
    """Open the page that is lent to each test of a module; give with it what it complains about."""
    return tab(browser)


@pytest.fixture
def page(opened: tuple[Page, list[str]]) -> Iterator[Page]:
    """Lend a page as if it were new."""
    with lent(*opened) as page:
        yield page
