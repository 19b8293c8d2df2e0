"""Official lists and what they are good for: reading them, naming them, names filled in, codes and budgets checked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.edge.building import build_workspace, compile_workspace
from pokin_dsl.edge.package import built_in_lists
from pokin_dsl.edge.workspace import open_workspace
from pokin_dsl.model.nomenklatur import Butir, Nomenklatur, read_nomenklatur, with_names
from pokin_dsl.model.query import walk
from tests.sites import compiled, seed_texts, site_files
from tests.support import DATA, ROOT, read_shipped, read_tree

if TYPE_CHECKING:
    from pathlib import Path

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.pipeline import Compilation

HEADER = "pokin: 1\njudul: Pohon\ntahap: 5\n{header}outcome Terwujudnya A\n"
OWN_LIST = "level\tkode\tnomenklatur\nprogram\t1.02.02\tPROGRAM PEMENUHAN UPAYA KESEHATAN\n"


def tree(body: str, header: str = "") -> str:
    return HEADER.format(header=header) + body


def found(body: str, code: str, header: str = "") -> list[Diagnostic]:
    return [d for d in compiled({"contoh.pokin": tree(body, header)}).diagnostics if d.code == code]


# -- lists -------------------------------------------------------------------------------------------------------------


def test_the_built_in_list_is_the_public_one_whole() -> None:
    shipped = ROOT / "pokin_dsl" / "edge" / "nomenklatur" / "kecamatan-7.01.tsv"
    assert shipped.read_bytes() == (DATA / "nomenklatur-7.01.tsv").read_bytes()
    daftar, wrong = read_nomenklatur(shipped.read_text("utf-8"))
    kinds = [butir.jenis for butir in daftar.butir.values()]
    assert (wrong, [kinds.count(kind) for kind in ("program", "kegiatan", "subkegiatan")]) == (0, [6, 16, 48])
    assert built_in_lists()[""] == built_in_lists()["kecamatan-7.01"] == daftar


def test_lines_around_a_wrong_one_are_kept() -> None:
    daftar, wrong = read_nomenklatur(
        "\ufeff# sumber\nlevel\tkode\tnomenklatur\n\nprogram\t1.01.01\tSATU\nentah\t2\tDUA\nsub\t\tTIGA\n"
        "Sub Kegiatan\t1.01.01.2.01.0001\tEMPAT\tkinerja\tindikator\tsatuan\tlebih\nprogram\t1.01.01\tLAIN\n"
    )
    assert wrong == 5
    assert list(daftar.butir.values()) == [
        Butir("program", "1.01.01", "SATU"),
        Butir("subkegiatan", "1.01.01.2.01.0001", "EMPAT", "kinerja", "indikator", "satuan"),
    ]


def test_a_code_of_every_urusan_is_found_under_each() -> None:
    daftar = Nomenklatur({"X.XX.01": Butir("program", "X.XX.01", "PENUNJANG"), "7.01.02": Butir("", "7.01.02", "DUA")})
    assert [daftar.nama(code) for code in ("7.01.01", "1.02.01", "7.01.02", "7.01.03", "")] == [
        "PENUNJANG",
        "PENUNJANG",
        "DUA",
        "",
        "",
    ]


def workspace(root: Path, files: dict[str, str | bytes]) -> Compilation:
    for name, text in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return compile_workspace(open_workspace([], root))


def settings_said(root: Path, files: dict[str, str | bytes]) -> list[tuple[str, str]]:
    """Give what P901 says of a workspace, and the text at which it points."""
    compilation = workspace(root, {"trees/satu.pokin": tree(""), **files})
    assert compilation.publishable
    return [
        (d.message, compilation.sources[d.source].text[d.span.start : d.span.end])
        for d in compilation.diagnostics
        if d.code == "P901"
    ]


def test_a_workspace_adds_lists_and_a_header_names_one(tmp_path: Path) -> None:
    compilation = workspace(
        tmp_path,
        {
            "pokin.toml": '[nomenklatur]\nkesehatan = "daftar/kesehatan.tsv"\n',
            "daftar/kesehatan.tsv": OWN_LIST,
            "trees/satu.pokin": tree("  kondisi [k1] B\n    @program 1.02.02\n", "nomenklatur: kesehatan\n"),
            "trees/dua.pokin": tree("  kondisi [k1] B\n    @program 7.01.02\n"),
            "trees/tiga.pokin": tree("  kondisi [k1] B\n    @program 7.01.02\n", "nomenklatur: kecamatan-7.01\n"),
        },
    )
    names = {t.nama: kode.nama for t in compilation.trees if (kode := t.peta.simpul["k1"].kode)}
    kecamatan = "PROGRAM PENYELENGGARAAN PEMERINTAHAN DAN PELAYANAN PUBLIK"
    assert names == {"satu": "PROGRAM PEMENUHAN UPAYA KESEHATAN", "dua": kecamatan, "tiga": kecamatan}
    assert not any(d.code == "P901" for d in compilation.diagnostics)


@pytest.mark.parametrize(
    ("settings", "message", "word"),
    [
        ("nomenklatur = 3", 'Pengaturan "nomenklatur" harus berupa tabel.', "nomenklatur"),
        ("[nomenklatur]\nx = 3", 'Daftar nomenklatur "x" belum menyebut berkasnya.', "x"),
        ("[nomenklatur]\nx = ' '", 'Daftar nomenklatur "x" belum menyebut berkasnya.', "x"),
        ("[nomenklatur]\nx = 'a.tsv'", 'Daftar nomenklatur "x" tidak dapat dibuka: a.tsv.', "x"),
        ("[nomenklatur]\nx = '.'", 'Daftar nomenklatur "x" tidak dapat dibuka: ..', "x"),
        ('[nomenklatur]\nx = "a\\u0000"', 'Daftar nomenklatur "x" tidak dapat dibuka: a\x00.', "x"),
        ("[nomenklatur]\nx = '../luar.tsv'", 'Daftar nomenklatur "x" berada di luar ruang kerja.', "x"),
        ("[nomenklatur]\nx = 'tautan.tsv'", 'Daftar nomenklatur "x" berada di luar ruang kerja.', "x"),
        ("[nomenklatur]\n'x y' = 'kosong.tsv'", 'Daftar nomenklatur "x y" kosong: kosong.tsv.', "x y"),
        ("[nomenklatur]\nx = 'latin.tsv'", 'Daftar nomenklatur "x" tidak terbaca: latin.tsv bukan UTF-8.', "x"),
        ("[nomenklatur]\nx = 'salah.tsv'", 'Daftar nomenklatur "x" tidak terbaca di baris 3 berkas salah.tsv.', "x"),
    ],
)
def test_lists_that_cannot_be_read_are_told(tmp_path: Path, settings: str, message: str, word: str) -> None:
    root = tmp_path / "kerja"
    root.mkdir()
    (tmp_path / "luar.tsv").write_text(OWN_LIST, "utf-8")
    (root / "tautan.tsv").symlink_to(tmp_path / "luar.tsv")
    files: dict[str, str | bytes] = {
        "kosong.tsv": "",
        "latin.tsv": b"\xff\xfe",
        "salah.tsv": OWN_LIST + "entah\n",
        "pokin.toml": settings,
    }
    assert settings_said(root, files) == [(message, word)]


def test_a_header_that_names_no_list_is_told_and_stops_nothing(tmp_path: Path) -> None:
    files = {"trees/satu.pokin": tree("  kondisi B\n    @program 7.01.99\n", "nomenklatur: kecamatan7.01\n")}
    assert settings_said(tmp_path, {**files}) == [
        ('Daftar nomenklatur "kecamatan7.01" tidak dikenal.', "kecamatan7.01")
    ]
    compilation = workspace(tmp_path, {**files})
    assert [d.hint for d in compilation.diagnostics if d.code == "P901"] == ["Mungkin maksudnya kecamatan-7.01."]
    # What the list would have said is not guessed.
    assert not [d for d in compilation.diagnostics if d.code in ("P504", "P505")]
    assert build_workspace(open_workspace([], tmp_path), tmp_path / "output", force=False).published


# -- names filled in ---------------------------------------------------------------------------------------------------


def test_names_are_filled_in_and_all_else_stays_the_same() -> None:
    bare = read_tree(
        tree(
            "  kondisi [k1] B\n    @program 7.01.02\n    operasional [o1] C\n"
            "      @subkegiatan 7.01.02.2.04.0003 Nama Sendiri\n    operasional [o2] D\n"
            "      @subkegiatan 7.01.02.2.04.0002\n  kondisi [k2] E\n    @program 7.01.02.2.04\n"
        )
    ).pohon
    filled = with_names(bare, built_in_lists()[""])
    before, after = ({s.id: s for s in walk(pohon)} for pohon in (bare, filled))
    names = {id_: s.kode.nama for id_, s in after.items() if s.kode}
    assert names == {
        "k1": "PROGRAM PENYELENGGARAAN PEMERINTAHAN DAN PELAYANAN PUBLIK",
        "o1": "Nama Sendiri",
        "o2": "Pelaksanaan Urusan Pemerintahan yang terkait dengan Nonperizinan",
        "k2": "",
    }
    assert [id_ for id_ in before if before[id_] is after[id_]] == ["o1", "k2"]


@pytest.mark.parametrize("name", ["kecamatan", "glenmore"])
def test_where_nothing_is_filled_in_the_tree_is_the_same_object(name: str) -> None:
    pohon = read_shipped(name).pohon
    assert with_names(pohon, built_in_lists()[""]) is pohon
    bare = read_tree(tree("  kondisi B\n    @program 7.01.02\n")).pohon
    assert with_names(bare, Nomenklatur()) is bare


def test_names_filled_in_are_published() -> None:
    text = tree("  kondisi [k1] B\n    @program 7.01.06\n")
    name = "PROGRAM PEMBINAAN DAN PENGAWASAN PEMERINTAHAN DESA"
    assert name not in text
    files = site_files({"contoh.pokin": text})
    (kondisi,) = json.loads(files["contoh/pohon.json"])["akar"][0]["anak"]
    assert kondisi["kode"] == {"jenis": "program", "kode": "7.01.06", "nama": name}
    assert f"7.01.06 {name}" in files["contoh/kinerja/k1.html"].decode()


# -- codes -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("annotation", "told"),
    [
        ("@program 7.01.01", False),
        ("@program X.XX.01", False),
        ("@kegiatan 7.01.01.2.01", False),
        ("@subkegiatan 7.01.01.2.01.0001", False),
        ("@subkegiatan 7.01.01.2.01.01", False),
        ("@subkegiatan 7.01.01.2.01.001", True),
        ("@program 7.01", True),
        ("@program 7.01.01.", True),
        ("@program 7.01.01.2.01", True),
        ("@kegiatan 7.01.01", True),
        ("@kegiatan 7.01.01.2.01.0001", True),
        ("@program 7.01.0.00.0.00.18.000", True),
    ],
)
def test_a_code_has_the_form_of_its_kind(annotation: str, told: bool) -> None:  # noqa: FBT001 - a table of yes and no
    assert bool(found(f"  kondisi B\n    {annotation}\n", "P504")) is told


@pytest.mark.parametrize(
    ("upper", "lower", "told"),
    [
        ("@program 7.01.01", "@kegiatan 7.01.01.2.01", False),
        ("@program 7.01.01", "@subkegiatan 7.01.01.2.01.0001", False),
        ("@program 7.01.01", "@kegiatan 7.01.02.2.01", True),
        ("@kegiatan 7.01.01.2.01", "@subkegiatan 7.01.01.2.02.0001", True),
        ("@kegiatan 7.01.01.2.01", "@kegiatan 7.01.01.2.01", False),
        ("@kegiatan 7.01.01.2.01", "@program 7.01.01", True),
        ("@program X.XX.01", "@kegiatan 7.01.01.2.01", False),
        ("@program 7.01.01", "@kegiatan X.XX.02.2.01", True),
    ],
)
def test_a_code_stands_under_the_nearest_code_above(upper: str, lower: str, told: bool) -> None:  # noqa: FBT001 - a table
    body = f"  kondisi B\n    {upper}\n    antara C\n      operasional D\n        {lower}\n"
    assert bool(found(body, "P504")) is told


def test_a_malformed_code_is_told_once_and_not_with_all_below_it() -> None:
    body = "  kondisi B\n    @program 7.1.1\n    antara C\n      @kegiatan 7.01.01.2.01\n"
    assert [d.message for d in found(body, "P504")] == ['Kode "7.1.1" bukan kode program.']


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Penyelenggaraan Pemerintahan dan Pelayanan Publik", False),
        ("PROGRAM PENYELENGARAAN PEMERINTAHAN & PELAYANAN PUBLIK", False),
        ("Penyelenggaraan  Pemerintahan, dan Pelayanan (Publik)", False),
        ("Pemberdayaan Masyarakat Desa dan Kelurahan", True),
    ],
)
def test_a_name_is_that_of_its_code(name: str, told: bool) -> None:  # noqa: FBT001 - a table of yes and no
    assert bool(found(f"  kondisi B\n    @program 7.01.02 {name}\n", "P504")) is told


def test_the_right_name_or_code_is_suggested() -> None:
    (finding,) = found("  kondisi B\n    @kegiatan 7.01.03.2.01 Kegiatan Pemberdayaan Kelurahan\n", "P504")
    assert finding.hint == (
        "Tulis namanya: Koordinasi Kegiatan Pemberdayaan Desa; atau, bila namanya yang benar, tulis kode 7.01.03.2.02."
    )


def unlisted(*codes: str) -> list[tuple[str, str]]:
    body = "".join(f"  kondisi B{n}\n    @kegiatan {code}\n" for n, code in enumerate(codes))
    return [(d.message, d.hint) for d in found(body, "P505")]


def test_a_few_unlisted_codes_are_told_one_by_one_and_many_as_one() -> None:
    codes = [f"7.01.02.2.{n} Nama {n}" for n in range(30, 44)]
    assert unlisted(*codes[:3]) == [
        (
            f"Kode kegiatan {code.split()[0]} tidak ada dalam daftar nomenklatur.",
            "Periksa kodenya; bila benar, biarkan, sebab daftar itu belum lengkap.",
        )
        for code in codes[:3]
    ]
    ((message, hint),) = unlisted(*codes)
    assert message == "14 kode di pohon ini tidak ada dalam daftar nomenklatur."
    assert hint.startswith("Periksa 7.01.02.2.30, 7.01.02.2.31, ")
    assert "7.01.02.2.41, dan 2 lainnya;" in hint


@pytest.mark.parametrize("code", ["1.02.02.2.99 Lain", "X.XX.09.2.99 Lain", "7.01.02.2.01", "7.01.9 Salah", "7.01.99"])
def test_codes_that_the_list_cannot_know_or_has_are_not_unlisted(code: str) -> None:
    assert unlisted(code) == []


def test_the_missing_codes_of_glenmore_are_one_finding_at_its_title() -> None:
    (finding,) = (d for d in compiled(seed_texts()).diagnostics if d.code == "P505")
    text = seed_texts()["glenmore.pokin"]
    assert text[finding.span.start : finding.span.end] == "judul: Renstra Kecamatan Glenmore 2026-2030"
    known = built_in_lists()[""].butir
    codes = [s.kode.kode for s in read_shipped("glenmore").peta.simpul.values() if s.kode]
    assert finding.hint.count("7.01.") == len([code for code in codes if code not in known]) == 11


# -- budgets -----------------------------------------------------------------------------------------------------------

BUDGETS = """\
  kondisi B
    @program 7.01.01
    @pagu {program}
    antara C
      @kegiatan 7.01.01.2.01
      {kegiatan}
      antara D
        operasional E
          @subkegiatan 7.01.01.2.01.0001
          @pagu {one}
        operasional F
          @subkegiatan {code}
          @pagu {two}
