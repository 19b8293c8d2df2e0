"""Git, asked only to read, and with everything disarmed by which a repository could run a program or reach a network.

A repository may come from a stranger, with its ``.git/config``. So only plumbing runs that reads objects; nothing is
checked out; what the user gave stands behind ``--end-of-options`` and is never an option.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pokin_dsl.edge.location import SurroundingsError
from pokin_dsl.edge.refusals import refusal
from pokin_dsl.report.plain import safe
from pokin_dsl.suggestion import nearest

SECONDS = 30.0
"""So long may git take for one answer."""
DEEPEN = (
    "Salinan ini mungkin tidak lengkap. Ambil riwayatnya dengan: git fetch --unshallow\n"
    "Pada CI, minta riwayat penuh, misalnya fetch-depth: 0 (GitHub, Gitea) atau GIT_DEPTH: 0 (GitLab)."
)
"""What to do where the history may have been fetched in part."""

_SETTINGS = (
    *("core.fsmonitor=false", "core.hooksPath=/dev/null", "core.attributesFile=/dev/null", "core.pager=cat"),
    *("core.sshCommand=false", "core.gitProxy=false", "core.alternateRefsCommand=false", "core.askPass="),
    *("diff.external=", "credential.helper=", "gpg.program=false", "protocol.allow=never", "maintenance.auto=false"),
    *("gc.auto=0", "safe.bareRepository=explicit", "core.useReplaceRefs=false"),
)
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    # What git says is read by us, so it must not depend on the machine's language.
    "LC_ALL": "C",
    "LANGUAGE": "C",
}
# The user's own settings are needed only to open what belongs to others and the user trusts (`safe.directory`).
_NO_OWN_SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
_DROPPED = ("GIT_", "SSH_ASKPASS", "PAGER")
_OID = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_CONTROLS = re.compile("[\x00-\x1f\x7f]")
_SHORT = 7
_MOST_NAMES = 2000


class GitError(SurroundingsError):
    """Git cannot answer; the text is for the user, and the exit code is 2."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository by the folder that holds its ``.git``; ``own_settings`` says that only the user's trust opens it."""

    top: Path
    own_settings: bool = False


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its object name, and the name that the user gave with the beginning of that: ``main@1a2b3c4``."""

    oid: str
    name: str


def repository(place: Path) -> Repository:
    """Find the repository around an existing folder.

    Raises:
        GitError: there is none, git is missing, or git refuses it because it belongs to another user.
    """
    real = place.resolve()
    tops = (folder for folder in (real, *real.parents) if (folder / ".git").exists())
    top = next(tops, None)
    if top is None:
        raise GitError(
            f'Folder "{real.name}" tidak berada dalam repositori git, jadi belum mempunyai revisi.\n'
            "Mulai dengan: git init. Tanpa git, pokin diff dapat membandingkan dua berkas atau dua folder."
        )
    for found in (Repository(top), Repository(top, own_settings=True)):
        done = run_git(found, "rev-parse", "--git-dir")
        if done.returncode == 0:
            return found
        if b"dubious ownership" not in done.stderr and b"unsafe repository" not in done.stderr:
            raise GitError(f'Repositori git di "{top.name}" tidak dapat dibuka: {said(done)}')
    raise GitError(
        f'Repositori git di "{top.name}" milik pengguna lain, jadi git menolak membukanya.\n'
        f"Bila Anda memercayainya: git config --global --add safe.directory {top.as_posix()}"
    )


def commit(found: Repository, revision: str) -> Commit:
    """Find the commit that the user named.

    Raises:
        GitError: there is none of this name; the message suggests a near one, or how to fetch it.
    """
    if not revision or revision.startswith("-") or _CONTROLS.search(revision):
        raise GitError(f'"{safe(revision)}" tidak dapat menjadi nama revisi.')
    done = run_git(found, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    oid = done.stdout.decode("ascii", "replace").strip()
    if done.returncode or not _OID.fullmatch(oid):
        raise GitError(_unknown(found, revision))
    return Commit(oid, oid[:_SHORT] if oid.startswith(revision.lower()) else f"{revision}@{oid[:_SHORT]}")


def merge_base(found: Repository, one: Commit, other: Commit) -> Commit:
    """Give the newest commit from which both have come.

    Raises:
        GitError: there is none, or it was not fetched.
    """
    done = run_git(found, "merge-base", one.oid, other.oid)
    oid = done.stdout.decode("ascii", "replace").strip()
    if done.returncode or not _OID.fullmatch(oid):
        message = f"Revisi {safe(one.name)} dan {safe(other.name)} tidak mempunyai asal bersama."
        raise GitError(f"{message}\n{DEEPEN}" if _is_shallow(found) else message)
    return one if oid == one.oid else other if oid == other.oid else Commit(oid, oid[:_SHORT])


def run_git(found: Repository, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run one command of git, disarmed; its exit code is the caller's to judge.

    Raises:
        GitError: git is missing or does not answer in time.
    """
    try:
        return subprocess.run(  # noqa: S603 - an argument list, no shell
            [*_command(found), *words],
            cwd=found.top,
            env=_environment(found),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise GitError(f"Git tidak menjawab dalam {SECONDS:.0f} detik.") from error
    except OSError as error:
        raise GitError(f"Git tidak dapat dijalankan: {refusal(error)}.") from error


def start_git(found: Repository, *words: str) -> subprocess.Popen[bytes]:
    """Start a command of git, disarmed, that is asked line by line; the caller ends it."""
    return subprocess.Popen(  # noqa: S603 - an argument list, no shell
        [*_command(found), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=found.top,
        env=_environment(found),
    )


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """Give the last line of what git complained of, made harmless."""
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return safe(lines[-1].removeprefix("fatal: ")) if lines else "git tidak menyebut alasannya"


def _unknown(found: Repository, revision: str) -> str:
    told = f'Revisi "{safe(revision)}" tidak ditemukan.'
    names = _names(found)
    if not names and revision == "HEAD":
        return f"{told} Repositori ini belum mempunyai komit."
    near = next((name for name in names if name.endswith(f"/{revision}")), "") or nearest(revision, names)
    if near:
        return f"{told} Mungkin maksudnya {safe(near)}."
    if _is_shallow(found):
        return f"{told}\n{DEEPEN}"
    return f"{told} Cabang dan tag yang ada ditampilkan oleh: git branch --all, git tag"


def _names(found: Repository) -> tuple[str, ...]:
    """Give the names of branches and tags."""
    asked = ("refs/heads", "refs/remotes", "refs/tags")
    done = run_git(found, "for-each-ref", f"--count={_MOST_NAMES}", "--format=%(refname:lstrip=2)", *asked)
    return tuple(done.stdout.decode("utf-8", "replace").split())


def _is_shallow(found: Repository) -> bool:
    return run_git(found, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def _command(found: Repository) -> list[str]:
    safe_settings = (word for setting in _SETTINGS for word in ("-c", setting))
    return [_program(os.environ.get("PATH", "")), "--no-pager", *safe_settings, f"--work-tree={found.top}"]


def _environment(found: Repository) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(_DROPPED)}
    return {**kept, **_ENVIRONMENT, **({} if found.own_settings else _NO_OWN_SETTINGS)}


@cache
def _program(path: str) -> str:
    """Find git in the folders of PATH alone: Windows would look into the current folder first."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in path.split(os.pathsep):
        program = Path(folder) / name
        if program.is_absolute() and program.is_file() and os.access(program, os.X_OK):
            return str(program)
    raise GitError(
        "Git tidak ditemukan di komputer ini.\n"
        "Pasang dari https://git-scm.com, atau bandingkan dua berkas atau dua folder."
    )
