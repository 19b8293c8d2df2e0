"""Tables in a real browser: sorted, filtered, copied, taken away, and the same again from the address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import problems_of
from tests.sites import on_disk, site_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
_TREE = """pokin: 1
judul: Pohon Uji
jabatan [camat] Camat
  jabatan [kasi] Kasi Pelayanan

outcome [hasil] Terwujudnya Layanan
  @indikator [ikm] Indeks Kepuasan
    @iku
    @awal 79,5
    @target (nilai) 2026=82,5 2027=85
  @indikator [bersih] =HYPERLINK("http://x") Bersih
    @target 2026=1.250 2027=BB
  @pk camat
  csf [isu] Belum Optimal
    @unit Seksi Pelayanan
    @unit Seksi Umum
    kondisi [layanan] Meningkatnya Layanan
      @indikator [cepat] Persentase; Cepat
        @target (%) 2026=90 2027=95
        @pk kasi
      operasional [loket] Terlaksananya Loket
        @indikator [jumlah] Jumlah Loket
"""
_ROWS = "[...document.querySelectorAll('tbody tr')].map(r => [...r.cells].filter(c => !c.hidden).map(c => c.innerText))"
_PASTE = """async () => {
  const [item] = await navigator.clipboard.read();
  const read = async type => (await item.getType(type)).text();
  return [await read("text/html"), await read("text/plain")];
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    root = tmp_path_factory.mktemp("situs")
    on_disk(site_files({"uji.pokin": _TREE}), root)
    return (root / "uji" / "indikator.html").as_uri()


def indicators(page: Page) -> list[str]:
    """Give the indicators that are shown, in order."""
    shown: list[str] = page.evaluate("[...document.querySelectorAll('td[data-kolom=Indikator]')].map(c => c.innerText)")
    return [text.removesuffix(" IKU") for text in shown]


_ALL = ["Indeks Kepuasan", '=HYPERLINK("http://x") Bersih', "Persentase; Cepat", "Jumlah Loket"]


def test_a_table_is_sorted_by_number_and_text_and_back_to_the_order_of_the_tree(page: Page, address: str) -> None:
    page.goto(address)
    assert indicators(page) == _ALL
    assert page.locator("td[rowspan]").count() == 3, "level, statement and unit of two indicators stand once"
    head = page.get_by_role("columnheader", name="2026")
    head.get_by_role("button").click()
    assert indicators(page) == [_ALL[0], _ALL[2], _ALL[1], _ALL[3]], "82,5 and 90 before 1.250, and what is empty last"
    assert head.get_attribute("aria-sort") == "ascending"
    assert page.locator("td[rowspan]").count() == 0
    assert page.locator("tbody tr").nth(2).inner_text().startswith("Outcome"), "the statement is said again in its row"
    head.get_by_role("button").click()
    assert indicators(page) == [_ALL[1], _ALL[2], _ALL[0], _ALL[3]]
    assert page.url.endswith("#tabel=urut:target-2026,-")
    head.get_by_role("button").click()
    assert indicators(page) == _ALL
    assert page.locator("td[rowspan]").count() == 3
    assert page.url == address
    page.get_by_role("columnheader", name="2027").get_by_role("button").click()
    assert indicators(page) == [_ALL[0], _ALL[2], _ALL[1], _ALL[3]], "a grade comes after all numbers"


def test_a_table_is_filtered_and_the_address_shows_the_same_to_others(
    browser: Browser, page: Page, address: str
) -> None:
    page.goto(address)
    assert page.get_by_text("Menampilkan 4 dari 4 indikator").is_visible()
    page.get_by_role("combobox", name="Unit kerja", exact=True).select_option("Seksi Umum")
    assert indicators(page) == _ALL[2:]
    page.get_by_role("combobox", name="PK", exact=True).select_option(label="(belum diisi)")
    assert indicators(page) == _ALL[3:]
    page.get_by_role("checkbox", name="2026").uncheck()
    assert page.get_by_text("Menampilkan 1 dari 4 indikator").is_visible()
    assert not page.locator("th[data-tahun='2026']").is_visible()
    other = browser.new_page()
    other.goto(page.url)
    assert other.evaluate(_ROWS) == page.evaluate(_ROWS)
    assert other.get_by_role("combobox", name="Unit kerja", exact=True).input_value() == "Seksi Umum"
    other.goto(f"{address}#tabel=tanda:1;cari:%zz;urut:tidak-ada")
    assert indicators(other) == _ALL[:1], "what an address says amiss is left out"
    other.close()
    page.get_by_role("button", name="Hapus saringan").click()
    page.get_by_label("Cari dalam tabel").fill("terwujudnya bersih")
    assert indicators(page) == [_ALL[1]], "every word may stand in another cell"
    page.get_by_label("Cari dalam tabel").fill("tak ada")
    assert page.get_by_text("Tidak ada yang cocok").is_visible()
    page.evaluate("location.hash = 'tabel=jenjang:operasional'")
    page.get_by_text("Menampilkan 1 dari 4").wait_for()
    assert indicators(page) == _ALL[3:]
    assert page.get_by_role("combobox", name="Jenjang", exact=True).input_value() == "operasional"


def test_a_preview_that_swaps_the_page_leaves_filter_and_focus(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Cari dalam tabel").fill("loket")
    page.evaluate("""() => {
      const fresh = document.createElement("div");
      fresh.innerHTML = document.querySelector("table").outerHTML.replace(/<tbody>[^]*<.tbody>/, `<tbody>
        <tr class="baris-kondisi">${"<td>loket baru</td>".repeat(9)}</tr></tbody>`);
      for (const head of fresh.querySelectorAll("th")) head.textContent = head.innerText;
      document.querySelector("table").replaceWith(fresh.firstElementChild);
      document.querySelector(".alat-tabel").remove();
      document.dispatchEvent(new CustomEvent("pokin:halaman"));
    }""")
    assert page.locator(".alat-tabel").count() == 1
    assert page.get_by_text("Menampilkan 1 dari 1").is_visible()
    assert page.get_by_label("Cari dalam tabel").input_value() == "loket"
    assert page.locator("th button button").count() == 0


def test_what_is_shown_goes_to_spreadsheets_as_text_and_numbers(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}#tabel=tahun:2026;urut:awal")
    page.get_by_role("button", name="Salin tabel").click()
    page.get_by_text("Tabel disalin: 4 baris").wait_for()
    html, plain = page.evaluate(_PASTE)
    head, first, second, *_ = plain.split("\r\n")
    assert head.split("\t") == [
        *("Jenjang", "Kinerja", "Indikator", "Satuan", "Awal", "Target 2026", "Unit kerja", "PK"),
    ]
    assert first.split("\t")[2:6] == ["Indeks Kepuasan (IKU)", "nilai", "79,5", "82,5"]
    assert second.split("\t")[:3] == ["Outcome", "Terwujudnya Layanan", """'=HYPERLINK("http://x") Bersih"""]
    assert html.count("<tr>") == 5
    assert "rowspan" not in html
    assert html.count("mso-number-format") == 5 * 8 - 4, "only figures are numbers to Excel"
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Unduh CSV").click()
    assert waiting.value.suggested_filename == "indikator-uji.csv"
    written = Path(waiting.value.path()).read_bytes().decode("utf-8")
    assert written.startswith("\ufeffJenjang;Kinerja;")
    assert '"\'=HYPERLINK(""http://x"") Bersih"' in written
    assert '"Persentase; Cepat"' in written
    assert "Seksi Pelayanan; Seksi Umum" in written


def test_a_browser_that_refuses_the_first_way_to_copy_copies_text(browser: Browser, address: str) -> None:
    page = browser.new_page()
    problems = problems_of(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("document.execCommand = () => false")
    page.goto(address)
    page.get_by_role("button", name="Salin tabel").click()
    page.get_by_text("Tabel disalin: 4 baris").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").split("\r\n")[4].startswith("Kondisi operasional\tTerlaks")
    assert page.evaluate("getSelection().isCollapsed")
    page.close()
    assert problems == []


def test_a_phone_has_whole_cards_and_its_own_way_to_sort(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    assert page.locator("tbody tr").nth(1).inner_text().count("Terwujudnya Layanan") == 1
    page.get_by_text("Saring dan urutkan").click()
    page.get_by_role("combobox", name="Urutan", exact=True).select_option(label="Indikator, turun")
    assert indicators(page)[0] == "Persentase; Cepat"
    page.get_by_role("checkbox", name="2026").uncheck()
    assert not page.get_by_text("82,5").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_scripts_the_table_is_whole(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}#tabel=jenjang:kondisi")
    assert page.locator("tbody tr").count() == 4
    assert page.locator(".alat-tabel, .urut").count() == 0
    context.close()
