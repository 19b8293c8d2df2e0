"""P107 beside all pairs: what the index misses, and which edits of a statement are seen at all."""

from __future__ import annotations

import random
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.rules.likeness import MOST_IN_BUCKET, Wording, alike, near_wordings, wording
from tests.support import read_tree

if TYPE_CHECKING:
    from collections.abc import Callable

_VERBS = ("Terlaksananya", "Tersedianya", "Tersusunnya", "Terkelolanya", "Meningkatnya", "Terpeliharanya")
_WORDS = (
    "Pelayanan",
    "Administrasi",
    "Kependudukan",
    "Pembinaan",
    "Lembaga",
    "Masyarakat",
    "Dokumen",
    "Perencanaan",
    "Perangkat",
    "Daerah",
    "Sarana",
    "Prasarana",
    "Gedung",
    "Kantor",
    "Keuangan",
    "Aset",
    "Kelurahan",
    "Wilayah",
    "Ketertiban",
    "Kesehatan",
    "Pendidikan",
    "Keluarga",
    "Pembangunan",
    "Usaha",
    "Peralatan",
    "Kendaraan",
    "Laporan",
    "Penyuluhan",
    "Musyawarah",
    "Forum",
    "Petugas",
    "Posyandu",
    "Lingkungan",
    "Kebersihan",
)
_ADDED = ("Terpadu", "Berkala", "Tahunan", "Bersama")


def statements(count: int, chance: random.Random) -> list[str]:
    """Give statements of four to seven words that differ from one another in more than two words."""
    made: list[str] = []
    while len(made) < count:
        text = " ".join((chance.choice(_VERBS), *chance.sample(_WORDS, chance.randint(3, 6))))
        if all(len(set(text.split()) ^ set(other.split())) > 4 for other in made):
            made.append(text)
    return made


def misspelt(text: str, chance: random.Random) -> str:
    """Leave out, double or swap one letter inside a word."""
    said = text.split()
    nth = chance.randrange(len(said))
    word = said[nth]
    at = chance.randrange(1, len(word) - 1)
    said[nth] = chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        )
    )
    return " ".join(said)


def reordered(text: str, chance: random.Random) -> str:
    said = text.split()
    one, two = chance.sample(range(1, len(said)), 2)
    said[one], said[two] = said[two], said[one]
    return " ".join(said)


def lengthened(text: str, chance: random.Random) -> str:
    said = text.split()
    said.insert(chance.randrange(1, len(said) + 1), chance.choice(_ADDED))
    return " ".join(said)


def replaced(text: str, chance: random.Random) -> str:
    said = text.split()
    said[chance.randrange(1, len(said))] = chance.choice([word for word in _WORDS if word not in said])
    return " ".join(said)


def test_the_index_misses_nothing_that_all_pairs_find() -> None:
    chance = random.Random(107)
    originals = statements(150, chance)
    edits = (misspelt, reordered, lengthened, replaced)
    texts = originals + [edit(text, chance) for text in originals[:100] for edit in edits]
    chance.shuffle(texts)
    made = list(dict.fromkeys(wording(text) for text in texts))
    everything = {(one, two) for one, two in combinations(made, 2) if alike(one, two)}
    indexed = {(one, two) for two, earlier in near_wordings(made).items() for one in earlier}
    assert len(everything) > 150
    assert indexed == everything


def test_the_index_misses_some_where_hundreds_share_their_words() -> None:
    """All statements here are made of nine words, so that the buckets of pairs overflow."""
    chance = random.Random(107)
    made = [wording(" ".join(chance.sample(_WORDS[:9], 6))) for _ in range(400)]
    made += [wording(misspelt(" ".join(chance.sample(_WORDS[:9], 6)), chance)) for _ in range(200)]
    made = list(dict.fromkeys(made))
    everything = {two for one, two in combinations(made, 2) if alike(one, two)}
    indexed = set(near_wordings(made))
    assert len(everything) > 10 * MOST_IN_BUCKET
    assert 0.6 <= len(indexed & everything) / len(everything) < 1
    assert indexed <= everything


