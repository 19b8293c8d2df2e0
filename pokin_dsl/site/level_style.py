"""The colours that a workspace gives to levels, worked out: boxes of pictures, badges and rows, by day and by night.

A workspace names one colour for a level. Ink, outlines and what they become on dark ground follow from it by rule, so
that text keeps a contrast of 4.5 and outlines one of 3, whatever was chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.site.boxes import LOOKS, Look
from pokin_dsl.site.colours import WHITE, apart, ink_on, mixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.site.site import Jenjang

NIGHT = ("#18202c", "#212b3a")
"""The grounds of cards and boxes in dark mode, as in gelap.css."""
_TINT, _NIGHT_TINT = 0.88, 0.8
_CSF = "csf"


def outline(colour: str, ground: str = WHITE) -> str:
    """Give the colour of an outline on white and on a light ground: the colour itself, darkened where it is pale."""
    return apart(colour, WHITE, ground)


def level_looks(levels: Mapping[str, Jenjang]) -> dict[str, Look]:
    """Give how boxes of each level are drawn; levels without a colour keep the built-in look."""
    return {kind: _look(kind, levels[kind].warna) if _coloured(levels, kind) else look for kind, look in LOOKS.items()}


def level_css(levels: Mapping[str, Jenjang]) -> str:
    """Write the custom properties of the levels that have a colour; nothing where none has."""
    lines = [line for kind in LOOKS if _coloured(levels, kind) for line in _properties(kind, levels[kind].warna)]
    if not lines:
        return ""
    return "/* Warna jenjang dari pokin.toml. */\n:root {\n" + "".join(f"  {line};\n" for line in lines) + "}\n"


def _coloured(levels: Mapping[str, Jenjang], kind: str) -> bool:
    return kind in levels and bool(levels[kind].warna)


def _look(kind: str, colour: str) -> Look:
    built_in = LOOKS[kind]
    ground = _tint(colour) if kind == _CSF else built_in.ground
    around = outline(colour, ground) if kind == _CSF else outline(colour)
    return Look(ink_on(colour), colour, around, ground, built_in.dashes)


def _properties(kind: str, colour: str) -> list[str]:
    """Give what gaya.css and gelap.css ask for; a csf is dashed, so that its outline is seen on its own ground too."""
    night = mixed(colour, NIGHT[0], _NIGHT_TINT)
    grounds = (*NIGHT, night) if kind == _CSF else NIGHT
    properties = {
        f"--{kind}": colour,
        f"--{kind}-gelap": colour,
        f"--tinta-{kind}": ink_on(colour),
        f"--{kind}-tepi": _look(kind, colour).outline,
        f"--{kind}-tepi-gelap": apart(colour, *grounds),
    }
    if kind == _CSF:
        properties |= {f"--{kind}-dasar-gelap": night}
    return [f"{name}: {value}" for name, value in properties.items()]


def _tint(colour: str) -> str:
    return mixed(colour, WHITE, _TINT)
