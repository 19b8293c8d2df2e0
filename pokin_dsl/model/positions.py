"""Looking up who a ``@pk`` means: by id, then by full name, else by what the outline leaves open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Severity
from pokin_dsl.model.identity import digested, slug
from pokin_dsl.suggestion import nearest
from pokin_dsl.syntax.mistakes import quoted
from pokin_dsl.syntax.vocabulary import ID, JABATAN, RESERVED_IDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST_SUGGESTIONS = 100


@dataclass(frozen=True, slots=True)
class Holder:
    """The position found (its id, or empty), and whether there is something to say about it."""

    id: str
    in_doubt: bool = False


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
        self._suggestions = 0

    def declare(self, id_: str, name: str) -> None:
        """Add a position of the outline; of two with one name the first is meant by it."""
        self._declared[id_] = name
        self._by_name.setdefault(folded(name), id_)

    def name_undeclared(self, texts: Iterable[str], is_taken: Callable[[str], bool]) -> None:
        """Give an id to every position that only a ``@pk`` names; ``is_taken`` knows the ids of the tree.

        All at once, so that two names with the same words get ids that do not depend on which comes first.
        """
        unknown: dict[str, str] = {}
        for text in texts:
            if self._is_new(text):
                unknown.setdefault(folded(text), text)
        stems = Counter(slug(name) or JABATAN for name in unknown)
        for name, text in unknown.items():
            id_ = slug(name)
            if not id_ or stems[id_] > 1 or self._is_given(id_, is_taken):
                id_ = digested(id_ or JABATAN, (JABATAN, name), lambda wanted: self._is_given(wanted, is_taken))
            self._named_only[id_] = text
            self._by_name[name] = id_

    def _is_given(self, id_: str, is_taken: Callable[[str], bool]) -> bool:
        return id_ in self._named_only or id_ in RESERVED_IDS or is_taken(id_)

    def _is_new(self, text: str) -> bool:
        if text in self._declared or folded(text) in self._by_name:
            return False
        return not (self._declared and ID.fullmatch(text))

    def undeclared(self) -> tuple[tuple[str, str], ...]:
        """Give id and name of the positions that only a ``@pk`` names, in written order."""
        return tuple(self._named_only.items())

    def look_up(self, text: str) -> Holder:
        """Find the position that a ``@pk`` means, after ``name_undeclared`` has been told of all of them.

        Where the file declares no position, the text becomes one. Where it declares some, text written like an id is
        a galat, any other text becomes a position outside the outline with a warning.
        """
        if text in self._declared:
            return Holder(text)
        known = self._by_name.get(folded(text), "")
        return Holder(known, in_doubt=not known or (known in self._named_only and bool(self._declared)))

    def doubt(self, text: str) -> tuple[Severity, str, str]:
        """Say what there is to say of a ``@pk`` that is in doubt: how grave it is, message and hint."""
        return self._outside(text) if folded(text) in self._by_name else self._unknown(text)

    def has(self, id_: str) -> bool:
        """Say whether an id is that of a position, declared or not."""
        return id_ in self._declared or id_ in self._named_only

    def _near(self, word: str, names: tuple[str, ...]) -> str:
        """Suggest a name; a hostile tree has so many unknown ones that comparing each with all would never end."""
        self._suggestions += 1
        return nearest(word, names) if self._suggestions <= MOST_SUGGESTIONS else ""

    def _unknown(self, text: str) -> tuple[Severity, str, str]:
        near = self._near(text, tuple(self._declared))
        hint = f"Mungkin maksudnya {near}." if near else "Tambahkan jabatan itu ke susunan jabatan di awal berkas."
        return Severity.GALAT, f"Jabatan {quoted(text)} tidak ada dalam susunan jabatan.", hint

    def _outside(self, text: str) -> tuple[Severity, str, str]:
        near = self._near(folded(text), tuple(name for name, id_ in self._by_name.items() if id_ in self._declared))
        meant = f"{self._declared[self._by_name[near]]} [{self._by_name[near]}]" if near else ""
        message = f"Jabatan {quoted(text)} tidak ada dalam susunan jabatan; dicatat sebagai jabatan di luar susunan."
        hint = (
            f"Mungkin maksudnya {meant}."
            if meant
            else "Tambahkan ke susunan jabatan, atau biarkan bila memang di luar."
        )
        return Severity.PERINGATAN, message, hint
