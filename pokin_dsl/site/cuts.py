"""Where something long is cut into pages: where a thing of high rank begins, and so that an edit moves few cuts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from zlib import crc32

Marks = Mapping[int, tuple[int, str]]
"""By position in rising order what begins there: its rank, the lowest number the best, and a key that stays its own."""


def cuts(length: int, marks: Marks, most: int) -> list[int]:
    """Give where the pieces begin, 0 first; each is at most so long, and all but the last at least half of that.

    Of the places of one rank within reach the one is taken whose key is first in an order that has nothing to do with
    where it stands. So an edit, which shifts all that follows, soon meets a cut that stays; a cut at the last place
    that fits would push every later one along.
    """
    places = list(marks)
    starts = [0]
    while length - starts[-1] > most:
        near, far = starts[-1] + max(1, most // 2), starts[-1] + most
        within = places[bisect_left(places, near) : bisect_right(places, far)]
        starts.append(min(within, key=lambda at: (marks[at][0], crc32(marks[at][1].encode()), at), default=far))
    return starts
