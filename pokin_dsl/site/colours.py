"""Colours, written ``#rrggbb``, and how well they stand apart: luminance and contrast as WCAG 2.2 defines them."""

from __future__ import annotations

TEXT = 4.5
"""The contrast that small text needs on its ground (WCAG 1.4.3, AA)."""
SHAPE = 3.0
"""The contrast that outlines and marks need against what is beside them (WCAG 1.4.11)."""
WHITE, BLACK = "#ffffff", "#000000"
_STEPS = 64
_LINEAR_UP_TO = 0.04045
_Rgb = tuple[int, int, int]


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink_on(ground: str) -> str:
    """Give the ink that is legible on a ground: white where it is, else black; one of them always reaches 4.5."""
    return WHITE if contrast(WHITE, ground) >= TEXT else BLACK


def mixed(one: str, other: str, share: float) -> str:
    """Mix two colours; ``share`` of the result, from 0 to 1, is the second one's."""
    parts = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def apart(colour: str, *grounds: str, least: float = SHAPE) -> str:
    """Give the colour nearest to this one that stands apart from all these grounds, all light or all dark ones."""
    ink = BLACK if all(luminance(ground) > luminance("#777777") for ground in grounds) else WHITE
    tints = (mixed(colour, ink, step / _STEPS) for step in range(_STEPS + 1))
    return next((tint for tint in tints if all(contrast(tint, ground) >= least for ground in grounds)), ink)


def _parts(colour: str) -> _Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_UP_TO else ((part + 0.055) / 1.055) ** 2.4
