"""How one box of a picture looks: its height, and its SVG with the top left corner at 0, 0."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pokin_dsl.site import frames
from pokin_dsl.site.frames import STRIP
from pokin_dsl.site.lettering import ELLIPSIS, wrap
from pokin_dsl.site.typesetting import NOTE_INK, NOTE_SIZE, Style, printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pokin_dsl.site.diagram import Box, Ties


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
NOTE = "csf"
"""The level whose boxes are notes with a folded corner."""


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
_INK, _FAINT, _REST_GROUND = "#0f172a", "#cbd5e1", "#f1f5f9"

_PADDING = 11
_INDENT = 11
_NAME_SIZE, _NAME_STEP, _NAME_LINES = 12, 15, 7
_NOTE_STEP, _NOTE_LINES = 13.5, 4
_NOTES, _NUMBERED_NOTES, _PARTNERS = 2, 5, 2
_ALSO_LINES = 2
_MARK_SIZE, _MARK_STEP, _MARK_LINES = 10.5, 13, 3
_LABEL_SIZE, _LABEL_SPACING = 9, 0.7
_LONGEST = 1000
"""Characters of a text that are looked at; more than fit in the lines of a box."""

_DIAMOND = "m3-3.2 3.2 3.2-3.2 3.2-3.2-3.2z"
_SHEET = "m.5-4h3.5l2 2v6h-5.5z"
_UP = "m3.2 3.6v-7.2m-2.7 2.7 2.7-2.7 2.7 2.7"
_ASIDE = "m.8 3 5-5.4m-4 0h4v4"
_BOTH_WAYS = "m.2-1.9h6.6m-2-2 2 2-2 2m2 3.2h-6.6m2-2-2 2 2 2"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of a box: its height in pixels, SVG without the link around it, whether that says everything."""

    height: int
    svg: str
    whole: bool = True


def draw_box(box: Box, width: int, looks: Mapping[str, Look] = LOOKS) -> Drawn:
    """Draw a box of this width in pixels, in the look of its level."""
    if box.level == "lagi":
        return _draw_rest(_rest_text(box), width)
    look = looks.get(box.level, _OTHER)
    content = (box.label, box.statement, box.indicators, box.holders, box.more, box.mark, box.mark_words, box.ties)
    inside = _inside(look, _Content(*content), width)
    if box.mark in OUTLINES:
        frame = frames.marked(look, OUTLINES[box.mark], (width, inside.height), focus=box.focus)
    else:
        shape = frames.note if box.level == NOTE else frames.card
        frame = shape(look, width, inside.height, focus=box.focus)
    return Drawn(inside.height, frame + inside.svg, inside.whole)


def full_text(box: Box) -> str:
    """Return everything that the box says, uncut, one thing on a line."""
    if box.level == "lagi":
        return _rest_text(box)
    ties = box.ties
    lines = [box.mark_words] if box.mark in OUTLINES else []
    lines.append(f"{box.label}: {box.statement}")
    lines += [f"Indikator{' utama (IKU)' if n in ties.iku else ''}: {i}" for n, i in enumerate(box.indicators, 1)]
    lines += [f"PK {holder}" for holder in box.holders]
    lines += [_carried(ties.carries)] if ties.carries else []
    lines += [f"Juga mendukung: {text}" for text in ties.also]
    lines += [f"Crosscutting: {_partner(*partner)}" for partner in ties.partners]
    return "\n".join(lines)


class _Content(NamedTuple):
    """What a box shows in its frame."""

    label: str
    statement: str
    indicators: tuple[str, ...]
    holders: tuple[str, ...]
    more: int
    mark: str
    mark_words: str
    ties: Ties


@lru_cache(maxsize=4096)
def _inside(look: Look, content: _Content, width: int) -> Drawn:
    """Draw what stands in the frame, from top to bottom."""
    room = width - 2 * _PADDING
    name = wrap(content.statement[:_LONGEST], room, _NAME_SIZE, bold=True, most=_NAME_LINES)
    notes = [note for note in _notes(content, room - _INDENT) if note.lines]
    flag, top = _flag(content.mark, content.mark_words, width)
    parts = [_label(content.label, look, width), flag, _name(name, top, room, struck=content.mark == "lama")]
    bottom = top + 7.0 + _NAME_STEP * len(name)
    if notes:
        parts.append(_rule(bottom + 4, width))
        bottom += 8
    for note in notes:
        parts.append(note.svg(bottom, look.outline, room - _INDENT))
        bottom += note.height
    return Drawn(round(bottom + 7), "".join(parts), _says_all(content, name, notes))


def _says_all(content: _Content, name: Sequence[str], notes: Iterable[_Note]) -> bool:
    """Whether nothing is cut or left out, and nothing is said by a sign alone."""
    cut = any(lines and lines[-1].endswith(ELLIPSIS) for lines in (name, *(note.lines for note in notes)))
    shown = _NUMBERED_NOTES if content.ties.numbered else _NOTES
    left_out = len(content.indicators) > shown or len(content.holders) > _NOTES
    return not (cut or left_out or content.mark or content.ties.partners)


def _rest_text(box: Box) -> str:
    return box.mark_words or f"dan {_count(box.more)} lagi"


