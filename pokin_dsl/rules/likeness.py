"""P107: statements that say nearly the same. Candidates come from an index, rapidfuzz judges their words.

Two statements are alike where they have the same words in any order, but for a misspelling or an added word. A word in
the place of another makes another statement, and so does a number, an ordinal or a "tidak": a score over whole texts
cannot tell "Kesehatan Ibu" from "Kesehatan Anak", so words are compared one by one.

The index keeps each statement under the pairs of its four rarest words. Statements that may differ in two words at most
share two of those four, so the index misses nothing but what ``MOST_IN_BUCKET`` cuts off, where hundreds of statements
are made of the same dozen words. ``tests/test_likeness.py`` holds it against all pairs: with 34 words it finds all of
them in 550 statements; where all statements are made of nine words, 62 of 100.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from pokin_dsl.rules.rule import Remark
from pokin_dsl.rules.words import ACTIVITY_NOUNS, CONDITION_OF, CONDITIONS, LOOKALIKES, SPELLINGS, words
from pokin_dsl.syntax.mistakes import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pokin_dsl.model.tree import Simpul
    from pokin_dsl.rules.rule import Subject

MOST_IN_BUCKET = 16
MOST_TWINS = 16
RAREST_WORDS = 4
LEAST_WORDS = 3
"""With fewer words of weight only equal statements are told of: one misspelling leaves too little to go by."""
_WORDS_PER_DIFFERENCE = 3
_MOST_DIFFERENCES = 2
_WORDS_FOR_ADDITION = 5
_SHORTEST_MISSPELT = 5

_WEIGHTLESS = frozenset(
    "dan serta atau di ke dari pada untuk dengan dalam oleh yang kepada bagi secara para sesuai terhadap".split()  # noqa: SIM905 - reads as the words
)
# What tells statements apart though all else is equal, as numbers do.
_TELLING = frozenset(
    "tidak belum non tanpa bukan satu dua tiga empat lima enam pertama kedua ketiga keempat kelima "  # noqa: SIM905 - reads as the words
    "ii iii iv vi vii viii ix xi xii januari februari maret april mei juni juli agustus september oktober november "
    "desember utara selatan timur barat".split()
)
_SAME = SPELLINGS | {"terselenggaranya": "terlaksananya"}
_Key = tuple[str, str, tuple[str, ...]]
_KNOWN = CONDITIONS | CONDITION_OF.keys() | ACTIVITY_NOUNS | LOOKALIKES


@dataclass(frozen=True, slots=True)
class Wording:
    """What a statement says, made comparable: its words of weight in order of the alphabet, and what tells it apart."""

    words: tuple[str, ...]
    telling: tuple[str, ...] = ()


def repeated_elsewhere(subject: Subject) -> Iterator[Remark]:
    """P107: a statement that another place of the tree has nearly alike; told at the later of the two."""
    statements = [(simpul, wording(simpul.teks)) for simpul in subject.peta.simpul.values() if simpul.teks]
    twins: dict[Wording, list[Simpul]] = {}
    near = near_wordings([said for _, said in statements])
    for simpul, said in statements:
        same = twins.setdefault(said, [])
        first = next((other for other in same if _counts(other, simpul, subject)), None)
        if first is None:
            first = _first_near(simpul, said, near.get(said, ()), twins, subject)
        if first is not None:
            yield _remark(simpul, first, subject)
        if len(same) < MOST_TWINS:
            same.append(simpul)


def wording(text: str) -> Wording:
    """Make a statement comparable: case, order, filling words and usual spellings put aside."""
    said: list[str] = []
    telling: list[str] = []
    for word in words(text):
        if word not in _WEIGHTLESS:
            (telling if _tells(word) else said).append(_SAME.get(word, word))
    return Wording(tuple(sorted(said)), tuple(sorted(telling)))


def alike(one: Wording, two: Wording) -> bool:
    """Say whether two wordings say nearly the same; equal ones do."""
    if one.telling != two.telling:
        return False
    shorter, longer = sorted((one.words, two.words), key=len)
    if shorter == longer:
        return True
    if len(longer) - len(shorter) > 1 or len(shorter) < LEAST_WORDS:
        return False
    added = _difference(longer, shorter)
    return len(added) <= _allowed(shorter) and _excused(_difference(shorter, longer), added, shorter)


def near_wordings(statements: Sequence[Wording]) -> dict[Wording, tuple[Wording, ...]]:
    """Give for each wording the earlier ones that are alike and not equal, the first one first."""
    distinct = tuple(dict.fromkeys(statements))
    often = Counter(word for said in distinct for word in said.words)
    buckets: dict[_Key, list[int]] = {}
    sets = [frozenset(said.words) for said in distinct]
    found: dict[Wording, tuple[Wording, ...]] = {}
    for number, said in enumerate(distinct):
        if len(said.words) >= LEAST_WORDS:
            candidates = _candidates(number, _keys(said, often), buckets)
            close = sorted(other for other in candidates if len(sets[number] - sets[other]) <= _MOST_DIFFERENCES)
            near = tuple(distinct[other] for other in close if alike(distinct[other], said))
            if near:
                found[said] = near
    return found


def _candidates(number: int, keys: Iterable[_Key], buckets: dict[_Key, list[int]]) -> set[int]:
    """Give the statements that share a key with one, and put it beside them."""
    candidates: set[int] = set()
    for key in keys:
        bucket = buckets.setdefault(key, [])
        candidates.update(bucket)
        if len(bucket) < MOST_IN_BUCKET:
            bucket.append(number)
    return candidates


def _keys(said: Wording, often: Counter[str]) -> Iterable[_Key]:
    rarest = sorted(set(said.words), key=lambda word: (often[word], word))[:RAREST_WORDS]
    return ((one, two, said.telling) for one, two in combinations(sorted(rarest), 2))


@lru_cache(maxsize=1 << 14)
def _tells(word: str) -> bool:
    return word in _TELLING or len(word) == 1 or (not word.isalpha() and any(letter.isdigit() for letter in word))


def _difference(one: tuple[str, ...], two: tuple[str, ...]) -> list[str]:
    """Give the words of one that two does not have, or not as often."""
    others = list(two)
    left = []
    for word in one:
        if word in others:
            others.remove(word)
        else:
            left.append(word)
    return left


def _allowed(shorter: tuple[str, ...]) -> int:
    return min(_MOST_DIFFERENCES, max(1, len(shorter) // _WORDS_PER_DIFFERENCE))


def _excused(lacking: list[str], added: list[str], shorter: tuple[str, ...]) -> bool:
    """Say whether each word that one lacks is a misspelling of one that the other adds, but for one added word."""
    left = list(added)
    for word in lacking:
        near = next((other for other in left if _is_misspelt(word, other)), None)
        if near is None:
            return False
        left.remove(near)
    return not left or len(shorter) >= _WORDS_FOR_ADDITION


@lru_cache(maxsize=1 << 14)
def _is_misspelt(one: str, two: str) -> bool:
    """Say whether two words are one: a letter wrong, missing, doubled or swapped, or a syllable added at the end."""
    if min(len(one), len(two)) < _SHORTEST_MISSPELT or (one in _KNOWN and two in _KNOWN):
        return False
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - 20 ms at start-up, needed only where two statements come near

    return one.startswith(two) or two.startswith(one) or OSA.distance(one, two, score_cutoff=1) <= 1


def _first_near(
    simpul: Simpul,
    said: Wording,
    near: Iterable[Wording],
    twins: dict[Wording, list[Simpul]],
    subject: Subject,
) -> Simpul | None:
    for other in near:
        longer_or_shorter = len(other.words) != len(said.words)
        for first in twins[other]:
            # Below one parent both stand in view: a word more is meant.
            if _counts(first, simpul, subject) and not (longer_or_shorter and _are_siblings(first, simpul, subject)):
                return first
    return None


def _counts(first: Simpul, later: Simpul, subject: Subject) -> bool:
    """Say whether two like statements are worth a word: not parent and child, not two official codes."""
    if first.kode and later.kode and first.kode.kode != later.kode.kode:
        return False
    above = subject.peta.induk.get(later.id)
    if above is first:
        return False
    return {first.jenis, later.jenis} != {"csf", "kondisi"} or not _stands_above(first, later, subject)


def _are_siblings(one: Simpul, two: Simpul, subject: Subject) -> bool:
    return subject.peta.induk.get(one.id) is subject.peta.induk.get(two.id)


def _stands_above(first: Simpul, later: Simpul, subject: Subject) -> bool:
    above = subject.peta.induk.get(later.id)
    while above is not None and above is not first:
        above = subject.peta.induk.get(above.id)
    return above is first


def _remark(later: Simpul, first: Simpul, subject: Subject) -> Remark:
    tempat, here = subject.resolved.letak[first.id], subject.resolved.letak[later.id]
    line = tempat.source.position(tempat.span().start).line
    where = f"di baris {line}" if tempat.source.path == here.source.path else f"di {tempat.source.path} baris {line}"
    how = "sama" if words(first.teks) == words(later.teks) else "hampir sama"
    message = f"Rumusan ini {how} dengan {quoted(first.teks)} {where}."
    hint = "Hapus salah satunya, atau tulis apa yang membedakan keduanya."
    return Remark(later.id, message, hint, other=(first.id, "rumusan yang pertama"))
