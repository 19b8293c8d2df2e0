"""The first page of the site, and that of each organisation: which trees there are, and how each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from pokin_dsl.model.positions import folded
from pokin_dsl.model.tree import Csf
from pokin_dsl.site import urls
from pokin_dsl.site.findings_page import TITLES
from pokin_dsl.site.frame import STAGES, heading, severities
from pokin_dsl.site.lookups import SEVERITIES, count, finding_link
from pokin_dsl.site.organisations import Organisation, organisations, pages_of
from pokin_dsl.site.site import Maker, Page
from pokin_dsl.site.tree_page import figures, findings_summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.rules.checked import Checked
    from pokin_dsl.site.frame import Context

MOST_CARDS = 12
"""Trees that a page shows as cards; more of them are rows of a table."""
TOP = "Tingkat teratas"
"""What the trees are called together that lie in no folder."""
_TEMPLATE = "beranda.html.j2"


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of one tree, or of several together; ``findings`` by severity."""

    trees: int
    kinerja: int
    indikator: int
    jabatan: int
    findings: Mapping[str, int]


class Portal:
    """The trees of a site with their figures, each counted when the first page asks for it.

    ``levels`` are the printed names of levels, ``ties`` counts what the page of crosscutting tells of.
    """

    def __init__(self, trees: tuple[Checked, ...], levels: Mapping[str, str], ties: int = 0) -> None:
        self.trees, self.levels, self.ties = trees, levels, ties
        self._standing: dict[str, Standing] = {}

    @cached_property
    def folders(self) -> Mapping[str, tuple[str, tuple[Checked, ...]]]:
        """Give the organisations that have a page, as ``organisations.pages_of``."""
        return pages_of(self.trees)

    def standing(self, trees: Iterable[Checked]) -> Standing:
        """Give the figures of some trees together."""
        each = [self._of(tree) for tree in trees]
        return Standing(
            len(each),
            sum(one.kinerja for one in each),
            sum(one.indikator for one in each),
            sum(one.jabatan for one in each),
            {weight: sum(one.findings[weight] for one in each) for weight in SEVERITIES},
        )

    def _of(self, tree: Checked) -> Standing:
        known = self._standing.get(tree.nama)
        if known is None:
            peta = tree.peta
            kinerja = sum(not isinstance(simpul, Csf) for simpul in peta.simpul.values())
            known = Standing(1, kinerja, len(peta.indikator), len(peta.jabatan), severities(tree))
            self._standing[tree.nama] = known
        return known


def portal_pages(
    portal: Portal, front: Context, general: tuple[Diagnostic, ...], rules: frozenset[str]
) -> Iterator[tuple[str, Maker]]:
    """Plan the first page of the site and that of each organisation, by path.

    ``general`` are findings that belong to no tree, ``rules`` the codes of the rules that have a page.
    """
    yield urls.INDEX, partial(_front_page, portal, front, general, rules)
    for folder, (name, held) in portal.folders.items():
        yield urls.organisation(folder), partial(_organisation_page, portal, front, folder, (name, held))


def _front_page(portal: Portal, front: Context, general: tuple[Diagnostic, ...], rules: frozenset[str]) -> Page:
    found = [(diagnostic, finding_link("", diagnostic, rules)) for diagnostic in general]
    context: Context = {
        **front,
        **_listing(portal, portal.trees, ""),
        "crosscutting": {"href": urls.CROSSCUTTING, "jumlah": count(portal.ties)} if portal.ties else None,
        "temuan": [
            {**link, "berkas": diagnostic.source, "aturan": TITLES.get(diagnostic.code, "")}
            for diagnostic, link in found
        ],
    }
    return Page(urls.INDEX, _TEMPLATE, context)


