"""The guide tells the truth: its examples are read by the real reader, its tables are held against the code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.cli.wording import COMMANDS
from pokin_dsl.diagnostics import Diagnostic, Severity, in_order
from pokin_dsl.edge.formatting import format_bytes
from pokin_dsl.model import nilai
from pokin_dsl.model.assemble import MOST_INCLUDES_DEEP
from pokin_dsl.model.query import Peta, peta
from pokin_dsl.model.resolve import resolve
from pokin_dsl.report.plain import report
from pokin_dsl.rules.registry import RULES, check
from pokin_dsl.syntax import vocabulary
from pokin_dsl.syntax.nodes import AnnotationLine, BrokenLine, Document, HeaderLine, IncludeLine, NodeLine, Sentence
from pokin_dsl.syntax.parse import parse, walk
from pokin_dsl.syntax.sentence import sentence_reader
from pokin_dsl.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "bahasa.md"
READER = sentence_reader((ROOT / "pokin_dsl" / "syntax" / "pokin.lark").read_text(encoding="utf-8"))

_BLOCK = re.compile(r"^```pokin(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"`([^`]+)`")
_CODE = re.compile(r"P\d{3}")
# What stands above a fragment, by the kind that may hold its first line.
_FRAME = ("outcome Bingkai outcome", "csf Bingkai csf", "kondisi Bingkai kondisi", "@indikator Bingkai indikator")
_LEVELS = {"": 0, "outcome": 1, "csf": 2, "kondisi": 3, "indikator": 4}
_READ_AS = {
    "angka": nilai.Angka,
    "persen": nilai.Persen,
    "batas": nilai.Batas,
    "rentang": nilai.Rentang,
    "pecahan": nilai.Pecahan,
    "predikat": nilai.Predikat,
    "tiada": nilai.Tiada,
    "rusak": nilai.Rusak,
}


@dataclass(frozen=True)
class Example:
    """A fenced block: ``info`` is empty, the path of a file, or ``salah`` with the codes that it must give."""

    place: str
    info: str
    text: str

    @property
    def wrong(self) -> frozenset[str]:
        return frozenset(_CODE.findall(self.info)) if self.info.startswith("salah") else frozenset()

    @property
    def file(self) -> str:
        return f"trees/{self.info}" if self.info.endswith(".pokin") else ""

    @property
    def whole(self) -> bool:
        return isinstance(_first_sentence(self.text), HeaderLine) and not self.file


@dataclass(frozen=True)
class Read:
    """An example as the reader has it."""

    source: Source
    index: Peta
    diagnostics: tuple[Diagnostic, ...]

    def galat(self) -> list[str]:
        return [f"{d.code} {d.message}" for d in self.diagnostics if d.severity is Severity.GALAT]


@cache
def _guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


@cache
def _prose() -> str:
    """Give the guide without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", _guide(), flags=re.MULTILINE | re.DOTALL)


def _examples() -> Iterator[Example]:
    for path in (GUIDE, ROOT / "README.md"):
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        for match in _BLOCK.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield Example(f"{path.name}:{line}", match["info"].strip(), match["text"])


EXAMPLES = tuple(_examples())
RIGHT = [e for e in EXAMPLES if not e.wrong and not e.file]
WRONG = [e for e in EXAMPLES if e.wrong]
STAGES = [e for e in RIGHT if re.search(r"^tahap: \d$", e.text, re.MULTILINE) and e.place.startswith(GUIDE.name)]


def _first_sentence(text: str) -> Sentence:
    """Give the first line that is no comment."""
    lines = (line.strip() for line in text.split("\n"))
    return READER(next(line for line in lines if line and not line.startswith("#")))


def _level(sentence: Sentence) -> int:
    """Give how many lines of the frame stand above a fragment that begins with this sentence."""
    if isinstance(sentence, IncludeLine):
        return _LEVELS["outcome"]
    if isinstance(sentence, NodeLine):
        return next(level for kind, level in _LEVELS.items() if sentence.kind in vocabulary.CHILDREN.get(kind, ()))
    assert isinstance(sentence, AnnotationLine | BrokenLine)
    owners = vocabulary.ANNOTATIONS.get(getattr(sentence, "name", ""), ("outcome",))
    return _LEVELS["kondisi" if "kondisi" in owners else owners[0]]


