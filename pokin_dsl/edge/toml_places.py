"""Where things stand in ``pokin.toml``: the TOML reader gives values without places, and a finding needs one."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from pokin_dsl.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

# A table's own line; the name may be quoted, and blanks may stand between its parts.
_TABLE = re.compile(r"^[ \t]*\[[ \t]*(?P<name>[^\[\]\n]+?)[ \t]*\][ \t]*(?:#.*)?$", re.MULTILINE)
_STRING = r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'"


def key_span(source: Source, *path: str) -> Span:
    """Give where a key is written, by its tables and its own name; the beginning of the file where it is not found."""
    found = _key(source, path)
    return Span(found.start("key"), found.end("key")) if found else _table_span(source, path)


def value_span(source: Source, *path: str) -> Span:
    """Give where the value of a key is written, its line at most; the key's place where that cannot be told."""
    found = _key(source, path)
    if not found or not found["value"]:
        return key_span(source, *path)
    return Span(found.start("value"), found.end("value"))


def _key(source: Source, path: Sequence[str]) -> re.Match[str] | None:
    """Look for ``key = value`` below the key's own table; else for the key with its last table in front; else alone."""
    *tables, key = path
    start, end = _section(source, tables)
    found = _assignment(key).search(source.text, start, end)
    if found or not tables:
        return found
    dotted = _assignment(key, rf"{_word(tables[-1])}[ \t]*\.[ \t]*").search(source.text)
    inline = re.compile(rf"{_word(tables[-1])}[ \t]*=[ \t]*\{{[^\n]*?{_written(key)}").search(source.text)
    return dotted or inline


def _assignment(key: str, before: str = "") -> re.Pattern[str]:
    further = r"(?:[\w\"'.-]+[ \t]*\.[ \t]*)??" if before else ""
    return re.compile(rf"^[ \t]*{further}{before}{_written(key)}", re.MULTILINE)


def _written(key: str) -> str:
    value = rf"(?P<value>{_STRING}|\[[^\]\n]*\]|[^\s#,}}][^\n#,}}]*?)?[ \t]*(?=[#,}}\n]|\Z|$)"
    return rf"(?P<key>{_word(key)})[ \t]*=[ \t]*{value}"


def _word(key: str) -> str:
    return rf"(?:{re.escape(key)}|\"{re.escape(key)}\"|'{re.escape(key)}')"


def _section(source: Source, tables: Sequence[str]) -> tuple[int, int]:
    """Give where the lines of a table begin and end; those of the whole file lie before its first table."""
    heads = list(_TABLE.finditer(source.text))
    if not tables:
        return 0, heads[0].start() if heads else len(source.text)
    for head, following in zip_longest(heads, heads[1:]):
        if _parts(head["name"]) == tuple(tables):
            return head.end(), following.start() if following else len(source.text)
    return 0, 0


def _table_span(source: Source, path: Sequence[str]) -> Span:
    """Give the name in the head of the table that a path leads to, or of the nearest one around it."""
    for length in range(len(path), 0, -1):
        for head in _TABLE.finditer(source.text):
            if _parts(head["name"])[:length] == tuple(path[:length]):
                last = re.compile(re.escape(path[length - 1])).search(source.text, head.start("name"), head.end("name"))
                return Span(last.start(), last.end()) if last else Span(head.start("name"), head.end("name"))
        found = _assignment(path[length - 1]).search(source.text)
        if found and length == 1:
            return Span(found.start("key"), found.end("key"))
    return Span(0, 0)


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))
