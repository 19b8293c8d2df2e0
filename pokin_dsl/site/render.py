"""Pages to HTML: templates compiled once, every value escaped; pictures are put in afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import DictLoader, Environment, StrictUndefined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.site.site import Page


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


class _Environment(Environment):
    def getattr(self, obj: object, attribute: str) -> object:
        """Look a name up in a context, which is plain dicts, without asking for a Python attribute first."""
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)
