"""Source texts and places in them: offsets, lines, columns, and the UTF-16 columns that editors count in."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


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
    line_starts: tuple[int, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Find where each line starts; a line ends at LF alone, so CRLF leaves its CR at the line's end."""
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        object.__setattr__(self, "line_starts", tuple(starts))

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
