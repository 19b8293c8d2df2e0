"""Click in Indonesian: headings of the help, and the sentences for wrong usage."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = ("build", "check", "diff", "explain", "fmt", "init", "merge", "pr", "serve")

_PIECES = {"[OPTIONS]": "[PILIHAN]", "[COMMAND] [ARGS]...": "[PERINTAH]"}
"""What click writes into the line of usage, and what it is in Indonesian."""


class ReaderGoneError(Exception):
    """The reader of a pipe (head, less) went away before all was printed; what would have been found is not known."""


class _Indonesian(click.Command):
    """A command whose help has Indonesian headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how the command is called."""
        pieces = (_PIECES.get(piece, piece) for piece in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Pemakaian: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under an Indonesian heading."""
        options = (parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option))
        rows = [row for option in options if (row := option.get_help_record(ctx))]
        if rows:
            with formatter.section("Pilihan"):
                formatter.write_dl(rows)


class Perintah(_Indonesian):
    """One subcommand."""


class Kelompok(_Indonesian, click.Group):
    """The command itself: its subcommands are imported when they are asked for."""

    command_class = Perintah

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; of a pipe without a reader click would make exit code 1, which here means findings.

        Raises:
            ReaderGoneError: nobody reads what is printed.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGoneError from error

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the names of the subcommands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import one subcommand."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"pokin_dsl.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand, or say which one may have been meant."""
        if args and args[0] not in COMMANDS:
            raise click.UsageError(_unknown_command(args[0]), ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write options, then subcommands."""
        super().format_options(ctx, formatter)
        rows = [(name, _short_help(self.get_command(ctx, name))) for name in COMMANDS]
        with formatter.section("Perintah"):
            formatter.write_dl(rows)
        with formatter.section("Kode keluar"):
            formatter.write_dl([("0", "bersih"), ("1", "ada temuan"), ("2", "salah pemakaian atau lingkungan")])


def explain_usage_error(error: click.ClickException) -> str:
    """Say in Indonesian what is wrong with a call."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "pokin"
    return f"{_sentence(error)}\nBantuan: {path} --help"


def _short_help(command: click.Command | None) -> str:
    return command.get_short_help_str(limit=100) if command else ""


def _unknown_command(name: str) -> str:
    from pokin_dsl.suggestion import nearest

    near = nearest(name, COMMANDS)
    told = f'Perintah "{name}" tidak dikenal.'
    return f"{told} Mungkin maksudnya {near}." if near else f"{told} Yang ada: {', '.join(COMMANDS)}."


def _sentence(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near: Sequence[str] = error.possibilities or ()
        return f"Pilihan {error.option_name} tidak dikenal." + (f" Mungkin maksudnya {near[0]}." if near else "")
    if isinstance(error, click.BadOptionUsage):
        return f"Pilihan {error.option_name} ditulis tidak lengkap atau berlebih."
    if isinstance(error, click.MissingParameter):
        return f"Argumen wajib belum ditulis: {_called(error.param)}."
    if isinstance(error, click.BadParameter):
        return _bad_value(error.param)
    if type(error) is click.UsageError and "unexpected extra argument" in error.message:
        return "Ada argumen yang berlebih."
    return error.message


def _bad_value(parameter: click.Parameter | None) -> str:
    told = f"Nilai untuk {_called(parameter)}"
    if parameter and isinstance(parameter.type, click.Choice):
        return f"{told} tidak dikenal. Yang ada: {', '.join(parameter.type.choices)}."
    if parameter and parameter.type is click.INT:
        return f"{told} harus berupa bilangan bulat."
    return f"{told} tidak dapat dipakai."


def _called(parameter: click.Parameter | None) -> str:
    """Give what a parameter is called in the help: an option as it is typed, an argument in capitals."""
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return (parameter and parameter.metavar) or "argumen"
