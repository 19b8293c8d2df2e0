"""Trees to a site: how to make every page with its context and its picture; nothing is made or rendered yet."""

from __future__ import annotations

from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from pokin_dsl.site import pictures, urls
from pokin_dsl.site.atlas import level_names
from pokin_dsl.site.changes_page import changes_page, changes_part_page
from pokin_dsl.site.checklist_page import checklist_page
from pokin_dsl.site.comparison import Compared, Former
from pokin_dsl.site.crosscutting_page import crosscutting_page
from pokin_dsl.site.findings_page import findings_page, findings_part_page
from pokin_dsl.site.frame import STAGES, TreeFrame, portal_frame
from pokin_dsl.site.indikator_page import indikator_page
from pokin_dsl.site.jabatan_page import position_page, positions_page
from pokin_dsl.site.kinerja_page import alias_page, kinerja_page
from pokin_dsl.site.lookups import look_up
from pokin_dsl.site.nowhere_page import nowhere_page
from pokin_dsl.site.partnership import count_ties
from pokin_dsl.site.portal_page import Portal, portal_pages
from pokin_dsl.site.print_page import print_page
from pokin_dsl.site.rule_pages import NO_RULEBOOK, Rulebook, rule_pages
from pokin_dsl.site.search import search_files
from pokin_dsl.site.site import Asset, Maker, Site, SiteSettings
from pokin_dsl.site.source_page import SourcePages
from pokin_dsl.site.stage_pages import DIVIDED, stage_page
from pokin_dsl.site.tree_page import tree_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.rules.checked import Checked
    from pokin_dsl.site.lookups import Lookups

_WHOLE_TREE = (
    (urls.INDEX, tree_page),
    (urls.INDICATORS, indikator_page),
    (urls.POSITIONS, positions_page),
    (urls.FINDINGS, findings_page),
    (urls.CHECKLIST, checklist_page),
    (urls.PRINT, print_page),
)


def make_site(  # noqa: PLR0913, PLR0917 - what a site is made of, each handed in by another
    trees: tuple[Checked, ...],
    settings: SiteSettings,
    statics: Mapping[str, bytes],
    general: tuple[Diagnostic, ...] = (),
    rulebook: Rulebook = NO_RULEBOOK,
    former: Former | None = None,
) -> Site:
    """Plan the site of a workspace; what a page asks for is looked up when the first page that asks is made.

    ``statics`` are the files of the look by name; ``general`` are findings that belong to no tree; what ``rulebook``
    explains has a page of its own, to which findings link. Where there is a ``former`` version, a page tells what
    changed since, and what changed is marked on all others.
    """
    rules = frozenset(rulebook.explanations)
    levels = level_names(settings.jenjang)
    petas = {tree.nama: tree.peta for tree in trees}
    compared = Compared(former, petas, levels=levels) if former else None
    front = portal_frame(settings, rules=bool(rules), compared=compared)
    ties = count_ties(trees)
    pages: dict[str, Maker] = dict(portal_pages(Portal(trees, levels, ties), front, general, rules))
    if compared:
        pages[urls.CHANGES] = partial(changes_page, compared, front)
        for part in compared.parts.parts if compared.parts.divided else ():
            pages[part.address] = partial(changes_part_page, compared, front, part)
    pages.update(rule_pages(rulebook, settings))
    pages[urls.NOWHERE] = partial(nowhere_page, settings)
    files = {}
    looked_up = look_up(trees, rules, compared, levels)
    if ties:
        pages[urls.CROSSCUTTING] = partial(crosscutting_page, looked_up[0].atlas, front)
    for lookups in looked_up:
        pages.update(_tree_pages(lookups, TreeFrame(lookups, settings, compared)))
        files[urls.in_tree(lookups.name, urls.PICTURE)] = partial(pictures.overview, lookups)
    assets = tuple(Asset(f"{urls.STATICS}/{name}", content) for name, content in sorted(statics.items()))
    return Site(pages, files, assets, dict(search_files(looked_up, settings)))


def _tree_pages(lookups: Lookups, frame: TreeFrame) -> Iterator[tuple[str, Maker]]:
    tree, peta = lookups.name, lookups.peta
    for address, make in _WHOLE_TREE:
        yield urls.in_tree(tree, address), partial(make, lookups, frame)
    for number, _, _ in STAGES:
        yield urls.in_tree(tree, urls.stage(number)), partial(stage_page, lookups, frame, number)
    sources = SourcePages(lookups, frame)
    yield urls.in_tree(tree, urls.SOURCE), sources.own
    for address, make_part in chain(_parts_of_tables(lookups, frame), _parts_of_texts(lookups, frame, sources)):
        yield urls.in_tree(tree, address), make_part
    for id_, jabatan in peta.jabatan.items():
        yield urls.in_tree(tree, urls.position(id_)), partial(position_page, lookups, frame, jabatan)
    for id_, simpul in peta.simpul.items():
        yield urls.in_tree(tree, urls.kinerja(id_)), partial(kinerja_page, lookups, frame, simpul)
    for alias, id_ in peta.alias.items():
        if alias not in peta.simpul:
            yield urls.in_tree(tree, urls.kinerja(alias)), partial(alias_page, lookups, frame, alias, id_)


def _parts_of_tables(lookups: Lookups, frame: TreeFrame) -> Iterator[tuple[str, Maker]]:
    for id_, part in islice(lookups.parts.items(), 1, None):
        yield urls.part(urls.INDICATORS, id_), partial(indikator_page, lookups, frame, part)
        for number in DIVIDED:
            yield urls.part(urls.stage(number), id_), partial(stage_page, lookups, frame, number, part)


def _parts_of_texts(lookups: Lookups, frame: TreeFrame, sources: SourcePages) -> Iterator[tuple[str, Maker]]:
    for part in lookups.sources.parts if lookups.sources.divided else ():
        yield part.address, partial(sources.part, part)
    for found in chain.from_iterable(lookups.finding_parts.parts.values()):
        yield found.address, partial(findings_part_page, lookups, frame, found)
