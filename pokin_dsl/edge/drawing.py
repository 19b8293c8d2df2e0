"""Starting the engine beside other work, and waiting for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from pokin_dsl.edge.dot import lay_out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pokin_dsl.edge.engine import Engine
    from pokin_dsl.site.layout import Layout

_LEAST_SECONDS = 60.0
_SECONDS_PER_GRAPH = 0.05


def start_drawing(engine: Engine | None) -> Callable[[Mapping[str, str]], Callable[[], Mapping[str, Layout]]]:
    """Give the function that starts laying out DOT texts in the background; without an engine nothing is drawn."""

    def start(graphs: Mapping[str, str]) -> Callable[[], Mapping[str, Layout]]:
        if engine is None or not graphs:
            return dict
        pool = ThreadPoolExecutor(max_workers=1)
        promised = pool.submit(lay_out, engine, graphs, _LEAST_SECONDS + _SECONDS_PER_GRAPH * len(graphs))
        pool.shutdown(wait=False)
        return promised.result

    return start
