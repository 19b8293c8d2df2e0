"""One logical line by the grammar: a pure, memoised function from its text to its sentence."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput

from pokin_dsl.diagnostics import Severity
from pokin_dsl.syntax.contents import (
    header_mistakes,
    lacking,
    missing,
    numbering_mistakes,
    read_id,
    state_mistakes,
    text_mistakes,
)
from pokin_dsl.syntax.deret import split_points, split_single, stands_alone
from pokin_dsl.syntax.mistakes import broken_line, quoted
from pokin_dsl.syntax.nodes import AnnotationLine, BrokenLine, HeaderLine, IncludeLine, Mistake, NodeLine, Sentence
from pokin_dsl.syntax.vocabulary import STAGES, TRIKS

if TYPE_CHECKING:
    from collections.abc import Callable


_MEMORY = 1 << 17
_ESCAPED = ("\\[", "\\@", "\\|", "\\#")


def sentence_reader(grammar: str) -> Callable[[str], Sentence]:
    """Make the function that reads logical lines by a grammar text (``pokin.lark``), remembering what it has read.

    The function takes a line without indentation and with its continuations joined, and never raises: an unreadable
    line becomes the sentence that it was most likely meant to be, or a ``BrokenLine``; both carry the mistake.
    Places in its result count characters from the beginning of the line.
    """
    parse = Lark(
        grammar,
        parser="lalr",
        lexer="contextual",
        transformer=_Sentences(),
        maybe_placeholders=True,
        propagate_positions=False,
    ).parse

    @lru_cache(maxsize=_MEMORY)
    def read_sentence(content: str) -> Sentence:
        try:
            sentence: Sentence = parse(content)  # type: ignore[assignment]  # the transformer returns sentences
        except UnexpectedInput:
            return _recovered(content, broken_line(content), parse)
        return sentence

    return read_sentence


def _recovered(content: str, broken: BrokenLine, parse: Callable[[str], object]) -> Sentence:
    """Read a broken line again with the word that it was meant to begin with, keeping the mistake."""
    if not broken.meant.strip("@"):
        return broken
    end = broken.mistakes[0].end
    try:
        sentence = parse(broken.meant + content[end:])
    except UnexpectedInput:
        return broken
    if broken.meant.startswith("@") and not content.startswith("@"):
        # That an "@" is missing is only likely: one guess is enough, its own mistakes are not told.
        return _shifted(_without_mistakes(sentence), end - len(broken.meant), broken.mistakes)
    return _shifted(sentence, end - len(broken.meant), broken.mistakes)


def _without_mistakes(sentence: object) -> object:
    return replace(sentence, mistakes=()) if isinstance(sentence, AnnotationLine) else sentence


def _shifted(sentence: object, by: int, mistakes: tuple[Mistake, ...]) -> Sentence:
    if not isinstance(sentence, HeaderLine | NodeLine | IncludeLine | AnnotationLine):  # pragma: no cover - the grammar
        raise TypeError(sentence)
    moved = tuple(replace(m, start=max(m.start + by, 0), end=m.end + by) for m in sentence.mistakes)
    shifted = replace(sentence, text_at=sentence.text_at + by, mistakes=mistakes + moved)
    if isinstance(shifted, NodeLine):
        return replace(shifted, id_at=shifted.id_at + by)
    if isinstance(shifted, AnnotationLine):
        points = tuple(replace(p, start=p.start + by, end=p.end + by) for p in shifted.points)
        return replace(shifted, head_at=shifted.head_at + by, points=points)
    return shifted


@v_args(inline=True)
class _Sentences(Transformer[Token, Sentence]):
    """Turns each rule of the grammar into its sentence; one method a rule, named as in the grammar."""

    def header(self, key: Token, value: Token | None) -> Sentence:
        text, at = _text(value, _end(key) + 1)
        return HeaderLine(str(key), text, at, header_mistakes(str(key), text, at))

    def node(self, kind: Token, written: Token | None, value: Token | None) -> Sentence:
        given, mistakes = read_id(written)
        text, at = _text_after_id(written, given, value, _end(kind))
        if not text:
            mistakes += (missing(str(kind), f"Tulis pernyataannya sesudah {kind}."),)
        else:
            mistakes += numbering_mistakes(text, at)
        return NodeLine(str(kind), given, (written.start_pos or 0) if written else 0, text, at, mistakes)

    def include(self, keyword: Token, value: Token | None) -> Sentence:
        text, at = _text(value, _end(keyword))
        mistakes = (
            () if text else (missing("sertakan", "Tulis jalur berkasnya, misalnya sertakan bagian/pelayanan.pokin."),)
        )
        return IncludeLine(text, at, mistakes)

    def teks(self, keyword: Token, value: Token | None) -> Sentence:
        name = keyword[1:]
        text, at = _text(value, _end(keyword))
        return AnnotationLine(name, "", at, text, at, (), text_mistakes(name, text, at))

    def tambahan(self, keyword: Token, value: Token | None) -> Sentence:
        text, at = _text(value, _end(keyword))
        return AnnotationLine(str(keyword[1:]), "", at, text, at)

    def beridentitas(self, keyword: Token, written: Token | None, value: Token | None) -> Sentence:
        given, mistakes = read_id(written)
        text, at = _text_after_id(written, given, value, _end(keyword))
        if not text:
            mistakes += (missing("@indikator", "Tulis indikatornya sesudah @indikator."),)
        return AnnotationLine("indikator", given, (written.start_pos or 0) if written else at, text, at, (), mistakes)

    def deret(self, keyword: Token, unit: Token | None, value: Token | None) -> Sentence:
        name = str(keyword[1:])
        text, at = _text(value, _end(unit or keyword))
        head = str(unit)[1:-1].strip() if unit else ""
        head_at = (unit.start_pos or 0) + 1 if unit else at
        if not text:
            return AnnotationLine(name, head, head_at, "", at, (), (missing("@" + name, _SERIES_EXAMPLES[name]),))
        if name == "awal" and stands_alone(text):
            points, mistakes = split_single(text, at)
        else:
            points, mistakes = split_points(text, at)
        return AnnotationLine(name, head, head_at, text, at, points, mistakes)

    def berkode(self, keyword: Token, code: Token | None, value: Token | None) -> Sentence:
        text, at = _text(value, _end(code or keyword))
        hint = "Tulis kode resminya di depan nama, misalnya 7.01.01."
        mistakes = () if code else (lacking(keyword, "Kode", text, at, hint),)
        return AnnotationLine(str(keyword[1:]), str(code or ""), _start(code, at), text, at, (), mistakes)

    def bermitra(self, keyword: Token, partner: Token | None, value: Token | None) -> Sentence:
        text, at = _text(value, _end(partner or keyword) + (1 if partner else 0))
        hint = "Tulis instansi, titik dua, lalu sumbangannya, misalnya @crosscutting Dinas Kesehatan: data balita."
        what = "Sumbangan instansi" if partner or text else "Instansi"
        mistakes = state_mistakes(text, at) if partner and text else (lacking(keyword, what, text, at, hint),)
        return AnnotationLine("crosscutting", str(partner or "").strip(), _start(partner, at), text, at, (), mistakes)

    def berwarian(self, keyword: Token, stage: Token | None, value: Token | None) -> Sentence:
        text, at = _text(value, _end(stage or keyword))
        mistakes: tuple[Mistake, ...] = ()
        if stage is None or not text:
            hint = "Tulis tahapnya lalu rumusannya, misalnya @varian tahap-3 Meningkatnya Fasilitas Pelayanan."
            mistakes = (lacking(keyword, "Rumusan" if stage else "Tahap", text, at, hint),)
        elif stage.removeprefix("tahap-") not in STAGES:
            message = f"Tahap {quoted(stage)} tidak ada."
            mistakes = (
                Mistake(
                    "P007", Severity.GALAT, _start(stage, 0), _end(stage), message, "Tulis tahap-1 sampai tahap-5."
                ),
            )
        return AnnotationLine("varian", str(stage or ""), _start(stage, at), text, at, (), mistakes)

    def berabai(self, keyword: Token, rule: Token | None, value: Token | None) -> Sentence:
        text, at = _text(value, _end(rule or keyword))
        hint = "Tulis kode aturannya lalu alasannya, misalnya @abaikan P305 disepakati dalam rapat."
        mistakes = () if rule and text else (lacking(keyword, "Alasan" if rule else "Kode aturan", text, at, hint),)
        return AnnotationLine("abaikan", str(rule or ""), _start(rule, at), text, at, (), mistakes)

    def bercek(self, keyword: Token, trik: Token | None, value: Token | None) -> Sentence:
        text, at = _text(value, _end(trik or keyword))
        mistakes: tuple[Mistake, ...] = ()
        if trik is None or not text:
            hint = "Tulis nomor triknya, tanggal, koma, lalu oleh siapa, misalnya @cek trik-1.1 12 Maret 2026, Camat."
            mistakes = (lacking(keyword, "Tanggal dan pemeriksa" if trik else "Nomor trik", text, at, hint),)
        elif trik not in TRIKS:
            hint = f"Yang dicek orang: {', '.join(TRIKS)}."
            message = f"{quoted(trik)} tidak ada dalam daftar periksa."
            mistakes = (Mistake("P007", Severity.GALAT, _start(trik, 0), _end(trik), message, hint),)
        return AnnotationLine("cek", str(trik or ""), _start(trik, at), text, at, (), mistakes)


_SERIES_EXAMPLES = {
    "awal": "Tulis kondisi awalnya, misalnya @awal 82,10 atau @awal 2024=82,10.",
    "target": "Tulis satuan dan targetnya, misalnya @target (indeks) 2025=83 2026=84.",
    "realisasi": "Tulis realisasinya, misalnya @realisasi 2025=83,4.",
    "pagu": "Tulis pagunya, misalnya @pagu 2026=Rp100.000.000.",
}


def _end(token: Token) -> int:
    return (token.start_pos or 0) + len(token)


def _start(token: Token | None, otherwise: int) -> int:
    return otherwise if token is None else token.start_pos or 0


def _text(token: Token | None, otherwise: int) -> tuple[str, int]:
    """Give a text and where it begins, without the backslash that lets it start with ``[ @ | #``."""
    if token is None:
        return "", otherwise
    at = token.start_pos or 0
    if token.startswith(_ESCAPED):
        return str(token[1:]), at + 1
    return str(token), at


def _text_after_id(written: Token | None, given: str, value: Token | None, otherwise: int) -> tuple[str, int]:
    """Give the text after an id; a bracket that was no id begins the text, so that nothing written is lost."""
    if written is None or given:
        return _text(value, _end(written) if written else otherwise)
    at = written.start_pos or 0
    if value is None:
        return str(written), at
    gap = " " * ((value.start_pos or 0) - _end(written))
    return f"{written}{gap}{value}", at
