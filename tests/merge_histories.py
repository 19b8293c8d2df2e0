"""Histories of two branches made by chance, and what their merge has to be: the oracle of the merge tests.

A tree is taken apart into facts that know who they are, whatever they say; an edit changes some. So the merge of two
lists of edits is known without any merging: if no fact is touched by both, both lists are put in.
"""

from __future__ import annotations

import copy
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pokin_dsl.diagnostics import Severity
from pokin_dsl.syntax.nodes import AnnotationLine, HeaderLine, NodeLine
from pokin_dsl.syntax.vocabulary import CHILDREN, INDIKATOR, JABATAN, PERFORMANCE_KINDS
from tests.support import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pokin_dsl.syntax.nodes import Block

CLEAN, CONFLICT, EITHER = "bersih", "konflik", "terserah"
What = tuple[Any, ...]
_SERIES = ("awal", "target", "realisasi")
_FIRST_LINES = ("mandat", "permasalahan", "ekspektasi", "unit")
_WORDS = (
    *("Terpadu", "Mandiri", "Berkala", "Menyeluruh", "Bertahap", "Setempat", "Bersama", "Lanjutan"),
    *("Sejahtera", "Tangguh", "Lestari", "Cerdas"),
)


@dataclass(eq=False)
class Thing:
    """A node, position or indicator; ``uid`` says who it is in all versions. ``lines`` are its other annotations."""

    uid: int
    kind: str
    id: str
    text: str
    unit: str = ""
    series: dict[str, dict[str, str]] = field(default_factory=dict)
    lines: list[tuple[str, str]] = field(default_factory=list)
    below: list[Thing] = field(default_factory=list)

    def shape(self) -> object:
        """Give all that it says, with what stands below it in no order; what is empty is not there."""
        series = tuple(sorted((name, tuple(sorted(points.items()))) for name, points in self.series.items() if points))
        below = tuple(sorted((one.shape() for one in self.below), key=repr))
        return self.kind, self.id, self.text, self.unit, series, tuple(sorted(self.lines)), below


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


# -- trees and texts ---------------------------------------------------------------------------------------------------


def taken(text: str) -> Thing:
    """Take a tree apart; statements that stand more than once get a number, so that everybody can be told apart."""
    document, findings = read_bytes(text.encode())
    assert not [finding for finding in findings if finding.severity is Severity.GALAT]
    root = read(text)
    seen: Counter[str] = Counter()
    for number, thing in enumerate(walk(root)):
        thing.uid = number
        seen[thing.text] += 1
        if seen[thing.text] > 1:
            thing.text += f" Nomor {number}"
    assert document.blocks
    return root


def read(text: str) -> Thing:
    """Read a text as it is."""
    document, _ = read_bytes(text.encode())
    headers = [b.sentence for b in document.headers]
    root = Thing(0, "", "", "", lines=[(h.key, h.text) for h in headers if isinstance(h, HeaderLine)])
    _fill(root, document.blocks)
    return root


def _fill(thing: Thing, blocks: Sequence[Block]) -> None:
    for block in blocks:
        sentence = block.sentence
        if isinstance(sentence, NodeLine):
            thing.below.append(Thing(0, sentence.kind, sentence.id, sentence.text))
            _fill(thing.below[-1], block.children)
        elif isinstance(sentence, AnnotationLine) and sentence.name == INDIKATOR:
            thing.below.append(Thing(0, INDIKATOR, sentence.head, sentence.text))
            _fill(thing.below[-1], block.children)
        elif isinstance(sentence, AnnotationLine) and sentence.name in _SERIES:
            thing.unit = thing.unit or sentence.head
            thing.series[sentence.name] = {point.key: point.value for point in sentence.points}
        elif isinstance(sentence, AnnotationLine) and sentence.name == "satuan":
            thing.unit = thing.unit or sentence.text
        elif isinstance(sentence, AnnotationLine):
            head = f"{sentence.head}{':' if sentence.name == 'crosscutting' else ''} " if sentence.head else ""
            series = " ".join(f"{point.key}={point.value}" for point in sentence.points)
            body = block.line.note or head + (series or sentence.text)
            thing.lines.append((sentence.name, body.strip() if not block.line.note else "\n" + body))


