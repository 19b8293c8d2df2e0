"""The formats that programs read: their shapes, what hostile texts must not do in them, and the command that prints."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator

from pokin_dsl import __version__
from pokin_dsl.cli.check import FORMATS
from pokin_dsl.diagnostics import Diagnostic, Edit, Fix, Label, Severity
from pokin_dsl.edge.building import compile_workspace
from pokin_dsl.edge.workspace import open_workspace
from pokin_dsl.report import sarif
from pokin_dsl.report.formats import WRITERS, formatted
from pokin_dsl.report.machine import SCHEMA
from pokin_dsl.report.plain import summary
from pokin_dsl.rules.registry import RULES
from pokin_dsl.text import Source, Span
from tests.command import pokin_bytes, pokin_process
from tests.support import DATA, ROOT, any_text, read_shipped, read_tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pokin_dsl.rules.checked import Checked

PUBLISHED: dict[str, Any] = json.loads((ROOT / "site_templates" / "static" / SCHEMA).read_text("utf-8"))
OURS = Draft202012Validator(PUBLISHED)
OFFICIAL = Draft4Validator(json.loads((DATA / "sarif-schema-2.1.0.json").read_text("utf-8")))

# Its P302 is the sample of docs/keluaran.md; rules to come may have more to say about it.
SAMPLE = """\
pokin: 1
judul: Pohon Kinerja Kecamatan Sukamaju
tahap: 5

jabatan [kasi-pelayanan] Kasi Pelayanan

outcome [pelayanan] Terwujudnya Pelayanan yang Baik
  @mandat RPJMD
  @ekspektasi Warga dilayani cepat
  @pk kasi-pelayann
"""
GOOD = (ROOT / "pokin_dsl" / "edge" / "awal" / "trees" / "contoh.pokin").read_text("utf-8")
BROKEN = """\
pokin: 9
judul: Rusak
tahap: tinggi
outcome [sama] Terwujudnya “A” \U0001f333
\t@pk tiada
  csf [sama] Belum B
  kondsi C
    @target (%) 2025=1 2025=2 x
  @indikator
