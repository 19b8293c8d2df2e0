"""Pages of large trees: what is too long for one page is divided or told in short, and nothing of it is lost."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.trees import tree_text
from pokin_dsl.edge.package import built_in_look
from pokin_dsl.model.naming import RESERVED_TREES
from pokin_dsl.model.query import walk
from pokin_dsl.pipeline import changes_html
from pokin_dsl.site import change_parts, changes_page, finding_parts, findings_page, outline, parts, source_parts
from pokin_dsl.site.comparison import Compared, Former
from pokin_dsl.site.cuts import cuts
from pokin_dsl.syntax.vocabulary import RESERVED_IDS
from tests.access import COLOURS, resize, violations
from tests.pages import links, parsed, rendered, section, table_rows, text_of, with_class
from tests.sites import compiled, on_disk, seed_texts, site_files

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree import ElementTree as ET

    from playwright.sync_api import Page

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


@pytest.mark.usefixtures("small")
def test_no_tree_may_lie_where_the_parts_of_another_lie() -> None:
    pages = (path.split("/") for path in rendered({"uji.pokin": large()}))
    folders = {path[1] for path in pages if len(path) > 2 and path[0] == "uji"}
    assert {"indikator", "kinerja", "tahap-5", "pemeriksaan", "sumber"} <= folders <= RESERVED_TREES


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
    assert not any(re.search(r"/(sumber|pemeriksaan)/", path) for path in html)
    assert not any('class="temuan-ringkas"' in page for page in html.values())


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


# -- where a long page is cut -----------------------------------------------------------------------------------------


@settings(deadline=None)
@given(length=st.integers(0, 300), most=st.integers(1, 80), places=st.dictionaries(st.integers(0, 299), st.text()))
def test_pieces_are_neither_long_nor_short(length: int, most: int, places: dict[int, str]) -> None:
    marks = {at: (0, places[at]) for at in sorted(places)}
    starts = cuts(length, marks, most)
    sizes = [end - start for start, end in zip(starts, [*starts[1:], length], strict=True)]
    assert sum(sizes) == length
    assert max(sizes) <= most
    assert all(size >= max(1, most // 2) for size in sizes[:-1])
    for start, begin in pairwise(starts):
        assert begin in marks or not any(start + max(1, most // 2) <= at <= start + most for at in marks)


def addresses(text: str) -> list[str]:
    (tree,) = compiled({"uji.pokin": text}).trees
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source_parts, "MOST_LINES", 60)
        return [part.address for part in source_parts.SourceParts(tree.documents).parts]


@pytest.mark.parametrize("nth", range(4))
def test_lines_that_are_added_leave_nearly_all_parts_their_address(nth: int) -> None:
    text = tree_text(600)
    before = addresses(text)
    lines = text.split("\n")
    lines[10 + nth * 300 : 10 + nth * 300] = ["# catatan"] * 7
    after = addresses("\n".join(lines))
    assert len(before) > 50
    assert len(set(before) ^ set(after)) <= 8


@pytest.mark.parametrize("words", ["", "[awal] ", "AWAL", "con", "_", "\u0634\u062c\u0631\u0629"])
def test_parts_are_files_of_their_own_on_any_system(words: str) -> None:
    branch = "  csf {}\n" + "    # catatan\n" * 58
    found = addresses("pokin: 1\njudul: Uji\noutcome Uji\n" + "".join(branch.format(words or "?!") for _ in range(5)))
    assert len(found) >= 5
    assert len({address.casefold() for address in found}) == len(found)
    assert all(re.fullmatch(r"sumber/[a-z0-9][a-z0-9_-]*\.html", address) for address in found)
    assert not {address[len("sumber/") : -len(".html")] for address in found} & RESERVED_IDS


# -- findings, sources and changes in parts ---------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every limit so small that a tree of 130 nodes is a large one."""
    monkeypatch.setattr(parts, "MOST_ROWS", 40)
    monkeypatch.setattr(source_parts, "MOST_LINES", 100)
    monkeypatch.setattr(findings_page, "MOST_DETAILED", 2)
    monkeypatch.setattr(finding_parts, "MOST_TOGETHER", 30)
    monkeypatch.setattr(finding_parts, "MOST_BESIDE", 6)
    monkeypatch.setattr(change_parts, "MOST_UNITS", 100)
    monkeypatch.setattr(changes_page, "MOST_NAMED", 5)


