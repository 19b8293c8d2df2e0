"""The bar of a long build: shown on a terminal, gone when done, and nowhere else."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr

import pytest

from pokin_dsl.cli import console
from pokin_dsl.cli.console import Bar, print_segments


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Give a terminal; every build is a long one."""
    monkeypatch.setattr(console, "_SECONDS_WITHOUT_BAR", 0.0)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return Terminal()


def build_something(terminal: Terminal) -> None:
    """Tell a bar of stages while standard error goes to this terminal (a fixture could not: pytest takes it back)."""
    with redirect_stderr(terminal), Bar() as bar:
        bar.told("Membaca", 0, 0)
        bar.told("Membuat halaman", 1500, 10000)


def test_stages_are_told_and_the_line_is_taken_back(terminal: Terminal) -> None:
    build_something(terminal)
    shown = terminal.getvalue()
    assert "Membuat halaman" in shown
    assert "1.500 dari 10.000" in shown
    assert shown.rindex("\x1b[2K") > shown.rindex("Membuat halaman")


def test_there_is_no_colour_where_none_is_wanted(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    build_something(terminal)
    assert "Membuat halaman" in terminal.getvalue()
    assert "\x1b[38;" not in terminal.getvalue()


def test_a_short_build_shows_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "_SECONDS_WITHOUT_BAR", 3600.0)
    build_something(terminal)
    assert terminal.getvalue() == ""


def test_a_terminal_that_cannot_move_its_cursor_shows_nothing(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    build_something(terminal)
    assert terminal.getvalue() == ""


def test_a_file_shows_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "isatty", lambda: False)
    build_something(terminal)
    assert terminal.getvalue() == ""


def test_findings_are_coloured_on_a_terminal_alone(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", terminal)
    print_segments([("galat", "galat"), ("", " biasa\n")])
    assert terminal.getvalue() == "\x1b[31m\x1b[1mgalat\x1b[0m biasa\n"
    plain = io.StringIO()
    monkeypatch.setattr(sys, "stdout", plain)
    print_segments([("galat", "galat"), ("", " biasa\n")])
    assert plain.getvalue() == "galat biasa\n"
