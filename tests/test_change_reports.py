from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from pokin_dsl.model.diff.groups import by_branch, headline
from pokin_dsl.model.diff.versions import changes, workspace_changes
from pokin_dsl.model.diff.wording import FACTS, KINDS, joined
from pokin_dsl.report.changes_json import NAMES, changes_json
from pokin_dsl.report.changes_markdown import changes_markdown, html, markdown
from pokin_dsl.report.changes_plain import changes_report
from tests.support import DATA, ROOT, any_text, pokin_tree, read_tree, samples

if TYPE_CHECKING:
    from pathlib import Path

    from pokin_dsl.model.diff.changes import Change
    from pokin_dsl.model.query import Peta
    from tests.support import Tree

PUBLISHED = json.loads((ROOT / "site_templates" / "static" / "perubahan-1.schema.json").read_text("utf-8"))
SHAPE = Draft202012Validator(PUBLISHED)
CASES = sorted((DATA / "changes").glob("*.md"))
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def compared(before: str, after: str) -> tuple[Change, ...]:
    return changes(read_tree(before).peta, read_tree(after).peta)


def terminal(found: tuple[Change, ...]) -> str:
    return "".join(text for _, text in changes_report(found))


def everything() -> tuple[Change, ...]:
    """Give every kind of change at once."""
    head = "judul: Pohon\n\njabatan [camat] Camat\n  jabatan [kasi] Kasi\n  jabatan [seksi] Seksi\n\n"
    before = f"""{head}outcome [hasil] Hasil
  @pk camat
  @mandat Undang-Undang
  kondisi [ka] Meningkatnya Layanan
    @indikator [uk] Ukuran
      @target (%) 2026=1
      @awal 3
    @pk kasi
    operasional [sa] Tersusunnya Laporan
      @subkegiatan 7.01.01.2.01.0001 Dokumen
      @pagu 2026=Rp5
    operasional [du] Tersedianya Loket
    operasional [ti] Terdatanya Warga
  kondisi [kb] Membaiknya Data
  kondisi [kc] Lepasnya Urusan Lama
"""
    after = f"""{head}outcome [hasil] Hasil
  @pk -
  kondisi [ka] Meningkatnya Layanan Desa
    @indikator [uk] Ukuran
      @iku
      @target (indeks) 2026=1 2027=2
    @pk seksi
    operasional [ti] Terdatanya Warga
    operasional [baru] Terkirimnya Surat
      @indikator Jumlah Surat
        @target (surat) 2026=1
    antara [sa] Tersusunnya Laporan
      @subkegiatan 7.01.01.2.01.0001 Dokumen
      @pagu 2026=Rp6
  kondisi [kx] Membaiknya Data
    @alias kb
    operasional [du] Tersedianya Loket
"""
    small = "judul: Kecil\noutcome Kecil Sekali\n"

    def named(text: str, name: str) -> Peta:
        return read_tree(text, path=f"trees/{name}.pokin").peta

    old = {"pohon": named(before, "pohon"), "hilang": named(small.replace("Kecil", "Lain"), "hilang")}
    old["lama"] = named("judul: Sama\noutcome [utama] Tetap\n", "lama")
    new = {"pohon": named(after, "pohon"), "muncul": named(small, "muncul")}
    new["kini"] = named("judul: Sama\noutcome [utama] Tetap\n", "kini")
    return workspace_changes(old, new)


# -- what people read --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_realistic_edits_read_as_written_down(case: Path) -> None:
    found = samples(case.read_text("utf-8"))
    tree = after = (ROOT / found[0].name).read_text("utf-8")
    texts = [text.strip("\n") for text in found[0].body.split("\n====\n")]
    for old, new in zip(texts[::2], texts[1::2], strict=True):
        assert after.count(old) == 1, old
        after = after.replace(old, new)
    told = compared(tree, after)
    expected = {sample.kind: sample.body for sample in found[1:]}
    assert {"terminal": terminal(told), "markdown": changes_markdown(told)} == expected


def test_nothing_is_told_of_nothing() -> None:
    assert terminal(()) == "Tidak ada perubahan makna.\n"
    assert changes_markdown(()) == "**Tidak ada perubahan makna**\n"
    assert json.loads(changes_json(()))["ringkasan"] == {
        "perubahan": 0,
        "kalimat": "Tidak ada perubahan makna.",
        "pk": [],
    }


def test_every_kind_of_change_has_words() -> None:
    found = everything()
    assert {type(change) for change in found} == set(NAMES)
    for change in found:
        assert headline((change,))[0] == "1"
    text = terminal(found)
    for branch in by_branch(found):
        assert branch.title in text
    assert "PK outcome ditetapkan tanpa pemegang" in text
    assert "Indikator ditetapkan sebagai IKU" in text


