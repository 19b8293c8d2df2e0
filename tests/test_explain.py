"""``pokin explain``: a rule as clean text, all rules by family, and what was probably meant."""

from __future__ import annotations

import pytest

from pokin_dsl.cli import pokin
from pokin_dsl.edge.package import explanations
from pokin_dsl.report.explained import WIDTH, plain_text, rule_list, rule_page
from pokin_dsl.rules.catalogue import FAMILIES, by_family, find, near
from pokin_dsl.rules.registry import RULES


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[object, str, str]:
    code = pokin.main(["explain", *words], prog_name="pokin", standalone_mode=False)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_rule_is_explained_by_code_or_name_whatever_the_case(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = told(capsys, "P106")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "P106 Turunan langsung lebih dari tujuh"
    assert lines[1] == "  nama: turunan-berjejal · bobot: info · diperiksa: pada setiap tahap"
    headings = [line for line in lines if line and not line.startswith(" ")]
    assert headings[1:] == ["Apa", "Mengapa", "Ditandai", "Sebaiknya", "Pada contoh nyata"]
    assert "eliminasi variabel yg tidak memiliki pengaruh besar" in out
    assert "  info[P106] Kondisi ini punya 8 turunan langsung, lebih dari 7.\n    di baris 6\n    saran: " in out
    assert any(line.startswith("  >  6 |     kondisi ") for line in lines)
    for same in ("p106", "Turunan-Berjejal"):
        assert told(capsys, same) == (0, out, "")


def test_several_rules_stand_one_below_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    _, both, _ = told(capsys, "P106", "P104")
    assert both == told(capsys, "P106")[1] + "\n" + told(capsys, "P104")[1]


def test_all_rules_are_listed_by_family(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(capsys)
    assert code == 0
    lines = out.splitlines()
    assert [line for line in lines if line.endswith(")")] == [f"{name} ({start})" for start, name in FAMILIES.items()]
    assert [line.split()[0] for line in lines if line.startswith("  ")] == sorted(rule.code for rule in RULES)
    assert "  P104  peringatan Cabang yang belum sampai kondisi operasional" in lines
    assert [rule for _, _, rules in by_family() for rule in rules] == sorted(RULES, key=lambda rule: rule.code)


def test_one_family_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = told(capsys, "p3")
    assert out.startswith("Jabatan (P3)\n")
    assert {line.split()[0][:2] for line in out.splitlines() if line.startswith("  ")} == {"P3"}


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("P1066", 'Aturan "P1066" tidak dikenal. Mungkin maksudnya P106 (turunan-berjejal).'),
        ("turunan-berjejel", 'Aturan "turunan-berjejel" tidak dikenal. Mungkin maksudnya P106 (turunan-berjejal).'),
        ("zzzzzz", 'Aturan "zzzzzz" tidak dikenal. Lihat daftarnya dengan: pokin explain'),
    ],
)
def test_an_unknown_rule_is_refused_with_what_was_probably_meant(
    capsys: pytest.CaptureFixture[str], word: str, answer: str
) -> None:
    assert told(capsys, "P106", word) == (2, "", answer + "\n")


def test_a_rule_is_found_by_what_people_write() -> None:
    for rule in RULES:
        assert find(rule.code.lower()) is find(f" {rule.name.upper()} ") is rule
    assert find("P10") is None
    assert near("") is None


def test_every_explanation_becomes_clean_text() -> None:
    for code, explanation in explanations().items():
        rule = find(code)
        assert rule is not None
        text = "".join(piece for _, piece in rule_page(rule, explanation))
        assert [line for line in text.splitlines() if line != line.rstrip()] == [], code
        for part in (explanation.apa, explanation.mengapa, explanation.contoh_nyata):
            plain = plain_text(part)
            assert not {"`", "**"} & {mark for mark in ("`", "**") if mark in plain}, code
            assert not any(line.lstrip().startswith(">") for line in plain.splitlines()), code
            assert all(len(line) <= WIDTH for line in plain.splitlines()), code


def test_a_rule_without_a_page_is_still_told() -> None:
    text = "".join(piece for _, piece in rule_page(RULES[0], None))
    assert text.startswith(f"{RULES[0].code} {RULES[0].finds}\n")
    assert "belum ditulis" in text


def test_markdown_becomes_plain_text() -> None:
    markdown = (
        "Satu `@pk` dan **tebal**,\n*miring* di [panduan](docs/bahasa.md); 2 * 3 * 4, a_b_c.\n\n"
        "> Trik: kutipan\n> dua\n\n- butir satu\n  lanjutannya\n- butir \\[dua]\n\n"
        "```text\n  apa  adanya `x`\n```\n\nAkhir."
    )
    assert plain_text(markdown) == (
        "Satu @pk dan tebal, miring di panduan (docs/bahasa.md); 2 * 3 * 4, a_b_c.\n\n    Trik: kutipan dua\n\n"
        "- butir satu lanjutannya\n- butir [dua]\n\n      apa  adanya `x`\n\nAkhir."
    )


def test_what_is_printed_is_styled_by_severity() -> None:
    styles = {style for style, text in rule_list() if text.strip() == "galat"}
    assert styles == {"galat"}
