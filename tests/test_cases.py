"""The language by example: every file in ``cases/`` holds a pokin text and the findings that it must give.

``POKIN_UPDATE=1`` writes what is found into the files; read the difference before you believe it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.rules.registry import RULES
from tests.support import (
    OF_THE_LANGUAGE,
    TREE_PATH,
    of_the_language,
    read_tree,
    samples,
    show,
    unescaped,
    with_findings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

CASES = Path(__file__).parent / "cases"
FILES = sorted(path for path in CASES.rglob("*.md") if path.parent.name not in ("rules", "fmt"))


@dataclass(frozen=True)
class Case:
    text: bytes
    fragments: Mapping[str, str]
    expected: str


def _case(path: Path) -> Case:
    files: dict[str, str] = {}
    expected = ""
    for sample in samples(path.read_text("utf-8")):
        if sample.kind == "pokin":
            files["trees/" + sample.name if sample.name else TREE_PATH] = unescaped(sample.body)
        elif sample.kind == "temuan":
            expected = sample.body
    return Case(files.pop(TREE_PATH).encode("utf-8", "surrogateescape"), files, expected)


def _found(case: Case) -> str:
    checked = read_tree(case.text, case.fragments)
    return show(of_the_language(checked), (document.source for document in checked.documents))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CASES).as_posix())
def test_case(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("# ")
    assert "```temuan\n" in text
    found = _found(_case(path))
    if os.environ.get("POKIN_UPDATE") == "1" and found != _case(path).expected:
        path.write_text(with_findings(text, found), "utf-8")
        with capsys.disabled():
            print(f"\n{path.relative_to(CASES)}: temuan ditulis ulang")  # noqa: T201 - whoever updates must see it
    assert found == _case(path).expected


def test_every_rule_of_the_language_is_shown() -> None:
    shown = {line.split()[0] for path in FILES for line in _case(path).expected.splitlines()}
    assert shown == OF_THE_LANGUAGE


def test_every_rule_of_reading_structure_series_and_positions_has_a_case() -> None:
    families = {rule.code for rule in RULES if rule.code.startswith(("P0", "P1", "P2", "P3"))}
    assert families <= OF_THE_LANGUAGE | {path.stem for path in (CASES / "rules").glob("P*.md")}


def test_there_are_cases_in_which_nothing_is_found() -> None:
    assert sum(not _case(path).expected for path in FILES) >= 10
