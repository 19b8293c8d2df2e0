"""Ids: those that authors write, and those derived from the text where none is written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from pokin_dsl.syntax.vocabulary import RESERVED_IDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST = 80
_WORDS = re.compile(r"[a-z0-9]+")
_DIGEST_BYTES = 3


@lru_cache(maxsize=1 << 16)
def slug(text: str) -> str:
    """Give a text as lower-case ASCII words joined by ``-``, cut at a word's end at 80 characters; may be empty."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    joined = "-".join(_WORDS.findall(plain.lower()))
    if len(joined) <= LONGEST:
        return joined
    cut = joined[: LONGEST + 1].rfind("-")
    return joined[: cut if cut > 0 else LONGEST]


class IdGiver:
    """Gives derived ids for one tree; knows the written ones and how many texts share a slug.

    A slug that is unique and free is the id. All that share one, or meet a written id, get ``-`` and six hex digits
    over kind, text and the ids of their ancestors, so that order plays no part.
    """

    def __init__(self, written: Iterable[str], unnamed: Iterable[tuple[str, str]]) -> None:
        """Take the written ids and aliases, and kind and text of all that have none."""
        self._taken = set(written) | RESERVED_IDS
        shared: dict[str, int] = {}
        for kind, text in unnamed:
            stem = slug(text) or kind
            shared[stem] = shared.get(stem, 0) + 1
        self._shared = shared

    def give(self, kind: str, text: str, ancestors: Sequence[str]) -> str:
        """Give the id of one thing; the ids of its ancestors must have been given before."""
        words = slug(text)
        stem = words or kind
        if words and self._shared.get(stem, 0) <= 1 and stem not in self._taken:
            self._taken.add(stem)
            return stem
        return self._hashed(stem, (kind, text, *ancestors))

    def _hashed(self, stem: str, parts: tuple[str, ...]) -> str:
        salt = 0
        while True:
            # Equal in kind, text and ancestors (twins under one parent), or one of 16 million: ask again with salt.
            seasoned = (*parts, str(salt)) if salt else parts
            digest = blake2b("\0".join(seasoned).encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES)
            candidate = f"{stem}-{digest.hexdigest()}"
            if candidate not in self._taken:
                self._taken.add(candidate)
                return candidate
            salt += 1
