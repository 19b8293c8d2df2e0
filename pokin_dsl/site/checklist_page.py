"""The review checklist of a tree: what no program can decide, what is ticked (``@cek``) and what is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.rules.registry import BY_CODE
from pokin_dsl.rules.review import CHECKLIST, DECIDED, settled, ticks
from pokin_dsl.site import urls
from pokin_dsl.site.frame import STAGES
from pokin_dsl.site.lookups import count
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.model.tree import Cek, Simpul
    from pokin_dsl.rules.review import Trik
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Lookups

_SEPARATOR = ","


def checklist_page(lookups: Lookups, frame: TreeFrame) -> Page:
    """Make the page."""
    context: Context = {
        **frame.page("Daftar periksa", "pemeriksaan", "", ({"teks": "Pemeriksaan", "href": urls.FINDINGS},)),
        **checklist_progress(lookups),
        "tahap_pohon": lookups.pohon.tahap,
        "kelompok": [_stage(lookups, number, name) for number, name, _ in STAGES if _of_stage(number)],
        "diperiksa_pokin": list(_decided(lookups)),
    }
    return Page(urls.in_tree(lookups.name, urls.CHECKLIST), "daftar-periksa.html.j2", context)


def checklist_progress(lookups: Lookups) -> Mapping[str, str]:
    """Count the ticks that the stage of a tree asks for, once for each top outcome, and those that are made."""
    asked = {trik.nomor for trik in CHECKLIST if trik.tahap <= lookups.pohon.tahap}
    made = sum(len(asked & settled(top)) for top in lookups.pohon.akar)
    return {"sudah": count(made), "semua": count(len(asked) * len(lookups.pohon.akar))}


def recorded(cek: Cek) -> Mapping[str, str]:
    """Give a tick with its date and by whom; what stands before the first comma is the date."""
    date, _, person = cek.teks.partition(_SEPARATOR)
    return {"trik": cek.trik, "tanggal": date.strip(), "oleh": person.strip()}


def _of_stage(number: int) -> list[Trik]:
    return [trik for trik in CHECKLIST if trik.tahap == number]


def _stage(lookups: Lookups, number: int, name: str) -> Context:
    asked = number <= lookups.pohon.tahap
    tops = [(top, settled(top), ticks(top)) for top in lookups.pohon.akar] if asked else []
    return {
        "tahap": number,
        "nama": name,
        "ditanyakan": asked,
        "butir": [
            {
                "trik": trik.nomor,
                "teks": trik.teks,
                "tanya": trik.tanya,
                "baris": [_row(lookups, top, made[trik.nomor], done=trik.nomor in done) for top, done, made in tops],
            }
            for trik in _of_stage(number)
        ],
    }


def _row(lookups: Lookups, top: Simpul, made: tuple[tuple[Simpul, Cek], ...], *, done: bool) -> Context:
    return {
        "kinerja": lookups.links[top.id],
        "sudah": done,
        "centang": [
            {**recorded(cek), "kinerja": None if simpul is top else lookups.links[simpul.id]} for simpul, cek in made
        ],
    }


def _decided(lookups: Lookups) -> Iterator[Context]:
    """Give the triks that rules look after, with those rules."""
    for nomor, codes in DECIDED.items():
        yield {
            "trik": nomor,
            "aturan": [
                {
                    "kode": code,
                    "menemukan": BY_CODE[code].finds,
                    "halaman": urls.rule(code) if code in lookups.rules else "",
                }
                for code in codes
                if code in BY_CODE
            ],
        }
