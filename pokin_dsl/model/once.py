"""What one thing may say only once: each such annotation, its unit, its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.remarks import Fault
from pokin_dsl.model.tree import Kode
from pokin_dsl.syntax.mistakes import is_guess, quoted
from pokin_dsl.syntax.nodes import AnnotationLine, Block
from pokin_dsl.syntax.vocabulary import INDIKATOR, JABATAN

if TYPE_CHECKING:
    from pokin_dsl.model.drafts import Draft

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
_CODES = frozenset(["program", "kegiatan", "subkegiatan"])


def check_once(draft: Draft) -> tuple[Fault, ...]:
    """Find the annotations that repeat one which a thing has once."""
    faults: list[Fault] = []
    seen: dict[str, Block] = {}
    for block in draft.annotations:
        sentence = block.sentence
        if not isinstance(sentence, AnnotationLine) or is_guess(sentence):
            continue
        key = f"varian {sentence.head}" if sentence.name == "varian" else sentence.name
        if sentence.name not in _ONCE and key == sentence.name:
            continue
        if key in seen:
            message = (f"@{key} sudah ditulis di baris ", seen[key], f" untuk {described(draft)} ini.")
            hint = "Gabungkan keduanya menjadi satu baris." if sentence.points else "Hapus salah satunya."
            faults.append(Fault(draft, block, message, hint, named=True))
        seen.setdefault(key, block)
    return tuple(faults)


def unit(draft: Draft) -> tuple[str, tuple[Fault, ...]]:
    """Give the unit of an indicator, the first that is written, and find those that differ from it."""
    written = [
        (block, s.name, s.text if s.name == "satuan" else s.head)
        for block in draft.annotations
        if isinstance(s := block.sentence, AnnotationLine)
        and s.name in ("target", "realisasi", "awal", "satuan")
        and (s.head or (s.name == "satuan" and s.text))
    ]
    if not written:
        return "", ()
    first = written[0][2]
    faults: list[Fault] = []
    seen: set[str] = set()
    for block, name, text in written:
        if text != first and name not in seen:
            message = f"Satuan indikator ini ditulis dua kali dan berbeda: {quoted(first)} dan {quoted(text)}."
            faults.append(Fault(draft, block, (message,), "Tulis satuan sekali saja, pada @target."))
        seen.add(name)
    return first, tuple(faults)


def code(draft: Draft) -> tuple[Kode | None, tuple[Fault, ...]]:
    """Give the official code of a node, the first that is written, and find a second one."""
    if _CODES.isdisjoint(draft.by_name):
        return None, ()
    found = [
        (block, s)
        for block in draft.annotations
        if isinstance(s := block.sentence, AnnotationLine) and s.name in _CODES
    ]
    message = "Satu kinerja hanya boleh memuat satu kode: @program, @kegiatan, atau @subkegiatan."
    hint = "Hapus yang tidak sesuai jenjangnya."
    faults = tuple(Fault(draft, block, (message,), hint) for block, _ in found[1:2])
    first = found[0][1]
    return Kode(first.name, first.head, first.text), faults


def described(draft: Draft) -> str:
    """Say in a word what a draft is."""
    return {INDIKATOR: "indikator", JABATAN: "jabatan"}.get(draft.kind, draft.kind)
