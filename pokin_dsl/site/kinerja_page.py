"""The page of one node: what it is, why it is needed, what it needs, how it is measured, who answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.model.query import pemegang, rantai
from pokin_dsl.model.tree import Csf, Kondisi, Outcome
from pokin_dsl.site import pictures, urls
from pokin_dsl.site.boxes import OUTLINES
from pokin_dsl.site.checklist_page import recorded
from pokin_dsl.site.lookups import years
from pokin_dsl.site.outline import outline, shallow_outline
from pokin_dsl.site.placeholder import placeholder
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pokin_dsl.model.tree import Crosscutting, Deret, Indikator, Simpul, Tambahan
    from pokin_dsl.site.atlas import Link
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Lookups

BASE = "../"
_KODE = {"program": "Program", "kegiatan": "Kegiatan", "subkegiatan": "Sub kegiatan"}
_SOURCES = (("mandat", "Mandat"), ("permasalahan", "Permasalahan"), ("ekspektasi", "Ekspektasi"))
_BELOW = {"outcome": "Yang diperlukan untuk mencapainya", "csf": "Kondisi yang diperlukan"}


def kinerja_page(lookups: Lookups, frame: TreeFrame, simpul: Simpul) -> Page:
    """Make a node's page with its picture."""
    whole = pictures.branch(lookups, simpul) if isinstance(simpul, Kondisi) else None
    picture = whole or pictures.local(lookups, simpul)
    link = lookups.links[simpul.id]
    context: Context = {
        **frame.page(link["teks"], "pohon", BASE, ({"teks": link["label"], "href": ""},)),
        "ini": link,
        "beda": difference(lookups, simpul.id),
        "fakta": list(_facts(lookups, simpul)),
        "temuan": [t for id_ in (simpul.id, *(i.id for i in simpul.indikator)) for t in lookups.findings.get(id_, ())],
        "rantai": [lookups.links[above.id] for above in reversed(rantai(lookups.peta, simpul.id))],
        "gambar_html": placeholder(picture.name),
        "turunan": outline(lookups, simpul.anak) if whole else shallow_outline(lookups, simpul.anak),
        "seluruh_cabang": whole is not None,
        "judul_turunan": _BELOW.get(simpul.jenis, "Kinerja di bawahnya"),
        "indikator": _indicators(lookups, simpul),
        "pagu": _budget(lookups, simpul),
        "dasar": _sources(simpul) if isinstance(simpul, Outcome) else [],
        "crosscutting_href": urls.crosscutting(lookups.name),
        "crosscutting": [_partner(lookups, crosscutting) for crosscutting in simpul.crosscutting],
        "hubungan": list(_relations(lookups, simpul)),
        "varian": [{"tahap": v.tahap, "teks": v.teks, "href": urls.stage(v.tahap)} for v in simpul.varian],
        "catatan_html": lookups.notes(simpul.catatan, BASE) if simpul.catatan else "",
        "tambahan": extensions(simpul.tambahan),
        "abaikan": simpul.abaikan,
        "cek": [recorded(cek) for cek in simpul.cek],
        "daftar_periksa": urls.CHECKLIST,
        "sumber": lookups.source(simpul.id) or urls.SOURCE,
    }
    return Page(urls.in_tree(lookups.name, urls.kinerja(simpul.id)), "kinerja.html.j2", context, (picture,))


def difference(lookups: Lookups, id_: str) -> Context | None:
    """Say how a node or position differs from the former version, with the way to the account of it from the root."""
    mark = lookups.marks.get(id_)
    if mark is None:
        return None
    sign = OUTLINES[mark.kind].sign
    return {
        "beda": mark.kind,
        "tanda": sign,
        "kata": mark.verb,
        "fakta": ", ".join(mark.facts),
        "href": mark.address,
    }


def alias_page(lookups: Lookups, frame: TreeFrame, alias: str, id_: str) -> Page:
    """Make the page at an old address, which leads to the new one."""
    link = lookups.links[id_]
    context = {
        **frame.page(link["teks"], "pohon", BASE, ({"teks": "Alamat lama", "href": ""},)),
        "ini": link,
        "alias": alias,
    }
    return Page(urls.in_tree(lookups.name, urls.kinerja(alias)), "alias.html.j2", context)


def extensions(tambahan: tuple[Tambahan, ...]) -> list[Mapping[str, str]]:
    """Give free extensions as names and values."""
    return [{"nama": t.nama, "nilai": t.nilai} for t in tambahan]


def series_table(indikator: Indikator) -> Context | None:
    """Give an indicator's series as heads and rows; baselines stand before the years, over all rows."""
    rows = [(name, years(series)) for name, series in _series(indikator) if series]
    if not rows and not indikator.awal:
        return None
    keys = sorted({key for _, values in rows for key in values})
    return {
        "awal": [{"kunci": titik.kunci, "nilai": titik.nilai.teks} for titik in indikator.awal],
        "kolom": keys,
        "baris": [{"nama": name, "nilai": [values.get(key, "") for key in keys]} for name, values in rows]
        or [{"nama": "Nilai", "nilai": []}],
    }


def _series(indikator: Indikator) -> tuple[tuple[str, Deret], ...]:
    return ("Target", indikator.target), ("Realisasi", indikator.realisasi)


