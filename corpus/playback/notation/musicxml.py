"""A tune as MusicXML, written by music21."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import chain
from typing import Any

from tuneloom.corpus.playback.notation.measures import Measure, measures_of
from tuneloom.corpus.playback.notation.score_notes import NoteWriter
from tuneloom.corpus.playback.tempos import quarters_per_minute
from tuneloom.corpus.playback.written_files import MARK, UnwritableTune
from tuneloom.grammar.source.text_strings import decode_text
from tuneloom.grammar.tune.durations import ONE, meter_fraction
from tuneloom.grammar.tune.elements import BarLine, Chord, Field, MultiRest, Note, Rest, Tune, Voice
from tuneloom.grammar.tune.key import MODES, Key, change_key, fifths_of, parse_key
from tuneloom.grammar.tune.tempo import parse_tempo

__all__ = ["MAX_EQUAL_PARTS", "MAX_IN_MEASURE", "MAX_LENGTH", "MAX_MEASURES", "musicxml_bytes"]

MAX_MEASURES, MAX_LENGTH = 20_000, 128
"""How many measures a score has at most, all voices together, and how many whole notes a note lasts."""
MAX_IN_MEASURE, MAX_EQUAL_PARTS = 1_000, 255
"""How many notes, marks and blanks, and the longest tuplet; music21's time grows with their square."""

_MODES = {
    "maj": "major", "ion": "ionian", "mix": "mixolydian", "dor": "dorian", "min": "minor", "aeo": "aeolian",
    "phr": "phrygian", "loc": "locrian", "lyd": "lydian",
}  # fmt: skip
_CLEFS = {"treble": "TrebleClef", "alto": "AltoClef", "tenor": "TenorClef", "bass": "BassClef"}
_BAR_LINES = {"||": "light-light", "|]": "light-heavy", "[|": "heavy-light", "]|": "light-heavy"}
_ENCODING = re.compile(rb"\s*<encoding-date>.*?</encoding-date>")
_SIGNS = {1: "#", -1: "-", 2: "##", -2: "--"}
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NUMBERS = re.compile(r"[0-9]{1,3}")
_QUARTERS = 4  # of a whole note


def musicxml_bytes(tune: Tune) -> bytes:
    """The score of a tune as MusicXML, with its repeats as written; the same tune gives the same bytes.

    Each voice is a part, and overlays are further voices of it. Words, chord symbols, annotations, the usual
    decorations, slurs, ties, tuplets and grace notes are kept.

    Raises:
        UnwritableTune: music21 cannot write it, such as a note that lasts for less than a 2048th, or it is
            beyond the limits.
    """
    from music21.exceptions21 import Music21Exception

    _refuse_what_is_too_long(tune)
    try:
        return _write_score(tune)
    except (Music21Exception, OverflowError) as error:  # a note may be too short for a float
        raise UnwritableTune(f"music21 cannot write it: {error}") from error


def _refuse_what_is_too_long(tune: Tune) -> None:
    bars = 0
    for voice in tune.voices:
        bars += len(voice.bars)
        if any(len(bar.elements) > MAX_IN_MEASURE for bar in voice.bars):
            raise UnwritableTune(f"has more than {MAX_IN_MEASURE:,} notes and marks in a bar")
        for element in chain.from_iterable(bar.elements for bar in voice.bars):
            if isinstance(element, MultiRest):
                bars += element.bars
            elif isinstance(element, Note | Chord | Rest):
                if element.duration > MAX_LENGTH:
                    raise UnwritableTune(f"a note lasts for more than {MAX_LENGTH} whole notes")
                if _equal_parts(element.duration) > MAX_EQUAL_PARTS:
                    raise UnwritableTune(
                        f"a note is one of more than {MAX_EQUAL_PARTS} equal parts"
                    )
    if bars > MAX_MEASURES:
        raise UnwritableTune(f"has more than {MAX_MEASURES:,} bars")


def _equal_parts(duration: Fraction) -> int:
    """How many equal notes share the time of a plain note value in the tuplet; 1 outside tuplets."""
    denominator = duration.denominator
    return denominator // (denominator & -denominator)


