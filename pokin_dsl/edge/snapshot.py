"""The files of a workspace as they were in a commit, read from git's objects: nothing is checked out."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from pokin_dsl.edge.git import DEEPEN, SECONDS, GitError, run_git, said, start_git
from pokin_dsl.report.plain import safe
from pokin_dsl.syntax.vocabulary import MOST_CHARACTERS

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator, Mapping

    from pokin_dsl.edge.git import Commit, Repository

_PLAIN_FILES = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The plain files of a commit below a folder, by path relative to it; links and submodules are not among them."""

    oids: Mapping[str, str]
    read: Callable[[str], bytes]

    def load(self, path: str) -> bytes | None:
        """Load one file, None where there is none; of one that is too large no more than it takes to tell.

        Raises:
            GitError: its content is not in this repository.
        """
        oid = self.oids.get(path)
        return None if oid is None else self.read(oid)


@contextmanager
def snapshot(found: Repository, at: Commit, folder: str) -> Iterator[Snapshot]:
    """Open the files of a commit below a folder of the repository (empty or ``.``: all) for as long as is needed.

    Raises:
        GitError: the commit cannot be listed.
    """
    below = "" if folder in ("", ".") else f"{folder}/"
    done = run_git(found, "ls-tree", "-r", "-z", "--full-tree", at.oid, "--", *([below] if below else []))
    if done.returncode:
        raise GitError(f"Isi revisi {safe(at.name)} tidak dapat dibaca: {said(done)}")
    oids = dict(_listed(done.stdout, below))
    process = start_git(found, "cat-file", "--batch")
    try:
        yield Snapshot(oids, lambda oid: _content(process, oid, at))
    finally:
        process.kill()
        process.communicate()


def _listed(listing: bytes, below: str) -> Iterator[tuple[str, str]]:
    """Read ``mode type oid TAB path NUL``; paths that are no UTF-8 keep their bytes as halves of surrogate pairs."""
    for line in listing.split(b"\0"):
        facts, _, name = line.partition(b"\t")
        mode, kind, oid = (*facts.decode("ascii", "replace").split(" "), "", "")[:3]
        path = name.decode("utf-8", "surrogateescape")
        if mode in _PLAIN_FILES and kind == "blob" and path.startswith(below):
            yield path.removeprefix(below), oid


def _content(process: subprocess.Popen[bytes], oid: str, at: Commit) -> bytes:
    """Ask for one object; the process is ended if it does not answer in time."""
    clock = threading.Timer(SECONDS, process.kill)
    clock.start()
    try:
        return _answer(cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout), oid)
    except (OSError, ValueError) as error:
        raise GitError(f"Isi revisi {safe(at.name)} tidak ada seluruhnya di repositori ini.\n{DEEPEN}") from error
    finally:
        clock.cancel()


def _answer(questions: IO[bytes], answers: IO[bytes], oid: str) -> bytes:
    """Speak one round of ``cat-file --batch``: ``oid LF``, answered by ``oid blob size LF content LF``."""
    questions.write(oid.encode("ascii") + b"\n")
    questions.flush()
    head = answers.readline().split(b" ")
    if len(head) != 3 or head[1] != b"blob":  # noqa: PLR2004 - the three words of an answer
        raise ValueError(oid)
    size = int(head[2])
    content = answers.read(min(size, MOST_CHARACTERS + 1))
    left = size - len(content) + 1
    while left:
        skipped = len(answers.read(min(left, MOST_CHARACTERS)))
        if not skipped:
            raise ValueError(oid)
        left -= skipped
    return content
