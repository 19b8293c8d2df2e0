"""Git repositories for tests: made with settings of their own, so that nothing of the user's git has a say."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TREE = """pokin: 1
judul: Pohon Kinerja Kecamatan

jabatan [camat] Camat
  jabatan [kasi] Kasi Pelayanan

outcome [tata-kelola] Terwujudnya Tata Kelola Kecamatan yang Baik
  @indikator [ikm] Indeks Kepuasan Masyarakat
    @target (indeks) 2025=83 2026=84
  @pk camat

  csf [isu] Belum Optimalnya Pelayanan Masyarakat
    kondisi [pelayanan] Meningkatnya Pelayanan Masyarakat
      @indikator [tepat] Persentase Permohonan yang Selesai Tepat Waktu
        @target (%) 2025=85 2026=88
      @pk kasi
      operasional [loket] Terlayaninya Permohonan di Loket
        @indikator [jumlah] Jumlah Permohonan yang Dilayani
          @target (permohonan) 2025=1200
        @pk kasi
"""
_OWN = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Penguji",
    "GIT_AUTHOR_EMAIL": "penguji@contoh.test",
    "GIT_COMMITTER_NAME": "Penguji",
    "GIT_COMMITTER_EMAIL": "penguji@contoh.test",
}


def git(folder: Path, *words: str, check: bool = True) -> str:
    """Run git as a user would and give what it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        env={**environment, **_OWN, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert not check or done.returncode == 0, done.stderr
    return done.stdout


def commit_all(folder: Path, **files: str) -> str:
    """Write trees by name, commit everything, and give the commit's object name."""
    for name, text in files.items():
        path = folder / "trees" / f"{name}.pokin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "perubahan")
    return git(folder, "rev-parse", "HEAD").strip()


def new_repository(folder: Path, tree: str = TREE) -> Path:
    """Make a repository whose only commit, on ``main``, holds one tree ``kec``."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit_all(folder, kec=tree)
    return folder
