from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pokin_dsl.model.diff.changes import (
    Added,
    Change,
    HandedOver,
    Listed,
    Marked,
    Moved,
    Readdressed,
    Rebudgeted,
    Removed,
    Restated,
    Reworded,
    TreeAdded,
    TreeRemoved,
    TreeRenamed,
)
from pokin_dsl.model.diff.matching import match
from pokin_dsl.model.diff.order import moved
from pokin_dsl.model.diff.parts import Part, is_written, parts
from pokin_dsl.model.diff.versions import changes, workspace_changes
from pokin_dsl.model.diff.wordwise import MOST_WORDS, NEW, OLD, SAME, pieces
from pokin_dsl.model.tree import Jabatan
from tests.support import ROOT, Piece, Tree, pokin_tree, read_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pokin_dsl.model.query import Peta

KECAMATAN = (ROOT / "trees" / "kecamatan.pokin").read_text("utf-8")
GLENMORE = (ROOT / "trees" / "glenmore.pokin").read_text("utf-8")
HEAD = "pokin: 1\njudul: Pohon\n\njabatan [camat] Camat\n  jabatan [kasi] Kasi Satu\n  jabatan [seksi] Kasi Dua\n"


def tree(text: str, name: str = "contoh") -> Peta:
    return read_tree(text, path=f"trees/{name}.pokin").peta


def edited(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def compared(before: str, after: str) -> tuple[Change, ...]:
    return changes(tree(before), tree(after))


def shown(found: Iterable[Change]) -> list[tuple[str, str]]:
    return [(type(change).__name__, change.thing.teks) for change in found]


# -- no change in meaning ----------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(pokin_tree())
def test_a_tree_is_equal_to_itself(made: Tree) -> None:
    assert compared(made.text(), made.text()) == ()


@settings(max_examples=40, deadline=None)
@given(pokin_tree())
def test_reformatting_and_another_order_of_annotations_are_no_changes(made: Tree) -> None:
    upside_down = replace(made, outcomes=tuple(_annotations_turned(piece) for piece in made.outcomes))
    lines = upside_down.text().replace("\n", "\n\n# komentar\n").split("\n")
    spaced = "\r\n".join(" " * (len(line) - len(line.lstrip())) + line for line in lines)
    assert compared(made.text(), spaced) == ()


def _annotations_turned(piece: Piece) -> Piece:
    return replace(
        piece,
        annotations=piece.annotations[::-1],
        indicators=tuple(_annotations_turned(below) for below in piece.indicators[::-1]),
        children=tuple(_annotations_turned(below) for below in piece.children),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("@target (%) 2026=1.250", "@target (%) 2026=1250"),
        ("@target (%) 2026=95,5", "@target (%) 2026=95.5"),
        ("@target (%) 2026=≥80", "@target (%) 2026=>=80"),
        ("@target (%) 2026=1 2027=2", "@target (%) 2027=2 2026=1"),
        ("@definisi Arti  yang lebar", "@definisi Arti yang lebar"),
        ("@definisi Kata “baik”", '@definisi Kata "baik"'),
        ("@target (%) 2026=1", "@satuan %\n      @target 2026=1"),
    ],
)
def test_the_same_said_otherwise_is_no_change(before: str, after: str) -> None:
    start = f"{HEAD}outcome [hasil] Hasil\n  @indikator [uk] Ukuran\n    "
    assert compared(start + before + "\n", start + after.replace("\n      ", "\n    ") + "\n") == ()


def test_a_text_that_moves_into_another_file_is_no_change() -> None:
    branch = "kondisi [ka] Meningkatnya Layanan\n  @indikator Jumlah\n"
    whole = f"{HEAD}outcome [hasil] Hasil\n  " + branch.replace("\n", "\n  ").rstrip() + "\n"
    parted = read_tree(f"{HEAD}outcome [hasil] Hasil\n  sertakan bagian/k.pokin\n", {"trees/bagian/k.pokin": branch})
    assert changes(tree(whole), parted.peta) == ()


# -- one edit, one change ----------------------------------------------------------------------------------------------

SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu wa ye zi".split()  # noqa: SIM905 - reads as syllables


