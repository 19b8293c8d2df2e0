"""The trees on the workbench: what is on disk, read again, resolved, and checked when there is time for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.edge.appearance import told_of, undressed
from pokin_dsl.edge.building import collector_off, in_workspace, to_be_drawn, with_finding
from pokin_dsl.edge.engine import chosen_engine
from pokin_dsl.edge.lists import list_files
from pokin_dsl.edge.location import THEME, TREES
from pokin_dsl.edge.package import built_in_lists
from pokin_dsl.edge.preview.sources import Sources
from pokin_dsl.edge.watch import may_be_input
from pokin_dsl.edge.workspace import open_workspace
from pokin_dsl.pipeline import (
    NOTHING,
    Compilation,
    Reading,
    check_trees,
    checked,
    not_yet_checked,
    resolve_trees,
)
from pokin_dsl.rules.registry import at_once

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pokin_dsl.edge.appearance import Appearance
    from pokin_dsl.edge.engine import Engine
    from pokin_dsl.site.template_trouble import Trouble


class Workbench:
    """A workspace that is being written.

    ``compilation`` is what is on disk as last looked at; its findings are complete when ``is_checked``, until then
    those of the rules are the former ones.

    Raises:
        SurroundingsError: there is no workspace, or no tree in it.
    """

    def __init__(self, paths: Sequence[Path], start: Path) -> None:
        self._asked = tuple(path.absolute() for path in paths), start.absolute()
        self.workspace = open_workspace(*self._asked)
        self._lists = {**built_in_lists(), **self.workspace.lists}
        self._sources = Sources(self.workspace.root)
        self._reading = Reading()
        self._resolution = NOTHING
        self.compilation = Compilation((), (), {})
        self.is_checked = False
        self._troubles: list[Trouble] = []

    @property
    def engine(self) -> Engine | None:
        """Give who lays out pictures, if the workspace asks for an engine."""
        return chosen_engine(self.workspace.appearance.settings.mesin)

    @property
    def appearance(self) -> Appearance:
        """Give how the site looks, without the templates that have failed."""
        appearance = self.workspace.appearance
        for trouble in self._troubles:
            appearance = undressed(appearance, trouble)
        return appearance

    def blame(self, trouble: Trouble) -> None:
        """Do without a template by which a page could not be rendered, until the theme changes, and tell of it."""
        self._troubles.append(trouble)
        finding = told_of(self.workspace.appearance, trouble)
        self.compilation = with_finding(self.compilation, finding, self.workspace)

    def look(self) -> bool:
        """Look at the disk; say whether anything has changed that makes a difference.

        Raises:
            SurroundingsError: the workspace is no more, or its last tree is gone; what was known of it stays.
        """
        workspace = open_workspace(*self._asked)
        with collector_off():
            reading = self._sources.read_again(workspace.addresses.keys())
            if reading is self._reading and workspace == self.workspace:
                return False
            before = self._resolution
            if workspace.lists != self.workspace.lists:
                self._lists, before = {**built_in_lists(), **workspace.lists}, NOTHING
            if workspace.appearance != self.workspace.appearance:
                self._troubles.clear()
            self._reading, self.workspace = reading, workspace
            self._resolution = resolve_trees(reading, workspace.addresses, self._lists, before)
            self.compilation = self._told(not_yet_checked(self._resolution, self.compilation))
        self.is_checked = False
        return True

    def check(self, between: Callable[[], None] = at_once) -> None:
        """Run the rules; ``between`` is called before each, and what it raises leaves everything as it was."""
        with collector_off():
            trees = tuple(check_trees(self._resolution, self._lists, between))
            self.compilation = self._told(checked(self._resolution, trees))
        self.is_checked = True

    def _told(self, compilation: Compilation) -> Compilation:
        told = to_be_drawn(in_workspace(compilation, self.workspace), self.workspace, self.engine)
        for trouble in self._troubles:
            told = with_finding(told, told_of(self.workspace.appearance, trouble), self.workspace)
        return told

    def folders(self) -> dict[Path, bool]:
        """Give the folders in which a change may matter, and whether with all below them."""
        root, trees = self.workspace.root, self.workspace.root / TREES
        found = {root: not trees.is_dir()} | ({trees: True} if trees.is_dir() else {}) | {root / THEME: True}
        named = (*list_files(self.workspace.settings_source), *self.workspace.appearance.inputs)
        for path in (*self._sources.paths, *named):
            folder = (root / path).parent
            if not any(folder == known or (deep and folder.is_relative_to(known)) for known, deep in found.items()):
                found[folder] = False
        return found

    def may_matter(self, path: Path) -> bool:
        """Say whether a file may be an input, by its place and name; nothing that pokin writes itself is one."""
        return may_be_input(path) and not path.is_relative_to(self.workspace.keluaran)
