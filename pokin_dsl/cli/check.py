"""``pokin check``: read and check trees, print every finding."""

from __future__ import annotations

from pathlib import Path

import click

from pokin_dsl.cli.wording import Perintah


@click.command(cls=Perintah, add_help_option=False)
@click.argument("jalur", nargs=-1, metavar="[FOLDER|BERKAS]...", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Peringatan ikut menggagalkan (kode keluar 1).")
@click.help_option("--help", "-h", help="Tampilkan bantuan ini lalu selesai.")
def check(jalur: tuple[Path, ...], *, strict: bool) -> int:
    """Memeriksa pohon kinerja dan menampilkan semua temuan.

    Kode keluar 0 bila bersih, 1 bila ada galat (atau peringatan dengan --strict), 2 bila salah pemakaian.
    """
    from pokin_dsl.cli.console import print_problem, print_segments
    from pokin_dsl.edge.building import compile_workspace
    from pokin_dsl.edge.workspace import SurroundingsError, open_workspace
    from pokin_dsl.report.plain import report, summary
    from pokin_dsl.report.verdict import fails

    try:
        compilation = compile_workspace(open_workspace(jalur, Path.cwd()))
    except SurroundingsError as problem:
        print_problem(problem)
        return 2
    found = compilation.diagnostics
    print_segments(report(found, compilation.sources))
    print_segments([("baik" if not found else "pesan", summary(found, len(compilation.trees)) + "\n")])
    return 1 if fails(found, strict=strict) else 0
