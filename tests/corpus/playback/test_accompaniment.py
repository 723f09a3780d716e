from fractions import Fraction

import pytest

from tests.support.tunes import parse_tune
from tuneloom.corpus.playback.accompaniment import chord_pitches
from tuneloom.corpus.playback.play import play
from tuneloom.grammar.tune.quoted import ChordSymbol, read_quoted


def struck(music: str, meter: str) -> list[str]:
    """When something is struck, in eighths: the bass note, or the number of notes of the chord."""
    tune = parse_tune(f"X:1\nT:\nM:{meter}\nL:1/8\nK:C\n{music}\n")
    times: dict[Fraction, list[int]] = {}
    for note in play(tune).notes:
        if note.is_accompaniment:
            times.setdefault(note.onset * 8, []).append(note.pitch)
    return [f"{at}:{len(p) if len(p) > 1 else p[0]}" for at, p in times.items()]


@pytest.mark.parametrize(
    ("symbol", "bass", "notes"),
    [
        ("C", 36, (52, 55, 60)),
        ("Am", 45, (52, 57, 60)),
        ("G7", 43, (53, 55, 59, 62)),
        ("D/F#", 42, (54, 57, 62)),
        ("Bb", 46, (53, 58, 62)),
        ("F#m7b5", 42, (52, 54, 57, 60)),
        ("Edim", 40, (52, 55, 58)),
        ("E(b9)", 40, (52, 56, 59)),
        ("Am7(b5)", 45, (55, 57, 60, 63)),
    ],
)
def test_the_pitches_of_a_chord(symbol: str, bass: int, notes: tuple[int, ...]) -> None:
    read = read_quoted(symbol)
    assert isinstance(read, ChordSymbol)
    assert chord_pitches(read) == (bass, notes)


@pytest.mark.parametrize(
    ("music", "meter", "expected"),
    [
        ('"C"C8|', "4/4", ["0:36", "2:3", "4:36", "6:3"]),
        ('"C"C6|', "3/4", ["0:36", "2:3", "4:3"]),
        ('"C"C6|', "6/8", ["0:36", "2:3", "3:36", "5:3"]),
        ('"C"C4|', "2/4", ["0:36", "2:3"]),
        ('"C"C8|', "C|", ["0:36", "4:3"]),
        ('CD|"C"E4"G"F4|', "4/4", ["2:36", "4:3", "6:43", "8:3"]),
        ('"C"C|D8|', "4/4", ["1:36", "3:3", "5:36", "7:3"]),
        ('"C"CD|E8|', "4/4", ["0:3", "2:36", "4:3", "6:36", "8:3"]),
        ('"C"C4"N.C."D4|', "4/4", ["0:36", "2:3"]),
        ('"^slowly"C8|', "4/4", []),
    ],
)
def test_the_bass_is_struck_on_strong_beats_and_the_chord_on_the_others(
    music: str, meter: str, expected: list[str]
) -> None:
    assert struck(music, meter) == expected


def test_how_often_a_long_note_is_accompanied_is_limited() -> None:
    notes = play(parse_tune('X:1\nT:\nM:1/64\nL:1/1\nK:C\n"C"C9999|\n')).notes
    assert len({note.onset for note in notes}) < 100


def test_going_back_restores_the_chord_that_held_there() -> None:
    assert struck('"C"C4|:D4|"G"E4:|', "2/4") == [
        *("0:36", "2:3", "4:36", "6:3", "8:43", "10:3"),
        *("12:36", "14:3", "16:43", "18:3"),
    ]


def test_the_accompaniment_is_quieter_than_the_melody() -> None:
    notes = play(parse_tune('X:1\nT:\nM:4/4\nL:1/8\nK:C\n"C"CDEFGABc|\n')).notes
    quiet = max(note.velocity for note in notes if note.is_accompaniment)
    assert quiet < min(note.velocity for note in notes if not note.is_accompaniment)
