from tuneloom.model.score.figures.figure import MeasuredTunes
from tuneloom.model.score.figures.originality import COPIES, DUPLICATES, NEAREST_SIMILARITY
from tuneloom.model.score.statistics.rate import Rate


def test_duplicates_are_the_tunes_that_repeat_another() -> None:
    copies = [None, None, 0, None, 0, 3]
    assert DUPLICATES.measure(MeasuredTunes((), copies)) == Rate(3, 6)


def test_without_a_data_set_only_duplicates_are_measured() -> None:
    measured = MeasuredTunes((), [None])
    assert DUPLICATES.measure(measured) == Rate(0, 1)
    assert COPIES.measure(measured) is None


def test_without_training_tunes_nothing_is_similar() -> None:
    measured = MeasuredTunes((), [None], overlaps=[])
    assert COPIES.measure(measured) == Rate(0, 0)
    assert NEAREST_SIMILARITY.measure(measured) is None
