from hypothesis import given
from hypothesis import strategies as st

from tuneloom.model.score.reports.scoring import score_tunes
from tuneloom.model.score.reports.tally import Tally
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.tunes.tune_set import DrawnText, TuneSet

GOOD = DrawnText("K:D\nA|")
CUT = DrawnText("K:D\nA|", finished=False)
SILENT = DrawnText("K:D\nz|")


def tally(draws: list[DrawnText], requested: int = 0) -> Tally:
    return score_tunes(TuneSet(tuple(draws), requested)).tally


def test_every_draw_counts_once() -> None:
    counted = tally([GOOD, CUT, SILENT, GOOD, CUT])
    assert counted.tunes == 5
    assert counted.parseable == Rate(2, 5)
    assert counted.errors == {"unfinished": 2, "no-note": 1}


def test_the_commonest_error_comes_first() -> None:
    assert list(tally([SILENT, CUT, CUT]).errors) == ["unfinished", "no-note"]


def test_a_draw_that_is_missing_counts_against_the_score() -> None:
    counted = tally([GOOD], requested=4)
    assert counted.parseable == Rate(1, 4)
    assert counted.errors == {"missing-draw": 3}


def test_the_bars_of_parseable_tunes_are_counted_and_those_that_are_full() -> None:
    draw = DrawnText("M:4/4\nL:1/4\nK:D\nABcd|ABc|ABcd|]")
    assert tally([draw, CUT, draw]).to_json()["bars"] == {"count": 6, "full": 4, "percent": 66.67}
    assert tally([SILENT]).to_json()["bars"] == {"count": 0, "full": 0, "percent": None}


DRAWS = st.builds(
    DrawnText, st.text('ABCdefz248/>|:[]()"!{}-^_ \nXKLM', max_size=40), st.booleans()
)


@given(st.lists(DRAWS, max_size=5), st.integers(0, 8))
def test_whatever_was_drawn_every_draw_is_counted_at_every_level(
    draws: list[DrawnText], requested: int
) -> None:
    counted = tally(draws, requested)
    assert counted.tunes == max(len(draws), requested)
    levels = [counted.figures[level] for level in ("parseable", "sound", "metrical")]
    rates = [rate for rate in levels if isinstance(rate, Rate)]
    assert [rate.total for rate in rates] == [counted.tunes] * 3
    assert rates[2].count <= rates[1].count <= rates[0].count
    assert counted.tunes - counted.parseable.count <= sum(counted.errors.values())
