"""Trees taken apart for the merge tests: things that know who they are, whatever they say, and their text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Severity
from pokin_dsl.syntax.nodes import AnnotationLine, HeaderLine, NodeLine
from pokin_dsl.syntax.vocabulary import INDIKATOR
from tests.support import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pokin_dsl.syntax.nodes import Block

_SERIES = ("awal", "target", "realisasi")
_FIRST_LINES = ("mandat", "permasalahan", "ekspektasi", "unit")


@dataclass(eq=False)
class Thing:
    """A node, position or indicator; ``uid`` says who it is in all versions. ``lines`` are its other annotations."""

    uid: int
    kind: str
    id: str
    text: str
    unit: str = ""
    series: dict[str, dict[str, str]] = field(default_factory=dict)
    lines: list[tuple[str, str]] = field(default_factory=list)
    below: list[Thing] = field(default_factory=list)

    def shape(self) -> object:
        """Give all that it says, with what stands below it in no order; what is empty is not there."""
        series = tuple(sorted((name, tuple(sorted(points.items()))) for name, points in self.series.items() if points))
        below = tuple(sorted((one.shape() for one in self.below), key=repr))
        return self.kind, self.id, self.text, self.unit, series, tuple(sorted(self.lines)), below


def taken(text: str) -> Thing:
    """Take a tree apart; statements that stand more than once get a number, so that everybody can be told apart."""
    document, findings = read_bytes(text.encode())
    assert not [finding for finding in findings if finding.severity is Severity.GALAT]
    root = read(text)
    seen: Counter[str] = Counter()
    for number, thing in enumerate(walk(root)):
        thing.uid = number
        seen[thing.text] += 1
        if seen[thing.text] > 1:
            thing.text += f" Nomor {number}"
    assert document.blocks
    return root


def read(text: str) -> Thing:
    """Read a text as it is."""
    document, _ = read_bytes(text.encode())
    headers = [b.sentence for b in document.headers]
    root = Thing(0, "", "", "", lines=[(h.key, h.text) for h in headers if isinstance(h, HeaderLine)])
    _fill(root, document.blocks)
    return root


def _fill(thing: Thing, blocks: Sequence[Block]) -> None:
    for block in blocks:
        sentence = block.sentence
        if isinstance(sentence, NodeLine):
            thing.below.append(Thing(0, sentence.kind, sentence.id, sentence.text))
            _fill(thing.below[-1], block.children)
        elif isinstance(sentence, AnnotationLine) and sentence.name == INDIKATOR:
            thing.below.append(Thing(0, INDIKATOR, sentence.head, sentence.text))
            _fill(thing.below[-1], block.children)
        elif isinstance(sentence, AnnotationLine) and sentence.name in _SERIES:
            thing.unit = thing.unit or sentence.head
            thing.series[sentence.name] = {point.key: point.value for point in sentence.points}
        elif isinstance(sentence, AnnotationLine) and sentence.name == "satuan":
            thing.unit = thing.unit or sentence.text
        elif isinstance(sentence, AnnotationLine):
            head = f"{sentence.head}{':' if sentence.name == 'crosscutting' else ''} " if sentence.head else ""
            series = " ".join(f"{point.key}={point.value}" for point in sentence.points)
            body = block.line.note or head + (series or sentence.text)
            thing.lines.append((sentence.name, body.strip() if not block.line.note else "\n" + body))


def written(root: Thing) -> str:
    """Write a tree in one form, so that line by line merging has its best chance."""
    lines = [f"{key}: {text}" for key, text in root.lines]
    for thing in root.below:
        lines += ["", *_lines(thing, 0)]
    return "\n".join(lines) + "\n"


def _lines(thing: Thing, depth: int) -> Iterator[str]:
    pad, deeper = "  " * depth, "  " * (depth + 1)
    keyword = "@indikator" if thing.kind == INDIKATOR else thing.kind
    text = "\\" + thing.text if thing.text[0] in "[@|#" else thing.text
    yield f"{pad}{keyword} {f'[{thing.id}] ' if thing.id else ''}{text}"
    yield from _series_lines(thing, deeper)
    for name, said in thing.lines:
        if name in _FIRST_LINES:
            yield from _line(name, said, deeper)
    for below in (one for one in thing.below if one.kind == INDIKATOR):
        yield from _lines(below, depth + 1)
    for name, said in thing.lines:
        if name not in _FIRST_LINES:
            yield from _line(name, said, deeper)
    for below in (one for one in thing.below if one.kind != INDIKATOR):
        if below.kind == "csf":
            yield ""
        yield from _lines(below, depth + 1)


def _series_lines(thing: Thing, deeper: str) -> Iterator[str]:
    carrier = next((name for name in ("target", "realisasi") if thing.series.get(name)), "")
    if thing.unit and not carrier:
        yield f"{deeper}@satuan {thing.unit}"
    for name in _SERIES:
        if thing.series.get(name):
            unit = f"({thing.unit}) " if name == carrier and thing.unit else ""
            points = sorted(thing.series[name].items())
            yield f"{deeper}@{name} {unit}" + " ".join(f"{key}={value}" if key else value for key, value in points)


def _line(name: str, said: str, pad: str) -> Iterator[str]:
    if said.startswith("\n"):
        yield f"{pad}@{name}"
        yield from (f"{pad}  {line}" if line else "" for line in said[1:].split("\n"))
    else:
        yield f"{pad}@{name} {said}".rstrip()


def walk(root: Thing) -> Iterator[Thing]:
    """Give a thing and all below it, owners first."""
    yield root
    for below in root.below:
        yield from walk(below)
