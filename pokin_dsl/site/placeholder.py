"""What stands in a page for a picture until it is drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# User text is escaped before it meets a page, so no text of an author can look like this.
_PLACEHOLDER = re.compile(r"<!--gambar:([a-z0-9_]+)-->")
_NO_PICTURE = '<p class="tanpa-gambar">Gambar tidak tersedia; daftar di bawah ini memuat isi yang sama.</p>'


def placeholder(name: str) -> str:
    """Give what stands in a page for a picture; a comment, for templates to print as it is."""
    return f"<!--gambar:{name}-->"


def fill(html: str, svgs: Mapping[str, str]) -> str:
    """Put drawn pictures into a page; where one is missing, a note points to the list with the same content."""
    return _PLACEHOLDER.sub(lambda found: svgs.get(found[1]) or _NO_PICTURE, html)
