"""``pokin serve`` as a user runs it: a process of its own beside a workspace that the test edits."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS = 30.0


class Served:
    """A running preview: its address, what it has printed, and the means to end it."""

    def __init__(self, root: Path, *options: str) -> None:
        command = [sys.executable, "-m", "pokin_dsl", "serve", *options]
        self.process = subprocess.Popen(
            command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=_environment()
        )
        self.lines: list[str] = []
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = self.wait_for_line("Pratinjau: ").partition(": ")[2]

    def wait_for_line(self, part: str, *, after: int = 0) -> str:
        """Give the first line with this part, printed after so many others."""
        with self._news:
            self._news.wait_for(lambda: self._found(part, after) or not self._reader.is_alive(), _SECONDS)
            found = self._found(part, after)
        assert found, f"{part!r} was not printed: {self.lines}"
        return found

    def get(self, path: str) -> str:
        with urlopen(self.url + path, timeout=_SECONDS) as answer:  # noqa: S310 - our own server
            text: str = answer.read().decode()
        return text

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        """Ask the process to end, and give its exit code."""
        self.process.send_signal(number)
        code = self.process.wait(_SECONDS)
        self._reader.join(_SECONDS)
        return code

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self._news:
                self.lines.append(line.rstrip("\n"))
                self._news.notify_all()
        with self._news:
            self._news.notify_all()

    def _found(self, part: str, after: int) -> str:
        return next((line for line in self.lines[after:] if part in line), "")


@contextmanager
def served(root: Path, *options: str) -> Iterator[Served]:
    running = Served(root, *options)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
        running.process.wait()
        if running.process.stdout:
            running._reader.join(_SECONDS)
            running.process.stdout.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def children(pid: int) -> list[int]:
    """Give the processes that a process has started and not yet buried (Linux)."""
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in _words(task / "children")]


def _words(file: Path) -> list[str]:
    return file.read_text().split() if file.exists() else []


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
