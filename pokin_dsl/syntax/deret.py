"""The series of one line, ``2025=83 2026="Sangat Baik"``, split by one pattern table into points."""

from __future__ import annotations

import re

from pokin_dsl.diagnostics import Severity
from pokin_dsl.syntax.nodes import Mistake, Point

KEY = r"\d{4}(?:-TW[1-4])?"
PATTERNS = re.compile(
    rf"""
      (?P<key>{KEY})[ ]?=[ ]?(?P<value>"[^"]*"|(?!{KEY}[ ]?=)[^\s"]\S*)(?!\S)   # 2025=83, 2026-TW1="Sangat Baik"
    | (?P<keyless>[^\s=]*)=(?P<orphan>"[^"]*"|\S*)                              # 25=83, 2025=
    | (?P<stray>\S+)                                                            # 83 between two points
    """,
    re.VERBOSE,
)
SINGLE = re.compile(r'"[^"]*"|[^\s="]+')
_EXAMPLE = "Tulis tahun (atau triwulan), tanda sama dengan, lalu nilainya, misalnya 2025=83 atau 2026-TW1=20."


def split_points(text: str, at: int) -> tuple[tuple[Point, ...], tuple[Mistake, ...]]:
    """Split a series that begins ``at`` characters into its sentence; what is no point becomes a finding P007."""
    points: list[Point] = []
    mistakes: list[Mistake] = []
    for match in PATTERNS.finditer(text):
        start, end = match.start() + at, match.end() + at
        key = match["key"]
        if key is not None:
            points.append(Point(key, match["value"], start, end))
        else:
            mistakes.append(Mistake("P007", Severity.GALAT, start, end, _complaint(match), _EXAMPLE))
    return tuple(points), tuple(mistakes)


def split_single(text: str, at: int) -> tuple[Point, ...]:
    """Read a value that stands alone, as in ``@awal 82,10``; nothing where the text is a series or several words."""
    return (Point("", text, at, at + len(text)),) if SINGLE.fullmatch(text) else ()


def _complaint(match: re.Match[str]) -> str:
    if match["keyless"] is None:
        return f'"{match["stray"]}" bukan pasangan tahun=nilai.'
    if re.fullmatch(KEY, match["keyless"]):
        return f"Nilai untuk {match['keyless']} belum ditulis atau tidak terbaca."
    return f'"{match["keyless"]}" bukan tahun atau triwulan.'
