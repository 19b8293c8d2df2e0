"""A tree that is read again after an edit: the same as read anew, and the same objects where nothing changed."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pokin_dsl.diagnostics import in_order
from pokin_dsl.model.index import LARGEST
from pokin_dsl.model.memory import BRANCHES, BUILT, MOST_TREES, OfLastReading, forget
from pokin_dsl.model.nomenklatur import Butir, Nomenklatur, with_names
from pokin_dsl.model.query import Peta, peta
from pokin_dsl.model.resolve import Resolved, resolve
from pokin_dsl.model.tree import Kode
from pokin_dsl.syntax.nodes import HERE, Block, Branch, Document, IncludeLine, Shift
from pokin_dsl.syntax.parse import walk
from tests.support import any_text, pokin_tree, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.model.tree import Simpul
    from tests.support import Tree

TOP = "pokin: 1\njudul: Pohon\n"
PATH = "trees/contoh.pokin"
AS_READ = -1
"""Not by depth, but as reading itself makes branches."""
WITHOUT = 1 << 10
LISTED = Nomenklatur({"7.01.01": Butir("program", "7.01.01", "Nama Resmi")})


@pytest.fixture(autouse=True)
def without_memory() -> Iterator[None]:
    forget()
    yield
    forget()


# -- reading with branches ---------------------------------------------------------------------------------------------


def plain(block: Block) -> Block:
    """Let a block and all below it stand where they stand, without any branch."""
    here = block.placed()
    return replace(here, children=tuple(plain(child) for child in here.children))


@dataclass
class Reader:
    """Reads texts, and takes all blocks of one depth for branches: equal ones for the same, as long as it lives."""

    depth: int = 2
    branches: dict[Block, Branch] = field(default_factory=dict)

    def read(self, text: str, path: str = PATH) -> Document:
        document, _ = read_bytes(text.encode("utf-8", "surrogatepass"), path)
        if self.depth == AS_READ:
            return document
        document = replace(document, blocks=tuple(plain(block) for block in document.blocks))
        return replace(document, blocks=tuple(self._with_branches(block, 0) for block in document.blocks))

    def _with_branches(self, block: Block, depth: int) -> Block:
        if depth < self.depth:
            return replace(block, children=tuple(self._with_branches(child, depth + 1) for child in block.children))
        alone = from_its_beginning(block)
        marked = tuple(replace(b, children=()) for b in walk((alone,)) if isinstance(b.sentence, IncludeLine))
        branch = self.branches.setdefault(alone, Branch(alone, marked))
        return replace(branch.block, shift=beginning(block), branch=branch)


def beginning(block: Block) -> Shift:
    return Shift(block.line.start, block.line.number)


def less(one: Shift, other: Shift) -> Shift:
    return Shift(one.characters - other.characters, one.lines - other.lines)


def from_its_beginning(block: Block) -> Block:
    """Let a block and all below it count lines and characters from where it begins."""
    return _counted_from(block, beginning(block))


def _counted_from(block: Block, start: Shift) -> Block:
    children = tuple(_counted_from(child, start) for child in block.children)
    return replace(block, line=block.line.moved(less(Shift(), start)), children=children)


def each_from_its_own(block: Block, above: Shift = HERE) -> Block:
    """Let every single block count from where it begins, moved there from the beginning of the block above."""
    start = beginning(block)
    children = tuple(each_from_its_own(child, start) for child in block.children)
    return replace(block, line=block.line.moved(less(Shift(), start)), children=children, shift=less(start, above))


@dataclass
class Reading:
    """What one text came to, in a shape that can be compared with another reading of it."""

    resolved: Resolved
    peta: Peta
    findings: tuple[Diagnostic, ...]

    def places(self) -> dict[str, object]:
        letak = self.resolved.letak
        return {
            id_: (
                tempat.source.path,
                tempat.line(tempat.block).number,
                tempat.span(),
                tuple((tempat.line(block), block.sentence) for block in tempat.annotations),
            )
            for id_, tempat in letak.items()
        }

    def looked_up(self) -> dict[str, object]:
        names = ("simpul", "induk", "indikator", "jabatan", "atasan", "turunan", "alias")
        return {name: list(getattr(self.peta, name).items()) for name in names}


def take(document: Document, fragments: Mapping[str, Document] = {}, name: str = "contoh") -> Reading:
    resolved, findings = resolve(name, document, fragments)
    pohon = with_names(resolved.pohon, LISTED)
    return Reading(resolved, peta(pohon), findings)


def assert_equal(one: Reading, other: Reading) -> None:
    assert one.resolved.pohon == other.resolved.pohon
    assert list(one.places().items()) == list(other.places().items())
    assert in_order(one.findings) == in_order(other.findings)
    assert one.looked_up() == other.looked_up()
    assert (one.resolved.root, one.resolved.sources) == (other.resolved.root, other.resolved.sources)


def plainly(text: str, fragments: Mapping[str, str] = {}) -> Reading:
    """Read without branches, in a process that has read nothing before, and leave no trace."""
    forget()
    plain = Reader(WITHOUT)
    found = take(plain.read(text), {path: plain.read(content, path) for path, content in fragments.items()})
    forget()
    return found


# -- places ------------------------------------------------------------------------------------------------------------

NOTED = """outcome [a1] A
  csf [b1] B
    kondisi [c1] C
      @indikator [i1] I
        | lanjutan
        @target (%) 2026=1
      @catatan
        lihat [[tiada]]
      @lihat hilang
      operasional [d1] D
        @pagu 2026=1
        @pagu 2027=2
