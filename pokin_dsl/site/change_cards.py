"""What changed of one node or position, as its card on the page of changes tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.diff.changes import (
    POHON,
    Added,
    Change,
    Listed,
    Moved,
    Rebudgeted,
    Ref,
    Removed,
    Reordered,
    Restated,
    Retargeted,
    Reworded,
)
from pokin_dsl.model.diff.groups import inside_text
from pokin_dsl.model.diff.wording import KINDS, NOTHING, SERIES, told
from pokin_dsl.model.diff.wordwise import NEW, OLD, SAME, Piece, pieces
from pokin_dsl.model.nilai import Angka, Persen, indonesian, read_nilai, rupiah
from pokin_dsl.site import urls
from pokin_dsl.site.atlas import level_label
from pokin_dsl.site.boxes import OUTLINES
from pokin_dsl.site.change_parts import MOST_INSIDE
from pokin_dsl.site.comparison import GONE, MOVED_VERB
from pokin_dsl.site.lookups import count
from pokin_dsl.syntax.vocabulary import INDIKATOR, JABATAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pokin_dsl.model.diff.changes import Shifted, Thing
    from pokin_dsl.model.diff.groups import Entry
    from pokin_dsl.model.query import Peta
    from pokin_dsl.site.comparison import Card, Differences
    from pokin_dsl.site.frame import Context

_ABOVE = ("di bawah", "atasan")
_KIND_OF_PIECE = {SAME: "", OLD: "lama", NEW: "baru"}


class Places:
    """The addresses of what a tree holds now, for a page ``base`` away from the site's root; empty for one alone."""

    def __init__(self, tree: Differences, base: str | None) -> None:
        self._tree = tree
        self._base = base

    def __call__(self, ref: Ref) -> str:
        """Give the page of a node or position, or the place of an indicator; empty where it is no more."""
        peta = self._tree.after
        if self._base is None or peta is None:
            return ""
        address = _address(peta, ref)
        return self._base + urls.in_tree(self._tree.name, address) if address else ""

    def link(self, ref: Ref) -> Context:
        """Give a thing with its address."""
        return {"teks": ref.teks, "href": self(ref)}

    def place(self, ref: Ref | None, top: str) -> Context:
        """Give what something stands below, with its level; ``top`` where that is nothing."""
        if ref is None:
            return {"teks": top, "href": "", "jenis": "", "label": ""}
        return {**self.link(ref), **self._level(ref)}

    def _level(self, ref: Ref) -> Context:
        if ref.jenis == JABATAN:
            return {"jenis": "", "label": ""}
        for peta in (self._tree.after, self._tree.before):
            simpul = peta.simpul.get(ref.id) if peta else None
            if peta and simpul and simpul.teks == ref.teks:
                return {"jenis": simpul.jenis, "label": level_label(peta, simpul, self._tree.levels)}
        label = self._tree.levels.get(ref.jenis) or _begun(KINDS.get(ref.jenis, ref.jenis))
        return {"jenis": ref.jenis, "label": label}


def _address(peta: Peta, ref: Ref) -> str:
    if ref.jenis == JABATAN:
        position = peta.jabatan.get(ref.id)
        return urls.position(ref.id) if position and position.teks == ref.teks else ""
    if ref.jenis == INDIKATOR:
        measured = peta.indikator.get(ref.id)
        return urls.indicator(measured[1].id, ref.id) if measured and measured[0].teks == ref.teks else ""
    simpul = peta.simpul.get(ref.id)
    return urls.kinerja(ref.id) if simpul and simpul.teks == ref.teks else ""


def card_context(card: Card, places: Places) -> Context:
    """Give what a card shows; its title is the statement itself, with its words marked where they changed."""
    thing, mark = card.thing, card.mark
    ref = Ref(thing.new_id or thing.old_id, thing.jenis, thing.teks)
    reworded = next((e.change for e in card.entries if isinstance(e.change, Reworded) and _is_of(e.change, card)), None)
    told_of = [_change(entry, places) for entry in card.entries if entry.change is not reworded]
    touched = tuple(dict.fromkeys(holder for entry in card.entries for holder in entry.pk))
    return {
        "jangkar": mark.anchor,
        "beda": mark.kind,
        "tanda": OUTLINES[mark.kind].sign,
        "kata": mark.words,
        "utuh": thing.jenis == POHON,
        **places.place(ref, ""),
        "judul": _pieces(reworded.pieces if reworded else (Piece(SAME, thing.teks),)),
        "tempat": None if mark.verb == MOVED_VERB else _where(thing, places, gone=mark.kind == GONE),
        "isi": [part for part in told_of if any(part.values())],
        "pk": [places.link(holder) for holder in touched],
    }


