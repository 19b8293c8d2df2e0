"""A workspace's own look: templates, style sheets, words and colours; what is broken never stops a site."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pokin_dsl.cli import pokin
from pokin_dsl.edge.cache import NO_CACHE
from pokin_dsl.edge.drawing import start_drawing
from pokin_dsl.edge.package import built_in_look
from pokin_dsl.edge.preview.news import News, Shown
from pokin_dsl.edge.preview.session import Session
from pokin_dsl.edge.preview.workbench import Workbench
from pokin_dsl.edge.theme import MOST_BYTES
from pokin_dsl.edge.workspace import open_workspace
from pokin_dsl.site.look import Look
from pokin_dsl.site.memory import page_key
from pokin_dsl.site.render import Renderer, troubles
from pokin_dsl.site.site import Page
from pokin_dsl.site.template_trouble import TemplateTroubleError
from tests.pages import parsed, text_of, with_class
from tests.repositories import commit_all, new_repository

if TYPE_CHECKING:
    from collections.abc import Mapping


ROOT = Path(__file__).resolve().parent.parent
TREE = """pokin: 1
judul: Pohon Uji
tahap: 3

outcome [hasil] Terwujudnya Hasil
  csf [isu] Belum Optimalnya Layanan
    kondisi [kon] Meningkatnya Layanan
      antara [tengah] Tersedianya Petugas
        operasional [satu] Terlatihnya Petugas
"""
PAGE = "uji/kinerja/kon.html"
KINERJA, BASE = "tema/kinerja.html.j2", "tema/dasar.html.j2"
EXTENDED = '{% extends "pokin/kinerja.html.j2" %}\n'
ENDLESS = "Templat ini tidak ada habisnya"
# A text that grows from turn to turn, and a list through which loops go.
GROWING = "{{% set ns = namespace(a='ab') %}}{{% for i in range(99) %}}{}{{% endfor %}}"
LISTED = "{{% set t = range(9999)|list %}}{}"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>\n'


def write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a workspace in which one stands, with a cache of its own."""
    folder = tmp_path / "kerja"
    write(folder, {"trees/uji.pokin": TREE, "pokin.toml": "[aturan]\nP104 = 'mati'\nP201 = 'mati'\n"})
    monkeypatch.setenv("POKIN_CACHE", str(tmp_path / "ingatan"))
    monkeypatch.chdir(folder)
    return folder