"""


@pytest.mark.parametrize("depth", [AS_READ, 0, 1, 2, 3])
def test_things_of_a_branch_stand_where_it_stands(depth: int) -> None:
    reader = Reader(depth)
    take(reader.read(TOP + NOTED))
    moved = "\n\n" + TOP.replace("Pohon", "Pohon yang Lain") + "# komentar\noutcome Z\n" + NOTED
    document = reader.read(moved)
    reading = take(document)
    assert_equal(reading, plainly(moved))
    lines = {id_: place.line(place.block).number for id_, place in reading.resolved.letak.items()}
    assert lines == {"z": 6, "a1": 7, "b1": 8, "c1": 9, "i1": 10, "d1": 16}
    shown = [moved[finding.span.start : finding.span.end] for finding in in_order(reading.findings)]
    assert shown == ["[[tiada]]", "hilang", "@pagu"]
    assert "di baris 17 " in in_order(reading.findings)[2].message


@given(pokin_tree())
def test_blocks_below_a_moved_block_are_moved_with_it(tree: Tree) -> None:
    text = tree.text()
    document = Reader(WITHOUT).read(text)
    apart = replace(document, blocks=tuple(each_from_its_own(block) for block in document.blocks))
    anew = take(document)
    forget()
    assert_equal(take(apart), anew)


def test_what_has_not_moved_is_not_copied() -> None:
    document = Reader(WITHOUT).read(TOP + NOTED)
    letak = take(document).resolved.letak
    blocks = {id(block): block for block in walk(document.blocks)}
    for place in letak.values():
        assert place.line(place.block) is blocks[id(place.block)].line


# -- the same objects --------------------------------------------------------------------------------------------------

TWO = """outcome [a1] A
  @indikator [i1] Satu
  csf [b1] B
    kondisi [c1] C
      @mendukung i1
      @program 7.01.01
      operasional [d1] D
      operasional [d2] E
    kondisi [c2] F
      @pk Camat
      operasional [d3] G
