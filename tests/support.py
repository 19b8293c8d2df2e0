"""What the tests of the language share: reading a tree, printing findings, and making texts and trees by chance."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from pokin_dsl.diagnostics import in_order
from pokin_dsl.model.assemble import includes
from pokin_dsl.model.query import peta
from pokin_dsl.model.resolve import resolve
from pokin_dsl.rules.checked import Checked
from pokin_dsl.rules.registry import examine
from pokin_dsl.rules.rule import Subject
from pokin_dsl.rules.workspace import dead_references
from pokin_dsl.syntax.characters import decode
from pokin_dsl.syntax.parse import parse
from pokin_dsl.syntax.sentence import sentence_reader
from pokin_dsl.syntax.vocabulary import CHILDREN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.syntax.nodes import Document, Sentence
    from pokin_dsl.text import Source

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
TREE_PATH = "trees/contoh.pokin"
OF_THE_LANGUAGE = frozenset(
    [f"P{n:03}" for n in range(1, 21)]
    + ["P101", "P102", "P103", "P104", "P105", "P106", "P108", "P109", "P110", "P111", "P112"]
    + ["P202", "P206", "P207", "P208", "P302"],
)
"""The rules without which no text can be read and no tree be built, and the first ones about shape and series."""


# -- case files --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sample:
    """A fenced block of a case file: a text (``pokin``, ``toml``) by its file name, or the findings (``temuan``)."""

    kind: str
    name: str
    body: str


_SAMPLE = re.compile(
    r"^(?P<fence>`{3,})(?P<kind>\w+)[ ]*(?P<name>[^\n]*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)
_FINDINGS = re.compile(r"^```temuan\n.*?^```$", re.MULTILINE | re.DOTALL)
# What an editor would not keep, or a reader not count, is written as an escape: {U+00A0} a character, {xE9} a byte,
# {9000*a} a repetition; a line {60 tingkat: antara A} stands for sixty lines, each two spaces deeper than the last.
_ESCAPE = re.compile(r"\{(?:U\+(?P<point>[0-9A-F]{4,6})|x(?P<byte>[0-9A-F]{2})|(?P<times>[0-9]+)\*(?P<what>[^}]+))\}")
_LEVELS = re.compile(r"^(?P<margin> *)\{(?P<count>[0-9]+) tingkat: (?P<line>[^}\n]+)\}$", re.MULTILINE)


def samples(text: str) -> tuple[Sample, ...]:
    """Give the fenced blocks of a case file in written order."""
    return tuple(Sample(block["kind"], block["name"], block["body"]) for block in _SAMPLE.finditer(text))


def with_findings(text: str, found: str) -> str:
    """Write findings into the first block of a case file that holds them."""
    return _FINDINGS.sub(lambda _: f"```temuan\n{found}```", text, count=1)


def unescaped(body: str) -> str:
    """Give a sample as it is meant; a byte that is no UTF-8 becomes half of a surrogate pair, as in ``os.fsdecode``."""
    return _ESCAPE.sub(_meant, _LEVELS.sub(_deeper_and_deeper, body))


def _meant(found: re.Match[str]) -> str:
    if found["point"]:
        return chr(int(found["point"], 16))
    if found["byte"]:
        return chr(0xDC00 + int(found["byte"], 16))
    return found["what"] * int(found["times"])


def _deeper_and_deeper(found: re.Match[str]) -> str:
    return "\n".join(found["margin"] + "  " * level + found["line"] for level in range(int(found["count"])))


# -- reading ---------------------------------------------------------------------------------------------------------


@cache
def read_sentence() -> Callable[[str], Sentence]:
    """Give the reader of one line, made once for all tests."""
    return sentence_reader((ROOT / "pokin_dsl" / "syntax" / "pokin.lark").read_text("utf-8"))


def read_bytes(data: bytes, path: str = TREE_PATH) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Read the bytes of one file, with the findings of decoding and reading."""
    source, decoding = decode(path, data)
    document, reading = parse(source, read_sentence())
    return document, (*decoding, *reading)


