"""Notes to HTML: plain text escaped directly, Markdown without raw HTML and images, ``[[id]]`` as links."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

    from pokin_dsl.model.tree import Catatan

    Resolve = Callable[[str], tuple[str, str] | None]
    """Gives address and text of what an id names, or nothing."""

# Characters with which Markdown can begin to mean something; a text without them is a paragraph as it stands.
_MARKDOWN = re.compile(r"[*_`#>\[\]<&\\|~!+:\n-]|\d[.)]")
_REFERENCE = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_SCHEME = re.compile(r"([^/?#:]*):")
_SCHEMES = frozenset({"http", "https", "mailto"})
# Stands around an id in rendered Markdown; markdown-it replaces it in the text of an author, so nobody can forge it.
_MARK = "\0"
_PAGE_HEADINGS = 2
_LEVELS = "levels"
_TABLE_FRAME = '<div class="gulir" tabindex="0" role="group" aria-label="Tabel dalam catatan">'


def note(catatan: Catatan, resolve: Resolve) -> str:
    """Give a note as HTML blocks."""
    if not catatan.markdown or not _MARKDOWN.search(catatan.teks):
        return f"<p>{_linked(_plain(catatan.teks), resolve)}</p>"
    return _linked(_markdown(catatan.teks), resolve)


def good_link(address: str) -> bool:
    """Say whether a note may link there: a relative address, http, https or mailto."""
    plain = address.strip().lower()
    if plain.startswith(("//", "\\", "/\\")):
        return False
    scheme = _SCHEME.match(plain)
    return scheme is None or scheme[1] in _SCHEMES


def _linked(pieces: tuple[str, ...], resolve: Resolve) -> str:
    """Join pieces of HTML; every second one is an id, which becomes a link."""
    if len(pieces) == 1:
        return pieces[0]
    return "".join(_link(piece, resolve) if nth % 2 else piece for nth, piece in enumerate(pieces))


def _link(reference: str, resolve: Resolve) -> str:
    target = resolve(reference)
    if target is None:
        return f"[[{escape(reference)}]]"
    address, text = target
    return f'<a href="{escape(address)}">{escape(text)}</a>'


@lru_cache(maxsize=1 << 12)
def _plain(text: str) -> tuple[str, ...]:
    """Escape a text, with its references at the odd places."""
    return tuple(piece if nth % 2 else escape(piece) for nth, piece in enumerate(_REFERENCE.split(text)))


@lru_cache(maxsize=1 << 12)
def _markdown(text: str) -> tuple[str, ...]:
    """Render Markdown, with its references at the odd places."""
    return tuple(_reader().render(text).split(_MARK))


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - most trees have no Markdown note, and it takes 57 ms

    reader = MarkdownIt("js-default", {"html": False}).disable("image")
    reader.validateLink = good_link  # type: ignore[method-assign, assignment]  # markdown-it's own way to choose links
    reader.inline.ruler.before("link", "rujukan", _read_reference)
    reader.add_render_rule("rujukan", _render_reference)
    for kind, rule in (("link_open", _render_link), ("th_open", _render_cell), ("td_open", _render_cell)):
        reader.add_render_rule(kind, rule)
    for kind in ("heading_open", "heading_close"):
        reader.add_render_rule(kind, _render_heading)
    for kind in ("table_open", "table_close"):
        reader.add_render_rule(kind, _render_table)
    return reader


def _read_reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if not match or state.linkLevel:
        return False
    if not silent:
        state.push("rujukan", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _render_reference(
    _self: RendererHTML, tokens: Sequence[Token], nth: int, _options: OptionsDict, _env: EnvType
) -> str:
    return _MARK + tokens[nth].content + _MARK


def _render_link(self: RendererHTML, tokens: Sequence[Token], nth: int, options: OptionsDict, env: EnvType) -> str:
    """Print a link; another site is not told where its reader came from."""
    token = tokens[nth]
    if _SCHEME.match(str(token.attrGet("href"))):
        token.attrSet("rel", "noopener noreferrer")
    return self.renderToken(tokens, nth, options, env)


def _render_cell(self: RendererHTML, tokens: Sequence[Token], nth: int, options: OptionsDict, env: EnvType) -> str:
    """Print a cell; its alignment becomes a class, since the page's policy forbids inline styles."""
    token = tokens[nth]
    style = token.attrs.pop("style", "")
    if style:
        token.attrSet("class", str(style).replace("text-align:", "rata-"))
    return self.renderToken(tokens, nth, options, env)


def _render_heading(self: RendererHTML, tokens: Sequence[Token], nth: int, options: OptionsDict, env: EnvType) -> str:
    """Print a heading below those of the page, and at most one step below the one before it in the note."""
    token = tokens[nth]
    if token.nesting > 0:
        above = [level for level in env.get(_LEVELS, ()) if level < token.tag]
        env[_LEVELS] = [*above, token.tag]
    token.tag = f"h{min(len(env[_LEVELS]) + _PAGE_HEADINGS, 6)}"
    return self.renderToken(tokens, nth, options, env)


def _render_table(self: RendererHTML, tokens: Sequence[Token], nth: int, options: OptionsDict, env: EnvType) -> str:
    """Print a table in a frame of its own, which a keyboard can scroll."""
    if tokens[nth].nesting > 0:
        return _TABLE_FRAME + self.renderToken(tokens, nth, options, env)
    return self.renderToken(tokens, nth, options, env) + "</div>\n"
