"""The values of fields, and what is no value."""

import pytest

from tuneloom.model.aids.music.fields import key_pitches, meter_length, unit_length


@pytest.mark.parametrize(
    ("value", "length"),
    [
        ("6/8", 0.75),
        ("C", 1),
        ("(2+3)/8", 0.625),
        ("none", 0),
        ("6", None),
        ("6/0", None),
        ("x/²", None),
        ("-3/4", None),
    ],
)
def test_a_metre_has_a_length_or_none(value: str, length: float | None) -> None:
    assert meter_length(value) == length


@pytest.mark.parametrize(
    ("value", "length"),
    [("1/8", 0.125), ("1", 1), ("0", None), ("-1/8", None), ("1/0", None), ("", None)],
)
def test_a_unit_note_length_is_positive(value: str, length: float | None) -> None:
    assert unit_length(value) == length


def test_a_key_has_a_tonic_and_a_signature() -> None:
    assert key_pitches("Ebmix") == (2, 3, (0, -1, -1, 0, 0, -1, -1))
    assert key_pitches("none") == (0, 0, (0,) * 7)
    assert key_pitches("clef=bass") is None
