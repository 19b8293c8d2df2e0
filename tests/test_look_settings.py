"""Settings of the look: every table of pokin.toml is read, and every mistake is told where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pokin_dsl.edge.look_settings import MOST_BYTES, TABLES
from pokin_dsl.edge.toml_places import key_span, value_span
from pokin_dsl.edge.workspace import open_workspace
from pokin_dsl.site.boxes import LOOKS
from pokin_dsl.site.colours import SHAPE, TEXT, WHITE, apart, contrast, ink_on
from pokin_dsl.site.level_style import NIGHT, level_css, level_looks
from pokin_dsl.site.site import Jenjang, KopSurat
from pokin_dsl.text import Source

if TYPE_CHECKING:
    from pathlib import Path

    from pokin_dsl.edge.workspace import Workspace

TREE = "pokin: 1\njudul: Pohon Kinerja Kecamatan\n\noutcome [layanan] Terwujudnya Layanan yang Baik\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>\n'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
WHOLE = """\
judul = "Portal Kinerja"
logo = "tema/logo.svg"

[kop]
baris = ["PEMERINTAH KABUPATEN", "KECAMATAN SUKAMAJU"]
logo = "tema/lambang.png"

[cetak]
kertas = "F4"
arah = "lanskap"

[gambar]
mesin = "graphviz"

[jenjang.outcome]
label = "Hasil akhir"
warna = "#065F46"

[jenjang.csf]
label = "Faktor kunci"
"""


def workspace(root: Path, settings: str, **files: bytes) -> Workspace:
    """Open a workspace with these settings; a file's name has ``__`` for a slash and ``_`` for the dot."""
    (root / "trees").mkdir()
    (root / "trees" / "kec.pokin").write_text(TREE, "utf-8")
    (root / "pokin.toml").write_text(settings, "utf-8")
    for name, content in files.items():
        target = root / name.replace("__", "/").replace("_", ".")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return open_workspace([], root)


def told(found: Workspace) -> list[str]:
    """Give each finding as its code, what it marks, its message and its hint."""
    source = found.settings_source
    assert source is not None
    return [f"{d.code} {source.text[d.span.start : d.span.end]} | {d.message} | {d.hint}" for d in found.diagnostics]


def test_everything_that_can_be_said_is_read(tmp_path: Path) -> None:
    found = workspace(tmp_path, WHOLE, tema__logo_svg=SVG, tema__lambang_png=PNG)
    settings = found.appearance.settings
    assert told(found) == []
    assert (settings.judul, settings.logo) == ("Portal Kinerja", "statis/logo/portal.svg")
    assert settings.kop == KopSurat(("PEMERINTAH KABUPATEN", "KECAMATAN SUKAMAJU"), "statis/logo/kop.png")
    assert (settings.kertas, settings.arah, settings.mesin) == ("F4", "lanskap", "graphviz")
    assert settings.jenjang == {"outcome": Jenjang("Hasil akhir", "#065f46"), "csf": Jenjang("Faktor kunci")}
    assert found.appearance.logos == {"logo/portal.svg": SVG, "logo/kop.png": PNG}
    assert settings.lembar == ("jenjang.css",)


def test_without_settings_all_is_as_built_in(tmp_path: Path) -> None:
    settings = workspace(tmp_path, "").appearance.settings
    assert (settings.kertas, settings.arah, settings.mesin, settings.logo) == ("A4", "", "pokin", "")
    assert (settings.kop, settings.jenjang, settings.lembar) == (KopSurat(), {}, ())


