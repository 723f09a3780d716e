"""Parts begin where P: is written, and in all voices."""

import pytest

from tests.grammar.performance.playing import perform, played

ORDER = "P:ABA\n"


@pytest.mark.parametrize(
    ("music", "order"),
    [
        ("C[P:A]D|E|\nP:B\nF|", "CDEFDE"),
        ("C[P:A]D|E:|\nP:B\nF|", "CDEDEFDEDE"),
        ("C|D[P:A]|E|\nP:B\nF|", "CDEFE"),  # no note of the bar follows
        ("C[P:A]D&E2|F|\nP:B\nG|", "CEDFGF"),  # an overlay sounds with the whole bar
    ],
)
def test_a_part_in_the_middle_of_a_bar_begins_there(music: str, order: str) -> None:
    assert played(music, ORDER) == order


def test_a_bar_in_which_a_part_begins_is_played_in_pieces() -> None:
    performance = perform("C[P:A]D|[P:B]E|", f"M:2/4\nL:1/4\n{ORDER}")
    assert [bar.bar for bar in performance.bars[0]] == [0, 0, 1, 0]


def test_a_repeat_goes_back_to_a_part_in_the_middle_of_a_bar() -> None:
    assert played("C[P:A]D|E:|F|") == "CDEDEF"


@pytest.mark.parametrize(
    ("music", "order"),
    [
        # line by line, the second part written after the line of the last voice
        ("P:A\nV:1\nC|\nV:2\nE|\nP:B\nV:1\nD|\nV:2\nF|", "CEDFCE"),
        # voice by voice
        ("V:1\nP:A\nC|\nP:B\nD|\nV:2\nE|F|", "CEDFCE"),
        # the second voice has a bar more in the second part
        ("P:A\nV:1\nC|\nV:2\nE|\nP:B\nV:1\nD|\nV:2\nF|G|", "CEDFGCE"),
        # a voice that has only the first part
        ("P:A\nC|\nP:B\nV:1\nD|\nV:2\nF|", "CDFC"),
        # and a repeat of as many bars as the others
        ("P:A\nC|D|\nP:B\nV:1\nE|F|\nV:2\nG|A|", "CDEGFACD"),
        # each voice with its own
        ("V:1\nP:A\nC|\nP:B\nD|G|\nV:2\nP:A\nE|\nP:B\nF|", "CEDFGCE"),
    ],
)
def test_a_part_begins_in_all_voices(music: str, order: str) -> None:
    assert played(music, ORDER) == order
