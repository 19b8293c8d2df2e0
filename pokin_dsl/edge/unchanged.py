"""A build with nothing changed: told from the record of the last one, before anything that builds is even imported."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pokin_dsl.edge.engine import engine_identity
from pokin_dsl.edge.location import SETTINGS, THEME, Location, load_bytes, settings_bytes, theme_paths
from pokin_dsl.edge.program import program_fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pokin_dsl.edge.cache import Cache

NO_FILE = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What a build is asked for: the workspace and its files, the output folder if one is named, and ``force``."""

    location: Location
    output: Path | None
    force: bool

    @property
    def name(self) -> str:
        """Give what its record is called by: there is one for each output folder."""
        return f"build {self.output.resolve() if self.output else ''}"


@dataclass(frozen=True, slots=True)
class Account:
    """What a build has to say: styled pieces of its report, pages, and whether its findings fail it.

    ``target`` is the folder that it wrote to.
    """

    target: str
    pages: int
    segments: tuple[tuple[str, str], ...]
    fails: bool
    fails_when_strict: bool


@dataclass(frozen=True, slots=True)
class Imprint:
    """The files of a site: their sizes by path, and one digest over all their names and contents in this order."""

    sizes: Mapping[str, int]
    digest: str


@dataclass(frozen=True, slots=True)
class Record:
    """A build: all that decided what it made, what it made, and what it said.

    ``addresses`` are the files that may be trees, ``inputs`` the digests of all files that were read or asked for in
    vain (empty), by path relative to the root.
    """

    addresses: Mapping[str, str]
    force: bool
    program: str
    engine: str
    inputs: Mapping[str, str]
    site: Imprint
    account: Account


def unchanged(cache: Cache, request: Request) -> Account | None:
    """Give what the last build said if this one would make and say the same, byte for byte; otherwise nothing.

    Every input and every file of the site is read again: neither dates nor sizes say that something is the same.
    """
    content = cache.note(request.name)
    record = None if content is None else _read(content)
    try:
        return record.account if record is not None and _still_holds(record, request) else None
    except OSError:  # what stands in the way is told by the build
        return None


def remember(cache: Cache, request: Request, record: Record) -> None:
    """Write down what a build did."""
    cache.put_note(request.name, json.dumps(asdict(record), separators=(",", ":")).encode())


def input_digest(root: Path, path: str) -> str:
    """Digest a file of the workspace as it is read for a build; empty for one that is not there to be read.

    Of the theme's folder the names of its files are digested, so that a new one is noticed.
    """
    if path == THEME:
        return listing_digest(theme_paths(root))
    content = settings_bytes(root) if path == SETTINGS else load_bytes(root, path)
    return NO_FILE if content is None else sha256(content).hexdigest()


def listing_digest(paths: Iterable[str]) -> str:
    """Digest the names of the files of the theme; empty where there is none."""
    names = sorted(paths)
    return sha256("\n".join(names).encode("utf-8", "surrogateescape")).hexdigest() if names else NO_FILE


def imprint(files: Mapping[str, bytes]) -> Imprint:
    """Give the imprint of a site that is in memory."""
    sizes = {path: len(content) for path, content in files.items()}
    return Imprint(sizes, _digest(files.items()))


def _still_holds(record: Record, request: Request) -> bool:
    root = request.location.root
    target = request.output or root / record.account.target
    return (
        record.addresses == request.location.addresses
        and record.force == request.force
        and record.program == program_fingerprint()
        and (not record.engine or record.engine == engine_identity())
        and all(input_digest(root, path) == digest for path, digest in record.inputs.items())
        and _digest((path, _read_exactly(f"{target}/{path}", size)) for path, size in record.site.sizes.items())
        == record.site.digest
    )


def _read_exactly(path: str, size: int) -> bytes:
    """Read a file of a known size; asked first, a pipe or a giant in its place costs nothing."""
    found = os.stat(path)  # noqa: PTH116 - ten thousand times; a Path would double the cost
    if not stat.S_ISREG(found.st_mode) or found.st_size != size:
        raise OSError
    with open(path, "rb", buffering=0) as stream:
        return stream.read()


def _digest(files: Iterable[tuple[str, bytes]]) -> str:
    told = sha256()
    for path, content in files:
        told.update(f"{path}\n{len(content)}\n".encode("utf-8", "surrogatepass"))
        told.update(content)
    return told.hexdigest()


def _read(content: bytes) -> Record | None:
    """Read a record; one that an older shape of this module wrote is none."""
    try:
        fields = json.loads(content)
        account = fields["account"]
        fields["account"] = Account(
            **account | {"segments": tuple((style, text) for style, text in account["segments"])}
        )
        fields["site"] = Imprint(**fields["site"])
        return Record(**fields)
    except (ValueError, KeyError, TypeError):
        return None
