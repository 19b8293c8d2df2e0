"""What is found while a thing is built, without its place: the same wherever the thing stands.

It is told anew at each reading, so that no finding keeps a place, a line or a suggestion that is no longer true.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.syntax.nodes import AnnotationLine, Block, LogicalLine
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from pokin_dsl.model.drafts import Draft


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong by itself (P017); a block within ``message`` stands for the number of its line.

    The place is the annotation's name where ``named`` says so, else its whole line.
    """

    draft: Draft
    block: Block
    message: tuple[str | Block, ...]
    hint: str
    named: bool = False


@dataclass(frozen=True, slots=True)
class DeadReference:
    """A reference that leads nowhere (P103), in an annotation or, where ``link`` is given, in a note."""

    draft: Draft
    block: Block
    message: str
    reference: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class DoubtfulHolder:
    """A ``@pk`` that means nobody, or somebody outside the outline of positions (P302)."""

    draft: Draft
    block: Block
    text: str


Remark = Fault | DeadReference | DoubtfulHolder


def text_span(block: Block, line: LogicalLine) -> Span:
    """Give the place of a block's text, or of its whole line where there is none; ``line`` is where it stands."""
    sentence = block.sentence
    text, at = getattr(sentence, "text", ""), getattr(sentence, "text_at", 0)
    return line.span(at, at + len(text)) if text else line.whole()


def name_span(block: Block, line: LogicalLine) -> Span:
    """Give the place of an annotation's name; ``line`` is where it stands."""
    return line.word(len(block.sentence.name) + 1) if isinstance(block.sentence, AnnotationLine) else line.whole()


def link_span(source: Source, line: LogicalLine, link: str) -> Span:
    """Give the place of a link in a note, which may stand in a raw block below its line."""
    at = source.text.find(link, line.start)
    return Span(at, at + len(link)) if at >= 0 else line.whole()
