"""Pages to HTML: templates compiled once, every value escaped, pictures put in afterwards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import DictLoader, Environment, StrictUndefined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.site.site import Page

# User text is escaped before it meets a page, so no text of an author can look like this.
_PLACEHOLDER = re.compile(r"<!--gambar:([a-z0-9_]+)-->")
_NO_PICTURE = '<p class="tanpa-gambar">Gambar tidak tersedia; daftar di bawah ini memuat isi yang sama.</p>'


class Renderer:
    """Turns pages into HTML by templates given as texts by name; each template is compiled when first used."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._environment = _Environment(
            loader=DictLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )

    def render(self, page: Page) -> str:
        """Render one page; where its pictures go stand their placeholders."""
        return self._environment.get_template(page.template).render(page.context)

    @staticmethod
    def fill(html: str, svgs: Mapping[str, str]) -> str:
        """Put drawn pictures into a page; where one is missing, a note points to the list with the same content."""
        return _PLACEHOLDER.sub(lambda found: svgs.get(found[1]) or _NO_PICTURE, html)


def placeholder(name: str) -> str:
    """Give what stands in a page for a picture until it is drawn; a comment, for templates to print as it is."""
    return f"<!--gambar:{name}-->"


class _Environment(Environment):
    def getattr(self, obj: object, attribute: str) -> object:
        """Look a name up in a context, which is plain dicts, without asking for a Python attribute first."""
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)
