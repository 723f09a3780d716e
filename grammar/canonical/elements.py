"""The canonical spelling of notes, lengths, chords, keys and bar lines."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from tuneloom.grammar.tune.elements import (
    DECORATION_LETTERS,
    BarLine,
    Chord,
    Decoration,
    GraceGroup,
    Note,
)
from tuneloom.grammar.tune.key import Key, parse_key
from tuneloom.grammar.tune.pitch import ACCIDENTALS, spell_letter

__all__ = [
    "canonical_meter", "join_bar_lines", "spell_bar_line", "spell_chord", "spell_decoration", "spell_grace",
    "spell_key", "spell_length",
    "spell_note", "spell_pitch", "spell_unit",
]  # fmt: skip

_MODE_SUFFIX = {"maj": "", "ion": "", "min": "m", "aeo": "m", "exp": " exp"}
_LETTER_OF_DECORATION = {name: letter for letter, name in DECORATION_LETTERS.items()}


@lru_cache(maxsize=4096)
def spell_length(length: Fraction) -> str:
    """`2`, `3/2`, `/` for a half and nothing for one; other fractions with their numbers, as `/4`."""
    if length == 1:
        return ""
    if length.denominator == 1:
        return str(length.numerator)
    if length.numerator == 1:
        return "/" if length.denominator == 2 else _spell_denominator(length.denominator)
    return f"{length.numerator}{_spell_denominator(length.denominator)}"


def _spell_denominator(denominator: int) -> str:
    """With slashes alone where a number would have more than four digits, and so be none."""
    halvings = denominator.bit_length() - 1
    is_too_long = denominator > 9999 and denominator == 2**halvings
    return "/" * halvings if is_too_long else f"/{denominator}"


def spell_note(note: Note, length: Fraction | None = None) -> str:
    """Accidental, letter with octave marks, length and tie; `length` in place of the note's own."""
    return (
        note.accidental
        + spell_letter(note.letter, note.octave)
        + spell_length(note.length if length is None else length)
        + ("-" if note.tied else "")
    )


def spell_pitch(note: Note) -> str:
    """A note as it sounds, without its length: `^c'`; a note without sign is natural."""
    sign = sounding_accidental(note)
    return (sign if sign != "=" else "") + spell_letter(note.letter, note.octave)


def sounding_accidental(note: Note) -> str:
    """The accidental that a note needs to sound as it does, regardless of its key and its bar."""
    return ACCIDENTALS[note.alteration]


def spell_chord(chord: Chord) -> str:
    """The length is written after the chord if its notes share one, else after each note (4.17)."""
    tie = "-" if chord.tied else ""
    lengths = {note.length for note in chord.notes}
    if len(lengths) == 1:
        inner = "".join(spell_note(note, Fraction(1)) for note in chord.notes)
        return f"[{inner}]{spell_length(lengths.pop() * chord.length)}{tie}"
    inner = "".join(spell_note(note, note.length * chord.length) for note in chord.notes)
    return f"[{inner}]{tie}"


def spell_grace(grace: GraceGroup) -> str:
    """`{gab}`, or `{/g}` for an acciaccatura (4.12)."""
    inner = "".join(spell_note(n) if isinstance(n, Note) else spell_chord(n) for n in grace.notes)
    return f"{{{'/' if grace.slashed else ''}{inner}}}"


def spell_decoration(decoration: Decoration) -> str:
    """By its letter if it has one, else by its name: `T`, `!turn!` (4.14)."""
    return _LETTER_OF_DECORATION.get(decoration.name, f"!{decoration.name}!")


@lru_cache(maxsize=1024)
def spell_key(key: Key) -> str:
    """`D`, `Am`, `Edor`, `none`; then the accidentals that differ from the mode's signature."""
    if not key.tonic:
        return "none"
    name = key.tonic + _MODE_SUFFIX.get(key.mode, key.mode)
    usual = dict(parse_key(name).alterations)
    changes = [
        ACCIDENTALS[alter] + letter.lower()
        for letter, alter in key.alterations
        if usual.get(letter, 0) != alter
    ]
    dropped = [f"={letter.lower()}" for letter in usual if letter not in dict(key.alterations)]
    return " ".join([name, *changes, *dropped])


def canonical_meter(value: str) -> str:
    """A metre in numbers: C is 4/4, C| is 2/2; without one it is `none`."""
    value = "".join(value.split())
    return {"C": "4/4", "C|": "2/2", "": "none"}.get(value, value.lower())


def spell_unit(unit: Fraction) -> str:
    """`1/8`; a whole note is `1/1`, in the same form as any other."""
    return f"{unit.numerator}/{unit.denominator}"


@lru_cache(maxsize=256)
def spell_bar_line(line: BarLine) -> str:
    """One of | || |] |: :| :: by its meaning, followed directly by its volta (4.8, 4.9).

    More dots are more plays, as in `|::` and `::|`, and stay.
    """
    return _spell_bars(line) + line.volta


def _spell_bars(line: BarLine) -> str:
    if line.text == "[":
        return "["
    if line.ends_repeat or line.starts_repeat:
        return _spell_repeat(*line.dots)
    if line.visible in ("", ":", "|", "[]"):
        return "|"
    return "|]" if line.visible.endswith("]") else "||"


def _spell_repeat(ends: int, starts: int) -> str:
    return "::" if ends == starts == 1 else ":" * ends + "|" + ":" * starts


def join_bar_lines(first: BarLine, second: BarLine) -> BarLine:
    """What two bar lines with nothing between them do together: `:|` and `|:` are `::`."""
    ends, starts = map(max, zip(first.dots, second.dots, strict=True))
    if ends or starts:
        text = _spell_repeat(ends, starts)
    else:
        text = max(_spell_bars(first), _spell_bars(second), key=["[", "|", "||", "|]"].index)
    return BarLine(text, second.volta or first.volta)
