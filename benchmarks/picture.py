"""What using the picture costs the browser, in a real Chromium: ``python -m benchmarks.picture [NODES...]``.

Opens the front page of a generated tree with every branch open, then pans, zooms and folds. Prints milliseconds of
processor time on the page's own thread for each step; a frame has 16. How long a reader waits also depends on who else
uses the machine, which is why processor time is told.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
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

    from playwright.sync_api import Browser, CDPSession

SIZES = (200, 1_000)
_PAGE = "uji/index.html"
# Each step is done in a frame of its own; the last one waits until nothing is left to do.
_STEPS = """([step, times]) => new Promise((done) => {
  const frame = document.querySelector(".papan .gambar");
  const click = (what, nth = 0) => document.querySelectorAll(what)[nth].click();
  const steps = {
    geser: () => { frame.scrollLeft += 13; frame.scrollTop += 7; },
    perbesar: (n) => click(n % 2 ? "[data-alat=kecil]" : "[data-alat=besar]"),
    lipat: () => click(".lapis button", 3),
  };
  let n = 0;
  const next = () => {
    steps[step](n);
    n += 1;
    requestAnimationFrame(n < times ? next : () => setTimeout(done, 100));
  };
  next();
})"""
_TIMES = {"geser": 30, "perbesar": 6, "lipat": 4}


def measured(browser: Browser, folder: Path, nodes: int) -> dict[str, float]:
    """Give the milliseconds of processor time for each kind of step."""
    _write_site(folder, nodes)
    context = browser.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    page = context.new_page()
    page.goto((folder / _PAGE).as_uri() + "#gambar=tingkat:0;skala:60")
    page.locator(".papan").scroll_into_view_if_needed()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    found = {}
    for step, times in _TIMES.items():
        before = _busy(session)
        page.evaluate(_STEPS, [step, times])
        found[step] = (_busy(session) - before) * 1000 / times
    context.close()
    return found


def _busy(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(metric["value"]) for metric in metrics if metric["name"] == "TaskDuration")


def _write_site(folder: Path, nodes: int) -> None:
    look = built_in_look()
    whole = make_site(compiled({"uji.pokin": tree_text(nodes)}).trees, SiteSettings(), look.statics)
    site = Site({_PAGE: whole.pages[_PAGE]}, {}, whole.assets)
    on_disk(finish(site, Press(look)), folder)


def main(sizes: Iterable[int]) -> None:
    """Measure trees of these sizes."""
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        for nodes in sizes:
            found = measured(browser, Path(folder) / str(nodes), nodes)
            told = ", ".join(f"{step} {milliseconds:.1f} ms" for step, milliseconds in found.items())
            print(f"{nodes} boxes: {told}")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
