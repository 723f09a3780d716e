"""What sounds in played bars: onsets, durations and pitches of the notes of one voice."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct, field
from msgspec.structs import replace

from tuneloom.grammar.tune.durations import ONE, meter_fraction
from tuneloom.grammar.tune.elements import (
    Chord,
    Element,
    Field,
    GraceGroup,
    MultiRest,
    Note,
    Overlay,
    Quoted,
    Rest,
    SlurClose,
    Voice,
    is_timed,
)
from tuneloom.grammar.tune.performance import ChordChange, SoundingEvent, TempoChange
from tuneloom.grammar.tune.quoted import ChordSymbol, read_quoted
from tuneloom.grammar.tune.tempo import parse_tempo

__all__ = ["BarContext", "VoicePlayer", "bar_contexts"]


class BarContext(Struct, frozen=True):
    """What a bar as written owes to those before it: its first note's index, and what holds there.

    That is the metre, and the chord symbol and Q: in the music, None and empty if there was none.
    """

    first_note: int
    meter: str
    chord: ChordSymbol | None = None
    tempo: str = ""


def bar_contexts(voice: Voice, meter: str, first_note: int) -> tuple[list[BarContext], int]:
    """The context of each bar of a voice, and the index of the next voice's first note."""
    contexts: list[BarContext] = []
    note = first_note
    chord: ChordSymbol | None = None
    tempo = ""
    for bar in voice.bars:
        context: BarContext | None = None
        first = note
        for element in bar.elements:
            if context is None and is_timed(element):
                context = BarContext(first, meter, chord, tempo)
            match element:
                case Note() | Chord():
                    note += 1
                case Field(letter="M"):
                    meter = element.value
                case Field(letter="Q"):
                    tempo = element.value
                case Quoted():
                    chord = _chord_symbol(element) or chord
                case _:
                    pass
        contexts.append(context or BarContext(first, meter, chord, tempo))
    return contexts, note


def _chord_symbol(quoted: Quoted) -> ChordSymbol | None:
    said = read_quoted(quoted.text)
    return said if isinstance(said, ChordSymbol) else None


class VoicePlayer(Struct):
    """Plays bars of a voice one after the other; `now` is where the next one begins."""

    voice: int
    unit: Fraction
    now: Fraction = Fraction(0)
    events: list[SoundingEvent] = field(default_factory=list)
    chords: list[ChordChange] = field(default_factory=list)
    tempos: list[TempoChange] = field(default_factory=list)
    _tempo: str = ""
    _onsets: list[Fraction] = field(default_factory=list)
    _end: Fraction = Fraction(0)
    _bars_behind: int = 0
    _group_onset: Fraction | None = None
    _tied: dict[int, int] = field(default_factory=dict)
    _graces: tuple[int, ...] = ()

    def play(self, elements: Iterable[Element], context: BarContext) -> None:
        """Play one bar. After an overlay, the next bar begins where the longest layer ends (7.4)."""
        self._onsets.append(self.now)
        self._set_chord(context.chord)
        self._set_tempo(context.tempo)
        note, meter = context.first_note, context.meter
        last: Element | None = None
        for element in elements:
            match element:
                case Note():
                    self._sound(element, note, element.tied)
                    self._graces = ()
                    self.now += element.duration
                    note += 1
                case Chord():
                    self._sound_chord(element, note)
                    self.now += element.duration
                    note += 1
                case Rest():
                    self.now += element.duration
                case MultiRest():
                    self.now += element.bars * ((meter_fraction(meter) if meter else None) or ONE)
                case Field(letter="M"):
                    meter = element.value
                case Field(letter="Q"):
                    self._set_tempo(element.value)
                case Quoted():
                    self._set_chord(_chord_symbol(element))
                case GraceGroup():
                    self._graces += _grace_pitches(element)
                case Overlay():
                    self._overlay(element.text.strip("."))
                case SlurClose() if isinstance(last, Overlay):
                    self._overlay("&)")  # which is read as two signs
                case _:
                    pass
            last = element
        self._end = max(self._end, self.now)
        if self._bars_behind:
            self._bars_behind -= 1
        elif self._group_onset is None:
            self.now = self._end

    def start_at(self, onset: Fraction) -> None:
        """Begin the next bar at an onset, such as that of a part in all voices."""
        self.now = self._end = onset
        self.forget_layers()

    def forget_layers(self) -> None:
        """Leave the layers that span bars, which do not go on elsewhere in the tune."""
        self.now = self._end = max(self.now, self._end)
        self._bars_behind = 0
        self._group_onset = None
        self._onsets.clear()

    def _set_chord(self, symbol: ChordSymbol | None) -> None:
        if symbol and not (self.chords and self.chords[-1].symbol == symbol):
            self.chords.append(ChordChange(self.now, self.voice, symbol))

    def _set_tempo(self, value: str) -> None:
        if value != self._tempo:
            self.tempos.append(TempoChange(self.now, self.voice, parse_tempo(value, self.unit)))
            self._tempo = value

    def _overlay(self, sign: str) -> None:
        """`&` goes back to the beginning of the bar, `&&` by one more bar; `(&` and `&)` embrace layers."""
        self._end = max(self._end, self.now)
        if sign == "(&":
            self._group_onset = self.now
        elif sign == "&)":
            self.now, self._group_onset = self._end, None
        elif self._group_onset is not None:
            self.now = self._group_onset
        else:
            back = min(len(sign), len(self._onsets))
            self.now = self._onsets[-back]
            self._bars_behind = back - 1

    def _sound_chord(self, chord: Chord, index: int) -> None:
        for note in chord.notes:
            self._sound(note, index, note.tied or chord.tied)
            self._graces = ()

    def _sound(self, note: Note, index: int, tied: bool) -> None:
        """Add a note, or prolong the one that is tied to it."""
        held = self._tied.pop(note.pitch, None)
        if held is not None and self.events[held].end == self.now:
            event = self.events[held]
            self.events[held] = replace(event, duration=event.duration + note.duration)
        else:
            held = len(self.events)
            event = SoundingEvent(
                self.now, note.duration, note.pitch, self.voice, index, self._graces
            )
            self.events.append(event)
        if tied:
            self._tied[note.pitch] = held


def _grace_pitches(group: GraceGroup) -> tuple[int, ...]:
    return tuple(
        note.pitch
        for element in group.notes
        for note in (element.notes if isinstance(element, Chord) else (element,))
    )
