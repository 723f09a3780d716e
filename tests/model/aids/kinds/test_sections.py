"""Sections know whether a repeat is open, and which ending they are in."""

import pytest

from tests.support.aids import HEADER, read_aid

NOT_YET, OPEN, ENDED = range(3)


@pytest.mark.parametrize(
    ("music", "repeat", "ending"),
    [
        ("c8|", NOT_YET, 0),
        ("|:", OPEN, 0),
        ("|:c8|", OPEN, 0),
        ("c8||:", OPEN, 0),
        ("c8:", ENDED, 0),
        ("c8:|", ENDED, 0),
        ("c8|\n:|", ENDED, 0),
        ("c8::", OPEN, 0),
        ("c8:|\n|:", OPEN, 0),
        ("|:c8|1", OPEN, 1),
        ("|:c8|[1d8", OPEN, 1),
        ("|:c8|1d8:|", ENDED, 0),
        ("|:c8|1d8:|2", ENDED, 2),
        ("|:c8|1d8:|[2d8|", ENDED, 2),
        ("|:c8|1d8:|2d8||", ENDED, 0),
        ("|:c8|1,2,3", OPEN, 1),
        ("|:c8|9", OPEN, 3),
        ("|:c8[1d8", OPEN, 1),
    ],
)
def test_repeats_open_and_end_and_endings_have_numbers(
    music: str, repeat: int, ending: int
) -> None:
    assert read_aid("sections", HEADER + music).features[-1].tolist() == [repeat, ending]
