"""The site on servers, shares and sticks: names that hold everywhere, the 404 page at any depth, sample settings."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree, unpack_archive
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import expect

from pokin_dsl.edge.archive import CHECKSUMS, archive
from pokin_dsl.edge.publish import publish
from pokin_dsl.model.naming import LONGEST_TREE, tree_name
from tests.browser import chromium, lent, tab
from tests.pages import parsed
from tests.servers import GUIDE, SERVERS, Reply, ask, sample
from tests.sites import compiled, seed_site, site_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

WINDOWS = {"con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(10))}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
FRAMES = "; frame-ancestors 'self'"
AWKWARD = "Bagian Perencanaan #1 (50% selesai) – é"
"""A folder as people name them."""


def policy() -> str:
    """Give the policy that every page carries."""
    metas = parsed(seed_site()["index.html"].decode()).findall("head/meta")
    return next(m.get("content") or "" for m in metas if m.get("http-equiv") == "Content-Security-Policy")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Unpack the archive of a site where everybody may read, also the user that a server becomes."""
    with TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        publish(root / "output", seed_site())
        unpack_archive(archive(root / "output").path, root / "situs")
        yield root / "situs" / "output"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


# -- names -------------------------------------------------------------------------------------------------------------


def strange_names(files: dict[str, bytes]) -> list[str]:
    """Give the paths that some file system, or a long folder in front of them, would not bear."""
    bad = [path for path in files if not re.fullmatch(r"(aturan/P\d{3}\.html)|[a-z0-9-]+(/[a-z0-9-]+)*\.[a-z]+", path)]
    bad = [path for path in bad if not re.fullmatch(r"statis/[a-z0-9-]+(\.[a-z0-9]+)+", path)]
    bad += [path for path in files if WINDOWS & {part.partition(".")[0] for part in path.split("/")}]
    return bad + [path for path in files if len(path) >= 200]


def test_names_hold_on_every_file_system() -> None:
    deep = f"{'dinas-kesehatan-' * 20}x/{'puskesmas-' * 20}y.pokin"
    long = " ".join(["Meningkatnya"] * 40)
    text = (
        f"judul: Uji\njabatan [aux] Kepala\njabatan Nul\noutcome [con] Terwujudnya X\n  kondisi [lpt1] {long}\n"
        f"    antara {long}\n    antara Con\n    @pk Prn\n"
    )
    files = site_files({"uji.pokin": text, "con.pokin": text, "aux/nul.pokin": text, deep: text})
    assert strange_names({**files, **seed_site()}) == []
    assert len({path.casefold() for path in files}) == len(files)
    assert {"pohon-con/index.html", "pohon-aux/pohon-nul/index.html"} <= files.keys()
    assert sum(path.endswith(".html") and path.startswith("uji/kinerja/") for path in files) == 4


def test_a_name_that_is_too_long_is_told_with_a_shorter_one() -> None:
    path = f"dinas-kesehatan/{'puskesmas-' * 20}uji.pokin"
    found = compiled({path: "judul: Uji\noutcome Terwujudnya X\n"})
    told = next(d for d in found.general if d.code == "P904")
    assert f"paling panjang {LONGEST_TREE} karakter" in told.hint
    name, wrong = tree_name(path)
    assert len(name) <= LONGEST_TREE
    assert wrong == f"{'puskesmas-' * 20}uji"
    assert [tree.nama for tree in found.trees] == [name]
    assert tree_name(f"{name}.pokin") == (name, "")


