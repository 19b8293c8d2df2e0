"""Dressing a built page for the preview: its digest, and the script and style that keep it up to date."""

from __future__ import annotations

import hashlib
import re

ASSETS = {"pratinjau.js": "text/javascript; charset=utf-8", "pratinjau.css": "text/css; charset=utf-8"}
"""The files that the preview adds to a page, with their media types; they are served below ``/_pokin/``."""

_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_BEGINNING = re.compile(r"\s*(<!doctype[^>]*>\s*)?(<html\b[^>]*>)?", re.IGNORECASE)
_POLICY = re.compile(r"""(<meta\s+http-equiv="Content-Security-Policy"\s+content=")([^"]*)""", re.IGNORECASE)
_CONNECT = re.compile(r"connect-src\b([^;]*)")
_DIGEST_BYTES = 16


def as_preview(html: str) -> tuple[str, str]:
    """Give a built page as the preview shows it, and the digest of what was built.

    The page says its digest in ``<meta name="pokin-sidik">``, so that a browser can say what it shows.
    """
    sidik = digest(html)
    cut = _place(html)
    return _widened(html[:cut]) + _tags(sidik) + html[cut:], sidik


def digest(html: str) -> str:
    """Give the digest of a built page, as short hexadecimal text."""
    return hashlib.blake2b(html.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()


def _place(html: str) -> int:
    """Give where the tags go: before the end of the head, else as far in front as they may stand."""
    found = _HEAD_END.search(html)
    if found:
        return found.start()
    beginning = _BEGINNING.match(html)
    return beginning.end() if beginning else 0


def _tags(sidik: str) -> str:
    return (
        f'<meta name="pokin-sidik" content="{sidik}">\n'
        '<link rel="stylesheet" href="/_pokin/pratinjau.css">\n'
        '<script src="/_pokin/pratinjau.js" defer></script>\n'
    )


def _widened(head: str) -> str:
    """Let the page's policy allow the channel to its own server, which a built page does not need."""
    return _POLICY.sub(lambda meta: meta[1] + _with_connection(meta[2]), head)


def _with_connection(policy: str) -> str:
    """Allow connections to the own server; where a directive stands twice, browsers obey the first alone."""
    found = _CONNECT.search(policy)
    if not found:
        return f"{policy.rstrip('; ')}; connect-src 'self'"
    others = (source for source in found[1].split() if source not in ("'none'", "'self'"))
    sources = " ".join(("connect-src", "'self'", *others))
    return policy[: found.start()] + sources + policy[found.end() :]
