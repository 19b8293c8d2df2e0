"""What is wrong with a template of a workspace: found before it is used, or told when a page could not be rendered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.suggestion import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from jinja2 import Environment, nodes

BUILT_IN = "pokin/"
"""Stands before the name of a built-in template where its override means the original."""
ENDLESS = "endless"
"""What the sandbox says of a template that would take for ever."""
_BLANK_PAGE = ""
_NOT_SHOWN = 'Blok "{0}" tidak ada di templat yang diperluas, jadi tidak tampil'
_WITHOUT_END = "Templat ini tidak ada habisnya: perulangan, perkalian, atau panggilannya terlalu besar"
# What Jinja says, as it says it, and what people read; what is not among these is quoted.
_SAYINGS = (
    (r"Encountered unknown tag '(.+?)'", 'Perintah "{0}" tidak dikenal'),
    (r"Unexpected end of template", "Templat berakhir sebelum semua blok ditutup"),
    (r"unexpected end of template, expected '(.+?)'", 'Templat berakhir sebelum "{0}" ditulis'),
    (r"expected token '(.+?)', got '(.+?)'", 'Di sini semestinya "{0}", bukan "{1}"'),
    (r"unexpected '(.+?)'", 'Tanda "{0}" tidak pada tempatnya'),
    (r"unexpected char '(.+?)'", 'Tanda "{0}" tidak pada tempatnya'),
    (r"No filter named '(.+?)'", 'Tidak ada penyaring bernama "{0}"'),
    (r"No test named '(.+?)'", 'Tidak ada uji bernama "{0}"'),
    (r"block '(.+?)' defined twice", 'Blok "{0}" ditulis dua kali'),
    (r"'dict object' has no attribute '(.+?)'", 'Tidak ada isi bernama "{0}" di sini'),
    (r"'(\w+)' is undefined", 'Tidak ada isi bernama "{0}" di halaman ini'),
    (r"access to attribute '(.+?)' of", 'Atribut "{0}" tidak boleh dipakai dalam templat'),
    (r"does not export the requested name '(.+?)'", 'Templat ini tidak memuat makro "{0}" yang dipakai templat lain'),
)
_NOT_EXPORTED = re.compile(r"the template '(.+?)' \(imported on .*does not export")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong: the template by its name, the line from 1, a sentence, a hint; ``fatal`` if it cannot be used.

    The name is empty where it cannot be told which of a workspace's templates is to blame.
    """

    template: str
    line: int
    reason: str
    hint: str = ""
    fatal: bool = True


class TemplateTroubleError(Exception):
    """A page could not be rendered for the sake of a template of the workspace."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.reason)
        self.trouble = trouble


def trouble_of(error: Exception, overrides: Collection[str]) -> Trouble:
    """Tell what went wrong while a page was rendered, and in which line of which of these templates."""
    place = _written_in(error, overrides) or _run_in(error, overrides) or (_BLANK_PAGE, 1)
    return Trouble(*place, _reason(error))


def inspect(environment: Environment, overrides: Mapping[str, str], built_in: Mapping[str, str]) -> tuple[Trouble, ...]:
    """Find what can be found without rendering a page: each template's first mistake, else where it leads nowhere."""
    results = {name: _parsed(environment, name, text) for name, text in overrides.items()}
    found = [result for result in results.values() if isinstance(result, Trouble)]
    parsed = {name: result for name, result in results.items() if not isinstance(result, Trouble)}
    trees = {name: environment.parse(text) for name, text in built_in.items()}
    names = (*overrides, *built_in, *(BUILT_IN + name for name in built_in))
    family = _Family({**{BUILT_IN + name: tree for name, tree in trees.items()}, **trees, **parsed})
    for name, tree in parsed.items():
        found += _astray(name, tree, names) or _unheard(name, tree, family)
    used = {name for tree in parsed.values() for _, name in _references(tree)}
    found += [_unused(name, built_in) for name in parsed if name not in built_in and name not in used]
    return tuple(found)


def blocks_of(tree: nodes.Template) -> dict[str, int]:
    """Give the blocks of a parsed template with their lines."""
    from jinja2 import nodes  # noqa: PLC0415 - as above

    return {block.name: block.lineno for block in tree.find_all(nodes.Block)}


# -- before a page is rendered -----------------------------------------------------------------------------------------


def _parsed(environment: Environment, name: str, text: str) -> nodes.Template | Trouble:
    """Parse a template, or tell of its first mistake; some show only when code is made of it, which is not run."""
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - 60 ms, and most workspaces have no templates

    try:
        environment.compile(text, name, name, raw=True)
        return environment.parse(text, name, name)
    except TemplateSyntaxError as error:
        return Trouble(name, error.lineno, _said(error.message or ""))
    except RecursionError:
        return Trouble(name, 1, "Templat ini bersarang terlalu dalam")