def _facts(lookups: Lookups, simpul: Simpul) -> Iterator[Context]:
    """Give what is known of a node as names and values, each value with a link or none."""
    turunan = lookups.peta.turunan[simpul.id]
    yield _fact("Rujukan tahapan", (_linked(turunan.rujukan, urls.stage(int(turunan.rujukan[-1]))),))
    if turunan.jenjang:
        yield _fact("Jenjang", (_linked(turunan.jenjang),))
    if turunan.komponen:
        yield _fact("Komponen perencanaan", (_linked(turunan.komponen),))
    if simpul.kode:
        yield _fact(_KODE[simpul.kode.jenis], (_linked(f"{simpul.kode.kode} {simpul.kode.nama}".rstrip()),))
    if unit := _sections(lookups, simpul):
        yield _fact("Seksi", [_linked(section) for section in unit])
    holders = _common_holders(simpul)
    if holders:
        yield _fact("Pemegang PK", lookups.links_to(holders))
    elif simpul.tanpa_pk:
        yield _fact("Pemegang PK", (_linked("sengaja tidak ada"),))
    if simpul.tag:
        yield _fact("Tema", [_linked(tag) for tag in simpul.tag])


def _sections(lookups: Lookups, simpul: Simpul) -> tuple[str, ...]:
    """Give the sections that work on a node; a kondisi takes those of its csf, as in the table of stage 2."""
    above = lookups.peta.induk.get(simpul.id)
    if simpul.unit or not isinstance(simpul, Kondisi) or not isinstance(above, Csf):
        return simpul.unit
    return above.unit


def _fact(name: str, values: Iterable[Mapping[str, str]]) -> Context:
    return {"nama": name, "isi": values}


def _linked(teks: str, href: str = "") -> Mapping[str, str]:
    return {"teks": teks, "href": href}


def _common_holders(simpul: Simpul) -> tuple[str, ...]:
    """Give the holders of the whole performance; none where its indicators have different ones."""
    each = [pemegang(simpul, indikator) for indikator in simpul.indikator] or [simpul.pk]
    return each[0] if all(holders == each[0] for holders in each) else ()


def _indicators(lookups: Lookups, simpul: Simpul) -> list[Context]:
    common = _common_holders(simpul)
    return [_indicator(lookups, simpul, indikator, common) for indikator in simpul.indikator]


def _indicator(lookups: Lookups, simpul: Simpul, indikator: Indikator, common: tuple[str, ...]) -> Context:
    holders = pemegang(simpul, indikator)
    series = series_table(indikator)
    named = (
        ("Satuan", "" if series else indikator.satuan),
        ("Arah", indikator.arah),
        ("Definisi operasional", indikator.definisi),
        ("Rumus", indikator.rumus),
        ("Sumber data", indikator.sumber),
        ("Frekuensi", indikator.frekuensi),
    )
    referrers = lookups.referrers
    return {
        "teks": lookups.links[indikator.id]["teks"],
        "jangkar": urls.indicator_anchor(indikator.id),
        "iku": indikator.iku,
        "fakta": [{"nama": name, "teks": text} for name, text in named if text],
        "pemegang": lookups.links_to(holders) if holders != common else [],
        "tanpa_pk": indikator.tanpa_pk and not holders,
        "satuan": indikator.satuan,
        "deret": series,
        "didukung": referrers.supporters.get(indikator.id, ()),
        "dirujuk": referrers.viewers.get(indikator.id, ()),
        "catatan_html": lookups.notes(indikator.catatan, BASE) if indikator.catatan else "",
        "tambahan": extensions(indikator.tambahan),
    }


def _budget(lookups: Lookups, simpul: Simpul) -> Context | None:
    pagu = lookups.pagu(simpul)
    return {"tahun": list(pagu.years), "nilai": list(pagu.years.values()), "sendiri": pagu.own} if pagu else None


def _sources(simpul: Outcome) -> list[Context]:
    given = ((label, getattr(simpul, name)) for name, label in _SOURCES)
    return [{"nama": label, "isi": texts} for label, texts in given if texts]


def _partner(lookups: Lookups, crosscutting: Crosscutting) -> Mapping[str, str]:
    there = lookups.atlas.partner(lookups.name, crosscutting.instansi)
    return {
        "instansi": crosscutting.instansi,
        "teks": crosscutting.teks,
        "status": crosscutting.status,
        "href": urls.to_tree(lookups.name, there, urls.INDEX) if there else "",
    }


def _relations(lookups: Lookups, simpul: Simpul) -> Iterator[Context]:
    """Give the references to and from a node that its place in the tree does not show."""
    referrers = lookups.referrers
    relations: tuple[tuple[str, Iterable[Link]], ...] = (
        ("Mendukung indikator", lookups.links_to(simpul.mendukung_indikator)),
        ("Juga mendukung", lookups.follow(simpul.mendukung)),
        ("Didukung juga oleh", referrers.supporters.get(simpul.id, ())),
        ("Lihat juga", lookups.follow(simpul.lihat)),
        ("Dirujuk dari", referrers.viewers.get(simpul.id, ())),
    )
    for name, links in relations:
        if links:
            yield {"nama": name, "isi": links}
