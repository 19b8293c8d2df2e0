"""Documents to one outline of drafts: includes joined, each line under its owner, misplaced ones told."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Label, Severity
from pokin_dsl.model.drafts import (
    NOWHERE,
    Bundle,
    Draft,
    Placement,
    bundle,
    in_written_order,
    moved_finding,
)
from pokin_dsl.model.identity import slug
from pokin_dsl.model.memory import BRANCHES
from pokin_dsl.model.misplaced import misplaced, wrong_owner, wrong_place_in_fragment
from pokin_dsl.model.outline import Outline, Where
from pokin_dsl.syntax.mistakes import is_guess, quoted
from pokin_dsl.syntax.nodes import (
    HERE,
    AnnotationLine,
    Block,
    Branch,
    BrokenLine,
    Document,
    HeaderLine,
    IncludeLine,
    NodeLine,
)
from pokin_dsl.syntax.parse import include_blocks, walk
from pokin_dsl.syntax.vocabulary import ANNOTATIONS, CHILDREN, ID, INDIKATOR, JABATAN, MOST_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.text import Source, Span

MOST_INCLUDES_DEEP = 16
# An indicator and what belongs to it may stand below the deepest node.
_ANNOTATED = 2
_ANY_ID = re.compile(r"\[([^\[\]]+)\]")
_WRITTEN_ID = re.compile(rf"\[({ID.pattern})\]")


def include_path(including: str, written: str) -> str | None:
    """Give the workspace path that an include means, or nothing where it is absolute or leaves the workspace.

    ``including`` is the path of the file in which ``written`` stands, relative to the workspace. Only ``.pokin`` files
    can be included: a tree may come from a stranger, and no other file's content is his to show.
    """
    if not written.endswith(".pokin") or "\\" in written or written.startswith(("/", "~")) or ":" in written:
        return None
    parts: list[str] = list(PurePosixPath(including).parent.parts)
    for part in PurePosixPath(written).parts:
        if part != "..":
            parts.append(part)
        elif not parts:
            return None
        else:
            parts.pop()
    return "/".join(parts)


def includes(document: Document) -> Iterator[tuple[Block, str | None]]:
    """Give each include of a document with the path that it means."""
    for block in include_blocks(document):
        if isinstance(block.sentence, IncludeLine) and block.sentence.text:
            yield block, include_path(document.source.path, block.sentence.text)


def assemble(root: Document, documents: Mapping[str, Document]) -> Outline:
    """Join a tree's file with the fragments that it includes; ``documents`` holds them by workspace path.

    A branch that was read once is assembled once for all places of its kind, in all trees.
    """
    assembly = _Assembly(documents)
    assembly.document(root, Where(None, root.source, (root.source.path,), 0))
    return assembly.outline


class _Assembly:
    """Places block after block; ``for_all`` says that it makes something for all places, and so remembers nothing."""

    def __init__(self, documents: Mapping[str, Document], *, for_all: bool = False) -> None:
        self.documents = documents
        self.for_all = for_all
        self.outline = Outline()
        self.included: dict[str, tuple[Source, Span]] = {}

    def document(self, document: Document, at: Where) -> None:
        """Place the top blocks of a file; the positions of a fragment join the tree's, wherever it is included."""
        for block in document.blocks:
            joins_outline = len(at.trail) > 1 and _is_position(block) and not (at.owner and at.owner.kind == JABATAN)
            self.place(block, at.at_top() if joins_outline else at)

    def place(self, block: Block, at: Where) -> None:
        """Put one block, and all below it, where it hangs."""
        sentence = block.sentence
        if block.shift is not HERE:
            at = replace(at, shift=at.shift.plus(block.shift))
        if block.branch is not None and not self.for_all and (known := _made_once(block.branch, at)):
            self.part(known, at)
            return
        if at.depth > MOST_DEPTH + _ANNOTATED:
            self._too_deep(block, at)
        elif isinstance(sentence, NodeLine):
            self.node(block, sentence, at)
        elif isinstance(sentence, AnnotationLine):
            self.annotation(block, sentence, at)
        elif isinstance(sentence, IncludeLine):
            self.include(block, sentence, at)
        elif isinstance(sentence, BrokenLine):
            # Its branch is kept where it would have hung; its annotations are its own and go with it.
            self.outline.lost.update(_WRITTEN_ID.findall(sentence.text))
            for child in block.children:
                if isinstance(child.sentence, NodeLine | BrokenLine | IncludeLine):
                    self.place(child, at.below())
                else:
                    self._lose(child)

    def part(self, known: Bundle, at: Where) -> None:
        """Hang up what was made once, and tell what was found in it."""
        self.outline.lost |= known.lost
        self.outline.diagnostics += [moved_finding(finding, at.source, at.shift) for finding in known.findings]
        part = Placement(known, at.source, at.shift)
        part.owner = self._attach(part, known.drafts[0].kind, _carrier(at.owner))

    def node(self, block: Block, sentence: NodeLine, at: Where) -> None:
        if at.depth >= MOST_DEPTH:
            self._too_deep(block, at)
            return
        if any(mistake.code == "P006" for mistake in sentence.mistakes):
            self._lose_bad_id(sentence.text)
        draft = Draft(sentence.kind, sentence.text, sentence.id, block, at.source, at.shift)
        fits = sentence.kind in CHILDREN.get(at.owner.kind if at.owner else "", ())
        if not (fits or at.unsure or is_guess(sentence)):
            owner = at.owner.kind if at.owner else None
            self._galat("P101", at.source, at.line(block).word(len(draft.kind)), *misplaced(draft.kind, owner))
        draft.parent = self._attach(draft, draft.kind, _carrier(at.owner))
        # Under a node that is itself in doubt, nothing more is said about what may stand there.
        below = at.under(draft, unsure=not fits or is_guess(sentence))
        for child in block.children:
            self.place(child, below)

    def _attach(self, item: Draft | Placement, kind: str, owner: Draft | None) -> Draft | None:
        """Hang something under its owner, or at the top where it may not hang there; give what it hangs under."""
        is_position = kind == JABATAN
        if owner is not None and (owner.kind == JABATAN) == is_position:
            owner.children.append(item)
            return owner
        (self.outline.jabatan if is_position else self.outline.akar).append(item)
        return None

    def annotation(self, block: Block, sentence: AnnotationLine, at: Where) -> None:
        owner = at.owner
        if owner is None or not _may_carry(owner, sentence):
            if not is_guess(sentence):
                span = at.line(block).word(len(sentence.name) + 1)
                kind = owner.kind if owner else None
                self._galat("P017", at.source, span, *wrong_owner(sentence.name, kind))
            if owner is None or owner.kind == JABATAN or sentence.name != INDIKATOR:
                self._lose(block)
                return
            # An indicator that stands a level too deep, or under a csf, is kept: others may refer to it.
            owner = _carrier(owner) or owner
        if sentence.name != INDIKATOR:
            self._annotate(block, sentence, owner, at)
            return
        if any(mistake.code == "P006" for mistake in sentence.mistakes):
            self._lose_bad_id(sentence.text)
        draft = Draft(INDIKATOR, sentence.text, sentence.head, block, at.source, at.shift, owner)
        owner.indicators.append(draft)
        below = at.under(draft)
        for child in block.children:
            self.place(child, below)

    def _annotate(self, block: Block, sentence: AnnotationLine, owner: Draft, at: Where) -> None:
        """Give an annotation to its owner, which stands in the same file."""
        if owner.source is at.source:
            owner.annotate(block, sentence)
            return
        if is_guess(sentence):
            return
        span = at.line(block).word(len(sentence.name) + 1)
        self._galat("P017", at.source, span, *wrong_place_in_fragment(sentence.name, owner.kind, owner.source.path))

    def include(self, block: Block, sentence: IncludeLine, at: Where) -> None:
        if not sentence.text:
            self.outline.torn = True
            return
        span = at.line(block).span(sentence.text_at, sentence.text_at + len(sentence.text))
        path = include_path(at.source.path, sentence.text)
        before = len(self.outline.diagnostics)
        if path is None:
            message = f"Jalur {quoted(sentence.text)} tidak boleh dipakai."
            hint = "Tulis jalur relatif ke berkas .pokin di ruang kerja ini, misalnya bagian/pelayanan.pokin."
            self._galat("P019", at.source, span, message, hint)
        elif path in at.trail:
            chain = " → ".join((*at.trail[at.trail.index(path) :], path))
            hint = "Hapus salah satu sertakan dari putaran itu."
            self._galat("P103", at.source, span, f"Sertakan berputar: {chain}.", hint)
        elif path in self.included:
            first = Label(self.included[path][0].path, self.included[path][1], "pertama disertakan di sini")
            message = f"Berkas {quoted(path)} disertakan dua kali dalam satu pohon."
            self._galat("P103", at.source, span, message, "Hapus salah satunya.")
            self.outline.diagnostics[-1] = replace(self.outline.diagnostics[-1], labels=(first,))
        elif len(at.trail) > MOST_INCLUDES_DEEP:
            message = f"Rantai sertakan lebih panjang dari {MOST_INCLUDES_DEEP} berkas."
            self._galat("P012", at.source, span, message, "Sertakan berkas itu langsung dari berkas pohon.")
        elif path not in self.documents:
            message = f"Berkas {quoted(path)} tidak ditemukan atau tidak dapat dibaca."
            hint = f"Periksa nama dan letaknya; jalur dihitung dari folder berkas {at.source.path}."
            self._galat("P103", at.source, span, message, hint)
        else:
            self.included[path] = (at.source, span)
            self.outline.files.append(path)
            fragment = self.documents[path]
            self._fragment_headers(fragment)
            self.document(fragment, Where(at.owner, fragment.source, (*at.trail, path), at.depth))
            return
        self.outline.torn = self.outline.torn or len(self.outline.diagnostics) > before

    def _fragment_headers(self, fragment: Document) -> None:
        for block in fragment.headers:
            sentence = block.sentence
            if isinstance(sentence, HeaderLine) and sentence.key != "pokin":
                message = f"Berkas yang disertakan tidak boleh memuat kepala {sentence.key}:."
                hint = "Hapus baris ini; kepala pohon ditulis di berkas yang menyertakannya."
                self._galat("P005", fragment.source, block.line.moved(block.shift).whole(), message, hint)

    def _too_deep(self, block: Block, at: Where) -> None:
        message = f"Cabang ini lebih dalam dari {MOST_DEPTH} tingkat; baris ini dan turunannya tidak dibaca."
        hint = "Pindahkan cabang ini lebih dekat ke outcome."
        self._galat("P012", at.source, at.line(block).whole(), message, hint)
        self._lose(block)

    def _lose_bad_id(self, text: str) -> None:
        """Remember a bad id as it stands, and as it is likely to be referred to."""
        for given in _ANY_ID.findall(text)[:1]:
            self.outline.lost.update((given, slug(given)))

    def _lose(self, block: Block) -> None:
        """Remember the ids of a branch that is left out."""
        for lost in walk((block,)):
            sentence = lost.sentence
            if isinstance(sentence, NodeLine):
                self.outline.lost.add(sentence.id)
            elif isinstance(sentence, AnnotationLine) and sentence.name == INDIKATOR:
                self.outline.lost.add(sentence.head)

    def _galat(self, code: str, source: Source, span: Span, message: str, hint: str) -> None:
        self.outline.diagnostics.append(Diagnostic(code, Severity.GALAT, source.path, span, message, hint))


