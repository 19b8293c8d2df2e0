"""``pokin init``: a new workspace with a small tree that passes, and what git may be told about trees."""

from __future__ import annotations

from pathlib import Path

import click

from pokin_dsl.cli.wording import Perintah


@click.command(cls=Perintah, add_help_option=False)
@click.argument("folder", metavar="[FOLDER]", default=Path(), type=click.Path(path_type=Path))
@click.option("--git", "only_git", is_flag=True, help="Hanya bagian git, untuk ruang kerja yang sudah ada.")
@click.help_option("--help", "-h", help="Tampilkan bantuan ini lalu selesai.")
def init(folder: Path, *, only_git: bool) -> int:
    """Menyiapkan folder kerja baru berisi contoh pohon yang siap diubah.

    Tidak ada berkas yang ditimpa. Berkas .gitattributes ikut ditulis, dan perintah yang membuat git mengenal pohon
    ditampilkan untuk Anda jalankan sendiri bila memerlukannya.
    """
    from pokin_dsl.cli.console import print_problem
    from pokin_dsl.edge.location import SurroundingsError
    from pokin_dsl.edge.starting import ATTRIBUTES, start_attributes, start_workspace

    try:
        written = () if only_git else start_workspace(folder)
        attributes = start_attributes(folder)
    except SurroundingsError as problem:
        print_problem(problem)
        return 2
    written += (ATTRIBUTES,) if attributes.written else ()
    if only_git and written:
        click.echo(f"Ditulis: {', '.join(written)}.\n")
    if not only_git:
        _tell_next_steps(folder, written)
    _tell_git_steps(folder, attributes.missing)
    return 0


def _tell_next_steps(folder: Path, written: tuple[str, ...]) -> None:
    click.echo(f"Ruang kerja siap di {folder.resolve().name}: {', '.join(written)}.\n")
    click.echo("Tiga langkah berikutnya:")
    number = 1
    if folder.resolve() != Path.cwd():
        click.echo(f"  1. Masuk ke foldernya:    cd {folder}")
        number = 2
    click.echo(f"  {number}. Lihat situsnya:        pokin serve --open")
    click.echo(f"  {number + 1}. Ubah pohon contohnya:  trees/contoh.pokin, dengan editor teks apa pun")
    if number == 1:
        click.echo("  3. Terbitkan hasilnya:    pokin build, lalu buka output/index.html")
    click.echo()


def _tell_git_steps(folder: Path, missing: str) -> None:
    """Show what the user may run; none of it is done here, for it changes what git does."""
    from pokin_dsl.edge.starting import ATTRIBUTES, git_steps

    if missing:
        click.echo(f"{ATTRIBUTES} sudah ada dan tidak diubah. Tambahkan baris ini ke dalamnya:\n\n    {missing}\n")
    click.echo("Bila Anda memakai git, perintah berikut boleh dijalankan di folder repositorinya")
    click.echo("(di Windows: dengan Git Bash). Tidak satu pun dijalankan oleh pokin.")
    for step in git_steps(folder):
        click.echo(f"\n  Agar {step.purpose}:")
        for command in step.commands:
            click.echo(f"    {command}")
