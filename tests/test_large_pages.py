"""Pages of large trees: what is too long for one page is divided or told in short, and nothing of it is lost."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.trees import tree_text
from pokin_dsl.model.naming import RESERVED_TREES
from pokin_dsl.model.query import walk
from pokin_dsl.site import findings_page, outline, parts, source_page
from tests.browser import chromium, problems_of
from tests.pages import links, parsed, rendered, section, table_rows, text_of, with_class
from tests.sites import compiled, seed_texts, site_files

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree import ElementTree as ET

_NODES = 130
_TABLES = ("indikator", "tahap-3", "tahap-4", "tahap-5")
_DEEP = """pokin: 1
judul: Uji
jabatan [a] A
outcome [hasil] Hasil
  kondisi [k1] Kondisi
    @indikator [i1] Satu
    antara [a1] Antara satu
      operasional [o1] Operasional satu
        @pk a
      operasional [o2] Operasional dua
    antara [a2] Antara dua
      operasional [o3] Operasional tiga
        @indikator [i3] Tiga
"""


@cache
def generated(most: int = parts.MOST_ROWS) -> dict[str, str]:
    """Render a generated tree, with at most so many rows in a table."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "MOST_ROWS", most)
        return rendered({"uji.pokin": tree_text(_NODES)})


def pages_of(html: dict[str, str], table: str) -> dict[str, ET.Element]:
    """Give the pages of a table by path: its own, and those of its parts."""
    found = {path: page for path, page in html.items() if re.fullmatch(rf"uji/{table}(/.+)?\.html", path)}
    return {path: parsed(page) for path, page in found.items()}


def told(root: ET.Element) -> set[tuple[str, ...]]:
    """Give what the rows of a page's table say, without the links to parts."""
    for further in list(with_class(root, "lanjut")):
        further.text = ""
    (table,) = (t for t in root.iter("table") if t.get("data-tabel"))
    return {tuple(text.strip() for text in row) for row in table_rows(table)}


@pytest.mark.parametrize("table", _TABLES)
def test_a_divided_table_has_every_row_on_one_of_its_pages(table: str) -> None:
    (only,) = pages_of(generated(), table).values()
    pages = pages_of(generated(40), table)
    assert len(pages) == 5, "its own, and one for each of four kondisi"
    shown = {row for root in pages.values() for row in told(root)}
    assert told(only) <= shown
    assert all(row[1] == "" for row in shown - told(only)), "a way on is all that is added"


def test_no_tree_may_lie_where_the_parts_of_another_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_ROWS", 40)
    pages = (path.split("/") for path in rendered({"uji.pokin": tree_text(_NODES)}))
    folders = {path[1] for path in pages if len(path) > 2 and path[0] == "uji"}
    assert {"indikator", "kinerja", "tahap-5"} <= folders <= RESERVED_TREES


def test_parts_lead_to_each_other_and_back() -> None:
    html = generated(40)
    own = parsed(html["uji/indikator.html"])
    further = list(with_class(own, "lanjut"))
    assert [text_of(a) for a in further[:1]] == ["30 kinerja di bawahnya"]
    part = parsed(html[f"uji/{further[1].get('href')}"])
    ways = links(next(nav for nav in part.iter("nav") if nav.get("aria-label") == "Bagian lain"))
    assert [href for href, _ in ways] == [
        f"../{further[0].get('href')}",
        "../indikator.html",
        f"../{further[2].get('href')}",
    ]
    for path in pages_of(html, "(indikator|tahap-[345])"):
        folder = path.rpartition("/")[0]
        for href, _ in links(parsed(html[path])):
            target = href.partition("#")[0]
            steps = target.count("../")
            found = "/".join([*folder.split("/")[: folder.count("/") + 1 - steps], target.replace("../", "")])
            assert not target or found.lstrip("/") in html or found.endswith((".json", ".svg")), (path, href)


def test_a_branch_that_is_too_long_is_divided_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_ROWS", 3)
    html = rendered({"uji.pokin": _DEEP})
    assert sorted(path for path in pages_of(html, "tahap-3")) == [
        "uji/tahap-3.html",
        *(f"uji/tahap-3/{id_}.html" for id_ in ("a1", "a2", "k1")),
    ]
    rows = {path: sorted(row[1] for row in told(root)) for path, root in pages_of(html, "tahap-3").items()}
    assert rows["uji/tahap-3.html"] == [""]
    assert rows["uji/tahap-3/k1.html"] == ["Antara dua", "Antara satu"]
    assert rows["uji/tahap-3/a1.html"] == ["Antara satu", "Operasional dua", "Operasional satu"]


@settings(deadline=None, max_examples=40)
@given(nodes=st.integers(4, 150), most=st.integers(1, 60))
def test_every_node_stands_in_a_part_that_the_first_leads_to(nodes: int, most: int) -> None:
    (tree,) = compiled({"uji.pokin": tree_text(nodes)}).trees
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "MOST_ROWS", most)
        divided = parts.divide(tree.pohon)
    assert next(iter(divided)) == ""
    assert {s.id for part in divided.values() for s in part.nodes} == {s.id for s in walk(tree.pohon)}
    assert {id_ for part in divided.values() for id_ in part.further} == set(divided) - {""}
    for part in divided.values():
        rows = sum(s.jenis != "csf" for s in part.nodes)
        assert part.further or rows <= most or all(not s.anak for s in part.nodes[1:])


