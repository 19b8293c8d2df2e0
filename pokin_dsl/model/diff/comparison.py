"""What is different about each part of two versions of a tree: there or not, its place, name, holders and facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.diff.changes import (
    POHON,
    Added,
    Change,
    HandedOver,
    Moved,
    Readdressed,
    Ref,
    Releveled,
    Removed,
    Reordered,
    Restated,
    Reworded,
    Thing,
)
from pokin_dsl.model.diff.facts import header_texts
from pokin_dsl.model.diff.holders import Holders
from pokin_dsl.model.diff.matching import match
from pokin_dsl.model.diff.order import moved
from pokin_dsl.model.diff.parts import SIMPUL, Part, is_written, meant, parts
from pokin_dsl.model.diff.restated import About, restated, says_the_same
from pokin_dsl.model.tree import Csf, Jabatan, Kondisi, Simpul
from pokin_dsl.syntax.vocabulary import INDIKATOR, JABATAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pokin_dsl.model.query import Peta


class Comparison:
    """Two versions of one tree with the look-ups that all questions share."""

    def __init__(self, before: Peta, after: Peta) -> None:
        self.before, self.after = before, after
        self.old, self.new = parts(before.pohon), parts(after.pohon)
        pairing = match(self.old, self.new)
        self.there, self.back = pairing.there, pairing.back
        self.new_refs = {part.id: _ref(part) for part in self.new.all}
        self.old_refs = {part.id: _ref(self.there.get(part, part)) for part in self.old.all}
        self.holders = Holders(self.old.all, self.new.all, self.old_refs, self.new_refs)

    def all(self) -> Iterator[Change]:
        """Give every change in its order."""
        yield from self._header()
        found = [(self._rank(old), self._gone(old)) for old in self.old.all if old not in self.there]
        reordered = self._reordered()
        for new in self.new.all:
            former = self.back.get(new)
            here = list(self._come(new) if former is None else self._pair(former, new, reordered))
            found.append(((new.nth, -1), here))
        found.sort(key=lambda ranked: ranked[0])
        for _, here in found:
            yield from here

    def _rank(self, old: Part) -> tuple[int, int]:
        above: Part | None = old
        while above is not None and above not in self.there:
            above = above.parent
        if above is not None:
            return self.there[above].nth, old.nth
        return (-1 if old.group == JABATAN else len(self.new.all)), old.nth

    def _header(self) -> Iterator[Change]:
        old, new = header_texts(self.before.pohon), header_texts(self.after.pohon)
        pohon = self.after.pohon
        thing = Thing(pohon.nama, POHON, self.before.pohon.nama, pohon.nama, pohon.judul)
        for key, text in new.items():
            if meant(old[key]) != meant(text):
                yield Restated(thing, (), key, old[key], text)

    # -- what is on one side alone -------------------------------------------------------------------------------------

    def _come(self, new: Part) -> Iterator[Change]:
        if not _is_outside(new):
            inside = new.parent is not None and new.parent not in self.back
            yield Added(self._thing(new, "", new.id), self.holders.of(None, new), new.isi, inside)

    def _gone(self, old: Part) -> list[Change]:
        if _is_outside(old):
            return []
        inside = old.parent is not None and old.parent not in self.there
        return [Removed(self._thing(old, old.id, ""), self.holders.of(old, None), old.isi, inside)]

    # -- what is on both sides -----------------------------------------------------------------------------------------

    def _pair(self, old: Part, new: Part, reordered: Mapping[Part, Change]) -> Iterator[Change]:
        if _is_outside(old) or _is_outside(new):
            if not _is_outside(new):
                yield Added(self._thing(new, "", new.id), self.holders.of(old, new), new.isi, inside=False)
            if not _is_outside(old):
                yield Removed(self._thing(old, old.id, ""), self.holders.of(old, new), old.isi, inside=False)
            return
        yield from self._place(old, new)
        if new in reordered:
            yield reordered[new]
        yield from self._handed_over(old, new)
        if old.isi is not new.isi:
            yield from self._name(old, new)
        if not says_the_same(old.isi, new.isi):
            about = About(self._thing(new, old.id, new.id), self.holders.of(old, new), self.old_refs, self.new_refs)
            yield from restated(old.isi, new.isi, about)

    def _place(self, old: Part, new: Part) -> Iterator[Change]:
        above, below = old.parent, new.parent
        if (above is None) != (below is None) or (above is not None and self.there.get(above) is not below):
            was = self.old_refs[above.id] if above else None
            now = self.new_refs[below.id] if below else None
            yield Moved(self._thing(new, old.id, new.id), self.holders.of(old, new), was, now)

    def _reordered(self) -> dict[Part, Change]:
        """Find the siblings that stand elsewhere among those that have stayed; of indicators the order says nothing."""
        found: dict[Part, Change] = {}
        for parent, below in self.old.below.items():
            above = self.there.get(parent) if parent else None
            if parent is not None and above is None:
                continue
            for group in (JABATAN, SIMPUL):
                stayed = [p for p in below if p.group == group and p in self.there and self.there[p].parent is above]
                places = [self.there[part].place for part in stayed]
                if sorted(places) != places:
                    for index in moved(places):
                        new = self.there[stayed[index]]
                        found[new] = self._reorder(stayed[index], new)
        return found

    def _reorder(self, old: Part, new: Part) -> Change:
        was = _before(old, self.old.below[old.parent])
        now = _before(new, self.new.below[new.parent])
        return Reordered(
            self._thing(new, old.id, new.id),
            (),
            self.old_refs[was.id] if was else None,
            self.new_refs[now.id] if now else None,
        )

    def _name(self, old: Part, new: Part) -> Iterator[Change]:
        if old.kind != new.kind:
            yield Releveled(self._thing(new, old.id, new.id), self.holders.of(old, new), old.kind, new.kind)
        if old.isi.teks != new.isi.teks and meant(old.isi.teks) != meant(new.isi.teks):
            yield Reworded(self._thing(new, old.id, new.id), self.holders.of(old, new), old.isi.teks, new.isi.teks)
        if old.id != new.id and (is_written(old) or is_written(new)):
            kept = isinstance(new.isi, Simpul) and old.id in new.isi.alias
            yield Readdressed(self._thing(new, old.id, new.id), (), old.id, new.id, kept)

    def _handed_over(self, old: Part, new: Part) -> Iterator[Change]:
        found = self.holders.handed_over(old, new, self.there)
        if found is not None:
            was, now, none_then, none_now = found
            touched = tuple(dict.fromkeys(ref for ref in (*was, *now) if (ref in was) != (ref in now)))
            yield HandedOver(self._thing(new, old.id, new.id), touched, was, now, none_then, none_now)

    def _thing(self, part: Part, old_id: str, new_id: str) -> Thing:
        """Describe a part of the newer version, or one of the older where it has no new id."""
        refs, peta = (self.new_refs, self.after) if new_id else (self.old_refs, self.before)
        owner = part.parent if part.group == INDIKATOR else part
        turunan = peta.turunan.get(owner.id) if owner and owner.group != JABATAN else None
        return Thing(
            self.after.pohon.nama,
            part.kind,
            old_id,
            new_id,
            part.isi.teks,
            refs[part.parent.id] if part.parent else None,
            _branch(owner, refs),
            turunan.jenjang if turunan else "",
        )


def _ref(part: Part) -> Ref:
    return Ref(part.id, part.kind, part.isi.teks)


def _branch(part: Part | None, refs: Mapping[str, Ref]) -> Ref | None:
    """Give the kondisi at or above a node; where there is none the csf, else the top outcome."""
    if part is None or part.group == JABATAN:
        return None
    above: Part | None = part
    around = part
    while above is not None:
        if isinstance(above.isi, Kondisi):
            return refs[above.id]
        around = above if not isinstance(around.isi, Csf) else around
        above = above.parent
    return refs[around.id]


def _before(part: Part, siblings: Iterable[Part]) -> Part | None:
    earlier = [other for other in siblings if other.group == part.group and other.place < part.place]
    return earlier[-1] if earlier else None


def _is_outside(part: Part) -> bool:
    return isinstance(part.isi, Jabatan) and part.isi.di_luar