operasional Terlaksananya D {0} [klik](https://contoh.invalid)
sertakan ../../rahasia.pokin
\x1b]0;judul\x07
::error file=a::palsu
"""
HOSTILE = (
    'baris\r\n::error file=x::palsu %0A 50% "kutip" \x1b[2J\x9b\u202e\u2028 {0} [a](javascript:b) \U0001f333 \ud800'
)
HOSTILE_PATH = "::error file=a,line=1::b%\r\n\x1b/pohon \U0001f333\udcff\ud800.pokin"


def finding(**parts: Any) -> Diagnostic:  # noqa: ANN401 - any field
    given: dict[str, Any] = {
        "code": "P302",
        "severity": Severity.GALAT,
        "source": "a",
        "span": Span(0, 0),
        "message": "M.",
    }
    return Diagnostic(**(given | parts))


def hostile() -> tuple[Diagnostic, dict[str, Source]]:
    span = Span(7, 9)
    found = finding(
        source=HOSTILE_PATH,
        span=span,
        message=HOSTILE,
        hint=HOSTILE,
        subject=HOSTILE,
        labels=(Label(HOSTILE_PATH, span, HOSTILE), Label("tiada", span, HOSTILE)),
        fix=Fix(HOSTILE, (Edit(HOSTILE_PATH, span, HOSTILE), Edit("tiada", span, "")), safe=False),
    )
    return found, {HOSTILE_PATH: Source(HOSTILE_PATH, "\U0001f333" * 5 + "\nabcdef\n")}


def text_of(name: str, diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source], trees: int = 1) -> str:
    return formatted(name, diagnostics, sources, trees).decode()


def text_of_tree(name: str, checked: Checked) -> str:
    return text_of(name, checked.diagnostics, {document.source.path: document.source for document in checked.documents})


def complaints(validator: Draft4Validator | Draft202012Validator, found: str) -> list[str]:
    errors = validator.iter_errors(json.loads(found))
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in errors]


def log_of(*diagnostics: Diagnostic, sources: Mapping[str, Source] = {}) -> dict[str, Any]:
    text = text_of("sarif", diagnostics, sources)
    assert complaints(OFFICIAL, text) == []
    run: dict[str, Any] = json.loads(text)["runs"][0]
    return run


def trees() -> tuple[Checked, ...]:
    return read_shipped("kecamatan"), read_shipped("glenmore"), read_tree(SAMPLE), read_tree(BROKEN)


# -- shapes ------------------------------------------------------------------------------------------------------------


def test_the_broken_tree_holds_what_the_formats_must_show() -> None:
    found = read_tree(BROKEN).diagnostics
    assert len({finding.code for finding in found}) > 8
    assert {finding.severity for finding in found} == set(Severity)
    assert any(finding.labels for finding in found)
    assert any(finding.fix for finding in found)


@pytest.mark.parametrize("checked", trees(), ids=("kecamatan", "glenmore", "contoh", "rusak"))
def test_real_findings_have_the_published_shapes(checked: Checked) -> None:
    assert complaints(OURS, text_of_tree("json", checked)) == []
    assert complaints(OFFICIAL, text_of_tree("sarif", checked)) == []
    for name in ("baris", "github"):
        assert text_of_tree(name, checked).count("\n") == len(checked.diagnostics)


@settings(max_examples=40, deadline=None)
@given(any_text)
def test_the_findings_of_any_text_have_the_published_shapes(text: str) -> None:
    checked = read_tree(text)
    assert complaints(OURS, text_of_tree("json", checked)) == []
    assert complaints(OFFICIAL, text_of_tree("sarif", checked)) == []


def test_our_schema_is_a_schema_and_all_of_it_is_used() -> None:
    Draft202012Validator.check_schema(PUBLISHED)
    found, sources = hostile()
    shown = json.loads(text_of("json", [found], sources))
    defined = PUBLISHED["$defs"]
    for part in (PUBLISHED, *defined.values()):
        assert part["additionalProperties"] is False
        assert set(part["required"]) <= set(part["properties"])
    first = shown["temuan"][0]
    assert set(shown) == set(PUBLISHED["properties"])
    assert set(first) == set(defined["temuan"]["properties"])
    assert set(first["label"][0]) == set(defined["label"]["properties"])
    assert set(first["perbaikan"]["suntingan"][0]) == set(defined["suntingan"]["properties"])


def test_every_code_of_the_table_and_none_other_has_an_index() -> None:
    run = log_of(*(finding(code=rule.code) for rule in RULES), finding(code="P999"))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    assert all(rule["name"] and rule["shortDescription"]["text"] for rule in rules)
    for result in run["results"][:-1]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert "ruleIndex" not in run["results"][-1]


def test_severities_are_told_in_the_words_of_each_format() -> None:
    found = [finding(severity=severity, span=Span(at, at)) for at, severity in enumerate(Severity)]
    assert [result["level"] for result in log_of(*found)["results"]] == ["error", "warning", "note"]
    assert re.findall(r"^::(\w+) ", text_of("github", found, {}), re.MULTILINE) == ["error", "warning", "notice"]
    words = dict(zip(Severity, ("error", "warning", "note"), strict=True))
    levels = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in log_of()["tool"]["driver"]["rules"]}
    assert levels == {rule.code: words[rule.severity] for rule in RULES}


def test_no_findings() -> None:
    assert (text_of("baris", [], {}), text_of("github", [], {})) == ("", "")
    shown = text_of("json", [], {}, 3)
    assert complaints(OURS, shown) == []
    assert json.loads(shown) == {
        "skema": SCHEMA,
        "versi": __version__,
        "ringkasan": {"pohon": 3, "galat": 0, "peringatan": 0, "info": 0},
        "temuan": [],
    }
    assert log_of()["results"] == []


# -- places ------------------------------------------------------------------------------------------------------------


def test_places_count_characters_from_one_and_end_behind_the_last() -> None:
    source = Source("a", "\U0001f333 pohon\nb\n")
    found = finding(span=Span(2, 7))
    shown = json.loads(text_of("json", [found], {"a": source}))["temuan"][0]["rentang"]
    assert shown == {
        "awal": {"offset": 2, "baris": 1, "kolom": 3},
        "akhir": {"offset": 7, "baris": 1, "kolom": 8},
    }
    run = log_of(found, sources={"a": source})
    assert run["columnKind"] == "unicodeCodePoints"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 8}
    assert text_of("baris", [found], {"a": source}) == "a:1:3: galat[P302] M.\n"
    assert ",line=1,endLine=1,col=3,endColumn=8," in text_of("github", [found], {"a": source})


def test_a_span_of_two_lines_has_no_columns_on_github() -> None:
    shown = text_of("github", [finding(span=Span(0, 4))], {"a": Source("a", "ab\ncd")})
    assert shown == "::error file=a,line=1,endLine=2,title=P302 jabatan-asing::M.\n"


def test_a_file_that_was_not_read_is_named_at_its_start() -> None:
    assert text_of("baris", [finding(span=Span(9, 12))], {}).startswith("a:1:1: ")


def test_a_fix_says_what_replaces_what() -> None:
    source = Source("a", "abc\ndef")
    fix = Fix("tulis x", (Edit("a", Span(0, 1), "x\n"), Edit("b", Span(0, 0), "y"), Edit("a", Span(4, 7), "")))
    found = finding(fix=fix, labels=(Label("a", Span(5, 6), "di sini"),))
    result = log_of(found, sources={"a": source})["results"][0]
    first, second = result["fixes"][0]["artifactChanges"]
    assert (first["artifactLocation"]["uri"], second["artifactLocation"]["uri"]) == ("a", "b")
    assert first["replacements"][1] == {
        "deletedRegion": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 4},
        "insertedContent": {"text": ""},
    }
    assert first["replacements"][0]["insertedContent"] == {"text": "x\n"}
    assert result["relatedLocations"][0]["physicalLocation"]["region"]["startColumn"] == 2
    shown = json.loads(text_of("json", [found], {"a": source}))["temuan"][0]["perbaikan"]
    assert (shown["judul"], shown["aman"]) == ("tulis x", True)
    assert [(edit["berkas"], edit["pengganti"]) for edit in shown["suntingan"]] == [("a", "x\n"), ("b", "y"), ("a", "")]


# -- hostile texts -----------------------------------------------------------------------------------------------------


def test_one_finding_is_one_line_that_a_terminal_does_not_obey() -> None:
    found, sources = hostile()
    for name in ("baris", "github"):
        shown = text_of(name, [found], sources)
        assert (shown.count("\n"), shown[-1]) == (1, "\n")
        assert len(shown.splitlines()) == 1
        assert not {c for c in shown[:-1] if ord(c) < 32} | (set("\x7f\x9b\u202e") & set(shown))
    assert text_of("baris", [found], sources).startswith("./::error file=a")


def test_github_reads_back_what_was_said() -> None:
    path = "a,b:c%2C\r\nd"
    found = finding(source=path, message="50%: a,b\r\n::error::c %0A", hint="Tulis %25.")
    order, properties, message = re.fullmatch(r"::(\w+) (.*?)::(.*)\n", text_of("github", [found], {})).groups()  # type: ignore[union-attr]
    values = dict(part.split("=", 1) for part in properties.split(","))
    assert order == "error"
    assert set(values) == {"file", "line", "endLine", "col", "endColumn", "title"}
    assert values["file"] == "a%2Cb%3Ac%252C%0D%0Ad"
    assert unquote(values["file"]) == path
    assert unquote(message) == f"{found.message}\nSaran: {found.hint}"


def test_json_is_ascii_and_reads_back_what_was_said() -> None:
    found, sources = hostile()
    whole = HOSTILE.replace("\ud800", "\ufffd")
    shown = formatted("json", [found], sources, 1)
    assert not {byte for byte in shown if byte > 126 or (byte < 32 and byte != 10)}
    first = json.loads(shown)["temuan"][0]
    assert {first["pesan"], first["saran"], first["subjek"], first["label"][0]["teks"]} == {whole}
    assert complaints(OURS, shown.decode()) == []
    assert not {byte for byte in formatted("sarif", [found], sources, 1) if byte > 126 or (byte < 32 and byte != 10)}


def test_sarif_texts_are_neither_patterns_nor_links() -> None:
    found, sources = hostile()
    result = log_of(found, sources=sources)["results"][0]
    texts = [result["message"]["text"], result["fixes"][0]["description"]["text"]]
    texts += [place["message"]["text"] for place in result["relatedLocations"]]
    for text in texts:
        assert "{0}" not in text.replace("{{0}}", "")
        assert "](" not in text
    assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"].count("{0}") == 1


@settings(deadline=None)
@given(st.text(min_size=1, max_size=20))
def test_any_path_is_a_relative_uri(name: str) -> None:
    path = f"trees/{name}"
    quoted = sarif.uri(path)
    assert re.fullmatch(r"[\w.~/%-]+", quoted, re.ASCII)
    assert urlsplit(quoted)[:2] == ("", "")
    assert unquote(quoted) == path


def test_bytes_of_a_name_come_back_and_half_pairs_do_no_harm() -> None:
    assert sarif.uri("a\udcff b:c") == "a%FF%20b%3Ac"
    assert sarif.uri("\ud800") == "%EF%BF%BD"


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.integers(0, 40), st.integers(0, 5))
def test_any_text_stays_within_its_line(text: str, path: str, start: int, length: int) -> None:
    span = Span(start, start + length)
    found = finding(source=path, span=span, message=text, hint=text, labels=(Label(path, span, text),))
    sources = {path: Source(path, text)}
    for name in ("baris", "github"):
        assert len(text_of(name, [found], sources).splitlines()) == 1
    shown = text_of("github", [found], sources)
    assert shown.count("::", 0, shown.index(",title=") + 1) == 1
    assert not text_of("baris", [found], sources).lstrip().startswith("::")


# -- order and fingerprints --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_findings_stand_in_the_order_of_the_text_and_give_the_same_bytes(name: str) -> None:
    checked = read_tree(BROKEN)
    sources = {document.source.path: document.source for document in checked.documents}
    found = checked.diagnostics
    assert formatted(name, found, sources, 1) == formatted(name, found[::-1], sources, 1)
    lines = [int(line) for line in re.findall(r"^[^:]+:(\d+):", text_of("baris", found, sources), re.MULTILINE)]
    assert lines == sorted(lines)
    assert len(lines) == len(found)


def test_fingerprints_stay_when_lines_move() -> None:
    def marks(text: str) -> list[tuple[str, str]]:
        checked = read_tree(text)
        run = log_of(*checked.diagnostics, sources={d.source.path: d.source for d in checked.documents})
        return [(result["ruleId"], *result["partialFingerprints"].values()) for result in run["results"]]

    before = marks(BROKEN)
    assert len(set(before)) == len(before)
    assert marks(BROKEN.replace("outcome", "\n\n# dua baris lagi\noutcome", 1)) == before


def test_fingerprints_tell_files_subjects_and_repetitions_apart_but_not_severities() -> None:
    found = finding()
    others = [finding(source="b"), finding(subject="x"), finding(message="N."), finding(code="P303")]
    marks = {sarif.fingerprint(other) for other in (found, *others)}
    assert len(marks) == 5
    assert sarif.fingerprint(finding(severity=Severity.INFO, span=Span(5, 6))) in marks
    twice = log_of(finding(), finding(span=Span(1, 1)))["results"]
    assert [next(iter(r["partialFingerprints"].values()))[-2:] for r in twice] == [":1", ":2"]
    assert sarif.fingerprint(found) == "854defb64c42dcdb80c435b45cefb190"


# -- the command -------------------------------------------------------------------------------------------------------


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "trees").mkdir()
    (tmp_path / "trees" / "contoh.pokin").write_text(SAMPLE, "utf-8")
    return tmp_path


def test_the_command_knows_all_formats() -> None:
    assert ("teks", *WRITERS) == FORMATS


@pytest.mark.parametrize("name", FORMATS)
def test_the_exit_code_does_not_depend_on_the_format(workspace: Path, name: str) -> None:
    def code(*words: str) -> int:
        return pokin_bytes("check", "--select", "P104,P302", "--format", name, *words, folder=workspace).returncode

    assert code() == 1
    tree = workspace / "trees" / "contoh.pokin"
    tree.write_text(GOOD, "utf-8")
    assert code("--strict") == 0
    tree.write_text(GOOD[: GOOD.index("operasional [jadwal]")].rstrip(" "), "utf-8")
    assert (code(), code("--strict")) == (0, 1)
    missing = pokin_bytes("check", "tiada.pokin", "--format", name, folder=workspace)
    assert (missing.returncode, missing.stdout) == (2, b"")


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_only_the_format_is_on_standard_output(workspace: Path, name: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = pokin_process("check", "--format", name, folder=workspace, environment=environment)
    compiled = compile_workspace(open_workspace((), workspace))
    assert done.stdout == formatted(name, compiled.diagnostics, compiled.sources, 1)
    assert done.stderr.decode().splitlines() == [summary(compiled.diagnostics, 1)]


def test_formats_have_english_names_too(workspace: Path) -> None:
    for ours, theirs in (("teks", "text"), ("baris", "OneLine")):
        by_name = [pokin_bytes("check", "--format", name, folder=workspace).stdout for name in (ours, theirs)]
        assert by_name[0] == by_name[1] != b""
    assert (
        pokin_bytes("check", folder=workspace).stdout
        == pokin_bytes("check", "--format", "teks", folder=workspace).stdout
    )


def test_an_unknown_format_is_told_with_those_that_exist(workspace: Path) -> None:
    done = pokin_bytes("check", "--format", "xml", folder=workspace)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines() == [
        "Nilai untuk --format tidak dikenal. Yang ada: teks, baris, json, sarif, github.",
        "Bantuan: pokin check --help",
    ]


def test_the_page_about_formats_shows_what_is_printed() -> None:
    page = re.sub(r'(?<="versi": ")[^"]+', __version__, (ROOT / "docs" / "keluaran.md").read_text("utf-8"))
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    checked = read_tree(SAMPLE)
    found = [finding for finding in checked.diagnostics if finding.code == "P302"]
    source = checked.documents[0].source
    printed = {name: text_of(name, found, {source.path: source}) for name in WRITERS}
    shown = [body for kind, body in blocks if kind != "yaml"]
    assert shown == [printed["baris"], printed["json"], printed["github"]]
    assert all(f"`{name}`" in page for name in FORMATS)
    commands = re.findall(r"pokin check.*?--format (\w+)", page)
    assert set(commands) <= set(FORMATS)
    assert commands
