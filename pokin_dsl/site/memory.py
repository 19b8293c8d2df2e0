"""What is remembered from one build to the next, and by which keys: finished files, and layouts of pictures.

A key is a digest of all that the remembered bytes were made from, except the program itself: whoever keeps them beyond
the end of a process adds that.
"""

from __future__ import annotations

import json
import marshal
import math
from hashlib import blake2b
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol

from pokin_dsl.site.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pokin_dsl.site.diagram import Picture
    from pokin_dsl.site.look import Look
    from pokin_dsl.site.site import Page

_FIELDS = attrgetter(
    *("key", "level", "label", "statement", "indicators", "holders", "href", "focus", "more", "mark", "mark_words"),
    *(f"ties.{name}" for name in ("pk", "units", "supports", "also", "partners", "carries", "numbered", "iku")),
)
_DIGEST_BYTES = 20
# Versions from 3 on write what is the same object twice as a reference, so that equal values may differ in their bytes.
_MARSHAL_VERSION = 0


class Memory(Protocol):
    """Keeps bytes by keys, for as long as it likes."""

    def recall(self, keys: Collection[str]) -> Mapping[str, bytes]:
        """Give what is known of these keys."""
        ...

    def keep(self, values: Mapping[str, bytes]) -> None:
        """Remember these values."""
        ...


class _Forgetful:
    """Keeps nothing."""

    def recall(self, keys: Collection[str]) -> Mapping[str, bytes]:
        """Give nothing."""
        del keys
        return {}

    def keep(self, values: Mapping[str, bytes]) -> None:
        """Forget these values."""


NO_MEMORY: Memory = _Forgetful()


def page_key(page: Page, look: Look, drawing: object) -> str:
    """Give the key of a finished page; ``drawing`` says in plain values by what its pictures are drawn.

    Raises:
        TypeError: the context holds something else than plain dicts, lists, tuples, texts, numbers and flags.
    """
    drawn = (drawing, *map(_picture, page.pictures)) if page.pictures else ()
    try:
        return _digest(b"halaman", look.digest, (page.template, page.context, drawn))
    except ValueError as error:
        raise TypeError(f"the context of {page.path} is not plain: {error}") from error


def picture_key(picture: Picture, drawing: object) -> str:
    """Give the key of a picture that is a file of its own."""
    return _digest(b"gambar", b"", (drawing, _picture(picture)))


def layout_key(dot: str, engine: str) -> str:
    """Give the key of a layout; pictures of one shape share it, whatever their names and words."""
    return _digest(b"letak", b"", (engine, dot.partition("{")[2]))


def plain_key(kind: bytes, value: object) -> str:
    """Give the key of anything that is made from plain values alone."""
    return _digest(kind, b"", value)


def layout_bytes(layout: Layout) -> bytes:
    """Write a layout down."""
    return json.dumps(layout.spots, separators=(",", ":")).encode()


def read_layout(content: bytes) -> Layout | None:
    """Read a layout that was written down; nothing if it is none."""
    try:
        spots = tuple((float(x), float(y)) for x, y in json.loads(content))
    except (ValueError, TypeError, RecursionError):
        return None
    finite = all(math.isfinite(x) and math.isfinite(y) for x, y in spots)
    return Layout(spots) if spots and finite else None


def _picture(picture: Picture) -> tuple[object, ...]:
    boxes = tuple(map(_FIELDS, picture.boxes))
    return picture.name, picture.title, boxes, picture.links, picture.anchor


def _digest(kind: bytes, surroundings: bytes, value: object) -> str:
    digest = blake2b(surroundings, digest_size=_DIGEST_BYTES, person=kind)
    digest.update(marshal.dumps(value, _MARSHAL_VERSION))  # type: ignore[arg-type]  # what is not plain is refused
    return digest.hexdigest()
