"""Same input, same bytes: whatever the hash seed, the time zone, the locale, the folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def built(folder: Path, **environment: str) -> dict[str, bytes]:
    (folder / "trees").mkdir(parents=True)
    for tree in (ROOT / "trees").glob("*.pokin"):
        shutil.copy(tree, folder / "trees")
    subprocess.run(
        [sys.executable, "-m", "pokin_dsl", "build"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        check=True,
        capture_output=True,
    )
    output = folder / "output"
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in sorted(output.rglob("*")) if p.is_file()}


def test_the_output_depends_on_the_input_alone(tmp_path: Path) -> None:
    one = built(tmp_path / "satu", PYTHONHASHSEED="1", TZ="Asia/Jakarta", LC_ALL="C", LANG="C")
    two = built(
        tmp_path / "folder lain" / "dua", PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C.UTF-8", LANG="id_ID"
    )
    assert len(one) > 100
    assert [path for path in one.keys() | two.keys() if one.get(path) != two.get(path)] == []
