"""Source texts and places in them: offsets, lines, columns, and the UTF-16 columns that editors count in."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

_LINE_END = re.compile("\n")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of character offsets in one source: ``start <= offset < end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Position:
    """A place as people count it: line and column both start at 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file under the name that messages print; a BOM is no part of the text."""

    path: str
    text: str
    _line_starts: tuple[int, ...] | None = field(init=False, default=None, compare=False, repr=False)

    @property
    def line_starts(self) -> tuple[int, ...]:
        """Give where each line starts; a line ends at LF alone, so CRLF leaves its CR at the line's end."""
        starts = self._line_starts
        if starts is None:
            # Found when first asked for: a text without findings needs none. Two threads would find the same.
            starts = (0, *[found.end() for found in _LINE_END.finditer(self.text)])
            object.__setattr__(self, "_line_starts", starts)
        return starts

    def position(self, offset: int) -> Position:
        """Give the line and column of an offset; one outside the text is moved to its nearest end."""
        inside = min(max(offset, 0), len(self.text))
        line = bisect_right(self.line_starts, inside)
        return Position(line, inside - self.line_starts[line - 1] + 1)

    def line_text(self, line: int) -> str:
        """Give a line (counted from 1) without its end; an absent line is empty."""
        if not 1 <= line <= len(self.line_starts):
            return ""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] - 1 if line < len(self.line_starts) else len(self.text)
        return self.text[start:end].removesuffix("\r")

    def utf16_column(self, offset: int) -> int:
        """Give the column of an offset in UTF-16 code units, counted from 0 as the editor protocol does."""
        place = self.position(offset)
        before = self.line_text(place.line)[: place.column - 1]
        return len(before.encode("utf-16-le", "surrogatepass")) // 2
