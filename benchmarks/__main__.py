"""What a build costs, stage by stage: ``python -m benchmarks [NODES...]``.

Prints for each size the nodes, lines, seconds per stage, lines and pages a second, and the peak memory of a process
that did nothing else. Each size runs in processes of its own.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from benchmarks import diff, fmt, merge, preview, search
from benchmarks.again import compare_builds
from benchmarks.trees import tree_text
from pokin_dsl.edge.building import build_workspace
from pokin_dsl.edge.package import built_in_look, read_sentence
from pokin_dsl.edge.publish import publish
from pokin_dsl.edge.workspace import open_workspace
from pokin_dsl.model.query import peta
from pokin_dsl.model.resolve import resolve
from pokin_dsl.pipeline import Reading, compile_trees, model_files, read
from pokin_dsl.rules.registry import check
from pokin_dsl.site.memory import page_key
from pokin_dsl.site.pages import make_site
from pokin_dsl.site.press import Press, finish, made_data
from pokin_dsl.site.site import Page, Site, SiteSettings
from pokin_dsl.syntax.parse import parse
from pokin_dsl.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
SIZES = (1_000, 10_000)
MERGED = 500
PATH = "trees/uji.pokin"


class Clock:
    """Runs stages and prints what each took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, stage: str, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        result = work()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - started
        return result


def note_time(told: dict[str, list[float]], stage: str, _done: int, _of: int) -> None:
    """Note when something was told of a stage."""
    told.setdefault(stage, []).append(time.perf_counter())


def make_one(site: Site, path: str) -> Page:
    """Make one page."""
    return site.pages[path]()


def measure(nodes: int) -> None:
    """Print the figures of one size."""
    text = tree_text(nodes)
    lines = text.count("\n")
    clock = Clock()
    gc.disable()
    reader = clock.time("load grammar and templates", lambda: (read_sentence(), built_in_look()))[0]
    look, source = built_in_look(), Source(PATH, text)
    document, _ = clock.time("read", lambda: parse(source, reader))
    resolved, _ = clock.time("resolve", lambda: resolve("uji", document, {}))
    index = clock.time("index", lambda: peta(resolved.pohon))
    clock.time("check", lambda: check(resolved, index, source))
    compilation = compile_trees(read(Reading(), {PATH: (source, ())}, reader), {PATH: "uji.pokin"})
    plan = partial(make_site, compilation.trees, SiteSettings(), look.statics)
    leaf = f"uji/kinerja/{list(index.simpul)[-1]}.html"
    clock.time("plan, and make one page", lambda: make_one(plan(), leaf))
    site = clock.time("plan all pages", plan)
    pages = clock.time("make all pages", lambda: [make() for make in site.pages.values()])
    clock.time("keys of all pages", lambda: [page_key(page, look, "") for page in pages])
    told: dict[str, list[float]] = {}
    files = clock.time(
        "make, render, draw",
        lambda: finish(site, Press(look), told=partial(note_time, told)),
    )
    files |= clock.time("write JSON and DOT", lambda: made_data(model_files(compilation.trees)))
    with tempfile.TemporaryDirectory() as folder:
        clock.time("publish", lambda: publish(Path(folder) / "output", files))
    print(f"\n{len(index.simpul)} nodes, {lines} lines, {len(pages)} pages")
    for stage, seconds in clock.seconds.items():
        print(f"  {stage:32} {seconds:7.3f} s  {seconds / nodes * 1e6:7.0f} us a node")
    later = clock.seconds["resolve"] + clock.seconds["index"] + clock.seconds["check"]
    print(
        f"  reading: {lines / clock.seconds['read']:.0f} lines a second; resolving and checking / reading: "
        f"{later / clock.seconds['read']:.2f}"
    )
    print(f"  all rules / reading: {clock.seconds['check'] / clock.seconds['read']:.2f}")
    for stage, times in told.items():
        print(f"  {stage:32} {times[-1] - times[0]:7.3f} s  {len(pages) / (times[-1] - times[0]):7.0f} pages a second")


def measure_whole(nodes: int) -> None:
    """Print the wall time of a whole cold build, as the command does it, and the peak memory of this process."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / PATH
        tree.parent.mkdir()
        tree.write_text(tree_text(nodes), "utf-8")
        built = build_workspace(open_workspace([], Path(folder)), Path(folder) / "output", force=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  whole build: {built.seconds:.2f} s, {built.pages / built.seconds:.0f} pages a second; "
        f"peak memory {peak:.0f} MiB"
    )


def main(words: list[str]) -> None:
    """Run each size in processes of its own."""
    if words[:1] == ["--stages"]:
        measure(int(words[1]))
    elif words[:1] == ["--whole"]:
        measure_whole(int(words[1]))
    else:
        sizes = [int(word) for word in words] or SIZES
        for nodes in sizes:
            for part in ("--stages", "--whole"):
                subprocess.run([sys.executable, "-m", "benchmarks", part, str(nodes)], check=True)
        compare_builds(sizes)
        for nodes in sizes:
            fmt.main(nodes)
            diff.main(nodes)
        merge.main(MERGED, max(sizes))
        preview.main(words)
        search.main(words)


if __name__ == "__main__":
    main(sys.argv[1:])
