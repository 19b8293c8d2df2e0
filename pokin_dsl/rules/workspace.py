"""References between trees: every ``pohon:id`` must lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.model.positions import MOST_SUGGESTIONS
from pokin_dsl.suggestion import nearest
from pokin_dsl.syntax.mistakes import quoted
from pokin_dsl.syntax.nodes import AnnotationLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.resolve import Resolved


def dead_references(trees: Mapping[str, tuple[Resolved, Peta]]) -> Iterator[tuple[str, Diagnostic]]:
    """Find references to other trees that lead nowhere (P103), each with the name of the tree that holds it."""
    found = 0
    for name, (resolved, peta) in trees.items():
        for simpul in peta.simpul.values():
            for annotation, references in (("mendukung", simpul.mendukung), ("lihat", simpul.lihat)):
                for reference in references:
                    if ":" in reference and (hint := _problem(reference, trees, suggest=found < MOST_SUGGESTIONS)):
                        found += 1
                        yield name, _finding(resolved, simpul.id, annotation, reference, hint)


def _problem(reference: str, trees: Mapping[str, tuple[Resolved, Peta]], *, suggest: bool) -> str:
    """Give the hint for a dead reference, or an empty text where it is alive."""
    tree, _, id_ = reference.partition(":")
    if tree not in trees:
        near = nearest(tree, tuple(trees)) if suggest else ""
        return f"Mungkin maksudnya {near}:{id_}." if near else "Periksa nama pohonnya: nama berkas tanpa .pokin."
    other = trees[tree][1]
    if id_ in other.simpul or id_ in other.indikator or id_ in other.jabatan or id_ in other.alias:
        return ""
    near = nearest(id_, (*other.simpul, *other.indikator)) if suggest else ""
    return f"Mungkin maksudnya {tree}:{near}." if near else f"Periksa id yang ada di pohon {tree}."


def _finding(resolved: Resolved, id_: str, annotation: str, reference: str, hint: str) -> Diagnostic:
    tempat = resolved.letak[id_]
    blocks = (b for b in tempat.annotations if getattr(b.sentence, "text", "") == reference)
    block = next(blocks, None)
    span = tempat.span()
    if block and isinstance(block.sentence, AnnotationLine):
        span = tempat.line(block).span(block.sentence.text_at, block.sentence.text_at + len(reference))
    message = f"Rujukan @{annotation} {quoted(reference)} tidak menuju ke mana pun."
    return Diagnostic("P103", Severity.GALAT, tempat.source.path, span, message, hint, subject=id_)
