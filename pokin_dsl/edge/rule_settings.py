"""The table ``[aturan]`` of ``pokin.toml``: which rules weigh more, less, or nothing in this workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.rules.registry import BY_CODE
from pokin_dsl.rules.selection import WEIGHTS
from pokin_dsl.suggestion import nearest
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES_TABLE = "aturan"
_CHOICES = ", ".join(WEIGHTS)


def read_severities(source: Source, table: object) -> tuple[dict[str, Severity | None], tuple[Diagnostic, ...]]:
    """Read ``P305 = "mati"`` and the like; what it cannot mean is a finding P901 and is left out."""
    if not isinstance(table, dict):
        hint = f'Tulis [{RULES_TABLE}] di satu baris, lalu misalnya P305 = "mati" di bawahnya.'
        return {}, (_finding(source, RULES_TABLE, f'Pengaturan "{RULES_TABLE}" harus berupa tabel.', hint),)
    severities: dict[str, Severity | None] = {}
    problems: list[Diagnostic] = []
    for code, weight in table.items():
        found = tuple(_problems(source, code, weight))
        problems += found
        if not found:
            severities[code] = WEIGHTS[weight]
    return severities, tuple(problems)


def _problems(source: Source, code: str, weight: object) -> Iterator[Diagnostic]:
    if code not in BY_CODE:
        near = nearest(code, tuple(BY_CODE))
        hint = f"Mungkin maksudnya {near}." if near else "Lihat daftarnya dengan: pokin explain"
        yield _finding(source, code, f'Aturan "{code}" tidak dikenal.', hint)
    elif not isinstance(weight, str) or weight not in WEIGHTS:
        yield _finding(source, code, f"Bobot aturan {code} tidak dikenal.", f"Tulis salah satu dari: {_CHOICES}.")
    elif BY_CODE[code].severity is Severity.GALAT and code.startswith(("P0", "P1", "P905")):
        message = f"Bobot aturan {code} tidak dapat diubah: tanpa perbaikan, pohon tidak utuh."
        yield _finding(source, code, message, "Hapus baris ini.")


def _finding(source: Source, word: str, message: str, hint: str) -> Diagnostic:
    at = max(source.text.find(word), 0)
    return Diagnostic("P901", Severity.GALAT, source.path, Span(at, at + len(word)), message, hint)
