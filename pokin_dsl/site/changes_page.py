"""The page of changes: what is different from a former version, for those who have to agree to it.

It stands in the site, where it leads to the pages of all that is there now, or alone as one file.
"""

from __future__ import annotations

import sys
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING

from pokin_dsl.model.diff.groups import headline, touched
from pokin_dsl.site import urls
from pokin_dsl.site.boxes import OUTLINES
from pokin_dsl.site.change_cards import Places, card_context
from pokin_dsl.site.change_parts import ChangeParts
from pokin_dsl.site.changes_picture import NO_PICTURES, changes_pictures
from pokin_dsl.site.comparison import NO_MARKS
from pokin_dsl.site.lookups import count
from pokin_dsl.site.placeholder import placeholder
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pokin_dsl.model.diff.changes import Change, Ref
    from pokin_dsl.site.change_parts import ChangePart, TreePiece
    from pokin_dsl.site.comparison import Card, Compared, Differences, Section
    from pokin_dsl.site.diagram import Box, Picture
    from pokin_dsl.site.frame import Context
    from pokin_dsl.site.look import Look

MOST_NAMED = 50
"""Of a position, so many changes that touch its agreement are named one by one."""
_TEMPLATE = "perubahan.html.j2"
LEGEND = (
    ("baru", "Ditambahkan"),
    ("lama", "Dihapus"),
    ("pindah", "Dipindahkan: tempatnya kini"),
    ("asal", "Dipindahkan: tempatnya semula"),
    ("ubah", "Diubah di tempatnya"),
)
_STYLES = (
    ("gaya.css", ""),
    ("gambar.css", ""),
    ("perubahan.css", ""),
    ("gelap.css", "screen and (prefers-color-scheme: dark)"),
    ("cetak.css", "print"),
)
"""The style sheets of a page of changes in their order, each with the media that it is for."""


def changes_page(compared: Compared, front: Context) -> Page:
    """Make the page of the site that tells what changed since a former version; ``front`` is the portal's frame.

    Of very many changes it holds the counts, and the way to each part.
    """
    title = f"Perubahan sejak {compared.name}"
    crumbs = [{"teks": "Semua pohon", "href": urls.INDEX}, {"teks": "Perubahan", "href": ""}]
    parts = compared.parts
    told = () if parts.divided else parts.parts[:1]
    content, pictures = _content(compared, told, "")
    context: Context = {**front, "judul": title, "remah": crumbs, "jalan": None, **content}
    return Page(urls.CHANGES, _TEMPLATE, context, pictures)


def changes_part_page(compared: Compared, front: Context, part: ChangePart) -> Page:
    """Make the page of a part."""
    parts, base = compared.parts.parts, urls.climb(part.address)
    at = parts.index(part)
    told = f"bagian {count(at + 1)} dari {count(len(parts))}"
    crumbs = [
        {"teks": "Semua pohon", "href": urls.INDEX},
        {"teks": "Perubahan", "href": urls.CHANGES},
        {"teks": f"B{told[1:]}", "href": ""},
    ]
    content, pictures = _content(compared, (part,), base)
    context: Context = {
        **front,
        "judul": f"Perubahan sejak {compared.name}, {told}",
        "base": base,
        "akar": base,
        "statis": f"{base}{urls.STATICS}/",
        "remah": crumbs,
        "jalan": {
            "sebelum": _way(parts[at - 1]) if at else None,
            "sesudah": _way(parts[at + 1]) if at + 1 < len(parts) else None,
        },
        **content,
    }
    return Page(part.address, _TEMPLATE, context, pictures)


def changes_alone(compared: Compared, look: Look) -> Page:
    """Make the page as a file that needs no other: no links into a site, its style within, and nothing that runs."""
    style = _style(look)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    newer = f" ke {compared.newer}" if compared.newer else ""
    content, pictures = _content(compared, ChangeParts(compared.trees.values(), sys.maxsize).parts, None)
    context: Context = {
        "judul": f"Perubahan dari {compared.name}{newer}" if newer else f"Perubahan sejak {compared.name}",
        "gaya_html": style,
        "gaya_sidik": f"sha256-{digest}",
        "jalan": None,
        **content,
    }
    return Page(urls.CHANGES, "perubahan-mandiri.html.j2", context, pictures)


def _style(look: Look) -> str:
    """Put the style sheets together for a `style` element, which nothing in them can end."""
    texts = ((look.statics[name].decode("utf-8"), media) for name, media in _STYLES)
    return "\n".join(f"@media {media} {{\n{text}}}" if media else text for text, media in texts).replace("</", r"<\/")


def _content(compared: Compared, parts: Sequence[ChangePart], base: str | None) -> tuple[Context, tuple[Picture, ...]]:
    """Tell what stands on some parts, for a page ``base`` away from the site's root, or for one alone (None)."""
    page = parts[0].address if len(parts) == 1 else ""
    at = _Standing(compared, page, base)
    trees = [at.tree(told) for part in parts for told in part.trees]
    context: Context = {
        "versi": compared.name,
        "kalimat": headline(compared.changes),
        "legenda": [{"gambar_html": _sample(kind), "teks": text} for kind, text in LEGEND],
        "isi_pohon": [at.contents(tree) for tree in compared.trees.values()],
        "terbagi": not parts,
        "daftar_pohon": [told for told, _ in trees],
    }
    return context, tuple(picture for _, pictures in trees for picture in pictures)


