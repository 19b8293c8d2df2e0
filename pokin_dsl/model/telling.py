"""Telling what was found while a tree was resolved: where it stands now, and what is near to what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Label, Severity
from pokin_dsl.model.drafts import Placement, Spot
from pokin_dsl.model.once import described
from pokin_dsl.model.positions import MOST_SUGGESTIONS
from pokin_dsl.model.remarks import DeadReference, Fault, Remark, link_span, name_span, text_span
from pokin_dsl.suggestion import nearest
from pokin_dsl.syntax.nodes import Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pokin_dsl.model.ids import Clash, Ids
    from pokin_dsl.model.positions import Positions


def told_clashes(ids: Ids) -> Iterator[Diagnostic]:
    """Tell of ids and aliases that belong to another (P102)."""
    for clash in ids.clashes:
        own = clash.spot.draft
        yield _double_alias(clash, ids) if clash.block is not own.block else _double_id(clash)


def _double_id(clash: Clash) -> Diagnostic:
    spot, first, wanted = clash.spot, clash.first, clash.wanted
    sentence = clash.block.sentence
    start = getattr(sentence, "id_at", getattr(sentence, "head_at", 0))
    span = spot.line(clash.block).span(start, start + len(wanted) + 2)
    whole = first.line(first.draft.block).whole()
    label = Label(first.source.path, whole, f"[{wanted}] pertama dipakai di sini")
    message = f"Id [{wanted}] sudah dipakai {described(first.draft)} di {_place(first, spot)}."
    hint = "Pakai id lain, atau hapus idnya agar dibuatkan."
    return Diagnostic("P102", Severity.GALAT, spot.source.path, span, message, hint, (label,))


def _double_alias(clash: Clash, ids: Ids) -> Diagnostic:
    spot = clash.spot
    span = text_span(clash.block, spot.line(clash.block))
    message = f"Alias {clash.wanted} bentrok dengan {described(clash.first.draft)} di {_place(clash.first, spot)}."
    hint = "Hapus alias ini bila id lamanya sudah dipakai lagi."
    subject = spot.draft.written if ids.of(spot) == spot.draft.written else ""
    return Diagnostic("P102", Severity.GALAT, spot.source.path, span, message, hint, subject=subject)


def _place(thing: Spot, seen_from: Spot) -> str:
    """Give the line of a thing, with its file where that is another one."""
    line = f"baris {thing.line(thing.draft.block).number}"
    return line if thing.source is seen_from.source else f"{line} {thing.source.path}"


class Teller:
    """Tells remarks; a hostile tree has so many dead references that comparing each with all ids would never end."""

    def __init__(self, ids: Ids, positions: Positions) -> None:
        """Take what suggestions are made from."""
        self._ids = ids
        self._positions = positions
        self._suggestions = 0
        self._names: tuple[str, ...] = ()

    def told(self, remarks: Sequence[tuple[Placement | None, Remark]]) -> Iterator[Diagnostic]:
        """Tell remarks, each with the part in which it stands, or none for what is remembered nowhere."""
        for part, remark in remarks:
            spot = Spot(part, remark.draft) if part else self._ids.spot(self._ids.loose[remark.draft])
            yield self._told(remark, spot)

    def _told(self, remark: Remark, spot: Spot) -> Diagnostic:
        block, line, path = remark.block, spot.line(remark.block), spot.source.path
        subject = self._ids.of(spot)
        if isinstance(remark, Fault):
            pieces = [str(spot.line(p).number) if isinstance(p, Block) else p for p in remark.message]
            span = name_span(block, line) if remark.named else line.whole()
            return Diagnostic("P017", Severity.GALAT, path, span, "".join(pieces), remark.hint, subject=subject)
        if isinstance(remark, DeadReference):
            span = link_span(spot.source, line, remark.link) if remark.link else text_span(block, line)
            hint = self._near(remark.reference)
            return Diagnostic("P103", Severity.GALAT, path, span, remark.message, hint, subject=subject)
        severity, message, hint = self._positions.doubt(remark.text)
        return Diagnostic("P302", severity, path, text_span(block, line), message, hint, subject=subject)

    def _near(self, reference: str) -> str:
        self._suggestions += 1
        near = nearest(reference, self._all_names()) if self._suggestions <= MOST_SUGGESTIONS else ""
        return f"Mungkin maksudnya {near}." if near else "Tulis id kinerja atau indikator yang ada di pohon ini."

    def _all_names(self) -> tuple[str, ...]:
        """Give all ids, written ones first: of two that are as near, one that somebody wrote is meant."""
        claimed = self._ids.claimed
        self._names = self._names or (*claimed, *(id_ for id_ in self._ids.running if id_ not in claimed))
        return self._names
