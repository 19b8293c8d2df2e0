"""P2: indicators and their series. Units, values, years, direction."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Severity
from pokin_dsl.model.nilai import Angka, Persen, Rusak, Tiada, besar
from pokin_dsl.model.tree import Csf
from pokin_dsl.rules.measures import like_parent, same_indicators, second_measure, two_agreements, unrelated
from pokin_dsl.rules.rule import Remark
from pokin_dsl.syntax.mistakes import quoted
from pokin_dsl.syntax.nodes import BrokenLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pokin_dsl.model.tree import Deret, Indikator, Simpul, Titik
    from pokin_dsl.rules.measures import Group
    from pokin_dsl.rules.rule import Subject

_PERCENT_WORDS = ("persentase", "prosentase")
_PERCENT_UNITS = ("%", "persen", "persentase")
_SERIES = ("awal", "target", "realisasi")
_FULL = Decimal(100)
_YEAR = 4
_COUNT = "jumlah"
_RESULTS = ("outcome", "kondisi")
_EXPLAINED_BY = ("definisi", "rumus", "sumber")
_NAMES = {"antara": "kondisi antara", "operasional": "kondisi operasional"}
_AGREEMENTS = 5
_PAIR = 2


def unmeasured_performance(subject: Subject) -> Iterator[Remark]:
    """P201: a performance without an indicator; a line that was to be one has been told of while reading."""
    for simpul in subject.peta.simpul.values():
        if simpul.indikator or isinstance(simpul, Csf):
            continue
        below = subject.resolved.letak[simpul.id].block.children
        if not any(isinstance(b.sentence, BrokenLine) and b.sentence.text.startswith("@") for b in below):
            hint = "Tambahkan @indikator di bawahnya, dua spasi lebih menjorok."
            yield Remark(simpul.id, f"{_name(simpul).capitalize()} ini belum punya indikator.", hint)


def unit_at_odds(subject: Subject) -> Iterator[Remark]:
    """P202: no unit on an indicator that has a series; a percentage in another unit."""
    for indikator in _indicators(subject):
        if not indikator.satuan and any(getattr(indikator, name) for name in _SERIES):
            if not _values_speak_for_themselves(indikator) and not _series_is_broken(indikator, subject):
                yield Remark(
                    indikator.id,
                    "Indikator ini punya nilai, tetapi belum punya satuan.",
                    f"Tulis satuannya dalam kurung di depan nilainya, misalnya {_example(indikator)}.",
                )
        elif _is_percentage(indikator) and indikator.satuan and indikator.satuan.casefold() not in _PERCENT_UNITS:
            message = f'Indikator ini berupa persentase, tetapi satuannya "{indikator.satuan}".'
            yield Remark(
                indikator.id,
                message,
                "Tulis (%) di depan tahun pertama, atau ganti kata pertama indikatornya.",
                "target",
                severity=Severity.PERINGATAN,
            )


def counted_result(subject: Subject) -> Iterator[Remark]:
    """P203: a number of things as the measure of a result; fewer bad events (``@arah turun``) are one."""
    for indikator, simpul in subject.peta.indikator.values():
        counts = simpul.jenis in _RESULTS and indikator.teks[: len(_COUNT)].casefold() == _COUNT
        if counts and indikator.arah != "turun" and not indikator.teks[len(_COUNT) : len(_COUNT) + 1].isalpha():
            message = f"Indikator {simpul.jenis} ini berupa jumlah, yang biasanya baru menunjukkan banyaknya keluaran."
            hint = "Pertimbangkan ukuran yang menunjukkan hasilnya, misalnya persentase atau indeks."
            yield Remark(indikator.id, message, hint, part=(0, len(_COUNT)))


def two_measures(subject: Subject) -> Iterator[Remark]:
    """P204: a second measure behind "dan", "serta", "&" or "/" in one indicator."""
    for indikator in _indicators(subject):
        word = second_measure(indikator.teks)
        if word is not None:
            message = f"Indikator ini memuat dua ukuran; yang kedua mulai dari {quoted(word['word'])}."
            hint = "Pecah menjadi dua @indikator, masing-masing dengan satuan dan targetnya."
            yield Remark(indikator.id, message, hint, part=word.span("word"))


def repeated_indicator(subject: Subject) -> Iterator[Remark]:
    """P205: the parent's indicator once more; the same one on several performances (where P305 does not tell it)."""
    for group in same_indicators(subject.peta):
        for id_, (same, above) in like_parent(group, subject.peta).items():
            message = f"Indikator ini sama dengan indikator {_name(above)} di atasnya."
            hint = "Tulis ukuran kinerja ini sendiri; indikator yang di atas mengukur hasil yang lebih tinggi."
            other = (same.id, "indikator yang di atas")
            yield Remark(id_, message, hint, severity=Severity.PERINGATAN, other=other)
        rest = unrelated(group, subject.peta)
        if len(rest) > 1 and not (subject.tahap >= _AGREEMENTS and two_agreements(rest)):
            yield _used_before(rest)


