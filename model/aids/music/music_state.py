"""What a character of a tune is: part of the header, a note, its length, a bar line, a field."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["START", "Aside", "Division", "Event", "Length", "Mode", "MusicState"]

Mode = Literal[
    "header", "music", "line", "name", "field line", "bracket", "letter", "field", "chord"
]
"""`line` is the start of a line of music, and `name` a letter there that may begin a field; `bracket` is a
`[`, and `letter` a letter after it that may begin a field."""

Aside = Literal["", "quote", "escape", "decoration", "grace"]
"""What interrupts the music, which goes on afterwards as if it had not been there."""

Length = Literal["", "open", "closed"]
"""What may change the length of the last note, rest or chord: anything, or (`closed`) only arrows."""

Event = Literal["", "note", "rest", "inner", "octave", "tie", "bars", "overlay", "bar", "field"]
"""What the last character is: the letter of a note or rest that takes time, or of a note that takes none
(`inner`: in a chord after the first, or a grace note); an octave mark; the tie of a note; a rest of a whole
bar; `&`; the first sign of a bar line; the end of a field."""

Division = Literal["", "section", "repeat", "repeat end", "ending"]
"""What the last character, which belongs to a bar line, shows it to be: more than `|`, the start or the end
of a repeat, or one with a volta."""


class MusicState(NamedTuple):
    """What there is to know of a text so far, but for the time in the bar and the pitch of notes."""

    mode: Mode = "header"
    aside: Aside = ""
    event: Event = ""
    division: Division = ""
    is_blank: bool = False
    at_bar_line: bool = False  # nothing has sounded since a bar line, or the header
    bar_sign: str = ""  # the last character, if it is a sign of a bar line
    # What was read of a field, such as `M:6/`; just the letter if its value does not matter.
    field: str = ""
    length: Length = ""
    numerator: int = 0
    slashes: int = 0
    denominator: int = 0
    arrows: str = ""
    factor: float = 1.0  # of the last note, by its tuplet, the arrows before it, and its chord
    next_factor: float = 1.0  # of the next note, by arrows
    tuplet: str = ""  # the `(` that was read last, and its numbers
    notes_left: int = 0  # of the tuplet
    tuplet_factor: float = 1.0
    is_compound: bool = False
    accidental: int | None = None  # of the note to come; with the event of a note, of this one
    has_pitch: bool = False  # an octave mark may follow
    is_rest: bool = False  # the last note, rest or chord is a rest
    is_tied: bool = False  # the next note is the end of a tie

    def begins_music(self) -> bool:
        """Whether the header has ended."""
        return self.mode != "header"


START = MusicState()
