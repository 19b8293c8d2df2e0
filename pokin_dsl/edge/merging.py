"""``pokin merge``: three files read, one written, in one atomic replacement; no line of either side is ever lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.edge.building import collector_off
from pokin_dsl.edge.fixing import replace_file
from pokin_dsl.edge.location import SurroundingsError
from pokin_dsl.edge.package import read_sentence
from pokin_dsl.edge.refusals import refusal
from pokin_dsl.model.merge.threeway import LABELS, Labels, Merged, marked_by_line, merge
from pokin_dsl.syntax.characters import decode

if TYPE_CHECKING:
    from pathlib import Path

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Merging:
    """What three files come to: the bytes for ours, how many conflicts are in them.

    ``by_fact`` is false where only lines could be compared, so that every difference is a conflict; ``readable`` is
    false where a version is no text of ours: then ours is what it was, or has conflicts for all differences.
    """

    content: bytes
    conflicts: int
    by_fact: bool = True
    readable: bool = True


def merge_files(base: Path, ours: Path, theirs: Path, labels: Labels = LABELS) -> Merging:
    """Merge three files; nothing is written.

    Raises:
        SurroundingsError: a file cannot be read.
    """
    versions = (_load(base), _load(ours), _load(theirs))
    with collector_off():
        return merge_bytes(versions, labels)


def write_merged(ours: Path, merging: Merging) -> None:
    """Write the result into the file of our version.

    Raises:
        SurroundingsError: it cannot be written, and is what it was.
    """
    replace_file(ours.parent, ours.name, merging.content)


def merge_bytes(versions: tuple[bytes, bytes, bytes], labels: Labels) -> Merging:
    """Merge the contents of three files."""
    base, ours, theirs = versions
    if theirs in (ours, base):
        return Merging(ours, 0)
    if ours == base:
        return Merging(theirs, 0)
    if any(b"\0" in version for version in versions):
        # No text at all, or one in UTF-16: markers would only damage it, and git leaves such a file alone too.
        return Merging(ours, 1, by_fact=False, readable=False)
    decoded = [decode("", version) for version in versions]
    if any(findings for _, findings in decoded):
        here, there = (version.decode("utf-8", "surrogateescape") for version in (ours, theirs))
        return _made(marked_by_line(here, there, labels), b"", readable=False)
    texts = [source.text for source, _ in decoded]
    merged = merge((texts[0], texts[1], texts[2]), read_sentence(), labels)
    return _made(merged, _BOM if ours.startswith(_BOM) else b"", readable=True)


def _made(merged: Merged, start: bytes, *, readable: bool) -> Merging:
    content = start + merged.text.encode("utf-8", "surrogateescape")
    return Merging(content, merged.conflicts, merged.by_fact, readable)


def _load(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SurroundingsError(f'"{path.name}" tidak dapat dibaca: {refusal(error)}.') from error
