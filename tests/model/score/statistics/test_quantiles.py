from tuneloom.model.score.statistics.quantiles import Quantiles


def test_they_have_the_median_the_upper_end_and_the_interval_of_the_median() -> None:
    found = Quantiles.of(list(range(101)))
    assert found == Quantiles(50, 95, 100, (39, 61))
    assert found.to_json() == {"median": 50, "p95": 95, "most": 100}


def test_without_values_there_are_none() -> None:
    assert Quantiles.of([]) is None