class _Family:
    """Parsed templates, of which one may extend another."""

    def __init__(self, trees: Mapping[str, nodes.Template]) -> None:
        self._trees = trees

    def inherited(self, name: str) -> set[str] | None:
        """Give the blocks of all templates above one; nothing where it extends none, or one that is not known."""
        found: set[str] = set()
        met = {name}
        above = _parent(self._trees[name])
        if above is None:
            return None
        while above is not None and above in self._trees and above not in met:
            met.add(above)
            found |= blocks_of(self._trees[above]).keys()
            above = _parent(self._trees[above])
        return found


def _parent(tree: nodes.Template) -> str | None:
    from jinja2 import nodes  # noqa: PLC0415 - as above

    extended = (node.template for node in tree.find_all(nodes.Extends))
    return next((str(template.value) for template in extended if isinstance(template, nodes.Const)), None)


def _references(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Give the templates that one names outright, with the lines; what it may do without is left out."""
    from jinja2 import nodes  # noqa: PLC0415 - as above

    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    for node in (found for kind in kinds for found in tree.find_all(kind)):
        template = getattr(node, "template", None)
        optional = isinstance(node, nodes.Include) and node.ignore_missing
        if isinstance(template, nodes.Const) and not optional:
            yield node.lineno, str(template.value)


def _astray(name: str, tree: nodes.Template, names: Collection[str]) -> list[Trouble]:
    """Tell of the first reference that leads nowhere, or back to the template itself."""
    for line, wanted in _references(tree):
        if wanted == name and _parent(tree) == name:
            hint = f"Tulis {BUILT_IN}{name} untuk memperluas templat bawaannya."
            return [Trouble(name, line, "Templat ini memperluas dirinya sendiri", hint)]
        if wanted not in names:
            near = nearest(wanted, tuple(names))
            hint = "Yang dapat dirujuk hanya templat bawaan dan isi folder tema."
            return [
                Trouble(name, line, f'Templat "{wanted}" tidak ada', f"Mungkin maksudnya {near}." if near else hint)
            ]
    return []


def _unheard(name: str, tree: nodes.Template, family: _Family) -> list[Trouble]:
    """Tell of blocks that no template above has: they would never be shown."""
    from jinja2 import nodes  # noqa: PLC0415 - as above

    inherited = family.inherited(name)
    if inherited is None:
        return []
    inner = {block.name for outer in tree.find_all(nodes.Block) for block in outer.find_all(nodes.Block)}
    return [
        Trouble(name, line, _NOT_SHOWN.format(block), _near(block, inherited), fatal=False)
        for block, line in blocks_of(tree).items()
        if block not in inherited and block not in inner
    ]


def _unused(name: str, built_in: Collection[str]) -> Trouble:
    return Trouble(name, 1, "Tidak ada halaman yang memakai templat ini", _near(name, built_in), fatal=False)


def _near(name: str, names: Collection[str]) -> str:
    near = nearest(name, tuple(sorted(names)))
    return f"Mungkin maksudnya {near}." if near else f"Yang ada: {', '.join(sorted(names))}."


# -- while a page is rendered ------------------------------------------------------------------------------------------


def _written_in(error: Exception, overrides: Collection[str]) -> tuple[str, int] | None:
    """Give the place that the error itself names."""
    name, line = getattr(error, "name", None), getattr(error, "lineno", None)
    if isinstance(name, str) and name in overrides and isinstance(line, int):
        return name, line
    found = _NOT_EXPORTED.search(str(error))
    return (found[1], 1) if found and found[1] in overrides else None


def _run_in(error: Exception, overrides: Collection[str]) -> tuple[str, int] | None:
    """Give the innermost line of one of these templates that was running; their names stand for their files."""
    place, at = None, error.__traceback__
    while at:
        name = at.tb_frame.f_code.co_filename
        place = (name, at.tb_lineno) if name in overrides else place
        at = at.tb_next
    return place


def _reason(error: Exception) -> str:
    from jinja2 import TemplateNotFound  # noqa: PLC0415 - it is there already, where a page was rendered

    if str(error) == ENDLESS or isinstance(error, RecursionError | MemoryError | OverflowError):
        return _WITHOUT_END
    if isinstance(error, TemplateNotFound) and error.name is not None:
        return f'Templat "{error.name}" tidak ada'
    return _said(str(error))


def _said(message: str) -> str:
    for pattern, told in _SAYINGS:
        found = re.search(pattern, message)
        if found:
            return told.format(*found.groups())
    first = message.strip().splitlines()[0] if message.strip() else "tanpa keterangan"
    return f"Templat tidak dapat dijalankan ({first.rstrip('.')})"
