"""The site's trees beside a former version of them: what changed, put together by node, and a mark for each node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pokin_dsl.model.diff.changes import (
    POHON,
    Added,
    Change,
    HandedOver,
    Listed,
    Marked,
    Moved,
    Readdressed,
    Rebudgeted,
    Releveled,
    Removed,
    Reordered,
    Restated,
    Retargeted,
    Reworded,
    Thing,
    TreeAdded,
    TreeRemoved,
    TreeRenamed,
)
from pokin_dsl.model.diff.groups import Entry, by_branch
from pokin_dsl.model.diff.versions import workspace_changes
from pokin_dsl.model.diff.wording import FACTS, SERIES
from pokin_dsl.site import change_parts, urls
from pokin_dsl.site.atlas import LEVELS
from pokin_dsl.site.change_parts import ChangeParts
from pokin_dsl.syntax.vocabulary import INDIKATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pokin_dsl.model.query import Peta

NEW, GONE, MOVED, CHANGED = "baru", "lama", "pindah", "ubah"
MOVED_VERB = "Dipindahkan"
_INDICATOR = "indikator"


@dataclass(frozen=True, slots=True)
class Former:
    """The trees of a workspace as they were, by name, and what people call that version (``main@1a2b3c``)."""

    name: str
    trees: Mapping[str, Peta]


@dataclass(frozen=True, slots=True)
class Mark:
    """How a node or position differs: ``kind`` is baru, lama, pindah or ubah; ``verb`` and ``facts`` say it in words.

    ``anchor`` is where the page of changes tells of it, or, of many changes, a part of that: ``page``.
    """

    kind: str
    verb: str
    facts: tuple[str, ...]
    anchor: str
    page: str = urls.CHANGES

    @property
    def address(self) -> str:
        """Give the path from the site's root of the account of it."""
        return f"{self.page}#{self.anchor}"

    @property
    def words(self) -> str:
        """Give it in a few words: "Diubah: rumusan, target"."""
        if not self.facts:
            return self.verb
        return f"{self.verb}{'; diubah' if self.kind == MOVED else ''}: {', '.join(self.facts)}"


Marks = Mapping[str, Mark]
NO_MARKS: Marks = {}


@dataclass(frozen=True, slots=True)
class Card:
    """All changes of one node or position, those of a node's indicators with it; ``thing`` is whose they are."""

    thing: Thing
    mark: Mark
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The cards of one branch of a tree."""

    anchor: str
    title: str
    cards: tuple[Card, ...]

    @property
    def count(self) -> int:
        """Count the changes, those inside new and removed branches too."""
        return sum(1 + len(entry.inside) for card in self.cards for entry in card.entries)


@dataclass(frozen=True, slots=True)
class Differences:
    """One tree that changed: both versions of it (None where it is not there), and its changes in two forms."""

    name: str
    before: Peta | None
    after: Peta | None
    changes: tuple[Change, ...]
    sections: tuple[Section, ...]
    levels: Mapping[str, str] = field(default_factory=lambda: LEVELS)

    @property
    def title(self) -> str:
        """Give its title, of the newer version where it has one."""
        peta = self.after or self.before
        return peta.pohon.judul if peta else self.name

    @property
    def anchor(self) -> str:
        """Give where its part of the page begins."""
        return urls.change_anchor("p", self.name)


class Compared:
    """The trees of the site and the former ones, with everything that differs; ``newer`` is what people call these.

    Whoever knows the changes already hands them in. ``levels`` are the printed names of levels.
    """

    def __init__(
        self,
        former: Former,
        trees: Mapping[str, Peta],
        newer: str = "",
        changes: tuple[Change, ...] | None = None,
        levels: Mapping[str, str] = LEVELS,
    ) -> None:
        self._levels = levels
        self.name, self.newer = former.name, newer
        self.changes = workspace_changes(former.trees, trees) if changes is None else changes
        self._before, self._after = former.trees, trees

    @cached_property
    def trees(self) -> Mapping[str, Differences]:
        """Give the trees that changed, by name."""
        changes: dict[str, list[Change]] = {}
        for change in self.changes:
            changes.setdefault(change.thing.pohon, []).append(change)
        return {name: self._differences(name, found) for name, found in changes.items()}

    @cached_property
    def marks(self) -> Mapping[str, Marks]:
        """Give by tree the marks of the nodes that are there now; a tree that is new as a whole has none."""
        return {name: {id_: self._led(mark) for id_, mark in _marks(tree)} for name, tree in self.trees.items()}

    @cached_property
    def parts(self) -> ChangeParts:
        """Give the pages on which the changes stand."""
        return ChangeParts(self.trees.values(), change_parts.MOST_UNITS)

    def _led(self, mark: Mark) -> Mark:
        return replace(mark, page=self.parts.page(mark.anchor)) if self.parts.divided else mark

    def _differences(self, name: str, changes: Sequence[Change]) -> Differences:
        former = next((change.old for change in changes if isinstance(change, TreeRenamed)), name)
        before = self._before.get(former) or self._only_former(changes)
        sections = tuple(_sections(changes))
        return Differences(name, before, self._after.get(name), tuple(changes), sections, self._levels)

    def _only_former(self, changes: Sequence[Change]) -> Peta | None:
        """Give the one former tree of two files that were compared: two versions of one tree, whatever their names."""
        added = any(isinstance(change, TreeAdded) for change in changes)
        return None if added or len(self._before) != 1 else next(iter(self._before.values()))


def _sections(changes: Sequence[Change]) -> Iterator[Section]:
    """Put together what is about one node, in the branch that it is in now, though its indicators may have left it."""
    branches = by_branch(changes)
    entries = [(nth, entry) for nth, branch in enumerate(branches) for entry in branch.entries]
    home: dict[str, int] = {}
    for nth, entry in sorted(entries, key=lambda placed: _is_of_indicator(placed[1])):
        home.setdefault(_anchor(entry.change), nth)
    together: dict[int, dict[str, list[Entry]]] = {}
    for _, entry in entries:
        anchor = _anchor(entry.change)
        together.setdefault(home[anchor], {}).setdefault(anchor, []).append(entry)
    for nth, branch in enumerate(branches):
        cards = tuple(_card(anchor, found) for anchor, found in together.get(nth, {}).items())
        if cards:
            yield Section(urls.change_anchor("c", branch.pohon, str(nth + 1)), branch.title, cards)


def _card(anchor: str, entries: Iterable[Entry]) -> Card:
    """Make a card: the node's own changes first, then those of its indicators, in their order."""
    ordered = sorted(entries, key=_is_of_indicator)
    thing = _owner(ordered[0].change.thing)
    return Card(thing, _mark(anchor, [entry.change for entry in ordered]), tuple(ordered))


