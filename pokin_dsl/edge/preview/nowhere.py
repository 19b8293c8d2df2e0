"""The page that the preview shows where there is none; it is not part of the site."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from pokin_dsl.edge.preview.news import Gone

_PAGE = """\
<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self' data:; \
script-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Halaman tidak ada</title>
<link rel="icon" type="image/svg+xml" href="/statis/ikon.svg">
<link rel="stylesheet" href="/statis/gaya.css">
<link rel="stylesheet" media="screen and (prefers-color-scheme: dark)" href="/statis/gelap.css">
<script src="/statis/tema.js"></script>
</head>
<body>
<main class="wadah" id="isi">
<h1>Halaman ini tidak ada</h1>
<p class="pengantar">{message}</p>
{links}
</main>
</body>
</html>
"""


def nowhere(gone: Gone) -> str:
    """Say in a page of its own that there is none, and where to go on; once there is one, the preview puts it here."""
    links = [*gone.links] or [("Semua pohon", "index.html")]
    items = "\n".join(f'<li><a href="/{quote(path, safe="/#")}">{escape(text)}</a></li>' for text, path in links)
    return _PAGE.format(message=escape(gone.message), links=f"<ul>\n{items}\n</ul>")