def _write_score(tune: Tune) -> bytes:
    from music21 import metadata, stream
    from music21.musicxml.m21ToXml import GeneralObjectExporter

    score: Any = stream.Score()
    score.metadata = metadata.Metadata()
    score.metadata.title = " ".join(decode_text(tune.field("T")).split())
    if composer := tune.field("C"):
        score.metadata.composer = " ".join(decode_text(composer).split())
    for number, voice in enumerate(tune.voices):
        score.append(_PartWriter(tune, voice, number).write())
    exporter = GeneralObjectExporter(score)
    exporter.makeNotation = False  # it would fill short bars with rests and cut notes at long ones
    xml = _ENCODING.sub(b"", exporter.parse())
    xml = _NOT_IN_XML.sub("\ufffd", xml.decode()).encode()
    declaration, end, rest = xml.partition(b"?>\n")
    return declaration + end + f"<!-- {MARK} -->\n".encode() + rest


class _PartWriter:
    """Writes a voice measure by measure; knows the key and the metre that hold."""

    def __init__(self, tune: Tune, voice: Voice, number: int) -> None:
        from music21 import instrument, stream

        self._tune, self._voice = tune, voice
        self._notes = voice.notes()
        self._writer = NoteWriter(self._notes)
        self._meter, self._key = tune.meter, tune.key
        self._part: Any = stream.Part()
        player: Any = instrument.Instrument(voice.properties.name)
        player.partId = f"P{number + 1}"
        player.instrumentId = f"P{number + 1}-I1"  # or it would be a random one
        self._part.insert(0, player)
        self._written: list[Any] = []
        self._ending: list[Any] = []
        self._volta = ""

    def write(self) -> Any:
        for measure in measures_of(self._voice, self._notes) or [Measure()]:
            self._write_measure(measure)
        self._end_volta()
        for made in self._written:
            self._part.append(made)
        _notate(self._part)
        for slur in self._writer.slurs():
            self._part.insert(0, slur)
        return self._part

    def _write_measure(self, measure: Measure) -> None:
        """Write one measure; bars of rest that it holds alone become a measure each."""
        from music21 import note

        made = self._new_measure(measure)
        bars = self._bars_of_rest(measure)
        if not bars:
            self._fill(made, measure)
        for number in range(bars):
            if number:
                made = self._new_measure(Measure())
            made.append(note.Rest(quarterLength=self._whole * _QUARTERS))
        if measure.line and measure.line.visible != "|":
            made.rightBarline = _bar_line(measure.line)
        if measure.ends_volta:
            self._end_volta()

    def _new_measure(self, measure: Measure) -> Any:
        from music21 import bar, stream

        first = not self._written
        made: Any = stream.Measure(number=len(self._written) + 1)
        changes = [field for before, field in measure.fields if not before]
        self._write_attributes(made, changes, first)
        if measure.begins_repeat:
            made.leftBarline = bar.Repeat(direction="start")
        if measure.volta:
            self._end_volta()
            self._volta = measure.volta
        if self._volta:
            self._ending.append(made)
        self._written.append(made)
        return made

    def _write_attributes(self, made: Any, changes: Sequence[Field], first: bool) -> None:
        from music21 import clef

        if first:
            named = self._voice.properties.clef or self._tune.key.properties.clef
            name = named.name if named and named.name in _CLEFS else "treble"
            made.append(getattr(clef, _CLEFS[name])())
        last = {field.letter: field.value for field in changes}
        if "K" in last:
            self._key = change_key(self._key, last["K"])
        if first or "K" in last:
            made.append(_music21_key(self._key))
        self._meter = last.get("M", self._meter)
        if (first or "M" in last) and (signature := _music21_meter(self._meter)):
            made.append(signature)
        if first or "Q" in last:
            made.append(self._tempo_mark(last.get("Q")))

    def _tempo_mark(self, value: str | None) -> Any:
        """What Q: says; without it the usual tempo, which is heard but not shown."""
        from music21 import duration, tempo

        said = (
            self._tune.tempo if value is None else parse_tempo(value, self._tune.unit_note_length)
        )
        quarters = round(quarters_per_minute(said, self._tune), 2)
        if said is None or (not said.per_minute and not said.words):
            return tempo.MetronomeMark(numberSounding=quarters)
        if not said.per_minute:
            return tempo.MetronomeMark(said.words, numberSounding=quarters)
        beat = sum(said.beats, Fraction(0)) or Fraction(1, 4)
        number = float(said.per_minute) if said.beats else quarters
        return tempo.MetronomeMark(said.words or None, number, duration.Duration(beat * _QUARTERS))

    @property
    def _whole(self) -> Fraction:
        """How long a bar of rest lasts, in whole notes."""
        return meter_fraction(self._meter) or ONE

    def _bars_of_rest(self, measure: Measure) -> int:
        notes = [number for layer in measure.layers.values() for number in layer]
        alone = self._notes[notes[0]].element if len(notes) == 1 else None
        return alone.bars if isinstance(alone, MultiRest) else 0

    def _fill(self, made: Any, measure: Measure) -> None:
        """Put the notes into a measure, those of overlays in voices of their own."""
        from music21 import stream

        several = len(measure.layers) > 1
        for number, notes in sorted(measure.layers.items()):
            target: Any = stream.Voice(id=str(number + 1)) if several else made
            for before, index in enumerate(notes):
                self._write_changes(target, measure.fields, before)
                for written in self._writer.write(index, self._whole):
                    target.append(written)
            if several:
                made.insert(0, target)

    def _write_changes(self, target: Any, fields: Sequence[tuple[int, Field]], before: int) -> None:
        """Write a key that changes inside a measure."""
        for number, field in fields:
            if number == before > 0 and field.letter == "K":
                self._key = change_key(self._key, field.value)
                target.append(_music21_key(self._key))

    def _end_volta(self) -> None:
        from music21 import spanner

        if self._ending and (numbers := _NUMBERS.findall(self._volta)):
            bracket = spanner.RepeatBracket(self._ending, number=",".join(numbers))
            self._part.insert(0, bracket)
        self._ending, self._volta = [], ""


