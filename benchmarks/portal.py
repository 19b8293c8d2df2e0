"""Many small trees in one workspace: ``python -m benchmarks.portal [TREES]``.

Prints what a tree adds to the time of a build and to the first page, whether half as many trees take half the time, and
how soon a browser paints the first page.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pokin_dsl.edge.building import build_workspace
from pokin_dsl.edge.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

TREES = 500
_PER_FOLDER = 20
_TYPE = """() => {
  const field = document.querySelector(".saring-pohon input");
  field.value = "unit uji 123";
  const started = performance.now();
  field.dispatchEvent(new Event("input"));
  document.body.offsetHeight;
  return performance.now() - started;
}"""
_STATES = ("disetujui", "menunggu", "ditolak", "")


def portal_texts(trees: int) -> Iterator[tuple[str, str]]:
    """Give small trees by their path below ``trees/``, twenty to a folder, each with partners beside it."""
    for number in range(trees):
        folder, nth = divmod(number, _PER_FOLDER)
        yield f"dinas-uji-{folder}/unit-{nth}.pokin", "\n".join(_lines(number, trees)) + "\n"


def _lines(number: int, trees: int) -> Iterator[str]:
    yield from ("pokin: 1", f"judul: Pohon Kinerja Unit Uji {number}", f"instansi: Unit Uji {number}", "tahap: 3", "")
    yield from ("jabatan [kepala] Kepala Unit", f"outcome [utama] Terwujudnya Layanan Unit {number} yang Baik")
    yield from ("  @indikator [ikm] Indeks Kepuasan Masyarakat", "    @target (indeks) 2026=80", "  @pk kepala")
    for branch in range(3):
        yield f"  kondisi [k-{branch}] Meningkatnya Mutu Layanan {branch} Unit {number}"
        if branch == 0:
            status = _STATES[number % len(_STATES)]
            yield f"    @crosscutting Unit Uji {(number + 7) % trees}: data pendukung" + (
                f" ({status})" if status else ""
            )
        if branch == 1 and number % 5 == 0:
            yield "    @crosscutting Kepolisian Resor Uji: pengamanan (menunggu)"
        for leaf in range(3):
            yield f"    antara [a-{branch}-{leaf}] Terselenggaranya Layanan {branch}.{leaf} Unit {number}"
            yield f"      operasional [o-{branch}-{leaf}] Terlaksananya Layanan {branch}.{leaf} Unit {number}"


def write_workspace(folder: Path, trees: int) -> None:
    """Write a workspace of so many trees."""
    for path, text in portal_texts(trees):
        file = folder / "trees" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def main(trees: int = TREES) -> None:
    """Print the figures; processor seconds say more than the clock where the machine has other work."""
    print(f"\nportal of {trees} small trees")
    half, whole = _build(trees // 2), _build(trees)
    print(f"  twice the trees take {whole / half:.2f} x (2 is linear, 4 quadratic)")


def _build(trees: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_workspace(folder, trees)
        started = time.process_time()
        built = build_workspace(open_workspace([], folder), folder / "output", force=True)
        spent = time.process_time() - started
        front = (folder / "output" / "index.html").stat().st_size
        ties = (folder / "output" / "crosscutting.html").stat().st_size
        print(f"  {trees} trees, {built.pages} pages: {built.seconds:.2f} s, of the processor {spent:.2f} s,")
        print(f"    {spent / trees * 1000:.1f} ms a tree and {spent / built.pages * 1e6:.0f} us a page")
        print(f"    first page {front / 1024:.0f} KiB, {front / trees:.0f} bytes a tree; ties {ties / 1024:.0f} KiB")
        _paint(folder / "output" / "index.html")
        return spent


def _paint(page: Path) -> None:
    """Print how soon the first page is painted and can be used, where there is a browser."""
    from tests.browser import chromium

    with chromium() as browser:
        opened = browser.new_page()
        opened.goto(page.as_uri())
        painted = opened.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        ready = opened.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        typed = opened.evaluate(_TYPE)
        print(f"    painted after {painted:.0f} ms, usable after {ready:.0f} ms, filtered within {typed:.1f} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
