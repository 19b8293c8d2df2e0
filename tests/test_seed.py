"""The two real trees against the texts that they were taken from; the texts are read here, nothing is copied."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from pokin_dsl.diagnostics import Severity
from pokin_dsl.model.nilai import Angka, Tiada
from pokin_dsl.model.stages import tahap_1, tahap_2, tahap_3, tahap_4_5, teks_pk
from pokin_dsl.model.tree import Antara, Kondisi, Operasional, Outcome
from tests.support import DATA, read_shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pokin_dsl.model.tree import Deret, Simpul
    from pokin_dsl.rules.checked import Checked

STAGES = (DATA / "kecamatan-tahapan.txt").read_text("utf-8").split("\n")
RENSTRA = (DATA / "renstra-kecamatan-glenmore.txt").read_text("utf-8").split("\n")


def folded(cell: str) -> str:
    """Fold a cell of Rujukan, Keterangan, Komponen or PK: no case, spaces or brackets, no leading "kinerja"."""
    return re.sub(r"[\s()]", "", cell).lower().removeprefix("kinerja")


# -- kecamatan ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kecamatan() -> Checked:
    return read_shipped("kecamatan")


def after(heading: str) -> Iterator[str]:
    """Give the lines that follow a line which begins with a heading."""
    at = next(n for n, line in enumerate(STAGES) if line.startswith(heading))
    return iter(STAGES[at + 1 :])


def table(heading: str) -> list[list[str]]:
    """Give the rows below a table's head: lines with tabs, to the first without one."""
    lines = after(heading)
    rows = []
    for line in lines:
        if "\t" not in line:
            break
        rows.append(line.split("\t"))
    return rows


def tables_4_and_5() -> tuple[list[list[str]], list[list[str]]]:
    heads = [n for n, line in enumerate(STAGES) if line.startswith("Rujukan Tahapan\t")]
    four, five = ([line.split("\t") for line in STAGES[head + 1 :]] for head in heads)
    return (four[: next(n for n, row in enumerate(four) if len(row) == 1)], [row for row in five if len(row) > 1])


def test_the_source_is_read_whole() -> None:
    four, five = tables_4_and_5()
    assert (len(table("\tCSF ")), len(table("CSF yang")), len(four), len(five)) == (4, 13, 19, 19)


def test_table_1(kecamatan: Checked) -> None:
    rows = list(tahap_1(kecamatan.peta))
    outcome = next(line for line in after("Tahap 1 Menentukan outcome") if line)
    assert [row.teks for row in rows] == [outcome]
    expected = next(line.removeprefix("Masyarakat mengekspektasi ") for line in STAGES if "mengekspektasi" in line)
    assert [(row.mandat, row.permasalahan, row.ekspektasi) for row in rows] == [((), (), (expected,))]


def test_table_2(kecamatan: Checked) -> None:
    rows = list(tahap_2(kecamatan.peta))
    assert [[str(row.nomor), row.teks_csf, row.teks_kondisi] for row in rows] == table("\tCSF ")


def test_sections_of_table_2(kecamatan: Checked) -> None:
    """The source lists the sections below its table, broken into lines anyhow: the list counts, not the line breaks."""
    lines = iter(STAGES[STAGES.index("Seksi Pelayanan & Kessos") :])
    text = " ".join(iter(lambda: next(lines), ""))
    sections = re.findall(r"Seksi .*?(?= dan Seksi | Seksi |$)", text)
    assert [seksi for row in tahap_2(kecamatan.peta) for seksi in row.seksi] == sections
    assert len(sections) == 5


def test_table_3(kecamatan: Checked) -> None:
    rows = list(tahap_3(kecamatan.peta))
    groups = [list(group) for _, group in groupby(rows, key=lambda row: row.kondisi.id)]
    # The source writes the condition in the first row of its group only.
    cells = [[row.teks_kondisi if n == 0 else "", row.teks] for group in groups for n, row in enumerate(group)]
    source = table("CSF yang")
    assert cells == [row[:2] for row in source]
    assert [folded(row.keterangan) for row in rows] == [folded(row[2]) for row in source]


@pytest.mark.parametrize("tahap", [4, 5])
def test_tables_4_and_5(kecamatan: Checked, tahap: int) -> None:
    rows = list(tahap_4_5(kecamatan.peta, tahap))
    source = tables_4_and_5()[tahap - 4]
    assert [[row.kinerja, row.teks_indikator] for row in rows] == [row[1:3] for row in source]
    assert [folded(row.rujukan) for row in rows] == [folded(row[0]) for row in source]
    assert [folded(row.keterangan) for row in rows] == [folded(row[3]) for row in source]
    if tahap == 5:
        assert [folded(row.komponen) for row in rows] == [folded(row[4]) for row in source]
        assert [folded(teks_pk(kecamatan.peta, row.pk)) for row in rows] == [folded(row[5]) for row in source]


def test_totals_of_the_kecamatan(kecamatan: Checked) -> None:
    peta = kecamatan.peta
    kinds = Counter(simpul.jenis for simpul in peta.simpul.values())
    assert kinds == {"outcome": 1, "csf": 4, "kondisi": 4, "antara": 5, "operasional": 8}
    assert len(peta.indikator) == 19
    assert len(list(tahap_3(peta))) == 13
    assert len(list(tahap_4_5(peta, 4))) == len(list(tahap_4_5(peta, 5))) == 19


def test_intermediate_conditions_have_no_holder(kecamatan: Checked) -> None:
    assert not [s.id for s in kecamatan.peta.simpul.values() if isinstance(s, Antara) and s.pk]


