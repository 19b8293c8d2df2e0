"""For all tests: nothing of the user's own is read or written; one browser for each module, and what several share."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import chromium, lent, tab

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.listening import Listener
    from tests.previews import Running, Stage
    from tests.tabs import Tabs


# Tests make much that is soon gone, beside sites that stay: looking through all of it less often saves a tenth.
gc.set_threshold(50_000, 20, 100)

# What never comes fails a little later; what comes late on a busy machine does not fail.
expect.set_options(timeout=20_000)


def pytest_xdist_auto_num_workers() -> int:
    """Start half as many workers again as there are cores: a third of the time tests wait for browsers and servers."""
    return max(1, (os.cpu_count() or 1) * 3 // 2)


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


@pytest.fixture(scope="session")
def rich_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the site that has every kind of page."""
    from tests.rich import rich_site, written

    return written(rich_site(), tmp_path_factory.mktemp("lengkap"))


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.listening import slow_down

    slow_down(monkeypatch)


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    from tests.listening import listening

    with listening(tmp_path) as listener:
        yield listener


@pytest.fixture
def stage() -> Stage:
    from tests.previews import Stage
    from tests.tabs import site

    return Stage(site())


@pytest.fixture
def server(stage: Stage) -> Iterator[Running]:
    from tests.previews import running

    with running(stage) as started:
        yield started


@pytest.fixture
def tabs(browser: Browser, server: Running) -> Iterator[Tabs]:
    from tests.tabs import Tabs

    context = browser.new_context(viewport={"width": 1000, "height": 600})
    opened = Tabs(server, context)
    yield opened
    context.close()
    assert opened.unexpected() == []
