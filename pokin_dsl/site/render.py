"""Pages to HTML: templates compiled once, every value escaped; pictures are put in afterwards.

Where a workspace brings templates of its own, all of them run in a sandbox, and what goes wrong in one is told with its
file and line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import FunctionLoader, StrictUndefined

from pokin_dsl.site.sandbox import Lookup, Sandbox
from pokin_dsl.site.template_trouble import BUILT_IN, TemplateTroubleError, inspect, trouble_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pokin_dsl.site.site import Page
    from pokin_dsl.site.template_trouble import Trouble

_NO_OVERRIDES: Mapping[str, str] = {}


class Renderer:
    """Turns pages into HTML by templates given as texts by name; each template is compiled when first used.

    ``overrides`` are a workspace's own templates: one that is named as a built-in one stands in its place.
    """

    def __init__(self, templates: Mapping[str, str], overrides: Mapping[str, str] = _NO_OVERRIDES) -> None:
        self._overrides = overrides
        kind = Sandbox if overrides else Lookup
        self._environment = kind(
            loader=FunctionLoader(_finder(templates, overrides)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )

    def render(self, page: Page) -> str:
        """Render one page; where its pictures go stand their placeholders.

        Raises:
            TemplateTroubleError: a template of the workspace cannot be rendered.
        """
        if not self._overrides:
            return self._environment.get_template(page.template).render(page.context)
        try:
            if isinstance(self._environment, Sandbox):
                self._environment.begin()
            return self._environment.concat(self._environment.get_template(page.template).generate(page.context))
        except Exception as error:
            raise TemplateTroubleError(trouble_of(error, self._overrides)) from error


def troubles(overrides: Mapping[str, str], built_in: Mapping[str, str]) -> tuple[Trouble, ...]:
    """Find what is wrong with a workspace's templates, as far as it shows without rendering a page."""
    # They may be a stranger's proposal: nothing of them is worked out in advance.
    return inspect(Sandbox(autoescape=True, undefined=StrictUndefined, optimized=False), overrides, built_in)


def _finder(
    templates: Mapping[str, str], overrides: Mapping[str, str]
) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    """Give the function that finds a template; its name stands for its file, so that tracebacks tell it."""

    def find(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        text = overrides.get(name, templates.get(name.removeprefix(BUILT_IN)))
        return None if text is None else (text, name, lambda: True)

    return find
