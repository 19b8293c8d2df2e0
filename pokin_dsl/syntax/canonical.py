"""The canonical form of a document: its lines in their order, indented, with the blank lines that it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.syntax.arrangement import Arrangement, Entry, arranged
from pokin_dsl.syntax.lines import STEP
from pokin_dsl.syntax.nodes import NodeLine
from pokin_dsl.syntax.printing import printed
from pokin_dsl.syntax.vocabulary import JABATAN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pokin_dsl.syntax.nodes import Document

# What has a blank line above it wherever it stands.
_APART = frozenset(["outcome", "csf"])
# Below what a kondisi has one: it stands where a csf would; at the top of a fragment it is the file's own top.
_ABOVE_KONDISI = frozenset(["", "outcome"])
_NO_NODE = "-"


@dataclass(frozen=True, slots=True)
class Form:
    """A text in canonical form, and its comments in the order in which they stand there."""

    text: str
    comments: tuple[str, ...]


def canonical(document: Document) -> Form:
    """Print a document in canonical form.

    It must have been read without galat: a line that could not be read is printed as it is, but one that was left out
    of the outline is not printed at all. Texts are taken as they are; whoever wants NFC normalises before reading.
    """
    form = _Printing()
    form.document(arranged(document))
    return Form("".join([line + "\n" for line in form.lines]), tuple(form.comments))


class _Printing:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.comments: list[str] = []

    def document(self, arrangement: Arrangement) -> None:
        for header in arrangement.headers:
            self._entry(header, "")
        previous = _NO_NODE
        for number, entry in enumerate(arrangement.blocks):
            kind = _kind(entry)
            begins_outline = kind == JABATAN and previous != JABATAN
            if self.lines and (not number or begins_outline or _stands_apart(kind, "")):
                self.lines.append("")
            self._branch(entry, "")
            previous = kind
        self._comments(arrangement.tail, "")

    def _branch(self, entry: Entry, margin: str) -> None:
        """Print a line and all that belongs to it."""
        self._entry(entry, margin)
        if not entry.below:
            return
        owner, deeper = _kind(entry), margin + " " * STEP
        for below in entry.below:
            if _stands_apart(_kind(below), owner):
                self.lines.append("")
            self._branch(below, deeper)

    def _entry(self, entry: Entry, margin: str) -> None:
        if entry.comments:
            self._comments(entry.comments, margin)
        first, *further = printed(entry.sentence, entry.line)
        deeper = margin + " " * STEP
        if entry.inner and len(entry.inner) != len(further):
            self._comments((comment for group in entry.inner for comment in group), margin)
        self.lines.append(margin + first)
        for number, text in enumerate(further):
            if len(entry.inner) == len(further):
                self._comments(entry.inner[number], deeper)
            self.lines.append(f"{deeper}| {text}")
        if entry.line.note:
            self.lines += [deeper + line if line else "" for line in entry.line.note.split("\n")]

    def _comments(self, comments: Iterable[str], margin: str) -> None:
        for comment in comments:
            self.comments.append(comment)
            self.lines.append(margin + comment)


def _kind(entry: Entry) -> str:
    return entry.sentence.kind if isinstance(entry.sentence, NodeLine) else _NO_NODE


def _stands_apart(kind: str, owner: str) -> bool:
    return kind in _APART or (kind == "kondisi" and owner in _ABOVE_KONDISI)