def unexplained_iku(subject: Subject) -> Iterator[Remark]:
    """P209: a key indicator without definition, formula or source."""
    for indikator in _indicators(subject):
        if indikator.iku:
            # One that is begun but has no text yet is told while reading.
            tempat = subject.resolved.letak[indikator.id]
            missing = [name for name in _EXPLAINED_BY if not tempat.annotation(name)]
            if missing:
                message = f"Indikator kinerja utama ini belum punya {_list(missing)}."
                hint = f"Tulis {_list([f'@{name}' for name in missing])} di bawah indikatornya."
                yield Remark(indikator.id, message, hint, "iku")


def unreadable_value(subject: Subject) -> Iterator[Remark]:
    """P206: a year twice, or a text that is no value."""
    for owner, name, deret in _all_series(subject):
        for titik in deret:
            if name == "pagu" and not isinstance(titik.nilai, Angka | Tiada):
                message = f"Pagu {titik.kunci} bukan jumlah rupiah: {quoted(titik.nilai.teks)}."
                yield Remark(owner, message, "Tulis jumlahnya, misalnya 2026=Rp100.000.000.", name, titik.kunci)
            elif isinstance(titik.nilai, Rusak):
                message = f"Nilai {quoted(titik.nilai.teks)} pada @{name} bukan angka, rentang, atau predikat."
                hint = 'Tulis angka dengan koma desimal (82,10), atau apit teks dengan tanda kutip ("Sangat Baik").'
                yield Remark(owner, message, hint, name, titik.kunci)
        for one, two in pairwise(deret):
            if one.kunci == two.kunci:
                message = f"Nilai {_when(two.kunci)} ditulis dua kali pada @{name}."
                yield Remark(owner, message, "Hapus salah satunya.", name, two.kunci)


def value_out_of_bounds(subject: Subject) -> Iterator[Remark]:
    """P207: a target outside the period, a percentage over 100, a series against its direction."""
    for indikator in _indicators(subject):
        yield from _outside_period(indikator, subject)
        yield from _over_hundred(indikator)
        yield from _against_direction(indikator)


def gap_or_ambiguity(subject: Subject) -> Iterator[Remark]:
    """P208: a year without target between two that have one; a number with a decimal point."""
    for indikator in _indicators(subject):
        years = [int(t.kunci) for t in indikator.target if len(t.kunci) == _YEAR]
        missing = [_from_to(one + 1, two - 1) for one, two in pairwise(years) if two > one + 1]
        if missing and any(besar(t.nilai) != 0 for t in indikator.target):
            message = f"Target tahun {' dan '.join(missing)} kosong di antara tahun-tahun yang terisi."
            yield Remark(indikator.id, message, "Isi nilainya, atau tulis - bila memang tidak ditargetkan.", "target")
    for owner, name, deret in _all_series(subject):
        for titik in deret:
            if isinstance(titik.nilai, Angka | Persen) and titik.nilai.english:
                message = f"Angka pada @{name} memakai titik desimal; dibaca sebagai {titik.nilai.teks}."
                yield Remark(owner, message, f"Tulis {titik.nilai.teks}.", name, titik.kunci)


def _indicators(subject: Subject) -> Iterator[Indikator]:
    return (indikator for indikator, _ in subject.peta.indikator.values())


def _used_before(group: Group) -> Remark:
    (first, owner), (later, _) = group[:2]
    message = f"Indikator ini sudah dipakai pada {_name(owner)} {quoted(owner.teks)}"
    message += f"; seluruhnya {len(group)} kali." if len(group) > _PAIR else "."
    hint = "Beri tiap kinerja ukurannya sendiri, atau gabungkan kinerja yang memang sama."
    return Remark(later.id, message, hint, other=(first.id, "pertama dipakai di sini"))


