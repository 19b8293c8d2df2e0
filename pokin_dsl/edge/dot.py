"""Running the engine that lays out pictures: many graphs in few runs."""

from __future__ import annotations

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from pokin_dsl.edge.engine import Engine, environment
from pokin_dsl.site.layout import read_layouts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.site.layout import Layout

_LARGE_BATCH = 200
_MOST_RETRIES = 20


def lay_out(engine: Engine, graphs: Mapping[str, str], timeout_seconds: float) -> dict[str, Layout]:
    """Lay out graphs given as DOT text by name; what the engine could not do is absent.

    Graphs that differ only before their first brace are laid out once. Each run of the engine may
    take `timeout_seconds`, all attempts to make up for missing graphs together as much again.
    """
    namesakes = _by_shape(graphs)
    asked = {names[0]: graphs[names[0]] for names in namesakes}
    with ThreadPoolExecutor(max_workers=2) as pool:
        answers = pool.map(lambda part: _lay_out_part(engine, part, timeout_seconds), _parts(asked))
        found = {name: layout for answer in answers for name, layout in answer.items()}
    return {name: found[names[0]] for names in namesakes if names[0] in found for name in names}


def _by_shape(graphs: Mapping[str, str]) -> list[list[str]]:
    """Group the names of graphs that ask the same."""
    groups: dict[str, list[str]] = {}
    for name, text in graphs.items():
        groups.setdefault(text.partition("{")[2], []).append(name)
    return list(groups.values())


def _parts(graphs: dict[str, str]) -> list[dict[str, str]]:
    """Split a large batch in two, for two processes beside each other."""
    if len(graphs) <= _LARGE_BATCH:
        return [graphs]
    items, half = list(graphs.items()), len(graphs) // 2
    return [dict(items[:half]), dict(items[half:])]


def _lay_out_part(engine: Engine, graphs: dict[str, str], timeout_seconds: float) -> dict[str, Layout]:
    """Lay out a batch; a broken graph may swallow those behind it, so it is tried alone, then these.

    Each missing graph is tried alone at most once.
    """
    found = _run(engine, graphs, timeout_seconds)
    missing = {name: text for name, text in graphs.items() if name not in found}
    deadline = time.monotonic() + timeout_seconds
    for _ in range(_MOST_RETRIES):
        if not missing or time.monotonic() >= deadline:
            break
        suspect = next(iter(missing))
        found |= _run(engine, {suspect: missing.pop(suspect)}, deadline - time.monotonic())
        found |= _run(engine, missing, deadline - time.monotonic())
        missing = {name: text for name, text in missing.items() if name not in found}
    return found


def _run(engine: Engine, graphs: Mapping[str, str], timeout_seconds: float) -> dict[str, Layout]:
    """Run the engine once, and read what it answers."""
    if not graphs or timeout_seconds <= 0:
        return {}
    question = "\n".join(graphs.values()).encode("utf-8", "replace")
    return read_layouts(_answer(engine, question, timeout_seconds).decode("utf-8", "replace"))


def _answer(engine: Engine, question: bytes, timeout_seconds: float) -> bytes:
    """Return what the engine wrote, also where it failed or was stopped half-way."""
    try:
        return subprocess.run(  # noqa: S603 - our own engine, no shell
            [engine.path, "-Kdot", "-Tjson0"],
            input=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=timeout_seconds,
            env=environment(),
            check=False,
        ).stdout
    except subprocess.TimeoutExpired as stopped:
        return stopped.stdout or b""
    except OSError:
        return b""
