"""The characters of notes, rests, chords, tuplets and broken rhythm that may come next."""

from __future__ import annotations

from itertools import product

from tuneloom.grammar.tune.durations import broken_factors
from tuneloom.model.constraints.metre.note_lengths import NoteLengths, open_tuplet_ticks
from tuneloom.model.constraints.metre.state import (
    PLAIN,
    UNTIMED,
    BarState,
    MetreState,
    OpenTuplet,
    Successors,
)

__all__ = ["NoteTransitions"]

_LETTERS = "ABCDEFGabcdefg"
_ACCIDENTALS = "^=_"
_MARKS = "',"
_ARROWS = "<>"
_MAX_ARROWS = 3


class NoteTransitions:
    """The music that can be written with these characters."""

    def __init__(self, characters: str, lengths: NoteLengths) -> None:
        self._lengths = lengths
        self._tuplets = {s: t for s, t in _tuplet_spellings().items() if set(s) <= set(characters)}
        self._has_chords = "]" in characters
        self._tuplets_at: dict[BarState, dict[str, OpenTuplet]] = {}

    def begin_note(self, bar: BarState, fields: str) -> Successors:
        """The first characters of a note, rest or chord; a bracket may also open one of these fields."""
        if not self._lengths.of(bar):
            return {}
        found = self._letters(bar)
        found.update((sign, MetreState("accidental", "", bar)) for sign in _ACCIDENTALS)
        if not bar.is_tied:
            found["z"] = MetreState("rest", "", _with_note_begun(bar))
        if self._has_chords:
            found["["] = MetreState("bracket", fields, bar)
        return found

    def begin_tuplet(self, bar: BarState) -> Successors:
        return {"(": MetreState("tuplet", "(", bar)} if self.fitting_tuplets(bar) else {}

    def fitting_tuplets(self, bar: BarState) -> dict[str, OpenTuplet]:
        """The tuplets that can be completed here, with the bar after them."""
        if bar.broken_factor != PLAIN:
            return {}
        key = BarState(
            bar_length=bar.bar_length - bar.elapsed, unit=bar.unit
        )  # only what is left of the bar matters
        if key not in self._tuplets_at:
            fitting = {s: t for s, t in self._tuplets.items() if self._lengths.opens(key, t)}
            self._tuplets_at[key] = fitting
        return self._tuplets_at[key]

    def accidental(self, state: MetreState) -> Successors:
        """After an accidental; `ties` says which two of them make a double one."""
        return {**self._letters(state.bar), **dict.fromkeys(_ACCIDENTALS, state)}

    def chord(self, state: MetreState) -> Successors:
        """Inside brackets: notes without lengths of their own, so that all have the same."""
        bar = state.bar
        inside = MetreState("chord", "", _with_note_begun(bar, sounds=True))
        found = dict.fromkeys(_LETTERS, inside)
        found.update(dict.fromkeys(_ACCIDENTALS, MetreState("chord", "^", bar)))
        if state.phase == "chord" and not state.text:
            found.update(dict.fromkeys(_MARKS, state))
            found["]"] = MetreState("note", "", bar)
        return found

    def extend(self, state: MetreState) -> Successors:
        """The characters that belong to the note or rest: octave marks, length, tie, arrows."""
        found: Successors = {}
        lengths = self._lengths.of(state.bar)
        if state.phase != "tie":
            for char in self._lengths.next_chars(state.bar, state.text):
                if char:
                    found[char] = state._replace(text=state.text + char)
        if state.phase == "note":
            if not state.text:
                found.update(dict.fromkeys(_MARKS, state))
            if state.text in lengths:
                tied = state.bar._replace(is_tied=True)
                found["-"] = MetreState("tie", state.text, tied)
        if state.text in lengths:
            arrows = (MetreState("arrow", state.text + arrow, state.bar) for arrow in _ARROWS)
            found.update((arrow.text[-1], arrow) for arrow in arrows if self._after_arrow(arrow))
        return found

    def after(self, state: MetreState) -> BarState | None:
        """The state after a note or rest with the length so far; None if the length cannot end here."""
        bar, spelling = state.bar, state.text
        if spelling not in self._lengths.of(bar):
            return None
        if bar.tuplet:
            eighths = bar.tuplet.eighths + self._lengths.eighths[spelling]
            tuplet = bar.tuplet._replace(left=bar.tuplet.left - 1, eighths=eighths)
            if tuplet.left:
                return bar._replace(tuplet=tuplet)
            time = open_tuplet_ticks(tuplet, bar.unit)
        else:
            time = self._lengths.duration(spelling, bar.unit, bar.broken_factor)
        assert time is not None  # as the length fits
        return _after_ticks(bar, time)

    def arrow(self, state: MetreState) -> Successors:
        after = self._after_arrow(state)
        assert after is not None
        found = self.begin_note(after, "")
        more = state._replace(text=state.text + state.text[-1])
        if self._after_arrow(more):
            found[state.text[-1]] = more
        return found

    def _after_arrow(self, state: MetreState) -> BarState | None:
        """The state after the arrows, which change the next note; None if no such note fits."""
        bar = state.bar
        spelling = state.text.rstrip(_ARROWS)
        count = len(state.text) - len(spelling)
        if bar.tuplet or count > _MAX_ARROWS:
            return None
        this, other = broken_factors(state.text[-1], count)
        scale = bar.broken_factor[0] * this.numerator, bar.broken_factor[1] * this.denominator
        time = self._lengths.duration(spelling, bar.unit, scale)
        if time is None or (bar.bar_length != UNTIMED and bar.elapsed + time >= bar.bar_length):
            return None
        after = _after_ticks(bar, time)._replace(broken_factor=(other.numerator, other.denominator))
        return after if self._lengths.of(after) else None

    def _letters(self, bar: BarState) -> Successors:
        return dict.fromkeys(_LETTERS, MetreState("note", "", _with_note_begun(bar, sounds=True)))


def _with_note_begun(bar: BarState, sounds: bool = False) -> BarState:
    """The state once a note or rest has begun."""
    return bar._replace(
        has_content=True,
        repeat=min(bar.repeat, 1),
        has_note=bar.has_note or sounds,
        is_tied=bar.is_tied and not sounds,
    )


def _after_ticks(bar: BarState, time: int) -> BarState:
    time = 0 if bar.bar_length == UNTIMED else bar.elapsed + time
    return bar._replace(elapsed=time, broken_factor=PLAIN, tuplet=None)


def _tuplet_spellings() -> dict[str, OpenTuplet]:
    """`(3`, as everybody writes it, and the others with all three numbers.

    They have p notes, except for triplets of which notes are joined or split.
    """
    found = {"(3": OpenTuplet(3, 2, 3, 0)}
    found.update((f"(3:2:{r}", OpenTuplet(3, 2, r, 0)) for r in (2, 4, 5, 6))
    pairs = ((p, q) for p, q in product(range(2, 10), repeat=2) if (p, q) != (3, 2))
    found.update((f"({p}:{q}:{p}", OpenTuplet(p, q, p, 0)) for p, q in pairs)
    return found
