"""The engine: which one is found, and what happens when it is broken."""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.edge.dot import lay_out
from pokin_dsl.edge.engine import Engine, find_engine
from pokin_dsl.site.diagram import Box, Picture
from pokin_dsl.site.layout import Layout, dot_text

if TYPE_CHECKING:
    from collections.abc import Callable

    Fake = Callable[[str], Engine]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="fakes are scripts with a first line that names Python")

# What every fake knows: `questions` (name -> DOT text) and `answer(name)`, one box at 0,0.
# Each start adds a line to the file "starts", with the names that were asked.
PRELUDE = """
import json, os, re, sys, time
questions = dict(re.findall(r"^digraph (\\w+) (\\{.*?^\\})", sys.stdin.read(), re.M | re.S))
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "starts"), "a") as log:
    log.write(json.dumps(sorted(questions)) + "\\n")
def answer(name):
    print(json.dumps({"name": name, "objects": [{"name": "n0", "pos": "0,0"}]}), flush=True)
"""


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    """Return a function that makes an engine of a few lines of Python."""

    def make(script: str) -> Engine:
        path = tmp_path / "engine"
        path.write_text(f"#!{sys.executable} -S\n{PRELUDE}\n{script}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return Engine("engine", str(path))

    return make


def starts(engine: Engine) -> list[list[str]]:
    log = Path(engine.path).with_name("starts").read_text(encoding="utf-8")
    return [json.loads(line) for line in log.splitlines()]


def graphs(*names: str) -> dict[str, str]:
    """Return graphs that all differ."""
    return {name: f"digraph {name} {{\n\tn0 [comment={name}]\n}}\n" for name in names}


AT_ORIGIN = Layout(((0, 0),))


def test_the_engine_of_this_environment_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POKIN_ENGINE", raising=False)
    monkeypatch.setenv("PATH", "")
    engine = find_engine()
    assert engine is not None
    assert engine.name == "graphviz-pure"
    assert engine.version.startswith("graphviz-pure")


def test_dot_on_path_serves_where_none_is_embedded(fake: Fake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    dot = Path(fake("").path).rename(tmp_path / "dot")
    monkeypatch.delenv("POKIN_ENGINE", raising=False)
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path / "empty"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_engine() == Engine("dot", str(dot))
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert find_engine() is None


def test_dot_in_the_current_folder_is_not_run(fake: Fake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Path(fake("").path).rename(tmp_path / "dot")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POKIN_ENGINE", raising=False)
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path / "none"))
    monkeypatch.setenv("PATH", ".")
    assert find_engine() is None


@pytest.mark.parametrize("setting", ["none", "/no/such/program", "/"])
def test_the_engine_can_be_turned_off(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POKIN_ENGINE", setting)
    assert find_engine() is None


def test_another_program_can_be_named(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = fake("")
    monkeypatch.setenv("POKIN_ENGINE", engine.path)
    assert find_engine() == engine


def test_a_batch_is_one_run() -> None:
    engine = find_engine()
    assert engine is not None
    boxes = (Box("k", "kondisi", "Kondisi", "A", (), (), "", focus=False, more=0),) * 6
    pictures = [Picture(f"p{n}", "", boxes[:n], tuple((0, i) for i in range(1, n))) for n in range(1, 7)]
    layouts = lay_out(engine, {picture.name: dot_text(picture) for picture in pictures}, 30)
    assert [len(layouts[f"p{n}"].spots) for n in range(1, 7)] == [1, 2, 3, 4, 5, 6]


def test_graphs_of_one_shape_are_laid_out_once(fake: Fake) -> None:
    engine = fake("for name in questions: answer(name)")
    same = {name: f"digraph {name} {{\n\tn0\n}}\n" for name in ("a", "b", "c")}
    assert lay_out(engine, same, 10) == dict.fromkeys("abc", AT_ORIGIN)
    assert starts(engine) == [["a"]]


def test_a_large_batch_is_shared_by_two_runs(fake: Fake) -> None:
    engine = fake("for name in questions: answer(name)")
    names = [f"g{i}" for i in range(500)]
    assert lay_out(engine, graphs(*names), 20) == dict.fromkeys(names, AT_ORIGIN)
    assert sorted(map(len, starts(engine))) == [250, 250]


def test_nothing_asked_starts_nothing() -> None:
    assert lay_out(Engine("gone", "/no/such/program"), {}, 1) == {}


def test_a_graph_that_swallows_the_rest_costs_only_itself(fake: Fake) -> None:
    engine = fake("""
for name in questions:
    if name == "busuk":
        sys.exit(0)
    answer(name)
""")
    assert set(lay_out(engine, graphs("a", "b", "busuk", "c", "d"), 10)) == {"a", "b", "c", "d"}
    assert starts(engine) == [["a", "b", "busuk", "c", "d"], ["busuk"], ["c", "d"]]


def test_a_graph_that_was_lost_once_is_drawn_alone(fake: Fake) -> None:
    engine = fake("""
for name in questions:
    if name != "malu" or len(questions) == 1:
        answer(name)
""")
    assert set(lay_out(engine, graphs("a", "malu", "b"), 10)) == {"a", "malu", "b"}
    assert starts(engine)[1:] == [["malu"]]


def test_answers_that_nobody_asked_for_are_ignored(fake: Fake) -> None:
    engine = fake('answer("lain")\nfor name in questions: answer(name)')
    assert set(lay_out(engine, graphs("a"), 10)) == {"a"}


@pytest.mark.parametrize(
    "script",
    ["", "sys.exit(1)", "print('garbage { [')", "os.abort()", r"sys.stdout.buffer.write(bytes(range(256)))"],
    ids=["silent", "fails", "garbage", "crashes", "bytes"],
)
def test_a_dead_engine_gives_nothing_and_is_not_started_for_ever(
    fake: Fake, script: str, capfd: pytest.CaptureFixture[str]
) -> None:
    engine = fake(f"print('noise', file=sys.stderr)\n{script}")
    assert lay_out(engine, graphs(*(f"g{i}" for i in range(150))), 30) == {}
    assert len(starts(engine)) <= 41
    assert capfd.readouterr() == ("", "")


def test_a_program_that_cannot_be_run_gives_nothing(tmp_path: Path) -> None:
    script = tmp_path / "text"
    script.write_text("no program", encoding="utf-8")
    assert lay_out(Engine("text", str(script)), graphs("a"), 5) == {}
    assert lay_out(Engine("gone", "/no/such/program"), graphs("a"), 5) == {}
    assert Engine("gone", "/no/such/program").version == ""


def test_an_engine_that_hangs_is_stopped_and_what_it_said_is_kept(fake: Fake) -> None:
    engine = fake('answer("a")\ntime.sleep(60)')
    began = time.monotonic()
    assert set(lay_out(engine, graphs("a", "b", "c"), 1)) == {"a"}
    assert time.monotonic() - began < 10


def test_the_engine_sees_a_clean_environment(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GVBINDIR", "/tmp/evil")  # noqa: S108 - never used
    monkeypatch.setenv("SERVER_NAME", "x")
    monkeypatch.setenv("SECRET_TOKEN", "x")
    engine = fake('if {"GVBINDIR", "SERVER_NAME", "SECRET_TOKEN"}.isdisjoint(os.environ): answer("a")')
    assert set(lay_out(engine, graphs("a"), 10)) == {"a"}
