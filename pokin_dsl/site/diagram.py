"""What a picture of a pohon kinerja shows: boxes, and the links from a box to those below it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ties:
    """How a box hangs together with others, beyond its place in the tree.

    `pk` are ids of positions and `units` names of sections. `supports` are the keys of boxes of other branches, and
    `also` what is printed of all that the box supports elsewhere. `partners` are the names of crosscutting partners,
    each with its status. `carries` are the numbers, from 1, of the indicators of its parent that it carries; those of
    a `numbered` box are printed. `iku` are the numbers of its main indicators (Indikator Kinerja Utama).
    """

    pk: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    partners: tuple[tuple[str, str], ...] = ()
    carries: tuple[int, ...] = ()
    numbered: bool = False
    iku: tuple[int, ...] = ()


NO_TIES = Ties()


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
    ties: Ties = NO_TIES


@dataclass(frozen=True, slots=True)
class Picture:
    """A tree, or several side by side, with boxes and links in written order.

    `name` is unique within a batch and made of [a-z0-9_]. A link is the index of a parent and the
    index of its child; each box is the child of at most one. `anchor` is the id of the picture in its page, empty for
    none.
    """

    name: str
    title: str
    boxes: tuple[Box, ...]
    links: tuple[tuple[int, int], ...]
    anchor: str = ""
