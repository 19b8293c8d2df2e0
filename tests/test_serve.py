"""The live preview as a whole: a real process, real files, a real browser."""

from __future__ import annotations

import re
import shutil
import signal
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pokin_dsl.cli import pokin
from tests.served import Served, children, free_port, served
from tests.sites import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

TREE = "trees/kecamatan.pokin"
NODE = "kecamatan/kinerja/pelayanan.html"
STATEMENT = "Meningkatnya Fasilitasi Pelayanan Masyarakat"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "trees", tmp_path / "trees")
    return tmp_path


@pytest.fixture
def preview(workspace: Path) -> Iterator[Served]:
    with served(workspace, "--port", str(free_port())) as running:
        yield running
        if running.process.poll() is None:
            assert running.end() == 0


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


def edit(workspace: Path, old: str, new: str, file: str = TREE) -> None:
    text = (workspace / file).read_text("utf-8")
    assert old in text
    (workspace / file).write_text(text.replace(old, new), "utf-8")


def opened(context: BrowserContext, preview: Served, path: str) -> Page:
    """Open a page that can tell whether it was loaded again."""
    page = context.new_page()
    page.goto(preview.url + path)
    page.evaluate("window.belumDimuatUlang = true")
    return page


def was_not_loaded_again(page: Page) -> bool:
    return page.evaluate("window.belumDimuatUlang === true") is True


# -- without a browser -------------------------------------------------------------------------------------------------


def test_a_request_gets_what_was_saved_a_moment_ago(workspace: Path, preview: Served) -> None:
    for word in ("Pertama", "Kedua", "Ketiga"):
        edit(workspace, STATEMENT, f"{STATEMENT} {word}")
        assert f"{STATEMENT} {word}" in preview.get(NODE)
        edit(workspace, f"{STATEMENT} {word}", STATEMENT)
    assert "Ketiga" not in preview.get("kecamatan/tahap-5.html")


def test_a_change_is_told_in_one_line(workspace: Path, preview: Served) -> None:
    before = len(preview.lines)
    edit(workspace, STATEMENT, f"{STATEMENT} Desa")
    line = preview.wait_for_line("halaman berubah", after=before)
    assert re.fullmatch(r"\d\d\.\d\d\.\d\d  [1-9]\d* halaman berubah · \d+ info · \d+ milidetik", line)


def test_a_galat_is_told_with_its_place(workspace: Path, preview: Served) -> None:
    before = len(preview.lines)
    edit(workspace, "kondisi [pelayanan]", "kondsi [pelayanan]")
    line = preview.wait_for_line("1 galat", after=before)
    assert "tidak ada halaman yang berubah" in line
    number = (workspace / TREE).read_text("utf-8").splitlines().index(f"    kondsi [pelayanan] {STATEMENT}") + 1
    assert f"1 galat, 14 info · {TREE}:{number}: Kata kunci" in line


def test_a_touched_file_is_no_change(workspace: Path, preview: Served) -> None:
    before = len(preview.lines)
    (workspace / TREE).touch()
    (workspace / TREE).write_bytes((workspace / TREE).read_bytes())
    edit(workspace, STATEMENT, f"{STATEMENT} Desa")
    preview.wait_for_line("halaman berubah", after=before)
    assert len(preview.lines) == before + 1


def test_new_trees_fragments_and_settings_are_seen(workspace: Path, preview: Served) -> None:
    (workspace / "trees/desa.pokin").write_text(
        "pokin: 1\njudul: Pohon Desa\n\noutcome Terwujudnya Desa Mandiri\n  sertakan bagian/bumdes.pokin\n", "utf-8"
    )
    assert "bagian/bumdes.pokin" in preview.wait_for_line("1 galat")
    (workspace / "trees/bagian").mkdir()
    (workspace / "trees/bagian/bumdes.pokin").write_text(
        "pokin: 1\nkondisi Meningkatnya Pendapatan BUM Desa\n", "utf-8"
    )
    before = len(preview.lines)
    (workspace / "pokin.toml").write_text('judul = "Pohon Kinerja Kabupaten"\n', "utf-8")
    preview.wait_for_line("halaman berubah", after=before)
    front = preview.get("")
    assert "Pohon Desa" in front
    assert "Pohon Kinerja Kabupaten" in front
    assert "Meningkatnya Pendapatan BUM Desa" in preview.get("desa/index.html")
    (workspace / "trees/desa.pokin").unlink()
    assert "Pohon Desa" not in preview.get("")


def test_a_picture_of_a_new_shape_is_in_the_page_that_is_asked_for(workspace: Path, preview: Served) -> None:
    edit(
        workspace,
        f"    kondisi [pelayanan] {STATEMENT}\n",
        f"    kondisi [pelayanan] {STATEMENT}\n      antara Tersedianya Loket\n",
    )
    page = preview.get(NODE)
    assert "Tersedianya Loket" in page
    assert '<svg class="pohon"' in page
    assert "Gambar tidak tersedia" not in page
    assert "Tersedianya" in preview.get("kecamatan/pohon.svg")


