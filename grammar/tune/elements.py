"""A tune as a musician sees it: header fields, bars, and in them notes with exact durations.

Durations are fractions of a whole note; pitches are MIDI numbers (middle C = 60). Everything is frozen.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct

from tuneloom.grammar.tune.key import Key
from tuneloom.grammar.tune.pitch import natural_pitch
from tuneloom.grammar.tune.properties import VoiceProperties
from tuneloom.grammar.tune.tempo import Tempo, parse_tempo

if TYPE_CHECKING:
    from tuneloom.grammar.tune.lyrics import Verse
    from tuneloom.grammar.tune.note_context import NoteContext
    from tuneloom.grammar.tune.performance import Performance

__all__ = [
    "DECORATION_LETTERS", "PLAIN_BAR_LINE", "Backquote", "Bar", "BarLine", "BrokenRhythm", "Chord",
    "Decoration", "Element", "Field", "GraceGroup", "LineBreak", "LineEnd", "MultiRest", "Note",
    "Overlay", "Quoted", "Rest", "SlurClose", "SlurOpen", "Space", "Spacer", "Tune", "Tuplet", "Voice",
    "is_blank", "is_timed", "notes_of_element",
]  # fmt: skip

# 4.14 The letters that are short for a decoration.
DECORATION_LETTERS = {
    ".": "staccato", "~": "roll", "H": "fermata", "L": "accent", "M": "lowermordent", "O": "coda",
    "P": "uppermordent", "S": "segno", "T": "trill", "u": "upbow", "v": "downbow",
}  # fmt: skip


class Field(Struct, frozen=True):
    """`K:D` as a line or, inside music, `[K:D]`; `value` without blanks at either end."""

    letter: str
    value: str


class Note(Struct, frozen=True):
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
    transposition: int = 0

    @property
    def alteration(self) -> int:
        """The semitones that accidental, bar, tie or key add to the letter."""
        return self.pitch - self.transposition - natural_pitch(self.letter, self.octave)


class Chord(Struct, frozen=True):
    """Notes that sound together; their durations include the chord's own length (4.17)."""

    notes: tuple[Note, ...]
    length: Fraction
    duration: Fraction
    tied: bool = False
    slurs_closed: int = 0


class Rest(Struct, frozen=True):
    """`z`, or `x` for a rest that is not shown (4.5)."""

    letter: str
    length: Fraction
    duration: Fraction
    slurs_closed: int = 0


class MultiRest(Struct, frozen=True):
    """`Z4`: whole bars of rest."""

    letter: str
    bars: int


class Tuplet(Struct, frozen=True):
    """`(p:q:r`: the next r notes are played p in the time of q (4.13)."""

    p: int
    q: int
    r: int


class BrokenRhythm(Struct, frozen=True):
    """`>` dots the note before it and halves the one after it; `<` the reverse. There are `count` of them."""

    direction: str
    count: int


class GraceGroup(Struct, frozen=True):
    """`{ab}`: grace notes, which belong to the note after them; `{/a}` is played short (4.12)."""

    notes: tuple[Note | Chord, ...]
    slashed: bool
    slurs_closed: int = 0


class Quoted(Struct, frozen=True):
    """A chord symbol (4.18), or an annotation (4.19), which begins with its placement."""

    text: str


class Decoration(Struct, frozen=True):
    """A decoration by its name, such as `trill`, also if a letter is short for it (4.14)."""

    name: str


class SlurOpen(Struct, frozen=True):
    """`(`, or `.(` for a dotted slur; with `'` or `,` as `direction`, above or below its notes (4.11)."""

    dotted: bool = False
    direction: str = ""


class SlurClose(Struct, frozen=True):
    """`)`, where it does not touch a note: `count` of them."""

    count: int = 1


class Overlay(Struct, frozen=True):
    """`&` starts another layer of the same bar, `(&` and `&)` one of several bars (7.4)."""

    text: str


class Spacer(Struct, frozen=True):
    """`y`: room on the page, of a length but of no duration (4.5)."""

    length: Fraction


class Space(Struct, frozen=True):
    """Blanks between notes, which part their beams (4.7)."""


class Backquote(Struct, frozen=True):
    """Back quotes between notes, which keep their beam (4.7)."""

    count: int


class LineBreak(Struct, frozen=True):
    """`$`: a new line of the score (6.1.1)."""


class LineEnd(Struct, frozen=True):
    """The end of a line of the source."""


Element = (
    Note | Chord | Rest | MultiRest | Tuplet | BrokenRhythm | GraceGroup | Quoted | Decoration | Field
    | SlurOpen | SlurClose | Overlay | Spacer | Space | Backquote | LineBreak | LineEnd
)  # fmt: skip


def is_timed(element: Element) -> bool:
    """Whether it takes time: a note, a chord or a rest."""
    return type(element) in _TIMED


def is_blank(element: Element) -> bool:
    """Whether it is blanks or the end of a line."""
    return isinstance(element, Space | LineEnd)


_TIMED = frozenset({Note, Chord, Rest, MultiRest})


def notes_of_element(element: Element) -> tuple[Note, ...]:
    """The notes in it: a note itself, those of a chord or of grace notes, none of anything else."""
    if isinstance(element, Note):
        return (element,)
    if isinstance(element, Chord):
        return element.notes
    if isinstance(element, GraceGroup):
        return tuple(note for each in element.notes for note in notes_of_element(each))
    return ()


