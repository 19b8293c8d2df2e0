"""Running the engine that lays out pictures: which one there is, and many graphs in few runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pokin_dsl.site.layout import read_layouts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.site.layout import Layout

_OVERRIDE = "POKIN_ENGINE"
_EMBEDDED = ("graphviz-pure", "graphviz-pure.exe")
_ON_PATH = "dot"
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
_LARGE_BATCH = 200
_MOST_RETRIES = 20
_VERSION_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that understands DOT and answers in json0."""

    name: str
    path: str

    @property
    def version(self) -> str:
        """What the engine says about itself, asked once per process; empty if it does not answer."""
        return _version(self.path)


def find_engine() -> Engine | None:
    """Return the engine installed with pokin, else `dot` on PATH, else None.

    POKIN_ENGINE=none turns pictures off, POKIN_ENGINE=<path> names another program.
    """
    chosen = os.environ.get(_OVERRIDE, "")
    if chosen == "none":
        return None
    if chosen:
        return _engine(Path(chosen))
    scripts = Path(sysconfig.get_path("scripts"))
    embedded = (_engine(scripts / name) for name in _EMBEDDED)
    return next((engine for engine in embedded if engine), None) or _engine_on_path()


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


def _engine(path: Path) -> Engine | None:
    runnable = path.is_file() and os.access(path, os.X_OK)
    return Engine(path.stem, str(path.absolute())) if runnable else None


def _engine_on_path() -> Engine | None:
    """Find `dot`, but never one that only the current folder offers."""
    found = shutil.which(_ON_PATH)
    return _engine(Path(found)) if found and Path(found).is_absolute() else None


@lru_cache(maxsize=8)
def _version(path: str) -> str:
    try:
        answer = subprocess.run(  # noqa: S603 - our own engine, no shell
            [path, "-V"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_VERSION_SECONDS,
            env=_environment(),
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    lines = answer.stdout.decode("utf-8", "replace").strip().splitlines()
    return lines[0][:200] if lines else ""


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
            env=_environment(),
            check=False,
        ).stdout
    except subprocess.TimeoutExpired as stopped:
        return stopped.stdout or b""
    except OSError:
        return b""


def _environment() -> dict[str, str]:
    """Return the few variables that a program needs; none that would change what the engine does."""
    return {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
