"""Which engine lays out pictures, and what tells it from any other; cheap to import."""

from __future__ import annotations

import os
import sysconfig
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from pokin_dsl.edge.program import ENGINE_WHEEL, library_versions

GRAPHVIZ = "graphviz"
"""What ``[gambar] mesin`` says where an engine is to lay out the pictures."""
NO_ENGINE = "tidak ada"
"""The identity of an engine that is asked for and not there."""
_OVERRIDE = "POKIN_ENGINE"
_EMBEDDED = ("graphviz-pure", "graphviz-pure.exe")
_ON_PATH = "dot"
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
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

    @property
    def identity(self) -> str:
        """What tells this engine from every other one whose pictures may differ.

        The engine installed with pokin is one pinned wheel: its version says all, and no process is started. Any
        other one is its bytes and what it says about itself, since `dot` is a small program around shared libraries.
        """
        version = library_versions()[ENGINE_WHEEL]
        if version and Path(self.path) in _embedded_paths():
            return f"{self.name} {version} {os.path.getsize(self.path)}"  # noqa: PTH202 - no Path is needed for this
        return f"{self.name} {_digest(self.path)} {self.version}"


def chosen_engine(mesin: str) -> Engine | None:
    """Return the engine that a workspace asks for; None where it asks for none, or there is none."""
    return find_engine() if mesin == GRAPHVIZ else None


def engine_identity() -> str:
    """Give the identity of the engine that would be used if one were asked for."""
    engine = find_engine()
    return engine.identity if engine else NO_ENGINE


def find_engine() -> Engine | None:
    """Return the engine installed with pokin, else `dot` on PATH, else None.

    POKIN_ENGINE=none stands for a machine without any, POKIN_ENGINE=<path> names another program.
    """
    chosen = os.environ.get(_OVERRIDE, "")
    if chosen == "none":
        return None
    if chosen:
        return _engine(Path(chosen))
    embedded = (_engine(path) for path in _embedded_paths())
    return next((engine for engine in embedded if engine), None) or _engine_on_path()


def environment() -> dict[str, str]:
    """Return the few variables that a program needs; none that would change what the engine does."""
    return {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}


def _embedded_paths() -> list[Path]:
    scripts = Path(sysconfig.get_path("scripts"))
    return [scripts / name for name in _EMBEDDED]


def _engine(path: Path) -> Engine | None:
    runnable = path.is_file() and os.access(path, os.X_OK)
    return Engine(path.stem, str(path.absolute())) if runnable else None


def _engine_on_path() -> Engine | None:
    """Find `dot`, but never one that only the current folder offers."""
    from shutil import which  # noqa: PLC0415 - costs a build with nothing changed 5 ms, and is hardly ever needed

    found = which(_ON_PATH)
    return _engine(Path(found)) if found and Path(found).is_absolute() else None


@lru_cache(maxsize=8)
def _version(path: str) -> str:
    import subprocess  # noqa: PLC0415 - the same, 6 ms

    try:
        answer = subprocess.run(  # noqa: S603 - our own engine, no shell
            [path, "-V"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_VERSION_SECONDS,
            env=environment(),
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    lines = answer.stdout.decode("utf-8", "replace").strip().splitlines()
    return lines[0][:200] if lines else ""


@lru_cache(maxsize=8)
def _digest(path: str) -> str:
    try:
        return sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""
