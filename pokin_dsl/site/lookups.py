"""What the pages of one tree ask for again and again, found when first asked: links, findings, sums, holdings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from pokin_dsl.model.nilai import besar, rupiah
from pokin_dsl.model.query import jabatan_bersama, pengampuan
from pokin_dsl.model.tree import Csf, Deret
from pokin_dsl.site import prose, urls
from pokin_dsl.site.atlas import LEVELS, Atlas, Link, Referrers, make_atlas
from pokin_dsl.site.comparison import NO_MARKS
from pokin_dsl.site.finding_parts import FindingParts
from pokin_dsl.site.parts import divide
from pokin_dsl.site.source_parts import SourceParts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.model.tree import Catatan, Indikator, Simpul
    from pokin_dsl.rules.checked import Checked
    from pokin_dsl.site.comparison import Compared, Marks
    from pokin_dsl.site.diagram import Box
    from pokin_dsl.site.parts import Part

SEVERITIES = {"galat": "Galat", "peringatan": "Peringatan", "info": "Info"}
Held = tuple[tuple["Simpul", tuple["Indikator", ...]], ...]
_Amounts = dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Pagu:
    """The budget of a node: printed amounts by year; ``own`` where it is written, else it is its children's sum."""

    years: Mapping[str, str]
    own: bool


class Lookups:
    """One tree with its look-ups, all by id unless said otherwise.

    ``name`` is the tree's name, which is its folder; ``rules`` are the codes of the rules that have a page of their
    own; ``marks`` say what differs from a former version, where there is one to compare with; ``boxes`` are those that
    pictures have shown so far. A preview makes one page of a tree of thousands of nodes,
    so nothing is looked up before a page asks, and what was found is kept. The tree itself never changes.
    """

    def __init__(self, checked: Checked, atlas: Atlas, rules: frozenset[str], marks: Marks = NO_MARKS) -> None:
        self.checked = checked
        self.name = checked.nama
        self.peta = checked.peta
        self.pohon = checked.pohon
        self.atlas = atlas
        self.links = atlas.links[self.name]
        self.rules = rules
        self.marks = marks
        self.boxes: dict[str, Box] = {}
        self._below: dict[str, int] = {}
        self._amounts: dict[str, _Amounts | None] = {}

    @cached_property
    def sources(self) -> SourceParts:
        """Give the parts that long sources are divided into."""
        return SourceParts(self.checked.documents)

    @cached_property
    def finding_parts(self) -> FindingParts:
        """Give the parts that many findings are divided into."""
        return FindingParts(self.anchored)

    @property
    def referrers(self) -> Referrers:
        """Give who refers to the things of this tree."""
        return self.atlas.referrers[self.name]

    @cached_property
    def files(self) -> Mapping[str, int]:
        """Give the number of each file by path, from 1."""
        return {document.source.path: number for number, document in enumerate(self.checked.documents, 1)}

    @cached_property
    def anchored(self) -> tuple[tuple[str, Diagnostic], ...]:
        """Give all findings with their anchors, in the order of the text."""
        return tuple(_anchored(self.checked.diagnostics))

    @cached_property
    def findings(self) -> Mapping[str, tuple[Link, ...]]:
        """Give the findings about each thing."""
        found: dict[str, list[Link]] = {}
        for anchor, diagnostic in self.anchored:
            if diagnostic.subject:
                link = finding_link(self.finding(anchor), diagnostic, self.rules)
                found.setdefault(diagnostic.subject, []).append(link)
        return {subject: tuple(links) for subject, links in found.items()}

    @cached_property
    def held(self) -> Mapping[str, Held]:
        """Give what each position answers for."""
        return pengampuan(self.peta)

    @cached_property
    def shared(self) -> frozenset[str]:
        """Give the positions whose superior depends on the work."""
        return frozenset(jabatan.id for jabatan in jabatan_bersama(self.pohon))

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """Give the parts that long tables are divided into, by the id of their root; the whole tree's is the first."""
        return divide(self.pohon)

    def below(self, simpul: Simpul) -> int:
        """Count the performances below a node."""
        known = self._below.get(simpul.id)
        if known is None:
            known = 0
            for anak in simpul.anak:
                known += self.below(anak) + (not isinstance(anak, Csf))
            self._below[simpul.id] = known
        return known

    def pagu(self, simpul: Simpul) -> Pagu | None:
        """Give the budget that is written for a node, else the sum of those below it, else nothing."""
        if simpul.pagu:
            return Pagu(_printed(simpul.pagu), own=True)
        total = self._budget(simpul)
        return Pagu({year: rupiah(total[year]) for year in sorted(total)}, own=False) if total else None

    def source(self, id_: str) -> str:
        """Give the address of what was written of a thing; empty where it is written nowhere of its own."""
        if id_ not in self.checked.resolved.letak:
            return ""
        page = self.sources.page(*self.place(id_)) if self.sources.divided else urls.SOURCE
        return f"{page}#{urls.written_anchor(id_)}"

    def line(self, file: int, number: int) -> str:
        """Give the address of a line."""
        return f"{self.sources.page(file, number)}#{urls.line_anchor(file, number)}"

    def place(self, id_: str) -> tuple[int, int]:
        """Give the numbers of the file and of the line on which a thing is written."""
        tempat = self.checked.resolved.letak[id_]
        return self.files.get(tempat.source.path, 1), tempat.line(tempat.block).number

    def finding(self, anchor: str) -> str:
        """Give the address of the full account of a finding."""
        return f"{self.finding_parts.page(anchor)}#{anchor}"

    def links_to(self, ids: Iterable[str]) -> list[Link]:
        """Give the links to things of this tree."""
        links = self.links
        return [links[id_] for id_ in ids]

    def follow(self, references: tuple[str, ...]) -> list[Link]:
        """Give the links that references mean; dead ones (P103) are left out."""
        found = (self.atlas.follow(self.name, reference) for reference in references)
        return [link for link in found if link]

    def notes(self, notes: tuple[Catatan, ...], base: str) -> str:
        """Give notes as HTML for a page that stands ``base`` away from the tree's folder."""

        def resolve(reference: str) -> tuple[str, str] | None:
            link = self.atlas.follow(self.name, reference)
            return (base + link["href"], link["teks"]) if link else None

        return "".join(prose.note(catatan, resolve) for catatan in notes)

    def _budget(self, simpul: Simpul) -> _Amounts | None:
        """Give the amounts that a node adds to those above it: its own, else the sum of its children's."""
        if simpul.id not in self._amounts:
            if simpul.pagu:
                own = {t.kunci: amount for t in simpul.pagu if (amount := besar(t.nilai)) is not None}
                self._amounts[simpul.id] = own
            else:
                parts = (self._budget(anak) for anak in simpul.anak)
                self._amounts[simpul.id] = _sum([part for part in parts if part]) or None
        return self._amounts[simpul.id]