@pytest.mark.parametrize(
    ("edit", "least", "most"),
    [(misspelt, 0.9, 0.96), (reordered, 1.0, 1.0), (lengthened, 0.9, 0.95), (replaced, 0.0, 0.0)],
)
def test_the_share_of_edits_that_is_seen(edit: Callable[[str, random.Random], str], least: float, most: float) -> None:
    chance = random.Random(107)
    pairs = [(text, edit(text, chance)) for text in statements(300, chance)]
    seen = sum(alike(wording(one), wording(two)) for one, two in pairs) / len(pairs)
    assert least <= seen <= most


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Terlaksananya Pembinaan Desa", "Terlaksananya Pembinan Desa", True),
        ("Terlaksananya Pelayanan Desa", "Terlaksananya Pelayanna Desa", True),
        ("Terlaksananya Pelayanan di Desa", "Terselenggaranya Pelayanan Desa", True),
        ("Tersedianya Mebel", "Tersedianya Mebell", False),
        ("Tersedianya Mebel", "tersedianya mebel", True),
        ("Terlaksananya Pendataan Aset Desa", "Terlaksananya Penataan Aset Desa", False),
        ("Terlaksananya Pelayanan Perizinan", "Terlaksananya Pelayanan Non Perizinan", False),
        ("Terlaksananya Rapat Triwulan 1", "Terlaksananya Rapat Triwulan 2", False),
        ("Terlaksananya Pelayanan Wilayah I", "Terlaksananya Pelayanan Wilayah II", False),
        ("Terlaksananya Rapat Pertama Forum Desa", "Terlaksananya Rapat Kedua Forum Desa", False),
        ("Meningkatnya Ketentraman di Wilayah", "Meningkatnya Ketenteraman Wilayah", True),
        ("Meningkatnya Kesehatan Ibu di Wilayah Kecamatan", "Meningkatnya Kesehatan Anak di Wilayah Kecamatan", False),
    ],
)
def test_what_is_nearly_the_same(one: str, two: str, same: bool) -> None:  # noqa: FBT001 - a table of yes and no
    assert alike(wording(one), wording(two)) is same
    assert alike(wording(two), wording(one)) is same


TREE = """\
pokin: 1
judul: Pohon
tahap: 3
outcome Terwujudnya Pelayanan yang Baik
  csf Belum Optimalnya Pelayanan
    kondisi Meningkatnya Pelayanan
      antara Terselenggaranya Pelayanan di Desa
        operasional {one}
        operasional {two}
      antara Terselenggaranya Pembangunan Jalan
        operasional {three}
"""
LONG = "Tersedianya Sarana dan Prasarana Gedung Kantor Camat"


def places(one: str, two: str, three: str) -> list[str]:
    checked = read_tree(TREE.format(one=one, two=two, three=three))
    source = checked.documents[0].source
    return [f"{source.position(d.span.start).line}" for d in checked.diagnostics if d.code == "P107"]


def test_a_word_more_is_meant_below_one_parent_and_told_elsewhere() -> None:
    more = LONG.replace("Gedung", "Pendukung Gedung")
    assert places(LONG, more, "Terbangunnya Jalan") == []
    assert places(LONG, "Terbangunnya Jalan", more) == ["11"]


def test_two_official_codes_are_two_things() -> None:
    code = "\n          @subkegiatan 7.01.01.2.07.00{} Pengadaan"
    assert places(LONG + code.format("10"), "Terbangunnya Jalan", LONG + code.format("11")) == []
    assert places(LONG + code.format("10"), "Terbangunnya Jalan", LONG + code.format("10")) == ["12"]
    assert places(LONG + code.format("10"), LONG + code.format("11"), LONG + code.format("11")) == ["13"]


def test_the_earliest_is_named_and_each_later_one_told() -> None:
    checked = read_tree(TREE.format(one=LONG, two=LONG, three=LONG))
    told = [d for d in checked.diagnostics if d.code == "P107"]
    assert ["baris 8" in finding.message for finding in told] == [True, True]


def test_nothing_is_a_wording_too() -> None:
    assert near_wordings([]) == {}
    assert wording("... &") == Wording(())
