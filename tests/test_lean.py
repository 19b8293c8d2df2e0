"""Static files in a site say in a browser what their sources say."""

from __future__ import annotations

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
