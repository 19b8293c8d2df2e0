"""Circles among references, found without recursion."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHOWN = 4
"""How many members of a long circle are named from its beginning; the last one is named too."""


def cycles(edges: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Give each cycle once, by a depth-first walk without recursion."""
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        place: dict[str, int] = {}
        waiting = [(start, 0)]
        while waiting:
            here, depth = waiting.pop()
            while len(path) > depth:
                del place[path.pop()]
            if here in place:
                at = place[here]
                # Of a long loop the two ends say enough; whole, many of them would fill the memory.
                yield path[at:] if len(path) - at <= SHOWN else [*path[at : at + SHOWN], path[-1]]
                continue
            if here in done:
                continue
            place[here] = len(path)
            path.append(here)
            done.add(here)
            waiting.extend((there, depth + 1) for there in edges.get(here, ()))
