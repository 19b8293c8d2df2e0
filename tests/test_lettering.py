"""Lines of a picture: they fit, they lose nothing, and XML can hold them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pokin_dsl.site.lettering import legible, text_width, wrap

# Any code point at all, lone surrogates and control characters included; and texts of plain words.
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
WORDS = st.lists(st.text("abcimwABCIMW0123456789/-.,()%", min_size=1, max_size=30), max_size=30).map(" ".join)
ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def test_widths_are_those_of_the_font() -> None:
    # "Kecamatan" in Liberation Sans: 1366 + 1139 + 1024 + 1139 + 1706 + 1139 + 569 + 1139 + 1139 of 2048 units.
    assert text_width("Kecamatan", 10) == pytest.approx(10360 / 2048 * 10, rel=0.005)
    assert text_width("Kecamatan", 10, bold=True) > text_width("Kecamatan", 10)


def test_lines_break_at_blanks() -> None:
    text = "Terselenggaranya Pelayanan di Tingkat Kecamatan sesuai dengan Standar Pelayanan"
    assert wrap(text, 194, 12, bold=True) == (
        "Terselenggaranya Pelayanan di",
        "Tingkat Kecamatan sesuai",
        "dengan Standar Pelayanan",
    )


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x1f"])
def test_nothing_gives_no_line(text: str) -> None:
    assert wrap(text, 100, 12) == ()


def test_short_words_with_a_hyphen_stay_whole() -> None:
    assert wrap("masa-masa undang-undang", 90, 12) == ("masa-masa", "undang-undang")


def test_a_word_that_is_too_long_breaks_after_slash_and_hyphen() -> None:
    assert wrap("Pelaksana/Fungsional-Umum", 75, 12) == ("Pelaksana/", "Fungsional-", "Umum")


def test_a_word_without_a_place_to_break_breaks_anywhere() -> None:
    assert wrap("W" * 10, 50, 12) == ("WWWW", "WWWW", "WW")


def test_the_last_of_too_many_lines_ends_in_an_ellipsis() -> None:
    assert wrap("satu dua tiga empat lima", 60, 12, most=2) == ("satu dua", "tiga emp…")


def test_a_text_of_exactly_most_lines_is_not_cut() -> None:
    assert wrap("satu dua tiga", 60, 12, most=2) == ("satu dua", "tiga")


def test_unknown_characters_are_taken_as_wide_and_marks_as_nothing() -> None:
    assert text_width("漢", 10) == 10
    assert text_width("e\u0301", 10) == text_width("e", 10)


def test_what_turns_the_reading_direction_is_removed() -> None:
    assert legible("aman\u202etxt.exe\u2066") == "aman txt.exe "


@given(WORDS | ANY_TEXT, st.integers(20, 300), st.sampled_from([9, 10.5, 12]), st.booleans())
def test_every_line_fits(text: str, width: int, size: float, bold: bool) -> None:  # noqa: FBT001 - hypothesis
    for line in wrap(text, width, size, bold=bold):
        bases = [character for character in line if text_width(character, size, bold=bold)]
        assert text_width(line, size, bold=bold) <= width + 1e-6 or len(bases) == 1


@given(WORDS | ANY_TEXT, st.integers(20, 300))
def test_nothing_but_blanks_is_lost(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width, 12)).split()) == "".join(legible(text).split())


@given(WORDS | ANY_TEXT, st.integers(20, 300), st.integers(1, 5))
def test_never_more_than_most_lines_and_these_are_the_first(text: str, width: int, most: int) -> None:
    whole, cut = wrap(text, width, 12), wrap(text, width, 12, most=most)
    assert len(cut) == min(most, len(whole))
    assert cut[: most - 1] == whole[: most - 1]
    assert (cut == whole) == (len(whole) <= most) or whole[most - 1].endswith("…")


@given(ANY_TEXT)
def test_legible_text_can_stand_in_xml(text: str) -> None:
    assert not ILLEGAL_IN_XML.search(legible(text))
    assert legible(legible(text)) == legible(text)
