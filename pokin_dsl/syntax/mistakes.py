"""What an unreadable line was meant to be: its code, its sentence for the planner, the next keystroke."""

from __future__ import annotations

import re

from pokin_dsl.diagnostics import Severity
from pokin_dsl.suggestion import nearest
from pokin_dsl.syntax.nodes import BrokenLine, Mistake
from pokin_dsl.syntax.vocabulary import ANNOTATIONS, HEADERS, INCLUDE, KINDS, SYNONYMS

_KEYWORDS = (*KINDS, INCLUDE)
_NAMES = tuple(ANNOTATIONS)
_FIRST_WORD = re.compile(r"[^\s:\[=]+")
_BULLETS = ("-", "*", "•", "–", "—", "+", ">")
_KINDS_TEXT = "outcome, csf, kondisi, antara, operasional, jabatan atau sertakan"
_QUOTED_AT_MOST = 40


def broken_line(content: str) -> BrokenLine:
    """Describe a line that is no sentence of the language; never raises, whatever the text."""
    if content.startswith("@"):
        return _unknown_annotation(content)
    match = _FIRST_WORD.match(content)
    word = match[0] if match else content[:1]
    return _misspelt_keyword(content, word) or _pasted_line(content, word) or _unknown_line(content, word)


def quoted(text: str) -> str:
    """Quote a piece of a line for a message, shortened so that the sentence stays readable."""
    short = text if len(text) <= _QUOTED_AT_MOST else text[: _QUOTED_AT_MOST - 1] + "…"
    return f'"{short}"'


def _galat(code: str, end: int, message: str, hint: str, replacement: str | None = None) -> Mistake:
    return Mistake(code, Severity.GALAT, 0, max(end, 1), message, hint, replacement)


def _unknown_annotation(content: str) -> BrokenLine:
    match = re.match(r"@[^\s(\[:]*", content)
    name = match[0][1:] if match else ""
    end = len(name) + 1
    if name.startswith("x-"):
        hint = "Setelah @x- tulis huruf kecil, angka, atau tanda hubung, misalnya @x-urusan wajib."
        return BrokenLine("", content, (_galat("P004", end, f"Nama catatan bebas @{name} tidak sah.", hint),))
    near = name.casefold() if name.casefold() in ANNOTATIONS else nearest(name, _NAMES)
    # "@Target" and "@target:" are the same word to a planner, so mending them is safe; "@tagret" is only likely.
    colon = content[end : end + 1] == ":"
    message = f"Anotasi @{name} tidak dikenal." if not colon or near != name else f"Titik dua sesudah @{name} tidak perlu."
    hint = f"Mungkin maksudnya @{near}." if near else "Lihat daftar anotasi di panduan bahasa; catatan bebas ditulis @x-nama."
    same = near == name.casefold()
    return BrokenLine(
        "@" + near if near else "@",
        content,
        (_galat("P004", end + colon, message, hint, f"@{near}" if same else None),),
    )


def _misspelt_keyword(content: str, word: str) -> BrokenLine | None:
    folded = word.casefold()
    rest = content[len(word) :].lstrip()
    if folded in HEADERS and (rest.startswith(":") or folded != word):
        hint = f"Tulis {folded}: diikuti nilainya."
        return BrokenLine("", content, (_galat("P005", len(word), f"Kepala berkas {quoted(word)} tidak terbaca.", hint),))
    if folded in _KEYWORDS:
        if rest.startswith(":"):
            end = content.index(":") + 1
            message = f"Titik dua sesudah {word} tidak perlu."
            return BrokenLine(folded, content, (_galat("P003", end, message, "Hapus titik duanya.", folded),))
        message = f"Kata kunci {quoted(word)} harus ditulis dengan huruf kecil."
        return BrokenLine(folded, content, (_galat("P003", len(word), message, f"Tulis {folded}.", folded),))
    if rest.startswith(":"):
        return _unknown_header(content, word)
    if folded in ANNOTATIONS or (folded.endswith(":") and folded[:-1] in ANNOTATIONS):
        message = f"{quoted(word)} kehilangan tanda @ di depannya."
        return BrokenLine("@" + folded, content, (_galat("P003", len(word), message, f"Tulis @{folded}.", f"@{folded}"),))
    near = SYNONYMS.get(folded) or nearest(folded, _KEYWORDS)
    if not near:
        return None
    message = f"Kata kunci {quoted(word)} tidak dikenal."
    return BrokenLine(near, content, (_galat("P003", len(word), message, f"Mungkin maksudnya {near}."),))


def _unknown_header(content: str, word: str) -> BrokenLine | None:
    if not re.fullmatch(r"[A-Za-z_-]+", word):
        return None
    near = nearest(word, HEADERS)
    hint = f"Mungkin maksudnya {near}:." if near else f"Kepala berkas yang dikenal: {', '.join(HEADERS)}."
    return BrokenLine("", content, (_galat("P005", len(word), f"Kepala berkas {quoted(word)} tidak dikenal.", hint),))


def _pasted_line(content: str, word: str) -> BrokenLine | None:
    if content.startswith(_BULLETS):
        message = f"Baris ini diawali tanda {content[0]}, bukan kata kunci."
        return BrokenLine("", content, (_galat("P003", 1, message, f"Ganti tanda itu dengan {_KINDS_TEXT}."),))
    if re.match(r"\d{4}(-TW\d)?\s*=", content):
        message = "Deret nilai ini terpisah dari anotasinya."
        hint = "Gabungkan ke baris @target, @realisasi, @awal, atau @pagu di atasnya: satu deret satu baris."
        return BrokenLine("", content, (_galat("P003", len(word), message, hint),))
    return None


def _unknown_line(content: str, word: str) -> BrokenLine:
    message = f"Baris ini tidak diawali kata kunci: {quoted(content)}."
    hint = f"Awali dengan {_KINDS_TEXT}; bila ini lanjutan baris di atasnya, awali dengan |."
    return BrokenLine("", content, (_galat("P003", len(word), message, hint),))
