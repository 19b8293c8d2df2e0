"""Text to document: the reader's own pipeline, top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Edit, Fix, Severity
from pokin_dsl.syntax.characters import forbidden_characters, pasted_typography, plain_text
from pokin_dsl.syntax.layout import logical_lines, outline
from pokin_dsl.syntax.nodes import Block, Document, HeaderLine, LogicalLine, Sentence
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def parse(source: Source, read_sentence: Callable[[str], Sentence]) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Read one source into its outline, with every mistake that it holds; never raises, whatever the text.

    ``read_sentence`` comes from ``sentence_reader``.
    """
    found = logical_lines(source, plain_text(source))
    headers, blocks, indentation = outline(source, found.lines, read_sentence)
    document = Document(source, headers, blocks, found.tail)
    readable = (block for block in walk((*headers, *blocks)) if block.line.number not in found.cut)
    diagnostics = (
        *forbidden_characters(source),
        *pasted_typography(source, found.raw),
        *found.diagnostics,
        *indentation,
        *_line_mistakes(source, readable),
        *_header_mistakes(document),
    )
    return document, diagnostics


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Give every block in written order; iterative, so depth costs no stack."""
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        yield block
        if block.children:
            waiting.extend(reversed(block.children))


def _line_mistakes(source: Source, blocks: Iterable[Block]) -> Iterator[Diagnostic]:
    for block in blocks:
        for mistake in block.sentence.mistakes:
            span = block.line.span(mistake.start, mistake.end)
            fix = None
            if mistake.replacement is not None:
                title = f"tulis {mistake.replacement}" if mistake.replacement else "hapus"
                fix = Fix(title, (Edit(source.path, span, mistake.replacement),), mistake.safe)
            yield Diagnostic(mistake.code, mistake.severity, source.path, span, mistake.message, mistake.hint, fix=fix)


def _guessed(header: HeaderLine) -> bool:
    """Say whether the key itself was mended while reading, so that nothing more should be said about it."""
    return any(mistake.code == "P005" and mistake.end <= header.text_at for mistake in header.mistakes)


def _header_mistakes(document: Document) -> Iterator[Diagnostic]:
    path = document.source.path
    first: dict[str, LogicalLine] = {}
    guessed: set[str] = set()
    for block in document.headers:
        if isinstance(block.sentence, HeaderLine):
            key = block.sentence.key
            if _guessed(block.sentence):
                guessed.add(key)
                continue
            if key in first:
                message = f"Kepala berkas {key}: sudah ditulis di baris {first[key].number}."
                hint = "Hapus salah satunya; yang dipakai adalah yang pertama."
                yield Diagnostic("P013", Severity.GALAT, path, block.line.whole(), message, hint)
            first.setdefault(key, block.line)
    for block in walk(document.blocks):
        if isinstance(block.sentence, HeaderLine) and not _guessed(block.sentence):
            message = f"Kepala berkas {block.sentence.key}: harus berada sebelum baris pertama pohon."
            hint = "Pindahkan ke bagian atas berkas."
            yield Diagnostic("P005", Severity.GALAT, path, block.line.whole(), message, hint)
    if "pokin" not in guessed.union(first) and (document.headers or document.blocks):
        message = "Berkas ini belum menyebut versi bahasanya."
        fix = Fix("tambahkan pokin: 1", (Edit(path, Span(0, 0), "pokin: 1\n"),))
        yield Diagnostic("P016", Severity.INFO, path, Span(0, 0), message, "Tulis pokin: 1 di baris pertama.", fix=fix)
