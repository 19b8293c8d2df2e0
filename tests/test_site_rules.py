"""Pages about the rules, what was silenced, and the review checklist."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.edge.package import rulebook
from pokin_dsl.model.tree import Outcome
from pokin_dsl.rules.catalogue import FAMILIES, said
from pokin_dsl.rules.explanation import read_explanation
from pokin_dsl.rules.registry import BY_CODE, RULES
from pokin_dsl.rules.review import CHECKLIST, DECIDED, settled, ticks
from pokin_dsl.site.rule_pages import Rulebook
from pokin_dsl.syntax.vocabulary import TRIKS
from tests.pages import links, parsed, rendered, section, table_rows, text_of, with_class
from tests.support import DATA, read_sentence, read_tree

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

_TREE = """pokin: 1
judul: Pohon Uji
tahap: 3
jabatan [camat] Camat

outcome [satu] Terwujudnya Pelayanan yang Baik
  @ekspektasi Pelayanan cepat
  @abaikan P112 materi hanya memuat ekspektasi
  @abaikan P111 instansi lain belum dihubungi
  @cek trik-1.1 12 Maret 2026, Camat dan para Kasi
  @cek trik-1.2 rapat kerja
  csf [isu-a] Belum Optimalnya Fasilitasi Pelayanan
    @cek trik-2.1 20 Maret 2026, Tim penyusun
    @cek trik-2.2 20 Maret 2026, Tim penyusun
    kondisi [kon-a] Meningkatnya Fasilitasi Pelayanan
      operasional Terlaksananya Pelayanan Warga
  csf [isu-b] Masih Tingginya Gangguan Ketertiban
    @cek trik-2.2 21 Maret 2026, Tim penyusun
    kondisi [kon-b] Menurunnya Gangguan Ketertiban
outcome [dua] Terwujudnya Tata Kelola yang Akuntabel
  @mandat Tugas camat
  @ekspektasi Akuntabel
"""

_EXPLANATION = """# P104 Cabang yang belum selesai

## Apa

Cabang yang **berhenti** di `kondisi`.

## Mengapa

> Trik 3.1: trik menguraikan

Karena <b>begitu</b>. Lihat P105, P106, P104, dan `@abaikan P105`.

## Ditandai

```toml pokin.toml
judul = "A & B"
```

```pokin
outcome A
  kondisi B <i>
```

```pokin bagian/c.pokin
kondisi C{U+00A0}
```

```temuan
P104 peringatan 2:3-12 Berhenti di kondisi. | Tulis | di bawahnya.
P104 peringatan trees/bagian/c.pokin:9:1-2 Jauh <di> bawah.
P104 galat pokin.toml:1:1-2 Judul.
```

## Sebaiknya

`{U+00A0}` mewakili spasi.

```pokin
outcome A
```

## Pada contoh nyata