def _is_of(change: Change, card: Card) -> bool:
    return change.thing.jenis == card.thing.jenis


def _where(thing: Thing, places: Places, *, gone: bool) -> Context | None:
    """Say below what a thing stands, or stood; of one that was moved both are told."""
    if thing.induk is None:
        return None
    if thing.jenis == JABATAN:
        word = "Dahulu di bawah" if gone else "Atasan:"
    else:
        word = "Dahulu di bawah" if gone else "Di bawah"
    return {"kata": word, **places.place(thing.induk, "")}


def _change(entry: Entry, places: Places) -> Context:
    """Tell one change: what happened, to which indicator if to one, the old and new text, lines and table."""
    change = entry.change
    said = told(change)
    measured = change.thing.jenis == INDIKATOR
    return {
        "kalimat": "" if _says_the_mark(change) else said.lead,
        "tentang": change.thing.teks if measured and not isinstance(change, Reworded) else "",
        "potongan": _pieces(_marked(change)),
        "baris": list(_lines(change, places)),
        "tabel": _table(change),
        "dalam": _inside(entry, places),
    }


def _says_the_mark(change: Change) -> bool:
    """Whether the mark of the card says already what happened."""
    return change.thing.jenis != INDIKATOR and isinstance(change, Added | Removed | Moved | Reordered)


def _marked(change: Change) -> Sequence[Piece]:
    """Give the text of a fact with its old and new words."""
    match change:
        case Reworded():
            return change.pieces
        case Restated() | Listed():
            if change.old and change.new:
                return pieces(change.old, change.new)
            return (Piece(NEW, change.new) if change.new else Piece(OLD, change.old),)
        case _:
            return ()


def _pieces(found: Sequence[Piece]) -> list[Context]:
    return [{"beda": _KIND_OF_PIECE[piece.kind], "teks": piece.teks} for piece in found]


def _lines(change: Change, places: Places) -> Iterator[Context]:
    """Give what is told below a change: where from and where to, and all that has no words of its own here."""
    match change:
        case Moved():
            top = "tidak ada" if change.thing.jenis == JABATAN else "tingkat teratas"
            labels = ("Atasan semula", "Atasan kini") if change.thing.jenis == JABATAN else ("Semula di", "Kini di")
            for label, ref in zip(labels, (change.old, change.new), strict=True):
                yield {"nama": label, **places.place(ref, top)}
        case Reworded() | Restated() | Listed() | Retargeted() | Rebudgeted():
            return
        case _:
            for detail in told(change).details:
                if detail.label not in _ABOVE:
                    text = " ".join(piece.teks for piece in detail.pieces)
                    yield {"nama": _begun(detail.label), "teks": text, "href": "", "jenis": "", "label": ""}


def _table(change: Change) -> Context | None:
    """Give the old and new values of a series by year, and by how much they went up or down."""
    if not isinstance(change, Retargeted | Rebudgeted):
        return None
    unit = change.satuan if isinstance(change, Retargeted) else ""
    differences = [_difference(point, money=isinstance(change, Rebudgeted)) for point in change.points]
    return {
        "nama": f"{SERIES[change.deret] if isinstance(change, Retargeted) else 'pagu'}: semula dan menjadi",
        "satuan": unit,
        "tahun": [point.kunci or "Tanpa tahun" for point in change.points],
        "semula": [point.old or NOTHING for point in change.points],
        "menjadi": [point.new or NOTHING for point in change.points],
        "selisih": differences if any(differences) else [],
    }


def _difference(point: Shifted, *, money: bool) -> str:
    """Say by how much a value went up or down; nothing where the two are not numbers of one kind."""
    old, new = (read_nilai(text) if text else None for text in (point.old, point.new))
    if not (isinstance(old, Angka | Persen) and isinstance(new, Angka | Persen) and type(old) is type(new)):
        return ""
    by = new.besar - old.besar
    if not by:
        return ""
    amount = rupiah(abs(by)) if money else indonesian(abs(by))
    return ("+" if by > 0 else "\N{MINUS SIGN}") + amount


def _inside(entry: Entry, places: Places) -> Context | None:
    """Give what came or went with a new or removed branch, below its top."""
    text = inside_text(entry)
    found = [change for change in entry.inside if isinstance(change, Added | Removed)]
    shown = [change.thing for change in found if change.thing.jenis != INDIKATOR]
    if not text:
        return None
    refs = [Ref(thing.new_id or thing.old_id, thing.jenis, thing.teks) for thing in shown]
    told = refs[:MOST_INSIDE]
    further = count(len(refs) - len(told)) if len(refs) > len(told) else ""
    return {"kata": _begun(text), "isi": [places.place(ref, "") for ref in told], "lagi": further}


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