def large() -> str:
    """Give a tree of which every indicator has a finding, and a few things more have one."""
    text = tree_text(_NODES).replace("  @target (%) ", "  @target () ")
    assert text != tree_text(_NODES)
    return text


def test_many_findings_are_told_by_rule_with_the_same_anchors(monkeypatch: pytest.MonkeyPatch) -> None:
    def anchors(html: dict[str, str]) -> list[str]:
        ids = (e.get("id") or "" for e in parsed(html["uji/pemeriksaan.html"]).iter())
        return sorted(id_ for id_ in ids if id_.startswith("temuan-"))

    detailed = rendered({"uji.pokin": large()})
    monkeypatch.setattr(findings_page, "MOST_DETAILED", 2)
    html = rendered({"uji.pokin": large()})
    assert anchors(html) == anchors(detailed) != []
    root = parsed(html["uji/pemeriksaan.html"])
    assert not list(with_class(root, "temuan"))
    (first, *_) = with_class(root, "temuan-ringkas")
    assert re.search(r"trees/uji\.pokin baris \d+", text_of(first))
    assert len(html["uji/pemeriksaan.html"]) < len(detailed["uji/pemeriksaan.html"])


@pytest.mark.usefixtures("small")
def test_very_many_findings_are_counted_by_rule_and_stand_each_on_one_page() -> None:
    (tree,) = compiled({"uji.pokin": large()}).trees
    html = rendered({"uji.pokin": large()})
    pages = {path: root for path, root in pages_of(html, "pemeriksaan").items() if "uji/pemeriksaan" in path}
    assert len(pages) > 4
    shown = Counter(e.get("id") for root in pages.values() for e in root.iter("li") if e.get("id"))
    assert set(shown.values()) == {1}
    assert shown.total() == len(tree.diagnostics)
    assert max(sum(1 for e in root.iter("li") if e.get("id")) for root in pages.values()) <= 30
    (table,) = pages["uji/pemeriksaan.html"].iter("table")
    counted = {row[1].split(" ")[0]: int(row[2]) for row in table_rows(table)}
    assert counted == Counter(diagnostic.code for diagnostic in tree.diagnostics)
    part = pages["uji/pemeriksaan/p202.html"]
    assert re.search(rf"memuat temuan 1–\d+ dari {counted['P202']} menurut aturan P202", text_of(part))


def lines_of(html: dict[str, str]) -> str:
    """Give all source lines that the pages of a tree show, in the order in which its page leads to them."""
    own = parsed(html["uji/sumber.html"])
    further = [f"uji/{a.get('href')}" for a in own.iter("a") if a.get("data-baris")]
    assert further
    roots = (parsed(html[path]) for path in further)
    return "".join("".join(line.itertext()) for root in roots for line in with_class(root, "baris"))


@pytest.mark.usefixtures("small")
def test_a_long_source_keeps_its_text() -> None:
    fragment = "".join(f"kondisi [x{n}] Kondisi {n}\n  @catatan Satu\n" for n in range(120))
    text = f"{large()}  sertakan bagian.pokin\n"
    html = rendered({"uji.pokin": text, "bagian.pokin": fragment})
    assert lines_of(html) == text + fragment
    (first, *_) = (html[path] for path in html if path.startswith("uji/sumber/"))
    assert re.search(r"memuat baris 1–\d+ dari \d+ baris trees/uji\.pokin", text_of(parsed(first)))


def divided() -> dict[str, bytes]:
    """Build the site of a large tree beside its former version, of which every operasional and target was another."""
    before = compiled({"uji.pokin": tree_text(_NODES)})
    after = large().replace("operasional Terlaksananya", "operasional Terselenggaranya").replace("2027=", "2027=1")
    return site_files({"uji.pokin": after}, Former("awal", {tree.nama: tree.peta for tree in before.trees}))


