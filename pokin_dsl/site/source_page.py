"""The page of a tree's sources: every file, line by line, with its findings and the anchors of what it says."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from pokin_dsl.site import urls
from pokin_dsl.site.highlight import highlighted_lines
from pokin_dsl.site.lookups import count, finding_link
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.site.atlas import Link
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Lookups
    from pokin_dsl.syntax.nodes import Document

Place = tuple[int, int]
"""The number of a file and of a line in it, both from 1."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What is told beside the lines: findings and ids by place, and the way from the page to the site's root."""

    findings: Mapping[Place, list[Link]]
    ids: Mapping[Place, str]
    root: str


def source_page(lookups: Lookups, frame: TreeFrame) -> Page:
    """Make the page."""
    around = _Around(_findings_by_line(lookups), _id_by_line(lookups), urls.climb(f"{lookups.name}/"))
    files = [_file(number, document, around) for number, document in enumerate(lookups.checked.documents, 1)]
    context: Context = {**frame.page("Sumber", "sumber"), "berkas": files}
    return Page(urls.in_tree(lookups.name, urls.SOURCE), "sumber.html.j2", context)


def _file(number: int, document: Document, around: _Around) -> Context:
    lines = highlighted_lines(document)
    if lines and not lines[-1]:
        lines.pop()
    return {
        "nama": document.source.path,
        "jangkar": f"berkas-{number}",
        "jumlah": count(len(lines)),
        "baris_html": "".join(_lines(number, lines, around)),
    }


def _lines(file: int, lines: list[str], around: _Around) -> Iterator[str]:
    """Give each line as HTML; the line end stands inside, so that copying and a page without its style keep it."""
    for number, line in enumerate(lines, 1):
        anchor = urls.line_anchor(file, number)
        findings = around.findings.get((file, number), ())
        weight = f" baris-{findings[0]['bobot']}" if findings else ""
        id_ = around.ids.get((file, number))
        said = f'<span id="{urls.written_anchor(id_)}">{line}</span>' if id_ else line
        yield f'<span class="baris{weight}" id="{anchor}">{said}\n</span>'
        for link in findings:
            yield _finding(link, around.root)


def _finding(link: Link, root: str) -> str:
    """Give a finding with a link to its full account, and one to the page of its rule where there is one."""
    code = escape(link["kode"])
    about = f' <a href="{root}{link["halaman"]}" title="Tentang aturan {code}">{code}</a>' if link["halaman"] else ""
    text = escape(link["teks"] if about else f"{link['kode']} {link['teks']}")
    return (
        f'<span class="sisipan bobot-{link["bobot"]}"><strong>{link["label"]}</strong>{about} '
        f'<a href="{escape(link["href"])}">{text}</a>\n</span>'
    )


def _findings_by_line(lookups: Lookups) -> dict[Place, list[Link]]:
    """Give the findings by file and line, the gravest of a line first."""
    found: dict[Place, list[tuple[int, Link]]] = {}
    for anchor, diagnostic in lookups.anchored:
        file = lookups.files.get(diagnostic.source)
        if file:
            line = lookups.checked.documents[file - 1].source.position(diagnostic.span.start).line
            link = finding_link(anchor, diagnostic, lookups.rules)
            found.setdefault((file, line), []).append((diagnostic.severity.rank, link))
    return {place: [link for _, link in sorted(links, key=lambda one: one[0])] for place, links in found.items()}


def _id_by_line(lookups: Lookups) -> dict[Place, str]:
    """Give the id of the node, indicator or position that is written on a line; no line is part of a tree twice."""
    places = lookups.checked.resolved.letak.items()
    return {(lookups.files.get(tempat.source.path, 1), tempat.line(tempat.block).number): id_ for id_, tempat in places}