def name(number: int) -> str:
    """Give four words that no other number has."""
    digits = [number // len(SYLLABLES), number % len(SYLLABLES)]
    return " ".join(place + "".join(SYLLABLES[digit] for digit in digits) + place for place in ("ra", "no", "ti", "le"))


def distinct(*, written: bool) -> Tree:
    """Give a tree in which no two texts have a word in common."""
    numbers = iter(range(1000))

    def piece(kind: str, *annotations: str, below: tuple[Piece, ...] = (), indicators: tuple[Piece, ...] = ()) -> Piece:
        number = next(numbers)
        return Piece(kind, name(number), f"id-{number}" if written else "", annotations, indicators, below)

    def leaf() -> Piece:
        indicator = piece("indikator", "@target (%) 2026=1 2027=2")
        code = f"@subkegiatan 7.01.01.2.01.{next(numbers):04}"
        return piece("operasional", f"@pk {name(0)}", code, "@pagu 2026=Rp5", indicators=(indicator,))

    def branch() -> Piece:
        middle = tuple(piece("antara", below=(leaf(), leaf(), leaf())) for _ in range(3))
        return piece("kondisi", below=middle, indicators=(piece("indikator"),))

    head = piece("jabatan", below=(piece("jabatan"), piece("jabatan"), piece("jabatan")))
    return Tree((head,), (piece("outcome", below=(branch(), branch())),))


Path = tuple[int, int, int]


def at(made: Tree, path: Path) -> Piece:
    return made.outcomes[0].children[path[0]].children[path[1]].children[path[2]]


def with_leaves(made: Tree, where: tuple[int, int], change: Callable[[list[Piece]], list[Piece]]) -> Tree:
    """Give the tree with the operasional below one antara changed."""
    outcome = made.outcomes[0]
    kondisi = outcome.children[where[0]]
    antara = kondisi.children[where[1]]
    antara = replace(antara, children=tuple(change(list(antara.children))))
    middle = tuple(antara if n == where[1] else old for n, old in enumerate(kondisi.children))
    kondisi = replace(kondisi, children=middle)
    branches = tuple(kondisi if n == where[0] else old for n, old in enumerate(outcome.children))
    return replace(made, outcomes=(replace(outcome, children=branches),))


def changed(made: Tree, path: Path, **facts: object) -> Tree:
    leaf = replace(at(made, path), **facts)  # type: ignore[arg-type] # each edit below names real fields
    return with_leaves(made, path[:2], lambda leaves: [*leaves[: path[2]], leaf, *leaves[path[2] + 1 :]])


def reworded(text: str) -> str:
    first, *rest = text.split()
    return " ".join((first, *rest[:-1], "lainnya"))


def annotated(piece: Piece, old: str, new: str) -> tuple[str, ...]:
    return tuple(new if line.startswith(old) else line for line in piece.annotations)


def _held(made: Tree, path: Path, holder: str) -> Tree:
    return changed(made, path, annotations=annotated(at(made, path), "@pk", f"@pk {holder}"))


def _paid(made: Tree, path: Path, amount: str) -> Tree:
    return changed(made, path, annotations=annotated(at(made, path), "@pagu", f"@pagu 2026={amount}"))


EDITS: dict[str, tuple[Callable[[Tree, Path], Tree], dict[str, int]]] = {
    "reword": (lambda t, p: changed(t, p, text=reworded(at(t, p).text)), {"Reworded": 1}),
    "relevel": (lambda t, p: changed(t, p, kind="antara"), {"Releveled": 1}),
    "hand over": (
        lambda t, p: changed(t, p, annotations=annotated(at(t, p), "@pk", f"@pk {name(1)}")),
        {"HandedOver": 1},
    ),
    "drop": (lambda t, p: changed(t, p, annotations=at(t, p).annotations[1:]), {"HandedOver": 1}),
    "budget": (
        lambda t, p: changed(t, p, annotations=annotated(at(t, p), "@pagu", "@pagu 2026=Rp7")),
        {"Rebudgeted": 1},
    ),
    "note": (lambda t, p: changed(t, p, annotations=(*at(t, p).annotations, "@catatan Baru")), {"Listed": 1}),
    "retarget": (
        lambda t, p: changed(
            t, p, indicators=(replace(at(t, p).indicators[0], annotations=("@target (%) 2026=1 2027=3",)),)
        ),
        {"Retargeted": 1},
    ),
    "other measure": (
        lambda t, p: changed(
            t, p, indicators=(replace(at(t, p).indicators[0], text=reworded(at(t, p).indicators[0].text)),)
        ),
        {"Reworded": 1},
    ),
    "measure": (
        lambda t, p: changed(t, p, indicators=(*at(t, p).indicators, Piece("indikator", name(200)))),
        {"Added": 1},
    ),
    "remove": (
        lambda t, p: with_leaves(t, p[:2], lambda leaves: [x for x in leaves if x is not at(t, p)]),
        {"Removed": 2},
    ),
    "add": (
        lambda t, p: with_leaves(t, p[:2], lambda leaves: [*leaves, Piece("operasional", name(201))]),
        {"Added": 1},
    ),
    "move": (
        lambda t, p: with_leaves(
            with_leaves(t, p[:2], lambda leaves: [x for x in leaves if x is not at(t, p)]),
            (1 - p[0], p[1]),
            lambda leaves: [*leaves, at(t, p)],
        ),
        {"Moved": 1},
    ),
    "first": (
        lambda t, p: with_leaves(t, p[:2], lambda leaves: [leaves[2], leaves[0], leaves[1]]),
        {"Reordered": 1},
    ),
}


@pytest.mark.parametrize("written", [True, False])
@pytest.mark.parametrize("edit", EDITS)
@settings(max_examples=8, deadline=None)
@given(path=st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 2)))
def test_every_edit_is_told_as_itself_and_nothing_else(edit: str, path: Path, *, written: bool) -> None:
    made = distinct(written=written)
    # Positions are named by their ids where they have any.
    text = made.text().replace(f"@pk {name(0)}", f"@pk {made.positions[0].children[0].text}")
    change, expected = EDITS[edit]
    after = change(made, path).text().replace(f"@pk {name(0)}", f"@pk {made.positions[0].children[0].text}")
    found = compared(text, after)
    assert Counter(type(one).__name__ for one in found) == expected
    assert {one.thing.pohon for one in found} == {"contoh"}


