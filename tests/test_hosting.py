"""The site on servers, shares and sticks: names that hold everywhere, the 404 page at any depth, sample settings."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pytest

from pokin_dsl.model.naming import LONGEST_TREE, tree_name
from tests.browser import chromium
from tests.pages import parsed
from tests.sites import compiled, on_disk, seed_site, site_files

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).resolve().parent.parent / "docs"
GUIDE = DOCS / "hosting.md"
WINDOWS = {"con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(10))}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
FRAMES = "; frame-ancestors 'self'"


def sample(kind: str) -> str:
    """Give a sample of the guide by the name of its language."""
    found = re.findall(rf"^```{kind}\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def policy() -> str:
    """Give the policy that every page carries."""
    metas = parsed(seed_site()["index.html"].decode()).findall("head/meta")
    return next(m.get("content") or "" for m in metas if m.get("http-equiv") == "Content-Security-Policy")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("situs")
    return on_disk({**seed_site(), ".pokin-situs.json": b"{}"}, root)


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
def test_the_404_page_leads_home_from_any_depth(folder: Path) -> None:
    with chromium() as browser:
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
                assert plain.get_by_text("Hapus bagian belakang alamat").is_visible()
                plain.close()


# -- sample settings ---------------------------------------------------------------------------------------------------


def nginx_path() -> str:
    """Give the path of nginx; without it the test is skipped, in CI it fails."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin")
    if not found and os.environ.get("CI"):
        pytest.fail("nginx is missing, and in CI the sample settings must be run.")
    if not found:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx-light).")
    return found


class Reply(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(port: int, path: str, **headers: str) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    reply = Reply(answer.status, answer.headers, answer.read())
    connection.close()
    return reply


@pytest.fixture(scope="module")
def nginx(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run nginx with the sample of the guide; it goes to the background when it listens."""
    program = nginx_path()
    home = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = sample("nginx").replace("listen 80;", f"listen 127.0.0.1:{port};")
    server = server.replace("/srv/pohon/output", str(folder))
    assert f"127.0.0.1:{port}" in server
    assert str(folder) in server
    user = "user root;" if os.geteuid() == 0 else ""
    kept = "".join(f"{kind}_temp_path {home}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    config = home / "nginx.conf"
    config.write_text(
        f"{user} worker_processes 1; pid {home}/pid; error_log {home}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; {kept}\n{server} }}\n",
        "utf-8",
    )
    command = [program, "-p", str(home), "-e", f"{home}/error.log", "-c", str(config)]
    subprocess.run(command, check=True, capture_output=True, timeout=30)
    try:
        yield port
    finally:
        subprocess.run([*command, "-s", "stop"], check=True, capture_output=True, timeout=30)


def test_nginx_sends_pages_with_every_header(nginx: int, folder: Path) -> None:
    for path in ("/", "/kecamatan/", "/kecamatan/index.html", "/statis/gaya.css", "/tidak/ada.html"):
        reply = ask(nginx, path)
        assert {name: reply.headers[name] for name in HEADERS} == HEADERS, path
        assert reply.headers["Content-Security-Policy"] == policy() + FRAMES
        assert "camera=()" in reply.headers["Permissions-Policy"]
    page = ask(nginx, "/kecamatan/")
    assert page.body == (folder / "kecamatan" / "index.html").read_bytes()
    assert ask(nginx, "/kecamatan/", If_None_Match=page.headers["ETag"]).status == 304
    assert ask(nginx, "/kecamatan/index.html", Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"
    moved = ask(nginx, "/kecamatan")
    assert (moved.status, moved.headers["Location"]) == (301, "/kecamatan/")


def test_nginx_names_every_kind_of_file(nginx: int, folder: Path) -> None:
    kinds = {
        "index.html": "text/html",
        "statis/gaya.css": "text/css",
        "statis/pokin.js": "application/javascript",
        "statis/ikon.svg": "image/svg+xml",
        "kecamatan/pohon.json": "application/json",
        "uji.dot": "text/vnd.graphviz",
    }
    (folder / "uji.dot").write_text("graph {}", "utf-8")
    for path, kind in kinds.items():
        assert ask(nginx, f"/{path}").headers["Content-Type"] == f"{kind}; charset=utf-8", path
    known = {path.rpartition(".")[2] for path in seed_site()}
    assert known <= {path.rpartition(".")[2] for path in kinds}


def test_nginx_says_404_with_our_page(nginx: int, folder: Path) -> None:
    ours = (folder / "404.html").read_bytes()
    for path in ("/hilang.html", "/a/b/c", "/kecamatan/kinerja/", "/.pokin-situs.json", "/404.html"):
        reply = ask(nginx, path)
        assert (reply.status, reply.body) == (404, ours), path
        assert reply.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("kind", ["nginx", "apache", "xml", "caddyfile"])
def test_every_sample_sends_the_policy_of_the_pages(kind: str) -> None:
    text = sample(kind)
    assert f'"{policy()}{FRAMES}"' in text
    assert "404.html" in text
    for name, value in HEADERS.items():
        assert re.search(rf'{name}"?\s+(value=)?"?{value}\b', text), name


def test_the_iis_sample_is_well_formed_and_knows_every_kind_of_file() -> None:
    root = ET.fromstring(sample("xml"))  # noqa: S314 - our own text
    given = [(m.get("fileExtension") or "") for m in root.iter("mimeMap")]
    removed = {r.get("fileExtension") for r in root.iter("remove")}
    assert {f".{path.rpartition('.')[2]}" for path in seed_site()} <= set(given)
    assert len(given) == len(set(given))
    assert set(given) <= removed
    assert all("charset=utf-8" in (m.get("mimeType") or "") for m in root.iter("mimeMap"))
    assert [e.get("path") for e in root.iter("error")] == ["404.html", "404.html"]


def test_the_apache_sample_opens_and_closes_its_sections() -> None:
    open_: list[str] = []
    for closing, name in re.findall(r"^\s*<(/?)(\w+)", sample("apache"), re.MULTILINE):
        if closing:
            assert open_.pop() == name
        else:
            open_.append(name)
    assert open_ == []
    assert "ErrorDocument 404 /404.html" in sample("apache")


def test_links_of_the_guide_lead_to_headings() -> None:
    text = GUIDE.read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(#([^)]+)\)", text)
    assert links
    assert set(links) <= anchors
    assert "hosting.md" in (DOCS / "bahasa.md").read_text("utf-8")
