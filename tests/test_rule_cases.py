"""Every rule by its case file: it fires as the file says, is silent where it should, and its counts are true.

``POKIN_UPDATE=1`` writes findings and counts into the files; read the difference before you believe it.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.edge.appearance import Files, read_appearance
from pokin_dsl.edge.location import SETTINGS, THEME
from pokin_dsl.edge.rule_settings import RULES_TABLE, read_severities
from pokin_dsl.edge.workspace import read_settings
from pokin_dsl.pipeline import with_weights
from pokin_dsl.rules.explanation import Explanation, read_explanation
from pokin_dsl.rules.registry import RULES
from pokin_dsl.text import Source
from tests.sites import compiled, seed_texts
from tests.support import DATA, TREE_PATH, show, unescaped, with_findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.pipeline import Compilation

FOLDER = Path(__file__).parent / "cases" / "rules"
FILES = sorted(FOLDER.glob("P*.md"))
# What depends on the machine and not on any text; a page says so in this sentence, and no other page may.
OF_THE_MACHINE = frozenset({"P021", "P903"})
NO_SAMPLE = "Temuan ini bergantung pada komputer, bukan pada isi berkas, sehingga tidak ada contoh teksnya."
UPDATE = os.environ.get("POKIN_UPDATE") == "1"


def found(files: Mapping[str, str], code: str) -> str:
    """Give what one rule says about a sample; the tree itself is the file without a name."""
    if not files:
        return ""
    result = of_workspace(files)
    own = [finding for finding in result.diagnostics if finding.code == code]
    return show(own, (Source(TREE_PATH, ""), *result.sources.values()))


def of_workspace(files: Mapping[str, str]) -> Compilation:
    """Compile a sample as if its files lay on disk: its trees below ``trees/``, settings and theme beside that."""
    texts = {name: unescaped(text) for name, text in files.items()}
    settings = Source(SETTINGS, texts.pop(SETTINGS, ""))
    theme = {name: texts.pop(name).encode() for name in [*texts] if name.startswith(f"{THEME}/")}
    compilation = compiled({name or "contoh.pokin": text for name, text in texts.items()})
    if not settings.text and not theme:
        return compilation
    table = tomllib.loads(settings.text)
    _, strange = read_settings(settings, table)
    severities, unknown = read_severities(settings, table.get(RULES_TABLE, {}))
    appearance, odd = read_appearance(Files(theme.get, tuple(theme)), settings, table)
    general = (*strange, *unknown, *odd, *compilation.general)
    sources = {**compilation.sources, SETTINGS: settings, **appearance.sources}
    return with_weights(replace(compilation, general=general, sources=sources), severities)


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
    assert explained.temuan == found(explained.ditandai, explained.code)
    assert bool(explained.temuan) != (explained.code in OF_THE_MACHINE), "the flagged sample is not flagged"
    assert found(explained.sebaiknya, explained.code) == ""
    assert explained.counts == counts(explained.code)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_a_page_recommends_can_be_published(path: Path) -> None:
    better = read_explanation(path.read_text("utf-8")).sebaiknya
    assert not better or of_workspace(better).publishable


def updated(text: str, explained: Explanation) -> str:
    text = with_findings(text, found(explained.ditandai, explained.code))
    for tree, count in counts(explained.code).items():
        text = re.sub(rf"^- {tree}: \d+", f"- {tree}: {count}", text, flags=re.MULTILINE)
    return text


def test_only_pages_of_the_machine_are_without_a_sample() -> None:
    pages = [read_explanation(path.read_text("utf-8")) for path in FILES]
    assert {page.code for page in pages if page.tentang_ditandai == NO_SAMPLE} == OF_THE_MACHINE


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_page_says_what_its_escapes_stand_for(path: Path) -> None:
    page = read_explanation(path.read_text("utf-8"))
    samples = "".join((*page.ditandai.values(), *page.sebaiknya.values()))
    assert (unescaped(samples) == samples) or "mewakili" in page.tentang_ditandai


@cache
def slides() -> tuple[str, ...]:
    return tuple(line.strip() for line in (DATA / "kecamatan-tahapan.txt").read_text("utf-8").splitlines())


@cache
def triks() -> dict[str, str]:
    """Give the words of every trik by its number, "3.9", as the slides have them."""
    found: dict[str, str] = {}
    stage = ""
    for line in slides():
        if heading := re.match(r"Tahap (\d)", line):
            stage = heading[1]
        elif trik := re.fullmatch(r"- (\d) (.+)", line):
            found[f"{stage}.{trik[1]}"] = trik[2]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_slides_are_quoted_letter_by_letter(path: Path) -> None:
    text = path.read_text("utf-8")
    for number, words in re.findall(r"^> Trik (\d\.\d): (.+)$", text, re.MULTILINE):
        assert words == triks()[number]
    for line in re.findall(r"^> (Tahap \d.+)$", text, re.MULTILINE):
        assert re.sub(r"^Tahap \d: ", "", line) in slides()


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    codes = {rule.code for rule in RULES}
    pages = {path.stem for path in FILES}
    assert codes == pages
