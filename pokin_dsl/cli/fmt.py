"""``pokin fmt``: write tree files in their canonical form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pokin_dsl.cli.wording import Perintah

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.diagnostics import Severity
    from pokin_dsl.edge.formatting import Formatting

_STANDARD_INPUT = Path("-")


@click.command(cls=Perintah, add_help_option=False)
@click.argument("jalur", nargs=-1, metavar="[FOLDER|BERKAS|-]...", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Sebutkan berkas yang belum dalam bentuk baku, tanpa menulis apa pun.")
@click.option("--diff", is_flag=True, help="Tampilkan perubahannya tanpa menulis apa pun.")
@click.help_option("--help", "-h", help="Tampilkan bantuan ini lalu selesai.")
def fmt(jalur: tuple[Path, ...], *, check: bool, diff: bool) -> int:
    """Menulis ulang berkas pohon dalam bentuk baku.

    Yang berubah hanya bentuknya: indentasi, baris kosong, urutan anotasi, urutan tahun, dan salah tulis yang dapat
    diperbaiki dengan aman. Kalimat, urutan simpul, dan komentar tetap. Berkas yang disertakan ikut ditulis ulang.

    Berkas yang masih memuat galat bacaan dibiarkan seperti semula, dan galatnya ditampilkan. Dengan tanda - sebagai
    ganti jalur, teks dibaca dari masukan standar dan hasilnya ditulis ke keluaran standar.

    Kode keluar 0 bila selesai, 1 bila ada berkas yang dibiarkan atau, dengan --check dan --diff, belum dalam bentuk
    baku, 2 bila salah pemakaian.
    """
    from pokin_dsl.cli.console import print_problem
    from pokin_dsl.edge.formatting import FormError
    from pokin_dsl.edge.location import SurroundingsError

    if _STANDARD_INPUT in jalur and len(jalur) > 1:
        raise click.UsageError("Tanda - tidak dapat digabung dengan jalur lain.")
    try:
        if _STANDARD_INPUT in jalur:
            return _format_stream(check=check, diff=diff)
        return _format_files(jalur, check=check, diff=diff)
    except (SurroundingsError, FormError) as problem:
        print_problem(problem)
        return 2


def _format_files(jalur: tuple[Path, ...], *, check: bool, diff: bool) -> int:
    from pokin_dsl.edge.formatting import format_workspace, write_formatted
    from pokin_dsl.edge.workspace import open_workspace

    workspace = open_workspace(jalur, Path.cwd())
    formatting = format_workspace(workspace)
    if not (check or diff):
        write_formatted(workspace.root, formatting)
    if diff:
        _print_difference(formatting)
    _print(_report(formatting, written=not (check or diff)), err=diff)
    return _code(formatting, fails_on_change=check or diff)


def _format_stream(*, check: bool, diff: bool) -> int:
    """Format standard input; a text that cannot be formatted comes out as it went in, so that no editor loses it."""
    from pokin_dsl.edge.formatting import STANDARD_INPUT, format_bytes

    data = sys.stdin.buffer.read()
    try:
        formatting = format_bytes(data, _severities())
    except Exception:
        _write(data, unless=check or diff)
        raise
    if diff:
        _print_difference(formatting)
    text = formatting.after.get(STANDARD_INPUT)
    _write(data if text is None else text.encode("utf-8"), unless=check or diff)
    _print("\n".join(_reasons(formatting)), err=True)
    if (check or diff) and formatting.after:
        _print("Masukan ini belum dalam bentuk baku.\n", err=True)
    return _code(formatting, fails_on_change=check or diff)


def _severities() -> Mapping[str, Severity | None]:
    """Give what the workspace around this folder says of the rules, if there is one."""
    from pokin_dsl.edge.location import SurroundingsError
    from pokin_dsl.edge.workspace import open_workspace

    try:
        return open_workspace((), Path.cwd()).severities
    except SurroundingsError:
        return {}


def _write(content: bytes, *, unless: bool) -> None:
    from pokin_dsl.edge.fixing import physical_lines, printable

    if unless:
        return
    if sys.stdout.isatty():
        click.echo(printable(physical_lines(content.decode("utf-8", "replace")), terminal=True), nl=False)
    else:
        click.echo(content, nl=False)


def _print_difference(formatting: Formatting) -> None:
    from pokin_dsl.edge.fixing import printable

    click.echo(printable(formatting.difference(), terminal=sys.stdout.isatty()), nl=False)


def _print(text: str, *, err: bool) -> None:
    click.echo(text, nl=False, err=err)


def _code(formatting: Formatting, *, fails_on_change: bool) -> int:
    return 1 if formatting.left or formatting.unread or (fails_on_change and formatting.after) else 0


def _report(formatting: Formatting, *, written: bool) -> str:
    """Tell which files change, why others are left alone, and how many there are of each."""
    from pokin_dsl.report.plain import safe

    told = "Ditulis ulang" if written else "Belum baku"
    changing = "".join(f"{told}: {safe(path)}\n" for path in formatting.after)
    reasons = _reasons(formatting)
    summary = _summary(formatting, written=written)
    return "\n".join([text for text in (changing, *reasons, summary) if text]) if reasons else changing + summary


def _reasons(formatting: Formatting) -> list[str]:
    """Tell for each file that is left alone why: its findings, as ``pokin check`` prints them."""
    from pokin_dsl.report.plain import report, safe

    reasons: list[str] = []
    for path, findings in formatting.left.items():
        shown = "".join(text for _, text in report(findings, formatting.sources))
        them = "galat ini" if len(findings) == 1 else f"{len(findings)} galat ini"
        reasons.append(f"{shown}Dibiarkan: {safe(path)}. Perbaiki dahulu {them}.\n")
    return reasons + [f"Dibiarkan: {safe(path)}. Berkas ini tidak dapat dibuka.\n" for path in formatting.unread]


def _summary(formatting: Formatting, *, written: bool) -> str:
    left = len(formatting.left) + len(formatting.unread)
    files = len(formatting.before) + left
    changing = len(formatting.after)
    counts = [
        (changing, "ditulis ulang dalam bentuk baku" if written else "belum dalam bentuk baku"),
        (left, "dibiarkan"),
    ]
    told = ", ".join(f"{count} {what}" for count, what in counts if count)
    return f"{files} berkas: {told or 'semuanya sudah dalam bentuk baku'}.\n"