def test_the_letterhead_takes_the_logo_unless_it_has_its_own(tmp_path: Path) -> None:
    found = workspace(tmp_path, 'logo = "logo.svg"\n[kop]\nbaris = ["KECAMATAN"]\n', logo_svg=SVG)
    assert found.appearance.settings.kop == KopSurat(("KECAMATAN",), "statis/logo/portal.svg")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            '[cetak]\nkertas = "F5"',
            'P901 "F5" | Kertas "F5" tidak dikenal. | Tulis salah satu dari: A4, F4, A3.',
        ),
        (
            '[cetak]\narah = "miring" # begitu',
            'P901 "miring" | Arah "miring" tidak dikenal. | Tulis salah satu dari: tegak, lanskap.',
        ),
        (
            '[gambar]\nmesin = "grafviz"',
            'P901 "grafviz" | Mesin "grafviz" tidak dikenal. | Mungkin maksudnya graphviz.',
        ),
        (
            '[cetak]\nkertas = "A4"\nkerats = "A4"',
            'P901 kerats | Pengaturan "kerats" tidak dikenal di [cetak]. | Mungkin maksudnya kertas.',
        ),
        (
            'kop = "KECAMATAN"',
            'P901 kop | Pengaturan "kop" harus berupa tabel. | Tulis [kop] di satu baris, lalu isinya di bawahnya.',
        ),
        (
            '[kop]\nbaris = "KECAMATAN"',
            (
                'P901 "KECAMATAN" | Isi baris pada [kop] harus berupa daftar teks. | '
                'Tulis tiap baris di antara tanda kutip, misalnya baris = ["PEMERINTAH KABUPATEN", "KECAMATAN"].'
            ),
        ),
        (
            '[jenjang.outcom]\nlabel = "Hasil"',
            'P901 outcom | Jenjang "outcom" tidak dikenal. | Mungkin maksudnya outcome.',
        ),
        (
            '[jenjang.antara]\nwarna = "biru"',
            (
                'P901 "biru" | Warna "biru" untuk antara tidak terbaca. | '
                'Tulis # diikuti enam angka heksadesimal di antara tanda kutip, misalnya "#7f1d1d".'
            ),
        ),
        (
            "[jenjang.antara]\nlabel = 3",
            (
                'P901 3 | Pengaturan "label" harus berupa teks. | '
                'Tulis teks di antara tanda kutip, misalnya label = "...".'
            ),
        ),
        (
            f'[jenjang.antara]\nlabel = "{"panjang " * 9}"',
            (
                f'P901 "{"panjang " * 9}" | Label ini terlalu panjang: 71 huruf. | '
                "Ringkas menjadi paling panjang 40 huruf; label tampil di kotak gambar dan di lencana."
            ),
        ),
        (
            '[jenjang]\nantara = { warna = "#12345" }',
            (
                'P901 "#12345" | Warna "#12345" untuk antara tidak terbaca. | '
                'Tulis # diikuti enam angka heksadesimal di antara tanda kutip, misalnya "#7f1d1d".'
            ),
        ),
        (
            '[jenjang.kondisi]\nwarna = "#fde68a"',
            (
                'P907 "#fde68a" | Warna #fde68a terlalu muda untuk garis tepi di atas putih: kontrasnya 1,2, '
                "semestinya 3. | Garis tepinya digelapkan. Supaya sama dengan pitanya, pilih yang lebih tua, misalnya "
                f"{apart('#fde68a', WHITE)}."
            ),
        ),
        (
            "logo = 7",
            'P901 7 | Pengaturan "logo" harus berupa teks. | Tulis teks di antara tanda kutip, misalnya logo = "...".',
        ),
        (
            'logo = "tiada.svg"',
            (
                'P901 "tiada.svg" | Logo "tiada.svg" tidak dapat dibuka. | '
                "Periksa nama dan letaknya; jalur dihitung dari folder pokin.toml."
            ),
        ),
        (
            'logo = "../logo.svg"',
            (
                'P901 "../logo.svg" | Logo "../logo.svg" berada di luar ruang kerja. | '
                "Salin berkasnya ke ruang kerja ini, lalu tulis jalurnya."
            ),
        ),
        (
            'logo = "C:/logo.svg"',
            (
                'P901 "C:/logo.svg" | Logo "C:/logo.svg" berada di luar ruang kerja. | '
                "Salin berkasnya ke ruang kerja ini, lalu tulis jalurnya."
            ),
        ),
        (
            'logo = "trees/kec.pokin"',
            (
                'P901 "trees/kec.pokin" | Logo "trees/kec.pokin" bukan gambar yang dikenal. | '
                "Pakai berkas svg, png, jpg, atau webp."
            ),
        ),
        (
            '[kop]\nlogo = "palsu.png"',
            (
                'P901 "palsu.png" | Logo "palsu.png" bukan gambar png. | '
                "Simpan ulang gambarnya, atau sesuaikan akhiran nama berkasnya."
            ),
        ),
        (
            'logo = "besar.png"',
            (
                'P901 "besar.png" | Logo "besar.png" terlalu besar: 513 KB. | '
                "Perkecil gambarnya sampai paling besar 512 KB; setiap halaman memuatnya."
            ),
        ),
    ],
)
def test_every_mistake_is_told_where_it_stands(tmp_path: Path, settings: str, expected: str) -> None:
    found = workspace(tmp_path, settings + "\n", palsu_png=SVG, besar_png=PNG + bytes(MOST_BYTES))
    assert told(found) == [expected]


def test_a_link_out_of_the_workspace_is_no_logo(tmp_path: Path) -> None:
    root = tmp_path / "kerja"
    root.mkdir()
    (tmp_path / "rahasia.svg").write_bytes(SVG)
    (root / "logo.svg").symlink_to(tmp_path / "rahasia.svg")
    found = workspace(root, 'logo = "logo.svg"\n')
    assert found.appearance.logos == {}
    assert [line.split(" | ")[1] for line in told(found)] == ['Logo "logo.svg" tidak dapat dibuka.']


