"""Doors and real servers: ports, many browsers at once, a slow one, and how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect as connect_sync
from websockets.typing import Origin

from pokin_dsl.edge.preview import doors
from pokin_dsl.edge.preview.doors import Door, PortError, PortTakenError, open_door
from pokin_dsl.edge.preview.hub import Hub
from pokin_dsl.edge.preview.news import Answer, News, Shown
from pokin_dsl.edge.preview.server import make_app
from pokin_dsl.edge.preview.serving import serve
from tests.preview import FakePreview, shown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Iterator

ROOT = Path(__file__).resolve().parent.parent
INDEX = "kecamatan/index.html"
FIRST, SECOND = shown(INDEX, "satu"), shown(INDEX, "dua")
LONG = 30.0  # what ends at once may take so long on a busy machine; what does not end fails
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals and rights")


# -- doors -------------------------------------------------------------------------------------------------------------


@contextmanager
def opened(port: int | None = None) -> Iterator[Door]:
    door = open_door(port)
    with door.socket:
        yield door


def test_a_door_listens_to_this_machine_alone() -> None:
    with opened() as door:
        assert door.socket.getsockname() == ("127.0.0.1", door.port)
        assert door.address == f"http://127.0.0.1:{door.port}/"
        socket.create_connection(("127.0.0.1", door.port)).close()


def test_when_the_default_port_is_taken_the_next_free_one_is_opened() -> None:
    with opened() as first, opened() as second:
        assert second.port > first.port
        assert first.wanted == second.wanted == doors.DEFAULT_PORT


def test_a_port_that_was_asked_for_and_is_taken_names_the_next_free_one() -> None:
    with opened() as first:
        with pytest.raises(PortTakenError) as taken:
            open_door(first.port)
        free = taken.value.free
        assert str(taken.value) == (
            f"Port {first.port} sedang dipakai program lain. Port bebas berikutnya: {free}, "
            f"jadi jalankan: pokin serve --port {free}."
        )
        with opened(free) as second:
            assert (second.port, second.wanted) == (free, free)


def test_a_port_is_free_again_at_once() -> None:
    with opened() as door, socket.create_connection(("127.0.0.1", door.port)):
        door.socket.accept()[0].close()
    with opened(door.port) as again:
        assert again.port == door.port


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_what_is_no_port_is_told(port: int) -> None:
    with pytest.raises(PortError, match=f"Port harus bilangan dari 1 sampai 65535, bukan {port}."):
        open_door(port)


def test_the_last_port_has_a_next_one_too(monkeypatch: pytest.MonkeyPatch) -> None:
    listen = doors._listen

    def taken(port: int) -> socket.socket:
        if port:
            raise OSError(98, "Address already in use")
        return listen(port)

    monkeypatch.setattr(doors, "_listen", taken)
    monkeypatch.setattr(doors, "_TAKEN", (98,))
    with pytest.raises(PortTakenError) as told:
        open_door(65535)
    assert told.value.free > 0


def test_a_port_without_the_right_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> socket.socket:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doors, "_listen", refuse)
    with pytest.raises(PortError, match=r"Port 80 hanya boleh dibuka oleh administrator\. Pakai port 1024 ke atas"):
        open_door(80)
    with pytest.raises(PortError, match="Tidak ada port yang dapat dibuka"):
        open_door()


# -- real servers ------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def running(*beside: Coroutine[Any, Any, None]) -> AsyncIterator[tuple[FakePreview, Hub, Door, asyncio.Event]]:
    preview, stop = FakePreview(FIRST), asyncio.Event()
    with ThreadPoolExecutor(max_workers=1) as worker, opened() as door:
        hub = Hub(preview, worker)
        server = asyncio.create_task(serve(make_app(hub, door.port, lambda *_: None), door, stop, *beside))
        try:
            yield preview, hub, door, stop
        finally:
            stop.set()
            async with asyncio.timeout(LONG):
                await server


def channel(door: Door, **options: Any) -> connect:  # noqa: ANN401 - what the library takes
    return connect(
        f"ws://127.0.0.1:{door.port}/_pokin/kabar", origin=Origin(door.address.rstrip("/")), max_size=None, **options
    )


async def heard(browser: Any, kind: str) -> dict[str, Any]:  # noqa: ANN401 - a connection of the library
    async with asyncio.timeout(LONG):
        while True:
            told: dict[str, Any] = json.loads(await browser.recv())
            if told["jenis"] == kind:
                return told


async def greet(browser: Any, sidik: str) -> None:  # noqa: ANN401 - a connection of the library
    await browser.send(json.dumps({"jenis": "halo", "jalur": INDEX, "sidik": sidik}))
    await heard(browser, "keadaan")


def test_ten_tabs_hear_the_news_and_the_end() -> None:
    async def story() -> None:
        async with AsyncExitStack() as tabs:
            async with running() as (preview, hub, door, stop):
                browsers = [await tabs.enter_async_context(channel(door)) for _ in range(10)]
                for browser in browsers:
                    await greet(browser, FIRST.sidik)
                assert preview.open == [INDEX] * 10
                hub.tell(News({INDEX: SECOND}))
                told = [await heard(browser, "halaman") for browser in browsers]
                assert [page["isi"] for page in told] == [SECOND.html] * 10
                stop.set()
            for browser in browsers:
                await browser.wait_closed()
                assert browser.close_code == 1012
            assert preview.open == []

    asyncio.run(story())


def test_pages_come_over_a_real_line() -> None:
    async def story() -> None:
        async with running() as (_, _, door, _), httpx2.AsyncClient(base_url=door.address, trust_env=False) as client:
            answer = await client.get(f"/{INDEX}")
            assert (answer.status_code, answer.text) == (200, FIRST.html)
            assert "server" not in answer.headers
            elsewhere = await client.get(f"/{INDEX}", headers={"host": "jahat.example"})
            assert elsewhere.status_code == 421
            head = await client.head(f"/{INDEX}")
            assert (head.status_code, int(head.headers["content-length"])) == (200, len(FIRST.html.encode()))

    asyncio.run(story())


def test_a_browser_that_takes_nothing_holds_up_no_other() -> None:
    async def story() -> None:
        async with AsyncExitStack() as tabs, running() as (_, hub, door, _):
            slow = await tabs.enter_async_context(channel(door, max_queue=1, ping_interval=None))
            await slow.send(json.dumps({"jenis": "halo", "jalur": INDEX, "sidik": FIRST.sidik}))
            fast = await tabs.enter_async_context(channel(door))
            await greet(fast, FIRST.sidik)
            for number in range(12):
                page = Shown(INDEX, str(number), f"{number}" * 4_000_000)
                hub.tell(News({INDEX: page}))
                assert (await heard(fast, "halaman"))["sidik"] == page.sidik
            # Of what was told while it took nothing, the slow one gets what was on its way, then the newest.
            told = [(await heard(slow, "halaman"))["sidik"]]
            while told[-1] != "11":
                told.append((await heard(slow, "halaman"))["sidik"])
            assert len(told) < 12

    asyncio.run(story())


def test_a_stranger_gets_no_channel() -> None:
    async def story() -> None:
        async with running() as (_, hub, door, _):
            strange = connect(f"ws://127.0.0.1:{door.port}/_pokin/kabar", origin=Origin("http://jahat.example"))
            with pytest.raises(InvalidStatus) as refused:
                await strange
            assert refused.value.response.status_code == 403
            assert hub.browsers == 0

    asyncio.run(story())


def test_what_runs_beside_ends_with_the_server() -> None:
    ended: list[str] = []

    async def beside() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("selesai")

    async def brief() -> None:
        ended.append("sebentar")

    async def story() -> None:
        async with running(beside(), brief()) as (_, _, door, _), httpx2.AsyncClient(trust_env=False) as client:
            assert (await client.get(f"{door.address}{INDEX}")).status_code == 200
            assert ended == ["sebentar"]

    asyncio.run(story())
    assert ended == ["sebentar", "selesai"]


def test_what_fails_beside_ends_the_server_and_is_told() -> None:
    async def beside() -> None:
        raise ZeroDivisionError

    async def story() -> None:
        async with running(beside()) as (_, _, _, stop):
            await stop.wait()

    with pytest.raises(ZeroDivisionError):
        asyncio.run(story())


def test_an_answer_that_takes_long_does_not_hold_up_the_end() -> None:
    going, done = threading.Event(), threading.Event()

    class Long(FakePreview):
        def answer(self, path: str) -> Answer:
            going.set()
            done.wait()
            return super().answer(path)

    async def story() -> None:
        stop = asyncio.Event()
        with ThreadPoolExecutor(max_workers=1) as worker, opened() as door:
            app = make_app(Hub(Long(FIRST), worker), door.port, lambda *_: None)
            server = asyncio.create_task(serve(app, door, stop))
            async with httpx2.AsyncClient(trust_env=False) as client, channel(door) as browser:
                asking = asyncio.create_task(client.get(f"{door.address}{INDEX}"))
                await asyncio.to_thread(going.wait)
                await browser.send(json.dumps({"jenis": "halo", "jalur": INDEX, "sidik": ""}))
                stop.set()
                try:
                    async with asyncio.timeout(LONG):
                        await server
                finally:
                    done.set()
                    asking.cancel()

    asyncio.run(story())


# -- signals -----------------------------------------------------------------------------------------------------------

PROGRAM = """
import asyncio
from concurrent.futures import ThreadPoolExecutor
from pokin_dsl.edge.preview.doors import open_door
from pokin_dsl.edge.preview.hub import Hub
from pokin_dsl.edge.preview.server import make_app
from pokin_dsl.edge.preview.serving import serve
from tests.preview import FakePreview, shown

async def main():
    with ThreadPoolExecutor(max_workers=1) as worker:
        door = open_door()
        print(door.port, flush=True)
        hub = Hub(FakePreview(shown("kecamatan/index.html", "satu")), worker)
        await serve(make_app(hub, door.port, lambda *_: None), door, asyncio.Event())
    print("selesai", flush=True)

asyncio.run(main())
"""


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_quietly_with_open_channels(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        port = int(program.stdout.readline())
        url, origin = f"ws://127.0.0.1:{port}/_pokin/kabar", Origin(f"http://127.0.0.1:{port}")
        with ExitStack() as tabs:
            for _ in range(10):
                tab = tabs.enter_context(connect_sync(url, origin=origin))
                tab.send(json.dumps({"jenis": "halo", "jalur": INDEX, "sidik": FIRST.sidik}))
                tab.recv(LONG)
            program.send_signal(number)
            output, errors = program.communicate(timeout=LONG)
    assert (program.returncode, output, errors) == (0, "selesai\n", "")
