"""The pages of positions: the outline, and for each position what it answers for, to whom, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from pokin_dsl.model.query import atasan_kinerja, jabatan_bersama, kepala, rantai
from pokin_dsl.site import parts, urls
from pokin_dsl.site.agreement_sheet import agreement_sheets
from pokin_dsl.site.kinerja_page import BASE, extensions
from pokin_dsl.site.lookups import count, years
from pokin_dsl.site.outline import office_holder, positions
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.model.tree import Indikator, Jabatan, Simpul
    from pokin_dsl.site.atlas import Link
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Held, Lookups


def positions_page(lookups: Lookups, frame: TreeFrame) -> Page:
    """Make the page of all positions: those of the outline, the shared ones, those that only a PK names."""
    pohon = lookups.pohon
    shared = [j for j in jabatan_bersama(pohon) if not j.di_luar]
    context = {
        **frame.page("Jabatan", "jabatan", BASE, ({"teks": "Jabatan", "href": ""},)),
        "susunan": [positions(lookups, j) for j in pohon.jabatan if not j.di_luar and j not in shared],
        "bersama": [positions(lookups, j) for j in shared],
        "di_luar": [positions(lookups, j) for j in pohon.jabatan if j.di_luar],
        "ada_susunan": kepala(pohon) is not None,
    }
    return Page(urls.in_tree(lookups.name, urls.POSITIONS), "jabatan-daftar.html.j2", context)


def position_page(lookups: Lookups, frame: TreeFrame, jabatan: Jabatan) -> Page:
    """Make the page of a position."""
    shared = jabatan.id in lookups.shared
    held = lookups.held.get(jabatan.id, ())
    by_part = list(_by_part(lookups, jabatan, held)) if len(held) > parts.MOST_ROWS else []
    told = () if by_part else held
    keys = sorted({t.kunci for _, indicators in held for i in indicators for t in i.target})
    above = lookups.peta.atasan.get(jabatan.id)
    crumbs = ({"teks": "Jabatan", "href": urls.POSITIONS}, {"teks": lookups.links[jabatan.id]["teks"], "href": ""})
    context: Context = {
        **frame.page(lookups.links[jabatan.id]["teks"], "jabatan", BASE, crumbs),
        "fakta": list(_facts(lookups, jabatan)),
        "bersama": shared and not jabatan.di_luar,
        "di_luar": jabatan.di_luar,
        "temuan": lookups.findings.get(jabatan.id, ()),
        "atasan": lookups.links[above.id] if above else None,
        "bawahan": lookups.links_to(tuple(b.id for b in jabatan.bawahan)),
        "kolom": keys,
        "menurut_bagian": by_part,
        "kelompok": _groups(lookups, jabatan, told, keys) if shared else [_group(lookups, told, keys)],
        "mengapa": _reasons(lookups, told),
        "jumlah_sasaran": count(len(held)),
        "jumlah_indikator": count(sum(len(indicators) for _, indicators in held)),
        "dirujuk": lookups.referrers.viewers.get(jabatan.id, ()),
        "catatan_html": lookups.notes(jabatan.catatan, BASE) if jabatan.catatan else "",
        "tambahan": extensions(jabatan.tambahan),
        "sumber": lookups.source(jabatan.id),
        "lembar": [] if by_part else agreement_sheets(lookups, jabatan),
    }
    return Page(urls.in_tree(lookups.name, urls.position(jabatan.id)), "jabatan.html.j2", context)


def _facts(lookups: Lookups, jabatan: Jabatan) -> Iterator[Mapping[str, str]]:
    named = (("Pejabat", office_holder(jabatan)), ("NIP", jabatan.nip), ("Eselon", jabatan.eselon))
    for name, text in named:
        if text:
            yield {"nama": name, "teks": text}
    if lookups.pohon.instansi:
        yield {"nama": "Unit kerja", "teks": lookups.pohon.instansi}


def _by_part(lookups: Lookups, jabatan: Jabatan, held: Held) -> Iterator[Link]:
    """Count what a position holds by the parts of stage 5, each with the way there; for more than a page can tell."""
    found: dict[str, int] = {}
    for simpul, _ in held:
        above: Simpul | None = simpul
        while above and above.id not in lookups.parts:
            above = lookups.peta.induk.get(above.id)
        id_ = above.id if above else ""
        found[id_] = found.get(id_, 0) + 1
    chosen = f"#tabel=pk:{quote(f'PK {jabatan.teks}', safe='')}"
    for id_, number in found.items():
        address = urls.part(urls.stage(5), id_) if id_ else urls.stage(5)
        link = lookups.links[id_] if id_ else {"teks": "Jenjang atas", "jenis": "", "label": "Tahap 5"}
        yield {**link, "href": address + chosen, "jumlah": count(number)}


def _groups(lookups: Lookups, jabatan: Jabatan, held: Held, keys: list[str]) -> list[Context]:
    """Group what a shared position holds by the performance of the superior to whom it answers for it."""
    groups: dict[tuple[tuple[str, ...], str], list[tuple[Simpul, tuple[Indikator, ...]]]] = {}
    for simpul, indicators in held:
        superiors, performance = atasan_kinerja(lookups.peta, jabatan.id, simpul)
        key = (superiors, performance.id if performance else "")
        groups.setdefault(key, []).append((simpul, indicators))
    return [_group(lookups, tuple(part), keys, *key) for key, part in groups.items()]


def _group(
    lookups: Lookups, held: Held, keys: list[str], superiors: tuple[str, ...] = (), performance: str = ""
) -> Context:
    return {
        "atasan": lookups.links_to(superiors),
        "kinerja": lookups.links[performance] if performance else None,
        "sasaran": [_objective(lookups, nomor, *one, keys) for nomor, one in enumerate(held, 1)],
    }


def _reasons(lookups: Lookups, held: Held) -> list[Context]:
    """Give what a position's performances support; those with one parent share their reason."""
    parents: dict[str, list[Simpul]] = {}
    for simpul, _ in held:
        above = lookups.peta.induk.get(simpul.id)
        parents.setdefault(above.id if above else "", []).append(simpul)
    return [
        {
            "sasaran": [lookups.links[simpul.id] for simpul in part],
            "rantai": [lookups.links[above.id] for above in reversed(rantai(lookups.peta, part[0].id))],
        }
        for part in parents.values()
    ]


def _objective(
    lookups: Lookups, nomor: int, simpul: Simpul, indicators: tuple[Indikator, ...], keys: list[str]
) -> Context:
    return {
        "nomor": nomor,
        "kinerja": lookups.links[simpul.id],
        "indikator": [_measure(lookups, indikator, keys) for indikator in indicators],
    }


def _measure(lookups: Lookups, indikator: Indikator, keys: list[str]) -> Context:
    target = years(indikator.target)
    return {
        **lookups.links[indikator.id],
        "satuan": indikator.satuan,
        "target": [target.get(key, "") for key in keys],
    }
