"""Many findings in parts: beyond ``MOST_TOGETHER`` each rule has a page of its own, or several in written order.

A rule that found no more than ``MOST_BESIDE`` stays on the first page, beside the counts of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.model.identity import digested
from pokin_dsl.site import urls
from pokin_dsl.site.cuts import cuts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pokin_dsl.diagnostics import Diagnostic

MOST_TOGETHER = 1_000
MOST_BESIDE = 20

Anchored = tuple[str, "Diagnostic"]
"""A finding with its anchor."""


@dataclass(frozen=True, slots=True)
class FindingPart:
    """Findings of one rule that have a page; ``first`` counts them within the rule from 1."""

    code: str
    address: str
    first: int
    findings: Sequence[Anchored]


class FindingParts:
    """The pages on which the findings of a tree stand; ``parts`` are those beside the first page, by rule."""

    def __init__(self, anchored: Sequence[Anchored]) -> None:
        self.parts: Mapping[str, Sequence[FindingPart]] = {}
        self._pages: dict[str, str] = {}
        if len(anchored) <= MOST_TOGETHER:
            return
        rules: dict[str, list[Anchored]] = {}
        for one in anchored:
            rules.setdefault(one[1].code, []).append(one)
        self.parts = {code: list(_parts(code, found)) for code, found in rules.items() if len(found) > MOST_BESIDE}
        for parts in self.parts.values():
            for part in parts:
                self._pages |= {anchor: part.address for anchor, _ in part.findings}

    def page(self, anchor: str) -> str:
        """Give the address of the page on which a finding stands."""
        return self._pages.get(anchor, urls.FINDINGS)


def _parts(code: str, found: Sequence[Anchored]) -> Iterator[FindingPart]:
    marks = {at: (0, anchor) for at, (anchor, diagnostic) in enumerate(found) if diagnostic.subject}
    starts = cuts(len(found), marks, MOST_TOGETHER)
    stem = code.lower()
    names: set[str] = set()
    for start, end in zip(starts, [*starts[1:], len(found)], strict=True):
        # By the finding that it begins with, whose anchor would be too long for a path.
        name = digested(stem, (found[start][0],), names.__contains__) if start else stem
        names.add(name)
        yield FindingPart(code, urls.part(urls.FINDINGS, name), start + 1, found[start:end])
