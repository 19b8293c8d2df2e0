"""The picture of a pohon kinerja as SVG: links, and boxes that are links to pages.

The attributes carry the light look, so that the SVG also stands alone; a page may restyle it by
these classes (a style sheet beats an attribute):

- `svg.pohon` the picture; `.garis` all its links, one path
- `.kotak` a box (`a`, or `g` where it leads nowhere), with `.kotak-outcome`, `-csf`, `-kondisi`,
  `-antara`, `-operasional` or `-lagi`, and `.kotak-fokus` on the box that the page is about
- in a box: `.latar` ground and outline (rect), `.pita` strip of the level (path), `.label` its text,
  `.nama` statement, `.pemisah` rule, `.tanda` marks (path, stroke only), `.ukuran` indicator,
  `.pemegang` holder, `.lanjutan` "+ n kinerja di bawahnya", `.lagi` the text "dan n lagi"
- `.kotak.beda-baru`, `-lama`, `-pindah`, `-asal` or `-ubah` on a box that differs from a former version; in it
  `.beda` the words about that, `.latar-beda` their ground, `.latar-luar` the second line around a new one

A text is set in the fonts that it was measured in: a page should leave their family and size alone.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from pokin_dsl.site.boxes import LOOKS, OUTLINES, draw_box, full_text
from pokin_dsl.site.layout import LINK_GAP, RAIL_INDENT, RAIL_OFFSET, plan_of, shape_of
from pokin_dsl.site.lettering import FONTS, legible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pokin_dsl.site.diagram import Box, Picture
    from pokin_dsl.site.layout import Layout, Place, Plan

_LINK_COLOUR = "#94a3b8"
_CORNER = 6
_LANE = 4
_LANES = 2
_XMLNS = "http://www.w3.org/2000/svg"


def draw(picture: Picture, layout: Layout) -> str:
    """Return the picture as an `svg` element for a page; empty if the layout is of another tree."""
    shape = shape_of(picture)
    drawn = [draw_box(box, shape.width(index)) for index, box in enumerate(picture.boxes)]
    plan = plan_of(picture, layout, [box.height for box in drawn])
    if plan is None:
        return ""
    size = f"{plan.width} {plan.height}"
    boxes = [_box(box, place, inside.svg) for box, place, inside in zip(picture.boxes, plan.places, drawn, strict=True)]
    return (
        f'<svg class="pohon" role="group" aria-label="{_attribute(picture.title)}" viewBox="0 0 {size}"'
        f' width="{plan.width}" height="{plan.height}" font-family="{FONTS}">\n'
        f"{_links(plan)}{''.join(boxes)}</svg>"
    )


def standalone(svg: str) -> str:
    """Return a picture as a file of its own, on white ground."""
    head, _, rest = svg.partition(">")
    opening = head.replace("<svg ", f'<svg xmlns="{_XMLNS}" ', 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}>\n<rect width="100%" height="100%" fill="#fff"/>{rest}\n'


def _box(box: Box, place: Place, inside: str) -> str:
    kind = box.level if box.level in LOOKS or box.level == "lagi" else "lain"
    focus = " kotak-fokus" if box.focus else ""
    differs = f" beda-{box.mark}" if box.mark in OUTLINES else ""
    attributes = f'class="kotak kotak-{kind}{focus}{differs}" transform="translate({place.x} {place.y})"'
    title = f"<title>{escape(legible(full_text(box)))}</title>"
    if not box.href:
        return f"<g {attributes}>{title}{inside}</g>\n"
    current = ' aria-current="true"' if box.focus else ""
    return f'<a href="{_attribute(box.href)}" {attributes}{current}>{title}{inside}</a>\n'


def _attribute(text: str) -> str:
    return escape(legible(text))


def _links(plan: Plan) -> str:
    path = "".join(_rails(plan)) + "".join(_branches(plan))
    if not path:
        return ""
    return f'<path class="garis" fill="none" stroke="{_LINK_COLOUR}" stroke-width="1.5" d="{path}"/>\n'


def _rails(plan: Plan) -> Iterator[str]:
    """Draw for each stack one line down its left side, with an arm to each of its boxes."""
    for parent, children in enumerate(plan.shape.children):
        if plan.shape.heads_stack(parent):
            yield _rail(plan.places[parent], [plan.places[child] for child in children])


def _rail(above: Place, below: Sequence[Place]) -> str:
    rail, start = below[0].x - RAIL_INDENT + RAIL_OFFSET, above.y + above.height
    under = above.x < rail < above.x + above.width
    head = f"M{rail} {start}" if under else f"M{above.middle} {start}v{_CORNER}H{rail}"
    *arms, last = (place.y + place.height // 2 for place in below)
    return f"{head}V{last - _CORNER}q0 {_CORNER} {_CORNER} {_CORNER}H{below[-1].x}" + "".join(
        f"M{rail} {arm}H{place.x}" for arm, place in zip(arms, below, strict=False)
    )


def _branches(plan: Plan) -> Iterator[str]:
    """Draw the links of parents whose children stand side by side."""
    parents = [
        (plan.row_of[children[0]], plan.places[parent].middle, parent)
        for parent, children in enumerate(plan.shape.children)
        if children and not plan.shape.heads_stack(parent)
    ]
    for _, row in groupby(sorted(parents), key=lambda item: item[0]):
        yield from _row(plan, [parent for _, _, parent in row])


def _row(plan: Plan, parents: Sequence[int]) -> Iterator[str]:
    """Draw the links into one row; where two lines would run over one another, each gets its lane."""
    lane, end = 0, -1
    for parent in parents:
        place = plan.places[parent]
        below = [plan.places[child] for child in plan.shape.children[parent]]
        stops = [place.middle, *(child.middle for child in below)]
        lane = 0 if min(stops) > end else lane + (1 if place.middle > end else -1)
        end = max(end, *stops)
        yield from _branch(place, below, below[0].y - LINK_GAP // 2 + _LANE * max(-_LANES, min(_LANES, lane)))


def _branch(place: Place, below: Sequence[Place], middle: int) -> Iterator[str]:
    """Draw right-angled lines from the foot of a box to the heads of those below it."""
    start = place.y + place.height
    for child in below:
        turn = min(_CORNER, abs(child.middle - place.middle) // 2)
        if not turn:
            yield f"M{place.middle} {start}V{child.y}"
            continue
        side = turn if child.middle > place.middle else -turn
        yield (
            f"M{place.middle} {start}V{middle - turn}q0 {turn} {side} {turn}H{child.middle - side}"
            f"q{side} 0 {side} {turn}V{child.y}"
        )
