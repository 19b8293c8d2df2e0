"""Pieces of a merged text: lines, and conflicts between lines, around the smallest difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.syntax.lines import STEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Conflict:
    """Lines of which people have to choose one half or the other."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]


Piece = str | Conflict


def joined(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Make one row of comments of three; what neither side has removed stays."""
    kept = [one for one in ours if one in theirs or one not in base]
    return kept + [one for one in theirs if one not in base and one not in ours]


def tail(base: list[str], ours: list[str], theirs: list[str]) -> Iterator[str]:
    """Give the end of a file, blank lines and comments, with what either side added there."""
    said = [[line.strip() for line in tail if line.strip()] for tail in (base, ours, theirs)]
    if said[0] == said[2] or said[1] == said[2]:
        yield from ours
        return
    yield from joined(*said)
    yield ""


def moved(lines: Sequence[str], by: int) -> Sequence[str]:
    """Give lines that stand so much deeper."""
    if not by:
        return lines
    return [" " * max(_width(line) + by, 0) + line.lstrip() if line.strip() else "" for line in lines]


def _width(line: str) -> int:
    margin = line[: len(line) - len(line.lstrip())]
    return len(margin) + margin.count("\t") * (STEP - 1)


def plain(pieces: Iterable[Piece]) -> list[str]:
    """Give the lines alone, where there can be no conflict."""
    return [piece for piece in pieces if isinstance(piece, str)]


def conflict(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Piece]:
    """Give two versions as a conflict, without what both begin and end with."""
    start = 0
    while start < min(len(ours), len(theirs)) and ours[start] == theirs[start]:
        start += 1
    end = 0
    while end < min(len(ours), len(theirs)) - start and ours[-1 - end] == theirs[-1 - end]:
        end += 1
    yield from ours[:start]
    middle = Conflict(tuple(ours[start : len(ours) - end]), tuple(theirs[start : len(theirs) - end]))
    if middle.ours or middle.theirs:
        yield middle
    yield from ours[len(ours) - end :]
