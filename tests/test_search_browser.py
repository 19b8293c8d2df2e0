"""The search in a real browser, straight from the folder: words behind affixes, order, keyboard, all trees, access."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.access import COLOURS, STANDARDS, sideways, violations
from tests.browser import lent, tab
from tests.sites import on_disk, seed_site, site_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

# Words of the two real trees, the official list and the source text, and of the documents that quote them.
MEET = """
layanan pelayanan|layanan pelayanannya|bina pembinaan|dibina pembinaan|bina dibina|mengawasi pengawasan
awasi pengawasan|diawasi pengawasan|desa desa-desa|desa pedesaan|desa perdesaan|desa desanya|uang keuangan
wujud terwujudnya|mewujudkan terwujudnya|perwujudan terwujudnya|tingkat meningkatnya|peningkatan ditingkatkan
meningkatkan peningkatan|laksana terlaksananya|melaksanakan pelaksanaan|pelaksana pelaksanaan|dilaksanakan laksanakan
selenggara penyelenggaraan|terselenggaranya menyelenggarakan|daya pemberdayaan|memberdayakan berdaya
masyarakat kemasyarakatan|tertib ketertiban|penertiban ketertiban|tenteram ketenteraman|bangun pembangunan
bangunan membangun|pembangunannya dibangun|kelola pengelolaan|terkelolanya mengelola|dikelola pengelola
ditangani penanganan|menangani tangan|rencana perencanaan|direncanakan merencanakan|anggaran penganggaran
susun penyusunan|tersusunnya menyusun|koordinasi mengoordinasikan|mengkoordinasikan terkoordinasi|evaluasi mengevaluasi
kendali pengendalian|mengendalikan terkendali|kembang pengembangan|berkembang perkembangan|lapor pelaporan
laporan melaporkan|sejahtera kesejahteraan|sehat kesehatan|didik pendidikan|partisipasi berpartisipasi
akomodir terakomodirnya|fasilitasi difasilitasi|memfasilitasi fasilitasi|usaha perusahaan|pengusaha usaha
ekonomi perekonomian|tani pertanian|petani pertanian|periksa pemeriksaan|memeriksa diperiksa|pimpin kepemimpinan
pimpinan memimpin|pelihara pemeliharaan|terpeliharanya memelihara|masuk pemasukan|nilai penilaian|menilai dinilai
data pendataan|dana pendanaan|mendanai dana|biaya pembiayaan|guna penggunaan|pengguna menggunakan|hasil keberhasilan
berlanjut keberlanjutan|lanjut berkelanjutan|sedia ketersediaan|penyediaan tersedianya|disediakan menyediakan
sah pengesahan|cek pengecekan|ajar pembelajaran|belajar pelajaran|kerja pekerjaan|bekerja pekerja
lindung perlindungan|melindungi terlindungi|puas kepuasan|memuaskan kepuasan|tahan ketahanan|mempertahankan bertahan
diperoleh perolehan|memperoleh perolehan|atur peraturan|pengaturan mengatur|siap menyiapkan|duduk kependudukan
pegawai kepegawaian|rumah perumahan|permukiman pemukiman|sosialisasi menyosialisasikan|terima penerimaan
terap penerapan|cegah pencegahan|adu pengaduan|salur penyaluran|aman pengamanan|jumat jum'at|aktif keaktifan
miskin kemiskinan|bersih kebersihan|lembaga kelembagaan|harga penghargaan|giat kegiatan|lengkapi kelengkapan
manfaat pemanfaatan|sesuai penyesuaian|perbaikan memperbaiki|wenang kewenangan|limpah pelimpahan|capaian mencapai
tugas penugasan|rehabilitasi direhabilitasi|pelayananlah pelayanan|sarana sarananya|optimal mengoptimalkan|café CAFE
kecamatan camat|perintah pemerintahan
"""
NEVER_MEET = """
kota mata|desain desa|kawasan pengawasan|kawasan mengawasi|masalah masa|kepala pala|ketua tua|kasi kas
terapi penerapan|koperasi operasi|tanah tanaman|jalan jual|pasar kapasitas|ruang uang|sekolah kelola|badan bidang
pangan pandangan|dana pidana|aduan pengadaan|data pendapatan|nilai nila|kurang orang|perencanaan bencana
pendidikan penduduk|peran perang|tertib terbit|kesehatan kesempatan|keluarga warga|program progres|bantuan batuan
pembinaan pembiayaan|sarana saran|kecamatan kelurahan|penataan pertanahan|laporan lapangan|kualitas kuantitas
pengelola pengolah|tahun tahan|rumah ramah|umum umur
"""
OTHER = """\
judul: Pohon Lain
jabatan [lurah] Lurah
  @pejabat Contoh Nama
