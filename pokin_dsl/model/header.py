"""The header of a tree, and the stage that its content shows."""

from __future__ import annotations

import re

from pokin_dsl.model.tree import Antara, Jabatan, Operasional, Outcome, Pohon, Simpul
from pokin_dsl.syntax.nodes import Document, HeaderLine


def with_header(name: str, root: Document, akar: tuple[Simpul, ...], jabatan: tuple[Jabatan, ...]) -> Pohon:
    """Give the tree with what its header says; the stage is derived where none is written."""
    header: dict[str, str] = {}
    for block in root.headers:
        sentence = block.sentence
        # A mended key says what was meant; a wrong value says nothing.
        if (
            isinstance(sentence, HeaderLine)
            and sentence.text
            and all(m.end <= sentence.text_at for m in sentence.mistakes)
        ):
            header.setdefault(sentence.key, sentence.text)
    years = [int(year) for year in re.findall(r"\d{4}", header.get("periode", ""))]
    return Pohon(
        nama=name,
        judul=header.get("judul", name),
        akar=akar,
        jabatan=jabatan,
        tahap=int(header["tahap"]) if "tahap" in header else highest_stage(akar, jabatan),
        tahap_tertulis="tahap" in header,
        instansi=header.get("instansi", ""),
        daerah=header.get("daerah", ""),
        periode=(years[0], years[1]) if len(years) > 1 else (),
        nomenklatur=header.get("nomenklatur", ""),
    )


def highest_stage(akar: tuple[Simpul, ...], jabatan: tuple[Jabatan, ...]) -> int:
    """Give the highest stage (1 to 5) that the content shows."""
    highest = 5 if jabatan else 1
    waiting = list(akar)
    while waiting and highest < 5:  # noqa: PLR2004 - the last stage
        simpul = waiting.pop()
        waiting.extend(simpul.anak)
        highest = max(highest, _stage_of(simpul))
    return highest


def _stage_of(simpul: Simpul) -> int:
    if simpul.pk or simpul.tanpa_pk or simpul.kode or simpul.pagu or any(i.pk or i.tanpa_pk for i in simpul.indikator):
        return 5
    if simpul.indikator or simpul.mendukung or simpul.mendukung_indikator:
        return 4
    if isinstance(simpul, Antara | Operasional) or simpul.crosscutting:
        return 3
    return 1 if isinstance(simpul, Outcome) else 2
