"""The JSON of a tree: its shape is the published schema, and it holds all that the model holds."""

from __future__ import annotations

import json
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from pokin_dsl.exchange.pohon_json import SCHEMA, pohon_json
from pokin_dsl.model.query import walk
from pokin_dsl.model.tree import Indikator, Jabatan, Outcome, Pohon
from tests.support import ROOT, Tree, any_text, pokin_tree, read_shipped, read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pokin_dsl.rules.checked import Checked

SCHEMA_FILE = ROOT / "site_templates" / "static" / "pohon-1.schema.json"
SHAPE: dict[str, Any] = json.loads(SCHEMA_FILE.read_text("utf-8"))
VALIDATOR = Draft202012Validator(SHAPE)

EVERYTHING = """\
pokin: 1
judul: Pohon "Lengkap" <b>
instansi: Kecamatan A
daerah: Kabupaten B
periode: 2025-2029
tahap: 5
nomenklatur: lama
jabatan [camat] Camat
  @pejabat Budi
  @nip 1970
  @eselon III.a
  @plt
  @catatan lama
  @x-telepon 123
  jabatan [kasi] Kasi A
jabatan [pelaksana] Pelaksana
outcome [a1] Terwujudnya A
  @mandat M
  @permasalahan P
  @ekspektasi E
  @indikator [i1] Persentase I
    @arah naik
    @definisi D
    @rumus R
    @sumber S
    @frekuensi Tahunan
    @iku
    @awal 82,10
    @target (%) 2025=1.250 2026=95,5% 2027=>=80 2028=80-85 2029=BB 2030=-
    @realisasi 2025=4500/12 2026=??
    @pk kasi
    @catatan satu
    @x-a b
  @indikator [i2] Indeks J
    @pk -
  @pk camat
  @pk Tenaga Ahli
  @crosscutting Bappeda: data (disetujui)
  @crosscutting Inspektorat: reviu
  @lihat k1
  @alias lama
  @tag desa
  @komponen Sasaran strategis
  @jenjang Kinerja utama
  @varian tahap-3 Lain
  @abaikan P111 cukup
  @cek trik-1.1 12 Maret 2026, Camat
  @x-urusan wajib
  @catatan
    # Judul
  csf [b1] Belum B
    @unit Seksi A
    @mendukung i1
    kondisi [k1] Meningkatnya C
      @mendukung a1
      operasional [o1] Terlaksananya D
        @subkegiatan 7.01.01.2.01.0001 Penyusunan
        @pagu 2026=Rp100.000.000
        @pk -
"""


def model(checked: Checked) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(pohon_json(checked))
    return found


def complaints(found: object) -> list[str]:
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in VALIDATOR.iter_errors(found)]