def read_tree(text: str | bytes, fragments: Mapping[str, str] = {}, path: str = TREE_PATH) -> Checked:
    """Take one tree through the whole of reading, resolving and checking; ``fragments`` are its other files by path."""
    root, findings = read_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"), path)
    documents, read = {path: root}, {path: findings}
    for name, content in fragments.items():
        documents[name], read[name] = read_bytes(content.encode(), name)
    joined = [document.source.path for document in _joined(root, documents)]
    resolved, resolving = resolve(path.removeprefix("trees/").removesuffix(".pokin"), root, documents)
    index = peta(resolved.pohon)
    findings = (
        *(finding for name in joined for finding in read[name]),
        *resolving,
        *(finding for _, finding in dead_references({resolved.pohon.nama: (resolved, index)})),
    )
    examined = examine(Subject(resolved, index, root.source), findings)
    files = tuple(documents[name] for name in joined)
    return Checked(resolved, index, files, in_order(examined.diagnostics), examined.silenced)


def _joined(root: Document, documents: Mapping[str, Document]) -> Iterable[Document]:
    met = {root.source.path: root}
    waiting = [root]
    while waiting:
        for _, path in includes(waiting.pop(0)):
            if path and path in documents and path not in met:
                met[path] = documents[path]
                waiting.append(documents[path])
    return met.values()


def read_shipped(name: str) -> Checked:
    """Take one of the trees of the project through the whole."""
    path = f"trees/{name}.pokin"
    return read_tree((ROOT / path).read_bytes(), path=path)


def show(diagnostics: Iterable[Diagnostic], sources: Iterable[Source]) -> str:
    """Print findings in the order of the text, one a line: ``P003 galat 4:1-7 message | hint``.

    Files other than the first are named before the place; the end column is the first one behind the finding.
    """
    by_path = {source.path: source for source in sources}
    main = next(iter(by_path))
    return "".join(_shown(finding, by_path[finding.source], main) + "\n" for finding in in_order(tuple(diagnostics)))


def _shown(finding: Diagnostic, source: Source, main: str) -> str:
    start, end = source.position(finding.span.start), source.position(finding.span.end)
    until = str(end.column) if end.line == start.line else f"{end.line}:{end.column}"
    file = "" if source.path == main else source.path + ":"
    hint = f" | {finding.hint}" if finding.hint else ""
    return f"{finding.code} {finding.severity.value} {file}{start.line}:{start.column}-{until} {finding.message}{hint}"


def of_the_language(checked: Checked) -> tuple[Diagnostic, ...]:
    """Leave out what the further rules have to say: they have case files of their own, in ``cases/rules``."""
    return tuple(finding for finding in checked.diagnostics if finding.code in OF_THE_LANGUAGE)


def codes(checked: Checked) -> list[str]:
    """Give the codes of the language's own findings in the order of the text."""
    return [finding.code for finding in of_the_language(checked)]


# -- texts by chance ---------------------------------------------------------------------------------------------------

_PIECES = (
    *("outcome", "csf", "kondisi", "antara", "operasional", "jabatan", "sertakan", "@indikator", "@target", "@awal"),
    *("@pagu", "@pk", "@mendukung", "@alias", "@catatan", "@varian", "@abaikan", "@cek", "@crosscutting", "@satuan"),
    *("@program", "@arah", "@Target:", "@tagret", "Kondisi", "Sasaran:", "judul:", "pokin: 1", "tahap: 9", "periode:"),
    *("[a", "[ab]", "[Ab C]", "[index]", "]", "[[ab]]", "(", ")", "(%)", "2025=83", "2025=", "2026-TW1=", "=", '"'),
    *("tahap-3", "tahap-" + "9" * 5000, "P305", "P999", "trik-1.1", "7.01", "ab", "@x-a"),
    *("bagian/x.pokin", "../../x.pokin", "C:\\x.pokin"),
    *(
        "|",
        "#",
        "\\[",
        "\\",
        ":",
        "-",
        "1.",
        "a)",
        "“",
        "”",
        "\u00a0",
        "\u2003",
        "\t",
        "\r",
        "\x00",
        "\u202e",
        "\u200b",
    ),
    *("\ufeff", "\u2028", "\x85", "\x0b", "é", "\U0001f333", "\ud800", "\uffff", "٣", "95.5", "0.125", "1.250", "Rp 5"),
)
_line = st.builds(
    lambda indent, parts: indent + " ".join(parts),
    st.one_of(st.integers(0, 12).map(lambda n: " " * n), st.text(" \t\u00a0", max_size=6)),
    st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=12)), max_size=6),
)

