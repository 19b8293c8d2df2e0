"""Three versions of one file to one: what either side changed is put together, what both changed is marked."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Severity
from pokin_dsl.model.merge.accounts import balances, holds_what_is_planned
from pokin_dsl.model.merge.knots import SIDES, tangle
from pokin_dsl.model.merge.pieces import Conflict
from pokin_dsl.model.merge.plan import EntangledError, Plan
from pokin_dsl.model.merge.strands import version
from pokin_dsl.model.merge.writing import BOTH, written
from pokin_dsl.model.resolve import resolve
from pokin_dsl.syntax.markers import BETWEEN, CLOSING, OPENING
from pokin_dsl.syntax.parse import parse
from pokin_dsl.syntax.vocabulary import INDIKATOR, KINDS
from pokin_dsl.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pokin_dsl.model.merge.pieces import Piece
    from pokin_dsl.model.merge.strands import Version
    from pokin_dsl.syntax.nodes import Document, Sentence

# A file with one of these was not read whole, or is a merge that nobody has finished yet.
UNFIT = frozenset(["P008", "P009", "P011", "P012", "P018", "P020"])
# What no side had and the result must not have: lines that cannot be read, things said twice.
_OWN_FAULTS = frozenset(["P012", "P017"])
# The first only asks, and is ten times faster: what stands in brackets may also be part of a sentence.
_BRACKETED = re.compile(r"\[([^\]\n]+)\]")
_ID = re.compile(rf"^ *(?:{'|'.join((*KINDS, '@' + INDIKATOR))}) *\[([^\]\n]+)\]", re.MULTILINE)
_MOST_COMPARED = 4_000


@dataclass(frozen=True, slots=True)
class Labels:
    """What the markers call the two sides."""

    ours: str = "versi sekarang"
    theirs: str = "versi masuk"


@dataclass(frozen=True, slots=True)
class Merged:
    """The result: its text, how many conflicts it has; ``by_fact`` is false where only lines could be compared."""

    text: str
    conflicts: int
    by_fact: bool = True


LABELS = Labels()


def merge(texts: tuple[str, str, str], read_sentence: Callable[[str], Sentence], labels: Labels = LABELS) -> Merged:
    """Merge a base, our and their version of one file.

    Edits of different facts never contradict each other. What both sides did to one fact is in the result twice,
    between markers, and so is everything in which the versions differ where they cannot be understood fact by fact.
    """
    base, ours, theirs = texts
    if theirs in (ours, base):
        return Merged(ours, 0)
    if ours == base:
        return Merged(theirs, 0)
    merging = _Merging(read_sentence)
    pieces = merging.by_fact(texts)
    if pieces is None:
        return marked_by_line(ours, theirs, labels)
    return Merged(_text(ours, pieces, labels), _count(pieces))


def marked_by_line(ours: str, theirs: str, labels: Labels = LABELS) -> Merged:
    """Mark every place where two texts differ; nothing is taken from one side unasked."""
    pieces = _by_line(ours, theirs)
    return Merged(_text(ours, pieces, labels), _count(pieces), by_fact=False)


def _by_line(ours: str, theirs: str) -> list[Piece]:
    one, other = _lines(ours), _lines(theirs)
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return [
        *one[:start],
        *_compared(one[start : len(one) - end], other[start : len(other) - end]),
        *one[len(one) - end :],
    ]


def _compared(one: Sequence[str], other: Sequence[str]) -> Iterator[Piece]:
    if len(one) + len(other) > _MOST_COMPARED:
        yield Conflict(tuple(one), tuple(other))
        return
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from one[a:b]
        else:
            yield Conflict(tuple(one[a:b]), tuple(other[c:d]))


class _Merging:
    """One merge, by fact."""

    def __init__(self, read_sentence: Callable[[str], Sentence]) -> None:
        self.read_sentence = read_sentence

    def by_fact(self, texts: tuple[str, str, str]) -> list[Piece] | None:
        """Give the merged lines, or None where a version cannot be understood or the result would not be right."""
        (base, first), (ours, second), (theirs, third) = (self._read(text) for text in texts)
        faults = first | second | third
        if faults & UNFIT:
            return None
        tangled = tangle(base, ours, theirs)
        try:
            plan = Plan(tangled)
        except EntangledError:
            return None
        pieces = written(tangled, plan, BOTH)
        faults |= tangled.faults
        clean = not _count(pieces)
        for side in SIDES[:1] if clean else SIDES:
            lines = pieces if clean else written(tangled, plan, side)
            document, found = self._read("\n".join([line for line in lines if isinstance(line, str)]))
            result = version(document, tangled.common)
            found |= _faults_of_model(result)
            if (
                found - faults
                or _gives_an_id_twice(result, tangled.versions)
                or not holds_what_is_planned(plan, side, result)
            ):
                return None
            if clean and not balances(tangled, result):
                return None
        return pieces

    def _read(self, text: str) -> tuple[Document, set[str]]:
        document, findings = parse(Source("", text), self.read_sentence)
        return document, {finding.code for finding in findings if finding.severity is Severity.GALAT}


def _faults_of_model(one: Version) -> set[str]:
    _, findings = resolve("", one.document, {})
    return {finding.code for finding in findings if finding.code in _OWN_FAULTS}


def _gives_an_id_twice(result: Version, versions: Sequence[Version]) -> bool:
    """Say whether an id is written more than once that was not; whole branches are looked into as well."""
    for pattern in (_BRACKETED, _ID):
        before = {twice for one in versions for twice in _repeated(one, pattern)}
        if not _repeated(result, pattern) - before:
            return False
    return True


def _repeated(one: Version, pattern: re.Pattern[str]) -> set[tuple[str, int]]:
    times = Counter(pattern.findall(one.document.source.text))
    return {(found, count) for found, count in times.items() if count > 1}


def _lines(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.split("\n")]


def _count(pieces: Sequence[Piece]) -> int:
    return sum(isinstance(piece, Conflict) for piece in pieces)


def _text(ours: str, pieces: Sequence[Piece], labels: Labels) -> str:
    """Join lines, with the line ends that ours has."""
    end = "\r\n" if 2 * ours.count("\r\n") > ours.count("\n") else "\n"
    return end.join(_marked(pieces, labels))


def _marked(pieces: Sequence[Piece], labels: Labels) -> Iterator[str]:
    last: Piece = ""
    for piece in pieces:
        last = piece
        if isinstance(piece, str):
            yield piece
            continue
        yield f"{OPENING} {labels.ours}"
        yield from piece.ours
        yield BETWEEN
        yield from piece.theirs
        yield f"{CLOSING} {labels.theirs}"
    if isinstance(last, Conflict):
        yield ""
