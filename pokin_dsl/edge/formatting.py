"""``pokin fmt``: safe fixes of reading put in, the canonical form printed, the result read again before it counts."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.edge.building import collector_off
from pokin_dsl.edge.disk import NOTHING, read_workspace
from pokin_dsl.edge.fixing import MOST_ROUNDS, UNTOUCHED, differences, replace_file
from pokin_dsl.edge.location import load_bytes
from pokin_dsl.edge.package import read_sentence
from pokin_dsl.model.resolve import resolve
from pokin_dsl.model.sameness import same_meaning
from pokin_dsl.pipeline import Reading, reached, read
from pokin_dsl.rules.fixes import fixed
from pokin_dsl.rules.selection import weighed
from pokin_dsl.syntax.arrangement import written_comments
from pokin_dsl.syntax.canonical import Form, canonical
from pokin_dsl.syntax.characters import decode
from pokin_dsl.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from pokin_dsl.edge.workspace import Workspace
    from pokin_dsl.syntax.nodes import Document

STANDARD_INPUT = "masukan.pokin"


class FormError(Exception):
    """The canonical form of a file would not hold the same tree: a mistake of ours; its text is for the user."""


@dataclass(frozen=True, slots=True)
class Formatting:
    """What formatting comes to, by path: texts before, texts after of those that change, what must be mended first.

    A file is in ``before``, in ``left`` with what is wrong in it, or ``unread`` because it could not be opened.
    ``sources`` are the texts in which the findings stand. A byte order mark is part of a text here.
    """

    before: Mapping[str, str]
    after: Mapping[str, str]
    left: Mapping[str, tuple[Diagnostic, ...]]
    sources: Mapping[str, Source]
    unread: tuple[str, ...] = ()

    def difference(self) -> Iterator[str]:
        """Give the lines of a unified difference, file by file."""
        return differences(self.before, self.after)


def format_workspace(workspace: Workspace) -> Formatting:
    """Format the files of a workspace and all that they include; nothing is written.

    Raises:
        FormError: the canonical form would not hold the same tree.
    """

    def read_files(instead: Mapping[str, Source]) -> Reading:
        return read_workspace(workspace.root, workspace.addresses, instead)

    def load(path: str) -> bytes:
        return load_bytes(workspace.root, path) or b""

    with collector_off():
        return _formatted(read_files, load, workspace.addresses, workspace.severities)


def format_bytes(data: bytes, severities: Mapping[str, Severity | None]) -> Formatting:
    """Format one text that stands in no file, under the path ``STANDARD_INPUT``; what it includes is not looked at.

    Raises:
        FormError: the canonical form would not hold the same tree.
    """

    def read_text(instead: Mapping[str, Source]) -> Reading:
        there = (instead[STANDARD_INPUT], ()) if instead else decode(STANDARD_INPUT, data)
        return read(Reading(), {STANDARD_INPUT: there}, read_sentence())

    with collector_off():
        return _formatted(read_text, lambda _: data, (STANDARD_INPUT,), severities)


def write_formatted(root: Path, formatting: Formatting) -> None:
    """Write the files that change, each in one atomic replacement.

    Raises:
        SurroundingsError: a file cannot be written; those before it are formatted, none is damaged.
    """
    for path, text in formatting.after.items():
        replace_file(root, path, text.encode("utf-8"))


def _formatted(
    read_all: Callable[[Mapping[str, Source]], Reading],
    load: Callable[[str], bytes],
    asked: Collection[str],
    severities: Mapping[str, Severity | None],
) -> Formatting:
    first = read_all(NOTHING)
    mended = _mended(first, read_all, severities)
    left = [path for path in mended.documents if _grave(mended, path)]
    forms = {path: canonical(document) for path, document in mended.documents.items() if path not in left}
    data = {path: load(path) for path in forms}
    changing = {path: form for path, form in forms.items() if form.text.encode("utf-8") != data[path]}
    if changing:
        _check(mended, changing)
    told = {path: _told(path, first, mended) for path in left}
    return Formatting(
        {path: content.decode("utf-8", "replace") for path, content in data.items()},
        {path: form.text for path, form in changing.items()},
        {path: findings for path, (findings, _) in told.items()},
        {path: source for path, (_, source) in told.items()},
        tuple(sorted(first.absent.intersection(asked))),
    )


def _mended(
    first: Reading,
    read_all: Callable[[Mapping[str, Source]], Reading],
    severities: Mapping[str, Severity | None],
) -> Reading:
    """Read again with the safe fixes put in and letters composed, until there is nothing left to do."""
    reading = first
    instead: dict[str, Source] = {}
    for _ in range(MOST_ROUNDS):
        changed = _mend_once(reading, severities)
        if not changed:
            break
        instead |= {path: Source(path, text) for path, text in changed.items()}
        reading = read_all(instead)
    return reading


def _mend_once(reading: Reading, severities: Mapping[str, Severity | None]) -> dict[str, str]:
    """Give the texts that a safe fix of reading changes, NFC, or line ends; what was not read whole stays as it is.

    Line ends mean nothing, but without CR a section is the same as in the result, and need not be read again there.
    """
    texts = {
        path: document.source.text
        for path, document in reading.documents.items()
        if not any(finding.code in UNTOUCHED for finding in reading.diagnostics[path])
    }
    changed, _ = fixed(texts, [f for path in texts for f in weighed(reading.diagnostics[path], severities)])
    for path, text in {**texts, **changed}.items():
        tidy = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        if tidy != text:
            changed[path] = tidy
    return changed


def _grave(reading: Reading, path: str) -> tuple[Diagnostic, ...]:
    return tuple(finding for finding in reading.diagnostics[path] if finding.severity is Severity.GALAT)


def _told(path: str, first: Reading, mended: Reading) -> tuple[tuple[Diagnostic, ...], Source]:
    """Give what keeps a file from being formatted, and the text in which that stands: the file as it is, if it can be.

    What shows only once other mistakes are mended stands in the mended text.
    """
    there = tuple(f for f in _grave(first, path) if f.fix is None or not f.fix.safe)
    if there:
        return there, first.documents[path].source
    return _grave(mended, path), mended.documents[path].source


def _check(before: Reading, changing: Mapping[str, Form]) -> None:
    """Read the new texts and compare: the same trees, the same comments.

    Trees are only made where the outlines do not show already that they are the same.
    """
    documents = dict(before.documents)
    in_doubt: list[str] = []
    for path, form in changing.items():
        old = documents[path]
        again = before if form.text == old.source.text else _read_again(path, form)
        new = documents[path] = again.documents[path]
        if _grave(again, path) or not _same_comments(old, form, new):
            raise _form_error(path)
        if not same_meaning(old, new):
            in_doubt.append(path)
    for top in _tops(before, in_doubt):
        if _tree(top, before.documents) != _tree(top, documents):
            raise _form_error(top)


def _read_again(path: str, form: Form) -> Reading:
    return read(Reading(), {path: decode(path, form.text.encode("utf-8"))}, read_sentence())


def _same_comments(before: Document, form: Form, after: Document) -> bool:
    comments = tuple(written_comments(after))
    return comments == form.comments and Counter(comments) == Counter(written_comments(before))


def _tops(reading: Reading, changing: Sequence[str]) -> Iterator[str]:
    """Give the files that no other includes and from which a changing one is reached; of a circle, one of its own."""
    included = {path for paths in reading.includes.values() for path in paths}
    covered: set[str] = set()
    for path in (*(path for path in reading.documents if path not in included), *changing):
        held = reached(reading, [path])
        if path not in covered and not held.isdisjoint(changing):
            covered |= held
            yield path


def _tree(path: str, documents: Mapping[str, Document]) -> object:
    return resolve(path, documents[path], documents)[0].pohon


def _form_error(path: str) -> FormError:
    return FormError(
        f'Kesalahan dalam pokin: bentuk baku "{path}" tidak memuat pohon yang sama. Tidak ada berkas yang ditulis.\n'
        "Mohon laporkan kepada pengembang pokin, beserta berkas itu."
    )
