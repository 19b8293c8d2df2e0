"""The page of crosscutting: which tree is supported by whom, as a picture and in tables, linked both ways."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pokin_dsl.model.positions import folded
from pokin_dsl.site import urls
from pokin_dsl.site.bipartite import Party, Tie, bipartite, legible_at_once
from pokin_dsl.site.lookups import count
from pokin_dsl.site.organisations import organisations
from pokin_dsl.site.partnership import (
    AGREED,
    DIRECT,
    GRAVEST_FIRST,
    ONE_SIDED,
    REFUSED,
    UNSAID,
    WAITING,
    Mention,
    Partnership,
    Reference,
    by_tree,
)
from pokin_dsl.site.portal_page import TOP
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pokin_dsl.site.atlas import Atlas
    from pokin_dsl.site.frame import Context

STATES = {
    AGREED: "disetujui",
    WAITING: "menunggu",
    REFUSED: "ditolak",
    UNSAID: "tanpa status",
    ONE_SIDED: "belum disebut balik",
    DIRECT: "rujukan langsung",
}
"""How each kind of tie is called."""
_TITLE = "Crosscutting antarpohon"
_Pair = tuple[str, str]
_Drawing = tuple[dict[str, Party], list[Tie]]


def crosscutting_page(atlas: Atlas, front: Context) -> Page:
    """Make the page with its picture and its tables."""
    ties = Partnership(atlas)
    mentions, references = ties.mentions, ties.references
    states = Counter(mention.state for mention in mentions)
    states[DIRECT] = len(references)
    context: Context = {
        **front,
        "judul": _TITLE,
        "remah": [{"teks": "Semua pohon", "href": urls.INDEX}, {"teks": _TITLE, "href": ""}],
        "tanda_keadaan": list(STATES),
        "angka": [
            {"keadaan": state, "nama": STATES[state], "jumlah": count(states[state])}
            for state in STATES
            if states[state]
        ],
        **_picture(ties),
        "pohon_terkait": [_tree(atlas, name, *both) for name, both in by_tree(mentions).items()],
        "di_luar": list(_outside(atlas, mentions)),
        "rujukan": [_reference(atlas, reference) for reference in references],
    }
    return Page(urls.CROSSCUTTING, "crosscutting.html.j2", context)


# -- tables ------------------------------------------------------------------------------------------------------------


def _tree(atlas: Atlas, name: str, out: Sequence[Mention], back: Sequence[Mention]) -> Context:
    pohon = atlas.trees[name].pohon
    supported = Counter(mention.here for mention in back)
    return {
        "jangkar": urls.crosscutting_anchor(name),
        "judul": pohon.judul,
        "asal": pohon.instansi if pohon.instansi != pohon.judul else "",
        "href": urls.in_tree(name, urls.INDEX),
        "sebutan": [_mention(atlas, mention) for mention in out],
        "mendukung": [
            {
                "teks": atlas.trees[here].pohon.judul,
                "href": f"#{urls.crosscutting_anchor(here)}",
                "jumlah": count(number),
            }
            for here, number in supported.items()
        ],
    }


def _mention(atlas: Atlas, mention: Mention) -> Context:
    there = mention.there
    return {
        "kinerja": _node(atlas, mention.here, mention.simpul.id),
        "mitra": mention.crosscutting.instansi,
        "mitra_href": urls.in_tree(there, urls.INDEX) if there else "",
        "balik_href": f"#{urls.crosscutting_anchor(there)}" if there else "",
        "sumbangan": mention.crosscutting.teks,
        "keadaan": mention.crosscutting.status or UNSAID,
        "kata": STATES[mention.crosscutting.status or UNSAID],
        "sepihak": mention.one_sided,
    }


def _reference(atlas: Atlas, reference: Reference) -> Context:
    return {
        "dari": _node(atlas, reference.here, reference.simpul.id),
        "dari_pohon": _site_link(atlas, reference.here),
        "hubungan": "mendukung" if reference.supports else "lihat juga",
        "ke": _node(atlas, reference.there, reference.id),
        "ke_pohon": _site_link(atlas, reference.there),
    }


def _node(atlas: Atlas, tree: str, id_: str) -> Mapping[str, str]:
    link = atlas.links[tree][id_]
    return {**link, "href": urls.in_tree(tree, link["href"])}


def _site_link(atlas: Atlas, tree: str) -> Mapping[str, str]:
    return {"teks": atlas.trees[tree].pohon.judul, "href": urls.in_tree(tree, urls.INDEX)}


def _outside(atlas: Atlas, mentions: Iterable[Mention]) -> Iterator[Context]:
    """Give the partners that have no tree here, by name, with the trees that mention them."""
    names: dict[str, str] = {}
    found: dict[str, Counter[str]] = {}
    for mention in mentions:
        if not mention.there:
            key = folded(mention.crosscutting.instansi)
            names.setdefault(key, mention.crosscutting.instansi)
            found.setdefault(key, Counter())[mention.here] += 1
    for key in sorted(found):
        trees = [
            {"teks": atlas.trees[name].pohon.judul, "href": f"#{urls.crosscutting_anchor(name)}", "jumlah": count(n)}
            for name, n in found[key].items()
        ]
        yield {"nama": names[key], "pohon": trees, "jumlah": count(found[key].total())}


# -- picture -----------------------------------------------------------------------------------------------------------


def _picture(ties: Partnership) -> Context:
    """Draw the trees; where they are too many for one picture the organisations; else say that the tables tell it."""
    drawings = (_between_trees, _between_organisations)
    for kind, drawing in zip(("pohon", "organisasi"), drawings, strict=True):
        parties, lines = drawing(ties)
        if legible_at_once(lines):
            used = [state for state in STATES if any(line.state == state for line in lines)]
            legend = [{"keadaan": state, "kata": STATES[state]} for state in used]
            return {"gambar": bipartite(parties, lines), "macam_gambar": kind, "legenda": legend}
    return {"gambar": None, "macam_gambar": "", "legenda": []}


def _between_trees(ties: Partnership) -> _Drawing:
    mentioned = by_tree(ties.mentions)
    parties = {
        name: Party(
            name,
            tree.pohon.judul,
            f"#{urls.crosscutting_anchor(name)}" if name in mentioned else "#rujukan",
            own=True,
        )
        for name, tree in ties.atlas.trees.items()
    }
    for mention in ties.mentions:
        if not mention.there:
            key = _outsider(mention)
            parties.setdefault(key, Party(key, mention.crosscutting.instansi, "#di-luar", own=False))
    pairs = _pairs(ties, {name: name for name in ties.atlas.trees}, _outsider)
    return parties, [_tie(parties, pair, states) for pair, states in pairs.items()]


def _between_organisations(ties: Partnership) -> _Drawing:
    """Draw folders, and all partners outside as one."""
    groups = organisations(ties.atlas.trees.values())
    home = {tree.nama: group.folder for group in groups for tree in group.trees}
    parties = {
        group.folder: Party(
            group.folder,
            group.nama or TOP,
            f"{urls.INDEX}#{group.anchor}" if len(groups) > 1 else urls.INDEX,
            own=True,
        )
        for group in groups
    }
    parties[":"] = Party(":", "Mitra lain", "#di-luar", own=False)
    pairs = _pairs(ties, home, lambda _: ":")
    return parties, [_tie(parties, pair, states) for pair, states in pairs.items()]


def _outsider(mention: Mention) -> str:
    """Give the key of a partner without a tree; no name of a tree holds ``:``."""
    return f":{folded(mention.crosscutting.instansi)}"


def _pairs(
    ties: Partnership, home: Mapping[str, str], outside: Callable[[Mention], str]
) -> Mapping[_Pair, Sequence[str]]:
    """Give the states of all ties between two parties; ``home`` is whose each tree is, ``outside`` who has none."""
    pairs: dict[_Pair, list[str]] = {}
    for mention in ties.mentions:
        supporter = home[mention.there] if mention.there else outside(mention)
        pairs.setdefault((supporter, home[mention.here]), []).append(mention.state)
    for reference in ties.references:
        if reference.supports:
            pairs.setdefault((home[reference.here], home[reference.there]), []).append(DIRECT)
    return pairs


def _tie(parties: Mapping[str, Party], pair: _Pair, states: Sequence[str]) -> Tie:
    counted = Counter(states)
    in_words = ", ".join(f"{count(counted[state])} {STATES[state]}" for state in STATES if counted[state])
    title = f"{parties[pair[0]].text} mendukung {parties[pair[1]].text}: {in_words}"
    return Tie(*pair, next(state for state in GRAVEST_FIRST if counted[state]), len(states), title)
