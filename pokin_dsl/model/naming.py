"""The name of a tree: its path below ``trees/``, which is also its address and how other trees refer to it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from pokin_dsl.model.identity import slug
from pokin_dsl.syntax.vocabulary import RESERVED_IDS

SUFFIX = ".pokin"
_PART = re.compile(r"[a-z0-9-]+")
# The folders that every tree has in its own: a tree called so could lie in the way of another's pages.
_RESERVED = RESERVED_IDS | {"kinerja", "jabatan"}


def tree_name(path: str) -> tuple[str, str]:
    """Give the name of a tree by its path (``/`` between folders, below ``trees/``), and the part that is not allowed.

    The second text is empty where all is well; otherwise the name is the nearest one that is allowed.
    """
    parts = PurePosixPath(path.removesuffix(SUFFIX)).parts
    wrong = next((part for part in parts if not _PART.fullmatch(part) or part in _RESERVED), "")
    return "/".join(_allowed(part) for part in parts), wrong


def _allowed(part: str) -> str:
    if _PART.fullmatch(part) and part not in _RESERVED:
        return part
    near = slug(part)
    return near if near and near not in _RESERVED else f"pohon-{near}".rstrip("-")