def test_a_position_that_holds_more_than_a_page_can_tell_leads_to_the_tables() -> None:
    html = generated(40)
    page = section(parsed(html["uji/jabatan/pelaksana.html"]), "Yang dipertanggungjawabkan")
    chosen = "#tabel=pk:PK%20Pelaksana%2FJF"
    assert [href for href, _ in links(page)] == [f"../tahap-5/k-{n}.html{chosen}" for n in range(1, 5)]
    assert text_of(next(page.iter("li"))).endswith("25 sasaran")
    assert "#tabel=" not in html["uji/jabatan/kasi-1.html"], "who holds less is told in full"


def test_the_real_trees_stay_whole() -> None:
    html = rendered(seed_texts())
    assert not any(re.search(r"/(indikator|tahap-\d)/", path) for path in html)
    assert not any('class="lanjut' in page for page in html.values())
    assert not any('class="kawanan"' in page or 'class="temuan-ringkas"' in page for page in html.values())


def test_a_long_outline_shows_the_upper_levels_and_leads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline, "MOST_ENTRIES", 20)
    root = parsed(rendered({"uji.pokin": tree_text(_NODES)})["uji/index.html"])
    (own, *_) = with_class(root, "garis-besar")
    entries = [a for a in own.iter("a") if "kinerja/" in (a.get("href") or "")]
    further = list(with_class(own, "lanjut-cabang"))
    assert len(entries) == 1 + 5 + 4 + len(further)
    assert [text_of(a) for a in further[:2]] == ["30 kinerja di bawahnya"] * 2
    assert further[0].get("href") == "kinerja/k-1.html"


def test_two_levels_are_always_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline, "MOST_ENTRIES", 1)
    (tree,) = compiled({"uji.pokin": _DEEP}).trees
    assert outline.levels_shown(tree.pohon.akar) == 2


def test_many_findings_are_told_by_rule_with_the_same_anchors(monkeypatch: pytest.MonkeyPatch) -> None:
    def anchors(html: dict[str, str]) -> list[str]:
        ids = (e.get("id") or "" for e in parsed(html["uji/pemeriksaan.html"]).iter())
        return sorted(id_ for id_ in ids if id_.startswith("temuan-"))

    detailed = rendered({"uji.pokin": _DEEP})
    monkeypatch.setattr(findings_page, "MOST_DETAILED", 2)
    html = rendered({"uji.pokin": _DEEP})
    assert anchors(html) == anchors(detailed) != []
    root = parsed(html["uji/pemeriksaan.html"])
    assert not list(with_class(root, "temuan"))
    (first, *_) = with_class(root, "temuan-ringkas")
    assert re.search(r"trees/uji\.pokin baris \d+", text_of(first))
    assert len(html["uji/pemeriksaan.html"]) < len(detailed["uji/pemeriksaan.html"])


@pytest.fixture
def long_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(source_page, "MOST_COLOURED", 10)
    for path, page in site_files({"uji.pokin": tree_text(_NODES), "b.pokin": _DEEP}).items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page)
    return tmp_path


def test_a_long_source_keeps_its_text_and_the_anchors_that_pages_lead_to(long_source: Path) -> None:
    text = tree_text(_NODES)
    root = parsed((long_source / "uji/sumber.html").read_text("utf-8"))
    (code,) = (e for e in root.iter("pre") if "polos" in (e.get("class") or ""))
    shown = "".join("".join(group[1].itertext()) for group in with_class(code, "kawanan"))
    for finding in with_class(code, "sisipan"):
        shown = shown.replace("".join(finding.itertext()), "", 1)
    assert shown == text
    ids = {e.get("id") for e in root.iter()}
    wanted = {
        found
        for path in (long_source / "uji").rglob("*.html")
        for found in re.findall(r'sumber\.html#([^"]+)"', path.read_text("utf-8"))
    }
    assert wanted <= ids
    assert any(found.startswith("L") for found in wanted), "findings lead to lines"
    assert any(found.startswith("s-") for found in wanted)


@pytest.mark.browser
def test_any_line_of_a_long_source_can_be_addressed(long_source: Path) -> None:
    lines = tree_text(_NODES).split("\n")
    address = (long_source / "uji/sumber.html").as_uri()
    with chromium() as browser:
        page = browser.new_page()
        problems = problems_of(page)
        for number in (1, 201, 333, 400):
            page.goto(f"{address}#L{number}")
            spot = page.locator(f"#L{number}")
            assert spot.inner_text() == lines[number - 1]
            assert spot.evaluate(
                "e => e.getBoundingClientRect().top < innerHeight && e.getBoundingClientRect().top >= 0"
            )
        page.goto(f"{address}#s-k-4")
        assert page.locator("#s-k-4").evaluate("e => e.getBoundingClientRect().top < innerHeight")
        assert problems == []
