"""What a site is before anything is rendered: pages with their contexts, pictures to draw, files as they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.site.diagram import Picture


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its path in the site (``kecamatan/kinerja/pelayanan.html``), its template, what that is told."""

    path: str
    template: str
    context: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is written as it is."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Site:
    """All pages, the pictures that they show (by name), the pictures that are files of their own, and the assets.

    A page names a picture by the placeholder of ``render.placeholder``; ``picture_files`` maps a path to the name of
    the picture that stands there alone.
    """

    pages: tuple[Page, ...]
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    picture_files: Mapping[str, str] = field(default_factory=dict)
    assets: tuple[Asset, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What a workspace may say of its site (``pokin.toml``): the title of the portal."""

    judul: str = "Pohon Kinerja"