@pytest.mark.parametrize("name", ["kecamatan", "glenmore"])
def test_the_real_trees_have_no_galat(name: str) -> None:
    assert [f for f in read_shipped(name).diagnostics if f.severity is Severity.GALAT] == []


# -- Glenmore ----------------------------------------------------------------------------------------------------------

YEARS = ("2026", "2027", "2028", "2029", "2030")
CODES = {"PROGRAM": "program", "KEGIATAN": "kegiatan", "SUB": "subkegiatan"}
KINDS = {"TUJUAN": Outcome, "SASARAN": Kondisi, "PROGRAM": Antara, "KEGIATAN": Antara, "SUB": Operasional}


@dataclass
class Entry:
    """One node as the Renstra has it; cells are the source's own, empty ones left out."""

    kind: str
    depth: int
    code: str = ""
    name: str = ""
    text: str = ""
    indicator: str = ""
    unit: str = ""
    baseline: str = ""
    targets: dict[str, str] = field(default_factory=dict)
    ceiling: dict[str, str] = field(default_factory=dict)
    path: tuple[str, ...] = ()


def entries() -> list[Entry]:
    found: list[Entry] = []
    for line in RENSTRA:
        head, *cells = (cell.strip(" ") for cell in line.split(" | "))
        depth = (len(line) - len(line.lstrip(" "))) // 2
        if line.startswith(("SUMBER", "JENIS", "FORMAT")) or not line.strip():
            continue
        word, _, rest = head.partition(" ")
        if word in KINDS:
            entry = Entry(word, depth)
            if word in CODES:
                entry.code, entry.name = rest, cells[0]
            else:
                entry.text = cells[0].partition("   (")[0]
            above = next((e for e in reversed(found) if e.depth < depth), None)
            entry.path = (*above.path, above.text) if above else ()
            found.append(entry)
        elif word == "indikator":
            padded = line.split("|")
            raw = [cell.strip() for cell in padded[1:]]
            found[-1].indicator = padded[1][1:-1]
            found[-1].unit, found[-1].baseline = raw[1], raw[2]
            found[-1].targets = {year: cell for year, cell in zip(YEARS, raw[3:], strict=True) if cell}
        elif word == "pagu":
            found[-1].ceiling = dict(zip(YEARS, cells, strict=True))
        else:
            assert word in ("outcome", "kinerja"), line
            found[-1].text = cells[0]
    return found


@pytest.fixture(scope="module")
def glenmore() -> Checked:
    return read_shipped("glenmore")


def amounts(deret: Deret) -> dict[str, Decimal | str]:
    return {t.kunci: t.nilai.besar if isinstance(t.nilai, Angka) else t.nilai.teks for t in deret}


def amount(cell: str) -> Decimal | str:
    return "-" if cell == "-" else Decimal(cell)


def way(checked: Checked, simpul: Simpul) -> tuple[str, ...]:
    above = checked.peta.induk.get(simpul.id)
    return (*way(checked, above), above.teks) if above else ()


def test_the_renstra_is_read_whole() -> None:
    kinds = Counter(entry.kind for entry in entries())
    assert kinds == {kind: sum(line.strip().startswith(kind + " ") for line in RENSTRA) for kind in KINDS}
    assert sum(kinds.values()) == 51
    assert all(entry.text and entry.indicator and entry.unit for entry in entries())


def test_every_node_of_the_renstra_stands_in_its_place(glenmore: Checked) -> None:
    nodes = list(glenmore.peta.simpul.values())
    assert [(type(s), s.teks, way(glenmore, s)) for s in nodes] == [(KINDS[e.kind], e.text, e.path) for e in entries()]


def test_codes_and_names_of_the_renstra(glenmore: Checked) -> None:
    codes = [(s.kode.jenis, s.kode.kode, s.kode.nama) if s.kode else None for s in glenmore.peta.simpul.values()]
    assert codes == [(CODES[e.kind], e.code, e.name) if e.kind in CODES else None for e in entries()]


def test_indicators_units_baselines_and_targets_of_the_renstra(glenmore: Checked) -> None:
    rows = [
        [(i.teks, i.satuan, amounts(i.awal), amounts(i.target)) for i in s.indikator]
        for s in glenmore.peta.simpul.values()
    ]
    for row, entry in zip(rows, entries(), strict=True):
        baseline = {"": amount(entry.baseline)} if entry.baseline else {}
        targets = {year: amount(cell) for year, cell in entry.targets.items()}
        assert row == [(entry.indicator, entry.unit, baseline, targets)]


def test_budget_ceilings_of_the_renstra(glenmore: Checked) -> None:
    for simpul, entry in zip(glenmore.peta.simpul.values(), entries(), strict=True):
        assert amounts(simpul.pagu) == {year: Decimal(cell) for year, cell in entry.ceiling.items()}


def test_what_the_renstra_leaves_out_is_absent(glenmore: Checked) -> None:
    assert glenmore.pohon.jabatan == ()
    assert {titik.kunci for i, _ in glenmore.peta.indikator.values() for titik in i.awal} == {""}
    stated_as_none = [
        i.teks for i, _ in glenmore.peta.indikator.values() if any(isinstance(t.nilai, Tiada) for t in i.awal)
    ]
    assert stated_as_none == [entry.indicator for entry in entries() if entry.baseline == "-"]


def test_the_goal_names_its_mandate(glenmore: Checked) -> None:
    (tujuan,) = glenmore.pohon.akar
    assert isinstance(tujuan, Outcome)
    (note,) = (re.search(r"\((.*)\)", line) for line in RENSTRA if line.startswith("TUJUAN"))
    assert note
    assert [mandate.lower() for mandate in tujuan.mandat] == [note[1].lower()]
