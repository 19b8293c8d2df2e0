"""Building again: with nothing changed nothing is built, and whatever has changed is never overlooked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pokin_dsl.cli import pokin
from pokin_dsl.edge import building
from pokin_dsl.edge.publish import publish

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[Path], object]

ROOT = Path(__file__).resolve().parent.parent
SAME = "tidak ada yang berubah"
BUILT = "Situs diterbitkan di output"
TREE = """judul: Pohon Uji
instansi: Kecamatan Uji
sertakan desa.pokin

outcome [utama] Meningkatnya Pelayanan
  @indikator Indeks Pelayanan
    @target (indeks) 2026=80
  kondisi [warga] Meningkatnya Kepuasan Warga
    @indikator Persentase Warga yang Puas
      @target (%) 2026=80
"""
PART = "outcome [desa] Meningkatnya Kemandirian Desa\n  @indikator Jumlah Desa\n    @target (desa) 2026=3\n"


class Done(NamedTuple):
    code: int
    told: str


def build(*words: str) -> Done:
    done = CliRunner().invoke(pokin, ["build", *words], standalone_mode=False, catch_exceptions=False)
    return Done(done.return_value, done.output)


def site(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a workspace in which one stands, with a cache of its own; it has been built once."""
    root = tmp_path / "kerja"
    (root / "trees").mkdir(parents=True)
    (root / "trees" / "uji.pokin").write_text(TREE, "utf-8")
    (root / "trees" / "desa.pokin").write_text(PART, "utf-8")
    (root / "daftar.tsv").write_text("program\t7.01.02\tPROGRAM UJI\n", "utf-8")
    (root / "pokin.toml").write_text('judul = "Portal Uji"\n[nomenklatur]\nuji = "daftar.tsv"\n', "utf-8")
    monkeypatch.setenv("POKIN_CACHE", str(tmp_path / "ingatan"))
    monkeypatch.chdir(root)
    assert BUILT in build().told
    return root


def rewrite(path: str, old: str, new: str) -> Change:
    def change(root: Path) -> None:
        file = root / path
        text = file.read_text("utf-8")
        assert old in text
        before = file.stat()
        file.write_text(text.replace(old, new), "utf-8")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    return change


def link_out(root: Path) -> None:
    """Let a part of the tree be a link out of the workspace, to the same bytes."""
    part = root / "trees" / "desa.pokin"
    part.rename(root.parent / "desa.pokin")
    part.symlink_to(root.parent / "desa.pokin")


def pipe_instead(root: Path) -> None:
    page = root / "output" / "statis" / "gaya.css"
    page.unlink()
    os.mkfifo(page)


CHANGES: dict[str, Change] = {
    "a letter of the tree": rewrite("trees/uji.pokin", "Kepuasan Warga", "Kepuasan Marga"),
    "a letter of an included file": rewrite("trees/desa.pokin", "Kemandirian", "Kemandirean"),
    "a letter of the settings": rewrite("pokin.toml", "Portal Uji", "Portal Ujo"),
    "a letter of a list": rewrite("daftar.tsv", "PROGRAM UJI", "PROGRAM UJO"),
    "a letter of a page": rewrite("output/index.html", "Portal Uji", "Portal Ujo"),
    "the list of our files": rewrite("output/.pokin-situs.json", "pokin", "nikop"),
    "a new tree": lambda root: (root / "trees" / "baru.pokin").write_text(
        "judul: Baru\noutcome Terwujudnya X\n", "utf-8"
    ),
    "no settings": lambda root: (root / "pokin.toml").unlink(),
    "no list": lambda root: (root / "daftar.tsv").unlink(),
    "no page": lambda root: (root / "output" / "uji" / "index.html").unlink(),
    "a link out of the workspace": link_out,
    "another tree folder": lambda root: (root / "trees").rename(root / "pohon"),
}


