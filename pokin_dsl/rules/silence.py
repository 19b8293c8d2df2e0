"""``@abaikan``: which findings an author has silenced, with the reason, and which silences silence nothing (P902)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.rules.checked import Silenced
from pokin_dsl.suggestion import nearest
from pokin_dsl.syntax.mistakes import quoted
from pokin_dsl.syntax.nodes import AnnotationLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pokin_dsl.rules.rule import Rule, Subject
    from pokin_dsl.text import Source, Span

OWN_CODE = "P902"
WHOLE_TREE = ""
_FAMILY = len("P3")
Target = tuple[str, str]
"""A code, and the id of a node or indicator or (for the whole tree) nothing: what a finding is about."""

# Found while the model is built, and yet a matter of opinion: the planner may have a reason for it.
_OF_RESOLVING = ("P302",)


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in a tree and stands, and what an author has silenced."""

    diagnostics: tuple[Diagnostic, ...]
    silenced: tuple[Silenced, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """One ``@abaikan`` with a reason: its code, what it covers (ids; empty for the whole tree), and its place."""

    code: str
    reason: str
    simpul: str
    covers: frozenset[str]
    source: Source
    span: Span


def sift(found: tuple[Diagnostic, ...], subject: Subject, rules: Mapping[str, Rule]) -> Examination:
    """Set aside the findings that are silenced, and add one for each silence that silences nothing (P902).

    What cannot be read or built (the galat of reading, structure and references) is never silenced.
    """
    silences = tuple(_silences(subject))
    if not silences:
        return Examination(found)
    reasons = {(silence.code, id_): silence.reason for silence in reversed(silences) for id_ in silence.covers}
    told: list[Diagnostic] = []
    silenced: list[Silenced] = []
    used: set[Target] = set()
    for finding in found:
        target = finding.code, _target(finding, subject)
        if target in reasons and _is_opinion(finding, rules):
            used.add(target)
            silenced.append(Silenced(finding.code, finding.subject, reasons[target], finding.message))
        else:
            told.append(finding)
    standing = {(finding.code, _target(finding, subject)) for finding in told}
    asked = (s for s in silences if s.code not in rules or rules[s.code].tahap <= subject.tahap)
    remarks = tuple(_remark(silence, rules, standing) for silence in _idle(asked, used, standing))
    return Examination((*told, *remarks), tuple(silenced))


def _silences(subject: Subject) -> Iterator[Silence]:
    for simpul in subject.peta.simpul.values():
        if not simpul.abaikan:
            continue
        tree = (WHOLE_TREE,) if simpul.jenis == "outcome" else ()
        covers = frozenset((simpul.id, *(i.id for i in simpul.indikator), *tree))
        tempat = subject.resolved.letak[simpul.id]
        for block in tempat.annotations:
            s = block.sentence
            if isinstance(s, AnnotationLine) and s.name == "abaikan" and s.head and s.text:
                span = tempat.line(block).span(s.head_at, s.head_at + len(s.head))
                yield Silence(s.head, s.text, simpul.id, covers, tempat.source, span)


def _idle(silences: Iterable[Silence], used: set[Target], standing: set[Target]) -> Iterator[Silence]:
    """Give the silences that silence nothing, of two on one node the second."""
    met: set[Target] = set()
    for silence in silences:
        covered = {(silence.code, id_) for id_ in silence.covers}
        again = (silence.code, silence.simpul) in met
        met.add((silence.code, silence.simpul))
        # A galat of resolving stands in spite of its silence; once it is mended, the silence may do its work.
        waits = silence.code in _OF_RESOLVING and covered & standing
        if again or not (covered & used or waits):
            yield silence


def _target(finding: Diagnostic, subject: Subject) -> str:
    """Give the id that a silence must cover; a position carries no ``@abaikan``, its outline is the whole tree's."""
    return WHOLE_TREE if finding.subject in subject.peta.jabatan else finding.subject


def _is_opinion(finding: Diagnostic, rules: Mapping[str, Rule]) -> bool:
    """Say whether a finding may be silenced at all."""
    if finding.code in _OF_RESOLVING and finding.severity is Severity.GALAT:
        return False
    return _is_open(finding.code, rules)


def _is_open(code: str, rules: Mapping[str, Rule]) -> bool:
    """Say whether findings of a rule may be silenced: those of reading and structure may not."""
    return code in _OF_RESOLVING or (code in rules and rules[code].check is not None)


def _remark(silence: Silence, rules: Mapping[str, Rule], standing: set[Target]) -> Diagnostic:
    if silence.code not in rules:
        return _unknown(silence, rules, standing)
    message = f"@abaikan {silence.code} di sini tidak mengabaikan temuan apa pun."
    hint = "Hapus baris ini bila temuannya memang sudah tidak ada."
    if not _is_open(silence.code, rules):
        message = f"Aturan {silence.code} tidak dapat diabaikan."
        hint = f"Hapus baris ini; bila ada temuan {silence.code}, perbaiki temuannya."
    elif (silence.code, WHOLE_TREE) in standing:
        hint = f"Temuan {silence.code} mengenai seluruh pohon; pindahkan baris ini ke outcome."
    return Diagnostic(OWN_CODE, Severity.INFO, silence.source.path, silence.span, message, hint, subject=silence.simpul)


def _unknown(silence: Silence, rules: Mapping[str, Rule], standing: set[Target]) -> Diagnostic:
    """Describe a code that is none; likely meant is one that is told at the same node, else one of its family."""
    here = sorted(code for code, id_ in standing if id_ in silence.covers)
    family = (code for code in rules if code.startswith(silence.code[:_FAMILY]) and _is_open(code, rules))
    near = _nearest_code(silence.code, here) or _nearest_code(silence.code, family)
    message = f"Kode aturan {quoted(silence.code)} pada @abaikan tidak dikenal."
    hint = f"Mungkin maksudnya {near} ({rules[near].name})." if near else "Tulis kode seperti pada temuannya."
    return Diagnostic(OWN_CODE, Severity.INFO, silence.source.path, silence.span, message, hint, subject=silence.simpul)


def _nearest_code(code: str, codes: Iterable[str]) -> str:
    return nearest(code, tuple(known.casefold() for known in codes)).upper()
