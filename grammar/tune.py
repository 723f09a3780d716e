"""A tune as a musician sees it: header fields, bars, and in them notes with exact durations.

Durations are fractions of a whole note; pitches are MIDI numbers (middle C = 60). Everything is frozen.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from grammar.key import Key

__all__ = [
    "Bar", "BarLine", "BrokenRhythm", "Chord", "Decoration", "Element", "Field", "GraceGroup",
    "Mark", "MultiRest", "Note", "Quoted", "Rest", "Tune", "Tuplet", "is_timed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """`K:D` as a line or, inside music, `[K:D]`; `value` without blanks at either end."""

    letter: str
    value: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note as written and as it sounds.

    `letter` A-G, `octave` 4 for `C` and 5 for `c`; `accidental` as written, or empty; `length` in unit
    note lengths as written; `duration` with tuplets and broken rhythm; `pitch` with key and bar.
    """

    letter: str
    octave: int
    accidental: str
    length: Fraction
    duration: Fraction
    pitch: int
    tied: bool = False
    slurs_closed: int = 0


@dataclass(frozen=True, slots=True)
class Chord:
    """Notes that sound together; their durations include the chord's own length (4.17)."""

    notes: tuple[Note, ...]
    length: Fraction
    duration: Fraction
    tied: bool = False
    slurs_closed: int = 0


@dataclass(frozen=True, slots=True)
class Rest:
    """`z`, or `x` where nothing is shown."""

    letter: str
    length: Fraction
    duration: Fraction


@dataclass(frozen=True, slots=True)
class MultiRest:
    """`Z4`: whole bars of rest."""

    letter: str
    bars: int


@dataclass(frozen=True, slots=True)
class Tuplet:
    """`(p:q:r`: the next r notes are played p in the time of q (4.13)."""

    p: int
    q: int
    r: int


@dataclass(frozen=True, slots=True)
class BrokenRhythm:
    """`>` dots the note before and halves the one behind; `<` the other way; `count` of them."""

    direction: str
    count: int


@dataclass(frozen=True, slots=True)
class GraceGroup:
    notes: tuple[Note | Chord, ...]
    slashed: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """A chord symbol (4.18) or, with a placement first, an annotation (4.19)."""

    text: str


@dataclass(frozen=True, slots=True)
class Decoration:
    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What shapes the page or the phrase and has no time: space, slur, line break, overlay, spacer."""

    text: str


Element = (
    Note | Chord | Rest | MultiRest | Tuplet | BrokenRhythm | GraceGroup
    | Quoted | Decoration | Field | Mark
)  # fmt: skip


def is_timed(element: Element) -> bool:
    """Whether it takes time: a note, a chord or a rest."""
    return type(element) in _TIMED


_TIMED = frozenset({Note, Chord, Rest, MultiRest})


@dataclass(frozen=True, slots=True)
class BarLine:
    """A bar line as written, without the volta that may hang on it: `|`, `:|`, `[` for `[1`."""

    text: str
    volta: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands up to a bar line; `line` is None where the music ends without one."""

    elements: tuple[Element, ...]
    line: BarLine | None


@dataclass(frozen=True, slots=True)
class Tune:
    """One tune: header fields in order, and the bars of the body."""

    fields: tuple[Field, ...]
    meter: str
    unit_note_length: Fraction
    key: Key
    bars: tuple[Bar, ...]

    def field(self, letter: str) -> str:
        """The value of the first header field with this letter, or an empty text."""
        return next((f.value for f in self.fields if f.letter == letter), "")
