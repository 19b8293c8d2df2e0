"""Values of a series as officials write them: Indonesian numbers, percentages, ranges, predicates, fractions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Angka:
    """A number, ``1.250`` or ``82,10``; ``english`` says that it was written with a decimal point, ``95.5``."""

    teks: str
    besar: Decimal
    english: bool = False


@dataclass(frozen=True, slots=True)
class Persen:
    """A number with a percent sign, ``95,5%``; ``besar`` is 95.5."""

    teks: str
    besar: Decimal
    english: bool = False


@dataclass(frozen=True, slots=True)
class Batas:
    """A bound, such as ``>=80``."""

    teks: str
    tanda: str
    besar: Decimal


@dataclass(frozen=True, slots=True)
class Rentang:
    """A range from ``bawah`` to ``atas``, such as ``80-85``."""

    teks: str
    bawah: Decimal
    atas: Decimal


@dataclass(frozen=True, slots=True)
class Pecahan:
    """A fraction, such as ``4500/12``."""

    teks: str
    pembilang: Decimal
    penyebut: Decimal


@dataclass(frozen=True, slots=True)
class Predikat:
    """A grade or any quoted text, such as ``BB``, ``WTP`` or ``"Sangat Baik"`` (without its quotes)."""

    teks: str


@dataclass(frozen=True, slots=True)
class Tiada:
    """``-``: stated as none."""

    teks: str = "-"


@dataclass(frozen=True, slots=True)
class Rusak:
    """A text that is no value; kept as written."""

    teks: str


Nilai = Angka | Persen | Batas | Rentang | Pecahan | Predikat | Tiada | Rusak

# Points stand between thousands; "0.125" has none, so that its point can only be a decimal one.
_NUMBER = r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?|[+-]?[0-9]+(?:,[0-9]+)?"
_ENGLISH = re.compile(r"[+-]?[0-9]+\.[0-9]+")
_PATTERNS = (
    (re.compile(rf"(?:Rp\.?\s*)?(?P<a>{_NUMBER})", re.IGNORECASE), "angka"),
    (re.compile(rf"(?P<a>{_NUMBER})\s*%"), "persen"),
    (re.compile(rf"(?P<tanda>[<>]=?|[≤≥])\s?(?P<a>{_NUMBER})\s?%?"), "batas"),
    (re.compile(rf"(?P<a>{_NUMBER})\s?%?(?:-|–|s\.d\.|s/d)(?P<b>{_NUMBER})\s?%?"), "rentang"),
    (re.compile(rf"(?P<a>{_NUMBER})/(?P<b>{_NUMBER})"), "pecahan"),
    (re.compile(r"(?!Rp\.?\s*[0-9])(?P<a>[^\W\d_](?:[^\s=]*[^\s=,;])?)", re.IGNORECASE), "predikat"),
)
# No number that anyone plans with is longer.
_MOST_CHARACTERS = 80


@lru_cache(maxsize=1 << 14)
def read_nilai(written: str) -> Nilai:
    """Read one value as written in a series; what is no value is a ``Rusak``.

    ``95.5`` is read as 95,5 (``english``), while ``1.250`` is one thousand two hundred and fifty.
    """
    if written == "-":
        return Tiada()
    if len(written) > 1 and written[0] == written[-1] == '"':
        inner = written[1:-1].strip()
        return Predikat(inner) if inner else Rusak(written)
    if len(written) > _MOST_CHARACTERS and (not written[0].isalpha() or written[:2].casefold() == "rp"):
        return Rusak(written)
    for pattern, kind in _PATTERNS:
        match = pattern.fullmatch(written)
        if match:
            return _value(kind, written, match)
    return _english(written)


def indonesian(number: Decimal) -> str:
    """Print a number with points between thousands and a decimal comma, keeping its decimals."""
    text = f"{number:,f}"
    return text.translate(str.maketrans(",.", ".,"))


def rupiah(number: Decimal) -> str:
    """Print an amount of rupiah: ``Rp2.683.946.801``; cents only where there are any."""
    whole = number.to_integral_value()
    return "Rp" + indonesian(whole if whole == number else number)


def besar(nilai: Nilai) -> Decimal | None:
    """Give the number that a value can be compared by, or nothing."""
    return nilai.besar if isinstance(nilai, Angka | Persen) else None


def _value(kind: str, written: str, match: re.Match[str]) -> Nilai:
    if kind == "predikat":
        return Predikat(written)
    first = _decimal(match["a"])
    if kind == "angka":
        return Angka(written, first)
    if kind == "persen":
        return Persen(written, first)
    if kind == "batas":
        return Batas(written, match["tanda"], first)
    second = _decimal(match["b"])
    return Rentang(written, first, second) if kind == "rentang" else Pecahan(written, first, second)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _english(written: str) -> Nilai:
    number = written.removesuffix("%").rstrip()
    if not _ENGLISH.fullmatch(number):
        return Rusak(written)
    comma = number.replace(".", ",")
    if written.endswith("%"):
        return Persen(comma + "%", Decimal(number), english=True)
    return Angka(comma, Decimal(number), english=True)
