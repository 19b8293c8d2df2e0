"""``pokin check``: read and check trees, print every finding."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pokin_dsl.cli.wording import Perintah

if TYPE_CHECKING:
    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.edge.fixing import Fixing
    from pokin_dsl.edge.workspace import Workspace
    from pokin_dsl.pipeline import Compilation
    from pokin_dsl.rules.selection import Selection

FORMATS = ("teks", "baris", "json", "sarif", "github")
_ENGLISH = {"text": "teks", "oneline": "baris"}


class _Format(click.Choice[str]):
    """One of the formats; English names are understood too."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the format of this name."""
        return super().convert(_ENGLISH.get(value.casefold(), value), param, ctx)


class _Codes(click.ParamType[tuple[str, ...]]):
    """Codes of rules, or what they begin with, with commas between them."""

    name = "kode"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,  # noqa: ARG002 - click's signature
        ctx: click.Context | None,
    ) -> tuple[str, ...]:
        """Give the codes in capitals; one that no rule begins with is wrong usage."""
        from pokin_dsl.rules.registry import BY_CODE

        codes = tuple(word.strip().upper() for word in str(value).split(",") if word.strip())
        for code in codes:
            if not any(known.startswith(code) for known in BY_CODE):
                message = f'Tidak ada aturan yang kodenya diawali "{code}". Daftarnya: pokin explain'
                raise click.UsageError(message, ctx)
        return codes


@click.command(cls=Perintah, add_help_option=False)
@click.argument("jalur", nargs=-1, metavar="[FOLDER|BERKAS]...", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Peringatan ikut menggagalkan (kode keluar 1).")
@click.option("--select", metavar="KODE,...", type=_Codes(), default="", help="Hanya aturan ini, misalnya P1,P305.")
@click.option("--ignore", metavar="KODE,...", type=_Codes(), default="", help="Semua aturan kecuali ini.")
@click.option("--fix", is_flag=True, help="Terapkan perbaikan yang aman ke berkasnya, lalu tampilkan sisanya.")
@click.option("--diff", is_flag=True, help="Tampilkan perbaikan yang aman tanpa menulis apa pun.")
@click.option(
    "--format",
    "form",
    type=_Format(FORMATS, case_sensitive=False),
    default=FORMATS[0],
    help="Bentuk keluaran: teks untuk dibaca orang (bawaan); yang lain untuk editor, program, dan CI.",
)
@click.help_option("--help", "-h", help="Tampilkan bantuan ini lalu selesai.")
def check(
    jalur: tuple[Path, ...],
    *,
    strict: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    diff: bool,
    form: str,
) -> int:
    """Memeriksa pohon kinerja dan menampilkan semua temuan.

    Kode keluar 0 bila bersih, 1 bila ada galat (atau peringatan dengan --strict), 2 bila salah pemakaian.
    """
    from pokin_dsl.cli.console import print_problem
    from pokin_dsl.edge.building import compile_workspace
    from pokin_dsl.edge.location import SurroundingsError
    from pokin_dsl.edge.workspace import open_workspace
    from pokin_dsl.report.verdict import fails
    from pokin_dsl.rules.selection import Selection

    selection = Selection(select, ignore)
    try:
        workspace = open_workspace(jalur, Path.cwd())
        if diff:
            return _show_difference(workspace, selection)
        compilation = _fix(workspace, selection) if fix else compile_workspace(workspace)
    except SurroundingsError as problem:
        print_problem(problem)
        return 2
    found = selection.of(compilation.diagnostics)
    if form == FORMATS[0]:
        _print_for_people(compilation, found)
    else:
        _print_for_programs(compilation, found, form)
    return 1 if fails(found, strict=strict) else 0


def _show_difference(workspace: Workspace, selection: Selection) -> int:
    """Print what safe fixes would change; the exit code says whether there is anything."""
    from pokin_dsl.edge.fixing import fix_workspace, printable

    fixing = fix_workspace(workspace, selection.of)
    click.echo(printable(fixing.difference(), terminal=sys.stdout.isatty()), nl=False)
    click.echo(_told(fixing, "dapat diperbaiki"), err=True)
    return 1 if fixing.after else 0


def _fix(workspace: Workspace, selection: Selection) -> Compilation:
    """Write the safe fixes, tell what was changed, and give what remains."""
    from pokin_dsl.edge.fixing import fix_workspace, printable, write_fixed

    fixing = fix_workspace(workspace, selection.of)
    write_fixed(workspace.root, fixing)
    click.echo(printable(fixing.difference(), terminal=sys.stderr.isatty()), nl=False, err=True)
    click.echo(_told(fixing, "diperbaiki"), err=True)
    return fixing.remaining


def _told(fixing: Fixing, what: str) -> str:
    if not fixing.mended:
        return "Tidak ada perbaikan aman yang perlu diterapkan."
    return f"{len(fixing.mended)} temuan {what} dengan aman di {len(fixing.after)} berkas."


def _print_for_people(compilation: Compilation, found: tuple[Diagnostic, ...]) -> None:
    from pokin_dsl.cli.console import print_segments
    from pokin_dsl.report.plain import report, summary

    print_segments(report(found, compilation.sources))
    print_segments([("baik" if not found else "pesan", summary(found, len(compilation.trees)) + "\n")])


def _print_for_programs(compilation: Compilation, found: tuple[Diagnostic, ...], form: str) -> None:
    """Print nothing but the format to standard output, as bytes, so that line ends are LF everywhere."""
    from pokin_dsl.report.formats import formatted
    from pokin_dsl.report.plain import summary

    trees = len(compilation.trees)
    click.echo(formatted(form, found, compilation.sources, trees), nl=False)
    click.echo(summary(found, trees), err=True)