"""


def nodes(reading: Reading) -> Mapping[str, Simpul]:
    return reading.peta.simpul


def test_an_edit_leaves_all_other_nodes_the_same_objects() -> None:
    reader = Reader()
    before = take(reader.read(TOP + TWO))
    after = take(reader.read(TOP + "\n" + TWO.replace("] G", "] Gg")))
    changed = [id_ for id_, node in nodes(before).items() if nodes(after)[id_] is not node]
    assert changed == ["a1", "b1", "c2", "d3"]
    assert nodes(after)["c1"].kode == Kode("program", "7.01.01", "Nama Resmi")


def test_what_an_edit_brought_and_another_took_back_is_equal_to_before() -> None:
    reader = Reader()
    texts = (TWO, TWO.replace("] G", "] Gg"), TWO)
    first, _, third = [take(reader.read(TOP + text)) for text in texts]
    assert_equal(first, third)
    assert nodes(third)["c2"] is nodes(first)["c2"]


def test_siblings_in_an_edited_branch_stay_the_same_objects() -> None:
    reader = Reader()
    before = take(reader.read(TOP + TWO))
    after = take(reader.read(TOP + TWO.replace("] D", "] Dd")))
    assert nodes(after)["d2"] is nodes(before)["d2"]
    assert nodes(after)["d1"] is not nodes(before)["d1"]


def test_without_branches_too() -> None:
    reader = Reader(WITHOUT)
    before = take(reader.read(TOP + TWO))
    after = take(reader.read(TOP + TWO.replace("] D", "] Dd")))
    assert [id_ for id_, node in nodes(before).items() if nodes(after)[id_] is not node] == ["a1", "b1", "c1", "d1"]


def test_a_tree_is_not_mixed_with_another_of_the_same_text() -> None:
    reader = Reader()
    one, other = take(reader.read(TOP + TWO, "trees/a.pokin"), name="a"), take(reader.read(TOP + TWO), name="b")
    assert {place.source.path for place in one.resolved.letak.values()} == {"trees/a.pokin"}
    assert {place.source.path for place in other.resolved.letak.values()} == {PATH}


def test_what_is_made_of_a_branch_goes_with_it() -> None:
    reader = Reader()
    take(reader.read(TOP + TWO))
    gc.collect()
    assert (len(BRANCHES), len(BUILT)) == (len(reader.branches), len(reader.branches)) == (2, 2)
    reader.branches.clear()
    take(reader.read(TOP + "outcome A\n"))
    gc.collect()
    assert (len(BRANCHES), len(BUILT)) == (0, 0)


def test_the_trees_read_longest_ago_are_forgotten() -> None:
    memory: OfLastReading[int] = OfLastReading()
    for number in range(MOST_TREES + 2):
        memory.keep(str(number), number)
        memory.keep("1", 1)
    assert (memory.get("0"), memory.get("1"), memory.get("2")) == (None, 1, None)
    assert memory.get("4") == 4


# -- what depends on the rest of the tree ------------------------------------------------------------------------------

FIRST = """outcome [a1] A
  csf [b1] B
    kondisi [c1] C
      @mendukung c2
      @lihat lama
      @pk Kasi A
      @catatan lihat [[c2]]
      operasional Sama
      operasional [d1] Y
  csf [b2] Bb
    kondisi [c2] F
      operasional Beda
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Beda", "Sama"),
        ("kondisi [c2] F", "kondisi [sama] F"),
        ("kondisi [c2] F", "kondisi [cx] F"),
        ("kondisi [c2] F\n", "kondisi [c2] F\n      @alias lama\n"),
        ("kondisi [c2] F\n", "kondisi [c2] F\n      @alias sama\n"),
        ("kondisi [c2] F", "kondisi [c1] F"),
        ("kondisi [c2] F\n", "kondisi [c2] F\n      @mendukung c1\n"),
        ("outcome", "jabatan [kasi-a] Kasi A\noutcome"),
        ("outcome", "jabatan [kepala] Kepala\noutcome"),
        ("outcome", "jabatan [kasi-b] Kasi Aa\noutcome"),
        ("  csf [b1] B\n", "  @indikator [c2] I\n  csf [b1] B\n"),
        ("  csf [b1] B\n", "  csf [b1] B\n    @indikator [i1] I\n"),
        ("    kondisi [c2] F", "    konndisi??? [c2] F"),
        ("    kondisi [c2] F", "    kondisi [c2 ! F"),
        ("[a1]", "[ax]"),
        ("[b2]", "[c1]"),
        ("  csf [b2]", "jabatan [b2]"),
        ("  csf [b1] B", "  outcome [b1] B"),
        ("  csf [b1] B", "  @indikator [b1] B"),
        ("  csf [b1] B", "  operasional [b1] B"),
        ("  csf [b1] B", "  bukan apa-apa"),
        ("  csf [b2]", "\n\n  csf [b2]"),
        ("      operasional [d1] Y\n", ""),
        ("      operasional [d1] Y\n", "      operasional [d1] Y\n    @pk salah\n"),
        ("Beda\n", "Beda\n" + "    kondisi C\n      operasional Sama\n      operasional Y\n" * 2),
    ],
)
def test_a_branch_knows_when_the_rest_of_the_tree_changes(old: str, new: str) -> None:
    edited = TOP + FIRST.replace(old, new)
    assert edited != TOP + FIRST
    expected = plainly(TOP + FIRST), plainly(edited)
    for depth in (AS_READ, 0, 1, 2, 3):
        reader = Reader(depth)
        forget()
        for text, found in ((TOP + FIRST, expected[0]), (edited, expected[1]), (TOP + FIRST, expected[0])):
            assert_equal(take(reader.read(text)), found)


