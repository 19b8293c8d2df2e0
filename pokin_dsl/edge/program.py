"""Which program this is: a digest over all that decides what it makes, so that nothing of another one is taken."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).resolve().parent.parent
ENGINE_WHEEL = "graphviz_pure"
# The libraries that shape output. What only serves, watches or speaks with the terminal is not among them.
_SHAPING = ("graphviz", ENGINE_WHEEL, "jinja2", "lark", "markdown_it_py", "markupsafe", "mdurl", "rapidfuzz")
_RECORDS = (".dist-info", ".egg-info")
_COMPILED = "__pycache__"


def look_folder() -> Path:
    """Give the folder of the built-in look; in a checkout it lies beside the package."""
    shipped = PACKAGE / "site_templates"
    return shipped if shipped.is_dir() else PACKAGE.parent / "site_templates"


def rule_pages_folder() -> Path:
    """Give the folder of what is said of each rule; in a checkout these are the case files of the tests."""
    shipped = PACKAGE / "rule_pages"
    return shipped if shipped.is_dir() else PACKAGE.parent / "tests" / "cases" / "rules"


@cache
def program_fingerprint() -> str:
    """Digest pokin's own files as they are now, and the versions of Python and of the libraries that shape output.

    The files themselves, not their version: a checkout under development never shows what yesterday's code made.

    Raises:
        OSError: a file of the program cannot be read.
    """
    told = sha256(sys.version.encode())
    for name, version in library_versions().items():
        told.update(f"\n{name} {version}".encode())
    for root in dict.fromkeys((PACKAGE, look_folder(), rule_pages_folder())):
        for path in sorted(_files(str(root))):
            with open(path, "rb", buffering=0) as stream:
                content = stream.read()
            told.update(f"\n{os.path.relpath(path, root)} {len(content)}\n".encode("utf-8", "surrogateescape"))
            told.update(content)
    return told.hexdigest()


@cache
def library_versions() -> dict[str, str]:
    """Give the installed version of each library that shapes output, by its name; empty for one that is not there.

    The folders of the installed distributions are named by library and version, so that listing them is enough;
    ``importlib.metadata`` says the same at a hundred times the cost and is asked only about what is not found so.
    """
    found: dict[str, str] = {}
    for entry in _installed():
        stem, dot, record = entry.rpartition(".")
        name, _, version = stem.partition("-")
        if dot + record in _RECORDS and version:
            found.setdefault(name.lower().replace(".", "_"), version)
    return {name: found.get(name) or _version_by_metadata(name) for name in _SHAPING}


def _installed() -> Iterator[str]:
    """Give what stands in the folders that Python imports from, in the order in which it looks."""
    for folder in sys.path:
        try:
            yield from sorted(os.listdir(folder or "."))  # noqa: PTH208 - a name is enough, a Path costs ten times as much
        except OSError:
            continue


def _version_by_metadata(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow to import, hardly ever needed

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != _COMPILED:
                    yield from _files(entry.path)
            else:
                yield entry.path
