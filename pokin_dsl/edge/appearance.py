"""How a workspace looks: what its settings say of that and its theme, put together, and the look made of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pokin_dsl.edge.look_settings import read_look_settings
from pokin_dsl.edge.package import built_in_look
from pokin_dsl.edge.theme import ADDED_TO, SHEET, Theme, read_theme, trouble_finding
from pokin_dsl.site.look import Look
from pokin_dsl.site.site import SiteSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.site.template_trouble import Trouble
    from pokin_dsl.text import Source

LEVEL_SHEET = "jenjang.css"
"""The style sheet with the colours that the settings give to levels."""


@dataclass(frozen=True, slots=True)
class Files:
    """Where a workspace's files are had from: on disk or in a revision; a file by its path, None where there is none.

    ``theme`` are the paths of the files of its theme.
    """

    load: Callable[[str], bytes | None]
    theme: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Appearance:
    """The settings of the site, the theme, logos by their names among the static files."""

    settings: SiteSettings = field(default_factory=SiteSettings)
    theme: Theme = field(default_factory=Theme)
    logos: Mapping[str, bytes] = field(default_factory=dict)
    inputs: Mapping[str, bytes | None] = field(default_factory=dict)

    @property
    def sources(self) -> Mapping[str, Source]:
        """Give the templates of the theme by path, so that findings can quote them."""
        return self.theme.sources


def read_appearance(
    files: Files, source: Source, table: Mapping[str, object]
) -> tuple[Appearance, tuple[Diagnostic, ...]]:
    """Read the settings about the look, and the theme; what is wrong with either is told and left out."""
    look, strange = read_look_settings(files.load, source, table)
    theme, odd = read_theme(files.load, files.theme)
    coloured = any(level.warna for level in look.settings.jenjang.values())
    sheets = (LEVEL_SHEET,) * coloured + (SHEET,) * (SHEET in theme.sheets)
    settings = replace(look.settings, lembar=sheets)
    return Appearance(settings, theme, look.logos, {**look.inputs, **theme.inputs}), (*strange, *odd)


def dressed(appearance: Appearance) -> Look:
    """Make the look of a site: the built-in one, with the theme and the settings over it."""
    built_in, theme = built_in_look(), appearance.theme
    if appearance == Appearance(appearance.settings) and not appearance.settings.lembar:
        return built_in
    from pokin_dsl.site.level_style import level_css, level_looks  # noqa: PLC0415 - measures of letters, 10 ms

    levels = appearance.settings.jenjang
    statics = {**built_in.statics, **theme.statics}
    statics |= {name: statics[name] + b"\n" + theme.sheets[name] for name in ADDED_TO if name in theme.sheets}
    if SHEET in theme.sheets:
        statics[SHEET] = theme.sheets[SHEET]
    if LEVEL_SHEET in appearance.settings.lembar:
        statics[LEVEL_SHEET] = level_css(levels).encode()
    statics |= appearance.logos
    return Look(built_in.templates, statics, theme.templates, level_looks(levels), frozenset(theme.statics))


def undressed(appearance: Appearance, trouble: Trouble) -> Appearance:
    """Do without the template that is to blame; without all of the theme where that is not known."""
    kept = {name: text for name, text in appearance.theme.templates.items() if trouble.template not in ("", name)}
    return replace(appearance, theme=replace(appearance.theme, templates=kept))


def told_of(appearance: Appearance, trouble: Trouble) -> Diagnostic:
    """Make the finding about a template by which a page could not be rendered."""
    return trouble_finding(trouble, appearance.sources)
