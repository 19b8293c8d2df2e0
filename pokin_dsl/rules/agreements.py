"""P3: positions and agreements. Performances without a holder, holders out of line, positions without work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Severity
from pokin_dsl.model.positions import folded
from pokin_dsl.model.query import jabatan_bersama, pemegang, semua_pemegang
from pokin_dsl.model.tree import Antara, Csf, Outcome
from pokin_dsl.rules.measures import same_indicators, two_agreements, unrelated
from pokin_dsl.rules.rule import Remark
from pokin_dsl.syntax.mistakes import quoted
from pokin_dsl.syntax.nodes import AnnotationLine, BrokenLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.tree import Indikator, Jabatan, Simpul
    from pokin_dsl.rules.rule import Subject

_NAMES = {"antara": "kondisi antara", "operasional": "kondisi operasional"}
_ONE_HOLDER = "Tetapkan satu pemegangnya, atau beri tiap pemegang ukuran bagiannya sendiri."


# -- P301 --------------------------------------------------------------------------------------------------------------


def no_agreement(subject: Subject) -> Iterator[Remark]:
    """P301: no holder of a performance; in a tree that names nobody once, at the tree."""
    if not subject.peta.jabatan and not _holds_by_intent(subject):
        message = "Pohon ini belum menyebut jabatan pemegang perjanjian kinerja (PK)."
        hint = "Tulis susunan jabatan di awal berkas, lalu @pk jabatan di bawah tiap outcome, kondisi, dan operasional."
        yield Remark("", message, hint, severity=Severity.INFO)
        return
    for simpul in subject.peta.simpul.values():
        if _asks_for_holder(simpul) and not _is_held(simpul, subject):
            yield from _without_holder(simpul, subject)


def _holds_by_intent(subject: Subject) -> bool:
    """Say whether any performance is without a holder on purpose."""
    nodes = subject.peta.simpul.values()
    return any(s.tanpa_pk or any(i.tanpa_pk for i in s.indikator) for s in nodes)


def _asks_for_holder(simpul: Simpul) -> bool:
    """Say whether a performance needs a holder: of nested outcomes only the lowest is the unit's own."""
    if isinstance(simpul, Outcome):
        return not any(isinstance(anak, Outcome) for anak in simpul.anak)
    return not isinstance(simpul, Csf | Antara)


def _without_holder(simpul: Simpul, subject: Subject) -> Iterator[Remark]:
    without = [indikator for indikator in simpul.indikator if not _is_held(indikator, subject)]
    if len(without) == len(simpul.indikator):
        message = f"{_capital(_name(simpul))} ini belum punya pemegang perjanjian kinerja (PK)."
        yield Remark(simpul.id, message, "Tulis @pk jabatan di bawahnya, atau @pk - bila memang tidak ada.")
        return
    for indikator in without:
        message = "Indikator ini belum punya pemegang perjanjian kinerja (PK), padahal indikator lain di sini sudah."
        yield Remark(
            indikator.id, message, "Tulis @pk jabatan di bawah indikator ini, atau @pk - bila memang tidak ada."
        )


def _is_held(thing: Simpul | Indikator, subject: Subject) -> bool:
    """Say whether something has a holder, or none on purpose, or a line for one that is told of already."""
    if thing.pk or thing.tanpa_pk:
        return True
    below = (block.sentence for block in subject.resolved.letak[thing.id].block.children)
    broken = any(isinstance(sentence, BrokenLine) and sentence.text.startswith("@") for sentence in below)
    return broken or any(True for _ in _pk_texts(thing.id, subject))


# -- P303 --------------------------------------------------------------------------------------------------------------


def holder_out_of_line(subject: Subject) -> Iterator[Remark]:
    """P303: a holder who is neither the holder above nor below one of them in the outline.

    Who the holders above are is found as for shared positions (``query.atasan_kinerja``). Shared positions stand below
    everybody; of positions outside the outline (P302) nothing can be said.
    """
    peta = subject.peta
    free = {jabatan.id for jabatan in jabatan_bersama(peta.pohon)}
    outside = {jabatan.id for jabatan in peta.pohon.jabatan if jabatan.di_luar}
    nearest: dict[str, tuple[str, ...]] = {}
    for simpul in peta.simpul.values():
        # Parents come first: what counts for the branches below a node is its own holders, else those above it.
        holders = _holders_above(simpul, peta, nearest)
        own = semua_pemegang(simpul) if simpul.pk or simpul.indikator else ()
        nearest[simpul.id] = own or holders
        if not own or not holders or not outside.isdisjoint(holders):
            continue
        for holder in own:
            if not (holder in free or holder in holders) and _superiors(peta, holder).isdisjoint(holders):
                yield _out_of_line(peta.jabatan[holder], holders, simpul, subject)


