"""The terminal report: what a planner reads after a mistake, and what a terminal must never be made to do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pokin_dsl.diagnostics import Diagnostic, Label, Severity
from pokin_dsl.report.plain import WIDTH, report, summary
from pokin_dsl.report.verdict import fails
from pokin_dsl.text import Source, Span


def text_of(diagnostic: Diagnostic, source: Source) -> str:
    return "".join(text for _, text in report([diagnostic], {source.path: source}))


def test_a_finding_shows_line_caret_and_next_keystroke() -> None:
    source = Source("trees/a.pokin", "judul: A\n  @pk kasi-x\n")
    finding = Diagnostic("P302", Severity.GALAT, source.path, Span(15, 21), "Jabatan tidak ada.", "Mungkin kasi-y.")
    assert text_of(finding, source) == (
        "galat[P302] Jabatan tidak ada.\n"
        "  --> trees/a.pokin:2:7\n"
        "  2 |   @pk kasi-x\n"
        "    |       ^^^^^^\n"
        "  saran: Mungkin kasi-y.\n"
        "\n"
    )


def test_a_label_shows_the_other_place() -> None:
    source = Source("a", "satu\ndua\n")
    label = Label("a", Span(0, 4), "pertama di sini")
    finding = Diagnostic("P102", Severity.GALAT, "a", Span(5, 8), "Ganda.", labels=(label,))
    assert "  1 | satu\n    | ^^^^ pertama di sini\n" in text_of(finding, source)


def test_a_long_line_is_shown_around_the_mistake() -> None:
    source = Source("a", "x" * 5000 + "SALAH" + "y" * 5000)
    shown = text_of(Diagnostic("P003", Severity.GALAT, "a", Span(5000, 5005), "M."), source).splitlines()
    assert "SALAH" in shown[2]
    assert shown[2].index("SALAH") == shown[3].index("^^^^^")
    assert max(len(line) for line in shown) < WIDTH + 12


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_nothing_that_a_terminal_obeys_is_printed(text: str, start: int, length: int) -> None:
    source = Source("a", text)
    finding = Diagnostic("P009", Severity.INFO, "a\x1b[2J", Span(start, start + length), text, text)
    printed = text_of(finding, source) + text_of(
        Diagnostic("P009", Severity.INFO, "a", Span(start, start + 1), text), source
    )
    assert not any(ord(c) < 32 and c != "\n" for c in printed)
    assert not set("\x7f\x9b\u202e\u2066\u200b") & set(printed)


def test_the_summary_counts_by_weight() -> None:
    def found(severity: Severity) -> Diagnostic:
        return Diagnostic("P104", severity, "a", Span(0, 0), "M.")

    assert (
        summary([found(Severity.INFO), found(Severity.GALAT), found(Severity.INFO)], 2)
        == "2 pohon diperiksa: 1 galat, 2 info."
    )
    assert summary([], 1) == "1 pohon diperiksa: tidak ada temuan."


def test_what_fails_a_run() -> None:
    def fail(severity: Severity, *, strict: bool) -> bool:
        return fails([Diagnostic("P104", severity, "a", Span(0, 0), "M.")], strict=strict)

    assert [fail(s, strict=False) for s in Severity] == [True, False, False]
    assert [fail(s, strict=True) for s in Severity] == [True, True, False]