def test_positions_that_exchange_their_places_are_told() -> None:
    first, second = "  jabatan [kasi] Kasi Satu\n", "  jabatan [seksi] Kasi Dua\n"
    after = HEAD.replace(first + second, second + first)
    assert [kind for kind, _ in shown(compared(HEAD, after))] == ["Reordered"]


CASES: list[tuple[str, str, list[str]]] = [
    ("judul: Pohon Kinerja Kecamatan", "judul: Pohon Kinerja Kecamatan Baru", ["Restated judul"]),
    ("tahap: 5\n", "", ["Restated tahap"]),
    ("[ikm] Indeks", "[indeks] Indeks", ["Readdressed ikm→indeks"]),
    ("[laksana] Terl", "[pelayanan-baru] Terl", ["Readdressed laksana→pelayanan-baru"]),
    ("[laksana] Terl", "Terl", ["Readdressed laksana→terlaksananya-pelayanan-di-tingkat-kecamatan"]),
    ("    @unit Seksi Trantibum", "    @unit Seksi Ketertiban", ["Listed unit"]),
    ("  @ekspektasi Peran", "  @ekspektasi Fungsi", ["Listed ekspektasi"]),
    ("        @mendukung tertib-keu", "        @mendukung tertib-adm", ["Listed mendukung"]),
    ("[ikm] Indeks Kepuasan Masyarakat (IKM)", "[ikm] Indeks Kepuasan Masyarakat (IKM)\n    @iku", ["Marked iku"]),
    (
        "[ikm] Indeks Kepuasan Masyarakat (IKM)",
        "[ikm] Indeks Kepuasan Masyarakat (IKM)\n    @arah naik",
        ["Restated arah"],
    ),
    (
        "      @varian tahap-3 Meningkatnya Fasilitas Pelayanan Masyarakat",
        "      @varian tahap-3 Membaiknya Pelayanan Masyarakat",
        ["Listed varian"],
    ),
    ("jabatan [kasi-pembermas] Kasi Pembermas", "jabatan [kasi-pembermas] Kasi PMD", ["Reworded"]),
    ("  jabatan [kasi-pembangunan] Kasi", "    jabatan [kasi-pembangunan] Kasi", ["Moved"]),
    ("jabatan [camat] Camat", "jabatan [camat] Camat\n  @pejabat Nama\n  @plt", ["Restated pejabat", "Marked plt"]),
]