def build(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(pokin, ["build", *words], standalone_mode=False, catch_exceptions=False)
    return done.return_value, done.output


def site(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def found(root: Path) -> list[str]:
    """Give the findings about the theme: severity, place, message."""
    workspace = open_workspace([], root)
    sources = workspace.appearance.sources
    return [
        f"{d.severity.value} {d.source}"
        f"{f':{sources[d.source].position(d.span.start).line}' if d.source in sources else ''} {d.message}"
        for d in workspace.diagnostics
        if d.code == "P908"
    ]


# -- overriding --------------------------------------------------------------------------------------------------------


def test_a_block_a_page_a_file_and_style_sheets_are_the_workspaces_own(root: Path) -> None:
    build("-o", "dahulu")
    write(
        root,
        {
            BASE: '{% extends "pokin/dasar.html.j2" %}\n{% block kaki %}<p>Kaki {{ 1 + 1 }}</p>{% endblock %}\n',
            "tema/sumber.html.j2": '{% extends "dasar.html.j2" %}\n{% block isi %}\n{% include "sapa.html.j2" %}\n'
            "{% endblock %}\n",
            "tema/sapa.html.j2": "<h1>Sumber kami: {{ judul }}</h1>\n",
            "tema/tema.css": ":root { --pita: #134e4a }\n",
            "tema/gelap.css": ":root { --pita: #0b2f2c }\n",
            "tema/cetak.css": ".kaki { display: block }\n",
            "tema/statis/ikon.svg": SVG,
            "tema/statis/gambar/lambang.svg": SVG,
            "tema/LISENSI.txt": "Bebas dipakai.\n",
        },
    )
    code, told = build()
    before, after = site(root / "dahulu"), site(root / "output")
    assert (code, "P908" in told) == (0, False)
    assert "<p>Kaki 2</p>" in after[PAGE].decode()
    assert "<h1>Sumber kami: Sumber</h1>" in after["uji/sumber.html"].decode()
    assert after["statis/ikon.svg"] == after["statis/gambar/lambang.svg"] == SVG.encode()
    for name in ("gelap.css", "cetak.css"):
        assert after[f"statis/{name}"] == before[f"statis/{name}"] + b"\n" + (root / "tema" / name).read_bytes()
    assert after["statis/gaya.css"] == before["statis/gaya.css"]
    assert not any("LISENSI" in path for path in after)
    sheets = [
        (link.get("href") or "").rpartition("/")[2]
        for link in parsed(after[PAGE].decode()).iter("link")
        if link.get("rel") == "stylesheet"
    ]
    assert sheets.index("gaya.css") < sheets.index("tema.css") < sheets.index("gelap.css") < sheets.index("cetak.css")
    assert b"tema.css" not in before[PAGE]


def test_what_a_theme_prints_is_escaped(root: Path) -> None:
    write(root, {KINERJA: EXTENDED + "{% block sumber %}{{ '<b>' ~ ini.teks }}{% endblock %}\n"})
    write(root, {"trees/uji.pokin": TREE.replace("Meningkatnya Layanan", "Meningkatnya <i>Layanan")})
    build()
    html = (root / "output" / PAGE).read_text("utf-8")
    assert "&lt;b&gt;Meningkatnya &lt;i&gt;Layanan" in html
    assert "<i>" not in html


def test_the_labels_are_everywhere_but_in_the_tables_of_the_method(root: Path) -> None:
    write(
        root,
        {
            "pokin.toml": "".join(
                f'[jenjang.{kind}]\nlabel = "{label}"\n'
                for kind, label in (
                    ("outcome", "Hasil akhir"),
                    ("csf", "Faktor"),
                    ("kondisi", "Sasaran"),
                    ("antara", "Upaya"),
                    ("operasional", "Kegiatan rutin"),
                )
            )
        },
    )
    build()
    files = site(root / "output")
    badges = {
        text_of(badge)
        for path, content in files.items()
        if path.startswith("uji/") and path.endswith(".html")
        for badge in with_class(parsed(content.decode()), "jenjang")
    }
    assert {"Hasil akhir", "Faktor", "Sasaran 1", "Upaya", "Kegiatan rutin"} <= badges
    assert not [badge for badge in badges if re.match("Outcome|CSF|Kondisi", badge)]
    index = parsed(files["uji/index.html"].decode())
    legend = next(iter(with_class(index, "legenda")))
    assert [text_of(item) for item in legend.iter("li")] == [
        "Hasil akhir",
        "Faktor",
        "Sasaran (strategis)",
        "Upaya (taktikal)",
        "Kegiatan rutin",
    ]
    assert b"SASARAN 1" in files["uji/pohon.svg"]
    assert all(b"Hasil akhir" in files[path] for path in ("index.html", "uji/index.html"))
    stage = text_of(parsed(files["uji/tahap-3.html"].decode()))
    assert "Kondisi antara" in stage
    assert "Upaya" not in stage


def test_the_colours_are_on_pages_in_pictures_and_in_files(root: Path) -> None:
    build("-o", "dahulu")
    write(root, {"pokin.toml": '[jenjang.antara]\nwarna = "#FFDD00"\n'})
    build()
    before, after = site(root / "dahulu"), site(root / "output")
    assert b'fill="#ffdd00"' in after["uji/pohon.svg"]
    assert b'fill="#ffdd00"' in after[PAGE]
    assert b"--antara: #ffdd00" in after["statis/jenjang.css"]
    assert b"jenjang.css" in after["uji/tahap-3.html"]
    assert "statis/jenjang.css" not in before
    assert b"jenjang.css" not in before[PAGE]


# -- what is wrong -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% blok isi %}", '1 Perintah "blok" tidak dikenal.'),
        ("\n{% block isi %}", "2 Templat berakhir sebelum semua blok ditutup."),
        ("{{ x|kapital }}", '1 Tidak ada penyaring bernama "kapital".'),
        ("{{ a is aneh }}", '1 Tidak ada uji bernama "aneh".'),
        ("{{ a b }}", '1 Di sini semestinya "end of print statement", bukan "b".'),
        ("{% block a %}{% endblock %}\n{% block a %}{% endblock %}", '2 Blok "a" ditulis dua kali.'),
        ('{% extends "kinerja.html.j2" %}', "1 Templat ini memperluas dirinya sendiri."),
        ('{% extends "pokin/kinerj.html.j2" %}', '1 Templat "pokin/kinerj.html.j2" tidak ada.'),
        ('\n{% include "../../etc/passwd" %}', '2 Templat "../../etc/passwd" tidak ada.'),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "1 Templat ini bersarang terlalu dalam."),
    ],
)
def test_a_template_that_cannot_be_used_is_told_with_its_line(root: Path, text: str, expected: str) -> None:
    write(root, {KINERJA: text})
    assert found(root) == [f"galat {KINERJA}:{expected} Templat bawaan dipakai sebagai gantinya."]
    assert open_workspace([], root).appearance.theme.templates == {}


