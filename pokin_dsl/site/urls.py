"""All addresses of the site: paths below a tree's folder, the way up from a page, the way from tree to tree.

Ids and names of trees are lower-case letters, digits and ``-`` (names also ``/``), so no address needs quoting. Links
are relative and name ``index.html``: they hold from ``file://`` and below any path of a server.
"""

from __future__ import annotations

STATICS = "statis"
TREES = "cari-pohon.js"
SEARCH = "cari-data.js"
RULES = "aturan/index.html"
INDEX = "index.html"
INDICATORS = "indikator.html"
POSITIONS = "jabatan/index.html"
FINDINGS = "pemeriksaan.html"
CHECKLIST = "daftar-periksa.html"
SOURCE = "sumber.html"
MODEL = "pohon.json"
PICTURE = "pohon.svg"
GRAPH = "pohon.dot"
PRINT = "cetak.html"
CHANGES = "perubahan.html"
CROSSCUTTING = "crosscutting.html"
NOWHERE = "404.html"


def in_tree(tree: str, address: str) -> str:
    """Give the path from the site's root of an address below a tree's folder."""
    return f"{tree}/{address}"


def climb(path: str) -> str:
    """Give the way from a page up to the folder that its path starts in: ``../`` for each folder."""
    return "../" * path.count("/")


def to_tree(here: str, there: str, address: str) -> str:
    """Give the way from one tree's folder to an address of another tree."""
    return climb(f"{here}/") + in_tree(there, address)


def rule(code: str) -> str:
    """Give the path from the site's root of the page about a rule."""
    return f"aturan/{code}.html"


def organisation(folder: str) -> str:
    """Give the path from the site's root of the page about a folder of trees."""
    return f"{folder}/{INDEX}"


def organisation_anchor(folder: str) -> str:
    """Give the anchor of a folder of trees on the first page of the site; no name of a tree holds ``_``."""
    return f"o-{folder.replace('/', '_')}"


def crosscutting_anchor(tree: str) -> str:
    """Give the anchor of a tree on the page of crosscutting."""
    return f"p-{tree.replace('/', '_')}"


def crosscutting(tree: str) -> str:
    """Give the path from the site's root of what the page of crosscutting says of a tree."""
    return f"{CROSSCUTTING}#{crosscutting_anchor(tree)}"


def stage(number: int) -> str:
    """Give the address of a stage's page, 1 to 5."""
    return f"tahap-{number}.html"


def part(table: str, id_: str) -> str:
    """Give the address of a part of a long page; one of a table has the id of the node that heads its branch."""
    return f"{parts_folder(table)}{id_}.html"


def parts_folder(page: str) -> str:
    """Give where the parts of a long page stand."""
    return f"{page.removesuffix('.html')}/"


def kinerja(id_: str) -> str:
    """Give the address of a node's page."""
    return f"kinerja/{id_}.html"


def indicator_anchor(id_: str) -> str:
    """Give the anchor of an indicator on the page of its node."""
    return f"indikator-{id_}"


def indicator(simpul: str, id_: str) -> str:
    """Give the address of an indicator: its place on the page of its node."""
    return f"kinerja/{simpul}.html#{indicator_anchor(id_)}"


def position(id_: str) -> str:
    """Give the address of a position's page."""
    return f"jabatan/{id_}.html"


def finding_anchor(code: str, subject: str, nth: int) -> str:
    """Give the anchor of a finding on the page of findings; ``nth`` counts those of one rule about one thing, from 1.

    No id holds ``_``, so no two findings share an anchor.
    """
    about = f"temuan-{code.lower()}-{subject}" if subject else f"temuan-{code.lower()}"
    return about if nth == 1 else f"{about}_{nth}"


def written_anchor(id_: str) -> str:
    """Give the anchor of what was written of a node, an indicator or a position, on the page of sources."""
    return f"s-{id_}"


def line_anchor(file: int, line: int) -> str:
    """Give the anchor of a line; files are counted from 1, and the tree's own is the first."""
    return f"L{line}" if file == 1 else f"F{file}-L{line}"


def change_anchor(kind: str, tree: str, id_: str = "") -> str:
    """Give an anchor on the page of changes; ``kind`` is a letter for what it is about.

    No name of a tree holds ``_`` or ``.``, and no id either, so no two anchors are the same.
    """
    return ".".join(filter(None, (kind, tree.replace("/", "_"), id_)))
