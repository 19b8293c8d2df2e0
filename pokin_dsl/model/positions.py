"""Looking up who a ``@pk`` means: by id, then by full name, else by what the outline leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Severity
from pokin_dsl.model.identity import IdGiver
from pokin_dsl.suggestion import nearest
from pokin_dsl.syntax.vocabulary import ID, JABATAN

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Holder:
    """The position found (its id, or empty), and what there is to say about it."""

    id: str
    problem: tuple[Severity, str, str] | None = None


def folded(name: str) -> str:
    """Fold case and spaces, as position names are compared."""
    return " ".join(name.casefold().split())


class Positions:
    """The positions of one tree: those of the outline, and those that only a ``@pk`` names."""

    def __init__(self) -> None:
        """Begin without any position."""
        self._declared: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._named_only: dict[str, str] = {}

    def declare(self, id_: str, name: str) -> None:
        """Add a position of the outline; of two with one name the first is meant by it."""
        self._declared[id_] = name
        self._by_name.setdefault(folded(name), id_)

    def undeclared(self) -> tuple[tuple[str, str], ...]:
        """Give id and name of the positions that only a ``@pk`` names, in written order."""
        return tuple(self._named_only.items())

    def look_up(self, text: str, taken: Mapping[str, object]) -> Holder:
        """Find the position that a ``@pk`` means; ``taken`` holds the ids of the tree, which a new one must not meet.

        Where the file declares no position, the text becomes one. Where it declares some, text written like an id is
        a galat, any other text becomes a position outside the outline with a warning.
        """
        if text in self._declared:
            return Holder(text)
        known = self._by_name.get(folded(text))
        if known:
            return Holder(known, self._outside(text) if known in self._named_only and self._declared else None)
        if self._declared and ID.fullmatch(text):
            return Holder("", self._unknown(text))
        return Holder(self._add(text, taken), self._outside(text) if self._declared else None)

    def _add(self, text: str, taken: Mapping[str, object]) -> str:
        giver = IdGiver((*taken, *self._named_only), ((JABATAN, text),))
        id_ = giver.give(JABATAN, text, ())
        self._named_only[id_] = text
        self._by_name[folded(text)] = id_
        return id_

    def _unknown(self, text: str) -> tuple[Severity, str, str]:
        near = nearest(text, tuple(self._declared))
        hint = f"Mungkin maksudnya {near}." if near else "Tambahkan jabatan itu ke susunan jabatan di awal berkas."
        return Severity.GALAT, f'Jabatan "{text}" tidak ada dalam susunan jabatan.', hint

    def _outside(self, text: str) -> tuple[Severity, str, str]:
        names = tuple(self._by_name[n] and n for n in self._by_name if self._by_name[n] in self._declared)
        near = nearest(folded(text), names)
        meant = f"{self._declared[self._by_name[near]]} [{self._by_name[near]}]" if near else ""
        message = f'"{text}" tidak ada dalam susunan jabatan; dicatat sebagai jabatan di luar susunan.'
        hint = f"Mungkin maksudnya {meant}." if meant else "Tambahkan ke susunan jabatan, atau biarkan bila memang di luar."
        return Severity.PERINGATAN, message, hint
