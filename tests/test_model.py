"""What the model derives: levels, components, numbers, values, holders, superiors."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pokin_dsl.model.derived import ke
from pokin_dsl.model.identity import LONGEST, slug
from pokin_dsl.model.nilai import (
    Angka,
    Batas,
    Nilai,
    Pecahan,
    Persen,
    Predikat,
    Rentang,
    Rusak,
    Tiada,
    indonesian,
    read_nilai,
    rupiah,
)
from pokin_dsl.model.query import atasan_kinerja, jabatan_bersama, kepala, pemegang, pengampuan, semua_pemegang
from pokin_dsl.model.stages import tahap_2, tahap_4_5
from tests.support import read_shipped, read_tree

TOP = "pokin: 1\njudul: Pohon\ntahap: 5\n"
POSITIONS = """\
jabatan [camat] Camat
  jabatan [kasi-a] Kasi A
  jabatan [kasi-b] Kasi B
jabatan [pelaksana] Pelaksana/JF
jabatan [staf] Staf Khusus
"""


# -- levels and components ---------------------------------------------------------------------------------------------


def test_every_level_has_its_names() -> None:
    peta = read_shipped("kecamatan").peta
    derived = {id_: (t.rujukan, t.jenjang, t.komponen) for id_, t in peta.turunan.items()}
    assert derived["tata-kelola"] == ("Tahap 1", "Kinerja strategis SKPD", "Tujuan SKPD")
    assert derived["isu-pelayanan"] == ("Tahap 2", "", "")
    assert derived["pemberdayaan"] == ("Tahap 2", "Kinerja strategis", "Sasaran kedua")
    assert derived["pembermas"] == ("Tahap 3", "Kinerja taktikal (immediate)", "Sasaran kegiatan")
    assert derived["musrenbang"] == ("Tahap 3", "Kinerja operasional", "Sasaran sub kegiatan")


def test_of_nested_outcomes_only_the_lowest_is_the_goal() -> None:
    peta = read_tree(TOP + "outcome [a1] A\n  outcome [b1] B\n    outcome [c1] C\n  outcome [d1] D\n").peta
    assert {id_: t.komponen for id_, t in peta.turunan.items()} == {
        "a1": "",
        "b1": "",
        "c1": "Tujuan SKPD",
        "d1": "Tujuan SKPD",
    }


def test_conditions_are_numbered_within_their_top_outcome_through_all_csf() -> None:
    peta = read_tree(
        TOP + "outcome A\n  csf B\n    kondisi [k1] C\n    kondisi [k2] D\n  kondisi [k3] E\n  outcome F\n"
        "    csf G\n      kondisi [k4] H\noutcome [b1] I\n  csf J\n    kondisi [k5] K\n"
    ).peta
    numbers = {id_: (peta.turunan[id_].outcome, peta.turunan[id_].nomor) for id_ in ("k1", "k2", "k3", "k4", "k5")}
    assert numbers == {"k1": (1, 1), "k2": (1, 2), "k3": (1, 3), "k4": (1, 4), "k5": (2, 1)}
    assert peta.turunan["b1"].nomor == 2
    assert [row.nomor for row in tahap_2(peta)] == [1, 1, 1, 1, 2]


def test_ordinals_go_on_after_the_tenth() -> None:
    assert [ke(n) for n in (1, 2, 10, 11, 20)] == ["pertama", "kedua", "kesepuluh", "ke-11", "ke-20"]


def test_component_and_level_can_be_written() -> None:
    peta = read_tree(
        TOP + "outcome A\n  kondisi [k1] B\n    @komponen Sasaran strategis\n    @jenjang Kinerja utama\n"
        "    antara [k2] C\n      @komponen Sasaran khusus\n      @program 7.01.01 P\n"
    ).peta
    assert (peta.turunan["k1"].komponen, peta.turunan["k1"].jenjang) == ("Sasaran strategis", "Kinerja utama")
    assert peta.turunan["k2"].komponen == "Sasaran khusus"


@pytest.mark.parametrize(
    ("annotation", "component"),
    [("program", "Sasaran program"), ("kegiatan", "Sasaran kegiatan"), ("subkegiatan", "Sasaran sub kegiatan")],
)
def test_a_code_says_the_component(annotation: str, component: str) -> None:
    for kind, parent in (("kondisi", "outcome A"), ("antara", "outcome A\n  kondisi B")):
        indent = "  " * (parent.count("\n") + 1)
        text = f"{TOP}{parent}\n{indent}{kind} [k1] C\n{indent}  @{annotation} 7.01.01 Nama\n"
        assert read_tree(text).peta.turunan["k1"].komponen == component


@pytest.mark.parametrize(
    ("body", "stage"),
    [
        ("", 1),
        ("  csf B\n", 2),
        ("  csf B\n    kondisi C\n      antara D\n", 3),
        ("  @crosscutting Bappeda: data\n", 3),
        ("  @indikator B\n", 4),
        ("  @pk Camat\n", 5),
        ("  kondisi B\n    @pagu 2026=Rp5\n", 5),
        ("jabatan Camat\n", 5),
    ],
)
def test_without_a_header_the_stage_is_the_highest_that_the_content_shows(body: str, stage: int) -> None:
    pohon = read_tree(f"pokin: 1\njudul: Pohon\noutcome A\n{body}").pohon
    assert (pohon.tahap, pohon.tahap_tertulis) == (stage, False)


def test_a_written_stage_counts() -> None:
    pohon = read_tree("pokin: 1\njudul: Pohon\ntahap: 2\noutcome A\n  @pk Camat\n").pohon
    assert (pohon.tahap, pohon.tahap_tertulis) == (2, True)


# -- holders and superiors ---------------------------------------------------------------------------------------------


def test_condition_4_is_held_by_two_positions_each_with_its_branch() -> None:
    peta = read_shipped("kecamatan").peta
    branches = {
        "urusan-pemerintahan": "kasi-pemerintahan",
        "adm-desa": "kasi-pemerintahan",
        "keuangan-desa": "kasi-pembangunan",
        "pembangunan-desa": "kasi-pembangunan",
    }
    for id_, superior in branches.items():
        holders, through = atasan_kinerja(peta, "pelaksana", peta.simpul[id_])
        assert holders == (superior,)
        assert through is peta.simpul["pemdes"]
    assert semua_pemegang(peta.simpul["pemdes"]) == ("kasi-pemerintahan", "kasi-pembangunan")


def test_a_branch_that_supports_no_indicator_answers_to_all_holders() -> None:
    peta = read_tree(
        TOP + POSITIONS + "outcome A\n  @pk camat\n  kondisi [k1] B\n    @indikator I\n      @pk kasi-a\n"
        "    @indikator J\n      @pk kasi-b\n    operasional [o1] C\n      @pk pelaksana\n"
    ).peta
    assert atasan_kinerja(peta, "pelaksana", peta.simpul["o1"]) == (("kasi-a", "kasi-b"), peta.simpul["k1"])


def test_the_first_holder_above_wins_and_nobody_is_his_own_superior() -> None:
    peta = read_tree(
        TOP + POSITIONS + "outcome [a1] A\n  @pk camat\n  kondisi [k1] B\n    antara [t1] C\n      @pk pelaksana\n"
        "      operasional [o1] D\n        @pk pelaksana\n      operasional [o2] E\n        @pk staf\n"
    ).peta
    assert atasan_kinerja(peta, "pelaksana", peta.simpul["o1"]) == (("camat",), peta.simpul["a1"])
    assert atasan_kinerja(peta, "staf", peta.simpul["o2"]) == (("pelaksana",), peta.simpul["t1"])
    assert atasan_kinerja(peta, "camat", peta.simpul["a1"]) == ((), None)


def test_the_head_is_the_first_and_further_lone_positions_are_shared() -> None:
    pohon = read_tree(TOP + POSITIONS + "outcome A\n  @pk Konsultan Luar\n").pohon
    head = kepala(pohon)
    assert head is not None
    assert head.id == "camat"
    assert [position.id for position in jabatan_bersama(pohon)][:2] == ["pelaksana", "staf"]
    assert [position.teks for position in pohon.jabatan if position.di_luar] == ["Konsultan Luar"]


def test_the_holder_of_an_indicator_stands_before_that_of_the_node() -> None:
    peta = read_tree(
        TOP + POSITIONS + "outcome [a1] A\n  @pk camat\n  @indikator [i1] I\n  @indikator [i2] J\n    @pk kasi-a\n"
        "  @indikator [i3] K\n    @pk -\n"
    ).peta
    node = peta.simpul["a1"]
    assert [pemegang(node, indicator) for indicator in node.indikator] == [("camat",), ("kasi-a",), ()]
    assert pemegang(node, None) == ("camat",)
    assert [(n.id, [i.id for i in own]) for n, own in pengampuan(peta)["camat"]] == [("a1", ["i1"])]
    assert [(n.id, [i.id for i in own]) for n, own in pengampuan(peta)["kasi-a"]] == [("a1", ["i2"])]


def test_branches_follow_the_row_of_the_indicator_that_they_support() -> None:
    peta = read_tree(
        TOP + "outcome A\n  @indikator [i1] Satu\n  @indikator [i2] Dua\n  kondisi Bebas\n  kondisi Kedua\n"
        "    @mendukung i2\n    @mendukung i1\n  kondisi Pertama\n    @mendukung i1\n"
    ).peta
    rows = [(row.kinerja, row.teks_indikator) for row in tahap_4_5(peta, 4)]
    assert rows == [("A", "Satu"), ("3. Pertama", ""), ("A", "Dua"), ("2. Kedua", ""), ("1. Bebas", "")]


def test_support_beyond_the_own_parent_is_kept_apart() -> None:
    peta = read_tree(
        TOP + "outcome A\n  @indikator [i1] Satu\n  kondisi [k1] B\n    @mendukung i1\n    @mendukung k2\n"
        "    @mendukung lain:x1\n    @mendukung i1\n  kondisi [k2] C\n"
    ).peta
    assert peta.simpul["k1"].mendukung_indikator == ("i1",)
    assert peta.simpul["k1"].mendukung == ("k2", "lain:x1")


def test_an_alias_leads_to_its_node_and_a_bad_one_to_none() -> None:
    peta = read_tree(TOP + "outcome A\n  kondisi [k1] B\n    @alias lama\n    @alias ../../etc\n    @lihat lama\n").peta
    assert peta.alias == {"lama": "k1"}
    assert peta.simpul["k1"].alias == ("lama",)
    assert peta.simpul["k1"].lihat == ("k1",)


# -- positions of language.md section 3 --------------------------------------------------------------------------------


def findings(text: str) -> list[tuple[str, str, str]]:
    return [(f.code, f.severity.value, f.hint) for f in read_tree(text).diagnostics if f.code == "P302"]


def test_without_declared_positions_every_text_becomes_one() -> None:
    text = (
        TOP
        + "outcome A\n  @pk camat\n  kondisi B\n    @pk Kasi Pelayanan\n    @indikator I\n      @pk kasi  pelayanan\n"
    )
    checked = read_tree(text)
    assert findings(text) == []
    assert [(j.id, j.teks, j.di_luar) for j in checked.pohon.jabatan] == [
        ("camat", "camat", True),
        ("kasi-pelayanan", "Kasi Pelayanan", True),
    ]
    assert [i.pk for i, _ in checked.peta.indikator.values()] == [("kasi-pelayanan",)]


def test_an_unknown_id_is_a_galat_and_names_nobody() -> None:
    text = TOP + POSITIONS + "outcome [a1] A\n  @pk kasi-c\n"
    assert findings(text) == [("P302", "galat", "Mungkin maksudnya kasi-a.")]
    assert read_tree(text).peta.simpul["a1"].pk == ()


def test_an_unknown_name_becomes_a_position_outside_the_outline() -> None:
    text = TOP + POSITIONS + "outcome [a1] A\n  @pk Kassi B\n"
    assert findings(text) == [("P302", "peringatan", "Mungkin maksudnya Kasi B [kasi-b].")]
    checked = read_tree(text)
    assert checked.peta.simpul["a1"].pk == ("kassi-b",)
    assert checked.peta.jabatan["kassi-b"].di_luar


def test_a_full_name_is_folded_and_an_id_comes_first() -> None:
    text = TOP + "jabatan [camat] Sekcam\njabatan [sekcam] Camat\noutcome [a1] A\n  @pk camat\n  @pk  CAMAT\n"
    assert findings(text) == []
    assert read_tree(text).peta.simpul["a1"].pk == ("camat", "sekcam")


# -- series and values -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("83", Angka("83", Decimal(83))),
        ("82,10", Angka("82,10", Decimal("82.10"))),
        ("1.250", Angka("1.250", Decimal(1250))),
        ("1.250.000,5", Angka("1.250.000,5", Decimal("1250000.5"))),
        ("-3", Angka("-3", Decimal(-3))),
        ("95.5", Angka("95,5", Decimal("95.5"), english=True)),
        ("0.125", Angka("0,125", Decimal("0.125"), english=True)),
        ("12.50%", Persen("12,50%", Decimal("12.50"), english=True)),
        ("95,5%", Persen("95,5%", Decimal("95.5"))),
        ("95,5 %", Persen("95,5 %", Decimal("95.5"))),
        ("Rp100.000.000", Angka("Rp100.000.000", Decimal(100_000_000))),
        ("Rp 5", Angka("Rp 5", Decimal(5))),
        (">=80", Batas(">=80", ">=", Decimal(80))),
        ("≤5%", Batas("≤5%", "≤", Decimal(5))),
        ("80-85", Rentang("80-85", Decimal(80), Decimal(85))),
        ("80%-85%", Rentang("80%-85%", Decimal(80), Decimal(85))),
        ("80,5–85", Rentang("80,5–85", Decimal("80.5"), Decimal(85))),
        ("4500/12", Pecahan("4500/12", Decimal(4500), Decimal(12))),
        ("BB", Predikat("BB")),
        ("A-", Predikat("A-")),
        ('"Sangat Baik"', Predikat("Sangat Baik")),
        ('"95"', Predikat("95")),
        ("-", Tiada()),
        ('""', Rusak('""')),
        ("??", Rusak("??")),
        ("1.2.3", Rusak("1.2.3")),
        ("1.25.000", Rusak("1.25.000")),
        ("Rp2,500,000", Rusak("Rp2,500,000")),
        ("٣", Rusak("٣")),
        ("9" * 100, Rusak("9" * 100)),
        ("Rp" + "9" * 100, Rusak("Rp" + "9" * 100)),
    ],
)
def test_values_are_read_as_officials_write_them(written: str, value: Nilai) -> None:
    assert read_nilai(written) == value


def test_numbers_are_printed_the_indonesian_way() -> None:
    assert [indonesian(Decimal(n)) for n in ("1250", "82.10", "0.5", "-1234567")] == [
        "1.250",
        "82,10",
        "0,5",
        "-1.234.567",
    ]
    assert [rupiah(Decimal(n)) for n in ("2683946801", "2500.50", "5.00")] == ["Rp2.683.946.801", "Rp2.500,50", "Rp5"]
    assert rupiah(Decimal("9" * 70)).count("9") == 70


def test_a_series_stands_in_ascending_order_with_one_unit() -> None:
    peta = read_tree(
        TOP + "outcome A\n  @indikator [i1] I\n    @target (org (rata-rata)) 2027=3 2025=1 2026-TW1=2\n"
    ).peta
    indicator, _ = peta.indikator["i1"]
    assert indicator.satuan == "org (rata-rata)"
    assert [(t.kunci, t.nilai.teks) for t in indicator.target] == [("2025", "1"), ("2026-TW1", "2"), ("2027", "3")]


def test_a_baseline_may_have_no_year() -> None:
    for written, key in (("82,10", ""), ("2024=82,10", "2024"), (">=80", ""), ('"Sangat Baik"', ""), ("95,5 %", "")):
        peta = read_tree(f"{TOP}outcome A\n  @indikator [i1] I\n    @awal {written}\n").peta
        assert [t.kunci for t in peta.indikator["i1"][0].awal] == [key]


# -- texts -------------------------------------------------------------------------------------------------------------


def test_continuations_are_joined_with_one_space() -> None:
    (node,) = read_tree(TOP + "outcome Terwujudnya\n    |   Pelayanan\n  # di antaranya\n  | yang  Baik\n").pohon.akar
    assert node.teks == "Terwujudnya Pelayanan yang  Baik"


def test_a_raw_note_keeps_its_text_without_the_common_indentation() -> None:
    (node,) = read_tree(
        TOP + "outcome A\n  @catatan\n     # Judul\n       | x |\n\n     isi “a”\t!\n  @catatan pendek # x\n"
    ).pohon.akar
    assert [(note.teks, note.markdown) for note in node.catatan] == [
        ("# Judul\n  | x |\n\nisi “a”\t!", True),
        ("pendek # x", False),
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [("\\[sic] A", "[sic] A"), ("\\@a", "@a"), ("\\#1", "#1"), ("\\\\a", "\\\\a"), ("#168", "#168")],
)
def test_a_backslash_lets_a_text_start_with_a_sign(written: str, text: str) -> None:
    (node,) = read_tree(f"{TOP}outcome {written}\n").pohon.akar
    assert node.teks == text


def test_a_status_ends_a_crosscutting() -> None:
    (node,) = read_tree(
        TOP
        + "outcome A\n  @crosscutting Dinas Kesehatan: data 10:30 (disetujui)\n  @crosscutting Bappeda: rapat (rutin)\n"
    ).pohon.akar
    assert [(c.instansi, c.teks, c.status) for c in node.crosscutting] == [
        ("Dinas Kesehatan", "data 10:30", "disetujui"),
        ("Bappeda", "rapat (rutin)", ""),
    ]


def test_a_slug_is_cut_at_the_end_of_a_word() -> None:
    assert slug("Terwujudnya Tata Kelola & Layanan «É»") == "terwujudnya-tata-kelola-layanan-e"
    long = slug("kata " * 40)
    assert len(long) <= LONGEST
    assert long.endswith("-kata")
    assert len(slug("x" * 200)) == LONGEST
    assert slug("漢字") == ""


def test_a_derived_id_does_not_change_with_what_stands_beside_it() -> None:
    one = read_tree(TOP + "outcome Induk\n  csf Sama\n    kondisi Isi\n").peta.simpul
    two = read_tree(TOP + "outcome Lain\noutcome Induk\n  csf Baru\n  csf Sama\n    kondisi Isi\n").peta.simpul
    assert list(one) == ["induk", "sama", "isi"]
    assert set(one) <= set(two)


def test_equal_texts_get_a_digest_of_where_they_stand() -> None:
    peta = read_tree(TOP + "outcome A\n  csf [b1] B\n    kondisi Sama\n  csf [b2] C\n    kondisi Sama\n").peta
    ids = [id_ for id_, node in peta.simpul.items() if node.teks == "Sama"]
    assert all(len(id_) == len("sama-") + 6 for id_ in ids)
    assert len(set(ids)) == 2
    moved = read_tree(TOP + "outcome A\n  csf [b2] C\n    kondisi Sama\n  csf [b1] B\n    kondisi Sama\n").peta
    assert moved.induk[ids[0]].id == "b1"
    assert moved.induk[ids[1]].id == "b2"


def test_a_wording_belongs_to_one_of_five_stages() -> None:
    (node,) = read_tree(
        TOP + "outcome A\n  @varian tahap-3 Tiga\n  @varian tahap-9 Sembilan\n  @varian tahap-5\n"
    ).pohon.akar
    assert [(wording.tahap, wording.teks) for wording in node.varian] == [(3, "Tiga")]
