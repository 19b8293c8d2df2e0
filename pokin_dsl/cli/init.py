"""``pokin init``: a new workspace with a small tree that passes."""

from __future__ import annotations

from pathlib import Path

import click

from pokin_dsl.cli.wording import Perintah


@click.command(cls=Perintah, add_help_option=False)
@click.argument("folder", metavar="[FOLDER]", default=Path(), type=click.Path(path_type=Path))
@click.help_option("--help", "-h", help="Tampilkan bantuan ini lalu selesai.")
def init(folder: Path) -> int:
    """Menyiapkan folder kerja baru berisi contoh pohon yang siap diubah.

    Tidak ada berkas yang ditimpa.
    """
    from pokin_dsl.cli.console import print_problem
    from pokin_dsl.edge.starting import start_workspace
    from pokin_dsl.edge.workspace import SurroundingsError

    try:
        written = start_workspace(folder)
    except SurroundingsError as problem:
        print_problem(problem)
        return 2
    click.echo(f"Ruang kerja siap di {folder.resolve().name}: {', '.join(written)}.\n")
    click.echo("Tiga langkah berikutnya:")
    number = 1
    if folder.resolve() != Path.cwd():
        click.echo(f"  1. Masuk ke foldernya:    cd {folder}")
        number = 2
    click.echo(f"  {number}. Bangun situsnya:       pokin build, lalu buka output/index.html")
    click.echo(f"  {number + 1}. Ubah pohon contohnya:  trees/contoh.pokin, dengan editor teks apa pun")
    if number == 1:
        click.echo("  3. Periksa hasilnya:      pokin check")
    return 0
