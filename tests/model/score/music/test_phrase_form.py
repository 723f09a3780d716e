import pytest

from tuneloom.model.score.music.phrase_form import phrase_form

A, B, C = [0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]


@pytest.mark.parametrize(
    ("bars", "form"),
    [
        (A + B + A + B, "ABAB"),
        (A + A + B + A, "AABA"),
        ((A + B) * 2 + [*C, 12, 13, 14, 15] * 2, "AABB"),
        ([*A, 0, 1, 9, 9, *B], "AAB"),
        ([*A, 0, 9, 9, 9], "AB"),
        (A + B[:2], "AB"),
        (A + B[:1], "A"),
        ([0], ""),
        ([], ""),
    ],
)
def test_phrases_of_four_or_eight_bars_are_alike_if_half_of_their_bars_are(
    bars: list[int], form: str
) -> None:
    assert phrase_form(bars) == form


def test_the_form_of_a_very_long_tune_ends_with_the_alphabet() -> None:
    assert phrase_form(range(1000)) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
