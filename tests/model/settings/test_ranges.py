import math

from tuneloom.model.settings.ranges import Range


def test_bounds_are_within_or_outside() -> None:
    share = Range(at_least=0, less_than=1)
    assert [number in share for number in (-0.1, 0, 0.5, 1)] == [False, True, True, False]
    assert 0 not in Range(more_than=0)


def test_what_is_not_finite_is_in_no_range() -> None:
    assert all(number not in Range() for number in (math.inf, -math.inf, math.nan))


def test_a_range_reads_as_words() -> None:
    assert str(Range(at_least=1, at_most=16_384)) == "at least 1 and at most 16,384"
    assert str(Range(more_than=0)) == "more than 0"
