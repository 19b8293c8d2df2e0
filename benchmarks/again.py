"""What it costs to build again, as whole processes: nothing changed, one word changed, against a build from nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.trees import tree_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).resolve().parent.parent
TREE = "trees/uji.pokin"
_RUNS = 9
_RUNS_OF_LARGE = 3
_LARGE = 5_000
# What the project promises: a build with nothing changed against a cold one, and against the start of the command.
_MOST_OF_COLD = 0.25
_MOST_OF_START = 3.0


def compare_builds(sizes: Iterable[int]) -> None:
    """Print the figures of the kecamatan tree and of generated trees of these sizes."""
    print("\nbuild again (whole processes, medians)")
    kecamatan = (ROOT / "trees" / "kecamatan.pokin").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), _RUNS)
        start = bench.time(lambda: bench.pokin("--help"))
        print(f"  pokin --help: {start * 1000:.0f} ms")
        _compare("kecamatan", kecamatan, bench, start)
    for nodes in sizes:
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(Path(folder), _RUNS_OF_LARGE if nodes > _LARGE else _RUNS)
            _compare(f"{nodes} nodes", tree_text(nodes), bench, None)


class Bench:
    """A workspace with a cache of its own, and the command as people start it."""

    def __init__(self, folder: Path, runs: int) -> None:
        self.folder = folder / "kerja"
        self.cache = folder / "ingatan"
        self.runs = runs
        (self.folder / "trees").mkdir(parents=True)

    def pokin(self, *words: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "POKIN_CACHE": str(self.cache)}
        command = [sys.executable, "-m", "pokin_dsl", *words]
        subprocess.run(command, cwd=self.folder, env=environment, check=True, stdout=subprocess.DEVNULL)

    def write(self, text: str) -> None:
        (self.folder / TREE).write_text(text, "utf-8")

    def forget(self) -> None:
        shutil.rmtree(self.cache, ignore_errors=True)
        shutil.rmtree(self.folder / "output", ignore_errors=True)

    def time(self, work: Callable[[], None], before: Callable[[], None] | None = None) -> float:
        """Give the median of several runs, in seconds; what comes before each run is not counted."""
        seconds = []
        for _ in range(self.runs):
            if before:
                before()
            started = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - started)
        return median(seconds)


def _compare(name: str, text: str, bench: Bench, start: float | None) -> None:
    bench.write(text)
    cold = bench.time(lambda: bench.pokin("build"), bench.forget)
    again = bench.time(lambda: bench.pokin("build"))
    words = iter(range(bench.runs))
    word = bench.time(lambda: bench.pokin("build"), lambda: bench.write(_one_word_more(text, next(words))))
    print(f"  {name}: from nothing {cold:.2f} s")
    print(f"    nothing changed   {again * 1000:6.0f} ms  {again / cold:.3f} of that (limit {_MOST_OF_COLD})")
    if start is not None:
        print(f"{'':30}{again / start:.2f} x pokin --help (limit {_MOST_OF_START:.0f})")
    print(f"    one word changed  {word * 1000:6.0f} ms  {word / cold:.3f} of that")


def _one_word_more(text: str, number: int) -> str:
    """Give the tree with one more word in its last performance, another one each time."""
    lines = text.splitlines()
    last = max(n for n, line in enumerate(lines) if line.lstrip().startswith(("antara", "operasional")))
    lines[last] += f" Baru{number}"
    return "\n".join(lines) + "\n"
