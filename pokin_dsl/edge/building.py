"""Compiling and publishing a workspace on disk: the pure pipeline between reading and writing."""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.edge.appearance import dressed, told_of, undressed
from pokin_dsl.edge.cache import NO_CACHE, Cache
from pokin_dsl.edge.disk import NOTHING, read_workspace
from pokin_dsl.edge.drawing import start_drawing
from pokin_dsl.edge.engine import GRAPHVIZ, NO_ENGINE, chosen_engine
from pokin_dsl.edge.location import SETTINGS
from pokin_dsl.edge.package import built_in_lists, rulebook
from pokin_dsl.edge.publish import MANIFEST, Published, manifest, publish
from pokin_dsl.edge.unchanged import Imprint, imprint
from pokin_dsl.pipeline import Compilation, Reading, build, compile_trees, with_weights
from pokin_dsl.site.memory import NO_MEMORY
from pokin_dsl.site.press import Told, unheard
from pokin_dsl.site.template_trouble import TemplateTroubleError
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pokin_dsl.edge.engine import Engine
    from pokin_dsl.edge.workspace import Workspace
    from pokin_dsl.site.comparison import Former


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the trees with their findings, what was published (or None), pages and seconds.

    ``absent`` are the files that were asked for and are not there, ``engine`` is the identity of who laid out the
    pictures, ``site`` the imprint of what was published, if it is asked for.
    """

    workspace: Workspace
    compilation: Compilation
    absent: frozenset[str]
    seconds: float
    published: Published | None = None
    pages: int = 0
    engine: str = ""
    site: Imprint | None = None


@dataclass(frozen=True, slots=True)
class Aids:
    """What helps a build along and changes nothing of what it makes: what is remembered, who is told of progress."""

    cache: Cache = NO_CACHE
    told: Told = unheard


NO_AIDS = Aids()


def compile_workspace(workspace: Workspace, instead: Mapping[str, Source] = NOTHING) -> Compilation:
    """Read, resolve and check all trees of a workspace; ``instead`` holds texts that stand for files on disk."""
    with collector_off():
        return _compiled(workspace, read_workspace(workspace.root, workspace.addresses, instead))


def _compiled(workspace: Workspace, reading: Reading) -> Compilation:
    compilation = compile_trees(reading, workspace.addresses, {**built_in_lists(), **workspace.lists})
    return in_workspace(compilation, workspace)


def in_workspace(compilation: Compilation, workspace: Workspace) -> Compilation:
    """Add what the settings have to say to a compilation: findings of their own, weights of the rules."""
    sources = {**compilation.sources, **workspace.appearance.sources}
    if workspace.settings_source:
        sources[SETTINGS] = workspace.settings_source
    compilation = replace(compilation, general=(*workspace.diagnostics, *compilation.general), sources=sources)
    return with_weights(compilation, workspace.severities)


def to_be_drawn(compilation: Compilation, workspace: Workspace, engine: Engine | None) -> Compilation:
    """Tell of a missing engine to those who ask for one."""
    is_missing = engine is None and workspace.appearance.settings.mesin == GRAPHVIZ
    return with_finding(compilation, _no_engine(), workspace) if is_missing else compilation


def with_finding(compilation: Compilation, finding: Diagnostic, workspace: Workspace) -> Compilation:
    """Tell of something that only building has shown."""
    told = replace(compilation, general=(*compilation.general, finding))
    return with_weights(told, workspace.severities)


def build_workspace(
    workspace: Workspace, output: Path, aids: Aids = NO_AIDS, *, force: bool, former: Former | None = None
) -> Built:
    """Compile a workspace and publish its site, unless a finding leaves the model incomplete.

    ``force`` publishes what could be read all the same. With a ``former`` version the site tells what changed since.

    Raises:
        SurroundingsError: the output folder is not ours or cannot be written.
    """
    started = time.monotonic()
    with collector_off():
        aids.told("Membaca", 0, 0)
        reading = read_workspace(workspace.root, workspace.addresses)
        aids.told("Memeriksa", 0, 0)
        compilation = _compiled(workspace, reading)
        built = Built(workspace, compilation, reading.absent, 0)
        if compilation.publishable or force:
            built = _published(built, output, aids, former)
    return replace(built, seconds=time.monotonic() - started)


def _published(built: Built, output: Path, aids: Aids, former: Former | None) -> Built:
    """Make the site and publish it; where an engine is asked for and missing, that is told too."""
    workspace, cache = built.workspace, aids.cache
    mesin = workspace.appearance.settings.mesin
    engine = chosen_engine(mesin)
    compilation = to_be_drawn(built.compilation, workspace, engine)
    identity = engine.identity if engine else ""
    files, compilation = _made(replace(built, compilation=compilation), engine, aids, former)
    published = publish(output, files, aids.told)
    cache.trim()
    return replace(
        built,
        compilation=compilation,
        published=published,
        pages=sum(path.endswith(".html") for path in files),
        engine=identity or (NO_ENGINE if mesin == GRAPHVIZ else ""),
        site=imprint({**files, MANIFEST: manifest(files)}) if cache.on else None,
    )


def _made(
    built: Built, engine: Engine | None, aids: Aids, former: Former | None
) -> tuple[dict[str, bytes], Compilation]:
    """Make the files of the site, without the templates of the workspace that fail; what is wrong with them is told."""
    compilation, appearance = built.compilation, built.workspace.appearance
    # Each round there is one template less; without any of the workspace's none can fail.
    while True:
        try:
            files = build(
                compilation,
                appearance.settings,
                dressed(appearance),
                start_drawing(engine),
                rulebook(),
                engine=engine.identity if engine else "",
                memory=aids.cache if aids.cache.on else NO_MEMORY,
                told=aids.told,
                former=former,
            )
        except TemplateTroubleError as error:
            compilation = with_finding(compilation, told_of(appearance, error.trouble), built.workspace)
            appearance = undressed(appearance, error.trouble)
        else:
            return files, compilation


def _no_engine() -> Diagnostic:
    message = "Mesin gambar Graphviz tidak tersedia; gambar ditata oleh pokin sendiri."
    hint = 'Pasang Graphviz sehingga perintah dot tersedia, atau tulis mesin = "pokin" di [gambar].'
    return Diagnostic("P903", Severity.INFO, SETTINGS, Span(0, 0), message, hint)


@contextmanager
def collector_off() -> Iterator[None]:
    """Keep the cycle collector from walking a growing tree again and again; it saves up to a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
