"""The folder ``tema/`` of a workspace: templates that stand for built-in ones, files and style sheets of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pokin_dsl.diagnostics import Diagnostic, Severity
from pokin_dsl.edge.location import THEME
from pokin_dsl.edge.package import built_in_look
from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pokin_dsl.site.template_trouble import Trouble

TEMPLATE = ".html.j2"
SHEET = "tema.css"
"""Linked by every page after the built-in style sheets."""
ADDED_TO = ("gelap.css", "cetak.css")
"""Style sheets of the theme that are added to the end of the built-in ones of these names: dark colours, and paper."""
_STATICS = "statis/"
_SHEETS = (SHEET, *ADDED_TO)
_NO_ADDRESS = (
    "Nama berkas ini tidak dapat menjadi alamat di situs.",
    "Pakai huruf, angka, titik, garis bawah, dan tanda hubung saja.",
)
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_MIB = 1024 * 1024
MOST_BYTES = 5 * _MIB
"""All that a theme may hold together."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates by name; files to ship by name; style sheets by name; every file read, by path, and None where absent.

    ``sources`` are the templates by path, so that findings can quote them.
    """

    templates: Mapping[str, str] = field(default_factory=dict)
    statics: Mapping[str, bytes] = field(default_factory=dict)
    sheets: Mapping[str, bytes] = field(default_factory=dict)
    inputs: Mapping[str, bytes | None] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)


def read_theme(load: Callable[[str], bytes | None], paths: Iterable[str]) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """Read the files of a theme, each by its path in the workspace; what cannot be used is a finding P908.

    A template that cannot be used is left out, so that the built-in one is used in its place.
    """
    inputs = {path: load(path) for path in paths}
    if sum(len(content or b"") for content in inputs.values()) > MOST_BYTES:
        return Theme(inputs=dict.fromkeys(inputs)), (_too_large(next(iter(inputs))),)
    shelf: dict[str, dict[str, bytes]] = {TEMPLATE: {}, _STATICS: {}, SHEET: {}}
    problems: list[Diagnostic] = []
    for path, content in inputs.items():
        kind, name, problem = _kind(path.removeprefix(f"{THEME}/"))
        if kind and content is not None:
            shelf[kind][name] = content
        elif problem or content is None:
            message, hint = problem or ("Berkas tema ini tidak dapat dibuka.", "Periksa hak aksesnya.")
            problems.append(_finding(path, Span(0, 0), message, hint, Severity.PERINGATAN))
    templates, sources, wrong = _templates(shelf[TEMPLATE])
    return Theme(templates, shelf[_STATICS], shelf[SHEET], inputs, sources), (*problems, *wrong)


def trouble_finding(trouble: Trouble, sources: Mapping[str, Source]) -> Diagnostic:
    """Make the finding about a template; the built-in one is used in its place, unless it is a remark only."""
    instead = " Templat bawaan dipakai sebagai gantinya." if trouble.fatal else ""
    severity = Severity.GALAT if trouble.fatal else Severity.PERINGATAN
    path = f"{THEME}/{trouble.template}" if trouble.template else THEME
    source = sources.get(path)
    hint = trouble.hint or "Lihat isi dan blok tiap templat di panduan tema, atau hapus berkas ini."
    return _finding(path, _line(source, trouble.line), f"{trouble.reason}.{instead}", hint, severity)


def _kind(name: str) -> tuple[str, str, tuple[str, str] | None]:
    """Give what a file of the theme is, its name as such, and what is wrong with it; nothing of each for others."""
    if name.startswith(_STATICS):
        static = name.removeprefix(_STATICS)
        return (_STATICS, static, None) if _NAME.fullmatch(static) else ("", "", _NO_ADDRESS)
    if name.endswith(TEMPLATE):
        return TEMPLATE, name, None
    if name in _SHEETS:
        return SHEET, name, None
    if name.endswith((".css", ".js", ".j2")):
        names = f"Templat bernama *{TEMPLATE}" if name.endswith(".j2") else f"Lembar gaya tema: {', '.join(_SHEETS)}"
        return "", "", ("Berkas tema ini tidak dipakai.", f"{names}; berkas lain berada di {THEME}/{_STATICS}.")
    return "", "", None


def _templates(
    contents: Mapping[str, bytes],
) -> tuple[dict[str, str], dict[str, Source], list[Diagnostic]]:
    """Decode templates and look for mistakes; those that cannot be used are left out."""
    if not contents:
        return {}, {}, []
    from pokin_dsl.site.render import troubles  # noqa: PLC0415 - Jinja2 takes 60 ms, and most themes have no templates

    texts = {name: content.decode("utf-8-sig", "replace") for name, content in contents.items()}
    sources = {f"{THEME}/{name}": Source(f"{THEME}/{name}", text) for name, text in texts.items()}
    found = troubles(texts, built_in_look().templates)
    broken = {trouble.template for trouble in found if trouble.fatal}
    usable = {name: text for name, text in texts.items() if name not in broken}
    return usable, sources, [trouble_finding(trouble, sources) for trouble in found]


def _line(source: Source | None, line: int) -> Span:
    """Give what is written in a line, without the blanks around it."""
    if source is None or not 1 <= line <= len(source.line_starts):
        return Span(0, 0)
    start = source.line_starts[line - 1]
    end = source.line_starts[line] if line < len(source.line_starts) else len(source.text)
    written = source.text[start:end]
    indent = len(written) - len(written.lstrip())
    return Span(start + indent, start + max(indent, len(written.rstrip())))


def _too_large(path: str) -> Diagnostic:
    message = f"Folder {THEME} lebih besar daripada {MOST_BYTES // _MIB} MB, jadi tidak dipakai."
    return _finding(path, Span(0, 0), message, "Perkecil gambar dan huruf di dalamnya.", Severity.GALAT)


def _finding(path: str, span: Span, message: str, hint: str, severity: Severity) -> Diagnostic:
    return Diagnostic("P908", severity, path, span, message, hint)
