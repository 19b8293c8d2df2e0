"""What is wrong with a line that reads: in its id, its text or its header; and where that shows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Severity
from pokin_dsl.suggestion import nearest
from pokin_dsl.syntax.mistakes import quoted
from pokin_dsl.syntax.nodes import Mistake
from pokin_dsl.syntax.vocabulary import (
    CROSSCUTTING_STATES,
    DIRECTIONS,
    MARKS,
    RESERVED_IDS,
    STAGES,
    TEXTLESS,
    VERSION,
    is_good_id,
)

if TYPE_CHECKING:
    from lark import Token

_PERIODE = re.compile(r"([0-9]{4})\s*-\s*([0-9]{4})")
_LONGEST_ID_TRIED = 60
_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[A-Za-z][.)])\s+(?=\S)")
_STATE = re.compile(r"\(([A-Za-z]+)\)\.?$")


def read_id(token: Token | None) -> tuple[str, tuple[Mistake, ...]]:
    """Give a written id without its brackets; a bad one is empty and a finding whose fix escapes the bracket."""
    if token is None:
        return "", ()
    given = token[1:-1] if token.endswith("]") else ""
    if is_good_id(given):
        return str(given), ()
    start = token.start_pos or 0
    end = start + len(token)
    if given in RESERVED_IDS:
        message = f"Id {quoted(str(token))} dicadangkan untuk keperluan situs atau sistem."
        hint = "Pilih id lain, misalnya dengan menambahkan satu kata."
        return "", (Mistake("P006", Severity.GALAT, start, end, message, hint),)
    if not token.endswith("]"):
        hint = "Tulis ] sesudah idnya; bila kurung ini bagian dari kalimat, tulis \\[."
        mistake = Mistake("P006", Severity.GALAT, start, start + 1, "Kurung siku id ini belum ditutup.", hint, "\\[")
        return "", (replace(mistake, safe=False),)
    message = f"Id {quoted(str(token))} tidak sah."
    likely = _likely_id(given)
    hint = f"Tulis [{likely}]" if likely else "Tulis 2 sampai 40 huruf kecil, angka, atau tanda hubung, diawali huruf"
    hint += "; bila kurung ini bagian dari kalimat, tulis \\[."
    # Most such brackets were to be an id, so that making them text is offered, but never done unasked.
    return "", (Mistake("P006", Severity.GALAT, start, end, message, hint, "\\" + str(token), safe=False),)


def _likely_id(text: str) -> str:
    """Give the good id that a bad one most likely was to be, or an empty text."""
    if len(text) > _LONGEST_ID_TRIED:
        return ""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    likely = "-".join(re.findall(r"[a-z0-9]+", plain))
    return likely if is_good_id(likely) else ""


def missing(what: str, hint: str) -> Mistake:
    """Say that nothing stands after a keyword."""
    return Mistake("P007", Severity.GALAT, 0, len(what), f"Teks sesudah {what} belum ditulis.", hint)


def lacking(keyword: Token, what: str, text: str, at: int, hint: str) -> Mistake:
    """Say what an annotation lacks; shown at what stands there instead, else at its name."""
    start, end = (at, at + len(text)) if text else (0, len(keyword))
    return Mistake("P007", Severity.GALAT, start, end, f"{what} pada {keyword} belum ditulis.", hint)


def numbering_mistakes(text: str, at: int) -> tuple[Mistake, ...]:
    """Find a number that was copied into a statement from where it stood in a list."""
    match = _NUMBERING.match(text)
    if match is None:
        return ()
    length = match.end()
    message = f"Nomor {quoted(text[:length].rstrip())} ikut tersalin ke dalam kalimat."
    hint = "Hapus nomornya; pokin menghitungnya sendiri."
    return (Mistake("P014", Severity.INFO, at, at + length, message, hint, ""),)


def state_mistakes(text: str, at: int) -> tuple[Mistake, ...]:
    """Find a state of a crosscutting that is nearly one of the known ones, as ``(setuju)`` or ``(disetujui).``."""
    match = _STATE.search(text)
    if match is None or text.endswith(tuple(f"({state})" for state in CROSSCUTTING_STATES)):
        return ()
    near = nearest(match[1], CROSSCUTTING_STATES)
    if not near:
        return ()
    message = f"Status {quoted(match[0])} tidak terbaca."
    hint = f"Tulis ({near}) di akhir baris."
    return (Mistake("P007", Severity.GALAT, at + match.start(), at + match.end(), message, hint),)


def text_mistakes(name: str, text: str, at: int) -> tuple[Mistake, ...]:
    """Find what an annotation's text may not say, or must; ``name`` is without its ``@``."""
    if not text and name not in TEXTLESS:
        return (missing("@" + name, f"Tulis isinya sesudah @{name}."),)
    if text and name in MARKS:
        message = f"Sesudah @{name} tidak perlu isi apa pun."
        return (
            Mistake("P007", Severity.GALAT, at, at + len(text), message, "Hapus isinya, atau pindahkan ke @catatan."),
        )
    if name == "arah" and text not in DIRECTIONS:
        message = f"Arah {quoted(text)} tidak dikenal."
        hint = "Tulis naik, turun, atau tetap."
        return (Mistake("P007", Severity.GALAT, at, at + len(text), message, hint),)
    if name == "alias" and not is_good_id(text):
        hint = "Tulis satu id lama: huruf kecil, angka, atau tanda hubung, diawali huruf."
        return (Mistake("P006", Severity.GALAT, at, at + len(text), f"Alias {quoted(text)} bukan id yang sah.", hint),)
    return ()


def header_mistakes(key: str, text: str, at: int) -> tuple[Mistake, ...]:
    """Find what a header's text may not say, or must."""
    end = at + len(text)
    if not text:
        return (missing(f"{key}:", f"Tulis isinya sesudah {key}:."),)
    if key == "pokin" and text != VERSION:
        message = f"Versi bahasa {quoted(text)} tidak dikenal; pokin ini membaca versi {VERSION}."
        return (Mistake("P016", Severity.GALAT, at, end, message, f"Tulis pokin: {VERSION}."),)
    if key == "tahap" and text not in STAGES:
        return (
            Mistake("P005", Severity.GALAT, at, end, f"Tahap {quoted(text)} tidak ada.", "Tulis angka 1 sampai 5."),
        )
    if key == "periode" and not _is_period(text):
        hint = "Tulis tahun awal, tanda hubung, tahun akhir, misalnya 2025-2029."
        return (Mistake("P005", Severity.GALAT, at, end, f"Periode {quoted(text)} tidak terbaca.", hint),)
    return ()


def _is_period(text: str) -> bool:
    match = _PERIODE.fullmatch(text)
    return match is not None and int(match[1]) <= int(match[2])
