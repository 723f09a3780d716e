"""What Q: says (3.1.8, 10.1)."""

from fractions import Fraction

import pytest

from tests.support.tunes import parse_tune
from tuneloom.grammar.tune.tempo import Tempo

QUARTER, EIGHTH = Fraction(1, 4), Fraction(1, 8)


@pytest.mark.parametrize(
    ("field", "tempo"),
    [
        ("1/4=120", Tempo((QUARTER,), Fraction(120))),
        ("3/8 = 112.5", Tempo((Fraction(3, 8),), Fraction(225, 2))),
        ("1/4 3/8 1/4 3/8=40", Tempo((QUARTER, 3 * EIGHTH) * 2, Fraction(40))),
        ('"Allegro" 1/4=120', Tempo((QUARTER,), Fraction(120), "Allegro")),
        ('3/8=50 "Slowly"', Tempo((3 * EIGHTH,), Fraction(50), "Slowly")),
        ('"Andante"', Tempo((), None, "Andante")),
        ('"1/4 = about 90"', Tempo((), None, "1/4 = about 90")),
        ("120", Tempo((), Fraction(120))),
        ("C=120", Tempo((EIGHTH,), Fraction(120))),
        ("C3=40", Tempo((3 * EIGHTH,), Fraction(40))),
        ("C/=40", Tempo((EIGHTH / 2,), Fraction(40))),
    ],
)
def test_a_tempo_has_beats_a_number_and_words(field: str, tempo: Tempo) -> None:
    assert parse_tune(f"X:1\nL:1/8\nQ:{field}\nK:C\nC|\n").tempo == tempo


def test_a_tune_without_a_tempo_has_none() -> None:
    assert parse_tune("X:1\nK:C\nC|\n").tempo is None
    assert parse_tune("X:1\nQ:\nK:C\nC|\n").tempo is None
