"""Workspaces on disk: where they are found, what settings may say, what is read and what is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.edge.building import compile_workspace
from pokin_dsl.edge.location import SurroundingsError
from pokin_dsl.edge.workspace import _KEYS, _TABLES, open_workspace

if TYPE_CHECKING:
    from pokin_dsl.pipeline import Compilation

TREE = "pokin: 1\njudul: {0}\n\noutcome [{0}] Terwujudnya Layanan\n"


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def compiled(root: Path, *paths: str) -> Compilation:
    return compile_workspace(open_workspace([root / path for path in paths], root))


def names(compilation: Compilation) -> list[str]:
    return [tree.nama for tree in compilation.trees]


def codes(compilation: Compilation) -> list[str]:
    return [
        finding.code
        for finding in compilation.diagnostics
        if finding.code[:2] in ("P0", "P9") or finding.code == "P103"
    ]


def test_trees_are_named_by_their_path_below_trees(tmp_path: Path) -> None:
    write(tmp_path, {"trees/satu.pokin": TREE.format("satu"), "trees/dinas/dua.pokin": TREE.format("dua")})
    assert names(compiled(tmp_path)) == ["dinas/dua", "satu"]
    assert names(compiled(tmp_path, "trees/satu.pokin")) == ["satu"]
    assert names(compiled(tmp_path, "trees/dinas")) == ["dinas/dua"]


def test_the_workspace_is_the_nearest_folder_upwards(tmp_path: Path) -> None:
    write(tmp_path, {"pokin.toml": 'judul = "Portal"\n', "trees/satu.pokin": TREE.format("satu"), "catatan/x.txt": ""})
    workspace = open_workspace([], tmp_path / "catatan")
    assert (workspace.root, workspace.judul, workspace.keluaran) == (tmp_path, "Portal", tmp_path / "output")


def test_without_a_workspace_a_file_stands_alone(tmp_path: Path) -> None:
    write(tmp_path, {"satu.pokin": TREE.format("satu"), "dua.pokin": TREE.format("dua")})
    assert names(compiled(tmp_path, "satu.pokin")) == ["satu"]
    with pytest.raises(SurroundingsError, match="pokin init"):
        open_workspace([], tmp_path)


@pytest.mark.parametrize("path", ["tiada.pokin", "tiada/"])
def test_what_does_not_exist_is_told(tmp_path: Path, path: str) -> None:
    with pytest.raises(SurroundingsError, match="tidak ditemukan"):
        open_workspace([tmp_path / path], tmp_path)


def test_a_workspace_without_trees_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"pokin.toml": ""})
    with pytest.raises(SurroundingsError, match="Tidak ada berkas"):
        open_workspace([], tmp_path)


def test_fragments_are_read_where_they_are_included(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "trees/satu.pokin": TREE.format("satu") + "  sertakan bagian/isi.pokin\n",
            "trees/bagian/isi.pokin": "kondisi [isi] Meningkatnya Isi\n  @pk\n",
        },
    )
    compilation = compiled(tmp_path)
    assert names(compilation) == ["satu"]
    assert "isi" in compilation.trees[0].peta.simpul
    assert [(d.code, d.source) for d in compilation.diagnostics if d.code == "P007"] == [
        ("P007", "trees/bagian/isi.pokin")
    ]


def test_nothing_outside_the_workspace_is_read(tmp_path: Path) -> None:
    root = tmp_path / "kerja"
    write(tmp_path, {"rahasia.pokin": "kondisi [rahasia] Isi Rahasia\n"})
    write(root, {"trees/satu.pokin": TREE.format("satu") + "  sertakan ../../rahasia.pokin\n  sertakan tautan.pokin\n"})
    (root / "trees" / "tautan.pokin").symlink_to(tmp_path / "rahasia.pokin")
    compilation = compiled(root)
    assert "Isi Rahasia" not in str(compilation)
    assert not compilation.publishable
    assert {"P019", "P103"} <= set(codes(compilation))


def test_names_that_cannot_be_addresses_are_told(tmp_path: Path) -> None:
    write(tmp_path, {"trees/Pohon Dinas.pokin": TREE.format("satu"), "trees/pohon-dinas.pokin": TREE.format("dua")})
    compilation = compiled(tmp_path)
    assert names(compilation) == ["pohon-dinas"]
    assert codes(compilation) == ["P904", "P905"] or codes(compilation) == ["P905", "P904"]
    assert not compilation.publishable


def test_a_file_that_is_no_tree_is_told(tmp_path: Path) -> None:
    write(
        tmp_path, {"trees/satu.pokin": TREE.format("satu"), "trees/lepas.pokin": "pokin: 1\n\nkondisi Meningkatnya X\n"}
    )
    compilation = compiled(tmp_path)
    assert names(compilation) == ["satu"]
    assert codes(compilation) == ["P906"]
    assert compilation.publishable
    write(tmp_path, {"trees/lepas.pokin": TREE.format("lepas").replace("judul:", "# judul:")})
    compilation = compiled(tmp_path)
    assert ([finding.severity.value for finding in compilation.general], compilation.publishable) == (["galat"], False)


def test_references_between_trees_must_lead_somewhere(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "trees/satu.pokin": TREE.format("satu")
            + "  @lihat dua:layanan\n  @lihat dua:layanam\n  @mendukung tiga:x\n",
            "trees/dua.pokin": TREE.format("layanan"),
        },
    )
    found = [d for d in compiled(tmp_path).diagnostics if d.code == "P103"]
    assert [(d.message, d.hint) for d in found] == [
        ('Rujukan @lihat "dua:layanam" tidak menuju ke mana pun.', "Mungkin maksudnya dua:layanan."),
        ('Rujukan @mendukung "tiga:x" tidak menuju ke mana pun.', "Periksa nama pohonnya: nama berkas tanpa .pokin."),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("judl = 'x'", 'Pengaturan "judl" tidak dikenal.'),
        ("judul = 3", 'Pengaturan "judul" harus berupa teks.'),
        ("judul = ", "Baris ini tidak terbaca, jadi tidak satu pun isi pokin.toml dipakai."),
        ("aturan = 3", 'Pengaturan "aturan" harus berupa tabel.'),
        ("[aturan]\nP1044 = 'mati'", 'Aturan "P1044" tidak dikenal.'),
        ("[aturan]\nP104 = 'diam'", "Bobot aturan P104 tidak dikenal."),
        ("[aturan]\nP101 = 'mati'", "Bobot aturan P101 tidak dapat diubah: tanpa perbaikan, pohon tidak utuh."),
    ],
)
def test_settings_that_mean_nothing_are_told(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, {"pokin.toml": text, "trees/satu.pokin": TREE.format("satu")})
    found = [d for d in compiled(tmp_path).diagnostics if d.code == "P901"]
    assert [(d.message, d.source) for d in found] == [(message, "pokin.toml")]


@pytest.mark.parametrize(
    ("text", "line", "start"),
    [
        ("judul = 'x'\n\n[cetak\nkertas = 'F4'\n", "[cetak", "Baris ini tidak terbaca"),
        ("judul = 'x'\n  keluaran = 'dua \n", "keluaran = 'dua", "Baris ini tidak terbaca"),
        ("judul = 'x'\n[kop]\nbaris = ['A',\n\n", "baris = ['A',", "Baris ini tidak terbaca"),
        ("judul = 'x'\njudul = 'y'\n[cetak]\n", "judul = 'y'", "Baris ini mengulang"),
        ("[cetak]\nkertas = 'F4'\n[cetak]\narah = 'tegak'\n", "[cetak]", "Baris ini mengulang"),
        ("judul", "judul", "Baris ini tidak terbaca"),
    ],
)
def test_the_line_at_which_settings_cannot_be_read_is_shown(tmp_path: Path, text: str, line: str, start: str) -> None:
    write(tmp_path, {"pokin.toml": text, "trees/satu.pokin": TREE.format("satu")})
    (found,) = (d for d in compiled(tmp_path).diagnostics if d.code == "P901")
    assert (found.span.start, found.span.end) == (text.rfind(line), text.rfind(line) + len(line))
    assert found.message.startswith(start)


@pytest.mark.parametrize("path", ["trees/con.pokin", "trees/nul/satu.pokin", "trees/kinerja.pokin"])
def test_a_name_that_is_reserved_is_told_as_such(tmp_path: Path, path: str) -> None:
    write(tmp_path, {path: TREE.format("satu")})
    (found,) = (d for d in compiled(tmp_path).diagnostics if d.code == "P904")
    name = next(part for part in ("con", "nul", "kinerja") if part in path)
    assert found.message.startswith(f'Nama "{name}" dicadangkan')
    assert f"pohon-{name}" in (found.hint or "")


def test_a_workspace_weighs_rules_as_it_likes(tmp_path: Path) -> None:
    tree = TREE.format("satu") + "  csf Belum Optimalnya X\n"
    write(tmp_path, {"trees/satu.pokin": tree})
    plain = {d.code: d.severity.value for d in compiled(tmp_path).diagnostics}
    assert (plain["P109"], plain["P112"]) == ("peringatan", "info")
    write(tmp_path, {"pokin.toml": '[aturan]\nP109 = "galat"\nP112 = "mati"\n'})
    changed = plain | {"P109": "galat"}
    del changed["P112"]
    assert {d.code: d.severity.value for d in compiled(tmp_path).diagnostics} == changed


def test_the_page_about_settings_names_every_one_and_its_sample_is_read(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "pengaturan.md").read_text("utf-8")
    sample = page.split("```toml\n")[1].split("```")[0]
    write(tmp_path, {"pokin.toml": sample, "trees/satu.pokin": TREE.format("satu")})
    write(tmp_path, {"daftar/nomenklatur-1.02.tsv": "program\t1.02.01\tPROGRAM PENUNJANG\n"})
    write(tmp_path, {"tema/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"})
    (tmp_path / "tema" / "lambang.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    workspace = open_workspace([], tmp_path)
    assert [d.message for d in workspace.diagnostics] == []
    assert (workspace.judul, dict(workspace.severities)["P111"]) == ("Pohon Kinerja Kabupaten", None)
    assert all(f"\n{key}" in sample or f"[{key}" in sample for key in (*_KEYS, *_TABLES))
    assert workspace.appearance.settings.jenjang["outcome"].label == "Hasil akhir"


def test_a_circle_of_includes_is_told_and_not_lost(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "trees/satu.pokin": TREE.format("satu") + "  sertakan dua.pokin\n",
            "trees/dua.pokin": "pokin: 1\nsertakan satu.pokin\n",
        },
    )
    compilation = compiled(tmp_path)
    assert names(compilation) == ["satu"]
    assert [(d.code, d.source) for d in compilation.diagnostics if d.code == "P103"] == [("P103", "trees/dua.pokin")]


def test_fragments_that_only_hold_each_other_are_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "trees/satu.pokin": TREE.format("satu"),
            "trees/dua.pokin": "pokin: 1\nsertakan tiga.pokin\n",
            "trees/tiga.pokin": "pokin: 1\nsertakan dua.pokin\n",
        },
    )
    compilation = compiled(tmp_path)
    assert names(compilation) == ["satu"]
    assert [(d.code, d.source) for d in compilation.diagnostics if d.code == "P906"] == [
        ("P906", "trees/dua.pokin"),
        ("P906", "trees/tiga.pokin"),
    ]
