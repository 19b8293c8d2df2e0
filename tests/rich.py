"""A small workspace whose site has something in every part of every kind of page, compared with a former version."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from pokin_dsl.edge.package import built_in_look, rulebook
from pokin_dsl.pipeline import build
from pokin_dsl.site.comparison import Former
from pokin_dsl.site.pages import make_site
from pokin_dsl.site.press import nobody
from pokin_dsl.site.site import KopSurat, SiteSettings
from tests.sites import ROOT, compiled, on_disk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pokin_dsl.site.site import Site

FOLDER = ROOT / "tests" / "data" / "lengkap"
SETTINGS = SiteSettings("Kinerja Kabupaten Contoh", kop=KopSurat(("PEMERINTAH KABUPATEN CONTOH", "KECAMATAN")))
_REFRESH = re.compile(rb'<meta http-equiv="refresh"[^>]*>')
_SINCE = (
    ("  @target (predikat) 2025=B 2026=BB", "  @target (predikat) 2025=B 2026=B"),
    ("kondisi Meningkatnya Kesejahteraan Sosial", "kondisi Membaiknya Kesejahteraan Sosial"),
    ("        @pk kasi-trantib\n        @mendukung pelayanan\n", "        @pk pelaksana\n"),
    ("          @pagu 2025=Rp25.000.000 2026=Rp27.500.000\n", "          @pagu 2025=Rp25.000.000 2026=Rp22.500.000\n"),
    ("        antara [pengaduan] Terselenggaranya Pengelolaan Pengaduan\n", ""),
)


def rich_texts() -> dict[str, str]:
    """Give the texts of the workspace by their path below ``trees/``."""
    return {path.relative_to(FOLDER).as_posix(): path.read_text("utf-8") for path in sorted(FOLDER.rglob("*.pokin"))}


def former_texts() -> dict[str, str]:
    """Give what the workspace was before: other words, holders, figures and places."""
    texts = rich_texts()
    for now, before in _SINCE:
        assert texts["lengkap.pokin"].count(now) == 1, now
        texts["lengkap.pokin"] = texts["lengkap.pokin"].replace(now, before)
    return texts


@cache
def rich_site() -> dict[str, bytes]:
    """Build the site of the workspace, once per process."""
    return build(compiled(rich_texts()), SETTINGS, built_in_look(), nobody, rulebook(), former=_former())


def written(files: Mapping[str, bytes], root: Path) -> Path:
    """Write the files of a site into a folder, but for the order of old addresses to leave for the new ones at once."""
    return on_disk({path: _REFRESH.sub(b"", content) for path, content in files.items()}, root)


@cache
def kinds() -> Mapping[str, str]:
    """Give one page of each kind, by its template: the one with the most to show, by what the site plans."""
    files, richest = rich_site(), dict[str, str]()
    for path, template in _templates().items():
        if template not in richest or len(files[path]) > len(files[richest[template]]):
            richest[template] = path
    return richest


def looked_at() -> tuple[tuple[str, str], ...]:
    """Give the pages to look at, each with its template: one of each kind, and an outcome beside the kondisi."""
    return (*kinds().items(), ("kinerja.html.j2", "lengkap/kinerja/tata-kelola.html"))


def _templates() -> dict[str, str]:
    return {path: make().template for path, make in _plan().pages.items()}


def _plan() -> Site:
    found = compiled(rich_texts())
    plan = partial(make_site, found.trees, SETTINGS, {}, found.general, rulebook())
    return plan(former=_former())


def _former() -> Former:
    return Former("versi-1", {tree.nama: tree.peta for tree in compiled(former_texts()).trees})
