"""``pokin merge``: put two versions of a tree file together, as git's merge driver or by hand."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pokin_dsl.cli.wording import Perintah

if TYPE_CHECKING:
    from pokin_dsl.edge.merging import Merging
    from pokin_dsl.model.merge.threeway import Labels

_MOST_LABELS = 2
_FILE = click.Path(path_type=Path)


@click.command(cls=Perintah, add_help_option=False)
@click.argument("asal", metavar="ASAL", type=_FILE)
@click.argument("sekarang", metavar="SEKARANG", type=_FILE)
@click.argument("masuk", metavar="MASUK", type=_FILE)
@click.option("--path", "jalur", metavar="JALUR", default="", help="Nama berkas yang ditampilkan dalam pesan.")
@click.option(
    "-L", "label", metavar="LABEL", multiple=True, help="Nama versi pada penanda: pertama SEKARANG, kedua MASUK."
)
@click.option("--stdout", "printed", is_flag=True, help="Tulis hasilnya ke keluaran standar; berkas tidak diubah.")
@click.help_option("--help", "-h", help="Tampilkan bantuan ini lalu selesai.")
def merge(asal: Path, sekarang: Path, masuk: Path, jalur: str, label: tuple[str, ...], *, printed: bool) -> int:
    """Menggabungkan dua versi sebuah berkas pohon, fakta demi fakta.

    ASAL adalah versi sebelum keduanya berpisah, SEKARANG versi di cabang ini, MASUK versi yang digabungkan. Hasilnya
    ditulis ke SEKARANG. Perubahan pada fakta yang berbeda digabungkan, juga bila cabangnya dipindahkan. Fakta yang
    diubah keduanya secara berbeda ditulis dua kali di antara penanda <<<<<<< dan >>>>>>> untuk dipilih.

    Sebagai penggabung bagi git: pokin merge %O %A %B --path %P

    Kode keluar 0 bila bersih, 1 bila ada yang harus dipilih, 2 bila salah pemakaian atau berkas tidak terbaca.
    """
    from pokin_dsl.cli.console import print_problem
    from pokin_dsl.edge.location import SurroundingsError
    from pokin_dsl.edge.merging import merge_files, write_merged

    if len(label) > _MOST_LABELS:
        raise click.UsageError("Pilihan -L ditulis paling banyak dua kali.")
    try:
        merging = merge_files(asal, sekarang, masuk, _labels(label))
        if not printed:
            write_merged(sekarang, merging)
    except SurroundingsError as problem:
        print_problem(problem)
        return 2
    if printed:
        sys.stdout.buffer.write(merging.content)
        sys.stdout.buffer.flush()
    click.echo(_told(jalur or sekarang.name, merging), nl=False, err=True)
    return 0 if not merging.conflicts else 1 if merging.readable else 2


def _labels(given: tuple[str, ...]) -> Labels:
    from pokin_dsl.model.merge.threeway import LABELS, Labels

    # A label with a line break would break the marker.
    clean = [" ".join(one.split()) for one in given]
    return Labels(*clean, *(LABELS.ours, LABELS.theirs)[len(clean) :])


def _told(path: str, merging: Merging) -> str:
    from pokin_dsl.report.plain import safe

    if not merging.conflicts:
        return ""
    name = safe(path)
    if not merging.readable:
        return (
            f"{name}: salah satu versinya bukan teks UTF-8 yang utuh, jadi tidak dapat digabungkan fakta demi fakta.\n"
        )
    where = "satu tempat" if merging.conflicts == 1 else f"{merging.conflicts} tempat"
    why = "" if merging.by_fact else "Versi-versinya tidak dapat dipadankan, jadi setiap perbedaan ditandai. "
    return f"{name}: {where} harus dipilih. {why}Cari <<<<<<<, hapus versi yang tidak dipakai, lalu: pokin check\n"
