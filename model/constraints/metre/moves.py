"""What may come next: from each state, the characters that lead on and the states that they lead to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tuneloom.model.constraints.metre.bars import (
    LAST_ENDING,
    behind_repeat,
    behind_section,
    ends_in_full,
    ends_plainly,
    ends_section,
    ends_tune,
    goes_back,
    may_end,
    next_bar,
)
from tuneloom.model.constraints.metre.lengths import Lengths, following
from tuneloom.model.constraints.metre.music import Music
from tuneloom.model.constraints.metre.state import END, START, UNCLEAR, UNTIMED, At, Phase, State
from tuneloom.model.constraints.metre.words import Words, unit_ticks, whole_ticks

__all__ = ["Moves"]

Found = dict[str, State]
_ANY_FIELD = "KLM"
_WITHIN_BAR = "KL"
_HEADER = (Phase.RHYTHM, Phase.METRE, Phase.UNIT, Phase.KEY)
# Behind these a line does not end: a volta's number, a field, and what stands before the music.
_NO_LINE_END = ("volta", "field", "|:")


class Moves:
    """The moves that the characters of a vocabulary allow; `|` and the line feed have to be among them."""

    def __init__(self, characters: str) -> None:
        self.lengths = Lengths(characters)
        self.words = Words(characters, self.lengths)
        self.music = Music(characters, self.lengths)
        self._characters = frozenset(characters) | {END}
        self._has_endings = "2" in characters
        self._by_phase: Mapping[Phase, Callable[[State], Found]] = {
            **dict.fromkeys(_HEADER, self._header),
            Phase.BODY: lambda s: {"|": s._replace(phase=Phase.OPENING), **self._start(s.at, "")},
            Phase.OPENING: lambda s: {":": State(Phase.BAR, "|:", _opened(s.at))},
            Phase.BAR: lambda s: self._bar(s.at, s.text),
            Phase.BETWEEN: lambda s: self._between(s.at),
            Phase.SPACE: lambda s: self._start(s.at, ""),
            Phase.ACCIDENTAL: lambda s: self.music.accidental(s),
            Phase.NOTE: self._sounding,
            Phase.REST: self._sounding,
            Phase.TIE: self._sounding,
            Phase.ARROW: lambda s: self.music.arrow(s),
            Phase.BRACKET: self._bracket,
            Phase.CHORD: lambda s: self.music.chord(s),
            Phase.FIELD: self._field,
            Phase.TUPLET: self._tuplet,
            Phase.LINE: self._line,
            Phase.OVER: lambda _: {END: START},
        }

    def of(self, state: State) -> Found:
        """Every character that may come next; END stands for the end of the tune."""
        found = self._by_phase[state.phase](state)
        return {char: target for char, target in found.items() if char in self._characters}

    def _header(self, state: State) -> Found:
        found: Found = {}
        for char in following(self._header_lines(state), state.text):
            text = state.text + char
            line = state._replace(text=text)
            found[char] = _behind_header_line(state.at, text) if char == "\n" else line
        return found

    def _header_lines(self, state: State) -> tuple[str, ...]:
        if state.phase == Phase.KEY:
            return tuple(f"K:{key}\n" for key in self.words.keys)
        if state.phase == Phase.UNIT:
            return tuple(f"L:{unit}\n" for unit in self.words.units(state.at.whole, 0))
        metres = tuple(f"M:{metre}\n" for metre in self.words.metres(0, 0))
        if state.phase == Phase.METRE or not metres:
            return metres
        return (*(f"R:{rhythm}\n" for rhythm in self.words.rhythms), *metres)

    def _start(self, at: At, fields: str) -> Found:
        """A note, rest, chord or tuplet, and fields of these letters."""
        return {**self.music.notes(at, fields), **self.music.tuplets(at)}

    def _bar(self, at: At, text: str) -> Found:
        found = self._start(at, "" if at.first else _WITHIN_BAR if at.time else _ANY_FIELD)
        if text == "\n":
            if may_end(at):
                found[END] = START
        elif text not in _NO_LINE_END:
            found["\n"] = State(Phase.BAR, "\n", at)
        if text == "field" and at.repeat in (0, UNCLEAR) and at.ending != 1:
            # A change of key may stand before the sign that opens the section.
            found["|"] = State(Phase.OPENING, "|", at)
        return found

    def _between(self, at: At) -> Found:
        """Behind a note and all that belongs to it, or a field, within a bar that has begun."""
        if at.tuplet:
            return self.music.notes(at, "")
        found: Found = {}
        if at.whole == UNTIMED or at.time < at.whole:
            found.update(self._start(at, "K"))
            found[" "] = State(Phase.SPACE, "", at)
        if ends_plainly(at) or (ends_section(at) and at.ending != 1):
            found["|"] = State(Phase.LINE, "|", at)
        if goes_back(at):
            found[":"] = State(Phase.LINE, ":", at)
        if ends_tune(at) and may_end(at):
            found["\n"] = State(Phase.OVER, "", at)
        return found

    def _sounding(self, state: State) -> Found:
        found = self.music.longer(state)
        after = self.music.after(state)
        if after is not None:
            found.update(self._between(after))
        return found

    def _bracket(self, state: State) -> Found:
        found = self.music.chord(state)
        for letter in state.text:
            if self._values(letter, state.at):
                found[letter] = State(Phase.FIELD, letter, state.at)
        return found

    def _values(self, letter: str, at: At) -> tuple[str, ...]:
        if letter == "K":
            return self.words.keys
        if letter == "L":
            return self.words.units(at.whole, at.pickup)
        return self.words.metres(at.unit, at.pickup)

    def _field(self, state: State) -> Found:
        letter, at = state.text[0], state.at
        fields = tuple(f"{letter}:{value}]" for value in self._values(letter, at))
        found: Found = {}
        for char in following(fields, state.text):
            found[char] = state._replace(text=state.text + char)
            if char == "]":
                value = state.text[2:]
                if letter == "L":
                    at = at._replace(unit=unit_ticks(value))
                elif letter == "M":
                    at = at._replace(whole=whole_ticks(value))
                phase = Phase.BETWEEN if at.begun else Phase.BAR
                found[char] = State(phase, "" if at.begun else "field", at)
        return found

    def _tuplet(self, state: State) -> Found:
        spellings = self.music.tuplets_at(state.at)
        found: Found = {}
        for char in following(tuple(spellings), state.text):
            if char:
                found[char] = state._replace(text=state.text + char)
        if state.text in spellings:
            found.update(self.music.notes(state.at._replace(tuplet=spellings[state.text]), ""))
        return found

    def _line(self, state: State) -> Found:
        if state.text == "|":
            return self._behind_bar(state.at)
        if state.text == ":":
            found = {"|": state._replace(text=":|")}
            if state.at.ending != 1:
                found[":"] = State(Phase.BAR, "::", behind_repeat(state.at, 2))
            return found
        return self._behind_repeat(state.at)

    def _behind_bar(self, at: At) -> Found:
        """Behind `|`, which may be a line by itself, unless the bar is short, or begin another."""
        found: Found = {}
        if ends_plainly(at):
            found.update(self._bar(next_bar(at), "|"))
        if at.ending != 1:
            found["|"] = State(Phase.BAR, "||", behind_section(at))
            found["]"] = State(Phase.BAR, "|]", behind_section(at))
            if self._has_endings and ends_in_full(at) and at.repeat != UNCLEAR:
                found["1"] = State(Phase.BAR, "volta", next_bar(at)._replace(ending=1))
            if at.repeat != 1:
                found[":"] = State(Phase.BAR, "||:", behind_section(at, opens=True))
        return found

    def _behind_repeat(self, at: At) -> Found:
        """Behind `:|`, which may go back from an ending to the next."""
        found: Found = {}
        if at.ending != 1:
            found.update(self._bar(behind_repeat(at), ":|"))
        if 1 <= at.ending < LAST_ENDING:
            number = at.ending + 1
            behind = next_bar(at)._replace(repeat=0, ending=number)
            found[str(number)] = State(Phase.BAR, "volta", behind)
        return found


def _opened(at: At) -> At:
    """Behind a `|:` with no music before it."""
    return at._replace(repeat=1, ending=0, upbeat=at.time > 0)


def _behind_header_line(at: At, line: str) -> State:
    value = line[2:-1]
    match line[0]:
        case "R":
            return State(Phase.METRE, "", at)
        case "M":
            return State(Phase.UNIT, "", at._replace(whole=whole_ticks(value)))
        case "L":
            return State(Phase.KEY, "", at._replace(unit=unit_ticks(value)))
    return State(Phase.BODY, "", at)
