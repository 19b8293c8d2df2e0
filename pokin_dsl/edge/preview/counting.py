"""How many pages of a site have changed: those whose key differs from the one that they had when last counted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pokin_dsl.site.memory import page_key
from pokin_dsl.site.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pokin_dsl.site.press import Press

COUNTED_AT_ONCE = 64
"""Pages in one step, between which something more urgent may come."""


class Count:
    """The site that was last counted, and in how many pages it differed from the one counted before it."""

    def __init__(self) -> None:
        self.site = Site({})
        self.changed = 0
        self._keys: Mapping[str, str] = {}

    def steps(self, site: Site, press: Callable[[], Press]) -> Iterator[Callable[[], None]]:
        """Give the steps of counting a site; if they are broken off, all is as it was.

        ``press`` gives the press of the moment, whose look is part of each key.
        """
        keys: dict[str, str] = {}
        paths = list(site.pages)
        for start in range(0, len(paths), COUNTED_AT_ONCE):
            yield partial(_note, keys, site, paths[start : start + COUNTED_AT_ONCE], press)
        before, self._keys, self.site = self._keys, keys, site
        self.changed = sum(before.get(path) != keys.get(path) for path in before.keys() | keys.keys())


def _note(keys: dict[str, str], site: Site, paths: list[str], press: Callable[[], Press]) -> None:
    look, drawing = press().look, press().drawing
    keys.update((path, page_key(site.pages[path](), look, drawing)) for path in paths)
