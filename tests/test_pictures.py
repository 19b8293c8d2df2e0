"""Which boxes a picture holds, what they know of each other, and the tree as DOT."""

from __future__ import annotations

import re
import shutil
import subprocess

from benchmarks.trees import tree_text
from pokin_dsl.edge.engine import find_engine
from pokin_dsl.exchange.pohon_dot import pohon_dot
from pokin_dsl.site import pictures
from pokin_dsl.site.diagram import Box, Picture, Ties
from pokin_dsl.site.lookups import Lookups, look_up
from tests.sites import compiled, seed_texts

TREE = """judul: Uji
jabatan [camat] Camat
outcome [hasil] Terwujudnya Hasil
  @indikator [ikm] Indeks Kepuasan
    @iku
  @indikator [nilai] Nilai Akuntabilitas
  @pk camat
  csf [isu] Belum Optimalnya Layanan
    @unit Seksi A
    @unit Seksi B
    kondisi [kon] Meningkatnya Layanan
      @indikator [ia] Persentase A
      @indikator [ib] Persentase B
      @mendukung nilai
      @crosscutting Dinas Sosial: data (menunggu)
      antara [tata] Tertatanya Layanan
        @mendukung ib
        @mendukung lain
        operasional [op] Terlaksananya Layanan
  kondisi [lain] Meningkatnya "Ketertiban" \\N <b>
"""


def lookups_of(text: str) -> Lookups:
    return look_up(compiled({"uji.pokin": text}).trees)[0]


def depths(picture: Picture) -> list[int]:
    found = [0] * len(picture.boxes)
    for parent, child in picture.links:
        found[child] = found[parent] + 1
    return found


def by_key(picture: Picture) -> dict[str, Box]:
    return {box.key: box for box in picture.boxes}


def test_the_picture_of_a_tree_holds_all_of_it_in_written_order() -> None:
    for name, text in seed_texts().items():
        lookups = look_up(compiled({name: text}).trees)[0]
        picture = pictures.overview(lookups)
        assert [box.key for box in picture.boxes] == list(lookups.peta.simpul)
        assert picture.anchor == "gambar-pohon"
        assert not [box for box in picture.boxes if box.more]


def test_of_a_tree_beyond_all_measure_the_upper_levels_are_drawn() -> None:
    picture = pictures.overview(lookups_of(tree_text(pictures.MOST_OF_ALL + 1)))
    assert len(picture.boxes) <= pictures.MOST_BOXES


def test_a_kondisi_shows_its_branch_up_to_120_boxes() -> None:
    def branch(leaves: int) -> Picture | None:
        text = "judul: Uji\noutcome [hasil] Hasil\n  kondisi [kon] Kondisi\n" + "    antara A\n" * leaves
        lookups = lookups_of(text)
        return pictures.branch(lookups, lookups.peta.simpul["kon"])

    whole = branch(pictures.MOST_OF_BRANCH - 2)
    assert whole is not None
    assert len(whole.boxes) == pictures.MOST_OF_BRANCH
    assert branch(pictures.MOST_OF_BRANCH - 1) is None


def test_boxes_know_what_they_hang_together_with() -> None:
    boxes = by_key(pictures.overview(lookups_of(TREE)))
    assert boxes["hasil"].ties == Ties(pk=("camat",), iku=(1,))
    assert boxes["isu"].ties == Ties(units=("Seksi A", "Seksi B"))
    assert boxes["kon"].ties == Ties(
        supports=("hasil",), also=("Nilai Akuntabilitas",), partners=(("Dinas Sosial", "menunggu"),), numbered=True
    )
    assert boxes["tata"].ties == Ties(supports=("lain",), also=('Meningkatnya "Ketertiban" \\N <b>',), carries=(2,))


def test_a_node_looks_the_same_on_its_own_page_and_on_its_parents() -> None:
    lookups = lookups_of(TREE)
    mine, parents = (pictures.local(lookups, lookups.peta.simpul[id_]) for id_ in ("tata", "kon"))
    assert by_key(mine)["tata"].ties == by_key(parents)["tata"].ties


# -- DOT ---------------------------------------------------------------------------------------------------------------


def test_dot_holds_all_texts_and_names_that_are_ours() -> None:
    text = pohon_dot(compiled({"uji.pokin": TREE}).trees[0]).decode()
    assert len(re.findall(r"^\tn\d+ \[", text, re.MULTILINE)) == 6
    assert re.findall(r"^\t(n\d+ -> n\d+) \[", text, re.MULTILINE) == ["n2 -> n0", "n3 -> n5"]
    assert text.count("style=dashed") == 2
    assert r"Meningkatnya \"Ketertiban\" \\N <b>" in text
    assert "◇ Indeks Kepuasan" in text
    assert "PK Camat" in text
    assert pohon_dot(compiled({"uji.pokin": TREE}).trees[0]).decode() == text


def test_dot_is_understood_by_graphviz() -> None:
    engine = find_engine()
    programs = [engine.path] if engine else []
    programs += [path] if (path := shutil.which("dot")) else []
    assert programs, "graphviz-pure is a dependency of pokin"
    for tree in compiled({**seed_texts(), "uji.pokin": TREE}).trees:
        for program in programs:
            done = subprocess.run([program, "-Tplain"], input=pohon_dot(tree), capture_output=True, check=True)
            assert done.stdout.count(b"\nnode ") == len(tree.peta.simpul)
