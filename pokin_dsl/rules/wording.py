"""P4: how statements and indicators are worded. Conditions, activities, problems, measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.tree import Csf
from pokin_dsl.rules.rule import Remark
from pokin_dsl.rules.words import (
    ACTIVITY,
    ACTIVITY_HEADS,
    ACTIVITY_NOUNS,
    CHANGES,
    CLERICAL,
    CONDITION_OF,
    CONDITIONS,
    GOOD_WITH_HARM,
    HARMS,
    MEASURED,
    MEASURES,
    NEUTRAL_STARTS,
    ORDERS,
    OUTPUT,
    PROBLEM_STARTS,
    PROBLEMS,
    STATES,
    STRATEGIC,
    place_of_word,
    words,
)
from pokin_dsl.syntax.mistakes import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pokin_dsl.model.tree import Simpul
    from pokin_dsl.rules.rule import Subject

_NAMES = {
    "outcome": "Outcome",
    "csf": "CSF",
    "kondisi": "Kondisi",
    "antara": "Kondisi antara",
    "operasional": "Kondisi operasional",
}
_RESULTS = ("outcome", "kondisi")
_JOINING = ("dan", "serta", "atau", "maupun")
_UNUSUAL = {
    "outcome": (OUTPUT | CLERICAL, "Meningkatnya atau Terwujudnya"),
    "kondisi": (OUTPUT | CLERICAL, "Meningkatnya atau Terwujudnya"),
    "antara": (CLERICAL, "Terselenggaranya, Terkelolanya, atau Meningkatnya"),
    "operasional": (STRATEGIC, "Terlaksananya, Tersedianya, atau Tersusunnya"),
}
_INTENTS = {
    "Rendahnya": "Meningkatnya",
    "Kurangnya": "Meningkatnya",
    "Lemahnya": "Menguatnya",
    "Minimnya": "Meningkatnya",
    "Terbatasnya": "Meningkatnya",
    "Tingginya": "Menurunnya",
    "Banyaknya": "Berkurangnya",
    "Maraknya": "Berkurangnya",
}


# -- statements --------------------------------------------------------------------------------------------------------


def no_condition_word(subject: Subject) -> Iterator[Remark]:
    """P401: a statement that begins with an order (Meningkatkan) or the name of an activity (Peningkatan)."""
    for simpul, said in _conditions(subject):
        first = said[0]
        if _is_order(first):
            what = "perintah"
        elif (first in CONDITION_OF or first in ACTIVITY_NOUNS) and not _tells_state(said):
            what = "nama kegiatan"
        else:
            continue
        part = place_of_word(simpul.teks)
        written = simpul.teks[slice(*part)]
        message = f"{_NAMES[simpul.jenis]} ini diawali {what} ({quoted(written)}), bukan keadaan yang ingin dicapai."
        yield Remark(simpul.id, message, _condition_hint(simpul, written, said), part=part)


def unusual_verb(subject: Subject) -> Iterator[Remark]:
    """P402: a condition word that is unusual for the level; those of activities on results are P403's."""
    for simpul, said in _conditions(subject):
        unusual, usual = _UNUSUAL[simpul.jenis]
        if said[0] in unusual:
            part = place_of_word(simpul.teks)
            written = quoted(simpul.teks[slice(*part)])
            message = f"{written} jarang dipakai untuk {_lower_name(simpul)}."
            yield Remark(simpul.id, message, f"Yang lazim ialah {usual}; periksa juga jenjangnya.", part=part)


def activity_as_result(subject: Subject) -> Iterator[Remark]:
    """P403: an outcome or kondisi that names what is done instead of what comes of it."""
    for simpul, said in _conditions(subject):
        if simpul.jenis not in _RESULTS:
            continue
        if said[0] in ACTIVITY:
            nth = 0
        elif said[0] in CONDITIONS and len(said) > 1 and said[1] in ACTIVITY_HEADS:
            nth = 1
        else:
            continue
        part = place_of_word(simpul.teks, nth)
        written = quoted(simpul.teks[slice(*part)])
        message = f"{_NAMES[simpul.jenis]} ini dirumuskan sebagai kegiatan ({written}), bukan sebagai hasil."
        hint = "Tulis hasil yang dirasakan dari kegiatan itu, misalnya Meningkatnya ... atau Terwujudnya ...."
        yield Remark(simpul.id, message, hint, part=part)


def carried_out_change(subject: Subject) -> Iterator[Remark]:
    """P404: "Terlaksananya Peningkatan X"; on an outcome or kondisi P403 tells of it."""
    for simpul, said in _conditions(subject):
        if simpul.jenis in _RESULTS or said[0] not in ACTIVITY or len(said) == 1 or said[1] not in CHANGES:
            continue
        part = place_of_word(simpul.teks)[0], place_of_word(simpul.teks, 1)[1]
        condition = CHANGES[said[1]].capitalize()
        message = f"{quoted(simpul.teks[slice(*part)])} belum menyebut apa yang dikerjakan."
        hint = f"Tulis {condition} ... bila yang dimaksud hasilnya, atau sebut kegiatannya."
        yield Remark(simpul.id, message, hint, part=part)


