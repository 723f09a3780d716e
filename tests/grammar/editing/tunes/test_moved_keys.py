"""K: is moved with its mode, its clef and its accidentals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.grammar.editing.tunes.moved_keys import moved_key_value
from tuneloom.grammar.tune.key import parse_key
from tuneloom.grammar.tune.pitch import Unspellable, transposed_letter


@pytest.mark.parametrize(
    ("value", "fifths", "moved"),
    [
        ("D", 2, "E"),
        (" D major  clef=bass", 2, " E major  clef=bass"),
        ("Bb", -1, "Eb"),
        ("F#m", -3, "Am"),
        ("A dorian ^f", -1, "D dorian =b"),
        ("D=c", 2, "E=d"),
        ("clef=alto middle=_B Em", 1, "clef=alto middle=_B Bm"),
        ("Am ^g transpose=-2", 1, "Em ^d transpose=-2"),
        ("D exp _b _e ^f", 2, "E exp =c =f ^g"),
        ("C exp", 7, "C# exp ^c ^d ^e ^f ^g ^a ^b"),
        ("G % comment", 0, "G % comment"),
    ],
)
def test_only_the_notes_in_a_key_are_moved(value: str, fifths: int, moved: str) -> None:
    assert moved_key_value(value, fifths) == moved


@pytest.mark.parametrize(("value", "fifths"), [("C#", 7), ("none", 2), ("", 1), ("Am ^^g", 12)])
def test_a_key_without_a_tonic_or_a_spelling_is_refused(value: str, fifths: int) -> None:
    with pytest.raises(Unspellable):
        moved_key_value(value, fifths)


@given(
    st.sampled_from(["C", "D", "Bb", "F#", "G"]),
    st.sampled_from(["", "m", " dorian", "mix", " Phr", "loc", " exp"]),
    st.lists(st.sampled_from(["^f", "_b", "=c", "^G", "_e", "=A"]), max_size=3),
    st.integers(-5, 5),
)
def test_each_letter_is_moved_by_so_many_fifths(
    tonic: str, mode: str, accidentals: list[str], fifths: int
) -> None:
    value = " ".join([tonic + mode, *accidentals])
    before = dict(parse_key(value).alterations)
    try:
        moved = moved_key_value(value, fifths)
    except Unspellable:
        return
    after = dict(parse_key(moved).alterations)
    for letter in "ABCDEFG":
        new, alter = transposed_letter(letter, before.get(letter, 0), fifths)
        assert after.get(new, 0) == alter