def _made_once(branch: Branch, at: Where) -> Bundle | None:
    """Give what a branch comes to in all places of one kind; nothing where it cannot be told from the branch alone."""
    owner = at.owner.kind if at.owner else ""
    known = BRANCHES.setdefault(branch, {})
    kind_of_place = (owner, at.unsure, at.depth)
    if kind_of_place not in known:
        known[kind_of_place] = _make_once(branch, at)
    return known[kind_of_place]


def _make_once(branch: Branch, at: Where) -> Bundle | None:
    """Assemble a branch by itself; it must be one node or position whose drafts all hang below it, and no include."""
    block = branch.block
    if not isinstance(block.sentence, NodeLine) or any(isinstance(b.sentence, IncludeLine) for b in branch.marked):
        return None
    assembly = _Assembly({}, for_all=True)
    owner = Draft(at.owner.kind, "", "", block, NOWHERE) if at.owner else None
    assembly.place(block, Where(owner, NOWHERE, (), at.depth, at.unsure))
    outline = assembly.outline
    tops = [*outline.jabatan, *outline.akar, *(owner.children if owner else ())]
    if len(tops) != 1 or not isinstance(tops[0], Draft):
        return None
    tops[0].parent = None
    drafts = [draft for draft in in_written_order(tops) if isinstance(draft, Draft)]
    return bundle(drafts, outline.diagnostics, frozenset(outline.lost))


def _carrier(owner: Draft | None) -> Draft | None:
    """Give what carries a node or indicator that stands under an owner: under an indicator, that one's own owner."""
    return owner.parent if owner and owner.kind == INDIKATOR else owner


def _is_position(block: Block) -> bool:
    return isinstance(block.sentence, NodeLine) and block.sentence.kind == JABATAN


def _may_carry(owner: Draft, annotation: AnnotationLine) -> bool:
    allowed = ANNOTATIONS.get(annotation.name)
    return allowed is None or owner.kind in allowed
