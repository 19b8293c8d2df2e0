"""``pokin pr``: what a proposal changes and brings with it, told in a comment that nobody can misuse."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.edge.reviewing import review
from pokin_dsl.report.gitlab import gitlab
from pokin_dsl.report.review import MARKER, MOST_CHARACTERS, Review, news, review_markdown
from pokin_dsl.text import Source, Span
from tests.command import pokin
from tests.repositories import TREE, commit_all, git, new_repository
from tests.support import any_text

if TYPE_CHECKING:
    from pathlib import Path

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
PATH = "trees/kec.pokin"
HELD = "      operasional [loket] Terlayaninya Permohonan di Loket\n"
PROPOSED = TREE.replace("2026=88", "2026=90").replace(HELD, "      operasional Terpenuhinya Semua Berkas\n" + HELD)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A proposal on its branch, and a target branch that has gone on meanwhile."""
    folder = new_repository(tmp_path / "kerja")
    git(folder, "checkout", "--quiet", "-b", "usulan")
    commit_all(folder, kec=PROPOSED)
    git(folder, "checkout", "--quiet", "main")
    commit_all(folder, lain=TREE.replace("Kecamatan", "Dinas"))
    git(folder, "checkout", "--quiet", "usulan")
    return folder


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [finding.code for finding in found]


def finding(message: str, severity: Severity = Severity.GALAT, at: int = 0) -> Diagnostic:
    return Diagnostic("P003", severity, PATH, Span(at, at + 1), message, message)


# -- what is found -----------------------------------------------------------------------------------------------------


def test_only_what_the_proposal_did_is_told(repo: Path) -> None:
    found = review(repo, "main")
    assert [type(change).__name__ for change in found.changes] == ["Retargeted", "Added"]
    assert codes(found.new) == ["P201", "P301"]
    assert codes(found.old) == ["P111", "P112"]
    assert re.fullmatch(r"main@[0-9a-f]{7}, sejak berpisah di [0-9a-f]{7}", found.base)


def test_a_finding_that_moved_is_not_new() -> None:
    before = [finding("a"), finding("b"), finding("b", at=5)]
    after = [
        finding("b", at=9),
        finding("c"),
        finding("a", Severity.INFO, at=7),
        finding("b", at=12),
        finding("b", at=20),
    ]
    old, new = news(before, after)
    assert [f.message for f in old] == ["b", "a", "b"]
    assert [(f.message, f.span.start) for f in new] == [("c", 0), ("b", 20)]


def test_a_proposal_cannot_switch_off_the_rule_that_it_breaks(repo: Path) -> None:
    git(repo, "checkout", "--quiet", "main")
    (repo / "pokin.toml").write_text('[aturan]\nP301 = "galat"\n', "utf-8")
    commit_all(repo)
    git(repo, "checkout", "--quiet", "usulan")
    (repo / "pokin.toml").write_text('[aturan]\nP301 = "mati"\nP201 = "mati"\n', "utf-8")
    commit_all(repo)
    found = review(repo, "main")
    weights = {f.code: f.severity for f in found.new}
    assert weights == {"P201": Severity.PERINGATAN, "P301": Severity.GALAT}
    done = pokin("pr", "main", folder=repo)
    assert (done.returncode, "Bobot yang dipakai di sini tetap bobot cabang tujuan" in done.stdout) == (1, True)
    assert pokin("check", folder=repo).returncode == 0


def test_places_are_those_in_the_repository(tmp_path: Path) -> None:
    inner = new_repository(tmp_path / "kerja" / "kab")
    (inner / ".git").rename(tmp_path / "kerja" / ".git")
    commit_all(inner, kec=PROPOSED)
    done = pokin("pr", "HEAD~1", "--comment", "komentar.md", "--annotations", "github", folder=inner)
    assert "file=kab/trees/kec.pokin,line=" in done.stdout
    assert "(kab/trees/kec.pokin, baris " in (inner / "komentar.md").read_text("utf-8")


# -- what is written ---------------------------------------------------------------------------------------------------


def test_the_comment_reads_like_this(repo: Path) -> None:
    comment = pokin("pr", "main", folder=repo).stdout
    comment = re.sub(r"[0-9a-f]{7}", "1a2b3c4", comment.replace("\u200b", ""))
    assert (
        comment
        == """<!-- pokin pr -->
**1 kinerja ditambahkan, 1 target diubah, menyentuh PK 1 jabatan**

Temuan baru: 2 peringatan. Temuan lama: 2 info. \
Dibandingkan dengan main@1a2b3c4, sejak berpisah di 1a2b3c4.

#### Kondisi: Meningkatnya Pelayanan Masyarakat

- **Kondisi operasional ditambahkan**: Terpenuhinya Semua Berkas

| Kinerja atau indikator | Yang diubah | Tahun | Lama | Baru | PK |
|---|---|---|---|---|---|
| Persentase Permohonan yang Selesai Tepat Waktu | target (%) | 2026 | 88 | 90 | Kasi Pelayanan |

PK yang tersentuh: Kasi Pelayanan.

#### Peringatan baru

- **P201** Kondisi operasional ini belum punya indikator. (trees/kec.pokin, baris 17)
  - Saran: Tambahkan `@indikator` di bawahnya, dua spasi lebih menjorok.
- **P301** Kondisi operasional ini belum punya pemegang perjanjian kinerja (PK). (trees/kec.pokin, baris 17)
  - Saran: Tulis `@pk` jabatan di bawahnya, atau `@pk` - bila memang tidak ada.
"""
    )


