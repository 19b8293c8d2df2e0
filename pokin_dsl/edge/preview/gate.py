"""The gate of the preview: who may ask (this machine's own pages), what may be asked, and what each answer carries.

The preview answers from memory, so no path leads to the disk at all; what looks like a way out of the site is refused
here all the same, before anybody thinks about it. The Host header is checked because a stranger's web page may let its
own name point to 127.0.0.1 (DNS rebinding), the Origin because WebSockets know no CORS.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocketClose

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

RESERVED = "_pokin"
_INDEX = "index.html"
_NAMES = ("127.0.0.1", "localhost", "[::1]")
_HTTP_PORT = 80
_LONGEST_PATH = 1000
_FORBIDDEN = re.compile(r"[\\\x00-\x1f\x7f]")
_DRIVE = re.compile(r"[A-Za-z]:")
_MISDIRECTED = 421
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Gate:
    """Let through what was asked of this machine by its own name, and give each answer the headers that protect it."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        if scope["type"] == "lifespan" or own_host(Headers(scope=scope), self._port):
            await self._app(scope, receive, send_protected)
        elif scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
        else:
            await self._refusal()(scope, receive, send_protected)

    def _refusal(self) -> PlainTextResponse:
        sentence = f"Pratinjau ini hanya melayani komputer ini sendiri. Buka http://127.0.0.1:{self._port}/\n"
        return PlainTextResponse(sentence, _MISDIRECTED)


def own_host(headers: Headers, port: int) -> str:
    """Give the one Host that a request names, in lower case, if it is this machine at this port; else nothing."""
    named = [host.lower() for host in headers.getlist("host")]
    return named[0] if len(named) == 1 and named[0] in _own_hosts(port) else ""


def own_origin(headers: Headers, port: int) -> bool:
    """Tell whether a request comes from a page of this very server: its Origin is the host that it asks."""
    host = own_host(headers, port)
    return bool(host) and [origin.lower() for origin in headers.getlist("origin")] == [f"http://{host}"]


def site_path(path: str) -> str | None:
    """Give the path in the site for the path of an address, decoded once; None where it cannot be one.

    A folder stands for its ``index.html``. Hostile is what leaves the site, names a hidden file, or would do so after
    further decoding.
    """
    if not path.startswith("/") or len(path) > _LONGEST_PATH:
        return None
    wanted = path[1:]
    reading = wanted
    while _harmless(reading):
        decoded = unquote(reading)
        if decoded == reading:
            return f"{wanted}{_INDEX}" if not wanted or wanted.endswith("/") else wanted
        reading = decoded
    return None


def _own_hosts(port: int) -> tuple[str, ...]:
    """Give the ways to name this server; browsers leave out the port that is meant anyway."""
    with_port = tuple(f"{name}:{port}" for name in _NAMES)
    return (*with_port, *_NAMES) if port == _HTTP_PORT else with_port


def _harmless(path: str) -> bool:
    *folders, file = path.split("/")
    return not (
        _FORBIDDEN.search(path)
        or _DRIVE.match(path)
        or "" in folders
        or any(part.startswith(".") for part in (*folders, file))
        or (folders or [file])[0] == RESERVED
    )
