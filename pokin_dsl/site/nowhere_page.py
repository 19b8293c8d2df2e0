"""The page that a server shows where there is none (``404.html``).

A server shows it at any address, so that no relative link holds: the page asks for its style sheets and its script in
each of the folders above, and the script, which knows where it came from, sets the links. So it needs neither the name
of the server nor the path below which the site lies, and no other Content-Security-Policy than all pages have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.site import urls
from pokin_dsl.site.frame import sheet
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from pokin_dsl.site.site import SiteSettings

DEEPEST = 6
"""Folders below the site's root in which a missing page still finds its look."""


def nowhere_page(settings: SiteSettings) -> Page:
    """Make the page; it is the same for every missing address."""
    climbs = [f"{'../' * up}{urls.STATICS}/" for up in range(DEEPEST + 1)]
    context = {
        "judul": "Halaman tidak ditemukan",
        "portal": settings.judul,
        "tempat": climbs,
        "lembar_kertas": sheet(settings),
        "lembar": settings.lembar,
        "indeks": urls.INDEX,
    }
    return Page(urls.NOWHERE, "tidak-ada.html.j2", context)
