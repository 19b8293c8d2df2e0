"""Every rule by its case file: it fires as the file says, is silent where it should, and its counts are true.

``POKIN_UPDATE=1`` writes findings and counts into the files; read the difference before you believe it.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.rules.explanation import Explanation, read_explanation
from pokin_dsl.rules.registry import RULES
from tests.sites import compiled, seed_texts
from tests.support import show

if TYPE_CHECKING:
    from pokin_dsl.pipeline import Compilation

FOLDER = Path(__file__).parent / "cases" / "rules"
FILES = sorted(FOLDER.glob("P*.md"))
_FINDINGS = re.compile(r"^```temuan\n.*?^```$", re.MULTILINE | re.DOTALL)
UPDATE = os.environ.get("POKIN_UPDATE") == "1"


def found(files: dict[str, str], code: str) -> str:
    """Give what one rule says about a sample; the tree itself is the file without a name."""
    result = compiled({name or "contoh.pokin": text for name, text in files.items()})
    own = [finding for finding in result.diagnostics if finding.code == code]
    order = sorted(result.sources.values(), key=lambda source: source.path != "trees/contoh.pokin")
    return show(own, order)


@cache
def seeds() -> Compilation:
    return compiled(seed_texts())


def counts(code: str) -> dict[str, int]:
    return {tree.nama: sum(d.code == code for d in tree.diagnostics) for tree in seeds().trees}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_rule_does_what_its_page_says(path: Path) -> None:
    explained = read_explanation(path.read_text("utf-8"))
    assert explained.code == path.stem
    if UPDATE:
        path.write_text(updated(path.read_text("utf-8"), explained), "utf-8")
        explained = read_explanation(path.read_text("utf-8"))
    assert explained.temuan == found(dict(explained.ditandai), explained.code)
    assert explained.temuan, "the flagged sample is not flagged"
    assert found(dict(explained.sebaiknya), explained.code) == ""
    assert explained.counts == counts(explained.code)


def updated(text: str, explained: Explanation) -> str:
    said = found(dict(explained.ditandai), explained.code)
    text = _FINDINGS.sub(lambda _: f"```temuan\n{said}```", text, count=1)
    for tree, count in counts(explained.code).items():
        text = re.sub(rf"^- {tree}: \d+", f"- {tree}: {count}", text, flags=re.MULTILINE)
    return text


def test_every_page_belongs_to_a_rule() -> None:
    assert {path.stem for path in FILES} <= {rule.code for rule in RULES}
