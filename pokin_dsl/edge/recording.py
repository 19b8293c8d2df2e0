"""Writing down what a build did, so that the next one can tell whether anything has changed."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from typing import TYPE_CHECKING

from pokin_dsl.edge.lists import LISTS_TABLE
from pokin_dsl.edge.location import SETTINGS, THEME, load_bytes, settings_bytes
from pokin_dsl.edge.program import program_fingerprint
from pokin_dsl.edge.unchanged import NO_FILE, Account, Record, Request, listing_digest, remember
from pokin_dsl.model.nomenklatur import read_nomenklatur
from pokin_dsl.syntax.characters import decode
from pokin_dsl.syntax.vocabulary import MOST_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pokin_dsl.edge.building import Built
    from pokin_dsl.edge.cache import Cache


class _NotAsBuiltError(Exception):
    """A file reads otherwise than it did for the build, or not so that its bytes alone would say what it gives."""


def record_build(cache: Cache, request: Request, built: Built, account: Account) -> None:
    """Record a build that published its site, unless a file changed while it was running.

    What is recorded are the bytes on disk, and only if they are what was built: each file is read once more and must
    read as it did. A tree that could not be decoded whole, or a list that could not be read, leaves no record either.
    """
    if not cache.on or built.site is None or built.workspace.addresses != request.location.addresses:
        return
    try:
        inputs = dict(_inputs(built))
    except (_NotAsBuiltError, OSError, ValueError):
        return
    addresses, force = request.location.addresses, request.force
    record = Record(addresses, force, program_fingerprint(), built.engine, inputs, built.site, account)
    remember(cache, request, record)


def _inputs(built: Built) -> Iterator[tuple[str, str]]:
    """Give the digest of every input by its path.

    Raises:
        _NotAsBuiltError, OSError, ValueError: one of them is not what was built.
    """
    root, settings = built.workspace.root, built.workspace.settings_source
    yield SETTINGS, _settings_digest(built)
    appearance = built.workspace.appearance
    for path, source in built.compilation.sources.items():
        if source is not settings and path not in appearance.sources:
            content = _loaded(root, path)
            yield path, _digest_if(content, decode(path, content) == (source, ()))
    for path in built.absent:
        if load_bytes(root, path) is not None:
            raise _NotAsBuiltError
        yield path, NO_FILE
    yield THEME, listing_digest(appearance.theme.inputs)
    for path, as_built in appearance.inputs.items():
        found = load_bytes(root, path)
        yield path, NO_FILE if found is None and as_built is None else _digest_if(found or b"", found == as_built)
    table = tomllib.loads(settings.text).get(LISTS_TABLE, {}) if settings else {}
    for name, path in table.items():
        content = _loaded(root, path)
        daftar, _ = read_nomenklatur(content.decode("utf-8"))
        yield path, _digest_if(content, daftar == built.workspace.lists.get(name))


def _loaded(root: Path, path: str) -> bytes:
    content = load_bytes(root, path)
    if content is None:
        raise _NotAsBuiltError
    return content


def _settings_digest(built: Built) -> str:
    content, source = settings_bytes(built.workspace.root), built.workspace.settings_source
    if content is None and source is None:
        return NO_FILE
    if content is None or source is None:
        raise _NotAsBuiltError
    return _digest_if(content, content.decode("utf-8-sig") == source.text)


def _digest_if(content: bytes, as_built: bool) -> str:  # noqa: FBT001 - the condition of the name
    if not as_built or len(content) > MOST_CHARACTERS:
        raise _NotAsBuiltError
    return sha256(content).hexdigest()
