"""What a part is known by in another version of its tree: its text, its code, what it says besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.tree import Indikator, Jabatan, Simpul
from pokin_dsl.syntax.vocabulary import INDIKATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pokin_dsl.model.diff.parts import Part


def grouped(parts: Iterable[Part], key: Callable[[Part], object]) -> dict[object, list[Part]]:
    """Give the parts by what they are known by; what is known by nothing is left out."""
    groups: dict[object, list[Part]] = {}
    for part in parts:
        what = key(part)
        if what is not None:
            groups.setdefault(what, []).append(part)
    return groups


def aliases(part: Part) -> tuple[str, ...]:
    """Give the former ids that a node keeps."""
    return part.isi.alias if isinstance(part.isi, Simpul) else ()


def text(part: Part) -> object:
    """Give what it says, among things of its group."""
    return part.group, part.wording


def text_and_kind(part: Part) -> object:
    """Give what it says, and as what."""
    return part.kind, part.wording


def all_it_says(part: Part) -> object:
    """Give what tells twins below one parent apart: an indicator's values, the texts below a node, who holds it."""
    isi = part.isi
    if isinstance(isi, Indikator):
        return text_and_kind(part), isi.satuan, isi.awal, isi.target, isi.realisasi, isi.pk
    if isinstance(isi, Simpul):
        measures, below = (tuple([one.teks for one in some]) for some in (isi.indikator, isi.anak))
        return text_and_kind(part), measures, below, isi.pk, isi.kode, isi.pagu
    return text_and_kind(part), tuple(one.teks for one in isi.bawahan), isi.pejabat


def repeated_text(part: Part) -> object:
    """Give the same, but of an indicator nothing: alone its text says too little."""
    return None if part.group == INDIKATOR else text_and_kind(part)


def code(part: Part) -> object:
    """Give the official code of a node, with its kind."""
    if isinstance(part.isi, Simpul) and part.isi.kode:
        return part.kind, part.isi.kode.jenis, part.isi.kode.kode
    return None


def series_of(part: Part) -> object:
    """Give the targets of an indicator."""
    return part.isi.target if isinstance(part.isi, Indikator) else ()


def is_outside(part: Part) -> bool:
    """Say whether it is a position outside the outline."""
    return isinstance(part.isi, Jabatan) and part.isi.di_luar
