"""The transitions of the automaton of bars: the characters that may come next, and the states after them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tuneloom.model.constraints.metre.bars import (
    LAST_ENDING,
    after_bar_line,
    after_repeat_end,
    after_section,
    allows_bar_line,
    allows_double_bar,
    allows_repeat_end,
    allows_tune_end,
    is_all_closed,
    is_full,
)
from tuneloom.model.constraints.metre.field_values import FieldValues, bar_ticks, unit_ticks
from tuneloom.model.constraints.metre.note_lengths import NoteLengths, next_chars
from tuneloom.model.constraints.metre.note_transitions import NoteTransitions
from tuneloom.model.constraints.metre.state import (
    AMBIGUOUS,
    END,
    HEADER_PHASES,
    START,
    UNTIMED,
    BarState,
    MetreState,
    Phase,
    Successors,
)

__all__ = ["Transitions"]

_ANY_FIELD = "KLM"
_WITHIN_BAR = "KL"
# A line does not end after the number of a volta, a field, or the `|:` before the music.
_NO_LINE_END = ("volta", "field", "|:")


class Transitions:
    """The transitions over these characters, among which must be `|` and the line feed."""

    def __init__(self, characters: str) -> None:
        self.lengths = NoteLengths(characters)
        self.field_values = FieldValues(characters, self.lengths)
        self.notes = NoteTransitions(characters, self.lengths)
        self._characters = frozenset(characters) | {END}
        self._has_endings = "2" in characters
        self._by_phase: Mapping[Phase, Callable[[MetreState], Successors]] = {
            **dict.fromkeys(HEADER_PHASES, self._header),
            "body": lambda s: {"|": s._replace(phase="opening"), **self._start(s.bar, "")},
            "opening": lambda s: {":": MetreState("bar", "|:", _after_repeat_start(s.bar))},
            "bar": lambda s: self._bar(s.bar, s.text),
            "between": lambda s: self._between(s.bar),
            "space": lambda s: self._start(s.bar, ""),
            "accidental": lambda s: self.notes.accidental(s),
            "note": self._sounding,
            "rest": self._sounding,
            "tie": self._sounding,
            "arrow": lambda s: self.notes.arrow(s),
            "bracket": self._bracket,
            "chord": lambda s: self.notes.chord(s),
            "field": self._field,
            "tuplet": self._tuplet,
            "line": self._line,
            "over": lambda _: {END: START},
        }

    def of(self, state: MetreState) -> Successors:
        """The state after each character that may come next; END ends the tune."""
        successors = self._by_phase[state.phase](state)
        return {char: target for char, target in successors.items() if char in self._characters}

    def _header(self, state: MetreState) -> Successors:
        successors: Successors = {}
        for char in next_chars(self._header_lines(state), state.text):
            text = state.text + char
            line = state._replace(text=text)
            successors[char] = _after_header_line(state.bar, text) if char == "\n" else line
        return successors

    def _header_lines(self, state: MetreState) -> tuple[str, ...]:
        if state.phase == "key":
            return tuple(f"K:{key}\n" for key in self.field_values.keys)
        if state.phase == "unit":
            return tuple(f"L:{unit}\n" for unit in self.field_values.units(state.bar.bar_length, 0))
        metres = tuple(f"M:{metre}\n" for metre in self.field_values.metres(0, 0))
        if state.phase == "metre" or not metres:
            return metres
        return (*(f"R:{rhythm}\n" for rhythm in self.field_values.rhythms), *metres)

    def _start(self, bar: BarState, fields: str) -> Successors:
        """The start of a note, rest, chord, tuplet, or one of these fields."""
        return {**self.notes.begin_note(bar, fields), **self.notes.begin_tuplet(bar)}

    def _bar(self, bar: BarState, text: str) -> Successors:
        successors = self._start(
            bar, "" if bar.is_first_bar else _WITHIN_BAR if bar.elapsed else _ANY_FIELD
        )
        if text == "\n":
            if is_all_closed(bar):
                successors[END] = START
        elif text not in _NO_LINE_END:
            successors["\n"] = MetreState("bar", "\n", bar)
        if text == "field" and bar.repeat in (0, AMBIGUOUS) and bar.ending != 1:
            # A change of key may precede the sign that opens the section.
            successors["|"] = MetreState("opening", "|", bar)
        return successors

    def _between(self, bar: BarState) -> Successors:
        """After a whole note, or a field, inside a bar."""
        if bar.tuplet:
            return self.notes.begin_note(bar, "")
        successors: Successors = {}
        if bar.bar_length == UNTIMED or bar.elapsed < bar.bar_length:
            successors.update(self._start(bar, "K"))
            successors[" "] = MetreState("space", "", bar)
        if allows_bar_line(bar) or (allows_double_bar(bar) and bar.ending != 1):
            successors["|"] = MetreState("line", "|", bar)
        if allows_repeat_end(bar):
            successors[":"] = MetreState("line", ":", bar)
        if allows_tune_end(bar) and is_all_closed(bar):
            successors["\n"] = MetreState("over", "", bar)
        return successors

    def _sounding(self, state: MetreState) -> Successors:
        successors = self.notes.extend(state)
        after = self.notes.after(state)
        if after is not None:
            successors.update(self._between(after))
        return successors

    def _bracket(self, state: MetreState) -> Successors:
        successors = self.notes.chord(state)
        for letter in state.text:
            if self._values(letter, state.bar):
                successors[letter] = MetreState("field", letter, state.bar)
        return successors

    def _values(self, letter: str, bar: BarState) -> tuple[str, ...]:
        if letter == "K":
            return self.field_values.keys
        if letter == "L":
            return self.field_values.units(bar.bar_length, bar.pickup)
        return self.field_values.metres(bar.unit, bar.pickup)

    def _field(self, state: MetreState) -> Successors:
        letter, bar = state.text[0], state.bar
        fields = tuple(f"{letter}:{value}]" for value in self._values(letter, bar))
        successors: Successors = {}
        for char in next_chars(fields, state.text):
            successors[char] = state._replace(text=state.text + char)
            if char == "]":
                value = state.text[2:]
                if letter == "L":
                    bar = bar._replace(unit=unit_ticks(value))
                elif letter == "M":
                    bar = bar._replace(bar_length=bar_ticks(value))
                phase: Phase = "between" if bar.has_content else "bar"
                successors[char] = MetreState(phase, "" if bar.has_content else "field", bar)
        return successors

    def _tuplet(self, state: MetreState) -> Successors:
        spellings = self.notes.fitting_tuplets(state.bar)
        successors: Successors = {}
        for char in next_chars(tuple(spellings), state.text):
            if char:
                successors[char] = state._replace(text=state.text + char)
        if state.text in spellings:
            successors.update(
                self.notes.begin_note(state.bar._replace(tuplet=spellings[state.text]), "")
            )
        return successors

    def _line(self, state: MetreState) -> Successors:
        if state.text == "|":
            return self._after_bar_char(state.bar)
        if state.text == ":":
            successors = {"|": state._replace(text=":|")}
            if state.bar.ending != 1:
                successors[":"] = MetreState("bar", "::", after_repeat_end(state.bar, 2))
            return successors
        return self._after_repeat_char(state.bar)

    def _after_bar_char(self, bar: BarState) -> Successors:
        """After `|`: a bar line of its own if the bar is long enough, or the start of a longer one."""
        successors: Successors = {}
        if allows_bar_line(bar):
            successors.update(self._bar(after_bar_line(bar), "|"))
        if bar.ending != 1:
            successors["|"] = MetreState("bar", "||", after_section(bar))
            successors["]"] = MetreState("bar", "|]", after_section(bar))
            if self._has_endings and is_full(bar) and bar.repeat != AMBIGUOUS:
                successors["1"] = MetreState("bar", "volta", after_bar_line(bar)._replace(ending=1))
            if bar.repeat != 1:
                successors[":"] = MetreState("bar", "||:", after_section(bar, opens=True))
        return successors

    def _after_repeat_char(self, bar: BarState) -> Successors:
        """After `:|`, which an ending may follow."""
        successors: Successors = {}
        if bar.ending != 1:
            successors.update(self._bar(after_repeat_end(bar), ":|"))
        if 1 <= bar.ending < LAST_ENDING:
            number = bar.ending + 1
            after = after_bar_line(bar)._replace(repeat=0, ending=number)
            successors[str(number)] = MetreState("bar", "volta", after)
        return successors


def _after_repeat_start(bar: BarState) -> BarState:
    """The state after a `|:` before which there is no music."""
    return bar._replace(repeat=1, ending=0, repeats_pickup=bar.elapsed > 0)


def _after_header_line(bar: BarState, line: str) -> MetreState:
    value = line[2:-1]
    match line[0]:
        case "R":
            return MetreState("metre", "", bar)
        case "M":
            return MetreState("unit", "", bar._replace(bar_length=bar_ticks(value)))
        case "L":
            return MetreState("key", "", bar._replace(unit=unit_ticks(value)))
    return MetreState("body", "", bar)
