"""The pages about the rules: all of them by family, and each with what it finds, why, and samples."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache, partial
from html import escape
from typing import TYPE_CHECKING

from pokin_dsl.model.tree import Catatan
from pokin_dsl.rules.catalogue import Said, asked, by_family, said
from pokin_dsl.site import prose, urls
from pokin_dsl.site.frame import portal_frame
from pokin_dsl.site.highlight import highlighted_lines
from pokin_dsl.site.lookups import SEVERITIES
from pokin_dsl.site.site import Page
from pokin_dsl.syntax.parse import parse
from pokin_dsl.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from pokin_dsl.rules.explanation import Explanation
    from pokin_dsl.rules.rule import Rule
    from pokin_dsl.site.frame import Context
    from pokin_dsl.site.site import Maker, SiteSettings
    from pokin_dsl.syntax.nodes import Sentence

_ROOT = "../"
# What is quoted as code, or is a link already, stays as it is.
_CODES = re.compile(r"<code>.*?</code>|<a .*?</a>|<pre>.*?</pre>|\b(?P<code>P\d{3})\b", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What the site says of the rules: explanations by code, and the reader by which their samples are coloured.

    Without a reader samples are shown plainly.
    """

    explanations: Mapping[str, Explanation] = field(default_factory=dict)
    read_sentence: Callable[[str], Sentence] | None = None


NO_RULEBOOK = Rulebook()


def rule_pages(rulebook: Rulebook, settings: SiteSettings) -> Iterator[tuple[str, Maker]]:
    """Plan the page of all rules and the page of each that is explained, by path; nothing where none is."""
    if not rulebook.explanations:
        return
    families = tuple(by_family())
    yield urls.RULES, partial(_index, rulebook, settings, families)
    rules = [(title, rule) for _, title, family in families for rule in family if rule.code in rulebook.explanations]
    for nth, (title, rule) in enumerate(rules):
        before = rules[nth - 1][1] if nth else None
        after = rules[nth + 1][1] if nth + 1 < len(rules) else None
        around: Context = {"keluarga": title, "sebelum": _neighbour(before), "sesudah": _neighbour(after)}
        yield urls.rule(rule.code), partial(_page, rule, rulebook, settings, around)


def _index(rulebook: Rulebook, settings: SiteSettings, families: tuple[tuple[str, str, tuple[Rule, ...]], ...]) -> Page:
    context: Context = {
        **_frame(settings, "Aturan pemeriksaan"),
        "keluarga": [
            {"awal": beginning, "nama": title, "aturan": [_row(rule, rulebook) for rule in rules]}
            for beginning, title, rules in families
        ],
    }
    return Page(urls.RULES, "aturan-daftar.html.j2", context)


def _row(rule: Rule, rulebook: Rulebook) -> Context:
    weight = rule.severity.value
    return {
        "kode": rule.code,
        "href": f"{rule.code}.html" if rule.code in rulebook.explanations else "",
        "menemukan": rule.finds,
        "bobot": weight,
        "label": SEVERITIES[weight],
        "ditanyakan": asked(rule),
    }


def _neighbour(rule: Rule | None) -> Context | None:
    return {"kode": rule.code, "menemukan": rule.finds, "href": f"{rule.code}.html"} if rule else None


def _page(rule: Rule, rulebook: Rulebook, settings: SiteSettings, around: Context) -> Page:
    explanation = rulebook.explanations[rule.code]
    found = said(explanation)
    others = rulebook.explanations.keys() - {rule.code}
    context: Context = {
        **_frame(settings, f"{rule.code} {explanation.title}", {"teks": rule.code, "href": ""}),
        **around,
        "kode": rule.code,
        "nama": rule.name,
        "judul_aturan": explanation.title,
        "bobot": rule.severity.value,
        "label": SEVERITIES[rule.severity.value],
        "ditanyakan": asked(rule),
        "apa_html": _prose(explanation.apa, others),
        "mengapa_html": _prose(explanation.mengapa, others),
        "tentang_ditandai_html": _prose(explanation.tentang_ditandai, others),
        "tentang_sebaiknya_html": _prose(explanation.tentang_sebaiknya, others),
        "ditandai": [_file(name, text, rulebook, found) for name, text in explanation.ditandai.items()],
        "sebaiknya": [_file(name, text, rulebook) for name, text in explanation.sebaiknya.items()],
        "contoh_html": _prose(explanation.contoh_nyata, others),
        "dapat_diabaikan": rule.check is not None,
    }
    return Page(urls.rule(rule.code), "aturan.html.j2", context)


def _frame(settings: SiteSettings, title: str, *crumbs: Mapping[str, str]) -> Context:
    trail = [{"teks": "Semua pohon", "href": _ROOT + urls.INDEX}]
    if crumbs:
        trail.append({"teks": "Aturan pemeriksaan", "href": urls.INDEX})
    return {
        **portal_frame(settings, rules=True),
        "judul": title,
        "akar": _ROOT,
        "statis": f"{_ROOT}{urls.STATICS}/",
        "remah": [*trail, *crumbs],
    }


def _prose(markdown: str, others: Container[str]) -> str:
    """Give Markdown as HTML; the codes of other rules that have a page become links."""
    if not markdown.strip():
        return ""

    def linked(found: re.Match[str]) -> str:
        code = found["code"]
        return f'<a href="{code}.html">{code}</a>' if code and code in others else found[0]

    return _CODES.sub(linked, prose.note(Catatan(markdown, markdown=True), lambda _: None))


def _file(name: str, text: str, rulebook: Rulebook, found: tuple[Said, ...] = ()) -> Context:
    lines = _coloured(name, text, rulebook.read_sentence)
    told: dict[int, list[Said]] = {}
    for finding in found:
        if finding.file == name:
            told.setdefault(min(finding.line, len(lines)), []).append(finding)
    return {"nama": name, "baris_html": "".join(_lines(lines, told))}


@lru_cache(maxsize=1 << 10)
def _coloured(name: str, text: str, read_sentence: Callable[[str], Sentence] | None) -> tuple[str, ...]:
    """Give the lines of a sample as HTML; they are the same for every site, so they are coloured once."""
    plain = text.removesuffix("\n")
    if read_sentence is None or name.endswith((".toml", ".j2")):
        return tuple(escape(plain).split("\n"))
    return tuple(highlighted_lines(parse(Source(name, plain), read_sentence)[0]))


def _lines(lines: tuple[str, ...], told: Mapping[int, list[Said]]) -> Iterator[str]:
    """Give each line as HTML, and below it what is found there."""
    for number, line in enumerate(lines, 1):
        findings = told.get(number, ())
        weight = f" baris-{findings[0].severity}" if findings else ""
        yield f'<span class="baris{weight}">{line}\n</span>'
        yield from map(_finding, findings)


def _finding(finding: Said) -> str:
    hint = f" {finding.hint}" if finding.hint else ""
    return (
        f'<span class="sisipan bobot-{finding.severity}"><strong>{SEVERITIES[finding.severity]}</strong> '
        f'{escape(finding.message)}<span class="petunjuk">{escape(hint)}</span>\n</span>'
    )
