"""Other spellings of notes, ties, tuplets and rests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from benchmarks.playing.habits import Respelled
from tuneloom.grammar.parsing.nodes import Token
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.rules.basis.ties import ties_of
from tuneloom.grammar.tune.durations import broken_factors
from tuneloom.grammar.tune.elements import (
    Bar,
    BrokenRhythm,
    Chord,
    Field,
    LineEnd,
    Note,
    Rest,
    Tuplet,
    is_timed,
)

__all__ = [
    "accidentals_after_keys",
    "accidentals_in_full",
    "chords_of_equal_notes",
    "halved_rests",
    "lengths_for_broken_rhythm",
    "lengths_for_tuplets",
    "no_ties_in_chords",
    "ties_over_repeats",
    "ties_to_other_pitches",
    "tuplets_with_time",
]

_SIGNS = {-2: "__", -1: "_", 0: "=", 1: "^", 2: "^^"}
_LENGTH = re.compile(r"([\^=_]*[A-Ga-gzx][,']*|\])[0-9/]*")


def ties_to_other_pitches(parsed: ParsedTune) -> Respelled:
    """No tie where the next note has another pitch."""
    loose = {tie.bar.starts[tie.index] for tie in ties_of(parsed.tune) if not tie.is_held}
    return _without_ties(parsed, loose)


def ties_over_repeats(parsed: ParsedTune) -> Respelled:
    """No tie from the last note before an ending or a repeat sign."""
    ends = {
        bar.starts[index]
        for bar in _bars(parsed)
        if bar.line and (bar.line.volta or ":" in bar.line.text)
        for index, element in enumerate(bar.elements)
        if isinstance(element, Note) and element.tied
        if not any(map(is_timed, bar.elements[index + 1 :]))
    }
    return _without_ties(parsed, ends)


def chords_of_equal_notes(parsed: ParsedTune) -> Respelled:
    """`[C3E3]` for `[C3E2]`: a chord is as long as its first note (4.17)."""
    found: Respelled = {}
    notes = {token.start: note for token, note in _note_tokens(parsed, _bars(parsed))}
    first: Note | None = None
    in_chord = False
    for token in parsed.tree.tokens():
        note = notes.get(token.start)
        if token.type in ("CHORD_OPEN", "CHORD_CLOSE"):
            in_chord, first = token.type == "CHORD_OPEN", None
        elif in_chord and note:
            first = first or note
            if note.length != first.length:
                found[token.start] = _LENGTH.sub(rf"\g<1>{first.length}", token, count=1)
    return found


def no_ties_in_chords(parsed: ParsedTune) -> Respelled:
    """No tie of single notes of a chord."""
    found: Respelled = {}
    in_chord = False
    for token in parsed.tree.tokens():
        if token.type in ("CHORD_OPEN", "CHORD_CLOSE"):
            in_chord = token.type == "CHORD_OPEN"
        elif in_chord and token.type == "NOTE" and "-" in token:
            found[token.start] = token.replace("-", "")
    return found


def accidentals_after_keys(parsed: ParsedTune) -> Respelled:
    """The accidental of each note in tunes whose key changes."""
    bars = list(_bars(parsed))
    elements = (element for bar in bars for element in bar.elements)
    if not any(isinstance(element, Field) and element.letter == "K" for element in elements):
        return {}
    return _accidentals(parsed, bars)


def accidentals_in_full(parsed: ParsedTune) -> Respelled:
    """The accidental of each note in bars that have any: it holds in all octaves (11.3)."""
    bars = [bar for bar in _bars(parsed) if any(note.accidental for note in _notes_of_bar(bar))]
    return _accidentals(parsed, bars)


def _accidentals(parsed: ParsedTune, bars: Iterable[Bar]) -> Respelled:
    return {
        token.start: _SIGNS[note.alteration] + token
        for token, note in _note_tokens(parsed, bars)
        if not note.accidental and note.alteration in _SIGNS
    }


def halved_rests(parsed: ParsedTune) -> Respelled:
    """`z2z2` for `z4` where that is a whole note."""
    rests = {
        bar.starts[index]: f"{element.letter}{element.length / 2}" * 2
        for bar in _bars(parsed)
        for index, element in enumerate(bar.elements)
        if isinstance(element, Rest) and element.duration == 1
    }
    return {t.start: rests[t.start] for t in parsed.tree.tokens() if t.start in rests}


def tuplets_with_time(parsed: ParsedTune) -> Respelled:
    """Tuplets with their time: `(5:2:5` for `(5` in 3/4."""
    times = {
        bar.starts[index]: f"({element.p}:{element.q}:{element.r}"
        for bar in _bars(parsed)
        for index, element in enumerate(bar.elements)
        if isinstance(element, Tuplet)
    }
    return {t.start: times[t.start] for t in parsed.tree.tokens() if t.start in times}


def lengths_for_tuplets(parsed: ParsedTune) -> Respelled:
    """`d/3e/3f2/3` for `(3d/e/f`, where the notes are not equally long or a line ends between them."""
    removed: Respelled = {}
    scaled: dict[int, Fraction] = {}
    for bar in _bars(parsed):
        for index, element in enumerate(bar.elements):
            if isinstance(element, Tuplet):
                timed = [i for i in range(index, len(bar.elements)) if is_timed(bar.elements[i])]
                inside = timed[: element.r]
                between = bar.elements[index : inside[-1]] if inside else ()
                durations = {_sounding_time(bar, i) for i in inside}
                if len(durations) > 1 or any(isinstance(other, LineEnd) for other in between):
                    removed[bar.starts[index]] = ""
                    scaled |= {bar.starts[i]: Fraction(element.q, element.p) for i in inside}
    return removed | _scaled(parsed, scaled)


def lengths_for_broken_rhythm(parsed: ParsedTune) -> Respelled:
    """`c3d/` for `c2>d`, and also `c3/2d3/4e/` for `c>d>e`.

    What an arrow means is left open between notes that are not equally long (4.4).
    """
    arrows: set[int] = set()
    scaled: dict[int, Fraction] = {}
    for bar in _bars(parsed):
        pairs = dict(_broken_pairs(bar))
        uses = Counter(index for pair in pairs.values() for index in pair)
        for arrow, (index, other) in pairs.items():
            element = bar.elements[arrow]
            is_open = _length(bar, index) != _length(bar, other)
            if isinstance(element, BrokenRhythm) and (is_open or uses[index] + uses[other] > 2):
                arrows.add(bar.starts[arrow])
                factors = broken_factors(element.direction, element.count)
                for place, factor in zip((index, other), factors, strict=True):
                    start = bar.starts[place]
                    scaled[start] = scaled.get(start, Fraction(1)) * factor
    removed = {t.start: t.strip("<> \t") for t in parsed.tree.tokens() if t.start in arrows}
    return removed | _scaled(parsed, scaled)


def _broken_pairs(bar: Bar) -> Iterator[tuple[int, tuple[int, int]]]:
    """The index of each arrow in a bar, with those of the notes before and after it."""
    before = -1
    arrow = -1
    for index, element in enumerate(bar.elements):
        if isinstance(element, BrokenRhythm):
            arrow = index
        elif is_timed(element):
            if arrow >= 0:
                yield arrow, (before, index)
            before, arrow = index, -1


def _bars(parsed: ParsedTune) -> Iterator[Bar]:
    for voice in parsed.tune.voices:
        yield from voice.bars


def _notes_of_bar(bar: Bar) -> Iterator[Note]:
    for element in bar.elements:
        if isinstance(element, Note):
            yield element
        elif isinstance(element, Chord):
            yield from element.notes


def _length(bar: Bar, index: int) -> Fraction:
    element = bar.elements[index]
    return element.length if isinstance(element, Note | Chord | Rest) else Fraction(0)


def _sounding_time(bar: Bar, index: int) -> Fraction:
    element = bar.elements[index]
    return element.duration if isinstance(element, Note | Chord | Rest) else Fraction(0)


def _note_tokens(parsed: ParsedTune, bars: Iterable[Bar]) -> Iterator[tuple[Token, Note]]:
    """The tokens of the notes of some bars; those of a chord follow its bracket."""
    elements = {
        bar.starts[index]: element
        for bar in bars
        for index, element in enumerate(bar.elements)
        if isinstance(element, Note | Chord)
    }
    notes: list[Note] = []
    for token in parsed.tree.tokens():
        element = elements.get(token.start)
        if isinstance(element, Chord):
            notes = list(element.notes)
        elif isinstance(element, Note):
            notes = [element]
        if token.type == "NOTE" and notes:
            yield token, notes.pop(0)


def _without_ties(parsed: ParsedTune, starts: set[int]) -> Respelled:
    """No tie after the notes and chords that start at these offsets; it may follow an arrow."""
    found: Respelled = {}
    in_chord = was_tied = False
    for token in parsed.tree.tokens():
        is_tied = token.start in starts or in_chord
        if (is_tied or (was_tied and token.type == "BROKEN_RHYTHM")) and "-" in token:
            found[token.start] = token.replace("-", "")
        in_chord = is_tied and token.type != "CHORD_CLOSE" and (in_chord or token == "[")
        was_tied = is_tied
    return found


def _scaled(parsed: ParsedTune, factors: dict[int, Fraction]) -> Respelled:
    """The notes, chords and rests at these offsets with their lengths multiplied."""
    found: Respelled = {}
    lengths = {
        bar.starts[index]: _length(bar, index) * factors[bar.starts[index]]
        for bar in _bars(parsed)
        for index, element in enumerate(bar.elements)
        if is_timed(element) and bar.starts[index] in factors
    }
    length: Fraction | None = None
    for token in parsed.tree.tokens():
        length = lengths.get(token.start, length)
        is_end = token.type == "CHORD_CLOSE" or token.start in lengths
        if length is not None and is_end and _LENGTH.match(token):
            found[token.start] = _LENGTH.sub(rf"\g<1>{length}", token, count=1)
            length = None
    return found
