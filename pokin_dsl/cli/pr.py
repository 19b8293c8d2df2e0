"""``pokin pr``: check, format check and comparison in one run, for the pipeline of a code host."""

from __future__ import annotations

from pathlib import Path

import click

from pokin_dsl.cli.wording import Perintah

ANNOTATIONS = ("github",)


@click.command(cls=Perintah, add_help_option=False)
@click.argument("revisi", metavar="REVISI")
@click.option("--strict", is_flag=True, help="Peringatan ikut menggagalkan (kode keluar 1).")
@click.option("--comment", metavar="BERKAS", type=click.Path(path_type=Path), help="Tulis komentar ke berkas ini.")
@click.option(
    "--annotations",
    type=click.Choice(ANNOTATIONS, case_sensitive=False),
    help="Cetak temuan sebagai anotasi ke keluaran standar.",
)
@click.option(
    "--codequality",
    metavar="BERKAS",
    type=click.Path(path_type=Path),
    help="Tulis temuan ke berkas ini sebagai laporan Code Quality GitLab.",
)
@click.help_option("--help", "-h", help="Tampilkan bantuan ini lalu selesai.")
def pr(revisi: str, *, strict: bool, comment: Path | None, annotations: str | None, codequality: Path | None) -> int:
    """Memeriksa usulan perubahan (pull request) dan menulis komentarnya.

    REVISI adalah cabang tujuan, misalnya origin/main. Yang diperiksa adalah berkas di ruang kerja ini; perubahan makna
    dan temuan baru dihitung sejak usulan berpisah dari cabang itu. Bobot aturan diambil dari pokin.toml cabang tujuan,
    sehingga usulan tidak dapat mematikan aturan yang dilanggarnya.

    Komentar ditulis sebagai Markdown ke keluaran standar, atau ke berkas dengan --comment. Baris pertamanya penanda
    yang tidak tampak, sehingga komentar yang sama dapat diperbarui.

    Kode keluar sama dengan pokin check: 0 bila bersih, 1 bila ada galat (atau peringatan dengan --strict), 2 bila salah
    pemakaian.
    """
    from pokin_dsl.cli.console import print_problem
    from pokin_dsl.edge.comparing import write_report
    from pokin_dsl.edge.location import SurroundingsError
    from pokin_dsl.edge.reviewing import review
    from pokin_dsl.report.github import github
    from pokin_dsl.report.gitlab import gitlab
    from pokin_dsl.report.review import review_markdown
    from pokin_dsl.report.verdict import fails

    if annotations and comment is None:
        raise click.UsageError("Tulis juga --comment BERKAS, karena keluaran standar dipakai untuk anotasi.")
    try:
        found = review(Path.cwd(), revisi)
        text = review_markdown(found)
        if comment is not None:
            write_report(comment, text)
        if codequality is not None:
            write_report(codequality, gitlab(found.findings, found.sources))
    except SurroundingsError as problem:
        print_problem(problem)
        return 2
    told = text if comment is None else github(found.findings, found.sources) if annotations else ""
    click.echo(told.encode("utf-8", "replace"), nl=False)
    return 1 if fails(found.findings, strict=strict) else 0
