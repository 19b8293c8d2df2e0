"""The preview's conductor: a saved file becomes news for open pages at once, and everything else follows."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING

from pokin_dsl.edge.program import look_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pokin_dsl.edge.preview.hub import Hub
    from pokin_dsl.edge.preview.news import State
    from pokin_dsl.edge.preview.session import Session

    Done = Callable[[State, int, float], None]
    """Is told the state, how many pages a change has changed, and after how many seconds open ones showed it."""


class Conductor:
    """Has a session do what there is to do: the urgent first, one thing at a time, in the hub's worker."""

    def __init__(self, session: Session, hub: Hub, done: Done) -> None:
        self._session = session
        self._hub = hub
        self._done = done
        self._look = look_folder().resolve()
        self._urgent = threading.Event()
        self._heard: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._since = 0.0
        self._seconds: float | None = None
        self.follow: Callable[[], None] = lambda: None
        session.is_urgent = self._urgent.is_set
        session.wake = self.wake

    def changed(self, paths: frozenset[Path]) -> None:
        """Hear of touched files, from any thread."""
        if any(path.is_relative_to(self._look) for path in paths):
            self._hub.order(self._session.use_look_again)
        self.wake()

    def wake(self) -> None:
        """Have the session look again, from any thread."""
        if not self._urgent.is_set():
            self._since = time.monotonic()
            self._urgent.set()
        if self._loop and self._heard:
            self._loop.call_soon_threadsafe(self._heard.set)

    def hurry(self) -> None:
        """Have what is being done broken off, because everything is about to end."""
        self._urgent.set()

    async def run(self) -> None:
        """Conduct until cancelled."""
        self._loop, self._heard = asyncio.get_running_loop(), asyncio.Event()
        if self._urgent.is_set():
            self._heard.set()
        while True:
            await self._round()
            await self._heard.wait()
            self._heard.clear()

    async def _round(self) -> None:
        """Take both strides; the second is broken off when something has changed again."""
        since = self._since if self._urgent.is_set() else time.monotonic()
        self._urgent.clear()
        news = await self._hub.ask_and_tell(self._session.refresh)
        if news:
            self._seconds = time.monotonic() - since
            await self._hub.ask(self.follow)
        for step in self._session.rest():
            await self._hub.ask_and_tell(step)
            if self._urgent.is_set():
                return
        if self._seconds is not None:
            self._done(self._session.state(), self._session.changed_pages, self._seconds)
            self._seconds = None
