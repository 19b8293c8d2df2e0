"""Near names for "did you mean", scored by rapidfuzz."""

from __future__ import annotations

from functools import lru_cache

LONGEST_WORD = 60
LEAST_SCORE = 70.0


@lru_cache(maxsize=4096)
def nearest(word: str, names: tuple[str, ...]) -> str:
    """Give the name most like ``word`` after case folding, or an empty text where none is near.

    Words over 60 characters are never typing errors of a name, and are not compared.
    """
    if not word or len(word) > LONGEST_WORD or not names:
        return ""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - 20 ms at start-up, needed only after a mistake

    found = process.extractOne(word.casefold(), names, scorer=fuzz.ratio, score_cutoff=LEAST_SCORE)
    return found[0] if found else ""