def look_up(
    trees: tuple[Checked, ...],
    rules: frozenset[str] = frozenset(),
    compared: Compared | None = None,
    levels: Mapping[str, str] = LEVELS,
) -> tuple[Lookups, ...]:
    """Index all trees; every reference between them is known in both directions, ``rules`` are those with a page.

    Where they are compared with a former version, what differs is marked. ``levels`` are the printed names of levels.
    """
    atlas = make_atlas(trees, levels)
    marks = compared.marks if compared else {}
    return tuple(Lookups(tree, atlas, rules, marks.get(tree.nama, NO_MARKS)) for tree in trees)


def finding_link(address: str, diagnostic: Diagnostic, rules: frozenset[str]) -> Link:
    """Give a finding in short, with the address of its full account.

    ``halaman`` is the address of its rule's page from the site's root, empty where the rule has none.
    """
    weight = diagnostic.severity.value
    return {
        "teks": diagnostic.message,
        "href": address,
        "bobot": weight,
        "label": SEVERITIES[weight],
        "kode": diagnostic.code,
        "petunjuk": diagnostic.hint,
        "halaman": urls.rule(diagnostic.code) if diagnostic.code in rules else "",
    }


def count(number: int) -> str:
    """Print a number of things."""
    return f"{number:,}".replace(",", ".")


def years(series: Deret) -> dict[str, str]:
    """Give the values of a series as printed, by year or quarter."""
    return {titik.kunci: titik.nilai.teks for titik in series}


def _anchored(diagnostics: tuple[Diagnostic, ...]) -> Iterator[tuple[str, Diagnostic]]:
    """Name every finding by its rule and what it is about, so that a new one leaves the addresses of others alone."""
    met: dict[tuple[str, str], int] = {}
    for diagnostic in diagnostics:
        key = diagnostic.code, diagnostic.subject
        met[key] = met.get(key, 0) + 1
        yield urls.finding_anchor(*key, met[key]), diagnostic


def _printed(series: Deret) -> dict[str, str]:
    amounts = ((titik, besar(titik.nilai)) for titik in series)
    return {titik.kunci: titik.nilai.teks if amount is None else rupiah(amount) for titik, amount in amounts}


def _sum(parts: list[_Amounts]) -> _Amounts:
    total: _Amounts = {}
    for part in parts:
        for year, amount in part.items():
            total[year] = total.get(year, Decimal(0)) + amount
    return total
