"""The page of changes: what is different from a former version, for those who have to agree to it.

It stands in the site, where it leads to the pages of all that is there now, or alone as one file.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from pokin_dsl.model.diff.groups import headline, touched
from pokin_dsl.site import urls
from pokin_dsl.site.boxes import OUTLINES
from pokin_dsl.site.change_cards import Places, card_context
from pokin_dsl.site.changes_picture import changes_pictures
from pokin_dsl.site.comparison import NO_MARKS
from pokin_dsl.site.lookups import count
from pokin_dsl.site.placeholder import placeholder
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pokin_dsl.model.diff.changes import Change, Ref
    from pokin_dsl.site.comparison import Card, Compared, Differences
    from pokin_dsl.site.diagram import Box, Picture
    from pokin_dsl.site.frame import Context
    from pokin_dsl.site.look import Look

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
    """Make the page of the site that tells what changed since a former version; ``front`` is the portal's frame."""
    title = f"Perubahan sejak {compared.name}"
    crumbs = [{"teks": "Semua pohon", "href": urls.INDEX}, {"teks": "Perubahan", "href": ""}]
    content, pictures = _content(compared, linked=True)
    context: Context = {**front, "judul": title, "remah": crumbs, **content}
    return Page(urls.CHANGES, "perubahan.html.j2", context, pictures)


def changes_alone(compared: Compared, look: Look) -> Page:
    """Make the page as a file that needs no other: no links into a site, its style within, and nothing that runs."""
    style = _style(look)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    newer = f" ke {compared.newer}" if compared.newer else ""
    content, pictures = _content(compared, linked=False)
    context: Context = {
        "judul": f"Perubahan dari {compared.name}{newer}" if newer else f"Perubahan sejak {compared.name}",
        "gaya_html": style,
        "gaya_sidik": f"sha256-{digest}",
        **content,
    }
    return Page(urls.CHANGES, "perubahan-mandiri.html.j2", context, pictures)


def _style(look: Look) -> str:
    """Put the style sheets together for a `style` element, which nothing in them can end."""
    texts = ((look.statics[name].decode("utf-8"), media) for name, media in _STYLES)
    return "\n".join(f"@media {media} {{\n{text}}}" if media else text for text, media in texts).replace("</", r"<\/")


def _content(compared: Compared, *, linked: bool) -> tuple[Context, tuple[Picture, ...]]:
    trees = [_tree(compared, tree, linked=linked) for tree in compared.trees.values()]
    context: Context = {
        "versi": compared.name,
        "kalimat": headline(compared.changes),
        "legenda": [{"gambar_html": _sample(kind), "teks": text} for kind, text in LEGEND],
        "daftar_pohon": [part for part, _ in trees],
    }
    return context, tuple(picture for _, pictures in trees for picture in pictures)


def _tree(compared: Compared, tree: Differences, *, linked: bool) -> tuple[Context, tuple[Picture, ...]]:
    places = Places(tree, linked=linked)
    shown = changes_pictures(tree, compared.marks.get(tree.name, NO_MARKS), places)
    context: Context = {
        "jangkar": tree.anchor,
        "judul": tree.title,
        "nama": tree.name,
        "href": urls.in_tree(tree.name, urls.INDEX) if linked and tree.after else "",
        "jumlah": count(len(tree.changes)),
        "kalimat": headline(tree.changes),
        "gambar": [_picture(picture) for picture in shown.pictures],
        "tanpa_gambar": count(shown.left_out) if shown.left_out else "",
        "pk": _holders(tree, places),
        "bagian": [
            {
                "jangkar": section.anchor,
                "judul": section.title,
                "jumlah": count(section.count),
                "kartu": [card_context(card, places) for card in section.cards],
            }
            for section in tree.sections
        ],
    }
    return context, shown.pictures


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


def _holders(tree: Differences, places: Places) -> list[Context]:
    """Give the positions whose agreement is touched, each with the cards that touch it."""
    cards = [card for section in tree.sections for card in section.cards]
    held: dict[Ref, list[Card]] = {ref: [] for ref in touched(tree.changes)}
    for card in cards:
        for ref in touched(_all_of(card)):
            held[ref].append(card)
    return [
        {**places.link(ref), "isi": [{"teks": card.thing.teks, "href": f"#{card.mark.anchor}"} for card in found]}
        for ref, found in held.items()
    ]


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
