"""Lettering of a picture: how wide a text is, where its lines break, which characters may appear.

Widths are those of Arimo, Liberation Sans and Arial, which agree with one another to the unit, so
that a page which names these three shows the lines as they were measured here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FONTS = "Arial, 'Liberation Sans', Arimo, sans-serif"

# Advance widths in thousandths of an em, rounded up; read once with fonttools from
# LiberationSans-Regular.ttf and -Bold.ttf 2.1, in the order of _KNOWN.
_KNOWN = "".join(map(chr, range(0x20, 0x7F))) + "".join(map(chr, range(0xA0, 0x100))) + "–—‘’“”•…≤≥"
_REGULAR = """
278 278 355 557 557 890 667 191 334 334 390 584 278 334 278 278 557 557 557 557 557 557 557 557
557 557 278 278 584 584 584 557 1016 667 667 723 723 667 611 778 723 278 500 667 557 834 723 778
667 778 723 667 611 723 667 944 667 667 611 278 278 278 470 557 334 557 557 500 557 557 278 557
557 223 223 500 223 834 557 557 557 557 334 500 278 557 500 723 500 500 500 334 260 334 584 278
334 557 557 557 557 260 557 334 737 371 557 584 334 737 553 400 549 334 334 334 577 538 278 334
334 366 557 834 834 834 611 667 667 667 667 667 667 1000 723 667 667 667 667 278 278 278 278 723
723 778 778 778 778 778 584 778 723 723 723 723 667 667 611 557 557 557 557 557 557 890 500 557
557 557 557 278 278 278 278 557 557 557 557 557 557 557 549 611 557 557 557 557 500 557 500 557
1000 223 223 334 334 351 1000 549 549
"""
_BOLD = """
278 334 475 557 557 890 723 238 334 334 390 584 278 334 278 278 557 557 557 557 557 557 557 557
557 557 334 334 584 584 584 611 976 723 723 723 723 667 611 778 723 278 557 723 611 834 723 778
667 778 723 667 611 723 667 944 667 667 611 334 278 334 584 557 334 557 611 557 611 557 334 611
611 278 278 557 278 890 611 611 611 611 390 557 334 611 557 778 557 557 500 390 280 390 584 278
334 557 557 557 557 280 557 334 737 371 557 584 334 737 553 400 549 334 334 334 577 557 278 334
334 366 557 834 834 834 611 723 723 723 723 723 723 1000 723 667 667 667 667 278 278 278 278 723
723 778 778 778 778 778 584 778 723 723 723 723 667 667 611 557 557 557 557 557 557 890 557 557
557 557 557 278 278 278 278 611 611 611 611 611 611 611 549 611 611 611 611 611 557 611 557 557
1000 278 278 500 500 351 1000 549 549
"""
_UNKNOWN, _EMOJI = 1000, 1300
ELLIPSIS = "…"

# What XML 1.0 cannot hold, and the marks that would turn the reading direction of a whole line.
_UNFIT = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u200d\u2010-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_AFTER_SLASH_OR_HYPHEN = re.compile(r"(?<=[/-])")


class _Widths(dict[str, int]):
    """Width of a character; one that the table lacks is taken as wide, a combining mark as nothing."""

    def __missing__(self, character: str) -> int:
        """Width of a character that is not in the table; nothing is kept, so memory stays bounded."""
        if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
            return 0
        return _UNKNOWN if character <= "\uffff" else _EMOJI


def _widths(figures: str) -> _Widths:
    return _Widths(zip(_KNOWN, map(int, figures.split()), strict=True))


_FACES: Mapping[bool, _Widths] = {False: _widths(_REGULAR), True: _widths(_BOLD)}


def legible(text: str) -> str:
    """Return the text without characters that XML forbids or that change the reading direction.

    Each of them becomes a blank, so that words stay apart.
    """
    return text if text.isprintable() else _UNFIT.sub(" ", text)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width in pixels of the text in one line, at a font size in pixels."""
    return sum(map(_FACES[bold].__getitem__, text)) * size / 1000


@lru_cache(maxsize=8192)
def wrap(text: str, width: float, size: float, *, bold: bool = False, most: int | None = None) -> tuple[str, ...]:
    """Break the text into lines of at most `width` pixels at a font size in pixels.

    Lines break at blanks; a word that is too long breaks after "/" and "-", then anywhere. Of more
    than `most` lines the first ones are given, and the last of them ends in "…".
    """
    widths = _FACES[bold]
    limit = width * 1000 / size
    lines: list[str] = []
    line, used = "", 0
    for piece, blank in _pieces(legible(text), limit, widths):
        room = sum(map(widths.__getitem__, piece))
        gap = widths[" "] if blank and line else 0
        if line and used + gap + room > limit:
            lines.append(line)
            line, used = piece, room
            if most is not None and len(lines) > most:
                break
        else:
            line = f"{line} {piece}" if gap else line + piece
            used += gap + room
    if line:
        lines.append(line)
    return tuple(lines) if most is None or len(lines) <= most else _cut(lines[:most], limit, widths)


def _pieces(text: str, limit: float, widths: _Widths) -> Iterator[tuple[str, bool]]:
    """Give what may not be broken, each with whether a blank stands before it."""
    for word in text.split():
        if sum(map(widths.__getitem__, word)) <= limit:
            yield word, True
            continue
        blank = True
        for part in _AFTER_SLASH_OR_HYPHEN.split(word):
            for chunk in _chunks(part, limit, widths):
                yield chunk, blank
                blank = False


def _chunks(word: str, limit: float, widths: _Widths) -> Iterator[str]:
    """Cut a word wherever the limit is reached; a chunk has at least one character."""
    start, used = 0, 0
    for place, character in enumerate(word):
        width = widths[character]
        if used + width > limit and place > start:
            yield word[start:place]
            start, used = place, 0
        used += width
    if start < len(word):
        yield word[start:]


def _cut(lines: list[str], limit: float, widths: _Widths) -> tuple[str, ...]:
    """End the last line in "…", shortening it until that fits."""
    if not lines:
        return ()
    last = lines[-1]
    room = limit - widths[ELLIPSIS]
    used = sum(map(widths.__getitem__, last))
    while last and used > room:
        used -= widths[last[-1]]
        last = last[:-1]
    return (*lines[:-1], last.rstrip(" ,;:.-/") + ELLIPSIS)
