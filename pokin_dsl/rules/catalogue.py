"""The rules as people look them up: by family, by code, by name; and what a flagged sample says, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.rules.registry import BY_CODE, RULES
from pokin_dsl.suggestion import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pokin_dsl.rules.explanation import Explanation
    from pokin_dsl.rules.rule import Rule

FAMILIES: dict[str, str] = {
    "P0": "Bacaan",
    "P1": "Struktur",
    "P2": "Indikator",
    "P3": "Jabatan",
    "P4": "Rumusan",
    "P5": "Tahap dan perencanaan",
    "P6": "Ruang kerja",
    "P9": "Proyek",
}
"""The families of rules by the beginning of their codes."""

_BY_NAME = {rule.name: rule for rule in RULES}
_SAID = re.compile(
    r"P\d{3} (?P<severity>\w+) (?:(?P<file>[^:]+):)?(?P<line>\d+):\d+-\S+ (?P<message>.*?)(?: \| (?P<hint>.*))?"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One finding of a flagged sample; ``file`` is a name of the sample, empty for the tree itself."""

    severity: str
    file: str
    line: int
    message: str
    hint: str


def by_family() -> Iterator[tuple[str, str, tuple[Rule, ...]]]:
    """Give each family's beginning, title and rules, by code; families without rules are left out."""
    for beginning, title in FAMILIES.items():
        rules = tuple(sorted((r for r in RULES if r.code.startswith(beginning)), key=lambda rule: rule.code))
        if rules:
            yield beginning, title, rules


def find(word: str) -> Rule | None:
    """Find the rule that a code or a name means, whatever its case."""
    return BY_CODE.get(word.strip().upper()) or _BY_NAME.get(word.strip().casefold())


def near(word: str) -> Rule | None:
    """Find the rule whose code or name is most like a word, if any is."""
    names = {rule.code.casefold(): rule for rule in RULES} | _BY_NAME
    found = nearest(word.strip().casefold(), tuple(names))
    return names[found] if found else None


def asked(rule: Rule) -> str:
    """Say from which stage on a rule is asked."""
    return "pada setiap tahap" if rule.tahap == 1 else f"mulai Tahap {rule.tahap}"


def said(explanation: Explanation) -> tuple[Said, ...]:
    """Give what is found in the flagged sample of a rule."""
    lines = (_SAID.fullmatch(line) for line in explanation.temuan.splitlines())
    return tuple(
        Said(
            line["severity"],
            (line["file"] or "").removeprefix("trees/"),
            int(line["line"]),
            line["message"],
            line["hint"] or "",
        )
        for line in lines
        if line
    )
