"""What search knows of a tree: everything a reader may look for, at addresses that exist, whatever the author wrote."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from pokin_dsl.edge.cache import NO_CACHE
from pokin_dsl.edge.drawing import start_drawing
from pokin_dsl.edge.preview.session import Session
from pokin_dsl.edge.preview.workbench import Workbench
from pokin_dsl.model.tree import Catatan
from pokin_dsl.site.lookups import look_up
from pokin_dsl.site.search import plain, search_files
from pokin_dsl.site.site import Jenjang, SiteSettings
from tests.sites import compiled, seed_site, seed_texts
from tests.support import pokin_tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support import Tree

TREE = """\
judul: Pohon "Uji" </script>
instansi: Kecamatan Uji
jabatan [camat] Camat
  @pejabat Contoh Nama
  jabatan [kasi] Kasi Pelayanan
outcome [hasil] Terwujudnya Hasil
  @ekspektasi Pelayanan yang Cepat
  @indikator [ukuran] Persentase Hasil
    @definisi Bagian dari seluruhnya
    @catatan Dihitung tiap **triwulan**
  csf [isu] Belum Optimalnya Layanan
    @unit Seksi Pelayanan
    kondisi [kon] Meningkatnya Layanan
      @program 7.01.02 Penyelenggaraan
      @crosscutting Dinas Kesehatan: tenaga
      @varian tahap-3 Membaiknya Layanan
      @catatan Lihat [[hasil]] dan [aturan](https://contoh.id/a_b)
      operasional [satu] Terlaksananya Layanan
        @pk kasi
"""


def files(text: str, look: SiteSettings | None = None) -> dict[str, bytes]:
    found = search_files(look_up(compiled({"uji.pokin": text}).trees), look or SiteSettings())
    return {path: file.content() for path, file in found}


def told(content: bytes) -> Any:  # noqa: ANN401 - what JSON holds is told by the test
    """Give what a script hands to the search."""
    text = content.decode()
    assert text.startswith("pokinCari(")
    assert text.endswith(");\n")
    return json.loads(text[len("pokinCari(") : -3])


def beside(index: Any, id_: str) -> dict[str, str]:  # noqa: ANN401
    """Give the texts that stand beside a statement, by their kind."""
    rows = zip(index["milik"], index["golongan"], index["keterangan"], strict=True)
    return {index["macam"][kind][0]: text for row, kind, text in rows if index["id"][row] == id_}


def addresses(index: Any) -> set[str]:  # noqa: ANN401
    """Give all addresses to which results may lead."""
    pages = [index["label"][kind][2].replace("*", id_) for id_, kind in zip(index["id"], index["jenis"], strict=True)]
    rows = zip(index["milik"], index["golongan"], index["ke"], strict=True)
    anchored = {f"{pages[row]}#{index['macam'][kind][1].replace('*', to)}" for row, kind, to in rows if to}
    return {f"{index['nama']}/{address}" for address in (*pages, *anchored)}


def test_everything_that_a_reader_may_look_for_is_in_the_index() -> None:
    index = told(files(TREE)["uji/cari-data.js"])
    assert dict(zip(index["id"], index["teks"], strict=True)) == {
        "": 'Pohon "Uji" </script>',
        "hasil": "Terwujudnya Hasil",
        "isu": "Belum Optimalnya Layanan",
        "kon": "Meningkatnya Layanan",
        "satu": "Terlaksananya Layanan",
        "camat": "Camat",
        "kasi": "Kasi Pelayanan",
    }
    assert beside(index, "") == {"Unit kerja": "Kecamatan Uji"}
    assert beside(index, "hasil") == {
        "Indikator": "Persentase Hasil",
        "Definisi operasional": "Bagian dari seluruhnya",
        "Catatan indikator": "Dihitung tiap **triwulan**",
        "Dasar perumusan": "Pelayanan yang Cepat",
    }
    assert beside(index, "isu") == {"Seksi": "Seksi Pelayanan"}
    assert beside(index, "kon") == {
        "Program": "7.01.02 Penyelenggaraan",
        "Crosscutting": "Dinas Kesehatan: tenaga",
        "Rumusan pada dokumen lain": "Membaiknya Layanan",
        "Catatan": "Lihat hasil dan aturan",
    }
    assert beside(index, "camat") == {"Pejabat": "Contoh Nama"}


def test_each_thing_knows_what_stands_above_it() -> None:
    index = told(files(TREE)["uji/cari-data.js"])
    above = [index["id"][n] if n >= 0 else None for n in index["induk"]]
    assert dict(zip(index["id"], above, strict=True)) == {
        "": None,
        "hasil": None,
        "isu": "hasil",
        "kon": "isu",
        "satu": "kon",
        "camat": None,
        "kasi": "camat",
    }


def test_all_trees_are_listed_and_every_result_leads_to_a_place_of_the_site() -> None:
    site = seed_site()
    names = told(site["cari-pohon.js"])
    assert names == [path.removesuffix(".pokin") for path in seed_texts()]
    wanted = set[str]().union(*(addresses(told(site[f"{name}/cari-data.js"])) for name in names))
    assert len(wanted) > 150
    for address in wanted:
        path, _, anchor = address.partition("#")
        assert not anchor or f'id="{anchor}"' in site[path].decode()
        assert path in site


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pokin_tree())
def test_whatever_is_written_the_index_can_be_read(tree: Tree) -> None:
    index = told(files(tree.text())["uji/cari-data.js"])
    rows = len(index["id"])
    assert all(len(index[column]) == rows for column in ("teks", "jenis", "induk"))
    assert all(above < row for row, above in enumerate(index["induk"]))
    assert index["milik"] == sorted(index["milik"])
    assert all(index["keterangan"])


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("# Judul\n\n- satu\n- **dua**\n1. tiga", "Judul satu dua tiga"),
        ("Lihat [[pelayanan]] dan _[Perda](https://contoh.id/a_b)_.", "Lihat pelayanan dan Perda."),
        ("| a | b |\n|---|---|\n| 1 | `2` |", "a b 1 2"),
        ("7.01.02 - tetap", "7.01.02 - tetap"),
    ],
)
def test_a_note_is_told_in_its_words(markdown: str, words: str) -> None:
    assert plain(Catatan(markdown, markdown=True)) == words


def test_the_index_is_made_again_only_when_something_of_it_may_differ() -> None:
    def key(text: str, look: SiteSettings) -> str:
        return dict(search_files(look_up(compiled({"uji.pokin": text}).trees), look))["uji/cari-data.js"].key()

    look = SiteSettings()
    assert key(TREE, look) == key(TREE, replace(look, judul="Portal lain"))
    assert key(TREE, look) != key(TREE.replace("Membaiknya", "Naiknya"), look)
    assert key(TREE, look) != key(TREE, replace(look, jenjang={"csf": Jenjang("Faktor kunci")}))


def test_the_preview_gives_the_index_of_what_is_written_now(tmp_path: Path) -> None:
    tree = tmp_path / "trees/uji.pokin"
    tree.parent.mkdir()
    tree.write_text(TREE, "utf-8")
    bench = Workbench([], tmp_path)
    session = Session(bench, start_drawing(bench.engine), NO_CACHE)
    session.begin()
    assert "Meningkatnya Layanan" in session.answer("uji/cari-data.js").body.decode()
    assert told(session.answer("cari-pohon.js").body) == ["uji"]
    tree.write_text(TREE.replace("Meningkatnya", "Membaiknya"), "utf-8")
    answer = session.answer("uji/cari-data.js")
    assert answer.media == "text/javascript; charset=utf-8"
    assert "Meningkatnya Layanan" not in answer.body.decode()
