"""What can be different between two versions of a tree: one type for each kind of change.

Each says what it is about (``thing``) and whose agreement it touches (``pk``): of what an agreement holds, those who
answered for it before or do now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.model.diff.wordwise import Piece, pieces

if TYPE_CHECKING:
    from pokin_dsl.model.diff.parts import Isi

POHON = "pohon"


@dataclass(frozen=True, slots=True)
class Ref:
    """A node, indicator or position by its name; the id is that of the newer version, where it has one there."""

    id: str
    jenis: str
    teks: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What a change is about: a node, indicator or position, or a whole tree (``jenis`` is ``POHON``).

    ``old_id`` and ``new_id`` lead to its place in either version (``Resolved.letak``); one is empty where it is not
    there. ``teks``, ``induk`` (None at the top), ``cabang`` (the kondisi around it, else csf or outcome; itself where
    it is one) and ``jenjang`` (the level as printed) are those of the newer version, where it has one.
    """

    pohon: str
    jenis: str
    old_id: str
    new_id: str
    teks: str
    induk: Ref | None = None
    cabang: Ref | None = None
    jenjang: str = ""


@dataclass(frozen=True, slots=True)
class Shifted:
    """One value of a series in both versions, as written; ``kunci`` is the year; empty where there was or is none."""

    kunci: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class _Change:
    thing: Thing
    pk: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Added(_Change):
    """A new node, indicator or position; ``inside`` says that its parent is new too."""

    isi: Isi
    inside: bool


@dataclass(frozen=True, slots=True)
class Removed(_Change):
    """A node, indicator or position that is no more; ``inside`` says that its parent was removed too."""

    isi: Isi
    inside: bool


@dataclass(frozen=True, slots=True)
class Moved(_Change):
    """Another parent: a node in another branch, an indicator of another performance, a position's other superior."""

    old: Ref | None
    new: Ref | None


@dataclass(frozen=True, slots=True)
class Reordered(_Change):
    """Another place among the same siblings: behind which it stood and stands (None: the first)."""

    old: Ref | None
    new: Ref | None


@dataclass(frozen=True, slots=True)
class Reworded(_Change):
    """Another statement, or another name of a position."""

    old: str
    new: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Give both texts word by word."""
        return pieces(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Readdressed(_Change):
    """Another id and so another address, where an author wrote one; ``kept``: the old one still leads here."""

    old: str
    new: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Releveled(_Change):
    """Another kind: an antara that became an operasional."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Retargeted(_Change):
    """Other values of an indicator; ``deret`` is awal, target or realisasi, ``satuan`` the unit now."""

    deret: str
    satuan: str
    points: tuple[Shifted, ...]


@dataclass(frozen=True, slots=True)
class Rebudgeted(_Change):
    """Another budget ceiling (pagu)."""

    points: tuple[Shifted, ...]


@dataclass(frozen=True, slots=True)
class HandedOver(_Change):
    """Other positions answer for it; ``old_none`` and ``new_none``: nobody, on purpose (``@pk -``).

    Equal old and new ones of an indicator mean that it stays with them though its performance was handed over.
    """

    old: tuple[Ref, ...]
    new: tuple[Ref, ...]
    old_none: bool = False
    new_none: bool = False


@dataclass(frozen=True, slots=True)
class Restated(_Change):
    """Another text for a fact that a thing has once: ``satuan``, ``definisi``, ``kode``, ``pejabat``, ``judul`` ..."""

    fact: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Listed(_Change):
    """One entry of a fact that a thing has any number of (``catatan``, ``unit``, ``crosscutting`` ...).

    ``key`` is what the entry is known by, where it has such a thing: the partner, the stage, the rule. The old text is
    empty for a new entry, the new one for a removed entry.
    """

    fact: str
    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Marked(_Change):
    """A mark set or taken away: ``iku`` or ``plt``."""

    fact: str
    on: bool


@dataclass(frozen=True, slots=True)
class TreeAdded(_Change):
    """A tree that was not there, with so many nodes."""

    kinerja: int


@dataclass(frozen=True, slots=True)
class TreeRemoved(_Change):
    """A tree that is no more, with so many nodes."""

    kinerja: int


@dataclass(frozen=True, slots=True)
class TreeRenamed(_Change):
    """A tree with another name, and so another address."""

    old: str
    new: str


Change = (
    Added
    | Removed
    | Moved
    | Reordered
    | Reworded
    | Readdressed
    | Releveled
    | Retargeted
    | Rebudgeted
    | HandedOver
    | Restated
    | Listed
    | Marked
    | TreeAdded
    | TreeRemoved
    | TreeRenamed
)