def test_exit_codes_are_those_of_check(repo: Path) -> None:
    assert pokin("pr", "main", folder=repo).returncode == 0
    assert pokin("pr", "main", "--strict", folder=repo).returncode == 1
    (repo / "trees" / "kec.pokin").write_text(PROPOSED + "knodisi x y\n", "utf-8")
    done = pokin("pr", "main", folder=repo)
    assert (done.returncode, "hanya dari bagian yang terbaca" in done.stdout) == (1, True)
    assert pokin("pr", "tiada", folder=repo).returncode == 2
    done = pokin("pr", "main", "--annotations", "github", folder=repo)
    assert (done.returncode, "--comment BERKAS" in done.stderr) == (2, True)


def test_a_base_that_could_not_be_read_whole_is_told(repo: Path) -> None:
    commit_all(repo, kec=PROPOSED + "knodisi x y\n")
    (repo / "trees" / "kec.pokin").write_text(PROPOSED, "utf-8")
    done = pokin("pr", "HEAD", folder=repo)
    assert (done.returncode, "Versi itu memuat galat bacaan" in done.stdout) == (0, True)


def test_a_form_that_is_not_canonical_is_told_and_does_not_fail(repo: Path) -> None:
    (repo / "trees" / "kec.pokin").write_text(TREE.replace("\n\n", "\n\n\n"), "utf-8")
    done = pokin("pr", "main", folder=repo)
    assert (done.returncode, done.stdout.count("rapikan dengan `pokin fmt`:\n\n- trees/kec.pokin\n")) == (0, 1)
    assert "**Tidak ada perubahan makna**" in done.stdout


def test_annotations_come_new_ones_first(repo: Path) -> None:
    words = ("--comment", "c.md", "--annotations", "github", "--codequality", "cq.json")
    done = pokin("pr", "main", *words, folder=repo)
    orders = done.stdout.splitlines()
    assert all(re.match(r"::(error|warning|notice) file=trees/", line) for line in orders)
    assert ["P201" in orders[0], "P301" in orders[1]] == [True, True]
    told = json.loads((repo / "cq.json").read_text("utf-8"))
    assert len(told) == len(orders)
    assert told[0]["location"] == {"path": PATH, "lines": {"begin": 17, "end": 17}}
    assert len({one["fingerprint"] for one in told}) == len(told)
    assert {one["severity"] for one in told} == {"minor", "info"}
    assert (repo / "c.md").read_text("utf-8").startswith(f"{MARKER}\n**")


def test_equal_findings_have_fingerprints_of_their_own() -> None:
    twice = [finding("sama"), finding("sama", at=9)]
    told = json.loads(gitlab(twice, {PATH: Source(PATH, "kalimat\nkalimat")}))
    assert [one["location"]["lines"]["begin"] for one in told] == [1, 2]
    assert told[0]["fingerprint"] != told[1]["fingerprint"]
    assert gitlab([], {}) == "[]\n"


# -- strangers ---------------------------------------------------------------------------------------------------------


def comment(messages: list[str], base: str = "main") -> str:
    found = tuple(finding(message) for message in messages)
    return review_markdown(Review(base, (), found, (), {PATH: Source(PATH, "x")}, tuple(messages), weights_differ=True))


@given(any_text)
def test_no_text_becomes_markup(text: str) -> None:
    tokens = MARKDOWN.parse(comment([text], base=text))
    inner = [child for token in tokens for child in (token.children or ())]
    assert {token.type for token in tokens if token.type.startswith("html")} == {"html_block"}
    assert [token.content for token in tokens if token.type == "html_block"] == [f"{MARKER}\n"]
    kinds = {child.type for child in inner}
    assert kinds <= {"text", "softbreak", "strong_open", "strong_close", "code_inline", "text_special", "html_inline"}
    assert {child.content for child in inner if child.type == "html_inline"} <= {"<span>", "</span>"}
    code = {child.content for child in inner if child.type == "code_inline"}
    assert all(content == "pokin fmt" or re.fullmatch(r"@[a-z]+", content) for content in code)


@given(any_text)
def test_no_line_is_an_order_to_gitlab(text: str) -> None:
    assert not any(
        line.lstrip().startswith("/") for line in comment([f"/close {text}"], base=f"/x {text}").splitlines()
    )


@given(any_text)
def test_no_text_calls_anybody(text: str) -> None:
    blocks = [token.children or () for token in MARKDOWN.parse(comment([f"@orang {text}"]))]
    shown = "\n".join("".join(" " if p.type == "code_inline" else p.content for p in parts) for parts in blocks)
    assert "@\u200borang" in shown
    assert not re.search(r"@\w", shown)


def test_the_comment_fits_every_code_host() -> None:
    many = [f"{'@' * 300}{n} " + "<" * 90 for n in range(500)]
    text = comment(many)
    assert len(text.encode("utf-16-le")) // 2 <= MOST_CHARACTERS + 5000
    assert "dan 470 lagi; semuanya ditampilkan oleh: pokin check" in text
    assert "dan 480 berkas lagi" in text
