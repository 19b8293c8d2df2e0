"""The preview's session without server and browser: what stands at each page after any edit is what a build makes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pokin_dsl.edge.building import compile_workspace
from pokin_dsl.edge.cache import NO_CACHE
from pokin_dsl.edge.drawing import start_drawing
from pokin_dsl.edge.package import built_in_look, rulebook
from pokin_dsl.edge.preview.dressing import as_preview
from pokin_dsl.edge.preview.news import Gone, News, Shown
from pokin_dsl.edge.preview.session import Session
from pokin_dsl.edge.preview.workbench import Workbench
from pokin_dsl.edge.workspace import open_workspace
from pokin_dsl.model.memory import forget
from pokin_dsl.pipeline import build
from pokin_dsl.site.site import SiteSettings
from tests.support import pokin_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pokin_dsl.site.layout import Layout
    from tests.support import Tree

TREE = """\
pokin: 1
judul: Pohon Uji

jabatan [camat] Camat

outcome [hasil] Terwujudnya Hasil
  @indikator [ukuran] Persentase Hasil
    @target (%) 2026=80
  @pk camat
  kondisi [kon] Meningkatnya Layanan
    operasional [satu] Terlaksananya Layanan Satu
    operasional [dua] Terlaksananya Layanan Dua
"""
PIECES = ("x", "  antara Tersedianya A\n", "@pk camat\n", "\n", "  ", "[kon] ")
OPEN = ("uji/index.html", "uji/kinerja/hasil.html", "uji/kinerja/kon.html", "uji/jabatan/camat.html", "index.html")


class Bench:
    """A workspace in a folder with the session of its preview."""

    def __init__(self, root: Path, text: str = TREE) -> None:
        self.root = root
        self.tree = root / "trees/uji.pokin"
        self.tree.parent.mkdir(parents=True)
        self.tree.write_text(text, "utf-8")
        self.bench = Workbench([], root)
        self.session = Session(self.bench, self.start_drawing, NO_CACHE)
        self.session.begin()

    def start_drawing(self, graphs: Mapping[str, str]) -> Callable[[], Mapping[str, Layout]]:
        return start_drawing(self.bench.engine)(graphs)

    def save(self, text: str) -> News | None:
        self.tree.write_text(text, "utf-8")
        return self.session.refresh()

    def replace(self, old: str, new: str) -> News | None:
        text = self.tree.read_text("utf-8")
        assert old in text
        return self.save(text.replace(old, new))

    def finish(self) -> None:
        for step in self.session.rest():
            step()

    def clean(self) -> Mapping[str, bytes]:
        """Build the site as if nothing had ever been read before."""
        forget()
        workspace = open_workspace([], self.root)
        compilation = compile_workspace(workspace)
        drawing = start_drawing(self.bench.engine)
        return build(compilation, SiteSettings(workspace.judul), built_in_look(), drawing, rulebook())


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def html(news: News | None, path: str) -> str:
    assert news is not None
    showing = news.showing[path]
    assert isinstance(showing, Shown)
    return showing.html


def assert_same_as_clean(bench: Bench) -> None:
    clean = bench.clean()
    for path, content in clean.items():
        answer = bench.session.answer(path)
        assert answer.status == 200, path
        expected = as_preview(content.decode())[0].encode() if path.endswith(".html") else content
        assert answer.body == expected, path


def test_every_answer_is_what_a_build_makes(bench: Bench) -> None:
    assert_same_as_clean(bench)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(PIECES)), max_size=6), pokin_tree())
def test_after_any_edits_all_answers_are_those_of_a_clean_build(edits: list[tuple[int, str]], other: Tree) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for path in OPEN:
            bench.session.watch(path)
        text = TREE
        for at, piece in edits:
            text = text[: at % (len(text) + 1)] + piece + text[at % (len(text) + 1) :]
            bench.save(text)
            if at % 2:
                bench.finish()
        bench.save(other.text())
        assert_same_as_clean(bench)
        bench.save(TREE)
        assert_same_as_clean(bench)


@pytest.mark.parametrize("path", ["uji/pemeriksaan.html", "uji/sumber.html"])
def test_pages_that_tell_where_findings_are_wait_for_the_rules(bench: Bench, path: str) -> None:
    bench.session.watch(path)
    news = bench.replace("jabatan [camat]", "# baris baru\njabatan [camat]")
    assert news is not None
    assert path not in news.showing
    later = next(bench.session.rest())()
    assert html(later, path) == as_preview(bench.clean()[path].decode())[0]


def test_a_change_is_news_for_open_pages_before_the_rules_have_run(bench: Bench) -> None:
    bench.session.watch("uji/kinerja/kon.html")
    before = bench.session.state().warnings
    news = bench.replace("Layanan Dua\n", "Layanan Dua\n    operasional Buat Loket\n")
    assert "Buat Loket" in html(news, "uji/kinerja/kon.html")
    assert news is not None
    assert news.state.warnings == before
    steps = bench.session.rest()
    later = next(steps)()
    assert later is not None
    assert later.state.warnings > before
    assert "P301" in bench.session.answer("uji/kinerja/buat-loket.html").body.decode()


def test_a_new_picture_is_there_at_once_and_that_of_an_engine_follows(bench: Bench) -> None:
    bench.session.watch("uji/kinerja/kon.html")
    first = bench.replace("Layanan Dua\n", "Layanan Dua\n    operasional Terlaksananya Tiga\n")
    assert "Terlaksananya Tiga</text>" in html(first, "uji/kinerja/kon.html")
    (bench.root / "pokin.toml").write_text('[gambar]\nmesin = "graphviz"\n', "utf-8")
    ours = html(bench.session.refresh(), "uji/kinerja/kon.html")
    assert "Terlaksananya Tiga</text>" in ours
    news = [told for step in bench.session.rest() if (told := step())]
    assert html(news[-1], "uji/kinerja/kon.html") != ours


def test_a_changed_word_never_runs_the_engine(bench: Bench) -> None:
    (bench.root / "pokin.toml").write_text('[gambar]\nmesin = "graphviz"\n', "utf-8")
    bench.session.watch("uji/kinerja/kon.html")
    bench.session.answer("uji/kinerja/kon.html")
    news = bench.replace("Layanan Dua", "Layanan Tiga")
    assert "Layanan Tiga</text>" in html(news, "uji/kinerja/kon.html")


def test_nothing_changed_is_no_news(bench: Bench) -> None:
    bench.session.watch("uji/index.html")
    assert bench.save(TREE) is None
    bench.tree.touch()
    assert bench.session.refresh() is None


def test_pages_that_changed_are_counted(bench: Bench) -> None:
    bench.finish()
    bench.save(TREE + "# catatan penulis\n")
    bench.finish()
    assert bench.session.changed_pages == 1  # the page of the sources
    bench.replace("Layanan Satu", "Layanan Utama")
    bench.finish()
    assert 1 < bench.session.changed_pages < 20


def test_what_cannot_be_read_leaves_the_last_good_site(bench: Bench) -> None:
    bench.session.watch("uji/kinerja/kon.html")
    news = bench.replace("kondisi [kon]", "kondsi [kon]")
    assert news is not None
    assert not news.state.current
    assert [problem.code for problem in news.state.problems] == ["P003"]
    assert "Meningkatnya Layanan" in html(news, "uji/kinerja/kon.html")
    assert bench.session.answer("uji/kinerja/kon.html").status == 200
    mended = bench.replace("kondsi [kon]", "kondisi [kon]")
    assert mended is not None
    assert mended.state.current
    assert mended.state.problems == ()


def test_a_first_reading_that_fails_shows_what_could_be_read(tmp_path: Path) -> None:
    bench = Bench(tmp_path, TREE.replace("kondisi [kon]", "kondsi [kon]"))
    state = bench.session.state()
    assert state.current
    assert state.partial
    assert bench.session.answer("uji/kinerja/satu.html").status == 200
    bench.replace("kondsi [kon]", "kondisi [kon]")
    assert not bench.session.state().partial


def test_a_workspace_without_trees_keeps_its_last_pages(bench: Bench) -> None:
    bench.session.watch("uji/index.html")
    bench.tree.unlink()
    news = bench.session.refresh()
    assert news is not None
    assert "Tidak ada berkas .pokin" in news.state.problems[0].message
    assert "Pohon Uji" in html(news, "uji/index.html")
    back = bench.save(TREE)
    assert back is not None
    assert back.state.problems == ()


def test_a_page_that_is_gone_says_so_until_it_comes_back(bench: Bench) -> None:
    bench.session.watch("uji/kinerja/dua.html")
    news = bench.replace("    operasional [dua] Terlaksananya Layanan Dua\n", "")
    assert news is not None
    gone = news.showing["uji/kinerja/dua.html"]
    assert isinstance(gone, Gone)
    assert gone.links == (("Meningkatnya Layanan", "uji/kinerja/kon.html"),)
    again = bench.save(TREE.replace("Layanan Satu", "Layanan Lain"))
    assert again is not None
    assert isinstance(again.showing["uji/kinerja/dua.html"], Shown)


def test_what_nobody_has_open_is_not_in_the_news(bench: Bench) -> None:
    bench.session.watch("uji/index.html")
    bench.session.watch("uji/index.html")
    bench.session.leave("uji/index.html")
    news = bench.replace("Layanan Dua", "Layanan Tiga")
    assert news is not None
    assert list(news.showing) == ["uji/index.html"]
    bench.session.leave("uji/index.html")
    after = bench.replace("Layanan Tiga", "Layanan Empat")
    assert after is not None
    assert not after.showing


def test_an_urgent_change_breaks_off_the_rules(bench: Bench) -> None:
    before = bench.session.state().warnings
    bench.session.is_urgent = lambda: True
    bench.replace("Layanan Dua\n", "Layanan Dua\n    operasional Buat Loket\n")
    assert next(bench.session.rest())() is None
    assert bench.session.state().warnings == before
    bench.session.is_urgent = lambda: False
    bench.finish()
    assert bench.session.state().warnings > before


def test_only_sources_can_be_opened_in_the_editor(bench: Bench) -> None:
    (bench.root / "rahasia.txt").write_text("x")
    assert bench.session.file("trees/uji.pokin") == bench.root / "trees/uji.pokin"
    assert bench.session.file("rahasia.txt") is None
    assert bench.session.file("../rahasia.txt") is None


@pytest.mark.parametrize("path", ["tidak-ada.html", "uji/kinerja/tidak-ada.html", "statis/tidak-ada.css"])
def test_what_is_not_there_is_said_in_a_page(bench: Bench, path: str) -> None:
    answer = bench.session.answer(path)
    assert answer.status == 404
    assert "Halaman ini tidak ada" in answer.body.decode()


def test_a_source_whose_bytes_change_back_is_no_change_at_all(bench: Bench) -> None:
    bench.save(TREE.replace("Dua", "Tiga"))
    bench.finish()
    before = bench.session.answer("uji/kinerja/dua.html")
    bench.save(TREE)
    bench.finish()
    bench.save(TREE.replace("Dua", "Tiga"))
    assert bench.session.answer("uji/kinerja/dua.html") == before


def test_files_beside_the_pages_belong_to_the_same_site(bench: Bench) -> None:
    good = bench.session.answer("uji/pohon.json").body
    bench.replace("kondisi [kon]", "kondsi [kon]")
    assert bench.session.answer("uji/pohon.json").body == good
    assert bench.session.answer("uji/pohon.svg").media == "image/svg+xml; charset=utf-8"
    assert bench.session.answer("statis/gaya.css").body == built_in_look().statics["gaya.css"]


def test_what_a_request_finds_out_is_news_for_the_other_pages(bench: Bench) -> None:
    woken: list[bool] = []
    bench.session.wake = lambda: woken.append(True)
    bench.session.watch("uji/kinerja/kon.html")
    before = bench.session.state().warnings
    quick = bench.replace("Layanan Dua\n", "Layanan Dua\n    operasional Buat Loket\n")
    assert "Buat Loket</text>" in html(quick, "uji/kinerja/kon.html")
    bench.session.answer("uji/kinerja/kon.html")
    assert woken
    news = bench.session.refresh()
    assert "Buat Loket</text>" in html(news, "uji/kinerja/kon.html")
    assert bench.session.state().warnings > before
    assert bench.session.refresh() is None
