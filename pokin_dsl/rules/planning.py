"""P5: codes, official names and budgets. What the official list says, what stands above, what the sums are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from pokin_dsl.model.nilai import besar, rupiah
from pokin_dsl.model.nomenklatur import ANY_URUSAN, folded
from pokin_dsl.model.positions import MOST_SUGGESTIONS
from pokin_dsl.rules.rule import Remark
from pokin_dsl.suggestion import nearest
from pokin_dsl.syntax.mistakes import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pokin_dsl.model.nomenklatur import Nomenklatur
    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.tree import Kode, Simpul
    from pokin_dsl.rules.rule import Subject

LEAST_LIKENESS = 85.0
MOST_TOLD_ONE_BY_ONE = 3
"""More codes than this that the list lacks, and which nothing else speaks against, are told together."""
MOST_NAMED = 12

_CODE = re.compile(
    r"(?:[0-9]|X)\.(?:[0-9]{2}|XX)\.[0-9]{2}(?P<kegiatan>\.[0-9]\.[0-9]{2}(?P<sub>\.(?:[0-9]{4}|[0-9]{2}))?)?",
    re.IGNORECASE,
)
_NAMES = {"program": "program", "kegiatan": "kegiatan", "subkegiatan": "sub kegiatan"}
_EXAMPLES = {"program": "7.01.01", "kegiatan": "7.01.01.2.01", "subkegiatan": "7.01.01.2.01.0001"}

Amounts = Mapping[str, Decimal]


def odd_code(subject: Subject) -> Iterator[Remark]:
    """P504: a code that is malformed, of another kind or under another parent; a name at odds with the list."""
    meant = _Meant(subject.around.nomenklatur)
    above: dict[str, Kode | None] = {}
    for simpul in subject.peta.simpul.values():
        induk = subject.peta.induk.get(simpul.id)
        upper = above[simpul.id] = _code_above(induk, above)
        kode = simpul.kode
        if kode is None or not kode.kode:
            continue
        problem = _form(kode, meant) or (upper and _place(kode, upper))
        if problem:
            yield Remark(simpul.id, *problem, kode.jenis, head=True)
        elif problem := _name(kode, subject.around.nomenklatur, meant):
            yield Remark(simpul.id, *problem, kode.jenis, part=(0, len(kode.nama)))


def unlisted_code(subject: Subject) -> Iterator[Remark]:
    """P505: a code that the list lacks; many of them, with nothing else against them, are one finding at the tree."""
    daftar = subject.around.nomenklatur
    known = {_urusan(kode) for kode in daftar.butir}
    meant = _Meant(daftar)
    unknown: dict[str, Kode] = {}
    for simpul in subject.peta.simpul.values():
        kode = simpul.kode
        if kode is None or _kind(kode.kode) != kode.jenis or _urusan(kode.kode) not in known or daftar.cari(kode.kode):
            continue
        if hint := _unlisted_hint(kode, meant):
            yield Remark(simpul.id, _unlisted(kode), hint, kode.jenis, head=True)
        else:
            unknown[simpul.id] = kode
    yield from _unlisted_together(unknown)


def odd_budget(subject: Subject) -> Iterator[Remark]:
    """P506: a budget that is not the sum of those below it, in a year for which all of them have one."""
    budgets = _Budgets(subject.peta)
    for simpul in subject.peta.simpul.values():
        if simpul.pagu and simpul.anak:
            for year, amount, total in budgets.at_odds(simpul):
                message = f"Pagu {year} di sini {rupiah(amount)}, sedangkan jumlah turunannya {rupiah(total)}."
                hint = f"Tulis {year}={rupiah(total)}, atau periksa pagu turunannya."
                yield Remark(simpul.id, message, hint, "pagu", year)


# -- codes -------------------------------------------------------------------------------------------------------------


class _Meant:
    """What a code was most likely to be, looked up in a list; the first names and codes are compared, not thousands."""

    def __init__(self, daftar: Nomenklatur) -> None:
        self._daftar = daftar
        self._compared = 0

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], str]:
        butir = reversed(list(self._daftar.butir.values()))
        return {(one.jenis, folded(one.nama)): one.kode for one in butir}

    @cached_property
    def _codes(self) -> dict[str, tuple[str, ...]]:
        butir = self._daftar.butir.values()
        return {jenis: tuple(one.kode for one in butir if one.jenis == jenis) for jenis in _NAMES}

    def by_name(self, kode: Kode) -> str:
        """Give another code that has this name in the list."""
        found = self._by_name.get((kode.jenis, folded(kode.nama)), "") if kode.nama else ""
        return found if found != kode.kode else ""

    def by_code(self, kode: Kode) -> str:
        """Give the nearest code of its kind."""
        self._compared += 1
        return nearest(kode.kode, self._codes[kode.jenis]) if self._compared <= MOST_SUGGESTIONS else ""


def _kind(kode: str) -> str:
    """Say by its segments what a code is a code of: program, kegiatan, subkegiatan, or nothing."""
    match = _CODE.fullmatch(kode)
    if match is None:
        return ""
    return "subkegiatan" if match["sub"] else "kegiatan" if match["kegiatan"] else "program"


def _urusan(kode: str) -> str:
    """Give the first two segments of a code, such as ``7.01``."""
    return kode[: len(ANY_URUSAN)]


def _code_above(induk: Simpul | None, above: Mapping[str, Kode | None]) -> Kode | None:
    """Give the nearest code above a node, or nothing where that one is malformed, which is told at its place."""
    if induk is None:
        return None
    if induk.kode and induk.kode.kode:
        return induk.kode if _kind(induk.kode.kode) else None
    return above[induk.id]


def _form(kode: Kode, meant: _Meant) -> tuple[str, str] | None:
    kind, name = _kind(kode.kode), _NAMES[kode.jenis]
    if kind == kode.jenis:
        return None
    if kind:
        message = f"Kode {kode.kode} adalah kode {_NAMES[kind]}, bukan kode {name}."
        return message, f"Ganti @{kode.jenis} dengan @{kind}, atau periksa kodenya."
    near = meant.by_name(kode) or meant.by_code(kode)
    example = f"Kode {name} ditulis seperti {_EXAMPLES[kode.jenis]}."
    return f"Kode {quoted(kode.kode)} bukan kode {name}.", f"Mungkin maksudnya {near}." if near else example


def _place(kode: Kode, upper: Kode) -> tuple[str, str] | None:
    if _belongs(kode.kode, upper.kode):
        return None
    message = f"Kode {kode.kode} tidak termasuk {_NAMES[upper.jenis]} {upper.kode} di atasnya."
    return message, "Periksa kedua kodenya, atau pindahkan kinerja ini ke bawah induknya yang benar."


def _belongs(kode: str, upper: str) -> bool:
    """Say whether a code lies under another, or is the same; a placeholder stands for any urusan."""
    if ANY_URUSAN in (_urusan(kode).upper(), _urusan(upper).upper()):
        kode, upper = kode[len(ANY_URUSAN) :], upper[len(ANY_URUSAN) :]
    return kode == upper or kode.startswith(upper + ".")


def _name(kode: Kode, daftar: Nomenklatur, meant: _Meant) -> tuple[str, str] | None:
    official = daftar.nama(kode.kode)
    if not official or not kode.nama or _alike(kode.nama, official):
        return None
    message = f"Nama ini bukan nama kode {kode.kode} dalam daftar nomenklatur."
    other = meant.by_name(kode)
    hint = f"Tulis namanya: {official}"
    return message, f"{hint}; atau, bila namanya yang benar, tulis kode {other}." if other else f"{hint}."


def _alike(one: str, other: str) -> bool:
    one, other = folded(one), folded(other)
    if one == other:
        return True
    from rapidfuzz import fuzz  # noqa: PLC0415 - 20 ms at start-up, needed only where a name differs

    return fuzz.ratio(one, other) >= LEAST_LIKENESS


def _unlisted(kode: Kode) -> str:
    return f"Kode {_NAMES[kode.jenis]} {kode.kode} tidak ada dalam daftar nomenklatur."


def _unlisted_hint(kode: Kode, meant: _Meant) -> str:
    """Give what speaks against a code besides that the list lacks it."""
    if other := meant.by_name(kode):
        return f"Mungkin maksudnya {other}, yang namanya sama."
    return "" if kode.nama else "Periksa kodenya; bila benar, tulis namanya di belakang kode."


def _unlisted_together(unknown: Mapping[str, Kode]) -> Iterator[Remark]:
    leave = "bila benar, biarkan, sebab daftar itu belum lengkap"
    if len(unknown) <= MOST_TOLD_ONE_BY_ONE:
        for id_, kode in unknown.items():
            yield Remark(id_, _unlisted(kode), f"Periksa kodenya; {leave}.", kode.jenis, head=True)
        return
    codes = tuple(dict.fromkeys(kode.kode for kode in unknown.values()))
    more = f", dan {len(codes) - MOST_NAMED} lainnya" if len(codes) > MOST_NAMED else ""
    message = f"{len(codes)} kode di pohon ini tidak ada dalam daftar nomenklatur."
    yield Remark("", message, f"Periksa {', '.join(codes[:MOST_NAMED])}{more}; {leave}.")


# -- budgets -----------------------------------------------------------------------------------------------------------


class _Budgets:
    """The budgets of what has a code or a budget: as written, else the sum of those below.

    ``deep`` adds up from the bottom wherever it can; ``below`` holds for every node the nearest such nodes below it.
    """

    def __init__(self, peta: Peta) -> None:
        self.own: dict[str, Amounts] = {}
        self.deep: dict[str, Amounts] = {}
        self.below: dict[str, tuple[Simpul, ...]] = {}
        for simpul in reversed(list(peta.simpul.values())):
            parts = self.below[simpul.id] = tuple(part for anak in simpul.anak for part in self._nearest(anak))
            if simpul.pagu or simpul.kode:
                written = {t.kunci: amount for t in simpul.pagu if (amount := besar(t.nilai)) is not None}
                self.own[simpul.id] = written if simpul.pagu else _sums(parts, self.own)
                self.deep[simpul.id] = {**self.own[simpul.id], **_sums(parts, self.deep)}

    def at_odds(self, simpul: Simpul) -> Iterator[tuple[str, Decimal, Decimal]]:
        """Give each year in which a budget is not the sum of those below, with both amounts.

        A wrong amount is told where it stands, so one that agrees with what is further below is no second finding.
        """
        parts = self.below[simpul.id]
        sums, deep, single = _sums(parts, self.own), _sums(parts, self.deep), _sums(self._codes_once(parts), self.own)
        for year, amount in self.own[simpul.id].items():
            if year in sums and round(amount) not in {round(total[year]) for total in (sums, deep, single)}:
                yield year, amount, sums[year]

    def _nearest(self, simpul: Simpul) -> tuple[Simpul, ...]:
        return (simpul,) if simpul.pagu or simpul.kode else self.below[simpul.id]

    def _codes_once(self, parts: tuple[Simpul, ...]) -> tuple[Simpul, ...]:
        """Leave out a budget that is written again, for a further performance of the same code."""
        first: dict[tuple[object, ...], Simpul] = {}
        for part in parts:
            code = part.kode.kode if part.kode else part.id
            first.setdefault((code, *sorted(self.own[part.id].items())), part)
        return tuple(first.values())


def _sums(parts: tuple[Simpul, ...], budgets: Mapping[str, Amounts]) -> Amounts:
    """Add up budgets for the years that all of them have."""
    amounts = [budgets[part.id] for part in parts]
    years = set.intersection(*(set(amount) for amount in amounts)) if amounts else set()
    return {year: sum((amount[year] for amount in amounts), Decimal(0)) for year in years}
