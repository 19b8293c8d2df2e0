"""Text to document: the reader's own pipeline, top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Edit, Fix, Severity
from pokin_dsl.syntax.characters import forbidden_characters, pasted_typography
from pokin_dsl.syntax.lines import odd_finding, tab_findings
from pokin_dsl.syntax.nodes import Block, Document, HeaderLine, IncludeLine, LogicalLine, Sentence
from pokin_dsl.syntax.sections import is_marked, outline, read_sections
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pokin_dsl.syntax.sections import Placed


def parse(source: Source, read_sentence: Callable[[str], Sentence]) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Read one source into its outline, with every mistake that it holds; never raises, whatever the text.

    ``read_sentence`` comes from ``sentence_reader``. What was read before in the same words is not read again, here
    or in another source.
    """
    return _parsed(source, read_sections(source.text, read_sentence), read_sentence)


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Give every block in written order, its line where it stands in the file; iterative, so depth costs no stack."""
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop().placed()
        yield block
        if block.children:
            waiting.extend(reversed(block.children))


def include_blocks(document: Document) -> Iterator[Block]:
    """Give every block of a document that includes a file, in written order, its line where it stands."""
    return (block for block in _marked(document.blocks) if isinstance(block.sentence, IncludeLine))


def _marked(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Give what ``walk`` gives, but only marked lines (see ``Branch``), without looking into what is remembered."""
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        if block.branch is not None:
            yield from (Block(one.sentence, one.line.moved(block.shift)) for one in block.branch.marked)
            continue
        if is_marked(block.sentence):
            yield block
        if block.children:
            waiting.extend(reversed(block.children))


def _parsed(
    source: Source, sections: Sequence[Placed], read_sentence: Callable[[str], Sentence]
) -> tuple[Document, tuple[Diagnostic, ...]]:
    growing, tail = outline(sections, read_sentence)
    document = Document(source, tuple(growing.headers), growing.finished(), tail)
    marked = tuple(_marked(document.blocks))
    diagnostics = (
        *_character_findings(source, sections),
        *_line_findings(source, sections),
        *growing.findings(source),
        *_line_mistakes(source, (*document.headers, *marked), _cut_lines(sections)),
        *_header_mistakes(document, marked),
    )
    return document, diagnostics


def _character_findings(source: Source, sections: Sequence[Placed]) -> Iterator[Diagnostic]:
    yield from forbidden_characters(source, [one.span() for one in sections if one.section.forbidden])
    pasted = [one for one in sections if one.section.pasted]
    raw = [
        Span(span.start + one.shift.characters, span.end + one.shift.characters)
        for one in pasted
        for span in one.section.lines.raw
    ]
    yield from pasted_typography(source, [one.span() for one in pasted], raw)


def _line_findings(source: Source, sections: Sequence[Placed]) -> Iterator[Diagnostic]:
    tabbed: list[tuple[Span, int]] = []
    for one in sections:
        by = one.shift.characters
        yield from (odd_finding(source, odd, by) for odd in one.section.lines.oddities)
        tabbed += [(Span(span.start + by, span.end + by), width) for span, width in one.section.lines.tabbed]
    yield from tab_findings(source, tabbed)


def _cut_lines(sections: Sequence[Placed]) -> frozenset[int]:
    """Give the numbers of the lines that were not read whole."""
    return frozenset(number + one.shift.lines for one in sections for number in one.section.lines.cut)


def _line_mistakes(source: Source, blocks: Iterable[Block], cut: frozenset[int]) -> Iterator[Diagnostic]:
    for block in blocks:
        for mistake in block.sentence.mistakes if block.line.number not in cut else ():
            span = block.line.span(mistake.start, mistake.end)
            fix = None
            if mistake.replacement is not None:
                title = f"tulis {mistake.replacement}" if mistake.replacement else "hapus"
                fix = Fix(title, (Edit(source.path, span, mistake.replacement),), mistake.safe)
            yield Diagnostic(mistake.code, mistake.severity, source.path, span, mistake.message, mistake.hint, fix=fix)


def _guessed(header: HeaderLine) -> bool:
    """Say whether the key itself was mended while reading, so that nothing more should be said about it."""
    return any(mistake.code == "P005" and mistake.end <= header.text_at for mistake in header.mistakes)


def _header_mistakes(document: Document, marked: Sequence[Block]) -> Iterator[Diagnostic]:
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
    for block in marked:
        if isinstance(block.sentence, HeaderLine) and not _guessed(block.sentence):
            message = f"Kepala berkas {block.sentence.key}: harus berada sebelum baris pertama pohon."
            hint = "Pindahkan ke bagian atas berkas."
            yield Diagnostic("P005", Severity.GALAT, path, block.line.whole(), message, hint)
    if "pokin" not in guessed.union(first) and (document.headers or document.blocks):
        message = "Berkas ini belum menyebut versi bahasanya."
        fix = Fix("tambahkan pokin: 1", (Edit(path, Span(0, 0), "pokin: 1\n"),))
        yield Diagnostic("P016", Severity.INFO, path, Span(0, 0), message, "Tulis pokin: 1 di baris pertama.", fix=fix)
