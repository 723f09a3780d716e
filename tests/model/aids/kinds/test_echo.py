"""The echo points to what followed when the last characters were there before."""

from hypothesis import given
from hypothesis import strategies as st

from tests.support.aids import HEADER, read_aid

WITHOUT_BARS = "M:none\nL:1/8\nK:C\n"


def echo_of(body: str, least: int) -> str:
    """What followed the last place where the last characters of the body were before."""
    end = body.rfind(body[-least:], 0, len(body) - 1) + least if len(body) >= least else 0
    return body[end] if end >= least else ""


def test_the_candidates_are_what_followed_three_five_and_eight_characters() -> None:
    aid = read_aid("echo", HEADER + "cde fga|cde gab|cde f")
    assert aid.candidates[aid.after(HEADER + "cde fga|cde")] == [" ", "", ""]
    # Of several matches the last one counts, and of a longer match an earlier one may be the last.
    assert aid.candidates[aid.after(HEADER + "cde fga|cde gab|cde ")] == ["g", "g", ""]
    assert aid.candidates[-1] == ["g", "g", ""]


def test_runs_are_buckets_of_how_long_the_match_is() -> None:
    aid = read_aid("echo", HEADER + "cdefgabcdefgab")
    assert [run[0] for run in aid.runs[-7:].tolist()] == [0, 0, 2, 3, 4, 4, 5]
    assert aid.runs[-1].tolist() == [5, 5, 0]


def test_the_header_is_not_looked_at() -> None:
    aid = read_aid("echo", "T:K:C\nM:4/4\nL:1/4\nK:C\nK:C")
    assert aid.candidates[-1] == ["", "", ""]


@given(st.text("ab|\n", max_size=60))
def test_it_is_what_a_search_in_the_text_finds(music: str) -> None:
    aid = read_aid("echo", WITHOUT_BARS + music)
    for end in range(len(music) + 1):
        body = "\n" + music[:end]  # the line feed after K: belongs to it
        found = aid.candidates[len(WITHOUT_BARS) - 1 + end]
        assert found == [echo_of(body, least) for least in (3, 5, 8)]
