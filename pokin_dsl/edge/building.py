"""Compiling and publishing a workspace on disk: the pure pipeline between reading and writing."""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.edge.disk import NOTHING, read_workspace
from pokin_dsl.edge.dot import find_engine
from pokin_dsl.edge.drawing import start_drawing
from pokin_dsl.edge.package import built_in_lists, built_in_look, rulebook
from pokin_dsl.edge.publish import Published, publish
from pokin_dsl.edge.workspace import SETTINGS, Workspace
from pokin_dsl.pipeline import Compilation, build, compile_trees, with_weights
from pokin_dsl.site.site import SiteSettings
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the trees with their findings, what was published (or None), pages and seconds."""

    compilation: Compilation
    published: Published | None
    pages: int
    seconds: float


def compile_workspace(workspace: Workspace, instead: Mapping[str, Source] = NOTHING) -> Compilation:
    """Read, resolve and check all trees of a workspace; ``instead`` holds texts that stand for files on disk."""
    with _collector_off():
        reading = read_workspace(workspace.root, workspace.addresses, instead)
        compilation = compile_trees(reading, workspace.addresses, {**built_in_lists(), **workspace.lists})
    sources = dict(compilation.sources)
    if workspace.settings_source:
        sources[SETTINGS] = workspace.settings_source
    compilation = replace(compilation, general=(*workspace.diagnostics, *compilation.general), sources=sources)
    return with_weights(compilation, workspace.severities)


def build_workspace(workspace: Workspace, output: Path, *, force: bool) -> Built:
    """Compile a workspace and publish its site, unless a finding leaves the model incomplete.

    ``force`` publishes what could be read all the same.

    Raises:
        SurroundingsError: the output folder is not ours or cannot be written.
    """
    started = time.monotonic()
    compilation = compile_workspace(workspace)
    if not (compilation.publishable or force):
        return Built(compilation, None, 0, time.monotonic() - started)
    engine = find_engine()
    if engine is None:
        told = replace(compilation, general=(*compilation.general, _no_engine()))
        compilation = with_weights(told, workspace.severities)
    with _collector_off():
        settings = SiteSettings(workspace.judul)
        files = build(compilation, settings, built_in_look(), start_drawing(engine), rulebook())
    published = publish(output, files)
    pages = sum(path.endswith(".html") for path in files)
    return Built(compilation, published, pages, time.monotonic() - started)


def _no_engine() -> Diagnostic:
    message = "Mesin gambar tidak tersedia; halaman memuat daftar bertingkat tanpa gambar."
    hint = "Pasang ulang pokin-dsl, atau pasang Graphviz sehingga perintah dot tersedia."
    return Diagnostic("P903", Severity.INFO, SETTINGS, Span(0, 0), message, hint)


@contextmanager
def _collector_off() -> Iterator[None]:
    """Keep the cycle collector from walking a growing tree again and again; it saves up to a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
