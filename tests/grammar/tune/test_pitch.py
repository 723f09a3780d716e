import pytest

from tuneloom.grammar.tune.pitch import degree_of, natural_pitch, octave_of, spell_degree


@pytest.mark.parametrize(
    ("written", "octave", "spelt"),
    [
        ("C,", 3, "C,"), ("C", 4, "C"), ("c", 5, "c"), ("b'", 6, "b'"),
        ("c,", 4, "C"), ("C'", 5, "c"), ("c,,", 3, "C,"), ("A'''", 7, "a''"), ("g,'", 5, "g"),
    ],
)  # fmt: skip
def test_octave_marks_are_counted_and_written_as_few_as_needed(
    written: str, octave: int, spelt: str
) -> None:
    assert octave_of(written) == octave
    assert spell_degree(degree_of(written)) == spelt


def test_degrees_count_letters_from_one_octave_to_the_next() -> None:
    scale = ["A,", "B,", "C", "D", "E", "F", "G", "A", "B", "c", "d"]
    assert [degree_of(pitch) for pitch in scale] == list(range(26, 37))
    assert [spell_degree(degree) for degree in range(26, 37)] == scale


def test_middle_c_is_midi_number_60() -> None:
    assert [natural_pitch(letter, 4) for letter in "CDEFGAB"] == [60, 62, 64, 65, 67, 69, 71]
    assert natural_pitch("A", 5) == 81