# -- the 404 page ------------------------------------------------------------------------------------------------------


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a path, and its 404 page for all that is not there, as the servers of the guide do."""

    prefix = ""

    def do_GET(self) -> None:
        if not self.path.startswith(f"{self.prefix}/"):
            self.send_error(404)
            return
        self.path = self.path.removeprefix(self.prefix)
        if Path(self.translate_path(self.path)).exists():
            super().do_GET()
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", policy() + FRAMES)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path, prefix: str) -> Iterator[str]:
    handler = type("Handler", (_Handler,), {"prefix": prefix})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.browser
def test_the_404_page_leads_home_from_any_depth(browser: Browser, folder: Path) -> None:
    elsewhere = "//server-lain.example/hilang.html"
    paths = {
        "": ("hilang.html", "kecamatan/kinerja/hilang.html", elsewhere),
        "/sakip/pohon": ("hilang.html", "a/b/c/d/", elsewhere),
    }
    for prefix, missing in paths.items():
        with served(folder, prefix) as root:
            for path in missing:
                page = browser.new_page()
                answer = page.goto(f"{root}/{path}")
                assert answer is not None
                assert answer.status == 404
                assert "Arial" in page.evaluate("getComputedStyle(document.body).fontFamily")
                page.get_by_role("link", name="Buka halaman depan", exact=True).click()
                assert page.url == f"{root}/index.html"
                page.go_back()
                up = page.get_by_role("link", name="Buka halaman depan folder ini")
                assert up.count() == ("/" in path)
                assert not up.count() or page.evaluate("a => a.origin", up.element_handle()) in root
                if path.startswith("kecamatan"):
                    up.click()
                    assert page.url == f"{root}/kecamatan/index.html"
                page.close()
            plain = browser.new_page(java_script_enabled=False)
            plain.goto(f"{root}/kecamatan/kinerja/hilang.html")
            assert "Arial" in plain.locator("body").evaluate("e => getComputedStyle(e).fontFamily")
            assert plain.get_by_role("link").count() == 0
            assert plain.get_by_text("sampai garis miring").is_visible()
            plain.close()


# -- without a server --------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_it_works_from_a_folder_with_an_awkward_name(browser: Browser, folder: Path, tmp_path: Path) -> None:
    home = copytree(folder, tmp_path / AWKWARD)
    page, problems = tab(browser)
    with lent(page, problems):
        page.goto((home / "index.html").as_uri())
        page.get_by_role("link", name="Pohon Kinerja Kecamatan").first.click()
        picture = page.locator("svg.pohon").first
        expect(picture).to_be_visible()
        boxes = page.locator("svg.pohon .kotak:visible").count()
        page.get_by_role("combobox", name="Buka").select_option(index=1)
        page.wait_for_function("location.hash.length > 1")
        folded = page.locator("svg.pohon .kotak:visible").count()
        assert 0 < folded < boxes
        again = browser.new_page()
        again.goto(page.url)
        expect(again.locator("svg.pohon .kotak:visible")).to_have_count(folded)
        again.close()

        page.get_by_role("radio", name="Gelap").check()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("layanan")
        page.get_by_role("dialog").get_by_role("option").first.click()
        page.wait_for_url("**/kinerja/**")
        expect(page.locator("body")).to_have_css("background-color", "rgb(15, 21, 30)")


# -- sample settings ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run each server of the guide on the unpacked archive, with the sample settings."""
    (folder / ".pokin-situs.json").write_text("{}", "utf-8")
    (folder / "uji.dot").write_text("graph {}", "utf-8")
    with SERVERS[request.param](folder, tmp_path_factory.mktemp(request.param)) as port:
        yield port


def has_all_headers(reply: Reply) -> bool:
    """Say whether each header of the guide was sent, once."""
    policies = reply.headers.get_all("Content-Security-Policy")
    sent = {name: reply.headers.get_all(name) for name in HEADERS}
    assert policies == [policy() + FRAMES]
    assert sent == {name: [value] for name, value in HEADERS.items()}
    return "camera=()" in reply.headers["Permissions-Policy"]


def test_a_server_gives_what_the_archive_holds(server: int) -> None:
    listed = ask(server, f"/{CHECKSUMS}").body.decode().splitlines()
    assert len(listed) > 100
    for line in listed:
        digest, path = line.split("  ")
        assert sha256(ask(server, f"/{path}").body).hexdigest() == digest, path


