"""Edits of one author, made by chance: each says which facts it touches, so that two lists of edits can be compared."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pokin_dsl.syntax.vocabulary import CHILDREN, INDIKATOR, JABATAN, PERFORMANCE_KINDS
from tests.merge_trees import Thing, walk

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

What = tuple[Any, ...]
_WORDS = (
    *("Terpadu", "Mandiri", "Berkala", "Menyeluruh", "Bertahap", "Setempat", "Bersama", "Lanjutan"),
    *("Sejahtera", "Tangguh", "Lestari", "Cerdas"),
)


@dataclass(frozen=True)
class Edit:
    """One thing done to a tree: what kind, to whom, with what; ``touches`` gives each fact and what becomes of it."""

    kind: str
    uid: int
    what: What
    touches: dict[tuple[object, ...], object]


def thing_of(root: Thing, uid: int) -> Thing | None:
    return next((thing for thing in walk(root) if thing.uid == uid), None)


def _owner(root: Thing, uid: int) -> Thing:
    return next(thing for thing in walk(root) if any(below.uid == uid for below in thing.below))


def applied(root: Thing, edits: Sequence[Edit]) -> Thing:
    """Give the tree with the edits put in; what is done to something that is gone is gone with it."""
    tree = copy.deepcopy(root)
    for edit in edits:
        thing = thing_of(tree, edit.uid)
        if thing is not None:
            _apply(tree, thing, edit)
    return tree


def _apply(tree: Thing, thing: Thing, edit: Edit) -> None:
    _APPLYING[edit.kind](tree, thing, edit.what)


def _reword(_: Thing, thing: Thing, what: What) -> None:
    thing.text = what[0]


def _rename(_: Thing, thing: Thing, what: What) -> None:
    thing.id = what[0]
    if what[1]:
        thing.lines.append(("alias", what[1]))


def _change_unit(_: Thing, thing: Thing, what: What) -> None:
    thing.unit = what[0]


def _retarget(_: Thing, thing: Thing, what: What) -> None:
    name, key, value = what
    points = thing.series.setdefault(name, {})
    if value is None:
        points.pop(key, None)
    else:
        points[key] = value


def _change_line(_: Thing, thing: Thing, what: What) -> None:
    old, new = what
    at = thing.lines.index(old) if old in thing.lines else len(thing.lines)
    thing.lines[at : at + 1] = [new] if new and new not in thing.lines else []


def _remove(tree: Thing, thing: Thing, _: What) -> None:
    _owner(tree, thing.uid).below.remove(thing)


def _dissolve(tree: Thing, thing: Thing, what: What) -> None:
    heir = thing_of(tree, what[0])
    if heir is not None:
        heir.below += [one for one in thing.below if one.kind != INDIKATOR]
        _remove(tree, thing, ())


def _split(tree: Thing, thing: Thing, what: What) -> None:
    new = copy.deepcopy(what[1])
    new.below = [one for one in thing.below if one.uid in what[2:]]
    thing.below = [one for one in thing.below if one not in new.below]
    # Who owns the new node is a fact of its own: it stays where its author wrote it, whatever becomes of the old one.
    _put(thing_of(tree, what[0]) or _owner(tree, thing.uid), new, thing.uid)


def _swap(_: Thing, thing: Thing, what: What) -> None:
    places = [at for at, one in enumerate(thing.below) if one.uid in what]
    if len(places) == 2:
        one, other = places
        thing.below[one], thing.below[other] = thing.below[other], thing.below[one]


def _add(_: Thing, thing: Thing, what: What) -> None:
    _put(thing, copy.deepcopy(what[0]), what[1])


def _move(tree: Thing, thing: Thing, what: What) -> None:
    target = thing_of(tree, what[0])
    if target is not None and not any(one is target for one in walk(thing)):
        _remove(tree, thing, ())
        _put(target, thing, what[1])


_APPLYING = {
    "reword": _reword,
    "rename": _rename,
    "unit": _change_unit,
    "retarget": _retarget,
    "line": _change_line,
    "remove": _remove,
    "dissolve": _dissolve,
    "split": _split,
    "swap": _swap,
    "add": _add,
    "move": _move,
}


def _put(owner: Thing, thing: Thing, anchor: int | None) -> None:
    place = next((at + 1 for at, one in enumerate(owner.below) if one.uid == anchor), None)
    owner.below.insert(len(owner.below) if place is None else place, thing)


class Editor:
    """One author, who makes random edits, each to facts that he has not touched yet."""

    def __init__(self, base: Thing, chance: random.Random, name: str, first_uid: int) -> None:
        self.base, self.chance, self.name = base, chance, name
        self.next_uid = first_uid
        self.edits: list[Edit] = []
        self.touched: set[tuple[object, ...]] = set()
        self.things = [thing for thing in walk(base) if thing.kind]
        self.by_uid = {thing.uid: thing for thing in self.things} | {base.uid: base}
        self.owners = {below.uid: thing for thing in walk(base) for below in thing.below}

    def edit(self, count: int, focus: Sequence[int]) -> list[Edit]:
        """Make so many edits; half of them near the things of ``focus``, so that two authors often meet."""
        for _ in range(20 * count):
            if len(self.edits) >= count:
                break
            near = focus and self.chance.random() < 0.6
            uid = self.chance.choice(focus) if near else self.chance.choice(self.things).uid
            made = self._one(self.by_uid[uid])
            if made is not None and not self._overlaps(made):
                self.edits.append(made)
                self.touched |= set(made.touches)
        return self.edits

    def _overlaps(self, edit: Edit) -> bool:
        """Say whether this author has done something already that would have to be thought of."""
        if edit.kind in ("remove", "move", "dissolve", "split"):
            inside = {one.uid for one in walk(self.by_uid[edit.uid])}
            if any(touched[1] in inside or touched[-1] in inside for touched in self.touched):
                return True
        removed = {uid for kind, uid, *_ in self.touched if kind in ("gone", "parent")}
        around = {key[1] for key in edit.touches}
        if around & removed:
            return True
        structural = {"order", "children"}
        mine = {key[1] for key in self.touched if key[0] in structural}
        return bool(set(edit.touches) & self.touched) or any(
            key[0] in structural and key[1] in mine for key in edit.touches
        )

    def _one(self, thing: Thing) -> Edit | None:
        makers = (
            [self._reword] * 4
            + [self._retarget] * 5
            + [self._line] * 4
            + [
                self._add,
                self._add,
                self._add_indicator,
                self._remove,
                self._move,
                self._swap,
                self._unit,
                self._rename,
            ]
            + [self._dissolve, self._split]
        )
        return self.chance.choice(makers)(thing)

    def _word(self) -> str:
        return self.chance.choice(_WORDS)

    def _reword(self, thing: Thing) -> Edit | None:
        words = thing.text.split()
        if len(words) < 4 or ("id", thing.uid) in self.touched:
            return None
        at = self.chance.randrange(1, len(words))
        if self.chance.random() < 0.5:
            words.insert(at, self._word())
        else:
            words[at] = self._word()
        text = " ".join(words)
        return None if text == thing.text else Edit("reword", thing.uid, (text,), {("text", thing.uid): text})

    def _rename(self, thing: Thing) -> Edit | None:
        if ("text", thing.uid) in self.touched:
            return None
        new = f"nama-{self.name}-{self.chance.randrange(1000)}"
        old = thing.id if thing.kind not in (INDIKATOR, JABATAN) else ""
        if thing.id and not old:
            return None
        touches: dict[tuple[object, ...], object] = {("id", thing.uid): new}
        if old:
            touches["line", thing.uid, "alias", old] = old
        return Edit("rename", thing.uid, (new, old), touches)

    def _unit(self, thing: Thing) -> Edit | None:
        if thing.kind != INDIKATOR:
            return None
        unit = self.chance.choice(("dokumen", "orang", "indeks", "persen"))
        return None if unit == thing.unit else Edit("unit", thing.uid, (unit,), {("unit", thing.uid): unit})

    def _retarget(self, thing: Thing) -> Edit | None:
        names = [name for name in ("target", "realisasi") if thing.series.get(name)]
        if not names:
            return None
        name = self.chance.choice(names)
        points = thing.series[name]
        key = self.chance.choice([*points, "2031", "2032"])
        value = None if key in points and self.chance.random() < 0.2 else str(self.chance.randrange(10, 99))
        if points.get(key) == value:
            return None
        return Edit("retarget", thing.uid, (name, key, value), {("point", thing.uid, name, key): value})

    def _line(self, thing: Thing) -> Edit | None:
        if thing.kind == JABATAN:
            name = "catatan"
        elif thing.kind == INDIKATOR:
            name = self.chance.choice(("definisi", "sumber", "catatan"))
        elif thing.kind == "csf":
            name = self.chance.choice(("unit", "tag", "catatan"))
        else:
            name = self.chance.choice(("pk", "pk", "tag", "catatan", "crosscutting"))
        there = [line for line in thing.lines if line[0] == name and not line[1].startswith("\n")]
        old = self.chance.choice(there) if there and self.chance.random() < 0.7 else None
        if old is None and there and name in ("definisi", "sumber"):
            old = there[0]
        said = f"{self._word()} {self._word()} {self.chance.randrange(30)}"
        if name == "pk":
            said = self.chance.choice(("camat", "Kasi Pelayanan", "Kasi Pemerintahan", "Sekretaris"))
        elif name == "crosscutting":
            said = f"Dinas {self._word()}: data {self.chance.randrange(30)}"
        new = None if old and self.chance.random() < 0.3 else (name, said)
        if new == old or new in thing.lines or (name == "pk" and any(line[1] == "-" for line in there)):
            return None
        # A single fact is one whatever it says; of several, one that is replaced is one, a new one is itself.
        which = name if name in ("definisi", "sumber") else f"{name} {old[1] if old else said}"
        if any(key[:2] == ("line", thing.uid) and str(key[2]).startswith(name) for key in self.touched):
            return None
        return Edit("line", thing.uid, (old, new), {("line", thing.uid, which): new})

    def _add(self, thing: Thing) -> Edit | None:
        kinds = CHILDREN.get(thing.kind, ())
        if not kinds:
            return None
        kind = self.chance.choice(kinds)
        text = f"{self.name.title()} {self._word()} {self._word()} {self.chance.randrange(10_000)}"
        if self.chance.random() < 0.1:
            text = f"Sama Persis {self._word()}"
        return self._added(thing, Thing(self.next_uid, kind, "", text))

    def _add_indicator(self, thing: Thing) -> Edit | None:
        if thing.kind not in PERFORMANCE_KINDS:
            return None
        text = f"Jumlah {self.name.title()} {self._word()} {self.chance.randrange(10_000)}"
        series = {"target": {str(year): str(self.chance.randrange(99)) for year in (2026, 2027)}}
        return self._added(thing, Thing(self.next_uid, INDIKATOR, "", text, "orang", series))

    def _added(self, owner: Thing, new: Thing) -> Edit:
        self.next_uid += 1
        like = [one.uid for one in owner.below if (one.kind == INDIKATOR) == (new.kind == INDIKATOR)]
        anchor = self.chance.choice(like) if like else None
        touches: dict[tuple[object, ...], object] = {("children", owner.uid): new.uid}
        return Edit("add", owner.uid, (new, anchor), touches)

    def _remove(self, thing: Thing) -> Edit | None:
        if len(list(walk(thing))) > 12 or thing.kind == JABATAN:
            return None
        owner = self.owners[thing.uid]
        touches: dict[tuple[object, ...], object] = {("gone", one.uid): None for one in walk(thing)}
        return Edit("remove", thing.uid, (), touches | {("children", owner.uid): ("gone", thing.uid)})

    def _move(self, thing: Thing) -> Edit | None:
        owner = self.owners[thing.uid]
        inside = {one.uid for one in walk(thing)}
        if thing.kind in (INDIKATOR, JABATAN):
            return None
        places = [
            t for t in self.things if thing.kind in CHILDREN.get(t.kind, ()) and t.uid not in inside and t is not owner
        ]
        if not places:
            return None
        target = self.chance.choice(places)
        like = [one.uid for one in target.below if one.kind != INDIKATOR]
        anchor = self.chance.choice(like) if like else None
        touches: dict[tuple[object, ...], object] = {
            ("parent", thing.uid): target.uid,
            ("children", target.uid): thing.uid,
            ("children", owner.uid): ("out", thing.uid),
        }
        return Edit("move", thing.uid, (target.uid, anchor), touches)

    def _dissolve(self, thing: Thing) -> Edit | None:
        """Remove a node and give what stands below it to the one above, as deleting its line does."""
        owner = self.owners[thing.uid]
        like = [one for one in owner.below if one.kind == thing.kind]
        at = like.index(thing)
        nodes = [one for one in thing.below if one.kind != INDIKATOR]
        if not at or not nodes or thing.kind == JABATAN:
            return None
        heir = like[at - 1]
        touches: dict[tuple[object, ...], object] = {("parent", one.uid): heir.uid for one in nodes}
        touches |= {("gone", one.uid): None for one in (thing, *thing.below) if one not in nodes}
        touches |= {("children", one.uid): ("dissolve", thing.uid) for one in (owner, heir)}
        return Edit("dissolve", thing.uid, (heir.uid,), touches)

    def _split(self, thing: Thing) -> Edit | None:
        """Put a new node before the last ones that stand below a node, which are its own now."""
        nodes = [one for one in thing.below if one.kind != INDIKATOR]
        if len(nodes) < 2 or thing.kind == JABATAN:
            return None
        moved = nodes[self.chance.randrange(1, len(nodes)) :]
        new = Thing(
            self.next_uid, thing.kind, "", f"{self.name.title()} {self._word()} {self.chance.randrange(10_000)}"
        )
        self.next_uid += 1
        touches: dict[tuple[object, ...], object] = {("parent", one.uid): new.uid for one in moved}
        owner = self.owners[thing.uid]
        touches |= {("children", one.uid): ("split", thing.uid) for one in (owner, thing)}
        return Edit("split", thing.uid, (owner.uid, new, *(one.uid for one in moved)), touches)

    def _swap(self, thing: Thing) -> Edit | None:
        group = [
            one.uid
            for one in thing.below
            if one.kind == self.chance.choice((INDIKATOR, "csf", "operasional", "antara"))
        ]
        if len(group) < 2:
            return None
        one, other = self.chance.sample(group, 2)
        return Edit("swap", thing.uid, (one, other), {("order", thing.uid): (one, other)})
