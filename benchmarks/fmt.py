"""Prints what formatting costs beside its readings: a canonical tree, one with few changes, and all lines wrong.

Run with ``python -m benchmarks.fmt [NODES]``. Formatting is reading a text, safe fixes, printing, reading the result,
and comparing both outlines. Both readings are timed once more apart, with the same things remembered, and taken off.
Seconds are those of the processor, so that what else the machine does counts little.
"""

from __future__ import annotations

import re
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from benchmarks.trees import tree_text
from pokin_dsl.edge.building import collector_off
from pokin_dsl.edge.formatting import STANDARD_INPUT, format_bytes
from pokin_dsl.edge.package import read_sentence
from pokin_dsl.model.resolve import resolve
from pokin_dsl.syntax.canonical import canonical
from pokin_dsl.syntax.parse import parse
from pokin_dsl.syntax.sections import forget
from pokin_dsl.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from pokin_dsl.syntax.nodes import Document

Made = TypeVar("Made")
NODES = 10_000
_AWAL_AND_TARGET = re.compile(r"^( *@awal[^\n]*\n)( *@target[^\n]*\n)", re.MULTILINE)
_TARGET_WITH_UNIT = re.compile(r"^( *)@target \(([^)]*)\) ([^\n]*)$", re.MULTILINE)


def untidy(text: str) -> dict[str, str]:
    """Give other ways of writing a canonical text, by what is wrong with them."""
    swapped = r"\2\1"
    return {
        "canonical already": text,
        "ten annotations in another order": _AWAL_AND_TARGET.sub(swapped, text, count=10),
        "no blank lines": text.replace("\n\n", "\n"),
        "every indicator's annotations in another order": _AWAL_AND_TARGET.sub(swapped, text),
        "every unit on a line of its own": _TARGET_WITH_UNIT.sub(r"\1@target \3\n\1@satuan \2", text),
        "two spaces after each first word": re.sub(r"^( *[^\s:]+) ", r"\1  ", text, flags=re.MULTILINE),
        "four spaces a level": re.sub(r"^ +", _doubled, text, flags=re.MULTILINE),
        "tabs, CRLF": re.sub(r"^ +", _tabbed, text, flags=re.MULTILINE).replace("\n", "\r\n"),
    }


def _doubled(margin: re.Match[str]) -> str:
    return margin[0] * 2


def _tabbed(margin: re.Match[str]) -> str:
    return "\t" * (len(margin[0]) // 2)


def _timed(work: Callable[[], Made]) -> tuple[float, Made]:
    started = time.process_time()
    made = work()
    return time.process_time() - started, made


def _read(text: str) -> Document:
    return parse(Source(STANDARD_INPUT, text), read_sentence())[0]


def _tree(document: Document) -> object:
    return resolve("uji", document, {})[0].pohon


def main(nodes: int) -> None:
    """Print seconds: of the first reading, the model and printing, then of formatting each text."""
    text = tree_text(nodes)
    read_sentence()
    with collector_off():
        reading, document = _timed(partial(_read, text))
        printing, form = _timed(partial(canonical, document))
        assert form.text == text
        model, _ = _timed(partial(_tree, document))
        print(f"{nodes} nodes: first reading {reading:.3f} s, model {model:.3f} s, printing {printing:.3f} s")
        for case, other in untidy(text).items():
            _read(other)
            forget()
            seconds, done = _timed(partial(format_bytes, other.encode(), {}))
            assert done.after.get(STANDARD_INPUT, other) == text
            forget()
            first, _ = _timed(partial(_read, other))
            second, _ = _timed(partial(_read, text)) if other != text else (0.0, None)
            print(
                f"  {case:46} formatting {seconds:.3f} s, of it readings {first:.3f} s and {second:.3f} s,"
                f" beside them {seconds - first - second:.3f} s"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NODES)
