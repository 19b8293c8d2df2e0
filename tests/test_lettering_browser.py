"""Text of pictures in a real browser: whatever font it finds, no line leaves its box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pokin_dsl.site import pictures
from pokin_dsl.site.drawing import draw
from pokin_dsl.site.lettering import FONTS
from pokin_dsl.site.lookups import look_up
from tests.browser import chromium
from tests.sites import compiled, seed_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

_TIES = """judul: Uji
outcome [hasil] TERWUJUDNYA TATA KELOLA PEMERINTAHAN YANG BAIK, BERSIH, DAN MELAYANI SELURUH MASYARAKAT
  @indikator [ikm] Indeks Kepuasan Masyarakat Kecamatan
    @iku
  csf [isu] Belum Optimalnya Fasilitasi Pelayanan/Penunjang/Pendampingan/Pengadministrasian Masyarakat
    kondisi [kon] MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM illlllllllllllllllllllllllllllllllllllllllllll
      @indikator [ia] Persentase WWWWWWWWWWWWWWWWWWWWW
      @mendukung ikm
      @crosscutting Dinas Pemberdayaan Masyarakat dan Desa: pendampingan (menunggu)
      operasional [op] Terlaksananya Penyusunan Dokumen
        @mendukung ia
"""
_OUTSIDE = """() => [...document.querySelectorAll('.kotak')].flatMap(kotak => {
  const latar = kotak.querySelector('.latar').getBBox();
  return [...kotak.querySelectorAll('text')].filter(teks => {
    const b = teks.getBBox();
    return b.x < latar.x + 2 || b.x + b.width > latar.x + latar.width - 2 || b.y + b.height > latar.y + latar.height;
  }).map(teks => teks.textContent);
})"""
_LINES = "() => document.querySelectorAll('.kotak text').length"
_WIDTH_OF_A_WORD = """() => {
  const teks = document.querySelector('.lagi, .nama text, text.nama');
  const baru = teks.cloneNode(); baru.removeAttribute('textLength'); baru.textContent = 'Pemerintah';
  teks.parentNode.append(baru); const lebar = baru.getBBox().width; baru.remove(); return lebar;
}"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as browser:
        yield browser.new_page()


def test_no_line_leaves_its_box_in_any_font(page: Page) -> None:
    trees = compiled({**seed_texts(), "uji.pokin": _TIES}).trees
    svgs = "".join(draw(pictures.overview(lookups)) for lookups in look_up(trees))
    widths = set()
    for font in (FONTS, "'DejaVu Sans'", "'DejaVu Serif'", "'DejaVu Sans Mono'"):
        page.set_content(svgs.replace(f'font-family="{FONTS}"', f'font-family="{font}"'))
        assert page.evaluate(_LINES) > 300
        widths.add(page.evaluate(_WIDTH_OF_A_WORD))
        assert page.evaluate(_OUTSIDE) == []
    assert len(widths) > 1, "no other font is installed, so that nothing was tried"