def test_one_mistake_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    found = workspace(tmp_path, WHOLE.replace("#065F46", "hijau"), tema__logo_svg=SVG, tema__lambang_png=PNG)
    settings = found.appearance.settings
    assert len(told(found)) == 1
    assert settings.jenjang["outcome"] == Jenjang("Hasil akhir", "")
    assert (settings.kertas, settings.logo) == ("F4", "statis/logo/portal.svg")


@pytest.mark.parametrize(
    ("text", "path", "key", "value"),
    [
        ('judul = "x"\n[kop]\nlogo = "y"\n', ("kop", "logo"), "logo", '"y"'),
        ('logo = "x"\n[kop]\nlogo = "y"\n', ("logo",), "logo", '"x"'),
        ('cetak.kertas = "F4"\n', ("cetak", "kertas"), "kertas", '"F4"'),
        ('cetak = { kertas = "F4", arah = "tegak" }\n', ("cetak", "arah"), "arah", '"tegak"'),
        ("[ \"jenjang\" . outcome ]\nwarna = '#123456' # tua\n", ("jenjang", "outcome", "warna"), "warna", "'#123456'"),
        ('[jenjang]\noutcome.warna = "#123456"\n', ("jenjang", "outcome", "warna"), "warna", '"#123456"'),
        ('# kertas = "A4"\n[cetak]\nkertas = "F4"', ("cetak", "kertas"), "kertas", '"F4"'),
        ('[jenjang.lain]\nlabel = "x"\n', ("jenjang", "lain"), "lain", "lain"),
        ("", ("cetak", "kertas"), "", ""),
    ],
)
def test_keys_and_values_are_found_however_they_are_written(
    text: str, path: tuple[str, ...], key: str, value: str
) -> None:
    source = Source("pokin.toml", text)
    spans = key_span(source, *path), value_span(source, *path)
    assert [text[span.start : span.end] for span in spans] == [key, value]


@given(
    st.text(st.sampled_from("[]=\"'# .\n{}akop"), max_size=60),
    st.lists(st.sampled_from("akop"), min_size=1, max_size=3),
)
def test_places_lie_in_the_text_whatever_it_is(text: str, path: list[str]) -> None:
    source = Source("pokin.toml", text)
    for span in (key_span(source, *path), value_span(source, *path)):
        assert 0 <= span.start <= span.end <= len(text)


COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
@example("#767676")
@example("#ffff00")
@example("#000000")
def test_whatever_the_colour_text_and_outlines_are_seen(colour: str) -> None:
    levels = {kind: Jenjang("", colour) for kind in LOOKS}
    for kind, look in level_looks(levels).items():
        assert contrast(look.ink, look.strip) >= TEXT
        assert all(
            contrast(look.outline, ground) >= SHAPE for ground in (WHITE, look.ground.replace("#fff", WHITE)[:7])
        )
        assert contrast("#334155", look.ground.replace("#fff", WHITE)[:7]) >= TEXT, kind
    written = properties(level_css(levels))
    for kind in LOOKS:
        assert contrast(written[f"--tinta-{kind}"], written[f"--{kind}"]) >= TEXT
        assert contrast(written[f"--tinta-{kind}"], written[f"--{kind}-gelap"]) >= TEXT
        assert all(contrast(written[f"--{kind}-tepi-gelap"], ground) >= SHAPE for ground in NIGHT)
    night = written["--csf-dasar-gelap"]
    assert contrast(written["--csf-tepi-gelap"], night) >= SHAPE
    assert min(contrast(ink, night) for ink in ("#fdf0cf", "#cbd5e1")) >= TEXT


@given(COLOURS)
def test_a_colour_that_is_seen_is_not_changed(colour: str) -> None:
    assert (apart(colour, WHITE) == colour) == (contrast(colour, WHITE) >= SHAPE)
    assert contrast(ink_on(colour), colour) >= TEXT


def test_only_levels_with_a_colour_are_written() -> None:
    assert level_css({"outcome": Jenjang("Hasil", "")}) == ""
    assert level_looks({"outcome": Jenjang("Hasil", "")}) == LOOKS
    written = properties(level_css({"antara": Jenjang("", "#0e7490")}))
    assert {name.split("-")[2] for name in written if not name.startswith("--tinta")} == {"antara"}
    assert TABLES["jenjang"] == tuple(LOOKS)


def properties(css: str) -> dict[str, str]:
    """Give the custom properties of a style sheet."""
    pairs = (line.strip(" ;").split(": ") for line in css.splitlines() if line.startswith("  --"))
    return {name: value for name, value in pairs}  # noqa: C416 - each pair is a list of two
