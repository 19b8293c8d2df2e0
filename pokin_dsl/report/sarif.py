"""Findings as SARIF 2.1.0, the format of the OASIS standard that code hosts and editors show."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING
from urllib.parse import quote

from pokin_dsl import __version__
from pokin_dsl.diagnostics import Severity
from pokin_dsl.report.machine import Json, extent, laid_out
from pokin_dsl.rules.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pokin_dsl.diagnostics import Diagnostic, Edit, Fix, Label
    from pokin_dsl.rules.rule import Rule
    from pokin_dsl.text import Source, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "pokinTemuan/v1"
"""The name of our fingerprint; its number rises when the recipe changes, so that none is compared with an older one."""

_LEVELS = {Severity.GALAT: "error", Severity.PERINGATAN: "warning", Severity.INFO: "note"}
_INDEX = {rule.code: at for at, rule in enumerate(RULES)}
_DEPTH = 4  # one line for each result
# Bytes of a file's name that are no UTF-8 come as U+DC80 to U+DCFF and go back to bytes; other halves cannot.
_HALF_PAIR = re.compile("[\ud800-\udc7f\udd00-\udfff]")
# Messages that name a line ("di baris 12") stay the same finding when lines are inserted above.
_LINE_NUMBER = re.compile(r"\bbaris \d+")


def sarif(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> str:
    """Give a log of one run: all rules of pokin, then the findings. Columns count characters; the end is exclusive."""
    met: Counter[str] = Counter()
    run = {
        "tool": {"driver": {"name": "pokin", "version": __version__, "language": "id", "rules": _rules()}},
        "language": "id",
        "columnKind": "unicodeCodePoints",
        "results": (_result(diagnostic, sources, met) for diagnostic in diagnostics),
    }
    return laid_out({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, _DEPTH)


def fingerprint(diagnostic: Diagnostic) -> str:
    """Hash what stays when lines move: code, file, subject and message; not the severity, which settings may change."""
    message = _LINE_NUMBER.sub("baris", diagnostic.message)
    told = f"{diagnostic.code}\0{diagnostic.source}\0{diagnostic.subject}\0{message}"
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@lru_cache(256)
def uri(path: str) -> str:
    """Give a path as a relative URI."""
    return quote(_HALF_PAIR.sub("\ufffd", path), safe="/", errors="surrogateescape")


def _rules() -> list[Json]:
    return [_rule(rule) for rule in RULES]


def _rule(rule: Rule) -> Json:
    told = _message(f"Aturan {rule.code} ({rule.name}): {rule.finds}.")
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": _message(rule.finds),
        "fullDescription": told,
        "help": told,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(diagnostic: Diagnostic, sources: Mapping[str, Source], met: Counter[str]) -> Json:
    mark = fingerprint(diagnostic)
    met[mark] += 1
    index: Json = {"ruleIndex": _INDEX[diagnostic.code]} if diagnostic.code in _INDEX else {}
    hint = f"\nSaran: {diagnostic.hint}" if diagnostic.hint else ""
    result: Json = {"ruleId": diagnostic.code, **index, "level": _LEVELS[diagnostic.severity]}
    result["message"] = _message(diagnostic.message + hint)
    result["locations"] = [_location(diagnostic, sources)]
    if diagnostic.labels:
        result["relatedLocations"] = [_related(at, label, sources) for at, label in enumerate(diagnostic.labels)]
    if diagnostic.fix:
        result["fixes"] = [_fix(diagnostic.fix, sources)]
    # Equal findings of one file are told apart by their order.
    return result | {"partialFingerprints": {FINGERPRINT: f"{mark}:{met[mark]}"}}


def _message(text: str) -> Json:
    """Give a text so that no braces are taken for a place holder and no ``[..](..)`` for a link."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _location(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> Json:
    logical: Json = {"logicalLocations": [{"name": diagnostic.subject}]} if diagnostic.subject else {}
    return {"physicalLocation": _physical(diagnostic.source, diagnostic.span, sources), **logical}


def _related(number: int, label: Label, sources: Mapping[str, Source]) -> Json:
    physical = _physical(label.source, label.span, sources)
    return {"id": number, "physicalLocation": physical, "message": _message(label.text)}


def _physical(path: str, span: Span, sources: Mapping[str, Source]) -> Json:
    return {"artifactLocation": {"uri": uri(path)}, "region": _region(path, span, sources)}


def _region(path: str, span: Span, sources: Mapping[str, Source]) -> Json:
    start, end = extent(path, span, sources)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fix(fix: Fix, sources: Mapping[str, Source]) -> Json:
    by_path: dict[str, list[Json]] = {}
    for edit in fix.edits:
        by_path.setdefault(edit.source, []).append(_replacement(edit, sources))
    changes = [{"artifactLocation": {"uri": uri(path)}, "replacements": edits} for path, edits in by_path.items()]
    return {"description": _message(fix.title), "artifactChanges": changes}


def _replacement(edit: Edit, sources: Mapping[str, Source]) -> Json:
    return {
        "deletedRegion": _region(edit.source, edit.span, sources),
        "insertedContent": {"text": edit.replacement},
    }
