"""What Tuneloom makes of an input, in the terms of the conformance suite."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from tests.conformance.suite import LEVELS, Case, Event
from tuneloom.grammar import Tune, parse, read_book
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.checking.levels import levels_of
from tuneloom.grammar.source.book import Book
from tuneloom.grammar.tune.durations import meter_fraction
from tuneloom.grammar.tune.elements import Chord, Field, MultiRest, Note, Overlay, Rest, Voice
from tuneloom.grammar.tune.performance import SoundingEvent
from tuneloom.grammar.tune.tempo import Tempo

__all__ = ["differences", "events_of"]


def differences(case: Case) -> list[str]:
    """Where our reading of a case differs from what is right, each in a line.

    One that we refuse on purpose must be refused.
    """
    book = read_book(case.abc.encode())
    if case.refused:
        return [f"reached {level}, want none" for level in _levels_of_first(book)]
    found = list(_tune_count_differs(case, book))
    reached = _levels_of_first(book)
    found += [
        f"{level}: {'reached' if level in reached else 'not reached'}, want {want}"
        for level, want in case.levels.items()
        if (level in reached) != want
    ]
    if book.tunes and case.levels["parseable"]:
        first = book.tunes[0]
        parsed = parse(first.text, first.line, book.header)
        if parsed.parseable:
            read = _read(parsed.tune)
            found += [
                f"{name}: {_shown(value)}, want {_shown(wanted)}"
                for name, value in read.items()
                if (wanted := getattr(case, name)) is not None and wanted != value
            ]
    return found


def _tune_count_differs(case: Case, book: Book) -> Iterator[str]:
    if case.tunes is not None and len(book.tunes) != case.tunes:
        yield f"tunes: {len(book.tunes)}, want {case.tunes}"


def _levels_of_first(book: Book) -> tuple[str, ...]:
    """The levels that the first tune reaches, the X: numbers of the others being known."""
    if not book.tunes:
        return ()
    tune = book.tunes[0]
    levels = levels_of(check_tune(tune.text, tune.line, book.header, rejoined=tune.rejoined))
    return tuple(level for level in LEVELS if level in levels)


def _read(tune: Tune) -> dict[str, object]:
    events = events_of(tune)
    return {
        "events": events,
        "pitches": tuple(event.pitch for event in events),
        "durations": tuple(event.duration for event in events),
        "onsets": tuple(event.onset for event in events),
        "voices": {v.id: tuple(e.pitch for e in _voice_events(v, tune)) for v in tune.voices},
        "played": tuple(event.pitch for event in _played(tune)),
        "bars": len(tune.bars),
        "key": f"{tune.key.tonic} {tune.key.mode}" if tune.key.tonic else "none",
        "signature": " ".join(
            letter + ("#" * alter if alter > 0 else "b" * -alter)
            for letter, alter in tune.key.alterations
            if alter
        ),
        "meter": tune.meter,
        "unit": tune.unit_note_length,
        "tempo": _quarters_per_minute(tune.tempo),
        "lyrics": _lyrics(tune.voices[0]),
    }


def _played(tune: Tune) -> list[SoundingEvent]:
    return sorted(tune.performance().events, key=lambda event: (event.onset, event.pitch))


def _quarters_per_minute(tempo: Tempo | None) -> Fraction | None:
    if tempo is None or tempo.per_minute is None or not tempo.beats:
        return None
    return 4 * sum(tempo.beats) * tempo.per_minute


def events_of(tune: Tune) -> tuple[Event, ...]:
    """The sounding notes of all voices, in the order of onset and pitch, with ties merged."""
    found = (event for voice in tune.voices for event in _voice_events(voice, tune))
    return tuple(sorted(found, key=lambda event: (event.onset, event.pitch)))


def _voice_events(voice: Voice, tune: Tune) -> list[Event]:
    events: dict[int, Event] = {}
    open_ties: dict[tuple[int, Fraction], int] = {}
    now = Fraction(0)
    meter = tune.meter
    for bar in voice.bars:
        start = end = now
        for element in bar.elements:
            if isinstance(element, Field) and element.letter == "M":
                meter = element.value
            elif isinstance(element, Overlay) and "&" in element.text:
                end, now = max(now, end), start
            elif isinstance(element, MultiRest):
                now += element.bars * (meter_fraction(meter) or 1)
            elif isinstance(element, Rest):
                now += element.duration
            elif isinstance(element, Note | Chord):
                notes = element.notes if isinstance(element, Chord) else (element,)
                for note in notes:
                    index = open_ties.pop((note.pitch, now), len(events))
                    before = events.get(index, Event(now, note.pitch, Fraction(0)))
                    events[index] = Event(before.onset, note.pitch, before.duration + note.duration)
                    if note.tied or element.tied:
                        open_ties[note.pitch, now + note.duration] = index
                now += element.duration
        now = max(now, end)
    return sorted(events.values(), key=lambda event: (event.onset, event.pitch))


def _lyrics(voice: Voice) -> tuple[tuple[str, ...], ...]:
    """For each verse the words of the notes, from the first note to the last that has words."""
    verses = sorted(voice.verses, key=lambda verse: verse.number)
    texts = []
    for _, lines in groupby(verses, key=lambda verse: verse.number):
        words = {
            line.first_note + index: syllable
            for line in lines
            for index, syllable in enumerate(line.texts)
            if syllable
        }
        texts.append(tuple(words.get(note, "") for note in range(max(words, default=-1) + 1)))
    return tuple(texts)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(map(_shown, value)) if value else "nothing"
    return str(value) if value != "" else "''"
