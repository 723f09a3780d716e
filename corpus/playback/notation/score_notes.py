"""Notes, chords and rests as music21 has them, each with what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from tuneloom.corpus.playback.notation.harmonies import music21_harmony
from tuneloom.grammar.source.text_strings import decode_text
from tuneloom.grammar.tune.elements import Chord, MultiRest, Note
from tuneloom.grammar.tune.note_context import NoteContext

__all__ = ["NoteWriter"]

_ARTICULATIONS = {
    "staccato": "Staccato", "accent": "Accent", ">": "Accent", "emphasis": "Accent", "tenuto": "Tenuto",
    "upbow": "UpBow", "downbow": "DownBow", "marcato": "StrongAccent", "^": "StrongAccent",
    "open": "OpenString", "+": "NailPizzicato", "breath": "BreathMark",
}  # fmt: skip
_ORNAMENTS = {
    "fermata": "Fermata", "trill": "Trill", "roll": "Turn", "turn": "Turn", "invertedturn": "InvertedTurn",
    "lowermordent": "Mordent", "mordent": "Mordent", "uppermordent": "InvertedMordent",
    "pralltriller": "InvertedMordent",
}  # fmt: skip
_DYNAMICS = frozenset({"pppp", "ppp", "pp", "p", "mp", "mf", "f", "ff", "fff", "ffff", "sfz"})
_SIGNS = {
    "segno": "Segno", "coda": "Coda", "fine": "Fine", "D.C.": "DaCapo", "D.S.": "DalSegno",
    "D.C.alfine": "DaCapoAlFine", "D.C.alcoda": "DaCapoAlCoda", "D.S.alfine": "DalSegnoAlFine",
    "D.S.alcoda": "DalSegnoAlCoda",
}  # fmt: skip
_QUARTERS = 4


class NoteWriter:
    """Writes the notes of a voice, in any order; `notes` is what `voice.notes()` gives."""

    def __init__(self, notes: Sequence[NoteContext]) -> None:
        self._notes = notes
        self._written: dict[int, Any] = {}
        self._open_words: set[int] = set()

    def write(self, number: int, whole: Fraction) -> Iterator[Any]:
        """What music21 places in a row for a note: symbols, texts, grace notes, the note itself.

        `whole` is how long a bar of rest lasts, in whole notes.
        """
        context = self._notes[number]
        for symbol in context.chord_symbols:
            yield music21_harmony(symbol)
        yield from _music21_texts(context)
        for grace in context.grace:
            yield self._grace(grace)
        written = self._written[number] = self._timed(number, whole)
        _decorate(written, context)
        if not written.isRest:
            self._add_words(written, context)
        yield written

    def slurs(self) -> Iterator[Any]:
        """The slurs between the notes written so far."""
        from music21 import spanner

        for number, context in enumerate(self._notes):
            for last in context.slurs_to:
                if number != last and {number, last} <= self._written.keys():
                    yield spanner.Slur(self._written[number], self._written[last])

    def _add_words(self, written: Any, context: NoteContext) -> None:
        from music21 import note

        for verse, syllable in enumerate(context.syllables, start=1):
            if not syllable.text:
                continue
            goes_on = verse in self._open_words
            lyric = note.Lyric(decode_text(syllable.text), verse, applyRaw=True)
            if syllable.is_hyphenated:
                lyric.syllabic = "middle" if goes_on else "begin"
                self._open_words.add(verse)
            else:
                lyric.syllabic = "end" if goes_on else "single"
                self._open_words.discard(verse)
            written.lyrics.append(lyric)

    def _timed(self, number: int, whole: Fraction) -> Any:
        from music21 import note

        context = self._notes[number]
        element = context.element
        if isinstance(element, Note | Chord):
            return self._sounding(element, self._duration(context), context)
        if isinstance(element, MultiRest):
            return note.Rest(quarterLength=element.bars * whole * _QUARTERS)
        rest = note.Rest(duration=self._duration(context))
        rest.style.hideObjectOnPrint = element.letter == "x"
        return rest

    def _sounding(self, element: Note | Chord, duration: Any, context: NoteContext) -> Any:
        from music21 import chord

        if isinstance(element, Note):
            return self._note(element, duration, context, element.tied)
        notes = [self._note(n, duration, context, n.tied or element.tied) for n in element.notes]
        return chord.Chord(notes, duration=duration) if len(notes) > 1 else notes[0]

    def _note(self, written: Note, duration: Any, context: NoteContext, tied: bool) -> Any:
        from music21 import note, tie

        made = note.Note(_music21_pitch(written), duration=duration)
        held = context.tied_from is not None and self._has_tied(context.tied_from, written.pitch)
        holds = tied and context.tied_to is not None and self._has(context.tied_to, written.pitch)
        if held or holds:
            made.tie = tie.Tie("continue" if held and holds else "start" if holds else "stop")
        return made

    def _has(self, number: int, pitch: int) -> bool:
        return any(note.pitch == pitch for note in _notes_in(self._notes[number]))

    def _has_tied(self, number: int, pitch: int) -> bool:
        element = self._notes[number].element
        whole = isinstance(element, Chord) and element.tied
        notes = _notes_in(self._notes[number])
        return any(note.pitch == pitch and (note.tied or whole) for note in notes)

    def _grace(self, element: Note | Chord) -> Any:
        from music21 import chord, note

        notes = [element] if isinstance(element, Note) else element.notes
        kind = "eighth" if len(notes) == 1 else "16th"
        made = [note.Note(_music21_pitch(each), type=kind) for each in notes]
        whole: Any = made[0] if len(made) == 1 else chord.Chord(made, type=kind)
        grace = whole.getGrace()
        grace.duration.slash = False
        return grace

    def _duration(self, context: NoteContext) -> Any:
        """The duration as written: a tuplet's notes in their own length, with the tuplet beside it."""
        from music21 import duration

        element, tuplet = context.element, context.tuplet
        assert not isinstance(element, MultiRest)
        if tuplet is None or tuplet.p == tuplet.q:
            return duration.Duration(element.duration * _QUARTERS)
        written = duration.Duration(element.duration * Fraction(tuplet.p, tuplet.q) * _QUARTERS)
        if written.type in ("complex", "inexpressible", "zero"):
            return duration.Duration(element.duration * _QUARTERS)
        written.appendTuplet(duration.Tuplet(tuplet.p, tuplet.q))
        return written


