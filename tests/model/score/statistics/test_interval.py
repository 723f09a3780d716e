import pytest

from tuneloom.model.score.statistics.interval import (
    clustered_interval,
    median_interval,
    wilson_interval,
)


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        # Newcombe, Two-sided confidence intervals for the single proportion (1998), table I.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_agrees_with_the_published_figures(
    count: int, total: int, low: float, high: float
) -> None:
    assert wilson_interval(count, total) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("total", [1, 7, 200, 100_000])
def test_the_interval_stays_inside_0_and_1_and_keeps_its_width_at_the_ends(total: int) -> None:
    low, high = wilson_interval(0, total)
    assert low == 0 < high < 1
    assert wilson_interval(total, total) == pytest.approx((1 - high, 1 - low))


def test_more_tunes_make_it_narrower() -> None:
    few, many = wilson_interval(9, 10), wilson_interval(900, 1000)
    assert few[0] < many[0] < 0.9 < many[1] < few[1]


@pytest.mark.parametrize(("count", "total"), [(0, 0), (3, 2), (-1, 2)])
def test_what_is_no_share_is_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        wilson_interval(count, total)


def test_the_items_of_a_cluster_count_for_less_than_independent_ones() -> None:
    low, high = clustered_interval([0, 10] * 10, [10, 10] * 10)
    independent = wilson_interval(100, 200)
    assert low < independent[0] < independent[1] < high


def test_the_interval_of_a_median_is_between_two_of_the_values() -> None:
    assert median_interval([1, 2, 3]) == (1, 3)
    assert median_interval(range(1001)) == (468, 532)
