"""``pokin explain``: what a rule finds and why, or the list of all rules."""

from __future__ import annotations

import click

from pokin_dsl.cli.wording import Perintah


@click.command(cls=Perintah, add_help_option=False)
@click.argument("kode", nargs=-1, metavar="[KODE]...")
@click.help_option("--help", "-h", help="Tampilkan bantuan ini lalu selesai.")
def explain(kode: tuple[str, ...]) -> int:
    """Menerangkan aturan pemeriksaan: apa yang ditemukan, mengapa, dan contohnya.

    KODE adalah kode pada temuan, misalnya P106; nama aturan (turunan-berjejal) dan awal kode (P1) juga dimengerti.
    Tanpa KODE, semua aturan didaftar.
    """
    from pokin_dsl.cli.console import print_segments
    from pokin_dsl.report.explained import rule_list, rule_page
    from pokin_dsl.rules.catalogue import FAMILIES, find

    if not kode:
        print_segments(rule_list())
        return 0
    words = [word.upper() if word.upper() in FAMILIES else word for word in kode]
    if unknown := [word for word in words if word not in FAMILIES and find(word) is None]:
        for word in unknown:
            click.echo(_unknown(word), err=True)
        return 2
    from pokin_dsl.edge.package import explanations

    for nth, word in enumerate(words):
        if nth:
            print_segments([("", "\n")])
        rule = find(word)
        print_segments(rule_page(rule, explanations().get(rule.code)) if rule else rule_list(word))
    return 0


def _unknown(word: str) -> str:
    from pokin_dsl.rules.catalogue import near

    meant = near(word)
    told = f'Aturan "{word}" tidak dikenal.'
    if meant is None:
        return f"{told} Lihat daftarnya dengan: pokin explain"
    return f"{told} Mungkin maksudnya {meant.code} ({meant.name})."