def _organisation_page(portal: Portal, front: Context, folder: str, held: tuple[str, tuple[Checked, ...]]) -> Page:
    name, trees = held
    path = urls.organisation(folder)
    root = urls.climb(path)
    above = [f for f in portal.folders if folder.startswith(f"{f}/")]
    crumbs = [(portal.folders[f][0], urls.organisation(f)) for f in above]
    context: Context = {
        **front,
        **_listing(portal, trees, folder),
        "judul": name,
        "akar": root,
        "statis": f"{root}{urls.STATICS}/",
        "remah": [
            *({"teks": teks, "href": root + href} for teks, href in (("Semua pohon", urls.INDEX), *crumbs)),
            {"teks": name, "href": ""},
        ],
        "crosscutting": None,
        "temuan": [],
    }
    return Page(path, _TEMPLATE, context)


def _listing(portal: Portal, trees: tuple[Checked, ...], here: str) -> Context:
    """Give the trees of a page, by organisation, and what they come to together; ``here`` is the page's own folder."""
    groups = organisations(trees)
    compact = len(trees) > MOST_CARDS
    whole = portal.standing(trees)
    return {
        "ringkas": compact,
        "ikhtisar": _overview(whole, sum(bool(group.folder) for group in groups)) if len(trees) > 1 else [],
        "ringkasan": _weights(whole),
        "capaian": list(_stages(trees)) if len(trees) > 1 else [],
        "kelompok": [_group(portal, group, here, compact=compact) for group in groups],
        "seluruhnya": _sums(whole),
    }


def _overview(whole: Standing, groups: int) -> list[Mapping[str, str]]:
    figures_ = (
        ("Pohon", whole.trees),
        ("Organisasi", groups),
        ("Kinerja", whole.kinerja),
        ("Indikator", whole.indikator),
        ("Jabatan", whole.jabatan),
    )
    return [{"nama": name, "jumlah": count(number)} for name, number in figures_ if number]


def _stages(trees: tuple[Checked, ...]) -> Iterator[Context]:
    """Count the trees by the stage that each has reached."""
    for number, name, _ in STAGES:
        reached = sum(tree.pohon.tahap == number for tree in trees)
        yield {"nomor": number, "nama": name, "jumlah": reached}


def _group(portal: Portal, group: Organisation, here: str, *, compact: bool) -> Context:
    has_page = group.folder in portal.folders and group.folder != here
    return {
        "jangkar": group.anchor,
        "nama": group.nama or TOP,
        "di_bawah": list(group.within),
        "href": urls.organisation(group.folder) if has_page else "",
        "jumlah_pohon": count(len(group.trees)),
        "jumlah": _sums(portal.standing(group.trees)) if compact else None,
        "pohon": [_row(portal, group, tree) if compact else _card(portal, tree) for tree in group.trees],
    }


def _sums(standing: Standing) -> Context:
    return {
        "kinerja": count(standing.kinerja),
        "indikator": count(standing.indikator),
        "jabatan": count(standing.jabatan),
        "ringkasan": _weights(standing),
    }


def _weights(standing: Standing) -> list[Mapping[str, str]]:
    found = standing.findings.items()
    return [{"bobot": w, "label": SEVERITIES[w].lower(), "jumlah": count(number)} for w, number in found if number]


def _row(portal: Portal, group: Organisation, tree: Checked) -> Context:
    unit = tree.pohon.instansi
    return {
        "judul": tree.pohon.judul,
        "asal": "" if unit == group.nama or folded(unit) in folded(tree.pohon.judul) else unit,
        "href": urls.in_tree(tree.nama, urls.INDEX),
        "tahap": tree.pohon.tahap,
        "temuan_href": urls.in_tree(tree.nama, urls.FINDINGS),
        **_sums(portal.standing((tree,))),
    }


def _card(portal: Portal, tree: Checked) -> Context:
    return {
        **heading(tree.pohon),
        "href": urls.in_tree(tree.nama, urls.INDEX),
        "tahap": tree.pohon.tahap,
        "angka": list(figures(tree, portal.levels)),
        "ringkasan": findings_summary(tree),
        "temuan_href": urls.in_tree(tree.nama, urls.FINDINGS),
    }
