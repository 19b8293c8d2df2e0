"""Style sheets and scripts without what only their authors read: comments, margins, blank lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def lean(statics: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give static files as a site carries them: `.css` and `.js` say the same in fewer bytes, others stay as they are.

    Names in scripts stay too, so that an error in a reader's browser can still be found in the source.
    """
    return {name: _lean(name, content) for name, content in statics.items()}


def _lean(name: str, content: bytes) -> bytes:
    import rcssmin  # noqa: PLC0415 - with the next one 8 ms, and the look is read only where something is built
    import rjsmin  # noqa: PLC0415 - as above

    if name.endswith(".css"):
        return str(rcssmin.cssmin(content.decode("utf-8"))).encode()
    if name.endswith(".js"):
        return str(rjsmin.jsmin(content.decode("utf-8"))).encode()
    return content
