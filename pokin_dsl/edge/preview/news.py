"""What the preview tells: answers to requests, what stands at an open page, the state of the trees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request: HTTP status, media type with its charset, content."""

    status: int
    media: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it stands now: its path in the site, its HTML for the preview, and the digest of that."""

    path: str
    sidik: str
    html: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A page that is no more: a sentence that says so, and links (text, path in the site) to where its content went.

    ``successor`` is the page that has its content now, for a browser to go on with; nothing where none is sure.
    """

    path: str
    message: str
    links: tuple[tuple[str, str], ...] = ()
    successor: Shown | None = None


Showing = Shown | Gone


@dataclass(frozen=True, slots=True)
class Problem:
    """A galat as the overlay lists it: place (line and column from 1; 0 where it has none), line in three parts.

    ``excerpt`` holds what stands before the place, the place, and what stands after it; all empty where there is no
    line. ``labels`` are further places, each with what it says.
    """

    code: str
    file: str
    line: int
    column: int
    message: str
    hint: str
    excerpt: tuple[str, str, str] = ("", "", "")
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """How the trees stand: all galat, counts of the others, the page that lists them (empty where there is none).

    ``current`` says whether the pages show what is written now; if not, they are those of the last good site. There
    may not have been one yet: ``partial`` says that the pages show only what could be read.
    """

    problems: tuple[Problem, ...] = ()
    warnings: int = 0
    remarks: int = 0
    findings_page: str = ""
    current: bool = True
    partial: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """What has changed for open pages: what stands at each path now, the state, names of changed static files."""

    showing: Mapping[str, Showing] = field(default_factory=dict)
    state: State = State()
    statics: tuple[str, ...] = ()


class Preview(Protocol):
    """What the server asks; every method may take a while, and none is called while another one runs."""

    def answer(self, path: str) -> Answer:
        """Answer a request for a path of the site (no leading slash) with its newest content."""
        ...

    def watch(self, path: str) -> Showing:
        """Remember that a page is open in a browser, and give what stands there now."""
        ...

    def leave(self, path: str) -> None:
        """Forget one browser that had a page open."""
        ...

    def state(self) -> State:
        """Give the state of the trees as last read."""
        ...

    def file(self, path: str) -> Path | None:
        """Give where a source of the workspace (its path in messages) lies on disk; nothing for any other file."""
        ...
