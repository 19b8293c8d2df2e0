"""Lines of text in a picture as SVG, which stay in their room in any font.

Each line is a `text` of its own: Firefox does not fit a `tspan` to a length.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from pokin_dsl.site.lettering import legible, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTE_SIZE, NOTE_INK = 10.5, "#334155"
"""Size and ink of a text that says nothing else; a picture gives them once for all its boxes."""
_SAFE_SHARE = 0.7
"""Of its room: a line that is shorter stays inside in any usual font, a longer one is told how long to be."""


@dataclass(frozen=True, slots=True)
class Style:
    """How lines of text are set: their class, size and step in pixels, further attributes."""

    kind: str
    size: float
    step: float
    attributes: str = ""
    bold: bool = False
    spacing: float = 0

    def text(self, lines: Sequence[str], x: float, y: float, room: float) -> str:
        """Set lines below one another; the blank between them keeps words apart when they are read or copied."""
        size = "" if self.size == NOTE_SIZE else f' font-size="{self.size:g}"'
        opening = f' class="{self.kind}"{size}{self.attributes}'
        first, *others = (self._line(line, x, y + nth * self.step, room) for nth, line in enumerate(lines or ("",)))
        if not others:
            return f"<text{opening}{first}"
        return f"<g{opening}>" + " ".join(f"<text{line}" for line in (first, *others)) + "</g>"

    def _line(self, line: str, x: float, y: float, room: float) -> str:
        width = text_width(line, self.size, bold=self.bold) + self.spacing * len(line)
        fixed = f' textLength="{width:.0f}" lengthAdjust="spacingAndGlyphs"' if width > _SAFE_SHARE * room else ""
        return f' x="{x:g}" y="{y:g}"{fixed}>{printed(line)}</text>'


def printed(text: str) -> str:
    """Return a text as it may stand in SVG."""
    return escape(legible(text))
