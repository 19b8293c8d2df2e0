"""Printing to the terminal: findings with colour where there is a terminal, the same text plainly elsewhere."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pokin_dsl.report.plain import Segment

_STYLES = {
    "galat": "bold red",
    "peringatan": "bold yellow",
    "info": "bold cyan",
    "kode": "bold",
    "pesan": "bold",
    "tempat": "dim",
    "garis": "dim",
    "saran": "green",
    "baik": "bold green",
    "kutipan": "italic",
}


def print_segments(segments: Iterable[Segment]) -> None:
    """Print styled pieces to standard output."""
    if not _colourful():
        click.echo("".join(text for _, text in segments), nl=False)
        return
    from rich.console import Console
    from rich.text import Text

    text = Text()
    for style, piece in segments:
        text.append(piece, _STYLES.get(style, ""))
    Console(highlight=False, soft_wrap=True).print(text, end="")


def print_problem(problem: Exception) -> None:
    """Print what stands in the way, to standard error."""
    click.echo(str(problem), err=True)


def _colourful() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
