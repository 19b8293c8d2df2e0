"""Documents to one outline of drafts: includes joined, each line under its owner, misplaced ones told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Label, Severity
from pokin_dsl.model.identity import slug
from pokin_dsl.syntax.mistakes import is_guess, quoted
from pokin_dsl.syntax.nodes import AnnotationLine, Block, BrokenLine, Document, HeaderLine, IncludeLine, NodeLine
from pokin_dsl.syntax.parse import walk
from pokin_dsl.syntax.vocabulary import ANNOTATIONS, CHILDREN, ID, INDIKATOR, JABATAN, MOST_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pokin_dsl.text import Source, Span

MOST_INCLUDES_DEEP = 16
# An indicator and what belongs to it may stand below the deepest node.
_ANNOTATED = 2
_ANY_ID = re.compile(r"\[([^\[\]]+)\]")
_WRITTEN_ID = re.compile(rf"\[({ID.pattern})\]")


@dataclass(slots=True)
class Draft:
    """A node, indicator or position on its way to the model: its line, its owner, what belongs to it."""

    kind: str
    text: str
    written: str
    block: Block
    source: Source
    parent: Draft | None = None
    children: list[Draft] = field(default_factory=list)
    indicators: list[Draft] = field(default_factory=list)
    annotations: list[Block] = field(default_factory=list)
    by_name: dict[str, list[tuple[Block, AnnotationLine]]] = field(default_factory=dict)
    id: str = ""

    def annotate(self, block: Block, sentence: AnnotationLine) -> None:
        """Add an annotation."""
        self.annotations.append(block)
        self.by_name.setdefault(sentence.name, []).append((block, sentence))

    def named(self, name: str) -> Sequence[tuple[Block, AnnotationLine]]:
        """Give its annotations of one name in written order."""
        return self.by_name.get(name, ())


@dataclass(slots=True)
class Outline:
    """A whole tree as drafts: top nodes and top positions in written order, and what was found on the way.

    ``files`` are the fragments that were joined. ``lost`` are ids that stand in lines that could not be read or kept,
    and ``torn`` says that a whole fragment is missing: what refers there is no mistake of its own.
    """

    akar: list[Draft] = field(default_factory=list)
    jabatan: list[Draft] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    torn: bool = False


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
    for block in walk(document.blocks):
        if isinstance(block.sentence, IncludeLine) and block.sentence.text:
            yield block, include_path(document.source.path, block.sentence.text)


def assemble(root: Document, documents: Mapping[str, Document]) -> Outline:
    """Join a tree's file with the fragments that it includes; ``documents`` holds them by workspace path."""
    assembly = _Assembly(documents)
    assembly.document(root, _Place(None, root.source, (root.source.path,), 0))
    return assembly.outline


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block hangs: its owner, its source, the files that led here, and how deep the owner stands.

    ``unsure`` says that the owner is in doubt: it is misplaced itself, or a line below it could not be read.
    """

    owner: Draft | None
    source: Source
    trail: tuple[str, ...]
    depth: int
    unsure: bool = False

    def under(self, owner: Draft, *, unsure: bool = False) -> _Place:
        """Give the place of what belongs to a node that hangs here."""
        return _Place(owner, self.source, self.trail, self.depth + 1, unsure)

    def below(self) -> _Place:
        """Give the place of what stands below a line that could not be read: its owner is the one above."""
        return replace(self, depth=self.depth + 1, unsure=True)

    def at_top(self) -> _Place:
        """Give the top of the tree, seen from here."""
        return replace(self, owner=None, depth=0)


class _Assembly:
    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.documents = documents
        self.outline = Outline()
        self.included: dict[str, tuple[Source, Span]] = {}

    def document(self, document: Document, at: _Place) -> None:
        """Place the top blocks of a file; the positions of a fragment join the tree's, wherever it is included."""
        for block in document.blocks:
            joins_outline = len(at.trail) > 1 and _is_position(block) and not (at.owner and at.owner.kind == JABATAN)
            self.place(block, at.at_top() if joins_outline else at)

    def place(self, block: Block, at: _Place) -> None:
        """Put one block, and all below it, where it hangs."""
        sentence = block.sentence
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

    def node(self, block: Block, sentence: NodeLine, at: _Place) -> None:
        if at.depth >= MOST_DEPTH:
            self._too_deep(block, at)
            return
        if any(mistake.code == "P006" for mistake in sentence.mistakes):
            self._lose_bad_id(sentence.text)
        draft = Draft(sentence.kind, sentence.text, sentence.id, block, at.source)
        fits = sentence.kind in CHILDREN.get(at.owner.kind if at.owner else "", ())
        if not (fits or at.unsure or is_guess(sentence)):
            self._misplaced(draft, at.owner)
        self._attach(draft, at.owner.parent if at.owner and at.owner.kind == INDIKATOR else at.owner)
        # Under a node that is itself in doubt, nothing more is said about what may stand there.
        below = at.under(draft, unsure=not fits or is_guess(sentence))
        for child in block.children:
            self.place(child, below)

    def _attach(self, draft: Draft, owner: Draft | None) -> None:
        is_position = draft.kind == JABATAN
        if owner is not None and (owner.kind == JABATAN) == is_position:
            draft.parent = owner
            owner.children.append(draft)
        elif is_position:
            self.outline.jabatan.append(draft)
        else:
            self.outline.akar.append(draft)

    def annotation(self, block: Block, sentence: AnnotationLine, at: _Place) -> None:
        owner = at.owner
        if owner is None or not _may_carry(owner, sentence):
            if not is_guess(sentence):
                span = block.line.word(len(sentence.name) + 1)
                self._galat("P017", at.source, span, *_wrong_owner(sentence.name, owner))
            if owner is None or owner.kind == JABATAN or sentence.name != INDIKATOR:
                self._lose(block)
                return
            # An indicator that stands a level too deep, or under a csf, is kept: others may refer to it.
            owner = owner.parent if owner.kind == INDIKATOR and owner.parent else owner
        if sentence.name != INDIKATOR:
            self._annotate(block, sentence, owner, at)
            return
        if any(mistake.code == "P006" for mistake in sentence.mistakes):
            self._lose_bad_id(sentence.text)
        draft = Draft(INDIKATOR, sentence.text, sentence.head, block, at.source, owner)
        owner.indicators.append(draft)
        below = at.under(draft)
        for child in block.children:
            self.place(child, below)

    def _annotate(self, block: Block, sentence: AnnotationLine, owner: Draft, at: _Place) -> None:
        """Give an annotation to its owner, which stands in the same file."""
        if owner.source is at.source:
            owner.annotate(block, sentence)
            return
        if is_guess(sentence):
            return
        message = f"Anotasi @{sentence.name} berada di tingkat teratas berkas yang disertakan."
        hint = f"Tulis di {owner.source.path}, di bawah {_named(owner.kind)} yang memilikinya."
        self._galat("P017", at.source, block.line.word(len(sentence.name) + 1), message, hint)

    def include(self, block: Block, sentence: IncludeLine, at: _Place) -> None:
        if not sentence.text:
            self.outline.torn = True
            return
        span = block.line.span(sentence.text_at, sentence.text_at + len(sentence.text))
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
            self.document(fragment, _Place(at.owner, fragment.source, (*at.trail, path), at.depth))
            return
        self.outline.torn = self.outline.torn or len(self.outline.diagnostics) > before

    def _fragment_headers(self, fragment: Document) -> None:
        for block in fragment.headers:
            sentence = block.sentence
            if isinstance(sentence, HeaderLine) and sentence.key != "pokin":
                message = f"Berkas yang disertakan tidak boleh memuat kepala {sentence.key}:."
                hint = "Hapus baris ini; kepala pohon ditulis di berkas yang menyertakannya."
                self._galat("P005", fragment.source, block.line.whole(), message, hint)

    def _too_deep(self, block: Block, at: _Place) -> None:
        message = f"Cabang ini lebih dalam dari {MOST_DEPTH} tingkat; baris ini dan turunannya tidak dibaca."
        hint = "Pindahkan cabang ini lebih dekat ke outcome."
        self._galat("P012", at.source, block.line.whole(), message, hint)
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

    def _misplaced(self, draft: Draft, owner: Draft | None) -> None:
        where = "di tingkat teratas" if owner is None else f"di bawah {_named(owner.kind)}"
        message = f"Baris {draft.kind} tidak boleh berada {where}."
        above = [_named(kind) for kind, held in CHILDREN.items() if kind and draft.kind in held]
        homes = ["di tingkat teratas"] if draft.kind in CHILDREN[""] else []
        homes += [f"di bawah {_either(above)}"] if above else []
        hint = f"Tempatnya {_either(homes)}; periksa indentasi atau kata kuncinya."
        line = draft.block.line
        span = line.word(len(draft.kind))
        self._galat("P101", draft.source, span, message, hint)

    def _galat(self, code: str, source: Source, span: Span, message: str, hint: str) -> None:
        self.outline.diagnostics.append(Diagnostic(code, Severity.GALAT, source.path, span, message, hint))


def _is_position(block: Block) -> bool:
    return isinstance(block.sentence, NodeLine) and block.sentence.kind == JABATAN


def _may_carry(owner: Draft, annotation: AnnotationLine) -> bool:
    allowed = ANNOTATIONS.get(annotation.name)
    return allowed is None or owner.kind in allowed


def _named(kind: str) -> str:
    return "@indikator" if kind == INDIKATOR else kind


def _wrong_owner(name: str, owner: Draft | None) -> tuple[str, str]:
    if owner is None:
        message = f"Anotasi @{name} tidak berada di bawah kinerja, indikator, atau jabatan."
        return message, "Letakkan di bawah pemiliknya, dua spasi lebih menjorok."
    message = f"Anotasi @{name} tidak berlaku untuk {_named(owner.kind)}."
    if name == owner.kind:
        return message, f"Sejajarkan dengan @{name} di atasnya."
    homes = _either([_named(kind) for kind in ANNOTATIONS[name]])
    return message, f"Letakkan @{name} di bawah {homes}, dua spasi lebih menjorok."


def _either(names: list[str]) -> str:
    """Join names as in "csf, kondisi atau antara"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} atau {names[-1]}"