def _holders_above(simpul: Simpul, peta: Peta, nearest: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Give the holders of the nearest performance above that has any: of the supported indicators, else all of them."""
    parent = peta.induk.get(simpul.id)
    if parent is None:
        return ()
    if simpul.mendukung_indikator:
        supported = (i for i in parent.indikator if i.id in simpul.mendukung_indikator)
        holders = tuple(dict.fromkeys(id_ for i in supported for id_ in pemegang(parent, i)))
        if holders:
            return holders
    return nearest[parent.id]


def _superiors(peta: Peta, jabatan: str) -> frozenset[str]:
    found: list[str] = []
    superior = peta.atasan.get(jabatan)
    while superior:
        found.append(superior.id)
        superior = peta.atasan.get(superior.id)
    return frozenset(found)


def _out_of_line(holder: Jabatan, above: tuple[str, ...], simpul: Simpul, subject: Subject) -> Remark:
    names = " atau ".join(subject.peta.jabatan[id_].teks for id_ in above[:2])
    message = f"{holder.teks} tidak berada di bawah {names}, pemegang kinerja di atasnya."
    hint = "Periksa @pk di sini dan pada kinerja di atasnya, atau susunan jabatannya."
    owner, nth = _place_of_pk(holder, simpul, subject)
    return Remark(owner, message, hint, "pk", nth=nth)


def _place_of_pk(holder: Jabatan, simpul: Simpul, subject: Subject) -> tuple[str, int]:
    """Give the node or indicator that names a holder, and which of its ``@pk`` does."""
    owners = (simpul.id, *(i.id for i in simpul.indikator if holder.id in i.pk))
    for owner in owners:
        for nth, text in enumerate(_pk_texts(owner, subject)):
            if text == holder.id or folded(text) == folded(holder.teks):
                return owner, nth
    return simpul.id, 0


def _pk_texts(owner: str, subject: Subject) -> Iterator[str]:
    for block in subject.resolved.letak[owner].annotations:
        sentence = block.sentence
        if isinstance(sentence, AnnotationLine) and sentence.name == "pk":
            yield sentence.text


# -- P304 --------------------------------------------------------------------------------------------------------------


def idle_position(subject: Subject) -> Iterator[Remark]:
    """P304: a position of the outline that holds nothing; where nobody holds anything yet, P301 tells it."""
    peta = subject.peta
    held = {id_ for simpul in peta.simpul.values() for id_ in semua_pemegang(simpul)}
    idle = [j for j in peta.jabatan.values() if j.id not in held and not j.di_luar and j.teks]
    # A @pk that leads nowhere (P302) may have meant any of them.
    if held and idle and not _has_lost_holder(subject):
        for jabatan in idle:
            message = f"{jabatan.teks} ada dalam susunan jabatan, tetapi tidak memegang satu kinerja pun."
            hint = f"Tulis @pk {jabatan.id} pada kinerja yang dipegangnya, atau hapus jabatan ini dari susunan."
            yield Remark(jabatan.id, message, hint)


def _has_lost_holder(subject: Subject) -> bool:
    known = subject.peta.jabatan.keys() | {folded(j.teks) for j in subject.peta.jabatan.values()}
    owners = (*subject.peta.simpul, *subject.peta.indikator)
    texts = (text for owner in owners for text in _pk_texts(owner, subject))
    return any(text not in ("", "-") and text not in known and folded(text) not in known for text in texts)


# -- P305 --------------------------------------------------------------------------------------------------------------


def shared_indicator(subject: Subject) -> Iterator[Remark]:
    """P305: one indicator in the agreements of two positions of one level."""
    for group in same_indicators(subject.peta):
        if pair := two_agreements(unrelated(group, subject.peta)):
            (first, owner), (later, _) = pair
            names = _names(pemegang(owner, first), subject)
            message = f"Indikator ini juga ada dalam PK {names}, pada {_name(owner)} {quoted(owner.teks)}."
            yield Remark(later.id, message, _ONE_HOLDER, other=(first.id, f"dalam PK {names}"))
    peta = subject.peta
    shared = {jabatan.id for jabatan in jabatan_bersama(peta.pohon)}
    for simpul in peta.simpul.values():
        for indikator in simpul.indikator:
            holders = pemegang(simpul, indikator)
            if len(holders) > 1 and len(peers := _peers(holders, peta, shared)) > 1:
                message = f"Indikator ini sekaligus ada dalam PK {_names(peers, subject)}."
                yield Remark(indikator.id, message, _ONE_HOLDER)
                break


def _peers(holders: tuple[str, ...], peta: Peta, shared: set[str]) -> tuple[str, ...]:
    """Leave out the holders that stand below another of them: what a superior and an executor share is no doubling."""
    return tuple(id_ for id_ in holders if id_ not in shared and _superiors(peta, id_).isdisjoint(holders))


def _names(holders: tuple[str, ...], subject: Subject) -> str:
    return " dan ".join(subject.peta.jabatan[id_].teks for id_ in holders)


def _name(simpul: Simpul) -> str:
    return _NAMES.get(simpul.jenis, simpul.jenis)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