@pytest.mark.parametrize(("old", "new", "expected"), CASES)
def test_each_fact_of_the_kecamatan_tree(old: str, new: str, expected: list[str]) -> None:
    found = compared(KECAMATAN, edited(KECAMATAN, (old, new)))
    assert [_brief(change) for change in found] == expected


def _brief(change: Change) -> str:
    if isinstance(change, Readdressed):
        return f"Readdressed {change.old}→{change.new}"
    fact = f" {change.fact}" if isinstance(change, Restated | Listed | Marked) else ""
    return type(change).__name__ + fact


def test_an_alias_keeps_a_node_itself_and_its_address() -> None:
    after = edited(
        KECAMATAN,
        (
            "[laksana] Terlaksananya Pelayanan di Tingkat Kecamatan",
            "[baru] Tersedianya Loket\n          @alias laksana",
        ),
    )
    said, new_id = compared(KECAMATAN, after)
    assert isinstance(said, Reworded)
    assert isinstance(new_id, Readdressed)
    assert (new_id.old, new_id.new, new_id.kept) == ("laksana", "baru", True)


def test_a_branch_that_was_moved_and_reworded_is_known_by_its_children() -> None:
    before = f"""{HEAD}
outcome [hasil] Hasil
  kondisi [satu] Pertama
    antara Terselenggaranya Musyawarah Desa
      operasional Tersusunnya Undangan
      operasional Terdatanya Peserta
  kondisi [dua] Kedua
"""
    below = "      operasional Tersusunnya Undangan\n      operasional Terdatanya Peserta\n"
    branch = f"antara Tuntasnya Perencanaan Partisipatif\n{below}"
    after = f"{HEAD}\noutcome [hasil] Hasil\n  kondisi [satu] Pertama\n  kondisi [dua] Kedua\n    {branch}"
    assert [type(change) for change in compared(before, after)] == [Moved, Reworded]


def test_better_evidence_contradicts_an_equal_text() -> None:
    before = f"""{HEAD}
outcome [hasil] Hasil
  kondisi [satu] Pertama
    antara Terselenggaranya Musyawarah
      operasional Tersusunnya Undangan
      operasional Terdatanya Peserta
  kondisi [dua] Kedua
"""
    after = before.replace("antara Terselenggaranya Musyawarah", "antara Terselenggaranya Rapat") + (
        "    antara Terselenggaranya Musyawarah\n"
    )
    assert shown(compared(before, after)) == [
        ("Reworded", "Terselenggaranya Rapat"),
        ("Added", "Terselenggaranya Musyawarah"),
    ]


def test_a_node_put_between_leaves_those_around_it_in_place() -> None:
    before = f"{HEAD}\noutcome [hasil] Hasil\n  kondisi Layanan\n    operasional Satu\n    operasional Dua\n"
    between = "    antara Perantara\n      operasional Satu\n      operasional Dua\n"
    after = f"{HEAD}\noutcome [hasil] Hasil\n  kondisi Layanan\n{between}"
    assert shown(compared(before, after)) == [("Added", "Perantara"), ("Moved", "Satu"), ("Moved", "Dua")]


def test_twins_are_told_apart_by_what_they_say() -> None:
    start = f"{HEAD}\noutcome [hasil] Hasil\n"
    one = "  @indikator Jumlah\n    @target (%) 2026=1\n"
    two = "  @indikator Jumlah\n    @target (%) 2026=2\n"
    assert compared(start + one + two, start + two + one) == ()
    (change,) = compared(start + one + two, start + one)
    assert isinstance(change, Removed)


