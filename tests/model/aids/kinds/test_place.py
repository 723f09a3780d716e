"""The kind of place says what may follow."""

from itertools import pairwise

import pytest

from tests.support.aids import HEADER, read_aid
from tuneloom.model.aids.music.places import PLACES


def place_after(text: str) -> int:
    return int(read_aid("place", text).features[-1, 0])


PLACES_OF_ONE_KIND = [
    ["M", "M:", "M:6/8", "R:jig\nM:6"],
    ["M:6/8\nL", "M:6/8\nL:1/8"],
    ["K:", "M:6/8\nK:Dm"],
    ["R:j"],
    [HEADER, HEADER + "c|\n"],
    [HEADER + "c|", HEADER + "c||", HEADER + "c:", HEADER + "c:|"],
    [HEADER + "c|1"],
    [HEADER + "c2)", HEADER + "z-"],
    [HEADER + "c", HEADER + "c|d", HEADER + "{c}^d"],
    [HEADER + "z"],
    [HEADER + "c,", HEADER + "c''"],
    [HEADER + "c2", HEADER + "z12"],
    [HEADER + "c/", HEADER + "c3/4"],
    [HEADER + "c>", HEADER + "c<<"],
    [HEADER + "^", HEADER + "c|__"],
    [HEADER + "c-", HEADER + "c2-"],
    [HEADER + "c ", HEADER + "c| "],
    [HEADER + "(", HEADER + "(3", HEADER + "c(3:2"],
    [HEADER + "[ce", HEADER + "[c2"],
    [HEADER + "c["],
    [HEADER + "[K", HEADER + "[K:Dm"],
    [HEADER + "{", HEADER + '"Am', HEADER + "!trill"],
]


@pytest.mark.parametrize("texts", PLACES_OF_ONE_KIND)
def test_places_of_a_kind_are_alike(texts: list[str]) -> None:
    assert len({place_after(text) for text in texts}) == 1


def test_kinds_are_told_apart() -> None:
    kinds = sorted(place_after(texts[0]) for texts in PLACES_OF_ONE_KIND)
    assert all(one < other for one, other in pairwise(kinds))
    assert kinds[-1] < PLACES
