"""Printing to the terminal: findings with colour where there is a terminal, the same text plainly elsewhere."""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.progress import Progress, TaskID

    from pokin_dsl.report.plain import Segment

# By click and not by rich, whose import alone takes as long as a build with nothing changed.
_STYLES: dict[str, Callable[[str], str]] = {
    "galat": partial(click.style, fg="red", bold=True),
    "peringatan": partial(click.style, fg="yellow", bold=True),
    "info": partial(click.style, fg="cyan", bold=True),
    "kode": partial(click.style, bold=True),
    "pesan": partial(click.style, bold=True),
    "tempat": partial(click.style, dim=True),
    "garis": partial(click.style, dim=True),
    "saran": partial(click.style, fg="green"),
    "baik": partial(click.style, fg="green", bold=True),
    "kutipan": partial(click.style, italic=True),
    "pohon": partial(click.style, bold=True, underline=True),
    "cabang": partial(click.style, bold=True),
    "baru": partial(click.style, fg="green"),
    "lama": partial(click.style, fg="red"),
    "pindah": partial(click.style, fg="cyan"),
    "ubah": partial(click.style, fg="yellow"),
    "pk": partial(click.style, dim=True),
}
# A bar that flashes up for a moment is worse than none.
_SECONDS_WITHOUT_BAR = 1.0


def print_segments(segments: Iterable[Segment]) -> None:
    """Print styled pieces to standard output."""
    if sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb":
        segments = ((style, _STYLES.get(style, str)(text)) for style, text in segments)
    click.echo("".join(text for _, text in segments), nl=False)


def print_problem(problem: Exception) -> None:
    """Print what stands in the way, to standard error."""
    click.echo(str(problem), err=True)


class Bar:
    """Shows on the terminal how far a long build is; a short one shows nothing, and no trace of the bar remains."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._wanted = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._stage = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Take the bar away, for good."""
        self._wanted = False
        if self._progress is not None:
            self._progress.stop()

    def told(self, stage: str, done: int, of: int) -> None:
        """Hear what is being done, how much of it is done, and of how much (0 where that is not known)."""
        if not self._wanted or time.monotonic() - self._since < _SECONDS_WITHOUT_BAR:
            return
        if self._progress is None:
            self._progress = _started()
        if stage != self._stage:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._stage, self._task = stage, self._progress.add_task(stage, total=of or None, counted="")
        if self._task is not None and of:
            counted = f"{done:,} dari {of:,}".replace(",", ".")
            self._progress.update(self._task, completed=done, counted=counted)


def _started() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description:<16}"), BarColumn(), TextColumn("{task.fields[counted]}"))
    console = Console(stderr=True)
    progress = Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    progress.start()
    return progress