def _is_of_indicator(entry: Entry) -> bool:
    return entry.change.thing.jenis == INDIKATOR


def _owner(thing: Thing) -> Thing:
    """Give the node that an indicator belongs to, and everything else as it is."""
    if thing.jenis != INDIKATOR or thing.induk is None:
        return thing
    owner = thing.induk
    return Thing(thing.pohon, owner.jenis, owner.id, owner.id, owner.teks, None, thing.cabang, thing.jenjang)


def _anchor(change: Change) -> str:
    """Name the card of a change by what it is about, so that other changes leave its address alone."""
    thing = change.thing
    if thing.jenis == POHON:
        return urls.change_anchor("t", thing.pohon)
    owner = _owner(thing)
    return urls.change_anchor("u" if owner.new_id else "h", thing.pohon, owner.new_id or owner.old_id)


def _mark(anchor: str, changes: Iterable[Change]) -> Mark:
    """Give the mark of a card from its changes."""
    facts: dict[str, None] = {}
    kind, verb = CHANGED, "Diubah"
    for change in sorted(changes, key=lambda change: not isinstance(change, Reworded)):
        own = change.thing.jenis != INDIKATOR
        if own and isinstance(change, Added | TreeAdded):
            return Mark(NEW, "Ditambahkan", (), anchor)
        if own and isinstance(change, Removed | TreeRemoved):
            return Mark(GONE, "Dihapus", (), anchor)
        if own and isinstance(change, Moved):
            kind, verb = MOVED, MOVED_VERB
        elif own and isinstance(change, Reordered) and kind == CHANGED:
            kind, verb = MOVED, "Urutannya diubah"
        else:
            facts[_fact(change)] = None
    return Mark(kind, verb, tuple(facts), anchor)


def _fact(change: Change) -> str:  # noqa: PLR0911 - one case for each kind of change
    """Name what a change is about, in a word or two."""
    match change:
        case Reworded():
            return "nama" if change.thing.jenis == "jabatan" else _of(change, "rumusan")
        case Retargeted():
            return SERIES[change.deret]
        case Rebudgeted():
            return "pagu"
        case HandedOver():
            return "PK"
        case Restated() | Listed():
            return _of(change, FACTS[change.fact])
        case Marked():
            return change.fact.upper() if change.fact == "iku" else "Plt."
        case Releveled():
            return "jenis"
        case Readdressed():
            return _of(change, "id")
        case TreeRenamed():
            return "nama"
        case _:
            return _INDICATOR


def _of(change: Change, fact: str) -> str:
    return _INDICATOR if change.thing.jenis == INDIKATOR else fact


def _marks(tree: Differences) -> Iterator[tuple[str, Mark]]:
    """Give the mark of each node and position by its id; within a new branch all of them are new."""
    for section in tree.sections:
        for card in section.cards:
            if card.thing.new_id and card.thing.jenis != POHON:
                yield card.thing.new_id, card.mark
            for entry in card.entries:
                for change in entry.inside:
                    if isinstance(change, Added) and change.thing.jenis != INDIKATOR:
                        yield change.thing.new_id, Mark(NEW, "Ditambahkan", (), card.mark.anchor)


def removed_anchors(tree: Differences) -> Mapping[str, str]:
    """Give by its former id where the page tells of each thing that is no more."""
    return {
        change.thing.old_id: card.mark.anchor
        for section in tree.sections
        for card in section.cards
        for entry in card.entries
        for change in (entry.change, *entry.inside)
        if isinstance(change, Removed)
    }
