"""Pitch as it is written (4.1, 4.2): accidentals, note letters and octave marks."""

from __future__ import annotations

from functools import lru_cache

__all__ = [
    "ACCIDENTALS",
    "ACCIDENTAL_PATTERN",
    "ALTERATIONS",
    "LETTERS",
    "PITCH_PATTERN",
    "degree_of",
    "natural_pitch",
    "octave_of",
    "spell_degree",
    "spell_letter",
]

ALTERATIONS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}
"""What each accidental adds to a natural note, in semitones."""

ACCIDENTALS = {alter: accidental for accidental, alter in ALTERATIONS.items()}

ACCIDENTAL_PATTERN = r"\^\^|\^|=|__|_"
PITCH_PATTERN = r"[A-Ga-g][,']*"

LETTERS = "CDEFGAB"
"""The note letters, in the order of the staff."""

_SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def octave_of(pitch: str) -> int:
    """The octave of a letter with its octave marks: 4 for `C`, 5 for `c`, 6 for `c'`."""
    return (5 if pitch[0].islower() else 4) + pitch.count("'") - pitch.count(",")


@lru_cache(maxsize=512)
def spell_letter(letter: str, octave: int) -> str:
    """A capital letter in an octave, with no more marks than it needs: `C,` `C` `c` `c'`."""
    return letter.lower() + "'" * (octave - 5) if octave > 4 else letter + "," * (4 - octave)


def degree_of(pitch: str) -> int:
    """The place of a pitch on the staff: 28 for `C`, and one more for each letter above."""
    return 7 * octave_of(pitch) + LETTERS.index(pitch[0].upper())


def spell_degree(degree: int) -> str:
    """The pitch at a place on the staff, the inverse of `degree_of`."""
    octave, letter = divmod(degree, 7)
    return spell_letter(LETTERS[letter], octave)


def natural_pitch(letter: str, octave: int) -> int:
    """The MIDI number of a capital letter without accidental; middle C is octave 4 and number 60."""
    return 12 * (octave + 1) + _SEMITONES[letter]
