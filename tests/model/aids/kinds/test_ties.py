"""A tie is followed to the note that ends it."""

import pytest

from tests.support.aids import HEADER, read_aid

NO_TIE, AFTER_REST, MAY_BE_TIED, OPEN = range(4)


@pytest.mark.parametrize(
    ("music", "tie", "candidate"),
    [
        ("", NO_TIE, ""),
        ("c", MAY_BE_TIED, ""),
        ("c2", MAY_BE_TIED, ""),
        ("z2", AFTER_REST, ""),
        ("z-", AFTER_REST, ""),
        ("c2 ", NO_TIE, ""),
        ("c2 -", NO_TIE, ""),
        ("c-", OPEN, "c"),
        ("c2-|", OPEN, "c"),
        ("c2-|\n", OPEN, "c"),
        ("^c,2- ", OPEN, "c"),
        ("c-c", MAY_BE_TIED, ""),
        ("c-z", AFTER_REST, ""),
        ("c>-", OPEN, "c"),
        ("(3c-", OPEN, "c"),
        ("[ce]-", OPEN, "e"),
        ("[c-", MAY_BE_TIED, ""),
        ("c-[K:D]", OPEN, "c"),
    ],
)
def test_a_tie_points_to_the_letter_of_its_note(music: str, tie: int, candidate: str) -> None:
    aid = read_aid("ties", HEADER + music)
    assert aid.features[-1].tolist() == [tie]
    assert aid.candidates[-1] == [candidate]


def test_the_run_says_where_the_tie_is() -> None:
    aid = read_aid("ties", HEADER + "c2- |c")
    assert [aid.runs[aid.after(HEADER + music), 0] for music in ("c2-", "c2- ", "c2- |")] == [
        1,
        2,
        4,
    ]
