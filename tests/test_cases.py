"""The language by example: every file in ``cases/`` holds a pokin text and the findings that it must give.

``POKIN_UPDATE=1`` writes what is found into the files; read the difference before you believe it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.rules.registry import RULES
from tests.support import OF_THE_LANGUAGE, TREE_PATH, of_the_language, read_tree, show

if TYPE_CHECKING:
    from collections.abc import Mapping

CASES = Path(__file__).parent / "cases"
FILES = sorted(path for path in CASES.rglob("*.md") if path.parent.name != "rules")
_BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?P<kind>\w+)[ ]*(?P<name>\S*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)
# What an editor would not keep is written as an escape: {U+00A0} a character, {xE9} a byte, {9000*a} a repetition.
_ESCAPE = re.compile(r"\{(?:U\+(?P<point>[0-9A-F]{4,6})|x(?P<byte>[0-9A-F]{2})|(?P<times>[0-9]+)\*(?P<what>[^}]+))\}")


@dataclass(frozen=True)
class Case:
    text: bytes
    fragments: Mapping[str, str]
    expected: str


def _case(path: Path) -> Case:
    files: dict[str, str] = {}
    expected = ""
    for block in _BLOCK.finditer(path.read_text("utf-8")):
        if block["kind"] == "pokin":
            name = "trees/" + block["name"] if block["name"] else TREE_PATH
            files[name] = _ESCAPE.sub(_unescaped, block["body"])
        elif block["kind"] == "temuan":
            expected = block["body"]
    return Case(files.pop(TREE_PATH).encode("utf-8", "surrogateescape"), files, expected)


def _unescaped(found: re.Match[str]) -> str:
    if found["point"]:
        return chr(int(found["point"], 16))
    if found["byte"]:
        return chr(0xDC00 + int(found["byte"], 16))
    return found["what"] * int(found["times"])


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
        path.write_text(
            re.sub(r"```temuan\n.*?^```$", lambda _: f"```temuan\n{found}```", text, flags=re.MULTILINE | re.DOTALL),
            "utf-8",
        )
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
