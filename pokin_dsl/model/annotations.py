"""What a draft's annotations say: texts, series, partners, notes, free extensions."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from pokin_dsl.model.nilai import read_nilai
from pokin_dsl.model.tree import Abaikan, Catatan, Cek, Crosscutting, Deret, Tambahan, Titik, Varian
from pokin_dsl.syntax.nodes import AnnotationLine, Block, Point
from pokin_dsl.syntax.vocabulary import ANNOTATIONS, CROSSCUTTING_STATES, DIRECTIONS, STAGES, TRIKS

if TYPE_CHECKING:
    from pokin_dsl.model.drafts import Draft

_STATUS = re.compile(rf"\(({'|'.join(CROSSCUTTING_STATES)})\)$")
_KEY = attrgetter("key")


def one(draft: Draft, name: str) -> str:
    """Give the text of the first annotation of a name, or an empty one."""
    found = draft.named(name)
    return found[0][1].text if found else ""


def many(draft: Draft, name: str) -> tuple[str, ...]:
    """Give the texts of all annotations of a name, in written order."""
    return tuple([sentence.text for _, sentence in draft.named(name) if sentence.text])


def has(draft: Draft, name: str) -> bool:
    """Say whether there is an annotation of a name."""
    return bool(draft.named(name))


def deret(draft: Draft, name: str) -> Deret:
    """Give a series in ascending order; a second line of it (told as P017) adds only what the first does not have."""
    points: list[Point] = []
    for _, sentence in draft.named(name):
        known = {point.key for point in points}
        points += [point for point in sentence.points if point.key not in known]
    points.sort(key=_KEY)
    return tuple([Titik(point.key, read_nilai(point.value)) for point in points])


def tambahan(draft: Draft) -> tuple[Tambahan, ...]:
    """Give the free extensions, in written order."""
    return tuple(
        Tambahan(s.name.removeprefix("x-"), s.text)
        for block in draft.annotations
        if isinstance(s := block.sentence, AnnotationLine) and s.name not in ANNOTATIONS
    )


def crosscutting(draft: Draft, name: str) -> tuple[Crosscutting, ...]:
    """Give the partners, each with what it contributes and the state at the end of its line."""
    return tuple([_partner(sentence) for _, sentence in draft.named(name)])


def notes(draft: Draft) -> tuple[tuple[Block, Catatan], ...]:
    """Give the notes that say something, with their blocks: one line of plain text, or a raw block of Markdown."""
    found = [
        (block, Catatan(s.text, markdown=False) if s.text else Catatan(block.line.note, markdown=True))
        for block, s in draft.named("catatan")
    ]
    return tuple([(block, note) for block, note in found if note.teks])


def direction(draft: Draft, name: str) -> str:
    """Give the first direction that is one, or an empty text."""
    return next((s.text for _, s in draft.named(name) if s.text in DIRECTIONS), "")


def varian(draft: Draft, name: str) -> tuple[Varian, ...]:
    """Give the wordings for the documents of single stages."""
    return tuple(
        [
            Varian(int(s.head.removeprefix("tahap-")), s.text)
            for _, s in draft.named(name)
            if s.head.removeprefix("tahap-") in STAGES and s.text
        ]
    )


def abaikan(draft: Draft, name: str) -> tuple[Abaikan, ...]:
    """Give the rules that are silenced with a reason."""
    return tuple([Abaikan(s.head, s.text) for _, s in draft.named(name) if s.head and s.text])


def cek(draft: Draft, name: str) -> tuple[Cek, ...]:
    """Give the triks that people have looked at."""
    ticks = (s for _, s in draft.named(name) if s.head in TRIKS and s.text)
    return tuple([Cek(s.head.removeprefix("trik-"), s.text) for s in ticks])


def _partner(sentence: AnnotationLine) -> Crosscutting:
    status = _STATUS.search(sentence.text)
    text = sentence.text[: status.start()].rstrip() if status else sentence.text
    if not sentence.head:
        return Crosscutting(text, "", status[1] if status else "")
    return Crosscutting(sentence.head, text, status[1] if status else "")
