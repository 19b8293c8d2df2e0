"""The pages of a tree's sources: every file, line by line, with its findings and the anchors of what it says."""

from __future__ import annotations

from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from pokin_dsl.site import urls
from pokin_dsl.site.highlight import highlighted_lines
from pokin_dsl.site.lookups import count, finding_link
from pokin_dsl.site.site import Page
from pokin_dsl.site.source_parts import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pokin_dsl.site.atlas import Link
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Lookups
    from pokin_dsl.site.source_parts import SourcePart

Place = tuple[int, int]
"""The number of a file and of a line in it, both from 1."""
_TEMPLATE = "sumber.html.j2"
_TITLE = "Sumber"
_GROUP = 100
"""Lines that a browser lays out together, and only once they are near to be seen (`.kawanan`)."""


class SourcePages:
    """The pages of one tree's sources; what all of them ask for is looked up once."""

    def __init__(self, lookups: Lookups, frame: TreeFrame) -> None:
        self._lookups, self._frame = lookups, frame
        self._lines: dict[int, list[str]] = {}

    def own(self) -> Page:
        """Make the page that all links to the sources begin with: all lines, or the way to each part of them."""
        sources = self._lookups.sources
        context: Context = {**self._frame.page(_TITLE, "sumber"), "jalan": None}
        if sources.divided:
            context |= {"bagian": [self._contents(part) for part in sources.parts], "berkas": []}
        else:
            (part,) = sources.parts
            context |= {"bagian": [], "berkas": [self._stretch(stretch, "") for stretch in part.stretches]}
        return Page(urls.in_tree(self._lookups.name, urls.SOURCE), _TEMPLATE, context | self._sums())

    def part(self, part: SourcePart) -> Page:
        """Make the page of a part."""
        parts = self._lookups.sources.parts
        at = parts.index(part)
        told = f"Bagian {count(at + 1)} dari {count(len(parts))}"
        crumbs = ({"teks": _TITLE, "href": urls.SOURCE}, {"teks": told, "href": ""})
        context: Context = {
            **self._frame.page(f"{_TITLE}: {told.lower()}", "sumber", "../", crumbs),
            "bagian": [],
            "berkas": [self._stretch(stretch, "../") for stretch in part.stretches],
            "jalan": {
                "sebelum": self._neighbour(parts[at - 1]) if at else None,
                "sesudah": self._neighbour(parts[at + 1]) if at + 1 < len(parts) else None,
            },
        }
        return Page(urls.in_tree(self._lookups.name, part.address), _TEMPLATE, context | self._sums())

    # -- what they show ------------------------------------------------------------------------------------------------

    def _sums(self) -> Context:
        lengths = self._lookups.sources.lengths
        return {"jumlah_baris": count(sum(lengths)), "jumlah_berkas": count(len(lengths))}

    def _contents(self, part: SourcePart) -> Context:
        """Tell what stands in a part, for people, and for the script that leads to a line."""
        return {
            "href": part.address,
            "mulai": part.begins,
            "isi": [self._named(stretch) for stretch in part.stretches],
            "baris": " ".join(f"{stretch.file}:{stretch.first}-{stretch.last}" for stretch in part.stretches),
        }

    def _neighbour(self, part: SourcePart) -> Link:
        said = (f"{one['nama']} baris {one['awal']}–{one['akhir']}" for one in map(self._named, part.stretches[:1]))
        return {"label": "", "teks": "".join(said), "href": part.address}

    def _named(self, stretch: Stretch) -> Mapping[str, str]:
        document = self._lookups.checked.documents[stretch.file - 1]
        return {
            "nama": document.source.path,
            "awal": count(stretch.first),
            "akhir": count(stretch.last),
            "jumlah": count(self._lookups.sources.lengths[stretch.file - 1]),
        }

    def _stretch(self, stretch: Stretch, base: str) -> Context:
        groups = range(stretch.first, stretch.last + 1, _GROUP)
        within = (Stretch(stretch.file, first, min(first + _GROUP - 1, stretch.last)) for first in groups)
        lines = (f'<span class="kawanan">{"".join(self._written(group, base))}</span>' for group in within)
        return {**self._named(stretch), "jangkar": f"berkas-{stretch.file}", "baris_html": "".join(lines)}

    def _html(self, file: int) -> Sequence[str]:
        if file not in self._lines:
            self._lines[file] = highlighted_lines(self._lookups.checked.documents[file - 1])
        return self._lines[file]

    def _written(self, stretch: Stretch, base: str) -> Iterator[str]:
        """Give each line as HTML; the line end stands inside, so that copying and a page without its style keep it."""
        file, root = stretch.file, base + urls.climb(f"{self._lookups.name}/")
        lines = self._html(file)[stretch.first - 1 : stretch.last]
        for number, line in enumerate(lines, stretch.first):
            findings = self._findings.get((file, number), ())
            weight = f" baris-{findings[0]['bobot']}" if findings else ""
            id_ = self._ids.get((file, number))
            said = f'<span id="{urls.written_anchor(id_)}">{line}</span>' if id_ else line
            anchor = urls.line_anchor(file, number)
            yield f'<span class="baris{weight}" id="{anchor}" data-n="{number}">{said}\n</span>'
            for link in findings:
                yield _finding(link, base, root)

    # -- where things stand --------------------------------------------------------------------------------------------

    @cached_property
    def _findings(self) -> Mapping[Place, Sequence[Link]]:
        """Give the findings by place, the gravest of a line first."""
        lookups = self._lookups
        found: dict[Place, list[tuple[int, Link]]] = {}
        for anchor, diagnostic in lookups.anchored:
            file = lookups.files.get(diagnostic.source)
            if file:
                line = lookups.checked.documents[file - 1].source.position(diagnostic.span.start).line
                link = finding_link(lookups.finding(anchor), diagnostic, lookups.rules)
                found.setdefault((file, line), []).append((diagnostic.severity.rank, link))
        return {place: [link for _, link in sorted(links, key=lambda one: one[0])] for place, links in found.items()}

    @cached_property
    def _ids(self) -> Mapping[Place, str]:
        """Give the id of what is written on a line; no line is part of a tree twice."""
        return {self._lookups.place(id_): id_ for id_ in self._lookups.checked.resolved.letak}


def _finding(link: Link, base: str, root: str) -> str:
    """Give a finding with a link to its full account, and one to the page of its rule where there is one."""
    code = escape(link["kode"])
    about = f' <a href="{root}{link["halaman"]}" title="Tentang aturan {code}">{code}</a>' if link["halaman"] else ""
    text = escape(link["teks"] if about else f"{link['kode']} {link['teks']}")
    return (
        f'<span class="sisipan bobot-{link["bobot"]}"><strong>{link["label"]}</strong>{about} '
        f'<a href="{base}{escape(link["href"])}">{text}</a>\n</span>'
    )
