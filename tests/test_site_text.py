"""What authors write stays text, in every field and on every page; notes are Markdown without what could run."""

from __future__ import annotations

import json
import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pokin_dsl.edge.package import built_in_look
from pokin_dsl.model.tree import Catatan
from pokin_dsl.site.atlas import LEVELS
from pokin_dsl.site.placeholder import placeholder
from pokin_dsl.site.press import Press, finish
from pokin_dsl.site.prose import good_link, note
from pokin_dsl.site.site import Jenjang, KopSurat, SiteSettings
from tests.pages import made, parsed, rendered, text_of, with_class

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_EVIL = (
    """<script>alert(1)</script> {{7*7191}} {% raw %} "'><img src=x onerror=alert(1)> <!--gambar:p1-->"""
    """ javascript:x &amp; </pre>"""
)
_TREE = """pokin: 1
judul: J {evil}
instansi: I {evil}
daerah: D {evil}
periode: 2025-2027

# komentar {evil}
jabatan [kepala] Kepala {evil}
  @pejabat Nama {evil}
  @nip NIP {evil}
  @eselon E {evil}
  @x-sk SK {evil}
  @catatan C [[kepala]] {evil}
  jabatan [staf] Staf {evil}

outcome [hasil] O {evil}
  @mandat M {evil}
  @mandat M2 {evil}
  @permasalahan P {evil}
  @ekspektasi E {evil}
  @indikator [ukur] U {evil}
    @arah naik
    @definisi D {evil}
    @rumus R {evil}
    @sumber S {evil}
    @frekuensi F {evil}
    @iku
    @awal "<b>1</b>"
    @target ({{7*7}}<b>) 2025="<i>2</i>" 2026=javascript:x
    @realisasi 2025="{{7*7}}"
    @x-bebas X {evil}
    @catatan
      {evil} [klik](javascript:alert(1)) ![g](https://x.y/z.png) <b>x</b> [[ukur]]
  @pk kepala
  @komponen K {evil}
  @jenjang L {evil}
  @tag T {evil}
  csf [isu] C {evil}
    @unit U {evil}
    kondisi [kon] K {evil}
      @unit U {evil}
      @indikator I {evil}
        @pk Luar {evil}
      @program 1.02 {evil}
      @pagu 2025=Rp1.000 2026="<b>"
      @crosscutting Dinas {evil}: Bantuan {evil} (menunggu)
      @lihat hasil
      @varian tahap-2 V {evil}
      @alias lama
      @catatan N {evil}
      @abaikan P110 A {evil}
      @tak-dikenal {evil}
      operasional [op] Op {evil}
        @pk staf
        @mendukung hasil
salah {evil}
""".replace("{evil}", _EVIL)


_PARTNER = """pokin: 1
judul: J2 {evil}
instansi: Dinas {evil}
tahap: 3

outcome [hasil] O2 {evil}
  @mendukung jahat:hasil
  @crosscutting Dinas {evil} Luar: Bantuan {evil} (ditolak)
""".replace("{evil}", _EVIL)
_SETTINGS = SiteSettings(
    f"Portal {_EVIL}",
    kop=KopSurat((_EVIL.upper(), _EVIL)),
    jenjang={kind: Jenjang(f"Jenjang = {kind}; {_EVIL}") for kind in LEVELS},
)

_SIMPLE = """pokin: 1
judul: J {evil}
instansi: I {evil}
tahap: 5
jabatan [kepala] Kepala {evil}
  @pejabat Nama {evil}

outcome [hasil] O {evil}
  @indikator U {evil}
    @target 2025=1
  @pk kepala
  @crosscutting Dinas {evil}: Bantuan {evil} (menunggu)
""".replace("{evil}", _EVIL)
_SHARP = (
    "<b>",
    "</script>",
    '" onload="x',
    "' x='",
    "&lt;",
    "{{ 1 }}",
    "{% x %}",
    "-->",
    "]]>",
    "\u2028",
    "__proto__",
    ">",
)
# Control characters (P009) are shown as they are, and are no HTML.
_READABLE = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"])
# Not about pages: what a pokin sentence or a note means.
_NO_SYNTAX = str.maketrans(dict.fromkeys(':[]()@#|\\"=', " "))
_NEW_PAGES = (
    *("index.html", "404.html", "crosscutting.html", "dinas/index.html"),
    *("satu/cetak.html", "satu/jabatan/kepala.html", "satu/indikator.html"),
)
_SHAPES = frozenset(["svg", "symbol", "use", "g", "a", "path", "rect", "circle", "text", "title"])


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return rendered({"jahat.pokin": _TREE, "dinas/jahat.pokin": _PARTNER}, settings=_SETTINGS)


