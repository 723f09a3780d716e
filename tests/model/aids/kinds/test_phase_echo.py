"""The phase echo looks for the last characters at the same time in a bar."""

from tests.support.aids import HEADER, read_aid


def test_a_match_counts_only_at_the_same_time_in_the_bar() -> None:
    music = "cdef gacd|ecde "
    aid = read_aid("phase-echo", HEADER + music + "fgab|cd")
    assert aid.candidates[aid.after(HEADER + "cdef gacd")] == ["", "", ""]  # not at this time
    assert aid.candidates[-1] == ["e", "", ""]  # from the first bar, not `cd|` nearer by


def test_a_long_match_is_found_by_all_pointers() -> None:
    aid = read_aid("phase-echo", HEADER + "cdef gabc|cdef gabc|")
    assert aid.candidates[-1] == ["c", "c", "c"]
    assert aid.runs[-1].tolist() == [6, 6, 6]