def test_the_preview_ends_quietly_with_nothing_left(workspace: Path) -> None:
    with served(workspace, "--port", str(free_port())) as running:
        running.get("kecamatan/index.html")
        edit(workspace, STATEMENT, f"{STATEMENT} Desa")
        pid = running.process.pid
        known = children(pid) if sys.platform == "linux" else []
        assert running.end(signal.SIGINT) == 0
        assert running.lines[-1] == "Pratinjau dihentikan."
        assert not any("Traceback" in line for line in running.lines)
        assert [child for child in known if _lives(child)] == []
    assert not (workspace / "output").exists()


def _lives(pid: int) -> bool:
    from pathlib import Path

    return Path(f"/proc/{pid}").exists()


def test_a_taken_port_says_so_and_names_a_free_one(workspace: Path, preview: Served) -> None:
    from click.testing import CliRunner

    port = int(preview.url.rstrip("/").rpartition(":")[2])
    result = CliRunner().invoke(pokin, ["serve", str(workspace / "trees"), "--port", str(port)], standalone_mode=False)
    assert result.return_value == 2
    assert f"Port {port} sedang dipakai program lain. Port bebas berikutnya: " in result.output


def test_two_previews_of_one_workspace_both_keep_up(workspace: Path, preview: Served) -> None:
    with served(workspace, "--port", str(free_port())) as other:
        edit(workspace, STATEMENT, f"{STATEMENT} Desa")
        for running in (preview, other):
            running.wait_for_line("halaman berubah")
            assert f"{STATEMENT} Desa" in running.get(NODE)
        assert other.end() == 0


def test_a_folder_without_a_workspace_is_wrong_usage(tmp_path: Path) -> None:
    from click.testing import CliRunner

    (tmp_path / "kosong").mkdir()
    result = CliRunner().invoke(pokin, ["serve", str(tmp_path / "kosong")], standalone_mode=False)
    assert result.return_value == 2
    assert "Tidak ada berkas .pokin" in result.output


def test_polling_sees_a_change_too(workspace: Path) -> None:
    with served(workspace, "--polling", "--port", str(free_port())) as running:
        assert any("tiap setengah detik" in line for line in running.lines) or running.wait_for_line("setengah detik")
        before = len(running.lines)
        edit(workspace, STATEMENT, f"{STATEMENT} Desa")
        running.wait_for_line("halaman berubah", after=before)
        assert running.end() == 0


# -- with a browser ----------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_save_appears_without_a_reload(workspace: Path, preview: Served, context: BrowserContext) -> None:
    page = opened(context, preview, NODE)
    edit(workspace, STATEMENT, f"{STATEMENT} Desa")
    expect(page.locator("h1")).to_contain_text(f"{STATEMENT} Desa")
    expect(page).to_have_title(re.compile("Desa"))
    assert was_not_loaded_again(page)


@pytest.mark.browser
def test_pictures_and_findings_follow_by_themselves(workspace: Path, preview: Served, context: BrowserContext) -> None:
    page = opened(context, preview, NODE)
    boxes = page.locator("svg.pohon .kotak").count()
    edit(
        workspace,
        f"    kondisi [pelayanan] {STATEMENT}\n",
        f"    kondisi [pelayanan] {STATEMENT}\n      antara Buat Loket Baru\n",
    )
    expect(page.locator("svg.pohon .kotak")).to_have_count(boxes + 1)
    expect(page.get_by_text("1 peringatan").or_(page.get_by_text("peringatan ·"))).to_be_visible()
    assert was_not_loaded_again(page)


@pytest.mark.browser
def test_a_galat_lies_over_the_last_good_site_until_it_is_mended(
    workspace: Path, preview: Served, context: BrowserContext
) -> None:
    page = opened(context, preview, NODE)
    edit(workspace, "kondisi [pelayanan]", "kondsi [pelayanan]")
    panel = page.get_by_role("region", name="Galat")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("kondsi")
    expect(panel).to_contain_text(f"{TREE} baris")
    expect(page.locator("h1")).to_contain_text(STATEMENT)
    expect(page).to_have_title(re.compile("1 galat"))
    edit(workspace, "kondsi [pelayanan]", "kondisi [pelayanan]")
    expect(panel).to_be_hidden()
    expect(page).not_to_have_title(re.compile("galat"))
    assert was_not_loaded_again(page)


@pytest.mark.browser
def test_a_first_build_that_fails_shows_what_can_be_read(workspace: Path, context: BrowserContext) -> None:
    edit(workspace, "kondisi [pelayanan]", "kondsi [pelayanan]")
    with served(workspace, "--port", str(free_port())) as running:
        page = opened(context, running, "kecamatan/index.html")
        panel = page.get_by_role("region", name="Galat")
        expect(panel).to_contain_text("kondsi")
        expect(page.locator("h1")).to_contain_text("Pohon Kinerja Kecamatan")
        edit(workspace, "kondsi [pelayanan]", "kondisi [pelayanan]")
        expect(panel).to_be_hidden()
        assert was_not_loaded_again(page)
        assert running.end() == 0


