"""The clock tells the time in the bar, and which bar of the section it is."""

import pytest

from tests.support.aids import HEADER, read_aid

UNTIMED, OVERFULL = 68, 69


def clock_after(text: str) -> list[int]:
    """Elapsed, left, bar of the section, pickup and wrong bars."""
    return list(map(int, read_aid("clock", text).features[-1]))


@pytest.mark.parametrize(
    ("music", "quarters"),
    [
        ("", 0),
        ("c", 4),
        ("c3", 12),
        ("c3/", 6),
        ("c3/4", 3),
        ("c//", 1),
        ("c2 d", 12),
        ("c>", 6),  # as if the text ended here
        ("c>d", 8),
        ("c<d2", 14),
        ("[ce]", 4),
        ("[c2e2]3", 24),
        ("(3cde", 8),
        ("(3:2:2c2d", 8),
        ("z4x2", 24),
        ("{gf}c", 4),
        ('"Am7"c!trill!d', 8),
        ("c-c)", 8),
        ("c2&d", 4),
        ("c16", 64),
        ("c99", 67),
        ("Z", 32),
        ("[K:G]c[L:1/4]d", 6),  # in quarters of the new unit
    ],
)
def test_the_time_elapsed_is_in_quarters_of_a_unit_note_length(music: str, quarters: int) -> None:
    assert clock_after(HEADER + music)[0] == quarters


def test_the_time_left_is_that_to_the_end_of_the_bar() -> None:
    assert clock_after(HEADER + "c2 d2")[1] == 16
    assert clock_after(HEADER + "c8")[1] == 0
    assert clock_after(HEADER + "c8d")[1] == OVERFULL
    assert clock_after("M:none\nL:1/8\nK:C\nc8")[1] == UNTIMED
    assert clock_after("L:1/8\nM:6/8\nK:C\nc")[1] == 20


def test_a_bar_line_begins_a_bar() -> None:
    assert clock_after(HEADER + "c8|")[:3] == [0, 32, 1]
    assert clock_after(HEADER + "c8|\n")[:3] == [0, 32, 1]
    assert clock_after(HEADER + "c8|1d")[:3] == [4, 28, 1]
    assert clock_after(HEADER + "c8|" * 9)[2] == 1  # of eight


@pytest.mark.parametrize("line", ["||", "|]", ":|", "|:", "::", "[|", ":|2"])
def test_more_than_a_plain_bar_line_begins_a_section(line: str) -> None:
    assert clock_after(HEADER + "c8|d8" + line)[2:4] == [0, 0]


def test_the_pickup_tells_how_long_the_first_bar_was() -> None:
    pickups = [clock_after(HEADER + f"{music}|")[3] for music in ("", "c8", "c/", "c", "c2", "c7")]
    assert pickups == [0, 1, 2, 3, 5, 8]


def test_wrong_bars_are_counted_up_to_three() -> None:
    assert clock_after(HEADER + "c8|c9|")[4] == 1
    assert clock_after(HEADER + "c8|c7|")[4] == 0  # a section may begin here
    assert clock_after(HEADER + "c8|c7|:c")[4] == 0
    assert clock_after(HEADER + "c8|c7|1c")[4] == 0
    assert clock_after(HEADER + "c8|c7|c")[4] == 1
    assert clock_after(HEADER + "c9|" * 5)[4] == 3
