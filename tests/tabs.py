"""Tabs of a browser that show a preview: what goes wrong in any of them is kept, and a small site to show."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from tests.sites import site_files

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from playwright.sync_api import BrowserContext, Page

    from tests.previews import Running

TREE = """\
judul: Pohon Uji
jabatan [camat] Camat

outcome [layanan] Meningkatnya Kualitas Layanan
  @pk camat
  csf [prosedur] Belum Optimalnya Prosedur
    kondisi [antre] Tertatanya Antrean
      kondisi [nomor] Terpasangnya Nomor Antrean
      kondisi [loket] Bertambahnya Loket
      kondisi [papan] Terpasangnya Papan Petunjuk
    kondisi [kursi] Tersedianya Kursi Tunggu
  csf [warga] Belum Kuatnya Peran Warga
    kondisi [forum] Berjalannya Forum Warga
    kondisi [survei] Terlaksananya Survei Kepuasan
"""
HOME = "uji/index.html"


@cache
def site(text: str = TREE) -> Mapping[str, bytes]:
    return site_files({"uji.pokin": text})


def reworded(old: str, new: str) -> Mapping[str, bytes]:
    assert old in TREE
    return site(TREE.replace(old, new))


def page_of(main: str) -> str:
    """Give a page as the templates make one, with some content."""
    html = site()[HOME].decode()
    before, _, rest = html.partition('<main class="wadah" id="isi">')
    return f'{before}<main class="wadah" id="isi">{main}</main>{rest.partition("</main>")[2]}'


@dataclass
class Tabs:
    """Tabs of one window; what goes wrong in any of them fails the test, but for what is expected."""

    server: Running
    context: BrowserContext
    expected: list[re.Pattern[str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def open(self, path: str = HOME) -> Page:
        """Open a page, and wait until it and the server have greeted each other."""
        page = self.context.new_page()
        page.on("console", lambda m: self.problems.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        greeted = len(self.server.stage.watched)
        with page.expect_websocket() as line:
            page.goto(self.server.address + path)
        if not line.value.is_closed() and len(self.server.stage.watched) == greeted:
            line.value.wait_for_event("framereceived")
        page.evaluate("window.sejakDibuka = true")  # a reload would forget it
        return page

    def unexpected(self) -> list[str]:
        return [text for text in self.problems if not any(pattern.search(text) for pattern in self.expected)]


def not_reloaded(page: Page) -> bool:
    return bool(page.evaluate("window.sejakDibuka === true"))