def test_hostile_text_stays_text_on_every_page(pages: dict[str, str]) -> None:
    assert len(pages) > 35
    for path, html in pages.items():
        root = parsed(html)
        for element in root.iter():
            assert element.tag not in {"img", "iframe", "object", "embed", "style", "b", "i"}, path
            # The one form is the print page's own. It has no address, and the policy lets no form send anything.
            assert element.tag != "form" or path.endswith("jahat/cetak.html"), path
            assert not {"action", "formaction"} & element.attrib.keys(), path
            assert element.tag != "script" or "statis/" in (element.get("src") or ""), path
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"], path
            for name in ("href", "src"):
                assert urlsplit(element.get(name) or "").scheme in {"", "https"}, path
        assert str(7 * 7191) not in html, path
        assert "form-action 'none'" in html or path == "jahat/kinerja/lama.html", path
        assert html.count("<form") <= 1, path
        for table in root.iter("table"):
            levels = [level.split("=") for level in table.get("data-jenjang", "csf=x").split(";")]
            assert all(len(level) == 2 and level[0] in LEVELS for level in levels), path


def test_hostile_text_is_shown_as_written(pages: dict[str, str]) -> None:
    shown = text_of(parsed(pages["jahat/kinerja/kon.html"]))
    for field in ("K ", "U ", "I ", "Luar ", "Bantuan ", "V ", "N ", "A "):
        assert field + _EVIL in shown, field
    assert _EVIL in text_of(parsed(pages["jahat/sumber.html"]))
    for page in ("index", "tahap-1", "tahap-5", "indikator", "pemeriksaan", "jabatan/index", "jabatan/kepala"):
        assert _EVIL in text_of(parsed(pages[f"jahat/{page}.html"])), page


def test_hostile_text_is_shown_as_written_on_the_pages_of_the_site(pages: dict[str, str]) -> None:
    shown = {path: text_of(parsed(html)) for path, html in pages.items()}
    said = {
        "crosscutting.html": ("J ", "J2 ", "I ", "Dinas ", "K ", "Bantuan "),
        "index.html": ("Portal ", "J ", "J2 ", "Dinas ", "Jenjang = outcome; "),
        "dinas/index.html": ("Portal ", "Dinas ", "J2 "),
        "404.html": ("Portal ",),
        "jahat/cetak.html": ("J ", "Portal "),
        "jahat/jabatan/kepala.html": ("Kepala ", "Nama ", "NIP ", "U ", "I ", "D "),
    }
    for path, fields in said.items():
        assert [field for field in fields if field + _EVIL not in shown[path]] == [], path
    for path in ("jahat/cetak.html", "jahat/jabatan/kepala.html"):
        lines = [text_of(line) for block in with_class(parsed(pages[path]), "baris-kop") for line in block]
        assert lines[:2] == [_EVIL.upper().strip(), _EVIL.strip()], path


def test_pictures_and_data_hold_hostile_text_as_text() -> None:
    look = built_in_look()
    site = made({"jahat.pokin": _TREE, "dinas/jahat.pokin": _PARTNER}, settings=_SETTINGS)
    files = finish(site, Press(look))
    drawn = [ET.fromstring(files[path]) for path in site.files]  # noqa: S314 - our own
    drawn += [svg for html in _pages(files) for svg in parsed(html).iter("{http://www.w3.org/2000/svg}svg")]
    assert len(drawn) > 20
    for svg in drawn:
        for element in svg.iter():
            assert element.tag.rpartition("}")[2] in _SHAPES
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
            assert urlsplit(element.get("href") or "").scheme == ""
    for path in site.data:
        script = files[path].decode()
        assert json.loads(script.removeprefix("pokinCari(").removesuffix(");\n"))
        assert script.count("\n") == 1


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(_SHARP) | st.text(_READABLE, max_size=3), min_size=1, max_size=5))
def test_no_text_changes_what_a_page_is_built_of(pieces: list[str]) -> None:
    text = " ".join("".join(pieces).split())
    whole = f"x {text} x".translate(_NO_SYNTAX)
    hostile, plain = (_frames(word) for word in (whole, "x"))
    assert hostile.keys() == plain.keys()
    for path, frame in hostile.items():
        assert frame == plain[path], path


