from tuneloom.model.score.statistics.clustered_rate import ClusteredRate


def test_tunes_without_items_are_left_out() -> None:
    rate = ClusteredRate.of([(1, 4), (0, 0), (3, 4)])
    assert (rate.counts, rate.totals) == ((1, 3), (4, 4))
    assert rate.to_text(1) == "50.0% of 8"


def test_the_interval_allows_for_items_that_are_alike() -> None:
    alike = ClusteredRate.of([(4, 4), (0, 4)] * 20).estimate
    mixed = ClusteredRate.of([(1, 2), (1, 2)] * 40).estimate
    assert alike is not None
    assert mixed is not None
    assert alike.low < mixed.low < 50 < mixed.high < alike.high


def test_of_no_items_there_is_no_share() -> None:
    none = ClusteredRate.of([])
    assert none.to_text(1) is None
    assert none.to_json() == {"count": 0, "total": 0, "percent": None, "ci95": None}
