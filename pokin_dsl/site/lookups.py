"""What the pages of one tree ask for again and again, found once: links, source lines, findings, sums, holdings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pokin_dsl.model.nilai import besar, rupiah
from pokin_dsl.model.query import pengampuan
from pokin_dsl.model.tree import Csf, Deret
from pokin_dsl.site import prose, urls
from pokin_dsl.site.atlas import Atlas, Link, Referrers, find_referrers, make_atlas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.tree import Catatan, Indikator, Pohon, Simpul
    from pokin_dsl.rules.checked import Checked

SEVERITIES = {"galat": "Galat", "peringatan": "Peringatan", "info": "Info"}
Held = tuple[tuple["Simpul", tuple["Indikator", ...]], ...]


@dataclass(frozen=True, slots=True)
class Pagu:
    """The budget of a node: printed amounts by year; ``own`` where it is written, else it is its children's sum."""

    years: Mapping[str, str]
    own: bool


@dataclass(frozen=True, slots=True)
class Lookups:
    """One tree with its look-ups, all by id unless said otherwise.

    ``files`` is the number of each file by path, ``lines`` the address of a thing's source line, ``below`` how many
    performances stand below a node, ``held`` what a position answers for.
    ``rules`` are the codes of the rules that have a page of their own.
    """

    checked: Checked
    atlas: Atlas
    referrers: Referrers
    links: Mapping[str, Link]
    files: Mapping[str, int]
    lines: Mapping[str, str]
    findings: Mapping[str, tuple[Link, ...]]
    below: Mapping[str, int]
    pagu: Mapping[str, Pagu]
    held: Mapping[str, Held]
    rules: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Give the tree's name, which is its folder."""
        return self.checked.nama

    @property
    def peta(self) -> Peta:
        """Give the tree's index."""
        return self.checked.peta

    @property
    def pohon(self) -> Pohon:
        """Give the tree itself."""
        return self.checked.pohon

    def links_to(self, ids: tuple[str, ...]) -> list[Link]:
        """Give the links to things of this tree."""
        return [self.links[id_] for id_ in ids]

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


def look_up(trees: tuple[Checked, ...], rules: frozenset[str] = frozenset()) -> tuple[Lookups, ...]:
    """Index all trees; every reference between them is known in both directions, ``rules`` are those with a page."""
    atlas = make_atlas(trees)
    referrers = find_referrers(atlas)
    return tuple(_look_up(tree, atlas, referrers[tree.nama], rules) for tree in trees)


def finding_link(number: int, diagnostic: Diagnostic, rules: frozenset[str]) -> Link:
    """Give a finding in short, with the address of its full account; findings are counted from 1.

    ``halaman`` is the address of its rule's page from the site's root, empty where the rule has none.
    """
    weight = diagnostic.severity.value
    return {
        "teks": diagnostic.message,
        "href": urls.finding(number),
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


def _look_up(tree: Checked, atlas: Atlas, referrers: Referrers, rules: frozenset[str]) -> Lookups:
    files = {document.source.path: number for number, document in enumerate(tree.documents, 1)}
    lines = {
        id_: urls.line(files.get(tempat.source.path, 1), tempat.block.line.number)
        for id_, tempat in tree.resolved.letak.items()
    }
    return Lookups(
        tree,
        atlas,
        referrers,
        atlas.links[tree.nama],
        files,
        lines,
        _findings(tree.diagnostics, rules),
        _below(tree.peta),
        _pagu(tree.peta),
        pengampuan(tree.peta),
        rules,
    )


def _findings(diagnostics: tuple[Diagnostic, ...], rules: frozenset[str]) -> dict[str, tuple[Link, ...]]:
    found: dict[str, list[Link]] = {}
    for number, diagnostic in enumerate(diagnostics, 1):
        if diagnostic.subject:
            found.setdefault(diagnostic.subject, []).append(finding_link(number, diagnostic, rules))
    return {subject: tuple(links) for subject, links in found.items()}


def _below(peta: Peta) -> dict[str, int]:
    below: dict[str, int] = {}
    for simpul in reversed(list(peta.simpul.values())):
        below[simpul.id] = sum(below[anak.id] + (not isinstance(anak, Csf)) for anak in simpul.anak)
    return below


def _pagu(peta: Peta) -> dict[str, Pagu]:
    """Give the budgets that are written, and above them the sums; children come before their parents."""
    amounts: dict[str, dict[str, Decimal]] = {}
    pagu: dict[str, Pagu] = {}
    for simpul in reversed(list(peta.simpul.values())):
        if simpul.pagu:
            amounts[simpul.id] = {t.kunci: amount for t in simpul.pagu if (amount := besar(t.nilai)) is not None}
            pagu[simpul.id] = Pagu(_printed(simpul.pagu), own=True)
        elif total := _sum([amounts[anak.id] for anak in simpul.anak if anak.id in amounts]):
            amounts[simpul.id] = total
            pagu[simpul.id] = Pagu({year: rupiah(total[year]) for year in sorted(total)}, own=False)
    return pagu


def _printed(series: Deret) -> dict[str, str]:
    amounts = ((titik, besar(titik.nilai)) for titik in series)
    return {titik.kunci: titik.nilai.teks if amount is None else rupiah(amount) for titik, amount in amounts}


def _sum(parts: list[dict[str, Decimal]]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for part in parts:
        for year, amount in part.items():
            total[year] = total.get(year, Decimal(0)) + amount
    return total
