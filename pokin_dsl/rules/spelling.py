"""P4: how words are spelled. Doubled spaces, capitals, one word in two spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pokin_dsl.model.identity import slug
from pokin_dsl.model.tree import Simpul
from pokin_dsl.rules.rule import Remark
from pokin_dsl.rules.words import ALWAYS_WRONG, SPELLINGS, place_of_word, words
from pokin_dsl.syntax.mistakes import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.tree import Indikator
    from pokin_dsl.rules.rule import Subject

_EXTRA_SPACES = re.compile(r"(?<= ) +")
_LEAST_LOUD_WORDS = 2
_LONGEST_ABBREVIATION = 5
# Texts beside statements and indicators that an author words; official names and notes are left as they are.
_TEXTS = frozenset(("mandat", "permasalahan", "ekspektasi", "definisi", "rumus", "sumber", "unit", "crosscutting"))
_FACILITY = ("fasilitas", "fasilitasi")


def uneven_spelling(subject: Subject) -> Iterator[Remark]:
    """P408: doubled spaces, texts in capitals, and words that the workspace spells in two ways."""
    for item in _items(subject.peta):
        if "  " in item.teks:
            yield from _doubled_spaces(item, subject)
        if item.teks.isupper() and _is_loud(item, subject):
            message = "Teks ini seluruhnya memakai huruf besar."
            yield Remark(item.id, message, "Pakai huruf besar hanya di awal kata dan pada singkatan.")
    yield from _doubled_spaces_elsewhere(subject)
    workspace = _Workspace(subject.around.trees or {subject.peta.pohon.nama: subject.peta})
    here = _vocabulary(subject.peta)
    for wrong in sorted(SPELLINGS.keys() & here):
        if wrong in ALWAYS_WRONG or any(SPELLINGS[wrong] in there for there in _vocabularies(workspace).values()):
            yield from _variant(wrong, subject, workspace)
    if any(word in here for word in _FACILITY):
        yield from _facility_or_facilitation(subject, workspace)


def _doubled_spaces(item: Simpul | Indikator, subject: Subject) -> Iterator[Remark]:
    # A derived id that carries a digest is made from the text letter by letter: mending would give a new address.
    safe = _is_written(item, subject) or slug(item.teks) == item.id
    for spaces in _EXTRA_SPACES.finditer(item.teks):
        yield _extra_space(item.id, spaces, safe=safe)


def _doubled_spaces_elsewhere(subject: Subject) -> Iterator[Remark]:
    """Find doubled spaces in the further texts of nodes and indicators."""
    for id_, tempat in subject.resolved.letak.items():
        for block in (block for block in tempat.annotations if "  " in block.line.content):
            name, text = getattr(block.sentence, "name", ""), getattr(block.sentence, "text", "")
            if "  " in text and name in _TEXTS:
                alike = [b for b in tempat.annotations if getattr(b.sentence, "name", "") == name]
                for spaces in _EXTRA_SPACES.finditer(text):
                    yield _extra_space(id_, spaces, name, alike.index(block), safe=True)


def _extra_space(id_: str, spaces: re.Match[str], annotation: str = "", nth: int = 0, *, safe: bool) -> Remark:
    return Remark(
        id_,
        "Di antara dua kata ini ada lebih dari satu spasi.",
        "Hapus spasi yang berlebih.",
        annotation,
        nth=nth,
        part=spaces.span(),
        replacement="" if safe else None,
    )


def _is_loud(item: Simpul | Indikator, subject: Subject) -> bool:
    """Say whether a text in capitals is more than abbreviations, and no official name."""
    long = [word for word in words(item.teks) if len(word) > _LONGEST_ABBREVIATION]
    if len(long) < _LEAST_LOUD_WORDS:
        return False
    kode = item.kode if isinstance(item, Simpul) else None
    return kode is None or item.teks not in (kode.nama, subject.around.nomenklatur.nama(kode.kode))


def _variant(wrong: str, subject: Subject, workspace: _Workspace) -> Iterator[Remark]:
    """Tell of one spelling in a tree, where it stands first."""
    found = [(item, n) for item in _items(subject.peta) for n, word in enumerate(words(item.teks)) if word == wrong]
    if not found:  # the vocabulary is rough: the word is but part of another
        return
    item, nth = found[0]
    part = place_of_word(item.teks, nth)
    written = item.teks[slice(*part)]
    right = _in_the_case_of(written, SPELLINGS[wrong])
    often = f" {len(found)} kali di pohon ini, pertama di sini" if len(found) > 1 else " di sini"
    if wrong in ALWAYS_WRONG:
        message = f"{quoted(written)} ditulis{often}; ejaan bakunya {quoted(right)}."
        hint = f"Tulis {right}, seperti dalam KBBI."
    else:
        message = f"{quoted(written)} ditulis{often}, sedangkan {_elsewhere(SPELLINGS[wrong], subject, workspace)}"
        message += f" tertulis {quoted(right)}."
        hint = f"Samakan menjadi {right}, yang baku menurut KBBI."
    mend = right if _is_written(item, subject) else None
    yield Remark(item.id, message, hint, part=part, replacement=mend)


def _elsewhere(right: str, subject: Subject, workspace: _Workspace) -> str:
    """Say where the usual spelling stands: in this tree, else in the first other that has it."""
    for item in _items(subject.peta):
        if right in words(item.teks):
            tempat = subject.resolved.letak[item.id]
            return f"di baris {tempat.source.position(tempat.span().start).line}"
    return f"di pohon {next(name for name, there in _vocabularies(workspace).items() if right in there)}"


def _facility_or_facilitation(subject: Subject, workspace: _Workspace) -> Iterator[Remark]:
    """Tell of two texts of the workspace that differ in Fasilitas and Fasilitasi only.

    Two statements of one tree are P107's or P108's.
    """
    own = subject.peta.pohon.nama
    known = _with_facility(workspace)
    for item in _items(subject.peta):
        said = words(item.teks)
        nth = next((n for n, word in enumerate(said) if word in _FACILITY), None)
        if nth is None:
            continue
        for tree, statement, other in known.get(_skeleton(said), ()):
            is_statement = isinstance(item, Simpul)
            if other != said and statement is is_statement and (tree != own or not is_statement):
                part = place_of_word(item.teks, nth)
                where = "di pohon ini" if tree == own else f"di pohon {tree}"
                message = f"Teks yang sama {where} memakai {quoted(other[nth].capitalize())}, di sini"
                message += f" {quoted(item.teks[slice(*part)])}."
                yield Remark(item.id, message, "Samakan bila yang dimaksud sama.", part=part)
                break


@dataclass(frozen=True, slots=True, eq=False)
class _Workspace:
    """All trees of a workspace; two are the same where they hold the same mapping, so that it is indexed once."""

    trees: Mapping[str, Peta]

    def __hash__(self) -> int:
        return id(self.trees)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Workspace) and other.trees is self.trees


@lru_cache(maxsize=1)
def _vocabularies(workspace: _Workspace) -> Mapping[str, frozenset[str]]:
    """Give the words of each tree of a workspace."""
    return {name: _vocabulary(tree) for name, tree in workspace.trees.items()}


@lru_cache(maxsize=1)
def _with_facility(workspace: _Workspace) -> Mapping[tuple[str, ...], list[tuple[str, bool, tuple[str, ...]]]]:
    """Give the texts that hold Fasilitas or Fasilitasi (tree, whether a statement, words), by what they share."""
    found: dict[tuple[str, ...], list[tuple[str, bool, tuple[str, ...]]]] = {}
    for name, tree in workspace.trees.items():
        for item in _items(tree):
            said = words(item.teks)
            if any(word in said for word in _FACILITY):
                found.setdefault(_skeleton(said), []).append((name, isinstance(item, Simpul), said))
    return found


def _skeleton(said: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("fasilitasi" if word in _FACILITY else word for word in said)


def _vocabulary(tree: Peta) -> frozenset[str]:
    """Give the words of all statements and indicators of a tree, quickly and only roughly taken apart."""
    text = " ".join([item.teks for item in _items(tree)]).casefold()
    for mark in "/,.;:()\"'":
        text = text.replace(mark, " ")
    return frozenset(text.split())


def _items(tree: Peta) -> Iterator[Simpul | Indikator]:
    """Give every node with its indicators behind it, in written order."""
    for simpul in tree.simpul.values():
        yield simpul
        yield from simpul.indikator


def _is_written(item: Simpul | Indikator, subject: Subject) -> bool:
    """Say whether an id is written; only then may a text change without a change of address."""
    sentence = subject.resolved.letak[item.id].block.sentence
    return item.id in (getattr(sentence, "id", ""), getattr(sentence, "head", ""))


def _in_the_case_of(written: str, word: str) -> str:
    if written.isupper():
        return word.upper()
    return word.capitalize() if written[:1].isupper() else word
