"""What derived ids are made of: the words of a text, and a digest where these do not tell enough."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


def digested(stem: str, parts: Sequence[str], is_taken: Callable[[str], bool]) -> str:
    """Give a stem with ``-`` and six hex digits over ``parts``: kind, text and the ids of the ancestors."""
    salt = 0
    while True:
        # Equal in kind, text and ancestors (twins under one parent), or one of 16 million: ask again with salt.
        seasoned = (*parts, str(salt)) if salt else parts
        digest = blake2b("\0".join(seasoned).encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES)
        candidate = f"{stem}-{digest.hexdigest()}"
        if not is_taken(candidate):
            return candidate
        salt += 1
