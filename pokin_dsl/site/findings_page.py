"""The pages of all findings of a tree, the gravest first, each with its line and what to do.

Beyond ``MOST_DETAILED`` they stand in short, by rule: what is to be done is said once, and the line is a link. Rules
that found very much have pages of their own (``finding_parts``), to which the first page leads with its counts.
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
    from collections.abc import Iterator, Mapping, Sequence

    from pokin_dsl.diagnostics import Diagnostic
    from pokin_dsl.site.finding_parts import Anchored, FindingPart
    from pokin_dsl.site.frame import Context, TreeFrame
    from pokin_dsl.site.lookups import Lookups
    from pokin_dsl.text import Source, Span

TITLES = {rule.code: rule.finds for rule in RULES}
_CHECKS = sum(rule.check is not None for rule in RULES)
MOST_DETAILED = 300
_GROUP = 100
_MOST_BEFORE = 60
_MOST_SHOWN = 160
_TEMPLATE = "pemeriksaan.html.j2"
_TITLE = "Pemeriksaan"


def findings_page(lookups: Lookups, frame: TreeFrame) -> Page:
    """Make the page: all findings in full or in short, or their counts with the way to the pages of the parts."""
    short = len(lookups.anchored) > MOST_DETAILED
    group = _by_rule if short else _by_severity
    groups = [group(lookups, lookups.anchored, weight) for weight in SEVERITIES]
    context: Context = {
        **frame.page(_TITLE, "pemeriksaan"),
        "ringkasan": [
            {"bobot": weight, "label": SEVERITIES[weight], "jumlah": count(number)}
            for weight, number in severities(lookups.checked).items()
        ],
        "jumlah": len(lookups.anchored),
        "jumlah_aturan": count(_CHECKS),
        "ringkas": short,
        "terbagi": bool(lookups.finding_parts.parts),
        "bagian": None,
        "kelompok": groups,
        "abaikan": list(_silenced(lookups)),
        "daftar_periksa": {**checklist_progress(lookups), "href": urls.CHECKLIST},
    }
    return Page(urls.in_tree(lookups.name, urls.FINDINGS), _TEMPLATE, context)


def findings_part_page(lookups: Lookups, frame: TreeFrame, part: FindingPart) -> Page:
    """Make the page of findings of one rule."""
    parts = lookups.finding_parts.parts[part.code]
    at = parts.index(part)
    last = part.first + len(part.findings) - 1
    found = sum(len(one.findings) for one in parts)
    crumbs = ({"teks": _TITLE, "href": urls.FINDINGS}, {"teks": part.code, "href": ""})
    title = f"{_TITLE}: {part.code}" + (f", {count(part.first)}–{count(last)}" if len(parts) > 1 else "")
    context: Context = {
        **frame.page(title, "pemeriksaan", "../", crumbs),
        "jumlah": found,
        "ringkas": True,
        "terbagi": False,
        "bagian": {
            "kode": part.code,
            "isi": f"{count(part.first)}–{count(last)} dari {count(found)}",
            "sebelum": _way(lookups, parts[at - 1]) if at else None,
            "sesudah": _way(lookups, parts[at + 1]) if at + 1 < len(parts) else None,
        },
        "kelompok": [_by_rule(lookups, part.findings, weight, here=True) for weight in SEVERITIES],
    }
    return Page(urls.in_tree(lookups.name, part.address), _TEMPLATE, context)


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


def _by_severity(lookups: Lookups, anchored: Sequence[Anchored], weight: str) -> Context:
    chosen = [one for one in anchored if one[1].severity.value == weight]
    chosen.sort(key=lambda one: lookups.files.get(one[1].source, 0))
    files = groupby(chosen, key=lambda one: one[1].source)
    return {
        "bobot": weight,
        "label": SEVERITIES[weight],
        "berkas": [{"nama": path, "temuan": [_finding(lookups, *one) for one in group]} for path, group in files],
    }


def _by_rule(lookups: Lookups, anchored: Sequence[Anchored], weight: str, *, here: bool = False) -> Context:
    """Give the findings of a severity by rule; of a rule that has pages of its own the ways there, unless it is one."""
    found: dict[str, list[Anchored]] = {}
    for one in anchored:
        if one[1].severity.value == weight:
            found.setdefault(one[1].code, []).append(one)
    rules = [_rule(lookups, code, anchored, here=here) for code, anchored in found.items()]
    return {"bobot": weight, "label": SEVERITIES[weight], "aturan": rules}


def _rule(lookups: Lookups, code: str, anchored: Sequence[Anchored], *, here: bool) -> Context:
    hints = {diagnostic.hint for _, diagnostic in anchored}
    same = len(hints) == 1
    parts = () if here else lookups.finding_parts.parts.get(code, ())
    shown = () if parts else anchored
    found = [_in_short(lookups, anchor, diagnostic, hinted=not same) for anchor, diagnostic in shown]
    return {
        "kode": code,
        "nama": TITLES.get(code, ""),
        "jangkar": f"aturan-{code.lower()}-{anchored[0][1].severity.value}",
        "halaman": urls.rule(code) if code in lookups.rules else "",
        "petunjuk": hints.pop() if same else "",
        "jumlah": count(len(anchored)),
        "bagian": [_way(lookups, part) for part in parts],
        "temuan": [found[start : start + _GROUP] for start in range(0, len(found), _GROUP)],
    }


def _way(lookups: Lookups, part: FindingPart) -> Mapping[str, str]:
    """Give the way to a part, with the numbers of its findings, and the place of the first."""
    last = part.first + len(part.findings) - 1
    _, diagnostic = part.findings[0]
    place = _label(lookups, Label(diagnostic.source, diagnostic.span, ""))["tempat"]
    return {"label": place, "teks": f"Temuan {count(part.first)}–{count(last)}", "href": part.address}


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
        context |= {"baris": str(line), "href": lookups.line(file, line), "kutipan": excerpt(source, diagnostic.span)}
    return context


def _label(lookups: Lookups, label: Label) -> Mapping[str, str]:
    file = lookups.files.get(label.source)
    if not file:
        return {"teks": label.text, "tempat": label.source, "href": ""}
    line = lookups.checked.documents[file - 1].source.position(label.span.start).line
    return {"teks": label.text, "tempat": f"{label.source} baris {line}", "href": lookups.line(file, line)}


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
