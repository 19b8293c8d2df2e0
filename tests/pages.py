"""Rendered pages for tests: pokin text in, parsed HTML out, without an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib

from pokin_dsl.edge.package import built_in_look
from pokin_dsl.site.pages import make_site
from pokin_dsl.site.placeholder import fill
from pokin_dsl.site.rule_pages import NO_RULEBOOK, Rulebook
from pokin_dsl.site.site import Site, SiteSettings
from tests.sites import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree import ElementTree as ET


PORTAL = SiteSettings("Portal Uji")


def made(texts: Mapping[str, str], rulebook: Rulebook = NO_RULEBOOK, settings: SiteSettings = PORTAL) -> Site:
    """Make the site of some texts by their path below ``trees/``."""
    found = compiled(texts)
    return make_site(found.trees, settings, {"gaya.css": b""}, found.general, rulebook)


def rendered(
    texts: Mapping[str, str], rulebook: Rulebook = NO_RULEBOOK, settings: SiteSettings = PORTAL
) -> dict[str, str]:
    """Render all pages of some texts; no picture is drawn."""
    renderer = built_in_look().renderer
    return {path: fill(renderer.render(make()), {}) for path, make in made(texts, rulebook, settings).pages.items()}


def parsed(html: str) -> ET.Element:
    """Parse a page, refusing what is no valid HTML."""
    root: ET.Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return root


def text_of(element: ET.Element) -> str:
    """Give what a reader sees of an element."""
    return " ".join("".join(element.itertext()).split())


def with_class(root: ET.Element, name: str) -> Iterator[ET.Element]:
    """Give the elements of a class."""
    return (e for e in root.iter() if name in (e.get("class") or "").split())


def section(root: ET.Element, heading: str) -> ET.Element:
    """Give the section with a heading that begins so."""
    for candidate in root.iter("section"):
        titles = [child for child in candidate.iter() if child.tag in ("h2", "h3")]
        if titles and text_of(titles[0]).startswith(heading):
            return candidate
    raise AssertionError(heading)


def table_rows(table: ET.Element) -> list[list[str]]:
    """Give the cells of a table's body as text, a spanning cell in each of its rows."""
    rows: list[list[str]] = []
    waiting: dict[int, tuple[int, str]] = {}
    for row in table.findall("tbody/tr"):
        cells = list(row)
        texts: list[str] = []
        while cells or waiting.get(len(texts), (0, ""))[0]:
            left, text = waiting.get(len(texts), (0, ""))
            if not left:
                cell = cells.pop(0)
                left, text = int(cell.get("rowspan") or 1), "".join(cell.itertext())
            waiting[len(texts)] = (left - 1, text)
            texts.append(text)
        rows.append(texts)
    return rows


def links(element: ET.Element) -> list[tuple[str, str]]:
    """Give address and text of the links in an element."""
    return [(a.get("href") or "", text_of(a)) for a in element.iter("a")]
