"""Pages to HTML: templates compiled once, every value escaped; pictures are put in afterwards.

Where a workspace brings templates of its own, all of them run in a sandbox, and what goes wrong in one is told with its
file and line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pokin_dsl.site.template_trouble import BUILT_IN, ENDLESS, TemplateTroubleError, inspect, trouble_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2.runtime import Context

    from pokin_dsl.site.site import Page
    from pokin_dsl.site.template_trouble import Trouble

_MOST_STEPS = 1_000_000
_MOST_POWER = 64
_MOST_CHARACTERS = 200_000_000
_NO_OVERRIDES: Mapping[str, str] = {}
# They make pages out of nothing: filler text, and blanks without end.
_NOT_FOR_THEMES = ("lipsum",)


class Renderer:
    """Turns pages into HTML by templates given as texts by name; each template is compiled when first used.

    ``overrides`` are a workspace's own templates: one that is named as a built-in one stands in its place.
    """

    def __init__(self, templates: Mapping[str, str], overrides: Mapping[str, str] = _NO_OVERRIDES) -> None:
        self._overrides = overrides
        kind = _Sandbox if overrides else _Lookup
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
            return self._carefully(page)
        except Exception as error:
            raise TemplateTroubleError(trouble_of(error, self._overrides)) from error

    def _carefully(self, page: Page) -> str:
        """Render piece by piece, and stop where there is no end to it."""
        if isinstance(self._environment, _Sandbox):
            self._environment.begin()
        pieces: list[str] = []
        length = 0
        for piece in self._environment.get_template(page.template).generate(page.context):
            pieces.append(piece)
            length += len(piece)
            if length > _MOST_CHARACTERS:
                raise SecurityError(ENDLESS)
        return "".join(pieces)


def troubles(overrides: Mapping[str, str], built_in: Mapping[str, str]) -> tuple[Trouble, ...]:
    """Find what is wrong with a workspace's templates, as far as it shows without rendering a page."""
    # They may be a stranger's proposal: nothing of them is worked out in advance.
    return inspect(_Sandbox(autoescape=True, undefined=StrictUndefined, optimized=False), overrides, built_in)


def _finder(
    templates: Mapping[str, str], overrides: Mapping[str, str]
) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    """Give the function that finds a template; its name stands for its file, so that tracebacks tell it."""

    def find(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        text = overrides.get(name, templates.get(name.removeprefix(BUILT_IN)))
        return None if text is None else (text, name, lambda: True)

    return find


class _Lookup(Environment):
    def getattr(self, obj: object, attribute: str) -> object:
        """Look a name up in a context, which is plain dicts, without asking for a Python attribute first."""
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class _Sandbox(_Lookup, ImmutableSandboxedEnvironment):
    """Runs the templates of a workspace: nothing but what they are told can be reached, and no page takes for ever."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        for name in _NOT_FOR_THEMES:
            self.globals.pop(name, None)
        self.globals["range"] = self._range
        self._left = _MOST_STEPS

    def begin(self) -> None:
        """Begin a page, which may take its steps anew."""
        self._left = _MOST_STEPS

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Multiply numbers of reasonable size alone."""
        most = _MOST_POWER if operator == "**" else _MOST_STEPS
        if not all(isinstance(each, int | float) and abs(each) <= most for each in (left, right)):
            raise SecurityError(ENDLESS)
        return super().call_binop(context, operator, left, right)

    def _range(self, *bounds: int) -> range:
        """Give numbers, of which a page may ask for so many in all."""
        numbers = range(*bounds)
        self._left -= max(1, len(numbers))
        if self._left < 0:
            raise SecurityError(ENDLESS)
        return numbers
