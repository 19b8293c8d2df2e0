"""What a picture of a pohon kinerja shows: boxes, and the links from a box to those below it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """One box: a kinerja, a csf, or the box that stands for what was left out.

    `level` is outcome, csf, kondisi, antara, operasional or lagi, `label` its printed name.
    `holders` are names of positions, without "PK". An empty `href` gives no link. `more` is how
    many kinerja the picture leaves out: beside its siblings for a box "lagi", else below this box.
    `mark` says how it differs from a former version (baru, lama, pindah, asal or ubah; empty where it does not or
    nothing is compared), `mark_words` is printed behind the sign of that, and in a box "lagi" instead of its number.
    """

    key: str
    level: str
    label: str
    statement: str
    indicators: tuple[str, ...]
    holders: tuple[str, ...]
    href: str
    focus: bool
    more: int
    mark: str = ""
    mark_words: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A tree, or several side by side, with boxes and links in written order.

    `name` is unique within a batch and made of [a-z0-9_]. A link is the index of a parent and the
    index of its child; each box is the child of at most one.
    """

    name: str
    title: str
    boxes: tuple[Box, ...]
    links: tuple[tuple[int, int], ...]
