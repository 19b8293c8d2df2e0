"""The preview's server: who may ask what, and the talk on its channel, mostly without a socket."""

from __future__ import annotations

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from pokin_dsl.edge.preview.dressing import as_preview
from pokin_dsl.edge.preview.editor import EditorError
from pokin_dsl.edge.preview.gate import site_path
from pokin_dsl.edge.preview.hub import Hub, Limits
from pokin_dsl.edge.preview.mailbox import Mailbox
from pokin_dsl.edge.preview.messages import Hello, note_text, read_hello
from pokin_dsl.edge.preview.news import Gone, News, Problem, Shown, State
from pokin_dsl.edge.preview.server import make_app
from tests.pages import parsed
from tests.preview import FakePreview, shown
from tests.sites import seed_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import WebSocketTestSession
    from starlette.types import ASGIApp, Message

PORT = 17845
HOST = f"127.0.0.1:{PORT}"
OWN = {"origin": f"http://{HOST}"}
CHANNEL = f"ws://{HOST}/_pokin/kabar"
INDEX = "kecamatan/index.html"
FIRST, SECOND = shown(INDEX, "satu"), shown(INDEX, "dua")


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


# -- the channel -------------------------------------------------------------------------------------------------------


def state(**other: object) -> dict[str, object]:
    plain = {
        "jenis": "keadaan",
        "galat": [],
        "peringatan": 0,
        "info": 0,
        "pemeriksaan": "",
        "terkini": True,
        "sebagian": False,
    }
    return plain | other


def page(what: Shown) -> dict[str, object]:
    return {"jenis": "halaman", "jalur": what.path, "sidik": what.sidik, "isi": what.html}


def test_a_hello_is_answered_with_state_and_the_page_that_differs(served: Served) -> None:
    served.preview.condition = State(warnings=3, remarks=14, findings_page="kecamatan/pemeriksaan.html")
    with served.browser(Hello(INDEX, "lama")) as browser:
        told = state(peringatan=3, info=14, pemeriksaan="kecamatan/pemeriksaan.html")
        assert [browser.receive_json(), browser.receive_json()] == [told, page(FIRST)]


def test_a_page_that_the_browser_has_is_not_sent(served: Served) -> None:
    with served.browser(Hello(INDEX, FIRST.sidik)) as browser:
        assert browser.receive_json() == state()
        served.hub.tell(News({INDEX: FIRST}, State(warnings=1)))
        served.hub.tell(News({INDEX: SECOND}, State(warnings=1)))
        assert [browser.receive_json()["jenis"] for _ in range(2)] == ["keadaan", "halaman"]


@pytest.mark.parametrize("jalur", ["kecamatan/", "kecamatan/index.html", "%6becamatan/"])
def test_the_browser_may_name_its_page_as_its_address_does(served: Served, jalur: str) -> None:
    with served.browser() as browser:
        greet(browser, jalur)
        assert browser.receive_json() == state()
        assert browser.receive_json() == page(FIRST)
        assert served.preview.open == [INDEX]


def test_what_is_wrong_is_told_in_full(served: Served) -> None:
    where = ("    kondisi ", "Warga", " terlayani")
    problem = Problem("P101", "trees/a.pokin", 3, 13, "Salah.", "Perbaiki.", where, ("trees/b.pokin:1: di sini",))
    told = {
        "kode": "P101",
        "berkas": "trees/a.pokin",
        "baris": 3,
        "kolom": 13,
        "pesan": "Salah.",
        "petunjuk": "Perbaiki.",
        "kutipan": [*where],
        "label": ["trees/b.pokin:1: di sini"],
    }
    with served.browser(Hello(INDEX, FIRST.sidik)) as browser:
        browser.receive_json()
        served.hub.tell(News({}, State((problem,), current=False)))
        assert browser.receive_json() == state(galat=[told], terkini=False)


def test_changed_static_files_are_told(served: Served) -> None:
    with served.browser(Hello(INDEX, FIRST.sidik)) as browser:
        browser.receive_json()
        served.hub.tell(News(statics=("gaya.css", "pokin.js")))
        assert browser.receive_json() == {"jenis": "statis", "nama": ["gaya.css", "pokin.js"]}


