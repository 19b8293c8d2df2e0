"""The official list that a tree refers to: the one that its header names, else the built-in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.model.nomenklatur import Nomenklatur
from pokin_dsl.suggestion import nearest
from pokin_dsl.syntax.mistakes import quoted
from pokin_dsl.syntax.nodes import HeaderLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.model.tree import Pohon
    from pokin_dsl.syntax.nodes import Document


def list_of(pohon: Pohon, lists: Mapping[str, Nomenklatur]) -> Nomenklatur:
    """Give the list that a tree refers to, an empty one where there is none of that name."""
    return lists.get(pohon.nomenklatur, Nomenklatur())


def unknown_list(pohon: Pohon, document: Document, lists: Mapping[str, Nomenklatur]) -> Iterator[Diagnostic]:
    """Tell of a header that names no list (P901); ``document`` is the tree's own file."""
    name = pohon.nomenklatur
    if not name or name in lists:
        return
    near = nearest(name, tuple(known for known in lists if known))
    otherwise = "Sebut berkasnya di bawah [nomenklatur] pada pokin.toml, atau hapus baris ini."
    hint = f"Mungkin maksudnya {near}." if near else otherwise
    for block in document.headers:
        sentence = block.sentence
        if isinstance(sentence, HeaderLine) and (sentence.key, sentence.text) == ("nomenklatur", name):
            span = block.line.span(sentence.text_at, sentence.text_at + len(name))
            message = f"Daftar nomenklatur {quoted(name)} tidak dikenal."
            yield Diagnostic("P901", Severity.GALAT, document.source.path, span, message, hint)
            return
