"""Two versions of a tree, or of all trees of a workspace, compared: what changed in meaning, and whom it concerns.

Reformatting, reordering of annotations, comments, and moving text between files are no changes. ``matching`` says which
part is which, ``comparison`` asks each pair what is different about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.diff.changes import POHON, Change, Ref, Thing, TreeAdded, TreeRemoved, TreeRenamed
from pokin_dsl.model.diff.comparison import Comparison
from pokin_dsl.model.diff.renaming import renamed_trees
from pokin_dsl.model.query import semua_pemegang
from pokin_dsl.syntax.vocabulary import JABATAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.model.query import Peta


def changes(before: Peta, after: Peta) -> tuple[Change, ...]:
    """Give all changes from one version of a tree to another: of the header first, then in the newer one's order.

    What was removed comes where its parent is. Linear in the size of the trees, but for siblings and equal words.
    """
    return () if before.pohon is after.pohon else tuple(Comparison(before, after).all())


def workspace_changes(before: Mapping[str, Peta], after: Mapping[str, Peta]) -> tuple[Change, ...]:
    """Give all changes between two versions of the trees of a workspace, by name, in the order of the names.

    A tree that has another name and most of its content is a renamed one, and is compared with what it was.
    """
    renamed = renamed_trees(before, after)
    former = {new: old for old, new in renamed.items()}
    found: list[Change] = []
    for name in sorted({*before, *after} - renamed.keys()):
        if name not in after:
            found.append(TreeRemoved(*_whole(before[name], name, "")))
        elif name in before or name in former:
            found += _tree_changes(before[former.get(name, name)], after[name])
        else:
            found.append(TreeAdded(*_whole(after[name], "", name)))
    return tuple(found)


def _tree_changes(before: Peta, after: Peta) -> Iterator[Change]:
    old, new = before.pohon.nama, after.pohon.nama
    if old != new:
        yield TreeRenamed(Thing(new, POHON, old, new, after.pohon.judul), (), old, new)
    yield from changes(before, after)


def _whole(peta: Peta, old_id: str, new_id: str) -> tuple[Thing, tuple[Ref, ...], int]:
    """Give what is told of a tree that is on one side alone: itself, all who answer for something in it, its size."""
    pohon = peta.pohon
    held = dict.fromkeys(id_ for simpul in peta.simpul.values() for id_ in semua_pemegang(simpul))
    holders = tuple(Ref(id_, JABATAN, peta.jabatan[id_].teks) for id_ in held)
    return Thing(pohon.nama, POHON, old_id, new_id, pohon.judul), holders, len(peta.simpul)
