"""How soon a save is seen: from the file being closed to the open page having its new content, in a real browser."""

from __future__ import annotations

import os
import re
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.trees import tree_text
from tests.browser import chromium
from tests.served import free_port, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.served import Served

LIMITS = {"kecamatan": 60, "1000": 100, "10000": 250}
"""Milliseconds that the median may take, debounce included."""
_ROUNDS = 12
_KONDISI = re.compile(r"^ +kondisi \[([a-z0-9-]+)\] (.+)$", re.MULTILINE)
_EXPECT = """mark => {
  window.arrival = new Promise(arrived => {
    new MutationObserver((_, observer) => {
      if (!document.body.textContent.includes(mark)) return;
      observer.disconnect();
      arrived(performance.timeOrigin + performance.now());
    }).observe(document.documentElement, {subtree: true, childList: true, characterData: true});
  });
}"""


@dataclass(frozen=True, slots=True)
class Edit:
    """A text to be saved, the node that it changes, and what is then to be seen on its page."""

    node: str
    text: str
    mark: str


def measure(size: str) -> None:
    """Print the medians for one size: a word changed, and a line added."""
    text = _tree(size)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        os.environ["POKIN_CACHE"] = str(Path(folder, "ingatan"))
        tree = Path(folder, "kerja", "trees", "uji.pokin")
        tree.parent.mkdir(parents=True)
        tree.write_text(text, "utf-8")
        with served(tree.parent.parent, "--port", str(free_port())) as running:
            page = browser.new_page()
            for what, edits in (("a word changed", _words(text)), ("a line added", _lines(text))):
                taken = [_seen(running, page, tree, edit) for edit in edits]
                print(
                    f"  {size:>9} {what:16} median {statistics.median(taken):6.1f} ms"
                    f" (limit {LIMITS.get(size, 0)}), {min(taken):.1f} to {max(taken):.1f}",
                    flush=True,
                )
            tree.write_text(text, "utf-8")
            running.end()


def _seen(running: Served, page: Page, tree: Path, edit: Edit) -> float:
    """Open a node's page, save a text that changes it, and give the milliseconds until the page shows it."""
    page.goto(f"{running.url}uji/kinerja/{edit.node}.html")
    page.locator("pokin-pratinjau").wait_for(state="attached")
    page.evaluate(_EXPECT, edit.mark)
    before = len(running.lines)
    time.sleep(0.3)  # as somebody who reads before he writes: the page has said hello
    tree.write_text(edit.text, "utf-8")
    saved = time.time() * 1000
    arrived: float = page.evaluate("() => window.arrival")
    running.wait_for_line("milidetik", after=before)
    return arrived - saved


def _tree(size: str) -> str:
    if size.isdigit():
        return tree_text(int(size))
    return Path("trees", f"{size}.pokin").read_text("utf-8")


def _words(text: str) -> Iterator[Edit]:
    """Change a word of a kondisi, at places all over the tree."""
    for nth, found in enumerate(_spread(text)):
        mark = f"{found[2]} Tanda{nth}"
        yield Edit(found[1], f"{text[: found.start(2)]}{mark}{text[found.end(2) :]}", mark)


def _lines(text: str) -> Iterator[Edit]:
    """Give a kondisi one more indicator, at places all over the tree; all lines below move."""
    for nth, found in enumerate(_spread(text)):
        mark = f"Persentase Tanda{nth}"
        margin = " " * (len(found[0]) - len(found[0].lstrip()) + 2)
        yield Edit(found[1], f"{text[: found.end()]}\n{margin}@indikator {mark}{text[found.end() :]}", mark)


def _spread(text: str) -> list[re.Match[str]]:
    found = list(_KONDISI.finditer(text))
    return [found[nth * len(found) // _ROUNDS] for nth in range(_ROUNDS)]


def main(sizes: list[str]) -> None:
    """Measure each size."""
    print("\npreview: from the end of the save to the new content in the open page")
    for size in sizes or LIMITS:
        measure(size)


if __name__ == "__main__":
    main(sys.argv[1:])
