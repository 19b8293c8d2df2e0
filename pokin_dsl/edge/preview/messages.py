"""The words of the channel between preview and browser: JSON objects, each with its ``jenis``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pokin_dsl.edge.preview.gate import site_path
from pokin_dsl.edge.preview.news import Gone, Shown, State

if TYPE_CHECKING:
    from pokin_dsl.edge.preview.news import Problem, Showing

LONGEST_MESSAGE = 64 * 1024
"""What a browser may say at once, in bytes."""
_LONGEST_DIGEST = 200


@dataclass(frozen=True, slots=True)
class Hello:
    """What a browser says of itself: the page open in it (path in the site) and the digest of what it shows."""

    path: str
    sidik: str


@dataclass(frozen=True, slots=True)
class Statics:
    """The names of static files that have changed."""

    names: tuple[str, ...]


Note = State | Shown | Gone | Statics


def read_hello(text: str) -> Hello | None:
    """Read what a browser says; None for anything that is no greeting."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("jenis") != "halo":
        return None
    jalur, sidik = said.get("jalur"), said.get("sidik")
    if not isinstance(jalur, str) or not isinstance(sidik, str) or len(sidik) > _LONGEST_DIGEST:
        return None
    path = site_path(f"/{unquote(jalur)}")
    return None if path is None else Hello(path, sidik)


def note_text(note: Note) -> str:
    """Give the JSON text of what a browser is told."""
    match note:
        case State():
            return _text(_state(note))
        case Shown():
            return _text({"jenis": "halaman", **_page(note)})
        case Gone():
            return _text(_gone(note))
        case Statics():
            return _text({"jenis": "statis", "nama": note.names})


def pulse_text() -> str:
    """Give what is said so that a browser can tell a quiet line from a dead one."""
    return _text({"jenis": "denyut"})


def note_key(note: Note) -> tuple[str, str] | State | Showing | Statics:
    """Give what two notes with the same text have in common, without comparing whole pages."""
    return (note.path, note.sidik) if isinstance(note, Shown) else note


def _text(value: object) -> str:
    """Write JSON; half a surrogate pair, which no WebSocket can carry, is told as the character for the unreadable."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _state(state: State) -> dict[str, object]:
    return {
        "jenis": "keadaan",
        "galat": [_problem(problem) for problem in state.problems],
        "peringatan": state.warnings,
        "info": state.remarks,
        "pemeriksaan": state.findings_page,
        "terkini": state.current,
        "sebagian": state.partial,
    }


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "kode": problem.code,
        "berkas": problem.file,
        "baris": problem.line,
        "kolom": problem.column,
        "pesan": problem.message,
        "petunjuk": problem.hint,
        "kutipan": problem.excerpt,
        "label": problem.labels,
    }


def _page(shown: Shown) -> dict[str, str]:
    return {"jalur": shown.path, "sidik": shown.sidik, "isi": shown.html}


def _gone(gone: Gone) -> dict[str, object]:
    return {
        "jenis": "hilang",
        "jalur": gone.path,
        "pesan": gone.message,
        "tautan": [{"teks": text, "href": href} for text, href in gone.links],
        "pengganti": _page(gone.successor) if gone.successor else None,
    }
