"""The formats that programs read, by name; ``teks``, for people, is ``plain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import in_order
from pokin_dsl.report.github import github
from pokin_dsl.report.machine import temuan_json
from pokin_dsl.report.oneline import oneline
from pokin_dsl.report.sarif import sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.text import Source

WRITERS: Mapping[str, Callable[[Sequence[Diagnostic], Mapping[str, Source], int], str]] = {
    "baris": lambda found, sources, _: oneline(found, sources),
    "json": temuan_json,
    "sarif": lambda found, sources, _: sarif(found, sources),
    "github": lambda found, sources, _: github(found, sources),
}


def formatted(name: str, diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source], trees: int) -> bytes:
    """Give the findings of ``trees`` trees in the format of this name: in the order of the text, UTF-8, LF."""
    return WRITERS[name](in_order(tuple(diagnostics)), sources, trees).encode("utf-8", "replace")
