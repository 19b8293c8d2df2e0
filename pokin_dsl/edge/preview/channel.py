"""The channel to one browser: a WebSocket on which it says what it shows and is told what it lacks."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.status import (
    WS_1003_UNSUPPORTED_DATA,
    WS_1008_POLICY_VIOLATION,
    WS_1009_MESSAGE_TOO_BIG,
    WS_1013_TRY_AGAIN_LATER,
)
from starlette.websockets import WebSocketDisconnect

from pokin_dsl.edge.preview.mailbox import Mailbox
from pokin_dsl.edge.preview.messages import LONGEST_MESSAGE, pulse_text, read_hello

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from pokin_dsl.edge.preview.hub import Hub
    from pokin_dsl.edge.preview.messages import Hello
    from pokin_dsl.edge.preview.news import News, Showing, State


class _RefusedError(Exception):
    """A browser did what it may not; it is told a code and a reason, and cut off."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Channel:
    """One browser: it is listened to and told things side by side, so that a slow one waits for itself alone."""

    def __init__(self, socket: WebSocket, hub: Hub) -> None:
        self._socket = socket
        self._hub = hub
        self._mailbox = Mailbox()
        self._filled = asyncio.Event()
        self._heard_at: deque[float] = deque()
        # Read and written in the preview's worker alone, which does one thing after the other.
        self._watched = ""

    async def run(self) -> None:
        """Talk to the browser until it goes or is cut off."""
        await self._socket.accept()
        try:
            await self._talk()
        except _RefusedError as refused:
            await self._close(refused)
        except (WebSocketDisconnect, TimeoutError):
            return  # gone, or it takes nothing any more and could not be told so either

    def hear(self, news: News) -> None:
        """Keep the newest for the browser."""
        self._mailbox.put(news)
        self._wake()

    async def _talk(self) -> None:
        if not self._hub.enter(self):
            raise _RefusedError(WS_1013_TRY_AGAIN_LATER, "Terlalu banyak halaman terbuka.")
        sides = [asyncio.create_task(self._listen()), asyncio.create_task(self._tell())]
        for side in sides:
            side.add_done_callback(_failure)
        try:
            await asyncio.wait(sides, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for side in sides:
                side.cancel()
            self._hub.leave(self)
            self._hub.order(self._forget)
            await asyncio.wait(sides)
        for failure in filter(None, map(_failure, sides)):
            raise failure

    async def _listen(self) -> None:
        try:
            async with asyncio.timeout(self._hub.limits.hello):
                hello = await self._hello()
        except TimeoutError:
            raise _RefusedError(WS_1008_POLICY_VIOLATION, "Peramban tidak memberi salam.") from None
        while True:
            await self._hub.ask(self._look, hello)
            hello = await self._hello()

    async def _hello(self) -> Hello:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        self._count()
        text = message.get("text")
        if text is None:
            raise _RefusedError(WS_1003_UNSUPPORTED_DATA, "Hanya teks yang dipahami.")
        if len(text.encode("utf-8", "replace")) > LONGEST_MESSAGE:
            raise _RefusedError(WS_1009_MESSAGE_TOO_BIG, "Pesan terlalu panjang.")
        hello = read_hello(text)
        if hello is None:
            raise _RefusedError(WS_1008_POLICY_VIOLATION, "Pesan tidak dipahami.")
        return hello

    def _count(self) -> None:
        """Count what a browser says within a while."""
        now, limits = asyncio.get_running_loop().time(), self._hub.limits
        self._heard_at.append(now)
        while self._heard_at[0] < now - limits.window:
            self._heard_at.popleft()
        if len(self._heard_at) > limits.messages:
            raise _RefusedError(WS_1008_POLICY_VIOLATION, "Terlalu banyak pesan.")

    def _look(self, hello: Hello) -> None:
        """See what stands at a page; in the worker, so that what is told afterwards comes afterwards."""
        preview = self._hub.preview
        showing = preview.watch(hello.path)
        self._forget()
        self._watched = hello.path
        self._hub.post(self._greet, hello, showing, preview.state())

    def _forget(self) -> None:
        if self._watched:
            self._hub.preview.leave(self._watched)
            self._watched = ""

    def _greet(self, hello: Hello, showing: Showing, state: State) -> None:
        self._mailbox.greet(hello, showing, state)
        self._wake()

    def _wake(self) -> None:
        if self._mailbox.full:
            self._filled.set()

    async def _tell(self) -> None:
        while True:
            try:
                async with asyncio.timeout(self._hub.limits.pulse):
                    await self._filled.wait()
            except TimeoutError:
                await self._send(pulse_text())
            self._filled.clear()
            for note in self._mailbox.take():
                await self._send(self._hub.text(note))

    async def _send(self, text: str) -> None:
        async with asyncio.timeout(self._hub.limits.taking):
            await self._socket.send_text(text)

    async def _close(self, refused: _RefusedError) -> None:
        with suppress(RuntimeError, WebSocketDisconnect, TimeoutError):  # it went by itself meanwhile
            async with asyncio.timeout(self._hub.limits.taking):
                await self._socket.close(refused.code, refused.reason)


def _failure(side: asyncio.Task[None]) -> BaseException | None:
    """Give why a side ended; asking also tells asyncio that nothing was overlooked."""
    return None if side.cancelled() else side.exception()
