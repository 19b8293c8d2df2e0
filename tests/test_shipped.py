"""A site carries the style sheets and scripts that its pages load, and no others; the preview has them all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from pokin_dsl.cli import pokin
from pokin_dsl.edge.cache import NO_CACHE
from pokin_dsl.edge.drawing import start_drawing
from pokin_dsl.edge.package import built_in_look
from pokin_dsl.edge.preview.session import Session
from pokin_dsl.edge.preview.workbench import Workbench
from tests.rich import rich_site
from tests.sites import on_disk, seed_site, site_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

TREE = """pokin: 1
judul: Pohon Uji

outcome [utama] Terwujudnya Pelayanan Prima
  @indikator Indeks Pelayanan
    @target (indeks) 2026=80
"""
OTHER = TREE.replace("Pohon Uji", "Pohon Lain") + "  @mendukung uji:utama\n"
_NAMED = re.compile(rb"""(?:statis/|")([\w-]+\.(?:css|js))\b""")


def equipment(files: Mapping[str, bytes]) -> set[str]:
    """Give the names of the style sheets and scripts of a site."""
    return {path.partition("/")[2] for path in files if path.startswith("statis/") and path.endswith((".css", ".js"))}


@pytest.mark.parametrize("site", [seed_site, rich_site, lambda: site_files({"uji.pokin": TREE})])
def test_a_site_carries_what_its_pages_and_scripts_name_and_nothing_else(site: Callable[[], dict[str, bytes]]) -> None:
    files = site()
    texts = [content for path, content in files.items() if path.endswith(".html") or "statis" in path]
    named = {name.decode() for text in texts for name in _NAMED.findall(text)} & built_in_look().statics.keys()
    assert equipment(files) == named
    assert {"gaya.css", "cari-mesin.js", "tidak-ada.js"} <= named


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return on_disk({"trees/uji.pokin": TREE.encode(), "pokin.toml": b""}, tmp_path)


def built(root: Path) -> dict[str, bytes]:
    assert CliRunner().invoke(pokin, ["build", "--no-cache"], standalone_mode=False, catch_exceptions=False).output
    output = root / "output"
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*.*") if path.is_file()}


def test_what_a_site_needs_comes_and_goes_with_its_pages(root: Path) -> None:
    alone = equipment(built(root))
    assert not {"portal.js", "kait.css", "perubahan.css", "sumber.js"} & alone
    (root / "trees" / "lain.pokin").write_text(OTHER, "utf-8")
    assert equipment(built(root)) == alone | {"kait.css"}
    (root / "trees" / "lain.pokin").unlink()
    assert equipment(built(root)) == alone


def test_a_theme_has_all_its_files_and_those_that_its_templates_name(root: Path) -> None:
    theme = {
        "tema/kinerja.html.j2": '{% extends "pokin/kinerja.html.j2" %}\n{% block indikator %}'
        '<script src="{{ statis }}sumber.js"></script>{% endblock %}\n',
        "tema/statis/kami.js": '"use strict";\ndocument.title += " kait.css";\n',
        "tema/statis/alat/cadangan.css": "p { color: red }\n",
    }
    plain = equipment(built(root))
    on_disk({path: text.encode() for path, text in theme.items()}, root)
    assert equipment(built(root)) - plain == {"sumber.js", "kami.js", "alat/cadangan.css", "kait.css"}


def test_the_preview_has_them_all_before_a_page_needs_them(root: Path) -> None:
    bench = Workbench([], root)
    session = Session(bench, start_drawing(bench.engine), NO_CACHE)
    session.begin()
    for name, content in built_in_look().statics.items():
        assert session.answer(f"statis/{name}").body == content
