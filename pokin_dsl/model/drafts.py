"""Nodes, indicators and positions on their way to the model, and bundles of them that are made once for a branch."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pokin_dsl.model.identity import slug
from pokin_dsl.syntax.nodes import HERE, AnnotationLine, Block, LogicalLine, Shift
from pokin_dsl.syntax.vocabulary import INDIKATOR, JABATAN
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pokin_dsl.diagnostics import Diagnostic

LINK = re.compile(r"\[\[([^\[\]]+)\]\]")
"""A link in a note, ``[[id]]``."""

NOWHERE = Source("", "")
"""Stands for the file of what is made once for all places where it may stand."""


@dataclass(slots=True, eq=False)
class Draft:
    """A node, indicator or position on its way to the model: its line, its owner, what belongs to it.

    It grows while its outline is assembled and is never changed after that. ``number`` is its place in the written
    order of its bundle, ``parent`` is empty where its owner stands in another one.
    """

    kind: str
    text: str
    written: str
    block: Block
    source: Source
    shift: Shift = HERE
    parent: Draft | None = None
    children: list[Draft | Placement] = field(default_factory=list)
    indicators: list[Draft] = field(default_factory=list)
    annotations: list[Block] = field(default_factory=list)
    by_name: dict[str, list[tuple[Block, AnnotationLine]]] = field(default_factory=dict)
    number: int = 0

    def annotate(self, block: Block, sentence: AnnotationLine) -> None:
        """Add an annotation."""
        self.annotations.append(block)
        self.by_name.setdefault(sentence.name, []).append((block, sentence))

    def named(self, name: str) -> Sequence[tuple[Block, AnnotationLine]]:
        """Give its annotations of one name in written order."""
        return self.by_name.get(name, ())


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Bundle:
    """Drafts in written order, with all that can be said of them wherever they stand; never changed once it is made.

    ``findings`` are those of assembling, their spans counted from the beginning of the branch; ``lost`` are the ids
    that stand in lines which could not be kept. The further fields are read off the drafts: ``written`` the ids that
    authors gave, by number of draft, ``stems`` what the others would be called, ``wordless`` the stems of those whose
    text has no word; ``aliases``, the texts of references and holders that have to be looked up, and ``supports``, the
    references by which the first draft supports something.
    """

    drafts: tuple[Draft, ...]
    findings: tuple[Diagnostic, ...]
    lost: frozenset[str]
    written: tuple[tuple[int, str], ...]
    stems: tuple[str, ...]
    stem_set: frozenset[str]
    wordless: frozenset[str]
    plain_ids: tuple[str, ...]
    aliases: tuple[tuple[Draft, Block, str], ...]
    questions: tuple[str, ...]
    holders: tuple[str, ...]
    supports: tuple[str, ...]
    positions: tuple[Draft, ...]


@dataclass(slots=True, eq=False)
class Placement:
    """A bundle where it stands in one tree; ``owner`` is the draft under which its first one hangs, if any."""

    bundle: Bundle
    source: Source
    shift: Shift
    owner: Draft | None = None
    remembered: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A draft where it stands in one tree."""

    part: Placement
    draft: Draft

    @property
    def source(self) -> Source:
        """Give its file."""
        return self.part.source

    @property
    def shift(self) -> Shift:
        """Tell how far it has moved."""
        return self.part.shift.plus(self.draft.shift)

    def line(self, block: Block) -> LogicalLine:
        """Give the line of its own block, or of one directly below, where it stands."""
        return moved_line(block, self.draft.block, self.shift)


def moved_line(block: Block, owner: Block, shift: Shift) -> LogicalLine:
    """Give the line of ``owner``, which has moved by ``shift``, or of a block directly below it, where it stands."""
    return block.line.moved(shift if block is owner else shift.plus(block.shift))


def moved_finding(finding: Diagnostic, source: Source, shift: Shift) -> Diagnostic:
    """Tell a finding of a bundle where the bundle stands."""
    by = shift.characters
    return replace(finding, source=source.path, span=Span(finding.span.start + by, finding.span.end + by))


def in_written_order(drafts: Sequence[Draft | Placement]) -> Iterator[Draft | Placement]:
    """Give every draft of an outline, owners first, and each part in its place, as a whole."""
    waiting = list(reversed(drafts))
    while waiting:
        item = waiting.pop()
        yield item
        if isinstance(item, Draft):
            yield from item.indicators
            waiting.extend(reversed(item.children))


def bundle(drafts: Sequence[Draft], findings: Sequence[Diagnostic] = (), lost: frozenset[str] = frozenset()) -> Bundle:
    """Finish a bundle: number its drafts and read off them what they say and what they ask."""
    for number, draft in enumerate(drafts):
        draft.number = number
    annotated = [draft for draft in drafts if draft.by_name]
    slugs = ["" if draft.written else slug(draft.text) for draft in drafts]
    names = [draft.written or name or draft.kind for draft, name in zip(drafts, slugs, strict=True)]
    stems = tuple([name for draft, name in zip(drafts, names, strict=True) if not draft.written])
    first = drafts[0]
    return Bundle(
        drafts=tuple(drafts),
        findings=tuple(findings),
        lost=lost,
        written=tuple([(draft.number, draft.written) for draft in drafts if draft.written]),
        stems=stems,
        stem_set=frozenset(stems),
        wordless=frozenset([d.kind for d, name in zip(drafts, slugs, strict=True) if not (d.written or name)]),
        plain_ids=tuple(names),
        aliases=tuple([(draft, block, s.text) for draft in annotated for block, s in draft.named("alias")]),
        questions=tuple(dict.fromkeys(_questions(annotated))),
        holders=tuple(dict.fromkeys(_holders(annotated))),
        supports=tuple([s.text for _, s in first.named("mendukung") if first.kind not in (INDIKATOR, JABATAN)]),
        positions=tuple([draft for draft in drafts if draft.kind == JABATAN]),
    )


def _questions(drafts: Sequence[Draft]) -> Iterator[str]:
    """Give the references that have to be looked up in the tree: by annotation, and by link in a note."""
    for draft in drafts:
        for name in ("mendukung", "lihat"):
            for _, sentence in draft.named(name):
                if sentence.text and ":" not in sentence.text:
                    yield sentence.text
        for block, sentence in draft.named("catatan"):
            for match in LINK.finditer(sentence.text or block.line.note):
                yield match[1]


def _holders(drafts: Sequence[Draft]) -> Iterator[str]:
    for draft in drafts:
        for _, sentence in draft.named("pk"):
            if sentence.text not in ("", "-"):
                yield sentence.text
