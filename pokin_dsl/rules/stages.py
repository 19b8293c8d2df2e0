"""P5: what comes before its stage. Lines of a later stage; sections, programmes, codes and money in statements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Severity
from pokin_dsl.model.nomenklatur import folded
from pokin_dsl.rules.rule import Remark
from pokin_dsl.rules.words import place_of_word, words
from pokin_dsl.syntax.mistakes import is_guess, quoted
from pokin_dsl.syntax.nodes import AnnotationLine, NodeLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pokin_dsl.model.nomenklatur import Nomenklatur
    from pokin_dsl.model.tree import Simpul
    from pokin_dsl.rules.rule import Subject
    from pokin_dsl.syntax.nodes import Sentence

PLANNING = 5
"""The stage at which the tree is translated into planning components and positions."""

# What each kind of line and each annotation is called, and the stage that adds it. All else that stands under an
# indicator or a position is of its stage.
_ADDED: dict[str, tuple[int, str]] = {
    "outcome": (1, "Outcome"),
    "csf": (2, "CSF"),
    "kondisi": (2, "Kondisi yang diperlukan"),
    "@unit": (2, "Seksi (@unit)"),
    "antara": (3, "Kondisi antara"),
    "operasional": (3, "Kondisi operasional"),
    "@crosscutting": (3, "Crosscutting (@crosscutting)"),
    "@indikator": (4, "Indikator (@indikator)"),
    "@mendukung": (4, "Dukungan pada indikator (@mendukung)"),
    "jabatan": (PLANNING, "Susunan jabatan"),
    "@pk": (PLANNING, "Perjanjian kinerja (@pk)"),
    "@program": (PLANNING, "Kode program (@program)"),
    "@kegiatan": (PLANNING, "Kode kegiatan (@kegiatan)"),
    "@subkegiatan": (PLANNING, "Kode sub kegiatan (@subkegiatan)"),
    "@pagu": (PLANNING, "Anggaran (@pagu)"),
}

# A name with one of these is no ordinary phrase; "Pemberdayaan Masyarakat" as the name of a section is one.
_OFFICES = frozenset(
    words(
        "seksi kasi subseksi bidang kabid subbidang bagian kabag subbagian subbag kasubbag sub kepala sekretariat "
        "sekretaris uptd unit tim kelompok sub-bagian sub-bidang sub-seksi"
    )
)
_TELLING = frozenset(("kasi", "kasubbag", "kasubag", "seksi"))
_CODE = re.compile(r"(?<![\w.])(?:[0-9]\.[0-9]{2}|X\.XX)\.[0-9]{2}(?:\.[0-9]\.[0-9]{2}(?:\.[0-9]{2,4})?)?(?!\.?\w)")
_RUPIAH = re.compile(r"\bRp\.?\s*[0-9][0-9.,]*[0-9]|\bRp\.?\s*[0-9]", re.IGNORECASE)
_LEAST_WORDS = 4
_TWO = 2

Words = tuple[str, ...]


def ahead_of_stage(subject: Subject) -> Iterator[Remark]:
    """P501: a line of a later stage than the header says; what stands below it is told with it."""
    if not subject.resolved.pohon.tahap_tertulis or subject.tahap >= PLANNING:
        return
    for id_, tempat in subject.resolved.letak.items():
        own, name = _added(tempat.block.sentence)
        if own > max(subject.tahap, _stage_above(id_, subject)) and not _is_told(tempat.block.sentence):
            yield _too_early(id_, name, own, subject)
        met: dict[str, int] = {}
        for sentence in (block.sentence for block in tempat.annotations):
            if not isinstance(sentence, AnnotationLine):
                continue
            stage, name = _added(sentence)
            nth = met[sentence.name] = met.get(sentence.name, -1) + 1
            if stage > max(subject.tahap, own) and not _is_told(sentence):
                yield _too_early(id_, name, stage, subject, (sentence.name, nth))


def office_in_statement(subject: Subject) -> Iterator[Remark]:
    """P502: the name of a section or position in a statement, while existing structure should not matter yet."""
    if subject.tahap >= PLANNING:
        return
    names = _by_beginning(_office_names(subject), 1)
    own = words(subject.resolved.pohon.instansi)
    for simpul in _free_statements(subject):
        found = _office(simpul.teks, names, own)
        if found and not _is_official(simpul.teks, subject.around.nomenklatur):
            written = simpul.teks[found[0] : found[1]]
            message = f"Rumusan ini menyebut seksi atau jabatan: {quoted(written)}."
            hint = "Sebut hasil yang ingin dicapai saja; siapa yang mengerjakannya menyusul."
            yield Remark(simpul.id, message, hint, part=found)


def planning_in_statement(subject: Subject) -> Iterator[Remark]:
    """P503: the name or code of a programme or activity, or an amount of money, in a statement."""
    if subject.tahap >= PLANNING:
        return
    names = _by_beginning(_programme_names(subject.around.nomenklatur), _LEAST_WORDS)
    for simpul in _free_statements(subject):
        for what, part in _planned(simpul.teks, names):
            message = f"Rumusan ini memuat {what}: {quoted(simpul.teks[slice(*part)])}."
            hint = "Sebut hasil yang ingin dicapai; program, kegiatan, dan anggarannya baru dikaitkan pada tahap 5."
            yield Remark(simpul.id, message, hint, part=part)
            break


# -- lines of a later stage --------------------------------------------------------------------------------------------


def _added(sentence: Sentence) -> tuple[int, str]:
    if isinstance(sentence, NodeLine):
        return _ADDED.get(sentence.kind, (0, ""))
    return _ADDED.get(f"@{sentence.name}", (0, "")) if isinstance(sentence, AnnotationLine) else (0, "")


def _stage_above(id_: str, subject: Subject) -> int:
    """Give the stage that adds the owner of a node, indicator or position; 0 at the top."""
    peta = subject.peta
    owner = peta.indikator[id_][1] if id_ in peta.indikator else peta.induk.get(id_)
    if owner is not None:
        return _ADDED[owner.jenis][0]
    return PLANNING if id_ in peta.atasan else 0


def _is_told(sentence: Sentence) -> bool:
    """Say whether reading has complained of a line gravely enough; first things first."""
    return is_guess(sentence) or any(mistake.severity is Severity.GALAT for mistake in sentence.mistakes)


def _too_early(id_: str, name: str, stage: int, subject: Subject, at: tuple[str, int] = ("", 0)) -> Remark:
    message = f"{name} termasuk tahap {stage}, sedangkan pohon ini baru tahap {subject.tahap}."
    hint = f"Tulis tahap: {stage} di kepala berkas bila pohon memang sudah sampai di sana"
    if stage < PLANNING:
        return Remark(id_, message, f"{hint}.", at[0], nth=at[1], severity=Severity.INFO)
    below = " dan yang di bawahnya" if id_ in subject.peta.jabatan else ""
    return Remark(id_, message, f"{hint}; bila belum, hapus dulu baris ini{below}.", at[0], nth=at[1])


# -- names in statements -----------------------------------------------------------------------------------------------


def _free_statements(subject: Subject) -> Iterator[Simpul]:
    """Give what carries a statement of the author's own: one with an official code has an official text."""
    return (simpul for simpul in subject.peta.simpul.values() if simpul.teks and not simpul.kode)


