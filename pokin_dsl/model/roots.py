"""Which files of a workspace are trees and by which names, which are parts of trees, and which are lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Label, Severity, stops_publication
from pokin_dsl.model.naming import LONGEST_TREE, RESERVED_TREES, tree_name
from pokin_dsl.syntax.nodes import HeaderLine, NodeLine
from pokin_dsl.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pokin_dsl.syntax.nodes import Document

Includes = Mapping[str, tuple[str, ...]]
"""What each file that was read includes, by path; a file that is not among the keys is not there."""
Findings = Mapping[str, tuple[Diagnostic, ...]]
"""What reading said of each file that was read, by path."""


@dataclass(frozen=True, slots=True)
class Roots:
    """The paths of the files that are trees, by name; and the findings that belong to no tree."""

    trees: Mapping[str, str]
    findings: tuple[Diagnostic, ...]


def find_roots(
    addresses: Mapping[str, str], documents: Mapping[str, Document], included: Includes, read: Findings
) -> Roots:
    """Find the trees among these files; tell of names that cannot be, of files without content or in no tree.

    ``addresses`` maps the path of each file that may be a tree to its path below ``trees/``; those that are not among
    the documents could not be opened. Of a file that no tree holds, what ``read`` says of it is among the findings.
    """
    closed = {path: told for path in sorted(addresses) if (told := _closed(path, documents))}
    paths, lost = _trees_and_lost([path for path in sorted(addresses) if path not in closed], documents, included)
    trees: dict[str, str] = {}
    findings = list(closed.values())
    for path in paths:
        name, wrong = tree_name(addresses[path])
        if wrong:
            findings.append(_wrong_name(documents[path], wrong, name))
        first = trees.setdefault(name.casefold(), path)
        if first != path:
            findings.append(_same_name(documents[path], documents[first], name))
    of_lost = (finding for path in lost for finding in (*read[path], *_why_lost(documents[path])))
    return Roots(trees, (*_empty_files(documents, read), *of_lost, *findings))


def fragments(root: str, included: Includes) -> tuple[str, ...]:
    """Give the paths of all files that a tree includes and that are there, directly or not, in the order met."""
    met: dict[str, None] = {}
    waiting = [root]
    while waiting:
        for path in included[waiting.pop(0)]:
            if path in included and path not in met and path != root:
                met[path] = None
                waiting.append(path)
    return tuple(met)


def _empty_files(documents: Mapping[str, Document], read: Findings) -> Iterator[Diagnostic]:
    """Tell of files, trees or parts of trees, that hold nothing: a full disk or a broken save leaves no other trace.

    One that could not be decoded holds nothing either, but has its own finding.
    """
    message = "Berkas ini kosong, jadi isinya tidak terbit."
    hint = "Kembalikan isinya, atau hapus berkasnya bila tidak dipakai lagi."
    for path, document in sorted(documents.items()):
        if _is_empty(document) and not any(map(stops_publication, read[path])):
            yield Diagnostic("P022", Severity.GALAT, path, Span(0, 0), message, hint)


def _is_empty(document: Document) -> bool:
    text = document.source.text
    return not text or text.isspace()


def _trees_and_lost(
    paths: Sequence[str], documents: Mapping[str, Document], included: Includes
) -> tuple[list[str], list[str]]:
    """Tell the files with a title that no other tree includes from those that no tree holds at all.

    A file that is included only by what it includes itself stays a tree, so that a circle is told and not lost.
    """
    includers: dict[str, set[str]] = {}
    for path, parts in included.items():
        for fragment in parts:
            includers.setdefault(fragment, set()).add(path)
    holdings = {path: {path, *fragments(path, included)} for path in paths if _has_title(documents[path])}
    trees = [path for path, holding in holdings.items() if includers.get(path, set()) <= holding]
    held = {part for path in trees for part in holdings[path]}
    for path, holding in holdings.items():
        if path not in held:
            trees.append(path)
            held |= holding
    return sorted(trees), [path for path in paths if path not in held]


def _has_title(document: Document) -> bool:
    return any(isinstance(b.sentence, HeaderLine) and b.sentence.key == "judul" for b in document.headers)


def _why_lost(document: Document) -> Iterator[Diagnostic]:
    """Tell of a file that no tree holds; of one in which there is nothing to read enough is told."""
    if _is_empty(document):
        return
    tops = (block.sentence for block in document.blocks)
    meant = any(isinstance(sentence, NodeLine) and sentence.kind == "outcome" for sentence in tops)
    severity = Severity.GALAT if meant or not document.blocks else Severity.PERINGATAN
    message = "Berkas ini tidak memuat judul: dan tidak disertakan oleh pohon mana pun, jadi tidak terbit."
    hint = "Tambahkan judul: di awal berkas, atau sertakan berkas ini dari sebuah pohon."
    yield Diagnostic("P906", severity, document.source.path, Span(0, 0), message, hint)


def _closed(path: str, documents: Mapping[str, Document]) -> Diagnostic | None:
    """Tell of a file that was not read, or whose name no page could show: on Unix a name is bytes, of any encoding."""
    if path not in documents:
        message = "Berkas ini tidak dapat dibuka, jadi pohonnya tidak terbaca."
        hint = "Periksa hak akses berkas dan foldernya; tautan ke luar ruang kerja tidak diikuti."
    elif any("\ud800" <= letter <= "\udfff" for letter in path):
        message = "Nama berkas atau foldernya bukan UTF-8, jadi pohonnya tidak terbaca."
        hint = "Ganti namanya: pakai huruf kecil, angka, dan tanda hubung."
    else:
        return None
    return Diagnostic("P021", Severity.GALAT, path, Span(0, 0), message, hint)


def _wrong_name(document: Document, wrong: str, name: str) -> Diagnostic:
    message = f'Nama "{wrong}" tidak dapat menjadi alamat pohon.'
    hint = f"Pakai huruf kecil, angka, dan tanda hubung, misalnya {name}.pokin."
    if wrong in RESERVED_TREES:
        message = f'Nama "{wrong}" dicadangkan oleh Windows atau oleh situs, jadi tidak dapat menjadi alamat pohon.'
        hint = f"Ganti namanya, misalnya {name}.pokin."
    if len(wrong) > LONGEST_TREE // 2:
        hint = f"{hint} Bersama foldernya paling panjang {LONGEST_TREE} karakter."
    return Diagnostic("P904", Severity.GALAT, document.source.path, Span(0, 0), message, hint)


def _same_name(document: Document, first: Document, name: str) -> Diagnostic:
    label = Label(first.source.path, Span(0, 0), f"pohon {name} yang pertama")
    message = f'Alamat pohon "{name}" sudah dipakai oleh {first.source.path}.'
    return Diagnostic(
        "P905", Severity.GALAT, document.source.path, Span(0, 0), message, "Ganti nama salah satu.", (label,)
    )
