"""P6: crosscutting between units. A partner that is the unit itself, a misspelt one, one that says nothing of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pokin_dsl.model.positions import MOST_SUGGESTIONS, folded
from pokin_dsl.rules.rule import Remark
from pokin_dsl.syntax.mistakes import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.tree import Crosscutting, Pohon, Simpul
    from pokin_dsl.rules.rule import Subject

_WORD = re.compile(r"\w+")
# What a unit's name may have or lack and still be the same unit's.
_GENERIC = frozenset(("pemerintah", "kantor", "dan"))
_SHORT = {"kab": "kabupaten", "kec": "kecamatan", "kel": "kelurahan", "prov": "provinsi"}
_CROSSCUTTING = 3
_OPEN = ("menunggu", "ditolak")
LONGEST_NAME = 120
# "Kecamatan Kalibaru" and "Kecamatan Kalipuro" are two units: names are near where the words that differ are, too.
_LEAST_SCORE = 80.0
_COMPARED = 3


Units = Mapping[str, Sequence["Peta"]]
"""The trees of other units by folded name."""


class Mention(NamedTuple):
    """One ``@crosscutting``: the node, which of its own it is, what it says."""

    simpul: Simpul
    nth: int
    crosscutting: Crosscutting

    def remark(self, message: str, hint: str) -> Remark:
        """Give a remark that points at the partner's name."""
        return Remark(self.simpul.id, message, hint, "crosscutting", nth=self.nth, head=True)


def own_unit(subject: Subject) -> Iterator[Remark]:
    """P601: a partner that is the unit itself."""
    own = plain(subject.peta.pohon.instansi)
    for mention in _mentions(subject.peta):
        if own and plain(mention.crosscutting.instansi) == own:
            message = f"Mitra crosscutting {quoted(mention.crosscutting.instansi)} adalah instansi pohon ini sendiri."
            hint = "Tulis instansi lain yang ikut mengerjakannya, atau hapus @crosscutting ini."
            yield mention.remark(message, hint)


def partner_at_odds(subject: Subject) -> Iterator[Remark]:
    """P602: a partner under nearly the name of another tree's unit; one whose tree does not mention this one back.

    Of several mentions of one partner the first is told. One that is marked as waiting or refused expects nothing.
    """
    firsts: dict[str, Mention] = {}
    agreed: dict[str, Mention] = {}
    for mention in _mentions(subject.peta):
        firsts.setdefault(folded(mention.crosscutting.instansi), mention)
        if mention.crosscutting.status not in _OPEN:
            agreed.setdefault(folded(mention.crosscutting.instansi), mention)
    if firsts and (units := _units(subject)):
        yield from _misspelt(firsts, units, subject)
        yield from _one_sided(agreed, units, subject)


def _misspelt(firsts: Mapping[str, Mention], units: Units, subject: Subject) -> Iterator[Remark]:
    own = _names(subject.peta.pohon)
    known = {form: name for others in units.values() for peta in others for form, name in _names(peta.pohon).items()}
    names = tuple(known)
    unknown = ((plain(name), m) for name, m in firsts.items() if name not in units and plain(name) not in own)
    for partner, mention in islice(unknown, MOST_SUGGESTIONS):
        if near := known.get(_nearest(partner, names)):
            name = quoted(mention.crosscutting.instansi)
            message = f"Mitra {name} hampir sama dengan {quoted(near)}, yang punya pohon di ruang kerja ini."
            yield mention.remark(message, f"Tulis {near} bila itu maksudnya, supaya kedua pohon tertaut.")


def _one_sided(agreed: Mapping[str, Mention], units: Units, subject: Subject) -> Iterator[Remark]:
    own = tuple(_names(subject.peta.pohon))
    for name, mention in agreed.items():
        # A tree that has not reached the stage of crosscutting is not asked for it.
        others = [peta for peta in units.get(name, ()) if peta.pohon.tahap >= _CROSSCUTTING]
        if others and not any(_mentions_back(peta, own) for peta in others):
            message = f"Pohon {quoted(others[0].pohon.judul)} belum menyebut balik crosscutting ini."
            hint = "Sepakati dan tulis @crosscutting di pohon itu juga, atau tandai (menunggu) di akhir baris ini."
            yield mention.remark(message, hint)


def _mentions(peta: Peta) -> Iterator[Mention]:
    """Give every crosscutting; one without partner or contribution is told while reading."""
    for simpul in peta.simpul.values():
        for nth, crosscutting in enumerate(simpul.crosscutting):
            if crosscutting.instansi and crosscutting.teks:
                yield Mention(simpul, nth, crosscutting)


def _mentions_back(peta: Peta, own: tuple[str, ...]) -> bool:
    partners = dict.fromkeys(plain(mention.crosscutting.instansi) for mention in _mentions(peta))
    return not partners.keys().isdisjoint(own) or any(_nearest(partner, own) for partner in partners)


def _units(subject: Subject) -> Units:
    """Give the trees of other units by the names under which the site links them: the unit's, and the title."""
    own = subject.peta.pohon
    units: dict[str, list[Peta]] = {}
    for peta in subject.around.trees.values():
        pohon = peta.pohon
        if pohon.nama != own.nama and (not pohon.instansi or plain(pohon.instansi) != plain(own.instansi)):
            for name in {folded(pohon.instansi), folded(pohon.judul)} - {""}:
                units.setdefault(name, []).append(peta)
    return units


def _names(pohon: Pohon) -> dict[str, str]:
    """Give the plain forms in which a unit may be written, each with its name as the header has it."""
    name = pohon.instansi or pohon.judul
    forms = {plain(pohon.judul): pohon.judul, plain(name): name, plain(f"{name} {pohon.daerah}"): name}
    return {form: written for form, written in forms.items() if form}


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """Give a unit's name without case, punctuation and the words that it may lack."""
    words = (_SHORT.get(word, word) for word in _WORD.findall(name.casefold()))
    return " ".join(word for word in words if word not in _GENERIC)


@lru_cache(maxsize=4096)
def _nearest(name: str, names: tuple[str, ...]) -> str:
    """Give the plain name that this one is, or is but for a typing error; empty where there is none."""
    if name in names:
        return name
    if not name or len(name) > LONGEST_NAME:
        return ""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - 20 ms at start-up, needed only where partners are compared

    for near, _, _ in process.extract(name, names, scorer=fuzz.ratio, score_cutoff=_LEAST_SCORE, limit=_COMPARED):
        here, there = name.split(), near.split()
        differing = [w for w in here if w not in there], [w for w in there if w not in here]
        if all(differing) and fuzz.ratio(*map(" ".join, differing)) >= _LEAST_SCORE:
            return str(near)
    return ""