def test_what_is_of_no_use_is_told_too(root: Path) -> None:
    files = {
        KINERJA: EXTENDED + "{% block isian %}{% endblock %}",
        "tema/kinerj.html.j2": "x",
        "tema/kinerja.j2": "x",
        "tema/gaya.css": "x",
        "tema/statis/lambang kami.svg": SVG,
    }
    write(root, files)
    assert found(root) == [
        "peringatan tema/gaya.css Berkas tema ini tidak dipakai.",
        "peringatan tema/kinerja.j2 Berkas tema ini tidak dipakai.",
        "peringatan tema/statis/lambang kami.svg Nama berkas ini tidak dapat menjadi alamat di situs.",
        f'peringatan {KINERJA}:2 Blok "isian" tidak ada di templat yang diperluas, jadi tidak tampil.',
        "peringatan tema/kinerj.html.j2:1 Tidak ada halaman yang memakai templat ini.",
    ]


def test_a_theme_that_is_too_large_is_not_used(root: Path) -> None:
    write(root, {"tema/statis/foto.svg": SVG + " " * MOST_BYTES, "tema/tema.css": ""})
    assert found(root) == ["galat tema/statis/foto.svg Folder tema lebih besar daripada 5 MB, jadi tidak dipakai."]
    assert open_workspace([], root).appearance.settings.lembar == ()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("\n{{ tiada }}", 3, 'Tidak ada isi bernama "tiada" di halaman ini'),
        ("{{ ini.tiada }}", 2, 'Tidak ada isi bernama "tiada" di sini'),
        ("{{ 1 / 0 }}", 2, "Templat tidak dapat dijalankan (division by zero)"),
        ("{% include berkas %}", 2, 'Tidak ada isi bernama "berkas" di halaman ini'),
        ("{% include '/etc/' ~ 'passwd' %}", 2, 'Templat "/etc/passwd" tidak ada'),
        ("{{ super.__class__ }}", 2, 'Atribut "__class__" tidak boleh'),
        ("{{ ''.__class__.__mro__ }}", 2, 'Atribut "__class__" tidak boleh'),
        ("{{ self.__init__.__globals__ }}", 2, 'Atribut "__init__" tidak boleh'),
        ("{{ cycler.__init__ }}", 2, 'Atribut "__init__" tidak boleh'),
        ("{{ remah.append(1) }}", 2, 'Atribut "append" tidak boleh'),
        ("{% for i in range(10 ** 9) %}{% endfor %}", 2, ENDLESS),
        ("{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}", 2, ENDLESS),
        ("{{ 9 ** 9 ** 9 }}", 2, ENDLESS),
        ("{{ 'x' * 10 ** 5 * 10 ** 5 }}", 2, ENDLESS),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 2, ENDLESS),
        ("{% include 'kinerja.html.j2' %}", 0, ENDLESS),
        (GROWING.format("{% set ns.a = ns.a ~ ns.a %}"), 2, ENDLESS),
        (GROWING.format("{% set ns.a = ns.a + ns.a %}"), 2, ENDLESS),
        (GROWING.format("{% set ns.a %}{{ ns.a }}{{ ns.a }}{% endset %}"), 2, ENDLESS),
        (GROWING.format("{% set ns.a = ns.a|replace('a', 'aa') %}"), 2, ENDLESS),
        (GROWING.format("{% set ns.a = [ns.a, ns.a]|join %}"), 2, ENDLESS),
        ("{{ 'x'|center(10 ** 10) }}", 2, ENDLESS),
        ("{{ 'x'.ljust(10 ** 10) }}", 2, ENDLESS),
        ("{% set t = [1] * 9 %}", 2, ENDLESS),
        (LISTED.format("{% for a in t %}{% for b in t %}{% endfor %}{% endfor %}"), 2, ENDLESS),
        (LISTED.format("{% for a in t %}{% for b in t if b < 0 %}{% endfor %}{% endfor %}"), 2, ENDLESS),
        ("{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}", 2, ENDLESS),
        ("{% for x in [[1]] recursive %}{{ loop([[1], [2]]) }}{% endfor %}", 2, ENDLESS),
    ],
)
def test_what_fails_while_a_page_is_made_is_told_and_done_without(text: str, line: int, reason: str) -> None:
    page = Page(PAGE, "kinerja.html.j2", _context())
    with pytest.raises(TemplateTroubleError) as told:
        Renderer(
            built_in_look().templates, {"kinerja.html.j2": f"{EXTENDED}{{% block isi %}}{text}{{% endblock %}}"}
        ).render(page)
    trouble = told.value.trouble
    assert trouble.template == "kinerja.html.j2"
    assert trouble.line == line or not line, "where a circle is left depends on the depth that Python allows"
    assert trouble.reason.startswith(reason)


