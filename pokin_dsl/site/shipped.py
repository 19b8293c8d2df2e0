"""Which style sheets and scripts a site carries: those that its pages load, and those that these name in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pokin_dsl.site.look import Look
    from pokin_dsl.site.site import Asset

_LOADED = (".css", ".js")
_HEAD_ENDS = b"</head>"


def shipped(assets: Iterable[Asset], pages: Iterable[bytes], look: Look) -> dict[str, bytes]:
    """Give the assets that a site of these pages carries, by path.

    Pictures and schemas always go along: they are there for others than our pages too. So does what a workspace put
    there itself, and what its templates name: they may load it in ways that no page shows.
    """
    files = {asset.path: asset.content for asset in assets}
    spare = {path for path in files if path.endswith(_LOADED) and _name(path) not in look.kept}
    spare -= _named(spare, (text.encode() for text in look.overrides.values()))
    spare -= _loaded(spare, pages)
    fresh = files.keys() - spare
    while fresh:
        fresh = _named(spare, (files[path] for path in fresh if path.endswith(_LOADED)))
        spare -= fresh
    return {path: content for path, content in files.items() if path not in spare}


def _loaded(paths: Iterable[str], pages: Iterable[bytes]) -> set[str]:
    """Give the files that some page loads; that stands in its head, so that not all of a large page is read."""
    found: set[str] = set()
    sought = {path.encode(): path for path in paths}
    for page in pages:
        head = page[: page.find(_HEAD_ENDS)]
        for address in [address for address in sought if address in head]:
            found.add(sought.pop(address))
    return found


def _named(paths: Iterable[str], texts: Iterable[bytes]) -> set[str]:
    """Give the files whose names stand in some text."""
    names = {_name(path).encode(): path for path in paths}
    return {path for text in texts for name, path in names.items() if name in text}


def _name(path: str) -> str:
    return path.partition("/")[2]
