"""Two wordings laid beside each other word by word, as a tracked change shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAME, OLD, NEW = "tetap", "lama", "baru"
MOST_WORDS = 2000
"""Longer texts are not compared word by word but shown whole; no statement comes near."""
_LEAST_COMMON = 3  # of ten words; with fewer the marks would hide the text
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stay, or stand in the old or in the new text alone."""

    kind: str
    teks: str


_Run = tuple[str, list[str], list[str]]


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Give what stays and what changes, word by word; of a place that changed the old words come first.

    All pieces that are not ``NEW`` give the old text, all that are not ``OLD`` the new one, but for runs of blanks.
    """
    before, after = old.split(), new.split()
    runs = _without_islands(_runs(before, after))
    common = sum(len(words) for kind, words, _ in runs if kind == SAME)
    if 10 * common < _LEAST_COMMON * max(len(before), len(after)):
        runs = [("", before, after)]
    return tuple(_pieces(runs))


def _runs(before: Sequence[str], after: Sequence[str]) -> list[_Run]:
    """Give alternating runs: words that stay, and words that give place to others."""
    if max(len(before), len(after)) > MOST_WORDS:
        return [("", list(before), list(after))]
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - 20 ms at start-up, needed only where a text changed

    runs: list[_Run] = []
    for step in Indel.opcodes(before, after):
        old, new = list(before[step.src_start : step.src_end]), list(after[step.dest_start : step.dest_end])
        if step.tag == "equal":
            runs.append((SAME, old, old))
        elif runs and runs[-1][0] != SAME:
            runs[-1] = ("", runs[-1][1] + old, runs[-1][2] + new)
        else:
            runs.append(("", old, new))
    return runs


def _without_islands(runs: Sequence[_Run]) -> list[_Run]:
    """Join two changes with nothing but a short word ("dan", "di") between them: one change reads better than two."""
    joined: list[_Run] = []
    for nth, (kind, old, new) in enumerate(runs):
        inside = 0 < nth < len(runs) - 1 and kind == SAME and len(old) == 1 and len(old[0]) <= _SHORT
        if joined and joined[-1][0] == "" and (inside or kind != SAME):
            joined[-1] = ("", joined[-1][1] + old, joined[-1][2] + new)
        else:
            joined.append((kind, old, new))
    return joined


def _pieces(runs: Sequence[_Run]) -> Iterator[Piece]:
    for kind, old, new in runs:
        if kind == SAME:
            yield Piece(SAME, " ".join(old))
            continue
        if old:
            yield Piece(OLD, " ".join(old))
        if new:
            yield Piece(NEW, " ".join(new))
