"""The series of one line, ``2025=83 2026="Sangat Baik"``, split by one pattern table into points."""

from __future__ import annotations

import re

from pokin_dsl.diagnostics import Severity
from pokin_dsl.syntax.nodes import Mistake, Point

KEY = r"[0-9]{4}(?:-TW[1-4])?"
# A value ends at the next space; but "Rp 100.000" and "95,5 %" are one value, as everybody writes them.
# What stands behind an equals sign that has no good key or value, up to the next point.
REST = rf"""(?: "[^"]*"? | [ ]*(?!{KEY}[ ]*=)[^\s=]+(?!\S|[ ]*=) | \S* )"""
VALUE = rf"""(?!{KEY}[ ]*=) (?: Rp\.?[ ]+(?!{KEY}[ ]*=)[0-9]\S* | [0-9]\S*[ ]+% | (?:[<>]=?)?[^\s"“”=][^\s=]* )"""
PATTERNS = re.compile(
    rf"""
      (?P<key>{KEY})[ ]*=[ ]*(?P<value>"[^"]*"|[“”][^"“”]*[“”]|{VALUE})(?!\S)   # 2025=83, 2026-TW1="Sangat Baik"
    | (?P<keyless>[^\s=]*)[ ]*=(?P<orphan>{REST})                                # 25=83, 2025=, 2025="Sangat
    | (?P<unit>\([^()]*\))(?!\S)                                                # (indeks) after a point
    | (?P<stray>[^\s=]++(?:[ ]+(?!\()[^\s=]++(?![ ]*=))*)                       # Sangat Baik, 83
    """,
    re.VERBOSE,
)
SINGLE = re.compile(r'"[^"]*"|[“”][^"“”]*[“”]|Rp\.?[ ]+[0-9]\S*|[0-9]\S*[ ]+%|(?:[<>]=?)?[^\s="“”]+')
_CURLY = str.maketrans("“”", '""')
_SHORT = 40
_EXAMPLE = "Tulis tahun (atau triwulan), tanda sama dengan, lalu nilainya, misalnya 2025=83 atau 2026-TW1=20."
_QUOTES = 'Nilai yang memuat spasi diapit tanda kutip, misalnya 2025="Sangat Baik".'


def split_points(text: str, at: int) -> tuple[tuple[Point, ...], tuple[Mistake, ...]]:
    """Split a series that begins ``at`` characters into its sentence; what is no point becomes a finding P007."""
    points: list[Point] = []
    mistakes: list[Mistake] = []
    for match in PATTERNS.finditer(text):
        start, end = match.start() + at, match.end() + at
        key = match["key"]
        if key is not None:
            points.append(Point(key, match["value"].translate(_CURLY), start, end))
        else:
            message, hint = _complaint(match, after_point=bool(points))
            mistakes.append(Mistake("P007", Severity.GALAT, start, end, message, hint))
    return tuple(points), tuple(mistakes)


def stands_alone(text: str) -> bool:
    """Say whether a text is one value without a year, or at least no series."""
    return "=" not in text or SINGLE.fullmatch(text) is not None


def split_single(text: str, at: int) -> tuple[tuple[Point, ...], tuple[Mistake, ...]]:
    """Read a value that stands alone, as in ``@awal 82,10``; several words without quotes are a finding P007."""
    end = at + len(text)
    if SINGLE.fullmatch(text):
        return (Point("", text.translate(_CURLY), at, end),), ()
    message = f'Nilai "{_short(text)}" memuat spasi tanpa tanda kutip.'
    fix = None if '"' in text else f'"{text}"'
    return (), (Mistake("P007", Severity.GALAT, at, end, message, "Apit nilainya dengan tanda kutip.", fix),)


def _complaint(match: re.Match[str], *, after_point: bool) -> tuple[str, str]:
    if match["stray"] is not None:
        hint = _QUOTES if after_point and not match["stray"][0].isdigit() else _EXAMPLE
        return f'"{_short(match["stray"])}" bukan pasangan tahun=nilai.', hint
    if match["unit"] is not None:
        return f'Satuan "{_short(match["unit"])}" berada di belakang nilainya.', "Pindahkan ke depan tahun pertama."
    key, value = match["keyless"], match["orphan"]
    if re.fullmatch(KEY, key):
        if value.startswith('"') and not value.endswith('"', 1):
            return f"Tanda kutip penutup untuk nilai {key} belum ditulis.", 'Tulis " di akhir nilainya.'
        return f"Nilai untuk {key} belum ditulis atau tidak terbaca.", _EXAMPLE
    if not key:
        return "Tanda sama dengan ini tidak didahului tahun atau triwulan.", _EXAMPLE
    return f'"{_short(key)}" bukan tahun atau triwulan.', _EXAMPLE


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
