"""The command ``pokin`` in tests: within the test's own process, and where that tells less, as one of its own."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent


def pokin(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command without the cost of starting it: from its words to its exit code and all that it prints."""
    done = pokin_bytes(*words, folder=folder, given=b"", **environment)
    return subprocess.CompletedProcess(done.args, done.returncode, _text(done.stdout), _text(done.stderr))


def pokin_bytes(
    *words: str, folder: Path, given: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run it the same way, with something on standard input, and give the bytes that it prints."""
    streams = {name: TextIOWrapper(BytesIO(), "utf-8") for name in ("stdout", "stderr")}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["pokin", *words])
        patch.setattr(sys, "stdin", TextIOWrapper(BytesIO(given), "utf-8"))
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        for name, value in environment.items():
            patch.setenv(name, value)
        code = _exit_code()
    out, err = (_written(stream) for stream in streams.values())
    return subprocess.CompletedProcess(words, code, out, err)


def pokin_process(
    *words: str, folder: Path, given: bytes = b"", environment: Mapping[str, str] = os.environ
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a user does."""
    return subprocess.run(
        command(*words),
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
        input=given,
        capture_output=True,
        check=False,
        timeout=120,
    )


def command(*words: str) -> list[str]:
    """Give the words that start the command as a process of its own."""
    return [sys.executable, "-m", "pokin_dsl", *words]


def _exit_code() -> int:
    with pytest.raises(SystemExit) as end:
        main()
    gc.unfreeze()  # what the command froze because its process was about to end
    assert isinstance(end.value.code, int)
    return end.value.code


def _written(stream: TextIOWrapper) -> bytes:
    stream.flush()
    assert isinstance(stream.buffer, BytesIO)
    return stream.buffer.getvalue()


def _text(written: bytes) -> str:
    return TextIOWrapper(BytesIO(written), "utf-8").read()