class BarLine(Struct, frozen=True):
    """A bar line as written, without the volta that may follow it: `|`, `:|`, `[` for `[1`."""

    text: str
    volta: str = ""

    @property
    def ends_repeat(self) -> bool:
        """Whether it ends a repeat, as `:|` and `::` do; a lone `:` neither ends nor starts one."""
        return self.dots[0] > 0

    @property
    def starts_repeat(self) -> bool:
        """Whether it starts a repeat, as `|:` and `::` do."""
        return self.dots[1] > 0

    @property
    def dots(self) -> tuple[int, int]:
        """How many dots end a repeat, and how many start one; `::` and `|::|` have one on either side."""
        return _dots(self.text)

    @property
    def visible(self) -> str:
        """The signs without a dot, invisible bar lines, and the bracket of a volta."""
        return _visible_signs(self.text)


PLAIN_BAR_LINE = BarLine("|")
"""At any other a section begins or ends."""


# There are few different bar lines, and they are looked at often.
@lru_cache(1000)
def _dots(text: str) -> tuple[int, int]:
    signs = _visible_signs(text).lstrip("[]")
    inner = signs.strip("|")
    if signs == f"|{inner}|" and len(inner) > 1 and not inner.strip(":"):
        signs = inner
    if not signs.strip(":"):
        return len(signs) // 2, len(signs) // 2
    return len(signs) - len(signs.lstrip(":")), len(signs) - len(signs.rstrip(":"))


@lru_cache(1000)
def _visible_signs(text: str) -> str:
    text = text.lstrip(".")
    while text.startswith("[|]"):
        text = text[len("[|]") :]
    return text.removesuffix("[")


class Bar(Struct, frozen=True):
    """What comes up to a bar line; `line` is None where the music ends without one.

    `starts` holds the offset of each element in the resolved text, and then that of the bar line;
    `volta_start` is the offset of its volta, or where one would be if it has none.
    """

    elements: tuple[Element, ...]
    line: BarLine | None
    starts: tuple[int, ...] = ()
    volta_start: int = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bar) and (self.elements, self.line) == (other.elements, other.line)

    def __hash__(self) -> int:
        return hash((self.elements, self.line))

    def __repr__(self) -> str:
        return f"Bar(elements={self.elements!r}, line={self.line!r})"


class Voice(Struct, frozen=True):
    """One voice: `id` and `properties` as in V:, empty in a tune without V:.

    `sounds_as_written` says whether no clef, octave= or transpose= moves a pitch, and accidentals hold for
    the bar, as they do without %%propagate-accidentals.
    """

    id: str
    properties: VoiceProperties
    bars: tuple[Bar, ...]
    verses: tuple[Verse, ...]
    sounds_as_written: bool = True

    def notes(self) -> tuple[NoteContext, ...]:
        """Each note, chord and rest with what belongs to it: grace notes, symbols, words, ties and slurs.

        It is computed at each call, and so are the layers.
        """
        from tuneloom.grammar.tune.note_context import notes_in_context

        return notes_in_context(self)

    def layers(self) -> tuple[Voice, ...]:
        """The voice without overlays, and each overlay as a voice with as many bars (7.4)."""
        from tuneloom.grammar.tune.overlays import split_layers

        return split_layers(self)

    def __repr__(self) -> str:
        return f"<Voice {self.id!r}: {len(self.bars)} bars, {len(self.verses)} lines of words>"


# Of these fields, the last in the header holds; the others add up, and the first T: is the main title (3).
_LAST_HOLDS = frozenset("KLMPQ")


class Tune(Struct, frozen=True):
    """One tune: header fields in order, and its voices, of which there is at least one.

    `text` is what it was read from, in which equal tunes may differ, or empty for a tune made otherwise.
    """

    fields: tuple[Field, ...]
    meter: str
    unit_note_length: Fraction
    key: Key
    voices: tuple[Voice, ...]
    text: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tune) and self._meaning() == other._meaning()

    def __hash__(self) -> int:
        return hash(self._meaning())

    def _meaning(self) -> tuple[object, ...]:
        return self.fields, self.meter, self.unit_note_length, self.key, self.voices

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        # By its name: the front door, where the page of tunes is, is above the grammar.
        shown: str = import_module("tuneloom.web.notebook").tune_view(self)
        return shown

    def __repr__(self) -> str:
        key = f"{self.key.tonic}{self.key.mode}" or "none"
        return (
            f"<Tune X:{self.field('X')} {self.field('T')!r}, K:{key}, M:{self.meter}, "
            f"{len(self.bars)} bars, {len(self.voices)} voice{'s' * (len(self.voices) > 1)}>"
        )

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The bars of the first voice, in most tunes the only one."""
        return self.voices[0].bars

    @property
    def tempo(self) -> Tempo | None:
        """What the header's Q: says; None without Q:."""
        value = self.field("Q")
        return parse_tempo(value, self.unit_note_length) if value else None

    def field(self, letter: str) -> str:
        """The value of a header field, or an empty text; of several, the one that holds (section 3)."""
        values = [field.value for field in self.fields if field.letter == letter]
        return values[-1 if letter in _LAST_HOLDS else 0] if values else ""

    def performance(self) -> Performance:
        """The bars in the order in which they are played, and the notes that sound (4.8 to 4.10, 3.1.9)."""
        # By its name, since it imports this module.
        player = import_module("tuneloom.grammar.performance.perform")
        performance: Performance = player.perform_tune(self)
        return performance
