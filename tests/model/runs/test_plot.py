"""The curves of a run."""

from tuneloom.model.runs.metrics import MetricsRow
from tuneloom.model.runs.plot import metric_curve


def rows_of(count: int) -> list[MetricsRow]:
    return [
        MetricsRow(50 * n, 0.1 * n, 6400 * n, 7.0 * n, 4e-3, 3.0 / n) for n in range(1, count + 1)
    ]


def test_the_first_rows_of_training_are_left_out_but_never_most_of_a_short_run() -> None:
    assert len(metric_curve(rows_of(100), "train_bits")[0]) == 95
    assert metric_curve(rows_of(4), "train_bits") == ([14.0, 21.0, 28.0], [1.5, 1.0, 0.75])


def test_only_what_was_measured_is_in_a_curve() -> None:
    assert metric_curve(rows_of(4), "validation_bits") == ([], [])
