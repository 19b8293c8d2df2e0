"""The whole of pokin, read top to bottom: sources to documents, documents to trees, trees to the files of a site.

Everything here is a function of its arguments. What touches the world (disk, engine, clock) is done by ``edge`` and
handed in: sources as a mapping, templates as texts, the engine as a function that starts drawing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import in_order, stops_publication
from pokin_dsl.exchange.pohon_dot import pohon_dot
from pokin_dsl.exchange.pohon_json import pohon_json
from pokin_dsl.model.assemble import includes
from pokin_dsl.model.nomenklatur import Nomenklatur, with_names
from pokin_dsl.model.query import peta
from pokin_dsl.model.resolve import resolve
from pokin_dsl.model.roots import find_roots, fragments
from pokin_dsl.rules.checked import Checked
from pokin_dsl.rules.former import with_former_findings
from pokin_dsl.rules.lists import list_of, unknown_list
from pokin_dsl.rules.registry import at_once, examine
from pokin_dsl.rules.rule import Subject, Surroundings
from pokin_dsl.rules.selection import weighed
from pokin_dsl.rules.workspace import dead_references
from pokin_dsl.site import urls
from pokin_dsl.site.changes_page import changes_alone
from pokin_dsl.site.memory import NO_MEMORY, Memory, plain_key
from pokin_dsl.site.pages import make_site
from pokin_dsl.site.press import Press, StartDrawing, Told, finish, unheard
from pokin_dsl.site.rule_pages import NO_RULEBOOK, Rulebook
from pokin_dsl.site.site import Site
from pokin_dsl.syntax.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from pokin_dsl.diagnostics import Diagnostic, Severity
    from pokin_dsl.site.comparison import Compared, Former
    from pokin_dsl.site.look import Look
    from pokin_dsl.site.site import SiteSettings
    from pokin_dsl.syntax.nodes import Document, Sentence
    from pokin_dsl.text import Source

NO_LISTS: Mapping[str, Nomenklatur] = {}


@dataclass(frozen=True, slots=True)
class Reading:
    """What has been read so far, by path: documents, findings, what they include; and which paths are still missing."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    diagnostics: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    includes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Resolution:
    """All trees of a workspace, read and resolved but not yet checked, by name.

    The findings of each are those of reading and resolving; ``general`` are findings that belong to no tree.
    """

    trees: Mapping[str, Checked] = field(default_factory=dict)
    general: tuple[Diagnostic, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compilation:
    """All trees of a workspace with their findings; ``general`` are findings that belong to no tree."""

    trees: tuple[Checked, ...]
    general: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Give all findings in the order of the text, each once though a fragment may serve several trees."""
        found = (*self.general, *(finding for tree in self.trees for finding in tree.diagnostics))
        return in_order(tuple(dict.fromkeys(found)))

    @property
    def publishable(self) -> bool:
        """Say whether the model holds all that the authors wrote."""
        return not any(stops_publication(finding) for finding in self.diagnostics)


NOTHING = Resolution()


def read(
    before: Reading,
    loaded: Mapping[str, tuple[Source, tuple[Diagnostic, ...]] | None],
    read_sentence: Callable[[str], Sentence],
) -> Reading:
    """Read further sources; ``missing`` of the result is what the caller should load and hand in next.

    ``loaded`` holds by path a source with the findings of its decoding, or None where there is no such file.
    """
    documents, diagnostics, asked = dict(before.documents), dict(before.diagnostics), dict(before.includes)
    for path, found in loaded.items():
        if found is not None:
            source, decoding = found
            documents[path], reading = parse(source, read_sentence)
            diagnostics[path] = (*decoding, *reading)
            asked[path] = tuple(dict.fromkeys(wanted for _, wanted in includes(documents[path]) if wanted))
    absent = before.absent | {path for path, found in loaded.items() if found is None}
    missing = {path for paths in asked.values() for path in paths} - documents.keys() - absent
    return Reading(documents, diagnostics, asked, tuple(sorted(missing)), absent)


def only(reading: Reading, paths: Collection[str]) -> Reading:
    """Give what was read of these files alone, as a beginning for ``read``; absent files will be asked for again."""
    return Reading(
        {path: document for path, document in reading.documents.items() if path in paths},
        {path: found for path, found in reading.diagnostics.items() if path in paths},
        {path: asked for path, asked in reading.includes.items() if path in paths},
    )


def reached(reading: Reading, roots: Iterable[str]) -> frozenset[str]:
    """Give the paths of these files and of all that they include, directly or not, read or absent."""
    met = set(roots)
    waiting = list(met)
    while waiting:
        further = set(reading.includes.get(waiting.pop(), ())) - met
        met |= further
        waiting.extend(further)
    return frozenset(met)


def compile_trees(
    reading: Reading, addresses: Mapping[str, str], lists: Mapping[str, Nomenklatur] = NO_LISTS
) -> Compilation:
    """Resolve every tree of what was read, then check each among its neighbours.

    ``addresses`` maps the path of each file that may be a tree to its path below ``trees/``, from which its name comes.
    ``lists`` holds the official lists by the name that a header may give; the empty name is the built-in one.
    """
    resolution = resolve_trees(reading, addresses, lists)
    return checked(resolution, check_trees(resolution, lists))


def resolve_trees(
    reading: Reading, addresses: Mapping[str, str], lists: Mapping[str, Nomenklatur], before: Resolution = NOTHING
) -> Resolution:
    """Make the model of every tree; one whose documents are those of ``before`` is taken from there as it is.

    ``lists`` must be those of ``before`` too.
    """
    roots = find_roots(addresses, reading.documents, reading.includes, reading.diagnostics)
    trees = {name: _resolve_tree(name, path, reading, lists, before) for name, path in roots.trees.items()}
    sources = {path: document.source for path, document in reading.documents.items()}
    return Resolution(trees, roots.findings, sources)


def check_trees(
    resolution: Resolution, lists: Mapping[str, Nomenklatur], between: Callable[[], None] = at_once
) -> Iterator[Checked]:
    """Check each tree among its neighbours, one after the other; ``between`` is called before each rule."""
    neighbours = {name: tree.peta for name, tree in resolution.trees.items()}
    for tree in resolution.trees.values():
        around = Surroundings(neighbours, list_of(tree.pohon, lists))
        subject = Subject(tree.resolved, tree.peta, tree.documents[0].source, around)
        examined = examine(subject, tree.diagnostics, between)
        yield replace(tree, diagnostics=in_order(examined.diagnostics), silenced=examined.silenced)


def checked(resolution: Resolution, trees: Iterable[Checked]) -> Compilation:
    """Put checked trees together; what leads from one to another and nowhere is told here."""
    return Compilation(_with_dead_references(tuple(trees)), resolution.general, resolution.sources)


def not_yet_checked(resolution: Resolution, former: Compilation) -> Compilation:
    """Put trees together before they are checked, each with what the rules said of it the last time.

    For those who cannot wait: what has changed is shown at once, and the rules' findings follow.
    """
    before = {tree.nama: tree for tree in former.trees}
    trees = (
        with_former_findings(tree, before[name]) if name in before else tree for name, tree in resolution.trees.items()
    )
    return checked(resolution, trees)


def with_weights(compilation: Compilation, severities: Mapping[str, Severity | None]) -> Compilation:
    """Give all findings the weights that the workspace chose for their rules (None: off)."""
    if not severities:
        return compilation
    trees = tuple(replace(tree, diagnostics=weighed(tree.diagnostics, severities)) for tree in compilation.trees)
    return replace(compilation, trees=trees, general=weighed(compilation.general, severities))


def build(  # noqa: PLR0913 - what a site is made of, then what helps and changes nothing of it
    compilation: Compilation,
    settings: SiteSettings,
    look: Look,
    start_drawing: StartDrawing,
    rulebook: Rulebook = NO_RULEBOOK,
    *,
    engine: str = "",
    memory: Memory = NO_MEMORY,
    told: Told = unheard,
    former: Former | None = None,
) -> dict[str, bytes]:
    """Make all files of the site; what ``memory`` knows is neither rendered nor laid out nor drawn again.

    What ``rulebook`` explains gets a page of its own, to which findings link. ``engine`` says by name and version who
    is asked to lay out the pictures, and is empty where nobody is. With a ``former`` version the site tells what
    changed since.
    """
    site = plan_site(compilation, settings, look, rulebook, former)
    return finish(site, Press(look, engine, memory), start_drawing, told)


def plan_site(
    compilation: Compilation,
    settings: SiteSettings,
    look: Look,
    rulebook: Rulebook = NO_RULEBOOK,
    former: Former | None = None,
) -> Site:
    """Plan all files of the site, also those for other programs; ``build`` makes them, a preview some of them."""
    site = make_site(compilation.trees, settings, look.statics, compilation.general, rulebook, former)
    return replace(site, data={**site.data, **model_files(compilation.trees)})


def changes_html(compared: Compared, look: Look) -> str:
    """Make one file of HTML, which needs no other, of all that is different between two versions of some trees."""
    site = Site({urls.CHANGES: partial(changes_alone, compared, look)})
    return finish(site, Press(look))[urls.CHANGES].decode("utf-8")


def model_files(trees: Iterable[Checked]) -> dict[str, ModelFile]:
    """Plan each tree's whole model for other programs, by path: as JSON, and as DOT."""
    return {
        urls.in_tree(tree.nama, address): ModelFile(address, tree)
        for address in (urls.MODEL, urls.GRAPH)
        for tree in trees
    }


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A tree's whole model in the format of an address, not yet made."""

    address: str
    tree: Checked

    def key(self) -> str:
        """Give what it is remembered by."""
        return plain_key(self.address.encode(), self.tree.origin)

    def content(self) -> bytes:
        """Make it."""
        return pohon_dot(self.tree) if self.address == urls.GRAPH else pohon_json(self.tree)


def _resolve_tree(
    name: str, path: str, reading: Reading, lists: Mapping[str, Nomenklatur], before: Resolution
) -> Checked:
    """Make the model of one tree, official names filled in; its findings are those of reading and resolving so far."""
    root = reading.documents[path]
    parts = fragments(path, reading.includes)
    documents = (root, *(reading.documents[part] for part in parts))
    if name in before.trees and _same(before.trees[name].documents, documents):
        return before.trees[name]
    bare, resolving = resolve(name, root, reading.documents)
    resolved = replace(bare, pohon=with_names(bare.pohon, list_of(bare.pohon, lists)))
    reading_findings = (finding for part in (path, *parts) for finding in reading.diagnostics[part])
    unknown = unknown_list(resolved.pohon, root, lists)
    return Checked(resolved, peta(resolved.pohon), documents, (*reading_findings, *resolving, *unknown))


def _same(one: Sequence[Document], other: Sequence[Document]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def _with_dead_references(trees: tuple[Checked, ...]) -> tuple[Checked, ...]:
    found: dict[str, list[Diagnostic]] = {}
    for name, finding in dead_references({tree.nama: (tree.resolved, tree.peta) for tree in trees}):
        found.setdefault(name, []).append(finding)
    if not found:
        return trees
    return tuple(
        replace(tree, diagnostics=in_order((*tree.diagnostics, *found[tree.nama]))) if tree.nama in found else tree
        for tree in trees
    )