outcome [utama] Terwujudnya Kelurahan yang Maju
  @indikator [indeks] Indeks Pelayanan Kelurahan
  @catatan Kelurahan pernah menjadi desa
  kondisi [pasar] Meningkatnya Penataan Pasar Kelurahan
    @program 7.01.02 Penyelenggaraan Pemerintahan
    operasional [lapak] Tertatanya Lapak
"""


def pairs(table: str) -> list[list[str]]:
    return [pair.split() for line in table.split("\n") for pair in line.split("|") if pair]


def written(files: Mapping[str, bytes], root: Path) -> Path:
    return on_disk(files, root)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(seed_site(), tmp_path_factory.mktemp("situs #1 %41"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(site_files({"kelurahan/lain.pokin": OTHER}), tmp_path_factory.mktemp("situs"))


@pytest.fixture(scope="module")
def lendable(browser: Browser) -> tuple[Page, list[str]]:
    page, problems = tab(browser)
    page.on(
        "request", lambda r: problems.append(f"left: {r.url}") if not r.url.startswith(("file:", "about:")) else None
    )
    return page, problems


@pytest.fixture
def page(lendable: tuple[Page, list[str]]) -> Iterator[Page]:
    with lent(*lendable) as page:
        yield page


def opened(page: Page, site: Path, path: str) -> None:
    """Open a page, and its search, and wait until that is ready."""
    page.goto((site / path).as_uri())
    page.keyboard.press("/")
    expect(page.locator("#cari-kata")).to_be_focused()
    ready(page)


def ready(page: Page) -> None:
    page.wait_for_function("() => document.querySelector('.cari-pemuatan').textContent === '' && globalThis.pokinMesin")
    expect(page.locator("#cari-kabar p").first).not_to_be_empty()


def found(page: Page, text: str) -> list[str]:
    """Search, and give the results as a reader sees them: level and statement."""
    page.locator("#cari-kata").fill(text)
    parts = page.locator(".cari [role=option]").evaluate_all(
        "all => all.map(one => [...one.querySelectorAll('.jenjang, .cari-teks')].map(e => e.textContent).join(' | '))"
    )
    return list(parts)


def test_words_meet_behind_their_affixes_and_others_do_not(page: Page, folder: Path) -> None:
    opened(page, folder, "kecamatan/index.html")
    split = """([one, other]) => {
      const forms = (word) => [...pokinKata.bentukKata(pokinKata.lipat(word))];
      return other.split("-").some((word) => forms(word).some((form) => forms(one).includes(form)));
    }"""
    assert len(pairs(MEET)) >= 130
    assert [pair for pair in pairs(MEET) if not page.evaluate(split, pair)] == []
    assert len(pairs(NEVER_MEET)) >= 40
    assert [pair for pair in pairs(NEVER_MEET) if page.evaluate(split, pair)] == []


def test_results_stand_in_the_order_of_their_worth(page: Page, small: Path) -> None:
    opened(page, small, "kelurahan/lain/kinerja/pasar.html")
    assert found(page, "kelurahan") == [
        "Outcome | Terwujudnya Kelurahan yang Maju",
        "Kondisi 1 | Meningkatnya Penataan Pasar Kelurahan",
        "Jabatan | Lurah",
    ]
    assert found(page, "tata") == [  # by its form, then letters that have only been begun
        "Kondisi 1 | Meningkatnya Penataan Pasar Kelurahan",
        "Kondisi operasional | Tertatanya Lapak",
    ]
    assert found(page, "lur")[0] == "Jabatan | Lurah"
    assert found(page, "lurah")[0] == "Jabatan | Lurah"
    assert found(page, "terwuju maj") == ["Outcome | Terwujudnya Kelurahan yang Maju"]
    assert found(page, "7.01") == ["Kondisi 1 | Meningkatnya Penataan Pasar Kelurahan"]
    assert found(page, "contoh nama") == ["Jabatan | Lurah"]
    assert page.locator(".cari-sebab").text_content() == "Pejabat: Contoh Nama"
    assert found(page, "desa") == ["Outcome | Terwujudnya Kelurahan yang Maju"]
    assert page.locator(".cari-sebab").text_content() == "Catatan: Kelurahan pernah menjadi desa"
    assert found(page, "pohon lain") == ["Pohon kinerja | Pohon Lain"]
    assert found(page, "pasar desa") == []
    assert "semua kata itu sekaligus" in page.locator("#cari-kabar p").first.inner_text()
    assert found(page, "kelurhan") == []
    page.get_by_role("button", name="kelurahan", exact=True).click()
    expect(page.locator(".cari [role=option]")).to_have_count(3)
    expect(page.locator("#cari-kata")).to_be_focused()


def test_the_keyboard_opens_chooses_and_closes(page: Page, folder: Path) -> None:
    page.goto((folder / "kecamatan/kinerja/pemdes.html").as_uri())
    button = page.get_by_role("button", name="Cari", exact=True)
    button.focus()
    page.keyboard.press("/")
    ready(page)
    page.keyboard.type("LAYANAN")
    options = page.locator(".cari [role=option]")
    expect(options).to_have_count(5)
    assert page.locator("#cari-kabar p").first.inner_text() == "5 ditemukan."
    assert page.locator("mark").all_text_contents() == ["layanan"] * 6
    field = page.locator("#cari-kata")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    chosen = page.locator(".cari [aria-selected=true]")
    expect(chosen).to_have_count(1)
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert "Kondisi 1" in (chosen.text_content() or "")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.cari")).not_to_be_visible()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_have_value("LAYANAN")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kecamatan/kinerja/pelayanan.html")
    page.go_back()
    page.keyboard.press("/")
    expect(page.locator("#cari-kata")).to_have_value("LAYANAN")
    expect(page.locator(".cari [role=option]")).to_have_count(5)
    page.keyboard.type("/")
    expect(page.locator("#cari-kata")).to_have_value("/")


def test_a_measure_is_found_where_it_stands(page: Page, folder: Path) -> None:
    opened(page, folder, "kecamatan/kinerja/pemdes.html")
    assert found(page, "persentase desa tertib keuangan") == [
        "Kondisi 4 | Meningkatnya Penyelenggaraan Pemerintahan Desa"
    ]
    expect(page.locator(".cari-sebab")).to_have_text("Indikator: Persentase Desa yang Tertib Administrasi Keuangan")
    page.keyboard.press("Enter")
    expect(page.locator("dialog.cari")).not_to_be_visible()
    expect(page.locator("#indikator-tertib-keu")).to_be_in_viewport()


def test_all_trees_are_searched_from_the_front_page_and_on_demand(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri() + "#cari")
    ready(page)
    everywhere = found(page, "desa")
    titles = page.locator(".cari-tempat").all_text_contents()
    assert {title.split(" ")[0] for title in titles} == {"Pohon", "Renstra"}
    expect(page.get_by_label("Semua pohon")).not_to_be_visible()
    opened(page, folder, "kecamatan/jabatan/camat.html")
    here = found(page, "desa")
    assert 0 < len(here) < len(everywhere)
    assert "Renstra" not in (page.locator("#cari-hasil").text_content() or "")
    page.get_by_label("Semua pohon").check()
    expect(page.locator(".cari [role=option]")).to_have_count(len(everywhere))
    page.get_by_label("Semua pohon").uncheck()
    expect(page.locator(".cari [role=option]")).to_have_count(len(here))


def test_a_tree_that_cannot_be_loaded_is_told_and_the_others_are_searched(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.route("**/glenmore/cari-data.js", lambda route: route.abort())
    page.goto((folder / "index.html").as_uri())
    page.keyboard.press("/")
    expect(page.locator(".cari-pemuatan")).to_have_text("1 pohon tidak dapat dimuat.")
    assert len(found(page, "layanan")) == 5
    page.close()


def test_many_results_are_shown_in_parts(page: Page, tmp_path: Path) -> None:
    lines = [f"    operasional [o-{n}] Tersedianya Layanan {n}" for n in range(130)]
    text = (
        "judul: Besar\noutcome [hasil] Terwujudnya Hasil\n  kondisi [kon] Meningkatnya Mutu\n" + "\n".join(lines) + "\n"
    )
    opened(page, written(site_files({"besar.pokin": text}), tmp_path), "besar/index.html")
    assert len(found(page, "layanan")) == 50
    expect(page.locator("#cari-kabar p").first).to_have_text("130 ditemukan, 50 teratas ditampilkan.")
    for _ in range(60):
        page.keyboard.press("ArrowDown")
    expect(page.locator(".cari [aria-selected=true]")).to_contain_text("Tersedianya Layanan 60")
    page.get_by_role("button", name="Tampilkan semua (130)").click()
    expect(page.locator(".cari [role=option]")).to_have_count(130)
    expect(page.locator("#cari-kabar p").first).to_have_text("130 ditemukan.")


def test_the_search_is_accessible_in_every_look_and_width(page: Page, folder: Path) -> None:
    opened(page, folder, "kecamatan/index.html")
    for text in ("", "desa", "pelaynan"):
        found(page, text)
        for width, height in ((1280, 900), (320, 740)):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme="light", forced_colors="none")
            assert violations(page, STANDARDS, "dialog.cari") == []
            page.emulate_media(color_scheme="dark", forced_colors="none")
            assert violations(page, COLOURS, "dialog.cari") == []
            page.emulate_media(color_scheme="light", forced_colors="active")
            assert violations(page, COLOURS, "dialog.cari") == []
            assert sideways(page) == []


def test_what_the_preview_swaps_leaves_the_search_open_and_its_button_in_place(page: Page, folder: Path) -> None:
    opened(page, folder, "kecamatan/index.html")
    found(page, "layanan")
    page.evaluate(
        "() => { document.querySelector('dialog.cari').remove(); document.querySelector('.buka-cari').hidden = true;"
        " document.dispatchEvent(new CustomEvent('pokin:halaman')); }"
    )
    expect(page.locator(".cari [role=option]")).to_have_count(5)
    expect(page.locator("#cari-kata")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Cari", exact=True)).to_be_visible()


def test_an_open_search_shows_what_the_preview_has_changed(page: Page, tmp_path: Path) -> None:
    opened(page, written(site_files({"lain.pokin": OTHER}), tmp_path), "lain/index.html")
    assert len(found(page, "tertata")) == 2
    page.keyboard.press("ArrowDown")
    expect(page.locator(".cari [aria-selected]")).to_contain_text("Tertatanya Lapak")
    written(site_files({"lain.pokin": OTHER.replace("Tertatanya Lapak", "Tertatanya Kios")}), tmp_path)
    page.evaluate("document.dispatchEvent(new CustomEvent('pokin:halaman'))")
    expect(page.locator(".cari [aria-selected]")).to_contain_text("Tertatanya Kios")
    assert page.locator("#cari-kata").input_value() == "tertata"