def _notate(part: Any) -> None:
    """Divide notes that need a tie, and decide accidentals, beams and the brackets of tuplets."""
    from music21 import stream

    part.splitAtDurations(recurse=True)
    part.makeAccidentals(inPlace=True)
    part.makeBeams(inPlace=True)
    for container in part.recurse().getElementsByClass((stream.Measure, stream.Voice)):
        stream.makeNotation.makeTupletBrackets(container, inPlace=True)


def _bar_line(line: BarLine) -> Any:
    from music21 import bar

    if line.ends_repeat:
        return bar.Repeat(direction="end")
    if line.text.startswith("."):
        return bar.Barline("dotted")
    return bar.Barline(_BAR_LINES.get(line.visible, "regular" if line.visible else "none"))


def _music21_key(signature: Key) -> Any:
    """A key with its mode if its signature is that of the mode, else the signature alone."""
    from music21 import key

    if signature.tonic and signature.mode in MODES:
        fifths = fifths_of(signature.tonic) + MODES[signature.mode]
        plain = parse_key(signature.tonic + signature.mode)
        if abs(fifths) <= 7 and plain.alterations == signature.alterations:
            return key.Key(signature.tonic.replace("b", "-"), _MODES[signature.mode])
    altered = [letter + _SIGNS[by] for letter, by in signature.alterations if by]
    made: Any = key.KeySignature(None if altered else 0)
    if altered:
        made.alteredPitches = altered
    return made


def _music21_meter(value: str) -> Any | None:
    """The metre; none for a free one, and for one that MusicXML has no note for."""
    from music21 import meter
    from music21.exceptions21 import Music21Exception

    plain = "".join(value.split()).replace("(", "").replace(")", "")
    if meter_fraction(plain) is None:
        return None
    try:
        return meter.TimeSignature({"C": "common", "C|": "cut"}.get(plain, plain))
    except Music21Exception:
        return None
