import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.score.reports.comparison import (
    ComparisonRow,
    compare_scores,
    with_means_of_runs,
)
from tuneloom.model.score.reports.scoring import score_tunes
from tuneloom.model.score.statistics.figure_value import Estimate
from tuneloom.model.score.tunes.tune_set import DrawnText, TuneSet

GOOD = DrawnText("M:4/4\nL:1/4\nK:D\nABcd|ABcd|")
SHORT = DrawnText("M:4/4\nL:1/4\nK:D\nABcd|ABc|dcBA|")
BAD = DrawnText("M:4/4\nL:1/4\nK:D\nABcd| 1")


def rows(*files: list[DrawnText]) -> dict[str, ComparisonRow]:
    scores = [score_tunes(TuneSet(tuple(draws), len(draws))) for draws in files]
    compared = compare_scores([str(n) for n in range(len(scores))], scores)
    return {row.label.removesuffix(", %"): row for row in compared.rows}


def test_a_winner_needs_an_interval_apart_from_all_others() -> None:
    found = rows([GOOD] * 200, [GOOD] * 100 + [BAD] * 100)
    assert found["parseable"].winner == 0
    assert rows([GOOD] * 4, [GOOD, GOOD, BAD, BAD])["parseable"].winner is None
    assert rows([GOOD] * 200)["parseable"].winner is None


def test_fewer_duplicates_are_better() -> None:
    different = [DrawnText(f"M:4/4\nL:1/4\nK:D\nA{n}|") for n in range(1, 60)]
    assert rows([GOOD] * 60, different)["duplicates"].winner == 1


def test_where_neither_end_is_better_nobody_wins() -> None:
    far, near = Estimate(9, 8, 10), Estimate(1, 0, 2)
    assert ComparisonRow("run", 0, None, (far, near)).winner is None
    assert ComparisonRow("run", 0, "high", (far, near, None)).winner == 0


def test_references_win_nothing() -> None:
    good, bad, real = Estimate(50, 40, 60), Estimate(9, 8, 10), Estimate(100, 99, 100)
    assert ComparisonRow("run", 0, "high", (good, bad, real), references=1).winner == 0
    assert ComparisonRow("run", 0, "high", (good, real), references=1).winner is None


def test_the_interval_of_full_bars_knows_that_the_bars_of_a_tune_are_alike() -> None:
    (full,) = rows([GOOD, SHORT] * 20)["full bars"].estimates
    assert full is not None
    assert full.value == 80
    assert full.low < 80 < full.high
    (certain,) = rows([GOOD] * 10)["full bars"].estimates
    assert certain is not None
    assert certain.low < certain.value == certain.high == 100


def test_what_was_not_measured_has_no_estimate() -> None:
    assert rows([BAD], [GOOD])["full bars"].estimates[0] is None


def test_shares_of_tunes_are_tested_pair_by_pair_and_adjusted_together() -> None:
    files = [[GOOD] * 100, [GOOD] * 80 + [BAD] * 20, [GOOD] * 60 + [BAD] * 40]
    scores = [score_tunes(TuneSet(tuple(draws), len(draws))) for draws in files]
    tests = [
        test
        for test in compare_scores("abc", scores, tested="pairs").tests
        if test.label == "sound"
    ]
    assert [(test.first, test.second) for test in tests] == [(0, 1), (0, 2), (1, 2)]
    assert tests[1].result.difference == pytest.approx(0.4)
    assert all(test.adjusted_p > test.result.p_value for test in tests)
    first = compare_scores("abc", scores, tested="first").tests
    assert {(test.first, test.second) for test in first} == {(0, 1), (0, 2)}
    assert compare_scores("abc", scores).tests == ()


def test_shares_of_bars_are_not_tested() -> None:
    scores = [score_tunes(TuneSet((GOOD, SHORT), 2))] * 2
    names = {test.name for test in compare_scores("ab", scores, tested="pairs").tests}
    assert "parseable" in names
    assert not names & {"bars", "structure.repeated_bars"}


def test_scores_of_one_name_are_runs_and_become_one_column() -> None:
    files = [[GOOD] * 90 + [BAD] * 10, [GOOD] * 70 + [BAD] * 30, [GOOD] * 40]
    scores = [score_tunes(TuneSet(tuple(draws), len(draws))) for draws in files]
    compared = with_means_of_runs(compare_scores(["ours", "ours", "theirs"], scores))
    assert compared.names == ("ours, 2 runs", "theirs")
    assert compared.sizes == (200, 40)
    (parseable,) = (row for row in compared.rows if row.label == "parseable, %")
    ours, theirs = parseable.estimates
    assert ours == Estimate(80.0, 0.0, 100.0)
    assert theirs is not None
    assert theirs.value == 100
    assert parseable.winner is None
    with pytest.raises(UsageError, match="do not hold for several runs"):
        with_means_of_runs(compare_scores(["ours", "ours", "theirs"], scores, tested="pairs"))
    compared = with_means_of_runs(compare_scores(["ours", "ours", "ours"], scores, 1), 1)
    assert compared.names == ("ours, 2 runs", "ours")