def test_nothing_changed_builds_nothing_and_says_the_same(workspace: Path) -> None:
    report = build("-o", "lain").told.partition("Situs diterbitkan")[0]
    before = site(workspace / "output")
    places = {path: (workspace / "output" / path).stat().st_ino for path in before}
    again = build()
    assert again.told.startswith(report)
    assert SAME in again.told
    assert "Buka output/index.html dengan peramban." in again.told
    assert site(workspace / "output") == before
    assert {path: (workspace / "output" / path).stat().st_ino for path in before} == places


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_has_changed_is_built(workspace: Path, change: Change) -> None:
    assert SAME in build().told
    change(workspace)
    told = build("--force").told if not (workspace / "trees").is_dir() else build().told
    assert SAME not in told
    clean = build("--no-cache", "--force", "-o", str(workspace.parent / "bersih"))
    if "Situs diterbitkan" in told:
        assert site(workspace / "output") == site(workspace.parent / "bersih")
        assert told.partition("Situs diterbitkan")[0] == clean.told.partition("Situs diterbitkan")[0]


def test_the_folder_is_told_as_one_would_type_it_here(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Situs diterbitkan di lain:" in build("-o", "lain").told
    monkeypatch.chdir(workspace / "trees")
    told = build("-o", "../lain").told
    assert f"Situs di {Path('../lain')} sudah sesuai" in told
    assert SAME in told


def test_a_pipe_in_place_of_a_page_is_not_waited_for(workspace: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes on this platform")
    pipe_instead(workspace)
    assert BUILT in build().told
    assert (workspace / "output" / "statis" / "gaya.css").is_file()


def test_an_included_file_that_comes_is_noticed(workspace: Path) -> None:
    part = workspace / "trees" / "desa.pokin"
    part.unlink()
    assert BUILT in build("--force").told
    assert SAME in build("--force").told
    part.write_text(PART, "utf-8")
    assert BUILT in build("--force").told


def test_another_engine_is_noticed(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POKIN_ENGINE", "none")
    assert SAME in build().told, "nobody asked for one"
    monkeypatch.delenv("POKIN_ENGINE")
    (workspace / "pokin.toml").write_text('[gambar]\nmesin = "graphviz"\n', "utf-8")
    assert BUILT in build().told
    assert SAME in build().told
    monkeypatch.setenv("POKIN_ENGINE", "none")
    assert BUILT in build().told
    assert "P903" in (workspace / "output" / "index.html").read_text("utf-8")
    assert SAME in build().told
    monkeypatch.delenv("POKIN_ENGINE")
    assert BUILT in build().told
    assert "<svg" in (workspace / "output" / "uji" / "index.html").read_text("utf-8")


def test_another_program_is_noticed(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert SAME in build().told
    for module in ("cache", "unchanged", "recording"):
        monkeypatch.setattr(f"pokin_dsl.edge.{module}.program_fingerprint", lambda: "f" * 64)
    assert BUILT in build().told
    assert SAME in build().told
    assert workspace.is_dir()


def test_the_exit_code_is_that_of_the_findings(workspace: Path) -> None:
    rewrite("trees/uji.pokin", "      @target (%) 2026=80\n", "")(workspace)
    for words, code in ((), 0), (("--strict",), 1), ((), 0), (("--strict",), 1):
        assert build(*words).code == build(*words, "--no-cache", "-o", "lain").code == code
    assert SAME in build("--strict").told


def test_a_site_that_was_not_published_is_no_record(workspace: Path) -> None:
    rewrite("trees/uji.pokin", "kondisi [warga]", "kondsi [warga]")(workspace)
    assert "Situs tidak diterbitkan" in build().told
    assert "Situs tidak diterbitkan" in build().told
    assert BUILT in build("--force").told
    forced = build("--force")
    assert (forced.code, SAME in forced.told) == (1, True)
    assert "Situs tidak diterbitkan" in build().told


def test_a_tree_that_changes_while_it_is_built_is_built_again(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rewrite("trees/uji.pokin", "Kepuasan Warga", "Kepuasan Satu")(workspace)
    with monkeypatch.context() as patch:
        edit = rewrite("trees/uji.pokin", "Kepuasan Satu", "Kepuasan Dua")
        patch.setattr(building, "publish", lambda *words: (edit(workspace), publish(*words))[1])
        assert BUILT in build().told
    assert BUILT in build().told
    assert "Kepuasan Dua" in (workspace / "output" / "uji" / "kinerja" / "warga.html").read_text("utf-8")


@pytest.mark.parametrize("text", [TREE.encode() + b"\n# \xff\n", b"\xef\xbb\xbf" + TREE.encode(), b""])
def test_odd_bytes_build_the_same_again(workspace: Path, text: bytes) -> None:
    (workspace / "trees" / "uji.pokin").write_bytes(text)
    one, two, clean = build("--force"), build("--force"), build("--force", "--no-cache", "-o", "lain")
    assert one.code == two.code == clean.code
    assert site(workspace / "output") == site(workspace / "lain")


def test_a_cache_in_ruins_is_no_matter(workspace: Path) -> None:
    (file,) = (workspace.parent / "ingatan").glob("*.sqlite")
    file.write_bytes(b"rusak" * 1000)
    assert BUILT in build().told
    assert SAME in build().told


def test_without_cache_nothing_is_used_and_nothing_kept(workspace: Path) -> None:
    (file,) = (workspace.parent / "ingatan").glob("*.sqlite")
    before = file.read_bytes()
    assert BUILT in build("--no-cache").told
    assert file.read_bytes() == before


def test_a_cache_in_the_workspace_is_refused(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POKIN_CACHE", str(workspace / "ingatan"))
    refused = build()
    assert (refused.code, "di luarnya" in refused.told) == (2, True)


WORDS = st.sampled_from(["Satu", "Dua", "Tiga"])
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("trees/uji.pokin"), WORDS.map(lambda word: TREE.replace("Warga", word))),
        st.tuples(st.just("trees/desa.pokin"), WORDS.map(lambda word: PART.replace("Desa", word))),
        st.tuples(st.just("trees/lain.pokin"), st.just(TREE.replace("sertakan desa.pokin\n", ""))),
        st.tuples(st.just("trees/lain.pokin"), st.none()),
        st.tuples(st.just("output/index.html"), st.sampled_from(["", "lain"])),
        st.tuples(st.just("output/uji/pohon.json"), st.none()),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_after_any_edits_the_site_is_that_of_a_clean_build(
    workspace: Path, edits: list[tuple[str, str | None]]
) -> None:
    for path, text in edits:
        if text is None:
            (workspace / path).unlink(missing_ok=True)
        else:
            (workspace / path).write_text(text, "utf-8")
        done = build()
        clean = build("--no-cache", "-o", str(workspace.parent / "bersih"))
        assert done.code == clean.code
        assert site(workspace / "output") == site(workspace.parent / "bersih")


def test_two_builds_at_once_both_serve(workspace: Path) -> None:
    rewrite("trees/uji.pokin", "Kepuasan Warga", "Kepuasan Semua")(workspace)
    command = [sys.executable, "-m", "pokin_dsl", "build", "-o"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen([*command, name], cwd=workspace, env=environment, stdout=subprocess.DEVNULL)
        for name in ("satu", "dua")
    ]
    assert [process.wait(120) for process in running] == [0, 0]
    assert site(workspace / "satu") == site(workspace / "dua")


def test_nothing_heavy_is_imported_where_nothing_has_changed(workspace: Path) -> None:
    code = (
        "import sys; sys.argv=['pokin','build']\ntry:\n import pokin_dsl.cli as c; c.main()\nexcept SystemExit: pass\n"
    )
    heavy = ("lark", "jinja2", "rich", "markdown_it", "graphviz", "rapidfuzz", "tomllib", "pokin_dsl.pipeline")
    code += f"print([m for m in {heavy} if m in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told: list[str] = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=workspace, env=environment, capture_output=True, text=True, check=True
        )
        told = done.stdout.splitlines()
    assert SAME in told[-3]
    assert told[-1] == "[]"
