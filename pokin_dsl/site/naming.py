"""Short names for what a script declares and only itself sees, so that a site carries fewer bytes.

A name is shortened everywhere in a script or nowhere. So scopes need no looking at: what was one name stays one name,
and a new name is one that the script does not contain. Left alone is every name that is a property anywhere, also in
`{ shorthand }`, and the names of classes. The same script always gets the same names.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import count, pairwise, product
from string import ascii_letters
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN = re.compile(
    r"""(?P<blank>\s+)|(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?P<number>\d[\w.]*)"""
    r"""|(?P<name>\#?[A-Za-z_$][\w$]*)|(?P<sign>=>|\.\.\.|\?\.(?!\d)|.)""",
    re.DOTALL,
)
_PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[\n])+/\w*")
_TEMPLATE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*(?:`|\$\{)", re.DOTALL)
# A slash behind one of these begins a pattern; behind anything else it divides.
_BEFORE_PATTERN = re.compile(r"[(,=:[!&|?{};+\-*%<>~]|=>|\.\.\.|return|typeof|case|of|in")
_CLOSING = {")": "(", "]": "[", "}": "{"}
_KEYWORD = re.compile(
    "arguments|async|await|break|case|catch|class|const|continue|default|delete|do|else|extends|false|finally|for"
    "|function|get|if|in|instanceof|let|new|null|of|return|set|static|super|switch|this|throw|true|try|typeof"
    "|undefined|var|void|while|with|yield"
)


def shortened(script: str) -> str:
    """Give a script with short names for its constants, variables, functions and parameters."""
    tokens = list(_tokens(script))
    code = [token for token in tokens if not token.isspace()]
    names = Counter(filter(_is_name, code))
    chosen = (_declared(code) | _private(code)) - _public(code)
    fresh = (name for name in _short_names() if name not in names and not _KEYWORD.fullmatch(name))
    often = sorted(chosen, key=lambda name: (-names[name] * len(name), name))
    short = {name: name[: name[0] == "#"] + new for name, new in zip(often, fresh, strict=False)}
    return "".join(min(short.get(token, token), token, key=len) for token in tokens)


def _is_name(token: str) -> bool:
    return (token[0].isalpha() or token[0] in "_$#") and not _KEYWORD.fullmatch(token)


def _short_names() -> Iterator[str]:
    return ("".join(letters) for size in count(1) for letters in product(ascii_letters, repeat=size))


def _tokens(script: str) -> Iterator[str]:
    """Cut a script into tokens and blanks; of a template, the parts between its expressions are tokens."""
    place, before, braces = 0, "(", list[int]()
    while place < len(script):
        token = _token_at(script, place, before, in_template=bool(braces) and braces[-1] == 0)
        if token[0] == "`" or (token[0] == "}" and len(token) > 1):
            braces = _template_depth(token, braces)
        elif braces and token in "{}":
            braces[-1] += 1 if token == "{" else -1
        yield token
        place += len(token)
        before = before if token.isspace() else ("(" if token.endswith("${") else token)


def _template_depth(token: str, braces: list[int]) -> list[int]:
    inside = braces if token[0] == "`" else braces[:-1]
    return [*inside, 0] if token.endswith("${") else inside


def _token_at(script: str, place: int, before: str, *, in_template: bool) -> str:
    first = script[place]
    if first == "`" or (first == "}" and in_template):
        return first + _TEMPLATE.match(script, place + 1)[0]  # type: ignore[index]  # rjsmin would have failed before
    if first == "/" and _BEFORE_PATTERN.fullmatch(before) and (found := _PATTERN.match(script, place)):
        return found[0]
    return _TOKEN.match(script, place)[0]  # type: ignore[index]  # its last branch takes any character


def _declared(code: Sequence[str]) -> set[str]:
    """Give the names of constants, variables, functions and parameters."""
    partners = _partners(code)
    found = set[str]()
    for place, token in enumerate(code):
        if token in {"const", "let"}:
            end = partners.get(place + 1, place + 1)
            found.update(filter(_is_name, code[place + 1 : end + 1]))
        elif token == "=>":
            start = partners.get(place - 1, place - 1)
            found.update(filter(_is_name, code[start:place]))
        elif token == "function":
            start = code.index("(", place)
            found.update(filter(_is_name, code[place + 1 : partners[start]]))
    return found


def _partners(code: Sequence[str]) -> dict[int, int]:
    """Give the place of the other bracket for each bracket."""
    partners, opened = dict[int, int](), list[int]()
    for place, token in enumerate(code):
        if token in ("(", "[", "{"):
            opened.append(place)
        elif token in _CLOSING:
            partners[place] = opened.pop()
            partners[partners[place]] = place
    return partners


def _private(code: Sequence[str]) -> set[str]:
    return {token for token in code if token[0] == "#"}


def _public(code: Sequence[str]) -> set[str]:
    """Give the names that are, or may be, properties or methods, and those of classes."""
    partners, braced = _partners(code), _in_braces(code)
    near = zip([";", *code], code, [*code[1:], ";"], braced, strict=False)
    found = {token for before, token, behind, inside in near if _is_property(before, behind, inside=inside)}
    calls = (place for place, token in enumerate(code) if token == "(" and braced[place])
    methods = {code[place - 1] for place in calls if code[partners[place] + 1 : partners[place] + 2] == ["{"]}
    return {name for name in found | methods - _functions(code) if name[0] != "#"}


def _is_property(before: str, behind: str, *, inside: bool) -> bool:
    return before in (".", "?.", "class") or (inside and before in "{," and behind in ":,}=")


def _functions(code: Sequence[str]) -> set[str]:
    return {behind for before, behind in pairwise(code) if before == "function"}


def _in_braces(code: Sequence[str]) -> list[bool]:
    """Tell of each token whether the innermost bracket around it is a brace."""
    opened, found = [""], list[bool]()
    for token in code:
        if token in _CLOSING:
            opened.pop()
        found.append(opened[-1] == "{")
        if token in ("(", "[", "{"):
            opened.append(token)
    return found
