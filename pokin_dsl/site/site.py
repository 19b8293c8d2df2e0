"""What a site is before anything is rendered: how to make each of its pages, pictures to draw, files as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pokin_dsl.site.diagram import Picture


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its path in the site (``kecamatan/kinerja/pelayanan.html``), its template, what that is told.

    The context is plain dicts, lists, tuples, texts, numbers and flags. ``pictures`` are those that the page shows; it
    names each by its ``placeholder``.
    """

    path: str
    template: str
    context: Mapping[str, object]
    pictures: tuple[Picture, ...] = ()


Maker = Callable[[], Page]
"""Makes one page, without the others."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is written as it is."""

    path: str
    content: bytes


class DataFile(Protocol):
    """A file that programs and scripts read, not yet made."""

    def key(self) -> str:
        """Give what it is remembered by: a digest of all that it is made from, quicker than to make it."""
        ...

    def content(self) -> bytes:
        """Make it."""
        ...


@dataclass(frozen=True, slots=True)
class Site:
    """A plan, by path: how to make each page, each picture that is a file of its own, each data file; the assets."""

    pages: Mapping[str, Maker]
    files: Mapping[str, Callable[[], Picture]] = field(default_factory=dict)
    assets: tuple[Asset, ...] = ()
    data: Mapping[str, DataFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KopSurat:
    """The letterhead of printed sheets: its lines, the first ones in capitals, and the logo's address in the site."""

    baris: tuple[str, ...] = ()
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Jenjang:
    """How a level looks in a workspace: its printed name and its colour (``#rrggbb``), each empty for the built-in."""

    label: str = ""
    warna: str = ""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What a workspace may say of its site in ``pokin.toml``.

    ``judul`` is the title of the portal, ``logo`` the address in the site of the picture beside it, ``kertas`` (A4, F4,
    A3) and ``arah`` (tegak, lanskap; empty for what suits a picture) the sheet that printing starts from, ``mesin``
    (pokin, graphviz) who lays out the pictures, ``jenjang`` the look of levels by their kind. ``lembar`` are the style
    sheets that the workspace adds to every page, by their names among the static files.
    """

    judul: str = "Pohon Kinerja"
    logo: str = ""
    kop: KopSurat = KopSurat()
    kertas: str = "A4"
    arah: str = ""
    mesin: str = "pokin"
    jenjang: Mapping[str, Jenjang] = field(default_factory=dict)
    lembar: tuple[str, ...] = ()