class _Standing:
    """What one page tells: the page itself, its way up to the root (None where it is alone), and all that changed."""

    def __init__(self, compared: Compared, page: str, base: str | None) -> None:
        self._compared, self._page, self._base = compared, page, base

    def contents(self, tree: Differences) -> Context:
        """Tell how much changed in a tree and its branches, and where it is told."""
        return {
            "jangkar": tree.anchor,
            "judul": tree.title,
            "jumlah": count(len(tree.changes)),
            "href": self._address(tree.anchor),
            "bagian": [
                {"judul": section.title, "jumlah": count(section.count), "href": self._address(section.anchor)}
                for section in tree.sections
            ],
        }

    def tree(self, told: TreePiece) -> tuple[Context, tuple[Picture, ...]]:
        """Tell what stands here of a tree; of the whole of it only where it begins."""
        tree, places = told.tree, Places(told.tree, self._base)
        marks = self._compared.marks.get(tree.name, NO_MARKS)
        shown = changes_pictures(tree, marks, places) if told.begins else NO_PICTURES
        pictures = tuple(self._led(picture) for picture in shown.pictures)
        context: Context = {
            "jangkar": tree.anchor,
            "judul": tree.title,
            "nama": tree.name,
            "lanjutan": not told.begins,
            "href": self._base + urls.in_tree(tree.name, urls.INDEX) if self._base is not None and tree.after else "",
            "kalimat": headline(tree.changes),
            "gambar": [_picture(picture) for picture in pictures],
            "tanpa_gambar": count(shown.left_out) if shown.left_out else "",
            "pk": self._holders(tree, places) if told.begins else [],
            "bagian": [
                {
                    "jangkar": piece.section.anchor,
                    "judul": piece.section.title,
                    "lanjutan": not piece.begins,
                    "kartu": [card_context(card, places) for card in piece.cards],
                }
                for piece in told.pieces
            ],
        }
        return context, pictures

    def _address(self, anchor: str) -> str:
        page = self._compared.parts.page(anchor)
        here = self._base is None or page == self._page
        return f"#{anchor}" if here else f"{self._base}{page}#{anchor}"

    def _led(self, picture: Picture) -> Picture:
        """Lead the boxes of a picture to where they are told of, on this page or on another."""
        boxes = (replace(b, href=self._address(b.href[1:])) if b.href.startswith("#") else b for b in picture.boxes)
        return replace(picture, boxes=tuple(boxes))

    def _holders(self, tree: Differences, places: Places) -> list[Context]:
        """Give the positions whose agreement is touched, each with the cards that touch it; by branch if very many."""
        held: dict[Ref, list[tuple[Section, Card]]] = {ref: [] for ref in touched(tree.changes)}
        for section in tree.sections:
            for card in section.cards:
                for ref in touched(_all_of(card)):
                    held[ref].append((section, card))
        return [{**places.link(ref), "isi": list(self._touching(found))} for ref, found in held.items()]

    def _touching(self, found: Sequence[tuple[Section, Card]]) -> Iterator[Mapping[str, str]]:
        if len(found) <= MOST_NAMED:
            for _, card in found:
                yield {"teks": card.thing.teks, "jumlah": "", "href": self._address(card.mark.anchor)}
            return
        for section, cards in groupby((section for section, _ in found), key=lambda section: section):
            number = count(sum(1 for _ in cards))
            yield {"teks": section.title, "jumlah": number, "href": self._address(section.anchor)}


def _way(part: ChangePart) -> Mapping[str, str]:
    """Give the way to a part, with what it begins with."""
    first = part.trees[0]
    title = first.tree.title if first.begins else first.pieces[0].section.title
    return {"label": "", "teks": title, "href": part.address}


def _picture(picture: Picture) -> Context:
    """Give a picture with its twin, a list that says the same."""
    below: dict[int | None, list[int]] = {}
    above = {child: parent for parent, child in picture.links}
    for index in range(len(picture.boxes)):
        below.setdefault(above.get(index), []).append(index)
    return {
        "judul": picture.title,
        "gambar_html": placeholder(picture.name),
        "daftar": _twin(picture.boxes, below, None),
    }


def _twin(boxes: Sequence[Box], below: dict[int | None, list[int]], parent: int | None) -> list[Context]:
    return [{**_item(boxes[index]), "anak": _twin(boxes, below, index)} for index in below.get(parent, [])]


def _item(box: Box) -> Context:
    left_out = box.level != "lagi" and box.more > 0
    return {
        "jenis": box.level,
        "label": box.label,
        "teks": box.statement or box.mark_words,
        "href": box.href,
        "beda": box.mark,
        "tanda": OUTLINES[box.mark].sign if box.mark else "",
        "kata": box.mark_words if box.mark else "",
        "lebih": f"+ {count(box.more)} kinerja di bawahnya" if left_out else "",
    }


def _all_of(card: Card) -> list[Change]:
    return [change for entry in card.entries for change in (entry.change, *entry.inside)]


def _sample(kind: str) -> str:
    """Draw the outline of a kind of box for the legend."""
    outline = OUTLINES[kind]
    dashes = f' stroke-dasharray="{outline.dashes}"' if outline.dashes else ""
    second = (
        f'<rect class="latar-luar" x="1" y="1" width="42" height="22" rx="6" fill="none" stroke="{outline.ink}"/>'
        if outline.double
        else ""
    )
    return (
        f'<svg class="pohon contoh-beda" viewBox="0 0 44 24" width="44" height="24" aria-hidden="true">'
        f'<g class="kotak beda-{kind}">{second}<rect class="latar" x="3.5" y="3.5" width="37" height="17" rx="4"'
        f' fill="{outline.ground}" stroke="{outline.ink}" stroke-width="{outline.width:g}"{dashes}/>'
        f'<text class="beda" x="22" y="17" text-anchor="middle" font-size="14" font-weight="700"'
        f' fill="{outline.ink}">{outline.sign}</text></g></svg>'
    )