def _framed(text: str) -> str:
    """Make a whole tree of a fragment: a header, and above it the nodes that it needs."""
    level = _level(_first_sentence(text))
    frame = [f"{'  ' * depth}{line}\n" for depth, line in enumerate(_FRAME[:level])]
    lines = ["  " * level + line if line.strip() else line for line in text.splitlines(keepends=True)]
    return "".join(["pokin: 1\njudul: Bingkai\n", *frame, *lines])


@cache
def _files() -> dict[str, Document]:
    return {e.file: parse(Source(e.file, e.text), READER)[0] for e in EXAMPLES if e.file}


@cache
def _read(example: Example) -> Read:
    """Read an example as a tree of its own, beside the files that the guide shows."""
    text = example.text if example.whole else _framed(example.text)
    document, reading = parse(Source("trees/kecamatan.pokin", text), READER)
    resolved, resolving = resolve("kecamatan", document, _files())
    index = peta(resolved.pohon)
    checking = check(resolved, index, document.source)
    return Read(document.source, index, in_order((*reading, *resolving, *checking)))


def _place(example: Example) -> str:
    return example.place


def _table(heading: str) -> list[tuple[str, ...]]:
    """Give the rows of the guide's table whose first column has this heading."""
    lines = _guide().split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows: list[tuple[str, ...]] = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(tuple(cell.strip() for cell in line.strip("|").split(" | ")))
    return rows


def _plain(cell: str) -> str:
    return cell.strip("`")


def _kinds(cell: str) -> tuple[str, ...]:
    """Read a cell that lists kinds."""
    groups = {"semua simpul": vocabulary.NODE_KINDS, "semua kinerja": vocabulary.PERFORMANCE_KINDS, "-": ()}
    return tuple(kind for part in cell.split(", ") for kind in groups.get(part, (part,)))


# -- examples ------------------------------------------------------------------------------------------------------


def test_every_block_is_found() -> None:
    assert _guide().count("```pokin") == sum(e.place.startswith(GUIDE.name) for e in EXAMPLES)
    assert RIGHT
    assert WRONG


@pytest.mark.parametrize("example", RIGHT, ids=_place)
def test_example_is_read_without_galat(example: Example) -> None:
    assert not example.info
    assert _read(example).galat() == []


@pytest.mark.parametrize("example", WRONG, ids=_place)
def test_mistake_gives_the_codes_that_it_shows(example: Example) -> None:
    found = _read(example).diagnostics
    grave = {d.code for d in found if d.severity is Severity.GALAT}
    assert example.wrong <= {d.code for d in found}
    assert grave <= example.wrong


@pytest.mark.parametrize("example", [e for e in EXAMPLES if not e.wrong], ids=_place)
def test_example_is_in_canonical_form(example: Example) -> None:
    text = example.text if example.whole or example.file else f"pokin: 1\n\n{example.text}"
    done = format_bytes(text.encode(), {})
    assert ("".join(done.difference()), done.left) == ("", {})


def test_files_of_the_guide_are_included_and_read() -> None:
    readings = {e.file: parse(Source(e.file, e.text), READER) for e in EXAMPLES if e.file}
    assert readings
    for path, (document, diagnostics) in readings.items():
        assert diagnostics == ()
        first = next(walk(document.blocks)).sentence
        assert isinstance(first, NodeLine)
        assert any(first.id in _read(e).index.simpul for e in RIGHT if "sertakan" in e.text), path


def test_each_stage_only_adds_lines() -> None:
    assert [_read(e).index.pohon.tahap for e in STAGES] == [1, 2, 3, 4, 5]
    for before, after in pairwise(STAGES):
        later = iter(_without_stage(after))
        assert all(line in later for line in _without_stage(before)), after.place


def test_last_stage_derives_what_the_table_says() -> None:
    rows = {_plain(row[0]): row[1:] for row in _table("Simpul")}
    index = _read(STAGES[-1]).index
    assert {s.jenis for s in index.simpul.values()} == rows.keys()
    for simpul in index.simpul.values():
        derived = index.turunan[simpul.id]
        rujukan, jenjang, komponen = rows[simpul.jenis]
        assert (derived.rujukan, derived.jenjang or "-") == (rujukan, jenjang)
        assert (derived.komponen or "-") in komponen


def test_report_is_the_one_that_check_prints() -> None:
    shown = re.search(r"^```text\n(galat\[.*?)^```$", _guide(), re.MULTILINE | re.DOTALL)
    assert shown
    read = _read(next(e for e in WRONG if e.whole))
    printed = "".join(text for _, text in report(read.diagnostics, {read.source.path: read.source}))
    assert shown[1] in printed


