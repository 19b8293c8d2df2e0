"""Prints what comparing two versions of a tree of 10,000 nodes costs beside their readings: usual and worst cases.

Run with ``python -m benchmarks.diff [NODES]``.
"""

from __future__ import annotations

import gc
import random
import re
import sys
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from benchmarks.trees import tree_text
from pokin_dsl.edge.package import read_sentence
from pokin_dsl.model.diff.versions import changes
from pokin_dsl.model.query import peta
from pokin_dsl.model.resolve import resolve
from pokin_dsl.report.changes_json import changes_json
from pokin_dsl.report.changes_markdown import changes_markdown
from pokin_dsl.report.changes_plain import changes_report
from pokin_dsl.syntax.parse import parse
from pokin_dsl.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pokin_dsl.model.diff.changes import Change
    from pokin_dsl.model.query import Peta

Made = TypeVar("Made")
NODES = 10_000
READER = read_sentence()
EDITS = 100
_TEXT = re.compile(r"^( *(?:csf|kondisi|antara|operasional|@indikator) )(.*)$", re.MULTILINE)
_STRANGE = str.maketrans("aiueonk", "uoaeikn")
_STATEMENT = re.compile(r"^( *(?:csf|kondisi|antara|operasional)(?: \[[^\]]+\])?) (\w+) (.*)$", re.MULTILINE)


def edited(text: str, edits: int = EDITS, seed: int = 7) -> str:
    """Give the tree with so many random edits: reworded, retargeted, handed over, removed, added, moved."""
    chance = random.Random(seed)
    lines = text.split("\n")
    for at in sorted(chance.sample(range(len(lines) // 10, len(lines) - 10), edits), reverse=True):
        near = next(n for n in range(at, len(lines)) if lines[n].lstrip().startswith(("operasional", "antara")))
        kind = chance.randrange(5)
        if kind == 0:
            lines[near] = lines[near].replace(" di ", " pada ") + " dan Sekitarnya"
        elif kind == 1:
            lines[near + 3] = re.sub(r"=\d+", f"={chance.randint(10, 59)}", lines[near + 3], count=1)
        elif kind == 2:
            indent = " " * (len(lines[near]) - len(lines[near].lstrip()))
            lines.insert(near, f"{indent}operasional Terlaksananya Kegiatan Baru Nomor {at}")
        elif kind == 3:
            del lines[near : near + 4]
        else:
            lines[near + 1] += " (Diperbarui)"
    return "\n".join(lines)


def _worst(text: str) -> dict[str, str]:
    """Give the other versions by what happened to them."""
    mixed = random.Random(3)

    def other_words(found: re.Match[str]) -> str:
        words = found[3].split()
        mixed.shuffle(words)
        return f"{found[1]} Tercapainya {' '.join(words)} {mixed.randint(0, 10**6)}"

    anonymous = re.sub(r" \[k-\d+\]", "", text)
    return {
        "nothing changed": text,
        f"{EDITS} random edits": edited(text),
        "every statement has one word more": _STATEMENT.sub(r"\1 \2 \3 Kabupaten", text),
        "every statement's words mixed, a number and a word new": _STATEMENT.sub(other_words, anonymous),
        "every text in another language": _TEXT.sub(lambda found: found[1] + found[2].translate(_STRANGE), anonymous),
        "another tree with the same words": tree_text(text.count("\n") // 5, seed=2).replace("[k-", "[x-"),
        "all operasional are twins": re.sub(r"(operasional) .*", r"\1 Tersedianya Laporan", text),
    }


def _read(text: str) -> Peta:
    document, _ = parse(Source("uji.pokin", text), READER)
    return peta(resolve("uji", document, {})[0].pohon)


def _timed(work: Callable[[], Made]) -> tuple[float, Made]:
    gc.collect()
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def _terminal(found: Sequence[Change]) -> str:
    return "".join(text for _, text in changes_report(found))


def main(nodes: int) -> None:
    """Print seconds for each case: comparing (the best of three), and printing in each form."""
    text = tree_text(nodes)
    before = _read(text)
    for case, other in _worst(text).items():
        after = _read(other)
        seconds = min(_timed(partial(changes, before, after))[0] for _ in range(3))
        found = changes(before, after)
        kinds = Counter(type(change).__name__ for change in found)
        forms = [_timed(partial(form, found))[0] for form in (_terminal, changes_markdown, changes_json)]
        told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        print(f"{case}: {seconds:.3f} s; terminal, Markdown, JSON {' '.join(f'{s:.3f}' for s in forms)} s; {told}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NODES)
