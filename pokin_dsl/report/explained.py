"""A rule's page for the terminal, and the list of all rules: Markdown becomes plain text, samples keep their lines."""

from __future__ import annotations

import re
from textwrap import fill
from typing import TYPE_CHECKING

from pokin_dsl.report.plain import safe
from pokin_dsl.rules.catalogue import Said, asked, by_family, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pokin_dsl.report.plain import Segment
    from pokin_dsl.rules.explanation import Explanation
    from pokin_dsl.rules.rule import Rule

WIDTH = 88
_MARGIN = "  "
_INLINE = (
    (re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)"), r"\1 (\2)"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?!\w)"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_\[\]#>|~-])"), r"\1"),
)
_BULLET = re.compile(r"(?:[-*+]|\d+[.)]) +")
_FENCE = "```"


def rule_page(rule: Rule, explanation: Explanation | None) -> Iterator[Segment]:
    """Give all that is known of a rule as styled pieces of text."""
    yield ("kode", rule.code)
    yield ("pesan", f" {explanation.title if explanation else rule.finds}\n")
    yield ("tempat", f"{_MARGIN}nama: {rule.name} · bobot: ")
    yield (rule.severity.value, rule.severity.value)
    yield ("tempat", f" · diperiksa: {asked(rule)}\n")
    if explanation is None:
        yield ("", f"\n{_MARGIN}Uraian aturan ini belum ditulis.\n")
        return
    yield from _prose("Apa", explanation.apa)
    yield from _prose("Mengapa", explanation.mengapa)
    yield from _prose("Ditandai", explanation.tentang_ditandai, heading=bool(explanation.ditandai))
    yield from _flagged(explanation)
    yield from _prose("Sebaiknya", explanation.tentang_sebaiknya, heading=bool(explanation.sebaiknya))
    yield from _plain_sample(explanation.sebaiknya)
    yield from _prose("Pada contoh nyata", explanation.contoh_nyata)


def rule_list(family: str = "") -> Iterator[Segment]:
    """Give all rules by family, or those of one family (``P1``): code, severity, what each finds."""
    for beginning, title, rules in by_family():
        if family in ("", beginning):
            yield ("pesan", f"{title} ({beginning})\n")
            for rule in rules:
                yield ("kode", f"{_MARGIN}{rule.code}  ")
                yield (rule.severity.value, rule.severity.value.ljust(11))
                yield ("", f"{rule.finds}\n")
            yield ("", "\n")
    yield ("tempat", "Uraian sebuah aturan: pokin explain KODE, misalnya pokin explain P106\n")


def plain_text(markdown: str) -> str:
    """Give Markdown as plain lines: marks gone, quotes indented, paragraphs filled; fenced text keeps its lines."""
    blocks: list[str] = []
    for nth, part in enumerate(re.split(rf"^{_FENCE}.*\n?", markdown, flags=re.MULTILINE)):
        if nth % 2:
            blocks.append("\n".join(f"    {line}" for line in part.rstrip("\n").split("\n")))
        else:
            blocks += (_block(block.split("\n")) for block in re.split(r"\n\s*\n", part) if block.strip())
    return "\n\n".join(blocks)


def _block(lines: list[str]) -> str:
    if all(line.startswith(">") for line in lines):
        return _filled(" ".join(line.lstrip("> ") for line in lines), "    ", "    ")
    items: list[list[str]] = []
    for line in lines:
        if _BULLET.match(line) or not items:
            items.append([])
        items[-1].append(line.strip())
    return "\n".join(_item(" ".join(item)) for item in items)


def _item(text: str) -> str:
    bullet = _BULLET.match(text)
    hanging = " " * len(bullet[0]) if bullet else ""
    return _filled(text.lstrip("# "), "", hanging)


def _filled(text: str, first: str, others: str) -> str:
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return fill(
        text,
        WIDTH - len(_MARGIN),
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _prose(title: str, markdown: str, *, heading: bool = False) -> Iterator[Segment]:
    """Give a text under its heading; ``heading`` where something else follows and the heading must not be missing."""
    if markdown.strip() or heading:
        yield ("pesan", f"\n{title}\n")
    if not markdown.strip():
        return
    for line in plain_text(markdown).split("\n"):
        yield ("kutipan" if line.startswith("    ") else "", f"{_MARGIN}{safe(line)}".rstrip() + "\n")
    if heading:
        yield ("", "\n")


def _flagged(explanation: Explanation) -> Iterator[Segment]:
    found = said(explanation)
    yield from _sample(
        explanation.ditandai, {name: {f.line for f in found if f.file == name} for name in _names(found)}
    )
    yield ("", "\n" if found else "")
    for finding in found:
        yield from _finding(explanation.code, finding)


def _names(found: tuple[Said, ...]) -> set[str]:
    return {finding.file for finding in found}


def _sample(files: Mapping[str, str], marked: Mapping[str, set[int]]) -> Iterator[Segment]:
    """Give the files of a sample, each line with its number; the marked ones stand out."""
    for nth, (name, text) in enumerate(files.items()):
        yield from _file_name(nth, name, len(files))
        lines = text.rstrip("\n").split("\n")
        width = len(str(len(lines)))
        for number, line in enumerate(lines, 1):
            mark = number in marked.get(name, ())
            yield ("peringatan" if mark else "garis", f"{_MARGIN}{'>' if mark else ' '} {number:>{width}} |")
            yield ("", f" {safe(line)}".rstrip() + "\n")


def _plain_sample(files: Mapping[str, str]) -> Iterator[Segment]:
    """Give the files of a sample as they would be typed."""
    for nth, (name, text) in enumerate(files.items()):
        yield from _file_name(nth, name, len(files))
        for line in text.rstrip("\n").split("\n"):
            yield ("", f"    {safe(line)}".rstrip() + "\n")


def _file_name(nth: int, name: str, files: int) -> Iterator[Segment]:
    if name or files > 1:
        yield ("tempat", ("\n" if nth else "") + f"{_MARGIN}{name or 'berkas pohon'}\n")


def _finding(code: str, finding: Said) -> Iterator[Segment]:
    yield (finding.severity, f"{_MARGIN}{finding.severity}")
    yield ("kode", f"[{code}] ")
    yield ("", f"{safe(finding.message)}\n")
    place = f"{finding.file} baris {finding.line}" if finding.file else f"baris {finding.line}"
    yield ("tempat", f"{_MARGIN}  di {place}\n")
    if finding.hint:
        yield ("saran", f"{_MARGIN}  saran: ")
        yield ("", f"{safe(finding.hint)}\n")
