"""A tree as DOT, the language of Graphviz: for those who want to lay it out or draw it with another program.

Names are generated (`n0`, `n1`, in written order), so that every text is a label and none is read as DOT.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from pokin_dsl.model.query import semua_pemegang, walk
from pokin_dsl.model.tree import Kondisi

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.tree import Simpul
    from pokin_dsl.rules.checked import Checked

_LABELS = {
    "outcome": "OUTCOME",
    "csf": "CSF",
    "kondisi": "KONDISI",
    "antara": "KONDISI ANTARA",
    "operasional": "KONDISI OPERASIONAL",
}
_COLOURS = {
    "outcome": "#7f1d1d",
    "csf": "#b45309",
    "kondisi": "#b91c1c",
    "antara": "#1d4ed8",
    "operasional": "#15803d",
}
_NOTE = {"csf": {"shape": "note", "style": "filled", "fillcolor": "#fef3c7"}}
_GRAPH = {"rankdir": "TB", "ordering": "out", "charset": "UTF-8"}
_NODE = {"shape": "box", "style": "rounded", "fontname": "Arial", "fontsize": "10"}
_EDGE = {"arrowhead": "none"}
_SUPPORTS = {"style": "dashed", "arrowhead": "normal", "constraint": "false"}
_LINE = 34
"""Characters of a line, roughly."""


def pohon_dot(checked: Checked) -> bytes:
    """Give a tree as one graph: a node for each kinerja and csf, dashed edges for what supports other branches too."""
    import graphviz  # noqa: PLC0415 - it takes 20 ms, and where nothing changed nothing is made

    peta = checked.peta
    names = {simpul.id: f"n{number}" for number, simpul in enumerate(walk(checked.pohon))}
    graph = graphviz.Digraph("pohon", graph_attr=_GRAPH, node_attr=_NODE, edge_attr=_EDGE)
    graph.attr("graph", label=graphviz.escape(checked.pohon.judul))
    for id_, name in names.items():
        simpul = peta.simpul[id_]
        label = graphviz.nohtml("".join(rf"{graphviz.escape(line)}\l" for line in _lines(peta, simpul)))
        graph.node(name, label, color=_COLOURS[simpul.jenis], **_NOTE.get(simpul.jenis, {}))
    for id_, name in names.items():
        for anak in peta.simpul[id_].anak:
            graph.edge(name, names[anak.id])
        for other in _supported(peta, peta.simpul[id_], names):
            graph.edge(name, other, **_SUPPORTS)
    text: str = graph.source
    return text.encode("utf-8", "replace")


def _lines(peta: Peta, simpul: Simpul) -> Iterator[str]:
    """Give what a node says, line by line."""
    number = peta.turunan[simpul.id].nomor if isinstance(simpul, Kondisi) else 0
    yield f"{_LABELS[simpul.jenis]} {number}" if number else _LABELS[simpul.jenis]
    yield from wrap(simpul.teks, _LINE) or [""]
    for indikator in simpul.indikator:
        yield from wrap(f"◇ {indikator.teks}", _LINE, subsequent_indent="   ")
    for id_ in semua_pemegang(simpul):
        yield from wrap(f"PK {peta.jabatan[id_].teks}", _LINE)


def _supported(peta: Peta, simpul: Simpul, names: Mapping[str, str]) -> Iterator[str]:
    """Give the nodes of this tree that a node supports besides its parent, by themselves or by an indicator."""
    for reference in simpul.mendukung:
        id_ = peta.alias.get(reference, reference)
        owner = peta.indikator[id_][1].id if id_ in peta.indikator else id_
        if owner in names:
            yield names[owner]
