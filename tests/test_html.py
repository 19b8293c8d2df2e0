"""What no parser complains of: what HTML allows where, references within a page, headings, tables, names of links.

Asked of every page of the real trees and of the workspace that uses all of the language.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.syntax.vocabulary import ANNOTATIONS, HEADERS, KINDS
from tests.pages import parsed, text_of
from tests.rich import rich_site, rich_texts
from tests.sites import seed_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree import ElementTree as ET

    Found = list[tuple[str, str]]

_SVG = "{http://www.w3.org/2000/svg}"


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_BLOCKS = _words(
    "address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav",
    "ol p pre section table ul",
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PHRASING_ONLY = _words(*_HEADINGS, "abbr b button code del em i ins label mark p pre span strong summary")
_CHILDREN: Mapping[str, frozenset[str]] = {
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "dl": frozenset({"div", "dt", "dd"}),
    "table": frozenset({"caption", "colgroup", "thead", "tbody", "tfoot"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tfoot": frozenset({"tr"}),
    "tr": frozenset({"th", "td"}),
    "select": frozenset({"option", "optgroup"}),
}
_ONLY_IN: Mapping[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol"}),
    "dt": frozenset({"dl", "div"}),
    "dd": frozenset({"dl", "div"}),
    "caption": frozenset({"table"}),
    "summary": frozenset({"details"}),
    "legend": frozenset({"fieldset"}),
    "figcaption": frozenset({"figure"}),
    "option": frozenset({"select", "optgroup", "datalist"}),
}
_FIRST = {"details": "summary", "fieldset": "legend"}
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers", "list")
_EVERYWHERE = frozenset({"class", "dir", "hidden", "id", "lang", "role", "tabindex", "title"})
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"download", "href", "rel"}),
    "button": frozenset({"disabled", "type"}),
    "col": frozenset({"span"}),
    "details": frozenset({"open"}),
    "dialog": frozenset({"open"}),
    "fieldset": frozenset({"disabled"}),
    "img": frozenset({"alt", "height", "src", "width"}),
    "input": _words("autocomplete checked disabled list max min name placeholder spellcheck step type value"),
    "label": frozenset({"for"}),
    "link": frozenset({"href", "media", "rel", "type"}),
    "meta": frozenset({"charset", "content", "http-equiv", "name"}),
    "ol": frozenset({"start"}),
    "optgroup": frozenset({"label"}),
    "option": frozenset({"selected", "value"}),
    "output": frozenset({"for"}),
    "script": frozenset({"defer", "src"}),
    "select": frozenset({"autocomplete", "disabled", "name"}),
    "td": frozenset({"colspan", "headers", "rowspan"}),
    "th": frozenset({"abbr", "colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
_TELL_NOTHING = _words("baca buka di klik lagi lihat lanjut lengkap selengkapnya selanjutnya sini ya tidak")


@cache
def pages() -> Mapping[str, ET.Element]:
    """Parse every page of both sites, refusing what is no HTML."""
    sites = {"nyata": seed_site(), "lengkap": rich_site()}
    return {
        f"{site}/{path}": parsed(content.decode("utf-8"))
        for site, files in sites.items()
        for path, content in files.items()
        if path.endswith(".html")
    }


def elements() -> Iterator[tuple[str, ET.Element]]:
    for path, root in pages().items():
        for element in root.iter():
            if isinstance(element.tag, str):
                yield path, element


def named(element: ET.Element) -> str:
    """Name an element so that it is found in its template."""
    shown = " ".join(f'{name}="{value}"' for name, value in element.attrib.items())
    return f"<{element.tag} {shown}> {text_of(element)[:60]}"


def interactive(element: ET.Element) -> bool:
    hidden = element.tag == "input" and element.get("type") == "hidden"
    return (element.tag == "a" and "href" in element.attrib) or (
        element.tag in {"button", "input", "select", "summary", "textarea"} and not hidden
    )


def test_the_workspace_uses_every_annotation() -> None:
    written = {word for text in rich_texts().values() for line in text.splitlines() for word in line.split()[:1]}
    assert {f"@{name}" for name in ANNOTATIONS} - written == set()
    assert {*KINDS, *(f"{header}:" for header in HEADERS)} - written == set()


def test_references_within_a_page_lead_somewhere_and_no_id_stands_twice() -> None:
    wrong: Found = []
    for path, root in pages().items():
        ids = Counter(e.get("id") for e in root.iter() if e.get("id"))
        wrong += [(path, f"#{id_} twice") for id_, number in ids.items() if number > 1]
        for element in root.iter():
            asked = [id_ for name in _REFERENCES for id_ in (element.get(name) or "").split()]
            asked += [link[1:] for link in [element.get("href") or ""] if link.startswith("#") and len(link) > 1]
            wrong += [(path, f"#{id_} of {named(element)}") for id_ in asked if id_ not in ids]
    assert wrong == []


def test_nothing_that_can_be_pressed_holds_another_such_thing() -> None:
    wrong: Found = []
    for path, element in elements():
        if interactive(element) or element.tag == f"{_SVG}a":
            inside = [e for e in element.iter() if e is not element and (interactive(e) or "tabindex" in e.attrib)]
            wrong += [(path, f"{named(e)} in {named(element)}") for e in inside]
    assert wrong == []


def test_everything_stands_where_it_may() -> None:
    wrong: Found = []
    for path, element in elements():
        tag, children = str(element.tag), list(element)
        allowed = _CHILDREN.get(tag)
        for child in children:
            if allowed is not None and child.tag not in allowed:
                wrong.append((path, f"{named(child)} in {named(element)}"))
            if str(child.tag) in _ONLY_IN and tag not in _ONLY_IN[str(child.tag)]:
                wrong.append((path, f"{named(child)} in {named(element)}"))
        if tag in _PHRASING_ONLY:
            blocks = [e for e in element.iter() if e is not element and e.tag in _BLOCKS]
            blocks = [e for e in blocks if not (tag == "summary" and e.tag in _HEADINGS)]
            wrong += [(path, f"{named(e)} in {named(element)}") for e in blocks]
        if tag in _FIRST and [e.tag for e in children].index(_FIRST[tag]) != 0:
            wrong.append((path, f"{named(element)} does not begin with its {_FIRST[tag]}"))
        if allowed is not None and "li" not in allowed and (element.text or "").strip():
            wrong.append((path, f"text in {named(element)}"))
    assert wrong == []


def test_no_attribute_is_obsolete_or_made_up() -> None:
    wrong: Found = []
    for path, element in elements():
        tag = str(element.tag)
        if tag.startswith(_SVG):
            continue
        known = _EVERYWHERE | _ATTRIBUTES.get(tag, frozenset())
        strange = [name for name in element.attrib if name not in known and not name.startswith(("aria-", "data-"))]
        wrong += [(path, f"{name} on {named(element)}") for name in strange]
    assert wrong == []


def test_every_page_has_one_main_part_one_title_and_headings_without_gaps() -> None:
    wrong: Found = []
    for path, root in pages().items():
        levels = [int(str(e.tag)[1]) for e in root.iter() if e.tag in _HEADINGS]
        gaps = [(before, now) for before, now in zip([0, *levels], levels, strict=False) if now > before + 1]
        if levels.count(1) != 1 or levels[:1] != [1] or gaps:
            wrong.append((path, f"headings {levels}"))
        if len([*root.iter("main")]) != 1:
            wrong.append((path, "main"))
        if root.get("lang") != "id":
            wrong.append((path, "lang"))
    assert wrong == []


@pytest.mark.parametrize("site", ["nyata", "lengkap"])
def test_no_two_pages_have_one_title(site: str) -> None:
    titles: dict[str, list[str]] = {}
    for path, root in pages().items():
        if path.startswith(f"{site}/") and not any(m.get("http-equiv") == "refresh" for m in root.iter("meta")):
            titles.setdefault(root.findtext("head/title") or "", []).append(path)
    assert {title: paths for title, paths in titles.items() if len(paths) > 1 or not title.strip()} == {}


def test_tables_have_names_and_their_heads_say_for_what() -> None:
    wrong: Found = []
    for path, root in pages().items():
        above = {child: parent for parent in root.iter() for child in parent}
        for table in root.iter("table"):
            heads = [*table.iter("th")]
            in_notes = any("catatan" in (e.get("class") or "") for e in ancestors(table, above))
            if not heads or any(not head.get("scope") for head in heads if not in_notes):
                wrong.append((path, f"heads of {named(table)}"))
            if table.find("caption") is None and not any(labelled(e) for e in ancestors(table, above)):
                wrong.append((path, f"no name: {named(table)}"))
    assert wrong == []


def ancestors(element: ET.Element, above: Mapping[ET.Element, ET.Element]) -> Iterator[ET.Element]:
    while element in above:
        element = above[element]
        yield element


def labelled(element: ET.Element) -> bool:
    return bool(element.get("aria-label") or element.get("aria-labelledby"))


def test_links_say_where_they_lead_and_pictures_what_they_show() -> None:
    wrong: Found = []
    for path, element in elements():
        if element.tag == "a" and "href" in element.attrib:
            name = element.get("aria-label") or text_of(element)
            if not {word.strip(".,:;?!").lower() for word in name.split()} - _TELL_NOTHING:
                wrong.append((path, named(element)))
        if element.tag == "img" and element.get("alt") is None:
            wrong.append((path, named(element)))
    assert wrong == []
