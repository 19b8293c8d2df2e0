"""What the search in the browser knows of each tree: ``cari-data.js`` in its folder, in columns.

A page that is opened straight from a folder may not read files, but it may run scripts, so the columns are the argument
of a call. The words of the keys are those of ``cari-mesin.js``, which reads them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pokin_dsl.site import urls
from pokin_dsl.site.memory import plain_key
from pokin_dsl.site.outline import office_holder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pokin_dsl.model.tree import Catatan, Indikator, Jabatan, Simpul
    from pokin_dsl.site.lookups import Lookups
    from pokin_dsl.site.site import DataFile, SiteSettings

Said = tuple[str, str, str]
"""A text beside the statement of a thing: what kind of text it is, the text, the id of the indicator it is about."""

_KINDS = {
    "Indikator": 1,
    "Pejabat": 1,
    "Unit kerja": 1,
    "Program": 2,
    "Kegiatan": 2,
    "Subkegiatan": 2,
    "Catatan": 3,
    "Catatan indikator": 3,
    "Definisi operasional": 3,
    "Dasar perumusan": 3,
    "Rumusan pada dokumen lain": 3,
    "Seksi": 3,
    "Tema": 3,
    "Crosscutting": 3,
}
"""How much a text of each kind counts; a statement counts 0, which is most."""
_OF_AN_INDICATOR = frozenset(("Indikator", "Catatan indikator", "Definisi operasional"))
_KODE = {"program": "Program", "kegiatan": "Kegiatan", "subkegiatan": "Subkegiatan"}
_ADDRESSED = re.compile(r"\[([^\[\]]+)\]\([^()]*\)|\[\[([^\[\]]+)\]\]")
_SIGNS = re.compile(r"^[-: \t]+$|^[ \t]*(?:#+|>|[-*+]|\d+[.)])[ \t]+|[*`~]+|(?<!\w)_|_(?!\w)", re.MULTILINE)


def search_files(trees: Iterable[Lookups], settings: SiteSettings) -> Iterator[tuple[str, DataFile]]:
    """Plan what search needs, by path: which trees there are, and the index of each."""
    given = tuple(trees)
    yield urls.TREES, TreeList(tuple(lookups.name for lookups in given))
    for lookups in given:
        yield urls.in_tree(lookups.name, urls.SEARCH), SearchIndex(lookups, settings)


@dataclass(frozen=True, slots=True)
class TreeList:
    """The names of all trees, in the order of the site."""

    names: tuple[str, ...]

    def key(self) -> str:
        """Give what it is remembered by."""
        return plain_key(b"cari-pohon", self.names)

    def content(self) -> bytes:
        """Make it."""
        return _script(self.names)


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """All statements of one tree, and what stands beside them."""

    lookups: Lookups
    settings: SiteSettings

    def key(self) -> str:
        """Give what it is remembered by."""
        labels = [(kind, level.label) for kind, level in sorted(self.settings.jenjang.items())]
        return plain_key(b"cari-data", (self.lookups.checked.origin, labels))

    def content(self) -> bytes:
        """Make it."""
        columns = _Columns()
        _add_tree(columns, self.lookups)
        pohon = self.lookups.pohon
        return _script({"nama": pohon.nama, "judul": pohon.judul, **columns.as_json()})


class _Thing(NamedTuple):
    """A row of the index: a performance, a position, or the tree itself, which has no id; ``above`` is its parent's id.

    ``label`` is its level, the printed name of that, and the pattern of its address.
    """

    id: str
    teks: str
    label: tuple[str, str, str]
    above: str = ""


class _Columns:
    """The index while it is being written: a row for each thing, a row for each text beside."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._labels: dict[tuple[str, str, str], int] = {}
        self._things: list[tuple[str, str, int, int]] = []
        self._texts: list[tuple[int, int, str, str]] = []
        self._kinds = {kind: number for number, kind in enumerate(_KINDS)}

    def add(self, thing: _Thing, said: Iterable[Said]) -> None:
        """Add a thing, behind the one above it, and the texts that stand beside it."""
        row, level = len(self._things), self._labels.setdefault(thing.label, len(self._labels))
        self._things.append((thing.id, thing.teks, level, self._rows.get(thing.above, -1)))
        if thing.id:
            self._rows[thing.id] = row
        for kind, text, indicator in said:
            if text:
                self._texts.append((row, self._kinds[kind], text, indicator))

    def as_json(self) -> dict[str, object]:
        """Give the columns."""
        id_, teks, jenis, induk = zip(*self._things, strict=True)
        milik, golongan, keterangan, ke = zip(*self._texts, strict=True) if self._texts else ((), (), (), ())
        macam = [(kind, _anchor(kind), weight) for kind, weight in _KINDS.items()]
        things = {"label": list(self._labels), "id": id_, "teks": teks, "jenis": jenis, "induk": induk}
        return {**things, "macam": macam, "milik": milik, "golongan": golongan, "keterangan": keterangan, "ke": ke}