def test_a_page_that_is_gone_says_where_its_content_went(served: Served) -> None:
    there = shown("kecamatan/kinerja/b.html", "b")
    gone = Gone(INDEX, "Simpul ini berganti nama.", (("Kondisi B", there.path),), there)
    with served.browser(Hello(INDEX, FIRST.sidik)) as browser:
        browser.receive_json()
        served.hub.tell(News({INDEX: gone}))
        assert browser.receive_json() == {
            "jenis": "hilang",
            "jalur": INDEX,
            "pesan": "Simpul ini berganti nama.",
            "tautan": [{"teks": "Kondisi B", "href": there.path}],
            "pengganti": {"jalur": there.path, "sidik": there.sidik, "isi": there.html},
        }
        greet(browser, there.path, there.sidik)
        served.preview.pages[there.path] = there
        assert browser.receive_json() == state()
        served.settle()
        assert served.preview.open == [there.path]


def test_a_page_that_comes_back_as_it_was_is_told(served: Served) -> None:
    with served.browser(Hello(INDEX, FIRST.sidik)) as browser:
        browser.receive_json()
        served.hub.tell(News({INDEX: Gone(INDEX, "Hilang.")}))
        assert browser.receive_json()["jenis"] == "hilang"
        served.hub.tell(News({INDEX: FIRST}))
        assert browser.receive_json() == page(FIRST)


def test_news_of_other_pages_are_not_told(served: Served) -> None:
    with served.browser(Hello(INDEX, FIRST.sidik)) as browser:
        browser.receive_json()
        served.hub.tell(News({"index.html": shown("index.html", "lain")}))
        served.hub.tell(News(statics=("gaya.css",)))
        assert browser.receive_json()["jenis"] == "statis"


def test_the_preview_knows_which_pages_are_open(served: Served) -> None:
    with served.browser(Hello(INDEX, FIRST.sidik)) as one, served.browser(Hello("", "")) as other:
        one.receive_json()
        other.receive_json()
        assert sorted(served.preview.open) == ["index.html", INDEX]
        greet(one, "index.html")
        one.receive_json()
        assert served.preview.open == ["index.html", "index.html"]
    served.settle()
    assert served.preview.open == []
    assert served.hub.browsers == 0


def test_a_quiet_line_gives_signs_of_life() -> None:
    with serving(FIRST, limits=Limits(pulse=0.01)) as served, served.browser(Hello(INDEX, FIRST.sidik)) as browser:
        told = [browser.receive_json()["jenis"] for _ in range(5)]
        assert told.count("denyut") >= 4


NONSENSE = (
    "",
    "halo",
    "[]",
    "null",
    '{"jenis":"halo"}',
    '{"jenis":"halo","jalur":1,"sidik":""}',
    '{"jenis":"halo","jalur":"a.html","sidik":null}',
    '{"jenis":"halo","jalur":"../a.html","sidik":""}',
    '{"jenis":"halo","jalur":"a.html","sidik":"' + "a" * 300 + '"}',
    '{"jenis":"lain","jalur":"a.html","sidik":""}',
    "[" * 60_000,
)


@pytest.mark.parametrize("said", NONSENSE, ids=lambda said: said[:30])
def test_who_says_nonsense_is_cut_off(served: Served, said: str) -> None:
    with served.browser() as browser:
        browser.send_text(said)
        with pytest.raises(WebSocketDisconnect) as cut:
            browser.receive_json()
    assert (cut.value.code, cut.value.reason) == (1008, "Pesan tidak dipahami.")
    assert served.preview.open == []


def test_who_sends_bytes_is_cut_off(served: Served) -> None:
    with served.browser() as browser:
        browser.send_bytes(b"{}")
        with pytest.raises(WebSocketDisconnect) as cut:
            browser.receive_json()
    assert cut.value.code == 1003


def test_who_says_too_much_at_once_is_cut_off(served: Served) -> None:
    with served.browser() as browser:
        browser.send_text(" " * 70_000)
        with pytest.raises(WebSocketDisconnect) as cut:
            browser.receive_json()
    assert cut.value.code == 1009


def test_who_says_too_much_altogether_is_cut_off() -> None:
    with serving(FIRST, limits=Limits(messages=3, window=3600)) as served:
        with served.browser() as browser:
            for _ in range(4):
                greet(browser, INDEX, FIRST.sidik)
            with pytest.raises(WebSocketDisconnect) as cut:
                list(iter(browser.receive_json, None))
        assert (cut.value.code, cut.value.reason) == (1008, "Terlalu banyak pesan.")
        served.settle()
        assert served.preview.open == []


