"""A preview for browser tests: the real server in a thread, around a site that the test changes by hand."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pokin_dsl.edge.preview.doors import Door, open_door
from pokin_dsl.edge.preview.dressing import as_preview
from pokin_dsl.edge.preview.editor import EditorError
from pokin_dsl.edge.preview.hub import Hub
from pokin_dsl.edge.preview.news import Answer, Gone, News, Shown, State
from pokin_dsl.edge.preview.server import make_app
from pokin_dsl.edge.preview.serving import serve
from tests.served import free_port
from tests.sites import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from pokin_dsl.edge.preview.news import Showing

_MEDIA = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


class Stage:
    """What the browsers see: pages by path, the state of the trees, and pages that are gone."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.now = State()
        self.gone: dict[str, Gone] = {}
        self.watched: list[str] = []
        self.opened: list[tuple[str, int, int]] = []
        self.editor_says = ""
        self.hub: Hub | None = None

    def answer(self, path: str) -> Answer:
        if path not in self.files:
            return Answer(404, "text/plain; charset=utf-8", b"Tidak ada.")
        ending = path.rpartition(".")[2]
        if ending == "html":
            return Answer(200, "text/html; charset=utf-8", as_preview(self.files[path].decode())[0].encode())
        return Answer(200, f"{_MEDIA.get(ending, 'application/octet-stream')}; charset=utf-8", self.files[path])

    def watch(self, path: str) -> Showing:
        self.watched.append(path)
        return self._showing(path)

    def leave(self, path: str) -> None:
        """Nothing is kept per browser."""

    def state(self) -> State:
        return self.now

    def file(self, path: str) -> Path | None:
        return ROOT / path

    def open_at(self, file: Path, line: int, column: int) -> None:
        if self.editor_says:
            raise EditorError(self.editor_says)
        self.opened.append((file.relative_to(ROOT).as_posix(), line, column))

    def publish(self, files: Mapping[str, bytes]) -> None:
        """Show another site, as after a rebuild."""
        changed = [path for path in files if path.endswith(".html") and files[path] != self.files.get(path)]
        self.files = dict(files)
        self._tell(News({path: self._showing(path) for path in changed}, self.now))

    def show(self, path: str, html: str) -> None:
        """Show another page at a path."""
        self.publish({**self.files, path: html.encode()})

    def judge(self, state: State) -> None:
        """Let the trees be in another state."""
        self.now = state
        self._tell(News(state=state))

    def lose(self, path: str, message: str, successor: str = "") -> None:
        """Have a page no more, its content at another one perhaps."""
        shown = self._shown(successor) if successor else None
        links = ((("Halaman yang baru", successor),) if successor else ()) + (("Semua pohon", "index.html"),)
        self.gone[path] = Gone(path, message, links, shown)
        self._tell(News({path: self.gone[path]}, self.now))

    def find_again(self, path: str) -> None:
        """Have a page again."""
        del self.gone[path]
        self._tell(News({path: self._shown(path)}, self.now))

    def change_statics(self, *names: str) -> None:
        self._tell(News(state=self.now, statics=names))

    def _showing(self, path: str) -> Showing:
        if path in self.gone or path not in self.files:
            return self.gone.get(path) or Gone(path, "Halaman ini tidak ada.", (("Semua pohon", "index.html"),))
        return self._shown(path)

    def _shown(self, path: str) -> Shown:
        html, sidik = as_preview(self.files[path].decode())
        return Shown(path, sidik, html)

    def _tell(self, news: News) -> None:
        if self.hub:
            self.hub.tell(news)


class Running:
    """A server that can be stopped and started again at the same port."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.port: int | None = None
        self._thread: threading.Thread | None = None
        self._end: Callable[[], object] = bool

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        # Not the default port: while the server is down, that of another test would take it.
        self.port = self.port or free_port()
        door = open_door(self.port)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(door)))
        self._thread.start()

    def stop(self) -> None:
        if self._thread:
            self._end()
            self._thread.join()
            self._thread = None

    async def _serve(self, door: Door) -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        self._end = lambda: loop.call_soon_threadsafe(stop.set)
        with ThreadPoolExecutor(max_workers=1) as worker:
            self.stage.hub = Hub(self.stage, worker)
            await serve(make_app(self.stage.hub, door.port, self.stage.open_at), door, stop)
            self.stage.hub = None


@contextmanager
def running(stage: Stage) -> Iterator[Running]:
    """Serve a stage, and stop."""
    server = Running(stage)
    server.start()
    try:
        yield server
    finally:
        server.stop()