def nodes(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in found:
        yield node
        yield from nodes(node["anak"])


def test_the_schema_is_a_schema_and_forbids_what_it_does_not_name() -> None:
    Draft202012Validator.check_schema(SHAPE)
    for part in objects(SHAPE):
        assert part["additionalProperties"] is False, part


def objects(part: object) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for inner in part.values():
            yield from objects(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from objects(inner)


@pytest.mark.parametrize("name", ["kecamatan", "glenmore"])
def test_the_real_trees_have_the_shape_of_the_schema(name: str) -> None:
    assert complaints(model(read_shipped(name))) == []


def test_a_tree_with_everything_has_the_shape_of_the_schema() -> None:
    assert complaints(model(read_tree(EVERYTHING))) == []


@settings(deadline=None, max_examples=40)
@given(pokin_tree())
def test_any_tree_has_the_shape_of_the_schema(tree: Tree) -> None:
    checked = read_tree(tree.text())
    found = model(checked)
    assert complaints(found) == []
    assert [(n["jenis"], n["id"], n["teks"]) for n in nodes(found["akar"])] == [
        (node.jenis, node.id, node.teks) for node in walk(checked.pohon)
    ]


@settings(deadline=None, max_examples=60)
@given(any_text)
def test_even_broken_text_gives_the_shape_of_the_schema(text: str) -> None:
    checked = read_tree("pokin: 1\njudul: Pohon\noutcome [a1] A\n" + text)
    assert complaints(model(checked)) == []


def test_all_that_the_schema_allows_is_used_and_nothing_of_the_model_is_left_out() -> None:
    """A key of the schema that no text brings about would be a promise that nobody keeps."""
    found = model(read_tree(EVERYTHING))
    simpul, indikator, jabatan = (SHAPE["$defs"][name]["properties"] for name in ("simpul", "indikator", "jabatan"))
    every_node = list(nodes(found["akar"]))
    assert {key for node in every_node for key in node} == set(simpul)
    assert {key for node in every_node for i in node["indikator"] for key in i} == set(indikator)
    assert {key for position in (*found["jabatan"], *found["jabatan"][0]["bawahan"]) for key in position} == set(
        jabatan
    )
    assert set(found) == set(SHAPE["properties"])
    assert {f.name for f in fields(Outcome)} <= set(simpul)
    assert {f.name for f in fields(Indikator)} <= set(indikator)
    assert {f.name for f in fields(Jabatan)} <= set(jabatan)
    assert {f.name for f in fields(Pohon)} <= set(SHAPE["properties"])


def test_amounts_are_texts_without_float_noise() -> None:
    (outcome,) = model(read_tree(EVERYTHING))["akar"]
    indicator = outcome["indikator"][0]
    assert indicator["awal"] == [{"jenis": "angka", "teks": "82,10", "nilai": "82.10"}]
    assert indicator["target"] == [
        {"kunci": "2025", "jenis": "angka", "teks": "1.250", "nilai": "1250"},
        {"kunci": "2026", "jenis": "persen", "teks": "95,5%", "nilai": "95.5"},
        {"kunci": "2027", "jenis": "batas", "teks": ">=80", "tanda": ">=", "nilai": "80"},
        {"kunci": "2028", "jenis": "rentang", "teks": "80-85", "bawah": "80", "atas": "85"},
        {"kunci": "2029", "jenis": "predikat", "teks": "BB"},
        {"kunci": "2030", "jenis": "tiada", "teks": "-"},
    ]
    assert indicator["realisasi"] == [
        {"kunci": "2025", "jenis": "pecahan", "teks": "4500/12", "pembilang": "4500", "penyebut": "12"},
        {"kunci": "2026", "jenis": "rusak", "teks": "??"},
    ]


def test_sums_over_the_json_of_glenmore_are_those_of_the_model() -> None:
    checked = read_shipped("glenmore")
    ceilings = [t["nilai"] for n in nodes(model(checked)["akar"]) for t in n.get("pagu", ())]
    assert sum(map(Decimal, ceilings)) == sum(getattr(t.nilai, "besar", 0) for n in walk(checked.pohon) for t in n.pagu)


def test_what_is_derived_stands_beside_what_is_written() -> None:
    found = {node["id"]: node for node in nodes(model(read_tree(EVERYTHING))["akar"])}
    derived = {
        id_: {key: node.get(key) for key in ("induk", "rujukan", "jenjang", "komponen", "nomor")}
        for id_, node in found.items()
    }
    assert derived == {
        "a1": {
            "induk": None,
            "rujukan": "Tahap 1",
            "jenjang": "Kinerja utama",
            "komponen": "Sasaran strategis",
            "nomor": 1,
        },
        "b1": {"induk": "a1", "rujukan": "Tahap 2", "jenjang": None, "komponen": None, "nomor": None},
        "k1": {
            "induk": "b1",
            "rujukan": "Tahap 2",
            "jenjang": "Kinerja strategis",
            "komponen": "Sasaran pertama",
            "nomor": 1,
        },
        "o1": {
            "induk": "k1",
            "rujukan": "Tahap 3",
            "jenjang": "Kinerja operasional",
            "komponen": "Sasaran sub kegiatan",
            "nomor": None,
        },
    }
    assert found["a1"]["indikator"][0]["pemegang"] == ["kasi"]
    assert "pemegang" not in found["a1"]["indikator"][1]
    assert found["b1"]["mendukung_indikator"] == ["i1"]
    assert found["k1"]["mendukung"] == ["a1"]


def test_places_and_counts() -> None:
    checked = read_tree(
        "pokin: 1\njudul: Pohon\noutcome [a1] A\n  sertakan bagian/b.pokin\n",
        {"trees/bagian/b.pokin": "pokin: 1\n\ncsf [b1] B\n  kondisi C\n"},
    )
    found = model(checked)
    assert found["berkas"] == ["trees/contoh.pokin", "trees/bagian/b.pokin"]
    places = {node["id"]: (node["letak"]["berkas"], node["letak"]["baris"]) for node in nodes(found["akar"])}
    assert places == {
        "a1": ("trees/contoh.pokin", 3),
        "b1": ("trees/bagian/b.pokin", 3),
        "c": ("trees/bagian/b.pokin", 4),
    }
    assert found["jumlah"] == {
        "outcome": 1,
        "csf": 1,
        "kondisi": 1,
        "antara": 0,
        "operasional": 0,
        "indikator": 0,
        "jabatan": 0,
    }


def test_positions_know_their_place_in_the_outline() -> None:
    head, shared, outside = model(read_tree(EVERYTHING))["jabatan"]
    assert (head["id"], "bersama" in head, "di_luar" in head) == ("camat", False, False)
    assert head["bawahan"][0]["atasan"] == "camat"
    assert shared["bersama"] is True
    assert (outside["teks"], outside["di_luar"], "letak" in outside) == ("Tenaga Ahli", True, False)


@pytest.mark.parametrize(("path", "schema"), [("trees/a.pokin", "../"), ("trees/a/b.pokin", "../../")])
def test_the_schema_is_found_from_the_folder_of_the_tree(path: str, schema: str) -> None:
    found = model(read_tree("pokin: 1\njudul: Pohon\noutcome A\n", path=path))
    assert found["$schema"] == schema + SCHEMA
    assert SCHEMA.endswith("/" + SCHEMA_FILE.name)


def test_the_bytes_are_the_same_each_time_readable_and_one_fact_a_line() -> None:
    once, again = (pohon_json(read_tree(EVERYTHING)) for _ in range(2))
    assert once == again
    text = once.decode()
    assert text.endswith("}\n")
    assert '"judul": "Pohon \\"Lengkap\\" <b>"' in text
    assert sum('"target"' in line and '"2030"' in line for line in text.split("\n")) == 1
    changed = pohon_json(read_tree(EVERYTHING.replace("2029=BB", "2029=A"))).decode()
    differing = [one for one, two in zip(text.split("\n"), changed.split("\n"), strict=True) if one != two]
    assert len(differing) == 1
