"""How one box of a picture looks: its height, and its SVG with the top left corner at 0, 0."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from pokin_dsl.site.lettering import legible, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pokin_dsl.site.diagram import Box


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a level: ink of its label, the strip behind it, outline and ground of the box."""

    ink: str
    strip: str
    outline: str
    ground: str
    dashes: str = ""


_WHITE = "#fff"
LOOKS = {
    "outcome": Look(_WHITE, "#7f1d1d", "#7f1d1d", _WHITE),
    "csf": Look("#78350f", "#fde68a", "#b45309", "#fef3c7", "5 3"),
    "kondisi": Look(_WHITE, "#b91c1c", "#b91c1c", _WHITE),
    "antara": Look(_WHITE, "#1d4ed8", "#1d4ed8", _WHITE),
    "operasional": Look(_WHITE, "#15803d", "#15803d", _WHITE),
}
_OTHER = Look(_WHITE, "#475569", "#475569", _WHITE)


@dataclass(frozen=True, slots=True)
class Outline:
    """How a box that differs from a former version is marked: its sign, its ink, and an outline like no other."""

    sign: str
    ink: str
    ground: str
    width: float
    dashes: str = ""
    double: bool = False


OUTLINES = {
    "baru": Outline("+", "#166534", "#dcfce7", 1.5, double=True),
    "lama": Outline("\N{MINUS SIGN}", "#b3261e", "#fdeceb", 2, "8 5"),
    "pindah": Outline("→", "#6d28d9", "#ede9fe", 2.5, "14 3 2 3"),
    "asal": Outline("→", "#6d28d9", "#f5f3ff", 2, "2 4"),
    "ubah": Outline("~", "#9a3412", "#ffedd5", 3),
}
_INK, _SOFT_INK, _FAINT, _REST_GROUND = "#0f172a", "#334155", "#cbd5e1", "#f1f5f9"

ROUNDING = 6
_PADDING = 11
_INDENT = 11
_STRIP = 20
_NAME_SIZE, _NAME_STEP, _NAME_LINES = 12, 15, 7
_NOTE_SIZE, _NOTE_STEP, _NOTE_LINES = 10.5, 13.5, 4
_NOTES = 2
_MARK_SIZE, _MARK_STEP, _MARK_LINES = 10.5, 13, 3
_LABEL_SIZE, _LABEL_SPACING = 9, 0.7
_LONGEST = 1000
"""Characters of a text that are looked at; more than fit in the lines of a box."""

