"""What ships with pokin: grammar, built-in look, pages of the rules, official lists, the files of a new workspace."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pokin_dsl.edge.program import PACKAGE, look_folder, rule_pages_folder
from pokin_dsl.model.nomenklatur import Nomenklatur, read_nomenklatur
from pokin_dsl.rules.explanation import Explanation, read_explanation
from pokin_dsl.site.lean import lean
from pokin_dsl.site.look import Look
from pokin_dsl.site.rule_pages import Rulebook
from pokin_dsl.syntax.sentence import sentence_reader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pokin_dsl.syntax.nodes import Sentence

_TEMPLATE_SUFFIX = ".j2"
_DEFAULT_LIST = "kecamatan-7.01"


@cache
def read_sentence() -> Callable[[str], Sentence]:
    """Give the one reader of this process."""
    return sentence_reader((PACKAGE / "syntax" / "pokin.lark").read_text("utf-8"))


@cache
def built_in_look() -> Look:
    """Read the built-in templates and static files; in a checkout they lie beside the package."""
    root = look_folder()
    templates = {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in _files(root, _TEMPLATE_SUFFIX)}
    statics = {path.relative_to(root / "static").as_posix(): path.read_bytes() for path in _files(root / "static", "")}
    return Look(templates, lean(statics))


@cache
def explanations() -> Mapping[str, Explanation]:
    """Read what is said of each rule, by code; in a checkout these are the case files of the tests."""
    found = (read_explanation(path.read_text("utf-8")) for path in _files(rule_pages_folder(), ".md"))
    return {explanation.code: explanation for explanation in found}


def rulebook() -> Rulebook:
    """Give what the site says of the rules."""
    return Rulebook(explanations(), read_sentence())


@cache
def built_in_lists() -> Mapping[str, Nomenklatur]:
    """Read the official lists that ship with pokin, by name; the empty name is the one that a tree uses unasked."""
    files = _files(PACKAGE / "edge" / "nomenklatur", ".tsv")
    lists = {path.stem: read_nomenklatur(path.read_text("utf-8"))[0] for path in files}
    return {"": lists[_DEFAULT_LIST], **lists}


def starter_files() -> dict[str, str]:
    """Give the files of a new workspace by their path in it."""
    root = PACKAGE / "edge" / "awal"
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in _files(root, "")}


def _files(root: Path, suffix: str) -> list[Path]:
    return sorted(path for path in root.rglob(f"*{suffix}") if path.is_file())
