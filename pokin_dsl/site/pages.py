"""Trees to a site: every page with its context, every picture, every file; nothing is rendered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.site import urls
from pokin_dsl.site.checklist_page import checklist_page
from pokin_dsl.site.findings_page import TITLES, findings_page
from pokin_dsl.site.frame import TreeFrame, heading, portal_frame
from pokin_dsl.site.indikator_page import indikator_page
from pokin_dsl.site.jabatan_page import position_pages, positions_page
from pokin_dsl.site.kinerja_page import alias_page, kinerja_page
from pokin_dsl.site.lookups import finding_link, look_up
from pokin_dsl.site.outline import outline
from pokin_dsl.site.pictures import overview_name
from pokin_dsl.site.rule_pages import NO_RULEBOOK, Rulebook, rule_pages
from pokin_dsl.site.site import Asset, Page, Site, SiteSettings
from pokin_dsl.site.source_page import source_page
from pokin_dsl.site.stage_pages import stage_pages
from pokin_dsl.site.tree_page import figures, findings_summary, tree_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.rules.checked import Checked
    from pokin_dsl.site.diagram import Picture
    from pokin_dsl.site.frame import Context
    from pokin_dsl.site.lookups import Lookups


def make_site(
    trees: tuple[Checked, ...],
    settings: SiteSettings,
    statics: Mapping[str, bytes],
    general: tuple[Diagnostic, ...] = (),
    rulebook: Rulebook = NO_RULEBOOK,
) -> Site:
    """Make the site of a workspace.

    ``statics`` are the files of the look by name; ``general`` are findings that belong to no tree; what ``rulebook``
    explains has a page of its own, to which findings link.
    """
    rules = frozenset(rulebook.explanations)
    pages = [_portal_page(trees, settings, general, rules), *rule_pages(rulebook, settings)]
    pictures: dict[str, Picture] = {}
    files: dict[str, str] = {}
    for lookups in look_up(trees, rules):
        for page, picture in _tree_pages(lookups, settings):
            pages.append(page)
            if picture:
                pictures[picture.name] = picture
        files[urls.in_tree(lookups.name, urls.PICTURE)] = overview_name(lookups)
    assets = tuple(Asset(f"{urls.STATICS}/{name}", content) for name, content in sorted(statics.items()))
    return Site(tuple(pages), pictures, files, assets)


def _tree_pages(lookups: Lookups, settings: SiteSettings) -> Iterator[tuple[Page, Picture | None]]:
    frame = TreeFrame(lookups, settings)
    entries = outline(lookups)
    yield tree_page(lookups, frame, entries)
    whole_tree = (indikator_page, positions_page, findings_page, checklist_page, source_page)
    yield from ((make(lookups, frame), None) for make in whole_tree)
    for page in (*stage_pages(lookups, frame), *position_pages(lookups, frame)):
        yield page, None
    for simpul in lookups.peta.simpul.values():
        yield kinerja_page(lookups, frame, entries, simpul)
    for alias, id_ in lookups.peta.alias.items():
        if alias not in lookups.peta.simpul:
            yield alias_page(lookups, frame, alias, id_), None


def _portal_page(
    trees: tuple[Checked, ...], settings: SiteSettings, general: tuple[Diagnostic, ...], rules: frozenset[str]
) -> Page:
    found = [(diagnostic, finding_link(0, diagnostic, rules)) for diagnostic in general]
    context: Context = {
        **portal_frame(settings, rules=bool(rules)),
        "daftar": [_card(tree) for tree in trees],
        "temuan": [
            {**link, "berkas": diagnostic.source, "aturan": TITLES.get(diagnostic.code, "")}
            for diagnostic, link in found
        ],
    }
    return Page(urls.INDEX, "beranda.html.j2", context)


def _card(tree: Checked) -> Context:
    return {
        **heading(tree.pohon),
        "href": urls.in_tree(tree.nama, urls.INDEX),
        "nama": tree.nama,
        "tahap": tree.pohon.tahap,
        "angka": list(figures(tree)),
        "ringkasan": findings_summary(tree),
        "temuan_href": urls.in_tree(tree.nama, urls.FINDINGS),
    }
