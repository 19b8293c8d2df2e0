"""What is remembered of trees from one reading to the next, all in one place, so that it can be forgotten.

Nothing here changes what a tree comes to, only how soon. What is made of a branch lives as long as the branch does;
of each tree only what its last reading used is kept.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from pokin_dsl.model.building import Built, Key
    from pokin_dsl.model.drafts import Bundle
    from pokin_dsl.model.index import Piece
    from pokin_dsl.model.nomenklatur import Named
    from pokin_dsl.model.resolution import Resolution
    from pokin_dsl.syntax.nodes import Branch

MOST_TREES = 1 << 10
_Kept = TypeVar("_Kept")


class OfLastReading(Generic[_Kept]):
    """One thing for each tree, by its name; the trees that were read longest ago are forgotten first."""

    def __init__(self) -> None:
        """Begin without any."""
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def get(self, name: str) -> _Kept | None:
        """Give what is kept for a tree, or nothing."""
        return self._kept.get(name)

    def keep(self, name: str, kept: _Kept) -> None:
        """Keep something for a tree in the place of what was kept before."""
        self._kept[name] = kept
        self._kept.move_to_end(name)
        if len(self._kept) > MOST_TREES:
            self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()


BRANCHES: WeakKeyDictionary[Branch, dict[tuple[str, bool, int], Bundle | None]] = WeakKeyDictionary()
"""What each branch comes to, by owner, doubt and depth; nothing where it cannot be told from the branch alone."""
BUILT: WeakKeyDictionary[Bundle, dict[str, dict[Key, Built]]] = WeakKeyDictionary()
"""What was built of each bundle in the last reading of a tree, by the tree's name."""
RESOLUTIONS: OfLastReading[Resolution] = OfLastReading()
"""The last resolution of each tree, so that what is equal to a part of it is the same object."""
NAMED: OfLastReading[dict[int, Named]] = OfLastReading()
"""What official names were filled into, by identity, and what came of it."""
PIECES: OfLastReading[dict[int, Piece]] = OfLastReading()
"""What the index of each tree holds of its branches, by identity of their first node."""


def forget() -> None:
    """Forget all, as in a process that has read nothing yet."""
    for memory in (BRANCHES, BUILT, RESOLUTIONS, NAMED, PIECES):
        memory.clear()