def _frames(word: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Give the elements of the pages about many trees, of those for paper and of 404.html, without what is text."""
    tree, partner = (text.replace(_EVIL, "{0}") for text in (_SIMPLE, _PARTNER))
    texts = {"satu.pokin": tree.replace("{0}", word), "dinas/dua.pokin": partner.replace("{0}", word)}
    # Capitals of a letterhead are set otherwise, so both words stand behind a small letter.
    own = SiteSettings(word, kop=KopSurat((word,)), jenjang={kind: Jenjang(word) for kind in LEVELS})
    site = made(texts, settings=own)
    renderer = built_in_look().renderer
    return {path: _frame(parsed(renderer.render(site.pages[path]()))) for path in _NEW_PAGES}


def _frame(root: ET.Element) -> list[tuple[str, tuple[str, ...]]]:
    """Give all elements with the names of their attributes; a line of text in a picture is as good as two."""
    found = ((str(element.tag), tuple(sorted(element.attrib))) for element in root.iter())
    return [one for one, _ in groupby(one for one in found if one[0] != "text")]


def _pages(files: Mapping[str, bytes]) -> Iterator[str]:
    yield from (content.decode() for path, content in files.items() if path.endswith(".html"))


def test_no_text_of_an_author_is_taken_for_a_picture(pages: dict[str, str]) -> None:
    assert "Gambar tidak tersedia" in pages["jahat/index.html"]
    assert all(placeholder("p1") not in html for html in pages.values())
    assert "Gambar tidak tersedia" not in pages["jahat/sumber.html"]


def test_only_what_python_has_made_html_is_printed_unescaped() -> None:
    for name, template in built_in_look().templates.items():
        assert all(value.endswith("_html") for value in re.findall(r"([\w.]+)\s*\|\s*safe", template)), name
        assert "autoescape" not in template, name


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("dokumen/notulen.pdf", True),
        ("../lain/index.html#L3", True),
        ("https://bps.go.id/a?b=c:d", True),
        ("mailto:camat@contoh.go.id", True),
        ("javascript:alert(1)", False),
        (" JaVaScript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//evil.example", False),
        ("\\\\evil.example", False),
    ],
)
def test_notes_link_only_to_files_beside_them_web_and_mail(address: str, good: bool) -> None:  # noqa: FBT001
    assert good_link(address) is good


@given(st.lists(st.integers(1, 6), min_size=1, max_size=12))
def test_headings_of_a_note_go_down_one_step_at_a_time_and_stay_in_order(levels: list[int]) -> None:
    block = note(Catatan("\n\n".join(f"{'#' * level} Judul" for level in levels), markdown=True), lambda _: None)
    shown = [int(level) for level in re.findall(r"<h(\d)>Judul</h\1>", block)]
    assert len(shown) == len(levels)
    assert shown[0] == 3
    for (before, now), (above, below) in zip(pairwise(levels), pairwise(shown), strict=True):
        assert below <= above + 1
        assert below > above or below == 6 if now > before else below <= above


def test_a_note_of_one_line_is_no_markdown_but_its_references_are_links() -> None:
    def resolve(id_: str) -> tuple[str, str] | None:
        return (f"../kinerja/{id_}.html", "Judul <itu>") if id_ == "ada" else None

    assert note(Catatan("Lihat [[ada]] & *bintang*", markdown=False), resolve) == (
        '<p>Lihat <a href="../kinerja/ada.html">Judul &lt;itu&gt;</a> &amp; *bintang*</p>'
    )
    assert note(Catatan("[[tiada]]", markdown=False), resolve) == "<p>[[tiada]]</p>"
    block = note(Catatan("# Rapat\n\n| a |\n|--:|\n| [[ada]] |\n\n`[[ada]]` **tebal** \0ada\0", markdown=True), resolve)
    assert "<h3>Rapat</h3>" in block
    assert '<td class="rata-right"><a href="../kinerja/ada.html">' in block
    assert '<div class="gulir" tabindex="0" role="group" aria-label="Tabel dalam catatan"><table>' in block
    assert block.count("<div") == block.count("</div>") == 1
    assert "<code>[[ada]]</code> <strong>tebal</strong> \ufffdada\ufffd" in block
