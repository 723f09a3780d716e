"""Parallels point to what was written some bars ago at the same time."""

from tests.support.aids import HEADER, read_aid

BARS = "c4 d4|e4 f4|g4 a4|b4 c'4|"


def test_the_candidate_is_what_followed_four_bars_ago() -> None:
    aid = read_aid("parallel", HEADER + BARS + "c2")
    assert aid.candidates[aid.after(HEADER + BARS)] == ["c", ""]
    assert aid.candidates[aid.after(HEADER + BARS + "c")] == ["4", ""]
    assert aid.candidates[-1] == ["", ""]  # the bar had no note that ended at this time


def test_eight_bars_ago_is_another_pointer() -> None:
    aid = read_aid("parallel", HEADER + BARS + BARS.upper().replace("'", ""))
    assert aid.candidates[-1] == ["C", "c"]


def test_runs_grow_with_candidates_that_were_right_and_begin_again_after_a_wrong_one() -> None:
    aid = read_aid("parallel", HEADER + "c2 d6|" * 4 + "c2 D")
    after = [aid.after(HEADER + "c2 d6|" * 4 + end) for end in ("", "c", "c2", "c2 ", "c2 D")]
    assert [aid.candidates[place][0] for place in after] == ["c", "2", " ", "d", "6"]
    assert [int(aid.runs[place, 0]) for place in after] == [1, 2, 3, 4, 1]


def test_a_pickup_is_not_a_bar() -> None:
    aid = read_aid("parallel", HEADER + "g2|" + BARS)
    assert aid.candidates[-1] == ["c", ""]