@pytest.mark.browser
def test_a_page_whose_node_is_reworded_moves_to_its_new_address(
    workspace: Path, preview: Served, context: BrowserContext
) -> None:
    edit(workspace, "kondisi [pelayanan]", "kondisi")
    page = opened(context, preview, "kecamatan/kinerja/meningkatnya-fasilitasi-pelayanan-masyarakat.html")
    edit(workspace, STATEMENT, "Meningkatnya Mutu Pelayanan Masyarakat")
    expect(page.locator("h1")).to_contain_text("Meningkatnya Mutu Pelayanan Masyarakat")
    expect(page).to_have_url(re.compile("/kinerja/meningkatnya-mutu-pelayanan-masyarakat.html$"))
    expect(page.get_by_text("alamat halamannya ikut berganti")).to_be_visible()
    assert was_not_loaded_again(page)


@pytest.mark.browser
def test_a_page_whose_node_is_gone_says_where_its_content_went(
    workspace: Path, preview: Served, context: BrowserContext
) -> None:
    (workspace / "trees/desa.pokin").write_text(
        "pokin: 1\njudul: Pohon Desa\n\noutcome [mandiri] Terwujudnya Desa Mandiri\n"
        "  kondisi [bumdes] Meningkatnya Pendapatan\n",
        "utf-8",
    )
    page = opened(context, preview, "desa/kinerja/bumdes.html")
    edit(workspace, "  kondisi [bumdes] Meningkatnya Pendapatan\n", "", "trees/desa.pokin")
    expect(page.get_by_text("sudah tidak ada di pohon")).to_be_visible()
    expect(page.get_by_role("link", name="Terwujudnya Desa Mandiri").first).to_be_visible()
    edit(workspace, "Desa Mandiri\n", "Desa Mandiri\n  kondisi [bumdes] Meningkatnya Pendapatan\n", "trees/desa.pokin")
    expect(page.get_by_text("sudah tidak ada di pohon")).to_be_hidden()
    assert was_not_loaded_again(page)


@pytest.mark.browser
def test_ten_tabs_all_keep_up(workspace: Path, preview: Served, context: BrowserContext) -> None:
    tabs = [opened(context, preview, NODE) for _ in range(10)]
    edit(workspace, STATEMENT, f"{STATEMENT} Desa")
    for tab in tabs:
        expect(tab.locator("h1")).to_contain_text(f"{STATEMENT} Desa")
    further = opened(context, preview, "kecamatan/index.html")
    assert further.locator("h1").count() == 1
    assert all(was_not_loaded_again(tab) for tab in tabs)


@pytest.mark.browser
def test_a_killed_and_restarted_server_is_found_again(workspace: Path, context: BrowserContext) -> None:
    port = str(free_port())
    with served(workspace, "--port", port) as running:
        page = opened(context, running, NODE)
        running.process.kill()
        running.process.wait()
    edit(workspace, STATEMENT, f"{STATEMENT} Desa")
    with served(workspace, "--port", port) as again:
        expect(page.locator("h1")).to_contain_text(f"{STATEMENT} Desa")
        edit(workspace, f"{STATEMENT} Desa", f"{STATEMENT} Kota")
        expect(page.locator("h1")).to_contain_text(f"{STATEMENT} Kota")
        assert was_not_loaded_again(page)
        assert again.end() == 0


@pytest.mark.browser
def test_a_click_on_a_galat_opens_the_editor(workspace: Path, context: BrowserContext) -> None:
    log = workspace / "dibuka.txt"
    script = workspace / "penyunting.py"
    script.write_text(f"import sys, pathlib\npathlib.Path({str(log)!r}).write_text(' '.join(sys.argv[1:]))\n", "utf-8")
    edit(workspace, "kondisi [pelayanan]", "kondsi [pelayanan]")
    command = f'"{sys.executable}" "{script}" {{berkas}} {{baris}}'
    with served(workspace, "--port", str(free_port()), "--editor", command) as running:
        page = opened(context, running, NODE.replace("pelayanan", "tata-kelola"))
        with page.expect_response(re.compile("/_pokin/buka")) as answer:
            page.get_by_role("button", name=f"{TREE} baris").click()
        assert answer.value.ok
        done = threading.Event()
        while not log.exists() and not done.wait(0.02):
            assert running.process.poll() is None
        assert running.end() == 0
    line = next(n for n, text in enumerate((workspace / TREE).read_text("utf-8").splitlines(), 1) if "kondsi" in text)
    assert log.read_text().split()[-1] == str(line)
