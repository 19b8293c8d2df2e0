"""Changes as Markdown for a comment on a pull request: one short line, then prose by branch, tables, folded details.

No text of a tree can become markup, a mention, a reference or a link: what would be read so is escaped, or parted by a
space without width.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from pokin_dsl.model.diff.changes import Added, Rebudgeted, Removed, Retargeted
from pokin_dsl.model.diff.groups import by_branch, headline, inside_text, touched
from pokin_dsl.model.diff.wording import KINDS, SERIES, joined, series_texts, told
from pokin_dsl.model.diff.wordwise import NEW, OLD
from pokin_dsl.report.plain import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pokin_dsl.model.diff.changes import Change
    from pokin_dsl.model.diff.groups import Branch, Entry
    from pokin_dsl.model.diff.wordwise import Piece

MOST_CHARACTERS = 60_000
"""GitHub takes 65,536; what a caller adds has room."""
MOST_OPEN = 8
MOST_INSIDE = 20
MOST_OF_A_TEXT = 400
MOST_HOLDERS = 40
_HEAD = "\n| Kinerja atau indikator | Yang diubah | Tahun | Lama | Baru | PK |\n|---|---|---|---|---|---|\n"
_MARKUP = re.compile(r"([\\`*_\[\]|~])")
# What a forge reads as a mention, an issue, a merge request, a label, a milestone, an epic, an emoji or a link.
_CALLING = re.compile(r"[@#!~%](?=[\w\"])|:(?=[A-Za-z+_/-])|(?<=[Ww]{3})\.(?=\w)|(?<=GH)-(?=\d)|&(?=\w)")
_APART = "\u200b"


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of the comment that is shown whole or not at all, with how many changes it tells."""

    text: str
    count: int


def changes_markdown(changes: Sequence[Change], most: int = MOST_CHARACTERS) -> str:
    """Give all changes as Markdown of at most so many characters (UTF-16 units), with a final newline."""
    lines = [f"**{headline(changes)}**\n"]
    left = most - _size(lines[0]) - 200
    untold = 0
    branches = by_branch(changes)
    several = len({branch.pohon for branch in branches}) > 1
    for branch in branches:
        title = f"{branch.pohon} – {branch.title}" if several else branch.title
        text, missing = _fitted(branch, title, left)
        lines.append(text)
        left -= _size(text)
        untold += missing
    holders = _holders(changes)
    if _size(holders) <= left:
        lines.append(holders)
    if untold:
        lines.append(f"\n… dan {untold} perubahan lagi.\n")
    return "".join(lines)


def markdown(text: str) -> str:
    """Give a text of a tree as one line of Markdown that shows it and does nothing else; a long one is cut."""
    return _MARKUP.sub(r"\\\1", _harmless(text)).replace("$", "<span>$</span>")


def html(text: str) -> str:
    """Give a text of a tree as HTML that shows it and does nothing else, for where no Markdown is read."""
    return _harmless(text)


def _harmless(text: str) -> str:
    line = safe(" ".join(text.split()))
    line = line if len(line) <= MOST_OF_A_TEXT else line[: MOST_OF_A_TEXT - 1] + "…"
    return escape(_CALLING.sub(lambda found: found[0] + _APART, line), quote=False)


def _size(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _fitted(branch: Branch, title: str, room: int) -> tuple[str, int]:
    """Give as much of a branch as fits, and how many changes that leaves out."""
    folded = branch.count > MOST_OPEN
    start = (
        f"\n<details><summary>{html(title)} ({branch.count} perubahan)</summary>\n\n"
        if folded
        else f"\n#### {markdown(title)}\n\n"
    )
    end = "\n</details>\n" if folded else ""
    text, told_of = start, 0
    for block in _blocks(branch):
        if _size(text) + _size(block.text) + _size(end) > room:
            break
        text += block.text
        told_of += block.count
    return (text + end if told_of else ""), branch.count - told_of


def _blocks(branch: Branch) -> Iterator[_Block]:
    """Give the bullets of a branch, then the rows of its table, the first with the head."""
    rows, bullets = [], 0
    for entry in branch.entries:
        if isinstance(entry.change, Retargeted | Rebudgeted):
            rows.append("".join(_rows(entry.change)))
        else:
            bullets += 1
            yield _Block(_bullet(entry), 1 + len(entry.inside))
    for nth, row in enumerate(rows):
        yield _Block(("" if nth else _HEAD if bullets else _HEAD.lstrip()) + row, 1)


def _bullet(entry: Entry) -> str:
    said = told(entry.change)
    lines = [f"- **{said.lead}**" + (f": {markdown(said.subject)}" if said.subject else "")]
    for detail in said.details:
        label = f"{detail.label}: " if detail.label else ""
        lines.append(f"  - {label}{' '.join(_marked(piece, alone=len(detail.pieces) == 1) for piece in detail.pieces)}")
    lines += _inside(entry)
    if entry.pk:
        lines.append(f"  - PK: {_names([ref.teks for ref in entry.pk])}")
    return "\n".join(lines) + "\n"


def _marked(piece: Piece, *, alone: bool) -> str:
    """Strike old words through and print new ones bold."""
    text = markdown(piece.teks)
    if alone or piece.kind not in (OLD, NEW):
        return text
    return f"~~{text}~~" if piece.kind == OLD else f"**{text}**"


def _inside(entry: Entry) -> Iterator[str]:
    text = inside_text(entry)
    if text:
        yield f"  - {text}:"
    below = [change for change in entry.inside if isinstance(change, Added | Removed)]
    shown = [change.thing for change in below if change.thing.jenis != "indikator"]
    for thing in shown[:MOST_INSIDE]:
        yield f"    - {KINDS[thing.jenis]}: {markdown(thing.teks)}"
    if len(shown) > MOST_INSIDE:
        yield f"    - dan {len(shown) - MOST_INSIDE} lagi"


def _rows(change: Retargeted | Rebudgeted) -> Iterator[str]:
    what = "pagu" if isinstance(change, Rebudgeted) else SERIES[change.deret]
    if isinstance(change, Retargeted) and change.satuan:
        what += f" ({change.satuan})"
    holders = _names([ref.teks for ref in change.pk]) if change.pk else "–"
    for nth, (year, old, new) in enumerate(series_texts(change.points)):
        first = (markdown(change.thing.teks), markdown(what)) if not nth else ("〃", "〃")
        cells = (*first, markdown(year), markdown(old), markdown(new), holders if not nth else "〃")
        yield f"| {' | '.join(cells)} |\n"


def _holders(changes: Sequence[Change]) -> str:
    names = [ref.teks for ref in touched(changes)]
    return f"\nPK yang tersentuh: {_names(names)}.\n" if names else ""


def _names(names: Sequence[str]) -> str:
    shown = [markdown(name) for name in names[:MOST_HOLDERS]]
    if len(names) > MOST_HOLDERS:
        shown.append(f"{len(names) - MOST_HOLDERS} jabatan lagi")
    return joined(shown)