def test_the_budget_of_a_page_changes_nothing_of_what_it_says() -> None:
    text = (
        "{% for x in [1, 2, 3] %}{{ loop.index }}/{{ loop.length }}{{ ',' if not loop.last }}{% else %}-{% endfor %};"
        "{% for x in [] %}-{% else %}nihil{% endfor %};{{ awal ~ 1 ~ awal|safe ~ '<i>' }};{{ [1] + [2] }};"
        "{% for x in [[1, [2, 3]]] recursive %}{{ x if x is integer else loop(x) }}{% endfor %};"
        "{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m('&') }};{% set b %}{{ m(1) }}{% endset %}{{ b|length }};"
        "{% for huruf, isi in {'k': 2}|items %}{{ huruf }}{{ isi }}{% endfor %};{{ 2 * 3 }};{{ 'x'|center(3) }};"
    )
    page = Page("k.html", "k", {"awal": "<b>"})
    plain = Renderer({"k": text}).render(page)
    assert Renderer({}, {"k": text}).render(page) == plain
    assert plain == "1/3,2/3,3/3;nihil;&lt;b&gt;1<b>&lt;i&gt;;[1, 2];123;<&amp;>;3;k2;6; x ;"


def _context() -> Mapping[str, object]:
    """Give as much of a page as its head needs."""
    texts = ("judul", "portal", "base", "akar", "statis", "aktif", "aturan_href", "lembar_kertas", "logo")
    none = ("pohon", "banding", "kop", "beda", "pagu", "temuan", "tab", "gaya_tambahan")
    return {
        **dict.fromkeys(texts, ""),
        **dict.fromkeys(none, ()),
        "remah": [],
        "ini": {"jenis": "kondisi", "label": "Kondisi"},
    }


def test_a_failing_template_leaves_the_site_as_built_in_and_says_so(root: Path) -> None:
    build("-o", "tanpa")
    write(root, {KINERJA: EXTENDED + "{% block isi %}{{ ini.warna }}{% endblock %}\n"})
    write(root, {BASE: '{% extends "pokin/dasar.html.j2" %}{% block kaki %}Kaki kami{% endblock %}'})
    code, told = build()
    page = (root / "output" / PAGE).read_text("utf-8")
    assert code == 1
    assert "tema/kinerja.html.j2:2" in told
    assert 'Tidak ada isi bernama "warna" di sini. Templat bawaan dipakai sebagai gantinya.' in told
    assert "Meningkatnya Layanan" in page
    assert "Kaki kami" in page
    assert 'Tidak ada isi bernama "warna"' in (root / "output" / "index.html").read_text("utf-8").replace("&#34;", '"')
    assert build()[0] == 1, "what a build remembers must not hide it"
    (root / KINERJA).unlink()
    (root / BASE).unlink()
    assert build()[0] == 0
    assert site(root / "output") == site(root / "tanpa")


