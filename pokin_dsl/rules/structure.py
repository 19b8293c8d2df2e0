"""P1: the shape of the tree. Unfinished branches, missing conditions, repeated statements, sources of an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.tree import Antara, Csf, Kondisi, Outcome, Simpul
from pokin_dsl.rules.rule import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pokin_dsl.rules.rule import Subject

MOST_CHILDREN = 7
SINGLE_STEPS = 3
_SPELLINGS = (
    ("ketenteraman", "ketentraman"),
    ("prosentase", "persentase"),
    ("fasilitasi", "fasilitas"),
    ("efektifitas", "efektivitas"),
)


def unfinished_branch(subject: Subject) -> Iterator[Remark]:
    """P104: a leaf that is not operasional."""
    for simpul in subject.peta.simpul.values():
        if not simpul.anak and isinstance(simpul, Kondisi | Antara):
            message = f"Cabang ini berhenti di {simpul.jenis}, belum sampai kondisi operasional."
            yield Remark(simpul.id, message, "Tambahkan operasional di bawahnya, dua spasi lebih menjorok.")


def restated_chain(subject: Subject) -> Iterator[Remark]:
    """P105: three or more single steps in a row down to a leaf; csf to kondisi and programme levels do not count."""
    for simpul in subject.peta.simpul.values():
        if simpul.anak or simpul.jenis == "csf":
            continue
        steps, top = 0, simpul
        parent = subject.peta.induk.get(simpul.id)
        while parent and len(parent.anak) == 1:
            if not (isinstance(parent, Csf) or top.kode or parent.kode):
                steps += 1
            top, parent = parent, subject.peta.induk.get(parent.id)
        if steps >= SINGLE_STEPS:
            message = f"Ada {steps} tingkat berturut-turut yang masing-masing hanya punya satu turunan."
            yield Remark(top.id, message, "Periksa apakah itu penguraian sebab, atau kalimat yang sama ditulis ulang.")


def crowded_parent(subject: Subject) -> Iterator[Remark]:
    """P106: more children than people can weigh."""
    for simpul in subject.peta.simpul.values():
        if len(simpul.anak) > MOST_CHILDREN:
            message = f"Ada {len(simpul.anak)} turunan langsung, lebih dari {MOST_CHILDREN}."
            yield Remark(simpul.id, message, "Sisihkan yang pengaruhnya kecil, atau kelompokkan.")


def repeated_parent(subject: Subject) -> Iterator[Remark]:
    """P108: a statement that says what its parent says already."""
    for simpul in subject.peta.simpul.values():
        parent = subject.peta.induk.get(simpul.id)
        if parent and _folded(simpul) == _folded(parent):
            message = f"Rumusan {simpul.jenis} ini sama dengan {parent.jenis} di atasnya."
            yield Remark(simpul.id, message, "Tulis sebab atau bagian yang lebih rinci dari kinerja di atasnya.")


def csf_without_kondisi(subject: Subject) -> Iterator[Remark]:
    """P109: a csf that no condition answers."""
    for simpul in subject.peta.simpul.values():
        if isinstance(simpul, Csf) and not any(isinstance(anak, Kondisi) for anak in simpul.anak):
            yield Remark(
                simpul.id, "CSF ini belum diubah ke bahasa kondisi.", "Tambahkan kondisi di bawahnya, misalnya Meningkatnya ...."
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
        given = [name for name in ("mandat", "permasalahan", "ekspektasi") if getattr(simpul, name)]
        missing = [f"@{name}" for name in ("mandat", "permasalahan", "ekspektasi") if name not in given]
        hint = f"Tambahkan {' atau '.join(missing)} bila memang menjadi dasarnya."
        if not given:
            yield Remark(simpul.id, "Outcome ini belum menyebut dasar perumusannya.", hint)
        elif len(given) == 1:
            yield Remark(simpul.id, f"Outcome ini hanya berdasar pada {given[0]}.", hint, annotation=given[0])


def _folded(simpul: Simpul) -> str:
    text = " ".join(simpul.teks.casefold().split())
    for variant, usual in _SPELLINGS:
        text = text.replace(variant, usual)
    return text

