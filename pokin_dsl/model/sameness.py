"""Two outlines of one file compared as the model reads them, so that no model has to be built to know them the same."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from pokin_dsl.syntax.nodes import AnnotationLine, HeaderLine, NodeLine
from pokin_dsl.syntax.vocabulary import ANNOTATIONS, INDIKATOR

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from pokin_dsl.syntax.nodes import Block, Document, Point, Sentence

# What belongs to one thing is compared group by group, because the model looks at nothing else:
# - annotations of one name in written order: all of ``annotations`` and ``building`` by ``Draft.named``;
# - the three codes as one, of which the first is valid: ``once.code``;
# - all free extensions as one: ``annotations.tambahan``;
# - of four annotations the first unit that is written, and not where it stands: ``once.unit``;
# - a series by its points in ascending order: ``annotations.deret``;
# - nodes and indicators each in their own order: ``assemble``, ``drafts.in_written_order``;
# - the first header of each key: ``header.with_header``.
_EXTENSION = "x-"
_GROUPS = {name: name for name in ANNOTATIONS} | dict.fromkeys(("program", "kegiatan", "subkegiatan"), "program")
_UNIT = "satuan"
_SAYING_UNITS = frozenset([_UNIT, "awal", "target", "realisasi"])
_NO_ANNOTATION = ""
_KEY = attrgetter("key")


def same_meaning(one: Document, other: Document) -> bool:
    """Say whether two documents of one path surely come to the same tree, alone and wherever they are included.

    Only the model itself can tell of those that do not surely do so.
    """
    return _same_groups(_headers(one), _headers(other)) and _same_in_order(one.blocks, other.blocks)


def _headers(document: Document) -> dict[str, list[Block]]:
    groups: dict[str, list[Block]] = {}
    for block in document.headers:
        sentence = block.sentence
        groups.setdefault(sentence.key if isinstance(sentence, HeaderLine) else "", []).append(block)
    return groups


def _same_groups(one: dict[str, list[Block]], other: dict[str, list[Block]]) -> bool:
    return one.keys() == other.keys() and all(_same_in_order(blocks, other[name]) for name, blocks in one.items())


def _same_in_order(one: Sequence[Block], other: Sequence[Block]) -> bool:
    return len(one) == len(other) and all(map(_same, one, other))


def _same(one: Block, other: Block) -> bool:
    if one.branch is not None and one.branch is other.branch:
        return True
    return (
        _same_sentence(one.sentence, other.sentence)
        and one.line.note == other.line.note
        and _same_below(one.children, other.children)
    )


def _same_sentence(one: Sentence, other: Sentence) -> bool:
    # A remembered sentence is the same object. What a mistake makes of a sentence depends on its place in the line.
    if one is other or one.mistakes or other.mistakes:
        return one is other or one == other
    return type(one) is type(other) and _said(one) == _said(other)


def _said(sentence: Sentence) -> Hashable:
    """Give what a sentence without mistakes says, wherever its parts stand in the line."""
    if isinstance(sentence, AnnotationLine):
        head = "" if sentence.name in _SAYING_UNITS else sentence.head
        return sentence.name, head, _series(sentence.points) if sentence.points else sentence.text
    if isinstance(sentence, NodeLine):
        return sentence.kind, sentence.id, sentence.text
    return (sentence.key if isinstance(sentence, HeaderLine) else "", sentence.text)


def _series(points: Sequence[Point]) -> tuple[tuple[str, str], ...]:
    return tuple([(point.key, point.value) for point in sorted(points, key=_KEY)])


def _same_below(one: Sequence[Block], other: Sequence[Block]) -> bool:
    if len(one) == len(other) and all(a.sentence is b.sentence for a, b in zip(one, other, strict=True)):
        return all(map(_same, one, other))
    return _unit(one) == _unit(other) and _same_groups(_grouped(one), _grouped(other))


def _unit(blocks: Sequence[Block]) -> str:
    """Give the first unit that is written, or an empty text."""
    saying = (s for b in blocks if isinstance(s := b.sentence, AnnotationLine) and s.name in _SAYING_UNITS)
    return next((unit for s in saying if (unit := s.text if s.name == _UNIT else s.head)), "")


def _grouped(blocks: Sequence[Block]) -> dict[str, list[Block]]:
    """Give what belongs to one thing by its group, without ``@satuan``, which says nothing but a unit."""
    groups: dict[str, list[Block]] = {}
    for block in blocks:
        groups.setdefault(_group(block.sentence), []).append(block)
    groups.pop(_UNIT, None)
    nodes, indicators = groups.get(_NO_ANNOTATION, ()), groups.get(INDIKATOR, ())
    if indicators and (_bring_indicators(nodes) or any(_hold_more(block.children) for block in indicators)):
        groups.pop(INDIKATOR)
        groups[_NO_ANNOTATION] = [block for block in blocks if _group(block.sentence) in (_NO_ANNOTATION, INDIKATOR)]
    return groups


def _group(sentence: Sentence) -> str:
    return _GROUPS.get(sentence.name, _EXTENSION) if isinstance(sentence, AnnotationLine) else _NO_ANNOTATION


def _bring_indicators(blocks: Sequence[Block]) -> bool:
    """Say whether something other than a node is among them: an included file may hold indicators of its own."""
    return not all(isinstance(block.sentence, NodeLine) for block in blocks)


def _hold_more(blocks: Sequence[Block]) -> bool:
    """Say whether more than its own annotations stands below an indicator: what else does hangs beside it."""
    return any(_group(block.sentence) in (_NO_ANNOTATION, INDIKATOR) for block in blocks)
