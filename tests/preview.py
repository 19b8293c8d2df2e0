"""A preview for tests: its pages are plain values, it notes what it was asked, and its server needs no socket."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.testclient import TestClient

from pokin_dsl.edge.preview.dressing import as_preview
from pokin_dsl.edge.preview.editor import EditorError
from pokin_dsl.edge.preview.hub import Hub
from pokin_dsl.edge.preview.news import Answer, Gone, Shown, State
from pokin_dsl.edge.preview.server import make_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import WebSocketTestSession
    from starlette.types import ASGIApp

    from pokin_dsl.edge.preview.hub import Limits
    from pokin_dsl.edge.preview.messages import Hello
    from pokin_dsl.edge.preview.news import Showing

PORT = 17845
HOST = f"127.0.0.1:{PORT}"
OWN = {"origin": f"http://{HOST}"}
CHANNEL = f"ws://{HOST}/_pokin/kabar"
INDEX = "kecamatan/index.html"


def shown(path: str, text: str) -> Shown:
    html, sidik = as_preview(f"<!DOCTYPE html><head><title>{text}</title></head><p>{text}</p>")
    return Shown(path, sidik, html)


class FakePreview:
    """Pages by their path; whoever calls two of its methods at a time fails."""

    def __init__(self, *pages: Shown) -> None:
        self.pages: dict[str, Showing] = {page.path: page for page in pages}
        self.condition = State()
        self.sources: dict[str, Path] = {}
        self.asked: list[str] = []
        self.open: list[str] = []
        self._busy = False

    def answer(self, path: str) -> Answer:
        with self._alone():
            self.asked.append(path)
            if path == "rusak.html":
                raise ZeroDivisionError
            page = self.pages.get(path)
            if isinstance(page, Shown):
                return Answer(200, "text/html; charset=utf-8", page.html.encode())
            return Answer(404, "text/html; charset=utf-8", b"<p>Tidak ada")

    def watch(self, path: str) -> Showing:
        with self._alone():
            self.open.append(path)
            return self.pages.get(path, Gone(path, "Halaman ini sudah tidak ada."))

    def leave(self, path: str) -> None:
        with self._alone():
            self.open.remove(path)

    def state(self) -> State:
        return self.condition

    def file(self, path: str) -> Path | None:
        return self.sources.get(path)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        assert not self._busy, "two things were asked at once"
        self._busy = True
        yield
        self._busy = False


@dataclass
class Served:
    """A preview behind an application, without a socket."""

    preview: FakePreview
    hub: Hub
    worker: ThreadPoolExecutor
    app: ASGIApp
    client: Any
    opened: list[tuple[Path, int, int]] = field(default_factory=list)

    @contextmanager
    def browser(self, hello: Hello | None = None) -> Iterator[WebSocketTestSession]:
        """Connect as a page does."""
        with self.client.websocket_connect(CHANNEL, headers=OWN) as browser:
            if hello:
                greet(browser, hello.path, hello.sidik)
            yield browser

    def settle(self) -> None:
        """Wait until the worker has done what it was told."""
        self.worker.submit(int).result()


def greet(browser: WebSocketTestSession, path: str, sidik: str = "") -> None:
    browser.send_json({"jenis": "halo", "jalur": path, "sidik": sidik})


@contextmanager
def serving(*pages: Shown, limits: Limits | None = None) -> Iterator[Served]:
    preview, opened = FakePreview(*pages), []

    def open_at(file: Path, line: int, column: int) -> None:
        if line == 13:
            raise EditorError("Atur penyunting Anda.")
        opened.append((file, line, column))

    with ThreadPoolExecutor(max_workers=1) as worker:
        hub = Hub(preview, worker, limits)
        app = make_app(hub, PORT, open_at)
        client = TestClient(app, f"http://{HOST}", raise_server_exceptions=False, follow_redirects=False)
        with client:
            yield Served(preview, hub, worker, app, client, opened)
