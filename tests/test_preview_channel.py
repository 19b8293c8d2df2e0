"""The talk on the preview's channel: what a page is told, and who is cut off."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from starlette.websockets import WebSocketDisconnect

from pokin_dsl.edge.preview.hub import Hub, Limits
from pokin_dsl.edge.preview.messages import Hello
from pokin_dsl.edge.preview.news import Gone, News, Problem, Shown, State
from tests.preview import INDEX, FakePreview, Served, greet, serving, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST, SECOND = shown(INDEX, "satu"), shown(INDEX, "dua")


@pytest.fixture
def served() -> Iterator[Served]:
    with serving(FIRST, shown("index.html", "depan")) as made:
        yield made


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
