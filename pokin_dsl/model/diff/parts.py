"""A tree taken apart for comparing: its nodes, indicators and positions in one list, each with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.model.identity import slug
from pokin_dsl.model.tree import Indikator, Jabatan, Simpul
from pokin_dsl.syntax.vocabulary import INDIKATOR, JABATAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pokin_dsl.model.tree import Pohon

SIMPUL = "simpul"
Isi = Simpul | Indikator | Jabatan
_DIGEST = re.compile(r"-[0-9a-f]{6}")
_STRAIGHT = dict.fromkeys(range(0x2018, 0x201C), "'") | dict.fromkeys(range(0x201C, 0x2020), '"')


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A node, indicator or position (``group``) of one tree; it equals itself alone.

    ``nth`` is its place in the whole tree, ``place`` its place among those of its group that have the same parent.
    ``wording`` is its text as it is compared.
    """

    group: str
    kind: str
    id: str
    isi: Isi
    parent: Part | None
    nth: int
    place: int
    wording: str


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts of a tree in written order, owners first, and what stands directly below each (None: at the top)."""

    all: tuple[Part, ...]
    below: Mapping[Part | None, tuple[Part, ...]]


def parts(pohon: Pohon) -> Parts:
    """Take a tree apart; linear in its size."""
    taken = _Taken()
    taken.top(pohon)
    return Parts(tuple(taken.all), taken.below)


def meant(text: str) -> str:
    """Give a text without what a formatter may change: runs of blanks, curly quotes, decomposed letters."""
    plain = text if text.isascii() else unicodedata.normalize("NFC", text).translate(_STRAIGHT)
    return " ".join(plain.split())


def is_written(part: Part) -> bool:
    """Say whether an author wrote the id of a part, as far as the model shows.

    A derived id can be told by its text: it is the text's slug, or that with six digits. An author who writes the very
    same has an id that changes with the wording all the same as soon as it is left out, so nothing is lost.
    """
    stem = slug(part.isi.teks)
    if part.id == stem:
        return False
    own = stem or part.kind
    return not (part.id.startswith(own) and _DIGEST.fullmatch(part.id, len(own)))


def is_shared(part: Part) -> bool:
    """Say whether a derived id has digits, because others have the same text: then it says nothing that others do not.

    Of twins below one parent it even depends on their order.
    """
    return part.id != slug(part.isi.teks)


class _Taken:
    """The list while it grows."""

    def __init__(self) -> None:
        self.all: list[Part] = []
        self.below: dict[Part | None, tuple[Part, ...]] = {}

    def top(self, pohon: Pohon) -> None:
        positions = self._add(JABATAN, pohon.jabatan, None)
        nodes = self._add(SIMPUL, pohon.akar, None)
        self.below[None] = (*positions, *nodes)

    def _add(self, group: str, found: Iterable[Isi], parent: Part | None) -> list[Part]:
        added = []
        for place, isi in enumerate(found):
            kind = isi.jenis if isinstance(isi, Simpul) else group
            part = Part(group, kind, isi.id, isi, parent, len(self.all), place, meant(isi.teks).casefold())
            self.all.append(part)
            added.append(part)
            self._add_below(part, isi)
        return added

    def _add_below(self, part: Part, isi: Isi) -> None:
        if isinstance(isi, Simpul):
            if isi.indikator or isi.anak:
                indicators = self._add(INDIKATOR, isi.indikator, part)
                self.below[part] = (*indicators, *self._add(SIMPUL, isi.anak, part))
        elif isinstance(isi, Jabatan) and isi.bawahan:
            self.below[part] = tuple(self._add(JABATAN, isi.bawahan, part))
