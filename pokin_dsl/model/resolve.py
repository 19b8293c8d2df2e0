"""Documents to the model: ids given, positions and references looked up, derived stage found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.model.assemble import assemble
from pokin_dsl.model.circles import SHOWN, cycles
from pokin_dsl.model.header import with_header
from pokin_dsl.model.ids import Ids, give_ids
from pokin_dsl.model.places import Letak, Places
from pokin_dsl.model.resolution import Resolution
from pokin_dsl.model.telling import Teller, told_clashes
from pokin_dsl.model.tree import Jabatan, Pohon, Simpul
from pokin_dsl.syntax.vocabulary import INDIKATOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.syntax.nodes import Document


@dataclass(frozen=True, slots=True)
class Resolved:
    """A tree with the places of all that has an id; ``root`` is the path of its file, ``sources`` all of its files."""

    pohon: Pohon
    letak: Letak
    root: str
    sources: tuple[str, ...]


def resolve(name: str, root: Document, documents: Mapping[str, Document]) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    """Make the model of one tree.

    ``name`` is its address; ``documents`` holds the fragments by workspace path. Everything that can be built is built:
    a misplaced node stays in the tree, an unknown reference is dropped, and each is a finding
    (P012, P017, P019, P101 to P103, P302). What is equal to a part of what ``name`` came to before is the same object.
    """
    outline = assemble(root, documents)
    ids = give_ids(outline.parts())
    resolution = Resolution(name, outline, ids)
    akar = tuple([thing for thing in resolution.build(outline.akar) if isinstance(thing, Simpul)])
    declared = tuple([thing for thing in resolution.build(outline.jabatan) if isinstance(thing, Jabatan)])
    resolution.finish()
    positions = resolution.positions
    named_only = tuple(Jabatan(id_, teks, di_luar=True) for id_, teks in positions.undeclared())
    findings = (
        *outline.diagnostics,
        *told_clashes(ids),
        *Teller(ids, positions).told(resolution.remarks),
        *_circles(resolution.support(outline.akar), ids),
    )
    pohon = with_header(name, root, akar, (*declared, *named_only))
    return Resolved(pohon, Places(ids), root.source.path, (root.source.path, *outline.files)), findings


def _circles(support: Mapping[str, tuple[str, ...]], ids: Ids) -> Iterator[Diagnostic]:
    """Tell of circles of ``@mendukung`` (P103); ``support`` gives for each node what it supports, by id."""
    edges = {id_: tuple(_carrier(t, ids) for t in to if t in ids.running) for id_, to in support.items()}
    for loop in cycles(edges):
        spot = ids.spot(loop[0])
        shown = loop if len(loop) <= SHOWN else [*loop[:2], "…", loop[-1]]
        chain = " → ".join((*shown, loop[0]))
        block = next((b for b, _ in spot.draft.named("mendukung")), spot.draft.block)
        message = f"@mendukung berputar: {chain}."
        hint = "Hapus salah satu @mendukung dari putaran itu."
        span = spot.line(block).whole()
        yield Diagnostic("P103", Severity.GALAT, spot.source.path, span, message, hint, subject=loop[0])


def _carrier(id_: str, ids: Ids) -> str:
    """Give the node that a reference ends at: of an indicator its owner, of all else itself."""
    spot = ids.spot(id_)
    return (ids.above(spot) or id_) if spot.draft.kind == INDIKATOR else id_