def _notes_in(context: NoteContext) -> tuple[Note, ...]:
    element = context.element
    if isinstance(element, Chord):
        return element.notes
    return (element,) if isinstance(element, Note) else ()


def _music21_pitch(note: Note) -> Any:
    """The sounding pitch, spelled as written where the voice is transposed by octaves at most."""
    from music21 import pitch

    octaves, semitones = divmod(note.transposition, 12)
    if semitones:
        return pitch.Pitch(midi=note.pitch)
    made = pitch.Pitch(note.letter, octave=note.octave + octaves)
    if note.alteration:
        made.accidental = pitch.Accidental(note.alteration)
    return made


def _music21_texts(context: NoteContext) -> Iterator[Any]:
    """Annotations, dynamics, and signs such as D.C."""
    from music21 import dynamics, expressions, repeat

    for annotation in context.annotations:
        if annotation.text.strip():
            text = expressions.TextExpression(annotation.text)
            text.placement = "below" if annotation.placement == "below" else "above"
            yield text
    for decoration in context.decorations:
        if decoration.name in _DYNAMICS:
            yield dynamics.Dynamic(decoration.name)
        elif decoration.name in _SIGNS:
            yield getattr(repeat, _SIGNS[decoration.name])()


def _decorate(written: Any, context: NoteContext) -> None:
    from music21 import articulations, expressions

    for decoration in context.decorations:
        if name := _ARTICULATIONS.get(decoration.name):
            written.articulations.append(getattr(articulations, name)())
        elif name := _ORNAMENTS.get(decoration.name):
            written.expressions.append(getattr(expressions, name)())
