"""Which of its facts two versions of a node, indicator or position state differently."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from pokin_dsl.model.diff.changes import Change, Listed, Marked, Rebudgeted, Ref, Restated, Retargeted, Thing
from pokin_dsl.model.diff.facts import OF_AGREEMENT, different, entries, shifted, texts
from pokin_dsl.model.diff.parts import meant
from pokin_dsl.model.tree import Indikator, Jabatan, Simpul

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.model.diff.parts import Isi

_SERIES = ("awal", "target", "realisasi")
_MARKS = ("iku", "plt")
_of_node = attrgetter(
    *("unit", "kode", "pagu", "crosscutting", "alias", "tag", "komponen", "jenjang", "varian", "catatan", "abaikan"),
    *("cek", "tambahan"),
)
_of_outcome = attrgetter("mandat", "permasalahan", "ekspektasi")
_of_indicator = attrgetter(
    *("satuan", "arah", "definisi", "rumus", "sumber", "frekuensi", "iku", *_SERIES, "catatan", "tambahan"),
)
_of_position = attrgetter("pejabat", "nip", "eselon", "plt", "catatan", "tambahan")


@dataclass(frozen=True, slots=True)
class About:
    """What is compared, whose agreement holds it, and what the ids of either version mean."""

    thing: Thing
    pk: tuple[Ref, ...]
    old_refs: Mapping[str, Ref]
    new_refs: Mapping[str, Ref]

    def touched(self, fact: str) -> tuple[Ref, ...]:
        """Give whose agreement a change of this fact touches."""
        return self.pk if fact in OF_AGREEMENT else ()


def says_the_same(old: Isi, new: Isi) -> bool:
    """Say at little cost whether two things surely state the same facts, letter by letter and in the same order."""
    if isinstance(old, Indikator):
        return old is new or _of_indicator(old) == _of_indicator(new)
    if isinstance(old, Jabatan):
        return old is new or _of_position(old) == _of_position(new)
    # Ids may lead elsewhere though they are written the same.
    if _refers(old) or _refers(new) or hasattr(old, "mandat") != hasattr(new, "mandat"):
        return False
    if hasattr(old, "mandat") and _of_outcome(old) != _of_outcome(new):
        return False
    return old is new or _of_node(old) == _of_node(new)


def restated(old: Isi, new: Isi, about: About) -> Iterator[Change]:
    """Give each fact that is stated differently; the same words in another form or order are no difference."""
    before, after = texts(old), texts(new)
    for fact, text in after.items():
        if meant(before[fact]) != meant(text) and not (fact == "satuan" and _comes_with_target(old, new)):
            yield Restated(about.thing, about.touched(fact), fact, before[fact], text)
    yield from _series(old, new, about)
    for fact in _MARKS:
        on = getattr(new, fact, False)
        if on != getattr(old, fact, False):
            yield Marked(about.thing, about.touched(fact), fact, on)
    yield from _entries(old, new, about)


def _comes_with_target(old: Isi, new: Isi) -> bool:
    """Say whether a unit came or went with the targets that it is written with: those are told, and say it too."""
    if not (isinstance(old, Indikator) and isinstance(new, Indikator)):
        return False
    return bool(old.satuan) == bool(old.target) != bool(new.target) == bool(new.satuan)


def _series(old: Isi, new: Isi, about: About) -> Iterator[Change]:
    if isinstance(old, Indikator) and isinstance(new, Indikator):
        for name in _SERIES:
            points = shifted(getattr(old, name), getattr(new, name))
            if points:
                yield Retargeted(about.thing, about.pk, name, new.satuan or old.satuan, points)
    elif isinstance(old, Simpul) and isinstance(new, Simpul):
        points = shifted(old.pagu, new.pagu)
        if points:
            yield Rebudgeted(about.thing, about.pk, points)


def _entries(old: Isi, new: Isi, about: About) -> Iterator[Change]:
    before, after = entries(old, about.old_refs), entries(new, about.new_refs)
    for fact in dict.fromkeys((*before, *after)):
        for key, was, now in different(before.get(fact, ()), after.get(fact, ())):
            # The alias that keeps an address alive is told with the new id.
            if fact != "alias" or old.id == new.id or not {old.id, new.id} & {was, now}:
                yield Listed(about.thing, about.touched(fact), fact, key, was, now)


def _refers(isi: Isi) -> bool:
    return isinstance(isi, Simpul) and bool(isi.mendukung or isi.mendukung_indikator or isi.lihat)
