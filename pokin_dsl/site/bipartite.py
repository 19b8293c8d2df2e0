"""A picture of two columns: those who support on the left, those who are supported on the right, lines between them.

Only places and sizes are found here; the template draws them, so that what a tree says is always escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.site.lettering import legible, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pokin_dsl.site.frame import Context

MOST_BOXES, MOST_LINES = 30, 80
"""What a picture of this kind can hold in one column, and the lines that can still be told apart."""
WIDTH, _GAP, _MARGIN, _HEAD = 290, 200, 2, 26
_SIZE, _LINE_HEIGHT, _PADDING = 13, 17, 12
_PORT, _SPACE = 22, 12
_MOST_TEXT_LINES = 3


@dataclass(frozen=True, slots=True)
class Party:
    """Who stands in a column: its text, its address (empty for none), whether it is one of the site's own."""

    key: str
    text: str
    href: str
    own: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """A line from a supporter to the supported, by their keys; ``state`` is a class, ``title`` tells it in words."""

    supporter: str
    supported: str
    state: str
    number: int
    title: str


_Held = list[tuple[Party, list[Tie]]]


@dataclass(frozen=True, slots=True)
class _Spot:
    y: float
    height: float


def legible_at_once(ties: Sequence[Tie]) -> bool:
    """Say whether so many ties can be drawn and read."""
    left, right = {tie.supporter for tie in ties}, {tie.supported for tie in ties}
    return 0 < len(ties) <= MOST_LINES and max(len(left), len(right)) <= MOST_BOXES


def bipartite(parties: Mapping[str, Party], ties: Sequence[Tie]) -> Context:
    """Place boxes and lines; the right column stands in the order of ``parties``, the left one near to it."""
    left, right = _sides(parties, ties)
    left_spots, right_spots = _column(left), _column(right)
    tall = max(_end(left_spots), _end(right_spots))
    left_spots, right_spots = _centred(left_spots, tall), _centred(right_spots, tall)
    starts, ends = _ports(left, left_spots), _ports(right, right_spots)
    far = _MARGIN + WIDTH + _GAP
    return {
        "lebar": far + WIDTH + _MARGIN,
        "tinggi": round(tall + _MARGIN),
        "kepala": [{"x": _MARGIN, "teks": "Mendukung"}, {"x": far, "teks": "Didukung"}],
        "kotak": [
            *(_box(party, _MARGIN, spot) for (party, _), spot in zip(left, left_spots, strict=True)),
            *(_box(party, far, spot) for (party, _), spot in zip(right, right_spots, strict=True)),
        ],
        "garis": [_line(tie, starts[tie], ends[tie]) for tie in ties],
    }


def _sides(parties: Mapping[str, Party], ties: Sequence[Tie]) -> tuple[_Held, _Held]:
    """Give both columns from top to bottom, each party with its ties in the order of those at their other end."""
    supporting: dict[str, list[Tie]] = {}
    supported: dict[str, list[Tie]] = {}
    for tie in ties:
        supporting.setdefault(tie.supporter, []).append(tie)
        supported.setdefault(tie.supported, []).append(tie)
    ranks = {key: rank for rank, key in enumerate(key for key in parties if key in supported)}
    left = sorted(supporting, key=lambda key: (_mean(supporting[key], ranks), parties[key].text, key))
    places = {key: rank for rank, key in enumerate(left)}
    return (
        [(parties[key], sorted(supporting[key], key=lambda tie: ranks[tie.supported])) for key in left],
        [(parties[key], sorted(supported[key], key=lambda tie: places[tie.supporter])) for key in ranks],
    )


def _mean(ties: Sequence[Tie], ranks: Mapping[str, int]) -> float:
    return sum(ranks[tie.supported] for tie in ties) / len(ties)


def _texts(party: Party) -> tuple[str, ...]:
    return wrap(legible(party.text), WIDTH - 2 * _PADDING, _SIZE, bold=party.own, most=_MOST_TEXT_LINES)


def _column(held: _Held) -> list[_Spot]:
    spots: list[_Spot] = []
    y = float(_HEAD)
    for party, ties in held:
        height = max(_LINE_HEIGHT * (len(_texts(party)) + (not party.own)) + 2 * _PADDING - 6, _PORT * len(ties) + 8)
        spots.append(_Spot(y, height))
        y += height + _SPACE
    return spots


def _end(spots: Sequence[_Spot]) -> float:
    return spots[-1].y + spots[-1].height if spots else _HEAD


def _centred(spots: Sequence[_Spot], tall: float) -> list[_Spot]:
    down = (tall - _end(spots)) / 2
    return [_Spot(spot.y + down, spot.height) for spot in spots]


def _ports(held: _Held, spots: Sequence[_Spot]) -> dict[Tie, float]:
    """Give the height at which each tie meets its box: evenly around the box's middle."""
    found: dict[Tie, float] = {}
    for (_, ties), spot in zip(held, spots, strict=True):
        middle = spot.y + spot.height / 2
        for nth, tie in enumerate(ties):
            found[tie] = middle + (nth - (len(ties) - 1) / 2) * _PORT
    return found


def _box(party: Party, x: int, spot: _Spot) -> Context:
    texts = _texts(party)
    lines = len(texts) + (not party.own)
    first = spot.height / 2 - _LINE_HEIGHT * lines / 2 + _SIZE
    return {
        "x": x,
        "y": round(spot.y, 1),
        "lebar": WIDTH,
        "tinggi": round(spot.height, 1),
        "href": party.href,
        "judul": legible(party.text),
        "milik_situs": party.own,
        "baris": [{"y": round(first + nth * _LINE_HEIGHT, 1), "teks": text} for nth, text in enumerate(texts)],
        "keterangan": None if party.own else round(first + len(texts) * _LINE_HEIGHT, 1),
    }


def _line(tie: Tie, start: float, end: float) -> Context:
    near, far = _MARGIN + WIDTH, _MARGIN + WIDTH + _GAP
    sign = far - 44
    bend = (sign - near) * 0.55
    curve = f"{near + bend:.0f} {start:.1f} {sign - bend:.0f}"
    return {
        "keadaan": tie.state,
        "judul": legible(tie.title),
        "d": f"M{near} {start:.1f}C{curve} {end:.1f} {sign} {end:.1f}H{far - 7}",
        "ujung": f"M{far - 8} {end - 4:.1f}l7 4l-7 4z",
        "x": sign,
        "y": round(end, 1),
        "jumlah": f"{tie.number}×" if tie.number > 1 else "",
        "x_jumlah": sign + 22,
    }
