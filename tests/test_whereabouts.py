"""Where the content of a page went whose node is no more: what a reader of the live preview is told."""

from __future__ import annotations

import pytest

from pokin_dsl.site.whereabouts import Whereabouts, whereabouts
from tests.support import read_tree

TREE = """\
pokin: 1
judul: Pohon Uji

jabatan [camat] Camat
  jabatan Kasi Pelayanan

outcome [tata-kelola] Terwujudnya Tata Kelola yang Baik
  kondisi Meningkatnya Kualitas Pelayanan
    antara Terselenggaranya Pelayanan Terpadu
      operasional Terlaksananya Survei Kepuasan
      operasional [loket] Terlaksananya Layanan Loket
  kondisi Meningkatnya Kemandirian Desa
"""


def gone(path: str, *edits: tuple[str, str], other: str = "") -> Whereabouts:
    text = TREE
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    before = {"uji": read_tree(TREE).peta}
    now = {"uji": read_tree(text).peta} if text else {}
    if other:
        now["lain"] = read_tree(other).peta
    return whereabouts(path, before, now)


def test_a_reworded_statement_has_a_new_address() -> None:
    found = gone("uji/kinerja/meningkatnya-kualitas-pelayanan.html", ("Kualitas Pelayanan", "Mutu Pelayanan"))
    assert found.successor == "uji/kinerja/meningkatnya-mutu-pelayanan.html"
    assert found.links == (("Meningkatnya Mutu Pelayanan", found.successor),)
    assert "Rumusan kinerja ini diubah" in found.message
    assert "[id]" in found.message


def test_a_child_follows_its_reworded_parents() -> None:
    found = gone(
        "uji/kinerja/terselenggaranya-pelayanan-terpadu.html",
        ("Kualitas Pelayanan", "Mutu Pelayanan"),
        ("Pelayanan Terpadu", "Pelayanan Satu Pintu"),
    )
    assert found.successor == "uji/kinerja/terselenggaranya-pelayanan-satu-pintu.html"


def test_two_siblings_reworded_at_once_keep_their_order() -> None:
    edits = (("Kualitas Pelayanan", "Mutu Pelayanan"), ("Kemandirian Desa", "Kemajuan Desa"))
    found = gone("uji/kinerja/meningkatnya-kemandirian-desa.html", *edits)
    assert found.successor == "uji/kinerja/meningkatnya-kemajuan-desa.html"


def test_a_given_id_is_a_new_address_of_the_same_statement() -> None:
    found = gone(
        "uji/kinerja/meningkatnya-kemandirian-desa.html",
        ("kondisi Meningkatnya Kemandirian", "kondisi [desa] Meningkatnya Kemandirian"),
    )
    assert found.successor == "uji/kinerja/desa.html"


def test_a_removed_node_leads_to_its_children_and_to_the_page_above() -> None:
    found = gone(
        "uji/kinerja/terselenggaranya-pelayanan-terpadu.html",
        ("    antara Terselenggaranya Pelayanan Terpadu\n", ""),
        ("      operasional Terlaksananya Survei Kepuasan\n", ""),
        ("      operasional [loket]", "    antara [loket]"),
    )
    assert found.successor == ""
    assert found.links == (
        ("Terlaksananya Layanan Loket", "uji/kinerja/loket.html"),
        ("Meningkatnya Kualitas Pelayanan", "uji/kinerja/meningkatnya-kualitas-pelayanan.html"),
    )
    assert "sudah tidak ada di pohon" in found.message


def test_a_branch_that_moved_to_another_tree_is_found_there() -> None:
    other = "pokin: 1\njudul: Pohon Lain\n\noutcome Terwujudnya Lain\n  kondisi [desa] Meningkatnya Kemandirian Desa\n"
    found = gone(
        "uji/kinerja/meningkatnya-kemandirian-desa.html", ("  kondisi Meningkatnya Kemandirian Desa\n", ""), other=other
    )
    assert found.successor == "lain/kinerja/desa.html"
    assert "Pohon Lain" in found.message


def test_a_renamed_position_has_a_new_address() -> None:
    found = gone("uji/jabatan/kasi-pelayanan.html", ("Kasi Pelayanan", "Kasi Pelayanan Umum"))
    assert found.successor == "uji/jabatan/kasi-pelayanan-umum.html"


def test_a_removed_position_leads_to_all_of_them() -> None:
    found = gone("uji/jabatan/kasi-pelayanan.html", ("  jabatan Kasi Pelayanan\n", ""))
    assert (found.successor, found.links) == ("", (("Semua jabatan", "uji/jabatan/index.html"),))


def test_a_renamed_tree_is_found_by_its_title() -> None:
    found = gone("uji/index.html", (TREE, ""), other=TREE)
    assert found.successor == "lain/index.html"


def test_a_removed_tree_leads_to_the_portal() -> None:
    found = gone("uji/kinerja/loket.html", (TREE, ""))
    assert (found.successor, found.links) == ("", (("Semua pohon", "index.html"),))


@pytest.mark.parametrize("path", ["tidak/ada.html", "uji/kinerja/tidak-pernah.html"])
def test_a_page_that_never_was_leads_to_what_there_is(path: str) -> None:
    assert gone(path).links


@pytest.mark.parametrize(
    ("path", "whole"),
    [("uji/sumber/awal.html", "uji/sumber.html"), ("uji/tahap-5/hilang.html", "uji/tahap-5.html")],
)
def test_a_part_that_is_no_more_leads_to_the_page_that_leads_to_all_parts(path: str, whole: str) -> None:
    assert gone(path).successor == whole