def _draw_rest(text: str, width: int) -> Drawn:
    height = 32
    return Drawn(
        height,
        frames.rest(width, height, _REST_GROUND)
        + f'<text class="lagi" x="{width // 2}" y="20" text-anchor="middle" font-size="11" font-weight="700"'
        f' fill="{NOTE_INK}">{printed(text)}</text>',
    )


def _flag(kind: str, words: str, width: int) -> tuple[str, float]:
    """Draw the words about a difference below the strip, and say where what follows begins."""
    if kind not in OUTLINES:
        return "", STRIP
    outline, room = OUTLINES[kind], width - 2 * _PADDING
    lines = wrap(f"{outline.sign} {words}"[:_LONGEST], room, _MARK_SIZE, bold=True, most=_MARK_LINES)
    height = _MARK_STEP * len(lines) + 6
    style = Style("beda", _MARK_SIZE, _MARK_STEP, f' font-weight="700" fill="{outline.ink}"', bold=True)
    return (
        f'<rect class="latar-beda" x="1.5" y="{STRIP}" width="{width - 3}" height="{height:g}"'
        f' fill="{outline.ground}"/>'
    ) + style.text(lines, _PADDING, STRIP + 13, room), STRIP + height


def _label(label: str, look: Look, width: int) -> str:
    """Write the level's label in capitals onto the strip."""
    # Spaced capitals: measured a quarter larger, so that the spacing is paid for.
    room = width - 2 * _PADDING
    lines = wrap(label[:_LONGEST].upper(), room, _LABEL_SIZE * 1.25, bold=True, most=1)
    spacing = f' font-weight="700" letter-spacing="{_LABEL_SPACING}" fill="{look.ink}"'
    return Style("label", _LABEL_SIZE, 0, spacing, bold=True, spacing=_LABEL_SPACING).text(lines, _PADDING, 13.7, room)


def _name(lines: Sequence[str], top: float, room: float, *, struck: bool) -> str:
    through = ' text-decoration="line-through"' if struck else ""
    style = Style("nama", _NAME_SIZE, _NAME_STEP, f' font-weight="700" fill="{_INK}"{through}', bold=True)
    return style.text(lines, _PADDING, top + 17, room)


def _rule(y: float, width: int) -> str:
    return f'<path class="pemisah" d="M{_PADDING} {y:g}h{width - 2 * _PADDING}" stroke="{_FAINT}"/>'


@dataclass(frozen=True, slots=True)
class _Note:
    """A text in small letters behind a mark."""

    kind: str
    mark: str
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return _NOTE_STEP * len(self.lines) + 2

    def svg(self, top: float, colour: str, room: float) -> str:
        x = _PADDING + _INDENT if self.mark else _PADDING
        style = Style(self.kind, NOTE_SIZE, _NOTE_STEP)
        return self._mark(top + 7, colour) + style.text(self.lines, x, top + 11, room)

    def _mark(self, y: float, colour: str) -> str:
        if not self.mark:
            return ""
        return f'<path class="tanda" fill="none" stroke="{colour}" d="M{_PADDING} {y:g}{self.mark}"/>'


def _notes(content: _Content, room: float) -> Iterator[_Note]:
    """Give what stands below the statement, in this order."""
    ties = content.ties
    holders = [f"PK {holder}" for holder in content.holders]
    most = _NUMBERED_NOTES if ties.numbered else _NOTES
    yield from _each("ukuran", _DIAMOND, _some(_measures(content), "indikator", most), room)
    yield from _each("pemegang", _SHEET, _some(holders, "jabatan", _NOTES), room)
    if ties.carries:
        yield from _each("naik", _UP, [_carried(ties.carries)], room)
    if ties.also:
        text = f"Juga mendukung: {'; '.join(ties.also)}"
        yield _Note("juga", _ASIDE, wrap(text[:_LONGEST], room, NOTE_SIZE, most=_ALSO_LINES))
    partners = [_partner(*partner) for partner in ties.partners[:_PARTNERS]]
    yield from _each("mitra", _BOTH_WAYS, partners, room)
    if len(ties.partners) > _PARTNERS:
        yield _Note("mitra", "", (f"+ {_count(len(ties.partners) - _PARTNERS)} mitra lagi",))
    if content.more > 0:
        yield _Note("lanjutan", "", (f"+ {_count(content.more)} kinerja di bawahnya",))


def _each(kind: str, mark: str, texts: Iterable[str], room: float) -> Iterator[_Note]:
    return (_Note(kind, mark, wrap(text[:_LONGEST], room, NOTE_SIZE, most=_NOTE_LINES)) for text in texts)


def _measures(content: _Content) -> list[str]:
    """Give the indicators: with their numbers, where a box below refers to them, and main ones as such."""
    ties = content.ties
    if not (ties.numbered or ties.iku):
        return list(content.indicators)
    return [
        (f"{number}. " if ties.numbered else "") + ("IKU: " if number in ties.iku else "") + text
        for number, text in enumerate(content.indicators, 1)
    ]


def _carried(numbers: Sequence[int]) -> str:
    return f"Mendukung indikator {' dan '.join(map(str, numbers))}"


def _partner(name: str, status: str) -> str:
    return f"{name} ({status})" if status else name


def _some(texts: Sequence[str], what: str, most: int) -> Sequence[str]:
    """Return the first texts, and how many more there are."""
    rest = len(texts) - most
    return texts if rest <= 0 else [*texts[:most], f"dan {_count(rest)} {what} lagi"]


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