def test_who_never_says_hello_is_cut_off() -> None:
    with serving(FIRST, limits=Limits(hello=0.01)) as served, served.browser() as browser:
        with pytest.raises(WebSocketDisconnect) as cut:
            browser.receive_json()
        assert (cut.value.code, cut.value.reason) == (1008, "Peramban tidak memberi salam.")


def test_one_browser_too_many_is_asked_to_come_later() -> None:
    with serving(FIRST, limits=Limits(browsers=1)) as served, served.browser(Hello(INDEX, "")) as first:
        first.receive_json()
        with served.browser() as second, pytest.raises(WebSocketDisconnect) as cut:
            second.receive_json()
        assert cut.value.code == 1013
        assert served.hub.browsers == 1


def test_a_long_question_to_the_preview_holds_up_no_page_of_the_event_loop(served: Served) -> None:
    going, gate = threading.Event(), threading.Event()

    def long() -> None:
        going.set()
        gate.wait()

    served.worker.submit(long)
    going.wait()
    try:
        with served.browser(Hello(INDEX, FIRST.sidik)) as browser:
            assert served.client.get("/_pokin/pratinjau.js").status_code == 200
            gate.set()
            assert browser.receive_json() == state()
    finally:
        gate.set()


def test_news_found_in_the_worker_come_before_what_it_finds_later(served: Served) -> None:
    with served.browser(Hello(INDEX, FIRST.sidik)) as browser:
        browser.receive_json()
        found = served.client.portal.call(served.hub.ask_and_tell, lambda: News({INDEX: SECOND}))
        assert found == News({INDEX: SECOND})
        assert browser.receive_json() == page(SECOND)
        assert served.client.portal.call(served.hub.ask_and_tell, lambda: None) is None


def test_news_without_anybody_to_hear_them_are_no_failure() -> None:
    with serving(FIRST) as served:
        served.hub.tell(News({INDEX: SECOND}))
        with served.browser(Hello(INDEX, FIRST.sidik)) as browser:
            assert browser.receive_json() == state()
    served.hub.tell(News({INDEX: SECOND}))


def test_what_many_browsers_are_told_is_written_once() -> None:
    with ThreadPoolExecutor(max_workers=1) as worker:
        hub = Hub(FakePreview(), worker)
        again = Shown(SECOND.path, SECOND.sidik, SECOND.html)
        assert hub.text(SECOND) is hub.text(again)
        assert hub.text(FIRST) != hub.text(SECOND)


# -- the mailbox -------------------------------------------------------------------------------------------------------


def greeted(sidik: str) -> Mailbox:
    mailbox = Mailbox()
    mailbox.greet(Hello(INDEX, sidik), FIRST, State())
    return mailbox


def test_of_many_news_only_the_newest_is_kept() -> None:
    mailbox = greeted(FIRST.sidik)
    mailbox.take()
    for number in range(100):
        mailbox.put(News({INDEX: shown(INDEX, str(number))}, State(warnings=number), ("a.css",)))
    notes = mailbox.take()
    assert notes[:2] == (State(warnings=99), shown(INDEX, "99"))
    assert len(notes) == 3
    assert not mailbox.full


def test_a_change_taken_back_before_it_was_told_is_not_told() -> None:
    mailbox = greeted(FIRST.sidik)
    mailbox.take()
    mailbox.put(News({INDEX: SECOND}, State(warnings=1)))
    mailbox.put(News({INDEX: FIRST}))
    assert not mailbox.full
    assert mailbox.take() == ()


CONTENTS = st.one_of(
    st.sampled_from("abc").map(lambda text: shown(INDEX, text)), st.sampled_from("xy").map(lambda why: Gone(INDEX, why))
)


@given(CONTENTS, st.lists(st.tuples(CONTENTS, st.integers(0, 2), st.booleans())))
def test_whoever_empties_the_mailbox_in_the_end_has_what_stands_there(
    first: Shown | Gone, news: list[tuple[Shown | Gone, int, bool]]
) -> None:
    mailbox = Mailbox()
    mailbox.greet(Hello(INDEX, "?"), first, State())
    had: dict[type, object] = {}
    for showing, warnings, takes in [*news, (*news[-1][:2], True) if news else (first, 0, True)]:
        mailbox.put(News({INDEX: showing}, State(warnings=warnings)))
        for note in mailbox.take() if takes else ():
            had[State if isinstance(note, State) else Shown] = note
    last, warnings = (news[-1][0], news[-1][1]) if news else (first, 0)
    assert had == {State: State(warnings=warnings), Shown: last}