_DIAMOND = "m3-3.2 3.2 3.2-3.2 3.2-3.2-3.2z"
_SHEET = "m.5-4h3.5l2 2v6h-5.5z"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of a box: its height in pixels, and SVG without the link around it."""

    height: int
    svg: str


def draw_box(box: Box, width: int) -> Drawn:
    """Draw a box of this width in pixels."""
    if box.level == "lagi":
        return _draw_rest(_rest_text(box), width)
    look = LOOKS.get(box.level, _OTHER)
    mark = (box.mark, box.mark_words)
    inside = _inside(look, box.label, box.statement, box.indicators, box.holders, box.more, mark, width)
    frame = _marked_frame if box.mark in OUTLINES else _frame
    return Drawn(inside.height, frame(look, box, width, inside.height) + inside.svg)


def full_text(box: Box) -> str:
    """Return everything that the box says, uncut, one thing on a line."""
    if box.level == "lagi":
        return _rest_text(box)
    lines = [box.mark_words] if box.mark in OUTLINES else []
    lines.append(f"{box.label}: {box.statement}")
    lines += [f"Indikator: {indicator}" for indicator in box.indicators]
    lines += [f"PK {holder}" for holder in box.holders]
    return "\n".join(lines)


@lru_cache(maxsize=4096)
def _inside(  # noqa: PLR0913, PLR0917 - what a box shows is what its drawing is remembered by
    look: Look,
    label: str,
    statement: str,
    indicators: tuple[str, ...],
    holders: tuple[str, ...],
    more: int,
    mark: tuple[str, str],
    width: int,
) -> Drawn:
    """Draw what stands in the frame, from top to bottom."""
    room = width - 2 * _PADDING
    name = wrap(statement[:_LONGEST], room, _NAME_SIZE, bold=True, most=_NAME_LINES)
    notes = [
        *_notes("ukuran", _DIAMOND, look, _some(indicators, "indikator"), room),
        *_notes("pemegang", _SHEET, look, _some([f"PK {holder}" for holder in holders], "jabatan"), room),
        *_notes("lanjutan", "", look, [f"+ {_count(more)} kinerja di bawahnya"] if more > 0 else [], room),
    ]
    flag, top = _flag(mark, width)
    parts = [_strip(label, look, width), flag, _name(name, top, struck=mark[0] == "lama")]
    bottom = top + 7.0 + _NAME_STEP * len(name)
    if notes:
        parts.append(_rule(bottom + 4, width))
        bottom += 8
    for note in notes:
        parts.append(note.svg(bottom))
        bottom += note.height
    return Drawn(round(bottom + 7), "".join(parts))


def _rest_text(box: Box) -> str:
    return box.mark_words or f"dan {_count(box.more)} lagi"


def _draw_rest(text: str, width: int) -> Drawn:
    height = 32
    return Drawn(
        height,
        f'<rect class="latar" width="{width}" height="{height}" rx="{ROUNDING}" fill="{_REST_GROUND}"'
        ' stroke="#94a3b8"/>'
        f'<text class="lagi" x="{width // 2}" y="20" text-anchor="middle" font-size="11" font-weight="700"'
        f' fill="{_SOFT_INK}">{_safe(text)}</text>',
    )


def _frame(look: Look, box: Box, width: int, height: int) -> str:
    """Draw ground and outline; that of the box in focus is thick, solid, and grows outwards."""
    if box.focus:
        return (
            f'<rect class="latar" x="-1" y="-1" width="{width + 2}" height="{height + 2}" rx="{ROUNDING + 1}"'
            f' fill="{look.ground}" stroke="{look.outline}" stroke-width="3.5"/>'
        )
    dashes = f' stroke-dasharray="{look.dashes}"' if look.dashes else ""
    return (
        f'<rect class="latar" width="{width}" height="{height}" rx="{ROUNDING}" fill="{look.ground}"'
        f' stroke="{look.outline}" stroke-width="1.5"{dashes}/>'
    )


def _marked_frame(look: Look, box: Box, width: int, height: int) -> str:
    """Draw ground and outline of a box that differs; a second line around a new one."""
    outline = OUTLINES[box.mark]
    thick = outline.width + (1.5 if box.focus else 0)
    dashes = f' stroke-dasharray="{outline.dashes}"' if outline.dashes else ""
    second = (
        f'<rect class="latar-luar" x="-2.2" y="-2.2" width="{width + 4.4:g}" height="{height + 4.4:g}"'
        f' rx="{ROUNDING + 2}" fill="none" stroke="{outline.ink}"/>'
        if outline.double
        else ""
    )
    return second + (
        f'<rect class="latar" width="{width}" height="{height}" rx="{ROUNDING}" fill="{look.ground}"'
        f' stroke="{outline.ink}" stroke-width="{thick:g}"{dashes}/>'
    )


def _flag(mark: tuple[str, str], width: int) -> tuple[str, float]:
    """Draw the words about a difference below the strip, and say where what follows begins."""
    kind, words = mark
    if kind not in OUTLINES:
        return "", _STRIP
    outline = OUTLINES[kind]
    text = f"{outline.sign} {words}"[:_LONGEST]
    lines = wrap(text, width - 2 * _PADDING, _MARK_SIZE, bold=True, most=_MARK_LINES)
    height = _MARK_STEP * len(lines) + 6
    return (
        f'<rect class="latar-beda" x="1.5" y="{_STRIP}" width="{width - 3}" height="{height:g}"'
        f' fill="{outline.ground}"/>'
        f'<text class="beda" x="{_PADDING}" y="{_STRIP + 13}" font-size="{_MARK_SIZE}" font-weight="700"'
        f' fill="{outline.ink}">{_spans(lines, _PADDING, _MARK_STEP)}</text>'
    ), _STRIP + height


def _strip(label: str, look: Look, width: int) -> str:
    """Draw the coloured strip with the level's label in capitals."""
    inset, radius = 0.4, ROUNDING - 0.4
    side, top = f"{_STRIP - inset - radius:g}", f"{width - 2 * (inset + radius):g}"
    corner = f"a{radius:g} {radius:g} 0 0 1 {radius:g}"
    # Spaced capitals: measured a quarter larger, so that the spacing is paid for.
    lines = wrap(label[:_LONGEST].upper(), width - 2 * _PADDING, _LABEL_SIZE * 1.25, bold=True, most=1)
    return (
        f'<path class="pita" fill="{look.strip}"'
        f' d="M{inset} {_STRIP}v-{side}{corner}-{radius:g}h{top}{corner} {radius:g}v{side}z"/>'
        f'<text class="label" x="{_PADDING}" y="13.7" font-size="{_LABEL_SIZE}" font-weight="700"'
        f' letter-spacing="{_LABEL_SPACING}" fill="{look.ink}">{_safe("".join(lines))}</text>'
    )