def _without_stage(example: Example) -> list[str]:
    return [line for line in example.text.split("\n") if not line.startswith("tahap:")]


# -- tables --------------------------------------------------------------------------------------------------------


def test_headers_are_complete() -> None:
    rows = _table("Kunci")
    assert [_plain(row[0]) for row in rows] == list(vocabulary.HEADERS)
    for key, _, example in rows:
        sentence = READER(_plain(example))
        assert isinstance(sentence, HeaderLine)
        assert (sentence.key, sentence.mistakes) == (_plain(key), ())


def test_keywords_are_complete() -> None:
    rows = _table("Kata kunci")
    assert [_plain(row[0]) for row in rows] == [*vocabulary.KINDS, vocabulary.INCLUDE]
    for keyword, _, holds, example in rows:
        sentence = READER(_plain(example))
        assert isinstance(sentence, NodeLine | IncludeLine)
        assert sentence.mistakes == ()
        assert _kinds(holds) == vocabulary.CHILDREN.get(_plain(keyword), ())


def test_annotations_are_complete_and_in_canonical_order() -> None:
    rows = _table("Anotasi")
    assert [_plain(row[0]) for row in rows] == [f"@{name}" for name in vocabulary.ANNOTATIONS] + ["@x-nama"]
    everywhere = (*vocabulary.NODE_KINDS, vocabulary.INDIKATOR, vocabulary.JABATAN)
    for cell, where, _, example in rows:
        name = _plain(cell)[1:]
        assert set(_kinds(where)) == set(vocabulary.ANNOTATIONS.get(name, everywhere)), name
        sentence = READER(_plain(example))
        assert isinstance(sentence, AnnotationLine)
        assert (sentence.name.split("-")[0], sentence.mistakes) == (name.split("-")[0], ())


def test_reading_codes_are_complete_with_their_severity() -> None:
    rows = {row[0]: row for row in _table("Kode")}
    reading = {r.code: r for r in RULES if r.code.startswith("P0") or (r.code.startswith("P1") and r.check is None)}
    assert rows.keys() == reading.keys()
    for code, row in rows.items():
        assert row[1].startswith(reading[code].severity.value), code
        assert all(row[2:])


def test_values_are_read_as_the_table_says() -> None:
    seen = set()
    for written, read_as, _ in _table("Tulisan"):
        seen.add(read_as)
        for value in _CODE_SPAN.findall(written):
            assert type(nilai.read_nilai(value)) is _READ_AS[read_as], value
    assert seen == _READ_AS.keys()


def test_limits_are_those_of_the_reader() -> None:
    limits = " ".join(row[1] for row in _table("Yang dibatasi"))
    numbers = (
        vocabulary.MOST_CHARACTERS,
        vocabulary.MOST_LINE_CHARACTERS,
        vocabulary.MOST_DEPTH,
        MOST_INCLUDES_DEEP,
    )
    assert re.findall(r"\d[\d.]*", limits) == [f"{n:,}".replace(",", ".") for n in numbers] + ["2", "40"]
    assert vocabulary.is_good_id("ab")
    assert vocabulary.is_good_id("a" * 40)
    assert not vocabulary.is_good_id("a")
    assert not vocabulary.is_good_id("a" * 41)


def test_reserved_ids_are_named() -> None:
    paragraph = next(line for line in _guide().split("\n") if line.startswith("**Id yang dicadangkan**"))
    named = set(_CODE_SPAN.findall(paragraph))
    assert named <= vocabulary.RESERVED_IDS
    assert {id_ for id_ in vocabulary.RESERVED_IDS if not id_[-1].isdigit()} <= named
    assert {"com0", "com9", "lpt0", "lpt9"} <= named


def test_the_triks_that_people_tick_are_named() -> None:
    paragraph = next(line for line in _guide().split("\n") if "**Trik yang dicek orang**" in line)
    assert tuple(_CODE_SPAN.findall(paragraph)) == vocabulary.TRIKS


def test_only_commands_that_exist_are_described() -> None:
    named = {match[1] for span in _CODE_SPAN.findall(_prose()) if (match := re.match(r"pokin (\w+)", span))}
    assert named == set(COMMANDS)


def test_links_lead_to_headings() -> None:
    headings = re.findall(r"^#+ (.+)$", _prose(), re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(#([^)]+)\)", _prose())
    assert links
    assert set(links) <= anchors
