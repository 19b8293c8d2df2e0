"""The command ``pokin``: one module per subcommand, each importing what it needs only when it runs."""

from __future__ import annotations

import gc
import os
import sys

import click

from pokin_dsl import __version__
from pokin_dsl.cli.wording import Kelompok, ReaderGoneError, explain_usage_error


@click.group(cls=Kelompok, invoke_without_command=True, add_help_option=False)
@click.option("--version", "show_version", is_flag=True, help="Tampilkan versi lalu selesai.")
@click.help_option("--help", "-h", help="Tampilkan bantuan ini lalu selesai.")
@click.pass_context
def pokin(context: click.Context, *, show_version: bool) -> None:
    """Mengubah pohon kinerja berupa teks menjadi situs yang terperiksa dan saling bertaut.

    Tanpa argumen, setiap perintah bekerja pada ruang kerja di sekitar folder ini: folder terdekat ke atas yang memuat
    pokin.toml atau folder trees.
    """
    if show_version:
        click.echo(f"pokin {__version__}")
    elif context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> None:
    """Run the command line; exit codes are 0 clean, 1 findings, 2 usage or environment."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = pokin.main(prog_name="pokin", standalone_mode=False)
    except click.Abort:
        click.echo("Dihentikan.", err=True)
        code = 2
    except click.ClickException as error:
        click.echo(explain_usage_error(error), err=True)
        code = 2
    except ReaderGoneError:
        # Python would complain once more when it ends and finds that what is left cannot be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 2
    # The process ends: without this Python would walk all that was read once more, for a third of the run's time.
    gc.freeze()
    sys.exit(code if isinstance(code, int) else 0)
