"""What the preview tells in a real Chromium: errors, pages that are gone, the line to the server, a changed look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pokin_dsl.edge.preview.news import Problem, State
from tests.tabs import not_reloaded, reworded

if TYPE_CHECKING:
    from tests.previews import Running, Stage
    from tests.tabs import Tabs

pytestmark = pytest.mark.browser

# A server that is away cannot be noticed without such a line in the console.
LINE_DOWN = re.compile(r"WebSocket connection to 'ws://127\.0\.0\.1:\d+/_pokin/kabar' failed")

MISREAD = Problem(
    "P003",
    "trees/uji.pokin",
    6,
    3,
    'Kata kunci "kondsi" tidak dikenal.',
    "Mungkin maksudnya kondisi.",
    ("  ", "kondsi", " Tertatanya Antrean"),
)
DANGLING = Problem(
    "P101",
    "trees/uji.pokin",
    5,
    7,
    'Rujukan "camt" tidak menunjuk apa pun.',
    "",
    ("  @pk ", "camt", ""),
    ("Lihat baris 2.",),
)


# ------------------------------------------------------------------------------------------------ errors and badges


def test_errors_are_listed_folded_and_vanish_when_mended(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open()
    title = page.title()
    icon = page.locator("link[rel=icon]").get_attribute("href")
    stage.judge(State((MISREAD, DANGLING), 3, 14, "uji/pemeriksaan.html", current=False))
    panel = page.get_by_role("region", name="Galat")
    expect(panel.get_by_role("heading")).to_have_text("2 galat")
    expect(panel).to_contain_text("Yang tampak di halaman adalah situs terakhir yang utuh.")
    expect(panel.locator("li").first).to_contain_text("Mungkin maksudnya kondisi.")
    expect(panel.locator("mark").first).to_have_text("kondsi")
    expect(panel.locator("mark").first).to_have_css("text-decoration-line", "underline")
    expect(panel.locator("li").last).to_contain_text("Lihat baris 2.")
    expect(page).to_have_title(f"✗ 2 galat · {title}")
    assert str(page.locator("link[rel=icon]").get_attribute("href")).startswith("data:image/svg+xml,")
    assert page.locator("body").is_visible()

    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    badge = page.get_by_role("button", name="2 galat")
    expect(badge).to_be_visible()
    stage.judge(State((MISREAD,), 3, 14, "uji/pemeriksaan.html", current=False))
    expect(page.get_by_role("button", name="1 galat")).to_be_visible()
    stage.judge(State((MISREAD, DANGLING), current=False))
    expect(panel.get_by_role("heading")).to_have_text("2 galat")

    stage.judge(State())
    expect(page.locator(".baik")).to_be_visible()
    expect(panel).to_be_hidden()
    expect(page).to_have_title(title)
    assert page.evaluate("document.querySelector('link[rel=icon]').href").endswith(str(icon).removeprefix("../"))
    expect(page.locator(".baik")).to_be_hidden()


def test_folded_errors_stay_folded_on_the_next_page(tabs: Tabs, stage: Stage) -> None:
    stage.now = State((MISREAD,), current=False)
    page = tabs.open()
    page.get_by_role("button", name="Lipat", exact=True).click()
    expect(page.get_by_role("button", name="1 galat")).to_be_visible()
    page.get_by_role("link", name="Indikator").first.click()
    expect(page).to_have_url(re.compile("indikator"))
    badge = page.get_by_role("button", name="1 galat")
    expect(badge).to_be_visible()
    expect(page.get_by_role("region", name="Galat")).to_be_hidden()
    badge.click()
    expect(page.get_by_role("region", name="Galat").get_by_role("heading")).to_be_focused()


def test_the_list_of_errors_keeps_the_focus_and_scrolls_in_itself(tabs: Tabs, stage: Stage) -> None:
    many = tuple(Problem("P003", "trees/uji.pokin", n, 1, f"Galat ke-{n}.", "") for n in range(1, 31))
    stage.now = State(many, current=False)
    page = tabs.open()
    place = page.get_by_role("button", name="trees/uji.pokin baris 30", exact=True)
    place.focus()
    expect(place).to_be_in_viewport()
    stage.judge(State(many[5:], current=False))
    expect(page.get_by_role("heading", name="25 galat")).to_be_visible()
    expect(place).to_be_focused()
    panel = page.get_by_role("region", name="Galat").bounding_box()
    assert panel is not None
    assert panel["height"] < 600 / 2


def test_a_place_opens_in_the_editor(tabs: Tabs, stage: Stage) -> None:
    stage.now = State((MISREAD,), current=False)
    page = tabs.open()
    place = page.get_by_role("button", name="trees/uji.pokin baris 6")
    with page.expect_response("**/_pokin/buka") as response:
        place.press("Enter")
    assert response.value.status == 200
    assert stage.opened == [("trees/uji.pokin", 6, 3)]
    stage.editor_says = "Penyunting tidak ditemukan. Tulis: pokin serve --editor code."
    tabs.expected.append(re.compile("503"))  # browsers log every failed request
    place.click()
    expect(page.get_by_role("alert")).to_have_text(stage.editor_says)


def test_warnings_are_a_quiet_link_and_nothing_when_there_are_none(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open()
    badge = page.locator(".pil.temuan")
    expect(badge).to_be_hidden()
    stage.judge(State((), 3, 14, "uji/pemeriksaan.html"))
    expect(page.get_by_role("link", name="3 peringatan · 14 info")).to_have_attribute("href", "/uji/pemeriksaan.html")
    stage.judge(State((), 0, 1, "uji/pemeriksaan.html"))
    expect(badge).to_have_text("1 info")
    stage.judge(State())
    expect(badge).to_be_hidden()


def test_a_title_that_changes_keeps_the_state_in_front(tabs: Tabs, stage: Stage) -> None:
    stage.now = State((MISREAD,))
    page = tabs.open()
    expect(page).to_have_title("✗ 1 galat · Pohon Uji")
    stage.publish(reworded("Pohon Uji", "Pohon Baru"))
    expect(page).to_have_title("✗ 1 galat · Pohon Baru")


def test_the_preview_takes_no_room_in_the_page_and_none_on_paper(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open()
    height = page.evaluate("document.documentElement.scrollHeight")
    stage.judge(State((MISREAD, DANGLING), 3, 14, "uji/pemeriksaan.html"))
    expect(page.get_by_role("region", name="Galat")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") == height
    page.emulate_media(media="print")
    expect(page.locator("pokin-pratinjau")).to_be_hidden()
    expect(page.get_by_role("region", name="Galat")).to_be_hidden()


# --------------------------------------------------------------------------------------------- pages that are gone


def test_a_page_that_is_gone_stays_readable_until_it_comes_back(tabs: Tabs, stage: Stage) -> None:
    path = "uji/kinerja/kursi.html"
    page = tabs.open(path)
    stage.lose(path, "Kinerja ini sudah dihapus.")
    notice = page.get_by_role("status")
    expect(notice).to_contain_text("Kinerja ini sudah dihapus.")
    expect(notice.get_by_role("link", name="Semua pohon")).to_have_attribute("href", "/index.html")
    expect(page.locator("html")).to_have_attribute("data-p-hilang", "")
    expect(page.get_by_role("heading", name="Tersedianya Kursi Tunggu").first).to_be_visible()
    stage.find_again(path)
    expect(notice).to_be_empty()
    expect(page.locator("html")).not_to_have_attribute("data-p-hilang", "")


def test_a_page_that_moved_is_followed(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open("uji/kinerja/kursi.html")
    stage.files.update(reworded("[kursi] Tersedianya Kursi", "[tunggu] Tersedianya Ruang"))
    stage.lose("uji/kinerja/kursi.html", "Kinerja ini kini beralamat lain.", "uji/kinerja/tunggu.html")
    notice = page.get_by_role("status")
    expect(notice).to_contain_text("Kinerja ini kini beralamat lain.")
    expect(page.locator("h1")).to_have_text("Tersedianya Ruang Tunggu")
    expect(page).to_have_url(re.compile("/uji/kinerja/tunggu.html$"))
    expect(page.locator("html")).not_to_have_attribute("data-p-hilang", "")
    notice.get_by_role("button", name="Tutup").click()
    expect(notice).to_be_empty()
    stage.publish({**reworded("[kursi] Tersedianya Kursi", "[tunggu] Tersedianya Kamar")})
    expect(page.locator("h1")).to_have_text("Tersedianya Kamar Tunggu")
    assert stage.watched[-1] == "uji/kinerja/tunggu.html"
    assert not_reloaded(page)


# --------------------------------------------------------------------------------------------- the line, the look


def test_a_server_that_comes_back_brings_the_newest(tabs: Tabs, stage: Stage, server: Running) -> None:
    tabs.expected.append(LINE_DOWN)
    page = tabs.open()
    server.stop()
    expect(page.locator(".putus")).to_be_visible()
    stage.publish(reworded("Tersedianya Kursi Tunggu", "Tersedianya Bangku"))
    server.start()
    expect(page.get_by_role("link", name="Tersedianya Bangku").last).to_be_visible()
    expect(page.locator(".putus")).to_be_hidden()
    assert not_reloaded(page)


def test_ten_tabs_all_show_the_newest(tabs: Tabs, stage: Stage) -> None:
    pages = [tabs.open() for _ in range(10)]
    stage.publish(reworded("Tersedianya Kursi Tunggu", "Tersedianya Bangku"))
    for page in pages:
        expect(page.get_by_role("link", name="Tersedianya Bangku").last).to_be_visible()
        assert not_reloaded(page)


def test_a_line_on_which_nothing_is_heard_is_opened_anew(tabs: Tabs, stage: Stage) -> None:
    tabs.context.clock.install()
    page = tabs.open()
    with page.expect_websocket():
        page.clock.run_for(27_000)
    stage.publish(reworded("Tersedianya Kursi Tunggu", "Tersedianya Bangku"))
    expect(page.get_by_role("link", name="Tersedianya Bangku").last).to_be_visible()
    assert not_reloaded(page)


def test_coming_back_to_a_page_by_the_back_button_shows_the_newest(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open()
    page.get_by_role("link", name="Indikator").first.click()
    expect(page).to_have_url(re.compile("indikator"))
    stage.publish(reworded("Tersedianya Kursi Tunggu", "Tersedianya Bangku"))
    page.go_back()
    expect(page.get_by_role("link", name="Tersedianya Bangku").last).to_be_visible()


def test_a_changed_style_replaces_the_old_one_without_a_moment_between(tabs: Tabs, stage: Stage) -> None:
    page = tabs.open()
    sheets = page.locator("head link[rel=stylesheet][href*=gaya]")
    stage.files["statis/gaya.css"] += b"h1 { color: rgb(1, 2, 3); }"
    stage.change_statics("gaya.css")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    expect(sheets).to_have_count(1)
    stage.publish({**stage.files, **{k: v for k, v in reworded("Kursi", "Bangku").items() if k.endswith("html")}})
    expect(page.get_by_role("link", name="Tersedianya Bangku").last).to_be_visible()
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    assert not_reloaded(page)


@pytest.mark.parametrize("name", ["pokin.js", "pratinjau.js"])
def test_a_changed_script_reloads_the_page(tabs: Tabs, stage: Stage, name: str) -> None:
    page = tabs.open()
    with page.expect_event("load"):
        stage.change_statics(name)
    assert not not_reloaded(page)
