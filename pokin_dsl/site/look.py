"""How a site looks: templates and static files, and the renderer that is made of them once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.site.render import Renderer


@dataclass(frozen=True, eq=False)
class Look:
    """Templates and static files by name.

    It equals itself alone and has no slots, so that it can hold what is made of it for all builds of a process.
    """

    templates: Mapping[str, str]
    statics: Mapping[str, bytes]

    @cached_property
    def renderer(self) -> Renderer:
        """Give the renderer of these templates."""
        from pokin_dsl.site.render import Renderer  # noqa: PLC0415 - Jinja2 takes 60 ms, and often nothing is rendered

        return Renderer(self.templates)

    @cached_property
    def digest(self) -> bytes:
        """Give a digest of all that can change how a page is rendered; static files stand beside the pages."""
        digest = blake2b(digest_size=32)
        for name, text in sorted(self.templates.items()):
            for part in (name, text):
                content = part.encode()
                digest.update(len(content).to_bytes(8, "big") + content)
        return digest.digest()
