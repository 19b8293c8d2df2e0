"""What an indicator measures: the words for measures, and which indicators of a tree are the same."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pokin_dsl.model.query import pemegang
from pokin_dsl.model.tree import Csf

if TYPE_CHECKING:
    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.tree import Indikator, Simpul

Measured = tuple["Indikator", "Simpul"]
"""An indicator with the performance that it belongs to."""
Group = tuple[Measured, ...]

_FOLDED = 65536
_JOINTS = (" dan ", " serta ", "&", "/")
# What a measure may be called where it stands first.
_MEASURE = re.compile(
    r"(jumlah|persentase|prosentase|presentase|indeks|index|nilai|rasio|skor|predikat|opini|cakupan|tingkat|angka|laju"
    r"|ikm|sakip|akip|skm|ipm|rb|lppd)\b",
    re.IGNORECASE,
)
# The same behind "dan", where many of these words belong to the object: "Jenis dan Jumlah Barang", "Nilai Budaya",
# "Tingkat Desa dan Tingkat Kecamatan", "Koperasi dan IKM" (industri kecil dan menengah).
_SECOND_MEASURE = re.compile(
    r"(?:\b(?<!jenis )(?<!waktu )(?<!mutu )(?:dan|serta)\s|[&/])\s*"
    r"(?P<word>(?:jumlah|persentase|prosentase|presentase|indeks|index|rasio|skor|predikat|opini)\b"
    r"|nilai(?![\s-]+(?:nilai|agama|keagamaan|adat|budaya|sosial|luhur|moral|tradisi|kebangsaan|kejuangan|pancasila"
    r"|aset|jual|tambah)\b)\b)",
    re.IGNORECASE,
)
_BARE_MEASURE = re.compile(r"\b(?:dan|serta)\s+(?P<word>IKM|SAKIP|AKIP|SKM|IPM|RB|LPPD)$")
_SCORES = ("indeks", "index", "nilai", "skor", "predikat", "ikm", "sakip", "akip", "skm", "ipm")
# Words that say nothing behind "dan" unless the indicator began with them.
_AGAIN = {
    word: re.compile(rf"(?:\b(?:dan|serta)|&|/)\s*(?P<word>{word})\b", re.IGNORECASE)
    for word in ("angka", "cakupan", "laju", "tingkat")
}


def second_measure(text: str) -> re.Match[str] | None:
    """Find the word (group ``word``) with which an indicator names a second measure behind its first one."""
    plain = text.casefold()
    first = _MEASURE.match(text) if any(joint in plain for joint in _JOINTS) else None
    if first is None:
        return None
    found = _SECOND_MEASURE.search(text, first.end())
    # "Nilai/Predikat SAKIP" is one measure under two names.
    if found and not (text[found.start()] == "/" and not text[first.end() : found.start()].strip()):
        return found
    word = first[0].casefold()
    if word in _SCORES:
        return _BARE_MEASURE.search(text, first.end())
    return _AGAIN[word].search(text, first.end()) if word in _AGAIN else None


def same_indicators(peta: Peta) -> tuple[Group, ...]:
    """Give the indicators that stand at several places of a tree, each with its performances in written order."""
    groups: dict[str, list[Measured]] = {}
    for one in peta.indikator.values():
        if one[0].teks:
            groups.setdefault(folded(one[0].teks), []).append(one)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def like_parent(group: Group, peta: Peta) -> dict[str, Measured]:
    """Give, by indicator of a group, the one of the performance above it; a csf is none."""
    by_node = {simpul.id: (indikator, simpul) for indikator, simpul in reversed(group)}
    found: dict[str, Measured] = {}
    for indikator, simpul in group:
        above = peta.induk.get(simpul.id)
        while isinstance(above, Csf):
            above = peta.induk.get(above.id)
        if above and above.id in by_node:
            found[indikator.id] = by_node[above.id]
    return found


def unrelated(group: Group, peta: Peta) -> Group:
    """Leave out of a group what repeats its parent's, and sub-activities, whose wording the official list gives."""
    told = like_parent(group, peta)
    return tuple(
        (indikator, simpul)
        for indikator, simpul in group
        if indikator.id not in told and not (simpul.kode and simpul.kode.jenis == "subkegiatan")
    )


def two_agreements(group: Group) -> Group:
    """Give the first two of a group that stand on one level and are held by different positions, or nothing."""
    first: dict[str, Measured] = {}
    for indikator, simpul in group:
        holders = pemegang(simpul, indikator)
        if not holders:
            continue
        earlier = first.setdefault(simpul.jenis, (indikator, simpul))
        if set(holders) != set(pemegang(earlier[1], earlier[0])):
            return earlier, (indikator, simpul)
    return ()


@lru_cache(maxsize=_FOLDED)
def folded(text: str) -> str:
    """Fold what two indicators may differ in and still be the same: case, spaces, a full stop."""
    return " ".join(text.casefold().split()).rstrip(" .;")
