import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.model.score.music.tonality import (
    closes_by_step,
    pitch_class_counts,
    pitch_class_entropy,
    scale_consistency,
)


def test_the_entropy_is_that_of_pitch_classes_whatever_the_octave() -> None:
    assert pitch_class_entropy(pitch_class_counts([0, 12, 24])) == 0
    assert pitch_class_entropy(pitch_class_counts([0, 2, 4, 17])) == 2
    assert pitch_class_entropy(pitch_class_counts(range(12))) == pytest.approx(3.585, abs=0.001)


def test_a_scale_is_consistent_in_any_key_and_mode() -> None:
    dorian = [2, 4, 5, 7, 9, 11, 12]
    assert scale_consistency(pitch_class_counts([pitch + 3 for pitch in dorian])) == 1
    assert scale_consistency(pitch_class_counts(range(12))) == 7 / 12


@pytest.mark.parametrize(
    ("pitches", "by_step"),
    [([4, 2, 0], True), ([4, -1, 0, 0], True), ([7, 0], False), ([12, 0], False), ([0, 0], False)],
)
def test_the_close_is_the_step_to_the_final_however_often_that_sounds(
    pitches: list[int], by_step: bool
) -> None:
    assert closes_by_step(pitches) is by_step


@given(st.lists(st.integers(-40, 40), min_size=1), st.integers(-12, 12))
def test_neither_figure_changes_with_the_key(pitches: list[int], up: int) -> None:
    ours, moved = pitch_class_counts(pitches), pitch_class_counts([p + up for p in pitches])
    assert pitch_class_entropy(ours) == pytest.approx(pitch_class_entropy(moved))
    assert scale_consistency(ours) == scale_consistency(moved)
    assert 7 / 12 <= scale_consistency(ours) <= 1