def test_the_agreement_touched_is_that_of_old_and_new_holders() -> None:
    before = f"{HEAD}\noutcome [hasil] Hasil\n  @indikator [uk] Ukuran\n    @target (%) 2026=1\n  @pk kasi\n"
    target = compared(before, before.replace("2026=1", "2026=2"))
    assert [[ref.id for ref in change.pk] for change in target] == [["kasi"]]
    (over,) = compared(before, before.replace("@pk kasi", "@pk seksi"))
    assert isinstance(over, HandedOver)
    assert [ref.id for ref in over.pk] == ["kasi", "seksi"]
    (note,) = compared(before, before + "  @catatan Perlu dibahas\n")
    assert note.pk == ()


def test_an_indicator_that_stays_with_its_holder_is_told_of() -> None:
    before = f"{HEAD}\noutcome [hasil] Hasil\n  @indikator [uk] Ukuran\n  @pk kasi\n"
    after = f"{HEAD}\noutcome [hasil] Hasil\n  @indikator [uk] Ukuran\n    @pk kasi\n  @pk seksi\n"
    node, indicator = compared(before, after)
    assert isinstance(node, HandedOver)
    assert isinstance(indicator, HandedOver)
    assert indicator.old == indicator.new
    assert indicator.pk == ()


def test_a_renamed_position_is_one_change_and_no_handing_over() -> None:
    before = KECAMATAN.replace("[kasi-trantibum] ", "").replace("@pk kasi-trantibum", "@pk Kasi Trantibum")
    after = before.replace("Kasi Trantibum", "Kasi Ketertiban dan Trantibum")
    (change,) = compared(before, after)
    assert isinstance(change, Reworded)
    assert [ref.teks for ref in change.pk] == ["Kasi Ketertiban dan Trantibum"]


def test_a_position_outside_the_outline_is_told_only_by_what_it_holds() -> None:
    before = "judul: Pohon\noutcome [hasil] Hasil\n  @pk Camat\n"
    assert [type(change) for change in compared(before, before.replace("@pk Camat", "@pk Bupati"))] == [HandedOver]
    assert [type(c) for c in compared(before, before.replace("outcome", "jabatan Camat\noutcome"))] == [Added]


def test_references_follow_what_they_mean() -> None:
    before = f"{HEAD}\noutcome [hasil] Hasil\n  kondisi Meningkatnya Layanan Desa\n  kondisi [dua] Kedua\n    @lihat "
    old, new = "meningkatnya-layanan-desa", "meningkatnya-layanan-desa-terpadu"
    after = before.replace("Layanan Desa", "Layanan Desa Terpadu")
    assert [type(change) for change in compared(f"{before}{old}\n", f"{after}{new}\n")] == [Reworded]


# -- what holds for any two trees --------------------------------------------------------------------------------------


def _versions() -> st.SearchStrategy[tuple[str, str]]:
    """Give two trees that have much, little or nothing in common."""
    other = pokin_tree()
    return st.one_of(
        st.tuples(pokin_tree(), other).map(lambda pair: (pair[0].text(), pair[1].text())),
        st.tuples(pokin_tree(), st.randoms(use_true_random=False)).map(
            lambda made: (made[0].text(), _worn(made[0].text(), made[1].random))
        ),
    )


def _worn(text: str, chance: Callable[[], float]) -> str:
    """Give a tree with some of its words changed and some of its lines lost."""
    head, lines = text.split("\n")[:3], text.split("\n")[3:]
    kept = [line for line in lines if chance() < 0.9]
    return "\n".join((*head, *(line + " Baru" if chance() < 0.2 and "=" not in line else line for line in kept)))


@settings(max_examples=50, deadline=None)
@given(_versions())
def test_added_removed_and_matched_are_all_parts_once(versions: tuple[str, str]) -> None:
    before, after = (tree(text) for text in versions)
    old, new = parts(before.pohon), parts(after.pohon)
    pairing = match(old, new)
    assert {partner: part for part, partner in pairing.there.items()} == pairing.back
    assert all(one.group == other.group for one, other in pairing.there.items())
    found = changes(before, after)
    gone = Counter(change.thing.old_id for change in found if isinstance(change, Removed))
    come = Counter(change.thing.new_id for change in found if isinstance(change, Added))
    assert gone == Counter(p.id for p in old.all if _inside(p) and not _inside(pairing.there.get(p)))
    assert come == Counter(p.id for p in new.all if _inside(p) and not _inside(pairing.back.get(p)))