any_text: st.SearchStrategy[str] = st.one_of(
    st.text(max_size=200),
    st.lists(_line, max_size=25).map("\n".join),
    st.lists(_line, max_size=12).map("\r\n".join),
)
"""Hostile text: the language's own pieces in any order and indentation, controls, marks, brackets, odd spaces."""


# -- trees by chance ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """A node, indicator or position as it will be written; ``id`` is empty where none is written."""

    kind: str
    text: str
    id: str = ""
    annotations: tuple[str, ...] = ()
    indicators: tuple[Piece, ...] = ()
    children: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Tree:
    """A valid tree: positions first, then outcomes."""

    positions: tuple[Piece, ...]
    outcomes: tuple[Piece, ...]
    header: tuple[str, ...] = field(default=("pokin: 1", "judul: Pohon"))

    def text(self) -> str:
        """Write the tree as an author would."""
        lines = [*self.header, ""]
        for piece in (*self.positions, *self.outcomes):
            _write(piece, 0, lines)
        return "\n".join(lines) + "\n"


def _write(piece: Piece, depth: int, lines: list[str]) -> None:
    keyword = "@indikator" if piece.kind == "indikator" else piece.kind
    given = f" [{piece.id}]" if piece.id else ""
    escape = "\\" if piece.text[0] in "[@|#" else ""
    lines.append("  " * depth + f"{keyword}{given} {escape}{piece.text}")
    lines.extend("  " * (depth + 1) + annotation for annotation in piece.annotations)
    for below in (*piece.indicators, *piece.children):
        _write(below, depth + 1, lines)


def _is_plain(text: str) -> bool:
    """Say whether a text brings no finding of reading with it: no pasted numbering, no curly quotes."""
    return not (len(text) > 1 and (text[1] in ".)" or text[:2].isdigit())) and not set(text) & set(
        "“”„‘’\u201a\\\ufffd"
    )


_WORDS = (
    *("Meningkatnya", "Pelayanan", "Desa/Kelurahan", "(IKM)", "&", "50%", "#168", "yang", "Baik", "é", "[sic]", "->"),
    ":",
)


def _phrase(number: int) -> str:
    """Give the words, one to five, that a number stands for."""
    number, more = divmod(number, 5)
    words = []
    for _ in range(more + 1):
        number, word = divmod(number, len(_WORDS))
        words.append(_WORDS[word])
    return " ".join(words)


# What is drawn often is drawn as one number, and by strategies that are made once: trees take most of a test's time.
_words = st.integers(0, 5 * len(_WORDS) ** 5 - 1).map(_phrase)
_free = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cf", "Cn")), min_size=1, max_size=15
).filter(lambda text: text == text.strip())
_text = st.one_of(_words, _free).filter(_is_plain)
_year = st.integers(2020, 2035)
_value = st.sampled_from(
    ("83", "82,10", "1.250", "95,5%", "80-85", ">=80", "4500/12", "BB", "WTP", "-", '"Sangat Baik"', "Rp100.000", "0")
)


