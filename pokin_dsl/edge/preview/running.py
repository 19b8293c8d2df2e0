"""Running the preview: the door, the worker, the watch and the server, put up together and taken down together."""

from __future__ import annotations

import asyncio
import gc
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from pokin_dsl.edge.cache import open_cache
from pokin_dsl.edge.drawing import start_drawing
from pokin_dsl.edge.preview.conductor import Conductor
from pokin_dsl.edge.preview.editor import open_at
from pokin_dsl.edge.preview.hub import Hub
from pokin_dsl.edge.preview.server import make_app
from pokin_dsl.edge.preview.serving import serve
from pokin_dsl.edge.preview.session import Session
from pokin_dsl.edge.program import look_folder
from pokin_dsl.edge.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pokin_dsl.edge.preview.doors import Door
    from pokin_dsl.edge.preview.news import State
    from pokin_dsl.edge.preview.workbench import Workbench
    from pokin_dsl.site.layout import Layout


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asked for: the command of the editor (empty: none), and whether to look at intervals."""

    editor: tuple[str, ...] = ()
    polling: bool = False


class Audience(Protocol):
    """Who sees how the preview is doing."""

    def told(self, stage: str, done: int, of: int) -> None:
        """Hear how far the first reading is (``of`` is 0 where that is not known)."""
        ...

    def ready(self, state: State, watching: str) -> None:
        """Hear that pages can be had; ``watching`` says how files are watched where that is out of the ordinary."""
        ...

    def done(self, state: State, pages: int, seconds: float) -> None:
        """Hear that a change has been dealt with: how many pages it changed, and how soon open ones showed it."""
        ...


def run_preview(bench: Workbench, door: Door, wishes: Wishes, audience: Audience) -> None:
    """Serve the preview behind a door until a signal ends it; afterwards no thread or program of it is left."""
    with ExitStack() as stack:
        stack.callback(door.socket.close)
        worker = stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="pokin"))
        cache = worker.submit(open_cache, bench.workspace.root).result()
        stack.callback(lambda: worker.submit(cache.close).result())

        def start(graphs: Mapping[str, str]) -> Callable[[], Mapping[str, Layout]]:
            return start_drawing(bench.engine)(graphs)

        session = Session(bench, start, cache)
        hub = Hub(session, worker)
        conductor = Conductor(session, hub, audience.done)
        watch = Watch(conductor.changed, bench.may_matter, polling=wishes.polling)
        stack.callback(watch.stop)
        conductor.follow = lambda: watch.follow({**bench.folders(), look_folder().resolve(): True})
        conductor.follow()
        worker.submit(session.begin, audience.told).result()
        # What was read first stays for as long as the preview runs: the collector need not look at it ever again.
        gc.collect()
        gc.freeze()
        audience.ready(session.state(), watch.polling)
        stack.callback(conductor.hurry)
        app = make_app(hub, door.port, partial(open_at, wishes.editor))
        asyncio.run(serve(app, door, asyncio.Event(), conductor.run()))
