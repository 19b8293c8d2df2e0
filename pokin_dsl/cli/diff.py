"""``pokin diff``: what changed in meaning between two versions of trees."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pokin_dsl.cli.wording import Perintah

if TYPE_CHECKING:
    from pokin_dsl.edge.comparing import Compared, Side

FORMATS = ("teks", "markdown", "html", "json")
_ENGLISH = {"text": "teks", "md": "markdown"}
_PATHS = "pokin.jalur"
_SEPARATOR = "--"


class _Format(click.Choice[str]):
    """One of the formats; English and short names are understood too."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the format of this name."""
        return super().convert(_ENGLISH.get(value.casefold(), value), param, ctx)


class _WithPaths(Perintah):
    """A command that tells what stands behind ``--`` from what stands before it; click itself forgets the sign."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the paths aside, and read the rest."""
        if _SEPARATOR in args:
            at = args.index(_SEPARATOR)
            ctx.meta[_PATHS] = args[at + 1 :]
            args = args[:at]
        return super().parse_args(ctx, args)


@click.command(cls=_WithPaths, add_help_option=False)
@click.argument("versi", nargs=-1, metavar="[LAMA [BARU]] [-- JALUR...]")
@click.option(
    "--format",
    "form",
    type=_Format(FORMATS, case_sensitive=False),
    default=FORMATS[0],
    help="Bentuk keluaran: teks (bawaan), markdown untuk komentar, html untuk peramban, json untuk program.",
)
@click.option("--output", "-o", metavar="BERKAS", type=click.Path(path_type=Path), help="Tulis ke berkas ini.")
@click.option("--exit-code", is_flag=True, help="Kode keluar 1 bila ada perubahan makna.")
@click.help_option("--help", "-h", help="Tampilkan bantuan ini lalu selesai.")
@click.pass_context
def diff(context: click.Context, versi: tuple[str, ...], *, form: str, output: Path | None, exit_code: bool) -> int:
    """Membandingkan dua versi pohon dan menceritakan perubahan maknanya.

    LAMA dan BARU adalah dua berkas, dua folder, atau dua revisi git: main, HEAD~1, v2. Rentang juga boleh: main..HEAD,
    atau main...HEAD untuk perubahan sejak keduanya berpisah. Bila hanya satu revisi yang disebut, pembandingnya adalah
    berkas di folder ini; bila tidak ada, berkas di folder ini dibandingkan dengan komit terakhir (HEAD). Jalur sesudah
    tanda -- membatasi pohon yang dibandingkan.

    Perubahan bentuk saja (indentasi, urutan anotasi, komentar, pemecahan berkas) tidak ditampilkan. Bila makna tidak
    berubah, tidak ada keluaran.

    Kode keluar 0, juga bila ada perubahan (1 dengan --exit-code), 2 bila salah pemakaian.
    """
    from pokin_dsl.cli.console import print_problem
    from pokin_dsl.edge.comparing import compare
    from pokin_dsl.edge.location import SurroundingsError

    try:
        compared = compare(versi, context.meta.get(_PATHS), Path.cwd())
        for side in (compared.before, compared.after):
            _warn(side)
        _put(compared, form, output)
    except SurroundingsError as problem:
        print_problem(problem)
        return 2
    return 1 if exit_code and compared.changes else 0


def _put(compared: Compared, form: str, output: Path | None) -> None:
    from pokin_dsl.edge.comparing import write_report

    if output is not None:
        write_report(output, _text(compared, form))
    elif form == FORMATS[0]:
        from pokin_dsl.cli.console import print_segments
        from pokin_dsl.report.changes_plain import changes_report

        print_segments(changes_report(compared.changes) if compared.changes else ())
    else:
        click.echo(_text(compared, form).encode("utf-8", "replace"), nl=False)


def _text(compared: Compared, form: str) -> str:
    from pokin_dsl.edge.comparing import html_report
    from pokin_dsl.report.changes_json import changes_json
    from pokin_dsl.report.changes_markdown import changes_markdown
    from pokin_dsl.report.changes_plain import changes_report

    if form == "json":
        return changes_json(compared.changes)
    if form == "html":
        return html_report(compared)
    if not compared.changes:
        return ""
    if form == "markdown":
        return changes_markdown(compared.changes)
    return "".join(text for _, text in changes_report(compared.changes))


def _warn(side: Side) -> None:
    """Say that a version could not be read whole, so that nobody takes what is missing for a removal."""
    if side.unread:
        from pokin_dsl.report.plain import safe

        what = f"{side.unread} galat bacaan; hanya yang terbaca yang dibandingkan"
        click.echo(f"Perhatian: {safe(side.name)} memuat {what}.", err=True)
