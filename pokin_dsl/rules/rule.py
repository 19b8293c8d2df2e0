"""What a rule is, what it sees, and how its remarks become findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Edit, Fix, Label, Severity
from pokin_dsl.model.nomenklatur import Nomenklatur
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from pokin_dsl.model.places import Tempat
    from pokin_dsl.model.query import Peta
    from pokin_dsl.model.resolve import Resolved


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around a tree: all trees of the workspace by name (its own too), and the official list it refers to."""

    trees: Mapping[str, Peta] = field(default_factory=dict)
    nomenklatur: Nomenklatur = field(default_factory=Nomenklatur)


ALONE = Surroundings()
"""A tree without neighbours and without a list."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A tree as a rule sees it: the model, its look-ups, the places of its parts, and what lies around it."""

    resolved: Resolved
    peta: Peta
    source: Source
    around: Surroundings = ALONE

    @property
    def tahap(self) -> int:
        """Give the stage that the tree has reached, 1 to 5."""
        return self.resolved.pohon.tahap


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule has to say about one node, indicator or position (``subject`` its id), or about the tree (empty).

    ``annotation`` names the annotation that the finding points at (the ``nth`` of that name), ``point`` the key of a
    value in its series, ``head`` only what its name expects first (a partner, a code). ``part`` narrows the finding to
    a range of characters of the statement, or of the annotation's text; ``replacement``, where given, mends that part
    safely. ``severity`` is given where it differs from the rule's. ``other`` is the id of a second place that explains
    the finding, with the words that stand there.
    """

    subject: str
    message: str
    hint: str
    annotation: str = ""
    point: str = ""
    severity: Severity | None = None
    nth: int = 0
    part: tuple[int, int] | None = None
    replacement: str | None = None
    head: bool = False
    other: tuple[str, str] | None = None


_TITLE = re.compile(r"^[^\S\n]*(judul\s*:[^\r\n]*)", re.MULTILINE)

Check = Callable[[Subject], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code (given once, never reused), its name, its weight, what it finds, and the check.

    ``tahap`` is the stage from which the rule is asked at all. A rule without a check is found earlier: while reading
    (P0) or while the model is built (P101 to P103, P302).
    """

    code: str
    name: str
    severity: Severity
    finds: str
    tahap: int = 1
    check: Check | None = None


def findings(rule: Rule, subject: Subject) -> Iterator[Diagnostic]:
    """Run one rule over one tree; what its authors have silenced is sifted out afterwards (``silence``)."""
    if rule.check is not None and subject.tahap >= rule.tahap:
        for remark in rule.check(subject):
            yield _diagnostic(rule, remark, subject)


def _diagnostic(rule: Rule, remark: Remark, subject: Subject) -> Diagnostic:
    source, span = _place(remark, subject)
    fix = None
    if remark.replacement is not None:
        title = f"tulis {remark.replacement}" if remark.replacement.strip() else "hapus"
        fix = Fix(title, (Edit(source.path, span, remark.replacement),))
    severity = remark.severity or rule.severity
    labels = _labels(remark, subject)
    return Diagnostic(
        rule.code, severity, source.path, span, remark.message, remark.hint, labels, fix, subject=remark.subject
    )


def _labels(remark: Remark, subject: Subject) -> tuple[Label, ...]:
    if remark.other is None:
        return ()
    id_, text = remark.other
    tempat = subject.resolved.letak[id_]
    return (Label(tempat.source.path, tempat.span(), text),)


def _place(remark: Remark, subject: Subject) -> tuple[Source, Span]:
    tempat = subject.resolved.letak.get(remark.subject)
    if tempat is None:
        return subject.source, _title(subject.source)
    return tempat.source, _within(tempat, remark)


def _within(tempat: Tempat, remark: Remark) -> Span:
    named = tempat.annotation(remark.annotation, remark.nth) if remark.annotation else None
    block = named or tempat.block
    line = tempat.line(block)
    if remark.part is not None:
        at: int = getattr(block.sentence, "text_at", 0)
        return line.span(at + remark.part[0], at + remark.part[1])
    if named is None:
        return tempat.span()
    head, head_at = getattr(named.sentence, "head", ""), getattr(named.sentence, "head_at", 0)
    if remark.head and head:
        return line.span(head_at, head_at + len(head))
    for point in reversed(getattr(named.sentence, "points", ())):
        if remark.point and point.key == remark.point:
            return line.span(point.start, point.end)
    return line.whole()


def _title(source: Source) -> Span:
    """Give the place of the ``judul`` line, where findings about the whole tree are shown."""
    title = _TITLE.search(source.text)
    return Span(title.start(1), title.end(1)) if title else Span(0, 0)