def test_a_server_sends_pages_with_every_header(server: int, folder: Path) -> None:
    for path in ("/", "/kecamatan/", "/kecamatan/kinerja/", "/statis/gaya.css", "/tidak/ada.html"):
        assert has_all_headers(ask(server, path)), path
    assert ask(server, "/").body == (folder / "index.html").read_bytes()
    moved = ask(server, "/kecamatan")
    assert moved.status in (301, 308)
    assert moved.headers["Location"].endswith("/kecamatan/")


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_server_sends_nothing_again_that_is_unchanged(server: int, coding: str) -> None:
    for path in ("/kecamatan/", "/statis/gaya.css"):
        first = ask(server, path, Accept_Encoding=coding)
        assert first.headers.get("Content-Encoding", "identity") == coding
        again = ask(server, path, Accept_Encoding=coding, If_None_Match=first.headers["ETag"])
        assert (again.status, again.body) == (304, b"")
        assert has_all_headers(again)


def test_a_server_names_every_kind_of_file(server: int) -> None:
    kinds = {
        "index.html": "text/html; charset=utf-8",
        "statis/gaya.css": "text/css; charset=utf-8",
        "statis/pokin.js": "(application|text)/javascript; charset=utf-8",
        # Both are UTF-8 unless somebody says otherwise.
        "statis/ikon.svg": r"image/svg\+xml(; charset=utf-8)?",
        "kecamatan/pohon.json": "application/json(; charset=utf-8)?",
        "uji.dot": r"text/vnd\.graphviz; charset=utf-8",
    }
    for path, kind in kinds.items():
        assert re.fullmatch(kind, ask(server, f"/{path}").headers["Content-Type"]), path
    assert {path.rpartition(".")[2] for path in seed_site()} <= {path.rpartition(".")[2] for path in kinds}


def test_a_server_says_404_with_our_page(server: int, folder: Path) -> None:
    ours = (folder / "404.html").read_bytes()
    for path in ("/hilang.html", "/a/b/c", "/a/b/c/d/e/f/", "/kecamatan/hilang.html", "/kecamatan/kinerja/x/y.html"):
        reply = ask(server, path)
        assert (reply.status, reply.body) == (404, ours), path
        assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    for path in ("/kecamatan/kinerja/", "/.pokin-situs.json", "/.htaccess"):
        reply = ask(server, path)
        assert reply.status in (403, 404), path
        assert reply.body == ours


def test_what_an_admin_is_told_to_look_for_is_there(server: int) -> None:
    guide = GUIDE.read_text("utf-8").partition("## 8.")[2]
    everywhere = re.findall(r"^([\w-]+): ", sample("http"), re.MULTILINE)
    assert len(everywhere) == 6
    rows = re.findall(r"^\| `(/[^`]*)` \| (\d+)(?: atau (\d+))? \| (.*) ?\|$", guide, re.MULTILINE)
    assert len(rows) == 6
    for path, status, other, seen in rows:
        reply = ask(server, path, method="HEAD")
        assert str(reply.status) in (status, other), path
        wanted = [*re.findall(r"`([\w-]+)[:`]", seen), *(everywhere if "keenam" in seen else ())]
        assert all(name in reply.headers for name in wanted), path
        kinds = re.findall(r"`(?:Content-Type: )?(\w+/[\w+]+)`", seen)
        assert not kinds or reply.headers["Content-Type"].partition(";")[0] in kinds, path


@pytest.mark.parametrize("kind", ["nginx", "apache", "xml", "caddyfile"])
def test_every_sample_sends_the_policy_of_the_pages(kind: str) -> None:
    text = sample(kind)
    assert f'"{policy()}{FRAMES}"' in text
    assert "404.html" in text
    for name, value in HEADERS.items():
        assert re.search(rf'{name}"?\s+(value=)?"?{value}\b', text), name


