"""P1: the shape of the tree. Unfinished branches, missing conditions, repeated statements, sources of an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.tree import Csf, Kondisi, Operasional, Outcome
from pokin_dsl.rules.rule import Remark
from pokin_dsl.syntax.nodes import BrokenLine, IncludeLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pokin_dsl.model.tree import Simpul
    from pokin_dsl.rules.rule import Subject

MOST_CHILDREN = 7
SINGLE_STEPS = 3
_NAMES = {"csf": "CSF", "antara": "kondisi antara", "operasional": "kondisi operasional"}
_SOURCES = ("mandat", "permasalahan", "ekspektasi")
_SPELLINGS = (
    ("ketenteraman", "ketentraman"),
    ("prosentase", "persentase"),
    ("fasilitasi", "fasilitas"),
    ("efektifitas", "efektivitas"),
)


def unfinished_branch(subject: Subject) -> Iterator[Remark]:
    """P104: a leaf that is not operasional; a csf without kondisi is P109's."""
    for simpul in subject.peta.simpul.values():
        if not isinstance(simpul, Operasional | Csf) and not _continues(simpul, subject):
            message = f"Cabang ini berhenti di {_name(simpul)}, belum sampai kondisi operasional."
            below = "csf atau kondisi" if isinstance(simpul, Outcome) else "operasional"
            yield Remark(simpul.id, message, f"Tambahkan {below} di bawahnya, dua spasi lebih menjorok.")


def restated_chain(subject: Subject) -> Iterator[Remark]:
    """P105: three or more single steps in a row down to a leaf; csf to kondisi and programme levels do not count."""
    for simpul in subject.peta.simpul.values():
        if simpul.anak or simpul.jenis == "csf":
            continue
        steps, top, first = 0, simpul, simpul
        parent = subject.peta.induk.get(simpul.id)
        while parent and len(parent.anak) == 1:
            if not (isinstance(parent, Csf) or top.kode or parent.kode):
                steps, first = steps + 1, parent
            top, parent = parent, subject.peta.induk.get(parent.id)
        if steps >= SINGLE_STEPS:
            message = f"Mulai dari sini, {steps} tingkat berturut-turut masing-masing hanya punya satu turunan."
            hint = "Uraikan menjadi beberapa sebab, atau hapus tingkat yang hanya mengulang kalimat di atasnya."
            yield Remark(first.id, message, hint)


def crowded_parent(subject: Subject) -> Iterator[Remark]:
    """P106: more children than people can weigh."""
    for simpul in subject.peta.simpul.values():
        if len(simpul.anak) > MOST_CHILDREN:
            message = (
                f"{_capital(_name(simpul))} ini punya {len(simpul.anak)} turunan langsung, lebih dari {MOST_CHILDREN}."
            )
            yield Remark(simpul.id, message, "Sisihkan yang pengaruhnya kecil, atau kelompokkan di bawah satu kondisi.")


def repeated_parent(subject: Subject) -> Iterator[Remark]:
    """P108: a statement that says what its parent says already."""
    for simpul in subject.peta.simpul.values():
        parent = subject.peta.induk.get(simpul.id)
        if parent and simpul.teks and _folded(simpul) == _folded(parent):
            message = f"Rumusan {_name(simpul)} ini sama dengan {_name(parent)} di atasnya."
            yield Remark(simpul.id, message, "Tulis sebab atau bagian yang lebih rinci dari kinerja di atasnya.")


def csf_without_kondisi(subject: Subject) -> Iterator[Remark]:
    """P109: a csf that no condition answers."""
    for simpul in subject.peta.simpul.values():
        # Where something else than a kondisi stands below, P101 has told of it.
        if isinstance(simpul, Csf) and not _continues(simpul, subject):
            yield Remark(
                simpul.id,
                "CSF ini belum diubah ke bahasa kondisi.",
                "Tambahkan kondisi di bawahnya, misalnya Meningkatnya ....",
            )


def kondisi_without_csf(subject: Subject) -> Iterator[Remark]:
    """P110: a condition straight under an outcome."""
    for simpul in subject.peta.simpul.values():
        if isinstance(simpul, Kondisi) and isinstance(subject.peta.induk.get(simpul.id), Outcome):
            yield Remark(
                simpul.id, "Kondisi ini langsung di bawah outcome, tanpa CSF.", "Tulis csf yang mendasarinya, bila ada."
            )


def no_crosscutting(subject: Subject) -> Iterator[Remark]:
    """P111: no crosscutting in the whole tree."""
    if not any(simpul.crosscutting for simpul in subject.peta.simpul.values()):
        hint = "Tulis @crosscutting Nama Instansi: sumbangannya pada kinerja yang dikerjakan bersama instansi lain."
        yield Remark("", "Belum ada crosscutting dengan instansi lain di seluruh pohon.", hint)


def outcome_sources(subject: Subject) -> Iterator[Remark]:
    """P112: a top outcome with none of its three sources, or with only one."""
    for simpul in subject.peta.pohon.akar:
        if not isinstance(simpul, Outcome):
            continue
        # One that is begun but has no text yet is told while reading.
        tempat = subject.resolved.letak[simpul.id]
        given = [name for name in _SOURCES if tempat.annotation(name)]
        missing = [f"@{name}" for name in _SOURCES if name not in given]
        either = " atau ".join((", ".join(missing[:-1]), missing[-1])) if len(missing) > 1 else "".join(missing)
        hint = f"Tambahkan {either} bila memang menjadi dasarnya."
        if not given:
            yield Remark(simpul.id, "Outcome ini belum menyebut dasar perumusannya.", hint)
        elif len(given) == 1:
            yield Remark(simpul.id, f"Outcome ini hanya berdasar pada {given[0]}.", hint, annotation=given[0])


def _name(simpul: Simpul) -> str:
    return _NAMES.get(simpul.jenis, simpul.jenis)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _continues(simpul: Simpul, subject: Subject) -> bool:
    """Say whether something stands below a node, be it a line that could not be read or joined (which is told)."""
    if simpul.anak:
        return True
    below = subject.resolved.letak[simpul.id].block.children
    return any(isinstance(block.sentence, BrokenLine | IncludeLine) for block in below)


def _folded(simpul: Simpul) -> str:
    text = " ".join(simpul.teks.casefold().split())
    for variant, usual in _SPELLINGS:
        text = text.replace(variant, usual)
    return text
