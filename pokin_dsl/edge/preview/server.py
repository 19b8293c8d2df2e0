"""The web application of the preview: pages of the site from memory, the channel, and a request to open the editor."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute

from pokin_dsl.edge.preview.channel import Channel
from pokin_dsl.edge.preview.dressing import ASSETS
from pokin_dsl.edge.preview.editor import EditorError
from pokin_dsl.edge.preview.gate import RESERVED, Gate, own_origin, site_path
from pokin_dsl.edge.preview.messages import LONGEST_MESSAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp
    from starlette.websockets import WebSocket

    from pokin_dsl.edge.preview.hub import Hub
    from pokin_dsl.edge.preview.news import Answer

    OpenAt = Callable[[Path, int, int], None]
    """Opens a file at a line and a column, both from 1; raises EditorError with a sentence for the user."""

_FOUND, _NOT_FOUND = 200, 404
_MOST_LINES = 10_000_000
_HERE = Path(__file__).resolve().parent


def make_app(hub: Hub, port: int, open_at: OpenAt) -> ASGIApp:
    """Make the application that serves the preview of a hub at a port of this machine."""
    desk = _Desk(hub, port, open_at)
    routes = [
        *(Route(f"/{RESERVED}/{name}", _asset) for name in ASSETS),
        Route(f"/{RESERVED}/buka", desk.open, methods=["POST"]),
        WebSocketRoute(f"/{RESERVED}/kabar", desk.talk),
        Route("/{path:path}", desk.page),
    ]
    handlers = {HTTPException: _refused, Exception: _failed}
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.router.redirect_slashes = False  # where a folder leads is for the site to say
    # The gate stands around everything, so that answers to failures are protected like all others.
    return Gate(app, port)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where requests are answered."""

    hub: Hub
    port: int
    open_at: OpenAt

    async def page(self, request: Request) -> Response:
        """Answer with what stands at a path of the site; nothing here can read a file of the disk."""
        path = site_path(request.scope["path"])
        if path is None:
            raise HTTPException(_NOT_FOUND)
        answer = await self._answer(path)
        if answer.status == _NOT_FOUND and await self._is_folder(path):
            return RedirectResponse(quote(f"/{path}/"))
        return _response(answer, request.method)

    async def talk(self, socket: WebSocket) -> None:
        """Open the channel to a page of this server, and to no other."""
        if own_origin(socket.headers, self.port):
            await Channel(socket, self.hub).run()
        else:
            await socket.close()

    async def open(self, request: Request) -> Response:
        """Open a place of a source in the editor; says in ``pesan`` what became of it."""
        if not own_origin(request.headers, self.port):
            return _told(403, "Hanya halaman pratinjau ini yang boleh membuka penyunting.")
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return _told(415, "Permintaan harus berupa JSON.")
        place = _read_place(await _beginning(request))
        if place is None:
            return _told(400, "Permintaan harus menyebut berkas, baris, dan kolom.")
        file = await self.hub.ask(self.hub.preview.file, place.path)
        if file is None:
            return _told(_NOT_FOUND, f'Berkas "{place.path}" bukan bagian dari ruang kerja ini.')
        try:
            await asyncio.to_thread(self.open_at, file, place.line, place.column)
        except EditorError as problem:
            return _told(503, str(problem))
        return _told(_FOUND, f"{place.path} dibuka pada baris {place.line}.")

    async def _answer(self, path: str) -> Answer:
        return await self.hub.ask(self.hub.preview.answer, path)

    async def _is_folder(self, path: str) -> bool:
        if "." in path.rpartition("/")[2]:
            return False
        return (await self._answer(f"{path}/index.html")).status == _FOUND


@dataclass(frozen=True, slots=True)
class _Place:
    path: str
    line: int
    column: int


def _response(answer: Answer, method: str) -> Response:
    """Answer; to HEAD without the content, but with its length."""
    headers = {"Content-Type": answer.media, "Content-Length": str(len(answer.body))}
    return Response(b"" if method == "HEAD" else answer.body, answer.status, headers)


async def _beginning(request: Request) -> bytes:
    """Read what was sent, but no more than a request may hold and a little."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_MESSAGE:
            break
    return body


def _read_place(body: bytes) -> _Place | None:
    try:
        said = json.loads(body) if len(body) <= LONGEST_MESSAGE else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    path, line, column = said.get("berkas"), said.get("baris"), said.get("kolom")
    if not (isinstance(path, str) and _is_count(line) and _is_count(column)):
        return None
    return _Place(path, line, column)


def _is_count(value: object) -> TypeGuard[int]:
    return type(value) is int and 1 <= value <= _MOST_LINES


def _told(status: int, sentence: str) -> Response:
    return JSONResponse({"pesan": sentence}, status)


def _asset(request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    return Response(_content(name), headers={"Content-Type": ASSETS[name]})


@cache
def _content(name: str) -> bytes:
    return (_HERE / name).read_bytes()


def _refused(_: Request, problem: Exception) -> Response:
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    headers = problem.headers if isinstance(problem, HTTPException) else None
    sentence = "Halaman ini tidak ada." if status == _NOT_FOUND else "Permintaan ini tidak dilayani di sini."
    return PlainTextResponse(f"{sentence}\n", status, headers)


def _failed(_: Request, __: Exception) -> Response:
    return PlainTextResponse("Halaman ini gagal disiapkan; sebabnya tertulis di terminal.\n", 500)
