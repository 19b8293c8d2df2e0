"""How near two wordings are, and which pairs of a great many are worth comparing at all."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pokin_dsl.model.diff.parts import Part

WHOLE = 1000
"""The nearness of equal wordings; all figures here are whole numbers, so that no order of adding plays a part."""
RAREST_WORDS = 3
MOST_PAIRS = 64
"""What shares a word is compared one with all up to so many pairs; beyond, only with what stands at the same height."""
NEIGHBOURS = 2
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


class Likeness:
    """Nearness of wordings, where a word weighs the less the more often it is used in the two trees."""

    def __init__(self, before: Iterable[Part], after: Iterable[Part]) -> None:
        """Count the words of two trees."""
        from rapidfuzz.distance import Indel  # noqa: PLC0415 - 20 ms at start-up, needed only where a text changed

        self._letters = Indel.normalized_similarity
        self._often: Counter[str] = Counter()
        for side in (before, after):
            for part in side:
                self._often.update(_words(part.wording))
        self._weighed: dict[str, tuple[dict[str, int], int]] = {}

    def of(self, one: str, other: str) -> int:
        """Give 0 to ``WHOLE``: the mean of how many words (by weight) and how many letters two wordings share."""
        if one == other:
            return WHOLE
        return (self._shared(one, other) + int(self._letters(one, other) * WHOLE)) // 2

    def candidates(self, before: Sequence[Part], after: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
        """Give the pairs that share one of their rarest words, in number linear in that of the parts.

        A pair may come more than once.
        """
        known = _vocabulary(before) & _vocabulary(after)
        left, right = self._buckets(before, known), self._buckets(after, known)
        for word in left.keys() & right.keys():
            yield from _pairs(left[word], right[word])

    def _shared(self, one: str, other: str) -> int:
        """Give how much of the weight of two wordings is in words that both have."""
        words, weight = self._weights(one)
        others, other_weight = self._weights(other)
        common = sum([weighed for word, weighed in words.items() if word in others])
        return 2 * WHOLE * common // (weight + other_weight) if common else 0

    def _weights(self, wording: str) -> tuple[dict[str, int], int]:
        """Give the words of a wording, each once, with their weights and the sum of these."""
        found = self._weighed.get(wording)
        if found is None:
            words = {word: WHOLE // self._often[word].bit_length() for word in _words(wording)}
            found = self._weighed[wording] = (words, sum(words.values()))
        return found

    def _buckets(self, parts: Iterable[Part], known: set[str]) -> dict[str, list[Part]]:
        buckets: dict[str, list[Part]] = {}
        for part in parts:
            shared = (word for word in _words(part.wording) if word in known)
            for word in islice(sorted(shared, key=lambda word: (self._often[word], word)), RAREST_WORDS):
                buckets.setdefault(word, []).append(part)
        return buckets


def _pairs(before: Sequence[Part], after: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
    if len(before) * len(after) <= MOST_PAIRS:
        yield from product(before, after)
        return
    for nth, part in enumerate(before):
        for other in after[max(0, nth - NEIGHBOURS) : nth + NEIGHBOURS + 1]:
            yield part, other


def _vocabulary(parts: Iterable[Part]) -> set[str]:
    return {word for part in parts for word in _words(part.wording)}


@lru_cache(maxsize=1 << 15)
def _words(wording: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_WORD.findall(wording)))