def problem_or_condition(subject: Subject) -> Iterator[Remark]:
    """P405: a csf that names no problem; a condition that is still a problem."""
    for simpul in subject.peta.simpul.values():
        said = words(simpul.teks)
        if isinstance(simpul, Csf):
            if said and not any(_is_problem(word) for word in said):
                message = "CSF ini belum menggambarkan isu faktual."
                hint = "Tulis masalah yang nyata, misalnya Belum Optimalnya ... atau Masih Rendahnya ...."
                yield Remark(simpul.id, message, hint)
        elif said and _starts_as_problem(said):
            part = place_of_word(simpul.teks)
            written = simpul.teks[slice(*part)]
            message = f"{_NAMES[simpul.jenis]} ini masih berupa masalah ({quoted(written)})."
            yield Remark(simpul.id, message, _turned_hint(simpul.teks, said), part=part)


def statement_as_measure(subject: Subject) -> Iterator[Remark]:
    """P406: a statement that is an indicator (Jumlah ..., Persentase ...)."""
    for simpul, said in _conditions(subject):
        level = said[0] == "tingkat" and len(said) > 1 and said[1] in MEASURED
        if (level or said[0] in MEASURES) and not _tells_state(said):
            part = place_of_word(simpul.teks)
            written = quoted(simpul.teks[slice(*part)])
            message = f"{_NAMES[simpul.jenis]} ini berupa indikator ({written}), bukan keadaan yang ingin dicapai."
            hint = "Pindahkan ke @indikator di bawahnya, lalu tulis keadaannya di sini, misalnya Meningkatnya ...."
            yield Remark(simpul.id, message, hint, part=part)


# -- indicators --------------------------------------------------------------------------------------------------------


def indicator_as_statement(subject: Subject) -> Iterator[Remark]:
    """P407: an indicator that is a statement (Terlaksananya ...)."""
    for indikator, _ in subject.peta.indikator.values():
        # Most indicators begin with a measure, so only the first word is looked at.
        if indikator.teks.partition(" ")[0].casefold() in CONDITIONS:
            part = place_of_word(indikator.teks)
            message = f"Indikator ini berupa pernyataan kinerja ({quoted(indikator.teks[slice(*part)])}), bukan ukuran."
            hint = "Awali dengan ukurannya, misalnya Jumlah, Persentase, Indeks, atau Nilai."
            yield Remark(indikator.id, message, hint, part=part)


# -- words ------------------------------------------------------------------------------------------------------------


def _conditions(subject: Subject) -> Iterator[tuple[Simpul, tuple[str, ...]]]:
    """Give the nodes that should name a condition, with their words; official outputs are nobody's to reword."""
    for simpul in subject.peta.simpul.values():
        if not isinstance(simpul, Csf):
            said = words(simpul.teks)
            if said and not (simpul.kode and _is_official(simpul, said, subject)):
                yield simpul, said


def _is_official(simpul: Simpul, said: tuple[str, ...], subject: Subject) -> bool:
    butir = subject.around.nomenklatur.butir.get(simpul.kode.kode) if simpul.kode else None
    return butir is not None and words(butir.kinerja) == said


def _is_order(word: str) -> bool:
    if word in ORDERS:
        return True
    return word.startswith("me") and (word in CONDITION_OF or word.endswith("kan"))


def _tells_state(said: tuple[str, ...]) -> bool:
    """Say whether a text names a state behind its first word, not only of a part of it ("yang Meningkat")."""
    return any(word in STATES and said[n] != "yang" for n, word in enumerate(said[1:]))


def _condition_hint(simpul: Simpul, written: str, said: tuple[str, ...]) -> str:
    # "Pembinaan dan Pengawasan X": one word cannot take the place of both.
    joined = len(said) > 1 and said[1] in _JOINING
    condition = "" if joined else CONDITION_OF.get(said[0], "")
    if simpul.jenis in _RESULTS and (not condition or condition in ACTIVITY | OUTPUT):
        return "Tulis hasil yang diharapkan darinya, misalnya Meningkatnya ... atau Terwujudnya ...."
    if condition:
        return f"Ganti {written} dengan {condition.capitalize()}."
    if _is_order(said[0]):
        return "Awali dengan kata keadaan, misalnya Terlaksananya, Tersedianya, atau Meningkatnya."
    return f"Tulis Terlaksananya {written} ...."


def _lower_name(simpul: Simpul) -> str:
    name = _NAMES[simpul.jenis]
    return name[0].lower() + name[1:]


def _is_problem(word: str) -> bool:
    return word in PROBLEMS or (word.endswith("nya") and word[:-3] in PROBLEMS)


def _starts_as_problem(said: tuple[str, ...]) -> bool:
    first = said[0]
    if first not in PROBLEM_STARTS:
        return False
    harm = _has_harm(said[1:])
    return harm if first in NEUTRAL_STARTS else not (harm and first in GOOD_WITH_HARM)


def _has_harm(said: Iterable[str]) -> bool:
    return any(word in HARMS for word in said)


def _turned_hint(text: str, said: tuple[str, ...]) -> str:
    """Say how a problem is turned into a condition."""
    first = text[slice(*place_of_word(text))]
    second = text[slice(*place_of_word(text, 1))] if len(said) > 1 else ""
    if said[0] in ("belum", "tidak") and said[1:] and said[1] in CONDITIONS:
        return f"Ubah ke bahasa kondisi: hapus {first}, awali dengan {second}."
    problem = second if said[0] == "masih" else first
    condition = _INTENTS.get(problem.capitalize(), "Meningkatnya")
    return f"Ubah ke bahasa kondisi, misalnya {condition} ...."
