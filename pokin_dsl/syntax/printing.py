"""One logical line as the canonical form writes it: single spaces between its parts, its texts as they are."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from pokin_dsl.syntax.nodes import AnnotationLine, BrokenLine, HeaderLine, IncludeLine, NodeLine, Sentence
from pokin_dsl.syntax.vocabulary import INCLUDE, INDIKATOR, MOST_LINE_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pokin_dsl.syntax.nodes import LogicalLine

Part = tuple[str, int]
"""A part of a line as it will be written, and where it begins in the line's content."""

_ESCAPED = frozenset("[@|#")
_KEY = attrgetter("key")


def printed(sentence: Sentence, line: LogicalLine) -> tuple[str, ...]:
    """Give a line without its indentation: what stands in its first line, then each continuation without its ``|``.

    A series is always one line, its points ascending: broken over several, equal lines of two indicators would pile up
    and be merged onto the wrong one.
    """
    parts = _parts(sentence, line.content)
    if line.joins and not (isinstance(sentence, AnnotationLine) and sentence.points):
        return _broken(parts, [at for at, _ in line.joins])
    text = " ".join([part for part, _ in parts])
    # A gap that was missing may be one character too many.
    return (text if len(text) <= MOST_LINE_CHARACTERS else line.content,)


def _parts(sentence: Sentence, content: str) -> list[Part]:
    if isinstance(sentence, AnnotationLine):
        parts = [("@" + sentence.name, 0)]
        if sentence.head:
            parts.append((_head(sentence), sentence.head_at))
        if sentence.points:
            return [*parts, (_series(sentence), sentence.text_at)]
    elif isinstance(sentence, NodeLine):
        parts = [(sentence.kind, 0)]
        if sentence.id:
            parts.append((f"[{sentence.id}]", sentence.id_at))
    elif isinstance(sentence, BrokenLine):
        return [(content, 0)]
    else:
        parts = [(f"{sentence.key}:" if isinstance(sentence, HeaderLine) else INCLUDE, 0)]
    if sentence.text:
        parts.append(_text(sentence, content))
    return parts


def _head(sentence: AnnotationLine) -> str:
    if sentence.name == INDIKATOR:
        return f"[{sentence.head}]"
    if sentence.points:
        return f"({sentence.head})"
    return f"{sentence.head}:" if sentence.name == "crosscutting" else sentence.head


def _series(sentence: AnnotationLine) -> str:
    points = sentence.points
    if len(points) > 1:
        points = tuple(sorted(points, key=_KEY))
    return " ".join([f"{point.key}={point.value}" if point.key else point.value for point in points])


def _text(sentence: HeaderLine | NodeLine | IncludeLine | AnnotationLine, content: str) -> Part:
    """Give the text, with the backslash that lets it begin as it does, if the author wrote one."""
    text, at = sentence.text, sentence.text_at
    if text[0] in _ESCAPED and content[at - 1] == "\\":
        return "\\" + text, at - 1
    return text, at


def _broken(parts: Sequence[Part], breaks: list[int]) -> tuple[str, ...]:
    """Join parts where the author joined them; a break between two parts goes before the second."""
    lines = [""]
    for part, at in parts:
        start = 0
        while breaks and breaks[0] < at + len(part):
            cut = max(breaks.pop(0) - at, 0)
            if cut:
                # The character before it is the space that stands for the break.
                lines[-1] = _spaced(lines[-1], part[start : cut - 1])
            if lines[-1]:
                lines.append("")
            start = cut
        lines[-1] = _spaced(lines[-1], part[start:])
    return tuple(lines)


def _spaced(before: str, text: str) -> str:
    return f"{before} {text}" if before else text