def _name(simpul: Simpul) -> str:
    return _NAMES.get(simpul.jenis, simpul.jenis)


def _list(words: list[str]) -> str:
    return " dan ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def _all_series(subject: Subject) -> Iterator[tuple[str, str, Deret]]:
    """Give owner id, annotation name and series of all series of a tree, budgets too."""
    for indikator in _indicators(subject):
        for name in _SERIES:
            deret: Deret = getattr(indikator, name)
            if deret:
                yield indikator.id, name, deret
    for simpul in subject.peta.simpul.values():
        if simpul.pagu:
            yield simpul.id, "pagu", simpul.pagu


def _series_is_broken(indikator: Indikator, subject: Subject) -> bool:
    """Say whether reading has already complained of one of its series, perhaps of the unit itself."""
    tempat = subject.resolved.letak[indikator.id]
    blocks = (tempat.annotation(name) for name in _SERIES)
    return any(block.sentence.mistakes for block in blocks if block)


def _is_percentage(indikator: Indikator) -> bool:
    return indikator.teks.casefold().startswith(_PERCENT_WORDS)


def _values_speak_for_themselves(indikator: Indikator) -> bool:
    """Say whether no value is a bare number, so that none asks "of what?" (grades, percentages, none)."""
    series = (*indikator.awal, *indikator.target, *indikator.realisasi)
    return not any(isinstance(titik.nilai, Angka) for titik in series)


def _outside_period(indikator: Indikator, subject: Subject) -> Iterator[Remark]:
    period = subject.resolved.pohon.periode
    if not period:
        return
    for titik in indikator.target:
        if titik.kunci and not period[0] <= int(titik.kunci[:_YEAR]) <= period[1]:
            message = f"Target {titik.kunci} berada di luar periode {period[0]}-{period[1]}."
            yield Remark(
                indikator.id, message, "Perbaiki tahunnya, atau periode di kepala berkas.", "target", titik.kunci
            )


def _over_hundred(indikator: Indikator) -> Iterator[Remark]:
    in_percent = indikator.satuan.casefold() in _PERCENT_UNITS
    for name in ("target", "realisasi"):
        for titik in getattr(indikator, name):
            number = besar(titik.nilai)
            if number is not None and number > _FULL and (in_percent or isinstance(titik.nilai, Persen)):
                message = f"Nilai {titik.nilai.teks} pada @{name} melebihi 100 persen."
                yield Remark(indikator.id, message, "Periksa nilai atau satuannya.", name, titik.kunci)


def _against_direction(indikator: Indikator) -> Iterator[Remark]:
    wrong = {"naik": lambda a, b: b < a, "turun": lambda a, b: b > a, "tetap": lambda a, b: a != b}.get(indikator.arah)
    if wrong is None:
        return
    numbers: list[tuple[Titik, Decimal]] = [(t, n) for t in indikator.target if (n := besar(t.nilai)) is not None]
    # Years are held against years; quarters begin anew each year.
    numbers.sort(key=lambda number: (_span_of(number[0]), number[0].kunci))
    for (one, a), (two, b) in pairwise(numbers):
        if _span_of(one) == _span_of(two) and one.kunci != two.kunci and wrong(a, b):
            message = f"Target {_when(two.kunci)} ({two.nilai.teks}) berlawanan dengan @arah {indikator.arah}: "
            message += f"sebelumnya {one.nilai.teks}."
            yield Remark(indikator.id, message, "Periksa target atau arahnya.", "target", two.kunci)


def _span_of(titik: Titik) -> str:
    """Give the year whose quarters a value belongs to; empty for the value of a year."""
    return titik.kunci[:_YEAR] if len(titik.kunci) > _YEAR else ""


def _from_to(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _example(indikator: Indikator) -> str:
    name = next(name for name in ("target", "realisasi", "awal") if getattr(indikator, name))
    return "@awal (orang) 5" if name == "awal" else f"@{name} (orang) 2025=5"


def _when(key: str) -> str:
    return f"tahun {key}" if len(key) == _YEAR else f"triwulan {key}" if key else "tanpa tahun"
