from hypothesis import given
from hypothesis import strategies as st

from tuneloom.model.score.reports.report import Rate
from tuneloom.model.score.statistics.tally import tally_tunes
from tuneloom.model.score.tunes.tune_set import DrawnText

GOOD = DrawnText("K:D\nA|")
CUT = DrawnText("K:D\nA|", finished=False)
SILENT = DrawnText("K:D\nz|")


def test_every_draw_counts_once() -> None:
    counted = tally_tunes([GOOD, CUT, SILENT, GOOD, CUT])
    assert counted.tunes == 5
    assert counted.parseable == Rate(2, 5)
    assert counted.errors == {"unfinished": 2, "no-note": 1}


def test_the_commonest_error_comes_first() -> None:
    assert list(tally_tunes([SILENT, CUT, CUT]).errors) == ["unfinished", "no-note"]


def test_a_draw_that_is_not_there_counts_against_the_score() -> None:
    counted = tally_tunes([GOOD], requested=4)
    assert counted.parseable == Rate(1, 4)
    assert counted.errors == {"missing-draw": 3}


def test_the_bars_of_parseable_tunes_are_counted_and_those_that_are_full() -> None:
    draw = DrawnText("M:4/4\nL:1/4\nK:D\nABcd|ABc|ABcd|]")
    assert tally_tunes([draw, CUT, draw]).bars == Rate(4, 6)
    assert tally_tunes([draw]).to_json()["bars"] == {"count": 3, "full": 2, "percent": 66.67}
    assert tally_tunes([SILENT]).to_json()["bars"] == {"count": 0, "full": 0, "percent": None}


DRAWS = st.builds(
    DrawnText, st.text('ABCdefz248/>|:[]()"!{}-^_ \nXKLM', max_size=40), st.booleans()
)


@given(st.lists(DRAWS, max_size=5), st.integers(0, 8))
def test_whatever_was_drawn_every_draw_is_counted_at_every_level(
    draws: list[DrawnText], asked: int
) -> None:
    counted = tally_tunes(draws, asked)
    assert counted.tunes == max(len(draws), asked)
    assert {rate.total for rate in counted.levels.values()} == {counted.tunes}
    bad = counted.tunes - counted.parseable.count
    assert bad <= sum(counted.errors.values())
    assert counted.levels["metrical"].count <= counted.levels["sound"].count
    assert counted.levels["sound"].count <= counted.parseable.count
