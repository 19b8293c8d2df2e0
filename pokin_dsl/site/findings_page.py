"""The page of all findings of a tree, the gravest first, each with its line and what to do.

Beyond ``MOST_DETAILED`` they stand in short, by rule: what is to be done is said once, and the line is a link.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Label
from pokin_dsl.rules.registry import RULES
from pokin_dsl.site import urls
from pokin_dsl.site.checklist_page import checklist_progress
from pokin_dsl.site.frame import severities
from pokin_dsl.site.lookups import SEVERITIES, count
from pokin_dsl.site.site import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Lookups
    from pokin_dsl.text import Source, Span

    _Anchored = tuple[str, Diagnostic]

TITLES = {rule.code: rule.finds for rule in RULES}
_CHECKS = sum(rule.check is not None for rule in RULES)
MOST_DETAILED = 300
_GROUP = 100
_MOST_BEFORE = 60
_MOST_SHOWN = 160


def findings_page(lookups: Lookups, frame: TreeFrame) -> Page:
    """Make the page."""
    short = len(lookups.anchored) > MOST_DETAILED
    group = _by_rule if short else _by_severity
    context: Context = {
        **frame.page("Pemeriksaan", "pemeriksaan"),
        "ringkasan": [
            {"bobot": weight, "label": SEVERITIES[weight], "jumlah": count(number)}
            for weight, number in severities(lookups.checked).items()
        ],
        "jumlah": len(lookups.anchored),
        "jumlah_aturan": count(_CHECKS),
        "ringkas": short,
        "kelompok": [group(lookups, weight) for weight in SEVERITIES],
        "abaikan": list(_silenced(lookups)),
        "daftar_periksa": {**checklist_progress(lookups), "href": urls.CHECKLIST},
    }
    return Page(urls.in_tree(lookups.name, urls.FINDINGS), "pemeriksaan.html.j2", context)


def excerpt(source: Source, span: Span) -> Mapping[str, str]:
    """Give the line of a span in three parts, its middle the span; a long line is cut around it."""
    place = source.position(span.start)
    text = source.line_text(place.line)
    start = min(place.column - 1, len(text))
    end = min(max(start + span.end - span.start, start), len(text))
    before, marked, after = text[:start], text[start:end], text[end:]
    if len(before) > _MOST_BEFORE:
        before = "…" + before[-_MOST_BEFORE:]
    if len(marked) > _MOST_SHOWN:
        marked = marked[:_MOST_SHOWN] + "…"
    if len(after) > _MOST_SHOWN:
        after = after[:_MOST_SHOWN] + "…"
    return {"awal": before.lstrip(), "tanda": marked, "akhir": after}


def _by_severity(lookups: Lookups, weight: str) -> Context:
    chosen = [one for one in lookups.anchored if one[1].severity.value == weight]
    chosen.sort(key=lambda one: lookups.files.get(one[1].source, 0))
    files = groupby(chosen, key=lambda one: one[1].source)
    return {
        "bobot": weight,
        "label": SEVERITIES[weight],
        "berkas": [{"nama": path, "temuan": [_finding(lookups, *one) for one in group]} for path, group in files],
    }


def _by_rule(lookups: Lookups, weight: str) -> Context:
    found: dict[str, list[_Anchored]] = {}
    for one in lookups.anchored:
        if one[1].severity.value == weight:
            found.setdefault(one[1].code, []).append(one)
    rules = [_rule(lookups, code, anchored) for code, anchored in found.items()]
    return {"bobot": weight, "label": SEVERITIES[weight], "aturan": rules}


def _rule(lookups: Lookups, code: str, anchored: list[_Anchored]) -> Context:
    hints = {diagnostic.hint for _, diagnostic in anchored}
    same = len(hints) == 1
    found = [_in_short(lookups, anchor, diagnostic, hinted=not same) for anchor, diagnostic in anchored]
    return {
        "kode": code,
        "nama": TITLES.get(code, ""),
        "halaman": urls.rule(code) if code in lookups.rules else "",
        "petunjuk": hints.pop() if same else "",
        "jumlah": count(len(found)),
        "temuan": [found[start : start + _GROUP] for start in range(0, len(found), _GROUP)],
    }


def _in_short(lookups: Lookups, anchor: str, diagnostic: Diagnostic, *, hinted: bool) -> Context:
    place = _label(lookups, Label(diagnostic.source, diagnostic.span, ""))
    return {
        "jangkar": anchor,
        "pesan": diagnostic.message,
        "petunjuk": diagnostic.hint if hinted else "",
        "kinerja": lookups.links.get(diagnostic.subject),
        "tempat": place["tempat"],
        "href": place["href"],
    }


def _finding(lookups: Lookups, anchor: str, diagnostic: Diagnostic) -> Context:
    subject = lookups.links.get(diagnostic.subject)
    context: Context = {
        "jangkar": anchor,
        "kode": diagnostic.code,
        "aturan": TITLES.get(diagnostic.code, ""),
        "halaman": urls.rule(diagnostic.code) if diagnostic.code in lookups.rules else "",
        "pesan": diagnostic.message,
        "petunjuk": diagnostic.hint,
        "kinerja": subject,
        "baris": "",
        "href": "",
        "kutipan": None,
        "label": [_label(lookups, label) for label in diagnostic.labels],
    }
    file = lookups.files.get(diagnostic.source)
    if file:
        source = lookups.checked.documents[file - 1].source
        line = source.position(diagnostic.span.start).line
        context |= {"baris": str(line), "href": urls.line(file, line), "kutipan": excerpt(source, diagnostic.span)}
    return context


def _label(lookups: Lookups, label: Label) -> Mapping[str, str]:
    file = lookups.files.get(label.source)
    if not file:
        return {"teks": label.text, "tempat": label.source, "href": ""}
    line = lookups.checked.documents[file - 1].source.position(label.span.start).line
    return {"teks": label.text, "tempat": f"{label.source} baris {line}", "href": urls.line(file, line)}


def _silenced(lookups: Lookups) -> Iterator[Context]:
    """Give the findings that authors have silenced, with their reasons; one about the whole tree has no node."""
    for silenced in lookups.checked.silenced:
        yield {
            "kode": silenced.code,
            "aturan": TITLES.get(silenced.code, ""),
            "halaman": urls.rule(silenced.code) if silenced.code in lookups.rules else "",
            "pesan": silenced.message,
            "alasan": silenced.reason,
            "kinerja": lookups.links.get(silenced.subject),
        }
