"""Building with a memory: only what changed is rendered, laid out and drawn, and nothing differs from a clean build."""

from __future__ import annotations

import copy
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pokin_dsl.edge.drawing import start_drawing
from pokin_dsl.edge.engine import find_engine
from pokin_dsl.edge.package import built_in_look, rulebook
from pokin_dsl.model.memory import forget
from pokin_dsl.pipeline import build, model_files
from pokin_dsl.site.layout import Layout
from pokin_dsl.site.look import Look
from pokin_dsl.site.memory import NO_MEMORY, layout_bytes, page_key, picture_key, read_layout
from pokin_dsl.site.press import Press, finish, finish_one, keep_layouts
from pokin_dsl.site.render import Renderer
from pokin_dsl.site.rule_pages import NO_RULEBOOK
from pokin_dsl.site.site import Page, SiteSettings
from tests.pages import made
from tests.sites import compiled, seed_texts
from tests.support import any_text, pokin_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pokin_dsl.site.memory import Memory
    from pokin_dsl.site.press import StartDrawing
    from tests.support import Tree

    Edit = tuple[int, str, str]

_SETTINGS = SiteSettings("Portal Uji")
_ENGINE = "mesin uji"
_TEXT = """judul: Uji
jabatan [camat] Camat
outcome [hasil] Terwujudnya Hasil
  @indikator [ukuran] Persentase Hasil
    @pk camat
  csf [isu] Belum Optimalnya Layanan
    kondisi [kon] Meningkatnya Layanan
      @program 7.01.02 Layanan
      operasional [satu] Terlaksananya Layanan Satu
      operasional [dua] Terlaksananya Layanan Dua
"""


class Recorder(dict[str, bytes]):
    """A memory that says what it was asked to keep since it was last looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._new: set[str] = set()

    def recall(self, keys: Collection[str]) -> Mapping[str, bytes]:
        return {key: self[key] for key in keys if key in self}

    def keep(self, values: Mapping[str, bytes]) -> None:
        assert not values.keys() & self.keys(), "what is known is not made again"
        self.update(values)
        self._new |= values.keys()

    def kept(self) -> int:
        number = len(self._new)
        self._new.clear()
        return number


def no_engine_is_run(graphs: Mapping[str, str]) -> Callable[[], Mapping[str, Layout]]:
    assert not graphs
    return dict


def nothing_is_laid_out(graphs: Mapping[str, str]) -> Callable[[], Mapping[str, Layout]]:
    del graphs
    return dict


def built(texts: Mapping[str, str], memory: Memory = NO_MEMORY) -> dict[str, bytes]:
    drawing = start_drawing(find_engine())
    return build(compiled(texts), _SETTINGS, built_in_look(), drawing, engine=_ENGINE, memory=memory)


# -- nothing changed ---------------------------------------------------------------------------------------------------


def test_with_nothing_changed_nothing_is_rendered_laid_out_or_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Recorder()
    look, drawing, book = built_in_look(), start_drawing(find_engine()), rulebook()
    first = build(compiled(seed_texts()), _SETTINGS, look, drawing, book, engine=_ENGINE, memory=memory)
    assert memory.kept() > 100
    monkeypatch.setattr(Renderer, "render", None)
    monkeypatch.setattr("pokin_dsl.site.press.draw", None)
    monkeypatch.setattr("pokin_dsl.pipeline.pohon_json", None)
    again = build(compiled(seed_texts()), _SETTINGS, look, no_engine_is_run, book, engine=_ENGINE, memory=memory)
    assert again == first
    assert list(again) == list(first)
    assert memory.kept() == 0


def test_with_nothing_changed_neither_jinja2_nor_graphviz_is_imported() -> None:
    program = """
import sys
from tests.test_press import Recorder, no_engine_is_run, _SETTINGS, _TEXT, compiled, built_in_look, build
for module in [name for name in sys.modules if name.partition(".")[0] in ("jinja2", "graphviz")]:
    del sys.modules[module]
sys.modules["jinja2"] = sys.modules["graphviz"] = None
class Everything(Recorder):
    def recall(self, keys):
        return dict.fromkeys(keys, b"")