@pytest.mark.usefixtures("small")
def test_every_link_leads_to_the_page_that_has_its_place() -> None:
    files = divided()
    html = {path: content.decode() for path, content in files.items() if path.endswith(".html") and path != "404.html"}
    ids = {path: set(re.findall(r'\bid="([^"]+)"', page)) for path, page in html.items()}
    met: Counter[str] = Counter()
    for path, page in html.items():
        for href in re.findall(r'\bhref="([^"]+)"', page):
            target, _, place = href.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            assert there in files, (path, href)
            assert not place or place.startswith("tabel=") or place in ids[there], (path, href)
            met[posixpath.dirname(there)] += bool(place)
    assert {"uji/sumber", "uji/pemeriksaan", "perubahan"} <= set(+met)


@pytest.mark.usefixtures("small")
def test_very_many_changes_are_counted_by_branch_and_stand_each_on_one_page() -> None:
    before, after = (compiled({"uji.pokin": text}) for text in (tree_text(_NODES), large()))
    former = Former("awal", {tree.nama: tree.peta for tree in before.trees})
    files = site_files({"uji.pokin": large()}, former)
    found = Compared(former, {tree.nama: tree.peta for tree in after.trees})
    cards = [card for tree in found.trees.values() for part in tree.sections for card in part.cards]
    pages = {path: parsed(page.decode()) for path, page in files.items() if re.match(r"perubahan[/.]", path)}
    own = pages.pop("perubahan.html")
    assert len(pages) > 4
    assert pages.keys() == {f"perubahan/bagian-{nth}.html" for nth in range(1, len(pages) + 1)}
    assert not [*own.iter("article")]
    shown = [e.get("id") for root in pages.values() for e in root.iter("article")]
    assert sorted(map(str, shown)) == sorted(card.mark.anchor for card in cards)
    counted = [int(text_of(e)) for e in with_class(own, "redup") if text_of(e).isdigit()]
    assert sum(counted) == len(found.changes)
    alone = changes_html(found, built_in_look())
    assert [e.get("id") for e in parsed(alone).iter("article")] == [card.mark.anchor for card in cards]


@pytest.mark.browser
@pytest.mark.usefixtures("small")
def test_the_address_of_a_line_leads_to_its_part(page: Page, tmp_path: Path) -> None:
    on_disk(site_files({"uji.pokin": tree_text(_NODES)}), tmp_path)
    lines = tree_text(_NODES).split("\n")
    own = tmp_path / "uji" / "sumber.html"
    parts = sorted((tmp_path / "uji" / "sumber").iterdir())
    for start, number in ((own, 1), (own, 333), (parts[0], 400), (parts[-1], 2)):
        page.goto(f"{start.as_uri()}#L{number}")
        spot = page.locator(f"#L{number}")
        spot.wait_for()
        assert spot.inner_text().rstrip("\n") == lines[number - 1]
        assert spot.evaluate("e => getComputedStyle(e, '::before').content") == f'"{number}"'
        assert spot.evaluate("e => e.getBoundingClientRect().top < innerHeight && e.getBoundingClientRect().top >= 0")
    for nowhere in ("L99999", "F1-L400", "L0400"):  # no page has a line of that name
        page.goto("about:blank")
        page.goto(f"{own.as_uri()}#{nowhere}")
        assert page.locator("h1").inner_text() == "Sumber"
        assert page.url.endswith(f"sumber.html#{nowhere}")


@pytest.mark.browser
@pytest.mark.usefixtures("small")
def test_axe_finds_nothing_on_the_parts(page: Page, tmp_path: Path) -> None:
    files = divided()
    on_disk(files, tmp_path)
    folders = [f"uji/{name}/" for name in ("indikator", "tahap-3", "tahap-5", "sumber", "pemeriksaan")]
    heaviest = [
        max((p for p in files if p.startswith(f)), key=lambda p: len(files[p])) for f in (*folders, "perubahan/")
    ]
    found = dict[str, list[str]]()
    for path in ("uji/sumber.html", "uji/pemeriksaan.html", "perubahan.html", *heaviest):
        page.goto((tmp_path / path).as_uri())
        resize(page, (1280, 900))
        found[path] = violations(page)
        resize(page, (320, 740))
        page.emulate_media(color_scheme="dark")
        found[path] += violations(page, COLOURS)
        page.emulate_media(color_scheme="light")
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
