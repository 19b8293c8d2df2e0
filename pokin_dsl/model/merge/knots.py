"""Which strand of one version is which of the others: nodes as comparing versions finds them, lines by place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pokin_dsl.model.diff.parts import Parts, parts
from pokin_dsl.model.merge.becoming import Became
from pokin_dsl.model.merge.common import common_branches
from pokin_dsl.model.merge.lists import aligned
from pokin_dsl.model.merge.strands import NODES, Strand, branch_text, group_of, is_part, is_single, version
from pokin_dsl.model.resolve import resolve
from pokin_dsl.syntax.nodes import AnnotationLine, NodeLine
from pokin_dsl.syntax.vocabulary import INDIKATOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pokin_dsl.model.diff.parts import Part
    from pokin_dsl.model.merge.strands import Version
    from pokin_dsl.model.places import Letak
    from pokin_dsl.model.tree import Pohon
    from pokin_dsl.syntax.nodes import Document

BASE, OURS, THEIRS = range(3)
SIDES = (OURS, THEIRS)


@dataclass(slots=True, eq=False)
class Knot:
    """What is one thing in up to three versions; ``below`` are the knots of all that stands below any of its strands.

    ``group`` is that of the first strand there is.
    """

    strands: list[Strand | None]
    group: str
    below: list[Knot] = field(default_factory=list)

    def on(self, side: int) -> Strand | None:
        """Give the strand of one version."""
        return self.strands[side]

    def above(self, side: int) -> Knot | None:
        """Give the knot above the strand of one version."""
        strand = self.strands[side]
        return strand.parent.knot if strand is not None and strand.parent is not None else None


@dataclass(frozen=True, slots=True)
class Tangle:
    """Three versions and the knot at their root.

    ``common`` are the branches that are the same in all of them, ``faults`` the codes of what is wrong in any model.
    """

    versions: tuple[Version, Version, Version]
    root: Knot
    common: frozenset[str]
    faults: frozenset[str]


def tangle(base: Document, ours: Document, theirs: Document) -> Tangle:
    """Find out what is what in three versions of one file."""
    common = common_branches((base, ours, theirs))
    versions = (version(base, common), version(ours, common), version(theirs, common))
    models = [resolve("", one.document, {}) for one in versions]
    taken = [_parts(one, model.pohon, model.letak) for one, (model, _) in zip(versions, models, strict=True)]
    faults = frozenset(finding.code for _, findings in models for finding in findings)
    tying = _Tying()
    root = tying.tie([one.root for one in versions])
    tying.whole(versions)
    tying.same_parts(taken)
    tying.new_parts(versions)
    tying.lines(versions)
    tying.hang_up(versions)
    return Tangle(versions, root, common, faults)


_Taken = tuple[Parts, dict["Part", Strand]]


def _parts(one: Version, pohon: Pohon, letak: Letak) -> _Taken:
    """Give the parts of the model of one version, and their strands."""
    found = parts(pohon)
    places = {}
    for part in found.all:
        place = letak.get(part.id)
        strand = one.by_line.get(place.line(place.block).number) if place is not None else None
        if strand is not None and is_part(strand):
            places[part] = strand
    return found, places


class _Tying:
    """Gives every strand its knot."""

    def tie(self, strands: Sequence[Strand | None]) -> Knot:
        """Make one thing of the strands of three versions."""
        first = next(strand for strand in strands if strand is not None)
        knot = Knot(list(strands), group_of(first) if first.sentence is not None else NODES)
        for strand in strands:
            if strand is not None:
                strand.knot = knot
        return knot

    @staticmethod
    def hang_up(versions: Sequence[Version]) -> None:
        """Put every knot below those above it, once all strands have theirs."""
        for one in versions:
            waiting = [one.root]
            while waiting:
                strand = waiting.pop()
                known = set(strand.knot.below) if strand.knot is not None else set()
                for below in strand.below:
                    if below.knot is not None and strand.knot is not None and below.knot not in known:
                        strand.knot.below.append(below.knot)
                waiting += strand.below

    def whole(self, versions: Sequence[Version]) -> None:
        """Tie the branches that are the same everywhere: they are who they are, whatever else is like them."""
        by_text: dict[str, list[Strand | None]] = {}
        for side, one in enumerate(versions):
            for strand in one.by_line.values():
                if strand.whole:
                    text = branch_text(strand.own, 0, len(strand.own))
                    by_text.setdefault(text, [None, None, None])[side] = strand
        for strands in by_text.values():
            self.tie(strands)

    def same_parts(self, taken: Sequence[_Taken]) -> None:
        """Tie what was there before to what it has become.

        Where neither side clearly still has it, what may be it is taken for it: else one side's removal would seem to
        be that of both, and be lost without a word. So it is asked about.
        """
        (base, places), *others = taken
        became = [Became(base, other, places, there) for other, there in others]
        free = [part for part in base.all if part in places and places[part].knot is None]
        for one in became:
            one.take_heirs(free)
        for part in free:
            strand = places[part]
            is_clear = any(strand in one.clear for one in became)
            self.tie([strand, *((one.clear if is_clear else one.doubtful).get(strand) for one in became)])

    def new_parts(self, versions: Sequence[Version]) -> None:
        """Tie what both sides have added alike: by its id, else by its text in the same place."""
        new: dict[tuple[object, ...], list[Strand]] = {}
        for strand in _unknown(versions[OURS].root):
            self.tie([None, strand, None])
            for key in _keys(strand):
                new.setdefault(key, []).append(strand)
        for strand in _unknown(versions[THEIRS].root):
            twin = next((one for key in _keys(strand) for one in new.get(key, ()) if _is_free(one, strand)), None)
            if twin is None or twin.knot is None:
                self.tie([None, None, strand])
                continue
            twin.knot.strands[THEIRS] = strand
            strand.knot = twin.knot
        # A base node that the model knows nothing of, because it stands where none may, is a thing of its own.
        for strand in _unknown(versions[BASE].root):
            self.tie([strand, None, None])

    def lines(self, versions: Sequence[Version]) -> None:
        """Tie all other lines, thing by thing: each stands below the same thing in all versions."""
        for one in versions:
            waiting = [one.root]
            while waiting:
                strand = waiting.pop()
                if strand.knot is not None and any(below.knot is None for below in strand.below):
                    self._lines_of(strand.knot)
                waiting += strand.below

    def _lines_of(self, knot: Knot) -> None:
        groups: dict[str, list[list[Strand]]] = {}
        for side, strand in enumerate(knot.strands):
            for below in strand.below if strand is not None else ():
                if below.knot is None:
                    groups.setdefault(group_of(below), [[], [], []])[side].append(below)
        for group, rows in groups.items():
            if len(rows[BASE]) == len(rows[OURS]) == len(rows[THEIRS]) == 1:
                self.tie([row[0] for row in rows])
            else:
                self._align(group, rows)

    def _align(self, group: str, rows: Sequence[Sequence[Strand]]) -> None:
        base, ours, theirs = ([_value(strand) for strand in row] for row in rows)
        here, there = aligned(base, ours), aligned(base, theirs)
        for index, strand in enumerate(rows[BASE]):
            mine = rows[OURS][here[index]] if index in here else None
            other = rows[THEIRS][there[index]] if index in there else None
            self.tie([strand, mine, other])
        left = [strand for strand in rows[OURS] if strand.knot is None]
        come = [strand for strand in rows[THEIRS] if strand.knot is None]
        for strand in left:
            same = [other for other in come if other.knot is None and _value(other) == _value(strand)]
            if not same and is_single(group) and len(left) == len(come) == 1:
                same = come
            self.tie([None, strand, same[0] if same else None])
        for strand in come:
            if strand.knot is None:
                self.tie([None, None, strand])


def _unknown(strand: Strand) -> Iterator[Strand]:
    """Give the nodes, positions and indicators that have no knot yet, owners first."""
    for below in strand.below:
        if below.knot is None and is_part(below):
            yield below
        if below.below:
            yield from _unknown(below)


def _keys(strand: Strand) -> Iterator[tuple[object, ...]]:
    sentence = strand.sentence
    if isinstance(sentence, NodeLine | AnnotationLine):
        kind = sentence.kind if isinstance(sentence, NodeLine) else INDIKATOR
        if _id(strand):
            yield ("id", _id(strand))
        yield (strand.parent.knot if strand.parent else None, kind, strand.facts.get("teks"))


def _id(strand: Strand) -> str:
    return strand.facts.get("id", "")


def _is_free(one: Strand, other: Strand) -> bool:
    if one.knot is None or one.knot.strands[THEIRS] is not None or group_of(one) != group_of(other):
        return False
    return not (_id(one) and _id(other)) or _id(one) == _id(other)


def _value(strand: Strand) -> str:
    return "\n".join([strand.unit, *(f"{key}={value}" for key, value in strand.facts.items())])
