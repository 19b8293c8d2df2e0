"""Documents to the model: ids given, positions and references looked up, derived stage found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Label, Severity
from pokin_dsl.model.annotations import crosscutting, deret, has, link_span, many, one, tambahan, text_span, ticks
from pokin_dsl.model.assemble import Draft, Outline, assemble
from pokin_dsl.model.circles import SHOWN, cycles
from pokin_dsl.model.header import with_header
from pokin_dsl.model.identity import IdGiver
from pokin_dsl.model.positions import MOST_SUGGESTIONS, Positions
from pokin_dsl.model.tree import (
    Abaikan,
    Antara,
    Catatan,
    Cek,
    Csf,
    Indikator,
    Jabatan,
    Kode,
    Kondisi,
    Operasional,
    Outcome,
    Pohon,
    Simpul,
    Varian,
)
from pokin_dsl.suggestion import nearest
from pokin_dsl.syntax.mistakes import is_guess, quoted
from pokin_dsl.syntax.nodes import AnnotationLine, Block, Document
from pokin_dsl.syntax.vocabulary import (
    DIRECTIONS,
    INDIKATOR,
    JABATAN,
    STAGES,
    is_good_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pokin_dsl.text import Source, Span

_LINK = re.compile(r"\[\[([^\[\]]+)\]\]")
# Annotations that one thing has once; a second one would have to lose.
_ONCE = frozenset(
    [
        "arah",
        "definisi",
        "rumus",
        "sumber",
        "frekuensi",
        "iku",
        "satuan",
        "awal",
        "target",
        "realisasi",
        "pagu",
        "komponen",
        "jenjang",
        "pejabat",
        "nip",
        "eselon",
        "plt",
    ],
)
_KINDS: dict[str, type[Simpul]] = {kind.jenis: kind for kind in (Outcome, Csf, Kondisi, Antara, Operasional)}


@dataclass(frozen=True, slots=True)
class Tempat:
    """Where a node, indicator or position stands: its source and its block with the annotations that it owns."""

    source: Source
    block: Block
    annotations: tuple[Block, ...]

    def span(self) -> Span:
        """Give the span of its statement, or of its line where there is none."""
        sentence = self.block.sentence
        text, at = getattr(sentence, "text", ""), getattr(sentence, "text_at", 0)
        return self.block.line.span(at, at + len(text)) if text else self.block.line.whole()

    def annotation(self, name: str, nth: int = 0) -> Block | None:
        """Give the nth annotation of a name, or nothing."""
        blocks = [b for b in self.annotations if isinstance(b.sentence, AnnotationLine) and b.sentence.name == name]
        return blocks[nth] if nth < len(blocks) else None


Letak = Mapping[str, Tempat]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A tree with the places of all that has an id; ``root`` is the path of its file, ``sources`` all of its files."""

    pohon: Pohon
    letak: Letak
    root: str
    sources: tuple[str, ...]


def resolve(name: str, root: Document, documents: Mapping[str, Document]) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    """Make the model of one tree.

    ``name`` is its address; ``documents`` holds the fragments by workspace path. Everything that can be built is built:
    a misplaced node stays in the tree, an unknown reference is dropped, and each is a finding
    (P012, P017, P019, P101 to P103, P302).
    """
    outline = assemble(root, documents)
    resolution = _Resolution(outline)
    resolution.give_ids()
    akar, jabatan = resolution.build()
    pohon = with_header(name, root, akar, jabatan)
    letak = {draft.id: Tempat(draft.source, draft.block, tuple(draft.annotations)) for draft in _all_drafts(outline)}
    sources = (root.source.path, *outline.files)
    return Resolved(pohon, letak, root.source.path, sources), tuple(outline.diagnostics)


def _all_drafts(outline: Outline) -> Iterator[Draft]:
    """Give every position, node and indicator in written order, owners first."""
    waiting = [*reversed(outline.akar), *reversed(outline.jabatan)]
    while waiting:
        draft = waiting.pop()
        yield draft
        yield from draft.indicators
        waiting.extend(reversed(draft.children))


