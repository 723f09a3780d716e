"""Where a character of a draw stands for itself, and where it would change what others mean.

The automaton knows resolved text; a draw is source text, which the resolver reads first. The two are
one as long as a draw has no comment, continuation, macro, or letter with a meaning of its own. Beside
that, what the score asks of a draw: no empty line, no second `X:`, one voice, and a note in it.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

__all__ = ["Place", "Spot", "follow"]

_NOTES = frozenset("ABCDEFGabcdefg")
_FIELDS = frozenset("HIJKLMNOPQRSTUVWhijklmnopqrstuvw")
# U:, m: and I: make characters stand for others, X: begins another tune. A second voice may be the
# first to sound, and only the first is asked for a note.
_UNFIT = frozenset("UmIXV")


class Spot(Enum):
    """What kind of text the next character continues."""

    START = auto()  # nothing on this line yet
    BLANK = auto()  # nothing but blanks
    LETTER = auto()  # one letter, which `:` makes a field
    FIELD = auto()
    MUSIC = auto()
    QUOTE = auto()
    ESCAPED = auto()  # behind a backslash in a quote
    DECORATION = auto()
    BRACKET = auto()  # behind `[`
    BRACKET_LETTER = auto()  # behind `[` and a letter, which `:` makes a field
    INLINE = auto()
    INLINE_BANG = auto()  # an inline field with `!` in it


class Place(NamedTuple):
    """Where in a draw the next character stands."""

    spot: Spot = Spot.START
    letter: str = ""  # of a field, if it matters: K, or one that is unfit
    in_body: bool = False
    in_grace: bool = False
    has_note: bool = False
    has_bracket: bool = False  # in an inline field of this line
    backslash: str = ""  # one, if the text ends in one and blanks


def follow(place: Place, char: str) -> Place | None:
    """The place behind a character; None where the character cannot stand for itself."""
    if char == "%" and place.backslash != "\\":
        return None
    if char == "!" and place.has_bracket:
        return None  # behind a bracket in an inline field, see below
    if char == "\n":
        return _line_end(place)
    behind = _behind(place, char)
    if behind is None:
        return None
    if char == "\\":
        return behind._replace(backslash=char)
    return behind._replace(backslash="\\ " if place.backslash and char.isspace() else "")


def _line_end(place: Place) -> Place | None:
    if place.spot in (Spot.START, Spot.BLANK) or place.backslash:
        return None  # an empty line ends a tune, and a backslash joins two lines
    in_body = place.in_body or (place.spot is Spot.FIELD and place.letter == "K")
    return Place(in_body=in_body, has_note=place.has_note)


def _behind(place: Place, char: str) -> Place | None:
    spot = place.spot
    if spot in _UNTIL:
        return place._replace(spot=_UNTIL[spot].get(char, spot))
    if spot is Spot.ESCAPED:
        return place._replace(spot=Spot.QUOTE)
    if spot is Spot.FIELD:
        return place
    if spot in (Spot.INLINE, Spot.INLINE_BANG):
        return _inline(place, char)
    if spot in (Spot.LETTER, Spot.BRACKET_LETTER) and char == ":":
        return _field(place)
    if spot in (Spot.START, Spot.BLANK) and char.isspace():
        return place._replace(spot=Spot.BLANK)
    if spot is Spot.START and (char in _FIELDS or char == "X" or not place.in_body):
        return _letter(place, Spot.LETTER, char)
    if spot is Spot.BRACKET and char in _FIELDS:
        return _letter(place, Spot.BRACKET_LETTER, char)
    return _music(place._replace(letter=""), char)


_UNTIL = {
    Spot.QUOTE: {'"': Spot.MUSIC, "\\": Spot.ESCAPED},
    Spot.DECORATION: {"!": Spot.MUSIC},
}


def _letter(place: Place, spot: Spot, char: str) -> Place:
    return place._replace(spot=spot, letter=char if char == "K" or char in _UNFIT else "")


def _field(place: Place) -> Place | None:
    if place.spot is Spot.BRACKET_LETTER:
        return None if place.letter == "V" else place._replace(spot=Spot.INLINE, letter="")
    if place.letter in _UNFIT:
        return None
    return place._replace(spot=Spot.FIELD, letter="" if place.in_body else place.letter)


def _inline(place: Place, char: str) -> Place | None:
    """The resolver takes an inline field with a bracket in it for music, and a `!` in that for a sign."""
    if char == "[":
        return None if place.spot is Spot.INLINE_BANG else place._replace(has_bracket=True)
    if char == "!":
        return place._replace(spot=Spot.INLINE_BANG)
    return place._replace(spot=Spot.MUSIC if char == "]" else place.spot)


_OPENS = {'"': Spot.QUOTE, "!": Spot.DECORATION, "[": Spot.BRACKET}


def _music(place: Place, char: str) -> Place:
    """Grace notes are none that a tune could consist of."""
    if char in "{}":
        return place._replace(spot=Spot.MUSIC, in_grace=char == "{")
    has_note = place.has_note or (char in _NOTES and not place.in_grace)
    return place._replace(spot=_OPENS.get(char, Spot.MUSIC), has_note=has_note)
