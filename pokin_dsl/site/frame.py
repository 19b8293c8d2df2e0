"""What surrounds every page: the portal, the tree's title, its tabs, the way back."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pokin_dsl.site import urls
from pokin_dsl.site.lookups import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.model.tree import Pohon
    from pokin_dsl.rules.checked import Checked
    from pokin_dsl.site.comparison import Compared
    from pokin_dsl.site.lookups import Lookups
    from pokin_dsl.site.site import SiteSettings

Context = dict[str, object]

STAGES = (
    (1, "Outcome", "Outcome yang disepakati, dirumuskan dari mandat, permasalahan, dan ekspektasi."),
    (2, "CSF dan kondisi", "Isu faktual yang kritis (CSF), diubah ke bahasa kondisi yang diperlukan."),
    (3, "Kondisi antara dan operasional", "Kondisi yang diperlukan, diuraikan sampai kondisi yang paling operasional."),
    (4, "Indikator kinerja", "Setiap kinerja beserta indikator yang mengukurnya."),
    (5, "Perencanaan dan jabatan", "Pohon kinerja diterjemahkan ke komponen perencanaan dan perjanjian kinerja (PK)."),
)


def portal_frame(settings: SiteSettings, *, rules: bool, compared: Compared | None = None) -> Context:
    """Give what the first page of the site has around it; ``rules`` says whether there are pages about the rules."""
    return {
        **_everywhere(settings, rules=rules, compared=compared),
        "judul": settings.judul,
        "base": "",
        "akar": "",
        "statis": f"{urls.STATICS}/",
        "aktif": "",
        "remah": [],
        "pohon": None,
        "tab": [],
    }


def _everywhere(settings: SiteSettings, *, rules: bool, compared: Compared | None) -> Context:
    """Give what all pages say of the site."""
    return {
        "portal": settings.judul,
        "aturan_href": urls.RULES if rules else "",
        "banding": {"versi": compared.name, "href": urls.CHANGES} if compared else None,
        "lembar_kertas": sheet(settings),
        "logo": settings.logo,
        "gaya_tambahan": settings.lembar,
    }


class TreeFrame:
    """The surroundings of one tree's pages; what does not change from page to page is made once."""

    def __init__(self, lookups: Lookups, settings: SiteSettings, compared: Compared | None = None) -> None:
        self._lookups, self._settings, self._compared = lookups, settings, compared
        self._portal = {"teks": "Semua pohon", "href": "../" * (lookups.name.count("/") + 1) + urls.INDEX}
        self._roots = {base: base + urls.climb(f"{lookups.name}/") for base in ("", "../")}
        self._tree = {"teks": lookups.pohon.judul, "href": urls.INDEX}

    @cached_property
    def _common(self) -> Context:
        settings = self._settings
        return {
            **_everywhere(settings, rules=bool(self._lookups.rules), compared=self._compared),
            "pohon": heading(self._lookups.pohon),
            "tab": [*_tabs(self._lookups.checked), *self._changes_tab()],
            "kop": {"baris": settings.kop.baris, "logo": settings.kop.logo},
        }

    def _changes_tab(self) -> Iterator[Mapping[str, str]]:
        """Give the way to what changed in this tree, where it is compared with a former version."""
        if self._compared:
            differences = self._compared.trees.get(self._lookups.name)
            address = f"{urls.CHANGES}#{differences.anchor}" if differences else urls.CHANGES
            yield _tab("perubahan", "Perubahan", urls.climb(f"{self._lookups.name}/") + address)

    def page(self, title: str, tab: str, base: str = "", crumbs: tuple[Mapping[str, str], ...] = ()) -> Context:
        """Give the frame of a page that stands ``base`` away from the tree's folder, under one of the tabs."""
        root = self._roots[base]
        return {
            **self._common,
            "judul": title,
            "aktif": tab,
            "base": base,
            "akar": root,
            "statis": f"{root}{urls.STATICS}/",
            "remah": [self._portal, self._tree, *crumbs] if tab != "pohon" or base else [self._portal],
        }


def sheet(settings: SiteSettings) -> str:
    """Name the sheet that printing starts from, as style sheets and scripts know it: ``f4-lanskap``, ``f4``."""
    return "-".join(filter(None, (settings.kertas, settings.arah))).lower()


def heading(pohon: Pohon) -> Mapping[str, str]:
    """Give what the head of a tree says: its title, its unit, the time it is for."""
    periode = f"Periode {pohon.periode[0]}–{pohon.periode[1]}" if pohon.periode else ""
    return {
        "judul": pohon.judul,
        "asal": " · ".join(filter(None, (pohon.instansi, pohon.daerah, periode))),
    }


def severities(checked: Checked) -> dict[str, int]:
    """Count the findings of a tree by severity."""
    found = {"galat": 0, "peringatan": 0, "info": 0}
    for diagnostic in checked.diagnostics:
        found[diagnostic.severity.value] += 1
    return found


def _tabs(checked: Checked) -> list[Mapping[str, str]]:
    found = severities(checked)
    gravest = next((weight for weight, number in found.items() if number), "")
    return [
        _tab("pohon", "Pohon", urls.INDEX),
        *(_tab(f"tahap-{n}", str(n), urls.stage(n), "tahap") for n, _, _ in STAGES),
        _tab("indikator", "Indikator", urls.INDICATORS),
        _tab("jabatan", "Jabatan", urls.POSITIONS),
        {**_tab("pemeriksaan", "Pemeriksaan", urls.FINDINGS), "lencana": count(sum(found.values())), "bobot": gravest},
        _tab("sumber", "Sumber", urls.SOURCE),
    ]


def _tab(key: str, teks: str, href: str, jenis: str = "") -> Mapping[str, str]:
    return {"kunci": key, "teks": teks, "href": href, "jenis": jenis, "lencana": "", "bobot": ""}
