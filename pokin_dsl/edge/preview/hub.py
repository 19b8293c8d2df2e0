"""The hub of the preview: it knows the browsers that are connected, and asks the preview through its one worker."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from pokin_dsl.edge.preview.messages import note_key, note_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from typing import Protocol

    from pokin_dsl.edge.preview.messages import Note
    from pokin_dsl.edge.preview.news import News, Preview

    class Listener(Protocol):
        """Somebody who wants to hear the news."""

        def hear(self, news: News) -> None:
            """Take the news; called in the event loop's thread, and returns at once."""
            ...


_MOST_TEXTS = 32
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a browser may do, in seconds and counts.

    It says hello within ``hello``; it says at most ``messages`` things within ``window``; it takes what it is told
    within ``taking``; a line on which nothing was said for ``pulse`` gets a sign of life.
    """

    hello: float = 10.0
    messages: int = 40
    window: float = 10.0
    taking: float = 30.0
    pulse: float = 10.0
    browsers: int = 100


class Hub:
    """The middle of the preview: news from any thread go to all browsers, questions to the preview one at a time.

    ``worker`` has one thread, in which everything of ``preview`` is called, so that the event loop never waits.
    """

    def __init__(self, preview: Preview, worker: Executor, limits: Limits | None = None) -> None:
        self.preview = preview
        self.limits = limits or Limits()
        self._worker = worker
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listeners: dict[Listener, None] = {}
        self._texts: dict[object, str] = {}

    @property
    def browsers(self) -> int:
        """How many browsers are connected."""
        return len(self._listeners)

    def tell(self, news: News) -> None:
        """Tell all browsers what each of them lacks; may be called from any thread, and returns at once.

        News arrive in the order in which they are told. Those told in the worker (``ask_and_tell``) keep their place
        among what ``Preview.watch`` gives too; told elsewhere, older ones may for a moment replace newer ones.
        """
        self.post(self._deliver, news)

    def post(self, function: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Have something done in the event loop, in the order of posting; nothing where it has not begun or ended."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop was closed meanwhile: there is nobody left to tell
                self._loop.call_soon_threadsafe(lambda: function(*args, **kwargs))

    async def ask(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call something of the preview in its worker."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, lambda: function(*args, **kwargs))

    async def ask_and_tell(self, step: Callable[[], News | None]) -> News | None:
        """Call something of the preview that may have news, and tell them before it does anything else."""

        def told() -> News | None:
            news = step()
            if news:
                self.tell(news)
            return news

        return await self.ask(told)

    def order(self, function: Callable[[], None]) -> None:
        """Have something of the preview called in its worker, without waiting for it."""
        with suppress(RuntimeError):  # the worker was shut down: there is nothing left to tell it
            self._worker.submit(function)

    def enter(self, listener: Listener) -> bool:
        """Let somebody hear the news from now on, if there is room."""
        self._loop = asyncio.get_running_loop()
        if len(self._listeners) >= self.limits.browsers:
            return False
        self._listeners[listener] = None
        return True

    def leave(self, listener: Listener) -> None:
        """Tell somebody nothing any more."""
        self._listeners.pop(listener, None)

    def text(self, note: Note) -> str:
        """Give the text of a note; what many browsers are told is written once."""
        key = note_key(note)
        if key not in self._texts:
            if len(self._texts) >= _MOST_TEXTS:
                self._texts.clear()
            self._texts[key] = note_text(note)
        return self._texts[key]

    def _deliver(self, news: News) -> None:
        self._texts.clear()
        for listener in self._listeners:
            listener.hear(news)
