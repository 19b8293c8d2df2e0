"""How heavy pages are in bytes, and whether the first page of a tree works without a network."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import chromium, problems_of
from tests.rich import kinds, rich_site, written
from tests.sites import seed_site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

# In bytes, unpacked: a page without its picture; all style sheets and scripts that one page loads, at once or later.
PAGE, ASSETS = 30_000, 120_000
_SHARED = re.compile(rb'(?:href|src)="([^"]+\.(?:css|js))"')
_LATER = re.compile(rb"([a-z-]+\.(?:css|js))")
_PICTURE = re.compile(rb"<svg.*?</svg>", re.DOTALL)


@pytest.mark.parametrize("site", [seed_site, rich_site], ids=["real", "rich"])
def test_the_page_of_a_kinerja_is_light_without_its_picture(site: Callable[[], Mapping[str, bytes]]) -> None:
    weights = {
        path: len(_PICTURE.sub(b"", content))
        for path, content in site().items()
        if "/kinerja/" in path and path.endswith(".html")
    }
    assert len(weights) > 10
    assert {path: weight for path, weight in weights.items() if weight > PAGE} == {}


def loaded(files: Mapping[str, bytes], path: str) -> set[str]:
    """Give the style sheets and scripts that a page loads, at once or later."""
    addresses = {posixpath.join(posixpath.dirname(path), found.decode()) for found in _SHARED.findall(files[path])}
    at_once = {posixpath.normpath(address) for address in addresses} & files.keys()
    later = {f"statis/{name.decode()}" for address in at_once for name in _LATER.findall(files[address])}
    return at_once | later & files.keys()


def test_what_a_page_loads_is_light() -> None:
    files = rich_site()
    weights = {path: sum(len(files[address]) for address in loaded(files, path)) for path in kinds().values()}
    assert weights["lengkap/index.html"] > 50_000
    assert {path: weight for path, weight in weights.items() if weight > ASSETS} == {}


def test_what_kinds_of_pages_share_is_light_together() -> None:
    files = rich_site()
    loads = Counter(address for path in kinds().values() for address in loaded(files, path))
    shared = {address: len(files[address]) for address, times in loads.items() if times > 1}
    assert {"statis/gaya.css", "statis/cari-mesin.js", "statis/gambar.js"} <= shared.keys()
    real = {path: len(content) for path, content in seed_site().items() if path.endswith((".css", ".js"))}
    whole = sum(weight for path, weight in real.items() if path.startswith("statis/"))
    assert sum(shared.values()) <= ASSETS, f"{sorted(shared.items())}; on the site of the real trees {whole} in all"


@pytest.mark.browser
def test_the_first_page_of_the_kecamatan_works_without_a_network(tmp_path: Path) -> None:
    folder = written(seed_site(), tmp_path)
    with chromium() as browser:
        context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}, color_scheme="light")
        page = context.new_page()
        problems = problems_of(page)
        page.goto((folder / "kecamatan/index.html").as_uri())

        picture = page.locator("#gambar-pohon")
        before = picture.bounding_box()
        page.get_by_role("button", name="Perbesar").click()
        page.wait_for_function(
            "width => document.querySelector('#gambar-pohon').getBoundingClientRect().width > width",
            arg=before and before["width"],
        )
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("layanan")
        expect(page.get_by_role("dialog").get_by_role("option").first).to_contain_text("Pelayanan")
        page.keyboard.press("Escape")
        page.get_by_role("radio", name="Gelap").check()
        expect(page.locator("body")).to_have_css("background-color", "rgb(15, 21, 30)")
        assert problems == []
        context.close()
