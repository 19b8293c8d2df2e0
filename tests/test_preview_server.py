"""The preview's server: who may ask what, and what is opened in an editor, without a socket."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.websockets import WebSocketDisconnect

from pokin_dsl.edge.preview.gate import site_path
from pokin_dsl.edge.preview.hub import Hub
from pokin_dsl.edge.preview.news import Shown
from pokin_dsl.edge.preview.server import make_app
from tests.preview import CHANNEL, HOST, INDEX, OWN, PORT, FakePreview, Served, serving, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.types import ASGIApp, Message

FIRST = shown(INDEX, "satu")


@pytest.fixture
def served() -> Iterator[Served]:
    with serving(FIRST, shown("index.html", "depan")) as made:
        yield made


def request(app: ASGIApp, path: str, *headers: tuple[str, str]) -> tuple[int, str]:
    """Ask for a path as it is, which an HTTP client would tidy first; give status and text."""
    answers: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        answers.append(message)

    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers or [("host", HOST)]]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": raw, "root_path": ""}

    async def ask() -> None:
        await app(scope, receive, send)

    asyncio.run(ask())
    return answers[0]["status"], answers[1]["body"].decode()


# -- pages -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("address", "asked"), [("/", "index.html"), ("/kecamatan/", INDEX), (f"/{INDEX}", INDEX)])
def test_a_page_comes_from_the_preview(served: Served, address: str, asked: str) -> None:
    answer = served.client.get(address)
    page = served.preview.pages[asked]
    assert isinstance(page, Shown)
    assert (answer.status_code, answer.text) == (200, page.html)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert served.preview.asked == [asked]


def test_a_question_after_the_path_changes_nothing(served: Served) -> None:
    assert served.client.get(f"/{INDEX}?v=2").text == FIRST.html


def test_head_tells_the_length_alone(served: Served) -> None:
    answer = served.client.head(f"/{INDEX}")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == len(FIRST.html.encode())


def test_a_folder_without_its_slash_leads_there(served: Served) -> None:
    answer = served.client.get("/kecamatan")
    assert (answer.status_code, answer.headers["location"]) == (307, "/kecamatan/")
    assert served.client.get("/desa").status_code == 404


@pytest.mark.parametrize(
    "address", [f"/{INDEX}", "/tidak-ada.html", "/kecamatan", "/.git/config", "/rusak.html", "/_pokin/pratinjau.js"]
)
def test_every_answer_is_protected(served: Served, address: str) -> None:
    headers = served.client.get(address, headers={"origin": "http://jahat.example"}).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert not [name for name in headers if name.startswith("access-control")]


def test_a_failure_says_where_to_look_and_hides_what_failed(served: Served) -> None:
    answer = served.client.get("/rusak.html")
    assert (answer.status_code, answer.text) == (500, "Halaman ini gagal disiapkan; sebabnya tertulis di terminal.\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_a_page_can_only_be_read(served: Served, method: str) -> None:
    answer = served.client.request(method, f"/{INDEX}", headers=OWN)
    assert (answer.status_code, answer.text) == (405, "Permintaan ini tidak dilayani di sini.\n")
    assert served.preview.asked == []


@pytest.mark.parametrize(("name", "media"), [("pratinjau.js", "text/javascript"), ("pratinjau.css", "text/css")])
def test_the_previews_own_files_do_not_trouble_the_worker(served: Served, name: str, media: str) -> None:
    answer = served.client.get(f"/_pokin/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{media}; charset=utf-8"
    assert answer.content
    assert served.preview.asked == []


HOSTILE = (
    "/../pyproject.toml",
    "/kecamatan/../../pyproject.toml",
    "/%2e%2e/pyproject.toml",
    "/%252e%252e%252fpyproject.toml",
    "/..%5cpyproject.toml",
    "/kecamatan\\index.html",
    "/.git/config",
    "/kecamatan/.env",
    "/%2egit/config",
    "//etc/passwd",
    "/%2fetc/passwd",
    "/kecamatan//index.html",
    "/C:/Windows/win.ini",
    "/c%3a/Windows/win.ini",
    "/index.html\x00.png",
    "/index%00.html",
    "/index.html\nx",
    "http://jahat.example/index.html",
    "",
    "*",
    "/_pokin/session.py",
    "/%5fpokin/server.py",
    "/" + "a" * 5000,
    "/" + "%25" * 5000,
)


@pytest.mark.parametrize("path", HOSTILE)
def test_a_way_out_of_the_site_is_refused_before_anybody_is_asked(served: Served, path: str) -> None:
    assert request(served.app, path) == (404, "Halaman ini tidak ada.\n")
    assert served.preview.asked == []


@given(
    st.lists(st.sampled_from(["..", ".", "/", "\\", "%2e", "%2f", "%5c", "%25", "%00", "C:", "a", ".a"]), max_size=9)
)
@example(["a", "%2f"])
@example(["%25", "2e", "%25", "2e", "/a"])
def test_what_is_let_through_stays_in_the_site_however_often_it_is_decoded(parts: list[str]) -> None:
    from urllib.parse import unquote

    path = site_path("/" + "".join(parts))
    while path is not None:
        assert not path.startswith("/")
        *folders, file = path.split("/")
        assert all(folders)
        assert not [part for part in (*folders, file) if part.startswith(".")]
        assert "\\" not in path
        assert "\x00" not in path
        path = decoded if (decoded := unquote(path)) != path else None


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\\/:.%"), min_size=1))
def test_an_ordinary_name_is_let_through(name: str) -> None:
    short = name[:200]
    assert site_path(f"/statis/{short}.png") == f"statis/{short}.png"


def test_an_address_with_other_letters_is_quoted_where_it_leads() -> None:
    with serving(shown("désa/index.html", "d")) as served:
        assert served.client.get("/" + quote("désa")).headers["location"] == "/d%C3%A9sa/"


# -- who may ask -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", [HOST, f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"])
def test_this_machine_by_any_of_its_names_is_served(served: Served, host: str) -> None:
    assert request(served.app, f"/{INDEX}", ("host", host))[0] == 200


@pytest.mark.parametrize(
    "hosts",
    [
        ["jahat.example"],
        [f"jahat.example:{PORT}"],
        [f"127.0.0.1.jahat.example:{PORT}"],
        ["127.0.0.1"],
        ["127.0.0.1:80"],
        ["localhost:4000"],
        [f"0.0.0.0:{PORT}"],
        [f"user@{HOST}"],
        [""],
        [HOST, "jahat.example"],
        [],
    ],
)
def test_any_other_host_is_refused(served: Served, hosts: list[str]) -> None:
    headers = [("host", host) for host in hosts] or [("accept", "*/*")]
    sentence = f"Pratinjau ini hanya melayani komputer ini sendiri. Buka http://127.0.0.1:{PORT}/\n"
    assert request(served.app, f"/{INDEX}", *headers) == (421, sentence)
    assert served.preview.asked == []


def test_at_the_usual_port_the_host_names_none() -> None:
    with ThreadPoolExecutor(max_workers=1) as worker:
        app = make_app(Hub(FakePreview(FIRST), worker), 80, lambda *_: None)
        assert request(app, f"/{INDEX}", ("host", "localhost"))[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://jahat.example"},
        {"origin": f"https://{HOST}"},
        {"origin": "http://127.0.0.1:4000"},
        {"origin": f"http://localhost:{PORT}"},
        {"origin": f"http://{HOST}", "host": "jahat.example"},
    ],
)
def test_the_channel_is_for_pages_of_this_server(served: Served, headers: dict[str, str]) -> None:
    with pytest.raises(WebSocketDisconnect), served.client.websocket_connect(CHANNEL, headers=headers):
        pass
    assert served.hub.browsers == 0


# -- opening the editor ------------------------------------------------------------------------------------------------

OPEN = "/_pokin/buka"
PLACE = {"berkas": "trees/kecamatan.pokin", "baris": 12, "kolom": 5}


def test_a_place_is_opened_in_the_editor(served: Served, tmp_path: Path) -> None:
    served.preview.sources["trees/kecamatan.pokin"] = tmp_path / "kecamatan.pokin"
    answer = served.client.post(OPEN, json=PLACE, headers=OWN)
    assert (answer.status_code, answer.json()["pesan"]) == (200, "trees/kecamatan.pokin dibuka pada baris 12.")
    assert served.opened == [(tmp_path / "kecamatan.pokin", 12, 5)]


def test_an_editor_that_does_not_start_says_what_to_do(served: Served, tmp_path: Path) -> None:
    served.preview.sources["trees/kecamatan.pokin"] = tmp_path / "kecamatan.pokin"
    answer = served.client.post(OPEN, json=PLACE | {"baris": 13}, headers=OWN)
    assert (answer.status_code, answer.json()["pesan"]) == (503, "Atur penyunting Anda.")


@pytest.mark.parametrize("path", ["trees/lain.pokin", "/etc/passwd", "../../etc/passwd", "", "--help"])
def test_no_file_but_a_source_is_opened(served: Served, path: str) -> None:
    answer = served.client.post(OPEN, json=PLACE | {"berkas": path}, headers=OWN)
    assert (answer.status_code, served.opened) == (404, [])
    assert "bukan bagian dari ruang kerja ini" in answer.json()["pesan"]


@pytest.mark.parametrize("origin", [None, "null", "http://jahat.example", f"http://localhost:{PORT}"])
def test_no_other_page_opens_the_editor(served: Served, tmp_path: Path, origin: str | None) -> None:
    served.preview.sources["trees/kecamatan.pokin"] = tmp_path / "kecamatan.pokin"
    headers = {} if origin is None else {"origin": origin}
    assert served.client.post(OPEN, json=PLACE, headers=headers).status_code == 403
    assert served.opened == []


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
def test_a_form_cannot_open_the_editor(served: Served, media: str) -> None:
    headers = OWN | {"content-type": media}
    assert served.client.post(OPEN, content=json.dumps(PLACE), headers=headers).status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "[" * 50_000,
        "\xff",
        json.dumps(PLACE | {"berkas": "a" * 70_000}),
        *(json.dumps(PLACE | {"baris": line}) for line in (0, -1, 1.5, True, "12", None, 10**12)),
        json.dumps(PLACE | {"kolom": 0}),
        json.dumps(PLACE | {"berkas": 7}),
        json.dumps({"berkas": "trees/kecamatan.pokin"}),
    ],
    ids=lambda body: body[:50],
)
def test_what_names_no_place_opens_nothing(served: Served, tmp_path: Path, body: str) -> None:
    served.preview.sources["trees/kecamatan.pokin"] = tmp_path / "kecamatan.pokin"
    headers = OWN | {"content-type": "application/json"}
    answer = served.client.post(OPEN, content=body.encode("latin-1"), headers=headers)
    assert (answer.status_code, served.opened) == (400, [])


def test_the_editor_is_not_opened_by_a_link(served: Served) -> None:
    assert served.client.get(OPEN + "?berkas=a&baris=1&kolom=1").status_code == 404
