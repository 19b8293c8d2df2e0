"""``pokin build``: trees to a site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pokin_dsl.cli.wording import Perintah

if TYPE_CHECKING:
    from pokin_dsl.edge.building import Built


@click.command(cls=Perintah, add_help_option=False)
@click.argument("jalur", nargs=-1, metavar="[FOLDER|BERKAS]...", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="FOLDER", type=click.Path(path_type=Path), help="Folder keluaran (bawaan: output)."
)
@click.option("--force", is_flag=True, help="Terbitkan yang terbaca meskipun ada galat yang membuat pohon tidak utuh.")
@click.option("--strict", is_flag=True, help="Peringatan ikut menggagalkan (kode keluar 1).")
@click.help_option("--help", "-h", help="Tampilkan bantuan ini lalu selesai.")
def build(jalur: tuple[Path, ...], output: Path | None, *, force: bool, strict: bool) -> int:
    """Membangun situs dari pohon kinerja.

    Situs berupa berkas biasa: dapat dibuka langsung dari folder, ditaruh di server intranet, atau dibawa di USB.
    Situs lama tidak disentuh bila ada baris yang tidak terbaca, kecuali dengan --force.
    """
    from pokin_dsl.cli.console import print_problem
    from pokin_dsl.edge.building import build_workspace
    from pokin_dsl.edge.workspace import SurroundingsError, open_workspace
    from pokin_dsl.report.verdict import fails

    try:
        workspace = open_workspace(jalur, Path.cwd())
        target = output or workspace.keluaran
        built = build_workspace(workspace, target, force=force)
    except SurroundingsError as problem:
        print_problem(problem)
        return 2
    _tell(built, target)
    return 1 if fails(built.compilation.diagnostics, strict=strict) else 0


def _tell(built: Built, target: Path) -> None:
    """Print what needs attention, then what was done; infos are counted here and shown by ``pokin check``."""
    from pokin_dsl.cli.console import print_segments
    from pokin_dsl.diagnostics import Severity
    from pokin_dsl.report.plain import report, summary

    compilation = built.compilation
    found = compilation.diagnostics
    urgent = [finding for finding in found if finding.severity is not Severity.INFO]
    print_segments(report(urgent, compilation.sources))
    told = summary(found, len(compilation.trees)) + "\n"
    if built.published is None:
        told += (
            "Situs tidak diterbitkan: perbaiki dahulu galat di atas, atau pakai --force. Situs lama tidak berubah.\n"
        )
        print_segments([("pesan", told)])
        return
    if len(urgent) < len(found):
        told += "Info lengkap: pokin check\n"
    seconds = f"{built.seconds:.1f}".replace(".", ",")
    shown = _from_here(target)
    told += f"Situs diterbitkan di {shown}: {built.pages} halaman, {seconds} detik.\n"
    told += f"Buka {shown / 'index.html'} dengan peramban.\n"
    print_segments([("pesan", told)])


def _from_here(path: Path) -> Path:
    """Give a path as one would type it here: without the folder that one is in."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
