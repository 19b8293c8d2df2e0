"""A watch that tests listen to: what it told, when, and that it told no more."""

from __future__ import annotations

import queue
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.edge import observing
from pokin_dsl.edge.settling import EXACT, POLLED
from pokin_dsl.edge.watch import Watch, may_be_input

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLD = "pokin: 1\njudul: Lama\n"
NEW = "pokin: 1\njudul: Baru\n\noutcome Meningkatnya pelayanan\n"
PATIENCE = 20.0

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="what the system tells differs elsewhere")


@dataclass(frozen=True)
class Signal:
    """What was told, by names below the workspace, and what the told files held at that moment."""

    names: frozenset[str]
    texts: dict[str, str]


class Listener:
    """A watch on ``trees/`` of a workspace, and the signals that it gave."""

    def __init__(self, root: Path, *, polling: bool = False) -> None:
        self.root = root
        self.trees = root / "trees"
        self.file = self.trees / "kecamatan.pokin"
        self.trees.mkdir()
        self.file.write_text(OLD, "utf-8")
        self.signals: queue.Queue[Signal] = queue.Queue()
        self.watch = Watch(self._settled, may_be_input, polling=polling)

    def follow(self) -> None:
        self.watch.follow({self.root: False, self.trees: True})

    def _settled(self, paths: frozenset[Path]) -> None:
        texts = {self._name(path): path.read_text("utf-8") for path in paths if path.is_file()}
        self.signals.put(Signal(frozenset(map(self._name, paths)), texts))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def next(self) -> Signal:
        return self.signals.get(timeout=PATIENCE)

    def nothing_more(self) -> None:
        """Prove that no signal is under way: what is saved now is all that the next one tells."""
        (self.root / "penanda.pokin").write_text(NEW, "utf-8")
        assert self.next().names == {"penanda.pokin"}


@contextmanager
def listening(root: Path) -> Iterator[Listener]:
    """Follow a workspace as long as that takes."""
    made = Listener(root)
    made.follow()
    try:
        yield made
    finally:
        made.watch.stop()


def slow_down(patch: pytest.MonkeyPatch) -> None:
    """Wait longer between the steps of one save, and look sooner: a busy machine may stop a test half-way."""
    patch.setattr(observing, "EXACT", replace(EXACT, written=0.3, vanished=0.3))
    patch.setattr(observing, "POLLED", replace(POLLED, complete=0.3, written=0.3))
    patch.setattr(observing, "POLLING_INTERVAL", 0.05)


def in_place(file: Path) -> None:
    file.write_text(NEW, "utf-8")


def renamed_over(file: Path) -> None:
    staged = file.with_name(".kecamatan.pokin.Xy12")
    staged.write_text(NEW, "utf-8")
    staged.replace(file)
