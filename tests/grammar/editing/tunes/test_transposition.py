"""By how much a tune is transposed, and how its keys are spelt."""

import pytest

from tests.support.tunes import parse_tune
from tuneloom.grammar.editing.tunes.each_tune import CannotEdit
from tuneloom.grammar.editing.tunes.moved_keys import moved_key_value
from tuneloom.grammar.editing.tunes.transposition import (
    KeySpelling,
    Transposition,
    fifths_by_offset,
    is_in_key,
)
from tuneloom.grammar.tune.key import parse_key


def moved(key: str, semitones: int, spelling: KeySpelling = "fewest") -> str:
    return moved_key_value(key, Transposition(semitones, spelling).fifths(parse_key(key)))


@pytest.mark.parametrize(
    ("key", "semitones", "new"),
    [
        ("D", 2, "E"), ("D", -2, "C"), ("D", 1, "Eb"), ("B", 1, "C"), ("Em", 1, "Fm"), ("C", 6, "F#"),
        ("G", 6, "Db"), ("Ador", 3, "Cdor"), ("C#", 12, "C#"), ("Bmix", -1, "Bbmix"), ("C", 13, "Db"),
    ],
)  # fmt: skip
def test_a_key_gets_the_fewest_accidentals(key: str, semitones: int, new: str) -> None:
    assert moved(key, semitones) == new


@pytest.mark.parametrize(
    ("key", "semitones", "spelling", "new"),
    [
        ("C", 1, "sharps", "C#"), ("C", 1, "flats", "Db"), ("C", 6, "sharps", "F#"), ("C", 6, "flats", "Gb"),
        ("C", -1, "flats", "Cb"), ("C", 2, "flats", "D"), ("C#", 0, "flats", "Db"), ("Bm", 5, "sharps", "Em"),
    ],
)  # fmt: skip
def test_sharps_or_flats_decide_between_two_keys(
    key: str, semitones: int, spelling: KeySpelling, new: str
) -> None:
    assert moved(key, semitones, spelling) == new


@pytest.mark.parametrize(
    ("key", "named", "semitones"),
    [
        ("G", "D", -5),
        ("D", "G", 5),
        ("C", "F#", 6),
        ("C", "Gb", 6),
        ("A", "A", 0),
        ("Em", "Ddor", None),
    ],
)
def test_a_tonic_is_reached_by_the_nearest_way(key: str, named: str, semitones: int | None) -> None:
    tune = parse_tune(f"X:1\nK:{key}\nA|\n")
    if semitones is None:
        with pytest.raises(CannotEdit, match="another mode"):
            Transposition.to_key(named, tune)
        return
    move = Transposition.to_key(named, tune)
    assert move.semitones == semitones
    assert moved_key_value(key, move.fifths(tune.key)) == named


@pytest.mark.parametrize("key", ["none", "HP", "Hp clef=treble", "", "clef=bass"])
def test_what_is_no_key_is_not_transposed(key: str) -> None:
    tune = parse_tune(f"X:1\nK:{key}\nA|\n")
    for refused in (Transposition.to_key, lambda _, tune: fifths_by_offset(tune, Transposition(2))):
        with pytest.raises(CannotEdit, match="K:"):
            refused("D", tune)


def test_a_key_of_more_than_seven_accidentals_is_refused() -> None:
    with pytest.raises(CannotEdit, match="G# would have 8 sharps"):
        Transposition.to_key("G#", parse_tune("X:1\nK:D\nA|\n"))


def test_voices_and_key_changes_have_keys_of_their_own_and_percussion_stays() -> None:
    text = "X:1\nV:1\nV:2\nV:3 clef=perc\nK:D\nV:1\nA[K:B]A|\nV:2\n[K:Eb]A|\nV:3\nA|\n"
    moves = fifths_by_offset(parse_tune(text), Transposition(1))
    assert [moves[text.index("A[")], moves[text.index("A|")]] == [-5, -5]
    assert moves[text.index("[K:Eb]A") + 6] == 7
    assert moves[text.rindex("A")] is None


@pytest.mark.parametrize(
    ("key", "named", "is_so"),
    [("A", "A", True), ("Am", "A", True), ("Am", "Amaj", False), ("A", "Amaj", True), ("Aaeo", "Am", True),
     ("D", "A", False)],
)  # fmt: skip
def test_a_tonic_alone_names_all_its_modes(key: str, named: str, is_so: bool) -> None:
    assert is_in_key(parse_key(key), named) is is_so