def test_a_set_of_macros_that_lacks_one_is_to_blame(root: Path) -> None:
    write(root, {"tema/unsur.html.j2": "{% macro tautan(l, base) %}{{ l.teks }}{% endmacro %}\n"})
    code, told = build()
    assert code == 1
    assert re.search(r"tema/unsur\.html\.j2:1.*\n?.*P908", told) or "tema/unsur.html.j2" in told
    assert "yang dipakai templat lain" in told


@given(st.text(st.sampled_from("{}%#|'\"()[]. \nabcdefiklnosrtxy0123456789*/"), max_size=80))
def test_no_template_whatsoever_is_more_than_trouble(text: str) -> None:
    built_in = {"halaman.html.j2": "{% block isi %}{{ judul }}{% endblock %}"}
    wrong = [trouble for trouble in troubles({"halaman.html.j2": text}, built_in) if trouble.fatal]
    assert all(trouble.line >= 1 and trouble.reason for trouble in wrong)
    if not wrong:
        with suppress(TemplateTroubleError):
            Renderer(built_in, {"halaman.html.j2": text}).render(Page("x.html", "halaman.html.j2", {"judul": "x"}))


# -- noticing ----------------------------------------------------------------------------------------------------------


def test_an_override_changes_the_key_of_every_page() -> None:
    look = built_in_look()
    page = Page("a.html", "kinerja.html.j2", {"judul": "x"})
    other = Look(look.templates, look.statics, {"alias.html.j2": "x"})
    assert page_key(page, look, ()) != page_key(page, other, ())
    assert page_key(page, look, ()) == page_key(page, Look(look.templates, {}), ())


THEMED = {
    "pokin.toml": 'logo = "tema/logo.svg"\n',
    KINERJA: EXTENDED + "{% block sumber %}<p>Satu</p>{% endblock %}\n",
    "tema/logo.svg": SVG,
    "tema/statis/ubin.svg": SVG,
    "tema/tema.css": ":root { --pita: #134e4a }\n",
}


CHANGES: tuple[tuple[str, str | None], ...] = (
    (KINERJA, THEMED[KINERJA].replace("Satu", "Dua")),
    ("tema/logo.svg", SVG.replace("h8", "h7")),
    ("tema/statis/ubin.svg", SVG.replace("h8", "h7")),
    ("tema/statis/baru.svg", SVG),
    ("tema/tema.css", ""),
    ("tema/gelap.css", ":root { --pita: #000 }"),
    ("pokin.toml", 'logo = "tema/logo.svg"\n[jenjang.antara]\nlabel = "Upaya"\nwarna = "#0f766e"\n'),
    (BASE, '{% extends "pokin/dasar.html.j2" %}{% block kaki %}<p>Kaki</p>{% endblock %}'),
    (KINERJA, None),
    ("tema/tema.css", None),
    ("tema/logo.svg", None),
)


def test_whatever_changes_in_the_look_is_built(root: Path) -> None:
    write(root, THEMED)
    build()
    for nth, (name, content) in enumerate(CHANGES):
        assert "tidak ada yang berubah" in build()[1], name
        if content is None:
            (root / name).unlink()
        else:
            write(root, {name: content})
        assert "tidak ada yang berubah" not in build()[1], name
        if nth % 4 == 2:
            build("--no-cache", "-o", str(root.parent / "bersih"))
            assert site(root / "output") == site(root.parent / "bersih")


