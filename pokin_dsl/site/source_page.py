"""The page of a tree's sources: every file, line by line, with its findings where they are."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from pokin_dsl.site import urls
from pokin_dsl.site.highlight import highlighted_lines
from pokin_dsl.site.lookups import count, finding_link
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pokin_dsl.site.atlas import Link
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Lookups
    from pokin_dsl.syntax.nodes import Document


def source_page(lookups: Lookups, frame: TreeFrame) -> Page:
    """Make the page."""
    found = _findings_by_line(lookups)
    root = urls.climb(f"{lookups.name}/")
    files = [_file(number, document, found, root) for number, document in enumerate(lookups.checked.documents, 1)]
    context: Context = {**frame.page("Sumber", "sumber"), "berkas": files}
    return Page(urls.in_tree(lookups.name, urls.SOURCE), "sumber.html.j2", context)


def _file(number: int, document: Document, found: dict[tuple[int, int], list[Link]], root: str) -> Context:
    lines = highlighted_lines(document)
    if lines and not lines[-1]:
        lines.pop()
    return {
        "nama": document.source.path,
        "jangkar": f"berkas-{number}",
        "jumlah": count(len(lines)),
        "baris_html": "".join(_lines(number, lines, found, root)),
    }


def _lines(file: int, lines: list[str], found: dict[tuple[int, int], list[Link]], root: str) -> Iterator[str]:
    """Give each line as HTML; the line end stands inside, so that copying and a page without its style keep it."""
    for number, line in enumerate(lines, 1):
        anchor = urls.line_anchor(file, number)
        findings = found.get((file, number))
        if not findings:
            yield f'<span class="baris" id="{anchor}">{line}\n</span>'
            continue
        yield f'<span class="baris baris-{findings[0]["bobot"]}" id="{anchor}">{line}\n</span>'
        yield from (_finding(link, root) for link in findings)


def _finding(link: Link, root: str) -> str:
    """Give a finding with a link to its full account, and one to the page of its rule where there is one."""
    code = escape(link["kode"])
    about = f' <a href="{root}{link["halaman"]}" title="Tentang aturan {code}">{code}</a>' if link["halaman"] else ""
    text = escape(link["teks"] if about else f"{link['kode']} {link['teks']}")
    return (
        f'<span class="sisipan bobot-{link["bobot"]}"><strong>{link["label"]}</strong>{about} '
        f'<a href="{escape(link["href"])}">{text}</a>\n</span>'
    )


def _findings_by_line(lookups: Lookups) -> dict[tuple[int, int], list[Link]]:
    """Give the findings by file and line, the gravest of a line first."""
    found: dict[tuple[int, int], list[tuple[int, Link]]] = {}
    for number, diagnostic in enumerate(lookups.checked.diagnostics, 1):
        file = lookups.files.get(diagnostic.source)
        if file:
            line = lookups.checked.documents[file - 1].source.position(diagnostic.span.start).line
            link = finding_link(number, diagnostic, lookups.rules)
            found.setdefault((file, line), []).append((diagnostic.severity.rank, link))
    return {place: [link for _, link in sorted(links, key=lambda one: one[0])] for place, links in found.items()}