def test_equal_branches_under_two_parents_have_each_their_own_ids() -> None:
    same = "    kondisi Sama\n      @indikator Sama pula\n      operasional Anak\n"
    text = TOP + f"outcome A\n  csf [b1] B\n{same}  csf [b2] C\n{same}"
    reader = Reader()
    reading = take(reader.read(text))
    assert len(reader.branches) == 1
    again = take(reader.read(text))
    assert all(nodes(again)[id_] is node for id_, node in nodes(reading).items())
    assert_equal(reading, plainly(text))


def test_a_first_owner_is_named_by_the_line_where_it_stands_now() -> None:
    text = TOP + "outcome [a1] A\n  csf [b1] B\n    kondisi [c1] C\n  csf [b2] D\n    kondisi [c1] E\n"
    reader = Reader()
    assert "csf" not in (first := take(reader.read(text)).findings[0].message)
    assert first.endswith("di baris 5.")
    (moved,) = take(reader.read(text.replace("  csf [b1]", "\n  csf [b1]"))).findings
    assert moved.message.endswith("di baris 6.")


SUPPORTING = """outcome [a1] A
  @indikator [i1] Satu
  outcome [a2] B
    csf [b1] C
      antara [t1] D
        @mendukung i1
  kondisi [k1] E
    @mendukung i1
    @alias lama
  csf [b2] F
    kondisi [k2] G
      operasional [d1] H
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  @indikator [i1] Satu\n  outcome [a2] B\n", "  outcome [a2] B\n    @indikator [i1] Satu\n"),
        ("outcome [a2]", "kondisi [a2]"),
        ("  csf [b2]", "  kondisi Baru\n  csf [b2]"),
        ("  kondisi [k1]", "  kondisi [k3]\n    @alias lama\n  kondisi [k1]"),
    ],
)
@pytest.mark.parametrize("depth", [AS_READ, 0, 1, 2, 3])
def test_a_branch_knows_when_its_owner_changes(depth: int, old: str, new: str) -> None:
    texts = [TOP + SUPPORTING, TOP + SUPPORTING.replace(old, new)]
    assert texts[0] != texts[1]
    expected = [plainly(text) for text in texts]
    reader = Reader(depth)
    for turn in (0, 1, 0):
        assert_equal(take(reader.read(texts[turn])), expected[turn])


def test_of_two_equal_branches_the_first_owns_the_alias() -> None:
    same = "    kondisi Sama\n      @alias lama\n"
    text = TOP + f"outcome A\n  csf [b1] B\n{same}  csf [b2] C\n{same}"
    expected = plainly(text)
    reading = take(Reader().read(text))
    assert_equal(reading, expected)
    assert [node.alias for node in nodes(reading).values() if node.alias] == [("lama",)]


def test_kondisi_are_counted_anew_when_one_comes_before_them() -> None:
    many = "".join(f"    kondisi Isi {number}\n" for number in range(LARGEST))
    text = TOP + f"outcome A\n  csf [b1] B\n{many}  csf [b2] C\n    kondisi [k1] D\n    kondisi [k2] E\n"
    reader = Reader()
    for number, turn in enumerate((text, text.replace("  csf [b1] B\n", "  csf [b1] B\n    kondisi Baru\n"), text)):
        reading = take(reader.read(turn))
        assert reading.peta.turunan["k2"].nomor == LARGEST + 2 + number % 2
        assert reading.peta.turunan["k2"].komponen == f"Sasaran ke-{LARGEST + 2 + number % 2}"


@pytest.mark.parametrize("depth", [AS_READ, 0, 1])
def test_a_fragment_belongs_to_each_of_two_trees(depth: int) -> None:
    fragment = "csf [b1] B\n  kondisi [c1] C\n    @lihat utama\n    operasional D\n"
    texts = {name: TOP + f"outcome [{name}] A\n  sertakan bagian.pokin\n" for name in ("utama", "lain")}
    reader = Reader(depth)
    parts = {"trees/bagian.pokin": reader.read(fragment, "trees/bagian.pokin")}
    for _ in range(2):
        for name, text in texts.items():
            reading = take(reader.read(text), parts, name)
            anew = plainly(text, {"trees/bagian.pokin": fragment})
            assert (reading.resolved.pohon.akar, reading.places()) == (anew.resolved.pohon.akar, anew.places())
    moved = {"trees/bagian.pokin": reader.read("\n\n" + fragment, "trees/bagian.pokin")}
    place = take(reader.read(texts["utama"]), moved).resolved.letak["c1"]
    assert (place.source.path, place.line(place.block).number) == ("trees/bagian.pokin", 4)


def test_positions_outside_the_outline_stand_in_the_order_in_which_they_are_first_named() -> None:
    reader = Reader()
    text = TOP + "outcome A\n  @pk Andi\n  csf B\n    kondisi C\n      @pk Budi\n    kondisi D\n      @pk Andi\n"
    for edited_text in (text, text.replace("csf B", "csf B lagi")):
        assert [jabatan.teks for jabatan in take(reader.read(edited_text)).resolved.pohon.jabatan] == ["Andi", "Budi"]


# -- any edit ----------------------------------------------------------------------------------------------------------

_ids = st.sampled_from(("id-0", "id-1", "id-2", "id-3", "lama", "pelayanan", "meningkatnya", "kasi", "tiada"))
_words = st.sampled_from(("Pelayanan", "Meningkatnya", "Desa", "漢字", "kondisi", "Kasi"))
_some_line = st.one_of(
    st.builds(
        "{} [{}] {}".format,
        st.sampled_from(("outcome", "csf", "kondisi", "antara", "operasional", "jabatan")),
        _ids,
        _words,
    ),
    st.builds(
        "{} {}".format, st.sampled_from(("csf", "kondisi", "antara", "operasional", "@indikator", "jabatan")), _words
    ),
    st.builds("@indikator [{}] {}".format, _ids, _words),
    st.builds("@{} {}".format, st.sampled_from(("mendukung", "lihat", "alias", "pk", "arah", "tag")), _ids),
    st.builds("@{} {}".format, st.sampled_from(("pk", "unit")), _words),
    st.builds("@catatan lihat [[{}]]".format, _ids),
    st.sampled_from(
        (
            "@pk -",
            "@target (%) 2026=1",
            "@target (orang) 2027=2",
            "@program 7.01.01",
            "@kegiatan 7.01.01.2.01 N",
            "rusak ?",
        )
    ),
    st.just("sertakan bagian.pokin"),
)
_line = st.builds(lambda depth, text: "  " * depth + text, st.integers(0, 6), _some_line)
_edit = st.tuples(st.sampled_from(("add", "drop", "change", "double", "branch")), st.integers(0, 1 << 16), _line)
FRAGMENT = "csf [lama] B\n  kondisi [id-2] C\n    @lihat id-0\n    operasional Pelayanan\njabatan [kasi] Kasi\n"


def edited(lines: list[str], edit: tuple[str, int, str]) -> list[str]:
    how, where, line = edit
    at = where % (len(lines) + 1)
    if how == "add" or at == len(lines):
        return [*lines[:at], line, *lines[at:]]
    if how == "drop":
        return [*lines[:at], *lines[at + 1 :]]
    if how == "change":
        return [*lines[:at], line, *lines[at + 1 :]]
    length = 1 if how == "double" else 4
    return [*lines[: at + length], *lines[at : at + length], *lines[at + length :]]


@settings(max_examples=50, deadline=None)
@given(pokin_tree(), st.lists(_edit, min_size=1, max_size=6), st.integers(AS_READ, 4))
def test_after_any_edits_a_tree_is_what_it_is_when_read_anew(
    tree: Tree, edits: list[tuple[str, int, str]], depth: int
) -> None:
    lines = tree.text().splitlines()
    texts = ["\n".join(lines)]
    for edit in edits:
        lines = edited(lines, edit)
        texts.append("\n".join(lines))
    fragments = {"trees/bagian.pokin": FRAGMENT}
    expected = [plainly(text, fragments) for text in texts]
    reader = Reader(depth)
    for text, anew in zip(texts, expected, strict=True):
        parts = {path: reader.read(content, path) for path, content in fragments.items()}
        assert_equal(take(reader.read(text), parts), anew)


@settings(max_examples=50, deadline=None)
@given(st.lists(any_text, min_size=2, max_size=3), st.integers(AS_READ, 3))
def test_hostile_texts_too(texts: list[str], depth: int) -> None:
    expected = [plainly(text) for text in texts]
    reader = Reader(depth)
    for text, anew in zip(texts, expected, strict=True):
        assert_equal(take(reader.read(text)), anew)
