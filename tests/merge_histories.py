"""Histories of two branches made by chance, and what their merge has to be: the oracle of the merge tests.

An edit changes some facts of a tree. So the merge of two lists of edits is known without any merging: if no fact is
touched by both, both lists are put in.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.syntax.vocabulary import INDIKATOR
from tests.merge_edits import Edit, Editor, applied, thing_of
from tests.merge_trees import Thing, read, walk, written

if TYPE_CHECKING:
    from collections.abc import Sequence

CLEAN, CONFLICT, EITHER = "bersih", "konflik", "terserah"


@dataclass
class History:
    """A tree and two versions of it, what their merge has to be, and whether it has to be (``verdict``).

    ``turned`` is what it has to be if the sides are exchanged: the same, but for the order of siblings.
    """

    base: Thing
    ours: Thing
    theirs: Thing
    expected: Thing
    turned: Thing
    verdict: str
    told: tuple[str, ...]

    def texts(self) -> tuple[str, str, str]:
        return written(self.base), written(self.ours), written(self.theirs)


def history(base: Thing, seed: int) -> History:
    """Make two branches of a tree by chance."""
    chance = random.Random(seed)
    things = [thing.uid for thing in walk(base) if thing.kind]
    focus = chance.sample(things, min(4, len(things)))
    authors = [Editor(base, chance, name, first) for name, first in (("kami", 1_000_000), ("mereka", 2_000_000))]
    ours, theirs = (author.edit(chance.randrange(1, 6), focus) for author in authors)
    verdict = _verdict(base, ours, theirs)
    # Theirs first: what ours puts behind the same sibling then stands in front.
    expected, turned = _together(base, theirs, ours), _together(base, ours, theirs)
    told = tuple(f"{name}: {e.kind} {e.uid} {e.what}" for name, edits in (("K", ours), ("M", theirs)) for e in edits)
    return History(base, applied(base, ours), applied(base, theirs), expected, turned, verdict, told)


def _together(base: Thing, first: Sequence[Edit], then: Sequence[Edit]) -> Thing:
    """Give the tree with the edits of both authors put in."""
    return applied(applied(base, first), [edit for edit in then if not _is_repeated(edit, first)])


def _is_repeated(edit: Edit, others: Sequence[Edit]) -> bool:
    """Say whether the other author did the very same, which then counts once."""
    for other in others:
        if edit.kind == other.kind and edit.uid == other.uid:
            if edit.kind == "add" and edit.what[0].shape() == other.what[0].shape():
                return True
            if edit.kind in ("remove", "swap", "rename", "line") and edit.what == other.what:
                return True
    return False


def _verdict(base: Thing, ours: Sequence[Edit], theirs: Sequence[Edit]) -> str:
    verdict = CLEAN
    for one in ours:
        for other in theirs:
            found = _between(base, one, other)
            if found == CONFLICT:
                return CONFLICT
            verdict = EITHER if found == EITHER else verdict
    return verdict


def _between(base: Thing, one: Edit, other: Edit) -> str:
    """Say what two edits of two authors do to each other."""
    found = {_against_removal(one, other), _against_removal(other, one), _same_facts(one, other)}
    if one.kind == "move" and other.kind == "move" and one.uid != other.uid and _go_below_each_other(base, one, other):
        return CONFLICT
    if CONFLICT in found:
        return CONFLICT
    return EITHER if EITHER in found or _add_alike(one, other) else CLEAN


def _against_removal(edit: Edit, against: Edit) -> str:
    """Say whether one edit removes what the other has to do with."""
    gone = {key[1] for key in edit.touches if key[0] == "gone"}
    # Removing a branch and removing a part of it comes to the whole branch.
    if not gone or against.kind == "remove":
        return CLEAN
    if against.kind == "swap":
        # Who reorders what the other removes has said nothing that is lost.
        return EITHER if against.uid in gone else CLEAN
    if {key[1] for key in against.touches if key[0] != "children"} & gone:
        return CONFLICT
    is_inside = against.kind in ("add", "move", "split") and (against.uid in gone or against.what[0] in gone)
    return CONFLICT if is_inside or (against.kind == "dissolve" and against.what[0] in gone) else CLEAN


def _same_facts(one: Edit, other: Edit) -> str:
    for key, value in one.touches.items():
        if key not in other.touches or key[0] in ("children", "gone"):
            continue
        if other.touches[key] != value:
            return EITHER if key[0] == "order" else CONFLICT
        if key[0] == "parent" and one.what != other.what:
            return EITHER
    return CLEAN


def _add_alike(one: Edit, other: Edit) -> bool:
    return one.kind == other.kind == "add" and one.uid == other.uid and one.what[0].text == other.what[0].text


def _go_below_each_other(base: Thing, one: Edit, other: Edit) -> bool:
    first, second = thing_of(base, one.uid), thing_of(base, other.uid)
    assert first is not None
    assert second is not None
    return any(t.uid == one.what[0] for t in walk(second)) and any(t.uid == other.what[0] for t in walk(first))


def order_is_kept(made: History, merged: Thing) -> bool:
    """Say whether siblings stand as the side has them that turned them round, and as they stood where none did.

    Only of what stood, stands and is to stand below one parent can that be said; who comes or goes has his own place.
    """
    rows = [_rows(tree) for tree in (made.base, made.ours, made.theirs)]
    result = {thing.shape(): thing for thing in walk(merged)}
    for thing in walk(made.expected):
        here = result.get(thing.shape())
        if here is None or any(thing.uid not in row for row in rows):
            continue
        inside = [one for one in thing.below if all(one.uid in row[thing.uid] for row in rows)]
        place = {one.shape(): at for at, one in enumerate(here.below)}
        for number, one in enumerate(inside):
            for other in inside[number + 1 :]:
                if (one.kind == INDIKATOR) != (other.kind == INDIKATOR):
                    continue
                base, ours, theirs = (row[thing.uid][one.uid] < row[thing.uid][other.uid] for row in rows)
                wanted = ours if ours != base else theirs
                if (place[one.shape()] < place[other.shape()]) != wanted:
                    return False
    return True


def _rows(tree: Thing) -> dict[int, dict[int, int]]:
    return {thing.uid: {one.uid: at for at, one in enumerate(thing.below)} for thing in walk(tree)}


RIGHT, ASKED, NEEDLESS, WRONG = "benar", "konflik pada tempatnya", "konflik tanpa perlu", "salah diam-diam"


def judged(made: History, text: str | None) -> str:
    """Say what a merge was worth; ``None`` stands for one with conflicts."""
    if text is None:
        return NEEDLESS if made.verdict == CLEAN else ASKED
    if made.verdict == CONFLICT:
        return WRONG
    merged = read(text)
    same = merged.shape() == made.expected.shape()
    return RIGHT if same and order_is_kept(made, merged) else WRONG
