"""What a draft's annotations say: texts, series, partners, free extensions, and where they stand."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from pokin_dsl.model.nilai import read_nilai
from pokin_dsl.model.tree import Crosscutting, Deret, Tambahan, Titik
from pokin_dsl.syntax.nodes import AnnotationLine, Block, Point
from pokin_dsl.syntax.vocabulary import ANNOTATIONS, CROSSCUTTING_STATES, TRIKS
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from pokin_dsl.model.assemble import Draft

_STATUS = re.compile(rf"\(({'|'.join(CROSSCUTTING_STATES)})\)$")
_KEY = attrgetter("key")


def link_span(source: Source, block: Block, link: str) -> Span:
    """Give the place of a link in a note, which may stand in a raw block below its line."""
    at = source.text.find(link, block.line.start)
    return Span(at, at + len(link)) if at >= 0 else block.line.whole()


def text_span(block: Block) -> Span:
    """Give the place of an annotation's text, or of its line where there is none."""
    sentence = block.sentence
    text, at = getattr(sentence, "text", ""), getattr(sentence, "text_at", 0)
    return block.line.span(at, at + len(text)) if text else block.line.whole()


def one(draft: Draft, name: str) -> str:
    """Give the text of the first annotation of a name, or an empty one."""
    found = draft.named(name)
    return found[0][1].text if found else ""


def many(draft: Draft, name: str) -> tuple[str, ...]:
    """Give the texts of all annotations of a name, in written order."""
    return tuple([sentence.text for _, sentence in draft.named(name) if sentence.text])


def ticks(sentence: AnnotationLine) -> bool:
    """Say whether a ``@cek`` records a tick."""
    return sentence.head in TRIKS and bool(sentence.text)


def has(draft: Draft, name: str) -> bool:
    """Say whether there is an annotation of a name."""
    return bool(draft.named(name))


def deret(draft: Draft, name: str) -> Deret:
    """Give a series in ascending order; a second line of it (told as P017) adds only what the first does not have."""
    points: list[Point] = []
    if name not in draft.by_name:
        return ()
    for _, sentence in draft.named(name):
        known = {point.key for point in points}
        points += [point for point in sentence.points if point.key not in known]
    points.sort(key=_KEY)
    return tuple([Titik(point.key, read_nilai(point.value)) for point in points])


def tambahan(draft: Draft) -> tuple[Tambahan, ...]:
    """Give the free extensions, in written order."""
    if draft.by_name.keys() <= ANNOTATIONS.keys():
        return ()
    return tuple(
        Tambahan(s.name.removeprefix("x-"), s.text)
        for block in draft.annotations
        if isinstance(s := block.sentence, AnnotationLine) and s.name not in ANNOTATIONS
    )


def crosscutting(sentence: AnnotationLine) -> Crosscutting:
    """Give a partner, what it contributes, and the state at the end of the line."""
    status = _STATUS.search(sentence.text)
    text = sentence.text[: status.start()].rstrip() if status else sentence.text
    if not sentence.head:
        return Crosscutting(text, "", status[1] if status else "")
    return Crosscutting(sentence.head, text, status[1] if status else "")
