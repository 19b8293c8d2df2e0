"""The wheel carries all that pokin needs: built, installed in a fresh environment elsewhere, used on the real tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*words: str | Path, folder: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(words, cwd=folder, env=clean, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_builds_the_kecamatan_tree_outside_the_checkout(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", tmp_path / "dist", ROOT, folder=tmp_path)
    wheel = next((tmp_path / "dist").glob("pokin_dsl-*.whl"))
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = (scripts / "python", "-m", "pip", "-q", "--disable-pip-version-check", "install")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.txt", folder=tmp_path)
    run(*pip, "--no-deps", wheel, folder=tmp_path)

    work = tmp_path / "kerja"
    (work / "trees").mkdir(parents=True)
    shutil.copy(ROOT / "trees" / "kecamatan.pokin", work / "trees")
    told = run(scripts / "pokin", "build", folder=work)
    assert "Situs diterbitkan" in told
    assert "<svg" in (work / "output" / "kecamatan" / "index.html").read_text("utf-8")
    assert (work / "output" / "kecamatan" / "pohon.svg").is_file()
    assert (work / "output" / "aturan" / "P106.html").is_file()
    assert "Sebaiknya" in run(scripts / "pokin", "explain", "P106", folder=work)
    run(scripts / "pokin", "init", "baru", folder=tmp_path)
