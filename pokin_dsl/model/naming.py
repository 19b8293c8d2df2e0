"""The name of a tree: its path below ``trees/``, which is also its address and how other trees refer to it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from pokin_dsl.model.identity import slug
from pokin_dsl.syntax.vocabulary import RESERVED_IDS

SUFFIX = ".pokin"
LONGEST_TREE = 96
"""Characters of a tree's name, so that with the longest id in it the path of a page stays below 200."""
_PART = re.compile(r"[a-z0-9-]+")
# The folders that trees have in their own, large ones for the parts of their long pages too: a tree called so could lie
# in the way of another's pages.
_PAGES = frozenset(["kinerja", "jabatan", "indikator", "tahap-3", "tahap-4", "tahap-5", "pemeriksaan", "sumber"])
RESERVED_TREES = RESERVED_IDS | _PAGES


def tree_name(path: str) -> tuple[str, str]:
    """Give the name of a tree by its path (``/`` between folders, below ``trees/``), and the part that is not allowed.

    The second text is empty where all is well; otherwise the name is the nearest one that is allowed.
    """
    parts = PurePosixPath(path.removesuffix(SUFFIX)).parts
    wrong = next((part for part in parts if not _PART.fullmatch(part) or part in RESERVED_TREES), "")
    name = "/".join(_allowed(part) for part in parts)
    return (name, wrong) if len(name) <= LONGEST_TREE else (_shortened(name), wrong or max(parts, key=len))


def _shortened(name: str) -> str:
    """Cut the longest part at a word's end until the whole is short enough; the rest is kept as long as it can be."""
    parts = name.split("/")
    while len("/".join(parts)) > LONGEST_TREE and max(map(len, parts)) > 1:
        longest = max(range(len(parts)), key=lambda nth: len(parts[nth]))
        part = parts[longest]
        parts[longest] = part[: part.rfind("-")] if part.rfind("-") > 0 else part[: len(part) // 2]
    return "/".join(map(_allowed, parts))


def _allowed(part: str) -> str:
    if _PART.fullmatch(part) and part not in RESERVED_TREES:
        return part
    near = slug(part)
    return near if near and near not in RESERVED_TREES else f"pohon-{near}".rstrip("-")
