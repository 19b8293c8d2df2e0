"""Prints what merging is worth: generated two-branch histories by git's line merge and by ours, then what ours costs.

Run with ``python -m benchmarks.merge [HISTORIES [NODES]]``. Silent wrong is a merge without a conflict that is not what
the two lists of edits come to.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.diff import edited
from benchmarks.trees import tree_text
from pokin_dsl.edge.package import read_sentence
from pokin_dsl.model.merge.threeway import merge
from pokin_dsl.syntax.parse import parse
from pokin_dsl.text import Source
from tests.merge_histories import ASKED, CLEAN, CONFLICT, NEEDLESS, RIGHT, WRONG, history, judged
from tests.merge_trees import taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.merge_histories import History
    from tests.merge_trees import Thing

HISTORIES = 2_500
NODES = 10_000
_TREES = Path(__file__).resolve().parent.parent / "trees"
Texts = tuple[str, str, str]


def bases() -> list[Thing]:
    """Give the trees of which histories are made: generated ones and the two real ones."""
    generated = [taken(tree_text(nodes, seed)) for seed, nodes in enumerate((40, 60, 90))]
    return generated + [taken((_TREES / f"{name}.pokin").read_text("utf-8")) for name in ("kecamatan", "glenmore")]


def by_pokin(texts: Texts) -> str | None:
    merged = merge(texts, read_sentence())
    return None if merged.conflicts else merged.text


def by_git(folder: Path, *options: str) -> Callable[[Texts], str | None]:
    """Merge with ``git merge-file``."""

    def merged(texts: Texts) -> str | None:
        base, ours, theirs = (folder / name for name in ("asal", "kami", "mereka"))
        for path, text in zip((base, ours, theirs), texts, strict=True):
            path.write_text(text, "utf-8")
        command = ["git", "merge-file", "-p", "-q", *options, str(ours), str(base), str(theirs)]
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
        return done.stdout.decode() if done.returncode == 0 else None

    return merged


def by_git_merge(folder: Path) -> Callable[[Texts], str | None]:
    """Merge three commits as ``git merge`` does, which compares by histogram."""
    subprocess.run(["git", "init", "-q", "--bare", str(folder)], check=True)

    def git(*words: str, data: str = "") -> str:
        done = subprocess.run(
            ["git", "-C", str(folder), *words], input=data.encode(), capture_output=True, check=False, timeout=60
        )
        return done.stdout.decode() if done.returncode == 0 else ""

    def merged(texts: Texts) -> str | None:
        git("fast-import", "--quiet", "--force", data="".join(_commits(texts)))
        tree = git("merge-tree", "--write-tree", "ours", "theirs").strip()
        return git("cat-file", "blob", f"{tree}:pohon") if tree else None

    return merged


def _commits(texts: Texts) -> Iterator[str]:
    for mark, (name, text) in enumerate(zip(("base", "ours", "theirs"), texts, strict=True), 1):
        parent = "from :1\n" if mark > 1 else ""
        yield f"reset refs/heads/{name}\ncommit refs/heads/{name}\nmark :{mark}\n"
        yield f"committer Uji <uji@contoh.id> 0 +0000\ndata 0\n{parent}"
        yield f"M 644 inline pohon\ndata {len(text.encode())}\n{text}\n"


def counted(histories: list[History], ways: dict[str, Callable[[Texts], str | None]]) -> dict[str, Counter[str]]:
    """Count by way how its merges are to be judged."""
    texts = [made.texts() for made in histories]
    return {
        name: Counter(judged(made, way(three)) for made, three in zip(histories, texts, strict=True))
        for name, way in ways.items()
    }


def _print_table(found: dict[str, Counter[str]]) -> None:
    columns = (RIGHT, ASKED, NEEDLESS, WRONG)
    print("| cara | " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * len(columns))
    for name, count in found.items():
        print(f"| {name} | " + " | ".join(str(count[column]) for column in columns) + " |")


def _print_cost(nodes: int) -> None:
    base = tree_text(nodes)
    texts = (base, edited(base, seed=7), edited(base, seed=8))
    gc.disable()
    start = time.process_time()
    for text in texts:
        parse(Source("", text), read_sentence())
    read = time.process_time()
    merged = merge(texts, read_sentence())
    seconds = time.process_time() - read
    gc.enable()
    told = f"{merged.conflicts} conflicts, {'by fact' if merged.by_fact else 'by line'}"
    print(f"{nodes} nodes, 100 changes on either side: readings {read - start:.2f} s, merge {seconds:.2f} s; {told}")


def main(histories: int, nodes: int) -> None:
    """Print the table, then the seconds."""
    trees = bases()
    made = [history(trees[seed % len(trees)], seed) for seed in range(histories)]
    verdicts = Counter(one.verdict for one in made)
    print(f"{histories} histories: {verdicts[CLEAN]} to be merged, {verdicts[CONFLICT]} to be asked about")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ways = {
            "`git merge-file` (myers)": by_git(folder),
            "`git merge-file --diff3`": by_git(folder, "--diff3"),
            "`git merge` (histogram)": by_git_merge(folder / "h.git"),
            "`pokin merge`": by_pokin,
        }
        _print_table(counted(made, ways))
    _print_cost(nodes)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:3]]
    main(*given, *(HISTORIES, NODES)[len(given) :])
