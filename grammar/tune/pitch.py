"""Pitch as it is written (4.1, 4.2): accidentals, note letters and octave marks; and how it is transposed.

On the line of fifths … F C G D A E B F# C# … transposing is an addition. That holds for tonics, signatures,
accidentals and the roots of chord symbols. A note does not need to know its key: if the signature implies
its alteration in the old key, it does so in the new one.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = [
    "ACCIDENTALS",
    "ACCIDENTAL_PATTERN",
    "ALTERATIONS",
    "LETTERS",
    "PITCH_PATTERN",
    "Unspellable",
    "closest_fifths",
    "degree_of",
    "degrees_of_interval",
    "natural_pitch",
    "octave_of",
    "spell_degree",
    "spell_letter",
    "transposed_letter",
    "transposed_tonic",
]

ALTERATIONS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}
"""What each accidental adds to a natural note, in semitones."""

ACCIDENTALS = {alter: accidental for accidental, alter in ALTERATIONS.items()}

ACCIDENTAL_PATTERN = r"\^\^|\^|=|__|_"
PITCH_PATTERN = r"[A-Ga-g][,']*"

LETTERS = "CDEFGAB"
"""The note letters, in the order of the staff."""

_SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_FIFTHS = "FCGDAEB"  # the natural ones on the line, from -1
_SIGNS = {1: "#", 0: "", -1: "b"}
_SIGN_ALTERATIONS = {sign: alter for alter, sign in _SIGNS.items()}


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


class Unspellable(Exception):
    """Nothing spells this pitch or key."""


def transposed_letter(letter: str, alter: int, fifths: int) -> tuple[str, int]:
    """A letter with its alteration, moved by fifths: 7 fifths raise a letter by a semitone."""
    turn, index = divmod(_FIFTHS.index(letter) + fifths, 7)
    return _FIFTHS[index], alter + turn


def transposed_tonic(tonic: str, fifths: int) -> str:
    """A tonic such as `F#` or the root of a chord, moved by fifths.

    Raises:
        Unspellable: it would need two accidentals.
    """
    letter, alter = transposed_letter(tonic[0], _SIGN_ALTERATIONS[tonic[1:]], fifths)
    if alter not in _SIGNS:
        raise Unspellable
    return letter + _SIGNS[alter]


def closest_fifths(semitones: int, signature: int, near: int = 0) -> int:
    """The fifths, octaves aside, that move by so many semitones and leave the fewest accidentals.

    `signature` has so many sharps, or flats below zero. Of two moves that leave as many accidentals, that
    closer to `near` is taken; octaves keep the signature.
    """
    up = 7 * semitones % 12
    ways = (up, up - 12, up + 12, up - 24) if up else (0,)
    return min(ways, key=lambda fifths: (abs(signature + fifths), abs(fifths - near)))


def degrees_of_interval(semitones: int, fifths: int) -> int:
    """How many letters an interval spans that is so many semitones and, octaves aside, so many fifths."""
    return 4 * fifths + 7 * ((semitones - 7 * fifths) // 12)
