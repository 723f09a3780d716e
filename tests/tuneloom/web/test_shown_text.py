"""The text of a page, and places in it as a browser counts them."""

from tuneloom.web.shown_text import FIRST_LINE, ShownText

TUNE = "X:1\nT:𝄞 clef\nK:D\nDEF|\n"


def test_without_a_file_header_the_text_is_that_of_the_tune() -> None:
    shown = ShownText.of("X:1\nK:D\nDEF|\n")
    assert shown.text == "X:1\nK:D\nDEF|\n"
    assert shown.unit_at(FIRST_LINE + 2, 2) == shown.text.index("EF")
    assert shown.unit_of_offset(9) == 9


def test_the_fields_of_a_file_come_after_the_number() -> None:
    shown = ShownText.of("X:1\nK:D\nDEF|\n", "R:reel\nM:C|\n")
    assert shown.text == "X:1\nR:reel\nM:C|\nK:D\nDEF|\n"
    assert shown.unit_at(FIRST_LINE, 1) == 0
    assert shown.unit_at(FIRST_LINE + 2, 1) == shown.text.index("DEF")
    assert shown.unit_at(2, 3) == shown.text.index("C|")
    assert shown.unit_of_offset(2) == 2
    assert shown.unit_of_offset(len("X:1\nK:D\nD")) == shown.text.index("EF")


def test_without_a_number_they_come_first() -> None:
    shown = ShownText.of("T:One\nK:D\nDEF|\n", "M:C|\n")
    assert shown.text == "M:C|\nT:One\nK:D\nDEF|\n"
    assert shown.unit_at(FIRST_LINE + 2, 1) == shown.unit_of_offset(len("T:One\nK:D\n"))


def test_a_character_beyond_the_basic_plane_counts_twice_as_in_browsers() -> None:
    shown = ShownText.of(TUNE)
    offset = TUNE.index("DEF")
    assert shown.unit_at(FIRST_LINE + 3, 1) == offset + 1
    assert shown.unit_of_offset(offset) == offset + 1


def test_a_place_past_the_end_of_its_line_is_at_its_end() -> None:
    shown = ShownText.of("X:1\nK:D\nDEF|\n")
    assert shown.unit_at(FIRST_LINE + 1, 99) == len("X:1\nK:D")
    assert shown.unit_at(FIRST_LINE + 99, 1) <= len(shown.text)
