"""The example theme and the guide page about themes: it builds, is legible, and the page tells all there is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.edge.package import built_in_look
from tests.access import COLOURS, STANDARDS, violations
from tests.browser import problems_of
from tests.command import ROOT, pokin
from tests.pages import made, parsed, text_of, with_class
from tests.sites import seed_texts

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

SAMPLE = ROOT / "docs" / "contoh-tema"
KINERJA, BASE = "tema/kinerja.html.j2", "tema/dasar.html.j2"
GUIDE = (ROOT / "docs" / "tema.md").read_text("utf-8")
_PROPERTY = re.compile(r"^\s*(?:--[\w-]+: [^;{}]+;\s*)+$", re.MULTILINE)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the example theme."""
    folder = tmp_path_factory.mktemp("contoh") / "situs"
    done = pokin("build", str(SAMPLE), "--no-cache", "--strict", "-o", str(folder), folder=folder.parent)
    assert done.returncode == 0, done.stdout
    return folder


def test_the_example_is_built_whole_and_valid(sample: Path) -> None:
    for path in sorted(sample.rglob("*.html")):
        html = path.read_text("utf-8")
        page = parsed(html)
        if path.name == "404.html":
            continue  # it stands alone: it may be shown at any address
        assert "Subbagian Perencanaan" in text_of(page), path
        logo = next(with_class(page, "logo-portal"))
        assert (path.parent / (logo.get("src") or "")).is_file(), path
        assert logo.get("alt") == ""
    node = (sample / "kecamatan" / "kinerja" / "kemudahan.html").read_text("utf-8")
    assert "disepakati pada rapat penyusunan perjanjian kinerja" in node


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_example_is_legible_in_a_browser(browser: Browser, sample: Path, scheme: str) -> None:
    page = browser.new_page(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 1280, "height": 900}
    )
    problems = problems_of(page)
    for path in ("kecamatan/index.html", "kecamatan/kinerja/kemudahan.html"):
        page.goto((sample / path).as_uri())
        band = page.locator(".pita-portal").evaluate("band => getComputedStyle(band).backgroundColor")
        assert band == ("rgb(11, 47, 44)" if scheme == "dark" else "rgb(19, 78, 74)")
        assert page.locator(".logo-portal").evaluate("logo => logo.complete && logo.naturalWidth > 0")
        assert violations(page, STANDARDS if scheme == "light" else COLOURS) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
    assert problems == []


def table(heading: str) -> list[list[str]]:
    """Give the rows of the first table below a heading of the guide."""
    part = GUIDE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_guide_names_every_custom_property() -> None:
    root = re.search(r":root\s*{([^}]*)}", built_in_look().statics["gaya.css"].decode())
    assert root
    written = re.findall(r"(?<![\w(-])(--[\w-]+):", root[1])
    told = [name for row in table("Warna, sudut, dan huruf") for name in re.findall(r"`(--[\w-]+)`", row[0])]
    assert sorted(told) == sorted(written)


def test_the_guide_names_every_block() -> None:
    from jinja2 import Environment

    from pokin_dsl.site.template_trouble import blocks_of

    written = {
        name: set(blocks_of(Environment(autoescape=True).parse(text)))
        for name, text in built_in_look().templates.items()
    }
    told = {row[0].strip("`"): set(re.findall(r"`(\w+)`", row[1])) for row in table("Blok setiap templat")}
    assert told == {name: blocks for name, blocks in written.items() if blocks}


def test_the_guide_shows_the_files_of_the_example() -> None:
    blocks = re.findall(r"^```(?:toml|css|jinja|html) ([\w./-]+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    sheets, templates = ("tema/tema.css", "tema/gelap.css"), (BASE, KINERJA)
    assert {name for name, _ in blocks} == {"pokin.toml", *sheets, *templates}
    for name, text in blocks:
        assert text == (SAMPLE / name).read_text("utf-8"), name


def test_the_guide_names_what_pages_are_told() -> None:
    pages = {page.template: page for make in made(seed_texts()).pages.values() if (page := make()).context.get("pohon")}
    common = names_in(GUIDE.split("Yang ada di setiap halaman pohon:")[1].split("\n###")[0])
    assert common == set.intersection(*(set(page.context) for page in pages.values()))
    for template in ("kinerja.html.j2", "pohon.html.j2", "jabatan.html.j2"):
        part = GUIDE.split(f"\n### {template}\n")[1].split("\n###")[0]
        assert names_in(part) == set(pages[template].context) - common, template


def names_in(part: str) -> set[str]:
    """Give the names in the first column of the first table of a part of the guide."""
    rows = [line for line in part.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
