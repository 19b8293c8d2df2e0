"""The picture of a tree: where boxes stand, what is written in them, and that no text gets out of its place."""

from __future__ import annotations

import itertools
import json
import random
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pokin_dsl.edge.dot import lay_out
from pokin_dsl.edge.engine import find_engine
from pokin_dsl.site.boxes import Look
from pokin_dsl.site.diagram import Box, Picture, Ties
from pokin_dsl.site.drawing import draw, standalone
from pokin_dsl.site.layout import ROOM, Layout, dot_text, plan_of, read_layouts
from pokin_dsl.site.plan import RAIL_INDENT, children_of, stacked

if TYPE_CHECKING:
    from collections.abc import Callable

LEVELS = {
    "outcome": "Outcome",
    "csf": "CSF",
    "kondisi": "Kondisi",
    "antara": "Kondisi antara",
    "operasional": "Kondisi operasional",
    "lagi": "",
}
ELEMENTS = {"svg", "g", "a", "title", "rect", "path", "text"}
ATTRIBUTES = {
    *("class", "role", "aria-label", "aria-current", "href", "viewBox", "width", "height", "transform"),
    *("x", "y", "rx", "d", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin"),
    *("font-family", "font-size", "font-weight", "letter-spacing", "text-anchor", "text-decoration"),
    *("textLength", "lengthAdjust"),
    *("id", "data-rentang", "data-batas", "data-n", "data-i", "data-id", "data-pk", "data-unit", "data-dukung"),
}
HOSTILE = "<script>alert(1)</script> ]]> \\N \"kutip\" 'x' &amp; {{7*7}} <b>tebal</b> \x00\x1b\ud800\u202e"

# A kecamatan in small: one chain, one parent of two leaves, one parent of branches.
SMALL = """
outcome Terwujudnya Tata Kelola yang Baik
  csf Belum Optimalnya Pelayanan
    kondisi Meningkatnya Pelayanan
      antara Terselenggaranya Pelayanan
        operasional Terlaksananya Pelayanan
  csf Belum Optimalnya Pemberdayaan
    kondisi Meningkatnya Pemberdayaan
      antara Terselenggaranya Pemberdayaan
        operasional Terakomodirnya Partisipasi
        operasional Terlaksananya Peningkatan SDM
"""


def picture_of(tree: str, name: str = "pohon") -> Picture:
    """Read a picture from an outline: level and statement, two blanks a step."""
    boxes: list[Box] = []
    links: list[tuple[int, int]] = []
    chain: list[int] = []
    for line in tree.strip("\n").splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        level, _, statement = line.strip().partition(" ")
        del chain[depth:]
        if chain:
            links.append((chain[-1], len(boxes)))
        chain.append(len(boxes))
        key = f"k{len(boxes)}"
        boxes.append(Box(key, level, LEVELS[level], statement, (), (), f"{key}.html", focus=False, more=0))
    return Picture(name, "Pohon kinerja", tuple(boxes), tuple(links))


def random_picture(chance: random.Random, name: str) -> Picture:
    reach = chance.choice([2, 4, 9, 60])
    size = chance.randrange(1, 60)
    boxes = (
        Box(
            str(i), chance.choice([*LEVELS]), "Kondisi", "kata " * chance.randrange(12), (), (), "", focus=False, more=1
        )
        for i in range(size)
    )
    links = ((chance.randrange(max(0, i - reach), i), i) for i in range(1, size))
    return Picture(name, name, tuple(boxes), tuple(links))


def simple_layout(picture: Picture) -> Layout:
    """Lay out without an engine: a column for each box, but one for a whole stack."""
    children = children_of(len(picture.boxes), picture.links)
    piled = stacked(children)
    spots: dict[int, tuple[float, float]] = {}
    for box in range(len(picture.boxes)):
        spots.setdefault(box, (box * 300.0, 0.0))
        x, y = spots[box]
        for step, child in enumerate(children[box]):
            spots[child] = (x, y - 72 * (step + 1)) if child in piled else (child * 300.0, y - 72)
    return Layout(tuple(spots[box] for box in range(len(picture.boxes))))


def parse(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own output


def engine_layouts(*pictures: Picture) -> dict[str, Layout]:
    engine = find_engine()
    assert engine is not None, "graphviz-pure is a dependency of pokin"
    return lay_out(engine, {picture.name: dot_text(picture) for picture in pictures}, 60)


def boxes_of(svg: str) -> list[tuple[float, float, float, float]]:
    """Return left, top, right and bottom of each drawn box."""
    found = []
    for element in parse(svg).iter():
        if (element.get("class") or "").startswith("kotak"):
            x, y = map(float, re.findall(r"[\d.]+", element.get("transform", "")))
            ground = next(child for child in element if child.get("class") == "latar")
            found.append((x, y, x + float(ground.get("width", "")), y + float(ground.get("height", ""))))
    return found


def lines_of(svg: str) -> list[tuple[float, float, float, float]]:
    """Return left, top, right and bottom of each piece of the links."""
    path = next((e.get("d", "") for e in parse(svg) if e.get("class") == "garis"), "")
    pieces, x, y = [], 0.0, 0.0
    for command, text in re.findall(r"([MVHvq])([^MVHvq]*)", path):
        figures, old = [float(figure) for figure in text.split()], (x, y)
        match command:
            case "M":
                x, y = figures
                continue
            case "V":
                y = figures[0]
            case "H":
                x = figures[0]
            case "v":
                y += figures[0]
            case "q":
                x, y = x + figures[2], y + figures[3]
        pieces.append((min(x, old[0]), min(y, old[1]), max(x, old[0]), max(y, old[1])))
    return pieces


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


# The question to the engine


def test_dot_text_holds_generated_names_and_no_text() -> None:
    picture = picture_of(SMALL.replace("Terwujudnya", HOSTILE.replace("\x00\x1b\ud800", "")))
    text = dot_text(picture)
    assert text.startswith("digraph pohon {\n")
    assert text.endswith("}\n")
    assert set(re.findall(r"^\s*(\w+)", text, re.MULTILINE)) == {
        *("digraph", "graph", "node", "edge"),
        *(f"n{i}" for i in range(len(picture.boxes))),
    }
    assert "ordering=out" in text
    assert "script" not in text
    assert "Pelayanan" not in text


def test_two_leaves_become_a_chain() -> None:
    edges = re.findall(r"(n\d) -> (n\d)", dot_text(picture_of("antara A\n  operasional B\n  operasional C")))
    assert edges == [("n0", "n1"), ("n1", "n2")]


def test_pictures_of_one_shape_ask_the_same() -> None:
    one = dot_text(picture_of("outcome A\n  csf B", "satu")).partition("{")
    other = dot_text(picture_of("kondisi X\n  antara Y", "dua")).partition("{")
    assert one[0] != other[0]
    assert one[2] == other[2]


# Where the boxes stand


def test_siblings_stand_in_written_order() -> None:
    chance = random.Random(1)
    pictures = [random_picture(chance, f"p{i}") for i in range(80)]
    layouts = engine_layouts(*pictures)
    for picture in pictures:
        every, spots = children_of(len(picture.boxes), picture.links), layouts[picture.name].spots
        piled = stacked(every)
        for parent, children in enumerate(every):
            if not piled.isdisjoint(children):
                assert {spots[child][0] for child in children} == {spots[parent][0]}
                assert [spots[child][1] for child in children] == sorted({spots[c][1] for c in children}, reverse=True)
            else:
                assert [spots[child][0] for child in children] == sorted({spots[child][0] for child in children})


def test_siblings_of_a_very_wide_parent_stand_in_written_order() -> None:
    tree = "outcome A\n" + "".join(f"  csf B{i}\n    kondisi C{i}\n" for i in range(300))
    picture = picture_of(tree)
    spots = engine_layouts(picture)["pohon"].spots
    columns = [spots[child][0] for parent, child in picture.links if parent == 0]
    assert len(columns) == 300
    assert columns == sorted(set(columns))


def test_trees_of_a_forest_stand_side_by_side_in_written_order() -> None:
    picture = picture_of("kondisi A\n  antara B\n  antara C\n    operasional D\nkondisi E\nkondisi F\n  antara G")
    spots = engine_layouts(picture)["pohon"].spots
    assert spots[0][0] < spots[4][0] < spots[5][0]
    assert spots[0][1] == spots[4][1] == spots[5][1]


def test_boxes_are_apart_and_no_line_runs_through_one() -> None:
    chance = random.Random(2)
    pictures = [random_picture(chance, f"p{i}") for i in range(60)]
    layouts = engine_layouts(*pictures)
    lines_seen = 0
    for picture in pictures:
        svg = draw(picture, layouts[picture.name])
        boxes, lines = boxes_of(svg), lines_of(svg)
        lines_seen += len(lines)
        assert len(boxes) == len(picture.boxes)
        assert not [pair for pair in itertools.combinations(boxes, 2) if overlap(*pair)]
        inner = [(left + 3, top + 3, right - 3, bottom - 3) for left, top, right, bottom in boxes]
        assert not [(line, box) for line in lines for box in inner if overlap(line, box)]
    assert lines_seen > 1000


def test_leaves_stand_below_each_other_right_of_a_rail() -> None:
    picture = picture_of("antara A\n  operasional B\n  operasional C\n  operasional D")
    svg = draw(picture, engine_layouts(picture)["pohon"])
    parent, *leaves = boxes_of(svg)
    assert {leaf[0] for leaf in leaves} == {parent[0] + 20}
    assert {leaf[2] for leaf in leaves} == {parent[2] + RAIL_INDENT}
    rail = parent[0] + 9
    assert [leaf[1] for leaf in leaves] == sorted({leaf[1] for leaf in leaves})
    for leaf in leaves:
        middle = (leaf[1] + leaf[3]) // 2
        assert [line for line in lines_of(svg) if rail <= line[0] and line[2] == leaf[0] and line[3] == middle]


def test_a_stack_beside_its_parent_still_hangs_on_it() -> None:
    picture = picture_of("antara A\n  operasional B\n  operasional C")
    svg = draw(picture, Layout(((0, 0), (500, -72), (500, -144))))
    parent, first, _ = boxes_of(svg)
    lines = lines_of(svg)
    assert [line for line in lines if line[0] == (parent[0] + parent[2]) / 2 and line[1] == parent[3]]
    assert [line for line in lines if line[2] == first[0] - 11]


def test_an_only_leaf_stands_straight_below_its_parent() -> None:
    picture = picture_of("kondisi A\n  antara B")
    upper, lower = boxes_of(draw(picture, engine_layouts(picture)["pohon"]))
    assert (upper[0], upper[2]) == (lower[0], lower[2])
    assert lower[1] - upper[3] == 30


def test_the_tops_of_a_row_are_level_and_a_parent_is_centred() -> None:
    picture = picture_of("kondisi A\n  antara " + "B " * 80 + "\n    operasional C\n  antara D\n    operasional E")
    parent, tall, _, short, _ = boxes_of(draw(picture, engine_layouts(picture)["pohon"]))
    assert tall[1] == short[1]
    assert tall[3] > short[3]
    assert parent[0] + parent[2] == (tall[0] + short[2])


def test_a_chain_above_two_branches_stands_between_them() -> None:
    chain = "  csf X\n    kondisi Y\n      antara Z\n        operasional Z\n"
    branch = "      antara C\n        operasional D\n        operasional E\n"
    picture = picture_of("outcome O\n" + chain * 3 + "  csf A\n    kondisi B\n" + branch * 2)
    boxes = boxes_of(draw(picture, engine_layouts(picture)["pohon"]))
    csf, kondisi, left, right = boxes[13], boxes[14], boxes[15], boxes[18]
    assert csf[0] + csf[2] == kondisi[0] + kondisi[2] == left[0] + right[2]


def test_a_kecamatan_is_five_columns_wide() -> None:
    branch = "  csf A\n    kondisi B\n      antara C\n        operasional D\n        operasional E\n"
    picture = picture_of("outcome O\n" + branch * 5)
    width = parse(draw(picture, engine_layouts(picture)["pohon"])).get("width", "")
    assert int(width) <= 5 * (ROOM + 30)


def test_a_thousand_boxes_fit_into_one_picture() -> None:
    chance = random.Random(3)
    boxes = picture_of("kondisi A").boxes * 1000
    picture = Picture("besar", "Besar", boxes, tuple((chance.randrange(max(0, i - 40), i), i) for i in range(1, 1000)))
    assert len(boxes_of(draw(picture, engine_layouts(picture)["besar"]))) == 1000


# The engine's answer


def answer(name: str, *positions: object) -> str:
    return json.dumps(
        {"name": name, "objects": [{"name": f"n{i}", "pos": position} for i, position in enumerate(positions)]},
        indent=2,
    )


def test_layouts_are_found_by_name_whatever_their_order() -> None:
    assert read_layouts(answer("b", "3,4") + "\n" + answer("a", "1,2.5", "-1e1,0")) == {
        "a": Layout(((1, 2.5), (-10, 0))),
        "b": Layout(((3, 4),)),
    }


@pytest.mark.parametrize(
    "position",
    ["nan,1", "1,inf", "1e9,0", "1", "1,2,3", "", "x,y", None, 7, [1, 2], {"x": 1}],
)
def test_a_position_that_is_none_drops_its_picture_only(position: object) -> None:
    assert set(read_layouts(answer("a", "0,0", position) + answer("b", "0,0"))) == {"b"}


@pytest.mark.parametrize(
    "broken",
    [
        answer("a", "0,0")[:-5],
        "{",
        "\x00\xff garbage",
        '{"name": "a"}',
        '{"name": "a", "objects": []}',
        '{"name": "a", "objects": [7, null]}',
        '{"name": "a", "objects": [{"name": "n1", "pos": "0,0"}]}',
        '{"name": "a", "objects": [{"name": "n0", "pos": "0,0"}, {"name": "n0", "pos": "0,0"}]}',
        '{"name": "a", "objects": [{"name": "x", "pos": "0,0"}]}',
        '{"name": 5, "objects": [{"name": "n0", "pos": "0,0"}]}',
        '{"a":' * 100_000,
        '{"name": ' + "9" * 10_000 + "}",
    ],
)
def test_what_is_broken_is_left_out_and_the_rest_is_read(broken: str) -> None:
    assert set(read_layouts(f"{answer('x', '0,0')}\n{broken}\n{answer('y', '0,0')}\n")) == {"x", "y"}


@given(st.text() | st.text('{}[]",:\\\n 0n') | st.binary().map(lambda raw: raw.decode("utf-8", "replace")))
def test_reading_goes_on_after_any_garbage(output: str) -> None:
    assert read_layouts(f"{output}\n{answer('akhir', '0,0')}")["akhir"] == Layout(((0, 0),))


@given(st.integers(0, 2000))
def test_a_cut_answer_gives_a_part_of_the_whole_one(end: int) -> None:
    whole = "\n".join(answer(f"g{i}", "0,0", "0,-72") for i in range(8))
    assert read_layouts(whole[:end]).items() <= read_layouts(whole).items()


@pytest.mark.parametrize(
    "spots",
    [
        (),
        ((0, 0),),
        ((0, 0), (0, -72), (0, -144)),
        ((0, -72), (0, 0)),
        ((0, 0), (500, 0)),
    ],
    ids=["none", "too few", "too many", "child above", "child beside"],
)
def test_a_layout_of_another_tree_gives_no_picture(spots: tuple[tuple[float, float], ...]) -> None:
    assert draw(picture_of("kondisi A\n  antara B"), Layout(spots)) == ""


def test_boxes_on_top_of_each_other_give_no_picture() -> None:
    picture = picture_of("kondisi A\n  antara B\n    operasional C\n  antara D")
    sizes = [(216, 50)] * 4
    assert plan_of(picture, Layout(((0, 0), (0, -72), (0, -144), (100, -72))), sizes) is None
    assert plan_of(picture, Layout(((0, 0), (0, -72), (0, -144), (300, -72))), sizes) is not None


# What is written in the boxes


def texts(svg: str, kind: str) -> list[str]:
    """Return the texts of a class, with their lines joined again."""
    return ["".join(e.itertext()) for e in parse(svg).iter() if e.get("class") == kind]


def drawn(box: Box) -> str:
    return draw(Picture("p", "P", (box,), ()))


BOX = Box(
    "k1",
    "antara",
    "Kondisi antara",
    "Terselenggaranya Pelayanan di Tingkat Kecamatan sesuai dengan Standar Pelayanan",
    ("Persentase Penyelenggaraan Pelayanan",),
    ("Kasi Pembermas", "Pelaksana/JF"),
    "kinerja/k1.html",
    focus=False,
    more=0,
)


def test_a_box_shows_label_statement_indicator_and_holders() -> None:
    svg = drawn(BOX)
    assert texts(svg, "label") == ["KONDISI ANTARA"]
    assert texts(svg, "nama") == [BOX.statement]
    assert texts(svg, "ukuran") == ["Persentase Penyelenggaraan Pelayanan"]
    assert texts(svg, "pemegang") == ["PK Kasi Pembermas", "PK Pelaksana/JF"]


def test_more_indicators_than_two_are_counted() -> None:
    svg = drawn(replace(BOX, indicators=("A", "B", "C", "D", "E")))
    assert texts(svg, "ukuran") == ["A", "B", "dan 3 indikator lagi"]


def test_a_long_statement_is_cut_but_its_title_is_whole() -> None:
    svg = drawn(replace(BOX, statement="Meningkatnya " * 60))
    assert texts(svg, "nama")[0].endswith("…")
    title = next(e.text or "" for e in parse(svg).iter("title"))
    assert title.count("Meningkatnya") == 60


def test_a_box_that_says_everything_needs_no_title() -> None:
    assert not [*parse(drawn(BOX)).iter("title")]
    assert [*parse(drawn(replace(BOX, holders=("A", "B", "C")))).iter("title")]


def test_indicators_have_numbers_only_where_a_box_below_carries_one() -> None:
    two = replace(BOX, indicators=("Persentase Satu", "Persentase Dua"))
    assert texts(drawn(replace(two, ties=Ties(iku=(1,)))), "ukuran") == ["IKU: Persentase Satu", "Persentase Dua"]
    numbered = drawn(replace(two, ties=Ties(numbered=True, iku=(2,))))
    assert texts(numbered, "ukuran") == ["1. Persentase Satu", "2. IKU: Persentase Dua"]
    assert texts(drawn(replace(BOX, ties=Ties(carries=(1, 2)))), "naik") == ["Mendukung indikator 1 dan 2"]


def test_what_else_a_box_supports_and_its_partners_are_told() -> None:
    partners = (("Dinas Sosial", "menunggu"), ("Dinas Kesehatan", ""), ("Polsek", ""), ("Koramil", ""))
    svg = drawn(replace(BOX, ties=Ties(also=("Meningkatnya Ketertiban", "Nilai A"), partners=partners)))
    assert texts(svg, "juga") == ["Juga mendukung: Meningkatnya Ketertiban; Nilai A"]
    assert texts(svg, "mitra") == ["Dinas Sosial (menunggu)", "Dinas Kesehatan", "+ 2 mitra lagi"]
    assert "Crosscutting: Koramil" in next(e.text or "" for e in parse(svg).iter("title"))


def test_scripts_learn_what_a_box_hangs_together_with() -> None:
    ties = Ties(pk=("camat", "kasi"), units=("Seksi A|B", "Seksi C"), supports=("lain",))
    picture = picture_of("outcome A\n  csf B")
    svg = draw(replace(picture, boxes=(picture.boxes[0], replace(BOX, ties=ties)), anchor="gambar-pohon"))
    first, second = (e.attrib for e in parse(svg) if (e.get("class") or "").startswith("kotak"))
    assert parse(svg).attrib["id"] == "gambar-pohon"
    facts = {name: value for name, value in second.items() if name.startswith("data-")}
    assert facts == {
        "data-n": "1",
        "data-i": "0",
        "data-id": "k1",
        "data-pk": "camat kasi",
        "data-unit": "Seksi A/B|Seksi C",
        "data-dukung": "lain",
    }
    assert {name: value for name, value in first.items() if name.startswith("data-")} == {
        "data-n": "0",
        "data-id": "k0",
    }


def test_levels_look_as_the_workspace_wants() -> None:
    look = Look("#000000", "#abcdef", "#123456", "#fff")
    svg = draw(Picture("p", "P", (BOX,), ()), None, {"antara": look})
    assert svg.count("#abcdef") == 1
    assert "#1d4ed8" not in svg


def test_marks_without_width_do_not_make_a_box_endless() -> None:
    assert len(texts(drawn(replace(BOX, statement="a" + "\u0301" * 50_000)), "nama")[0]) <= 1000


def test_a_box_is_a_link_only_where_it_leads_somewhere() -> None:
    assert [e.get("href") for e in parse(drawn(BOX)).iter("a")] == ["kinerja/k1.html"]
    assert not [*parse(drawn(replace(BOX, href=""))).iter("a")]


def test_the_box_in_focus_is_told_apart_without_colour() -> None:
    plain, focus = drawn(BOX), drawn(replace(BOX, focus=True))
    assert 'class="kotak kotak-antara kotak-fokus"' in focus
    assert "kotak-fokus" not in plain
    assert ('stroke-width="3.5"' in focus, 'stroke-width="3.5"' in plain) == (True, False)


def test_a_csf_is_a_narrow_dashed_note_with_a_folded_corner() -> None:
    csf, other = drawn(replace(BOX, level="csf")), drawn(BOX)
    assert ("stroke-dasharray" in csf, "stroke-dasharray" in other) == (True, False)
    assert ('class="lipatan"' in csf, 'class="lipatan"' in other) == (True, False)
    assert boxes_of(csf)[0][2] < boxes_of(other)[0][2]


def test_the_box_for_the_rest_says_how_many() -> None:
    svg = drawn(replace(BOX, level="lagi", more=1234))
    assert texts(svg, "lagi") == ["dan 1.234 lagi"]
    assert texts(svg, "nama") == []


def test_a_box_with_more_below_says_so() -> None:
    assert texts(drawn(replace(BOX, more=12)), "lanjutan") == ["+ 12 kinerja di bawahnya"]
    assert texts(drawn(BOX), "lanjutan") == []


def test_hostile_text_stays_text() -> None:
    svg = drawn(Box(HOSTILE, HOSTILE, HOSTILE, HOSTILE, (HOSTILE,), (HOSTILE,), HOSTILE, focus=True, more=1))
    assert {e.tag for e in parse(svg).iter()} <= ELEMENTS
    assert "<script" not in svg
    assert "]]>" not in svg
    assert not set("\x00\x1b\ud800\u202e") & set(svg)
    assert "<script>alert(1)</script>" in texts(svg, "ukuran")[0]


def test_a_hostile_title_stays_an_attribute() -> None:
    svg = draw(replace(picture_of("kondisi A"), title=HOSTILE))
    assert "<script>alert(1)</script>" in parse(svg).get("aria-label", "")
    assert len([*parse(svg)]) == 1


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(
    [HOSTILE, "W" * 400, "x " * 400]
)


@st.composite
def pictures(draw_from: st.DrawFn) -> Picture:
    size = draw_from(st.integers(1, 9))
    some = st.lists(ANY_TEXT, max_size=4).map(tuple)
    level = st.sampled_from([*LEVELS]) | ANY_TEXT
    numbers = st.lists(st.integers(1, 9), max_size=2).map(tuple)
    partner = st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=4).map(tuple)
    ties = st.builds(Ties, some, some, some, some, partner, numbers, st.booleans(), numbers)
    plain = (st.just("k"), level, ANY_TEXT, ANY_TEXT, some, some, ANY_TEXT, st.booleans(), st.integers())
    box = st.builds(Box, *plain, st.sampled_from(["", "baru", "lama", "x"]), ANY_TEXT, ties)
    boxes = tuple(draw_from(box) for _ in range(size))
    links = tuple((draw_from(st.integers(0, i - 1)), i) for i in range(1, size))
    return Picture("p", draw_from(ANY_TEXT), boxes, links)


@settings(deadline=None)
@given(pictures(), st.sampled_from([simple_layout, lambda _: None]))
def test_every_picture_is_well_formed_and_of_known_elements_and_attributes(
    picture: Picture, layout: Callable[[Picture], Layout | None]
) -> None:
    svg = draw(picture, layout(picture))
    elements = [*parse(svg).iter()]
    assert {element.tag for element in elements} <= ELEMENTS
    assert {attribute for element in elements for attribute in element.attrib} <= ATTRIBUTES
    assert len(boxes_of(svg)) == len(picture.boxes)
    assert len([e for e in elements if e.tag == "a"]) == len([box for box in picture.boxes if box.href])


@settings(deadline=None)
@given(pictures())
def test_every_picture_also_stands_alone(picture: Picture) -> None:
    root = parse(standalone(draw(picture)).partition("\n")[2])
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root[0].get("fill") == "#fff"
    assert root.get("font-family", "").startswith("Arial")


def test_the_same_picture_gives_the_same_bytes() -> None:
    picture = picture_of(SMALL)
    first, second = (draw(picture, engine_layouts(picture)["pohon"]) for _ in range(2))
    assert first == second
    assert draw(picture) == draw(picture)