ON_OFF = {"true", "false"}
# What IIS 10 lets a site say of itself, as far as the sample says it: elements, their attributes, the values of some.
SCHEMA: dict[str, dict[str, set[str]]] = {
    "configuration": {},
    "configuration/system.webServer": {},
    "defaultDocument": {"enabled": ON_OFF},
    "defaultDocument/files": {},
    "defaultDocument/files/clear": {},
    "defaultDocument/files/add": {"value": set()},
    "directoryBrowse": {"enabled": ON_OFF},
    "staticContent": {},
    "staticContent/remove": {"fileExtension": set()},
    "staticContent/mimeMap": {"fileExtension": set(), "mimeType": set()},
    "staticContent/clientCache": {"cacheControlMode": {"NoControl", "DisableCache", "UseMaxAge", "UseExpires"}},
    "httpProtocol": {},
    "httpProtocol/customHeaders": {},
    "httpProtocol/customHeaders/remove": {"name": set()},
    "httpProtocol/customHeaders/add": {"name": set(), "value": set()},
    "urlCompression": {"doStaticCompression": ON_OFF},
    # `defaultPath` is locked above every site: to name it would be an error.
    "httpErrors": {
        "errorMode": {"DetailedLocalOnly", "Custom", "Detailed"},
        "existingResponse": {"Auto", "Replace", "PassThrough"},
    },
    "httpErrors/remove": {"statusCode": set(), "subStatusCode": set()},
    "httpErrors/error": {
        "statusCode": set(),
        "subStatusCode": set(),
        "path": set(),
        "responseMode": {"File", "ExecuteURL", "Redirect"},
    },
    "security": {},
    "security/requestFiltering": {},
    "security/requestFiltering/hiddenSegments": {},
    "security/requestFiltering/hiddenSegments/remove": {"segment": set()},
    "security/requestFiltering/hiddenSegments/add": {"segment": set()},
}
KEYS = ("fileExtension", "name", "segment", "statusCode", "subStatusCode")
SITE = "configuration/system.webServer/"


def all_of(element: ET.Element, above: str = "") -> Iterator[tuple[str, ET.Element]]:
    """Give the elements of a `web.config` with where they stand, below `system.webServer` without saying so."""
    path = f"{above}{element.tag}".removeprefix(SITE)
    yield path, element
    for child in element:
        yield from all_of(child, f"{SITE if path == SITE[:-1] else f'{path}/'}")


def test_iis_reads_every_word_of_its_sample() -> None:
    text = sample("xml")
    assert text.startswith('<?xml version="1.0" encoding="utf-8"?>\n')
    for path, element in all_of(ET.fromstring(text)):  # noqa: S314 - our own text
        assert path in SCHEMA
        for name, value in element.attrib.items():
            allowed = SCHEMA[path][name]
            assert not allowed or value in allowed, (path, name)
        assert not (element.text or "").strip()


def test_nothing_in_the_iis_sample_meets_its_like_of_the_server() -> None:
    """Two entries with one key, the server's and ours, are error 500.19: each is removed before it is added."""
    removed: set[tuple[str, ...]] = set()
    added: set[tuple[str, ...]] = set()
    for path, element in all_of(ET.fromstring(sample("xml"))):  # noqa: S314 - our own text
        section, _, kind = path.rpartition("/")
        key = (section, *(element.get(name, "").lower() for name in KEYS))
        if kind == "remove":
            removed.add(key)
        elif kind in {"mimeMap", "error"} or (kind == "add" and section != "defaultDocument/files"):
            assert key in removed, key
            assert key not in added, key
            added.add(key)
    assert len(added) > 10


def test_the_iis_sample_knows_every_kind_of_file() -> None:
    root = ET.fromstring(sample("xml"))  # noqa: S314 - our own text
    kinds = {m.get("fileExtension") or "": m.get("mimeType") or "" for m in root.iter("mimeMap")}
    assert {f".{path.rpartition('.')[2]}" for path in (*seed_site(), CHECKSUMS)} <= kinds.keys()
    assert all("charset=utf-8" in kind for kind in kinds.values())
    assert [e.get("path") for e in root.iter("error")] == ["404.html", "404.html"]


def test_links_of_the_guide_lead_to_headings() -> None:
    text = GUIDE.read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(#([^)]+)\)", text)
    assert links
    assert set(links) <= anchors
    assert "hosting.md" in (GUIDE.parent / "bahasa.md").read_text("utf-8")
