"""The page of a tree's sources: every file, line by line, with its findings and the anchors of what it says.

Beyond ``MOST_COLOURED`` lines words have no colours, and a line that nothing leads to is mere text: a browser takes in
some 50,000 such lines within half a second, where every line with its words as elements takes it many.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
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
    from pokin_dsl.text import Source

MOST_COLOURED = 4_000
_GROUP = 200

Place = tuple[int, int]
"""The number of a file and of a line in it, both from 1."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What is told beside the lines: findings and ids by place, and the way from the page to the site's root.

    ``linked`` are the places to which findings lead.
    """

    findings: Mapping[Place, list[Link]]
    ids: Mapping[Place, str]
    linked: frozenset[Place]
    root: str


def source_page(lookups: Lookups, frame: TreeFrame) -> Page:
    """Make the page."""
    findings = _findings_by_line(lookups)
    linked = frozenset((*findings, *_labelled(lookups)))
    around = _Around(findings, _id_by_line(lookups), linked, urls.climb(f"{lookups.name}/"))
    documents = lookups.checked.documents
    long = sum(len(document.source.line_starts) for document in documents) > MOST_COLOURED
    make = _long_file if long else _file
    files = [make(number, document, around) for number, document in enumerate(documents, 1)]
    context: Context = {**frame.page("Sumber", "sumber"), "berkas": files, "panjang": long}
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


def _long_file(number: int, document: Document, around: _Around) -> Context:
    source = document.source
    last = len(source.line_starts) - source.text.endswith("\n")
    starts = [*range(1, last + 1, _GROUP), last + 1]
    groups = (_group(number, source, range(*ends), around) for ends in pairwise(starts))
    return {
        "nama": source.path,
        "jangkar": f"berkas-{number}",
        "jumlah": count(last),
        "baris_html": "".join(groups),
    }


def _group(file: int, source: Source, numbers: range, around: _Around) -> str:
    """Give some lines as text beside their numbers; a finding takes a line of its own, without a number."""
    gutter: list[str] = []
    said: list[str] = []
    for number in numbers:
        findings = around.findings.get((file, number), ())
        gutter.append(f"{number}\n" + "\n" * len(findings))
        said.append(_plain_line(file, number, escape(source.line_text(number)), around) + "\n")
        said += (_finding(link, around.root) for link in findings)
    first = urls.line_anchor(file, numbers[0])
    return (
        f'<span class="kawanan" data-baris="{first}"><span class="nomor" aria-hidden="true">{"".join(gutter)}</span>'
        f"<span>{''.join(said)}</span></span>"
    )


def _plain_line(file: int, number: int, html: str, around: _Around) -> str:
    """Give a line with the anchors of what it says and, where a finding leads to it, of itself."""
    place = file, number
    if id_ := around.ids.get(place):
        html = f'<b id="{urls.written_anchor(id_)}">{html}</b>'
    if place not in around.linked:
        return html
    findings = around.findings.get(place, ())
    weight = f' class="baris-{findings[0]["bobot"]}"' if findings else ""
    return f'<span id="{urls.line_anchor(file, number)}"{weight}>{html}</span>'


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


def _labelled(lookups: Lookups) -> Iterator[Place]:
    """Give the places that findings name beside their own."""
    for diagnostic in lookups.checked.diagnostics:
        for label in diagnostic.labels:
            if file := lookups.files.get(label.source):
                yield file, lookups.checked.documents[file - 1].source.position(label.span.start).line


def _id_by_line(lookups: Lookups) -> dict[Place, str]:
    """Give the id of the node, indicator or position that is written on a line; no line is part of a tree twice."""
    places = lookups.checked.resolved.letak.items()
    return {(lookups.files.get(tempat.source.path, 1), tempat.line(tempat.block).number): id_ for id_, tempat in places}
