"""What an unreadable line was meant to be: its code, its sentence for the planner, the next keystroke."""

from __future__ import annotations

import re
from dataclasses import replace

from pokin_dsl.diagnostics import Severity
from pokin_dsl.suggestion import nearest
from pokin_dsl.syntax.nodes import BrokenLine, Mistake, Sentence
from pokin_dsl.syntax.vocabulary import ANNOTATIONS, HEADERS, INCLUDE, KINDS, SYNONYMS

_KEYWORDS = (*KINDS, INCLUDE)
_NAMES = tuple(ANNOTATIONS)
_FIRST_WORD = re.compile(r"[^\s:\[=]+")
_BULLETS = ("-", "*", "•", "–", "—", "+", ">")
_KINDS_TEXT = "outcome, csf, kondisi, antara, operasional, jabatan atau sertakan"
_QUOTED_AT_MOST = 40
# The codes of a first word that was not understood.
_GUESSED = ("P003", "P004")


def broken_line(content: str) -> BrokenLine:
    """Describe a line that is no sentence of the language; never raises, whatever the text."""
    if content.startswith("@"):
        return _unknown_annotation(content)
    match = _FIRST_WORD.match(content)
    word = match[0] if match else content[:1]
    return _misspelt_keyword(content, word) or _pasted_line(content, word) or _unknown_line(content, word)


def is_guess(sentence: Sentence) -> bool:
    """Say whether a sentence is only likely to be what it was read as: nothing more is said about its place."""
    if not sentence.mistakes:
        return False
    return any(m.code in _GUESSED and (m.replacement is None or not m.safe) for m in sentence.mistakes)


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
        hint = "Sesudah @x- tulis huruf kecil, angka, atau tanda hubung, misalnya @x-urusan wajib."
        return BrokenLine("", content, (_galat("P004", end, f"Nama catatan bebas @{name} tidak sah.", hint),))
    if name in ANNOTATIONS:
        return _run_together(content, name, end)
    # "@Target" and "@target" are the same word to a planner, so mending it is safe; "@tagret" is only likely.
    same = name.casefold() in ANNOTATIONS
    near = name.casefold() if same else nearest(name, _NAMES)
    hint = "Lihat daftar anotasi di panduan bahasa; catatan bebas ditulis @x-nama."
    if near:
        hint = f"Tulis @{near}." if same else f"Mungkin maksudnya @{near}."
    end += content[end : end + 1] == ":"
    mistake = _galat("P004", end, f"Anotasi @{name} tidak dikenal.", hint, f"@{near}" if same else None)
    return BrokenLine("@" + near, content, (mistake,))


def _run_together(content: str, name: str, end: int) -> BrokenLine:
    """Describe a known annotation with something other than a space behind its name."""
    if content[end : end + 1] == ":":
        message = f"Titik dua sesudah @{name} tidak perlu."
        right = _apart(f"@{name}", content, end + 1)
        return BrokenLine(right, content, (_galat("P004", end + 1, message, "Hapus titik duanya.", right),))
    message = f"Sesudah @{name} harus ada spasi."
    return BrokenLine(f"@{name} ", content, (_galat("P004", end, message, "Beri spasi di belakangnya.", f"@{name} "),))


def _apart(word: str, content: str, end: int) -> str:
    """Give a word so that it stands apart from what follows in the line."""
    return word if content[end : end + 1] in ("", " ") else word + " "


def _misspelt_keyword(content: str, word: str) -> BrokenLine | None:
    """Describe a line whose first word is known in another form: other case, a colon, a missing "@", a near name."""
    folded = word.casefold()
    colon = content[len(word) :].lstrip().startswith(":")
    if folded in HEADERS and (colon or folded in (word, "judul")):
        return _misspelt_header(content, word, folded, colon=colon)
    end = content.index(":") + 1 if colon else len(word)
    if folded in _KEYWORDS:
        return _misspelt_kind(content, word, folded, end)
    if folded in ANNOTATIONS:
        message = f"{quoted(word)} kehilangan tanda @ di depannya."
        right = _apart(f"@{folded}", content, end)
        mistake = _galat("P003", end, message, f"Tulis @{folded}, atau | bila ini lanjutan baris di atasnya.", right)
        return BrokenLine(right, content, (replace(mistake, safe=False),))
    if colon and folded not in SYNONYMS:
        return _unknown_header(content, word)
    near = SYNONYMS.get(folded) or nearest(folded, _KEYWORDS)
    if not near:
        return None
    mistake = _galat("P003", end, f"Kata kunci {quoted(word)} tidak dikenal.", f"Mungkin maksudnya {near}.")
    return BrokenLine(_apart(near, content, end), content, (mistake,))


def _misspelt_kind(content: str, word: str, kind: str, end: int) -> BrokenLine:
    if end > len(word) and word == kind:
        message, hint = f"Titik dua sesudah {word} tidak perlu.", "Hapus titik duanya."
    elif end > len(word):
        message, hint = (
            f"Kata kunci {quoted(word)} harus ditulis dengan huruf kecil, tanpa titik dua.",
            f"Tulis {kind}.",
        )
    elif word != kind:
        message, hint = f"Kata kunci {quoted(word)} harus ditulis dengan huruf kecil.", f"Tulis {kind}."
    else:
        message, hint = f"Sesudah {kind} harus ada spasi.", "Beri spasi di belakangnya."
        return BrokenLine(f"{kind} ", content, (_galat("P003", end, message, hint, f"{kind} "),))
    right = _apart(kind, content, end)
    return BrokenLine(right, content, (_galat("P003", end, message, hint, right),))


def _misspelt_header(content: str, word: str, key: str, *, colon: bool) -> BrokenLine:
    if colon:
        message = f"Kepala berkas {quoted(word)} harus ditulis dengan huruf kecil."
        return BrokenLine(key, content, (_galat("P005", len(word), message, f"Tulis {key}:.", key),))
    message = f"Titik dua sesudah {quoted(word)} belum ditulis."
    return BrokenLine(f"{key}:", content, (_galat("P005", len(word), message, f"Tulis {key}:.", f"{key}:"),))


def _unknown_header(content: str, word: str) -> BrokenLine | None:
    if not re.fullmatch(r"[A-Za-z_-]+", word):
        return None
    near = nearest(word, HEADERS)
    hint = f"Mungkin maksudnya {near}:." if near else f"Kepala berkas yang dikenal: {', '.join(HEADERS)}."
    message = f"Kepala berkas {quoted(word)} tidak dikenal."
    return BrokenLine(near, content, (_galat("P005", len(word), message, hint),))


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
