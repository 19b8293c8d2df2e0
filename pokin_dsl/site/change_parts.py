"""Many changes in parts: which cards stand on which page, cut where a tree or a branch of it begins.

Up to ``MOST_UNITS`` all changes are one page; a unit is a line of a list, some 200 bytes. Beyond that the page of
changes counts them and leads to parts, the first of each tree with its pictures.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pokin_dsl.site import urls
from pokin_dsl.site.cuts import cuts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pokin_dsl.site.comparison import Card, Differences, Section

MOST_UNITS = 2_800
MOST_INSIDE = 500
"""What is told one by one of all that came or went with a branch."""
MOST_PICTURES = 12
"""Pictures of one tree; what changed in still more branches is told in words alone."""
_UNITS_OF_CARD = 5
_UNITS_OF_PICTURE = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A section of a tree, or as much of it as stands on a page; ``begins`` says that its first card is there."""

    section: Section
    cards: tuple[Card, ...]
    begins: bool


@dataclass(frozen=True, slots=True)
class TreePiece:
    """What a page tells of a tree; ``begins`` says that it tells of the whole of it too."""

    tree: Differences
    pieces: tuple[Piece, ...]
    begins: bool


@dataclass(frozen=True, slots=True)
class ChangePart:
    """What stands on one page, by tree."""

    address: str
    trees: tuple[TreePiece, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """The beginning of a tree, or a card of it; ``at`` is its place among all, in units."""

    at: int
    tree: Differences
    section: Section | None = None
    card: Card | None = None

    @property
    def rank(self) -> int:
        """Say how well a page may begin with it."""
        if self.section is None:
            return -1
        return 0 if self.card is self.section.cards[0] else 1


class ChangeParts:
    """The pages on which the changes of some trees stand: one, or several of at most so many units."""

    def __init__(self, trees: Iterable[Differences], most: int) -> None:
        items, length = _laid_out(trees)
        marks = {item.at: (item.rank, item.card.mark.anchor if item.card else item.tree.anchor) for item in items}
        starts = cuts(length, marks, most)
        # Where only pictures lie between two cuts, nothing begins.
        pages = [list(found) for _, found in groupby(items, key=lambda item: bisect_right(starts, item.at))]
        self.divided = len(pages) > 1
        self.parts = tuple(ChangePart(self._address(nth), tuple(_trees(told))) for nth, told in enumerate(pages, 1))
        self._pages = dict(self._placed()) if self.divided else {}

    def page(self, anchor: str) -> str:
        """Give the path in the site of the page that has an anchor."""
        return self._pages.get(anchor, urls.CHANGES)

    def _address(self, nth: int) -> str:
        return urls.part(urls.CHANGES, f"bagian-{nth}") if self.divided else urls.CHANGES

    def _placed(self) -> Iterator[tuple[str, str]]:
        for part in self.parts:
            for told in part.trees:
                if told.begins:
                    yield told.tree.anchor, part.address
                for piece in told.pieces:
                    if piece.begins:
                        yield piece.section.anchor, part.address
                    yield from ((card.mark.anchor, part.address) for card in piece.cards)


def _laid_out(trees: Iterable[Differences]) -> tuple[list[_Item], int]:
    """Give all trees and cards with their places, and the length of it all."""
    items: list[_Item] = []
    at = 0
    for tree in trees:
        items.append(_Item(at, tree))
        drawn = tree.before is not None and tree.after is not None
        at += 1 + drawn * _UNITS_OF_PICTURE * min(len(tree.sections), MOST_PICTURES)
        for section in tree.sections:
            for card in section.cards:
                items.append(_Item(at, tree, section, card))
                at += _units(card)
    return items, at


def _units(card: Card) -> int:
    return _UNITS_OF_CARD + sum(1 + min(len(entry.inside), MOST_INSIDE) for entry in card.entries)


def _trees(items: Sequence[_Item]) -> Iterator[TreePiece]:
    for _, found in groupby(items, key=lambda item: item.tree.name):
        told = list(found)
        yield TreePiece(told[0].tree, tuple(_pieces(told)), told[0].section is None)


def _pieces(items: Sequence[_Item]) -> Iterator[Piece]:
    for _, found in groupby((item for item in items if item.section), key=lambda item: id(item.section)):
        told = list(found)
        section = told[0].section
        if section is not None:
            yield Piece(section, tuple(item.card for item in told if item.card), told[0].rank == 0)
