import pytest

from tuneloom.corpus.playback.notation.harmonies import music21_harmony
from tuneloom.grammar.tune.quoted import ChordSymbol, read_quoted


@pytest.mark.parametrize(
    ("symbol", "kind", "root", "bass"),
    [
        ("C", "major", "C", "C"),
        ("Am7", "minor-seventh", "A", "A"),
        ("D7/F#", "dominant-seventh", "D", "F#"),
        ("Bb", "major", "B-", "B-"),
        ("F#m7b5", "half-diminished-seventh", "F#", "F#"),
        ("E7sus4", "dominant-seventh", "E", "E"),
    ],
)
def test_a_chord_symbol_means_the_nearest_kind(
    symbol: str, kind: str, root: str, bass: str
) -> None:
    read = read_quoted(symbol)
    assert isinstance(read, ChordSymbol)
    harmony = music21_harmony(read)
    assert (harmony.chordKind, harmony.root().name, harmony.bass().name) == (kind, root, bass)


def test_no_chord_is_told() -> None:
    assert music21_harmony(ChordSymbol("")).classes[0] == "NoChord"