def _add_tree(columns: _Columns, lookups: Lookups) -> None:
    """Add the tree itself, then its performances, then its positions, each in written order, parents first."""
    pohon, peta = lookups.pohon, lookups.peta
    unit = ("Unit kerja", ", ".join(filter(None, (pohon.instansi, pohon.daerah))), "")
    columns.add(_Thing("", pohon.judul, ("pohon", "Pohon kinerja", urls.INDEX)), (unit,))
    for simpul in peta.simpul.values():
        link, above = lookups.links[simpul.id], peta.induk.get(simpul.id)
        label = (simpul.jenis, link["label"], urls.kinerja("*"))
        columns.add(_Thing(simpul.id, link["teks"], label, above.id if above else ""), _beside(simpul))
    for jabatan in peta.jabatan.values():
        link, superior = lookups.links[jabatan.id], peta.atasan.get(jabatan.id)
        label = ("", link["label"], urls.position("*"))
        columns.add(_Thing(jabatan.id, link["teks"], label, superior.id if superior else ""), _of_office(jabatan))


def _beside(simpul: Simpul) -> Iterator[Said]:
    for indikator in simpul.indikator:
        yield from _measured(indikator)
    if kode := simpul.kode:
        yield _KODE[kode.jenis], f"{kode.kode} {kode.nama}".strip(), ""
    for catatan in simpul.catatan:
        yield "Catatan", plain(catatan), ""
    for basis in ("mandat", "permasalahan", "ekspektasi"):
        for teks in getattr(simpul, basis, ()):
            yield "Dasar perumusan", teks, ""
    for varian in simpul.varian:
        yield "Rumusan pada dokumen lain", varian.teks, ""
    for partner in simpul.crosscutting:
        yield "Crosscutting", ": ".join(filter(None, (partner.instansi, partner.teks))), ""
    yield "Seksi", ", ".join(simpul.unit), ""
    yield "Tema", ", ".join(simpul.tag), ""


def _measured(indikator: Indikator) -> Iterator[Said]:
    yield "Indikator", indikator.teks, indikator.id
    yield "Definisi operasional", indikator.definisi, indikator.id
    for catatan in indikator.catatan:
        yield "Catatan indikator", plain(catatan), indikator.id


def _of_office(jabatan: Jabatan) -> Iterator[Said]:
    yield "Pejabat", office_holder(jabatan), ""
    for catatan in jabatan.catatan:
        yield "Catatan", plain(catatan), ""


def plain(catatan: Catatan) -> str:
    """Give the words of a note on one line, without the signs of Markdown and the addresses of links."""
    text = _ADDRESSED.sub(lambda found: found[1] or found[2], catatan.teks)
    return " ".join((_SIGNS.sub("", text.replace("|", " ")) if catatan.markdown else text).split())


def _anchor(kind: str) -> str:
    return urls.indicator_anchor("*") if kind in _OF_AN_INDICATOR else ""


def _script(value: object) -> bytes:
    """Write a value as the argument of a call; JSON is JavaScript, and nothing in a text can end the script."""
    return f"pokinCari({json.dumps(value, ensure_ascii=False, separators=(',', ':'))});\n".encode()
