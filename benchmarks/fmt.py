"""Prints what formatting costs beside its readings: a canonical tree, one with a few changes, one with all lines wrong.

Run with ``python -m benchmarks.fmt [NODES]``. Each case is read first, apart; then it is formatted, which is: printing,
reading the result, and the model of both texts, to compare them. What one case has read is forgotten before the next.
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

Made = TypeVar("Made")
NODES = 10_000
_AWAL_AND_TARGET = re.compile(r"^( *@awal[^\n]*\n)( *@target[^\n]*\n)", re.MULTILINE)


def untidy(text: str) -> dict[str, str]:
    """Give other ways of writing a canonical text, by what is wrong with them."""
    swapped = r"\2\1"
    return {
        "canonical already": text,
        "ten annotations in another order": _AWAL_AND_TARGET.sub(swapped, text, count=10),
        "no blank lines": text.replace("\n\n", "\n"),
        "every indicator's annotations in another order": _AWAL_AND_TARGET.sub(swapped, text),
        "tabs, CRLF": re.sub(r"^ +", lambda found: "\t" * (len(found[0]) // 2), text, flags=re.MULTILINE).replace(
            "\n", "\r\n"
        ),
    }


def _timed(work: Callable[[], Made]) -> tuple[float, Made]:
    started = time.perf_counter()
    made = work()
    return time.perf_counter() - started, made


def _tree(text: str) -> object:
    document, _ = parse(Source(STANDARD_INPUT, text), read_sentence())
    return resolve("uji", document, {})[0].pohon


def main(nodes: int) -> None:
    """Print seconds: of the first reading and of printing, then of formatting each text whose lines are known."""
    text = tree_text(nodes)
    read_sentence()
    with collector_off():
        reading, (document, _) = _timed(partial(parse, Source(STANDARD_INPUT, text), read_sentence()))
        printing, form = _timed(partial(canonical, document))
        assert form.text == text
        model, _ = _timed(partial(_tree, text))
        print(f"{nodes} nodes: first reading {reading:.3f} s, model {model:.3f} s, printing {printing:.3f} s")
        for case, other in untidy(text).items():
            forget()
            known, _ = _timed(partial(parse, Source(STANDARD_INPUT, other), read_sentence()))
            seconds, done = _timed(partial(format_bytes, other.encode(), {}))
            assert done.after.get(STANDARD_INPUT, other) == text
            forget()
            again, _ = _timed(partial(parse, Source(STANDARD_INPUT, text), read_sentence()))
            told = f"  {case}: reading {known:.3f} s, formatting {seconds:.3f} s"
            print(told + (f", of it {again:.3f} s for reading the result" if other != text else ""))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NODES)
