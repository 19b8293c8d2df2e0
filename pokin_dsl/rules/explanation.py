"""What a rule's page says: the case file of a rule (``tests/cases/rules/P305.md``), which is test and text at once.

A case file has a title ``# P305 ...`` and these sections, in this order::

    ## Apa              what the rule finds
    ## Mengapa          why, with the trik or regulation quoted as ``> ...``
    ## Ditandai         a tree (```pokin) in which it fires, and exactly what it says there (```temuan)
    ## Sebaiknya        the same tree as it should be (```pokin), in which it is silent
    ## Pada contoh nyata    ``- kecamatan: 0`` and ``- glenmore: 2``: how often it fires on the two real trees

A sample may be several files: further ones carry a path below ``trees/`` (```pokin bagian/pelayanan.pokin), and the
settings of the workspace are ```toml pokin.toml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTIONS = ("Apa", "Mengapa", "Ditandai", "Sebaiknya", "Pada contoh nyata")
_TITLE = re.compile(r"\A# (P\d{3}) (.+)$", re.MULTILINE)
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_BLOCK = re.compile(
    r"^```(?P<kind>pokin|toml|jinja|temuan)[ ]*(?P<name>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
_COUNT = re.compile(r"^- (\w+): (\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule explained. Texts are Markdown; samples are files by name, the tree itself under the empty name.

    Samples are as written in the case file, escapes and all: a page could not show a tab or a byte that is no UTF-8.
    ``tentang_ditandai`` and ``tentang_sebaiknya`` are what is said beside the samples, such as what an escape stands
    for; most pages say nothing there.
    """

    code: str
    title: str
    apa: str
    mengapa: str
    ditandai: Mapping[str, str]
    temuan: str
    sebaiknya: Mapping[str, str]
    contoh_nyata: str
    tentang_ditandai: str = ""
    tentang_sebaiknya: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """Give how often the rule is said to fire on each real tree."""
        return {name: int(count) for name, count in _COUNT.findall(self.contoh_nyata)}


def read_explanation(text: str) -> Explanation:
    """Read a case file.

    Raises:
        ValueError: the title or a section is missing; these files are ours, so it is our bug.
    """
    title = _TITLE.match(text)
    pieces = _SECTION.split(text)
    parts = {name.strip(): body.strip("\n") for name, body in zip(pieces[1::2], pieces[2::2], strict=True)}
    if title is None or tuple(parts) != SECTIONS:
        raise ValueError(f"not a case file of a rule: {text[:40]!r} with sections {tuple(parts)}")
    return Explanation(
        title[1],
        title[2],
        parts["Apa"],
        parts["Mengapa"],
        _files(parts["Ditandai"]),
        next((block["body"] for block in _BLOCK.finditer(parts["Ditandai"]) if block["kind"] == "temuan"), ""),
        _files(parts["Sebaiknya"]),
        parts["Pada contoh nyata"],
        _prose(parts["Ditandai"]),
        _prose(parts["Sebaiknya"]),
    )


def _files(section: str) -> dict[str, str]:
    return {block["name"]: block["body"] for block in _BLOCK.finditer(section) if block["kind"] != "temuan"}


def _prose(section: str) -> str:
    return _BLOCK.sub("", section).strip()
