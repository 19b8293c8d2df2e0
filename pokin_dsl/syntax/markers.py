"""The markers that a merge leaves where people have to choose between two versions of some lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

OPENING, BASE, BETWEEN, CLOSING = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
# At the left edge, where nothing in the language begins so; no text that an author writes is taken for one.
_MARKER = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|\Z)", re.MULTILINE)


def has_markers(text: str) -> bool:
    """Say whether a text holds a marker; quick where it does not, as every reading asks."""
    return any(marker in text for marker in (OPENING, BASE, BETWEEN, CLOSING)) and _MARKER.search(text) is not None


def marked_lines(lines: Sequence[str]) -> tuple[frozenset[int], tuple[int, ...]]:
    """Find the lines (counted from 0) that are not read because of markers, and those at which that is to be told.

    Of two versions the first is read, so that all around is understood as if it had been chosen. A marker without its
    fellows hides nothing but itself.
    """
    hidden: set[int] = set()
    told: list[int] = []
    markers = [(number, line[:7]) for number, line in enumerate(lines) if _MARKER.match(line)]
    at = 0
    while at < len(markers):
        number, kind = markers[at]
        length = _conflict([kind for _, kind in markers[at : at + 4]]) if kind == OPENING else 0
        told.append(number)
        hidden.add(number)
        if length:
            hidden.update(range(markers[at + 1][0], markers[at + length - 1][0] + 1))
        at += length or 1
    return frozenset(hidden), tuple(told)


def _conflict(kinds: Sequence[str]) -> int:
    """Give how many markers make a whole conflict, or 0 where the first of them is alone."""
    for whole in ([OPENING, BETWEEN, CLOSING], [OPENING, BASE, BETWEEN, CLOSING]):
        if list(kinds[: len(whole)]) == whole:
            return len(whole)
    return 0
