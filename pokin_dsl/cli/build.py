"""``pokin build``: trees to a site."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pokin_dsl.cli.wording import Perintah

if TYPE_CHECKING:
    from pokin_dsl.edge.building import Built
    from pokin_dsl.edge.cache import Cache
    from pokin_dsl.edge.unchanged import Account, Request
    from pokin_dsl.edge.workspace import Workspace
    from pokin_dsl.site.comparison import Former


@click.command(cls=Perintah, add_help_option=False)
@click.argument("jalur", nargs=-1, metavar="[FOLDER|BERKAS]...", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="FOLDER", type=click.Path(path_type=Path), help="Folder keluaran (bawaan: output)."
)
@click.option("--force", is_flag=True, help="Terbitkan yang terbaca meskipun ada galat yang membuat pohon tidak utuh.")
@click.option("--strict", is_flag=True, help="Peringatan ikut menggagalkan (kode keluar 1).")
@click.option(
    "--compare",
    metavar="REVISI",
    help="Tambahkan halaman perubahan sejak revisi git ini, dan tandai kinerja yang berubah.",
)
@click.option(
    "--zip", "as_zip", is_flag=True, help="Buat juga satu arsip di samping folder keluaran, beserta daftar checksum."
)
@click.option(
    "--tema-dari",
    "look_from",
    metavar="REVISI",
    help="Pakai tema dan pengaturan dari revisi git ini, bukan dari folder ini: untuk membangun usulan orang lain.",
)
@click.option("--no-cache", is_flag=True, help="Buat semuanya dari awal, tanpa memakai atau menyimpan ingatan pokin.")
@click.help_option("--help", "-h", help="Tampilkan bantuan ini lalu selesai.")
def build(
    jalur: tuple[Path, ...],
    output: Path | None,
    *,
    force: bool,
    strict: bool,
    compare: str | None,
    as_zip: bool,
    look_from: str | None,
    no_cache: bool,
) -> int:
    """Membangun situs dari pohon kinerja.

    Situs berupa berkas biasa: dapat dibuka langsung dari folder, ditaruh di server intranet, atau dibawa di USB.
    Situs lama tidak disentuh bila ada baris yang tidak terbaca, kecuali dengan --force.

    Dengan --compare main, situs memuat perubahan.html: apa yang ditambahkan, dihapus, dipindahkan, dan diubah sejak
    revisi itu, dengan gambar sebelum dan sesudah serta PK siapa saja yang tersentuh.

    Dengan --zip, seluruh situs juga dikemas menjadi satu arsip bernama seperti folder keluarannya, misalnya output.zip.
    """
    from pokin_dsl.cli.console import print_problem
    from pokin_dsl.edge.cache import NO_CACHE, open_cache
    from pokin_dsl.edge.location import SurroundingsError, locate
    from pokin_dsl.edge.unchanged import Request, unchanged

    started = time.monotonic()
    try:
        request = Request(locate(jalur, Path.cwd()), output, force)
        with NO_CACHE if no_cache else open_cache(request.location.root) as cache:
            account = unchanged(cache, request) if compare is None and look_from is None else None
            published = True
            if account is not None:
                shown = _from_here(output or Path(account.target))
                _tell(account, _same_as_before(account, shown, time.monotonic() - started))
            else:
                account, published = _build(request, cache, _former(request, compare, only=bool(jalur)), look_from)
        if as_zip and published:
            _archive(output or Path(account.target))
    except SurroundingsError as problem:
        print_problem(problem)
        return 2
    return 1 if account.fails or (strict and account.fails_when_strict) else 0


def _former(request: Request, revision: str | None, *, only: bool) -> Former | None:
    """Read what is compared with, if anything; ``only`` the files that are built."""
    if revision is None:
        return None
    from pokin_dsl.edge.former import former_version
    from pokin_dsl.report.plain import safe

    found = former_version(request.location.root, revision, request.location.addresses if only else None)
    if found.unread:
        what = f"{found.unread} galat bacaan; hanya yang terbaca yang dibandingkan"
        click.echo(f"Perhatian: {safe(found.former.name)} memuat {what}.", err=True)
    return found.former


def _build(request: Request, cache: Cache, former: Former | None, look_from: str | None) -> tuple[Account, bool]:
    """Build, tell of it, and remember what was told for a build that would say the same; say whether it published.

    A build that asks git is not remembered: what a revision means can change without any file that was read.
    """
    from pokin_dsl.cli.console import Bar
    from pokin_dsl.edge.building import Aids, build_workspace
    from pokin_dsl.edge.recording import record_build
    from pokin_dsl.site.urls import CHANGES

    workspace = _opened(request, look_from)
    target = request.output or workspace.keluaran
    with Bar() as bar:
        built = build_workspace(workspace, target, Aids(cache, bar.told), force=request.force, former=former)
    account = _account(built, target)
    done = _what_was_done(built, _from_here(target))
    if former is None and look_from is None:
        record_build(cache, request, built, account)
    if former is not None and built.published is not None:
        done += f"Perubahan sejak {former.name}: {_from_here(target) / CHANGES}\n"
    _tell(account, done)
    return account, built.published is not None


def _opened(request: Request, look_from: str | None) -> Workspace:
    """Open the workspace, where it is asked in the look that it had in a revision."""
    from pokin_dsl.edge.workspace import in_the_look_of, open_located

    workspace = open_located(request.location)
    if look_from is None:
        return workspace
    from pokin_dsl.edge.versions import settings_since

    return in_the_look_of(workspace, settings_since(workspace.root, look_from))


def _archive(target: Path) -> None:
    """Pack the published site, and tell by what its recipient can check it."""
    from pokin_dsl.cli.console import Bar
    from pokin_dsl.edge.archive import archive

    with Bar() as bar:
        made = archive(target, bar.told)
    state = "" if made.written else ", sudah sesuai"
    size = f"{made.size / 1_000_000:.1f}".replace(".", ",")
    files = f"{made.files:,}".replace(",", ".")
    click.echo(f"Arsip: {_from_here(made.path)}, {files} berkas, {size} MB{state}.\nSHA-256 arsip: {made.digest}")


def _account(built: Built, target: Path) -> Account:
    """Put together what needs attention; infos are counted here and shown by ``pokin check``."""
    from pokin_dsl.diagnostics import Severity
    from pokin_dsl.edge.unchanged import Account
    from pokin_dsl.report.plain import report, summary
    from pokin_dsl.report.verdict import fails

    found = built.compilation.diagnostics
    urgent = [finding for finding in found if finding.severity is not Severity.INFO]
    told = summary(found, len(built.compilation.trees)) + "\n"
    if built.published is not None and len(urgent) < len(found):
        told += "Lihat semua temuan: pokin check\n"
    segments = (*report(urgent, built.compilation.sources), ("pesan", told))
    failing = (fails(found, strict=strict) for strict in (False, True))
    return Account(str(target), built.pages, segments, *failing)


def _what_was_done(built: Built, shown: Path) -> str:
    if built.published is None:
        return "Situs tidak diterbitkan: perbaiki dahulu galat di atas, atau pakai --force. Situs lama tidak berubah.\n"
    return (
        f"Situs diterbitkan di {shown}: {built.pages} halaman, {_seconds(built.seconds, 1)} detik.\n"
        f"Buka {shown / 'index.html'} dengan peramban.\n"
    )


def _same_as_before(account: Account, shown: Path, seconds: float) -> str:
    return (
        f"Situs di {shown} sudah sesuai dengan pohonnya: {account.pages} halaman, tidak ada yang berubah, "
        f"{_seconds(seconds, 2)} detik.\n"
        f"Buka {shown / 'index.html'} dengan peramban.\n"
    )


def _tell(account: Account, done: str) -> None:
    from pokin_dsl.cli.console import print_segments

    print_segments((*account.segments, ("pesan", done)))


def _seconds(seconds: float, places: int) -> str:
    return f"{seconds:.{places}f}".replace(".", ",")


def _from_here(path: Path) -> Path:
    """Give a path as one would type it here: without the folder that one is in."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
