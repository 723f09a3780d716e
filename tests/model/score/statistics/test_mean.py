import pytest

from tuneloom.model.score.statistics.mean import Mean


def test_the_mean_has_a_normal_interval() -> None:
    mean = Mean.of([1, 2, 3, 4])
    assert mean is not None
    assert mean.value == 2.5
    assert mean.to_json() == {"count": 4, "mean": 2.5, "ci95": [1.2348, 3.7652]}
    assert mean.estimate is not None
    assert mean.estimate.low == pytest.approx(1.2348, abs=0.0001)


def test_one_value_has_no_interval_and_none_no_mean() -> None:
    one = Mean.of([0.5])
    assert one is not None
    assert (one.to_text(2), one.estimate) == ("0.50", None)
    assert one.to_json() == {"count": 1, "mean": 0.5, "ci95": None}
    assert Mean.of([]) is None