def test_every_fact_of_the_model_has_a_name() -> None:
    found = everything()
    assert {getattr(change, "fact", "judul") for change in found} <= {*FACTS, "iku", "plt"}
    assert {change.thing.jenis for change in found} <= set(KINDS)


def test_names_are_joined_as_in_a_sentence() -> None:
    assert [joined("AB"[:n] or "A") for n in (1, 2)] == ["A", "A dan B"]
    assert joined("ABC") == "A, B, dan C"


# -- Markdown ----------------------------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    "</details><h1>Palsu</h1>",
    "[klik](https://jahat.example)",
    "![x](https://jahat.example/x.png)",
    "@pengguna dan @org/tim",
    "lihat #12, GH-3, !4, ~bug dan org/repo#5",
    "https://jahat.example www.jahat.example a@jahat.example",
    "`kode` **tebal** _miring_ ~~coret~~ $x$ | sel |",
    "&lt;b&gt; &copy; &amp;#64;",
    "\\[x\\](y) \u202egnirts \u200b",
    ":rocket: <!-- rahasia",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup_a_mention_or_a_link(text: str) -> None:
    for shown in (MARKDOWN.renderInline(markdown(text)), html(text)):
        plain = shown.replace("<span>$</span>", "$")
        assert "<" not in plain
        seen = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
        assert seen.replace("\u200b", "") == re.sub("[\u202e\u200b]", "\ufffd", text)
        assert not re.search(r"[@#!]\w|://|www\.\w|GH-\d|:rocket", seen)


@settings(max_examples=100, deadline=None)
@given(any_text)
def test_any_text_stays_text(text: str) -> None:
    shown = MARKDOWN.renderInline("a " + markdown(text)).replace("<span>$</span>", "$")
    assert "<" not in shown
    assert "\n" not in shown
    assert not re.search(r"[@#]\w", shown.replace("&#", ""))
    assert not re.search(r"[<\n]", html(text))


def test_a_hostile_tree_makes_a_harmless_comment() -> None:
    before = "judul: Pohon\njabatan Camat\noutcome Hasil\n"
    lines = "".join(f"  kondisi {text}\n    @indikator {text}\n      @target (|) 2026=1\n" for text in HOSTILE)
    found = compared(before, before + lines)
    assert len(found) == 2 * len(HOSTILE)
    page = MARKDOWN.render(changes_markdown(found))
    assert not re.search(r"<(?!/?(p|strong|h4|ul|li|s|span|details|summary|table|t[hrd]|thead|tbody)>)", page)
    assert not re.search(r"^\s*/", changes_markdown(found), re.MULTILINE)


@settings(max_examples=15, deadline=None)
@given(pokin_tree(), pokin_tree(), st.integers(600, 3000))
def test_a_comment_is_never_longer_than_asked(before: Tree, after: Tree, most: int) -> None:
    found = compared(before.text(), after.text())
    text = changes_markdown(found, most)
    assert len(text.encode("utf-16-le")) // 2 <= most
    assert text.count("<details>") == text.count("</details>")


def test_what_is_left_out_is_counted() -> None:
    start = "judul: Pohon\noutcome [hasil] Hasil\n"
    many = "".join(f"  kondisi Kondisi Nomor {number}\n" for number in range(3000))
    found = compared(start, start + many)
    text = changes_markdown(found)
    assert len(text) < 65_000
    told_of = text.count("- **Kondisi ditambahkan**")
    assert text.endswith(f"… dan {3000 - told_of} perubahan lagi.\n")


# -- JSON --------------------------------------------------------------------------------------------------------------


def test_the_json_of_every_kind_has_the_published_shape() -> None:
    Draft202012Validator.check_schema(PUBLISHED)
    shown = json.loads(changes_json(everything()))
    assert [error.message for error in SHAPE.iter_errors(shown)] == []
    defined = PUBLISHED["$defs"]
    for part in (PUBLISHED, *defined.values()):
        assert part["additionalProperties"] is False
    seen = {key for change in shown["perubahan"] for key in change}
    assert set(defined["perubahan"]["properties"]) - seen == {"kunci", "tanpa_pk_lama"}
    assert set(defined["perubahan"]["properties"]["macam"]["enum"]) == set(NAMES.values())


@settings(max_examples=20, deadline=None)
@given(pokin_tree(), pokin_tree())
def test_the_json_of_any_two_trees_has_the_published_shape(before: Tree, after: Tree) -> None:
    shown = json.loads(changes_json(compared(before.text(), after.text())))
    assert [error.message for error in SHAPE.iter_errors(shown)] == []
