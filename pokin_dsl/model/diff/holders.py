"""Whose agreement a part of a tree belongs to, in two versions of it, and where it passed to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.query import pemegang, semua_pemegang
from pokin_dsl.model.tree import Indikator, Jabatan, Simpul

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pokin_dsl.model.diff.changes import Ref
    from pokin_dsl.model.diff.parts import Part

Passed = tuple[tuple["Ref", ...], tuple["Ref", ...], bool, bool]
"""Who held it, who holds it, and whether nobody did or does on purpose."""


class Holders:
    """The holders of two versions, as the newer one calls them."""

    def __init__(
        self, old: Iterable[Part], new: Iterable[Part], old_refs: Mapping[str, Ref], new_refs: Mapping[str, Ref]
    ) -> None:
        """Take all parts of both versions, and what their ids mean."""
        self._refs = (old_refs, new_refs)
        self._holding = {ref for side, refs in zip((old, new), self._refs, strict=True) for ref in _holding(side, refs)}

    def of(self, old: Part | None, new: Part | None) -> tuple[Ref, ...]:
        """Give the positions whose agreement holds a thing before or after; of a position itself, if it has one."""
        found = dict.fromkeys((*self._one(old, 0), *self._one(new, 1)))
        return tuple(found)

    def handed_over(self, old: Part, new: Part, there: Mapping[Part, Part]) -> Passed | None:
        """Say how an agreement passed to others, or nothing.

        An indicator without holders of its own follows its performance, and is told of only where that changes.
        """
        was, now = old.isi, new.isi
        if isinstance(was, Jabatan) or isinstance(now, Jabatan):
            return None
        before, after = self._read(was.pk, 0), self._read(now.pk, 1)
        if set(before) == set(after) and was.tanpa_pk == now.tanpa_pk:
            return None
        if isinstance(was, Simpul):
            return before, after, was.tanpa_pk, now.tanpa_pk
        return self._of_indicator(old, new, there)

    def _of_indicator(self, old: Part, new: Part, there: Mapping[Part, Part]) -> Passed | None:
        before, after = self._one(old, 0), self._one(new, 1)
        performance, heir = old.parent, new.parent
        if performance is None or heir is None or set(before) != set(after):
            return before, after, _on_purpose(old), _on_purpose(new)
        stays = there.get(performance) is heir and (set(self._own(performance, 0)) == set(self._own(heir, 1)))
        return None if stays or not before else (before, after, False, False)

    def _own(self, part: Part, side: int) -> tuple[Ref, ...]:
        return self._read(part.isi.pk, side) if isinstance(part.isi, Simpul) else ()

    def _one(self, part: Part | None, side: int) -> tuple[Ref, ...]:
        if part is None:
            return ()
        if isinstance(part.isi, Simpul):
            return self._read(semua_pemegang(part.isi), side)
        if isinstance(part.isi, Indikator):
            simpul = part.parent.isi if part.parent else None
            return self._read(pemegang(simpul, part.isi), side) if isinstance(simpul, Simpul) else ()
        ref = self._refs[side][part.id]
        return (ref,) if ref in self._holding else ()

    def _read(self, ids: Iterable[str], side: int) -> tuple[Ref, ...]:
        return tuple([self._refs[side][id_] for id_ in ids])


def _holding(parts: Iterable[Part], refs: Mapping[str, Ref]) -> Iterable[Ref]:
    for part in parts:
        if isinstance(part.isi, Simpul | Indikator):
            for id_ in part.isi.pk:
                yield refs[id_]


def _on_purpose(part: Part) -> bool:
    return isinstance(part.isi, Indikator) and part.isi.tanpa_pk