class _Resolution:
    """The look-up tables of one tree while its model is built."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.drafts = list(_all_drafts(outline))
        self.by_id: dict[str, Draft] = {}
        self.alias: dict[str, Draft] = {}
        self.positions = Positions()
        self.suggestions = 0

    # -- ids ---------------------------------------------------------------------------------------------------------

    def give_ids(self) -> None:
        """Give every draft its id; a second owner of a written id is told (P102) and gets a derived one."""
        for draft in self.drafts:
            if draft.written:
                self._claim(draft, draft.written, draft.block)
        for draft in self.drafts:
            for block, sentence in draft.named("alias"):
                self._claim_alias(draft, sentence.text, block)
        nameless = [draft for draft in self.drafts if not draft.id]
        giver = IdGiver((*self.by_id, *self.alias), ((d.kind, d.text) for d in nameless))
        for draft in self.drafts:
            if not draft.id:
                draft.id = giver.give(draft.kind, draft.text, _ancestors(draft))
                self.by_id[draft.id] = draft

    def _claim(self, draft: Draft, wanted: str, block: Block) -> None:
        first = self.by_id.get(wanted)
        if first is None:
            self.by_id[wanted] = draft
            draft.id = wanted
            return
        start = getattr(block.sentence, "id_at", getattr(block.sentence, "head_at", 0))
        span = block.line.span(start, start + len(wanted) + 2)
        label = Label(first.source.path, first.block.line.whole(), f"[{wanted}] pertama dipakai di sini")
        message = f"Id [{wanted}] sudah dipakai {_described(first)} di {_place(first, draft)}."
        self._tell(
            Diagnostic(
                "P102",
                Severity.GALAT,
                draft.source.path,
                span,
                message,
                "Pakai id lain, atau hapus idnya agar dibuatkan.",
                (label,),
                subject=draft.id,
            ),
        )

    def _claim_alias(self, draft: Draft, wanted: str, block: Block) -> None:
        if not is_good_id(wanted):
            return
        first = self.by_id.get(wanted) or self.alias.get(wanted)
        if first is None:
            self.alias[wanted] = draft
            return
        message = f"Alias {wanted} bentrok dengan {_described(first)} di {_place(first, draft)}."
        self._galat("P102", draft, text_span(block), message, "Hapus alias ini bila id lamanya sudah dipakai lagi.")

    # -- building ----------------------------------------------------------------------------------------------------

    def build(self) -> tuple[tuple[Simpul, ...], tuple[Jabatan, ...]]:
        """Build the model, deepest first."""
        for draft in self.drafts:
            self._check_once(draft)
            if draft.kind == JABATAN:
                self.positions.declare(draft.id, draft.text)
        holders = (s.text for draft in self.drafts for _, s in draft.named("pk") if s.text not in ("", "-"))
        self.positions.name_undeclared(holders, {**self.by_id, **self.alias})
        akar = tuple(self._simpul(draft) for draft in self.outline.akar)
        declared = tuple(self._jabatan(draft) for draft in self.outline.jabatan)
        self._check_cycles(akar)
        named_only = tuple(Jabatan(id_, teks, di_luar=True) for id_, teks in self.positions.undeclared())
        return akar, (*declared, *named_only)

    def _jabatan(self, draft: Draft) -> Jabatan:
        return Jabatan(
            draft.id,
            draft.text,
            tuple(self._jabatan(child) for child in draft.children),
            pejabat=one(draft, "pejabat"),
            nip=one(draft, "nip"),
            eselon=one(draft, "eselon"),
            plt=has(draft, "plt"),
            catatan=self._catatan(draft),
            tambahan=tambahan(draft),
        )

    def _indikator(self, draft: Draft) -> Indikator:
        if not draft.annotations:
            return Indikator(draft.id, draft.text)
        pk, tanpa_pk = self._pk(draft)
        return Indikator(
            draft.id,
            draft.text,
            satuan=self._satuan(draft),
            awal=deret(draft, "awal"),
            target=deret(draft, "target"),
            realisasi=deret(draft, "realisasi"),
            arah=next((s.text for _, s in draft.named("arah") if s.text in DIRECTIONS), ""),
            definisi=one(draft, "definisi"),
            rumus=one(draft, "rumus"),
            sumber=one(draft, "sumber"),
            frekuensi=one(draft, "frekuensi"),
            iku=has(draft, "iku"),
            pk=pk,
            tanpa_pk=tanpa_pk,
            catatan=self._catatan(draft),
            tambahan=tambahan(draft),
        )

    def _simpul(self, draft: Draft) -> Simpul:
        kind = _KINDS[draft.kind]
        anak = tuple(self._simpul(child) for child in draft.children)
        indikator = tuple(self._indikator(child) for child in draft.indicators)
        if not draft.annotations:
            return kind(draft.id, draft.text, anak, indikator)
        pk, tanpa_pk = self._pk(draft)
        own, further = self._mendukung(draft)
        sources = {}
        if kind is Outcome:
            sources = {name: many(draft, name) for name in ("mandat", "permasalahan", "ekspektasi")}
        return kind(
            draft.id,
            draft.text,
            anak,
            indikator,
            pk=pk,
            tanpa_pk=tanpa_pk,
            unit=many(draft, "unit"),
            kode=self._kode(draft),
            pagu=deret(draft, "pagu"),
            crosscutting=tuple(crosscutting(sentence) for _, sentence in draft.named("crosscutting")),
            mendukung_indikator=own,
            mendukung=further,
            lihat=tuple(dict.fromkeys(self._references(draft, "lihat"))),
            alias=tuple(dict.fromkeys(old for old in many(draft, "alias") if self.alias.get(old) is draft)),
            tag=many(draft, "tag"),
            komponen=one(draft, "komponen"),
            jenjang=one(draft, "jenjang"),
            varian=tuple(
                Varian(int(s.head.removeprefix("tahap-")), s.text)
                for _, s in draft.named("varian")
                if s.head.removeprefix("tahap-") in STAGES and s.text
            ),
            catatan=self._catatan(draft),
            abaikan=tuple(Abaikan(s.head, s.text) for _, s in draft.named("abaikan") if s.head and s.text),
            cek=tuple(Cek(s.head.removeprefix("trik-"), s.text) for _, s in draft.named("cek") if ticks(s)),
            tambahan=tambahan(draft),
            **sources,
        )

    def _satuan(self, draft: Draft) -> str:
        written = [
            (block, s.text if s.name == "satuan" else s.head)
            for block in draft.annotations
            if isinstance(s := block.sentence, AnnotationLine)
            and s.name in ("target", "realisasi", "awal", "satuan")
            and (s.head or (s.name == "satuan" and s.text))
        ]
        if not written:
            return ""
        first = written[0][1]
        seen: set[str] = set()
        for block, unit in written:
            name = block.sentence.name if isinstance(block.sentence, AnnotationLine) else ""
            if unit != first and name not in seen:
                message = f"Satuan indikator ini ditulis dua kali dan berbeda: {quoted(first)} dan {quoted(unit)}."
                hint = "Tulis satuan sekali saja, pada @target."
                self._galat("P017", draft, block.line.whole(), message, hint)
            seen.add(name)
        return first

    def _kode(self, draft: Draft) -> Kode | None:
        found = [
            (block, s)
            for block in draft.annotations
            if isinstance(s := block.sentence, AnnotationLine) and s.name in ("program", "kegiatan", "subkegiatan")
        ]
        if len(found) > 1:
            message = "Satu kinerja hanya boleh memuat satu kode: @program, @kegiatan, atau @subkegiatan."
            self._galat("P017", draft, found[1][0].line.whole(), message, "Hapus yang tidak sesuai jenjangnya.")
        for _, sentence in found:
            return Kode(sentence.name, sentence.head, sentence.text)
        return None

    def _catatan(self, draft: Draft) -> tuple[Catatan, ...]:
        notes: list[Catatan] = []
        for block, sentence in draft.named("catatan"):
            note = Catatan(sentence.text, markdown=False) if sentence.text else Catatan(block.line.note, markdown=True)
            if note.teks:
                notes.append(note)
            for match in _LINK.finditer(note.teks):
                if not self._known(match[1]):
                    message = f"Tautan {quoted(match[0])} di catatan ini tidak menuju ke mana pun."
                    self._galat(
                        "P103", draft, link_span(draft.source, block, match[0]), message, self._near_id(match[1])
                    )
        return tuple(notes)

    # -- references --------------------------------------------------------------------------------------------------

    def _known(self, reference: str) -> bool:
        """Say whether a reference leads somewhere, or may lead into what could not be read (which is told already)."""
        return (
            reference in self.by_id
            or reference in self.alias
            or self.positions.has(reference)
            or reference in self.outline.lost
            or self.outline.torn
        )

    def _target(self, reference: str) -> Draft | None:
        return self.by_id.get(reference) or self.alias.get(reference)

    def _near_id(self, reference: str) -> str:
        # A hostile tree has so many dead references that comparing each with all ids would never end.
        self.suggestions += 1
        near = nearest(reference, tuple(self.by_id)) if self.suggestions <= MOST_SUGGESTIONS else ""
        return f"Mungkin maksudnya {near}." if near else "Tulis id kinerja atau indikator yang ada di pohon ini."

    def _references(self, draft: Draft, name: str) -> Iterator[str]:
        """Give what an annotation refers to: ids of this tree, and ``pohon:id`` of another as written."""
        for block, sentence in draft.named(name):
            reference = sentence.text
            if not reference:
                continue
            if ":" in reference:
                yield reference
            elif (target := self._target(reference)) is not None:
                yield target.id
            elif not self._known(reference):
                message = f"Rujukan @{name} {quoted(reference)} tidak menuju ke mana pun."
                self._galat("P103", draft, text_span(block), message, self._near_id(reference))

    def _mendukung(self, draft: Draft) -> tuple[tuple[str, ...], tuple[str, ...]]:
        own = {indicator.id for indicator in draft.parent.indicators} if draft.parent else set()
        targets = tuple(dict.fromkeys(self._references(draft, "mendukung")))
        return tuple(t for t in targets if t in own), tuple(t for t in targets if t not in own)

    def _check_cycles(self, akar: tuple[Simpul, ...]) -> None:
        edges = _support_edges(akar, self.by_id)
        for loop in cycles(edges):
            draft = self.by_id[loop[0]]
            shown = loop if len(loop) <= SHOWN else [*loop[:2], "…", loop[-1]]
            chain = " → ".join((*shown, loop[0]))
            block = next((b for b, _ in draft.named("mendukung")), draft.block)
            message = f"@mendukung berputar: {chain}."
            self._galat("P103", draft, block.line.whole(), message, "Hapus salah satu @mendukung dari putaran itu.")

    # -- positions ---------------------------------------------------------------------------------------------------

    def _pk(self, draft: Draft) -> tuple[tuple[str, ...], bool]:
        holders: dict[str, None] = {}
        none = False
        for block, sentence in draft.named("pk"):
            if sentence.text == "-":
                none = True
            elif sentence.text:
                if sentence.text in self.outline.lost:
                    continue
                found = self.positions.look_up(sentence.text)
                if found.problem:
                    severity, message, hint = found.problem
                    span = text_span(block)
                    self._tell(Diagnostic("P302", severity, draft.source.path, span, message, hint, subject=draft.id))
                if found.id:
                    holders[found.id] = None
        if none and holders:
            block = next(block for block, sentence in draft.named("pk") if sentence.text == "-")
            message = "@pk - menyatakan tidak ada pemegang, padahal ada @pk lain di sini."
            self._galat("P017", draft, block.line.whole(), message, "Hapus salah satunya.")
        return tuple(holders), none

    # -- findings ----------------------------------------------------------------------------------------------------

    def _check_once(self, draft: Draft) -> None:
        seen: dict[str, int] = {}
        for block in draft.annotations:
            sentence = block.sentence
            if not isinstance(sentence, AnnotationLine) or is_guess(sentence):
                continue
            key = f"varian {sentence.head}" if sentence.name == "varian" else sentence.name
            if sentence.name not in _ONCE and key == sentence.name:
                continue
            if key in seen:
                message = f"@{key} sudah ditulis di baris {seen[key]} untuk {_described(draft)} ini."
                hint = "Gabungkan keduanya menjadi satu baris." if sentence.points else "Hapus salah satunya."
                self._galat("P017", draft, block.line.word(len(sentence.name) + 1), message, hint)
            seen.setdefault(key, block.line.number)

    def _galat(self, code: str, draft: Draft, span: Span, message: str, hint: str) -> None:
        self._tell(Diagnostic(code, Severity.GALAT, draft.source.path, span, message, hint, subject=draft.id))

    def _tell(self, diagnostic: Diagnostic) -> None:
        self.outline.diagnostics.append(diagnostic)


def _ancestors(draft: Draft) -> list[str]:
    ids: list[str] = []
    above = draft.parent
    while above:
        ids.append(above.id)
        above = above.parent
    return ids[::-1]


def _described(draft: Draft) -> str:
    return {INDIKATOR: "indikator", JABATAN: "jabatan"}.get(draft.kind, draft.kind)


def _place(thing: Draft, seen_from: Draft) -> str:
    """Give the line of a thing, with its file where that is another one."""
    line = f"baris {thing.block.line.number}"
    return line if thing.source is seen_from.source else f"{line} {thing.source.path}"


def _support_edges(akar: tuple[Simpul, ...], by_id: Mapping[str, Draft]) -> dict[str, tuple[str, ...]]:
    edges: dict[str, tuple[str, ...]] = {}
    waiting = list(akar)
    while waiting:
        simpul = waiting.pop()
        waiting.extend(simpul.anak)
        if simpul.mendukung:
            owners = (by_id[t] for t in simpul.mendukung if t in by_id)
            edges[simpul.id] = tuple(o.parent.id if o.kind == INDIKATOR and o.parent else o.id for o in owners)
    return edges
