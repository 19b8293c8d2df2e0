"""Web servers for tests: each run for real with the sample settings of docs/hosting.md, required in CI."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.served import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "hosting.md"
_HOST, _ROOT = "pohon.contoh.go.id", "/srv/pohon/output"
_APACHE_MODULES = ["mpm_event", "authz_core", "mime", "dir", "autoindex", "headers", "deflate", "filter"]


class Reply(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def sample(kind: str) -> str:
    """Give a sample of the guide by the name of its language."""
    found = re.findall(rf"^```{kind}\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Reply:
    """Ask for a path; it is sent as it is."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    reply = Reply(answer.status, answer.headers, answer.read())
    connection.close()
    return reply


@contextmanager
def nginx(folder: Path, home: Path) -> Iterator[int]:
    """Serve a folder; it goes to the background when it listens."""
    program, port = _program("nginx", "nginx-light"), free_port()
    server = _replaced(sample("nginx"), {"listen 80;": f"listen 127.0.0.1:{port};", _ROOT: str(folder)})
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


@contextmanager
def apache(folder: Path, home: Path) -> Iterator[int]:
    """Serve a folder with the sample as its `.htaccess`."""
    program, port = _program("apache2", "apache2-bin"), free_port()
    (folder / ".htaccess").write_text(sample("apache"), "utf-8")
    modules = [f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in _APACHE_MODULES]
    user = ["User www-data", "Group www-data"] if os.geteuid() == 0 else []
    lines = [
        *modules,
        *user,
        f"ServerName {_HOST}\nListen 127.0.0.1:{port}",
        f"DefaultRuntimeDir {home}\nPidFile {home}/pid\nErrorLog /dev/stderr\nTypesConfig /etc/mime.types",
        f'DocumentRoot "{folder}"\n<Directory "{folder}">\nAllowOverride All\nRequire all granted\n</Directory>',
    ]
    config = home / "apache.conf"
    config.write_text("\n".join(lines) + "\n", "utf-8")
    with _running([program, "-d", str(home), "-f", str(config), "-DFOREGROUND"], "resuming normal operations"):
        yield port


@contextmanager
def caddy(folder: Path, home: Path) -> Iterator[int]:
    """Serve a folder; nothing but the address of the sample is another."""
    program, port = _program("caddy", "caddy"), free_port()
    config = home / "Caddyfile"
    server = _replaced(sample("caddyfile"), {_HOST: f"http://127.0.0.1:{port}", _ROOT: str(folder)})
    config.write_text(f"{{\n    admin off\n}}\n{server}", "utf-8")
    command = [program, "run", "--adapter", "caddyfile", "--config", str(config)]
    with _running(command, "serving initial configuration", XDG_DATA_HOME=str(home), XDG_CONFIG_HOME=str(home)):
        yield port


SERVERS = {"nginx": nginx, "apache": apache, "caddy": caddy}


def _program(name: str, package: str) -> str:
    """Give the path of a server; without it the test is skipped, in CI it fails."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin")
    if not found and os.environ.get("CI"):
        pytest.fail(f"{name} is missing, and in CI the sample settings must be run.")
    if not found:
        pytest.skip(f"{name} is not installed (Debian: apt-get install --no-install-recommends {package}).")
    return found


def _replaced(text: str, words: dict[str, str]) -> str:
    """Put other words in the places of those that an admin is told to change; each must be there."""
    for old, new in words.items():
        assert old in text
        text = text.replace(old, new)
    return text


@contextmanager
def _running(command: list[str], ready: str, **environment: str) -> Iterator[None]:
    """Run a server until the end of the block, which begins when it has said that it is ready."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}) as process:
        try:
            assert process.stderr
            said: list[str] = []
            while not said or ready not in said[-1]:
                said.append(process.stderr.readline())
                assert said[-1], "".join(said)
            yield
        finally:
            process.terminate()
