"""Same input, same bytes: whatever the hash seed, the time zone, the locale, the folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_KINDS = (
    *("index.html", "crosscutting.html", "404.html", "cari-pohon.js", "statis/jenjang.css", "statis/tema.css"),
    *("lengkap/index.html", "lengkap/lengkap/cari-data.js", "lengkap/lengkap/cetak.html", "lengkap/lengkap/pohon.dot"),
)


def built(folder: Path, **environment: str) -> dict[str, bytes]:
    """Build the real trees and those that have something of everything, in a look of their own, and pack the site."""
    shutil.copytree(ROOT / "docs" / "contoh-tema", folder)
    shutil.copytree(ROOT / "trees", folder / "trees" / "kabupaten")
    shutil.copytree(ROOT / "tests" / "data" / "lengkap", folder / "trees" / "lengkap")
    done = subprocess.run(
        [sys.executable, "-m", "pokin_dsl", "build", "--zip", "--force", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        check=False,
        capture_output=True,
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    return {path: content for path, content in files.items() if path.startswith("output")}


def test_the_output_depends_on_the_input_alone(tmp_path: Path) -> None:
    one = built(tmp_path / "satu", PYTHONHASHSEED="1", TZ="Asia/Jakarta", LC_ALL="C", LANG="C")
    two = built(
        tmp_path / "folder lain" / "dua", PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C.UTF-8", LANG="id_ID"
    )
    assert len(one) > 250
    assert {"output.zip", *(f"output/{path}" for path in _KINDS)} <= one.keys()
    assert [path for path in one.keys() | two.keys() if one.get(path) != two.get(path)] == []
