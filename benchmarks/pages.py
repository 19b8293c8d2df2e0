"""How heavy pages are and how soon a reader can use them: ``python -m benchmarks.pages [--times] [NODES...]``.

Prints for generated trees, by kind of page, its bytes and its bytes a node; with ``--times`` also the milliseconds from
opening it, straight from the folder in a real Chromium, until it is loaded, laid out, painted and answers.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.trees import tree_text
from pokin_dsl.edge.building import build_workspace
from pokin_dsl.edge.workspace import open_workspace
from tests.browser import chromium

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser, ViewportSize

SIZES = (100, 1_000, 10_000)
_TREE = "uji"
_ROUNDS = 5
_VIEW: ViewportSize = {"width": 1280, "height": 900}
# Two frames after the load event the page is painted; the message after them waits for all that its scripts still do.
_READY = """() => new Promise(ready => {
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => ready(performance.now());
    port2.postMessage(0);
  }));
  if (document.readyState === "complete") painted(); else addEventListener("load", painted);
})"""


def measure(nodes: int, *, findings: bool = False, times: bool = False) -> None:
    """Print the figures of a tree of so many nodes, or of one of which every indicator has a finding."""
    with tempfile.TemporaryDirectory() as folder:
        text = tree_text(nodes)
        site = _built(Path(folder), text.replace("  @target (%) ", "  @target () ") if findings else text)
        kinds = _kinds(site)
        print(f"\n{nodes} nodes{', each with findings' if findings else ''}")
        print(f"  {'style sheets and scripts':24} {_equipment(site.parent) / 1000:9.1f} KB in all")
        for kind, path in kinds.items():
            size = path.stat().st_size
            print(f"  {kind:24} {size / 1000:9.1f} KB {size / nodes:7.0f} bytes a node", end="" if times else "\n")
            if times:
                with chromium() as browser:
                    print(f" {_ready(browser, path):7.0f} ms", flush=True)


def _built(root: Path, text: str) -> Path:
    tree = root / "trees" / f"{_TREE}.pokin"
    tree.parent.mkdir()
    tree.write_text(text, "utf-8")
    build_workspace(open_workspace([], root), root / "output", force=True)
    return root / "output" / _TREE


def _kinds(site: Path) -> dict[str, Path]:
    """Give the heaviest page of each kind: those that a tree has once, and those of which it has many, by folder."""
    kinds = {path.name: path for path in sorted(site.glob("*.html"))}
    folders = sorted(folder for folder in site.iterdir() if folder.is_dir())
    return kinds | {f"{folder.name}/": _heaviest(folder.glob("*.html")) for folder in folders}


def _equipment(root: Path) -> int:
    """Give the bytes of all style sheets and scripts that a site carries."""
    return sum(path.stat().st_size for path in (root / "statis").rglob("*") if path.suffix in {".css", ".js"})


def _heaviest(paths: Iterable[Path]) -> Path:
    return max(sorted(paths), key=lambda path: path.stat().st_size)


def _ready(browser: Browser, path: Path) -> float:
    """Give the median over fresh windows, in milliseconds."""
    taken: list[float] = []
    for _ in range(_ROUNDS):
        page = browser.new_page(viewport=_VIEW)
        page.goto(path.as_uri(), wait_until="commit")
        taken.append(float(page.evaluate(_READY)))
        page.close()
    return median(taken)


def main(words: list[str]) -> None:
    """Print the figures of each size, and of the largest with many findings."""
    sizes = [int(word) for word in words if word.isdigit()] or SIZES
    for nodes in sizes:
        measure(nodes, times="--times" in words)
    measure(max(sizes), findings=True, times="--times" in words)


if __name__ == "__main__":
    main(sys.argv[1:])