build(compiled({"uji.pokin": _TEXT}), _SETTINGS, built_in_look(), no_engine_is_run, engine="m", memory=Everything())
"""
    subprocess.run([sys.executable, "-c", program], check=True)


# -- something changed -------------------------------------------------------------------------------------------------


def changed(text: str, memory: Recorder) -> set[str]:
    """Build again, and give the paths of the files that differ from those of the sample."""
    before, after = built({"uji.pokin": _TEXT}, memory), built({"uji.pokin": text}, memory)
    return {path for path in before | after if before.get(path) != after.get(path)}


def test_a_changed_word_runs_no_engine_and_changes_only_the_pages_that_say_it() -> None:
    memory = Recorder()
    before = built({"uji.pokin": _TEXT}, memory)
    memory.kept()
    text = _TEXT.replace("Layanan Satu", "Layanan Pertama")
    compilation = compiled({"uji.pokin": text})
    after = build(compilation, _SETTINGS, built_in_look(), no_engine_is_run, engine=_ENGINE, memory=memory)
    differ = {path for path in after if before.get(path) != after[path]}
    assert memory.kept() == len(differ)
    assert after == built({"uji.pokin": text})
    assert {path for path in differ if "/kinerja/" in path} == {"uji/kinerja/kon.html", "uji/kinerja/satu.html"}


def test_a_line_added_above_changes_only_what_names_lines() -> None:
    text = _TEXT.replace("jabatan [camat]", "# catatan\njabatan [camat]")
    assert changed(text, Recorder()) == {"uji/sumber.html", "uji/pemeriksaan.html", "uji/pohon.json"}


def test_the_json_is_made_again_when_an_official_name_changed() -> None:
    one = compiled({"uji.pokin": _TEXT.replace("7.01.02 Layanan", "7.01.02")})
    node = one.trees[0].peta.simpul["kon"]
    assert node.kode is not None
    other = replace(node, kode=replace(node.kode, nama="Nama Lain"))
    tree = replace(one.trees[0], peta=replace(one.trees[0].peta, simpul={**one.trees[0].peta.simpul, "kon": other}))
    path = "uji/pohon.json"
    assert model_files(one.trees)[path].key() != model_files([tree])[path].key()


def test_another_look_or_engine_is_another_site() -> None:
    picture = made({"uji.pokin": _TEXT}).files["uji/pohon.svg"]()
    page = Page("a.html", "pohon.html.j2", {"judul": "A"}, (picture,))
    look, other = built_in_look(), Look({**built_in_look().templates, "pohon.html.j2": "x"}, {})
    same = Look(dict(reversed(list(look.templates.items()))), {"lain.css": b""})
    assert page_key(page, look, "a") == page_key(page, same, "a")
    assert page_key(page, look, "a") != page_key(page, other, "a")
    assert page_key(page, look, "a") != page_key(page, look, "b")
    assert picture_key(picture, "a") != picture_key(picture, "b")
    plain = replace(page, pictures=())
    assert page_key(plain, look, "a") == page_key(plain, look, "b")


_EDITS = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from(("drop", "copy", "word", "line", "move", "mess")), any_text),
    min_size=1,
    max_size=5,
)


def edited(text: str, at: int, how: str, mess: str) -> str:
    """Change one line of a text as authors do, or as nobody should."""
    lines = text.split("\n")
    at %= len(lines)
    line = lines[at]
    new = {
        "drop": [],
        "copy": [line, line],
        "word": [f"{line} Baru"],
        "line": [line, "# catatan"],
        "move": [f"  {line}"],
        "mess": [line, mess.encode("utf-8", "replace").decode()],
    }[how]
    return "\n".join([*lines[:at], *new, *lines[at + 1 :]])


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(pokin_tree(), pokin_tree(), _EDITS)
def test_whatever_is_edited_a_build_with_a_memory_is_a_clean_build(one: Tree, two: Tree, edits: list[Edit]) -> None:
    versions = [{"satu.pokin": one.text(), "kab/dua.pokin": two.text()}]
    for at, how, mess in edits:
        name = ("satu.pokin", "kab/dua.pokin")[at % 2]
        versions.append({**versions[-1], name: edited(versions[-1][name], at // 2, how, mess)})
    memory = Recorder()
    warm = [built(texts, memory) for texts in versions]
    for texts, files in zip(versions, warm, strict=True):
        forget()
        clean = built(texts)
        assert files == clean
        assert list(files) == list(clean)


# -- pictures that are missing -----------------------------------------------------------------------------------------


def test_where_the_engine_fails_we_lay_out_and_do_not_remember_it() -> None:
    memory = Recorder()
    compilation = compiled({"uji.pokin": _TEXT})

    def with_engine(drawing: StartDrawing) -> dict[str, bytes]:
        return build(compilation, _SETTINGS, built_in_look(), drawing, engine=_ENGINE, memory=memory)

    failed = with_engine(nothing_is_laid_out)
    ours = build(compilation, _SETTINGS, built_in_look(), nothing_is_laid_out)
    assert failed == ours
    laid_out = with_engine(start_drawing(find_engine()))
    assert laid_out == built({"uji.pokin": _TEXT})
    assert laid_out["uji/pohon.svg"] != ours["uji/pohon.svg"]


def test_without_an_engine_pages_are_remembered_as_they_are() -> None:
    memory = Recorder()
    compilation = compiled({"uji.pokin": _TEXT})
    first = build(compilation, _SETTINGS, built_in_look(), nothing_is_laid_out, memory=memory)
    memory.kept()
    assert build(compilation, _SETTINGS, built_in_look(), nothing_is_laid_out, memory=memory) == first
    assert memory.kept() == 0


@pytest.mark.parametrize(
    "content", [b"", b"3", b"{}", b"[]", b"[[1,2],[3]]", b"[[1,null]]", b"[[NaN,1]]", b"[[1e999,0]]", b"\xff"]
)
def test_a_layout_that_is_broken_is_none(content: bytes) -> None:
    assert read_layout(content) is None


def test_a_layout_is_read_as_it_was_written() -> None:
    layout = Layout(((0.1, -72.0), (1e-7, 123456.789)))
    assert read_layout(layout_bytes(layout)) == layout


# -- one page ----------------------------------------------------------------------------------------------------------


def test_one_page_is_finished_as_in_the_whole_site_once_its_picture_is_laid_out() -> None:
    site = made({"uji.pokin": _TEXT})
    press = Press(built_in_look(), _ENGINE, Recorder())
    drawing = start_drawing(find_engine())
    whole = finish(site, Press(built_in_look(), _ENGINE), drawing)
    for path in (*site.pages, *site.files):
        first = finish_one(site, path, press)
        if first.missing:
            assert first.content is not None
            assert b"<svg" in first.content
            keep_layouts(press, first.missing, drawing(first.missing)())
        second = finish_one(site, path, press)
        assert second.content == whole[path]
        assert not second.missing
    assert finish(site, press, no_engine_is_run) == whole


def test_without_an_engine_one_page_lacks_nothing_that_could_be_asked_for() -> None:
    site = made({"uji.pokin": _TEXT})
    page = finish_one(site, "uji/kinerja/kon.html", Press(built_in_look()))
    assert page.content is not None
    assert b"<svg" in page.content
    assert not page.missing
    assert finish_one(site, "uji/pohon.svg", Press(built_in_look())).content is not None
    empty = made({"uji.pokin": "judul: Uji\n"})
    assert finish_one(empty, "uji/pohon.svg", Press(built_in_look())).content is None


def test_a_page_that_is_not_in_the_site_is_an_error() -> None:
    with pytest.raises(KeyError):
        finish_one(made({}), "tiada.html", Press(built_in_look()))


# -- keys --------------------------------------------------------------------------------------------------------------

_plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), _plain, max_size=5))
def test_equal_contexts_have_one_key_however_they_came_about(context: dict[str, object]) -> None:
    look = built_in_look()
    page = Page("a.html", "x", context)
    shared = Page("a.html", "x", {"dua": [context, context]})
    apart = Page("a.html", "x", {"dua": [context, copy.deepcopy(context)]})
    assert page_key(page, look, "") == page_key(Page("a.html", "x", copy.deepcopy(context)), look, "")
    assert page_key(shared, look, "") == page_key(apart, look, "")
    assert page_key(Page("a.html", "x", {**context, "baru ": 1}), look, "") != page_key(page, look, "")


def test_a_context_that_is_not_plain_is_an_error_of_ours() -> None:
    with pytest.raises(TypeError, match=r"a\.html"):
        page_key(Page("a.html", "x", {"isi": object()}), built_in_look(), "")


# -- progress ----------------------------------------------------------------------------------------------------------


def test_progress_is_told_seldom_forwards_and_to_the_end() -> None:
    told: dict[str, list[tuple[int, int]]] = {}

    def hear(stage: str, done: int, of: int) -> None:
        told.setdefault(stage, []).append((done, of))

    text = _TEXT + "".join(f"      operasional Terlaksananya Tugas {number}\n" for number in range(300))
    build(compiled({"uji.pokin": text}), _SETTINGS, built_in_look(), nothing_is_laid_out, NO_RULEBOOK, told=hear)
    assert list(told) == ["Menyusun halaman", "Membuat halaman", "Menggambar"]
    for steps in told.values():
        assert steps == sorted(steps)
        assert len(steps) <= 160
        assert steps[-1][0] == steps[-1][1] > 300
