"""Whole sites in memory for tests: pokin text in, files out, by the real pipeline and the real engine."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pokin_dsl.edge.drawing import start_drawing
from pokin_dsl.edge.engine import find_engine
from pokin_dsl.edge.package import built_in_lists, built_in_look, read_sentence, rulebook
from pokin_dsl.pipeline import Compilation, Reading, build, compile_trees, read
from pokin_dsl.site.site import SiteSettings
from pokin_dsl.syntax.characters import decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pokin_dsl.site.comparison import Former

ROOT = Path(__file__).resolve().parent.parent


def compiled(texts: Mapping[str, str]) -> Compilation:
    """Compile texts by their path below ``trees/``; half a surrogate pair stands for a byte that is no UTF-8."""
    reading = read(
        Reading(),
        {
            f"trees/{path}": decode(f"trees/{path}", text.encode("utf-8", "surrogateescape"))
            for path, text in texts.items()
        },
        read_sentence(),
    )
    reading = read(reading, dict.fromkeys(reading.missing), read_sentence())
    return compile_trees(reading, {f"trees/{path}": path for path in texts}, built_in_lists())


def site_files(texts: Mapping[str, str], former: Former | None = None) -> dict[str, bytes]:
    """Build the site of some texts, beside a former version where there is one."""
    look, draw = built_in_look(), start_drawing(find_engine())
    return build(compiled(texts), SiteSettings("Portal Uji"), look, draw, rulebook(), former=former)


def seed_texts() -> dict[str, str]:
    """Give the texts of the two real trees."""
    return {path.name: path.read_text("utf-8") for path in sorted((ROOT / "trees").glob("*.pokin"))}


@cache
def seed_site() -> dict[str, bytes]:
    """Build the site of the two real trees, once per process."""
    return site_files(seed_texts())


def on_disk(files: Mapping[str, bytes], root: Path) -> Path:
    """Write the files of a site into a folder, and give that."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return root
