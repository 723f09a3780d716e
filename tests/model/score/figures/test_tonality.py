from tuneloom.model.score.figures.figure import MeasuredTunes
from tuneloom.model.score.figures.tonality import (
    CLOSE_BY_STEP,
    FINAL_ON_THE_TONIC,
    PITCH_CLASS_ENTROPY,
    SCALE_CONSISTENCY,
)
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.tunes.analysis import analyse_tunes
from tuneloom.model.score.tunes.tune_set import DrawnText


def tunes(*bodies: str) -> MeasuredTunes:
    return MeasuredTunes(analyse_tunes([DrawnText(f"L:1/4\n{body}") for body in bodies]), [])


def test_only_a_second_to_the_tonic_closes_by_step() -> None:
    found = tunes("K:D\nABed|", "K:D\nABAD|", "K:D\nABcB|", "K:none\nABed|")
    assert FINAL_ON_THE_TONIC.measure(found) == Rate(2, 3)
    assert CLOSE_BY_STEP.measure(found) == Rate(1, 3)


def test_pitches_are_counted_by_tune() -> None:
    found = tunes("K:C\nCCcc|", "K:C\nCDEF|")
    entropy, scale = PITCH_CLASS_ENTROPY.measure(found), SCALE_CONSISTENCY.measure(found)
    assert entropy is not None
    assert scale is not None
    assert entropy.to_text(1) == "1.0"
    assert scale.to_text(1) == "1.0"