def _name(lines: Sequence[str], top: float, *, struck: bool) -> str:
    through = ' text-decoration="line-through"' if struck else ""
    return (
        f'<text class="nama" x="{_PADDING}" y="{top + 17:g}" font-size="{_NAME_SIZE}" font-weight="700"'
        f' fill="{_INK}"{through}>{_spans(lines, _PADDING, _NAME_STEP)}</text>'
    )


def _rule(y: float, width: int) -> str:
    return f'<path class="pemisah" d="M{_PADDING} {y:g}h{width - 2 * _PADDING}" stroke="{_FAINT}"/>'


@dataclass(frozen=True, slots=True)
class _Note:
    """A text in small letters behind a mark."""

    kind: str
    mark: str
    colour: str
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return _NOTE_STEP * len(self.lines) + 2

    def svg(self, top: float) -> str:
        x = _PADDING + _INDENT if self.mark else _PADDING
        return self._mark(top + 7) + (
            f'<text class="{self.kind}" x="{x}" y="{top + 11:g}" font-size="{_NOTE_SIZE}" fill="{_SOFT_INK}">'
            f"{_spans(self.lines, x, _NOTE_STEP)}</text>"
        )

    def _mark(self, y: float) -> str:
        if not self.mark:
            return ""
        return f'<path class="tanda" fill="none" stroke="{self.colour}" d="M{_PADDING} {y:g}{self.mark}"/>'


def _notes(kind: str, mark: str, look: Look, texts: Iterable[str], room: int) -> list[_Note]:
    room -= _INDENT
    wrapped = (wrap(text[:_LONGEST], room, _NOTE_SIZE, most=_NOTE_LINES) for text in texts)
    return [_Note(kind, mark, look.outline, lines) for lines in wrapped if lines]


def _some(texts: Sequence[str], what: str) -> Sequence[str]:
    """Return the first texts, and how many more there are."""
    rest = len(texts) - _NOTES
    return texts if rest <= 0 else [*texts[:_NOTES], f"dan {_count(rest)} {what} lagi"]


def _spans(lines: Sequence[str], x: float, step: float) -> str:
    """Set lines below one another; the blank at their ends keeps words apart when copied."""
    first, *others = map(_safe, lines or ("",))
    return first + "".join(f' <tspan x="{x:g}" dy="{step:g}">{line}</tspan>' for line in others)


def _safe(text: str) -> str:
    return escape(legible(text))


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