- kecamatan: 0
- glenmore: 2
"""


@cache
def pages() -> dict[str, str]:
    other = read_explanation(_EXPLANATION.replace("P104", "P105"))
    book = Rulebook({"P104": read_explanation(_EXPLANATION), "P105": other}, read_sentence())
    return rendered({"kab/uji.pokin": _TREE}, book)


def page(path: str) -> ET.Element:
    return parsed(pages()[path])


# -- rules -------------------------------------------------------------------------------------------------------------


def test_a_rule_page_says_what_why_and_shows_both_samples() -> None:
    root = page("aturan/P104.html")
    assert [text_of(h1) for h1 in root.iter("h1")] == ["P104 Cabang yang belum selesai"]
    (facts,) = with_class(root, "fakta")
    assert [text_of(dd) for dd in facts.iter("dd")] == ["cabang-menggantung", "Peringatan", "mulai Tahap 3"]
    assert [e.text for e in section(root, "Apa").iter("strong")] == ["berhenti"]
    why = section(root, "Mengapa")
    assert [text_of(quote) for quote in why.iter("blockquote")] == ["Trik 3.1: trik menguraikan"]
    assert "Karena <b>begitu</b>." in text_of(why)
    assert links(why) == [("P105.html", "P105")]
    better = "".join(next(iter(section(root, "Sebaiknya").iter("pre"))).itertext())
    assert better == "outcome A\n"
    assert "glenmore: 2" in text_of(section(root, "Pada contoh nyata"))
    assert "{U+00A0} mewakili spasi." in text_of(section(root, "Sebaiknya"))


def test_the_flagged_sample_is_coloured_and_holds_its_findings_where_they_are() -> None:
    flagged = section(page("aturan/P104.html"), "Ditandai")
    settings, tree, fragment = flagged.iter("pre")
    assert [text_of(h3) for h3 in flagged.iter("h3")] == ["pokin.toml", "berkas pohon", "bagian/c.pokin"]
    assert [text_of(word) for word in with_class(tree, "k-kata")] == ["outcome", "kondisi"]
    assert text_of(settings) == 'judul = "A & B" Galat Judul.'
    assert text_of(tree) == "outcome A kondisi B <i> Peringatan Berhenti di kondisi. Tulis | di bawahnya."
    assert text_of(fragment) == "kondisi C{U+00A0} Peringatan Jauh <di> bawah."


def test_every_finding_leads_to_the_page_of_its_rule_where_there_is_one() -> None:
    root = page("kab/uji/pemeriksaan.html")
    dangling = next(t for t in with_class(root, "temuan") if "P104" in text_of(t))
    assert ("../../aturan/P104.html", "P104 Cabang yang belum sampai kondisi operasional") in links(dangling)
    assert ("../../../aturan/P104.html", "Mengapa ada aturan P104?") in links(page("kab/uji/kinerja/kon-b.html"))
    assert ("../../aturan/P104.html", "P104") in links(page("kab/uji/sumber.html"))
    everywhere = {href for path in pages() for href, _ in links(page(path)) if "aturan/" in href}
    assert {href.rsplit("/", 1)[1] for href in everywhere} == {"P104.html", "P105.html", "index.html"}


def test_all_rules_are_listed_by_family_and_the_list_is_linked_from_every_page() -> None:
    root = page("aturan/index.html")
    assert [text_of(h2).rsplit(" ", 1) for h2 in root.iter("h2")] == [[name, code] for code, name in FAMILIES.items()]
    listed = [row[0] for table in root.iter("table") for row in table_rows(table)]
    assert listed == sorted(rule.code for rule in RULES)
    assert [href for href, text in links(root) if text in BY_CODE] == ["P104.html", "P105.html"]
    for path in pages().keys() - {"404.html"}:  # it stands alone: it may be shown at any address
        assert "Aturan pemeriksaan" in [text for _, text in links(page(path))], path


def test_without_explanations_nothing_leads_to_rules() -> None:
    html = rendered({"uji.pokin": _TREE})
    assert [path for path in html if path.startswith("aturan/")] == []
    assert [path for path, text in html.items() if "aturan/" in text] == []


def test_every_explained_rule_has_its_page_and_neighbours() -> None:
    html = rendered({}, rulebook())
    codes = sorted(rulebook().explanations)
    own = ("index.html", "404.html", "aturan/index.html")
    assert sorted(html) == sorted([*own, *(f"aturan/{code}.html" for code in codes)])
    for before, after in pairwise(codes):
        assert f'href="{after}.html"' in html[f"aturan/{before}.html"]
    for text in html.values():
        parsed(text)


def test_what_a_flagged_sample_says_is_read_whole() -> None:
    for explanation in rulebook().explanations.values():
        assert len(said(explanation)) == len(explanation.temuan.splitlines()), explanation.code
        for finding in said(explanation):
            assert finding.file in explanation.ditandai, explanation.code


# -- silenced ----------------------------------------------------------------------------------------------------------


def test_what_was_silenced_is_listed_with_its_reason() -> None:
    silenced = section(page("kab/uji/pemeriksaan.html"), "Diabaikan dengan alasan")
    rows = {row[0].split()[0]: row[1:] for row in table_rows(next(iter(silenced.iter("table"))))}
    assert rows["P112"][0] == "Terwujudnya Pelayanan yang Baik"
    assert rows["P112"][2] == "materi hanya memuat ekspektasi"
    assert rows["P111"][::2] == ["seluruh pohon", "instansi lain belum dihubungi"]
    assert ("kinerja/satu.html", "Terwujudnya Pelayanan yang Baik") in links(silenced)


# -- checklist ---------------------------------------------------------------------------------------------------------


def test_every_trik_of_the_method_is_asked_or_checked_and_quoted_letter_by_letter() -> None:
    assert tuple(f"trik-{trik.nomor}" for trik in CHECKLIST) == TRIKS
    source = (DATA / "kecamatan-tahapan.txt").read_text("utf-8").split("\nTahap ")
    counts = {"1": 4, "2": 4, "3": 9}
    numbers = [f"{stage}.{n}" for stage, most in counts.items() for n in range(1, most + 1)]
    assert sorted([trik.nomor for trik in CHECKLIST] + list(DECIDED)) == numbers
    for trik in CHECKLIST:
        stage, number = trik.nomor.split(".")
        assert any(part.startswith(stage) and f"- {number} {trik.teks}\n" in part for part in source), trik.nomor
        assert trik.tanya.endswith("?")
    assert {code for codes in DECIDED.values() for code in codes} <= BY_CODE.keys()


def test_a_tick_counts_for_its_branch_and_all_children_for_their_parent() -> None:
    one, two = read_tree(_TREE).pohon.akar
    assert settled(one) == {"1.1", "1.2", "2.2"}
    assert settled(two) == frozenset()
    assert [simpul.id for simpul, _ in ticks(one)["2.2"]] == ["isu-a", "isu-b"]
    assert settled(Outcome("x", "X")) == frozenset()


@pytest.mark.parametrize(
    ("trik", "states"),
    [
        ("1.1", ["sudah dicek", "belum dicek"]),
        ("2.1", ["baru sebagian", "belum dicek"]),
        ("2.2", ["sudah dicek", "belum dicek"]),
        ("3.9", ["belum dicek", "belum dicek"]),
    ],
)
def test_the_checklist_says_what_is_open(trik: str, states: list[str]) -> None:
    root = page("kab/uji/daftar-periksa.html")
    (item,) = (e for e in root.iter("article") if e.get("id") == f"trik-{trik}")
    assert [text_of(badge) for badge in with_class(item, "lencana")][1:] == states
    assert text_of(next(iter(item.iter("blockquote")))) == next(t.teks for t in CHECKLIST if t.nomor == trik)


def test_a_tick_shows_date_and_person_and_leads_to_its_node() -> None:
    root = page("kab/uji/daftar-periksa.html")
    shown = [text_of(tick) for tick in with_class(root, "centang")]
    assert "12 Maret 2026, oleh Camat dan para Kasi" in shown
    assert "rapat kerja" in shown
    assert "CSF Belum Optimalnya Fasilitasi Pelayanan: 20 Maret 2026, oleh Tim penyusun" in shown
    assert ("kinerja/isu-a.html", "Belum Optimalnya Fasilitasi Pelayanan") in links(root)
    node = section(page("kab/uji/kinerja/isu-a.html"), "Sudah dicek")
    assert ("../daftar-periksa.html#trik-2.1", "Trik 2.1") in links(node)
    assert "20 Maret 2026, oleh Tim penyusun" in text_of(node)


def test_the_checklist_is_linked_counted_and_asks_by_stage() -> None:
    findings = page("kab/uji/pemeriksaan.html")
    assert ("daftar-periksa.html", "Daftar periksa") in links(findings)
    assert "3 dari 20 sudah dicek" in text_of(findings)
    early = parsed(rendered({"dini.pokin": "judul: Dini\ntahap: 1\noutcome Hasil\n"})["dini/daftar-periksa.html"])
    assert "0 dari 3 sudah dicek sampai Tahap 1" in text_of(early)
    assert "4 butir ditanyakan setelah pohon ini sampai Tahap 2." in text_of(early)
    empty = rendered({"kosong.pokin": "judul: Kosong\n"})["kosong/daftar-periksa.html"]
    assert "belum memuat outcome" in text_of(parsed(empty))
