"""The picture of a pohon kinerja as SVG: links, and boxes that are links to pages.

The attributes carry the light look, so that the SVG also stands alone; a page may restyle it by
these classes (a style sheet beats an attribute):

- `svg.pohon` the picture; `.garis` all its links, one path
- `.kotak` a box (`a`, or `g` where it leads nowhere), with `.kotak-outcome`, `-csf`, `-kondisi`,
  `-antara`, `-operasional` or `-lagi`, and `.kotak-fokus` on the box that the page is about
- in a box: `.latar` ground and outline (rect), `.pita` strip of the level (path), `.label` its text,
  `.nama` statement, `.pemisah` rule, `.tanda` marks (path, stroke only), `.ukuran` indicator,
  `.pemegang` holder, `.naik` indicator of the box above that it carries, `.juga` what else it supports, `.mitra`
  crosscutting partner, `.lanjutan` "+ n kinerja di bawahnya", `.lagi` the text "dan n lagi"; of a csf `.sudut`, paper
  over the corner of its ground, and `.lipatan`, that corner folded over
- `.kotak.beda-baru`, `-lama`, `-pindah`, `-asal` or `-ubah` on a box that differs from a former version; in it
  `.beda` the words about that, `.latar-beda` their ground, `.latar-luar` the second line around a new one

What a script may want to know of the picture and of its boxes is data:

- of the picture, on the tree's own page `id="gambar-pohon"`; `data-rentang`, the depth (the top is 0) from which
  children hang in a column below their parent; `data-batas`, where columns are broken, how tall one may be
- `data-n` the index of a box in the picture, `data-i` that of its parent (not at the top), `data-id` the id of what it
  shows (not in "lagi")
- `data-pk` ids of its holders, `data-unit` its sections with `|` between them (who has none belongs to those of the box
  above), `data-dukung` ids of what it supports in other branches

Boxes stand in written order, parents before children; the place of a box is its `translate`, its size that of `.latar`.

A text is set in the fonts that it was measured in: a page should leave their family and size alone.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pokin_dsl.site.boxes import LOOKS, NOTE, OUTLINES, draw_box, full_text
from pokin_dsl.site.layout import plan_of
from pokin_dsl.site.lettering import FONTS
from pokin_dsl.site.plan import BOX_WIDTH, LINK_GAP, NOTE_WIDTH, RAIL_INDENT, RAIL_OFFSET, children_of
from pokin_dsl.site.tidy import fitting_plan
from pokin_dsl.site.typesetting import NOTE_INK, NOTE_SIZE, printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pokin_dsl.site.boxes import Drawn, Look
    from pokin_dsl.site.diagram import Box, Picture
    from pokin_dsl.site.layout import Layout
    from pokin_dsl.site.plan import Place, Plan

_LINK_COLOUR = "#71829b"
_CORNER = 6
_LANE = 4
_LANES = 2
_XMLNS = "http://www.w3.org/2000/svg"


def draw(picture: Picture, layout: Layout | None = None, looks: Mapping[str, Look] = LOOKS) -> str:
    """Return the picture as an `svg` element for a page, laid out by an engine or, without a layout, by ourselves.

    It is empty where there is nothing to draw or the layout is of another tree.
    """
    drawn = [draw_box(box, width_of(box), looks) for box in picture.boxes]
    plan = _plan(picture, layout, drawn)
    if plan is None:
        return ""
    size = f"{plan.width} {plan.height}"
    facts = _facts(picture)
    boxes = [_box(*each) for each in zip(picture.boxes, plan.places, drawn, facts, strict=True)]
    limit = "" if plan.limit is None else f' data-batas="{plan.limit}"'
    anchor = f' id="{printed(picture.anchor)}"' if picture.anchor else ""
    return (
        f'<svg class="pohon"{anchor} role="group" aria-label="{printed(picture.title)}" viewBox="0 0 {size}"'
        f' width="{plan.width}" height="{plan.height}" data-rentang="{plan.rentang}"{limit}'
        f' font-family="{FONTS}" font-size="{NOTE_SIZE}" fill="{NOTE_INK}">\n'
        f"{_links(plan)}{''.join(boxes)}</svg>"
    )


def width_of(box: Box) -> int:
    """Return the width of a box in pixels."""
    return NOTE_WIDTH if box.level == NOTE else BOX_WIDTH


def standalone(svg: str) -> str:
    """Return a picture as a file of its own, on white ground."""
    head, _, rest = svg.partition(">")
    opening = head.replace("<svg ", f'<svg xmlns="{_XMLNS}" ', 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}>\n<rect width="100%" height="100%" fill="#fff"/>{rest}\n'


def _plan(picture: Picture, layout: Layout | None, drawn: Sequence[Drawn]) -> Plan | None:
    sizes = [(width_of(box), each.height) for box, each in zip(picture.boxes, drawn, strict=True)]
    if layout is not None:
        return plan_of(picture, layout, sizes)
    return fitting_plan(children_of(len(sizes), picture.links), sizes) if sizes else None


def _facts(picture: Picture) -> list[str]:
    """Write down what scripts ask of each box."""
    parents = {child: parent for parent, child in picture.links}
    return [
        f' data-n="{index}"'
        + (f' data-i="{parents[index]}"' if index in parents else "")
        + (_ties(box) if box.level != "lagi" else "")
        for index, box in enumerate(picture.boxes)
    ]


def _ties(box: Box) -> str:
    ties = box.ties
    units = "|".join(unit.replace("|", "/") for unit in ties.units)
    facts = (("id", box.key), ("pk", " ".join(ties.pk)), ("unit", units), ("dukung", " ".join(ties.supports)))
    return "".join(f' data-{name}="{printed(value)}"' for name, value in facts if value)


def _box(box: Box, place: Place, inside: Drawn, facts: str) -> str:
    kind = box.level if box.level in LOOKS or box.level == "lagi" else "lain"
    focus = " kotak-fokus" if box.focus else ""
    differs = f" beda-{box.mark}" if box.mark in OUTLINES else ""
    attributes = f'class="kotak kotak-{kind}{focus}{differs}" transform="translate({place.x} {place.y})"{facts}'
    title = "" if inside.whole else f"<title>{printed(full_text(box))}</title>"
    if not box.href:
        return f"<g {attributes}>{title}{inside.svg}</g>\n"
    current = ' aria-current="true"' if box.focus else ""
    return f'<a href="{printed(box.href)}" {attributes}{current}>{title}{inside.svg}</a>\n'


def _links(plan: Plan) -> str:
    path = "".join(_rails(plan)) + "".join(_branches(plan))
    if not path:
        return ""
    return f'<path class="garis" fill="none" stroke="{_LINK_COLOUR}" stroke-width="1.5" d="{path}"/>\n'


def _rails(plan: Plan) -> Iterator[str]:
    """Draw for each column one line down its left side, with an arm to each of its boxes."""
    for parent in range(len(plan.children)):
        if plan.heads_column(parent):
            above, columns = plan.places[parent], plan.columns_below(parent)
            draw_rail = _rail if len(columns) == 1 else _fed_rail
            yield from (draw_rail(above, column) for column in columns)


def _rail(above: Place, below: Sequence[Place]) -> str:
    """Draw the rail of an only column, straight from its head."""
    rail, start = below[0].x - RAIL_INDENT + RAIL_OFFSET, above.y + above.height
    under = above.x < rail < above.x + above.width
    return (f"M{rail} {start}" if under else f"M{above.middle} {start}v{_CORNER}H{rail}") + _arms(rail, below)


def _fed_rail(above: Place, below: Sequence[Place]) -> str:
    """Draw the rail of one of several columns, from the line below their head."""
    rail = below[0].x - RAIL_INDENT + RAIL_OFFSET
    return _turned(above, rail, below[0].y - LINK_GAP // 2) + _arms(rail, below)


def _arms(rail: int, below: Sequence[Place]) -> str:
    *arms, last = (place.y + place.height // 2 for place in below)
    return f"V{last - _CORNER}q0 {_CORNER} {_CORNER} {_CORNER}H{below[-1].x}" + "".join(
        f"M{rail} {arm}H{place.x}" for arm, place in zip(arms, below, strict=False)
    )


def _branches(plan: Plan) -> Iterator[str]:
    """Draw the links of parents whose children stand side by side."""
    parents = [
        (plan.row_of[children[0]], plan.places[parent].middle, parent)
        for parent, children in enumerate(plan.children)
        if children and not plan.heads_column(parent)
    ]
    for _, row in groupby(sorted(parents), key=lambda item: item[0]):
        yield from _row(plan, [parent for _, _, parent in row])


def _row(plan: Plan, parents: Sequence[int]) -> Iterator[str]:
    """Draw the links into one row; where two lines would run over one another, each gets its lane."""
    lane, end = 0, -1
    for parent in parents:
        place = plan.places[parent]
        below = [plan.places[child] for child in plan.children[parent]]
        stops = [place.middle, *(child.middle for child in below)]
        lane = 0 if min(stops) > end else lane + (1 if place.middle > end else -1)
        end = max(end, *stops)
        yield from _branch(place, below, below[0].y - LINK_GAP // 2 + _LANE * max(-_LANES, min(_LANES, lane)))


def _branch(place: Place, below: Sequence[Place], middle: int) -> Iterator[str]:
    """Draw right-angled lines from the foot of a box to the heads of those below it."""
    for child in below:
        yield f"{_turned(place, child.middle, middle)}V{child.y}"


def _turned(place: Place, goal: int, middle: int) -> str:
    """Draw from the foot of a box down to a middle height, along it, and down again where the goal is."""
    start = f"M{place.middle} {place.y + place.height}"
    turn = min(_CORNER, abs(goal - place.middle) // 2)
    if not turn:
        return start
    side = turn if goal > place.middle else -turn
    return f"{start}V{middle - turn}q0 {turn} {side} {turn}H{goal - side}q{side} 0 {side} {turn}"
