"""How long the last note, rest or chord is in unit note lengths, as if the text ended there."""

from __future__ import annotations

from tuneloom.grammar.tune.durations import broken_factors, tuplet_time
from tuneloom.model.aids.music.music_state import MusicState

__all__ = ["begin_length", "end_chord", "length_of", "lengthen", "read_tuplet"]

_MAX_NUMBER = 1000  # numbers have four digits at most
_MAX_SLASHES = 10
_MAX_ARROWS = 3


def length_of(state: MusicState) -> float:
    """The length of the last note, rest or chord, its tuplet and the arrows on both sides included."""
    length = _written(state) * state.factor
    if state.arrows:
        length *= float(broken_factors(state.arrows[0], len(state.arrows))[0])
    return length


def begin_length(state: MusicState) -> MusicState:
    """A note, rest or chord begins; it takes the arrows before it and its place in a tuplet with it."""
    factor = state.next_factor
    if state.notes_left:
        factor *= state.tuplet_factor
    return state._replace(
        length="open",
        numerator=0,
        slashes=0,
        denominator=0,
        arrows="",
        factor=factor,
        next_factor=1.0,
        notes_left=max(0, state.notes_left - 1),
    )


def end_chord(state: MusicState) -> MusicState:
    """After a chord comes a length by which that of its first note is multiplied (4.17)."""
    if not state.length:
        return state
    factor = state.factor * _written(state)
    return state._replace(length="open", numerator=0, slashes=0, denominator=0, factor=factor)


def lengthen(state: MusicState, char: str) -> MusicState:
    """A digit, slash or arrow."""
    if char in "<>":
        return _with_arrow(state, char) if state.length else state
    if state.length != "open" or state.arrows:
        return state
    if char == "/":
        return state._replace(slashes=min(state.slashes + 1, _MAX_SLASHES))
    if state.slashes:
        return state._replace(denominator=_add_digit(state.denominator, char))
    return state._replace(numerator=_add_digit(state.numerator, char))


def read_tuplet(state: MusicState) -> MusicState:
    """What the numbers after the last `(` mean, if there are any; they have been read to their end."""
    numbers = [int(number or 0) for number in state.tuplet[1:].split(":")]
    state = state._replace(tuplet="")
    p, q, r = (*numbers, 0, 0)[:3]
    if not p:
        return state
    q = q or tuplet_time(p, "3/8" if state.is_compound else "")
    return state._replace(notes_left=r or p, tuplet_factor=q / p)


def _written(state: MusicState) -> float:
    return (state.numerator or 1) / (state.denominator or 1 << state.slashes)


def _add_digit(number: int, digit: str) -> int:
    return number * 10 + int(digit) if number < _MAX_NUMBER else number


def _with_arrow(state: MusicState, arrow: str) -> MusicState:
    arrows = state.arrows + arrow
    if len(arrows) > _MAX_ARROWS or arrows != arrow * len(arrows):
        return state
    following = float(broken_factors(arrow, len(arrows))[1])
    return state._replace(length="closed", arrows=arrows, next_factor=following)