def _inside(part: Part | None) -> bool:
    """Whether it is there, and not a position of another organisation."""
    return part is not None and not (isinstance(part.isi, Jabatan) and part.isi.di_luar)


@settings(max_examples=50, deadline=None)
@given(_versions())
def test_the_way_back_mirrors_the_way_there(versions: tuple[str, str]) -> None:
    before, after = (tree(text) for text in versions)
    there = Counter(_MIRROR.get(type(change), type(change)) for change in changes(before, after))
    assert there == Counter(type(change) for change in changes(after, before))


_MIRROR: dict[type, type] = {Added: Removed, Removed: Added}


# -- workspaces --------------------------------------------------------------------------------------------------------


def test_trees_are_added_removed_and_renamed() -> None:
    other = f"{HEAD}\noutcome [hasil] Hasil Lain\n  @pk camat\n"
    before = {"kecamatan": tree(KECAMATAN, "kecamatan"), "lama": tree(other, "lama")}
    after = {
        "kantor": tree(edited(KECAMATAN, ("Kasi Pembermas", "Kasi PMD")), "kantor"),
        "glen": tree(GLENMORE, "glen"),
    }
    found = workspace_changes(before, after)
    assert [type(change) for change in found] == [TreeAdded, TreeRenamed, Reworded, TreeRemoved]
    assert [(change.thing.old_id, change.thing.new_id) for change in found][1] == ("kecamatan", "kantor")
    assert [ref.teks for ref in found[3].pk] == ["Camat"]
    assert workspace_changes(before, before) == ()


# -- the parts of it ---------------------------------------------------------------------------------------------------


@given(st.permutations(range(7)))
def test_no_fewer_moved_siblings_explain_the_order(order: list[int]) -> None:
    fewest = moved(order)
    stay = [place for index, place in enumerate(order) if index not in fewest]
    assert stay == sorted(stay)
    subsets = ([order[n] for n in range(7) if keep >> n & 1] for keep in range(1 << 7) if keep.bit_count() > len(stay))
    assert all(longer != sorted(longer) for longer in subsets)


SOME = ("Meningkatnya", "Layanan", "dan", "Desa", "yang", "Baik", "di")
WORDS = st.lists(st.sampled_from(SOME), max_size=9).map(" ".join)


@given(WORDS, WORDS)
def test_the_pieces_give_both_texts(old: str, new: str) -> None:
    found = pieces(old, new)
    assert " ".join(piece.teks for piece in found if piece.kind in (SAME, OLD)) == old
    assert " ".join(piece.teks for piece in found if piece.kind in (SAME, NEW)) == new


def test_one_word_is_marked_and_short_words_between_two_changes_are_not_islands() -> None:
    assert [(p.kind, p.teks) for p in pieces("Data dan Dokumen Desa Siaga", "Arsip dan Laporan Desa Siaga")] == [
        (OLD, "Data dan Dokumen"),
        (NEW, "Arsip dan Laporan"),
        (SAME, "Desa Siaga"),
    ]
    assert [piece.kind for piece in pieces("a " * MOST_WORDS + "b", "a " * MOST_WORDS + "c")] == [OLD, NEW]


def test_written_ids_are_told_from_derived_ones() -> None:
    text = f"{HEAD}\noutcome [utama] Hasil\n  kondisi [ka] Satu\n  kondisi Dua\n  kondisi Tiga\n  antara Tiga\n"
    found = {part.id: is_written(part) for part in parts(tree(text).pohon).all}
    assert {id_ for id_, written in found.items() if written} == {"kasi", "seksi", "utama", "ka"}
    assert len([id_ for id_ in found if id_.startswith("tiga-")]) == 2


def test_a_budget_is_compared_year_by_year() -> None:
    after = edited(GLENMORE, ("2026=Rp2.500.000 2027=Rp2.500.000 2028", "2026=Rp2.750.000 2027=Rp2.500.000 2028"))
    (change,) = compared(GLENMORE, after)
    assert isinstance(change, Rebudgeted)
    assert [(point.kunci, point.old, point.new) for point in change.points] == [("2026", "Rp2.500.000", "Rp2.750.000")]
