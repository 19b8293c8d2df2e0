"""Where templates run: the built-in ones as they are, those of a workspace shut in and on a budget.

The budget is there so that a mistake in a theme is told instead of filling the memory or standing still: every turn of
a loop, every call and every stretch of text that a page makes takes of it. It counts and looks at no clock, so that the
same template fails everywhere or nowhere. Who means harm still finds ways to be slow: a stranger's theme is not run at
all (``pokin build --tema-dari``).
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from jinja2 import Environment, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from pokin_dsl.site.template_trouble import ENDLESS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2.runtime import Context

    Result = TypeVar("Result")

# The largest built-in page takes a fifteenth of it (pages do not grow with the tree); what runs in vain has used it up
# within seconds.
_MOST_STEPS = 2_000_000
_STEPS_OF_A_CALL = 20
_CHARACTERS_IN_A_STEP = 40
_MOST_POWER = 64
_MOST_NUMBER = 1_000_000
_GROWING = frozenset({"+", "*", "**"})
# It makes filler text out of nothing.
_NOT_FOR_THEMES = "lipsum"


class Lookup(Environment):
    """Runs the built-in templates."""

    def getattr(self, obj: object, attribute: str) -> object:
        """Look a name up in a context, which is plain dicts, without asking for a Python attribute first."""
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class Sandbox(Lookup, ImmutableSandboxedEnvironment):
    """Runs the templates of a workspace: nothing but what they are told can be reached, and no page takes for ever."""

    intercepted_binops = _GROWING

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.globals.pop(_NOT_FOR_THEMES, None)
        self.globals["range"] = self._range
        self.filters = {name: self._on_budget(used) for name, used in self.filters.items()}
        self._left = _MOST_STEPS

    def begin(self) -> None:
        """Begin a page, which may take its steps anew."""
        self._left = _MOST_STEPS

    def concat(self, pieces: Iterable[str], /) -> str:
        """Put a page, a macro or a block together from its pieces."""
        return "".join(map(self._paid, pieces))

    def counted(self, values: Iterable[Result]) -> Iterator[Result]:
        """Give what a loop goes through, each for a step."""
        for value in values:
            self._spend(1)
            yield value

    def joined(self, *values: object) -> str:
        """Do what ``~`` does between values; the caller pays for the text, as for that of every call."""
        return markup_join(values)

    def call(self, context: Context, called: object, *values: object, **named: object) -> object:
        """Call a macro, a method or a function."""
        _refuse_giants((*values, *named.values()))
        self._spend(_STEPS_OF_A_CALL)
        if isinstance(called, LoopContext) and values:
            values = (self.counted(values[0]), *values[1:])  # type: ignore[arg-type]  # the next level of a recursive loop
        return self._paid(super().call(context, called, *values, **named))

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Add anything, and multiply numbers of reasonable size alone."""
        if operator != "+":
            most = _MOST_POWER if operator == "**" else _MOST_NUMBER
            if not all(isinstance(each, int | float) and abs(each) <= most for each in (left, right)):
                raise SecurityError(ENDLESS)
        return self._paid(super().call_binop(context, operator, left, right))

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 - Jinja2's own, which leaves this method to be overridden
    ) -> str:
        """Make code of a template in which loops and ``~`` pass through here."""
        return super()._generate(_Metered(self).visit(source), name, filename, defer_init)

    def _range(self, *bounds: int) -> range:
        """Give numbers, of which a page may ask for so many in all."""
        numbers = range(*bounds)
        self._spend(max(1, len(numbers)))
        return numbers

    def _on_budget(self, used: Callable[..., object]) -> Callable[..., object]:
        """Give a filter that pays for what it makes."""

        @wraps(used)
        def run(*values: object, **named: object) -> object:
            # The first is the value itself, or what Jinja2 hands to the filter.
            _refuse_giants((*values[1:], *named.values()))
            return self._paid(used(*values, **named))

        return run

    def _paid(self, made: Result) -> Result:
        """Take from the budget what a value is worth by its size, and give the value."""
        if isinstance(made, str):
            self._spend(1 + len(made) // _CHARACTERS_IN_A_STEP)
        elif isinstance(made, list | tuple | dict):
            self._spend(1 + len(made))
        return made

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise SecurityError(ENDLESS)


class _Metered(NodeTransformer):
    """Lets what grows without a call of its own pass through the sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - the visitor finds it by this name
        """Count the turns of a loop."""
        self.generic_visit(node)
        node.iter = self._through("counted", [node.iter], node)  # type: ignore[list-item]  # typed as any node
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - as above
        """Put texts together by a call, which pays for its result."""
        self.generic_visit(node)
        return self._through("joined", node.nodes, node)

    def _through(self, method: str, values: list[nodes.Expr], instead_of: nodes.Node) -> nodes.Call:
        call = nodes.Call(nodes.EnvironmentAttribute(method), values, [], None, None)
        return call.set_lineno(instead_of.lineno).set_environment(self._sandbox)  # type: ignore[return-value]  # itself


def _refuse_giants(values: Iterable[object]) -> None:
    """Refuse numbers by which a text could be made as long as one likes, such as the width of ``center``."""
    if any(isinstance(value, int) and abs(value) > _MOST_NUMBER for value in values):
        raise SecurityError(ENDLESS)
