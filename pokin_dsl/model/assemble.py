"""Documents to one outline of drafts: includes joined, each line under its owner, misplaced ones told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Label, Severity
from pokin_dsl.syntax.nodes import AnnotationLine, Block, BrokenLine, Document, HeaderLine, IncludeLine, NodeLine
from pokin_dsl.syntax.parse import walk
from pokin_dsl.syntax.vocabulary import ANNOTATIONS, CHILDREN, INDIKATOR, JABATAN, MOST_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.text import Source, Span

MOST_INCLUDES_DEEP = 16


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
    id: str = ""

    def named(self, name: str) -> Iterator[tuple[Block, AnnotationLine]]:
        """Give its annotations of one name in written order."""
        for block in self.annotations:
            sentence = block.sentence
            if isinstance(sentence, AnnotationLine) and sentence.name == name:
                yield block, sentence


@dataclass(slots=True)
class Outline:
    """A whole tree as drafts: top nodes and top positions in written order, and what was found on the way."""

    akar: list[Draft] = field(default_factory=list)
    jabatan: list[Draft] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def include_path(including: str, written: str) -> str | None:
    """Give the workspace path that an include means, or nothing where it is absolute or leaves the workspace.

    ``including`` is the path of the file in which ``written`` stands, relative to the workspace.
    """
    if not written or "\\" in written or written.startswith(("/", "~")) or ":" in written:
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
    assembly.document(root, None, (root.source.path,))
    return assembly.outline


class _Assembly:
    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.documents = documents
        self.outline = Outline()
        self.included: dict[str, tuple[Source, Span]] = {}

    def document(self, document: Document, owner: Draft | None, trail: tuple[str, ...]) -> None:
        depth = 0
        above = owner
        while above:
            depth, above = depth + 1, above.parent
        for block in document.blocks:
            self.place(block, owner, document.source, trail, depth)

    def place(self, block: Block, owner: Draft | None, source: Source, trail: tuple[str, ...], depth: int) -> None:
        """Put one block, and all below it, under its owner."""
        sentence = block.sentence
        if isinstance(sentence, NodeLine):
            self.node(block, sentence, owner, source, trail, depth)
        elif isinstance(sentence, AnnotationLine):
            self.annotation(block, sentence, owner, source, trail, depth)
        elif isinstance(sentence, IncludeLine):
            self.include(block, sentence, owner, source, trail)
        elif isinstance(sentence, BrokenLine):
            # Its branch is kept where it would have hung; its annotations are its own and go with it.
            for child in block.children:
                if isinstance(child.sentence, NodeLine | BrokenLine):
                    self.place(child, owner, source, trail, depth)

    def node(
        self, block: Block, sentence: NodeLine, owner: Draft | None, source: Source, trail: tuple[str, ...], depth: int
    ) -> None:
        draft = Draft(sentence.kind, sentence.text, sentence.id, block, source)
        if depth >= MOST_DEPTH:
            self._find("P012", source, block.line.whole(), f"Cabang ini lebih dalam dari {MOST_DEPTH} tingkat.", "Pindahkan cabang ini lebih dekat ke outcome.")
            return
        holder = owner.parent if owner and owner.kind == INDIKATOR else owner
        if sentence.kind not in CHILDREN.get(owner.kind if owner else "", ()) :
            self._misplaced(draft, owner)
        self._attach(draft, holder)
        for child in block.children:
            self.place(child, draft, source, trail, depth + 1)

    def _attach(self, draft: Draft, owner: Draft | None) -> None:
        is_position = draft.kind == JABATAN
        if owner is not None and (owner.kind == JABATAN) == is_position:
            draft.parent = owner
            owner.children.append(draft)
        elif is_position:
            self.outline.jabatan.append(draft)
        else:
            self.outline.akar.append(draft)

    def annotation(
        self,
        block: Block,
        sentence: AnnotationLine,
        owner: Draft | None,
        source: Source,
        trail: tuple[str, ...],
        depth: int,
    ) -> None:
        if owner is None:
            message = f"Anotasi @{sentence.name} tidak berada di bawah kinerja, indikator, atau jabatan."
            self._find("P017", source, block.line.whole(), message, "Letakkan di bawah pemiliknya, dua spasi lebih menjorok.")
            return
        allowed = ANNOTATIONS.get(sentence.name)
        if allowed is not None and owner.kind not in allowed:
            self._find("P017", source, block.line.whole(), *_wrong_owner(sentence.name, owner.kind, allowed))
            return
        if sentence.name != INDIKATOR:
            owner.annotations.append(block)
            return
        draft = Draft(INDIKATOR, sentence.text, sentence.head, block, source, owner)
        owner.indicators.append(draft)
        for child in block.children:
            self.place(child, draft, source, trail, depth)

    def include(
        self, block: Block, sentence: IncludeLine, owner: Draft | None, source: Source, trail: tuple[str, ...]
    ) -> None:
        if not sentence.text:
            return
        span = block.line.span(sentence.text_at, sentence.text_at + len(sentence.text))
        path = include_path(source.path, sentence.text)
        if path is None:
            message = f'Jalur "{sentence.text}" tidak boleh dipakai: berkas yang disertakan harus berada di ruang kerja ini.'
            self._find("P019", source, span, message, "Tulis jalur relatif dengan garis miring, misalnya bagian/pelayanan.pokin.")
        elif path in trail:
            chain = " → ".join((*trail[trail.index(path) :], path))
            self._find("P103", source, span, f"Sertakan berputar: {chain}.", "Hapus salah satu sertakan dari putaran itu.")
        elif path in self.included:
            first = Label(self.included[path][0].path, self.included[path][1], "pertama disertakan di sini")
            message = f'Berkas "{path}" disertakan dua kali dalam satu pohon.'
            self._find("P103", source, span, message, "Hapus salah satunya.", (first,))
        elif len(trail) > MOST_INCLUDES_DEEP:
            message = f"Rantai sertakan lebih panjang dari {MOST_INCLUDES_DEEP} berkas."
            self._find("P012", source, span, message, "Sertakan berkas itu langsung dari berkas pohon.")
        elif path not in self.documents:
            self._find("P103", source, span, f'Berkas "{path}" tidak ditemukan atau tidak dapat dibaca.', "Periksa nama dan letaknya.")
        else:
            self.included[path] = (source, span)
            fragment = self.documents[path]
            self._fragment_headers(fragment)
            self.document(fragment, owner, (*trail, path))

    def _fragment_headers(self, fragment: Document) -> None:
        for block in fragment.headers:
            sentence = block.sentence
            if isinstance(sentence, HeaderLine) and sentence.key != "pokin":
                message = f"Berkas yang disertakan tidak boleh memuat kepala {sentence.key}:."
                hint = "Hapus baris ini; kepala pohon ditulis di berkas yang menyertakannya."
                self._find("P005", fragment.source, block.line.whole(), message, hint)

    def _misplaced(self, draft: Draft, owner: Draft | None) -> None:
        where = "di tingkat teratas" if owner is None else f"di bawah {_named(owner.kind)}"
        homes = [_named(kind) if kind else "tingkat teratas" for kind, held in CHILDREN.items() if draft.kind in held]
        message = f"{draft.kind} tidak boleh berada {where}."
        hint = f"Tempat {draft.kind} adalah " + " atau ".join(
            home if home == "tingkat teratas" else f"di bawah {home}" for home in homes
        )
        line = draft.block.line
        span = line.span(0, len(draft.kind))
        self._find("P101", draft.source, span, message, hint + "; periksa indentasi atau kata kuncinya.")

    def _find(
        self, code: str, source: Source, span: Span, message: str, hint: str, labels: tuple[Label, ...] = ()
    ) -> None:
        self.outline.diagnostics.append(Diagnostic(code, Severity.GALAT, source.path, span, message, hint, labels))


def _named(kind: str) -> str:
    return "@indikator" if kind == INDIKATOR else kind


def _wrong_owner(name: str, kind: str, allowed: tuple[str, ...]) -> tuple[str, str]:
    message = f"Anotasi @{name} tidak berlaku untuk {_named(kind)}."
    if allowed == (INDIKATOR,):
        hint = f"Letakkan @{name} di bawah @indikator, dua spasi lebih menjorok."
    else:
        hint = f"Letakkan @{name} di bawah " + ", ".join(_named(k) for k in allowed) + "."
    return message, hint
