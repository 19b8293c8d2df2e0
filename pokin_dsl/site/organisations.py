"""Organisations: the folders below ``trees/``, with the trees of each and a name that people know.

A tree that is called as a folder is (``dinas-kesehatan.pokin`` beside ``dinas-kesehatan/``) is the folder's own: it
stands first among the folder's trees, and its page is the folder's page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from pokin_dsl.site import urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pokin_dsl.rules.checked import Checked

_NUMBERED = re.compile(r"(\D*)(\d*)")
_VOWEL = re.compile(r"[aeiou0-9]")
_SMALL = frozenset(("dan", "di", "ke", "dari", "untuk", "pada", "yang", "serta"))
_SHORT = frozenset(("opd", "uptd", "upt", "rsud", "uobk", "skpd", "kpu"))


@dataclass(frozen=True, slots=True)
class Organisation:
    """A folder with the trees that lie in it itself; ``folder`` is empty for those that lie in none.

    ``within`` are the names of the folders above it, the outermost first.
    """

    folder: str
    nama: str
    within: tuple[str, ...]
    trees: tuple[Checked, ...]

    @property
    def anchor(self) -> str:
        """Give the anchor of this folder on a page that lists several."""
        return urls.organisation_anchor(self.folder)


def organisations(trees: Iterable[Checked]) -> tuple[Organisation, ...]:
    """Give every folder that holds trees itself, by its path; those that lie in no folder come first."""
    given = tuple(trees)
    folders = _folders(given)
    held: dict[str, list[Checked]] = {}
    for tree in given:
        held.setdefault(_home(tree.nama, folders), []).append(tree)
    names = {folder: _name(folder, held.get(folder, ())) for folder in folders}
    return tuple(
        Organisation(
            folder,
            names.get(folder, ""),
            tuple(names[above] for above in _above(folder)),
            tuple(sorted(held[folder], key=lambda tree: (tree.nama != folder, _counted(tree.nama)))),
        )
        for folder in sorted(held, key=_counted)
    )


def pages_of(trees: Iterable[Checked]) -> Mapping[str, tuple[str, tuple[Checked, ...]]]:
    """Give the folders that have a page of their own, each with its name and all trees at and below it.

    The page of a folder that is also the name of a tree is that tree's.
    """
    given = tuple(trees)
    names = {tree.nama for tree in given}
    below: dict[str, list[Checked]] = {}
    for tree in given:
        for folder in _above(tree.nama):
            if folder not in names:
                below.setdefault(folder, []).append(tree)
    own = {folder: [tree for tree in held if tree.nama.rpartition("/")[0] == folder] for folder, held in below.items()}
    return {folder: (_name(folder, own[folder]), tuple(held)) for folder, held in sorted(below.items())}


def readable(folder: str) -> str:
    """Give the last part of a folder's path as one would write it: ``dinas-kesehatan`` is "Dinas Kesehatan"."""
    words = folder.rpartition("/")[2].split("-")
    return " ".join(_word(word, first=nth == 0) for nth, word in enumerate(filter(None, words))) or folder


def _word(word: str, *, first: bool) -> str:
    if word in _SHORT or not _VOWEL.search(word):
        return word.upper()
    return word if word in _SMALL and not first else word.capitalize()


def _name(folder: str, trees: Iterable[Checked]) -> str:
    """Give the unit that all trees of a folder name, or its own tree does, else the readable name of the folder."""
    given = tuple(trees)
    own = next((tree.pohon for tree in given if tree.nama == folder), None)
    if own:
        return own.instansi or own.judul
    units = {tree.pohon.instansi for tree in given}
    return (units.pop() if len(units) == 1 else "") or readable(folder)


def _folders(trees: Iterable[Checked]) -> frozenset[str]:
    return frozenset(folder for tree in trees for folder in _above(tree.nama))


def _home(name: str, folders: frozenset[str]) -> str:
    return name if name in folders else name.rpartition("/")[0]


def _counted(path: str) -> list[list[tuple[str, int]]]:
    """Give a path as people order it: folder by folder, and ``unit-2`` before ``unit-10``."""
    parts = path.split("/") if path else []
    return [[(text, int(number or 0)) for text, number in _NUMBERED.findall(part)] for part in parts]


def _above(path: str) -> tuple[str, ...]:
    """Give the folders that a path lies in, the outermost first."""
    return tuple(accumulate(path.split("/")[:-1], "{}/{}".format))
