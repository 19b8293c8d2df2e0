"""Serving an application behind a door until somebody wants it to end; by Ctrl-C it ends quietly."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from pokin_dsl.edge.preview.messages import LONGEST_MESSAGE

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

    from starlette.types import ASGIApp

    from pokin_dsl.edge.preview.doors import Door

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
_PING_SECONDS = 20.0
_LAST_SECONDS = 1
_LOG = "uvicorn.error"


async def serve(app: ASGIApp, door: Door, stop: asyncio.Event, *beside: Coroutine[object, object, None]) -> None:
    """Serve until ``stop`` is set, a signal asks for the end (which sets it), or one of ``beside`` fails.

    ``beside`` runs while it is served and is cancelled at the end; one that returns just has done its part. The door
    is closed afterwards. A failure among ``beside`` is raised; a signal is none.
    """
    server = _Server(_config(app))
    with _signals_set(stop):
        company = [asyncio.create_task(_company(work, stop)) for work in beside]
        serving = asyncio.create_task(server.serve(sockets=[door.socket]))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            _hush()
            server.should_exit = True
            for task in (stopping, *company):
                task.cancel()
            await asyncio.gather(serving, *company, return_exceptions=True)
            door.socket.close()
    for task in (serving, *company):
        _raise_failure(task)


class _Server(uvicorn.Server):
    """A server that leaves signals alone: its own way raises them again at the end, which is no quiet one."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _config(app: ASGIApp) -> uvicorn.Config:
    """Configure for pages on this very machine.

    Nothing is compressed, since the way is short; no header is believed that a proxy would set; the log holds failures
    of ours alone, since what a browser did wrong is nothing that the user could mend.
    """
    return uvicorn.Config(
        app,
        http="h11",
        ws="websockets-sansio",
        ws_max_size=LONGEST_MESSAGE,
        ws_ping_interval=_PING_SECONDS,
        ws_ping_timeout=_PING_SECONDS,
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )


async def _company(work: Coroutine[object, object, None], stop: asyncio.Event) -> None:
    try:
        await work
    except Exception:
        stop.set()
        raise


@contextmanager
def _signals_set(stop: asyncio.Event) -> Iterator[None]:
    """Have signals that ask for the end set an event; only the main thread hears signals.

    The event loop of Windows has no handlers for signals, hence the plain ones, which work everywhere. What is ignored
    (by ``nohup``, say) stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    heard = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    try:
        for number in heard:
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
        yield
    finally:
        for number in heard:
            signal.signal(number, before[number] or signal.SIG_DFL)


def _hush() -> None:
    """Cut off what still runs without a word: at the end that is no failure."""
    logging.getLogger(_LOG).setLevel(logging.CRITICAL)


def _raise_failure(task: asyncio.Task[None]) -> None:
    failure = None if task.cancelled() else task.exception()
    if failure is not None:
        raise failure
