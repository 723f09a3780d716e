"""The mean of a figure over runs."""

import pytest
from scipy import stats

from tuneloom.model.score.statistics.figure_value import Estimate
from tuneloom.model.score.statistics.runs_mean import mean_of_runs


def exact(*values: float) -> list[Estimate]:
    return [Estimate(value, value, value) for value in values]


@pytest.mark.parametrize("runs", [2, 3, 5, 21, 22, 60])
def test_the_interval_is_that_of_students_t(runs: int) -> None:
    values = [float(n * n % 11) for n in range(runs)]
    expected = stats.t.interval(0.95, runs - 1, sum(values) / runs, stats.sem(values))
    found = mean_of_runs(exact(*values))
    assert (found.low, found.high) == pytest.approx(expected, abs=0.02)


def test_runs_that_agree_by_chance_leave_the_interval_of_their_tunes() -> None:
    found = mean_of_runs([Estimate(100.0, 90.0, 100.0)] * 4)
    assert found == Estimate(100.0, 95.0, 100.0)