class Preview:
    """The session of a preview with one page open."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.bench = Workbench([], root)
        self.session = Session(self.bench, start_drawing(self.bench.engine), NO_CACHE)
        self.session.begin()
        self.session.watch(PAGE)

    def save(self, name: str, text: str) -> News:
        write(self.root, {name: text})
        news = self.session.refresh()
        assert news is not None
        return news


def page_of(news: News) -> str:
    showing = news.showing[PAGE]
    assert isinstance(showing, Shown)
    return showing.html


def test_the_preview_follows_the_theme(root: Path) -> None:
    write(root, THEMED)
    preview = Preview(root)
    assert {root / "tema", root}.issubset(preview.bench.folders())
    assert all(preview.bench.may_matter(root / name) for name in (*THEMED, "tema/foto.webp", "tema/huruf.woff2"))
    assert "<p>Dua</p>" in page_of(preview.save(KINERJA, THEMED[KINERJA].replace("Satu", "Dua")))
    assert preview.save("tema/tema.css", ":root { --pita: #0b2f2c }").statics == ("tema.css",)
    assert preview.save("tema/logo.svg", SVG.replace("h8", "h7")).statics == ("logo/portal.svg",)
    assert preview.session.answer("statis/logo/portal.svg").body == SVG.replace("h8", "h7").encode()
    coloured = preview.save("pokin.toml", '[jenjang.kondisi]\nlabel = "Sasaran"\nwarna = "#0f766e"\n')
    assert "jenjang.css" in coloured.statics
    assert "Sasaran 1" in page_of(coloured)
    assert "logo-portal" not in page_of(coloured)


def test_the_preview_tells_of_a_broken_template_and_forgets_it_once_mended(root: Path) -> None:
    write(root, THEMED)
    preview = Preview(root)
    broken = page_of(preview.save(KINERJA, EXTENDED + "{% block sumber %}{{ tiada }}{% endblock %}\n"))
    assert "Lihat di sumber" in broken
    problems = preview.session.state().problems
    assert [(p.code, p.file, p.line) for p in problems] == [("P908", KINERJA, 2)]
    assert preview.session.file(KINERJA) == root / KINERJA
    for step in preview.session.rest():
        step()
    assert [p.code for p in preview.session.state().problems] == ["P908"]
    assert preview.session.answer("index.html").status == 200
    misread = page_of(preview.save(KINERJA, "{% blok x %}"))
    assert "Lihat di sumber" in misread
    assert [p.line for p in preview.session.state().problems] == [1]
    assert "<p>Satu</p>" in page_of(preview.save(KINERJA, THEMED[KINERJA]))
    assert preview.session.state().problems == ()


# -- a proposal --------------------------------------------------------------------------------------------------------


def test_a_proposal_is_built_in_the_look_of_its_target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = new_repository(tmp_path / "repo")
    trusted = {
        "pokin.toml": 'judul = "Portal Resmi"\nlogo = "tema/logo.svg"\n[jenjang.kondisi]\nlabel = "Sasaran"\n',
        BASE: '{% extends "pokin/dasar.html.j2" %}{% block kaki %}<p>Kaki resmi</p>{% endblock %}',
        "tema/logo.svg": SVG,
        "tema/statis/ubin.svg": SVG,
    }
    write(root, trusted)
    commit_all(root)
    write(
        root,
        {
            "pokin.toml": 'judul = "Portal Palsu"\nkeluaran = "../luar"\n[aturan]\nP104 = "mati"\n',
            BASE: "<script>alert(1)</script>",
            "tema/gambar.html.j2": "{% for i in range(10 ** 9) %}{% endfor %}",
            "tema/statis/pokin.js": "alert(1)",
            "tema/tema.css": "@import 'https://contoh.test';",
        },
    )
    (root / "tema/logo.svg").unlink()
    text = (root / "trees/kec.pokin").read_text("utf-8")
    write(root, {"trees/kec.pokin": text.replace("Terlayaninya", "Cepatnya Dilayaninya")})
    monkeypatch.chdir(root)
    monkeypatch.setenv("POKIN_CACHE", str(tmp_path / "ingatan"))
    _, told = build("--tema-dari", "main", "--force")
    files = site(root / "output")
    assert "Situs diterbitkan di output" in told
    assert not (tmp_path / "luar").exists()
    html = files["kec/kinerja/loket.html"].decode()
    assert "Cepatnya Dilayaninya" in html
    assert "<p>Kaki resmi</p>" in html
    assert "Portal Resmi" in html
    assert "Sasaran 1" in html
    assert files["statis/logo/portal.svg"] == files["statis/ubin.svg"] == SVG.encode()
    assert files["statis/pokin.js"] == built_in_look().statics["pokin.js"]
    assert "statis/tema.css" not in files
    assert not any(b"alert(1)" in content for content in files.values())
    assert build("--tema-dari", "tiada")[0] == 2
    build("-o", "sendiri")
    assert (root / "sendiri/index.html").read_text("utf-8") == "<script>alert(1)</script>"
