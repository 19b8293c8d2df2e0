"""The guide to comparing and the recipes for pipelines: every command in them exists, and none gives away rights."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from pokin_dsl import __version__
from pokin_dsl.cli import pokin
from pokin_dsl.cli.pr import ANNOTATIONS
from pokin_dsl.cli.wording import COMMANDS
from pokin_dsl.edge.starting import ATTRIBUTES, git_steps
from pokin_dsl.report.review import MARKER

DOCS = Path(__file__).resolve().parent.parent / "docs"
GUIDE = DOCS / "perbandingan.md"
RECIPES = sorted((DOCS / "resep").glob("*.md"))
# A command of pokin as it stands in a line of a shell, up to what follows it there.
_COMMAND = re.compile(r"(?<![\w./-])pokin (?P<name>[a-z]+)(?P<rest>[^\n`#|>]*)")
_YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(path: Path) -> list[str]:
    text = path.read_text("utf-8")
    return [*_YAML.findall(text), *_SHELL.findall(text)]


def commands(text: str) -> list[tuple[str, list[str]]]:
    text = text.replace(MARKER, "")
    return [
        (match["name"], re.findall(r"(?<!\S)(--?[a-zA-Z][\w-]*)", match["rest"])) for match in _COMMAND.finditer(text)
    ]


def options(name: str) -> set[str]:
    command = pokin.get_command(click.Context(pokin), name)
    assert command is not None
    return {word for parameter in command.params for word in parameter.opts}


@pytest.mark.parametrize("path", [GUIDE, *RECIPES], ids=lambda path: path.stem)
def test_every_command_and_option_exists(path: Path) -> None:
    code = "\n".join((*blocks(path), *re.findall(r"`(pokin [^`]+)`", path.read_text("utf-8"))))
    found = commands(code)
    assert found
    for name, words in found:
        assert name in COMMANDS, name
        assert set(words) <= options(name), (name, words)
    for kind in re.findall(r"--annotations (\w+)", code):
        assert kind in ANNOTATIONS


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_recipes_install_this_version_before_anything_is_there(path: Path) -> None:
    for block in _YAML.findall(path.read_text("utf-8")):
        for job in re.split(r"^  \w+:\n", block, flags=re.MULTILINE):
            pip, checkout = job.find("pip install"), job.find("actions/checkout")
            assert checkout < 0 or 0 <= pip < checkout
            # Run as a module, pip and Python would look for modules among the files of the proposal.
            assert "python -m" not in job
            assert not re.search(r"python (?!-I )-", job)
        major, minor = __version__.split(".")[:2]
        for wanted in re.findall(r'pip install "([^"]+)"', block):
            assert wanted == f"pokin-dsl>={major}.{minor},<{major}.{int(minor) + 1}"


@pytest.mark.parametrize("name", ["github", "gitea"])
def test_workflows_have_few_rights(name: str) -> None:
    for block in _YAML.findall((DOCS / "resep" / f"{name}.md").read_text("utf-8")):
        assert not re.search(r"^ *pull_request_target:", block, re.MULTILINE)
        assert re.search(r"^permissions:( \{\}|\n  contents: read\n)", block, re.MULTILINE)
        # A job that may write reads nothing of the proposal, and one that reads it may not write.
        for job in re.split(r"^  (?=\w+:\n)", block, flags=re.MULTILINE):
            assert not ("write" in job and "actions/checkout" in job)
        assert block.count("actions/checkout") == block.count("persist-credentials: false")
        # What a proposal names (its branch, its title) is never put into a script by the runner.
        scripts = re.findall(r"^( *)(?:- )?run: (?:\|\n((?:\1 +[^\n]*\n|\n)+)|([^\n]*))", block, re.MULTILINE)
        assert scripts
        assert not any("${{" in many + one for _, many, one in scripts)


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_recipes_have_the_whole_history_and_know_their_comment(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.search(r"fetch-depth: 0|GIT_DEPTH: \"0\"", text)
    assert MARKER in text


def test_the_guide_shows_what_init_shows(tmp_path: Path) -> None:
    text = GUIDE.read_text("utf-8")
    for step in git_steps(tmp_path):
        assert "\n".join(step.commands) in text
    assert ATTRIBUTES in text


def test_links_lead_somewhere() -> None:
    for path in (GUIDE, *RECIPES):
        text = path.read_text("utf-8")
        anchors = {
            re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        }
        for target, anchor in re.findall(r"\]\(([^)#]*)#?([^)]*)\)", text):
            assert not target or (path.parent / target).is_file(), target
            assert target or anchor in anchors, anchor
