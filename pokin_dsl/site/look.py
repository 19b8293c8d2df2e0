"""How a site looks: templates and static files, and the renderer that is made of them once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.site import boxes
    from pokin_dsl.site.render import Renderer


@dataclass(frozen=True, eq=False)
class Look:
    """Templates and static files by name; ``overrides`` are a workspace's templates, which stand for the others.

    ``levels`` is how boxes of each level are drawn, by kind; empty where it is the built-in way. ``kept`` are static
    files that a site carries whether or not a page loads them. A look equals itself alone and has no slots, so that it
    can hold what is made of it for all builds of a process.
    """

    templates: Mapping[str, str]
    statics: Mapping[str, bytes]
    overrides: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, boxes.Look] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()

    @cached_property
    def renderer(self) -> Renderer:
        """Give the renderer of these templates."""
        from pokin_dsl.site.render import Renderer  # noqa: PLC0415 - Jinja2 takes 60 ms, and often nothing is rendered

        return Renderer(self.templates, self.overrides)

    @cached_property
    def digest(self) -> bytes:
        """Give a digest of all that can change how a page is rendered.

        Static files stand beside the pages, and how boxes are drawn is known to the pages that have pictures.
        """
        digest = blake2b(digest_size=32)
        for texts in (self.templates, self.overrides):
            digest.update(len(texts).to_bytes(8, "big"))
            for name, text in sorted(texts.items()):
                for part in (name, text):
                    content = part.encode()
                    digest.update(len(content).to_bytes(8, "big") + content)
        return digest.digest()
