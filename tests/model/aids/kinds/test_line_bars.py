"""The bars of a line are counted."""

import pytest

from tests.support.aids import HEADER, read_aid


@pytest.mark.parametrize(
    ("music", "bars"),
    [
        ("", 0),
        ("c8", 0),
        ("c8|", 1),
        ("c8|d8|", 2),
        ("c8|\n", 0),
        ("c8|\nd8|", 1),
        ("c2|d8|", 1),
        ("Z|" * 9, 1),
    ],
)
def test_bars_are_counted_from_the_beginning_of_the_line_without_a_pickup(
    music: str, bars: int
) -> None:
    assert read_aid("line-bars", HEADER + music).features[-1].tolist() == [bars]
