"""Drafts to the model: nodes, indicators and positions with their references looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pokin_dsl.model.annotations import (
    abaikan,
    cek,
    crosscutting,
    deret,
    direction,
    has,
    many,
    notes,
    one,
    tambahan,
    varian,
)
from pokin_dsl.model.drafts import LINK, Draft, Placement
from pokin_dsl.model.once import check_once, code, unit
from pokin_dsl.model.remarks import DeadReference, DoubtfulHolder, Fault, Remark
from pokin_dsl.model.tree import Antara, Catatan, Csf, Indikator, Jabatan, Kondisi, Operasional, Outcome, Simpul
from pokin_dsl.syntax.mistakes import quoted
from pokin_dsl.syntax.vocabulary import ANNOTATIONS, JABATAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pokin_dsl.model.positions import Holder

Thing = Simpul | Jabatan
_Made = TypeVar("_Made", Simpul, Jabatan)
_KINDS: dict[str, type[Simpul]] = {kind.jenis: kind for kind in (Outcome, Csf, Kondisi, Antara, Operasional)}
# What each annotation says by itself, without the rest of the tree, is the field of the same name.
_OF_SIMPUL: dict[str, Callable[[Draft, str], Any]] = {
    **dict.fromkeys(("unit", "tag"), many),
    **dict.fromkeys(("komponen", "jenjang"), one),
    "pagu": deret,
    "crosscutting": crosscutting,
    "varian": varian,
    "abaikan": abaikan,
    "cek": cek,
}
_OF_OUTCOME = {**_OF_SIMPUL, **dict.fromkeys(("mandat", "permasalahan", "ekspektasi"), many)}
_OF_INDIKATOR: dict[str, Callable[[Draft, str], Any]] = {
    **dict.fromkeys(("awal", "target", "realisasi"), deret),
    **dict.fromkeys(("definisi", "rumus", "sumber", "frekuensi"), one),
    "arah": direction,
    "iku": has,
}
_OF_JABATAN: dict[str, Callable[[Draft, str], Any]] = {
    **dict.fromkeys(("pejabat", "nip", "eselon"), one),
    "plt": has,
}

Answer = str | bool
"""Where a reference leads: to an id, to something that is no part of a node (True), or nowhere (False)."""
Key = tuple[tuple[str, ...], tuple[Answer, ...], "tuple[Holder | None, ...]", tuple[bool, ...], frozenset[str]]
"""All that a bundle comes to depends on: its ids, and the answers to what it asks of the rest of the tree."""


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """What a bundle came to: its first thing with all below it, everything in it by id, what was found.

    ``support`` gives what its nodes support beyond their own parents, the last node first.
    """

    top: Thing
    made: Mapping[str, Thing]
    remarks: tuple[Remark, ...]
    support: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Answers:
    """What building asks of the tree.

    ``ids`` holds the ids of the drafts that are built. ``own`` are the indicators of that under which the first of
    them hangs. ``holders`` gives nothing for a text that names what could not be read. ``before`` gives what the last
    reading had under an id: what is equal to it becomes the same object.
    """

    ids: Mapping[Draft, str]
    references: Callable[[str], Answer]
    holders: Callable[[str], Holder | None]
    owns_alias: Callable[[Draft, str], bool]
    own: frozenset[str]
    before: Callable[[str], Thing | None]


def support(top: Thing) -> dict[str, tuple[str, ...]]:
    """Give what the nodes of a branch support beyond their own parents, the last branch first."""
    found: dict[str, tuple[str, ...]] = {}
    waiting = [top] if isinstance(top, Simpul) else []
    while waiting:
        simpul = waiting.pop()
        waiting.extend(simpul.anak)
        if simpul.mendukung:
            found[simpul.id] = simpul.mendukung
    return found


class Builder:
    """Builds what hangs below one draft; ``built`` gives what a part came to that hangs there."""

    def __init__(self, answers: Answers, built: Callable[[Placement], Thing], remark: Callable[[Remark], None]) -> None:
        """Take what building asks of the tree, and where its remarks go."""
        self.made: dict[str, Thing] = {}
        self._answers = answers
        self._built = built
        self._remark = remark

    def thing(self, item: Draft | Placement) -> Thing:
        """Build a node or a position, deepest first."""
        if isinstance(item, Placement):
            return self._built(item)
        return self._jabatan(item) if item.kind == JABATAN else self._simpul(item)

    def _kept(self, new: _Made) -> _Made:
        """Give what is equal from the last reading, else what is new."""
        old = self._answers.before(new.id)
        kept = old if old is not None and type(old) is type(new) and old == new else new
        self.made[new.id] = kept
        return kept

    def _jabatan(self, draft: Draft) -> Jabatan:
        self._check(draft)
        bawahan = tuple([child for child in map(self.thing, draft.children) if isinstance(child, Jabatan)])
        said = _said(draft, _OF_JABATAN)
        return self._kept(Jabatan(self._answers.ids[draft], draft.text, bawahan, catatan=self._catatan(draft), **said))

    def _indikator(self, draft: Draft) -> Indikator:
        id_ = self._answers.ids[draft]
        if not draft.annotations:
            return Indikator(id_, draft.text)
        self._check(draft)
        pk, tanpa_pk = self._pk(draft)
        satuan, faults = unit(draft)
        self._tell(faults)
        catatan = self._catatan(draft)
        said = _said(draft, _OF_INDIKATOR)
        return Indikator(id_, draft.text, satuan=satuan, pk=pk, tanpa_pk=tanpa_pk, catatan=catatan, **said)

    def _simpul(self, draft: Draft) -> Simpul:
        kind, id_ = _KINDS[draft.kind], self._answers.ids[draft]
        anak = tuple([child for child in map(self.thing, draft.children) if isinstance(child, Simpul)])
        indikator = tuple([self._indikator(child) for child in draft.indicators])
        if not draft.annotations:
            return self._kept(kind(id_, draft.text, anak, indikator))
        self._check(draft)
        pk, tanpa_pk = self._pk(draft)
        own, further = self._mendukung(draft)
        kode, faults = code(draft)
        self._tell(faults)
        return self._kept(
            kind(
                id_,
                draft.text,
                anak,
                indikator,
                pk=pk,
                tanpa_pk=tanpa_pk,
                kode=kode,
                mendukung_indikator=own,
                mendukung=further,
                lihat=tuple(dict.fromkeys(self._references(draft, "lihat"))) if "lihat" in draft.by_name else (),
                alias=self._alias(draft),
                catatan=self._catatan(draft),
                **_said(draft, _OF_OUTCOME if kind is Outcome else _OF_SIMPUL),
            )
        )

    def _check(self, draft: Draft) -> None:
        if len(draft.annotations) > 1:
            self._tell(check_once(draft))

    def _tell(self, remarks: tuple[Fault, ...]) -> None:
        for remark in remarks:
            self._remark(remark)

    def _alias(self, draft: Draft) -> tuple[str, ...]:
        if "alias" not in draft.by_name:
            return ()
        return tuple(dict.fromkeys(old for old in many(draft, "alias") if self._answers.owns_alias(draft, old)))

    def _catatan(self, draft: Draft) -> tuple[Catatan, ...]:
        if "catatan" not in draft.by_name:
            return ()
        found = notes(draft)
        for block, text in found:
            for match in LINK.finditer(text.teks):
                if self._answers.references(match[1]) is False:
                    message = f"Tautan {quoted(match[0])} di catatan ini tidak menuju ke mana pun."
                    self._remark(DeadReference(draft, block, message, match[1], match[0]))
        return tuple([text for _, text in found])

    def _references(self, draft: Draft, name: str) -> Iterator[str]:
        """Give what an annotation refers to: ids of this tree, and ``pohon:id`` of another as written."""
        for block, sentence in draft.named(name):
            reference = sentence.text
            if not reference:
                continue
            if ":" in reference:
                yield reference
                continue
            answer = self._answers.references(reference)
            if isinstance(answer, str):
                yield answer
            elif not answer:
                message = f"Rujukan @{name} {quoted(reference)} tidak menuju ke mana pun."
                self._remark(DeadReference(draft, block, message, reference))

    def _mendukung(self, draft: Draft) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if "mendukung" not in draft.by_name:
            return (), ()
        targets = tuple(dict.fromkeys(self._references(draft, "mendukung")))
        own = self._answers.own
        if draft.parent:
            own = frozenset(self._answers.ids[indicator] for indicator in draft.parent.indicators)
        return tuple(t for t in targets if t in own), tuple(t for t in targets if t not in own)

    def _pk(self, draft: Draft) -> tuple[tuple[str, ...], bool]:
        if "pk" not in draft.by_name:
            return (), False
        holders: dict[str, None] = {}
        none: Fault | None = None
        for block, sentence in draft.named("pk"):
            if sentence.text == "-":
                message = "@pk - menyatakan tidak ada pemegang, padahal ada @pk lain di sini."
                none = none or Fault(draft, block, (message,), "Hapus salah satunya.")
            elif sentence.text and (holder := self._answers.holders(sentence.text)):
                if holder.in_doubt:
                    self._remark(DoubtfulHolder(draft, block, sentence.text))
                if holder.id:
                    holders[holder.id] = None
        if none and holders:
            self._remark(none)
        return tuple(holders), none is not None


def _said(draft: Draft, table: Mapping[str, Callable[[Draft, str], Any]]) -> dict[str, Any]:
    """Give what annotations say by themselves, and the free extensions, by field; few of many are ever written."""
    said = {name: table[name](draft, name) for name in draft.by_name if name in table}
    if not draft.by_name.keys() <= ANNOTATIONS.keys():
        said["tambahan"] = tambahan(draft)
    return said
