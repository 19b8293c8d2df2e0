"""Changes put together as people read them: by branch, a new or removed branch as one, and all of them in one line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.model.diff.changes import (
    POHON,
    Added,
    Change,
    HandedOver,
    Moved,
    Rebudgeted,
    Removed,
    Reordered,
    Retargeted,
    Reworded,
    TreeAdded,
    TreeRemoved,
)
from pokin_dsl.model.diff.wording import KINDS, SERIES, joined
from pokin_dsl.syntax.vocabulary import INDIKATOR, JABATAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pokin_dsl.model.diff.changes import Ref

NO_CHANGES = "Tidak ada perubahan makna"
_MOST_COUNTS = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A change, with those inside it where it is a new or removed branch."""

    change: Change
    inside: tuple[Change, ...] = ()

    @property
    def pk(self) -> tuple[Ref, ...]:
        """Give all whose agreement it touches."""
        return touched((self.change, *self.inside))


@dataclass(frozen=True, slots=True)
class Branch:
    """All changes of one branch under its name; ``pohon`` is its tree."""

    pohon: str
    title: str
    entries: tuple[Entry, ...]

    @property
    def count(self) -> int:
        """Count the changes, those inside others too."""
        return sum(1 + len(entry.inside) for entry in self.entries)


def by_branch(changes: Iterable[Change]) -> tuple[Branch, ...]:
    """Give the changes by branch, in the order in which the branches are first met."""
    groups: dict[tuple[str, str], list[list[Change]]] = {}
    last: dict[type[Change], list[Change]] = {}
    for change in changes:
        if isinstance(change, Added | Removed) and change.inside and type(change) in last:
            last[type(change)].append(change)
            continue
        entry = [change]
        groups.setdefault((change.thing.pohon, _title(change)), []).append(entry)
        if isinstance(change, Added | Removed):
            last[type(change)] = entry
    return tuple(
        Branch(pohon, title, tuple(Entry(first, tuple(inside)) for first, *inside in entries))
        for (pohon, title), entries in groups.items()
    )


def touched(changes: Iterable[Change]) -> tuple[Ref, ...]:
    """Give all positions whose agreement any of the changes touches, each once."""
    return tuple(dict.fromkeys(ref for change in changes for ref in change.pk))


def headline(changes: Sequence[Change]) -> str:
    """Give all changes in one short line, without a full stop."""
    if not changes:
        return NO_CHANGES
    counts = Counter(_counted(change) for change in changes)
    told = [f"{counts.pop(what)} {what}" for what in _IN_ORDER if what in counts]
    others = counts.total()
    if len(told) + bool(others) > _MOST_COUNTS:
        others += sum(int(text.split(" ")[0]) for text in told[_MOST_COUNTS - 1 :])
        told = told[: _MOST_COUNTS - 1]
    if others:
        told.append(f"{others} perubahan lain" if told else f"{others} perubahan")
    holders = len(touched(changes))
    return ", ".join((*told, f"menyentuh PK {holders} jabatan" if holders else "tidak menyentuh PK siapa pun"))


def inside_text(entry: Entry) -> str:
    """Say how much a new or removed branch holds below its top: "3 kinerja dan 4 indikator di bawahnya", or nothing."""
    nodes = sum(change.thing.jenis not in (INDIKATOR, JABATAN) for change in entry.inside)
    thing = entry.change.thing
    # The indicators of the top itself are shown with it.
    below = [change.thing for change in entry.inside if change.thing.jenis == INDIKATOR]
    measures = sum(one.induk is None or one.induk.id != (thing.new_id or thing.old_id) for one in below)
    positions = sum(change.thing.jenis == JABATAN for change in entry.inside)
    counted = ((nodes, "kinerja"), (measures, "indikator"), (positions, "jabatan"))
    parts = [f"{count} {name}" for count, name in counted if count]
    return f"beserta {joined(parts)} di bawahnya" if parts else ""


def _title(change: Change) -> str:
    thing = change.thing
    if thing.jenis == POHON:
        return "Keterangan pohon"
    if thing.cabang is None:
        return "Susunan jabatan"
    kind = KINDS[thing.cabang.jenis]
    return f"{kind[:1].upper()}{kind[1:]}: {thing.cabang.teks}"


_IN_ORDER = (
    "pohon ditambahkan",
    "pohon dihapus",
    "kinerja ditambahkan",
    "kinerja dihapus",
    "kinerja dipindahkan",
    "rumusan diubah",
    "target diubah",
    "pagu diubah",
    "PK dialihkan",
    "indikator ditambahkan",
    "indikator dihapus",
    "indikator dipindahkan",
    "jabatan ditambahkan",
    "jabatan dihapus",
    "jabatan dipindahkan",
    "nama jabatan diubah",
    "kondisi awal diubah",
    "realisasi diubah",
    "urutan diubah",
)
_PLACED: tuple[tuple[type[Change], str], ...] = ((Added, "ditambahkan"), (Removed, "dihapus"), (Moved, "dipindahkan"))
_COUNTED: tuple[tuple[type[Change], str], ...] = (
    (TreeAdded, "pohon ditambahkan"),
    (TreeRemoved, "pohon dihapus"),
    (Rebudgeted, "pagu diubah"),
    (HandedOver, "PK dialihkan"),
    (Reordered, "urutan diubah"),
)


def _counted(change: Change) -> str:
    jenis = change.thing.jenis
    for kind, verb in _PLACED:
        if isinstance(change, kind):
            return f"{jenis if jenis in (INDIKATOR, JABATAN) else 'kinerja'} {verb}"
    if isinstance(change, Reworded):
        return "nama jabatan diubah" if jenis == JABATAN else "rumusan diubah"
    if isinstance(change, Retargeted):
        return f"{SERIES[change.deret]} diubah"
    return next((name for kind, name in _COUNTED if isinstance(change, kind)), "")