_maybe = st.booleans()
_seldom = st.integers(0, 3).map(lambda number: number == 0)
_years = st.sets(_year, min_size=1, max_size=4).map(sorted)
_third = st.integers(0, 2).map(lambda number: number == 0)
_unit = st.sampled_from(("%", "indeks", "org/bln (rata-rata)"))


@cache
def _one_of(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(names)


@cache
def _some_of(names: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(_one_of(names), max_size=3)


@st.composite
def _indicator(draw: st.DrawFn, names: tuple[str, ...]) -> Piece:
    annotations = []
    if draw(_maybe):
        unit = draw(_unit)
        annotations.append(f"@target ({unit}) " + " ".join(f"{year}={draw(_value)}" for year in draw(_years)))
    if draw(_maybe):
        annotations.append(f"@awal {draw(_value)}")
    if draw(_maybe) and names:
        annotations.append(f"@pk {draw(_one_of(names))}")
    return Piece("indikator", draw(_text), annotations=tuple(annotations))


@cache
def _indicators(names: tuple[str, ...]) -> st.SearchStrategy[list[Piece]]:
    return st.lists(_indicator(names), max_size=2)


@st.composite
def _node(draw: st.DrawFn, kind: str, depth: int, names: tuple[str, ...]) -> Piece:
    annotations = []
    if draw(_maybe) and kind != "csf" and names:
        annotations.append(f"@pk {draw(_one_of(names))}")
    if draw(_seldom):
        annotations.append(f"@tag {draw(_words)}")
    if kind in ("kondisi", "antara", "operasional") and draw(_seldom):
        annotations.append("@subkegiatan 7.01.01.2.01.0001 Penyusunan Dokumen")
        annotations.append("@pagu 2026=Rp100.000.000")
    indicators = () if kind == "csf" else tuple(draw(_indicators(names)))
    kinds = draw(_some_of(CHILDREN[kind])) if depth and CHILDREN[kind] else []
    children = tuple(draw(_nodes(child, depth - 1, names)) for child in kinds)
    return Piece(kind, draw(_text), "", tuple(annotations), indicators, children)


_nodes = cache(_node)


@st.composite
def _position(draw: st.DrawFn, depth: int) -> Piece:
    below = draw(_positions(depth - 1)) if depth else []
    return Piece("jabatan", draw(_text), children=tuple(below))


@cache
def _positions(depth: int) -> st.SearchStrategy[list[Piece]]:
    return st.lists(_position(depth), max_size=2)


@cache
def _outcomes(names: tuple[str, ...]) -> st.SearchStrategy[list[Piece]]:
    return st.lists(_nodes("outcome", 5, names), min_size=1, max_size=2)


@st.composite
def pokin_tree(draw: st.DrawFn) -> Tree:
    """Make a valid tree of all kinds, with indicators, series, holders and positions, some with written ids."""
    positions = tuple(draw(_positions(2)))
    numbers = iter(range(10_000))
    positions = tuple(_with_ids(piece, draw(_maybe), draw, numbers) for piece in positions)
    names = tuple(piece.id for piece in walk_pieces(positions) if piece.id)
    outcomes = tuple(draw(_outcomes(names)))
    outcomes = tuple(_with_ids(piece, draw(_maybe), draw, numbers) for piece in outcomes)
    return Tree(positions, outcomes)


def _with_ids(piece: Piece, written: bool, draw: st.DrawFn, numbers: Iterable[int]) -> Piece:  # noqa: FBT001 - drawn
    """Give ids to a whole branch, or to parts of it."""
    number = next(iter(numbers))
    own = f"id-{number}" if written or draw(_third) else ""
    return replace(
        piece,
        id=own,
        indicators=tuple(_with_ids(below, written, draw, numbers) for below in piece.indicators),
        children=tuple(_with_ids(below, written, draw, numbers) for below in piece.children),
    )


def walk_pieces(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """Give nodes or positions in written order, parents first."""
    for piece in pieces:
        yield piece
        yield from walk_pieces(piece.children)
