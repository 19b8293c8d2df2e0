"""What the preview remembers: at hand in memory, and on the shelf of the workspace when there is time for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pokin_dsl.site.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MOST_BYTES = 128 << 20


class Shelf(Memory, Protocol):
    """A memory that may put off writing until it is told that there is time."""

    def flush(self) -> None:
        """Write what is still to be written."""
        ...


class Recent:
    """A memory before another one: what was used last is at hand, what is new goes further only with ``put_away``."""

    def __init__(self, shelf: Shelf, most: int = MOST_BYTES) -> None:
        self._shelf = shelf
        self._most = most
        self._size = 0
        self._values: dict[str, bytes] = {}
        self._new: dict[str, bytes] = {}

    def recall(self, keys: Collection[str]) -> Mapping[str, bytes]:
        """Give what is known of these keys."""
        known = {key: self._values.pop(key) for key in dict.fromkeys(keys) if key in self._values}
        self._values.update(known)
        lacking = [key for key in keys if key not in known]
        if lacking and (found := self._shelf.recall(lacking)):
            self._hold(found)
            known |= found
        return known

    def keep(self, values: Mapping[str, bytes]) -> None:
        """Remember these values."""
        self._new |= values
        self._hold(values)

    def put_away(self) -> None:
        """Put on the shelf what is new."""
        new, self._new = self._new, {}
        if new:
            self._shelf.keep(new)
            self._shelf.flush()

    def _hold(self, values: Mapping[str, bytes]) -> None:
        """Have values at hand, as the newest; the oldest make room."""
        for key, value in values.items():
            self._size += len(value) - len(self._values.pop(key, b""))
            self._values[key] = value
        while self._size > self._most and len(self._values) > 1:
            self._size -= len(self._values.pop(next(iter(self._values))))