@given(st.text(st.characters()), st.text(st.characters()))
def test_any_text_can_be_told(path: str, html: str) -> None:
    said = json.loads(note_text(Shown(path, "1", html)).encode())
    assert said["isi"] == html.encode("utf-8", "replace").decode()


SAID = st.recursive(
    st.none() | st.text() | st.just("halo"),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["jenis", "jalur"]), inner),
)


@given(st.text() | SAID.map(json.dumps))
def test_whatever_is_no_greeting_is_understood_as_none(said: str) -> None:
    assert read_hello(said) is None


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


# -- dressing ----------------------------------------------------------------------------------------------------------


def one_of_each_kind() -> dict[str, bytes]:
    """Give pages of the real site: all that are alone in their folder's kind, and one of those that are many."""
    many = ("kinerja", "jabatan", "aturan")
    kinds: dict[tuple[str, str], str] = {}
    for path in sorted(seed_site()):
        folder, _, name = path.rpartition("/")
        kind = folder.rpartition("/")[2]
        if name.endswith(".html"):
            kinds.setdefault((kind, "" if kind in many and name != "index.html" else name), path)
    return {path: seed_site()[path] for path in kinds.values()}


def test_every_kind_of_page_stays_valid_in_the_preview() -> None:
    for content in one_of_each_kind().values():
        html, sidik = as_preview(content.decode())
        head = parsed(html).find("head")
        assert head is not None
        metas = {meta.get("name") or meta.get("http-equiv"): meta.get("content") or "" for meta in head.iter("meta")}
        assert metas["pokin-sidik"] == sidik
        assert metas["Content-Security-Policy"].endswith("form-action 'none'; connect-src 'self'")
        assert [s.get("src") for s in head.iter("script")][-1] == "/_pokin/pratinjau.js"
        assert [link.get("href") for link in head.iter("link")][-1] == "/_pokin/pratinjau.css"


def test_the_digest_is_of_what_was_built() -> None:
    assert as_preview("<p>a")[1] == as_preview("<p>a")[1] != as_preview("<p>b")[1]


@pytest.mark.parametrize(
    ("html", "in_front"),
    [
        ("<!DOCTYPE html><head><title>a</title></HEAD >", "<!DOCTYPE html><head><title>a</title>"),
        ("<!DOCTYPE html>\n<html lang='id'><p>a", "<!DOCTYPE html>\n<html lang='id'>"),
        ("<!doctype html><title>a</title><p>a", "<!doctype html>"),
        ("<p>a", ""),
        ("", ""),
    ],
)
def test_the_tags_go_into_the_head(html: str, in_front: str) -> None:
    dressed, _ = as_preview(html)
    assert dressed.startswith(f'{in_front}<meta name="pokin-sidik"')
    assert dressed.endswith(html[len(in_front) :])


@pytest.mark.parametrize(
    ("policy", "widened"),
    [
        ("default-src 'none'", "default-src 'none'; connect-src 'self'"),
        ("default-src 'none';", "default-src 'none'; connect-src 'self'"),
        ("connect-src 'none'; img-src data:", "connect-src 'self'; img-src data:"),
        ("img-src data:; connect-src https://a.id", "img-src data:; connect-src 'self' https://a.id"),
    ],
)
def test_the_policy_allows_the_own_channel(policy: str, widened: str) -> None:
    meta = '<meta http-equiv="Content-Security-Policy" content="{}">'
    body = f"</head><body>{meta.format(policy)}"
    dressed, _ = as_preview(f"<head>{meta.format(policy)}{body}")
    assert dressed.startswith(f"<head>{meta.format(widened)}")
    assert dressed.endswith(body)


def test_an_address_with_other_letters_is_quoted_where_it_leads() -> None:
    with serving(shown("désa/index.html", "d")) as served:
        assert served.client.get("/" + quote("désa")).headers["location"] == "/d%C3%A9sa/"