def written(root: Thing) -> str:
    """Write a tree in one form, so that line by line merging has its best chance."""
    lines = [f"{key}: {text}" for key, text in root.lines]
    for thing in root.below:
        lines += ["", *_lines(thing, 0)]
    return "\n".join(lines) + "\n"


def _lines(thing: Thing, depth: int) -> Iterator[str]:
    pad, deeper = "  " * depth, "  " * (depth + 1)
    keyword = "@indikator" if thing.kind == INDIKATOR else thing.kind
    text = "\\" + thing.text if thing.text[0] in "[@|#" else thing.text
    yield f"{pad}{keyword} {f'[{thing.id}] ' if thing.id else ''}{text}"
    yield from _series_lines(thing, deeper)
    for name, said in thing.lines:
        if name in _FIRST_LINES:
            yield from _line(name, said, deeper)
    for below in (one for one in thing.below if one.kind == INDIKATOR):
        yield from _lines(below, depth + 1)
    for name, said in thing.lines:
        if name not in _FIRST_LINES:
            yield from _line(name, said, deeper)
    for below in (one for one in thing.below if one.kind != INDIKATOR):
        if below.kind == "csf":
            yield ""
        yield from _lines(below, depth + 1)


def _series_lines(thing: Thing, deeper: str) -> Iterator[str]:
    carrier = next((name for name in ("target", "realisasi") if thing.series.get(name)), "")
    if thing.unit and not carrier:
        yield f"{deeper}@satuan {thing.unit}"
    for name in _SERIES:
        if thing.series.get(name):
            unit = f"({thing.unit}) " if name == carrier and thing.unit else ""
            points = sorted(thing.series[name].items())
            yield f"{deeper}@{name} {unit}" + " ".join(f"{key}={value}" if key else value for key, value in points)


def _line(name: str, said: str, pad: str) -> Iterator[str]:
    if said.startswith("\n"):
        yield f"{pad}@{name}"
        yield from (f"{pad}  {line}" if line else "" for line in said[1:].split("\n"))
    else:
        yield f"{pad}@{name} {said}".rstrip()


def walk(root: Thing) -> Iterator[Thing]:
    """Give a thing and all below it, owners first."""
    yield root
    for below in root.below:
        yield from walk(below)


# -- edits -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Edit:
    """One thing done to a tree: what kind, to whom, with what; ``touches`` gives each fact and what becomes of it."""

    kind: str
    uid: int
    what: What
    touches: dict[tuple[object, ...], object]


def _found(root: Thing, uid: int) -> Thing | None:
    return next((thing for thing in walk(root) if thing.uid == uid), None)


def _owner(root: Thing, uid: int) -> Thing:
    return next(thing for thing in walk(root) if any(below.uid == uid for below in thing.below))


def applied(root: Thing, edits: Sequence[Edit]) -> Thing:
    """Give the tree with the edits put in; what is done to something that is gone is gone with it."""
    tree = copy.deepcopy(root)
    for edit in edits:
        thing = _found(tree, edit.uid)
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
    heir = _found(tree, what[0])
    if heir is not None:
        heir.below += [one for one in thing.below if one.kind != INDIKATOR]
        _remove(tree, thing, ())


def _split(tree: Thing, thing: Thing, what: What) -> None:
    new = copy.deepcopy(what[1])
    new.below = [one for one in thing.below if one.uid in what[2:]]
    thing.below = [one for one in thing.below if one not in new.below]
    # Who owns the new node is a fact of its own: it stays where its author wrote it, whatever becomes of the old one.
    _put(_found(tree, what[0]) or _owner(tree, thing.uid), new, thing.uid)


def _swap(_: Thing, thing: Thing, what: What) -> None:
    places = [at for at, one in enumerate(thing.below) if one.uid in what]
    if len(places) == 2:
        one, other = places
        thing.below[one], thing.below[other] = thing.below[other], thing.below[one]


def _add(_: Thing, thing: Thing, what: What) -> None:
    _put(thing, copy.deepcopy(what[0]), what[1])


def _move(tree: Thing, thing: Thing, what: What) -> None:
    target = _found(tree, what[0])
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


# -- what has to come out ----------------------------------------------------------------------------------------------


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
    first, second = _found(base, one.uid), _found(base, other.uid)
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
