"""Static files in a site say in a browser what their sources say."""

from __future__ import annotations

import re

import pytest

from pokin_dsl.edge.package import built_in_look
from pokin_dsl.site.lean import lean
from tests.browser import chromium
from tests.sites import ROOT

# A browser gives a custom property and what falls back on one as they were written, blanks included.
_RULES = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map((rule) => rule.cssText.replace(/\\s*([,:{}])\\s*/g, "$1"));
}"""


@pytest.mark.browser
def test_a_browser_reads_the_same_rules() -> None:
    sources = {path.name: path.read_text("utf-8") for path in (ROOT / "site_templates" / "static").glob("*.css")}
    assert len(sources) > 5
    with chromium() as browser:
        page = browser.new_page()
        for name, source in sources.items():
            shipped = built_in_look().statics[name].decode("utf-8")
            assert len(shipped) < len(source)
            assert page.evaluate(_RULES, shipped) == page.evaluate(_RULES, source), name


def test_scripts_lose_comments_and_keep_what_only_looks_like_one() -> None:
    script = b'// hidden\nconst a = "// shown", b = `\n  /* shown */ ${a}`; /* hidden */\nconst c = a.split(/[/*]/);\n'
    found = lean({"a.js": script, "a.svg": b"<svg> <!-- kept --> </svg>"})
    assert b"hidden" not in found["a.js"]
    assert b'"// shown"' in found["a.js"]
    assert b"`\n  /* shown */ ${a}`" in found["a.js"]
    assert b"/[/*]/" in found["a.js"]
    assert found["a.svg"] == b"<svg> <!-- kept --> </svg>"


def test_no_script_nests_one_template_literal_within_another() -> None:
    """What makes scripts lean takes blanks out of such a literal."""
    scripts = {path.name: path.read_text("utf-8") for path in (ROOT / "site_templates" / "static").glob("*.js")}
    assert _nested("`a ${b} ${c ? `x` : 1}`")
    assert not _nested("`a ${b}`; f(`c`, '`${'); // `\nd = /[`]/;")
    assert [name for name, script in scripts.items() if _nested(script)] == []


_TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'"""
    r"""|(?<=[=(,:;!&|?\[\n])\s*/(?:\\.|\[(?:\\.|[^\]])*\]|[^/\\\[\n])+/|\\.|\$\{|[`{}]|.""",
    re.DOTALL,
)


def _nested(script: str) -> bool:
    within: list[str] = []
    at = 0
    while at < len(script):
        inside = bool(within) and within[-1] == "`"
        found = re.compile(r"\\.|\$\{|.", re.DOTALL).match(script, at) if inside else _TOKEN.match(script, at)
        piece = found[0] if found else script[at]
        if piece == "`" and not inside and "`" in within:
            return True
        if (piece == "`" and inside) or (piece == "}" and within and not inside):
            within.pop()
        elif piece == "`" or (piece == "${" and inside) or (piece == "{" and not inside):
            within.append(piece)
        at += len(piece)
    return False
