"""How soon a keystroke in the search is answered, in a real Chromium: ``python -m benchmarks.search [NODES...]``.

Opens one page of a generated tree straight from its folder, opens the search, and types words letter by letter.
Prints the milliseconds of a keystroke, from the event until the results stand in the page and are laid out (of seven
rounds the least, since others use the machine too); how long the index takes to load, and its size.

Measured on two cores, Chromium 156, median (most) over 71 keystrokes:

| nodes  | a keystroke  | the very first letter | the index is there after | its size |
|--------|--------------|-----------------------|--------------------------|----------|
| 1,000  | 1.7 (2.3) ms | 1.7 (2.0) ms          | 0.5 s                    | 0.28 MB  |
| 10,000 | 1.8 (2.2) ms | 1.9 (2.2) ms          | 0.5 s                    | 2.85 MB  |
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.trees import tree_text
from pokin_dsl.edge.package import built_in_look
from pokin_dsl.site.pages import make_site
from pokin_dsl.site.press import Press, finish
from pokin_dsl.site.site import Site, SiteSettings
from tests.browser import chromium
from tests.sites import compiled, on_disk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser

SIZES = (1_000, 10_000)
FRAME = 16
"""Milliseconds that a keystroke may take."""
_PAGE = "uji/kinerja/utama.html"
_QUERIES = ("pelayanan masyarakat", "mengawasi", "terwujud", "kasi keuangan", "keluarga pesisir", "123", "pelaynan")
_ROUNDS = 7
_OPEN = """() => new Promise(ready => {
  const before = performance.now();
  document.dispatchEvent(new KeyboardEvent("keydown", {key: "/", cancelable: true}));
  const field = document.getElementById("cari-kata"), loading = document.querySelector(".cari-pemuatan");
  field.value = "pelaksana";
  const check = () => {
    field.dispatchEvent(new Event("input"));
    if (document.querySelector(".cari [role=option]") && !loading.textContent)
      ready(performance.now() - before);
    else setTimeout(check, 1);
  };
  check();
})"""
_TYPE = """([queries, rounds]) => {
  const field = document.getElementById("cari-kata"), list = document.getElementById("cari-hasil");
  const type = text => {
    const before = performance.now();
    field.value = text;
    field.dispatchEvent(new Event("input"));
    list.getBoundingClientRect();
    return performance.now() - before;
  };
  const least = {};
  for (let round = 0; round < rounds; round += 1)
    for (const query of queries) {
      type("");
      for (let length = 1; length <= query.length; length += 1) {
        const text = query.slice(0, length);
        least[text] = Math.min(type(text), least[text] ?? Infinity);
      }
    }
  return least;
}"""


def measure(browser: Browser, nodes: int) -> None:
    """Print the figures of a tree of so many nodes."""
    with tempfile.TemporaryDirectory() as folder:
        size = _write(Path(folder), tree_text(nodes))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((Path(folder) / _PAGE).as_uri())
        opened: float = page.evaluate(_OPEN)
        least: dict[str, float] = page.evaluate(_TYPE, [list(_QUERIES), _ROUNDS])
        page.close()
    print(
        f"  {nodes:>6} nodes: a keystroke {_told(least.values())},"
        f" the very first letter {_told(taken for text, taken in least.items() if len(text) == 1)},"
        f" over {FRAME} ms: {sum(taken > FRAME for taken in least.values())} of {len(least)};"
        f" index of {size / 1e6:.2f} MB there after {opened:.0f} ms",
        flush=True,
    )


def _write(root: Path, text: str) -> int:
    """Write one page of a tree's site, and all that its search needs; give the size of the index."""
    look = built_in_look()
    whole = make_site(compiled({"uji.pokin": text}).trees, SiteSettings(), look.statics)
    site = Site({_PAGE: whole.pages[_PAGE]}, {}, whole.assets, whole.data)
    on_disk(finish(site, Press(look)), root)
    return (root / "uji" / "cari-data.js").stat().st_size


def _told(taken: Iterable[float]) -> str:
    times = sorted(taken)
    return f"{median(times):.1f} ({times[-1]:.1f}) ms"


def main(words: list[str]) -> None:
    """Print the figures of each size."""
    print("\nsearch: from a keystroke to the results in the page, median (most)")
    with chromium() as browser:
        for nodes in [int(word) for word in words] or SIZES:
            measure(browser, nodes)


if __name__ == "__main__":
    main(sys.argv[1:])
