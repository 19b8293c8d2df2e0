"""``pokin serve``: the site beside the editor, up to date with every save."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pokin_dsl.cli.wording import Perintah

if TYPE_CHECKING:
    from pokin_dsl.cli.console import Bar
    from pokin_dsl.edge.preview.doors import Door
    from pokin_dsl.edge.preview.news import State
    from pokin_dsl.report.plain import Segment


@click.command(cls=Perintah, add_help_option=False)
@click.argument("jalur", nargs=-1, metavar="[FOLDER|BERKAS]...", type=click.Path(path_type=Path))
@click.option("--open", "open_browser", is_flag=True, help="Buka peramban begitu pratinjau siap.")
@click.option(
    "--port", metavar="NOMOR", type=int, help="Port yang dipakai (bawaan: 17845, atau yang bebas berikutnya)."
)
@click.option("--editor", metavar="PERINTAH", default="", help='Penyunting, misalnya "code -g {berkas}:{baris}".')
@click.option("--polling", is_flag=True, help="Lihat berkas tiap setengah detik, untuk folder jaringan.")
@click.help_option("--help", "-h", help="Tampilkan bantuan ini lalu selesai.")
def serve(jalur: tuple[Path, ...], *, open_browser: bool, port: int | None, editor: str, polling: bool) -> int:
    """Menampilkan situs selagi pohonnya ditulis.

    Setiap kali berkas disimpan, halaman yang terbuka di peramban berubah sendiri tanpa dimuat ulang. Galat ditampilkan
    di atas halaman, dan situs terakhir yang utuh tetap terlihat. Hanya komputer ini yang dapat membukanya.
    """
    import os

    from pokin_dsl.cli.console import Bar, print_problem, print_segments
    from pokin_dsl.edge.location import SurroundingsError
    from pokin_dsl.edge.preview.doors import open_door
    from pokin_dsl.edge.preview.editor import find_editor
    from pokin_dsl.edge.preview.running import Wishes, run_preview
    from pokin_dsl.edge.preview.workbench import Workbench

    try:
        wishes = Wishes(find_editor(editor, os.environ), polling)
        bench = Workbench(jalur, Path.cwd())
        door = open_door(port)
        with Bar() as bar:
            run_preview(bench, door, wishes, _Terminal(door, bar, open_browser=open_browser))
    except SurroundingsError as problem:
        print_problem(problem)
        return 2
    print_segments([("", "Pratinjau dihentikan.\n")])
    return 0


class _Terminal:
    """Shows on the terminal how the preview is doing."""

    def __init__(self, door: Door, bar: Bar, *, open_browser: bool) -> None:
        self._door = door
        self._open_browser = open_browser
        self._bar = bar
        self.told = bar.told

    def ready(self, state: State, watching: str) -> None:
        """Say where the preview is, and open it where that was asked for."""
        import webbrowser

        from pokin_dsl.cli.console import print_segments

        self._bar.end()
        print_segments(_greeting(self._door, state, watching))
        if self._open_browser:
            webbrowser.open(self._door.address)

    def done(self, state: State, pages: int, seconds: float) -> None:
        """Tell of a change in one line."""
        from pokin_dsl.cli.console import print_segments

        print_segments(_summary(state, pages, seconds))


def _greeting(door: Door, state: State, watching: str) -> list[Segment]:
    told: list[Segment] = []
    if door.port != door.wanted:
        told.append(("peringatan", f"Port {door.wanted} sedang dipakai, jadi dipakai port {door.port}.\n"))
    told += [("pesan", f"Pratinjau: {door.address}\n"), ("", "  "), *_condition(state), ("", "\n")]
    if watching:
        told.append(("", f"  {watching}\n"))
    told.append(("garis", "  Simpan berkas .pokin untuk memperbarui halaman; tekan Ctrl-C untuk berhenti.\n"))
    return told


def _summary(state: State, pages: int, seconds: float) -> list[Segment]:
    """Tell of a change in one line: when, how many pages, what was found, how soon it was seen."""
    clock = datetime.now().astimezone().strftime("%H.%M.%S")
    what = f"{pages} halaman berubah" if pages else "tidak ada halaman yang berubah"
    told: list[Segment] = [("garis", f"{clock}  "), ("", f"{what} · "), *_condition(state)]
    return [*told, ("garis", f" · {round(seconds * 1000)} milidetik\n")]


def _condition(state: State) -> list[Segment]:
    """Tell how many findings there are, and the first galat with its place."""
    counts = ((len(state.problems), "galat"), (state.warnings, "peringatan"), (state.remarks, "info"))
    from pokin_dsl.report.plain import safe

    told: list[Segment] = []
    for number, name in counts:
        if number:
            told += [("", ", "), (name, f"{number} {name}")]
    if state.problems:
        first = state.problems[0]
        place = f"{first.file}:{first.line}: " if first.line else ""
        told.append(("", f" · {safe(f'{place}{first.message}')}"))
    return told[1:] or [("baik", "tidak ada temuan")]