def _by_beginning(names: Iterable[Words], count: int) -> dict[Words, list[Words]]:
    """Group names by their first words, the longest first."""
    found: dict[Words, list[Words]] = {}
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        found.setdefault(name[:count], []).append(name)
    return found


def _place(text: str, first: int, count: int) -> tuple[int, int]:
    """Give the range of characters of some words that follow each other."""
    return place_of_word(text, first)[0], place_of_word(text, first + count - 1)[1]


def _office_names(subject: Subject) -> Iterator[Words]:
    units = {unit for simpul in subject.peta.simpul.values() for unit in simpul.unit}
    for name in (words(unit) for unit in units):
        if len(name) >= _TWO and not _OFFICES.isdisjoint(name):
            yield name
    for name in (words(jabatan.teks) for jabatan in subject.peta.jabatan.values()):
        if len(name) >= _TWO:
            yield name


def _office(text: str, names: dict[Words, list[Words]], instansi: Words) -> tuple[int, int] | None:
    """Find the first section or position in a statement, unless it is part of the name of the unit itself."""
    said = words(text)
    for n, word in enumerate(said):
        known = next((name for name in names.get((word,), ()) if said[n : n + len(name)] == name), ())
        length = len(known) or (word in _TELLING)
        if length and not _covered(said, instansi).issuperset(range(n, n + length)):
            return _place(text, n, length)
    return None


def _covered(said: Words, name: Words) -> frozenset[int]:
    """Give the numbers of the words that belong to a name."""
    starts = (n for n in range(len(said)) if name and said[n : n + len(name)] == name)
    return frozenset(at for start in starts for at in range(start, start + len(name)))


def _is_official(text: str, daftar: Nomenklatur) -> bool:
    wanted = folded(text)
    return any(wanted in (folded(butir.nama), folded(butir.kinerja)) for butir in daftar.butir.values())


def _programme_names(daftar: Nomenklatur) -> Iterator[Words]:
    names = (words(butir.nama) for butir in daftar.butir.values())
    return (name for name in names if len(name) >= _LEAST_WORDS)


def _planned(text: str, names: dict[Words, list[Words]]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Give what a statement takes from planning, and where."""
    for what, pattern in (("kode program atau kegiatan", _CODE), ("jumlah uang", _RUPIAH)):
        if match := pattern.search(text):
            yield what, match.span()
    said = words(text)
    for n in range(len(said) - _LEAST_WORDS + 1):
        for name in names.get(said[n : n + _LEAST_WORDS], ()):
            if said[n : n + len(name)] == name:
                yield "nama program atau kegiatan", _place(text, n, len(name))