"""


def budgets(
    program: str, kegiatan: str, one: str = "2026=40", two: str = "2026=60", code: str = "7.01.01.2.01.0002"
) -> list[str]:
    """Give the amounts that are told, as written in the tree."""
    written = f"@pagu {kegiatan}" if kegiatan else "@tag a"
    body = BUDGETS.format(program=program, kegiatan=written, one=one, two=two, code=code)
    return [tree(body)[d.span.start : d.span.end] for d in found(body, "P506")]


def test_a_budget_is_the_sum_of_those_below() -> None:
    assert budgets("2026=Rp100", "2026=100") == []
    assert budgets("2026=99 2027=5", "2026=100") == ["2026=99"]


def test_a_wrong_amount_is_told_where_it_stands_only() -> None:
    assert budgets("2026=100", "2026=99") == ["2026=99"]
    assert budgets("2026=100", "2026=100", one="2026=39") == ["2026=100"]


def test_a_node_without_a_budget_has_the_sum_of_those_below() -> None:
    assert budgets("2026=100", "") == []
    assert budgets("2026=101", "") == ["2026=101"]


def test_years_that_someone_below_lacks_are_not_compared() -> None:
    assert budgets("2026=1 2027=1", "2026=1 2027=1", one="2026=40", two="2027=60") == []
    assert budgets("2026=1", "2026=1", two="2026=-") == []
    assert budgets("2026=-", "2026=100") == []


def test_amounts_are_compared_in_whole_rupiah() -> None:
    assert budgets("2026=100,4", "2026=100", one="2026=40,2") == []


def test_the_budget_of_one_code_may_be_written_for_two_performances() -> None:
    same = "7.01.01.2.01.0001"
    assert budgets("2026=40", "2026=40", two="2026=40", code=same) == []
    assert budgets("2026=80", "2026=80", two="2026=40", code=same) == []
    assert budgets("2026=60", "2026=60", two="2026=40", code=same) == ["2026=60"]


def test_the_budgets_of_glenmore_add_up_to_the_last_rupiah() -> None:
    text = seed_texts()["glenmore.pokin"]
    line = "@pagu 2026=Rp114.281.400"
    assert text.count(line) == 2
    for spoilt, told in ((text, 0), (text.replace(line, "@pagu 2026=Rp114.281.401", 1), 1)):
        said = compiled({"glenmore.pokin": spoilt}).diagnostics
        assert sum(d.code == "P506" for d in said) == told
