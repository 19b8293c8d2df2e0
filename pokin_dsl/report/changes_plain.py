"""Changes for the terminal: by branch, each with a sign, old and new words marked so that no colour is needed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pokin_dsl.model.diff.changes import Added, Rebudgeted, Removed, Retargeted
from pokin_dsl.model.diff.groups import by_branch, headline, inside_text, touched
from pokin_dsl.model.diff.wording import KINDS, joined, series_texts, told
from pokin_dsl.model.diff.wordwise import NEW, OLD
from pokin_dsl.report.plain import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pokin_dsl.model.diff.changes import Change
    from pokin_dsl.model.diff.groups import Entry
    from pokin_dsl.model.diff.wording import Detail
    from pokin_dsl.model.diff.wordwise import Piece
    from pokin_dsl.report.plain import Segment

MOST_INSIDE = 12
_STYLES = {"+": "baru", "-": "lama", "→": "pindah", "~": "ubah"}


def changes_report(changes: Sequence[Change]) -> Iterator[Segment]:
    """Give all changes as styled pieces of text, a summary at the end; texts of the tree are made harmless.

    The styles are ``cabang`` (a heading), ``baru``, ``lama``, ``pindah`` and ``ubah`` (signs and marked words), ``pk``.
    """
    branches = by_branch(changes)
    several = len({branch.pohon for branch in branches}) > 1
    for pohon, together in groupby(branches, key=lambda branch: branch.pohon):
        if several:
            yield ("pohon", f"Pohon {safe(pohon)}\n\n")
        for branch in together:
            yield ("cabang", _line(branch.title) + "\n")
            for entry in branch.entries:
                yield from _entry(entry)
            yield ("", "\n")
    yield ("", f"{headline(changes)}.\n")
    holders = touched(changes)
    if holders:
        yield ("pk", f"PK yang tersentuh: {_line(joined([ref.teks for ref in holders]))}.\n")


def _entry(entry: Entry) -> Iterator[Segment]:
    change = entry.change
    said = told(change)
    style = _STYLES[said.sign]
    yield (style, f"  {said.sign} ")
    yield ("", said.lead + (f": {_line(said.subject)}" if said.subject else "") + "\n")
    for detail in said.details:
        yield from _detail(detail)
    if isinstance(change, Retargeted | Rebudgeted):
        yield from _points(change)
    yield from _inside(entry)
    if entry.pk:
        yield ("pk", f"      PK: {_line(joined([ref.teks for ref in entry.pk]))}\n")


def _detail(detail: Detail) -> Iterator[Segment]:
    yield ("", f"      {detail.label}: " if detail.label else "      ")
    for nth, piece in enumerate(detail.pieces):
        yield ("", " " if nth else "")
        yield _marked(piece, alone=len(detail.pieces) == 1)
    yield ("", "\n")


def _marked(piece: Piece, *, alone: bool) -> Segment:
    """Put brackets around the words that changed; where all of them did, the label says enough."""
    if piece.kind == OLD:
        return "lama", _line(piece.teks) if alone else f"[-{_line(piece.teks)}-]"
    if piece.kind == NEW:
        return "baru", _line(piece.teks) if alone else f"{{+{_line(piece.teks)}+}}"
    return "", _line(piece.teks)


def _points(change: Retargeted | Rebudgeted) -> Iterator[Segment]:
    unit = f" ({_line(change.satuan)})" if isinstance(change, Retargeted) and change.satuan else ""
    for year, old, new in series_texts(change.points):
        yield ("", f"      {_line(year)}: {_line(old)} → {_line(new)}{unit}\n")


def _inside(entry: Entry) -> Iterator[Segment]:
    text = inside_text(entry)
    if not text:
        return
    yield ("", f"      {text}:\n")
    below = [change for change in entry.inside if isinstance(change, Added | Removed)]
    shown = [change for change in below if change.thing.jenis != "indikator"]
    for change in shown[:MOST_INSIDE]:
        yield ("", f"        {KINDS[change.thing.jenis]}: {_line(change.thing.teks)}\n")
    if len(shown) > MOST_INSIDE:
        yield ("", f"        dan {len(shown) - MOST_INSIDE} lagi\n")


def _line(text: str) -> str:
    return safe(" ".join(text.split()))
