"""A crawl of the whole site: every page valid, every link alive, nothing from elsewhere, nothing that can run."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import html5lib
import pytest

from tests.sites import seed_site

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINKS = {"href", "src", "{http://www.w3.org/1999/xlink}href", "action", "poster", "data"}
# It is shown at any address, so that it asks for its look at many; test_hosting.py has it.
_ANYWHERE = "404.html"
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_SVG = {"svg", "g", "a", "title", "rect", "path", "text", "tspan", "line", "polyline", "polygon", "circle", "desc"}


def pages() -> dict[str, ET.Element]:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return {
        path: parser.parse(content.decode("utf-8"))
        for path, content in seed_site().items()
        if path.endswith(".html") and path != _ANYWHERE
    }


@pytest.fixture(scope="module")
def parsed() -> dict[str, ET.Element]:
    return pages()


def elements(parsed: dict[str, ET.Element]) -> Iterator[tuple[str, ET.Element]]:
    for path, root in parsed.items():
        for element in root.iter():
            if isinstance(element.tag, str):
                yield path, element


def test_there_is_a_page_for_everything() -> None:
    files = seed_site()
    fixed = ["index.html", *(f"tahap-{n}.html" for n in range(1, 6)), "indikator.html", "jabatan/index.html"]
    fixed += ["pemeriksaan.html", "daftar-periksa.html", "sumber.html", "pohon.svg", "pohon.json"]
    assert [
        f"{tree}/{page}" for tree in ("kecamatan", "glenmore") for page in fixed if f"{tree}/{page}" not in files
    ] == []
    assert "aturan/index.html" in files
    assert sum(path.startswith("kecamatan/kinerja/") for path in files) == 22
    assert sum(path.startswith("glenmore/kinerja/") for path in files) == 51
    assert sum(path.startswith("kecamatan/jabatan/") for path in files) == 8


def test_every_link_leads_to_a_file_and_a_place_of_the_site(parsed: dict[str, ET.Element]) -> None:
    files = seed_site()
    ids = {path: {e.get("id") for e in root.iter()} for path, root in parsed.items()}
    dead: list[tuple[str, str]] = []
    checked = 0
    for path, element in elements(parsed):
        for name in _LINKS & set(element.attrib):
            link = urlsplit(element.get(name) or "")
            checked += 1
            if link.scheme or link.netloc or link.path.startswith("/"):
                dead.append((path, element.get(name) or ""))
                continue
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link.path))) if link.path else path
            )
            if target not in files or (link.fragment and target in ids and unquote(link.fragment) not in ids[target]):
                dead.append((path, element.get(name) or ""))
    assert dead == []
    assert checked > 3000


def test_no_id_stands_twice_on_a_page(parsed: dict[str, ET.Element]) -> None:
    for path, root in parsed.items():
        ids = Counter(e.get("id") for e in root.iter() if e.get("id"))
        assert [id_ for id_, count in ids.items() if count > 1] == [], path


def test_nothing_runs_and_nothing_comes_from_elsewhere(parsed: dict[str, ET.Element]) -> None:
    for path, element in elements(parsed):
        inline = [name for name in element.attrib if name.lower().startswith("on") or name == "style"]
        assert inline == [], path
        assert element.tag != "style", path
        assert element.tag != "script" or element.get("src"), path
    for path, content in seed_site().items():
        if path.endswith((".html", ".svg", ".css", ".js")):
            text = re.sub(r"http://www\.w3\.org/(2000/svg|1999/xlink)", "", content.decode("utf-8"))
            assert not re.search(r"https?://|url\((?!['\"]?data:)|@import", text), path


def test_every_page_is_indonesian_titled_and_guarded(parsed: dict[str, ET.Element]) -> None:
    titles: Counter[str] = Counter()
    for path, root in parsed.items():
        assert root.get("lang") == "id", path
        title = root.findtext("head/title") or ""
        assert title.strip(), path
        titles[title] += 1
        metas = root.findall("head/meta")
        assert any("default-src 'none'" in (m.get("content") or "") for m in metas), path
        assert len(root.findall(".//h1")) == 1, path
    assert max(titles.values()) < 5


def test_every_picture_is_well_formed_and_holds_only_drawing(parsed: dict[str, ET.Element]) -> None:
    for path, content in seed_site().items():
        if path.endswith(".svg"):
            for element in ET.fromstring(content).iter():  # noqa: S314 - our own file
                assert element.tag.removeprefix(_NAMESPACE) in _SVG, path
    with_picture: list[str] = []
    for path, root in parsed.items():
        for picture in root.iter(f"{_NAMESPACE}svg"):
            with_picture.append(path)
            assert {str(e.tag).removeprefix(_NAMESPACE) for e in picture.iter()} <= _SVG, path
    assert sum("/kinerja/" in path for path in with_picture) == 73
    assert {"kecamatan/index.html", "glenmore/index.html"} <= set(with_picture)


def test_every_kinerja_can_be_reached_from_the_front_page(parsed: dict[str, ET.Element]) -> None:
    reached, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached or path not in parsed:
            continue
        reached.add(path)
        for element in parsed[path].iter("a"):
            link = urlsplit(element.get("href") or "")
            if link.path:
                waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link.path))))
    assert sorted(set(parsed) - reached) == []
