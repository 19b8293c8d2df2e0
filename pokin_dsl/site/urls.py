"""All addresses of the site: paths below a tree's folder, the way up from a page, the way from tree to tree.

Ids and names of trees are lower-case letters, digits and ``-`` (names also ``/``), so no address needs quoting. Links
are relative and name ``index.html``: they hold from ``file://`` and below any path of a server.
"""

from __future__ import annotations

STATICS = "statis"
RULES = "aturan/index.html"
INDEX = "index.html"
INDICATORS = "indikator.html"
POSITIONS = "jabatan/index.html"
FINDINGS = "pemeriksaan.html"
CHECKLIST = "daftar-periksa.html"
SOURCE = "sumber.html"
MODEL = "pohon.json"
PICTURE = "pohon.svg"


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


def stage(number: int) -> str:
    """Give the address of a stage's page, 1 to 5."""
    return f"tahap-{number}.html"


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


def finding_anchor(number: int) -> str:
    """Give the anchor of a finding, counted from 1, on the page of findings."""
    return f"temuan-{number}"


def finding(number: int) -> str:
    """Give the address of a finding."""
    return f"{FINDINGS}#{finding_anchor(number)}"


def line_anchor(file: int, line: int) -> str:
    """Give the anchor of a line; files are counted from 1, and the tree's own is the first."""
    return f"L{line}" if file == 1 else f"F{file}-L{line}"


def line(file: int, number: int) -> str:
    """Give the address of a source line."""
    return f"{SOURCE}#{line_anchor(file, number)}"
