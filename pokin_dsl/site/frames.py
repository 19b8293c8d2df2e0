"""The frames of boxes in a picture: ground, outline and the strip of the level, without any text.

A box is a card with a strip at its top. A csf is a note with a folded corner, so that it is told apart without colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pokin_dsl.site.boxes import Look, Outline

ROUNDING = 6
STRIP = 20
"""Height of the strip."""
FOLD = 15
"""Sides of a note's folded corner."""
_LINE = 1.5
_PAPER = "#fff"


def card(look: Look, width: int, height: int, *, focus: bool) -> str:
    """Draw ground and outline; that of the box in focus is thick, solid, and grows outwards."""
    if focus:
        return (
            f'<rect class="latar" x="-1" y="-1" width="{width + 2}" height="{height + 2}" rx="{ROUNDING + 1}"'
            f' fill="{look.ground}" stroke="{look.outline}" stroke-width="3.5"/>'
        ) + _strip(look, width)
    return (
        f'<rect class="latar" width="{width}" height="{height}" rx="{ROUNDING}" fill="{look.ground}"'
        f' stroke="{look.outline}" stroke-width="{_LINE}"{_dashed(look.dashes)}/>'
    ) + _strip(look, width)


def note(look: Look, width: int, height: int, *, focus: bool) -> str:
    """Draw a note whose top right corner is folded over."""
    line = 3.5 if focus else _LINE
    crease = width - FOLD
    return (
        f'<rect class="latar" width="{width}" height="{height}" fill="{look.ground}" stroke="{look.outline}"'
        f' stroke-width="{line}"{_dashed(look.dashes)}/>'
        f'<path class="pita" fill="{look.strip}" d="M.7 {STRIP}V.7H{crease}l{FOLD - 1} {FOLD}V{STRIP}z"/>'
    ) + _corner(look, crease, line)


def marked(look: Look, outline: Outline, size: tuple[int, int], *, focus: bool) -> str:
    """Draw the frame of a box that differs from a former version; a second line is around a new one."""
    width, height = size
    line = outline.width + (1.5 if focus else 0)
    second = (
        f'<rect class="latar-luar" x="-2.2" y="-2.2" width="{width + 4.4:g}" height="{height + 4.4:g}"'
        f' rx="{ROUNDING + 2}" fill="none" stroke="{outline.ink}"/>'
        if outline.double
        else ""
    )
    return (
        f'{second}<rect class="latar" width="{width}" height="{height}" rx="{ROUNDING}" fill="{look.ground}"'
        f' stroke="{outline.ink}" stroke-width="{line:g}"{_dashed(outline.dashes)}/>'
    ) + _strip(look, width)


def rest(width: int, height: int, ground: str) -> str:
    """Draw the frame of a box that stands for what is left out."""
    return f'<rect class="latar" width="{width}" height="{height}" rx="{ROUNDING}" fill="{ground}" stroke="#71829b"/>'


def _dashed(dashes: str) -> str:
    return f' stroke-dasharray="{dashes}"' if dashes else ""


def _strip(look: Look, width: int) -> str:
    """Draw the coloured strip behind the level's label."""
    inset, radius = 0.4, ROUNDING - 0.4
    side, top = f"{STRIP - inset - radius:g}", f"{width - 2 * (inset + radius):g}"
    corner = f"a{radius:g} {radius:g} 0 0 1 {radius:g}"
    return (
        f'<path class="pita" fill="{look.strip}"'
        f' d="M{inset} {STRIP}v-{side}{corner}-{radius:g}h{top}{corner} {radius:g}v{side}z"/>'
    )


def _corner(look: Look, crease: int, line: float) -> str:
    """Hide the corner of the ground, and draw what is folded over."""
    return (
        f'<path class="sudut" fill="{_PAPER}" d="M{crease} -3h{FOLD + 3}v{FOLD + 3}h-3z"/>'
        f'<path class="lipatan" fill="{look.ground}" stroke="{look.outline}" stroke-width="{line}"'
        f' stroke-linejoin="round" d="M{crease} 0v{FOLD}h{FOLD}z"/>'
    )
